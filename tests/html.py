"""A page as its reader meets it: forms with their fields, headings, labels, links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from typing_extensions import override

VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "source", "wbr", "col"})
UNSEEN_INPUTS = frozenset({"hidden"})


@dataclass(eq=False)
class Element:
    """One element, its attributes, what stands in it and around it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def ancestors(self) -> list[Element]:
        return [] if self.parent is None else [self.parent, *self.parent.ancestors]


class Page(HTMLParser):
    """What stands on a page."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.markup = markup
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(markup)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self._open[-1] if self._open else None
        element = Element(tag, {name: value or "" for name, value in attrs}, parent)
        self.elements.append(element)
        if parent is not None:
            parent.children.append(element)
        if tag not in VOID:
            self._open.append(element)

    @override
    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    @override
    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.words.append(data)

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def by_id(self, name: str) -> Element | None:
        return next((e for e in self.elements if e.get("id") == name), None)

    @property
    def title(self) -> str:
        return next((e.text for e in self.all("title")), "")

    @property
    def heading(self) -> str:
        return next((e.text for e in self.all("h1")), "")

    @property
    def text(self) -> str:
        return next((e.text for e in self.all("body")), "")

    @property
    def links(self) -> list[str]:
        return [e.get("href") or "" for e in self.all("a")]

    def leads_to(self, name: str) -> bool:
        """Whether a link leads to what a person fills in under this name."""
        named = [e for e in self.controls() if e.get("name") == name]
        return any(f"#{e.get('id')}" in self.links for e in named)

    def controls(self) -> list[Element]:
        """What a person fills in."""
        fields = self.all("input", "select", "textarea")
        return [e for e in fields if e.get("type") not in UNSEEN_INPUTS]

    def fields(self, form: Element) -> dict[str, list[str]]:
        """What the browser would send of `form`, its buttons left out."""
        sent: dict[str, list[str]] = {}
        for element in self.all("input", "select", "textarea"):
            name = element.get("name")
            if name and self._owner(element) is form:
                sent.setdefault(name, []).extend(_values(element))
        return {name: values for name, values in sent.items() if values}

    def form(self, at: int = 0) -> Element:
        """One of the page's forms that post; `#page` first where there is one."""
        forms = [e for e in self.all("form") if e.get("method") == "post"]
        forms.sort(key=lambda e: e.get("id") != "page")
        return forms[at]

    def _owner(self, element: Element) -> Element | None:
        if (named := element.get("form")) is not None:
            return self.by_id(named)
        return next((a for a in element.ancestors if a.tag == "form"), None)


def _values(element: Element) -> list[str]:
    if element.tag == "textarea":
        return ["".join(element.words).removeprefix("\n")]
    if element.tag == "select":
        options = [e for e in element.children if e.tag == "option"]
        first = [] if element.get("multiple") is not None else options[:1]
        chosen = [e for e in options if e.get("selected") is not None] or first
        return [e.get("value") or "" for e in chosen]
    if element.get("type") in {"radio", "checkbox"}:
        return [element.get("value") or "on"] if element.get("checked") is not None else []
    return [element.get("value") or ""]
