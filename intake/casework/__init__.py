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
    AlreadyDecided,
    CaseworkError,
    Conflict,
    DraftTooLong,
    ExpiredCode,
    GateClosed,
    Lacking,
    NotAllowed,
    NothingToSend,
    NotYet,
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
from intake.casework.finding import SORTS, VIEWS, QueuePage, Row, Wish, queue
from intake.casework.founding import First, another_passphrase, found
from intake.casework.incoming import Report as Incoming
from intake.casework.keeping_on import go_on
from intake.casework.kept_posts import keep_post, kept_post
from intake.casework.mail_entries import Entry
from intake.casework.mailbox import (
    Conversation,
    conversation,
    enter,
    followed_pass,
    page_key_behind_code,
    renewed_pass,
    write,
)
from intake.casework.notes import Note, add_note
from intake.casework.overview import Overview, overview
from intake.casework.passkeys import challenge_text as passkey_challenge
from intake.casework.passphrases import choose_passphrase, propose_passphrase
from intake.casework.proof import Proof, prove
from intake.casework.reader import Reader
from intake.casework.receipts import (
    Receipt,
    keep_receipts,
    kept_notes,
    kept_receipts,
    new_once,
    receipt,
)
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
from intake.casework.work.deadlines import Deadline, deadlines
from intake.casework.work.decisions import decide, propose_anew, withdraw_proposal
from intake.casework.work.doors import Written, add_step, move
from intake.casework.work.pages import work_page
from intake.casework.work.proposals_shown import (
    Proposal,
    proposal,
    proposals_of,
    proposals_waiting,
)
from intake.casework.work.reading import Work, work
from intake.casework.work.step_documents import FOR_TRAINED
from intake.vault import BusyError as Busy
from intake.vault import CodeError, Slot

__all__ = [
    "FOR_TRAINED",
    "MOST_TO_SEND",
    "SORTS",
    "VIEWS",
    "AccountNotice",
    "AlreadyDecided",
    "Busy",
    "CameBack",
    "CaseworkError",
    "CodeError",
    "Conflict",
    "Conversation",
    "Correspondence",
    "Deadline",
    "DraftTooLong",
    "Entry",
    "ExpiredCode",
    "Factor",
    "First",
    "GateClosed",
    "Incoming",
    "Lacking",
    "Line",
    "NewApp",
    "NotAllowed",
    "NotTheCode",
    "NotYet",
    "Note",
    "NothingToSend",
    "OpenDraft",
    "OpenSession",
    "Overview",
    "Proof",
    "Proposal",
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
    "Work",
    "Written",
    "WrongPassphrase",
    "add_app",
    "add_note",
    "add_passkey",
    "add_step",
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
    "deadlines",
    "decide",
    "dismiss",
    "dismiss_notice",
    "draft_code",
    "end_before",
    "end_others",
    "end_session",
    "enter",
    "factors_of",
    "followed_pass",
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
    "move",
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
    "proposal",
    "proposals_of",
    "proposals_waiting",
    "propose_anew",
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
    "withdraw_proposal",
    "work",
    "work_page",
    "write",
    "written_down",
]
