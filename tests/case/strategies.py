"""Random steps and random cases: every kind, every answer, in any order."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from hypothesis import strategies as st

from intake.case import Stage
from intake.case.kinds import KINDS, moved
from intake.case.record import recorded
from intake.case.situation import Situation
from intake.case.stages import TRANSITIONS
from intake.case.steps import CaseStep
from intake.form.answers import Answers
from intake.form.dates import CivilDate
from intake.form.questions import AnyQuestion, Choices, Day, Listed, Member, Tick, TimeOfDay
from intake.form.vocabularies import vocabulary
from tests.case.writing import ANNA, BERIK, NOW, TODAY

MEMBERS: Final = (ANNA, BERIK, UUID(int=3))
CONSENTS: Final = ("store", "contact", "refer_internal", "state_complaint", "un_government")


def moments(first: int, last: int) -> st.SearchStrategy[Any]:
    """Moments so many minutes before and after now."""
    return st.integers(first, last).map(lambda minutes: NOW + timedelta(minutes=minutes))


def days() -> st.SearchStrategy[CivilDate]:
    return st.integers(-60, 40).map(lambda n: CivilDate(TODAY.day + timedelta(days=n)))


def value(question: AnyQuestion) -> st.SearchStrategy[Any]:
    """Anything that may be answered to a question."""
    if isinstance(question, Listed):
        codes = st.sampled_from([term.code for term in question.terms])
        several = st.lists(codes, max_size=3, unique=True).map(tuple)
        return several if isinstance(question, Choices) else codes
    return next(
        (found for kind, found in _VALUES.items() if isinstance(question, kind)),
        st.sampled_from(["", "words"]),
    )


_VALUES: Final[dict[type, st.SearchStrategy[Any]]] = {
    Day: days() | st.just(CivilDate(date(2025, 1, 1), "year")),
    TimeOfDay: st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0)),
    Tick: st.booleans(),
    Member: st.sampled_from(MEMBERS),
}


@st.composite
def answers_to(draw: st.DrawFn, questions: tuple[AnyQuestion, ...]) -> Answers:
    """Some of the questions answered."""
    answers = Answers()
    for question in questions:
        if draw(st.booleans()):
            answers = answers.having(question, draw(value(question)))
    return answers


@st.composite
def steps(draw: st.DrawFn, number: int = 1, before: tuple[CaseStep, ...] = ()) -> CaseStep:
    """One step of any kind, perhaps about an earlier one or in its place."""
    kind = draw(st.sampled_from(list(KINDS.values())))
    answers = draw(answers_to(kind.page.questions))
    if kind.code == "moved":
        way = draw(st.sampled_from(TRANSITIONS))
        answers = moved(way, draw(st.sampled_from(list(Stage))), answers)
    earlier = st.sampled_from([step.id for step in before]) if before else st.nothing()
    return CaseStep(
        uuid4(),
        number,
        draw(moments(-60 * 24 * 50, 0)),
        draw(st.sampled_from(MEMBERS)),
        kind.code,
        answers,
        replaces=draw(st.none() | st.none() | earlier),
        about=draw(st.none() | earlier),
        second=draw(st.none() | st.sampled_from(MEMBERS)),
    )


@st.composite
def written(draw: st.DrawFn, at_most: int = 8) -> tuple[CaseStep, ...]:
    """Several steps of one case."""
    found: tuple[CaseStep, ...] = ()
    for number in range(1, draw(st.integers(0, at_most)) + 1):
        found = (*found, draw(steps(number, found)))
    return found


def codes(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(vocabulary(name).codes), max_size=2, unique=True).map(tuple)


past = moments(-60 * 24 * 40, 0)
maybe_past = st.none() | past
situations: st.SearchStrategy[Situation] = st.builds(
    Situation,
    stage=st.sampled_from([stage.value for stage in Stage]),
    level=st.sampled_from(["u1", "u2", "u3", "u4"]),
    now=st.just(NOW),
    received_at=past,
    opened_at=maybe_past,
    stage_changed_at=maybe_past,
    first_contact_at=maybe_past,
    last_from_coalition_at=maybe_past,
    last_from_reporter_at=maybe_past,
    try_again_at=st.none() | moments(-5_000, 5_000),
    last_act_at=st.none() | moments(-60 * 24 * 800, 0),
    has_news=st.booleans(),
    contact_method=st.sampled_from([(), ("none",), ("phone",)]),
    contact_rules=codes("contact_rule"),
    in_custody=st.booleans(),
    is_missing=st.booleans(),
    is_dead=st.booleans(),
    is_minor=st.booleans(),
    life_at_risk=st.booleans(),
    needs_medical=st.booleans(),
    needs_interpreter=st.booleans(),
    is_sexual=st.booleans(),
    has_reprisals=st.booleans(),
    is_cluster=st.booleans(),
    reporter_is_proxy=st.booleans(),
    victim_knowledge=st.sampled_from(["", *vocabulary("victim_knowledge").codes]),
    agencies=codes("agency"),
    needs=codes("need"),
    allowed=st.dictionaries(st.sampled_from(CONSENTS), past, max_size=4),
    withdrawal_asked=st.booleans(),
    erasure_asked=st.booleans(),
    record=written().map(recorded),
)
