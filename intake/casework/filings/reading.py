"""Until where a lawyer has read the conversation that she follows."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from intake.casework.errors import Conflict, StorageBusy, StorageFull
from intake.casework.filings.kept import Filing, Followed, filing, keep
from intake.casework.mail_entries import COALITION, Entry
from intake.casework.reader import Reader


def unread(said: Iterable[Entry], followed: Followed) -> tuple[Entry, ...]:
    """The Coalition's messages that came since she read it."""
    return tuple(entry for entry in said if is_answer(entry) and entry.at > followed.read_until)


def is_answer(entry: Entry) -> bool:
    """Whether the Coalition wrote it in words, or asks something."""
    return entry.author == COALITION and entry.kind == "message"


def read(reader: Reader, known: Filing, said: Iterable[Entry]) -> None:
    """Remember that the reader has `said` before her; nothing is written where it is not new.

    What cannot be remembered now stays new: nobody is kept from reading by that.
    """
    if known.followed is None or not (new := unread(said, known.followed)):
        return
    until = max(entry.at for entry in new)
    with suppress(Conflict, StorageBusy, StorageFull), reader.service.writing() as session:
        stands = filing(reader, session, known.id)
        if stands.followed is not None and stands.followed.read_until < until:
            followed = replace(stands.followed, read_until=until)
            keep(reader, session, replace(stands, followed=followed))
