"""Recovery sheets: enough of one set give the key back, anything less gives nothing."""

from itertools import combinations

import pytest
from shamir_mnemonic import EncryptedMasterSecret, split_ems

from intake.vault import (
    WORDS_PER_SHEET,
    Seed,
    SheetsError,
    SheetsFault,
    make_sheets,
    read_sheets,
)
from tests.vault.fixed import RECOVERY_SEED

EXPECTED = RECOVERY_SEED.public
SHEETS = make_sheets(RECOVERY_SEED, threshold=3, count=5)
OTHERS = make_sheets(Seed.random(), threshold=3, count=5)


def fault(*sheets: str) -> SheetsError:
    with pytest.raises(SheetsError) as caught:
        read_sheets(sheets, expected=EXPECTED)
    assert not any(
        word in str(caught.value).split() for sheet in sheets for word in sheet.split()
    )
    assert caught.value.__cause__ is None
    return caught.value


def with_word(sheet: str, place: int, word: str) -> str:
    words = sheet.split()
    words[place - 1] = word
    return " ".join(words)


def test_a_sheet_has_33_words() -> None:
    assert {len(sheet.split()) for sheet in SHEETS} == {WORDS_PER_SHEET} == {33}


@pytest.mark.parametrize("chosen", list(combinations(range(5), 3)), ids=str)
def test_any_three_of_five_give_the_key_back(chosen: tuple[int, ...]) -> None:
    assert read_sheets([SHEETS[at] for at in chosen], expected=EXPECTED) == RECOVERY_SEED


def test_more_than_enough_do_too() -> None:
    assert read_sheets(SHEETS, expected=EXPECTED) == RECOVERY_SEED


def test_sheets_are_read_as_people_type_them() -> None:
    typed = [f"  {sheet.upper()}\n".replace(" ", "  ") for sheet in SHEETS[:3]]
    assert read_sheets(typed, expected=EXPECTED) == RECOVERY_SEED


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_give_nothing(count: int) -> None:
    assert fault(*SHEETS[:count]).reason is SheetsFault.TOO_FEW


def test_the_same_sheet_three_times_is_one_sheet() -> None:
    assert fault(SHEETS[0], SHEETS[0], SHEETS[0]).reason is SheetsFault.TOO_FEW


@pytest.mark.parametrize("stranger", OTHERS[:3], ids=["first", "second", "third"])
def test_sheets_of_two_sets_give_nothing(stranger: str) -> None:
    assert fault(*SHEETS[:2], stranger).reason is SheetsFault.NOT_ONE_SET


def test_sheets_of_two_sets_with_one_name_give_nothing() -> None:
    def sheets(secret: bytes) -> list[str]:
        named = EncryptedMasterSecret(
            4711, extendable=True, iteration_exponent=1, ciphertext=secret
        )
        return [share.mnemonic() for share in split_ems(1, [(3, 5)], named)[0]]

    one, other = sheets(bytes(32)), sheets(bytes([1]) * 32)
    assert fault(*one[:2], other[2]).reason is SheetsFault.NOT_ONE_SET


def test_sheets_of_another_key_are_told_so() -> None:
    assert fault(*OTHERS[:3]).reason is SheetsFault.WRONG


def test_an_unknown_word_is_named_by_its_place() -> None:
    error = fault(SHEETS[0], with_word(SHEETS[1], 7, "kitten"), SHEETS[2])
    assert (error.reason, error.sheet, error.word) == (SheetsFault.MISSPELT, 2, 7)


def test_a_wrong_word_of_the_list_is_named_by_its_sheet() -> None:
    words = SHEETS[2].split()
    other = "academic" if words[19] != "academic" else "acid"
    error = fault(*SHEETS[:2], with_word(SHEETS[2], 20, other))
    assert (error.reason, error.sheet, error.word) == (SheetsFault.MISSPELT, 3, None)


@pytest.mark.parametrize("sheet", ["", "academic", " ".join(SHEETS[0].split()[:-1])])
def test_a_sheet_that_is_not_whole_is_named(sheet: str) -> None:
    error = fault(*SHEETS[:2], sheet)
    assert (error.reason, error.sheet, error.word) == (SheetsFault.MISSPELT, 3, None)


def test_one_sheet_alone_may_be_enough_when_that_was_chosen() -> None:
    (sheet,) = make_sheets(RECOVERY_SEED, threshold=1, count=1)
    assert read_sheets([sheet], expected=EXPECTED) == RECOVERY_SEED


@pytest.mark.parametrize(("threshold", "count"), [(0, 3), (4, 3), (1, 2), (2, 17)])
def test_a_number_of_sheets_that_makes_no_sense_is_refused(threshold: int, count: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        make_sheets(RECOVERY_SEED, threshold=threshold, count=count)
