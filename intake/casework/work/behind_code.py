"""What a return code shows of permissions that were told by phone, on paper or in person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any, TypeAlias
from uuid import uuid4

from intake.casework import mail_entries
from intake.casework.case_file import CaseFile
from intake.casework.consents import standing
from intake.casework.mail_entries import COALITION, Entry
from intake.casework.work.remembering import remembered
from intake.casework.work.situations import person_of
from intake.casework.work.undoing import AGREED
from intake.vault import Slot

Ends: TypeAlias = Mapping[str, datetime | None]
"""Until when something holds, by its code; None where it holds until it is taken back."""


def tell(file: CaseFile, codes: Collection[str]) -> None:
    """Let the conversation say of these codes what holds now, where the person wrote (E05).

    A proxy may not know what the person said, nor a guardian who was set aside (E13, E14).
    """
    if not (codes and file.has_conversation and _wrote_herself(file)):
        return
    shown = {code: it.until for code, it in standing(file.entries(), file.now).items()}
    for entry in _entries(file, shown, _held(file), codes):
        row = mail_entries.row_of(file.row.id, file.keys[Slot.MAIL], entry)
        file.session.add(row)
        file.is_changed = True


def _wrote_herself(file: CaseFile) -> bool:
    """As the report tells it; that the person agreed since makes nobody else the person."""
    told = file.facts.victim_knowledge
    if "victim_knowledge" in file.kept.told:
        told = remembered(file, "victim_knowledge")
    facts = replace(file.facts, victim_knowledge=told)
    is_somebody_else = facts.reporter_role != "victim" and told == AGREED
    return not is_somebody_else and person_of(facts, file.record).is_the_reporter


def _held(file: CaseFile) -> Ends:
    """What holds now, as long as the longest of what was given."""
    found: dict[str, list[datetime | None]] = {}
    for one in file.kept.given:
        if one.is_in_force(file.now):
            found.setdefault(one.code, []).append(one.until)
    return {code: _last(ends) for code, ends in found.items()}


def _last(ends: Iterable[datetime | None]) -> datetime | None:
    said = list(ends)
    return None if None in said else max(end for end in said if end)


def _entries(
    file: CaseFile, shown: Ends, held: Ends, codes: Collection[str]
) -> Iterator[Entry]:
    ended = tuple(code for code in codes if code in shown and code not in held)
    if ended:
        yield _entry(file, withdrawn=ended)
    changed = [code for code in codes if code in held and not _is_shown(code, shown, held)]
    for until, same in groupby(changed, key=held.__getitem__):
        yield _entry(file, consents=tuple(same), until=until)


def _is_shown(code: str, shown: Ends, held: Ends) -> bool:
    return code in shown and shown[code] == held[code]


def _entry(file: CaseFile, **what: Any) -> Entry:  # noqa: ANN401 - fields of the entry
    return Entry(uuid4(), "consent", COALITION, file.now, **what)
