"""One limit as the pages show it: what, until when, and what stands in its way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from intake.case.clocks import CLOCKS, LOOK, Clock, ClockNow, ClockState, counts
from intake.case.kinds import KINDS
from intake.casework.statements import of_clock
from intake.form.text import _
from intake.form.vocabularies import VOCABULARIES
from intake.web import context, time_words
from intake.web.staff_pages import clock_time, label
from intake.web.work import words

STARTS: Final = {
    "contact made": _("counted from the first contact"),
    "consent given": _("counted from the consent"),
    "report opened": _("counted from the opening"),
    "complaint filed": _("counted from the complaint"),
    "request filed": _("counted from the request"),
    "learned of decision": _("counted from the decision"),
    "verdict": _("counted from the verdict"),
    "admin decision": _("counted from the decision"),
    "decision accepted": _("counted from the acceptance"),
    "act": _("counted from what was done"),
    "decided by two": _("counted from the decision"),
}
DONE_BY: Final[Mapping[str, str]] = {
    "contact_u1": "attempt",
    "lawyer_u1": "track",
    "medical_u1": "track",
    "prosecutor": "complaint",
    "erdr": "erdr",
    "protection": "protection",
    "forensic": "forensic",
    "npm": "npm_request",
    "un_urgent": "un_appeal",
    "missing_wgeid": "wgeid_form",
    "appeal_106": "appeal",
    "appeal_verdict": "appeal",
    "admin_appeal": "appeal",
    "psych": "track",
    "review": "review",
    "vital_review": "review",
    "un_sr_2y": "un_appeal",
    "retention": "retention",
}
"""The kind of step that stops a clock."""
TRACK_OF: Final = {
    "lawyer_u1": "legal",
    "medical_u1": "medical_forensic",
    "psych": "psychological",
}
_RANK: Final = {
    ClockState.LATE: 0,
    ClockState.RUNNING: 0,
    ClockState.GATED: 1,
    ClockState.COMING: 2,
    ClockState.WAITING: 3,
    ClockState.PAUSED: 4,
    ClockState.MET: 5,
}


@dataclass(frozen=True)
class ClockLine:
    """One limit: `time`, in `style`, is how long is left; `needs` is what must be allowed."""

    code: str
    title: str
    time: str
    style: str
    due: datetime | None = None
    note: str = ""
    needs: str = ""
    source: str = ""
    about: str = ""
    is_legal: bool = False
    is_unchecked: bool = False
    is_met: bool = False
    link: str = ""
    address: str = ""
    ask_address: str = ""
    """Where a missing consent is written down."""


def by_pressure(clocks: Iterable[ClockNow]) -> list[ClockNow]:
    """What presses first comes first; what was met, last."""

    def rank(clock: ClockNow) -> tuple[int, bool, float]:
        ends = clock.due.timestamp() if clock.due else 0.0
        return 0 if _presses(clock) else _RANK[clock.state], clock.due is None, ends

    return sorted(clocks, key=rank)


def _presses(clock: ClockNow) -> bool:
    """Whether it is a limit of law that needs a consent and is not over."""
    if clock.state is not ClockState.GATED or not clock.legal or clock.due is None:
        return False
    return counts(clock.turn, clock.due, context.now())


def clock_line(ref: str, clock: ClockNow, *, stage: str, about: str = "") -> ClockLine:
    """A limit in words; `about` names the step that it is counted from."""
    declared, is_met = CLOCKS[clock.code], clock.state is ClockState.MET
    time, style, note = _time(clock, stage)
    needs = "" if is_met else needs_words(clock.missing_consent)
    is_over = clock.has_day and clock.state is ClockState.LATE
    link, address = (
        ("", "") if is_met else done_by(ref, clock.code, clock.about, day_is_over=is_over)
    )
    return ClockLine(
        code=clock.code,
        title=label("clock", clock.code),
        time=time,
        style=style,
        due=None if is_met else clock.due,
        note=note,
        needs=needs,
        source=declared.source,
        about=about,
        is_legal=declared.legal,
        is_unchecked=is_unchecked(declared),
        is_met=is_met,
        link=link,
        address=address,
        ask_address=url_for("writing.ask", ref=ref, kind="consent_recorded") if needs else "",
    )


def is_unchecked(clock: Clock) -> bool:
    """Whether its hours follow from the law and no lawyer has checked them."""
    is_marked = context.told().is_checked(of_clock(clock)) if clock.legal else True
    return clock.legal and not clock.checked and not is_marked


def needs_words(consent: str | None) -> str:
    """What must be allowed first; for the missing, the family has to be asked."""
    if not consent:
        return ""
    is_giver = consent not in VOCABULARIES["consent"]
    return label("consent_giver" if is_giver else "consent", consent)


def is_no_consent(gate: str) -> bool:
    """Whether a gate asks for something else than a consent."""
    return gate not in VOCABULARIES["consent"]


def note_of(turn: str) -> str:
    """What to think of where the reporter is to answer and we look all the same."""
    if turn != LOOK:
        return ""
    return gettext("The reporter has not answered. Find out in a safe way whether all is well.")


def done_by(
    ref: str, code: str, about: UUID | None = None, *, day_is_over: bool = False
) -> tuple[str, str]:
    """The button of what stops the clock, and its address; a day that is over is kept."""
    if code == "open":
        return gettext("Open the report"), url_for("cases.overview", ref=ref)
    if code == "retention" and day_is_over:
        address = url_for("moving.ask", ref=ref, way=words.ERASING)
        return words.way_title(words.ERASING), address
    if code not in DONE_BY:
        return "", ""
    kind = KINDS[DONE_BY[code]]
    address = url_for(
        "writing.ask",
        ref=ref,
        kind=kind.code,
        about=about if kind.about else None,
        track=TRACK_OF.get(code),
    )
    return words.to_form(kind), address


def _time(clock: ClockNow, stage: str) -> tuple[str, str, str]:
    """How long is left, its style, and what stands beside it."""
    if clock.state is ClockState.MET:
        at = clock.stopped_at
        return gettext("done"), "easy", clock_time(at) if at else ""
    if clock.state is ClockState.PAUSED:
        return gettext("paused"), "easy", gettext("the case is on hold")
    if clock.due is None or (clock.state is ClockState.GATED and not clock.legal):
        return gettext("not yet"), "easy", counted_from(clock.code)
    return _left(clock, clock.due, stage)


def _left(clock: ClockNow, due: datetime, stage: str) -> tuple[str, str, str]:
    is_waiting = clock.state is ClockState.WAITING
    if is_waiting and stage == "on_hold":
        return clock_time(due), "easy", gettext("the day of the next try")
    if clock.state is ClockState.GATED and due < context.now():
        return gettext("the time is over"), "soon", ""
    left = time_words.time_left(due, waiting=is_waiting, now=context.now())
    return left.words, left.style, note_of(clock.turn)


def counted_from(code: str) -> str:
    """What a limit is counted from, in words."""
    words = STARTS.get(CLOCKS[code].starts, "")
    return gettext(words) if words else ""
