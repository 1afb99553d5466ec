"""Whether the time of an answer tells what is another's from what is nowhere."""

import math
import secrets
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from intake import create_app
from intake.settings import load
from intake.web.context import CLOCK
from tests.people import NOW, begin, settle
from tests.visitor import Visitor
from tests.web.conftest import signed_in
from tests.web.everybody import Everybody, Places, gathered, missing

PAIRS = 1_000
WARMING = 50
ROUTES = (
    ("coordinator", "/desk/cases/{case}", "a case kept for others"),
    ("coordinator", "/desk/cases/{case}/access", "who can open it"),
    ("lawyer", "/desk/given/{given}", "a case not given to her"),
    ("lawyer", "/account/factors/{factor}/remove", "a colleague's second factor"),
)


@dataclass(frozen=True)
class Compared:
    """Medians in milliseconds; `p`: how often chance alone is as uneven (sign test)."""

    what: str
    foreign: float
    nowhere: float
    p: float


def compared(folder: Path) -> Iterator[Compared]:
    """Each route, asked for by who may not open it, in pairs of random order."""
    installation = settle(begin(folder / "founded"))
    everybody = gathered(installation, folder / "everybody")
    app = create_app(load({}, everybody.folder))
    app.extensions[CLOCK] = lambda: NOW
    for role, route, what in ROUTES:
        browser = signed_in(app, everybody.cookies[role])
        yield _compared(browser, route, what, _of(everybody, role))


def _of(everybody: Everybody, role: str) -> tuple[Callable[[], Places], Callable[[], Places]]:
    return lambda: everybody.foreign[role], _anew


def _anew() -> Places:
    """Names of what is nowhere; each time others, as somebody who guesses has them."""
    letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
    word = "".join(secrets.choice(letters) for _ in range(8))
    return {**missing(), "case": f"{word[:4]}-{word[4:]}", "given": f"{word[:4]}-{word[4:]}"}


def _compared(
    browser: Visitor,
    route: str,
    what: str,
    sides: tuple[Callable[[], Places], Callable[[], Places]],
) -> Compared:
    spent: tuple[list[float], list[float]] = ([], [])
    for number in range(WARMING + PAIRS):
        order = [0, 1]
        secrets.SystemRandom().shuffle(order)
        for side in order:
            taken = _time(browser, route.format(**sides[side]()))
            if number >= WARMING:
                spent[side].append(taken)
    foreign, nowhere = spent
    return Compared(what, statistics.median(foreign), statistics.median(nowhere), _p(spent))


def _time(browser: Visitor, address: str) -> float:
    began = time.perf_counter()
    status = browser.client.get(address, base_url=browser.base_url).status_code
    taken = (time.perf_counter() - began) * 1000
    if status != 404:
        raise RuntimeError(f"{address} answered {status}")
    return taken


def _p(spent: tuple[list[float], list[float]]) -> float:
    slower = sum(one > other for one, other in zip(*spent, strict=True))
    return math.erfc(abs(slower - PAIRS / 2) / math.sqrt(PAIRS / 2))
