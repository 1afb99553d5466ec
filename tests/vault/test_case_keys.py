"""Case keys: a reader holds the keys she was given, and no wrap shows which."""

from itertools import chain, combinations

import pytest

from intake import vault
from intake.vault import CaseKeys, NotForYou, Ring, Slot, UnsealError
from tests.vault.fixed import CASE, KEYS, MEMBER, MEMBER_SEED, RINGS

SUBSETS = list(chain.from_iterable(combinations(Slot, size) for size in range(len(Slot) + 1)))
CASE_RING = RINGS[Ring.CASE]


def opened_by_member(keys: CaseKeys) -> CaseKeys:
    sealed = keys.seal_for_member(MEMBER_SEED.public, MEMBER, 1)
    return CaseKeys.open_for_member(
        sealed, MEMBER_SEED.identity, case=CASE, member=MEMBER, revision=1
    )


@pytest.mark.parametrize("slots", SUBSETS, ids="-".join)
def test_every_set_of_keys_comes_back_and_nothing_else(slots: tuple[Slot, ...]) -> None:
    given = KEYS.only(slots)
    sealed = given.seal_to_ring(CASE_RING.public, Ring.CASE, CASE_RING.generation)
    boxed = given.box_for_ring(CASE_RING)
    assert CaseKeys.open_from_ring(sealed, CASE_RING, CASE) == given
    assert CaseKeys.open_from_ring(boxed, CASE_RING, CASE) == given
    assert opened_by_member(given) == given


def test_every_wrap_of_a_kind_has_one_length() -> None:
    some = [KEYS.only(slots) for slots in SUBSETS]
    rings = RINGS.values()
    sealed = {len(k.seal_to_ring(r.public, r.ring, r.generation)) for k in some for r in rings}
    boxed = {len(keys.box_for_ring(ring)) for keys in some for ring in rings}
    grants = {len(keys.seal_for_member(MEMBER_SEED.public, MEMBER, 1)) for keys in some}
    assert (len(sealed), len(boxed)) == (1, 1)
    assert grants == sealed


def test_a_key_that_was_not_given_is_not_there() -> None:
    keys = opened_by_member(KEYS.only({Slot.MAIL}))
    assert keys[Slot.MAIL] == KEYS[Slot.MAIL]
    assert Slot.MAIL in keys
    assert Slot.INTIMATE not in keys
    with pytest.raises(NotForYou):
        keys[Slot.INTIMATE]


def test_a_withheld_slot_holds_no_trace_of_its_key() -> None:
    boxed = KEYS.only({Slot.MAIL}).box_for_ring(CASE_RING)
    place = vault.context("case-keys", "case", CASE_RING.generation, CASE)
    plain = CASE_RING.symmetric.unbox(boxed, context=place)
    withheld = [KEYS[slot].raw for slot in Slot if slot is not Slot.MAIL]
    assert KEYS[Slot.MAIL].raw in plain
    assert not any(key in plain for key in withheld)
    assert bytes(32) not in plain


def test_fresh_keys_are_one_for_each_compartment() -> None:
    keys = [CaseKeys.fresh(CASE)[slot].raw for slot in Slot]
    keys += [CaseKeys.fresh(CASE)[slot].raw for slot in Slot]
    assert len(set(keys)) == 2 * len(Slot)


@pytest.mark.parametrize(
    "content", [b"", bytes(192), bytes(194), b"\x40" + bytes(192)], ids=len
)
def test_what_is_no_set_of_keys_is_refused(content: bytes) -> None:
    place = vault.context("case-keys", "case", CASE_RING.generation, CASE)
    with pytest.raises(UnsealError):
        CaseKeys.open_from_ring(
            CASE_RING.symmetric.box(content, context=place), CASE_RING, CASE
        )
