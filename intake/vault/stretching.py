"""Stretching: Argon2id for what a person types, a few at a time in each process."""

from __future__ import annotations

import secrets
import struct
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from intake.vault.keys import KEY_BYTES, Key
from intake.vault.sealed import UnsealError

SALT_BYTES: Final = 16
_VERSION: Final = 1
_LAYOUT: Final = struct.Struct(f">BIBB{SALT_BYTES}s")
_MOST_KIB, _MOST_ITERATIONS, _MOST_LANES = 1 << 20, 16, 4
# Both kinds together must leave a small server its memory: 64 MiB, or twice 19 MiB, beside it.
_HEAVY_KIB: Final = 32 << 10
_HEAVY_SLOTS: Final = BoundedSemaphore(1)
_LIGHT_SLOTS: Final = BoundedSemaphore(2)


class BusyError(Exception):
    """All slots for stretching stayed taken; trying again later helps."""


@dataclass(frozen=True, slots=True)
class Stretching:
    """What a stretching costs and its salt (16 bytes, `ValueError`); kept beside the result."""

    memory_kib: int
    iterations: int
    lanes: int
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.salt) != SALT_BYTES:
            raise ValueError("A salt is 16 bytes.")

    @classmethod
    def for_passphrase(cls) -> Stretching:
        """64 MiB, three passes, a fresh salt (RFC 9106 §4, second choice, with one lane)."""
        return cls(64 << 10, 3, 1, secrets.token_bytes(SALT_BYTES))

    @classmethod
    def for_code(cls, site_salt: bytes) -> Stretching:
        """19 MiB, two passes, one salt for all: a code must be found by itself."""
        return cls(19 << 10, 2, 1, site_salt)

    def to_bytes(self) -> bytes:
        return _LAYOUT.pack(_VERSION, self.memory_kib, self.iterations, self.lanes, self.salt)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Stretching:
        """Read what `to_bytes` wrote; `UnsealError` for anything else or a ruinous cost."""
        if len(stored) != _LAYOUT.size:
            raise UnsealError
        version, memory_kib, iterations, lanes, salt = _LAYOUT.unpack(stored)
        how = cls(memory_kib, iterations, lanes, salt)
        if version != _VERSION or not how.is_bearable():
            raise UnsealError
        return how

    def is_bearable(self) -> bool:
        """Whether this server would do it: a changed row must not take all its memory."""
        return (
            1 <= self.lanes <= _MOST_LANES
            and 1 <= self.iterations <= _MOST_ITERATIONS
            and 8 * self.lanes <= self.memory_kib <= _MOST_KIB
        )


def stretch(
    secret: str, how: Stretching, *, pepper: Key | None = None, patience: float = 10.0
) -> Key:
    """Stretch `secret` to a key; `BusyError` after `patience` seconds without a free slot."""
    slots = _HEAVY_SLOTS if how.memory_kib > _HEAVY_KIB else _LIGHT_SLOTS
    if not slots.acquire(timeout=patience):
        raise BusyError
    try:
        return _stretched(secret.encode(), how, pepper)
    finally:
        slots.release()


def _stretched(secret: bytes, how: Stretching, pepper: Key | None) -> Key:
    derivation = Argon2id(
        salt=how.salt,
        length=KEY_BYTES,
        iterations=how.iterations,
        lanes=how.lanes,
        memory_cost=how.memory_kib,
        secret=None if pepper is None else pepper.raw,
    )
    return Key(derivation.derive(secret))
