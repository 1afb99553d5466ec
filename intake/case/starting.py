"""From when each limit is counted for a case, and what stopped it (domain 6.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias
from uuid import UUID

from intake.case.kinds.outgoing import UN_ACT
from intake.case.limits import LOOKS
from intake.case.situation import Situation

_BEFORE_CONTACT: Final = frozenset({"received", "screening", "contacting", "consent_pending"})
_PENETRATION: Final = timedelta(hours=72)
_TWO_YEARS: Final = timedelta(hours=17_520)
HOLD: Final = "on_hold"
LOOK: Final = "look"
"""Whose turn it is where we look at the case although the reporter is to answer."""


@dataclass(frozen=True)
class Run:
    """One limit of one case: `start` is None while what it is counted from has not happened.

    `fixed` is an end of its own, `at_most` one that the hours do not pass. `turn` says that
    it waits for the `reporter`, or for the `day` on which it ends, or that we `look` although
    the reporter is to answer; `stage` that the looks of this stage count instead of the
    clock's hours.
    """

    start: datetime | None
    about: UUID | None = None
    stopped_at: datetime | None = None
    fixed: datetime | None = None
    at_most: datetime | None = None
    turn: str = ""
    stage: str = ""


Rule: TypeAlias = Callable[[Situation], Iterator[Run]]


def _ack(case: Situation) -> Iterator[Run]:
    yield Run(case.received_at, stopped_at=case.received_at)


def _open(case: Situation) -> Iterator[Run]:
    yield Run(case.received_at, stopped_at=case.opened_at)


def _contact(case: Situation) -> Iterator[Run]:
    if case.stage == HOLD:
        yield from _next_try(case)
    elif case.stage in _BEFORE_CONTACT and not case.wants_no_contact:
        tried = (case.record.contacts.first_at, case.last_from_coalition_at)
        stopped = min((at for at in (*tried, case.first_contact_at) if at), default=None)
        yield Run(case.received_at, stopped_at=stopped, fixed=case.record.contacts.safe_until)


def _next_try(case: Situation) -> Iterator[Run]:
    """Nothing is late on hold before the day of the next try."""
    if case.try_again_at:
        start = case.stage_changed_at or case.received_at
        yield Run(start, fixed=case.try_again_at, turn="day")


def _lawyer(case: Situation) -> Iterator[Run]:
    if case.in_custody:
        legal = case.record.tracks.get("legal")
        yield Run(case.contact_made_at, stopped_at=legal.led_since if legal else None)


def _medical(case: Situation) -> Iterator[Run]:
    if case.needs_medical or case.is_sexual:
        track = case.record.tracks.get("medical_forensic")
        arranged = (track.began_at if track else None, case.record.legal.forensic_at)
        stopped = min((at for at in arranged if at), default=None)
        yield Run(case.contact_made_at, stopped_at=stopped, at_most=_hour_72(case))


def _hour_72(case: Situation) -> datetime | None:
    """After sexual violence a doctor helps most in the first 72 hours, while these last."""
    start, act = case.contact_made_at, case.last_act_at
    end = act + _PENETRATION if act and case.is_sexual else None
    return end if end and start and start < end else None


BEGUN_BY_CONSENT: Final = frozenset({"prosecutor", "npm", "un_urgent"})
"""Limits that run from the moment of a consent, and not at all without it."""


def _prosecutor(case: Situation) -> Iterator[Run]:
    filed = (c.filed_at for c in case.record.legal.complaints if c.body == "prosecutor")
    yield Run(case.allowed.get("state_complaint"), stopped_at=min(filed, default=None))


def _erdr(case: Situation) -> Iterator[Run]:
    for complaint in case.record.legal.complaints:
        if complaint.must_be_registered:
            yield Run(complaint.filed_at, complaint.id, complaint.registered_at)


def _protection(case: Situation) -> Iterator[Run]:
    for request in case.record.legal.requests:
        yield Run(request.asked_at, request.id, request.decided_at)


def _forensic(case: Situation) -> Iterator[Run]:
    filed = [(c.filed_at, c.id) for c in case.record.legal.complaints]
    if filed:
        start, about = min(filed)
        yield Run(start, about, case.record.legal.forensic_at)


def _npm(case: Situation) -> Iterator[Run]:
    if case.in_custody:
        sent = _first_at(case, "npm_request")
        yield Run(case.allowed.get("npm_ombudsman"), stopped_at=sent)


def _un_urgent(case: Situation) -> Iterator[Run]:
    if case.in_custody or case.is_in_danger:
        letters = case.record.of("un_appeal")
        sent = (step.at for step in letters if step.answers[UN_ACT] == "un_urgent")
        yield Run(case.allowed.get("un_government"), stopped_at=min(sent, default=None))


def _missing(case: Situation) -> Iterator[Run]:
    if case.is_missing:
        yield Run(case.opened_at, stopped_at=_first_at(case, "wgeid_form"))


def _appeals(clock: str) -> Rule:
    def rule(case: Situation) -> Iterator[Run]:
        for one in case.record.legal.decisions:
            if one.clock == clock:
                yield Run(one.counted_from, one.id, one.appealed_at, fixed=one.until)

    return rule


def _psych(case: Situation) -> Iterator[Run]:
    track = case.record.tracks.get("psychological")
    accepted = case.record.moves.accepted_at
    if accepted or case.stage not in _BEFORE_HELP:
        yield Run(accepted, stopped_at=track.began_at if track else None)


_BEFORE_HELP: Final = _BEFORE_CONTACT | {"assessment", "decision", HOLD}


def _review(case: Situation) -> Iterator[Run]:
    if case.stage == HOLD:
        if case.try_again_at is None:
            yield Run(case.stage_changed_at or case.received_at, turn="day", stage=HOLD)
    elif case.stage != "received" and not _is_untried(case):
        yield _next_look(case)


def _is_untried(case: Situation) -> bool:
    """Whether the first attempt at contact is still to be made: a review comes after it."""
    return any(run.stopped_at is None for run in _contact(case))


def _next_look(case: Situation) -> Run:
    """Counted from the reporter's last word, or waiting for that word.

    Silence may mean harm where somebody is held: there we look all the same, as often as the
    level asks (domain 6.5). The answer is never late; our look may be.
    """
    stage = case.stage if case.stage in LOOKS else ""
    ours, theirs = case.last_from_coalition_at, case.last_from_reporter_at
    looked = case.record.last_review_at
    if ours and (theirs is None or theirs <= ours):
        theirs_to_do = LOOK if case.in_custody else "reporter"
        turn = "" if case.has_news else theirs_to_do
        return Run(max(ours, looked or ours), turn=turn, stage=stage)
    began = theirs or case.stage_changed_at or case.received_at
    return Run(max(began, looked or began), stage=stage)


def _two_years(case: Situation) -> Iterator[Run]:
    act = case.last_act_at
    if act and act + _TWO_YEARS > case.received_at:
        yield Run(act, stopped_at=_first_at(case, "un_appeal"))


def _vital_review(case: Situation) -> Iterator[Run]:
    """Of the newest decision of two: who decides anew has looked at what was before."""
    if decided := case.record.vital:
        later = (at for at in case.allowed.values() if at > decided.at)
        looked = (at for at in (case.record.vital_reviewed_at, *later) if at)
        yield Run(decided.at, decided.id, stopped_at=min(looked, default=None))


def _retention(case: Situation) -> Iterator[Run]:
    """Over at once while no day is set, then on that day: only erasing ends it."""
    if case.stage == "closed":
        closed_at = case.record.moves.closed_at or case.stage_changed_at or case.received_at
        yield Run(closed_at, fixed=case.record.retention_on)


def _first_at(case: Situation, kind: str) -> datetime | None:
    return min((step.at for step in case.record.of(kind)), default=None)


RULES: Final[Mapping[str, Rule]] = {
    "ack": _ack,
    "open": _open,
    "contact_u1": _contact,
    "lawyer_u1": _lawyer,
    "medical_u1": _medical,
    "prosecutor": _prosecutor,
    "erdr": _erdr,
    "protection": _protection,
    "forensic": _forensic,
    "npm": _npm,
    "un_urgent": _un_urgent,
    "missing_wgeid": _missing,
    "appeal_106": _appeals("appeal_106"),
    "appeal_verdict": _appeals("appeal_verdict"),
    "admin_appeal": _appeals("admin_appeal"),
    "psych": _psych,
    "review": _review,
    "vital_review": _vital_review,
    "un_sr_2y": _two_years,
    "retention": _retention,
}
_UNOPENED: Final = ("ack", "open", "contact_u1")
_CLOSED: Final = ("ack", "open", "retention")


def runs(case: Situation) -> Iterator[tuple[str, Run]]:
    """Every limit that holds for the case, by the code of its clock.

    Before a report is opened nothing can be done but to open and to answer it; after a case
    has ended nothing runs but the date of erasing.
    """
    for code in _codes(case.stage):
        for run in RULES[code](case):
            yield code, run


def _codes(stage: str) -> tuple[str, ...]:
    some = {"received": _UNOPENED, "closed": _CLOSED, "erased": ()}
    return some.get(stage, tuple(RULES))
