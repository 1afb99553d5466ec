"""Whatever is sent to whatever address, it is answered, never with an error of ours."""

import secrets
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule

from intake import create_app
from intake.casework import new_once, resume
from intake.form import urgent
from intake.settings import load
from intake.web import tokens
from intake.web.context import CLOCK
from tests.people import COORDINATOR, NOW, Installation, send_and_open
from tests.proof.conftest import Length
from tests.running import PATIENCE, running

REQUESTS = {"short": 600, "long": 200_000}
RAW = {"short": 60, "long": 5_000}
ENDS_THE_SESSION = frozenset({"account.sign_out", "account.sign_out_everywhere"})
ANSWERED = frozenset(
    {200, 302, 303, 304, 308, 400, 401, 403, 404, 405, 409, 413, 414, 421, 422, 429, 503}
)
NAMES = (
    *(question.name for question in urgent.STEP.questions),
    *("leave_empty", "receipt", "code", "text", "kind", "note", "level", "reason", "revision"),
    *("handle", "kept", "to", "language", "drawn", "again", "step", "count", "threshold"),
    *("sealed", "first_word", "second_word", "mail", "always", "days0", "since0", "until0"),
    *("view", "region", "stage", "sort", "page", "said"),
)
ODD = (
    *("", " ", "\0", "\x1b[2J", "\u202e", "'; DROP TABLE", "<script>", "%(count)s", "{{ 7 }}"),
    *("-1", "0", "1e9", "9" * 30, "٣", "2026-02-30", "31.02.2026", "00.00.0000", "25:61"),
    *("yes", "y", "u1", "u4", "kk", "missing", "message", "withdrawal", "phone", "a" * 30_000),
)
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE")
KINDS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/plain; charset=utf-16",
    "",
)
PLAIN = st.characters(min_codepoint=33, max_codepoint=126)
values = st.text(max_size=40) | st.sampled_from(ODD)


@dataclass
class Target:
    """The application, somebody signed in, and what makes a request go deeper."""

    app: Flask
    cookie: str
    ref: str
    member: str
    tokens: tuple[str, ...]
    once: str

    @property
    def rules(self) -> list[Rule]:
        return sorted(self.app.url_map.iter_rules(), key=str)


@pytest.fixture(scope="module")
def target(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Target]:
    folder: Path = tmp_path_factory.mktemp("fuzz") / "instance"
    app = create_app(load({}, copytree(installation.folder, folder)))
    app.extensions[CLOCK] = lambda: NOW
    service = app.extensions["intake"]
    cookie = installation.cookies[COORDINATOR]
    reader = resume(service, cookie, now=NOW)
    key = service.keys.server.derive("form tokens").raw
    purposes = ("public", f"desk/{reader.session_id.hex}", "desk")
    yield Target(
        app,
        cookie,
        send_and_open(reader).ref,
        str(reader.member),
        tuple(tokens.issue(key, purpose, now=NOW) for purpose in purposes),
        new_once(),
    )
    service.engine.dispose()


def test_any_request_is_answered(target: Target, length: Length) -> None:
    @settings(
        max_examples=REQUESTS[length],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def is_answered(data: st.DataObject) -> None:
        rule = data.draw(st.sampled_from(target.rules), label="rule")
        signed_in = data.draw(st.booleans()) and rule.endpoint not in ENDS_THE_SESSION
        client = target.app.test_client(use_cookies=True)
        set_cookies(client, data, target.cookie if signed_in else "")
        kind = data.draw(st.sampled_from(KINDS))
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


headers = st.dictionaries(
    st.sampled_from(
        ("Accept-Language", "Accept-Encoding", "Sec-Fetch-Site", "If-None-Match", "Range")
    ),
    st.text(alphabet=PLAIN, max_size=30) | st.sampled_from(("gzip", "kk", "cross-site")),
    max_size=3,
)


cookie_texts = st.text(alphabet=PLAIN.filter(lambda c: c not in ';"\\,'), max_size=60)


def set_cookies(client: FlaskClient, data: st.DataObject, session: str) -> None:
    for name in "ilk":
        if data.draw(st.booleans()):
            text = data.draw(
                st.text(alphabet=PLAIN.filter(lambda c: c not in ';"\\,'), max_size=60)
            )
            client.set_cookie(name, text, domain="127.0.0.1")
    if session:
        client.set_cookie("d", session, domain="127.0.0.1")


def path_of(rule: Rule, data: st.DataObject, target: Target) -> str:
    """An address of the rule with parts that fit, or that do not."""
    known = {"language": "kk", "ref": target.ref, "member": target.member, "page": "messages"}
    path = str(rule)
    for name in rule.arguments:
        odd = quote(data.draw(st.text(max_size=20)), safe="")
        part = data.draw(st.sampled_from((known.get(name, "x"), known.get(name, "x"), odd)))
        path = _without(path, name, part)
    asked = data.draw(st.dictionaries(st.sampled_from(NAMES), values, max_size=2))
    return f"{path}?{urlencode(asked, errors='ignore')}"


def _without(path: str, name: str, part: str) -> str:
    before, _, rest = path.partition("<")
    inside, _, after = rest.partition(">")
    if inside.split(":")[-1] == name:
        return f"{before}{part}{after}"
    return f"{before}<{inside}>{_without(after, name, part)}"


def body_of(kind: str, data: st.DataObject, target: Target) -> bytes:
    if data.draw(st.integers(0, 3)) == 0:
        return data.draw(st.binary(max_size=2_000))
    fields = data.draw(
        st.dictionaries(
            st.sampled_from(NAMES), st.lists(values, min_size=1, max_size=2), max_size=8
        )
    )
    fields["token"] = [data.draw(st.sampled_from(target.tokens) | values)]
    fields["once"] = [data.draw(st.sampled_from((target.once, new_once())) | values)]
    if kind.endswith("boundary=x"):
        return b"".join(_part(n, v) for n, many in fields.items() for v in many) + b"--x--\r\n"
    return urlencode(fields, doseq=True, errors="ignore").encode()


def _part(name: str, value: str) -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    return (head + value + "\r\n").encode("utf-8", "ignore")


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
