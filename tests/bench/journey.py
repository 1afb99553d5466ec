"""What a page of the report form costs: keeping it durably, and showing the next one."""

import statistics
import time
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.serving import field
from tests.bench.urgent import WORDS, Server
from tests.running import running

REPORTS = 30
PAGES = ("story", "who-did-it", "witnesses", "pressure", "contact")
ANSWERS = {
    "narrative": WORDS * 20,
    "perpetrators_text": WORDS,
    "witnesses": WORDS,
    "safety_note": WORDS,
    "contact_hours": "after 18:00",
}


def pages(instance: Path) -> tuple[float, float]:
    """Milliseconds from pressing the button until the next page is there: p50 and p95."""
    with running(instance) as server:
        spent = [one for _ in range(REPORTS) for one in _report(Server(server.port))]
    spent.sort()
    return statistics.median(spent), spent[int(len(spent) * 0.95)]


def _report(server: Server) -> list[float]:
    start, cookie = server.ask("GET", "/en/report/")
    body = urlencode({"token": field(start, "token")})
    _, cookie = server.ask("POST", "/en/report/", body=body, cookie=cookie, expect=303)
    spent = []
    for slug in PAGES:
        path = f"/en/report/{slug}"
        page, cookie = server.ask("GET", path, cookie=cookie)
        hidden = {name: field(page, name) for name in ("token", "seen")}
        began = time.perf_counter()
        body = urlencode({**ANSWERS, **hidden})
        _, cookie = server.ask("POST", path, body=body, cookie=cookie, expect=303)
        _, cookie = server.ask("GET", "/en/report/check", cookie=cookie)
        spent.append((time.perf_counter() - began) * 1000)
    return spent
