"""Additions: both rings or trained handlers alone, and nothing shows which."""

import pytest

from intake import vault
from intake.vault import Key, Ring, Sealed, UnsealError, addition_mac
from tests.vault.fixed import CASE, CASE_KEY, OTHER_CASE, PINS, RINGS, ROW, TEXT

FOR_BOTH = vault.seal_addition(PINS, TEXT, case=CASE, id=ROW)
FOR_TRAINED = vault.seal_addition(PINS, TEXT, case=CASE, id=ROW, readers={Ring.INTIMATE})


def opened(sealed: Sealed, ring: Ring) -> bytes:
    return vault.open_addition(sealed, RINGS[ring], case=CASE, id=ROW)


def test_both_rings_read_an_addition() -> None:
    assert opened(FOR_BOTH, Ring.CASE) == opened(FOR_BOTH, Ring.INTIMATE) == TEXT


def test_what_is_for_trained_handlers_opens_for_them_alone() -> None:
    assert opened(FOR_TRAINED, Ring.INTIMATE) == TEXT
    with pytest.raises(UnsealError):
        opened(FOR_TRAINED, Ring.CASE)


def test_its_length_does_not_show_for_whom_it_is() -> None:
    assert len(FOR_TRAINED) == len(FOR_BOTH)


@pytest.mark.parametrize("ring", [Ring.FACTS, Ring.AUDIT])
def test_no_other_ring_reads_an_addition(ring: Ring) -> None:
    with pytest.raises(UnsealError):
        opened(FOR_BOTH, ring)


def test_the_seals_of_two_rings_cannot_be_swapped() -> None:
    head, first, second, rest = (
        FOR_BOTH[:1],
        FOR_BOTH[1:1170],
        FOR_BOTH[1170:2339],
        FOR_BOTH[2339:],
    )
    with pytest.raises(UnsealError):
        opened(Sealed(head + second + first + rest), Ring.CASE)


def test_a_box_cannot_be_put_under_anothers_seals() -> None:
    with pytest.raises(UnsealError):
        opened(Sealed(FOR_TRAINED[:2339] + FOR_BOTH[2339:]), Ring.INTIMATE)


def test_an_addition_to_another_case_does_not_open() -> None:
    with pytest.raises(UnsealError):
        vault.open_addition(FOR_BOTH, RINGS[Ring.CASE], case=OTHER_CASE, id=ROW)


def test_a_seal_of_anything_but_a_key_is_refused() -> None:
    place = vault.context("addition", CASE, ROW, "case", 2)
    seal = RINGS[Ring.CASE].public.seal(b"short", context=place)
    with pytest.raises(UnsealError):
        opened(Sealed(b"\x03" + seal), Ring.CASE)


def test_only_who_holds_the_mail_key_vouches_for_an_addition() -> None:
    mac = addition_mac(CASE_KEY, FOR_BOTH)
    assert mac == addition_mac(CASE_KEY, FOR_BOTH)
    assert mac != addition_mac(Key.random(), FOR_BOTH)
    assert mac != addition_mac(CASE_KEY, FOR_TRAINED)
