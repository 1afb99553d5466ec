"""Opening the facets of thousands of cases: one after another, or many kept together."""

from functools import lru_cache
from typing import Final

from intake.vault.context import context, framed
from intake.vault.padding import unpad
from intake.vault.rings import RingKey
from intake.vault.sealed import Sealed

_BEFORE: Final = context("facets")
_CASE_LENGTH: Final = framed(bytes(16))[:2]
_version: Final = lru_cache(maxsize=1024)(framed)


class FacetsOpener:
    """What `open_facets` does for one secret, without making each context from the start."""

    def __init__(self, ring_key: RingKey) -> None:
        self._key = ring_key.symmetric
        self._after = framed(ring_key.generation)

    def open(self, sealed: Sealed, *, case: bytes, version: int) -> bytes:
        """What a queue filters by, of the case with this id; else `UnsealError`."""
        place = _BEFORE + _CASE_LENGTH + case + _version(version) + self._after
        return unpad(self._key.unbox(sealed, context=place))


def box_many_facets(ring_key: RingKey, content: bytes, *, part: str) -> Sealed:
    """Opened facets of many cases, as a process keeps them in memory; never stored."""
    place = context("facets-kept", part, ring_key.generation)
    return ring_key.symmetric.box(content, context=place)


def open_many_facets(sealed: Sealed, ring_key: RingKey, *, part: str) -> bytes:
    """What this process kept under the ring's secret; else `UnsealError`."""
    place = context("facets-kept", part, ring_key.generation)
    return ring_key.symmetric.unbox(sealed, context=place)
