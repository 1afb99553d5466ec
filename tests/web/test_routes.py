"""Who gets what where: every route and role has a row in `routes.txt`, and the row is true."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask

from intake.casework import Reader, Service, open_case, resume
from intake.roles import Role
from tests.people import COORDINATOR, NOW, Installation, add_member, send, sign_in
from tests.visitor import Visitor
from tests.web.conftest import signed_in

LINES = Path(__file__).with_name("routes.txt").read_text("utf-8").splitlines()
ROLES = LINES[0].split()[2:]
TABLE: Mapping[tuple[str, str], list[str]] = {
    (line.split()[0], line.split()[1]): line.split()[2:] for line in LINES[1:] if line.strip()
}
HELD: Mapping[str, tuple[Role, ...]] = {
    "second": (Role.COORDINATOR,),
    "handler": (Role.COORDINATOR, Role.HANDLER),
    "lawyer": (Role.FILING_LAWYER,),
    "psychologist": (Role.PSYCHOLOGIST,),
    "analyst": (Role.ANALYST,),
    "auditor": (Role.AUDITOR,),
    "administrator": (Role.ADMINISTRATOR,),
}
WORDS = "seven words that no list holds here"
METHODS = ("GET", "POST")
ENDING = ("/sign-out", "/sign-out-everywhere")


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        for method in METHODS:
            if method in (rule.methods or ()):
                yield method, re.sub(r"<[^<>]*:", "<", rule.rule)


def test_every_route_has_a_row(app: Flask) -> None:
    assert set(routes(app)) == set(TABLE)


@pytest.fixture
def browser(
    app: Flask,
    service: Service,
    installation: Installation,
    coordinator: Reader,
    request: pytest.FixtureRequest,
) -> Visitor:
    """The browser of somebody in the role that the test is about."""
    role: str = request.param
    if role == "anonymous":
        return Visitor(app.test_client())
    if role == COORDINATOR:
        return signed_in(app, installation.cookies[COORDINATOR])
    add_member(coordinator, role, HELD[role], WORDS)
    return signed_in(app, sign_in(service, role, WORDS, known=None, now=NOW).cookie)


@pytest.mark.parametrize(
    ("browser", "column"),
    [(role, column) for column, role in enumerate(ROLES)],
    indirect=["browser"],
    ids=ROLES,
)
def test_every_row_is_true(
    browser: Visitor, column: int, service: Service, installation: Installation
) -> None:
    reader = resume(service, installation.cookies[COORDINATOR], now=NOW)
    values = {
        "<language>": "en",
        "<page>": "messages",
        "<digest>": "0",
        "<name>": "public.css",
        "<member>": str(reader.member),
        "<about>": str(reader.member),
        "<id_>": str(reader.member),
        "<code>": "statistics",
        "<slug>": "contact",
        "<id>": "abcdefgh",
        "<ref>": send(service).ref,
    }
    open_case(reader, values["<ref>"], now=NOW)
    found = {}
    for method, rule in sorted(TABLE, key=lambda row: row[1] in ENDING):
        address = rule
        for place, value in values.items():
            address = address.replace(place, value)
        answer = browser.get(address) if method == "GET" else browser.post(address)
        found[method, rule] = str(answer.status)
    assert found == {row: expected[column] for row, expected in TABLE.items()}
