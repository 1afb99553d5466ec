"""The queue page with 3,000 open cases, however many there are in all, and its filters."""

import time
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

from intake import casework
from intake.casework import Reader, Wish
from intake.vault import Key
from intake.web import permitted
from tests.bench.filling import filled
from tests.bench.serving import memory
from tests.running import PATIENCE, running

OPEN = 3_000
REPEATS = 120
FILTERED = 5
LEAN_FROM = 1_000_000
PAGES = {
    "triage": "/desk/",
    "mine": "/desk/?view=mine",
    "late": "/desk/?view=late",
    "in custody": "/desk/?view=custody",
    "region": "/desk/?region=KZ-75",
    "three facets": "/desk/?view=custody&region=KZ-75&sex=male&agency=knb",
    "to be erased": "/desk/?view=erasing",
    "deadlines": "/desk/deadlines/",
}
FILTERS = {
    "one region": (("region", "KZ-75"),),
    "three facets": (("sex", "female"), ("agency", "knb"), ("place", "street")),
    "urgency now": (("level", "u1"),),
}

Measured = dict[str, tuple[float, float, int]]


def installation(folder: Path, cases: int) -> str:
    """An installation with so many cases; the cookie of a coordinator."""
    lean, now = cases >= LEAN_FROM, datetime.now(UTC)
    made = filled(folder, cases=cases, still_open=min(OPEN, cases), now=now, lean=lean)
    made.service.engine.dispose()
    return made.cookie


def queue(folder: Path, cookie: str) -> tuple[Measured, list[int]]:
    """For each page p50 and p95 in ms and bytes; and the memory of the workers."""
    with running(folder) as server:
        pages = {name: _page(server.port, path, cookie) for name, path in PAGES.items()}
        return pages, memory(server.processes["serve"].pid)


def filters(folder: Path, cases: int) -> dict[str, tuple[float, int]]:
    """For each filter over so many open cases the seconds, and how many it finds."""
    now = datetime.now(UTC)
    made = filled(folder, cases=cases, still_open=cases, now=now, lean=True)
    reader = casework.resume(made.service, made.cookie, now=now)
    first = _filter(reader, (("region", "KZ-75"),), now, times=1)
    found = {name: _filter(reader, chosen, now) for name, chosen in FILTERS.items()}
    alone = _boxes(cases)
    return {"(opening the boxes alone)": alone, "(first look of a process)": first} | found


def _boxes(number: int) -> tuple[float, int]:
    """What is left when nothing else is done: so many boxes of that size are opened."""
    key, place, times = Key.random(), bytes(64), []
    box = key.box(bytes(1024), context=place)
    for _ in range(FILTERED):
        start = time.perf_counter()
        for _box in range(number):
            key.unbox(box, context=place)
        times.append(time.perf_counter() - start)
    return median(times), number


def _filter(
    reader: Reader, chosen: tuple[tuple[str, str], ...], now: datetime, *, times: int = FILTERED
) -> tuple[float, int]:
    found, seconds = 0, []
    for _ in range(times):
        start = time.perf_counter()
        found = casework.queue(reader, Wish("all", chosen), now=now).total
        seconds.append(time.perf_counter() - start)
    return median(seconds), found


def _page(port: int, path: str, cookie: str) -> tuple[float, float, int]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    times, size = [], 0
    for _ in range(REPEATS):
        start = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"{permitted.SESSION}={cookie}"})
        answer = connection.getresponse()
        size = len(answer.read())
        times.append((time.perf_counter() - start) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
    return median(times), quantiles(times, n=20)[-1], size
