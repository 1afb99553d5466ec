"""What was told, page by page of the form: first and later answers side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext

from intake.form.answers import Answers
from intake.form.questionnaire import BY_NAME, REPEATED
from intake.form.questions import AnyQuestion, Repeated
from intake.form.text import _
from intake.web.body_map import NAMES, Drawing, drawing
from intake.web.form_pages import FormPage, placed
from intake.web.said import Said, said
from intake.web.town_words import day_of, place_notes

_ELSEWHERE: Final = FormPage(_("Other answers"), "", _("Asked elsewhere"), ())


@dataclass(frozen=True)
class Source:
    """Answers of one document as JSON has them; `added_at` where they came later.

    `by` is the handle of the lawyer who added them, where one did.
    """

    answers: Mapping[str, object] = field(repr=False)
    language: str
    added_at: datetime | None = None
    older: frozenset[str] = frozenset()
    """Names of answers whose place a later page took."""
    by: str = ""


@dataclass(frozen=True)
class Telling:
    """One answer as it was given at one time, in the language of who gave it."""

    said: Said
    language: str
    added_at: datetime | None
    is_older: bool = False
    by: str = ""


@dataclass(frozen=True)
class Answer:
    """A question and what was told to it, the first answer first."""

    question: str
    told: tuple[Telling, ...]


@dataclass(frozen=True)
class Card:
    """One of several things of a kind, under the id it was born with."""

    kind: str
    id: str
    number: int
    title: str
    answers: tuple[Answer, ...]
    added_at: datetime | None
    by: str = ""


@dataclass(frozen=True)
class Sheet:
    """A page of the form with what was told on it; `empty` are questions without an answer.

    `names` are the questions that were answered on it, `drawing` where that was on a body.
    """

    key: str
    section: str
    title: str
    answers: tuple[Answer, ...]
    cards: tuple[Card, ...] = ()
    empty: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    drawing: Drawing | None = None


def sheets(sources: Sequence[Source], pages: Sequence[FormPage], known: Answers) -> list[Sheet]:
    """The pages on which something was told, in the order of the form."""
    found = [placed(source.answers, pages, known) for source in sources]
    frames = [*pages, _ELSEWHERE]
    by_page = [
        [replace(source, answers=part) for source, part in zip(sources, parts, strict=True)]
        for parts in zip(*found, strict=True)
    ]
    told = (_sheet(page, parts, known) for page, parts in zip(frames, by_page, strict=False))
    return _drawn([sheet for sheet in told if sheet.answers or sheet.cards], sources, known)


def _drawn(found: Sequence[Sheet], sources: Sequence[Source], known: Answers) -> list[Sheet]:
    """The sheets, and on the first that tells of places of the body all of them drawn."""
    answers = (answer for source in sources for answer in source.answers.items())
    drawn = drawing(answers, known)
    first = next((sheet for sheet in found if sheet.names & NAMES), None)
    return [replace(sheet, drawing=drawn) if sheet is first else sheet for sheet in found]


def _sheet(page: FormPage, sources: Sequence[Source], known: Answers) -> Sheet:
    kinds = [REPEATED[name] for name in _names(sources) if name in REPEATED]
    return Sheet(
        page.key,
        gettext(page.section),
        gettext(page.title),
        answers(sources, known, page.questions),
        tuple(card for kind in kinds for card in _cards(kind, sources, known)),
        names=frozenset(_names(sources)),
    )


def answers(
    sources: Sequence[Source], known: Answers, asked: Sequence[AnyQuestion]
) -> tuple[Answer, ...]:
    """What was told to each question, in the order in which they were `asked`."""
    order = {question.name: place for place, question in enumerate(asked)}
    names = [name for name in _names(sources) if name not in REPEATED]
    names.sort(key=lambda name: order.get(name, len(order)))
    return tuple(_answer(name, sources, known) for name in names)


def _names(sources: Sequence[Source]) -> list[str]:
    return list(dict.fromkeys(name for source in sources for name in source.answers))


def _answer(name: str, sources: Sequence[Source], known: Answers) -> Answer:
    question = BY_NAME.get(name)
    told = tuple(
        Telling(
            _with_notes(name, value, known),
            source.language,
            source.added_at,
            name in source.older,
            source.by,
        )
        for source, value in _different(name, sources)
    )
    return Answer(gettext(question.label) if question else name, told)


def _different(name: str, sources: Sequence[Source]) -> Iterator[tuple[Source, object]]:
    """Each answer that says something else than the one before it."""
    before: object = None
    for source in sources:
        value = source.answers.get(name)
        if value is not None and value != before:
            yield source, value
            before = value


def _with_notes(name: str, value: object, known: Answers) -> Said:
    question = BY_NAME.get(name)
    words = said(question, value, name=name)
    if words.is_missing:
        return words
    return replace(words, notes=tuple(place_notes(question, value, day_of(known))))


def _cards(kind: Repeated, sources: Sequence[Source], known: Answers) -> Iterator[Card]:
    things: dict[str, list[Source]] = {}
    for source in sources:
        for thing in _things(source.answers.get(kind.name)):
            things.setdefault(thing["id"], []).append(replace(source, answers=thing["answers"]))
    for number, (id_, told) in enumerate(things.items(), 1):
        its_own = Answers.from_json(told[0].answers)
        day_known = its_own if day_of(its_own) else known
        yield Card(
            kind.name,
            id_,
            number,
            gettext(kind.title),
            answers(told, day_known, kind.questions),
            told[0].added_at,
            told[0].by,
        )


def _things(value: object) -> Sequence[Mapping[str, Any]]:
    return value if isinstance(value, list) else ()
