"""How much room there is for a file, and whose it becomes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID, uuid4

from intake.casework.draft_visits import open_visit
from intake.casework.files.arriving import FileRefused, Room, demand_room
from intake.casework.mailbox import opened
from intake.casework.service import Service
from intake.form.answers import Answers
from intake.form.files import attached
from intake.store import files
from intake.store.tables import BlobRow
from intake.vault import draft_id


def in_draft(service: Service, visit: str, others: Answers, *, now: datetime) -> Room:
    """Room for one file beside those of `others`; `SessionEnded` when the visit is over."""
    owner = draft_id(open_visit(service, visit, now=now).once)
    sent = sum(one.manifest.length for one in attached(others))
    left = service.settings.report_files_bytes - sent
    most = max(0, min(service.settings.file_bytes, left))
    return Room(most, partial(_begin, service, owner))


def behind_code(service: Service, visit: str, *, now: datetime) -> Room:
    """Room for a file beside those of a report; `SessionEnded` when the visit is over.

    It is the case's once the words that it comes with are sent, and nobody's until then, so
    that the sweep takes what was never sent.
    """
    case = opened(service, visit, now=now).case_id
    with service.reading() as session:
        left = service.settings.report_files_bytes - files.bytes_of(session, case)
    most = max(0, min(service.settings.file_bytes, left))
    return Room(most, partial(_begin, service, uuid4()))


def _refuse(_file: UUID) -> None:
    raise FileRefused("gone")


NOWHERE: Final = Room(2**63, _refuse)
"""For a file that nobody asked for, or that comes when its report is closed."""


def _begin(service: Service, owner: UUID, file: UUID) -> None:
    """Know of a file that begins to arrive; `FileRefused` where there is no room for any."""
    demand_room(service)
    with service.writing() as session:
        session.add(BlobRow(file, owner, 0, 0))
