"""Telling colleagues that something waits for a second, and who asked what became of it.

A notice names the act by its code and the case by its reference, and nothing that was said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from intake.casework import account_notices, notices
from intake.casework.case_file import CaseFile
from intake.casework.work.deciding import deciders
from intake.casework.work.proposals import Kept

ASKED: Final = "proposal_made"
DONE: Final = "proposal_done"
REFUSED: Final = "proposal_not_agreed"


def ask(file: CaseFile, kept: Kept) -> None:
    """Tell everybody who could decide it; a mail goes where a new report would send one."""
    told = deciders(file, beside=kept.by, trained=kept.hides)
    _tell(file, told, ASKED, _about(file, kept))
    if file.row.level in notices.TOLD_AT_ONCE and not file.row.automated:
        _call(file, told)


def answer(file: CaseFile, kept: Kept, *, agrees: bool) -> None:
    """Tell who asked for it; of a case that was erased just now not which one it was."""
    about = _about(file, kept)
    if file.act == "erased":
        del about["ref"]
    _tell(file, {kept.by}, DONE if agrees else REFUSED, about)


def _about(file: CaseFile, kept: Kept) -> dict[str, object]:
    deed = kept.deed
    names = {"handle": file.reader.handle, "ref": file.row.ref}
    return {**names, "action": deed.action, "code": deed.code}


def _tell(
    file: CaseFile, members: Collection[UUID], kind: str, about: Mapping[str, object]
) -> None:
    service = file.reader.service
    account_notices.tell(file.session, service, members, kind, about=about, now=file.now)


def _call(file: CaseFile, members: Collection[UUID]) -> None:
    """Those of them on duty; while none is, word waits for whoever is next."""
    session, service, level = file.session, file.reader.service, file.row.level
    told = [notices.tell(session, service, m, now=file.now, level=level) for m in members]
    if not any(told):
        notices.announce(session, service, now=file.now, level=level)
