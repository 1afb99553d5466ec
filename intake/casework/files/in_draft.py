"""How far a file came, as the draft holds it: for one thing of what is being written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from intake.casework.drafts import change_draft, read_draft
from intake.casework.files import rooms
from intake.casework.files.arriving import FileRefused, Room
from intake.casework.files.owning import forgotten
from intake.casework.files.uploading import OutOfTurn
from intake.casework.service import Service
from intake.form.answers import Answers, Item
from intake.form.draft import Draft
from intake.form.files import attached
from intake.form.manifest import Manifest
from intake.form.questions import Attached, Repeated


@dataclass(frozen=True)
class InDraft:
    """The file of one thing in the draft that `visit` opens."""

    service: Service
    visit: str = field(repr=False)
    things: Repeated
    item: str
    now: datetime

    def known(self, name: str, length: int) -> Manifest | None:
        """The manifest of a file of this name and length, as it stands in the draft."""
        return self._found(self._answers(), name, length)

    def room(self) -> Room:
        """Room beside the other files of the draft; `FileRefused` with `things`."""
        others = self._answers().without_item(self.things, self.item)
        if len(others.of(self.things)) >= self.things.most:
            raise FileRefused("things")
        return rooms.in_draft(self.service, self.visit, others, now=self.now)

    def keep(self, further: Manifest) -> Manifest:
        """Put it into the draft, unless another window came further.

        Raises `OutOfTurn` where that took it away or put another in its place.
        """
        after = self._changed(partial(self._with, further=further))
        return self._found(after, further.name, further.length) or further

    def drop(self, known: Manifest) -> None:
        """Take it out of the draft."""
        self._changed(partial(self._without, known=known))

    def _found(self, answers: Answers, name: str, length: int) -> Manifest | None:
        found = self._told(answers)[self._question]
        return found if found and (found.name, found.length) == (name, length) else None

    def _with(self, answers: Answers, *, further: Manifest) -> Answers:
        known = self._found(answers, further.name, further.length)
        is_first = further.pieces == 1 and not further.is_whole
        if known is None and not is_first:
            raise OutOfTurn(0)
        if known is None and self._is_too_much(answers, further):
            raise FileRefused("large")
        if known is not None and known.id != further.id:
            raise OutOfTurn(known.pieces)
        if known is not None and _reach(known) >= _reach(further):
            return answers
        told = self._told(answers).having(self._question, further)
        return answers.with_item(self.things, Item(self.item, told))

    def _is_too_much(self, answers: Answers, further: Manifest) -> bool:
        """Whether files that began in other windows meanwhile leave no room for this one."""
        others = attached(answers.without_item(self.things, self.item))
        sent = sum(one.manifest.length for one in others)
        return sent + further.length > self.service.settings.report_files_bytes

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

    def _told(self, answers: Answers) -> Answers:
        item = answers.item(self.things, self.item)
        return item.answers if item else Answers()

    def _answers(self) -> Answers:
        return read_draft(self.service, self.visit, now=self.now).draft.answers

    @property
    def _question(self) -> Attached:
        return next(q for q in self.things.questions if isinstance(q, Attached))


def _reach(manifest: Manifest) -> tuple[bool, int]:
    return manifest.is_whole, manifest.pieces
