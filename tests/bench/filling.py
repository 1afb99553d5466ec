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
from intake.casework.finding.sheet import written
from intake.casework.grid import on_grid
from intake.casework.work.reckoning import reckoned_of_facts
from intake.form.compartments import Compartment
from intake.settings import load
from intake.store.migrations import upgrade
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow, FacetsRow, random_place
from intake.triage import Facts, may_rise_at, triage
from intake.vault import (
    CaseKeys,
    Ring,
    RingKey,
    Slot,
    box_document,
    box_facets,
    box_facts,
    box_state,
)
from tests.people import set_up_app

BATCH = 2_000
STATUSES = ("police_custody", "free", "sizo", "free", "colony", "missing", "free")
REGIONS = ("KZ-75", "KZ-33", "KZ-31", "KZ-23", "KZ-10", "KZ-63")
METHODS = (("beat_hands", "humiliation"), ("asph_bag",), (), ("no_sleep", "threat_family"))
SEXES = ("male", "male", "female")
AGES = ("18_24", "25_39", "40_59", "16_17")
AGENCIES = (("police_station",), ("police_detectives", "sobr"), ("knb",), ("prison_staff",))
PLACES = (("police_office", "ivs"), ("sizo",), ("street",), ("colony",))
NEEDS = (("legal", "visit"), ("medical", "legal", "psychological"), ("record_only",))
ROLES = ("relative", "victim", "lawyer", "npm")
Columns = dict[str, Any]
Rows = tuple[list[Columns], list[Columns], list[Columns], list[Columns]]
TABLES = (CaseRow, CaseKeysRow, DocumentRow, FacetsRow)
KEPT_FOR_DAYS = 3_650  # of closed cases a few are to be erased on any day
STAGES = ("received", "screening", "contacting", "assessment", "active", "monitoring")


@dataclass(frozen=True)
class Plain:
    """Where a case stands."""

    stage: str
    level: str


@dataclass(frozen=True)
class Filled:
    """A service with a signed-in coordinator's cookie."""

    service: Service
    cookie: str


def filled(
    folder: Path, *, cases: int, still_open: int, now: datetime, lean: bool = False
) -> Filled:
    """An installation with `cases` cases, of which `still_open` are open.

    Of `lean` ones there is what a queue reads, and nothing else.
    """
    folder.mkdir(mode=0o700, parents=True)
    service = Service.open(load({}, folder))
    upgrade(service.engine)
    first = casework.found(service, now=now)
    assert first is not None
    signed_in = casework.sign_in(service, first.handle, first.passphrase, known=None, now=now)
    reader = casework.resume(service, signed_in.cookie, now=now)
    words = casework.propose_passphrase()
    chosen = casework.choose_passphrase(reader, words, now=now)
    reader = casework.resume(service, chosen.cookie, now=now)
    set_up_app(reader, words, now=now)
    with service.reading() as session:
        rings = {ring: reader.ring(session, ring) for ring in Ring}
    if lean:
        add_lean_cases(service, rings[Ring.FACTS], cases, still_open=still_open, now=now)
    else:
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
    for batch in _batches(cases):
        rows = [_rows(number, rings, is_open=number < still_open, now=now) for number in batch]
        with service.writing() as session:
            _insert(session, rows)
            if whole:
                _log(session, service, rings[Ring.CASE], [row[1][0] for row in rows], now)


def add_lean_cases(
    service: Service, ring: RingKey, cases: int, *, still_open: int, now: datetime
) -> None:
    """Add `cases` of which there is what a queue reads, and nothing else."""
    for batch in _batches(cases):
        rows = [_lean(number, ring, is_open=number < still_open, now=now) for number in batch]
        with service.writing() as session:
            _insert(session, rows)


def _batches(cases: int) -> Iterator[list[int]]:
    numbers = iter(range(cases))
    while batch := list(itertools.islice(numbers, BATCH)):
        yield batch


def _insert(session: Session, rows: list[Rows]) -> None:
    for place, table in enumerate(TABLES):
        if parts := [part for row in rows for part in row[place]]:
            session.execute(insert(table), parts)


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
        victim_sex=SEXES[number % len(SEXES)],
        age_band_then=AGES[number % len(AGES)],
        agency=AGENCIES[number % len(AGENCIES)],
        place_type=PLACES[number % len(PLACES)],
        need=NEEDS[number % len(NEEDS)],
        reporter_role=ROLES[number % len(ROLES)],
        contact_method=("mailbox",),
        last_from_coalition_at=now - timedelta(hours=2) if number % 6 > 1 else None,
    )


def _rows(number: int, rings: Mapping[Ring, RingKey], *, is_open: bool, now: datetime) -> Rows:
    keys, facts, ring = CaseKeys.fresh(uuid4()), facts_of(number, now), rings[Ring.FACTS]
    wraps = [
        {
            "id": uuid4(),
            "case_id": keys.case,
            "ring": name,
            "generation": 1,
            "box": keys.box_for_ring(rings[name]),
        }
        for name in (Ring.CASE, Ring.INTIMATE)
    ]
    case = _case(number, keys, facts, is_open=is_open, now=now)
    documents = list(_documents(keys, facts, ring, now))
    return [case], wraps, documents, [_sheet(case, facts, ring, now)]


def _lean(number: int, ring: RingKey, *, is_open: bool, now: datetime) -> Rows:
    keys, facts = CaseKeys.fresh(uuid4()), facts_of(number, now)
    case = _case(number, keys, facts, is_open=is_open, now=now)
    return [case], [], [], [_sheet(case, facts, ring, now)]


def _case(
    number: int, keys: CaseKeys, facts: Facts, *, is_open: bool, now: datetime
) -> Columns:
    level = triage(facts, now).level
    return {
        "id": keys.case,
        "ref": f"{number // 10_000:04}-{number % 10_000:04}",  # never the same twice
        "stage": STAGES[number % len(STAGES)] if is_open else "closed",
        "level": level.code,
        "hour": hour(facts.received_at),
        "answer_by": hour(facts.received_at) + timedelta(hours=level.hours),
        "may_rise_at": may_rise_at(facts, now),
        "state_box": box_state(keys[Slot.STATE], b"{}", case=keys.case, revision=1),
        "warn_at": None if is_open else on_grid(now + timedelta(days=number % KEPT_FOR_DAYS)),
        "automated": False,
        "version": 1,
    }


def _sheet(case: Columns, facts: Facts, ring: RingKey, now: datetime) -> Columns:
    plain = Plain(case["stage"], case["level"])
    content = written(reckoned_of_facts(KeptFacts(facts, ("store",)), plain, now=now))
    return {
        "case_id": case["id"],
        "version": 1,
        "generation": ring.generation,
        "box": box_facets(ring, content, case=case["id"], version=1),
        "place": random_place(),
    }


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
