"""Rings: a member follows a ring only along secrets that she trusts."""

from dataclasses import replace

import pytest

from intake import vault
from intake.vault import Ring, RingKey, Seed, Trusted, UnsealError, follow, history
from tests.vault.fixed import MEMBER, MEMBER_SEED, RECOVERY_SEED, fixed

FIRST, SECOND, THIRD = (
    RingKey(Ring.CASE, generation, Seed(fixed(f"generation {generation}")))
    for generation in (1, 2, 3)
)
LINKS = [THIRD.box_previous(SECOND), SECOND.box_previous(FIRST)]


def test_a_newer_generation_that_leads_back_is_followed() -> None:
    assert follow(FIRST.trusted, THIRD, LINKS)
    assert follow(SECOND.trusted, THIRD, LINKS[:1])
    assert follow(SECOND.trusted, THIRD, LINKS)


def test_the_trusted_generation_itself_needs_no_link() -> None:
    assert follow(THIRD.trusted, THIRD, [])
    assert follow(THIRD.trusted, THIRD, LINKS)


def test_another_secret_of_the_trusted_generation_is_not_followed() -> None:
    assert not follow(THIRD.trusted, RingKey.fresh(Ring.CASE, 3), LINKS)


def test_a_forged_generation_is_not_followed() -> None:
    forged = RingKey.fresh(Ring.CASE, 3)
    invented = RingKey.fresh(Ring.CASE, 2)
    forged_links = [
        forged.box_previous(invented),
        invented.box_previous(RingKey.fresh(Ring.CASE)),
    ]
    assert not follow(SECOND.trusted, forged, forged_links)
    assert not follow(FIRST.trusted, forged, forged_links)
    assert not follow(SECOND.trusted, forged, LINKS)


def test_an_older_generation_is_not_followed() -> None:
    assert not follow(THIRD.trusted, SECOND, LINKS[1:])
    assert not follow(THIRD.trusted, replace(THIRD, generation=2), [])
    assert not follow(THIRD.trusted, replace(THIRD, generation=2), LINKS)


@pytest.mark.parametrize("links", [[], LINKS[:1], LINKS[::-1], [LINKS[0], LINKS[0]]])
def test_a_broken_chain_is_not_followed(links: list[vault.Sealed]) -> None:
    assert not follow(FIRST.trusted, THIRD, links)


def test_a_trusted_generation_with_anothers_digest_is_not_followed() -> None:
    assert not follow(Trusted(1, THIRD.trusted.digest), THIRD, LINKS)


def test_the_links_give_every_older_secret() -> None:
    assert list(history(THIRD, LINKS)) == [THIRD, SECOND, FIRST]


def test_a_link_from_another_ring_does_not_open() -> None:
    with pytest.raises(UnsealError):
        replace(THIRD, ring=Ring.INTIMATE).open_previous(LINKS[0])


@pytest.mark.parametrize(
    "previous", [FIRST, THIRD, replace(SECOND, ring=Ring.FACTS)], ids=["gap", "same", "ring"]
)
def test_only_the_generation_before_is_linked(previous: RingKey) -> None:
    with pytest.raises(ValueError, match="just before"):
        THIRD.box_previous(previous)


@pytest.mark.parametrize("content", [b"", bytes(31), bytes(33)])
def test_a_wrap_of_anything_but_a_seed_is_refused(content: bytes) -> None:
    place = vault.context("ring", "case", 1, "member", MEMBER)
    wrap = MEMBER_SEED.public.seal(content, context=place)
    with pytest.raises(UnsealError):
        RingKey.open_for_member(
            wrap, MEMBER_SEED.identity, ring=Ring.CASE, generation=1, member=MEMBER
        )


def test_all_wraps_of_all_rings_have_one_length() -> None:
    fresh = [RingKey.fresh(ring, generation) for ring in Ring for generation in (1, 700)]
    lengths = {len(key.wrap_for_member(MEMBER_SEED.public, MEMBER)) for key in fresh}
    lengths |= {len(key.wrap_for_recovery(RECOVERY_SEED.public)) for key in fresh}
    assert len(lengths) == 1
