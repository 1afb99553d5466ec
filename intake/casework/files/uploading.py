"""A file that comes in pieces, each in a request of its own; the draft says how far it came.

Until all of it came its manifest names no SHA-256, and it is never sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import chain
from uuid import uuid4

from intake.casework.drafts import change_draft, read_draft
from intake.casework.errors import CaseworkError
from intake.casework.files import pieces, rooms
from intake.casework.files.arriving import (
    JUDGED_BY,
    LONGEST_NAME,
    FileRefused,
    Room,
    take_away,
)
from intake.casework.files.owning import forgotten
from intake.casework.service import Service
from intake.cleaning.kinds import kind_of
from intake.form.answers import Answers, Item
from intake.form.draft import Draft
from intake.form.manifest import Manifest
from intake.form.questions import Attached, Repeated
from intake.store import files
from intake.vault import Key, piece_sizes


@dataclass
class OutOfTurn(CaseworkError):  # noqa: N818 - reads as what is the matter
    """Another piece is wanted than the one that came: `have` are there."""

    have: int


@dataclass(frozen=True)
class Upload:
    """A file as the browser tells of it, for one thing of what is being written.

    `length` is in bytes. Everything asked of it may raise `SessionEnded`, `StorageBusy`,
    `StorageFull`, `DraftTooLong`, and `FileRefused`, of which `things` says that there are as
    many things as may be.
    """

    service: Service
    visit: str = field(repr=False)
    things: Repeated
    item: str
    name: str = field(repr=False)
    length: int
    now: datetime

    def there(self) -> Manifest | None:
        """What is there of this very file; None where it may begin."""
        answers = self._answers()
        known = self._known(answers)
        if known is None:
            self._room(answers)
            return None
        return self._finished(known)

    def take(self, index: int, parts: Iterable[bytes]) -> Manifest:
        """Keep the piece that comes next; what is there then.

        Raises `OutOfTurn` and `pieces.CutShort`; what came before stays, unless the file is
        of no kind that is taken.
        """
        answers = self._answers()
        known = self._known(answers)
        if index != (known.pieces if known else 0) or (known and not self._lacks(known)):
            raise OutOfTurn(known.pieces if known else 0)
        if known is None:
            return self._finished(self._first(self._room(answers), iter(parts)))
        with self._taken_out_if_refused(known):
            pieces.store(self.service, known, index, parts)
        return self._finished(self._counted(replace(known, pieces=index + 1)))

    def _first(self, room: Room, parts: Iterator[bytes]) -> Manifest:
        """Judge the file by how it begins, and keep the first piece of it."""
        head = b""
        while len(head) < JUDGED_BY and (part := next(parts, b"")):
            head += part
        kind = kind_of(head[:JUDGED_BY], self.name)
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
        with self._taken_out_if_refused(known):
            count = pieces.pad(self.service, known)
            sha256 = pieces.sha256_of(self.service, known)
        return self._counted(replace(known, pieces=count, sha256=sha256))

    def _lacks(self, known: Manifest) -> bool:
        """Whether a piece of it is still to come."""
        return not known.is_whole and pieces.piece_length(self.length, known.pieces) > 0

    def _counted(self, further: Manifest) -> Manifest:
        """What the draft holds of the file, now that it came so far.

        Raises `OutOfTurn` where another window took it away or put another in its place.
        """
        with self.service.writing() as session:
            size = sum(piece_sizes(further.length)[: further.pieces])
            files.measured(session, further.id, pieces=further.pieces, size=size)
        after = self._changed(partial(self._with, further=further))
        return self._known(after) or further

    def _with(self, answers: Answers, *, further: Manifest) -> Answers:
        known = self._known(answers)
        is_first = further.pieces == 1 and not further.is_whole
        if known is None and not is_first:
            raise OutOfTurn(0)
        if known is not None and known.id != further.id:
            raise OutOfTurn(known.pieces)
        if known is not None and _reach(known) >= _reach(further):
            return answers
        told = self._told(answers).having(self._question, further)
        return answers.with_item(self.things, Item(self.item, told))

    @contextmanager
    def _taken_out_if_refused(self, known: Manifest) -> Iterator[None]:
        """Leave nothing of a file that turns out to be of no kind that is taken."""
        try:
            yield
        except FileRefused as refused:
            if refused.why != "full":
                self._changed(partial(self._without, known=known))
            raise

    def _without(self, answers: Answers, *, known: Manifest) -> Answers:
        there = self._told(answers)
        if (found := there[self._question]) is None or found.id != known.id:
            return answers
        left = there.without(self._question)
        if not left:
            return answers.without_item(self.things, self.item)
        return answers.with_item(self.things, Item(self.item, left))

    def _changed(self, how: Callable[[Answers], Answers]) -> Answers:
        """The answers after `how`, kept; files that are in them no more are taken away."""
        before: list[Answers] = []

        def change(draft: Draft) -> Draft:
            before[:] = [draft.answers]
            return draft.answering(how(draft.answers))

        after = change_draft(self.service, self.visit, change, now=self.now).draft.answers
        forgotten(self.service, before[0], after)
        return after

    def _room(self, answers: Answers) -> Room:
        others = answers.without_item(self.things, self.item)
        if len(others.of(self.things)) >= self.things.most:
            raise FileRefused("things")
        if not self.length:
            raise FileRefused("empty")
        room = rooms.in_draft(self.service, self.visit, others, now=self.now)
        if self.length > room.bytes:
            raise FileRefused("large")
        return room

    def _known(self, answers: Answers) -> Manifest | None:
        """The manifest of a file of this name and length, as it stands in the draft."""
        found = self._told(answers)[self._question]
        is_same = found and (found.name, found.length) == (self._name, self.length)
        return found if is_same else None

    def _told(self, answers: Answers) -> Answers:
        item = answers.item(self.things, self.item)
        return item.answers if item else Answers()

    def _answers(self) -> Answers:
        return read_draft(self.service, self.visit, now=self.now).draft.answers

    @property
    def _question(self) -> Attached:
        return next(q for q in self.things.questions if isinstance(q, Attached))

    @property
    def _name(self) -> str:
        return self.name[:LONGEST_NAME]


def _reach(manifest: Manifest) -> tuple[bool, int]:
    return manifest.is_whole, manifest.pieces
