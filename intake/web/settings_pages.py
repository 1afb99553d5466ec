"""The settings of the administrator: what people are told now, since when, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake.casework import telling
from intake.casework.told import Told
from intake.roles import Permission
from intake.web import settings_checks, settings_consents, settings_numbers
from intake.web.permitted import permitted, reader
from intake.web.settings_shared import KEPT, Source, settings, source
from intake.web.settings_words import PAGES, Words

__all__ = ["settings"]
_ORDER: Final = ("duty", "numbers", "coalition", "printed", "addresses", "exit")


@dataclass(frozen=True)
class Part:
    """A part of the settings as the overview shows it."""

    title: str
    address: str
    words: Words
    source: Source


@settings.get("/")
@permitted(Permission.KEEP_SETTINGS)
def overview() -> ResponseReturnValue:
    """What is in force, since when and by whom, and whether it comes from here."""
    told = telling.standing(reader())
    found = dict(_parts(told))
    return render_template(
        "settings/overview.html",
        shown=[found[part] for part in _ORDER],
        consents=settings_consents.lines(told),
        unchecked=settings_checks.left(told),
        said=gettext(KEPT) if request.args.get("said") == "kept" else "",
    )


def _parts(told: Told) -> list[tuple[str, Part]]:
    pages = [(page.part, page.title, page.words(told)) for page in PAGES]
    numbers = (settings_numbers.PART, settings_numbers.TITLE, settings_numbers.words(told))
    return [
        (part, _part(part, gettext(title), words, told))
        for part, title, words in (*pages, numbers)
    ]


def _part(part: str, title: str, words: Words, told: Told) -> Part:
    where = source(part, told, is_told=bool(words))
    return Part(title, url_for(f"settings.{part}"), words, where)
