"""Entries of the conversation between reporter and Coalition, under the case's mail key."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.case import Stage
from intake.casework.codec import decode, encode, instant, moment
from intake.form.compartments import Compartment
from intake.store.tables import DocumentRow
from intake.vault import Key, UnsealError, box_message, open_message

REPORTER, COALITION = "reporter", "coalition"
HOLDER = "holder"
"""Whoever holds the return code: the author of marks that add nothing to the case."""
KINDS = (
    "message",
    "information",
    "contact",
    "consent",
    "withdrawal",
    "erasure",
    "dismissal",
    "stage",
    "following",
    "following_ended",
)
STAGES = tuple(Stage)


@dataclass(frozen=True)
class Entry:
    """One entry; `kind` is one of `KINDS`.

    `text` is empty for what was added: that is never shown again. `questions` are keys as
    `form.pages` makes them; `about` is the entry that is answered or removed. Where a lawyer
    begins to follow or ends it, `text` is her handle and `about` her filing.
    """

    id: UUID
    kind: str
    author: str
    at: datetime
    text: str = field(default="", repr=False)
    stage: str | None = None
    trained_only: bool = False  # from this entry on, what is added is for trained readers
    questions: tuple[str, ...] = ()  # what a coordinator asks
    consents: tuple[str, ...] = ()  # codes of what the reporter allows from this entry on
    withdrawn: tuple[str, ...] = ()  # codes of what she allows no longer
    until: datetime | None = None  # when these consents end by themselves
    about: UUID | None = None
    by: str = ""  # the handle of the lawyer who wrote it, where who holds the code did not


def row_of(case_id: UUID, mail_key: Key, entry: Entry) -> DocumentRow:
    """`entry` as it is stored; a repeated id is the caller's to notice."""
    content = {
        "kind": entry.kind,
        "author": entry.author,
        "at": instant(entry.at),
        "text": entry.text,
        "stage": entry.stage,
        "trained_only": entry.trained_only,
        "questions": list(entry.questions),
        "consents": list(entry.consents),
        "withdrawn": list(entry.withdrawn),
        "until": entry.until and instant(entry.until),
        "about": entry.about and entry.about.hex,
        "by": entry.by,
    }
    return DocumentRow(
        id=entry.id,
        revision=1,
        case_id=case_id,
        compartment=Compartment.MAIL,
        kind="message",
        box=box_message(mail_key, encode(content), case=case_id, id=entry.id),
    )


def entries(session: Session, case_id: UUID, mail_key: Key) -> tuple[Entry, ...]:
    """The whole conversation, oldest first, without what was changed and opens no more."""
    opened = (_opened(row, mail_key) for row in _rows(session, case_id))
    return tuple(sorted((entry for entry in opened if entry), key=_order))


def is_damaged(session: Session, case_id: UUID, mail_key: Key) -> bool:
    """Whether an entry of the conversation was changed behind the program's back."""
    return any(_opened(row, mail_key) is None for row in _rows(session, case_id))


def _rows(session: Session, case_id: UUID) -> Iterable[DocumentRow]:
    return session.scalars(
        select(DocumentRow).where(DocumentRow.case_id == case_id, DocumentRow.kind == "message")
    )


def _order(entry: Entry) -> tuple[bool, datetime, bool, str, int]:
    # Times are kept to the second, and the arrival comes first whatever came in the same one;
    # of a consent given and taken back in one second, the taking back holds.
    stage = STAGES.index(entry.stage) if entry.stage in STAGES else -1
    return (entry.stage != "received", entry.at, bool(entry.withdrawn), entry.kind, stage)


def _opened(row: DocumentRow, mail_key: Key) -> Entry | None:
    try:
        content = decode(open_message(mail_key, row.box, case=row.case_id, id=row.id))
    except UnsealError:
        return None
    return Entry(
        id=row.id,
        kind=content["kind"],
        author=content["author"],
        at=moment(content["at"]),
        text=content["text"],
        stage=content["stage"],
        trained_only=content["trained_only"],
        questions=tuple(content.get("questions", ())),
        consents=tuple(content.get("consents", ())),
        withdrawn=tuple(content.get("withdrawn", ())),
        until=moment(until) if (until := content.get("until")) else None,
        about=UUID(about) if (about := content.get("about")) else None,
        by=content.get("by", ""),
    )
