"""The rings and their fingerprints, and how far everything is under their newest secrets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake.casework import rotation
from intake.casework.rotation import RingStatus
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, staff_pages
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import Press

AT_ONCE: Final = 500
INTIMATE: Final = "intimate"
NAMES: Final[Mapping[str, str]] = {
    "case": _("Cases"),
    INTIMATE: _("For trained handlers"),
    "facts": _("Queue and numbers"),
    "audit": _("Log"),
}
AT_REST: Final = _("All is under this key.")
DUE: Final = _("A removed member knew this key. A new one is being made.")
DUE_ELSEWHERE: Final = _(
    "Somebody who was removed knew this key. Another is made when one of its holders opens "
    "a page here."
)
WAITS: Final = _("Waits for a trained handler.")
SAID: Final = {
    "done": _("Everything is under the newest keys."),
    "more": _(
        "Done: %(count)s. There is more: press again, or let it go on as you open pages."
    ),
    "others": _(
        "The rest waits for somebody else: a trained handler, or whoever holds the case."
    ),
}

keys = staff_pages.install(Blueprint("keys", __name__, url_prefix="/desk/keys"))


@dataclass(frozen=True)
class Line:
    """One ring: what it is called, and what is to be said of it."""

    name: str
    ring: RingStatus
    words: str


@keys.get("")
@permitted(Permission.ENTER)
def progress() -> ResponseReturnValue:
    """Fingerprints to compare with paper, and what is left to be boxed again."""
    pins = context.service().pins()
    lines = [_line(ring) for ring in rotation.status(context.service())]
    return render_template(
        "desk/keys.html",
        lines=lines,
        recovery=pins.recovery.fingerprint() if pins.recovery else "",
        is_at_rest=all(line.ring.is_at_rest for line in lines),
        said=_said(),
        press=Press(),
    )


@keys.post("")
@permitted(Permission.ENTER)
def go_on() -> ResponseReturnValue:
    """Do a good part of what is left; pressing it twice does no harm."""
    if not Press().is_accepted():
        return redirect(url_for(".progress"), 303)
    found = rotation.go_on(reader(), now=context.now(), at_most=AT_ONCE)
    said = "done" if found.is_over else "more" if found.done else "others"
    return redirect(url_for(".progress", said=said, count=found.done), 303)


def _line(ring: RingStatus) -> Line:
    return Line(NAMES[ring.ring], ring, _words(ring))


def _words(ring: RingStatus) -> str:
    if ring.is_at_rest:
        return gettext(AT_REST)
    is_hers = reader().handle in ring.holders
    if ring.ring == INTIMATE and not is_hers:
        return gettext(WAITS)
    if ring.is_due:
        return gettext(DUE if is_hers else DUE_ELSEWHERE)
    return gettext("Still under an earlier key: %(count)s.", count=ring.left)


def _said() -> str:
    words = SAID.get(request.args.get("said", ""))
    count = request.args.get("count", "")
    return gettext(words, count=count if count.isdecimal() else "0") if words else ""
