"""Drafts: what is typed and not sent yet, opened by its browser or its return code alone.

The key of a draft follows from `once`, which is in the browser's cookie and, once the draft is
saved, under the return code. Nobody else can open it, nor tell whose it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy.orm import Session

from intake.casework.codec import decode, encode
from intake.casework.draft_visits import (
    DraftVisit,
    any_visit,
    begun,
    open_visit,
    renewed,
    visit_text,
)
from intake.casework.errors import DraftTooLong, SessionEnded
from intake.casework.receipts import SHOWN_FOR, read_once
from intake.casework.room import leave_the_reserve
from intake.casework.service import Service
from intake.form.draft import Draft
from intake.form.questionnaire import VERSION
from intake.store.tables import DraftRow
from intake.vault import (
    Once,
    box_draft,
    box_once,
    code_keys,
    draft_id,
    draft_key,
    format_code,
    open_draft,
    return_code,
)

MOST_BYTES: Final = 512 * 1024
MOST_TO_SEND: Final = MOST_BYTES + 64 * 1024
"""A full draft may still grow when it is made ready to be sent."""
NOTHING: Final = Draft()


@dataclass(frozen=True)
class OpenDraft:
    """What a browser may see of its draft, and until which day (UTC) it is kept."""

    draft: Draft = field(repr=False)
    is_saved: bool
    kept_until: date
    code_shown_until: datetime | None


@dataclass(frozen=True)
class SavedDraft:
    """What the browser keeps from now on, the return code in groups of four, the last day."""

    visit: str = field(repr=False)
    code: str = field(repr=False)
    kept_until: date


def begin_draft(service: Service, *, once: str, now: datetime, draft: Draft = NOTHING) -> str:
    """Cookie text for a form that was born with `once`; `draft` is what it begins with.

    What was typed under the same `once` before stays. Raises `ValueError` when `once` is
    none, and as `change_draft`.
    """
    visit = visit_text(service, begun(service, read_once(once), now=now))
    if draft != NOTHING:
        change_draft(service, visit, partial(_begun_with, first=draft), now=now)
    return visit


def begin_filed_draft(
    service: Service, session: Session, *, once: str, now: datetime, draft: Draft = NOTHING
) -> None:
    """Store what a member's filing begins with; what was typed under its `once` stays.

    Raises `ValueError` when `once` is none, `DraftTooLong`, `StorageFull`.
    """
    visit = begun(service, read_once(once), now=now, is_filed=True)
    if row_of(session, visit.once) is None:
        _stored(service, session, None, visit, draft, now)


def read_draft(service: Service, visit: str, *, now: datetime) -> OpenDraft:
    """What was typed so far, nothing where nothing is stored; `SessionEnded`, `StorageBusy`."""
    opened = open_visit(service, visit, now=now)
    with service.reading() as session:
        return _shown(service, opened, row_of(session, opened.once), now)


def change_draft(
    service: Service,
    visit: str,
    how: Callable[[Draft], Draft],
    *,
    now: datetime,
    most: int = MOST_BYTES,
) -> OpenDraft:
    """Store what `how` makes of the draft, as one step that no other change comes between.

    Raises `SessionEnded`, `DraftTooLong`, `StorageFull`, `StorageBusy` and what `how` raises;
    then everything stays as it was. The disk's reserve is full for a new draft alone.
    """
    opened = open_visit(service, visit, now=now)
    with service.writing() as session:
        row = row_of(session, opened.once)
        if row is None and opened.is_saved:  # sent or deleted in another browser meanwhile
            raise SessionEnded
        before = draft_in(row, opened.once)
        if (draft := how(before)) != before:
            row = _stored(service, session, row, opened, draft, now, most=most)
        if row is not None:
            row.day = max(row.day, _last_day(service, row, opened, now))
        return _shown(service, opened, row, now)


def renewed_draft(service: Service, visit: str, *, now: datetime) -> str:
    """The same visit, with the idle time starting again; `SessionEnded`, `StorageBusy`."""
    opened = renewed(service, open_visit(service, visit, now=now), now=now)
    last = opened.until.date()
    with service.reading() as session:
        row = row_of(session, opened.once)
    if row is not None and row.day < last:  # it must not go while somebody reads it
        with service.writing() as session:
            if (row := row_of(session, opened.once)) is not None:
                row.day = max(row.day, last)
    return visit_text(service, opened)


def save_draft(service: Service, visit: str, *, now: datetime) -> SavedDraft:
    """Keep the draft for who holds its return code; once more gives the same code.

    Raises `SessionEnded`, `StorageFull`, `StorageBusy`, `vault.BusyError`.
    """
    opened = open_visit(service, visit, now=now)
    code = return_code(opened.once)
    keys = code_keys(code, service.keys.site_salt)
    with service.writing() as session:
        row = row_of(session, opened.once)
        if row is None:
            row = _stored(service, session, row, opened, NOTHING, now)
        row.look_up = keys.look_up
        row.key_box = row.key_box or box_once(keys.key, opened.once, id=row.id)
        row.day = max(row.day, _last_day(service, row, opened, now))
        last = row.day
    was_written_down = opened.is_saved and opened.code_until is None
    shown_until = None if was_written_down else now + SHOWN_FOR
    saved = replace(opened, is_saved=True, code_until=shown_until)
    saved = renewed(service, saved, now=now)
    return SavedDraft(visit_text(service, saved), format_code(code), last)


def draft_code(service: Service, visit: str, *, now: datetime) -> str | None:
    """The return code in groups of four, for an hour after saving until it is written down."""
    opened = open_visit(service, visit, now=now)
    return format_code(return_code(opened.once)) if opened.shows_code(now) else None


def written_down(service: Service, visit: str) -> str:
    """The same visit, which shows the code no more; `SessionEnded` when it is none of ours."""
    return visit_text(service, replace(any_visit(service, visit), code_until=None))


def forget_draft(service: Service, visit: str) -> None:
    """Delete the draft, whether or not the visit is over; its code opens it no more.

    Raises `SessionEnded` when the visit is none of ours, `StorageFull`, `StorageBusy`.
    """
    _forget(service, any_visit(service, visit).once, even_saved=True)


def forget_unsaved_draft(service: Service, visit: str) -> None:
    """Delete the draft unless its return code brings it back; as `forget_draft`."""
    _forget(service, any_visit(service, visit).once, even_saved=False)


def row_of(session: Session, once: Once) -> DraftRow | None:
    """The row of the draft that was born with `once`."""
    return session.get(DraftRow, draft_id(once))


def draft_in(row: DraftRow | None, once: Once) -> Draft:
    """What the row holds, nothing where there is none."""
    if row is None:
        return NOTHING
    opened = open_draft(draft_key(once), row.box, id=row.id, revision=row.revision)
    return Draft.from_json(decode(opened)["draft"])


def _begun_with(typed: Draft, *, first: Draft) -> Draft:
    return first if typed == NOTHING else typed


def _stored(  # noqa: PLR0913 - what is stored, where, and how much of it
    service: Service,
    session: Session,
    row: DraftRow | None,
    visit: DraftVisit,
    draft: Draft,
    now: datetime,
    *,
    most: int = MOST_BYTES,
) -> DraftRow:
    once = visit.once
    content = encode({"questionnaire": VERSION, "draft": draft.to_json()})
    if len(content) > most:
        raise DraftTooLong
    revision = 1 if row is None else row.revision + 1
    box = box_draft(draft_key(once), content, id=draft_id(once), revision=revision)
    if row is None:
        leave_the_reserve(service.settings)
        row = DraftRow(draft_id(once), box, _last_day(service, None, visit, now))
        session.add(row)
    row.box, row.revision = box, revision
    return row


def _last_day(service: Service, row: DraftRow | None, visit: DraftVisit, now: datetime) -> date:
    if visit.is_filed:
        return now.date() + timedelta(days=service.settings.filing_days)
    is_saved = row is not None and row.look_up is not None
    return now.date() + timedelta(days=service.settings.draft_days if is_saved else 1)


def _shown(
    service: Service, visit: DraftVisit, row: DraftRow | None, now: datetime
) -> OpenDraft:
    return OpenDraft(
        draft_in(row, visit.once),
        is_saved=row is not None and row.look_up is not None,
        kept_until=_last_day(service, None, visit, now) if row is None else row.day,
        code_shown_until=visit.code_until if visit.shows_code(now) else None,
    )


def _forget(service: Service, once: Once, *, even_saved: bool) -> None:
    with service.reading() as session:
        if row_of(session, once) is None:
            return
    with service.writing() as session:
        row = row_of(session, once)
        if row is not None and (even_saved or row.look_up is None):
            session.delete(row)
