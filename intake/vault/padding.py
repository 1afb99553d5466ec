"""Padding: what is stored shows a class of sizes, never the length of what was said."""

from typing import Final

from intake.vault.sealed import UnsealError

REPORT_FLOOR: Final = 4096
FACTS_FLOOR: Final = 2048
MESSAGE_FLOOR: Final = 1024
FACETS_FLOOR: Final = 1024
LINE_FLOOR: Final = 512
_PREFIX: Final = 4


def pad(data: bytes, *, floor: int) -> bytes:
    """`data` after its length (4 bytes), then zeros up to a Padmé size of at least `floor`."""
    size = padme(max(_PREFIX + len(data), floor))
    return (len(data).to_bytes(_PREFIX, "big") + data).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """The data inside; `UnsealError` when `padded` was not made by `pad`."""
    end = _PREFIX + int.from_bytes(padded[:_PREFIX], "big")
    if len(padded) < _PREFIX or len(padded) < end:
        raise UnsealError
    return padded[_PREFIX:end]


def padme(size: int) -> int:
    """The Padmé size for `size` >= 2 bytes: at most 12 % more (Nikitin et al. 2019, §4)."""
    exponent = size.bit_length() - 1
    last_bits = exponent - exponent.bit_length()
    mask = (1 << last_bits) - 1
    return (size + mask) & ~mask
