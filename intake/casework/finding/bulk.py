"""One act on several cases: each is checked by itself, and each says what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias, assert_never
from uuid import UUID

from intake.case import TRANSITIONS, Transition, ways
from intake.case.kinds import page_of
from intake.case.kinds.moving import LEVEL
from intake.casework.cases import Taken, take
from intake.casework.directory.choosing import NotAsWished
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
from intake.casework.team.handing import NotTheHolder, assign, release
from intake.casework.team.snoozing import TooLong, snooze, wake
from intake.casework.team.tags import TooManyTags, add_tag, take_tag_off
from intake.casework.work.doors import move
from intake.form.answers import Answers

AT_MOST: Final = 60
"""Cases that one form may name: twice what a page shows."""
_EMPTY: Final = frozenset({"moved_words"})
_LEVEL: Final = LEVEL.name


@dataclass(frozen=True)
class Take:
    """Hold them oneself."""


@dataclass(frozen=True)
class Give:
    """Let a colleague hold them."""

    to: UUID


@dataclass(frozen=True)
class GiveBack:
    """Hold them no longer: back to the queue."""


@dataclass(frozen=True)
class Tag:
    """Put a tag on them."""

    key: str


@dataclass(frozen=True)
class Untag:
    """Take a tag off them."""

    key: str


@dataclass(frozen=True)
class PutOff:
    """Put them off until then, or until the reporter writes."""

    until: datetime


@dataclass(frozen=True)
class ShowAgain:
    """Put them off no longer."""


@dataclass(frozen=True)
class Move:
    """Move them to a stage; `once` is born with the form.

    Where the way asks for the urgency, that of each case is confirmed as it stands.
    """

    to: str
    once: str


Act: TypeAlias = Take | Give | GiveBack | Tag | Untag | PutOff | ShowAgain | Move


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
    """Ways that one person may go, and that ask for the urgency at most."""
    for way in TRANSITIONS:
        names = _asked(way)
        if way.people == 1 and names and names <= _EMPTY | {_LEVEL}:
            yield way


def _asked(way: Transition) -> frozenset[str]:
    return frozenset(question.name for question in page_of(way).questions)


WAYS: Final = tuple(_simple_ways())
TARGETS: Final = tuple(dict.fromkeys(way.target for way in WAYS))
"""Stages to which several cases can be moved at once."""
CONFIRMING: Final = frozenset(way.target for way in WAYS if _LEVEL in _asked(way))
"""Stages on the way to which the urgency is confirmed."""


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
    NotTheHolder: "not_yours",
    NotAsWished: "not_as_wished",
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
        case Move(to=to, once=once):
            return _moved(reader, ref, to, once, now)
        case GiveBack():
            release(reader, ref, now=now)
        case _:
            _mark(reader, ref, act, now)
    return Result(ref)


def _mark(
    reader: Reader, ref: str, mark: Tag | Untag | PutOff | ShowAgain, now: datetime
) -> None:
    match mark:
        case Tag(key=key):
            add_tag(reader, ref, key, now=now)
        case Untag(key=key):
            take_tag_off(reader, ref, key, now=now)
        case PutOff(until=until):
            snooze(reader, ref, until, now=now)
        case ShowAgain():
            wake(reader, ref, now=now)
        case _:
            assert_never(mark)


def _held(ref: str, taken: Taken) -> Result:
    return Result(ref) if taken.won else Result(ref, "held", (taken.holder,))


def _moved(reader: Reader, ref: str, to: str, once: str, now: datetime) -> Result:
    view = overview(reader, ref, now=now)
    stage = view.row.stage
    if stage == to:
        return Result(ref)
    way = next((one for one in ways(stage, to) if one in WAYS), None)
    if way is None:
        return Result(ref, "no_way", (stage,))
    asks = _LEVEL in _asked(way)
    told = Answers().having(LEVEL, view.row.level) if asks else Answers()
    # What is confirmed is what was read a moment ago, or it is not confirmed.
    version = view.version if asks else None
    move(reader, ref, way.code, told, version=version, once=once, now=now)
    return Result(ref)
