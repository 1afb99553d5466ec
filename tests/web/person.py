"""Somebody who fills in the form, and what must be there because of what she said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import Flask
from typing_extensions import override

from intake.casework import Service, read_draft
from intake.form.draft import Draft
from intake.form.journey import asked_steps, questions_of
from intake.web.context import CLOCK
from tests.visitor import Fields, Visited, Visitor
from tests.web.told_pages import NOTHING, Answer, Asked, Key, asked_on, becomes

# They hold as long as what they depend on, or give way to the same list on another page.
UNWATCHED: Final = frozenset({"town", "injury_still", "body_mark", "evidence-state"})
OURS: Final[tuple[str, ...]] = ("token", "page", "seen", "then", "sure")
MARK: Final = re.compile(r"w\d+w .")


class Writer(Visitor):
    """A visitor whose own words are told by their mark: `w12w …`."""

    @override
    def _remember(self, fields: Fields) -> None:
        for many in fields.values():
            texts = [many] if isinstance(many, str) else many
            self.typed |= {text for text in texts if MARK.match(text)}


@dataclass
class Tab:
    """A window with a page in it, and what the draft held when she looked at it."""

    visited: Visited
    held: Mapping[Key, Answer] = field(repr=False)

    @property
    def item(self) -> str:
        """The id of the thing that the page shows; nothing on a page of the form itself."""
        parts = self.visited.path.split("/")[3:]
        return parts[1] if len(parts) > 1 else ""

    @property
    def slug(self) -> str:
        return self.visited.page.fields(self.visited.page.form())["page"][0]

    def asked(self) -> dict[Key, Asked]:
        """What the page asks and is watched."""
        found = asked_on(self.visited.page)
        return {(self.item, n): one for n, one in found.items() if n not in UNWATCHED}


@dataclass
class Person:
    """Somebody with one browser and several windows; `said` is what she may count on."""

    app: Flask
    visitor: Writer
    said: dict[Key, Answer] = field(default_factory=dict)
    tabs: list[Tab] = field(default_factory=list)

    @property
    def service(self) -> Service:
        service: Service = self.app.extensions["intake"]
        return service

    def draft(self) -> Draft:
        """What is kept for her; asked only to learn which pages these answers open."""
        cookie = self.visitor.client.get_cookie("i", domain="127.0.0.1")
        assert cookie is not None
        visit = cookie.value.split("~")[2]
        return read_draft(self.service, visit, now=self.app.extensions[CLOCK]()).draft

    def go(self, path: str) -> Visited:
        return self.arrived(self.visitor.get(path))

    def arrived(self, visited: Visited) -> Visited:
        """Look at a page, whatever it is; one of the form must show what was said."""
        while visited.status in {302, 303}:
            visited = self.visitor.follow(visited)
        if is_step(visited):
            tab = Tab(visited, dict(self.said))
            self.assert_shown(tab)
            self.tabs = [*self.tabs[-3:], tab]
        return visited

    def assert_shown(self, tab: Tab) -> None:
        for key, asked in tab.asked().items():
            if key in self.said:
                assert asked.shown == _on_page(asked, self.said[key]), (tab.visited.path, key)

    def press(self, tab: Tab, answers: Fields, button: str) -> Visited:
        """Send the page with `answers`, by one of its buttons or a language."""
        hidden = tab.visited.page.fields(tab.visited.page.form())
        sent: dict[str, list[str]] = {name: hidden[name] for name in OURS if name in hidden}
        sent |= {name: list(many) for name, many in answers.items() if many}
        path = tab.visited.path
        if button in {"kk", "ru", "en"}:
            sent["to"], path = [button], f"/{button}{path[3:]}"
        elif button != "on":
            sent["go"] = [button]
        return self.sent(tab, sent, self.visitor.post(path, sent))

    def sent(self, tab: Tab, sent: Mapping[str, list[str]], answer: Visited) -> Visited:
        """What follows from the answer: what was taken is kept, all else is shown again."""
        if answer.status == 303:
            self._taken(tab, sent)
            return self.arrived(answer)
        assert answer.status in {200, 409, 413, 422}, (tab.visited.path, answer.status)
        self._shown_again(tab, sent, answer)
        held = self.said if answer.status == 409 else tab.held
        if answer.status == 422 and self._is_kept_already(tab, sent):
            self._taken(tab, sent)
            held = self.said
        if is_step(answer):
            self.tabs = [*self.tabs[-3:], Tab(answer, dict(held))]
        return answer

    def _taken(self, tab: Tab, sent: Mapping[str, list[str]]) -> None:
        if "sure" in sent:
            self.said = {key: said for key, said in self.said.items() if key[0] != tab.item}
            return
        asked = {key: one for key, one in tab.asked().items() if not _gives_way(one, sent)}
        for key, one in asked.items():
            self._assert_seen(tab, key, one, becomes(one, sent))
        fresh = self._again(tab)
        there = fresh.asked() if fresh else {}
        self.said = {
            k: said for k, said in self.said.items() if k in asked or k not in tab.asked()
        }
        for key, one in asked.items():
            self._keep(key, one, becomes(one, sent), is_asked=key in there)
        if fresh:
            self.assert_shown(fresh)

    def _assert_seen(self, tab: Tab, key: Key, asked: Asked, after: Answer) -> None:
        """Nobody overwrites what the page did not show her."""
        now, then = (
            _on_page(asked, held.get(key, _none(asked))) for held in (self.said, tab.held)
        )
        assert now in NOTHING or now in (after, then), (tab.visited.path, key, now, after)

    def _keep(self, key: Key, asked: Asked, after: Answer, *, is_asked: bool) -> None:
        if isinstance(after, frozenset) and asked.is_many and asked.options:
            before = self.said.get(key, frozenset())
            assert isinstance(before, frozenset)
            after |= before - {*asked.options}
        if after in NOTHING and not is_asked:
            self.said.pop(key, None)
        else:
            self.said[key] = after

    def _shown_again(self, tab: Tab, sent: Mapping[str, list[str]], answer: Visited) -> None:
        """Nothing typed is lost where a page comes again."""
        shown = asked_on(answer.page) if tab.asked() else {}
        for (_item, name), asked in tab.asked().items():
            after, typed = becomes(asked, sent), sent.get(name, [""])[0]
            if name not in shown:
                assert after in NOTHING, (tab.visited.path, name)
            elif not asked.is_state:
                assert shown[name].shown in (after, typed), (tab.visited.path, name)

    def _is_kept_already(self, tab: Tab, sent: Mapping[str, list[str]]) -> bool:
        fresh = self._again(tab)
        if fresh is None:
            return False
        shown = {key: asked.shown for key, asked in fresh.asked().items()}
        said = {k: one for k, one in tab.asked().items() if not _gives_way(one, sent)}
        return all(shown.get(key) == becomes(one, sent) for key, one in said.items())

    def _again(self, tab: Tab) -> Tab | None:
        """The same page as it is now, unless the answers do not ask for it any more."""
        language = tab.visited.path[:4]
        page = self.visitor.get(f"{language}report/{tab.slug}/{tab.item}".rstrip("/"))
        fresh = Tab(self.visitor.follow(page) if page.status == 303 else page, {})
        return fresh if is_step(fresh.visited) and fresh.slug == tab.slug else None

    def texts(self) -> list[str]:
        """Every text of hers that the form still asks for."""
        asked = set(_asked_keys(self.draft()))
        told = {key: text for key, text in self.said.items() if isinstance(text, str)}
        return [text for key, text in told.items() if key in asked and text.startswith("w")]


def is_step(visited: Visited) -> bool:
    """Whether this is a page of the form, with the one form that keeps what is typed."""
    is_form = visited.path[3:].startswith("/report/") and visited.status not in {302, 303}
    return is_form and bool({"skip", "finish", "anew", "remove"} & {*buttons_on(visited)})


def is_ended(visited: Visited) -> bool:
    """Whether the visit is over: the page comes back and asks for the code, or says so."""
    parts = [*visited.path.split("/"), ""]
    is_page_of_form = parts[2] == "report" and parts[3] not in {"", "check", "kept", "forget"}
    asks = any(control.get("name") == "code" for control in visited.page.controls())
    return is_page_of_form and (asks or not visited.page.all("form"))


def buttons_on(visited: Visited) -> list[str]:
    """What the buttons of the page do, and the languages it has."""
    buttons = visited.page.all("button")
    found = [b.get("value") or "on" for b in buttons if b.get("name") in {"go", "to", None}]
    return sorted(set(found))


def _asked_keys(draft: Draft) -> Iterator[Key]:
    for step in asked_steps(draft.answers):
        yield from (("", question.name) for question in questions_of(step, draft.answers))
        if step.repeats is not None:
            for item in draft.answers.of(step.repeats):
                yield from ((item.id, question.name) for question in step.repeats.questions)


def _gives_way(asked: Asked, sent: Mapping[str, list[str]]) -> bool:
    """Whether an answer came, which takes the place of saying why there is none."""
    return asked.is_state and sent.get(asked.name.removesuffix("-state"), [""]) != [""]


def _on_page(asked: Asked, said: Answer) -> Answer:
    return said if isinstance(said, str) else said & {*(asked.options or ())}


def _none(asked: Asked) -> Answer:
    return "" if asked.options is None else frozenset()
