"""Beginning filings: one, or several out of a table; and the draft that each of them opens."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from intake.casework.codec import encode
from intake.casework.draft_visits import begun, visit_text
from intake.casework.drafts import begin_filed_draft, row_of
from intake.casework.errors import UnknownCase
from intake.casework.filings import following
from intake.casework.filings.kept import KIND, Filing, filing, is_kept, keep
from intake.casework.reader import Reader
from intake.casework.receipts import read_once, write_once
from intake.casework.team import papers
from intake.form.acting import CLIENT_NAME_FOR_US
from intake.form.draft import Draft
from intake.roles import Permission
from intake.vault import Once


def needed(*, is_recorded: bool) -> Permission:
    """What somebody must be allowed to do to write such a filing."""
    return Permission.RECORD if is_recorded else Permission.FILE


def begin(
    reader: Reader, draft: Draft, *, once: str, now: datetime, is_recorded: bool = False
) -> UUID:
    """Begin a filing with what is known already; its id, the same for the same `once`.

    Raises `NotAllowed`, `ValueError` when `once` is none, and as `change_draft`.
    """
    reader.demand(needed(is_recorded=is_recorded))
    return _begun(reader, draft, read_once(once), now, is_recorded=is_recorded)


def begin_many(
    reader: Reader, drafts: Sequence[Draft], *, once: str, now: datetime
) -> tuple[UUID, ...]:
    """Begin a filing for each client of a table, as `begin`.

    Sent again, those that were changed meanwhile are begun too, and the others once only.
    """
    reader.demand(needed(is_recorded=False))
    begun, alike = [], Counter[bytes]()
    for draft in drafts:
        digest = hashlib.sha256(encode(draft.to_json())).digest()
        own = Once(read_once(once).derive("client", digest, alike[digest]).raw)
        alike[digest] += 1
        begun.append(_begun(reader, draft, own, now, is_recorded=False))
    return tuple(begun)


def _begun(
    reader: Reader, draft: Draft, once: Once, now: datetime, *, is_recorded: bool
) -> UUID:
    # What the page carried leads to no draft and no code: another report may begin from it.
    own = write_once(Once.random())
    with reader.service.writing() as session:
        id_ = _free_or_own(reader, session, papers.id_of(write_once(once), KIND))
        keep(reader, session, Filing(id_, papers.NEW, now, name_in(draft), is_recorded, own))
        known = filing(reader, session, id_)
        if not _is_begun(session, known):
            begin_filed_draft(reader.service, session, once=known.once, now=now, draft=draft)
    return id_


def _free_or_own(reader: Reader, session: Session, id_: UUID) -> UUID:
    """The same id; another one where a filing of it followed once and does no more."""
    while following.has_begun(session, id_) and not is_kept(reader, session, id_):
        id_ = uuid5(id_, KIND)
    return id_


def _is_begun(session: Session, known: Filing) -> bool:
    return known.told is not None or row_of(session, read_once(known.once)) is not None


def name_in(draft: Draft) -> str:
    """What a member calls who the draft is about; empty where she has not said it."""
    return draft.answers[CLIENT_NAME_FOR_US] or ""


def visit_of(reader: Reader, known: Filing, *, now: datetime) -> str:
    """What opens the draft of a filing in this request, as the cookie of a browser does.

    Raises `UnknownCase` where there is no draft: the filing was sent, or its draft has expired.
    """
    if not known.once or known.is_sent:
        raise UnknownCase
    visit = begun(reader.service, read_once(known.once), now=now, is_saved=True, is_filed=True)
    return visit_text(reader.service, visit)


def opened(reader: Reader, id_: UUID, *, is_recorded: bool) -> Filing:
    """One filing of the reader; `UnknownCase` for others', and for those of the other kind."""
    reader.demand(needed(is_recorded=is_recorded))
    with reader.service.reading() as session:
        found = filing(reader, session, id_)
    if found.is_recorded is not is_recorded:
        raise UnknownCase
    return found
