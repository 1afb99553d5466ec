"""An installation with many cases, as it stands after months of use."""

import itertools
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from intake import casework
from intake.casework import Service, arrival, log, state
from intake.casework.codec import hour
from intake.casework.facts_box import KeptFacts, facts_content
from intake.form.compartments import Compartment
from intake.settings import load
from intake.store.migrations import upgrade
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow, random_place
from intake.triage import Facts, Level, may_rise_at, triage
from intake.vault import CaseKeys, Ring, RingKey, Slot, box_document, box_facts, box_state

BATCH = 2_000
STATUSES = ("police_custody", "free", "sizo", "free", "colony", "missing", "free")
REGIONS = ("KZ-75", "KZ-33", "KZ-31", "KZ-23", "KZ-10", "KZ-63")
METHODS = (("beat_hands", "humiliation"), ("asph_bag",), (), ("no_sleep", "threat_family"))
Columns = dict[str, Any]
Rows = tuple[list[Columns], list[Columns], list[Columns]]
STAGES = ("received", "screening", "contacting", "assessment", "active", "monitoring")


@dataclass(frozen=True)
class Filled:
    """A service with a signed-in coordinator's cookie."""

    service: Service
    cookie: str


def filled(folder: Path, *, cases: int, still_open: int, now: datetime) -> Filled:
    """An installation with `cases` cases, of which `still_open` are open."""
    folder.mkdir(mode=0o700, parents=True)
    service = Service.open(load({}, folder))
    upgrade(service.engine)
    first = casework.found(service, now=now)
    assert first is not None
    signed_in = casework.sign_in(service, first.handle, first.passphrase, known=None, now=now)
    reader = casework.resume(service, signed_in.cookie, now=now)
    chosen = casework.choose_passphrase(reader, casework.propose_passphrase(), now=now)
    reader = casework.resume(service, chosen.cookie, now=now)
    with service.reading() as session:
        rings = {ring: reader.ring(session, ring) for ring in Ring}
    add_cases(service, rings, cases, still_open=still_open, now=now)
    return Filled(service, chosen.cookie)


def add_cases(
    service: Service,
    rings: Mapping[Ring, RingKey],
    cases: int,
    *,
    still_open: int,
    now: datetime,
    whole: bool = False,
) -> None:
    """Add `cases`; `whole` ones have a state and a line in the log, as those that arrived."""
    numbers = iter(range(cases))
    while batch := list(itertools.islice(numbers, BATCH)):
        rows = [_rows(number, rings, is_open=number < still_open, now=now) for number in batch]
        with service.writing() as session:
            for table, place in ((CaseRow, 0), (CaseKeysRow, 1), (DocumentRow, 2)):
                session.execute(insert(table), [part for row in rows for part in row[place]])
            if whole:
                _log(session, service, rings[Ring.CASE], [row[1][0] for row in rows], now)


def _log(
    session: Session, service: Service, ring: RingKey, wraps: list[Columns], now: datetime
) -> None:
    for wrap in wraps:
        keys = CaseKeys.open_from_ring(wrap["box"], ring, wrap["case_id"])
        row = session.get_one(CaseRow, keys.case)
        state.keep(session, row, keys[Slot.STATE])
        log.append(session, service, "received", case=row, now=now)
    session.expunge_all()


def facts_of(number: int, now: datetime) -> Facts:
    """Different facts for different cases, as triage meets them."""
    return Facts(
        received_at=now - timedelta(hours=1 + number % 700, minutes=number % 60),
        language=("kk", "ru", "en")[number % 3],
        channel="web_form",
        route="urgent",
        victim_status=STATUSES[number % len(STATUSES)],
        region=REGIONS[number % len(REGIONS)],
        methods=METHODS[number % len(METHODS)],
        last_from_coalition_at=now - timedelta(hours=2) if number % 6 > 1 else None,
    )


def _rows(number: int, rings: Mapping[Ring, RingKey], *, is_open: bool, now: datetime) -> Rows:
    facts = facts_of(number, now)
    outcome = triage(facts, now)
    keys = CaseKeys.fresh(uuid4())
    case = {
        "id": keys.case,
        "ref": f"{number // 10_000:04}-{number % 10_000:04}",  # never the same twice
        "stage": STAGES[number % len(STAGES)] if is_open else "closed",
        "level": outcome.level.code,
        "hour": hour(facts.received_at),
        "answer_by": hour(facts.received_at)
        + timedelta(hours=Level.of(outcome.level.code).hours),
        "may_rise_at": may_rise_at(facts, now),
        "state_box": box_state(keys[Slot.STATE], b"{}", case=keys.case, revision=1),
        "automated": False,
        "version": 1,
    }
    wraps = [
        {
            "id": uuid4(),
            "case_id": keys.case,
            "ring": ring,
            "generation": 1,
            "box": keys.box_for_ring(rings[ring]),
        }
        for ring in (Ring.CASE, Ring.INTIMATE)
    ]
    return [case], wraps, list(_documents(keys, facts, rings[Ring.FACTS], now))


def _documents(keys: CaseKeys, facts: Facts, ring: RingKey, now: datetime) -> Iterator[Columns]:
    content = facts_content(KeptFacts(facts, ("store",)), triage(facts, now))
    facts_box = box_facts(ring, content, case=keys.case, revision=1)
    yield _document(keys, Compartment.FACTS, uuid4(), facts_box, ring.generation)
    for compartment in arrival.REPORT:
        id_ = uuid4()
        box = box_document(
            keys[Slot(compartment)],
            secrets.token_bytes(900),
            case=keys.case,
            compartment=compartment,
            id=id_,
            revision=1,
        )
        yield _document(keys, compartment, id_, box)


def _document(
    keys: CaseKeys,
    compartment: Compartment,
    id_: object,
    box: bytes,
    generation: int | None = None,
) -> Columns:
    return {
        "id": id_,
        "revision": 1,
        "case_id": keys.case,
        "compartment": compartment,
        "kind": "report",
        "box": box,
        "place": random_place(),
        "generation": generation,
    }
