"""Sending a filing: its draft becomes a report, and who filed it follows the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.draft_sending import send_draft
from intake.casework.drafts import NOTHING, draft_in, row_of
from intake.casework.errors import StorageBusy, StorageFull, UnknownCase
from intake.casework.filings import following
from intake.casework.filings.beginning import name_in, visit_of
from intake.casework.filings.kept import KIND, Filing, Followed, SentFile, Told, filing, keep
from intake.casework.mail_entries import entries
from intake.casework.reader import Reader
from intake.casework.receipts import read_once
from intake.casework.team import papers
from intake.form.acting import AUTHORITY_DOC, AUTHORITY_UNTIL
from intake.form.carrying import carried
from intake.form.draft import Draft
from intake.form.files import attached
from intake.form.journey import asked_steps, to_send
from intake.form.questionnaire import SECTIONS
from intake.form.recording import CHANNEL
from intake.store.tables import CaseRow, MailboxRow
from intake.vault import BusyError, code_keys, open_mail_key, return_code

BY_ACCOUNT: Final = "web_form"
UNSAID: Final = "other"


def send(
    reader: Reader,
    known: Filing,
    *,
    language: str,
    words: Mapping[str, str],
    now: datetime,
) -> Filing:
    """Send what the draft of this filing tells; sent again, the same filing as it was sent.

    Raises `NothingToSend`, `SessionEnded` where the draft has expired, and as `submit`.
    """
    if known.is_sent:
        return known
    service = reader.service
    with service.reading() as session:
        draft = draft_in(row_of(session, read_once(known.once)), read_once(known.once))
    if draft != NOTHING:
        known = _with_told(reader, known, draft, language)
    send_draft(
        service,
        visit_of(reader, known, now=now),
        language=language,
        now=now,
        channel=_channel(known, draft),
        words=words,
        filed_by=reader.member,
    )
    try:
        return settled(reader, known, now=now)
    except (BusyError, StorageBusy, StorageFull):  # it is sent; the next look makes up for it
        return known


def _channel(known: Filing, draft: Draft) -> str:
    """How it came to us: as staff say, or through the form of whoever has an account."""
    return (draft.answers[CHANNEL] or UNSAID) if known.is_recorded else BY_ACCOUNT


def settled(reader: Reader, known: Filing, *, now: datetime) -> Filing:
    """The filing as it stands once its draft is gone: sent, or unchanged where it expired.

    Whatever was cut off between the sending and this is made up for here.
    """
    if known.is_sent or known.told is None or not known.once:
        return known
    with reader.service.reading() as session:
        if row_of(session, read_once(known.once)) is not None:
            return known
    followed = _followed(reader, known)
    if followed is None:
        return known
    with reader.service.writing() as session:
        stands = filing(reader, session, known.id)
        if not stands.is_sent:
            keep(reader, session, replace(stands, followed=followed))
            if not stands.is_recorded:
                following.begin(session, reader, followed, known.id, reader.handle, now)
    with reader.service.reading() as session:
        return filing(reader, session, known.id)


def handed_over(reader: Reader, known: Filing) -> None:
    """Keep the code no more: it was handed over, or is not wanted.

    With it goes all of what was recorded at the desk, where the case itself opens.
    """
    with reader.service.writing() as session:
        stands = filing(reader, session, known.id)
        if stands.is_sent and stands.is_recorded:
            papers.take_out(session, KIND, stands.id)
        elif stands.is_sent and stands.once:
            keep(reader, session, replace(stands, once=""))


def forget(reader: Reader, known: Filing) -> None:
    """Forget a filing whose draft was deleted or has expired; one that was sent stays."""
    with reader.service.writing() as session:
        if not filing(reader, session, known.id).is_sent:
            papers.take_out(session, KIND, known.id)


def _with_told(reader: Reader, known: Filing, draft: Draft, language: str) -> Filing:
    told, name = told_of(draft, language), name_in(draft) or known.name
    if (known.told, known.name) == (told, name):
        return known
    with reader.service.writing() as session:
        stands = filing(reader, session, known.id)
        keep(reader, session, replace(stands, told=told, name=name))
        return filing(reader, session, known.id)


def told_of(draft: Draft, language: str) -> Told:
    """What the member may still know once this draft is sent."""
    answers = to_send(draft)
    asked = {step.slug for step in asked_steps(draft.answers)} & {*draft.passed}
    until = answers[AUTHORITY_UNTIL]
    return Told(
        tuple(s.slug for s in SECTIONS if any(step.slug in asked for step in s.steps)),
        tuple(
            SentFile(one.manifest.name, one.manifest.length, one.manifest.sha256)
            for one in attached(answers)
        ),
        answers[AUTHORITY_DOC] or (),
        str(until) if until else "",
        language,
        carried(draft),
    )


def next_of(reader: Reader, known: Filing) -> Draft:
    """What the report of the next client from the same place begins with.

    Raises `UnknownCase` where she was only let in.
    """
    if known.is_sent and known.told is not None:
        return known.told.next
    if not known.once:
        raise UnknownCase
    with reader.service.reading() as session:
        return carried(draft_in(row_of(session, read_once(known.once)), read_once(known.once)))


def _followed(reader: Reader, known: Filing) -> Followed | None:
    """What the code of this filing opens, now that it was sent; None where nothing was."""
    service = reader.service
    keys = code_keys(return_code(read_once(known.once)), service.keys.site_salt)
    with service.reading() as session:
        row = session.scalar(select(MailboxRow).where(MailboxRow.look_up == keys.look_up))
        if row is None or row.key_box is None:
            return None
        mail_key, _digest = open_mail_key(keys.key, row.key_box, case=row.case_id)
        at = entries(session, row.case_id, mail_key)[
            0
        ].at  # not of this look, which may be late
        return Followed(row.case_id, _ref(session, row), mail_key, at, at)


def _ref(session: Session, row: MailboxRow) -> str:
    return session.get_one(CaseRow, row.case_id).ref
