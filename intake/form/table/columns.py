# ruff: noqa: RUF001, RUF002 - lists are kept in Cyrillic letters
"""What may stand in a table of people: questions of the form, each under a short title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from intake.form import acting, aftermath, events, gates, people, towns
from intake.form.questions import AnyQuestion
from intake.form.text import _


@dataclass(frozen=True)
class Column:
    """A question, its title over a column, and short words of tables for its codes."""

    question: AnyQuestion
    title: str
    also: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        return self.question.name


_SEXES: Final = MappingProxyType(
    {"m": "male", "м": "male", "е": "male", "f": "female", "ж": "female", "ә": "female"}
)

COLUMNS: Final[tuple[Column, ...]] = (
    Column(acting.CLIENT_NAME_FOR_US, _("Name for us")),
    Column(people.VICTIM_NAME, _("Name")),
    Column(people.OTHER_NAMES, _("Other names")),
    Column(people.VICTIM_BIRTH_DATE, _("Date of birth")),
    Column(people.VICTIM_AGE, _("Age")),
    Column(people.VICTIM_SEX, _("Sex"), _SEXES),
    Column(events.VICTIM_STATUS, _("Where the person is now")),
    Column(events.CUSTODY_PLACE, _("Where the person is held")),
    Column(events.DETAINED_ON, _("Taken on")),
    Column(events.RELEASED_ON, _("Let go on")),
    Column(events.ACT_DATE_FROM, _("Happened on")),
    Column(events.PLACE_NAME, _("Place")),
    Column(towns.TOWN_SAID, _("Town")),
    Column(events.REGION_OF_EVENT, _("Region")),
    Column(events.PLACE_TYPE, _("Kind of place")),
    Column(events.AGENCY, _("Service")),
    Column(events.PERPETRATORS_TEXT, _("Who did it")),
    Column(events.NARRATIVE, _("What happened")),
    Column(events.METHOD, _("What was done")),
    Column(aftermath.INJURY, _("Injuries")),
    Column(aftermath.URGENT_SIGNS, _("Danger now")),
    Column(aftermath.MEDICAL_EXAM, _("Doctors")),
    Column(aftermath.REPRISAL, _("Threats and pressure")),
    Column(people.VICTIM_KNOWLEDGE, _("Knows about the report")),
    Column(acting.AUTHORITY_DOC, _("Your paper")),
    Column(acting.AUTHORITY_UNTIL, _("Your paper is good until")),
    Column(gates.UNDER_NON_DISCLOSURE, _("Non-disclosure paper")),
    Column(aftermath.CASE_STATUS, _("Case against the person")),
    Column(aftermath.ARTICLE_CHARGED, _("Article")),
    Column(aftermath.HEARING_ON, _("Next hearing")),
    Column(aftermath.NEED, _("Help needed")),
    Column(people.INTERPRETER_LANGUAGE, _("Languages")),
)
BY_NAME: Final[Mapping[str, Column]] = {column.name: column for column in COLUMNS}


def squeezed(text: str) -> str:
    """`text` as it is compared: letters, digits and doubts alone, small, `ё` as `е`.

    >>> squeezed("Ещё: СИЗО ") == squeezed("еще сизо")
    True
    """
    small = text.casefold().replace("ё", "е")
    return "".join(sign for sign in small if sign.isalnum() or sign == "?")


@dataclass(frozen=True)
class Headers:
    """Under which words each column may stand."""

    by_words: Mapping[str, Column]

    @classmethod
    def of(cls, titles: Mapping[str, Iterable[str]]) -> Headers:
        """The questions' names, and the `titles` of each in the languages of the pages."""
        found: dict[str, Column] = {}
        for column in COLUMNS:
            for words in (column.name, column.title, *titles.get(column.name, ())):
                found.setdefault(_key(words), column)
        return cls(MappingProxyType(found))

    def column(self, header: str) -> Column | None:
        """The column that stands under this header, None for one that we do not know."""
        return self.by_words.get(_key(header))


def _key(words: str) -> str:
    return squeezed(words).rstrip("?")
