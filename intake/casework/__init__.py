"""The use cases: the only place where form, triage, vault and store meet."""

from intake.casework.account_notices import AccountNotice, notices_waiting
from intake.casework.account_notices import dismiss as dismiss_notice
from intake.casework.account_notices import notices as notices_for
from intake.casework.cases import (
    Report,
    Section,
    Taken,
    open_case,
    raise_urgency,
    read_report,
    take,
)
from intake.casework.coming_back import (
    answer,
    change_contact,
    dismiss,
    give_consent,
    item_id,
    withdraw_consent,
)
from intake.casework.consents import Standing
from intake.casework.correspondence import (
    Correspondence,
    Note,
    add_note,
    correspondence,
    send_message,
)
from intake.casework.draft_sending import CameBack, come_back, send_draft
from intake.casework.draft_visits import page_key
from intake.casework.drafts import (
    MOST_TO_SEND,
    OpenDraft,
    SavedDraft,
    begin_draft,
    change_draft,
    draft_code,
    forget_draft,
    forget_unsaved_draft,
    read_draft,
    renewed_draft,
    save_draft,
    written_down,
)
from intake.casework.errors import (
    CaseworkError,
    Conflict,
    DraftTooLong,
    ExpiredCode,
    NotAllowed,
    NothingToSend,
    SessionEnded,
    SlowDown,
    StorageBusy,
    StorageFull,
    UnknownCase,
    UnknownCode,
    WrongPassphrase,
)
from intake.casework.factors import (
    Factor,
    NewApp,
    NotTheCode,
    TheLastFactor,
    add_app,
    add_passkey,
    codes_left,
    new_app,
    new_codes,
    passkey_ids,
    remove_factor,
)
from intake.casework.factors import factors as factors_of
from intake.casework.founding import First, another_passphrase, found
from intake.casework.incoming import Report as Incoming
from intake.casework.keeping_on import go_on
from intake.casework.kept_posts import keep_post, kept_post
from intake.casework.mail_entries import Entry
from intake.casework.mailbox import (
    Conversation,
    conversation,
    enter,
    page_key_behind_code,
    renewed_pass,
    write,
)
from intake.casework.overview import Overview, overview
from intake.casework.passkeys import challenge_text as passkey_challenge
from intake.casework.passphrases import choose_passphrase, propose_passphrase
from intake.casework.proof import Proof, prove
from intake.casework.queue import SORTS, VIEWS, QueuePage, Wish, queue
from intake.casework.reader import Reader
from intake.casework.receipts import (
    Receipt,
    keep_receipts,
    kept_notes,
    kept_receipts,
    new_once,
    receipt,
)
from intake.casework.rows import Row
from intake.casework.service import Service
from intake.casework.sessions import (
    OpenSession,
    end_before,
    end_others,
    end_session,
    open_sessions,
    renewed,
    resume,
    sign_out,
    sign_out_everywhere,
)
from intake.casework.set_up import SheetsToKeep, confirm_sheets, new_sheets, same_sheets
from intake.casework.sign_in import SignedIn, sign_in
from intake.casework.submit import submit, submit_anew
from intake.casework.timeline import Line, timeline
from intake.vault import BusyError as Busy
from intake.vault import CodeError, Slot

__all__ = [
    "MOST_TO_SEND",
    "SORTS",
    "VIEWS",
    "AccountNotice",
    "Busy",
    "CameBack",
    "CaseworkError",
    "CodeError",
    "Conflict",
    "Conversation",
    "Correspondence",
    "DraftTooLong",
    "Entry",
    "ExpiredCode",
    "Factor",
    "First",
    "Incoming",
    "Line",
    "NewApp",
    "NotAllowed",
    "NotTheCode",
    "Note",
    "NothingToSend",
    "OpenDraft",
    "OpenSession",
    "Overview",
    "Proof",
    "QueuePage",
    "Reader",
    "Receipt",
    "Report",
    "Row",
    "SavedDraft",
    "Section",
    "Service",
    "SessionEnded",
    "SheetsToKeep",
    "SignedIn",
    "Slot",
    "SlowDown",
    "Standing",
    "StorageBusy",
    "StorageFull",
    "Taken",
    "TheLastFactor",
    "UnknownCase",
    "UnknownCode",
    "Wish",
    "WrongPassphrase",
    "add_app",
    "add_note",
    "add_passkey",
    "another_passphrase",
    "answer",
    "begin_draft",
    "change_contact",
    "change_draft",
    "choose_passphrase",
    "codes_left",
    "come_back",
    "confirm_sheets",
    "conversation",
    "correspondence",
    "dismiss",
    "dismiss_notice",
    "draft_code",
    "end_before",
    "end_others",
    "end_session",
    "enter",
    "factors_of",
    "forget_draft",
    "forget_unsaved_draft",
    "found",
    "give_consent",
    "go_on",
    "item_id",
    "keep_post",
    "keep_receipts",
    "kept_notes",
    "kept_post",
    "kept_receipts",
    "new_app",
    "new_codes",
    "new_once",
    "new_sheets",
    "notices_for",
    "notices_waiting",
    "open_case",
    "open_sessions",
    "overview",
    "page_key",
    "page_key_behind_code",
    "passkey_challenge",
    "passkey_ids",
    "propose_passphrase",
    "prove",
    "queue",
    "raise_urgency",
    "read_draft",
    "read_report",
    "receipt",
    "remove_factor",
    "renewed",
    "renewed_draft",
    "renewed_pass",
    "resume",
    "same_sheets",
    "save_draft",
    "send_draft",
    "send_message",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "submit",
    "submit_anew",
    "take",
    "timeline",
    "withdraw_consent",
    "write",
    "written_down",
]
