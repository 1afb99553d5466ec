"""What coordinators write down, in short."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from intake.casework import (
    Reader,
    Written,
    add_step,
    decide,
    move,
    new_once,
    proposals_of,
    work,
)
from intake.casework.work.reading import Work
from intake.form.answers import Answers, Stored
from tests.people import NOW, Sent, send_and_open

TODAY: Final = NOW.date()


def told(**values: Stored) -> Answers:
    return Answers(values)


def day(later: int = 0) -> str:
    return (TODAY + timedelta(days=later)).isoformat()


STEPS: Final[dict[str, dict[str, Stored]]] = {
    "attempt": {
        "attempt_way": "phone",
        "attempt_result": "reached",
        "attempt_rules": "yes",
        "code_word": "none_agreed",
        "attempt_words": "She can talk after six",
    },
    "safety_plan": {
        "safety_who": "The officer of the second shift",
        "safety_when": "When the complaint is served",
        "safety_then": "She goes to her aunt",
        "safety_agreed": "yes",
    },
    "interview": {
        "interviewer_trained": "yes",
        "interviewer_sex": "as_chosen",
        "interview_language": "as_chosen",
        "private_place": "yes",
        "interview_needs": ("legal",),
        "interview_risks": "They watch the house",
    },
    "track": {"track": "legal", "track_status": "active", "track_lead": "coordinator"},
    "plan": {"plan_what": "File a complaint", "plan_who": "the lawyer", "plan_until": day(5)},
    "complaint": {
        "complaint_body": "prosecutor",
        "complaint_by": "coalition",
        "complaint_on": day(),
        "complaint_forensic": True,
    },
    "lowering": {"lower_to": "u4", "lower_why": "He is free and well"},
    "review": {"review_next": "Call on Monday"},
}


def write(reader: Reader, ref: str, what: str, **other: Stored) -> Written:
    """Write down a step with answers as `STEPS` has them, or `other` ones."""
    answers = told(**{**STEPS.get(what, {}), **other})
    return add_step(reader, ref, what, answers, once=new_once(), now=NOW)


def seen(reader: Reader, ref: str) -> Work:
    return work(reader, ref, now=NOW)


def go(reader: Reader, ref: str, way: str, **values: Stored) -> Written:
    """Go along `way` from where the case stands."""
    version = seen(reader, ref).version
    return move(reader, ref, way, told(**values), version=version, once=new_once(), now=NOW)


def on_hold(reader: Reader, *, until: str) -> Sent:
    """A case whose person was tried three times in vain, and is tried again on a day."""
    sent = send_and_open(reader)
    go(reader, sent.ref, "screening_to_contacting", moved_level="u1")
    for _ in range(3):
        write(reader, sent.ref, "attempt", attempt_result="not_reached")
    go(reader, sent.ref, "contacting_to_on_hold", moved_try_again_on=until)
    return sent


def closed(reader: Reader, *, erase_on: str | None) -> Sent:
    """A case that the person took back, with or without a day of erasing."""
    sent = send_and_open(reader)
    ways = {way.code: way.transition for way in seen(reader, sent.ref).ways}
    told: dict[str, Stored] = {
        "moved_outcome": ways["any_to_closed"].outcomes[0],
        "moved_asked_how": "phone",
        "under_pressure": "not_asked",
    }
    on = {"retention_on": erase_on} if erase_on else {}
    go(reader, sent.ref, "any_to_closed", **told, **on)
    return sent


def agree(reader: Reader, ref: str) -> UUID:
    """Agree to the only proposal about this case."""
    (one,) = (one for one in proposals_of(reader) if one.ref == ref)
    decide(reader, one.id, agrees=True, words="", version=one.version, now=NOW)
    return one.id


def later(days: int) -> date:
    return TODAY + timedelta(days=days)
