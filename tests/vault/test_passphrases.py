"""Passphrases: strong as made, forgiving as typed."""

import itertools
import math

import pytest

from intake.vault import normalise_passphrase, passphrase
from intake.vault.passphrases import word_list


def test_six_words_hold_77_bits() -> None:
    assert len(set(word_list())) == len(word_list()) == 7776
    assert 6 * math.log2(len(word_list())) >= 77


def test_a_passphrase_has_as_many_words_as_asked_for() -> None:
    hyphenated = {word for word in word_list() if "-" in word}
    for _ in range(50):
        parts = passphrase(7).split("-")
        joined = sum("-".join(pair) in hyphenated for pair in itertools.pairwise(parts))
        assert len(parts) - joined == 7


def test_no_two_passphrases_are_alike() -> None:
    assert len({passphrase() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "typed",
    [
        "unable-drop-down-zebra",
        "  Unable Drop Down\tZEBRA \n",
        "unable--drop\u2013down\u2014zebra",
        "unable drop-down\u00a0zebra",
        "\uff55nable drop down zebra",
    ],
)
def test_a_passphrase_is_read_as_people_type_it(typed: str) -> None:
    assert normalise_passphrase(typed) == "unable-drop-down-zebra"


def test_what_was_made_is_already_normal() -> None:
    made = passphrase()
    assert normalise_passphrase(made) == made


def test_words_of_ones_own_stay_different() -> None:
    assert normalise_passphrase("Қызыл алма") == "қызыл-алма"
    assert normalise_passphrase("кызыл алма") != normalise_passphrase("қызыл алма")
