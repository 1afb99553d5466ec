"""The questions of the form as a coordinator chooses among them, to ask the reporter."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask_babel import gettext

from intake.form import pages
from intake.form.pages import Asked, Page


@dataclass(frozen=True)
class Choice:
    """One question that can be asked, and whether it is ticked."""

    key: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class AskedPage:
    """A page of the form: what the case does not answer, and what it answers already."""

    title: str
    warning: bool
    open: tuple[Choice, ...]
    answered: tuple[Choice, ...]


@dataclass(frozen=True)
class AskedSection:
    """A part of the form; `is_chosen` where something in it is ticked."""

    title: str
    pages: tuple[AskedPage, ...]
    is_chosen: bool


def sections(
    answered: Collection[str], chosen: Collection[str], *, is_trained: bool
) -> list[AskedSection]:
    """What may be asked; of sexual violence only by trained handlers (E11)."""
    found: dict[str, list[AskedPage]] = {}
    for page in pages.pages():
        offered = [one for one in page.asked if is_trained or not one.is_intimate]
        if offered:
            shown = _page(page, offered, answered, chosen)
            found.setdefault(page.section.title, []).append(shown)
    return [_section(title, those) for title, those in found.items()]


def _section(title: str, those: list[AskedPage]) -> AskedSection:
    choices = (choice for page in those for choice in (*page.open, *page.answered))
    is_chosen = any(choice.is_chosen for choice in choices)
    return AskedSection(gettext(title), tuple(those), is_chosen)


def _page(
    page: Page, offered: list[Asked], answered: Collection[str], chosen: Collection[str]
) -> AskedPage:
    return AskedPage(
        gettext(page.step.title),
        page.is_intimate,
        tuple(_choice(o, chosen) for o in offered if o.question.name not in answered),
        tuple(_choice(o, chosen) for o in offered if o.question.name in answered),
    )


def _choice(one: Asked, chosen: Collection[str]) -> Choice:
    return Choice(one.key, gettext(one.question.label), one.key in chosen)


def labels(keys: Iterable[str]) -> list[str]:
    """What was asked, in the words of the form."""
    return [gettext(one.question.label) for one in pages.asked_by(keys)]
