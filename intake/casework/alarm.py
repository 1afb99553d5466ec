"""What was changed in a case behind the program's back, as far as a reader's keys tell."""

from datetime import datetime
from hmac import compare_digest

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import log, mail_entries, state
from intake.casework.mail_entries import REPORTER
from intake.casework.service import Service
from intake.casework.splitting import link_boxes
from intake.store.tables import AdditionRow, CaseRow
from intake.vault import CaseKeys, Key, Slot, addition_mac


def differences(
    session: Session, service: Service, row: CaseRow, keys: CaseKeys, *, now: datetime
) -> tuple[str, ...]:
    """A word for each kind of thing that is not as it was left; empty when all is well."""
    found = [*state.differences(session, row, keys[Slot.STATE], now=now)]
    if not log.is_as_logged(session, service, row):
        found.append("log")
    if Slot.MAIL in keys:
        if mail_entries.is_damaged(session, row.id, keys[Slot.MAIL]):
            found.append("message")
        if _are_additions_damaged(session, row, keys):
            found.append("addition")
    if link_boxes.is_damaged(session, keys):
        found.append("link")
    return tuple(dict.fromkeys(found))


def is_vouched_for(row: AdditionRow, mail_key: Key) -> bool:
    """Whether an addition came from who holds the return code, and is as it came."""
    return compare_digest(row.mac, addition_mac(mail_key, row.box))


def _are_additions_damaged(session: Session, row: CaseRow, keys: CaseKeys) -> bool:
    """Whether one was changed, or is gone that the conversation names and nobody took in."""
    mail_key = keys[Slot.MAIL]
    waiting = session.scalars(select(AdditionRow).where(AdditionRow.case_id == row.id)).all()
    if not all(is_vouched_for(addition, mail_key) for addition in waiting):
        return True
    said = mail_entries.entries(session, row.id, mail_key)
    expected = {entry.id for entry in said if entry.author == REPORTER}
    known = {addition.id for addition in waiting} | state.taken_in(row, keys[Slot.STATE])
    return bool(expected - known)
