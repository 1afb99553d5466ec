"""Who gets what where: every route and role has a row in `routes.txt`, and the row is true."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask

from intake.casework import Service, open_case, resume
from intake.settings import Settings, load
from intake.web import pace, tokens
from tests.people import COORDINATOR, NOW, Installation, send, stretching_quickly
from tests.visitor import Visited, Visitor
from tests.web.conftest import signed_in
from tests.web.everybody import Everybody, Places, gathered, missing

LINES = Path(__file__).with_name("routes.txt").read_text("utf-8").splitlines()
ROLES = LINES[0].split()[3:]
Row = tuple[str, str, str]
TABLE: Mapping[Row, list[str]] = {
    (line.split()[0], line.split()[1], line.split()[2]): line.split()[3:]
    for line in LINES[1:]
    if line.strip()
}
METHODS = ("GET", "POST")
ENDING = ("/filings/<filing>/conversation/end", "/sign-out", "/sign-out-everywhere")
OWNED = (
    (re.compile(r"/desk/cases/<ref>"), "<ref>", "case"),
    (re.compile(r"/desk/given/<ref>"), "<ref>", "given"),
    (re.compile(r"/desk/given/offers/"), "<id_>", "offer"),
    (re.compile(r"/account/factors/<factor>"), "<factor>", "factor"),
    (re.compile(r"/account/sessions/<session>"), "<session>", "session"),
    (re.compile(r"/account/notices/<notice>"), "<notice>", "notice"),
    (re.compile(r"/desk/team/mentions/<notice>"), "<notice>", "notice"),
    (re.compile(r"/desk/proposals/<proposal>"), "<proposal>", "proposal"),
    (re.compile(r"/filings/<filing>/"), "<filing>", "filing"),
    (re.compile(r"/desk/recorded/<filing>/"), "<filing>", "filing"),
)
"""Routes to something that is somebody's, the place in the address and what stands there."""


def routes(app: Flask) -> Iterator[Row]:
    for rule in app.url_map.iter_rules():
        address = re.sub(r"<[^<>]*:", "<", rule.rule)
        whose = ("own", "foreign") if _owned(address) else ("-",)
        for method in METHODS:
            if method in (rule.methods or ()):
                yield from ((method, address, one) for one in whose)


def _owned(address: str) -> tuple[str, str] | None:
    """The place in the address that names something of somebody's, and what it is."""
    for pattern, place, what in OWNED:
        if pattern.match(address):
            return place, what
    return None


def test_every_route_has_a_row(app: Flask) -> None:
    assert set(routes(app)) == set(TABLE)


class Walker:
    """The browser of one role, on a copy of the installation in which everybody works."""

    def __init__(self, app: Flask, role: str, everybody: Everybody, places: Places) -> None:
        self.browser = Visitor(app.test_client())
        if role != "anonymous":
            self.browser = signed_in(app, everybody.cookies[role])
        self.of_role = role if role != "anonymous" else "coordinator"
        self.everybody, self.places = everybody, places
        service = app.extensions["intake"]
        session = resume(service, everybody.cookies[self.of_role], now=NOW).session_id
        key = service.keys.server.derive("form tokens").raw
        self.token = tokens.issue(key, f"desk/{session.hex}", now=NOW)

    def answer(self, method: str, address: str, whose: str) -> Visited:
        """What comes back from `address` about something of hers, of another's, or missing.

        Forms about it carry a token that is good, and nothing else.
        """
        fields = {}
        if owned := _owned(address):
            place, what = owned
            address = address.replace(place, self._named(whose)[what])
            fields["token"] = self.token
        for place, value in self.places.items():
            address = address.replace(place, value)
        if method == "GET":
            return self.browser.get(address)
        return self.browser.post(address, fields)

    def _named(self, whose: str) -> Places:
        if whose == "missing":
            return missing()
        of = self.everybody.own if whose == "own" else self.everybody.foreign
        return of[self.of_role]


@pytest.fixture(scope="session")
def everybody(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Everybody:
    with stretching_quickly():
        return gathered(installation, tmp_path_factory.mktemp("everybody") / "instance")


@pytest.fixture
def settings(everybody: Everybody, tmp_path: Path) -> Settings:
    """The settings of an installation in which everybody works."""
    return load({}, copytree(everybody.folder, tmp_path / "instance"))


@pytest.fixture
def unpaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not there is told at once: thousands of answers are asked what they say."""
    monkeypatch.setattr(pace, "rest", lambda _spent: 0.0)
    monkeypatch.setattr(pace, "UNEVEN", 1)


@pytest.fixture
def walker(
    app: Flask,
    service: Service,
    everybody: Everybody,
    installation: Installation,
    unpaced: None,
    request: pytest.FixtureRequest,
) -> Walker:
    del unpaced  # only has to be there
    founder = resume(service, installation.cookies[COORDINATOR], now=NOW)
    code = send(service)
    open_case(founder, code.ref, now=NOW)
    places = {
        "<language>": "en",
        "<page>": "messages",
        "<digest>": "0",
        "<name>": "public.css",
        "<member>": str(founder.member),
        "<about>": str(founder.member),
        "<id_>": everybody.own["coordinator"]["invitation"],
        "<code>": "statistics",
        "<statement>": "none",
        "<slug>": "contact",
        "<kind>": "attempt",
        "<way>": "any_to_closed",
        "<link>": everybody.own["coordinator"]["link"],
        "<id>": "abcdefgh",
        "<file>": everybody.own["coordinator"]["file"],
        "<tongue>": "kk",
        "<paper>": "00000000-0000-4000-8000-000000000007",
        "<filing>": "00000000-0000-4000-8000-000000000008",
    }
    return Walker(app, request.param, everybody, places)


@pytest.mark.parametrize(
    ("walker", "column"),
    [(role, column) for column, role in enumerate(ROLES)],
    indirect=["walker"],
    ids=ROLES,
)
def test_every_row_is_true(walker: Walker, column: int) -> None:
    found = {}
    for row in sorted(TABLE, key=lambda row: row[1] in ENDING):
        found[row] = str(walker.answer(*row).status)
    assert found == {row: expected[column] for row, expected in TABLE.items()}


@pytest.mark.parametrize("walker", ROLES, indirect=True)
def test_what_is_anothers_looks_like_what_is_nowhere(walker: Walker) -> None:
    for method, address, whose in TABLE:
        if whose == "foreign":
            foreign = walker.answer(method, address, "foreign")
            nowhere = walker.answer(method, address, "missing")
            assert _seen(foreign) == _seen(nowhere), (method, address)


def _seen(answer: Visited) -> tuple[int, str, str]:
    """Status, where it leads apart from the way back here, and the words of the page."""
    is_led = answer.status in {302, 303}
    leads_to = answer.location.partition("?to=")[0] if is_led else ""
    return answer.status, leads_to, "" if is_led else answer.page.text
