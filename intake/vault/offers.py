"""What waits for another person: a case offered, her answer, a step that takes two."""

from uuid import UUID

from intake.vault.context import context
from intake.vault.keys import Identity, Key, PublicKey
from intake.vault.padding import MESSAGE_FLOOR, pad, unpad
from intake.vault.sealed import Sealed


def seal_offer(
    public: PublicKey, content: bytes, *, id: UUID, case: UUID, member: UUID
) -> Sealed:
    """What a specialist is told before she accepts; padded to at least 1 KiB."""
    place = context("offer", id, case, member)
    return public.seal(pad(content, floor=MESSAGE_FLOOR), context=place)


def open_offer(
    identity: Identity, sealed: Sealed, *, id: UUID, case: UUID, member: UUID
) -> bytes:
    """What this specialist is told."""
    return unpad(identity.unseal(sealed, context=context("offer", id, case, member)))


def box_answer(answer_key: Key, content: bytes, *, id: UUID, case: UUID) -> Sealed:
    """Her answer, under a key that the offer carries; padded to at least 1 KiB."""
    place = context("answer", id, case)
    return answer_key.box(pad(content, floor=MESSAGE_FLOOR), context=place)


def open_answer(answer_key: Key, sealed: Sealed, *, id: UUID, case: UUID) -> bytes:
    """What she answered."""
    return unpad(answer_key.unbox(sealed, context=context("answer", id, case)))


def box_proposal(
    work_key: Key, content: bytes, *, id: UUID, case: UUID, action: str, by: UUID
) -> Sealed:
    """A step that `by` proposes to another member; padded to at least 1 KiB."""
    place = context("proposal", id, case, action, by)
    return work_key.box(pad(content, floor=MESSAGE_FLOOR), context=place)


def open_proposal(
    work_key: Key, sealed: Sealed, *, id: UUID, case: UUID, action: str, by: UUID
) -> bytes:
    """The step that waits; `UnsealError` where its action or its author were exchanged."""
    return unpad(work_key.unbox(sealed, context=context("proposal", id, case, action, by)))
