"""Additions: what a reporter sends later, for rings whose secrets are elsewhere."""

import hashlib
from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from intake.vault.context import context
from intake.vault.keys import KEY_BYTES, Key
from intake.vault.padding import REPORT_FLOOR, pad, unpad
from intake.vault.pins import Pin
from intake.vault.rings import Ring, RingKey
from intake.vault.sealed import ADDITION, Sealed, UnsealError

READERS: Final = (Ring.CASE, Ring.INTIMATE)  # the order is the format's
_KEY_SEAL: Final = 1 + 1120 + KEY_BYTES + 16
_HEAD: Final = 1 + len(READERS) * _KEY_SEAL


def seal_addition(
    pins: Mapping[Ring, Pin],
    content: bytes,
    *,
    case: UUID,
    id: UUID,
    readers: Collection[Ring] = READERS,
) -> Sealed:
    """Box `content` under a fresh key and seal that key to `readers`; nothing shows to whom."""
    fresh = Key.random()
    seals = (
        pins[ring].public.seal(
            (fresh if ring in readers else Key.random()).raw,
            context=_place(case, id, ring, pins[ring].generation),
        )
        for ring in READERS
    )
    boxed = fresh.box(pad(content, floor=REPORT_FLOOR), context=_place(case, id))
    return Sealed(ADDITION + b"".join(seals) + boxed)


def open_addition(sealed: Sealed, ring_key: RingKey, *, case: UUID, id: UUID) -> bytes:
    """What was added; `UnsealError` also when it was not meant for this ring."""
    if sealed[:1] != ADDITION or ring_key.ring not in READERS:
        raise UnsealError
    start = 1 + READERS.index(ring_key.ring) * _KEY_SEAL
    place = _place(case, id, ring_key.ring, ring_key.generation)
    opened = ring_key.seed.identity.unseal(
        Sealed(sealed[start : start + _KEY_SEAL]), context=place
    )
    if len(opened) != KEY_BYTES:
        raise UnsealError
    return unpad(Key(opened).unbox(Sealed(sealed[_HEAD:]), context=_place(case, id)))


def addition_mac(mail_key: Key, sealed: Sealed) -> bytes:
    """Shows that it came from who holds the return code; 32 bytes."""
    return mail_key.mac("addition", hashlib.sha256(sealed).digest())


def _place(case: UUID, id: UUID, *ring: Ring | int) -> bytes:
    return context("addition", case, id, *ring)
