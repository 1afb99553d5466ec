"""A browser reduced to what it sends: pages, forms and cookies, over real connections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.html import Page
from tests.running import PATIENCE

if TYPE_CHECKING:
    from tests.html import Element


class Lost(Exception):  # noqa: N818 - reads as what happened
    """No answer came."""


@dataclass
class Answer:
    """What came back."""

    status: int
    path: str
    location: str
    body: bytes = field(repr=False)

    @property
    def page(self) -> Page:
        return Page(self.body.decode())


@dataclass
class Caller:
    """Somebody's browser; `port` is where the server listens."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def open(self, path: str) -> Answer:
        """Fetch a page where its address leads."""
        answer = self.get(path)
        return self.follow(answer) if answer.status == 303 else answer

    def post(self, path: str, fields: Mapping[str, str | list[str]]) -> Answer:
        return self._ask("POST", path, urlencode(fields, doseq=True))

    def send(self, answer: Answer, fields: Mapping[str, str], *, to: str = "") -> Answer:
        """Fill in and send the form of a page, `to` being the end of its address."""
        page = answer.page
        form, address = _form(page, to)
        sent: dict[str, str | list[str]] = {**page.fields(form), **fields}
        return self.post(address or answer.path, sent)

    def follow(self, answer: Answer) -> Answer:
        assert answer.status == 303, (answer.status, answer.page.text[:500])
        return self.get(answer.location)

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as error:
            raise Lost from error
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: kept.value for name, kept in SimpleCookie(line).items()}
        return Answer(answer.status, path, answer.headers.get("Location", ""), content)


def fields(answer: Answer, to: str) -> dict[str, list[str]]:
    """What the form that leads `to` would send as it stands."""
    page = answer.page
    return page.fields(_form(page, to)[0])


def _form(page: Page, to: str) -> tuple[Element, str]:
    """The form that leads `to`, by itself or by one of its buttons, and its whole address."""
    forms = [form for form in page.all("form") if form.get("method") == "post"]
    forms.sort(key=lambda form: form.get("id") != "page")
    ways = [(form, form.get("action") or "") for form in forms]
    for button in page.all("button"):
        around = [form for form in forms if form in button.ancestors or _names(button, form)]
        ways += [(form, button.get("formaction") or "") for form in around]
    return next((form, address) for form, address in ways if address.endswith(to))


def _names(button: Element, form: Element) -> bool:
    return bool(button.get("form")) and button.get("form") == form.get("id")
