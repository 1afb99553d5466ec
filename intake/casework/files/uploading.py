"""A file that comes in pieces, each in a request of its own; somebody holds how far it came.

Until all of it came its manifest names no SHA-256, and it is never sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Protocol
from uuid import uuid4

from intake.casework.errors import CaseworkError
from intake.casework.files import pieces
from intake.casework.files.arriving import (
    JUDGED_BY,
    LONGEST_NAME,
    FileRefused,
    Room,
    take_away,
)
from intake.casework.service import Service
from intake.cleaning.kinds import kind_of
from intake.form.manifest import Manifest
from intake.store import files
from intake.vault import Key, piece_sizes


@dataclass
class OutOfTurn(CaseworkError):  # noqa: N818 - reads as what is the matter
    """Another piece is wanted than the one that came: `have` are there."""

    have: int


class Holder(Protocol):
    """Holds the manifest between the requests, for one file."""

    def known(self, name: str, length: int) -> Manifest | None:
        """What is held of a file of this name and length."""

    def room(self) -> Room:
        """How much room there is for it."""

    def keep(self, further: Manifest) -> Manifest:
        """Hold that it came so far; what is held then, which another window may have moved."""

    def drop(self, known: Manifest) -> None:
        """Hold it no more, and take away what is stored of it."""


@dataclass(frozen=True)
class Upload:
    """A file as the browser tells of it; `length` is in bytes.

    Everything asked of it may raise `SessionEnded`, `StorageBusy`, `StorageFull`,
    `DraftTooLong`, and `FileRefused`, of which `things` says that there are as many things as
    may be.
    """

    service: Service
    holder: Holder
    told_name: str = field(repr=False)
    length: int

    def there(self) -> Manifest | None:
        """What is there of this very file; None where it may begin."""
        if (known := self._known()) is None:
            self._room()
            return None
        return self._finished(known)

    def take(self, index: int, parts: Iterable[bytes]) -> Manifest:
        """Keep the piece that comes next; what is there then.

        Raises `OutOfTurn` and `pieces.CutShort`; what came before stays, unless the file is
        of no kind that is taken.
        """
        known = self._known()
        if index != (known.pieces if known else 0) or (known and not self._lacks(known)):
            raise OutOfTurn(known.pieces if known else 0)
        if known is None:
            return self._finished(self._first(self._room(), iter(parts)))
        with self._dropped_if_refused(known):
            pieces.store(self.service, known, index, chain(parts, self._unless_sent(known)))
        return self._finished(self._counted(replace(known, pieces=index + 1)))

    def _first(self, room: Room, parts: Iterator[bytes]) -> Manifest:
        """Judge the file by how it begins, and keep the first piece of it."""
        head = b""
        while len(head) < JUDGED_BY and (part := next(parts, b"")):
            head += part
        kind = kind_of(head[:JUDGED_BY], self.told_name)
        if kind is None:
            raise FileRefused("kind")
        first = Manifest(uuid4(), Key.random().raw, self._name, kind.code, self.length, 1)
        room.begin(first.id)
        with ExitStack() as unless_kept:
            unless_kept.callback(take_away, self.service, [first.id])
            pieces.store(self.service, first, 0, chain([head], parts))
            counted = self._counted(first)
            unless_kept.pop_all()
        return counted

    def _finished(self, known: Manifest) -> Manifest:
        """Where all of it came: pad it as its length asks, and see what the original was."""
        if known.is_whole or self._lacks(known):
            return known
        with self._dropped_if_refused(known):
            count = pieces.pad(self.service, known)
            sha256 = pieces.sha256_of(self.service, known)
        return self._counted(replace(known, pieces=count, sha256=sha256))

    def _lacks(self, known: Manifest) -> bool:
        """Whether a piece of it is still to come."""
        return not known.is_whole and pieces.piece_length(self.length, known.pieces) > 0

    def _counted(self, further: Manifest) -> Manifest:
        """What is held of the file, now that it came so far."""
        with self.service.writing() as session:
            size = sum(piece_sizes(further.length)[: further.pieces])
            files.measured(session, further.id, pieces=further.pieces, size=size)
        return self.holder.keep(further)

    @contextmanager
    def _dropped_if_refused(self, known: Manifest) -> Iterator[None]:
        """Leave nothing of a file that turns out to be of no kind that is taken."""
        try:
            yield
        except FileRefused as refused:
            if refused.why != "full":
                self.holder.drop(known)
            raise

    def _unless_sent(self, known: Manifest) -> Iterator[bytes]:
        """Nothing more of the piece; the last moment to see that the file went meanwhile."""
        found = self._known()
        if found is None or found.id != known.id:
            raise OutOfTurn(found.pieces if found else 0)
        yield from ()

    def _room(self) -> Room:
        room = self.holder.room()
        if not self.length:
            raise FileRefused("empty")
        if self.length > room.bytes:
            raise FileRefused("large")
        return room

    def _known(self) -> Manifest | None:
        return self.holder.known(self._name, self.length)

    @property
    def _name(self) -> str:
        return self.told_name[:LONGEST_NAME]
