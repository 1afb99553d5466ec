"""A visitor who fetches pages and checks the house rules on every one of them."""

from __future__ import annotations

import gzip
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from tests.html import Page

LANGUAGES = ("kk", "ru", "en")
FIRST_VIEW_BYTES = 14_336
PLANTED_FROM = 6  # characters: shorter words occur by chance
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
OWN_ADDRESS = re.compile(r"/(?!/)|#|\?|tel:")
UNREMEMBERED = frozenset({"token", "to", "kind"})  # words of ours, not of the person
Fields = Mapping[str, str | Sequence[str]]
Sent = Mapping[str, str | Sequence[str] | FileStorage | Sequence[FileStorage]]
_WEIGHED: dict[str, int] = {}


@dataclass
class Visitor:
    """One browser without JavaScript; every answer it gets is checked."""

    client: FlaskClient
    base_url: str = "http://127.0.0.1"
    typed: set[str] = field(default_factory=set)

    def get(self, path: str, **headers: str) -> Visited:
        """Fetch a page."""
        answer = self.client.get(path, base_url=self.base_url, headers=_sent(headers))
        return self._visited(answer)

    def post(self, path: str, fields: Sent | None = None, **headers: str) -> Visited:
        """Send fields as they are, without a page behind them."""
        self._remember({name: _words(told) for name, told in (fields or {}).items()})
        answer = self.client.post(
            path, data=fields or {}, base_url=self.base_url, headers=_sent(headers)
        )
        return self._visited(answer)

    def send(
        self, visited: Visited, fields: Sent | None = None, *, form: int = 0, to: str = ""
    ) -> Visited:
        """Fill in and send a form of the page; `to` where its button has its own address."""
        element = visited.page.form(form)
        sent = {**visited.page.fields(element), **(fields or {})}
        path = to or element.get("action") or visited.path
        return self.post(path, sent)

    def follow(self, visited: Visited) -> Visited:
        """Go where the answer sends the browser."""
        return self.get(visited.location)

    def _remember(self, fields: Fields) -> None:
        secret = {name: value for name, value in fields.items() if name not in UNREMEMBERED}
        for value in secret.values():
            texts = [value] if isinstance(value, str) else value
            self.typed |= {text for text in texts if len(text) >= PLANTED_FROM}

    def _visited(self, answer: TestResponse) -> Visited:
        visited = Visited(answer)
        check_answer(visited, self.typed)
        if answer.mimetype == "text/html" and not 300 <= answer.status_code < 400:
            check_page(visited, self.typed)
            self._check_weight(visited)
        return visited

    def _check_weight(self, visited: Visited) -> None:
        if not visited.is_public:
            return
        sheets = [
            e.get("href") for e in visited.page.all("link") if e.get("rel") == "stylesheet"
        ]
        sheets += [e.get("src") for e in visited.page.all("img")]
        beside = sum(self._weight(sheet) for sheet in sheets if sheet)
        weight = len(gzip.compress(visited.body, 6)) + beside
        assert weight <= FIRST_VIEW_BYTES, f"{visited.path} weighs {weight} bytes"

    def _weight(self, address: str) -> int:
        """What is fetched beside a page; what is named by its content is fetched once."""
        if address in _WEIGHED:
            return _WEIGHED[address]
        weight = len(self.client.get(address, headers={"Accept-Encoding": "gzip"}).data)
        if address.startswith("/static/"):
            _WEIGHED[address] = weight
        return weight


def _words(told: str | Sequence[str] | FileStorage | Sequence[FileStorage]) -> list[str]:
    """What of it was typed: files are not."""
    several = [told] if isinstance(told, str | FileStorage) else told
    return [one for one in several if isinstance(one, str)]


@dataclass(eq=False)
class Visited:
    """An answer."""

    answer: TestResponse

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def path(self) -> str:
        return self.answer.request.path

    @property
    def is_public(self) -> bool:
        return self.path.split("/")[1] in LANGUAGES

    @property
    def location(self) -> str:
        return self.answer.headers["Location"]

    @property
    def body(self) -> bytes:
        packed = self.answer.headers.get("Content-Encoding") == "gzip"
        return gzip.decompress(self.answer.data) if packed else self.answer.data

    @cached_property
    def page(self) -> Page:
        return Page(self.body.decode())


TOLD_APART = 5
"""Letters from which on what was typed is told apart from words of our own addresses."""


