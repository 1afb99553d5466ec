"""What the team keeps beside the cases, and what a member keeps for herself alone."""

from uuid import UUID

from intake.vault.context import context
from intake.vault.keys import Identity, Key, PublicKey
from intake.vault.padding import MESSAGE_FLOOR, pad, unpad
from intake.vault.rings import RingKey
from intake.vault.sealed import Sealed


def box_team(
    ring_key: RingKey, content: bytes, *, id: UUID, kind: str, revision: int
) -> Sealed:
    """What every coordinator reads, under the ring `case`; padded to at least 1 KiB."""
    place = context("team", id, kind, revision, ring_key.generation)
    return ring_key.symmetric.box(pad(content, floor=MESSAGE_FLOOR), context=place)


def open_team(
    sealed: Sealed, ring_key: RingKey, *, id: UUID, kind: str, revision: int
) -> bytes:
    """What every coordinator reads, as of one revision."""
    place = context("team", id, kind, revision, ring_key.generation)
    return unpad(ring_key.symmetric.unbox(sealed, context=place))


def seal_own(
    public: PublicKey, content: bytes, *, id: UUID, kind: str, revision: int, member: UUID
) -> Sealed:
    """What a member keeps for herself; padded to at least 1 KiB."""
    place = context("own", id, kind, revision, member)
    return public.seal(pad(content, floor=MESSAGE_FLOOR), context=place)


def open_own(
    identity: Identity, sealed: Sealed, *, id: UUID, kind: str, revision: int, member: UUID
) -> bytes:
    """What she kept, as of one revision."""
    return unpad(identity.unseal(sealed, context=context("own", id, kind, revision, member)))


def box_listing(key: Key, content: bytes, *, id: UUID, member: UUID, revision: int) -> Sealed:
    """What a specialist says of herself, under a key that she shares with the coordinators."""
    place = context("listing", id, member, revision)
    return key.box(pad(content, floor=MESSAGE_FLOOR), context=place)


def open_listing(key: Key, sealed: Sealed, *, id: UUID, member: UUID, revision: int) -> bytes:
    """What she says of herself, as of one revision."""
    return unpad(key.unbox(sealed, context=context("listing", id, member, revision)))
