"""What a page about a case asks and shows, as far as its reader may know (E11)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from intake.case.kinds import KINDS
from intake.case.kinds.wishes import CONSENT_SEXUAL
from intake.case.steps import CaseStep
from intake.casework.errors import NotAllowed
from intake.casework.reader import Reader
from intake.casework.work.step_documents import is_hidden
from intake.form.questions import AnyQuestion, Listed
from intake.form.sorting import is_intimate_code
from intake.form.steps import Group, Step


def work_page(reader: Reader, what: str) -> Step:
    """The page of a kind of step; without what only a trained handler may be asked."""
    if what not in KINDS or KINDS[what].automatic:
        raise NotAllowed
    page = KINDS[what].page
    return page if reader.is_trained else _without_intimate(page)


def is_kept_from(step: CaseStep, *, holds_intimate: bool) -> bool:
    """Whether a part of a step is not for who `holds_intimate` or not, or could be (E11)."""
    if holds_intimate:
        return False
    page = KINDS[step.what].page
    return is_hidden(step) or (step.by_trained and _without_intimate(page) != page)


def told_flags(reader: Reader, flags: Collection[str]) -> tuple[str, ...]:
    """The flags that this reader may see."""
    return tuple(flag for flag in flags if reader.is_trained or flag != "sexual")


def _without_intimate(page: Step) -> Step:
    groups = (
        Group(group.title, tuple(map(_plain, _asked(group))), group.hint)
        for group in page.groups
    )
    return replace(page, groups=tuple(groups))


def _asked(group: Group) -> tuple[AnyQuestion, ...]:
    return tuple(q for q in group.questions if q.name != CONSENT_SEXUAL.name)


def _plain(question: AnyQuestion) -> AnyQuestion:
    if not isinstance(question, Listed):
        return question
    codes = tuple(term.code for term in question.terms)
    plain = tuple(code for code in codes if not is_intimate_code(question, code))
    return question if plain == codes else replace(question, codes=plain)
