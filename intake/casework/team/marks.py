"""What the team has put on a case: its tags, and until when it is put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.casework.case_rows import find, is_open_to, newest_facts
from intake.casework.errors import UnknownCase
from intake.casework.facts_box import read_facts
from intake.casework.reader import Reader
from intake.casework.team.tags import Tag, tags
from intake.roles import Permission
from intake.vault import NotForYou, Ring, UnsealError


@dataclass(frozen=True)
class Marks:
    """The tags that a case carries, all there are, and until when it is put off."""

    carried: tuple[Tag, ...]
    known: tuple[Tag, ...]
    snoozed_until: datetime | None


def marks(reader: Reader, ref: str) -> Marks:
    """The marks of a case; `UnknownCase` for one that she may not open."""
    reader.demand(Permission.OPEN_CASE)
    with reader.service.reading() as session:
        row = find(session, ref)
        if not is_open_to(reader, session, row):
            raise UnknownCase
        sealed = newest_facts(session, row.id)
        try:
            kept = read_facts(sealed, reader.ring_at(session, Ring.FACTS, sealed.generation))
        except (NotForYou, UnsealError):
            raise UnknownCase from None
    known = tags(reader)
    carried = tuple(tag for tag in known if tag.key in kept.tags)
    return Marks(carried, known, kept.snoozed_until)
