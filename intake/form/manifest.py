"""A file that came with a report: what opens it and what the original was, no content."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Manifest:
    """Where the sealed pieces are and the key of this one file, as a sealed answer keeps them.

    `name` is as the browser told it, `kind` a code of what the content showed it to be,
    `length` in bytes; `pieces` lie in the store by now, and `sha256`, of the original and
    hexadecimal, is known once all of them do.
    """

    id: UUID
    key: bytes = field(repr=False)
    name: str = field(repr=False)
    kind: str
    length: int
    pieces: int
    sha256: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether all of it came."""
        return bool(self.sha256)

    def to_stored(self) -> tuple[str, ...]:
        """The manifest as an answer is kept."""
        key = urlsafe_b64encode(self.key).decode()
        counts = str(self.length), str(self.pieces)
        return self.id.hex, key, self.name, self.kind, *counts, self.sha256

    @classmethod
    def from_stored(cls, stored: Sequence[str]) -> Manifest:
        """The manifest that `to_stored` wrote; raises `ValueError` for what it never writes."""
        id_, key, name, kind, length, pieces, sha256 = stored
        opened = urlsafe_b64decode(key)
        return cls(UUID(hex=id_), opened, name, kind, int(length), int(pieces), sha256)
