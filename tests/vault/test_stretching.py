"""Stretching: costs are kept beside the result, and only a few run at once."""

from dataclasses import replace
from threading import Event, Thread

import pytest

from intake.vault import BusyError, Key, Stretching, UnsealError, stretch
from intake.vault.stretching import _HEAVY_SLOTS, _LIGHT_SLOTS
from tests.vault.fixed import SERVER_KEY, fixed

CHEAP = Stretching(8, 1, 1, fixed("salt")[:16])


def test_the_same_words_and_figures_give_the_same_key() -> None:
    assert stretch("words", CHEAP) == stretch("words", Stretching.from_bytes(CHEAP.to_bytes()))


@pytest.mark.parametrize(
    "how",
    [
        replace(CHEAP, salt=bytes(16)),
        replace(CHEAP, iterations=2),
        replace(CHEAP, memory_kib=16),
    ],
)
def test_another_salt_or_cost_gives_another_key(how: Stretching) -> None:
    assert stretch("words", how) != stretch("words", CHEAP)


def test_without_the_pepper_the_words_are_not_enough() -> None:
    peppered = stretch("words", CHEAP, pepper=SERVER_KEY)
    assert peppered != stretch("words", CHEAP)
    assert peppered != stretch("words", CHEAP, pepper=Key.random())


def test_passphrases_cost_64_mib_and_codes_19() -> None:
    passphrase, code = Stretching.for_passphrase(), Stretching.for_code(fixed("salt")[:16])
    assert (passphrase.memory_kib, passphrase.iterations) == (65_536, 3)
    assert (code.memory_kib, code.iterations) == (19_456, 2)


def test_every_passphrase_has_a_salt_of_its_own() -> None:
    assert Stretching.for_passphrase().salt != Stretching.for_passphrase().salt


@pytest.mark.parametrize("length", [0, 15, 17, 32])
def test_a_salt_has_16_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Stretching.for_code(bytes(length))


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        CHEAP.to_bytes()[:-1],
        CHEAP.to_bytes() + b"\0",
        b"\x02" + CHEAP.to_bytes()[1:],
        replace(CHEAP, memory_kib=2 << 20).to_bytes(),
        replace(CHEAP, memory_kib=7).to_bytes(),
        replace(CHEAP, iterations=0).to_bytes(),
        replace(CHEAP, iterations=200).to_bytes(),
        replace(CHEAP, lanes=0).to_bytes(),
        replace(CHEAP, lanes=200).to_bytes(),
    ],
)
def test_figures_that_would_ruin_the_server_are_refused(stored: bytes) -> None:
    with pytest.raises(UnsealError):
        Stretching.from_bytes(stored)


def test_a_third_code_waits_and_then_gives_up() -> None:
    with _LIGHT_SLOTS, _LIGHT_SLOTS, pytest.raises(BusyError):
        stretch("code", CHEAP, patience=0.01)
    assert stretch("code", CHEAP, patience=0.01) == stretch("code", CHEAP)


def test_a_second_passphrase_waits_while_codes_go_on() -> None:
    heavy = replace(CHEAP, memory_kib=40 << 10)
    with _HEAVY_SLOTS:
        assert stretch("code", CHEAP, patience=0.01) == stretch("code", CHEAP)
        with pytest.raises(BusyError):
            stretch("words", heavy, patience=0.01)


def test_who_waits_gets_the_slot_that_becomes_free() -> None:
    done = Event()

    def wait() -> None:
        stretch("code", CHEAP, patience=30)
        done.set()

    with _LIGHT_SLOTS, _LIGHT_SLOTS:
        waiting = Thread(target=wait)
        waiting.start()
        assert not done.wait(0.05)
    waiting.join()
    assert done.is_set()
