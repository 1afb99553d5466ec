"""How fast everything is boxed again under new secrets, and what a page pays for asking."""

import statistics
import time
from datetime import UTC, datetime
from pathlib import Path

from intake import casework
from intake.casework import Reader, rotation
from intake.vault import Ring
from tests.bench.filling import add_cases, filled

CASES = 3_000
AT_ONCE = 500
ASKED = 500


def rate(folder: Path) -> tuple[float, float]:
    """Cases a second, wraps of two rings and facts each; ms of asking where nothing is due."""
    now = datetime.now(UTC)
    made = filled(folder, cases=0, still_open=0, now=now)
    reader = casework.resume(made.service, made.cookie, now=now)
    with made.service.reading() as session:
        rings = {ring: reader.ring(session, ring) for ring in Ring}
    add_cases(made.service, rings, CASES, still_open=CASES, now=now, whole=True)
    with made.service.writing() as session:
        rotation.mark_due(session, Ring)
    start = time.perf_counter()
    while not rotation.go_on(reader, now=now, at_most=AT_ONCE).is_over:
        pass
    seconds = time.perf_counter() - start
    asking = _asking(reader, now)
    made.service.engine.dispose()
    return CASES / seconds, asking


def _asking(reader: Reader, now: datetime) -> float:
    times = []
    for _ in range(ASKED):
        start = time.perf_counter()
        casework.go_on(reader, now=now)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
