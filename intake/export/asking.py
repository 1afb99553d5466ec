"""How each kind of question is asked on paper: boxes to tick, lines to write on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, assert_never

from intake.export.on_paper import WRITTEN, on_paper
from intake.export.paper import Field, Kind, Option, Options, Tongue
from intake.form.answers import State
from intake.form.body import Marks, Part, Regions
from intake.form.listed import Listed
from intake.form.people import CONSENT, CONSENT_CONTACT
from intake.form.question import LongText, Question, Text
from intake.form.questions import (
    AnyQuestion,
    Attached,
    Choice,
    Choices,
    Day,
    Member,
    Number,
    Tick,
    TimeOfDay,
)
from intake.form.text import _
from intake.form.vocabularies import Term, vocabulary

_STATES: Final = {
    State.UNKNOWN: _("I do not know"),
    State.PREFER_NOT_TO_SAY: _("I would rather not say"),
}
_SHORT: Final[Mapping[type[AnyQuestion], Kind]] = {
    Day: "day",
    TimeOfDay: "time",
    Number: "number",
}
_CONTACT: Final = "contact"
_LONG: Final = 8  # lines from which on words are a story, and by hand take more room
_STORY: Final = 20
_FEW_PLACES: Final = 4
_EMPTY_PLACES: Final = 8


@dataclass(frozen=True)
class Asker:
    """Asks in one language; `words` tells what each permission means, by its code."""

    tongue: Tongue
    words: Callable[[str], str]

    def field(self, number: str, question: AnyQuestion, note: str) -> Field:
        """The question with room for its answer."""
        plain = Field(
            number,
            self._paper(question.label),
            "lines",
            hint=self._paper(question.hint),
            note=note,
            rows=1,
            states=tuple(self.tongue.say(_STATES[state]) for state in question.states),
        )
        return self._with_room(plain, question)

    def _with_room(self, plain: Field, question: AnyQuestion) -> Field:
        match question:
            case Choice() | Choices():
                return self._listed(plain, question)
            case Text():
                return replace(plain, rows=_rows(question))
            case Tick():
                return replace(plain, kind="tick", options=self._tick(question))
            case Day() | TimeOfDay() | Number():
                return replace(plain, kind=_SHORT[type(question)])
            case Attached() | Member():
                return plain
            case _:
                assert_never(question)

    def _listed(self, plain: Field, question: Choice | Choices) -> Field:
        if isinstance(question, Marks):
            return replace(plain, kind="table", **self._table(question))
        if is_written(question):
            return replace(plain, rows=2 if isinstance(question, Choices) else 1)
        return replace(
            plain,
            kind="boxes",
            is_one=isinstance(question, Choice),
            options=self._boxes(question),
            has_pictures=_is_whole_body(question),
        )

    def _table(self, question: Marks) -> dict[str, Any]:
        """Columns for what may be there; a line for each place, or empty ones for many."""
        places = dict.fromkeys(str(term.attributes["place"]) for term in question.terms)
        regions, traces = vocabulary("body_region").by_code, vocabulary("trace")
        columns = Options("", tuple(Option(self.tongue.label(t)) for t in traces.terms))
        if len(places) > _FEW_PLACES:
            return {"rows": _EMPTY_PLACES, "options": (columns,)}
        named = Options("", tuple(Option(self.tongue.label(regions[code])) for code in places))
        return {"rows": 0, "options": (columns, named)}

    def _boxes(self, question: Choice | Choices) -> tuple[Options, ...]:
        if isinstance(question, Regions):
            return tuple(map(self._part, question.parts(question.terms)))
        return (Options("", tuple(self._option(question, term) for term in question.terms)),)

    def _part(self, part: Part) -> Options:
        label = self.tongue.label
        return Options(label(part.title), tuple(Option(label(t)) for _code, t in part.options))

    def _option(self, question: Choice | Choices, term: Term) -> Option:
        is_permission = question.name == CONSENT.name
        return Option(self.tongue.label(term), self.words(term.code) if is_permission else "")

    def _tick(self, question: Tick) -> tuple[Options, ...]:
        more = self.words(_CONTACT) if question.name == CONSENT_CONTACT.name else ""
        return (Options("", (Option(self._paper(question.label), more),)),)

    def _paper(self, text: str) -> str:
        return self.tongue.say(on_paper(text))


def is_written(question: Question[Any]) -> bool:
    """Whether the words of a list are written out, since its boxes would be too many."""
    if not isinstance(question, Listed) or isinstance(question, Marks):
        return False
    return question.vocabulary in WRITTEN or question.among is not None


def _is_whole_body(question: Choice | Choices) -> bool:
    return isinstance(question, Regions) and len(question.terms) > _FEW_PLACES


def _rows(question: Text) -> int:
    if isinstance(question, LongText) and question.rows >= _LONG:
        return _STORY
    return max(question.rows, 1)
