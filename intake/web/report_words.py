"""Answers in the words of the desk: labels for codes, dates as exact as they were said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import time
from typing import Any, Final, assert_never

from flask_babel import format_date, gettext

from intake.form.answers import State
from intake.form.dates import CivilDate
from intake.form.questionnaire import BY_NAME
from intake.form.questions import AnyQuestion, Day, Listed, Tick, TimeOfDay
from intake.form.text import _
from intake.form.vocabularies import VOCABULARIES
from intake.triage.facts import Facts
from intake.web.staff_pages import labels
from intake.web.time_words import pattern

STATES: Final = {
    State.UNANSWERED: _("left empty"),
    State.SKIPPED: _("skipped this question"),
    State.UNKNOWN: _("does not know"),
    State.PREFER_NOT_TO_SAY: _("does not want to say"),
}
# Facts are called after what they mean for triage; these are not called as their question is.
QUESTION_OF: Final = {
    "methods": "method",
    "injuries": "injury",
    "reprisals": "reprisal",
    "legal_steps": "legal_step",
    "last_ill_treatment_on": "act_date_to",
    "last_ill_treatment_time": "act_time_to",
    "death_on": "died_on",
    "perpetrator_identified_in_post": "perpetrator_in_post",
    "region": "region_of_event",
}
SIGN_OF: Final = {
    "minor_now": "under_18",
    "medical_denied_now": "hurt_no_doctor",
    "isolated_now": "no_contact",
    "self_harm_marked": "self_harm_risk",
    "removal_soon": "removal_soon",
}
ELSEWHERE: Final = frozenset({"trained_only", "locality", "region_then"})
INTIMATE_LISTS: Final = ("methods", "injuries")


@dataclass(frozen=True)
class Said:
    """One answer to show; `is_own` where these are the reporter's own words."""

    question: str
    words: tuple[str, ...] = field(repr=False)
    is_own: bool = False
    is_missing: bool = False


def answers_in_words(answers: Mapping[str, object]) -> tuple[Said, ...]:
    """The answers of one document, in the order of the form."""
    order = {name: place for place, name in enumerate(BY_NAME)}
    names = sorted(answers, key=lambda name: order.get(name, len(order)))
    return tuple(_said(name, answers[name]) for name in names)


def left_empty(questions: Sequence[AnyQuestion], answers: Mapping[str, object]) -> list[str]:
    """What was asked and got no answer at all."""
    return [gettext(question.label) for question in questions if question.name not in answers]


def facts_in_words(facts: Facts) -> tuple[Said, ...]:
    """The coded answers, without those that stand in the folded part (E19)."""
    told = [(name, _told(fact, value)) for fact, name, value in _filled(facts)]
    signs = tuple(sign for fact, sign in SIGN_OF.items() if getattr(facts, fact))
    return tuple(
        _said(name, value) for name, value in (("urgent_signs", signs), *told) if value
    )


def intimate_facts_in_words(facts: Facts) -> tuple[Said, ...]:
    """The coded answers about sexual violence, for trained handlers."""
    return tuple(
        _said(name, only)
        for fact, name, value in _filled(facts)
        if fact in INTIMATE_LISTS and (only := tuple(c for c in value if _is_intimate(fact, c)))
    )


def _filled(facts: Facts) -> list[tuple[str, str, Any]]:
    names = [(f.name, QUESTION_OF.get(f.name, f.name), f.default) for f in fields(Facts)]
    return [
        (fact, name, getattr(facts, fact))
        for fact, name, default in names
        if name in BY_NAME and fact not in ELSEWHERE and getattr(facts, fact) != default
    ]


def _told(fact: str, value: Any) -> Any:  # noqa: ANN401 - whatever a fact holds
    if fact not in INTIMATE_LISTS:
        return value
    return tuple(code for code in value if not _is_intimate(fact, code))


def _is_intimate(fact: str, code: str) -> bool:
    term = VOCABULARIES[QUESTION_OF[fact]].by_code.get(code)
    return term is not None and (
        term.attributes.get("group") == "sexual" or term.has("sensitive")
    )


def _said(name: str, value: object) -> Said:
    question = BY_NAME.get(name)
    title = gettext(question.label) if question else name
    match value:
        case {"state": str(state)}:
            return Said(title, (gettext(STATES[State(state)]),), is_missing=True)
        case str() | list() | tuple() if isinstance(question, Listed):
            return Said(title, tuple(labels(question.vocabulary, value)))
        case _ if isinstance(question, Day | TimeOfDay | Tick):
            return Said(title, (_in_words(question, value),))
        case _:
            return Said(title, (str(value),), is_own=True)


def _in_words(question: Day | TimeOfDay | Tick, value: object) -> str:
    match question:
        case Day():
            return civil_date(
                value if isinstance(value, CivilDate) else CivilDate.from_text(str(value))
            )
        case TimeOfDay():
            return value.isoformat("minutes") if isinstance(value, time) else str(value)
        case Tick():
            return gettext("yes") if value else gettext("no")
        case _:
            assert_never(question)


def civil_date(said: CivilDate) -> str:
    """A day as exact as it was said."""
    words = format_date(said.day, _pattern(said.precision))
    return gettext("about %(day)s", day=words) if said.precision == "approx" else words


def _pattern(precision: str) -> str:
    match precision:
        case "month":
            return pattern("yMMMM")
        case "year":
            return "y"
        case _:
            return "long"


def kinds_of_content(facts: Facts) -> list[str]:
    """What somebody is about to read, before she opens it (E19)."""
    methods = VOCABULARIES["method"].by_code
    told = {methods[code].attributes.get("group") for code in facts.methods if code in methods}
    groups = [group for group in VOCABULARIES["method_group"].codes if group in told]
    return [
        *labels("method_group", groups),
        *(gettext(words) for applies, words in _MARKS if applies(facts)),
    ]


_MARKS: Final = (
    (lambda facts: facts.is_minor, _("a child")),
    (lambda facts: bool(facts.injuries or facts.injured), _("injuries")),
    (lambda facts: facts.self_harm_marked, _("suicide or self-harm")),
    (lambda facts: bool(facts.death_on or facts.victim_status == "deceased"), _("a death")),
    (lambda facts: facts.needs_trained_reader, _("words for a specially trained reader")),
)
