"""What links two cases: one box in each of them, under its own key."""

from uuid import UUID

from intake.vault.context import context
from intake.vault.keys import Key
from intake.vault.padding import MESSAGE_FLOOR, pad, unpad
from intake.vault.sealed import Sealed


def box_link(
    work_key: Key, content: bytes, *, id: UUID, case: UUID, other: UUID, kind: str
) -> Sealed:
    """Why `case` belongs together with `other`; padded to at least 1 KiB."""
    place = context("link", id, case, other, kind)
    return work_key.box(pad(content, floor=MESSAGE_FLOOR), context=place)


def open_link(
    work_key: Key, sealed: Sealed, *, id: UUID, case: UUID, other: UUID, kind: str
) -> bytes:
    """The reason; `UnsealError` where the other case or the kind were exchanged."""
    return unpad(work_key.unbox(sealed, context=context("link", id, case, other, kind)))
