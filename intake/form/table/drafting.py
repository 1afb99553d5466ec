"""A draft out of one row of a table; what no page of the form takes goes into its story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from intake.form.aftermath import INJURY
from intake.form.answers import Answers
from intake.form.conditions import is_under_non_disclosure
from intake.form.draft import Draft
from intake.form.events import METHOD, NARRATIVE
from intake.form.gates import IN_DETAIL, METHOD_GROUP, SEXUAL_CHOICE, UNDER_NON_DISCLOSURE
from intake.form.journey import asked_steps, questions_of, to_send
from intake.form.people import TRAINED_ONLY
from intake.form.questions import AnyQuestion, Day, Listed, Number
from intake.form.sorting import is_intimate, is_intimate_code
from intake.form.steps import Step
from intake.form.table.cells import Cell

_LISTS: Final = (METHOD, INJURY)
"""The lists that stand behind a choice."""


@dataclass(frozen=True)
class Drafted:
    """A draft, and the cells with an answer that no page of this draft asks for.

    Of these, `silenced` would be asked for if the lawyer had not to be silent about the case.
    """

    draft: Draft = field(repr=False)
    beside: tuple[Cell, ...] = ()
    silenced: tuple[Cell, ...] = ()

    @property
    def over(self) -> int:
        """By how many characters the story is longer than the form takes; 0 where it is not."""
        return max(0, len(self.draft.answers[NARRATIVE] or "") - NARRATIVE.max_length)


def drafted(cells: Sequence[Cell], first: Draft) -> Drafted:
    """What `first` becomes with what one row says."""
    answers = _opened(_answered(cells, first.answers))
    sent = to_send(replace(first, answers=answers))
    answered = (cell for cell in cells if cell.value is not None)
    beside = tuple(cell for cell in answered if not _goes(cell, answers, sent))
    if any(map(_is_intimate, beside)):
        answers = answers.having(TRAINED_ONLY, value=True)
    typed = _typed(cells, answers)
    story = _story(cells, answers, beside, typed)
    answers = answers.having(NARRATIVE, story) if story else answers
    draft = replace(first, answers=answers, typed=MappingProxyType({**first.typed, **typed}))
    return Drafted(_past_filled_pages(draft), beside, _silenced(beside, answers, first))


def _silenced(beside: Sequence[Cell], answers: Answers, first: Draft) -> tuple[Cell, ...]:
    if not is_under_non_disclosure(answers):
        return ()
    freely = to_send(replace(first, answers=answers.having(UNDER_NON_DISCLOSURE, "no")))
    return tuple(cell for cell in beside if _goes(cell, answers, freely))


def _typed(cells: Iterable[Cell], answers: Answers) -> Mapping[str, str]:
    """What cannot be read and is asked again on a page of the draft, by question."""
    asked = {q.name for step in asked_steps(answers) for q in questions_of(step, answers)}
    return {c.name: c.unread for c in cells if c.name in asked and _is_asked_again(c)}


def _is_asked_again(cell: Cell) -> bool:
    question = cell.column.question if cell.column else None
    return bool(cell.unread) and isinstance(question, Day | Number)


def _story(
    cells: Iterable[Cell],
    answers: Answers,
    beside: Iterable[Cell],
    typed: Mapping[str, str],
) -> str:
    """The story with what goes nowhere else, as «title: words»."""
    lines = [answers[NARRATIVE] or ""]
    for cell in cells:
        words = cell.text if cell in beside else cell.unread
        if words and cell.name not in typed:
            lines.append(f"{cell.header}: {words}" if cell.header else words)
    return "\n".join(lines).strip()


def _answered(cells: Iterable[Cell], answers: Answers) -> Answers:
    for cell in cells:
        if cell.column is not None and cell.value is not None:
            answers = answers.having(cell.column.question, cell.value)
    return answers


def _opened(answers: Answers) -> Answers:
    """The answers with those that open the pages on what was done, as far as that is told."""
    told = [
        term
        for question in _LISTS
        for term in question.terms
        if _is_told(answers, question, term.code)
    ]
    if not told:
        return answers
    groups = {term.attributes.get("group") for term in told if term in METHOD.terms}
    chosen = tuple(code for code in METHOD_GROUP.codes if code in groups)
    answers = answers.having(IN_DETAIL, "yes")
    answers = answers.having(METHOD_GROUP, chosen) if chosen else answers
    return answers.having(SEXUAL_CHOICE, "tell") if any(map(is_intimate, told)) else answers


def _is_told(answers: Answers, question: Listed[tuple[str, ...]], code: str) -> bool:
    return code in (answers[question] or ())


def _goes(cell: Cell, answers: Answers, sent: Answers) -> bool:
    """Whether some page asks for all that the cell says, so that it goes with the report."""
    return _codes(answers.values.get(cell.name)) <= _codes(sent.values.get(cell.name))


def _codes(stored: object) -> set[object]:
    return set(stored) if isinstance(stored, tuple) else {stored}


def _is_intimate(cell: Cell) -> bool:
    question = cell.column.question if cell.column else None
    return any(is_intimate_code(question, code) for code in _codes(cell.value))


def _past_filled_pages(draft: Draft) -> Draft:
    """The draft as if the pages were passed on which the row answers everything."""
    for step in asked_steps(draft.answers):
        if _is_filled(step, draft):
            draft = draft.passing(step.slug)
    return draft


def _is_filled(step: Step, draft: Draft) -> bool:
    asked = questions_of(step, draft.answers)
    return bool(asked) and all(_is_answered(question, draft.answers) for question in asked)


def _is_answered(question: AnyQuestion, answers: Answers) -> bool:
    """Whether there is an answer; of a list asked in parts, one of this part.

    The story is always looked at: it holds what no page took.
    """
    value = None if question.name == NARRATIVE.name else answers[question]
    if isinstance(question, Listed) and value is not None:
        return bool(_codes(value) & {term.code for term in question.terms})
    return value is not None
