"""A report on its way in: sealed for its readers before anything is stored."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from intake.casework import state
from intake.casework.codec import encode, hour, instant
from intake.casework.facts_box import KeptFacts, facts_content
from intake.casework.incoming import Report
from intake.casework.mail_entries import COALITION, Entry, row_of
from intake.form.compartments import Compartment
from intake.form.questionnaire import VERSION
from intake.form.sorting import documents
from intake.store.columns import Base
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow
from intake.triage import Facts, may_rise_at, triage
from intake.vault import CaseKeys, Pins, Ring, Sealed, Slot, box_document, seal_facts

REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
REPORT = (Compartment.IDENTITY, Compartment.ACCOUNT, Compartment.INTIMATE)
_OPEN_TO_CASE = frozenset({Slot.IDENTITY, Slot.ACCOUNT, Slot.WORK, Slot.MAIL, Slot.STATE})
_OPEN_TO_INTIMATE = frozenset({Slot.ACCOUNT, Slot.INTIMATE, Slot.STATE})


@dataclass(frozen=True)
class Arrival:
    """The rows of a new case and its fresh keys."""

    case: CaseRow
    keys: CaseKeys = field(repr=False)
    wraps: tuple[CaseKeysRow, ...] = field(repr=False)
    documents: tuple[DocumentRow, ...] = field(repr=False)

    @property
    def rows(self) -> tuple[Base, ...]:
        """Everything the case consists of, the case itself first."""
        return (self.case, *self.wraps, *self.documents)


def reference() -> str:
    """A random name for a case in addresses: eight letters and digits, 39 bits."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def prepare(report: Report, pins: Pins, *, id_: UUID | None = None) -> Arrival:
    """Seal `report` for the pinned rings, under a random id or `id_`; nothing is stored yet."""
    facts = report.facts()
    outcome = triage(facts, report.received_at)
    case = CaseRow(
        id=id_ or uuid4(),
        ref=reference(),
        stage="received",
        level=outcome.level.code,
        hour=hour(report.received_at),
        answer_by=hour(report.received_at) + timedelta(hours=outcome.level.hours),
        may_rise_at=may_rise_at(facts, report.received_at),
        state_box=Sealed(b""),
        automated=report.automated,
    )
    keys = CaseKeys.fresh(case.id)
    kept = KeptFacts(facts).with_given(report.given)
    restricted = is_for_trained_only(facts)
    documents = (
        *_documents(report, keys),
        _facts_row(kept, case, pins, report.received_at),
        _first_entry(report, keys, trained_only=restricted),
    )
    case.state_box = state.first(case, documents, keys[Slot.STATE])
    return Arrival(case, keys, _wraps(keys, pins, restricted=restricted), documents)


def _first_entry(report: Report, keys: CaseKeys, *, trained_only: bool) -> DocumentRow:
    entry = Entry(
        uuid4(),
        "stage",
        COALITION,
        report.received_at,
        stage="received",
        trained_only=trained_only,
        consents=tuple(consent.code for consent in report.given),
        until=min((consent.until for consent in report.given if consent.until), default=None),
    )
    return row_of(keys.case, keys[Slot.MAIL], entry)


def is_for_trained_only(facts: Facts) -> bool:
    """Whether `account` opens for trained handlers alone (vault.md 2)."""
    return facts.trained_only or facts.tells_sexual_violence


def case_slots(*, restricted: bool) -> frozenset[Slot]:
    """What the ring `case` opens: without the account where that is for trained handlers."""
    return _OPEN_TO_CASE - {Slot.ACCOUNT} if restricted else _OPEN_TO_CASE


def _wraps(keys: CaseKeys, pins: Pins, *, restricted: bool) -> tuple[CaseKeysRow, ...]:
    to_case = case_slots(restricted=restricted)
    return tuple(
        CaseKeysRow(
            id=uuid4(),
            case_id=keys.case,
            ring=ring,
            generation=pins.rings[ring].generation,
            box=keys.only(slots).seal_to_ring(
                pins.rings[ring].public, ring, pins.rings[ring].generation
            ),
        )
        for ring, slots in ((Ring.CASE, to_case), (Ring.INTIMATE, _OPEN_TO_INTIMATE))
    )


def _documents(report: Report, keys: CaseKeys) -> tuple[DocumentRow, ...]:
    sorted_answers = documents(report.answers)
    return tuple(
        _document(keys, place, _content(report, place, sorted_answers.get(place, {})))
        for place in REPORT
    )


def _content(
    report: Report, place: Compartment, answers: dict[str, object]
) -> dict[str, object]:
    return {
        "questionnaire": VERSION,
        "language": report.language,
        "author": report.filed_by.hex if report.filed_by else "reporter",
        "at": instant(report.received_at),
        "answers": answers,
        **_besides(report, place),
    }


def _besides(report: Report, place: Compartment) -> dict[str, object]:
    """What a document holds besides answers: consents, or the way through the form."""
    if place is Compartment.IDENTITY:
        return {"consents": [consent.to_json() for consent in report.given]}
    return report.way_through(place)


def _document(
    keys: CaseKeys, compartment: Compartment, content: dict[str, object]
) -> DocumentRow:
    id_ = uuid4()
    return DocumentRow(
        id=id_,
        revision=1,
        case_id=keys.case,
        compartment=compartment,
        kind="report",
        box=box_document(
            keys[Slot(compartment)],
            encode(content),
            case=keys.case,
            compartment=compartment,
            id=id_,
            revision=1,
        ),
    )


def _facts_row(kept: KeptFacts, case: CaseRow, pins: Pins, now: datetime) -> DocumentRow:
    pin = pins.rings[Ring.FACTS]
    return DocumentRow(
        id=uuid4(),
        revision=1,
        case_id=case.id,
        compartment=Compartment.FACTS,
        kind="report",
        box=seal_facts(
            pin.public,
            facts_content(kept, triage(kept.facts, now)),
            case=case.id,
            revision=1,
            generation=pin.generation,
        ),
        generation=pin.generation,
    )
