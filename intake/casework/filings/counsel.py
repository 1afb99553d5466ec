"""Lawyers whom coordinators let follow a conversation, on the word of the client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from intake.casework import account_notices, offering, rekeying
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import demand_opened
from intake.casework.errors import CaseworkError, UnknownCase
from intake.casework.filings import following
from intake.casework.filings.following import ENDED, FOLLOWING, Follower
from intake.casework.filings.joining import followed_now
from intake.casework.filings.kept import KIND, Filing
from intake.casework.notes import keep_note
from intake.casework.offering import ERASURE, WITHDRAWAL, NotConsented
from intake.casework.reader import Reader
from intake.casework.reporter_writes import Writer
from intake.casework.roster import Entry
from intake.casework.team import papers
from intake.roles import Permission, Role
from intake.store.tables import MailboxRow
from intake.vault import Slot

_ASKED: Final = frozenset({ERASURE, WITHDRAWAL})


class NoLawyer(CaseworkError):  # noqa: N818 - reads as what is the matter
    """There is no such filing lawyer on the roster, or she follows already."""


@dataclass(frozen=True)
class Counsel:
    """Who follows, and who could be let in; `missing` says why nobody may be now."""

    followers: tuple[Follower, ...]
    lawyers: tuple[Entry, ...]
    missing: tuple[str, ...]


def counsel(file: CaseFile) -> Counsel | None:
    """The lawyers of an open case; None where its conversation is over, or is another's."""
    if not _has_open_conversation(file):
        return None
    known = following.followers(file.session, _writer(file))
    lawyers = sorted(_lawyers(file, {one.member for one in known}), key=lambda e: e.handle)
    return Counsel(known, tuple(lawyers), _missing(file))


def let_in(
    reader: Reader, ref: str, member: UUID, words: str, *, once: str, now: datetime
) -> None:
    """Let a filing lawyer follow, because the client wants it; once for each `once`.

    `words` tell how the client said so; they stay as a note. Raises `NoLawyer`,
    `NotConsented` where the client asks us to stop, `UnknownCase`, and `ValueError` for no
    `once`, or for one whose lawyer follows no more.
    """
    reader.demand(Permission.GRANT)
    with opened(reader, ref, FOLLOWING, detail={"member": member.hex}, now=now) as file:
        demand_opened(file)
        shown = counsel(file)
        id_ = papers.id_of(once, f"{FOLLOWING} {file.row.id}")
        if shown is None:
            raise UnknownCase
        if id_ in {one.filing for one in shown.followers}:
            file.act = None
            return
        if shown.missing:
            raise NotConsented(shown.missing)
        entry = next((one for one in shown.lawyers if one.member == member), None)
        if entry is None:
            raise NoLawyer
        _begin(file, entry, id_)
        keep_note(file, words, once=once, occasion=FOLLOWING, to=entry.handle)


def let_out(
    reader: Reader, ref: str, filing: UUID, words: str, *, once: str, now: datetime
) -> None:
    """Let a lawyer follow no more; `words` say why and stay as a note. `UnknownCase`.

    They stay too where somebody else ended it a moment before.
    """
    reader.demand(Permission.GRANT)
    with opened(reader, ref, ENDED, now=now) as file:
        demand_opened(file)
        service, writer = reader.service, _writer(file)
        known = {one.filing: one for one in following.followers(file.session, writer)}
        handle = following.handle_of(file.session, writer, filing)
        if filing in known:
            file.told["member"] = known[filing].member.hex
            following.leave(file.session, service, writer, filing, now=now, by=reader.member)
        else:
            file.act = "note_added" if handle and words else None
        if file.act:
            keep_note(file, words, once=once, occasion=ENDED, to=handle)


def _begin(file: CaseFile, entry: Entry, id_: UUID) -> None:
    session, now, writer = file.session, file.now, _writer(file)
    following.enter(session, writer, id_, entry.handle, now)
    fresh = Filing(id_, papers.NEW, now, "", followed=followed_now(session, writer, now))
    papers.keep_for(entry, session, KIND, id_, fresh.to_json())
    account_notices.tell(
        session,
        file.reader.service,
        [entry.member],
        FOLLOWING,
        about={"filing": id_.hex},
        now=now,
    )


def _lawyers(file: CaseFile, known: set[UUID]) -> Iterator[Entry]:
    for entry in rekeying.directory(file).values():
        if Role.FILING_LAWYER in entry.roles and entry.member not in known:
            yield entry


def _missing(file: CaseFile) -> tuple[str, ...]:
    """What the client asked us that ends all giving."""
    return tuple(code for code in offering.missing_now(file) if code in _ASKED)


def _writer(file: CaseFile) -> Writer:
    return Writer(file.row.id, file.keys[Slot.MAIL])


def _has_open_conversation(file: CaseFile) -> bool:
    mailbox = file.session.get(MailboxRow, file.row.id)
    return mailbox is not None and mailbox.key_box is not None
