"""The use cases: the only place where form, triage, vault and store meet."""

from intake.casework.arrival import Report as Incoming
from intake.casework.cases import (
    Correspondence,
    Note,
    Report,
    Section,
    Taken,
    add_note,
    correspondence,
    open_case,
    raise_urgency,
    read_report,
    send_message,
    take,
)
from intake.casework.errors import (
    CaseworkError,
    Conflict,
    ExpiredCode,
    NotAllowed,
    SessionEnded,
    SlowDown,
    StorageBusy,
    StorageFull,
    UnknownCase,
    UnknownCode,
    WrongPassphrase,
)
from intake.casework.founding import First, another_passphrase, found
from intake.casework.kept_posts import keep_post, kept_post
from intake.casework.mail_entries import Entry
from intake.casework.mailbox import Conversation, conversation, enter, renewed_pass, write
from intake.casework.overview import Overview, overview
from intake.casework.queue import SORTS, VIEWS, QueuePage, Wish, queue
from intake.casework.reader import Reader
from intake.casework.rows import Row
from intake.casework.service import Service
from intake.casework.sessions import renewed, resume, sign_out, sign_out_everywhere
from intake.casework.set_up import SheetsToKeep, confirm_sheets, new_sheets, same_sheets
from intake.casework.sign_in import (
    SignedIn,
    choose_passphrase,
    is_passphrase,
    propose_passphrase,
    sign_in,
)
from intake.casework.submit import (
    Receipt,
    keep_receipts,
    kept_receipts,
    new_once,
    receipt,
    submit,
)
from intake.casework.timeline import Line, timeline
from intake.vault import BusyError as Busy
from intake.vault import CodeError

__all__ = [
    "SORTS",
    "VIEWS",
    "Busy",
    "CaseworkError",
    "CodeError",
    "Conflict",
    "Conversation",
    "Correspondence",
    "Entry",
    "ExpiredCode",
    "First",
    "Incoming",
    "Line",
    "NotAllowed",
    "Note",
    "Overview",
    "QueuePage",
    "Reader",
    "Receipt",
    "Report",
    "Row",
    "Section",
    "Service",
    "SessionEnded",
    "SheetsToKeep",
    "SignedIn",
    "SlowDown",
    "StorageBusy",
    "StorageFull",
    "Taken",
    "UnknownCase",
    "UnknownCode",
    "Wish",
    "WrongPassphrase",
    "add_note",
    "another_passphrase",
    "choose_passphrase",
    "confirm_sheets",
    "conversation",
    "correspondence",
    "enter",
    "found",
    "is_passphrase",
    "keep_post",
    "keep_receipts",
    "kept_post",
    "kept_receipts",
    "new_once",
    "new_sheets",
    "open_case",
    "overview",
    "propose_passphrase",
    "queue",
    "raise_urgency",
    "read_report",
    "receipt",
    "renewed",
    "renewed_pass",
    "resume",
    "same_sheets",
    "send_message",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "submit",
    "take",
    "timeline",
    "write",
]
