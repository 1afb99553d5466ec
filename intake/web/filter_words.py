"""What a queue can be narrowed by, in words: titles, choices and what is chosen now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from flask_babel import gettext

from intake.casework import Reader, Wish
from intake.casework.finding import ME, NOBODY
from intake.casework.team.colleagues import coordinators
from intake.casework.team.tags import names as tag_names
from intake.casework.work import leading
from intake.form.text import _
from intake.form.vocabularies import VOCABULARIES
from intake.web import wishes
from intake.web.staff_pages import factor_label, label

TITLES: Final = {
    "level": _("Urgency"),
    "stage": _("Stage"),
    "holder": _("With"),
    "reason": _("Why it is here"),
    "held": _("In custody now"),
    "minor": _("Under 18"),
    "asked": _("What the reporter asked for"),
    "flag": _("Marks"),
    "region": _("Region"),
    "locality": _("Town"),
    "status": _("Where the person is now"),
    "place": _("Kind of place"),
    "agency": _("Agency complained of"),
    "method": _("What was done"),
    "need": _("Help asked for"),
    "sex": _("Sex"),
    "age": _("Age then"),
    "language": _("Language"),
    "channel": _("How it came"),
    "role": _("Who reported"),
    "contact": _("Way to answer"),
    "track": _("Kinds of help"),
    "lead": _("Who leads help"),
    "tag": _("Tags"),
}
OWN: Final = {
    ("held", "yes"): _("In custody now"),
    ("minor", "yes"): _("Under 18"),
    ("asked", "withdrawal"): _("asks us to stop"),
    ("asked", "erasure"): _("asks us to delete everything"),
    ("holder", ME): _("you"),
    ("holder", NOBODY): _("nobody"),
    ("lead", ME): _("you"),
}
_UNTITLED: Final = frozenset({"held", "minor"})
"""Names whose only code says all."""


@dataclass(frozen=True)
class Chosen:
    """One thing by which the queue is narrowed, and the address of the queue without it."""

    words: str
    address: str


@dataclass(frozen=True)
class Group:
    """One name to narrow by, with what can be chosen; `chosen` are codes."""

    name: str
    title: str
    options: Sequence[tuple[str, str]]
    chosen: Sequence[str]


@dataclass
class Filters:
    """The filters of a wish for one reader; names of people and tags are asked for once."""

    reader: Reader
    wish: Wish

    @cached_property
    def tags(self) -> Mapping[str, str]:
        return tag_names(self.reader)

    @cached_property
    def handles(self) -> Mapping[str, str]:
        return {one.id.hex: one.handle for one in coordinators(self.reader)}

    @cached_property
    def leaders(self) -> Mapping[str, str]:
        return {one.id.hex: one.handle for one in leading.everybody(self.reader)}

    def chosen(self) -> list[Chosen]:
        """Each thing that is chosen, in words."""
        return [
            Chosen(self._said(name, code), wishes.address(self.wish.without(name, code)))
            for name, code in self.wish.chosen
        ]

    def groups(self) -> Iterator[Group]:
        """Everything that can be chosen; a group without choices is left out."""
        for name in TITLES:
            options = [
                (code, self._label(name, code))
                for code in self._codes(name)
                if self.reader.is_trained or not wishes.is_for_trained(name, code)
            ]
            if options:
                yield Group(name, gettext(TITLES[name]), options, self.wish.codes(name))

    def _people(self, name: str) -> Mapping[str, str]:
        return self.leaders if name == "lead" else self.handles

    def _said(self, name: str, code: str) -> str:
        words = self._label(name, code)
        if name in _UNTITLED:
            return words
        return gettext("%(title)s: %(words)s", title=gettext(TITLES[name]), words=words)

    def _label(self, name: str, code: str) -> str:
        if (name, code) in OWN:
            return gettext(OWN[name, code])
        match name:
            case "reason":
                return factor_label(code)
            case "tag":
                return self.tags.get(code, gettext("a tag that is gone"))
            case "holder" | "lead":
                return self._people(name).get(code, gettext("somebody who left"))
            case "track":
                track, _dot, status = code.partition(".")
                return f"{label('track', track)}, {label('track_status', status)}"
            case _:
                return label(wishes.VOCABULARY[name], code)

    def _codes(self, name: str) -> Sequence[str]:
        if name in wishes.OWN:
            return wishes.OWN[name]
        match name:
            case "tag":
                return sorted(self.tags, key=lambda key: self.tags[key].casefold())
            case "holder" | "lead":
                me = self.reader.member.hex
                others = (code for code in self._people(name) if code != me)
                return (ME, *((NOBODY,) if name == "holder" else ()), *others)
            case "track":
                statuses = VOCABULARIES["track_status"].codes
                tracks = VOCABULARIES["track"].codes
                return tuple(f"{one}.{status}" for one in tracks for status in statuses)
            case _:
                return VOCABULARIES[wishes.VOCABULARY[name]].codes
