"""Steps as documents of a case: one under the key of `work`, beside it what few may read.

Whoever holds the key of `intimate` writes a second document beside every step, whether or not
it says anything, so that no row shows which step tells of sexual violence (E11).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from intake.case.kinds import KINDS, page_of
from intake.case.kinds.wishes import CONSENT_SEXUAL
from intake.case.stages import TRANSITIONS
from intake.case.steps import CaseStep
from intake.casework.case_documents import Document
from intake.form.answers import Answers, State, Stored
from intake.form.questions import AnyQuestion, LongText
from intake.form.sorting import is_intimate_code
from intake.form.steps import Step

KIND: Final = "step"
FOR_TRAINED: Final = "…"
"""Stands where words are for trained handlers alone."""


def _questions(pages: Iterable[Step]) -> Iterator[AnyQuestion]:
    for page in pages:
        for group in page.groups:
            yield from group.questions


_PAGES: Final = (*(kind.page for kind in KINDS.values()), *map(page_of, TRANSITIONS))
QUESTIONS: Final[Mapping[str, AnyQuestion]] = {q.name: q for q in _questions(_PAGES)}


@dataclass(frozen=True)
class Parted:
    """The answers of a step: what every coordinator may read, and what trained handlers may."""

    plain: Answers
    intimate: Answers

    @property
    def is_all_intimate(self) -> bool:
        """Whether the step itself would tell what it is about."""
        return not self.plain and bool(self.intimate)


def parted(answers: Answers, *, hides_words: bool) -> Parted:
    """What of `answers` tells of sexual violence; all words do where the case `hides_words`."""
    plain: dict[str, Stored | State] = {}
    intimate: dict[str, Stored | State] = {}
    for name, value in answers.values.items():
        shown = _shown(name, value, hides_words=hides_words)
        if shown != value:
            intimate[name] = value
        if shown is not None:
            plain[name] = shown
    if intimate.keys() >= _NAMING and not plain.keys() & _NAMING:
        return Parted(Answers(), answers)
    return Parted(Answers(plain), Answers(intimate))


def is_for_trained(answers: Answers) -> bool:
    """Whether codes among `answers` are for trained handlers alone."""
    return bool(parted(answers, hides_words=False).intimate)


_NAMING: Final = frozenset({"consent_codes"})
"""Where every code is for trained handlers, so is that the step was written at all."""


def _shown(name: str, value: Stored | State, *, hides_words: bool) -> Stored | State | None:
    """The part of an answer that every coordinator may read."""
    question = QUESTIONS.get(name)
    if name == CONSENT_SEXUAL.name:
        return None
    if isinstance(question, LongText) and hides_words and value:
        return FOR_TRAINED
    if not isinstance(value, tuple):
        return None if is_intimate_code(question, value) else value
    codes = tuple(code for code in value if not is_intimate_code(question, code))
    return codes or (None if value else value)


def content_of(step: CaseStep) -> dict[str, object]:
    """What the document of a step holds."""
    return {"step": step.to_json()}


def beside(step: CaseStep, intimate: Answers) -> dict[str, object]:
    """What the document beside it holds."""
    return {"about": step.id.hex, "answers": intimate.to_json()}


def steps_in(documents: Iterable[Document]) -> tuple[CaseStep, ...]:
    """The steps as far as their reader holds keys, oldest first."""
    contents = [document.content for document in documents if document.content]
    more = {UUID(c["about"]): c["answers"] for c in contents if "about" in c}
    steps = (CaseStep.from_json(c["step"]) for c in contents if "step" in c)
    whole = (_with(step, more.get(step.id, {})) for step in steps)
    return tuple(sorted(whole, key=lambda step: (step.number, step.at)))


def _with(step: CaseStep, more: Mapping[str, Any]) -> CaseStep:
    if not more:
        return step
    told = Answers.from_json(more)
    return replace(step, answers=Answers({**step.answers.values, **told.values}))


def is_hidden(step: CaseStep) -> bool:
    """Whether some of its words are not for this reader."""
    return FOR_TRAINED in step.answers.values.values()
