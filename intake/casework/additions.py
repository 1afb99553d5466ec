"""Merging what a reporter added since, once somebody reads the case."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from hmac import compare_digest
from typing import Any

from sqlalchemy import select

from intake.casework.case_file import CaseFile
from intake.casework.codec import decode, moment
from intake.form.compartments import Compartment
from intake.form.questions import Answers
from intake.form.sorting import split
from intake.store.tables import AdditionRow
from intake.triage import Facts
from intake.vault import Ring, Slot, UnsealError, addition_mac, open_addition

_OF_ARRIVAL = frozenset({"received_at", "language", "channel", "route"})
_REPORT = (Compartment.IDENTITY, Compartment.ACCOUNT, Compartment.INTIMATE)


def merge(file: CaseFile) -> None:
    """Take in every addition that this reader may open; the others wait for who may."""
    rows = file.session.scalars(
        select(AdditionRow).where(AdditionRow.case_id == file.row.id)
    ).all()
    opened = [(row, content) for row in rows if (content := _opened(file, row)) is not None]
    for row, content in sorted(opened, key=lambda pair: str(pair[1]["at"])):
        if not all(Slot(place) in file.keys for place, _ in _parts(content)):
            continue
        _take_in(file, content)
        file.session.delete(row)
        file.is_changed = True


def _opened(file: CaseFile, row: AdditionRow) -> dict[str, Any] | None:
    if not compare_digest(row.mac, addition_mac(file.keys[Slot.MAIL], row.box)):
        return None
    for ring in (Ring.CASE, Ring.INTIMATE):
        if file.reader.holds(file.session, ring):
            try:
                key = file.reader.ring(file.session, ring)
                return decode(open_addition(row.box, key, case=row.case_id, id=row.id))
            except UnsealError:
                continue
    return None


def _take_in(file: CaseFile, content: Mapping[str, Any]) -> None:
    at = moment(content["at"])
    match content["kind"]:
        case "withdrawal":
            file.change_facts(withdrawal_asked=True)
        case "information":
            _add_information(file, content)
        case _:
            pass  # a message is in the conversation already
    _heard(file, at)


def _heard(file: CaseFile, at: datetime) -> None:
    contacted = file.facts.first_contact_at or (
        at if file.facts.last_from_coalition_at else None
    )
    # What only a trained handler may open is taken in later than what came after it.
    newest = max(at, file.facts.last_from_reporter_at or at)
    file.change_facts(last_from_reporter_at=newest, first_contact_at=contacted)


def _add_information(file: CaseFile, content: Mapping[str, Any]) -> None:
    by_reporter = {"author": "reporter", "at": content["at"]}
    for place, part in _parts(content):
        file.add_document(place, "correction", {**by_reporter, "answers": part})
    if "answers" in content:
        file.change_facts(**_told(file.facts, Answers.from_json(content["answers"])))


def _parts(content: Mapping[str, Any]) -> list[tuple[Compartment, Mapping[str, object]]]:
    """The words of an addition by the compartment they belong to."""
    if content["kind"] != "information":
        return []
    if "answers" not in content:
        return [(Compartment.ACCOUNT, {"narrative": content["text"]})]
    sorted_ = split(Answers.from_json(content["answers"]))
    return [
        (_place(compartment, trained_only=content["trained_only"]), sorted_[compartment])
        for compartment in _REPORT
        if sorted_[compartment]
    ]


def _place(compartment: Compartment, *, trained_only: bool) -> Compartment:
    # The account of a case may be open to every coordinator since its first report.
    is_account = compartment is Compartment.ACCOUNT
    return Compartment.INTIMATE if is_account and trained_only else compartment


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
