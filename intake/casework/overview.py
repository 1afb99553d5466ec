"""What is known of a case without opening it, and what was changed in it meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from intake.casework import alarm
from intake.casework.case_rows import find, keys_of, newest_facts
from intake.casework.errors import UnknownCase
from intake.casework.facts_box import read_facts
from intake.casework.queue import row_of
from intake.casework.reader import Reader
from intake.casework.rows import Row
from intake.roles import Permission
from intake.store.tables import CaseRow
from intake.triage import Facts
from intake.vault import NotForYou, Ring, UnsealError


@dataclass(frozen=True)
class Overview:
    """What is known of a case without opening the report: codes, urgency, time.

    `differences` name what was changed behind the program's back.
    """

    row: Row
    version: int
    facts: Facts
    consents: tuple[str, ...]
    is_opened: bool
    differences: tuple[str, ...] = ()


def overview(reader: Reader, ref: str, *, now: datetime) -> Overview:
    """The case as far as the ring `facts` tells; `UnknownCase` for what she may not see."""
    reader.demand(Permission.OPEN_CASE)
    with reader.service.reading() as session:
        row = find(session, ref)
        try:
            ring = reader.ring(session, Ring.FACTS)
            kept = read_facts(newest_facts(session, row.id), ring)
        except (NotForYou, UnsealError):
            raise UnknownCase from None
        return Overview(
            row=row_of(reader, session, row, kept.facts, now=now),
            version=row.version,
            facts=_told_to(reader, kept.facts),
            consents=kept.consents,
            is_opened=row.stage != "received",
            differences=_differences(reader, session, row, now),
        )


def _differences(
    reader: Reader, session: Session, row: CaseRow, now: datetime
) -> tuple[str, ...]:
    try:
        keys = keys_of(reader, session, row, boxes=False)
    except NotForYou:
        return ()  # what she may not open she cannot compare
    except UnsealError:
        return ("keys",)
    return alarm.differences(session, reader.service, row, keys, now=now)


def _told_to(reader: Reader, facts: Facts) -> Facts:
    """The facts without what only a trained handler may know (E11)."""
    return facts if reader.is_trained else facts.without_sexual_violence()
