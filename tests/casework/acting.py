"""What a member does in a day of work with others, each act by chance; what came of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random  # noqa: TID251 - a day of work, and no secret
from typing import Final
from uuid import UUID

from intake.casework import (
    AlreadyDecided,
    Conflict,
    GateClosed,
    Lacking,
    NotYet,
    Reader,
    StorageBusy,
    Wish,
    Written,
    add_note,
    add_step,
    decide,
    move,
    new_once,
    overview,
    proposals_of,
    queue,
    send_message,
    take,
    withdraw_proposal,
    work,
)
from intake.casework.finding import bulk
from intake.casework.team import handing, tags
from intake.casework.team.handing import NotTheHolder, OfferedAlready, OfferEnded
from intake.form.answers import Answers, Stored
from tests.people import NOW

REFUSALS: Final = (
    AlreadyDecided,
    Conflict,
    GateClosed,
    Lacking,
    NotTheHolder,
    NotYet,
    OfferEnded,
    OfferedAlready,
    StorageBusy,
)
"""What a page knows how to say; anything else is a fault."""
TRIES: Final = 4
"""How often somebody decides again whose case was changed meanwhile."""


@dataclass(frozen=True)
class Done:
    """One act: with which words, on which case, and whether it was done.

    `proposal` is the one that was decided or taken back.
    """

    act: str
    ref: str
    words: str
    is_done: bool
    proposal: UUID | None = None


@dataclass
class Day:
    """One member's acts, one after the other, on cases that others work on too."""

    reader: Reader
    others: tuple[UUID, ...]
    refs: tuple[str, ...]
    tags: tuple[str, ...]
    chance: Random
    done: list[Done] = field(default_factory=list)

    def go(self, acts: Iterable[str]) -> list[Done]:
        """Do them all; raises what no page knows how to say."""
        for number, act in enumerate(acts):
            ref = self.chance.choice(self.refs)
            words = f"{act} {number} of {self.reader.handle}"
            try:
                is_done, proposal = ACTS[act](self, ref, words)
            except REFUSALS:
                is_done, proposal = False, None
            self.done.append(Done(act, ref, words, is_done, proposal))
        return self.done

    def version(self, ref: str) -> int:
        return overview(self.reader, ref, now=NOW).version

    def write(self, ref: str, what: str, replaces: UUID | None = None, **said: Stored) -> bool:
        done = add_step(
            self.reader,
            ref,
            what,
            Answers(said),
            once=new_once(),
            replaces=replaces,
            now=NOW,
        )
        return done in Written


Came = tuple[bool, UUID | None]
"""Whether it was done, and the proposal that was decided."""


def _take(day: Day, ref: str, _words: str) -> Came:
    return take(day.reader, ref, now=NOW).won, None


def _release(day: Day, ref: str, words: str) -> Came:
    version, once = day.version(ref), new_once()
    handing.release(day.reader, ref, words, once=once, version=version, now=NOW)
    return True, None


def _offer(day: Day, ref: str, words: str) -> Came:
    to, version, once = day.chance.choice(day.others), day.version(ref), new_once()
    handing.offer(day.reader, ref, to, words, once=once, version=version, now=NOW)
    return True, None


def _answer(day: Day, ref: str, words: str) -> Came:
    accepts = day.chance.random() < 0.8
    handing.answer(day.reader, ref, words, accepts=accepts, once=new_once(), now=NOW)
    return True, None


def _assign(day: Day, ref: str, words: str) -> Came:
    to, once = day.chance.choice(day.others), new_once()
    return handing.assign(day.reader, ref, to, words, once=once, now=NOW).won, None


def _note(day: Day, ref: str, words: str) -> Came:
    add_note(day.reader, ref, words, once=new_once(), now=NOW)
    return True, None


def _reply(day: Day, ref: str, words: str) -> Came:
    send_message(day.reader, ref, words, once=new_once(), now=NOW)
    return True, None


def _step(day: Day, ref: str, words: str) -> Came:
    return day.write(ref, "review", review_next=words), None


def _correct(day: Day, ref: str, words: str) -> Came:
    """Correct what stands; where there is nothing, write it."""
    reviews = work(day.reader, ref, now=NOW).record.of("review")
    wrong = day.chance.choice(reviews).id if reviews else None
    return day.write(ref, "review", wrong, review_next=words), None


def _propose(day: Day, ref: str, words: str) -> Came:
    return day.write(ref, "lowering", lower_to="u4", lower_why=words), None


def _move(day: Day, ref: str, words: str) -> Came:
    """Along some way that one may go, with the words that its page takes."""
    found = work(day.reader, ref, now=NOW)
    ways = [way.code for way in found.ways if way.code in SAID]
    if not ways:
        return False, None
    way = day.chance.choice(ways)
    place = "moved_news" if way == "monitoring_to_active" else "moved_words"
    said = Answers({**SAID[way], place: words})
    move(day.reader, ref, way, said, version=found.version, once=new_once(), now=NOW)
    return True, None


SAID: Final[dict[str, dict[str, Stored]]] = {
    "screening_to_contacting": {"moved_level": "u1"},
    "contacting_to_consent_pending": {},
    "active_to_monitoring": {},
    "monitoring_to_active": {},
    "active_to_on_hold": {"moved_hold_reason": "unsafe", "moved_try_again_on": "2026-11-20"},
    "on_hold_to_contacting": {},
}
"""Ways of one person, with what their pages need."""


def _decide(day: Day, _ref: str, words: str) -> Came:
    """Decide something that waits; again where its case was changed meanwhile."""
    for attempt in range(TRIES):
        waiting = [one for one in proposals_of(day.reader) if not one.by_me]
        if not waiting:
            break
        one = day.chance.choice(waiting)
        agrees = day.chance.random() < 0.7
        version = one.version
        try:
            decide(day.reader, one.id, agrees=agrees, words=words, version=version, now=NOW)
        except Conflict:
            if attempt == TRIES - 1:
                raise
        else:
            return True, one.id
    return False, None


def _withdraw(day: Day, _ref: str, _words: str) -> Came:
    mine = [one for one in proposals_of(day.reader) if one.by_me]
    if not mine:
        return False, None
    one = day.chance.choice(mine)
    withdraw_proposal(day.reader, one.id, now=NOW)
    return True, one.id


def _tag(day: Day, ref: str, _words: str) -> Came:
    tags.add_tag(day.reader, ref, day.chance.choice(day.tags), now=NOW)
    return True, None


def _bulk(day: Day, _ref: str, _words: str) -> Came:
    """One act on all that the queue shows."""
    refs = [row.ref for row in queue(day.reader, Wish("all"), now=NOW).rows]
    acts: tuple[bulk.Act, ...] = (
        bulk.Take(),
        bulk.Give(day.chance.choice(day.others)),
        bulk.Tag(day.chance.choice(day.tags)),
        bulk.Move("monitoring", new_once()),
    )
    results = bulk.do(day.reader, refs, day.chance.choice(acts), now=NOW)
    assert {one.why for one in results} <= WHY_NOT
    return any(one.is_done for one in results), None


WHY_NOT: Final = {"", "held", "not_yet", "no_way", "changed", "not_stored"}
ACTS: Final[dict[str, Callable[[Day, str, str], Came]]] = {
    "take": _take,
    "release": _release,
    "offer": _offer,
    "answer": _answer,
    "assign": _assign,
    "note": _note,
    "reply": _reply,
    "step": _step,
    "correct": _correct,
    "propose": _propose,
    "move": _move,
    "decide": _decide,
    "withdraw": _withdraw,
    "tag": _tag,
    "bulk": _bulk,
}
