"""The ledger of erasures: which cases were erased, so that no restore brings them back.

It also stands in a file, `erased.txt`, beside the database and beside each backup. A line is
a random id and a day, and tells nothing more.
"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake.casework import log
from intake.casework.service import Service
from intake.store.tables import (
    AdditionRow,
    BlobRow,
    CaseKeysRow,
    CaseRow,
    DocumentRow,
    ErasedRow,
    FacetsRow,
    LinkRow,
    MailboxRow,
    ProposalRow,
)
from intake.vault import Sealed

FILE: Final = "erased.txt"
ERASED: Final = "erased"


def erased(session: Session) -> dict[UUID, date]:
    """The erased cases and the day of each."""
    return {row.id: row.day for row in session.scalars(select(ErasedRow))}


def keep(service: Service, folder: Path) -> None:
    """Write the ledger to `folder`; what only the file there knows stays in it."""
    with service.reading() as session:
        entries = read(folder / FILE) | erased(session)
    draft = folder / f".{FILE}.part"
    draft.write_text("".join(f"{id_} {day}\n" for id_, day in sorted(entries.items())))
    draft.replace(folder / FILE)


def read(path: Path) -> dict[UUID, date]:
    """What a ledger's file says, nothing when there is none; `ValueError` when damaged."""
    if not path.exists():
        return {}
    pairs = (line.split() for line in path.read_text().splitlines())
    return {UUID(id_): date.fromisoformat(day) for id_, day in pairs}


def repeat(
    session: Session, service: Service, entries: Mapping[UUID, date], *, now: datetime
) -> int:
    """Erase again what is erased by `entries` and here is not; says how many."""
    known = erased(session)
    for id_ in entries.keys() - known.keys():
        session.add(ErasedRow(id=id_, day=entries[id_]))
    session.flush()
    rows = session.scalars(
        select(CaseRow).where(CaseRow.id.in_(entries), CaseRow.stage != ERASED)
    ).all()
    for row in rows:
        destroy(session, row)
        log.append(session, service, "erased_again", case=row, now=now)
    return len(rows)


def destroy(session: Session, case: CaseRow) -> None:
    """Take away every key and every box; number, level and dates stay."""
    session.execute(delete(BlobRow).where(BlobRow.owner == case.id))
    for table in (CaseKeysRow, DocumentRow, FacetsRow, AdditionRow, ProposalRow, LinkRow):
        session.execute(delete(table).where(table.case_id == case.id))
    session.execute(delete(LinkRow).where(LinkRow.other_id == case.id))
    session.execute(
        update(MailboxRow).where(MailboxRow.case_id == case.id).values(key_box=None)
    )
    case.stage, case.state_box = ERASED, Sealed(b"")
    case.may_rise_at = case.warn_at = case.holder = None
    case.version += 1
    session.flush()
