"""A report that repeats a case: it is closed, and the case goes on for both (6.6).

Nothing is sealed again: each keeps its words, its consents and its conversation. The case that
goes on keeps the earlier arrival and the higher urgency of both, as long as they are merged.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from intake.case.kinds import moving
from intake.case.merging import surviving
from intake.case.stages import Transition
from intake.casework.case_file import CaseFile, opened_in
from intake.casework.codec import hour
from intake.casework.errors import UnknownCase
from intake.casework.splitting import both, link_boxes
from intake.casework.splitting.link_boxes import GOES_ON, MERGED, MERGED_IN, Came, Link
from intake.casework.splitting.other_case import other_case
from intake.form.answers import Answers
from intake.store.tables import CaseRow
from intake.triage import Facts, Level, Raise, settled, triage

_CLOSED: Final = "closed"


@dataclass(frozen=True)
class Stood:
    """When a case came, and how urgent it stands."""

    received_at: datetime
    level: str


def no_less_urgent(facts: Facts, first: Stood, *, by: str, now: datetime) -> Facts:
    """The facts of a case that hold at least as urgent as the other one stands.

    They keep the earliest receipt (6.6, invariant 8). Two coordinators may lower it, like any
    level that a person chose.
    """
    own = Stood(facts.received_at, triage(facts, now).level.code)
    survives = surviving((first, own))
    facts = replace(facts, received_at=survives.received_at)
    if survives.level == own.level:
        return facts
    return replace(facts, raised=Raise(Level.of(survives.level), by, now))


def merge_or_part(file: CaseFile, way: Transition, answers: Answers, by: UUID) -> None:
    """What a move does to the other case: closed as a duplicate, or opened again."""
    if answers[moving.OUTCOME] == moving.DUPLICATE:
        _merge(file, answers, by)
    elif way.source == _CLOSED:
        _part(file, answers[moving.NEWS] or "")


def _merge(file: CaseFile, answers: Answers, by: UUID) -> None:
    reader, session = file.reader, file.session
    row = other_case(reader, session, answers[moving.SAME_AS] or "", than=file.row.id)
    if row is None:  # the move was checked in this transaction
        raise UnknownCase
    with opened_in(session, reader, row.ref, "merged", now=file.now) as other:
        why = _told(answers[moving.WHY] or "", file, other)
        both.put(file, other, _link(file, other, why, by))
        _keep_the_first(other, _stands(file))


def _told(words: str, *files: CaseFile) -> str:
    """The words as both cases may show them: none where only trained handlers read a step's."""
    return "" if any(file.facts.needs_trained_reader for file in files) else words


def _link(file: CaseFile, other: CaseFile, why: str, by: UUID) -> Link:
    return Link(
        id=uuid4(),
        case=file.row.id,
        other=other.row.id,
        kind=MERGED,
        twin=uuid4(),
        by=by,
        at=file.now,
        why=why,
        side=MERGED_IN,
        came=Came(file.facts.received_at, other.facts.received_at),
    )


def _stands(file: CaseFile) -> Stood:
    level = settled(Level.of(file.row.level), file.facts, file.now).level
    return Stood(file.facts.received_at, level.code)


def _keep_the_first(file: CaseFile, merged: Stood) -> None:
    """Let the case hold from the earlier arrival on, at the higher urgency."""
    facts = no_less_urgent(file.facts, merged, by=file.reader.handle, now=file.now)
    file.keep(replace(file.kept, facts=facts))
    file.row.hour = hour(facts.received_at)


def _part(file: CaseFile, why: str) -> None:
    """What is opened again goes its own way; the other case learns of it where that opens."""
    why = _told(why, file)
    for link in _standing(file, MERGED_IN):
        end(file, link, why)
        row = file.session.get_one(CaseRow, link.other)
        with (
            suppress(UnknownCase),
            opened_in(file.session, file.reader, row.ref, "parted", now=file.now) as other,
        ):
            for twin in _standing(other, GOES_ON):
                if twin.id == link.twin:
                    end(other, twin, _told(why, other))


def end(file: CaseFile, link: Link, why: str) -> None:
    """End this side of a link; after a merging the case has its own arrival again.

    Its urgency stays: what two decide lowers it, never the machine (6.6, invariant 7).
    """
    both.end(file, link, why)
    if link.side == GOES_ON:
        came = _own_arrival(file)
        file.change_facts(received_at=came)
        file.row.hour = hour(came)


def _own_arrival(file: CaseFile) -> datetime:
    """The earliest of when the case itself came, and those that are merged into it still."""
    found = [it for it in link_boxes.of_case(file.session, file.keys) if it.side == GOES_ON]
    came = [(link.came, link.stands) for link in found if link.came]
    itself = max(one.going_on for one, _stands in came)  # earlier ones counted what was merged
    return min([itself, *(one.merged for one, stands in came if stands)])


def _standing(file: CaseFile, side: str) -> tuple[Link, ...]:
    links = link_boxes.of_case(file.session, file.keys)
    return tuple(link for link in links if link.side == side and link.stands)
