"""What a page of the report form costs: keeping it durably, and showing the next one."""

import re
import statistics
import time
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.serving import field
from tests.bench.urgent import WORDS, Server
from tests.running import running

REPORTS = 30
PAGES = 8
TEXTS = re.compile(rb'<textarea[^>]* name="([^"]+)"')
HIDDEN = ("token", "seen", "page")


def pages(instance: Path) -> tuple[float, float]:
    """Milliseconds from pressing the button until the next page is there: p50 and p95."""
    with running(instance) as server:
        spent = [one for _ in range(REPORTS) for one in _report(Server(server.port))]
    spent.sort()
    return statistics.median(spent), spent[int(len(spent) * 0.95)]


def _report(server: Server) -> list[float]:
    """The first pages of a report, with a long answer wherever words are asked for."""
    start, cookie = server.ask("GET", "/en/report/")
    body = urlencode({"token": field(start, "token")})
    _, cookie = server.ask("POST", "/en/report/", body=body, cookie=cookie, expect=303)
    page, cookie = server.ask("GET", server.location, cookie=cookie)
    spent = []
    for _ in range(PAGES):
        path, body = server.location, _filled(page)
        began = time.perf_counter()
        _, cookie = server.ask("POST", path, body=body, cookie=cookie, expect=303)
        page, cookie = server.ask("GET", server.location, cookie=cookie)
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def _filled(page: bytes) -> str:
    hidden = {name: field(page, name) for name in HIDDEN if f'name="{name}"'.encode() in page}
    told = {name.decode(): WORDS * 20 for name in TEXTS.findall(page)}
    return urlencode({**told, **hidden})
