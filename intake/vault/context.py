"""Contexts: the bytes that bind a seal, a box or a derived key to its one place."""

from typing import Final
from uuid import UUID

Part = bytes | str | int | UUID
_PREFIX: Final = b"intake/1"


def context(label: str, *parts: Part) -> bytes:
    """`intake/1`, then label and parts, each after its length (2 bytes, big-endian).

    Integers are decimal text, UUIDs their 16 bytes, text is UTF-8; `OverflowError` over 65,535.
    """
    encoded = _PREFIX
    for part in (label, *parts):
        encoded += framed(part)
    return encoded


def framed(part: Part) -> bytes:
    """One part of a context, after its length."""
    raw = _raw(part)
    return len(raw).to_bytes(2, "big") + raw


def _raw(part: Part) -> bytes:
    if isinstance(part, bytes):
        return part
    if isinstance(part, UUID):
        return part.bytes
    return str(part).encode()
