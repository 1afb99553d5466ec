"""The conversation behind a return code."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.codec import decode, encode, instant, moment
from intake.casework.consents import Standing, standing
from intake.casework.draft_visits import PAGE_NAMES
from intake.casework.errors import ExpiredCode, SessionEnded, UnknownCode
from intake.casework.mail_entries import Entry, entries
from intake.casework.receipts import read_once
from intake.casework.reporter_writes import Writer, add_to_case
from intake.casework.service import Service
from intake.store.tables import MailboxRow
from intake.vault import (
    CodeKeys,
    Key,
    Sealed,
    UnsealError,
    box_cookie,
    code_keys,
    open_cookie,
    open_mail_key,
    read_code,
)

KINDS = ("message", "information", "withdrawal", "erasure")
RECEIVED = "received"


@dataclass(frozen=True)
class Visit:
    """A browser that gave the right code: what opens the mailbox until it is closed.

    Where a lawyer follows, `by` is her handle, and `key` that of the conversation itself.
    """

    case_id: UUID
    key: Key = field(repr=False)
    began: datetime
    by: str = ""


@dataclass(frozen=True)
class Conversation:
    """What the reporter sees: where the case stands, what she allows, and every entry.

    Entries stand oldest first, without those that she removed. `stage` is the last that she
    was told: a proxy is not told every one (E14).
    """

    stage: str
    received_at: datetime
    expires_on: date
    entries: tuple[Entry, ...] = field(repr=False)
    allowed: Mapping[str, Standing] = field(repr=False)

    @property
    def is_withdrawn(self) -> bool:
        return any(entry.kind == "withdrawal" for entry in self.entries)

    @property
    def is_erasure_asked(self) -> bool:
        return any(entry.kind == "erasure" for entry in self.entries)

    @property
    def is_followed(self) -> bool:
        """Whether a lawyer follows it without the code."""
        ended = {entry.about for entry in self.entries if entry.kind == "following_ended"}
        began = {entry.about for entry in self.entries if entry.kind == "following"}
        return bool(began - ended)

    def entry(self, id_: UUID) -> Entry | None:
        """The entry with this id; None where there is none, or where it was removed."""
        return next((entry for entry in self.entries if entry.id == id_), None)

    def is_answered(self, entry: Entry) -> bool:
        """Whether the questions of `entry` were answered."""
        return any(other.about == entry.id for other in self.entries)


def enter(service: Service, typed: str, *, now: datetime) -> str:
    """Cookie text that opens the mailbox of the code that was typed.

    Raises `vault.CodeError` before any stretching, `UnknownCode`, `ExpiredCode`,
    `vault.BusyError`.
    """
    keys = code_keys(read_code(typed), service.keys.site_salt)
    with service.reading() as session:
        return entered(service, session, keys, now=now)


def entered(service: Service, session: Session, keys: CodeKeys, *, now: datetime) -> str:
    """Cookie text that opens the mailbox of these keys; `UnknownCode`, `ExpiredCode`."""
    row = session.scalar(select(MailboxRow).where(MailboxRow.look_up == keys.look_up))
    if row is None:
        raise UnknownCode
    if row.key_box is None or row.day < now.date():
        raise ExpiredCode
    return _pass_text(service, Visit(row.case_id, keys.key, now), now)


def followed_pass(
    service: Service, case: UUID, mail_key: Key, handle: str, *, now: datetime
) -> str:
    """The same for a lawyer who holds the key of the conversation instead of its code.

    Raises `SessionEnded` where the conversation is over: it has expired, or was erased.
    """
    visit = Visit(case, mail_key, now, handle)
    with service.reading() as session:
        _open(session, visit, now)
    return _pass_text(service, visit, now)


def renewed_pass(service: Service, text: str, *, now: datetime) -> str:
    """The same visit, with the idle time starting again; `SessionEnded` when it is over."""
    return _pass_text(service, _visit(service, text, now), now)


def conversation(service: Service, text: str, *, now: datetime) -> Conversation:
    """Everything that the code opens; `SessionEnded` when the visit is over."""
    visit = _visit(service, text, now)
    with service.reading() as session:
        row, mail_key = _open(session, visit, now)
        said = entries(session, row.case_id, mail_key)
    removed = {entry.about for entry in said if entry.kind == "dismissal"}
    shown = tuple(e for e in said if e.kind != "dismissal" and e.id not in removed)
    stage = [entry.stage for entry in said if entry.kind == "stage" and entry.stage][-1:]
    where = stage[0] if stage else RECEIVED
    return Conversation(where, said[0].at, row.day, shown, standing(said, now))


def opened(service: Service, text: str, *, now: datetime) -> Writer:
    """The case and the mail key of a visit, and whose it is; `SessionEnded` when it is over."""
    visit = _visit(service, text, now)
    with service.reading() as session:
        _, mail_key = _open(session, visit, now)
    return Writer(visit.case_id, mail_key, visit.by)


def named(once: str, case_id: UUID, said: bytes) -> UUID:
    """The id that the same form with the same words always gets.

    Other words under the same `once` are another entry: none of them may be lost.
    """
    digest = hashlib.sha256(read_once(once).raw + case_id.bytes + said).digest()
    return UUID(bytes=digest[:16], version=4)


def write(  # noqa: PLR0913 - what is said, and by which form
    service: Service,
    text: str,
    words: str,
    *,
    kind: str,
    once: str,
    now: datetime,
    trained_only: bool = False,
) -> None:
    """Add a message, information, or the wish to take the report back or to have it deleted.

    Once for each `once`. Information may be `trained_only`: for a specially trained person,
    and so is what follows.
    """
    if kind not in KINDS:
        raise ValueError("A reporter writes a message, information or a wish.")
    writer = opened(service, text, now=now)
    add_to_case(
        service,
        writer,
        kind,
        {"text": words, "wishes_trained": trained_only},
        id_=named(once, writer.case_id, f"{kind}\0{trained_only:d}\0{words}".encode()),
        trained_only=trained_only,
        now=now,
    )


def _open(session: Session, visit: Visit, now: datetime) -> tuple[MailboxRow, Key]:
    row = session.get(MailboxRow, visit.case_id)
    if row is None or row.key_box is None or row.day < now.date():
        raise SessionEnded
    if visit.by:
        return row, visit.key
    return row, open_mail_key(visit.key, row.key_box, case=visit.case_id)[0]


def _pass_text(service: Service, visit: Visit, now: datetime) -> str:
    until = now + timedelta(hours=service.settings.public_idle_hours)
    key = base64.b64encode(visit.key.raw).decode()
    content = {
        "case": visit.case_id.hex,
        "key": key,
        "until": instant(until),
        "began": instant(visit.began),
        "by": visit.by,
    }
    boxed = box_cookie(service.keys.server, encode(content), purpose="mailbox")
    return base64.urlsafe_b64encode(boxed).decode()


def page_key_behind_code(service: Service, text: str) -> bytes | None:
    """What the pages of the form are named by in addresses; as `page_key` of a draft."""
    try:
        return _any_visit(service, text)[0].key.derive(PAGE_NAMES).raw
    except SessionEnded:
        return None


def _visit(service: Service, text: str, now: datetime) -> Visit:
    visit, until = _any_visit(service, text)
    longest = timedelta(hours=service.settings.absolute_hours)
    if now > min(until, visit.began + longest):
        raise SessionEnded
    return visit


def _any_visit(service: Service, text: str) -> tuple[Visit, datetime]:
    """The visit whether or not it is over, and its end."""
    try:
        boxed = Sealed(base64.b64decode(text, altchars=b"-_", validate=True))
        content = decode(open_cookie(service.keys.server, boxed, purpose="mailbox"))
    except (ValueError, UnsealError):
        raise SessionEnded from None
    if "began" not in content:  # of an earlier version of the program
        raise SessionEnded
    key = Key(base64.b64decode(content["key"]))
    case, began = UUID(content["case"]), moment(content["began"])
    visit = Visit(case, key, began, content.get("by", ""))
    return visit, moment(content["until"])
