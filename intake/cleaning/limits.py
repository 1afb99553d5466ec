"""How much a copy may cost, and why none was made."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MIB: Final = 2**20


class Why(StrEnum):
    """Why there is no cleaned copy of a file."""

    NO_COPY = "no_copy"  # none is made of this kind
    TOO_BIG = "too_big"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_SLOW = "too_slow"
    LOCKED = "locked"  # opens with a password only
    DAMAGED = "damaged"
    BUSY = "busy"  # other copies are being made; it may be tried again
    UNCONFINED = "unconfined"  # the system cannot lock the process up, so nothing was opened


class NotCleaned(Exception):  # noqa: N818 - reads as what is the matter
    """No copy was made; `why` says the reason, and nothing of the file."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Final = why


@dataclass(frozen=True)
class Limits:
    """What one copy may take: `content`, `copy`, `memory` in bytes, `side` in pixels.

    `memory` is address space, of which Python and its libraries take 100 to 150 MiB; a HEIC
    of 48 megapixels needs the most. `seconds` bound both the clock and the processor.
    """

    content: int = 128 * MIB
    copy: int = 64 * MIB
    pixels: int = 110_000_000
    pages: int = 2000
    side: int = 2048
    seconds: int = 20
    memory: int = 1024 * MIB


LIMITS: Final = Limits()
