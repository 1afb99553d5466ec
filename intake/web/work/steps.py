"""The tab «Steps and deadlines»: what must happen next, until when, and what was done."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.case.kinds import KINDS, TRACKS
from intake.casework import Work
from intake.roles import Permission
from intake.web import context, staff_pages
from intake.web.case_pages import tab_page, unopened_page, view_of
from intake.web.permitted import permitted, reader
from intake.web.work import shown, ways, words
from intake.web.work.clock_lines import ClockLine

TAB: Final = "steps.show"
OWN_INVESTIGATION: Final = "conflict_of_interest"
"""The flag that the service complained of investigates."""

steps = staff_pages.install(Blueprint("steps", __name__, url_prefix="/desk/cases"))


@steps.get("/<ref>/steps")
@permitted(Permission.OPEN_CASE)
def show(ref: str) -> ResponseReturnValue:
    """Limits, ways to other stages, and everything that was written down."""
    view = view_of(ref)
    if not view.is_opened:
        return unopened_page(view, TAB)
    work = casework.work(reader(), ref, now=context.now())
    return tab_page(
        "desk/work/tab.html",
        view,
        TAB,
        work=work,
        has_changed=bool(view.differences or work.differences),
        proposal_title=words.proposal_title,
        groups=_groups(view.row.ref),
        **_ahead(view.row.ref, work),
        **_behind(view.row.ref, work),
    )


def _ahead(ref: str, work: Work) -> Mapping[str, Any]:
    """What may or must come."""
    limits, found = shown.limits(ref, work), ways.way_lines(ref, work.ways)
    onward = [way for way in found if way.code not in ways.AT_ANY_TIME]
    return {
        "limits": [line for line in limits if not line.is_met],
        "first": next((line for line in limits if _leads_on(line)), None),
        "met": [line for line in limits if line.is_met],
        "ways": [way for way in onward if way.is_open],
        "shut": [way for way in onward if not way.is_open],
        "at_any_time": [way for way in found if way.code in ways.AT_ANY_TIME],
        "waiting": [one for one in work.proposals if one.is_waiting],
    }


def _leads_on(limit: ClockLine) -> bool:
    """Whether there is a form by which the limit is met, or by which it could be."""
    return not limit.is_met and bool(limit.ask_address if limit.needs else limit.address)


def _behind(ref: str, work: Work) -> Mapping[str, Any]:
    """What was done."""
    return {
        "tracks": shown.track_lines(ref, work, TRACKS),
        "legal": shown.standing(ref, work, *shown.LEGAL),
        "is_own_investigation": OWN_INVESTIGATION in work.flags,
        "sent_out": shown.standing(ref, work, *shown.SENT),
        "contact": shown.standing(ref, work, *shown.CONTACT),
        "failed": len(work.record.contacts.failed),
        "safety": shown.standing(ref, work, "safety_plan")[-1:],
        "plans": shown.standing(ref, work, "plan")[-1:],
        "written": shown.written(ref, work),
    }


def _groups(ref: str) -> list[tuple[str, list[shown.Link]]]:
    """Every form, under what it is about."""
    return [
        (gettext(title), [_to_form(ref, code) for code in codes])
        for title, codes in words.GROUPS
    ]


def _to_form(ref: str, code: str) -> shown.Link:
    return shown.Link(
        gettext(KINDS[code].page.title), url_for("writing.ask", ref=ref, kind=code)
    )
