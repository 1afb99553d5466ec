"""Recovery sheets: the recovery seed as SLIP-39 words, so many of so many needed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from shamir_mnemonic import (
    MnemonicError,
    Share,
    combine_mnemonics,
    generate_mnemonics,
)
from shamir_mnemonic.wordlist import WORD_INDEX_MAP

from intake.vault.keys import PublicKey, Seed

WORDS_PER_SHEET: Final = 33


class SheetsFault(StrEnum):
    """Why sheets do not give the recovery key back."""

    TOO_FEW = "too_few"
    NOT_ONE_SET = "not_one_set"
    MISSPELT = "misspelt"
    WRONG = "wrong"


class SheetsError(Exception):
    """Why, and for a misspelt sheet which one and which word, counted from 1 where known."""

    def __init__(
        self, reason: SheetsFault, *, sheet: int | None = None, word: int | None = None
    ) -> None:
        super().__init__(reason.value)
        self.reason: Final = reason
        self.sheet: Final = sheet
        self.word: Final = word


def make_sheets(seed: Seed, *, threshold: int, count: int) -> tuple[str, ...]:
    """`count` sheets of 33 words, any `threshold` of which give `seed` back.

    At most 16; `ValueError` for a threshold above the count, or of one among several.
    """
    (sheets,) = generate_mnemonics(1, [(threshold, count)], seed.raw)
    return tuple(sheets)


def read_sheets(sheets: Sequence[str], *, expected: PublicKey) -> Seed:
    """The seed behind `expected`; `SheetsError` says what is wrong, never the words."""
    shares = [_share(sheet, number) for number, sheet in enumerate(sheets, 1)]
    seed = _combined(shares)
    if seed.public != expected:
        raise SheetsError(SheetsFault.WRONG)
    return seed


def _share(sheet: str, number: int) -> Share:
    words = sheet.casefold().split()
    for place, word in enumerate(words, 1):
        if word not in WORD_INDEX_MAP:
            raise SheetsError(SheetsFault.MISSPELT, sheet=number, word=place)
    if len(words) != WORDS_PER_SHEET:
        raise SheetsError(SheetsFault.MISSPELT, sheet=number)
    try:
        return Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise SheetsError(SheetsFault.MISSPELT, sheet=number) from None


def _combined(shares: Sequence[Share]) -> Seed:
    if not shares:
        raise SheetsError(SheetsFault.TOO_FEW)
    if len({share.group_parameters() for share in shares}) > 1:
        raise SheetsError(SheetsFault.NOT_ONE_SET)
    different = {share.index: share for share in shares}
    threshold = shares[0].member_threshold
    if len(different) < threshold:
        raise SheetsError(SheetsFault.TOO_FEW)
    enough = [share.mnemonic() for share in different.values()][:threshold]
    try:
        return Seed(combine_mnemonics(enough))
    except MnemonicError:
        raise SheetsError(SheetsFault.NOT_ONE_SET) from None
