"""Case keys: one key per compartment, in wraps that look alike whatever they open."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from intake.vault.context import context
from intake.vault.keys import KEY_BYTES, Identity, Key, PublicKey
from intake.vault.rings import Ring, RingKey
from intake.vault.sealed import Sealed, UnsealError, is_box


class Slot(StrEnum):
    """A compartment's place among the case keys; the order is the format's."""

    IDENTITY = "identity"
    ACCOUNT = "account"
    INTIMATE = "intimate"
    WORK = "work"
    MAIL = "mail"
    STATE = "state"


_BYTES: Final = 1 + len(Slot) * KEY_BYTES


class NotForYou(KeyError):  # noqa: N818 - it is an answer to the reader, no fault
    """The wrap does not hold the key of that compartment."""


@dataclass(frozen=True)
class CaseKeys:
    """The keys of one case that somebody holds."""

    case: UUID
    keys: Mapping[Slot, Key] = field(repr=False)

    @classmethod
    def fresh(cls, case: UUID) -> CaseKeys:
        """A new key for every compartment."""
        return cls(case, MappingProxyType({slot: Key.random() for slot in Slot}))

    def __getitem__(self, slot: Slot) -> Key:
        try:
            return self.keys[slot]
        except KeyError:
            raise NotForYou(slot) from None

    def __contains__(self, slot: object) -> bool:
        return slot in self.keys

    def only(self, slots: Collection[Slot]) -> CaseKeys:
        """The keys among `slots`, for a reader who may open no more."""
        chosen = {slot: key for slot, key in self.keys.items() if slot in slots}
        return CaseKeys(self.case, MappingProxyType(chosen))

    def seal_to_ring(self, public: PublicKey, ring: Ring, generation: int) -> Sealed:
        """Seal to a ring whose secret is elsewhere: on arrival."""
        return public.seal(_packed(self), context=_for_ring(ring, generation, self.case))

    def box_for_ring(self, ring_key: RingKey) -> Sealed:
        """Box under a ring's secret: after the first reading."""
        place = _for_ring(ring_key.ring, ring_key.generation, self.case)
        return ring_key.symmetric.box(_packed(self), context=place)

    def seal_for_member(self, public: PublicKey, member: UUID, revision: int) -> Sealed:
        """Seal to one member: a grant."""
        return public.seal(_packed(self), context=_for_member(self.case, member, revision))

    def seal_for_recovery(self, public: PublicKey, id: UUID) -> Sealed:
        """Seal to the recovery key: of a case whose rings open nothing."""
        return public.seal(_packed(self), context=_for_recovery(self.case, id))

    @classmethod
    def open_from_ring(cls, sealed: Sealed, ring_key: RingKey, case: UUID) -> CaseKeys:
        """Open a ring's wrap, in the form of arrival or after the first reading."""
        place = _for_ring(ring_key.ring, ring_key.generation, case)
        if is_box(sealed):
            return _unpacked(ring_key.symmetric.unbox(sealed, context=place), case)
        return _unpacked(ring_key.seed.identity.unseal(sealed, context=place), case)

    @classmethod
    def open_for_member(
        cls, sealed: Sealed, identity: Identity, *, case: UUID, member: UUID, revision: int
    ) -> CaseKeys:
        """Open a grant."""
        place = _for_member(case, member, revision)
        return _unpacked(identity.unseal(sealed, context=place), case)

    @classmethod
    def open_for_recovery(
        cls, sealed: Sealed, identity: Identity, *, case: UUID, id: UUID
    ) -> CaseKeys:
        """Open what was sealed to the recovery key."""
        return _unpacked(identity.unseal(sealed, context=_for_recovery(case, id)), case)


def _for_ring(ring: Ring, generation: int, case: UUID) -> bytes:
    return context("case-keys", ring, generation, case)


def _for_member(case: UUID, member: UUID, revision: int) -> bytes:
    return context("grant", case, member, revision)


def _for_recovery(case: UUID, id: UUID) -> bytes:
    return context("case-keys", "recovery", case, id)


def _packed(case_keys: CaseKeys) -> bytes:
    held = [case_keys.keys.get(slot) for slot in Slot]
    mask = sum(1 << place for place, key in enumerate(held) if key is not None)
    # A slot the reader may not open is as long as the others and tells nothing.
    slots = (secrets.token_bytes(KEY_BYTES) if key is None else key.raw for key in held)
    return bytes([mask]) + b"".join(slots)


def _unpacked(opened: bytes, case: UUID) -> CaseKeys:
    if len(opened) != _BYTES or opened[0] >> len(Slot):
        raise UnsealError
    return CaseKeys(
        case,
        MappingProxyType(
            {
                slot: Key(opened[1 + place * KEY_BYTES :][:KEY_BYTES])
                for place, slot in enumerate(Slot)
                if opened[0] >> place & 1
            }
        ),
    )
