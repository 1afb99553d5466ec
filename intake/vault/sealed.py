"""What the vault hands out and what it answers when something does not open."""

from typing import Final, NewType

Sealed = NewType("Sealed", bytes)
SEAL: Final = b"\x01"  # made for a public key
BOX: Final = b"\x02"  # made under a symmetric key
ADDITION: Final = b"\x03"  # a box, and its key sealed to several rings


class UnsealError(Exception):
    """It did not open: another key, another context, or changed since; never carries data."""


def is_box(sealed: Sealed) -> bool:
    """Whether this was made under a symmetric key; False for a seal, as things arrive."""
    return sealed[:1] == BOX
