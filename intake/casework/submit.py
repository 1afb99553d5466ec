"""Taking a report in: one transaction, and the same return code however often it is sent."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.casework import arrival, log, notices
from intake.casework.arrival import Arrival
from intake.casework.codec import encode
from intake.casework.consents import CONTACT, Change, standing
from intake.casework.errors import ExpiredCode, StorageBusy
from intake.casework.files.owning import handed_over
from intake.casework.incoming import Report
from intake.casework.mail_entries import entries
from intake.casework.receipts import Receipt, read_once, write_once
from intake.casework.reporter_writes import Writer, add_to_case
from intake.casework.service import Service
from intake.form.compartments import Compartment
from intake.form.pages import CONTACT as CONTACT_PAGE
from intake.form.people import CONSENT_CONTACT
from intake.form.questionnaire import VERSION
from intake.store.adding import add
from intake.store.tables import MailboxRow
from intake.triage import Facts, triage
from intake.vault import (
    CodeKeys,
    Once,
    Slot,
    box_mail_key,
    code_keys,
    format_code,
    open_mail_key,
    return_code,
)


def submit(
    service: Service,
    report: Report,
    *,
    once: str,
    besides: Callable[[Session], None] | None = None,
) -> Receipt:
    """Store `report` and return its receipt; sent again, the receipt alone.

    The same `once` with other words adds them to the case. `besides` is done in the
    transaction that stores the report, or once it is known that everything is stored already.
    Raises `ExpiredCode` when the conversation of that `once` is gone, `StorageFull`,
    `StorageBusy`, `vault.BusyError`, what `besides` raises, `ValueError` when `once` is none.
    """
    code = return_code(read_once(once))
    keys = code_keys(code, service.keys.site_salt)
    try:
        _store(service, report, arrival.prepare(report, service.pins()), keys, besides)
    except IntegrityError:
        # Nearly always the same form again: its look-up is there, and nothing was stored now.
        received = _repeat(service, report, keys, once=read_once(once))
        if besides is not None:
            with service.writing() as session:
                besides(session)
        return Receipt(format_code(code), received)
    return Receipt(format_code(code), report.received_at)


def submit_anew(
    service: Service,
    report: Report,
    *,
    once: str,
    besides: Callable[[Session], None] | None = None,
) -> tuple[str, Receipt]:
    """As `submit`; where what `once` opened is gone for good, a report of its own.

    Returns the `once` by which it is known, the same however often it is sent. Raises as
    `submit`, but never `ExpiredCode`.
    """
    try:
        return once, submit(service, report, once=once, besides=besides)
    except ExpiredCode:
        after = write_once(Once(read_once(once).derive("once after", digest(report)).raw))
        return submit_anew(service, report, once=after, besides=besides)


def sent_before(service: Service, once: str, *, now: datetime) -> Receipt | None:
    """The receipt of a form that was sent under this `once`; None when none was.

    Raises `StorageBusy`, `vault.BusyError`.
    """
    code = return_code(read_once(once))
    keys = code_keys(code, service.keys.site_salt)
    if (earlier := _earlier(service, keys)) is None:
        return None
    return Receipt(format_code(code), _received(service, earlier, keys) or now)


def _earlier(service: Service, keys: CodeKeys) -> MailboxRow | None:
    with service.reading() as session:
        row = session.scalar(select(MailboxRow).where(MailboxRow.look_up == keys.look_up))
        if row is not None:
            session.expunge(row)
        return row


def _store(
    service: Service,
    report: Report,
    fresh: Arrival,
    keys: CodeKeys,
    besides: Callable[[Session], None] | None,
) -> None:
    with service.writing() as session:
        add(session, [*fresh.rows, _mailbox(service, report, fresh, keys)])
        handed_over(session, report.answers, fresh.case.id)
        by, at = report.filed_by, report.received_at
        log.append(session, service, "received", by=by, case=fresh.case, now=at)
        if fresh.case.level in notices.TOLD_AT_ONCE and not fresh.case.automated:
            notices.announce(session, service, now=report.received_at, level=fresh.case.level)
        if besides is not None:
            besides(session)


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
        raise ExpiredCode
    mail_key, first = open_mail_key(keys.key, earlier.key_box, case=earlier.case_id)
    if first != digest(report):
        facts, writer = report.facts(), Writer(earlier.case_id, mail_key)
        add_to_case(
            service,
            writer,
            "information",
            _as_addition(report, facts),
            # Under `once`, so that no row shows whether somebody guesses the words.
            id_=UUID(bytes=once.derive("addition", digest(report)).raw[:16], version=4),
            trained_only=facts.needs_trained_reader,
            level=triage(facts, report.received_at).level,
            now=report.received_at,
            change=Change(report.received_at, report.given[1:]),  # it was kept before
        )
        _take_back_contact(service, report, writer, once=once)
    return _received(service, earlier, keys) or report.received_at


def _take_back_contact(service: Service, report: Report, writer: Writer, *, once: Once) -> None:
    """What was allowed on the urgent page stands ticked on the form's: unticked, it ends.

    An addition of its own, which counts whoever may read the words.
    """
    now = report.received_at
    is_unticked = CONTACT_PAGE in report.passed and not report.answers[CONSENT_CONTACT]
    with service.reading() as session:
        allowed = standing(entries(session, writer.case_id, writer.mail_key), now)
    if is_unticked and CONTACT in allowed:
        id_ = UUID(bytes=once.derive("no contact", digest(report)).raw[:16], version=4)
        change = Change(now, withdrawn=(CONTACT,))
        add_to_case(service, writer, "consent", {}, id_=id_, change=change, now=now)


def _as_addition(report: Report, facts: Facts) -> dict[str, object]:
    # The words that open to every coordinator do not name the pages about sexual violence.
    way = report.way_through(Compartment.ACCOUNT)
    if facts.needs_trained_reader:
        way = {"passed": list(report.passed), "skipped": list(report.skipped)}
    return {
        "answers": report.answers.to_json(),
        "language": report.language,
        "questionnaire": VERSION,
        **way,
    }


def _received(service: Service, earlier: MailboxRow, keys: CodeKeys) -> datetime | None:
    """When the first report came; None when its conversation is gone."""
    if earlier.key_box is None:
        return None
    mail_key, _first = open_mail_key(keys.key, earlier.key_box, case=earlier.case_id)
    with service.reading() as session:
        return entries(session, earlier.case_id, mail_key)[0].at
