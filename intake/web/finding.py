"""From a number or a reference, told on the phone or read from a paper, to its case."""

import re
from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.case.number import number
from intake.casework.arrival import REFERENCE_LETTERS
from intake.roles import Permission
from intake.web import context, pace, views
from intake.web.permitted import permitted, reader
from intake.web.shortcuts import desk

__all__ = ["desk"]

LONGEST: Final = 40
_REFERENCE: Final = re.compile(rf"([{REFERENCE_LETTERS}]{{4}})-?([{REFERENCE_LETTERS}]{{4}})")
_NUMBER: Final = re.compile(r"(?:([0-9]{4})-)?([0-9]{1,7})")
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


@desk.get("/desk/find")
@permitted(Permission.READ_QUEUE, Permission.OPEN_CASE)
def find() -> ResponseReturnValue:
    """The case that is meant; else a page that says that there is none, whatever the reason."""
    typed = request.args.get("named", "")[:LONGEST]
    ref = _found(typed)
    if ref is not None:
        return redirect(url_for("cases.overview", ref=ref))
    pace.tell_nothing()
    return render_template("desk/find.html", typed=typed, views=views.shown(None, {}))


def _found(typed: str) -> str | None:
    """The reference of the case that somebody means by this."""
    for name in names_in(typed, year=context.local_day(context.now()).year):
        try:
            return casework.overview(reader(), name, now=context.now()).row.ref
        except casework.UnknownCase:
            continue
    return None


def names_in(typed: str, *, year: int) -> list[str]:
    """What may be meant: a reference or a number, or a number of this `year` without it.

    >>> names_in(" h7k2q9mx ", year=2026)
    ['H7K2-Q9MX']
    >>> names_in("143", year=2026)
    ['2026-0143']
    """
    text = "".join(typed.upper().translate(_DASHES).split())
    found = []
    if match := _REFERENCE.fullmatch(text):
        found.append(f"{match[1]}-{match[2]}")
    if match := _NUMBER.fullmatch(text):
        found.append(number(int(match[1] or year), int(match[2])))
    return list(dict.fromkeys(found))
