"""The queue page with 3,000 open cases, however many there are in all."""

import time
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

from intake.web import permitted
from tests.bench.filling import filled
from tests.bench.serving import memory
from tests.running import PATIENCE, running

OPEN = 3_000
REPEATS = 60
PAGES = {"triage": "/desk/", "custody": "/desk/?view=custody", "region": "/desk/?region=KZ-75"}

Measured = dict[str, tuple[float, float, int]]


def queue(folder: Path, cases: int) -> tuple[Measured, list[int]]:
    """For each page p50 and p95 in ms and bytes; and the memory of the workers."""
    now = datetime.now(UTC)
    made = filled(folder, cases=cases, still_open=min(OPEN, cases), now=now)
    made.service.engine.dispose()
    with running(folder) as server:
        pages = {name: _page(server.port, path, made.cookie) for name, path in PAGES.items()}
        return pages, memory(server.processes["serve"].pid)


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
