"""Somebody who fills in the form page by page, by its own buttons, without any script."""

from __future__ import annotations

from dataclasses import dataclass

from tests.visitor import Sent, Visited, Visitor

STORY = "They took me from the market and beat me in a garage."
REPORT = "/en/report/"


@dataclass
class Walk:
    """One window of a browser; `page` is what it shows."""

    visitor: Visitor
    page: Visited

    @classmethod
    def begun(cls, visitor: Visitor, language: str = "en") -> Walk:
        """On the first page of the form."""
        start = visitor.get(f"/{language}/report/")
        return cls(visitor, visitor.follow(visitor.send(start)))

    @classmethod
    def at(cls, visitor: Visitor, address: str) -> Walk:
        """On the page that this address leads to."""
        return cls(visitor, visitor.get(address)).follow_on()

    @property
    def slug(self) -> str:
        """The page, as its form says; else the word in its address."""
        name, slash, thing = self.page.path.split("/report/")[1].partition("/")
        is_form = bool(self.page.page.all("form"))
        return f"{self.fields.get('page', [name])[0] if is_form else name}{slash}{thing}"

    @property
    def fields(self) -> dict[str, list[str]]:
        """What stands in the page's form."""
        return self.page.page.fields(self.page.page.form())

    @property
    def text(self) -> str:
        return self.page.page.text

    def press(self, go: str = "", fields: Sent | None = None, *, to: str = "") -> Walk:
        """Fill in and press a button; then the page it leads to."""
        return self.follow(self.pressed(go, fields, to=to))

    def pressed(self, go: str = "", fields: Sent | None = None, *, to: str = "") -> Visited:
        """What the server answers at once."""
        buttons: dict[str, str] = {"go": go} if go else {}
        if to:
            buttons = {"to": to}
        sent: Sent = {**(fields or {}), **buttons}
        address = self.page.path.replace("/en/", f"/{to}/", 1) if to else ""
        return self.visitor.send(self.page, sent, to=address)

    def follow(self, answer: Visited) -> Walk:
        self.page = answer
        return self.follow_on()

    def follow_on(self) -> Walk:
        """Go where the page leads by itself, once."""
        self.page = self.visitor.follow(self.page) if self.page.status == 303 else self.page
        return self

    def go(self, slug: str) -> Walk:
        """Open a page of the form by its address."""
        return self.follow(self.visitor.get(f"{REPORT}{slug}"))

    def skip_to(self, slug: str) -> Walk:
        """Skip page after page until this one."""
        while self.slug != slug:
            self.press("skip")
        return self
