"""Rings: one secret per readership and generation, its wraps, and its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hmac import compare_digest
from uuid import UUID

from intake.vault.context import context
from intake.vault.keys import KEY_BYTES, Identity, Key, PublicKey, Seed
from intake.vault.padding import REPORT_FLOOR, pad, unpad
from intake.vault.sealed import Sealed, UnsealError


class Ring(StrEnum):
    """A readership (vault.md 2)."""

    CASE = "case"
    INTIMATE = "intimate"
    FACTS = "facts"
    AUDIT = "audit"


@dataclass(frozen=True)
class Trusted:
    """A generation that a member knows to be true: number and public key's SHA-256."""

    generation: int
    digest: bytes


@dataclass(frozen=True)
class RingKey:
    """A ring's secret in one generation."""

    ring: Ring
    generation: int
    seed: Seed

    @classmethod
    def fresh(cls, ring: Ring, generation: int = 1) -> RingKey:
        return cls(ring, generation, Seed.random())

    @property
    def public(self) -> PublicKey:
        return self.seed.public

    @property
    def symmetric(self) -> Key:
        return self.seed.symmetric

    @property
    def trusted(self) -> Trusted:
        """What a member keeps to know this secret again."""
        return Trusted(self.generation, self.public.digest)

    def wrap_for_member(self, public: PublicKey, member: UUID) -> Sealed:
        """The secret, sealed to a member."""
        place = _place(self.ring, self.generation, "member", member)
        return public.seal(self.seed.raw, context=place)

    @classmethod
    def open_for_member(
        cls, sealed: Sealed, identity: Identity, *, ring: Ring, generation: int, member: UUID
    ) -> RingKey:
        """Open a member's wrap; the caller compares the public key with what she trusts."""
        opened = identity.unseal(sealed, context=_place(ring, generation, "member", member))
        return cls(ring, generation, _seed(opened))

    def wrap_for_recovery(self, public: PublicKey) -> Sealed:
        """The secret, sealed to the recovery key."""
        return public.seal(
            self.seed.raw, context=_place(self.ring, self.generation, "recovery")
        )

    @classmethod
    def open_for_recovery(
        cls, sealed: Sealed, identity: Identity, *, ring: Ring, generation: int
    ) -> RingKey:
        """Open the recovery key's wrap."""
        opened = identity.unseal(sealed, context=_place(ring, generation, "recovery"))
        return cls(ring, generation, _seed(opened))

    def box_previous(self, previous: RingKey) -> Sealed:
        """The secret of the generation before, boxed under this one: the proof of descent."""
        if (previous.ring, previous.generation) != (self.ring, self.generation - 1):
            raise ValueError("Only the generation just before can be linked.")
        place = _place(self.ring, self.generation, "previous")
        return self.symmetric.box(previous.seed.raw, context=place)

    def open_previous(self, sealed: Sealed) -> RingKey:
        """The secret of the generation before."""
        place = _place(self.ring, self.generation, "previous")
        seed = _seed(self.symmetric.unbox(sealed, context=place))
        return RingKey(self.ring, self.generation - 1, seed)


def history(newest: RingKey, links: Sequence[Sealed]) -> Iterator[RingKey]:
    """`newest` and the generations before it, as far as `links` (newest first) lead."""
    yield newest
    for link in links:
        newest = newest.open_previous(link)
        yield newest


def follow(trusted: Trusted, newer: RingKey, links: Sequence[Sealed]) -> bool:
    """Whether `newer` is what is trusted, or leads back to it through `links`, newest first.

    Who does not hold the trusted secret cannot box it under another, so cannot forge a link.
    """
    steps = newer.generation - trusted.generation
    if not 0 <= steps <= len(links):
        return False
    try:
        *_, oldest = history(newer, links[:steps])
    except UnsealError:
        return False
    return compare_digest(oldest.public.digest, trusted.digest)


def box_roster(ring_key: RingKey, content: bytes, *, revision: int) -> Sealed:
    """The members' public keys as a ring's members entered them."""
    place = context("roster", ring_key.ring, revision, ring_key.generation)
    return ring_key.symmetric.box(pad(content, floor=REPORT_FLOOR), context=place)


def open_roster(sealed: Sealed, ring_key: RingKey, *, revision: int) -> bytes:
    """The roster as of one revision."""
    place = context("roster", ring_key.ring, revision, ring_key.generation)
    return unpad(ring_key.symmetric.unbox(sealed, context=place))


def _place(ring: Ring, generation: int, recipient: str, *member: UUID) -> bytes:
    return context("ring", ring, generation, recipient, *member)


def _seed(opened: bytes) -> Seed:
    if len(opened) != KEY_BYTES:
        raise UnsealError
    return Seed(opened)
