"""Return codes: made from the form's `once`, read forgivingly, stretched into keys."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from stdnum import damm

from intake.vault.keys import Key, Secret
from intake.vault.stretching import Stretching, stretch

_DIGITS: Final = 23
_GROUP: Final = 4
_LONGEST_TYPED: Final = 200
_LOOK_ALIKES: Final = str.maketrans("OoОоΟοIІΙӀilіιӏ|", "0000001111111111")  # noqa: RUF001
_SEPARATORS: Final = frozenset({"Zs", "Zl", "Zp", "Pd", "Pc", "Cf", "Cc"})


@dataclass(frozen=True, slots=True, eq=False)
class Once(Secret):
    """Born with a form and carried by it: the same `once` gives the same return code."""


class CodeFault(StrEnum):
    """Why typed text is no return code."""

    LENGTH = "length"
    CHECK = "check"
    CHARACTERS = "characters"


class CodeError(Exception):
    """What was typed is no return code; never carries it."""

    def __init__(self, reason: CodeFault) -> None:
        super().__init__(reason.value)
        self.reason: Final = reason


@dataclass(frozen=True, slots=True)
class CodeKeys:
    """What a return code is found by (32 bytes, stored) and the key it opens with."""

    look_up: bytes = field(repr=False)
    key: Key


def return_code(once: Once) -> str:
    """23 digits (76 bits) and a Damm check digit."""
    number = int.from_bytes(once.derive("return-code").raw, "big") % 10**_DIGITS
    digits = str(number).zfill(_DIGITS)
    return digits + damm.calc_check_digit(digits)


def format_code(code: str) -> str:
    """`code` as it is shown: six groups of four digits."""
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def read_code(text: str) -> str:
    """The 24 digits that were typed, in any script's digits and with any separators.

    Letters that look like 0 and 1 count as such; `CodeError` says what is wrong.
    """
    if len(text) > _LONGEST_TYPED:
        raise CodeError(CodeFault.LENGTH)
    code = "".join(_digit(typed) for typed in text.translate(_LOOK_ALIKES))
    if len(code) != _DIGITS + 1:
        raise CodeError(CodeFault.LENGTH)
    if damm.checksum(code) != 0:
        raise CodeError(CodeFault.CHECK)
    return code


def _digit(typed: str) -> str:
    if unicodedata.category(typed) in _SEPARATORS or typed in ".,/":
        return ""
    try:
        return str(unicodedata.decimal(typed))
    except ValueError:
        raise CodeError(CodeFault.CHARACTERS) from None


def code_keys(
    code: str, site_salt: bytes, *, how: Stretching | None = None, patience: float = 10.0
) -> CodeKeys:
    """Stretch a code as `read_code` gave it; `how` sets another cost, `BusyError` as there."""
    cost = how or Stretching.for_code(site_salt)
    master = stretch(code, replace(cost, salt=site_salt), patience=patience)
    return CodeKeys(master.derive("code-lookup").raw, master.derive("code-key"))
