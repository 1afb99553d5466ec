"""Merging what a reporter added since, once somebody reads the case."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework import alarm, later_facts
from intake.casework.case_file import CaseFile
from intake.casework.codec import decode, moment
from intake.casework.consents import Change, applied
from intake.casework.facts_box import KeptFacts
from intake.casework.mail_entries import COALITION
from intake.casework.reader import Reader
from intake.casework.splitting.following import follow
from intake.casework.work.lowering import counted_again
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.pages import ways_to_answer
from intake.form.sorting import later_documents
from intake.store.tables import AdditionRow, CaseRow
from intake.vault import CaseKeys, Ring, RingKey, Slot, UnsealError, open_addition

INFORMATION, CONTACT, MESSAGE = "information", "contact", "message"
WITHDRAWAL, ERASURE, CONSENT = "withdrawal", "erasure", "consent"
IN_REPORT = frozenset({INFORMATION, CONTACT})
IN_MESSAGES = frozenset({MESSAGE, WITHDRAWAL, ERASURE, CONSENT})
_OF_FORM = ("questionnaire", "passed", "skipped")


def merge(file: CaseFile, *, shown: Collection[str] = ()) -> None:
    """Take in the additions of the kinds that are `shown`, as far as this reader may.

    The others are news until somebody sees them; what the reporter wishes counts at once.
    """
    for id_, content in waiting(file.reader, file.session, file.row.id, file.keys):
        file.keep(counted(file.kept, content))
        if content["kind"] in shown:
            _take_in(file, content)
            file.session.delete(file.session.get_one(AdditionRow, id_))
            file.taken_in |= {id_}
            file.is_changed = True
    follow(file, with_waiting)


def with_waiting(
    reader: Reader, session: Session, row: CaseRow, keys: CaseKeys, kept: KeptFacts
) -> KeptFacts:
    """`kept` with what counts of all that waits to be taken in."""
    for _id, content in waiting(reader, session, row.id, keys):
        kept = counted(kept, content)
    return kept


def waiting(
    reader: Reader, session: Session, case_id: UUID, keys: CaseKeys
) -> list[tuple[UUID, dict[str, Any]]]:
    """What this reader may take in, oldest first; the rest waits for who may."""
    if Slot.MAIL not in keys:
        return []
    rows = session.scalars(select(AdditionRow).where(AdditionRow.case_id == case_id)).all()
    opened = [(row.id, it) for row in rows for it in _opened(reader, session, row, keys)]
    return sorted(opened, key=lambda pair: _order(pair[1]))


def _order(content: Mapping[str, Any]) -> tuple[str, bool]:
    """When it was added, to the second; taking back comes last within one."""
    return str(content["at"]), bool(content.get("consents", {}).get("withdrawn"))


def counted(kept: KeptFacts, content: Mapping[str, Any]) -> KeptFacts:
    """`kept` with what counts before its words are read: wishes to stop, and consents.

    Whatever it is, a case that was put off is due again.
    """
    kept = replace(kept, snoozed_until=None)
    match content["kind"]:
        case "withdrawal":
            kept = replace(kept, facts=replace(kept.facts, withdrawal_asked=True))
        case "erasure":
            kept = replace(kept, facts=replace(kept.facts, erasure_asked=True))
        case "contact":
            kept = replace(kept, facts=later_facts.reached_as(kept.facts, _answers(content)))
        case _:
            pass
    change = content.get("consents")
    return applied(kept, Change.from_json(change)) if change else kept


def _opened(
    reader: Reader, session: Session, row: AdditionRow, keys: CaseKeys
) -> Iterator[dict[str, Any]]:
    if not alarm.is_vouched_for(row, keys[Slot.MAIL]):
        return  # named in the differences of the case
    for ring in (Ring.CASE, Ring.INTIMATE):
        if not reader.holds(session, ring):
            continue
        opened = _unsealed(row, reader.generations(session, ring))
        if opened is None:
            continue
        content = decode(opened)
        if _needed(content) <= keys.keys.keys():
            yield content
        return


def _unsealed(row: AdditionRow, generations: Iterable[RingKey]) -> bytes | None:
    """What was added, sealed to whichever generation was pinned when it came."""
    for key in generations:
        try:
            return open_addition(row.box, key, case=row.case_id, id=row.id)
        except UnsealError:
            continue
    return None


def _needed(content: Mapping[str, Any]) -> set[Slot]:
    """The keys under which it is kept; a message is in the conversation already."""
    match content["kind"]:
        case "information":
            return {Slot.IDENTITY, _slot(content)}
        case "contact" | "consent":
            return {Slot.IDENTITY}
        case _:
            return set()


def _take_in(file: CaseFile, content: Mapping[str, Any]) -> None:
    match content["kind"]:
        case "information":
            _add_information(file, content)
        case "contact":
            identity, _rest = _parts(content)
            replaced = {"answers": identity, "replaces": ways_to_answer()}
            told = {**_written(file, content), **replaced}
            file.add_document(Compartment.IDENTITY, "correction", told)
        case "consent":
            file.add_document(Compartment.IDENTITY, "consent", _written(file, content))
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
    told = {**_of_form(file, content), "answers": words}
    file.add_document(
        Compartment.IDENTITY, "correction", {**_written(file, content), "answers": identity}
    )
    file.add_document(Compartment.ACCOUNT, "correction", told, slot=_slot(content))
    if "answers" in content:
        answers = _answers(content)
        named = later_facts.named(file.facts, answers)
        file.change_facts(**later_facts.told(file.facts, answers))
        file.keep(replace(file.kept, facts=counted_again(file.facts, named)))
    if content.get("wishes_trained"):
        file.change_facts(trained_only=True)


def _written(file: CaseFile, content: Mapping[str, Any]) -> dict[str, object]:
    """Who wrote it when, and the consents that were given or taken back with it.

    `by` is the handle of a lawyer who wrote for her client.
    """
    language = content.get("language") or file.facts.language
    change = content.get("consents") or {"given": [], "withdrawn": []}
    return {
        "author": "reporter",
        "by": content.get("by", ""),
        "at": content["at"],
        "language": language,
        "consents": change["given"],
        "withdrawn": change["withdrawn"],
    }


def _of_form(file: CaseFile, content: Mapping[str, Any]) -> dict[str, object]:
    """Where in the form it was told; only those learn it who may read what was told."""
    of_form = {name: content[name] for name in _OF_FORM if name in content}
    return {
        "author": "reporter",
        "by": content.get("by", ""),
        "at": content["at"],
        "language": content.get("language") or file.facts.language,
        "trained_only": content["trained_only"],
        **of_form,
    }


def _slot(content: Mapping[str, Any]) -> Slot:
    # The account of a case may be open to every coordinator since its first report.
    return Slot.INTIMATE if content["trained_only"] else Slot.ACCOUNT


def _parts(content: Mapping[str, Any]) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """What an addition tells of people, and everything else that it tells in words."""
    if "answers" not in content:
        return {}, {"narrative": content["text"]}
    return later_documents(_answers(content))


def _answers(content: Mapping[str, Any]) -> Answers:
    return Answers.from_json(content["answers"])
