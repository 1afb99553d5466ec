"""How long it takes to open and parse the facts of many cases; and a fresh installation."""

import statistics
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from intake import casework
from intake.casework import Service
from intake.casework.facts_box import KeptFacts, facts_content, read_facts
from intake.settings import load
from intake.store.cases import SealedFacts
from intake.store.migrations import upgrade
from intake.triage import triage
from intake.vault import Ring, RingKey, box_facts
from tests.bench.filling import facts_of

MANY = 10_000
RUNS = 3


def facts() -> tuple[int, float]:
    """How many facts were opened, and the median of seconds that it took."""
    now, ring = datetime.now(UTC), RingKey.fresh(Ring.FACTS)
    sealed = []
    for number in range(MANY):
        told, case = facts_of(number, now), uuid4()
        content = facts_content(KeptFacts(told, ("store",)), triage(told, now))
        box = box_facts(ring, content, case=case, revision=1)
        sealed.append(SealedFacts(case, "active", "u2", 1, 1, box))
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        for row in sealed:
            read_facts(row, ring)
        times.append(time.perf_counter() - start)
    return MANY, statistics.median(times)


def founded(instance: Path) -> None:
    """A fresh installation with its first coordinator."""
    instance.mkdir(mode=0o700)
    service = Service.open(load({}, instance))
    upgrade(service.engine)
    casework.found(service, now=datetime.now(UTC))
    service.engine.dispose()
