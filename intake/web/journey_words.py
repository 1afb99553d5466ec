"""The form in the words of the person who fills it in: questions, answers, things, towns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from flask_babel import format_date, gettext

from intake.form import journey
from intake.form.answers import Answers, State
from intake.form.body import Marks
from intake.form.conditions import is_reporter_the_person
from intake.form.draft import Draft
from intake.form.events import NARRATIVE
from intake.form.people import CONSENT, CONSENT_CONTACT
from intake.form.questions import (
    AnyQuestion,
    Attached,
    Day,
    Listed,
    Repeated,
    Text,
    Tick,
    TimeOfDay,
)
from intake.form.steps import Step
from intake.form.text import _
from intake.form.vocabularies import Term, vocabulary
from intake.web.body_map import words_of_marks
from intake.web.context import language
from intake.web.file_words import file_words
from intake.web.journey_form import Place
from intake.web.report_words import civil_date
from intake.web.shown_words import CONTACT, ShownWords

STATES: Final = {
    State.UNKNOWN: _("I do not know"),
    State.PREFER_NOT_TO_SAY: _("I would rather not say"),
    State.SKIPPED: _("skipped"),
}
LONGEST: Final = 1500  # characters of one answer, so that the page stays light


@dataclass(frozen=True)
class Line:
    """One question and what was answered; `is_own` where these are somebody's own words."""

    question: str
    words: tuple[str, ...] = field(repr=False)
    is_own: bool = False


@dataclass(frozen=True)
class Thing:
    """One of several things, such as one officer of three."""

    id: str
    name: str = field(repr=False)
    lines: tuple[Line, ...] = field(repr=False)


def label_of(question: AnyQuestion, answers: Answers) -> str:
    """The question as it is put to somebody who gave these answers."""
    is_own = question.own and is_reporter_the_person(answers)
    return gettext(question.own if is_own else question.label)


def hint_of(question: AnyQuestion, shown: ShownWords) -> str:
    """What stands under a question; under the wish to be contacted, what that means."""
    if question.name == CONSENT_CONTACT.name:
        return shown.text(CONTACT)
    return gettext(question.hint) if question.hint else ""


def explained(question: AnyQuestion, shown: ShownWords) -> dict[str, str]:
    """The full words of each permission that a question asks for, by its code."""
    if question.name != CONSENT.name or not isinstance(question, Listed):
        return {}
    return {term.code: shown.text(term.code) for term in question.terms}


def title_of(step: Step, answers: Answers) -> str:
    """What stands over a page for somebody who gave these answers."""
    is_own = step.own and is_reporter_the_person(answers)
    return gettext(step.own if is_own else step.title)


def things(repeated: Repeated, answers: Answers) -> tuple[Thing, ...]:
    """The things of one kind, each by the name that stands over it."""
    return tuple(
        Thing(item.id, _name(repeated, item.answers, number), _lines_of(repeated, item.answers))
        for number, item in enumerate(answers.of(repeated), start=1)
    )


def name_of(place: Place, draft: Draft) -> str:
    """What one thing is called: what was said of it, else its kind and number."""
    ids = [item.id for item in draft.answers.of(place.repeated)]
    number = ids.index(place.item) + 1 if place.item in ids else len(ids) + 1
    return _name(place.repeated, place.answers(draft), number)


def standing(
    place: Place, draft: Draft, questions: Iterable[AnyQuestion]
) -> dict[str, tuple[str, ...]]:
    """What the draft holds of `questions` just now, in words, by their names."""
    return {question.name: _kept_words(place, draft, question) for question in questions}


def words_of(question: AnyQuestion, answers: Answers) -> tuple[str, ...]:
    """One answer in words; nothing where there is none."""
    value: Any = answers[question]
    if value is None:
        state = answers.state(question)
        return (gettext(STATES[state]),) if state in STATES else ()
    if isinstance(question, Listed):
        return _chosen(question, (value,) if isinstance(value, str) else value)
    if isinstance(question, Tick) and not value:
        return ()
    return (_in_words(question, value),)


def _in_words(question: AnyQuestion, value: Any) -> str:  # noqa: ANN401 - of its own kind
    match question:
        case Day():
            return civil_date(value)
        case TimeOfDay():
            return str(value.isoformat("minutes"))
        case Tick():
            return gettext("yes")
        case Attached():
            return file_words(value)
        case _:
            return str(value)


def _chosen(question: Listed[Any], codes: Sequence[str]) -> tuple[str, ...]:
    """What was chosen of the terms that this question offers."""
    terms = tuple(term for term in question.terms if term.code in codes)
    if isinstance(question, Marks):
        return words_of_marks([term.code for term in terms])
    return tuple(term.label(language()) for term in terms)


def units(town: Term) -> str:
    """The region in which a town lies now and, where that changed, in which it lay before."""
    regions, told = vocabulary("region"), town.attributes
    now = regions.label(str(told["unit"]), language())
    if "moved" not in told:
        return now
    before = regions.label(str(told["unit_then"]), language())
    day = format_date(told["moved"], "long")
    return gettext("%(now)s; before %(day)s: %(before)s", now=now, day=day, before=before)


def with_typed_as_words(draft: Draft) -> Draft:
    """The draft with what could not be read as dates, times or numbers told in the story."""
    said = [f"{label}: {typed}" for label, typed in _unread(draft)]
    story = "\n".join([draft.answers[NARRATIVE] or "", *said]).strip()
    answers = draft.answers.having(NARRATIVE, story) if said else draft.answers
    return replace(draft, answers=answers, typed={})


def _unread(draft: Draft) -> Iterator[tuple[str, str]]:
    for step in journey.asked_steps(draft.answers):
        items = draft.answers.of(step.repeats) if step.repeats else ()
        for place in (Place(step), *(Place(step, item.id) for item in items)):
            for question in place.asked(draft):
                if typed := draft.typed.get(place.key(question)):
                    yield label_of(question, draft.answers), typed


def _kept_words(place: Place, draft: Draft, question: AnyQuestion) -> tuple[str, ...]:
    typed = draft.typed.get(place.key(question))
    return (typed,) if typed else words_of(question, place.answers(draft))


def _name(repeated: Repeated, answers: Answers, number: int) -> str:
    shown = (words_of(q, answers) for q in repeated.questions if q.name in repeated.shown)
    said = ", ".join(word for words in shown for word in words)
    if said:
        return said
    return gettext("%(thing)s (%(number)s)", thing=gettext(repeated.title), number=number)


def _lines_of(repeated: Repeated, answers: Answers) -> tuple[Line, ...]:
    asked = (question for question in repeated.questions if question.is_asked(answers))
    pairs = ((question, words_of(question, answers)) for question in asked)
    return tuple(line_of(q, gettext(q.label), words) for q, words in pairs if words)


def line_of(question: AnyQuestion, label: str, words: tuple[str, ...]) -> Line:
    """A question under this label, and its answer in these words."""
    return Line(label, tuple(map(_shortened, words)), isinstance(question, Text))


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]} […]"
