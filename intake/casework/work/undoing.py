"""Taking out of the facts what a step put there that was corrected or struck out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from intake.case.contacts import REACHED
from intake.case.kinds import contact, legal
from intake.case.kinds import help as helping
from intake.case.kinds.striking import STRUCK
from intake.case.steps import CaseStep
from intake.casework.case_file import CaseFile
from intake.casework.consents import without
from intake.casework.mail_entries import COALITION, REPORTER
from intake.casework.work.permissions import says_she_agreed
from intake.casework.work.remembering import forget, remembered
from intake.triage import Level, peak

AGREED: Final = "agreed"
"""The person knows of the report and agreed: a code of `victim_knowledge`."""


def ended_by(file: CaseFile, step: CaseStep) -> CaseStep | None:
    """The step that counts no more once this one is written."""
    ended = step.about if step.what == STRUCK else step.replaces
    return next((one for one in file.steps if one.id == ended), None) if ended else None


def undo(file: CaseFile, wrong: CaseStep) -> None:
    """Make the facts what all others make of them; `wrong` is in the record no more."""
    if undoing := _UNDOING.get(wrong.what):
        undoing(file, wrong)


def _attempt(file: CaseFile, wrong: CaseStep) -> None:
    """First and last contact out of the other attempts and of the conversation."""
    at, facts = _made_at(wrong), file.facts
    attempts = file.record.of("attempt")
    reached = [_made_at(s) for s in attempts if s.answers[contact.ATTEMPT_RESULT] == REACHED]
    if facts.first_from_coalition_at == at:
        tried = (*map(_made_at, attempts), *_written_by(file, COALITION))
        file.change_facts(first_from_coalition_at=min(tried, default=None))
    if facts.last_from_reporter_at == at:
        heard = (*reached, *_written_by(file, REPORTER))
        file.change_facts(last_from_reporter_at=max(heard, default=None))
    if facts.first_contact_at == at:
        spoke = (*reached, *_answered(file))
        file.change_facts(first_contact_at=min(spoke, default=None))
        _raise_again(file)


def _raise_again(file: CaseFile) -> None:
    """Without contact no urgency falls by time: what fell meanwhile is what it was."""
    if file.facts.first_contact_at is None:
        highest = max(Level.of(file.row.level), peak(file.facts, file.now))
        file.row.level = highest.code


def _made_at(attempt: CaseStep) -> datetime:
    return attempt.done(contact.ATTEMPT_ON, contact.ATTEMPT_AT)


def _written_by(file: CaseFile, author: str) -> tuple[datetime, ...]:
    """When they wrote: of ours the messages alone, of theirs whatever they did."""
    said = (one for one in file.entries() if one.author == author)
    return tuple(one.at for one in said if author == REPORTER or one.kind == "message")


def _answered(file: CaseFile) -> Iterator[datetime]:
    """When the reporter wrote after a message of ours: both have spoken then."""
    ours = min(_written_by(file, COALITION), default=None)
    return (at for at in _written_by(file, REPORTER) if ours and ours <= at)


def _complaint(file: CaseFile, wrong: CaseStep) -> None:
    others = file.record.of("complaint")
    if file.facts.complaint_filed_on == _filed_on(wrong):
        said = (remembered(file, "complaint_filed_on"), *map(_filed_on, others))
        days = [day for day in said if day]
        file.change_facts(complaint_filed_on=min(days, key=lambda one: one.day, default=None))
    if not others:
        forget(file, "complaint_filed_on")


def _filed_on(complaint: CaseStep) -> Any:  # noqa: ANN401 - a day or none
    return complaint.answers[legal.COMPLAINT_ON]


def _erdr(file: CaseFile, _wrong: CaseStep) -> None:
    if not file.record.of("erdr"):
        _put_back(file, "erdr_number_known")


def _interview(file: CaseFile, wrong: CaseStep) -> None:
    """Needs that nobody else named."""
    others = file.record.of("interview")
    named = {code for step in others for code in step.answers[helping.NEEDS] or ()}
    known = {*remembered(file, "need"), *named}
    gone = set(wrong.answers[helping.NEEDS] or ()) - known
    file.change_facts(need=tuple(code for code in file.facts.need if code not in gone))
    if not others:
        forget(file, "need")


def _consent(file: CaseFile, wrong: CaseStep) -> None:
    """What this step alone allowed or took back; what others took back stays so."""
    file.keep(without(file.kept, wrong.id))
    still = any(map(says_she_agreed, file.record.of("consent_recorded")))
    if not says_she_agreed(wrong) or still or "victim_knowledge" not in file.kept.told:
        return
    if file.facts.victim_knowledge == AGREED:
        _put_back(file, "victim_knowledge")
    forget(file, "victim_knowledge")


def _lowering(file: CaseFile, _wrong: CaseStep) -> None:
    """Every reason counts again; another lowering is asked for anew."""
    file.change_facts(switched_off=(), switched_off_at=None)
    if file.facts.raised is None:
        _put_back(file, "raised")
    forget(file, "raised")


def _put_back(file: CaseFile, name: str) -> None:
    if name in file.kept.told:
        file.change_facts(**{name: remembered(file, name)})
        forget(file, name)


_UNDOING: Final[Mapping[str, Callable[[CaseFile, CaseStep], None]]] = {
    "attempt": _attempt,
    "complaint": _complaint,
    "erdr": _erdr,
    "interview": _interview,
    "consent_recorded": _consent,
    "lowering": _lowering,
}
