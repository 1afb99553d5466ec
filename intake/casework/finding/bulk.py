"""One act on several cases: each is checked by itself, and each says what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias, assert_never
from uuid import UUID

from intake.case import TRANSITIONS, Transition, ways
from intake.case.kinds import page_of
from intake.casework.cases import Taken, take
from intake.casework.errors import (
    CaseworkError,
    Conflict,
    NotAllowed,
    NotOpened,
    NotYet,
    StorageBusy,
    StorageFull,
    UnknownCase,
)
from intake.casework.leaving import CannotHold
from intake.casework.overview import overview
from intake.casework.reader import Reader
from intake.casework.team.handing import assign
from intake.casework.team.snoozing import TooLong, snooze
from intake.casework.team.tags import TooManyTags, add_tag
from intake.casework.work.doors import move
from intake.form.answers import Answers

AT_MOST: Final = 60
"""Cases that one form may name: twice what a page shows."""
_WORDS: Final = frozenset({"moved_words"})


@dataclass(frozen=True)
class Take:
    """Hold them oneself."""


@dataclass(frozen=True)
class Give:
    """Let a colleague hold them."""

    to: UUID


@dataclass(frozen=True)
class Tag:
    """Put a tag on them."""

    key: str


@dataclass(frozen=True)
class PutOff:
    """Put them off until then, or until the reporter writes."""

    until: datetime


@dataclass(frozen=True)
class Move:
    """Move them to a stage; `once` is born with the form."""

    to: str
    once: str


Act: TypeAlias = Take | Give | Tag | PutOff | Move


@dataclass(frozen=True)
class Result:
    """What became of one case: why it was not done, as a code, or nothing where it was.

    `more` says it closer: who holds it, or codes of the vocabulary `missing`.
    """

    ref: str
    why: str = ""
    more: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        return not self.why


def do(reader: Reader, refs: Iterable[str], act: Act, *, now: datetime) -> tuple[Result, ...]:
    """Do `act` with each case, one transaction each; what cannot be done stops no other."""
    chosen = tuple(dict.fromkeys(refs))[:AT_MOST]
    return tuple(_result(reader, ref, act, now) for ref in chosen)


def _simple_ways() -> Iterator[Transition]:
    """Ways that one person may go, and that ask nothing which cannot stay empty."""
    for way in TRANSITIONS:
        names = {question.name for question in page_of(way).questions}
        if way.people == 1 and names and names <= _WORDS:
            yield way


WAYS: Final = tuple(_simple_ways())
TARGETS: Final = tuple(dict.fromkeys(way.target for way in WAYS))
"""Stages to which several cases can be moved at once."""


def _result(reader: Reader, ref: str, act: Act, now: datetime) -> Result:
    try:
        return _done(reader, ref, act, now)
    except NotYet as error:
        return Result(ref, "not_yet", error.missing)
    except CaseworkError as error:
        return Result(ref, next(why for kind, why in _WHY.items() if isinstance(error, kind)))


_WHY: Final[dict[type[CaseworkError], str]] = {
    UnknownCase: "unknown",
    NotOpened: "not_opened",
    NotAllowed: "not_allowed",
    Conflict: "changed",
    CannotHold: "cannot_hold",
    TooManyTags: "too_many_tags",
    TooLong: "too_long",
    StorageBusy: "not_stored",
    StorageFull: "not_stored",
    CaseworkError: "not_done",
}


def _done(reader: Reader, ref: str, act: Act, now: datetime) -> Result:
    match act:
        case Take():
            return _held(ref, take(reader, ref, now=now))
        case Give(to=to):
            return _held(ref, assign(reader, ref, to, now=now))
        case Tag(key=key):
            add_tag(reader, ref, key, now=now)
        case PutOff(until=until):
            snooze(reader, ref, until, now=now)
        case Move(to=to, once=once):
            return _moved(reader, ref, to, once, now)
        case _:
            assert_never(act)
    return Result(ref)


def _held(ref: str, taken: Taken) -> Result:
    return Result(ref) if taken.won else Result(ref, "held", (taken.holder,))


def _moved(reader: Reader, ref: str, to: str, once: str, now: datetime) -> Result:
    stage = overview(reader, ref, now=now).row.stage
    if stage == to:
        return Result(ref)
    way = next((one for one in ways(stage, to) if one in WAYS), None)
    if way is None:
        return Result(ref, "no_way", (stage,))
    move(reader, ref, way.code, Answers(), version=None, once=once, now=now)
    return Result(ref)
