# ruff: noqa: ANN401 - steps and situations take what they take
"""Cases and what was written down about them, in the fewest words."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, Final
from uuid import UUID, uuid4

from intake.case.kinds import contact, decisions, legal, moving, requests, wishes
from intake.case.kinds import help as helping
from intake.case.record import Record, recorded
from intake.case.situation import Situation
from intake.case.stages import BY_CODE, Transition
from intake.case.steps import CaseStep
from intake.form.answers import Answers
from intake.form.dates import CivilDate

NOW: Final = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)  # a Wednesday, 14:30 in Astana
ANNA, BERIK = UUID(int=1), UUID(int=2)
TODAY: Final = CivilDate(date(2026, 11, 18))
_numbers: Final = count(1)


def hours(count: float, *, after: datetime = NOW) -> datetime:
    """So many hours after a moment."""
    return after + timedelta(hours=count)


def day(offset: int) -> CivilDate:
    """The day so many days after the day of now."""
    return CivilDate(TODAY.day + timedelta(days=offset))


def answered(*pairs: tuple[Any, Any]) -> Answers:
    """Answers to these questions."""
    answers = Answers()
    for question, value in pairs:
        answers = answers.having(question, value)
    return answers


def step(what: str, *pairs: tuple[Any, Any], at: datetime = NOW, **others: Any) -> CaseStep:
    """A step that Anna wrote down, with the number after the last."""
    told = {"by": ANNA, "id": uuid4(), "number": next(_numbers), **others}
    return CaseStep(what=what, at=at, answers=answered(*pairs), **told)


def record(*steps: CaseStep) -> Record:
    return recorded(steps)


def case(stage: str, *steps: CaseStep, **known: Any) -> Situation:
    """A case on this stage, received a day ago and opened at once, with these steps."""
    received = known.pop("received_at", hours(-24))
    told = {
        "level": "u2",
        "now": NOW,
        "received_at": received,
        "opened_at": None if stage == "received" else received,
        "stage_changed_at": None if stage == "received" else received,
        "record": recorded(steps),
    }
    return Situation(stage=stage, **{**told, **known})


def way(code: str) -> Transition:
    return BY_CODE[code]


def attempt(
    result: str = "reached",
    *,
    code_word: str = "right",
    rules: str = "yes",
    **others: Any,
) -> CaseStep:
    return step(
        "attempt",
        (contact.ATTEMPT_WAY, "phone"),
        (contact.ATTEMPT_RESULT, result),
        (contact.ATTEMPT_RULES, rules),
        (contact.CODE_WORD, code_word),
        **others,
    )


def safety_plan(**others: Any) -> CaseStep:
    return step("safety_plan", (contact.SAFETY_WHO, "the officers"), **others)


def interview(*more: tuple[Any, Any], **others: Any) -> CaseStep:
    return step(
        "interview",
        (helping.INTERVIEWER_TRAINED, "yes"),
        (helping.INTERVIEWER_SEX, "as_chosen"),
        (helping.INTERVIEW_LANGUAGE, "as_chosen"),
        (helping.NEEDS, ("legal",)),
        (helping.RISKS, "They know where the family lives."),
        *more,
        **others,
    )


def plan(**others: Any) -> CaseStep:
    return step("plan", (helping.PLAN_WHAT, "File"), (helping.PLAN_UNTIL, day(7)), **others)


def track(
    code: str,
    lead: str = "",
    *,
    member: UUID | None = None,
    status: str = "pending",
    **others: Any,
) -> CaseStep:
    lead_by = [(helping.TRACK_LEAD, lead)] if lead else []
    led = [(helping.TRACK_MEMBER, member)] if member else []
    begun = ((helping.TRACK, code), (helping.TRACK_STATUS, status))
    return step("track", *begun, *led, *lead_by, **others)


def complaint(body: str = "prosecutor", on: CivilDate = TODAY, **others: Any) -> CaseStep:
    return step(
        "complaint",
        (legal.COMPLAINT_BODY, body),
        (legal.COMPLAINT_BY, "coalition"),
        (legal.COMPLAINT_ON, on),
        **others,
    )


def request(status: str, on: CivilDate = TODAY, **others: Any) -> CaseStep:
    asked = ((requests.PROTECTION_STATUS, status), (requests.PROTECTION_ON, on))
    return step("protection", *asked, **others)


def decision(
    code: str, *more: tuple[Any, Any], on: CivilDate = TODAY, **others: Any
) -> CaseStep:
    return step(
        "decision", (decisions.DECISION, code), (decisions.LEARNED_ON, on), *more, **others
    )


def appeal(about: CaseStep, result: str = "filed", **others: Any) -> CaseStep:
    return step("appeal", (decisions.APPEAL_RESULT, result), about=about.id, **others)


def assent(said: str = "yes", involved: str = "no", **others: Any) -> CaseStep:
    return step(
        "assent",
        (wishes.ASSENT, said),
        (wishes.GUARDIAN_INVOLVED, involved),
        (wishes.ASSENT_WHY, "Asked alone."),
        **others,
    )


def vital(**others: Any) -> CaseStep:
    told = ((wishes.CANNOT_ASK_WHY, "Held."), (wishes.LEAST_DATA, "The name."))
    return step(
        "vital_interest", *told, (wishes.VITAL_TO, "NPM"), **{"second": BERIK, **others}
    )


def move(code: str, source: str, *pairs: tuple[Any, Any], **others: Any) -> CaseStep:
    """The step of a move along a way."""
    answers = moving.moved(way(code), source, answered(*pairs))
    others = {"by": ANNA, "at": NOW, **others}
    return CaseStep(id=uuid4(), number=next(_numbers), what="moved", answers=answers, **others)
