"""Merging what a reporter added since, once somebody reads the case."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from intake.casework import alarm
from intake.casework.case_file import CaseFile
from intake.casework.codec import decode, moment
from intake.casework.mail_entries import COALITION
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.sorting import split
from intake.store.tables import AdditionRow
from intake.triage import Facts
from intake.vault import Ring, Slot, UnsealError, open_addition

_OF_ARRIVAL = frozenset({"received_at", "language", "channel", "route"})
INFORMATION, MESSAGE, WITHDRAWAL = "information", "message", "withdrawal"
IN_MESSAGES = frozenset({MESSAGE, WITHDRAWAL})


def merge(file: CaseFile, *, shown: Collection[str] = ()) -> None:
    """Take in the additions of the kinds that are `shown`, as far as this reader may.

    The others are news until somebody sees them; a wish to take the report back counts at once.
    """
    if Slot.MAIL not in file.keys:
        return
    for id_, content in _openable(file):
        if content["kind"] in shown:
            _take_in(file, content)
            file.session.delete(file.session.get_one(AdditionRow, id_))
            file.taken_in |= {id_}
            file.is_changed = True
        elif content["kind"] == WITHDRAWAL and not file.facts.withdrawal_asked:
            file.change_facts(withdrawal_asked=True)


def _openable(file: CaseFile) -> list[tuple[UUID, dict[str, Any]]]:
    """What this reader may take in, oldest first; the rest waits for who may."""
    rows = file.session.scalars(
        select(AdditionRow).where(AdditionRow.case_id == file.row.id)
    ).all()
    opened = [(row.id, content) for row in rows if (content := _opened(file, row)) is not None]
    return sorted(opened, key=lambda pair: str(pair[1]["at"]))


def _opened(file: CaseFile, row: AdditionRow) -> dict[str, Any] | None:
    if not alarm.is_vouched_for(row, file.keys[Slot.MAIL]):
        return None  # named in the differences of the case
    for ring in (Ring.CASE, Ring.INTIMATE):
        if file.reader.holds(file.session, ring):
            try:
                key = file.reader.ring(file.session, ring)
                content = decode(open_addition(row.box, key, case=row.case_id, id=row.id))
            except UnsealError:
                continue
            return content if _needed(content) <= file.keys.keys.keys() else None
    return None


def _needed(content: Mapping[str, Any]) -> set[Slot]:
    """The keys under which it is kept; a message is in the conversation already."""
    return {Slot.IDENTITY, _slot(content)} if content["kind"] == INFORMATION else set()


def _take_in(file: CaseFile, content: Mapping[str, Any]) -> None:
    match content["kind"]:
        case "withdrawal":
            file.change_facts(withdrawal_asked=True)
        case "information":
            _add_information(file, content)
        case _:
            pass
    _heard(file, moment(content["at"]))


def _heard(file: CaseFile, at: datetime) -> None:
    answered = any(
        entry.author == COALITION and entry.kind == MESSAGE and entry.at <= at
        for entry in file.entries()
    )
    contacted = file.facts.first_contact_at or (at if answered else None)
    # What only a trained handler may open is taken in later than what came after it.
    newest = max(at, file.facts.last_from_reporter_at or at)
    file.change_facts(last_from_reporter_at=newest, first_contact_at=contacted)


def _add_information(file: CaseFile, content: Mapping[str, Any]) -> None:
    """Two corrections whatever was told, so that no row shows what it was about."""
    identity, words = _parts(content)
    written = {"author": "reporter", "at": content["at"]}
    file.add_document(Compartment.IDENTITY, "correction", {**written, "answers": identity})
    file.add_document(
        Compartment.ACCOUNT, "correction", {**written, "answers": words}, slot=_slot(content)
    )
    if "answers" in content:
        file.change_facts(**_told(file.facts, Answers.from_json(content["answers"])))
    if content.get("wishes_trained"):
        file.change_facts(trained_only=True)


def _slot(content: Mapping[str, Any]) -> Slot:
    # The account of a case may be open to every coordinator since its first report.
    return Slot.INTIMATE if content["trained_only"] else Slot.ACCOUNT


def _parts(content: Mapping[str, Any]) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """What an addition tells of people, and everything else that it tells in words."""
    if "answers" not in content:
        return {}, {"narrative": content["text"]}
    told = split(Answers.from_json(content["answers"]))
    words = {**told[Compartment.ACCOUNT], **told[Compartment.INTIMATE]}
    return told[Compartment.IDENTITY], words


def _told(before: Facts, answers: Answers) -> dict[str, object]:
    """What the new answers tell; what they leave out stays as it was."""
    now = Facts.from_answers(
        answers,
        received_at=before.received_at,
        language=before.language,
        channel=before.channel,
        route=before.route,
    )
    nothing = Facts(received_at=before.received_at)
    return {
        field.name: getattr(now, field.name)
        for field in fields(Facts)
        if field.name not in _OF_ARRIVAL
        and getattr(now, field.name) != getattr(nothing, field.name)
    }
