"""Every limit that runs, over all cases that a member may open: late ones first."""

from typing import Final

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.case.clocks import CLOCKS
from intake.roles import Permission
from intake.web import context, staff_pages
from intake.web.permitted import permitted, reader
from intake.web.staff_pages import label
from intake.web.work import clock_lines

LONGEST_NUMBER: Final = 4
FILTERED: Final = tuple(code for code in CLOCKS if code != "ack")

deadlines = staff_pages.install(Blueprint("deadlines", __name__, url_prefix="/desk/deadlines"))


@deadlines.get("/")
@permitted(Permission.READ_QUEUE)
def show() -> ResponseReturnValue:
    """The limits that the address asks for."""
    chosen = request.args.get("clock", "")
    clock = chosen if chosen in FILTERED else ""
    mine = request.args.get("mine") == "1"
    found = casework.deadlines(
        reader(), now=context.now(), mine=mine, clock=clock, page=_page_asked()
    )
    return render_template(
        "desk/work/deadlines.html",
        found=found,
        clock=clock,
        mine=mine,
        clocks=[(code, label("clock", code)) for code in FILTERED],
        is_unchecked=lambda code: clock_lines.is_unchecked(CLOCKS[code]),
        address=lambda number: _address(clock, number, mine=mine),
    )


def _address(clock: str, number: int, *, mine: bool) -> str:
    page = number if number > 1 else None
    return url_for(".show", clock=clock or None, mine="1" if mine else None, page=page)


def _page_asked() -> int:
    typed = request.args.get("page", "1")
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 1