def check_answer(visited: Visited, typed: set[str]) -> None:
    """What holds for every answer: strict headers, nothing that was typed outside its body."""
    headers = visited.answer.headers
    assert visited.status != 500, visited.path
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy == POLICY
    is_lasting = visited.path.startswith("/static/") or visited.path == "/favicon.ico"
    assert is_lasting or headers["Cache-Control"] == "no-store"
    for cookie in headers.getlist("Set-Cookie"):
        parts = {part.strip().split("=")[0].lower() for part in cookie.split(";")}
        assert {"httponly", "samesite", "path"} <= parts, cookie
        assert "SameSite=Strict" in cookie
    own = {*HEADERS, "Content-Security-Policy"}  # a word of a recovery sheet may stand in these
    outside = " ".join(value for name, value in headers if name not in own)
    outside += " ".join(_decoded(text) for text in re.findall(r"[\w-]{16,}={0,2}", outside))
    told = [text for text in typed if len(text) >= TOLD_APART]
    assert [text for text in told if text in outside] == []


def check_page(visited: Visited, typed: Iterable[str] = ()) -> None:
    """What holds for every page."""
    page = visited.page
    assert visited.body.startswith(b"<!DOCTYPE html>")
    _check_language(visited)
    assert page.title
    assert len(page.all("h1")) == 1
    assert page.heading
    assert len(page.all("main")) == 1
    if not any("%(" in text for text in typed):
        assert "%(" not in page.text
    assert "{{" not in page.markup
    _check_no_inline(page)
    _check_addresses(page)
    _check_ids(page)
    _check_labels(page)
    _check_forms(page)
    if visited.is_public:
        _check_leaving(page)


def _check_language(visited: Visited) -> None:
    root = visited.page.all("html")[0]
    assert root.get("lang") in LANGUAGES
    assert root.get("dir") == "ltr"
    if visited.is_public:
        assert root.get("lang") == visited.path.split("/")[1]


def _check_no_inline(page: Page) -> None:
    assert page.all("style", "iframe", "object", "embed", "svg") == []
    for element in page.elements:
        scripted = {name for name in element.attributes if name.startswith("on")}
        assert scripted | ({"style"} & element.attributes.keys()) == set(), element
    for script in page.all("script"):
        assert script.get("src")
        assert not script.text
    sources = [script.get("src") for script in page.all("script")]
    assert len(set(sources)) == len(sources), "What is loaded twice acts twice."


def _check_addresses(page: Page) -> None:
    for element in page.elements:
        for name in ("href", "src", "action", "formaction"):
            address = element.get(name)
            assert not address or OWN_ADDRESS.match(address), address


def _check_ids(page: Page) -> None:
    ids = [name for e in page.elements if (name := e.get("id"))]
    assert sorted(set(ids)) == sorted(ids)
    named = [a for e in page.elements for a in (e.get("for"), e.get("form")) if a]
    named += [n for e in page.elements for n in (e.get("aria-describedby") or "").split()]
    named += [n for e in page.elements for n in (e.get("aria-labelledby") or "").split()]
    named += [link[1:] for link in page.links if link.startswith("#")]
    assert set(named) <= set(ids), set(named) - set(ids)


def _check_labels(page: Page) -> None:
    labels: dict[str | None, str] = {}
    for label in page.all("label"):  # a picture may press a tick that has its words elsewhere
        labels[label.get("for")] = labels.get(label.get("for"), "") + label.text
    for control in page.controls():
        around = next((a.text for a in control.ancestors if a.tag == "label"), "")
        assert around or labels.get(control.get("id")) or control.get("aria-label"), control
    for button in page.all("button", "a"):
        assert button.text or button.get("aria-label"), button
    for group in page.all("fieldset"):
        assert any(child.tag == "legend" and child.text for child in group.children)


def _check_forms(page: Page) -> None:
    for form in page.all("form"):
        if form.get("method") == "post":
            assert page.fields(form).get("token"), "a form without its token"


def _check_leaving(page: Page) -> None:
    first, second = page.all("a")[:2]
    assert first.get("href") == "#main"
    assert second.get("href") == "/exit"
    assert set((second.get("rel") or "").split()) == {"nofollow", "noreferrer"}


def _sent(headers: Mapping[str, str]) -> dict[str, str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"Accept-Encoding": "gzip", "Accept-Language": "en", **named}


def _decoded(text: str) -> str:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("utf-8", "ignore")
    except ValueError:
        return ""
