"""Whatever is sent to whatever address, it is answered, never with an error of ours."""

import secrets
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from shutil import copytree

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake import create_app
from intake.casework import new_once, resume, send_message
from intake.form.pages import pages
from intake.settings import load
from intake.web import tokens
from intake.web.context import CLOCK
from tests.conftest import Length
from tests.people import COORDINATOR, NOW, Installation, send_and_open
from tests.proof.inputs import (
    BUTTONS,
    KINDS,
    STEPS,
    THINGS,
    Target,
    body_of,
    fields_of,
    parts_of_addresses,
    path_of,
)
from tests.running import PATIENCE, running
from tests.visitor import Visitor

REQUESTS = {"short": 300, "long": 2_000}
FORMS = {"short": 120, "long": 1_000}
RAW = {"short": 60, "long": 5_000}
ROUNDS = {"short": 1, "long": 100}
"""How often requests and forms are sent, each time to a fresh installation: in one that has
taken some ten thousand notes, each page takes longer than the one before."""
ENDS_THE_SESSION = frozenset({"account.sign_out", "account.sign_out_everywhere"})
ANSWERED = frozenset(
    {200, 302, 303, 304, 308, 400, 401, 403, 404, 405, 409, 413, 414, 421, 422, 429, 503}
)
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE")
PLAIN = st.characters(min_codepoint=33, max_codepoint=126)
unhurried = partial(
    settings, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def target(installation: Installation, tmp_path: Path) -> Iterator[Target]:
    app = create_app(load({}, copytree(installation.folder, tmp_path / "instance")))
    app.extensions[CLOCK] = lambda: NOW
    service = app.extensions["intake"]
    cookie = installation.cookies[COORDINATOR]
    reader = resume(service, cookie, now=NOW)
    sent = send_and_open(reader)
    asked = tuple(one.key for page in pages()[:2] for one in page.asked)
    send_message(reader, sent.ref, "Tell us more.", once=new_once(), now=NOW, questions=asked)
    reporter, about = writing(Visitor(app.test_client()), sent.code)
    key = service.keys.server.derive("form tokens").raw
    purposes = ("public", "public", f"desk/{reader.session_id.hex}", "desk")
    yield Target(
        app,
        cookie,
        reporter,
        dict(
            parts_of_addresses(ref=sent.ref, member=str(reader.member), about=about, id_=about)
        ),
        tuple(tokens.issue(key, purpose, now=NOW) for purpose in purposes),
        new_once(),
    )
    service.engine.dispose()


def writing(visitor: Visitor, code: str) -> tuple[str, str]:
    """The cookie of somebody with a conversation and a draft; the id of what we asked her."""
    visitor.send(visitor.get("/en/return/"), {"code": code})
    links = visitor.get("/en/return/messages").page.links
    (about,) = {link.split("/")[-1] for link in links if "/return/questions/" in link}
    story = visitor.follow(visitor.send(visitor.get("/en/report/")))
    visitor.send(story, {"reporter_role": "lawyer", "go": "save"})
    cookie = visitor.client.get_cookie("i", domain="127.0.0.1")
    assert cookie is not None
    return cookie.value, about


@pytest.mark.usefixtures("campaign")
def test_any_request_is_answered(target: Target, length: Length) -> None:
    @unhurried(max_examples=REQUESTS[length])
    @given(data=st.data())
    def is_answered(data: st.DataObject) -> None:
        rule = data.draw(st.sampled_from(target.rules), label="rule")
        signed_in = data.draw(st.booleans()) and rule.endpoint not in ENDS_THE_SESSION
        client = target.app.test_client(use_cookies=True)
        set_cookies(client, data, target, signed_in=signed_in)
        kind = data.draw(st.sampled_from(KINDS))
        with in_time():
            answer = client.open(
                path_of(rule, data, target),
                method=data.draw(st.sampled_from(METHODS)),
                base_url="http://127.0.0.1",
                data=body_of(kind, data, target),
                content_type=kind,
                headers=data.draw(headers),
            )
        assert answer.status_code in ANSWERED, (rule, answer.status_code)
        assert b"Traceback" not in answer.data

    is_answered()


@pytest.mark.usefixtures("campaign")
def test_any_answer_to_a_page_of_the_form_is_taken(target: Target, length: Length) -> None:
    """Right names, right and wrong values, by every button, on every page."""

    @unhurried(max_examples=FORMS[length])
    @given(data=st.data())
    def is_taken(data: st.DataObject) -> None:
        slug = data.draw(st.sampled_from(sorted(STEPS)), label="page")
        item = "/abcdefgh" if slug in THINGS and data.draw(st.booleans()) else ""
        fields = data.draw(fields_of(slug))
        go = data.draw(st.sampled_from(BUTTONS))
        sent = {**fields, "token": target.tokens[0], "go": go}
        client = target.app.test_client()
        client.set_cookie("i", target.reporter, domain="127.0.0.1")
        with in_time():
            path = f"/kk/report/{slug}{item}"
            answer = client.post(path, data=sent, base_url="http://127.0.0.1")
            shown = client.get(path, base_url="http://127.0.0.1", follow_redirects=True)
        assert answer.status_code in {200, 303, 409, 413, 422}, (slug, answer.status_code)
        assert shown.status_code in {200, 303}

    is_taken()


@contextmanager
def in_time() -> Iterator[None]:
    """Whatever is done must come to an end."""

    def give_up(*_told: object) -> None:
        raise TimeoutError("no answer")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(int(PATIENCE))
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


headers = st.dictionaries(
    st.sampled_from(
        ("Accept-Language", "Accept-Encoding", "Sec-Fetch-Site", "If-None-Match", "Range")
    ),
    st.text(alphabet=PLAIN, max_size=30) | st.sampled_from(("gzip", "kk", "cross-site")),
    max_size=3,
)
cookie_texts = st.text(alphabet=PLAIN.filter(lambda c: c not in ';"\\,'), max_size=60)


def set_cookies(
    client: FlaskClient, data: st.DataObject, target: Target, *, signed_in: bool
) -> None:
    for name in "ilk":
        if data.draw(st.booleans()):
            client.set_cookie(name, data.draw(cookie_texts), domain="127.0.0.1")
    if data.draw(st.booleans()):
        client.set_cookie("i", target.reporter, domain="127.0.0.1")
    if signed_in:
        client.set_cookie("d", target.desk, domain="127.0.0.1")


LINES = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\n",
    b"POST /en/urgent/ HTTP/1.1\r\nHost: localhost\r\n",
    b"POST /sign-in HTTP/1.0\r\n",
    b"Content-Length: 10\r\n",
    b"Content-Length: -1\r\n",
    b"Content-Length: 99999999999999999999\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Expect: 100-continue\r\n",
    b"Upgrade: h2c\r\nConnection: Upgrade\r\n",
    b"Cookie: i=\xff\xfe; d=\0\r\n",
    b"\r\n",
    b"5\r\nab\r\n",
    b"0\r\n\r\n",
    b"\0\0\0",
    b"\x16\x03\x01\x02\x00\x01",
)


def test_any_bytes_on_the_wire_leave_the_server_well(
    installation: Installation, tmp_path: Path, length: Length
) -> None:
    folder = copytree(installation.folder, tmp_path / "instance")
    with running(folder) as site:
        for _ in range(RAW[length]):
            whole = b"".join(secrets.choice(LINES) for _ in range(1 + secrets.randbelow(8)))
            exchange(site.port, whole + secrets.token_bytes(secrets.randbelow(20)))
        written = site.log.read_text()
    assert "request_failed" not in written
    assert "crashed" not in written


def exchange(port: int, sent: bytes) -> None:
    """Send it and read to the end; the server must come to one within its time."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass
        except ConnectionError:
            return  # refused in the middle, which is an end too
