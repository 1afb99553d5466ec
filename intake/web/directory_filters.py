"""What the directory is narrowed by: codes in the address, and nothing anybody typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from intake.casework.directory.entries import (
    LANGUAGES,
    LISTED,
    REGIONS,
    SEXES,
    Specialist,
)
from intake.form.text import _
from intake.web.role_words import ROLES
from intake.web.staff_pages import label

CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "role": tuple(role.value for role in LISTED),
    "region": REGIONS,
    "language": LANGUAGES,
    "sex": SEXES,
    "work": ("children", "survivors", "forensic"),
    "room": ("yes",),
    "account": ("yes", "no"),
}
"""By which names the address narrows, each with its codes."""
TITLES: Final[Mapping[str, str]] = {
    "role": _("Profession"),
    "region": _("Region"),
    "language": _("Language"),
    "sex": _("Sex"),
    "work": _("Work"),
    "room": _("Room for another case"),
    "account": _("Account"),
}
OWN: Final[Mapping[tuple[str, str], str]] = {
    ("work", "children"): _("Works with children"),
    ("work", "survivors"): _("Works with survivors of sexual violence"),
    ("work", "forensic"): _("Does forensic examinations"),
    ("room", "yes"): _("takes another case"),
    ("account", "yes"): _("has an account here"),
    ("account", "no"): _("has no account here"),
}


@dataclass(frozen=True)
class Group:
    """One name to narrow by, with what can be chosen; `chosen` is a code, or nothing."""

    name: str
    title: str
    options: list[tuple[str, str]]
    chosen: str


def asked_for(arguments: MultiDict[str, str]) -> dict[str, str]:
    """What the address asks for; codes that are not ours are left aside."""
    return {
        name: code
        for name, codes in CODES.items()
        if (code := arguments.get(name, "")) in codes
    }


def groups(asked: Mapping[str, str]) -> list[Group]:
    """Everything that can be chosen, in words."""
    return [
        Group(name, gettext(TITLES[name]), _options(name), asked.get(name, ""))
        for name in CODES
    ]


def found(
    everybody: Iterable[Specialist], asked: Mapping[str, str], loads: Mapping[UUID, int]
) -> list[Specialist]:
    """Those of whom all that is asked for is true."""
    return [
        one
        for one in everybody
        if all(_IS[name](one, code, loads.get(one.who, 0)) for name, code in asked.items())
    ]


def _does(one: Specialist, code: str, _open: int) -> bool:
    about = one.about
    done = {
        "children": about.with_children,
        "survivors": about.with_survivors,
        "forensic": about.is_forensic,
    }
    return done[code]


def _has_room(one: Specialist, _code: str, open_cases: int) -> bool:
    return one.about.most is None or open_cases < one.about.most


_IS: Final[Mapping[str, Callable[[Specialist, str, int], bool]]] = {
    "role": lambda one, code, _open: code in one.roles,
    "region": lambda one, code, _open: code in one.about.regions,
    "language": lambda one, code, _open: code in one.about.languages,
    "sex": lambda one, code, _open: code == one.about.sex,
    "work": _does,
    "room": _has_room,
    "account": lambda one, code, _open: one.is_outside == (code == "no"),
}


def _options(name: str) -> list[tuple[str, str]]:
    return [(code, _label(name, code)) for code in CODES[name]]


def _label(name: str, code: str) -> str:
    if (name, code) in OWN:
        return gettext(OWN[name, code])
    if name == "role":
        return gettext(next(words for role, words in ROLES.items() if role == code))
    return label(name, code)
