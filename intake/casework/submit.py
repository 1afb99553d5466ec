"""Taking a report in: one transaction, and the same return code however often it is sent."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from intake.casework import arrival, log, notices
from intake.casework.arrival import Arrival, Report
from intake.casework.codec import decode, encode, instant
from intake.casework.errors import StorageBusy
from intake.casework.mail_entries import entries
from intake.casework.reporter_writes import add_to_case
from intake.casework.service import Service
from intake.store.adding import add
from intake.store.tables import MailboxRow
from intake.triage import triage
from intake.vault import (
    CodeKeys,
    Once,
    Sealed,
    Slot,
    UnsealError,
    box_cookie,
    box_mail_key,
    code_keys,
    format_code,
    open_cookie,
    open_mail_key,
    return_code,
)

SHOWN_FOR = timedelta(hours=1)
_MOST_RECEIPTS = 4


@dataclass(frozen=True)
class Receipt:
    """The return code in groups of four, and when the report arrived."""

    code: str = field(repr=False)
    received_at: datetime


def new_once() -> str:
    """What a form is born with: 32 random bytes as text for a hidden field."""
    return base64.urlsafe_b64encode(Once.random().raw).decode().rstrip("=")


def read_once(text: str) -> Once:
    """The bytes behind `new_once`; `ValueError` for anything else."""
    return Once(base64.b64decode(text + "=", altchars=b"-_", validate=True))


def submit(service: Service, report: Report, *, once: str) -> Receipt:
    """Store `report` and return its receipt; sent again, the receipt alone.

    The same `once` with other words adds them to the case. Raises `StorageFull`,
    `StorageBusy`, `vault.BusyError`, and `ValueError` when `once` is none.
    """
    code = return_code(read_once(once))
    keys = code_keys(code, service.keys.site_salt)
    try:
        _store(service, report, arrival.prepare(report, service.pins()), keys)
    except IntegrityError:
        # Nearly always the same form again: its look-up is there, and nothing was stored now.
        received = _repeat(service, report, keys, once=read_once(once))
        return Receipt(format_code(code), received)
    return Receipt(format_code(code), report.received_at)


def receipt(once: str, *, received_at: datetime) -> Receipt:
    """The receipt of a form that was sent at `received_at`."""
    return Receipt(format_code(return_code(read_once(once))), received_at)


def _earlier(service: Service, keys: CodeKeys) -> MailboxRow | None:
    with service.reading() as session:
        row = session.scalar(select(MailboxRow).where(MailboxRow.look_up == keys.look_up))
        if row is not None:
            session.expunge(row)
        return row


def _store(service: Service, report: Report, fresh: Arrival, keys: CodeKeys) -> None:
    with service.writing() as session:
        add(session, [*fresh.rows, _mailbox(service, report, fresh, keys)])
        log.append(session, service, "received", case=fresh.case, now=report.received_at)
        if fresh.case.level in notices.TOLD_AT_ONCE and not fresh.case.automated:
            notices.announce(session, service, now=report.received_at, level=fresh.case.level)


def _mailbox(service: Service, report: Report, fresh: Arrival, keys: CodeKeys) -> MailboxRow:
    case_id = fresh.case.id
    return MailboxRow(
        case_id=case_id,
        look_up=keys.look_up,
        day=report.received_at.date() + timedelta(days=service.settings.mailbox_days),
        key_box=box_mail_key(keys.key, fresh.keys[Slot.MAIL], digest(report), case=case_id),
    )


def digest(report: Report) -> bytes:
    """SHA-256 of the answers, by which a repeated form is told from a changed one."""
    return hashlib.sha256(encode({"answers": report.answers.to_json()})).digest()


def _repeat(service: Service, report: Report, keys: CodeKeys, *, once: Once) -> datetime:
    """What was sent before stays; other words under the same `once` are added to it."""
    if (earlier := _earlier(service, keys)) is None:
        raise StorageBusy  # a random name was taken: the next try has another
    if earlier.key_box is None:
        return report.received_at
    mail_key, first = open_mail_key(keys.key, earlier.key_box, case=earlier.case_id)
    if first != digest(report):
        facts = report.facts()
        add_to_case(
            service,
            earlier.case_id,
            mail_key,
            "information",
            {"answers": report.answers.to_json()},
            # Under `once`, so that no row shows whether somebody guesses the words.
            id_=UUID(bytes=once.derive("addition", digest(report)).raw[:16], version=4),
            trained_only=facts.needs_trained_reader,
            level=triage(facts, report.received_at).level,
            now=report.received_at,
        )
    with service.reading() as session:
        return entries(session, earlier.case_id, mail_key)[0].at


def keep_receipts(service: Service, sent: Sequence[tuple[str, datetime]]) -> str:
    """Cookie text that brings the newest receipts back to the same browser."""
    content = {"sent": [[once, instant(at)] for once, at in sent[:_MOST_RECEIPTS]]}
    boxed = box_cookie(service.keys.server, encode(content), purpose="receipts")
    return base64.urlsafe_b64encode(boxed).decode()


def kept_receipts(
    service: Service, text: str, *, now: datetime
) -> tuple[tuple[str, datetime], ...]:
    """The receipts of the last hour, newest first; none when `text` is not ours."""
    try:
        boxed = Sealed(base64.b64decode(text, altchars=b"-_", validate=True))
        content = decode(open_cookie(service.keys.server, boxed, purpose="receipts"))
    except (ValueError, UnsealError):
        return ()
    sent = [(once, datetime.fromisoformat(at).astimezone(UTC)) for once, at in content["sent"]]
    return tuple((once, at) for once, at in sent if now - at <= SHOWN_FOR)
