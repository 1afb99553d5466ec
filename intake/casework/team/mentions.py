"""Colleagues who are named in a note with an @: told of it, and of nothing that it says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import account_notices
from intake.casework.case_file import CaseFile
from intake.casework.case_rows import find, is_open_to
from intake.casework.errors import UnknownCase
from intake.casework.reader import Reader
from intake.casework.team.colleagues import Colleague, who_may_open
from intake.roles import Permission

MENTIONED: Final = "mentioned"
_NAMED: Final = re.compile(r"(?<![\w@])@([\w.-]+)")


@dataclass(frozen=True)
class Mention:
    """That somebody named the reader in a note of a case that she may open."""

    notice: UUID
    by: str
    at: datetime
    ref: str
    number: str | None


def handles_in(text: str) -> frozenset[str]:
    """The words after an @, without what ends a sentence."""
    return frozenset(word.rstrip(".-").casefold() for word in _NAMED.findall(text))


def tell(file: CaseFile, text: str) -> None:
    """Leave everybody named in `text` a notice who may open the case, but the writer."""
    told = [one.id for one in _named(file, text) if one.id != file.reader.member]
    about = {"handle": file.reader.handle, "ref": file.row.ref}
    service = file.reader.service
    account_notices.tell(file.session, service, told, MENTIONED, about=about, now=file.now)


def _named(file: CaseFile, text: str) -> Iterable[Colleague]:
    handles = handles_in(text)
    return [one for one in who_may_open(file) if one.handle in handles] if handles else []


def mentions(reader: Reader) -> tuple[Mention, ...]:
    """Where the reader was named and has not put it away, the newest first."""
    reader.demand(Permission.OPEN_CASE)
    told = [one for one in account_notices.notices(reader) if one.kind == MENTIONED]
    with reader.service.reading() as session:
        found = [_shown(session, reader, notice) for notice in told]
    return tuple(one for one in found if one is not None)


def _shown(
    session: Session, reader: Reader, notice: account_notices.AccountNotice
) -> Mention | None:
    """None for a case that is kept for others since."""
    about = notice.about
    try:
        row = find(session, str(about["ref"]))
    except UnknownCase:
        return None
    if not is_open_to(reader, session, row):
        return None
    return Mention(notice.id, str(about["handle"]), notice.at, row.ref, row.number)
