"""Random journeys through the form: no dead end, no error of ours, and no answer lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from intake import create_app
from intake.casework import Service
from intake.web.context import CLOCK
from tests.conftest import Length
from tests.people import NOW, postgresql_reused, postgresql_template, service_on_postgresql
from tests.visitor import LANGUAGES, Visited
from tests.web.conftest import Clock
from tests.web.person import Tab, Writer, buttons_on
from tests.web.reporter import Reporter
from tests.web.told_pages import asked_on, standing, values_for
from tests.web.world import World, codes_on

EXAMPLES = {"short": 12, "long": 100}
ROUNDS = {"short": 1, "long": 10}
STEPS = {"short": 20, "long": 60}
WAITS: Final = (timedelta(hours=1), timedelta(hours=3), timedelta(hours=25), timedelta(days=9))
PAGES: Final = (
    "",
    "story",
    "when",
    "place",
    "lists",
    "sexual-gate",
    "contact",
    "law",
    "consent",
)
ROLES: Final = ("victim", "relative", "guardian", "witness", "lawyer")
THING: Final = re.compile(r"/../report/[a-z]+/[a-z2-7]{8}(\?.*)?")
__all__ = ["postgresql_reused", "postgresql_template", "service_on_postgresql"]
languages = st.sampled_from(LANGUAGES)


class Journey(RuleBasedStateMachine):
    """One person, her windows, and her paper with codes; what she does comes in any order."""

    world: World

    @initialize()
    def comes(self) -> None:
        self.world.clock.now = NOW
        writer = Writer(self.world.app.test_client())
        self.person = Reporter(self.world.app, writer, world=self.world)
        self.number = 0
        self.read_before: Visited | None = None
        self.last_page: tuple[Tab, dict[str, list[str]], str] | None = None

    @precondition(lambda self: not self.person.is_open)
    @rule(data=st.data(), language=languages, role=st.sampled_from(ROLES))
    def begins(self, data: st.DataObject, language: str, role: str) -> None:
        self.person.begin(language)
        assert self.person.tabs[-1].slug == "who"
        self._press(self.person.tabs[-1], {"reporter_role": [role]}, "on")
        self._go_on(data, 8)

    @precondition(lambda self: not self.person.is_open)
    @rule(language=languages)
    def tells_what_is_urgent_and_goes_on(self, language: str) -> None:
        self.number += 1
        self.person.begin_from_urgent(language, f"w{self.number}w taken at night")

    @precondition(lambda self: self.person.tabs)
    @rule(data=st.data())
    def sends_a_page(self, data: st.DataObject) -> None:
        behind = data.draw(st.sampled_from((1, 1, 1, 1, 2, 3)), label="window")
        tab = self.person.tabs[-min(behind, len(self.person.tabs))]
        button = data.draw(st.sampled_from(buttons_on(tab.visited)), label="button")
        self._press(tab, self._answers(data, tab), button)

    @precondition(lambda self: self.person.is_open and self.person.tabs)
    @rule(data=st.data())
    def goes_on(self, data: st.DataObject) -> None:
        self._go_on(data, 8)

    @precondition(lambda self: self.person.is_open)
    @rule(data=st.data(), page=st.sampled_from(PAGES))
    def goes_on_from(self, data: st.DataObject, page: str) -> None:
        self.person.look(self.person.go(f"/ru/report/{page}"))
        if self.person.tabs and page:
            self._go_on(data, 3)

    @precondition(lambda self: self.person.is_open)
    @rule(data=st.data(), things=st.sampled_from(("occasions", "officers", "persons")))
    def tells_of_a_thing(self, data: st.DataObject, things: str) -> None:
        self.person.look(self.person.go(f"/kk/report/{things}"))
        if links := self._things():
            self.person.look(self.person.go(data.draw(st.sampled_from(links))))
            self._go_on(data, 2)

    @precondition(lambda self: self.person.is_open)
    @rule(data=st.data(), page=st.sampled_from(PAGES))
    def writes_in_two_windows(self, data: st.DataObject, page: str) -> None:
        for _ in range(2):
            self.person.look(self.person.go(f"/en/report/{page}"))
        for tab in self.person.tabs[-2:]:
            self._press(tab, self._answers(data, tab), "on")

    @precondition(lambda self: self.last_page)
    @rule()
    def sends_the_same_page_once_more(self) -> None:
        assert self.last_page is not None
        self._press(*self.last_page)

    @precondition(lambda self: self.person.is_open)
    @rule(data=st.data())
    def changes_something_from_where_she_reads_it_again(self, data: st.DataObject) -> None:
        page = self.person.read_again()
        links = [link for link in page.page.links if "then=check" in link]
        self.person.look(self.person.go(data.draw(st.sampled_from(links))))

    @precondition(lambda self: self.person.is_open)
    @rule(language=languages)
    def writes_down_her_code(self, language: str) -> None:
        page = self.person.go(f"/{language}/report/kept")
        if codes_on(page):
            page = self.person.arrived(self.person.visitor.send(page, {"go": "written"}))
            assert codes_on(page) == []
        self.person.look(page)

    @rule(span=st.sampled_from(WAITS))
    def waits(self, span: timedelta) -> None:
        self.person.wait(span)

    @rule()
    def leaves(self) -> None:
        self.person.visitor.get("/exit")
        self.person.lose_visit()

    @precondition(lambda self: self.person.is_open)
    @rule()
    def deletes_what_she_wrote(self) -> None:
        self.person.forget()

    @precondition(lambda self: self.person.paper)
    @rule(data=st.data())
    def comes_back_with_a_code(self, data: st.DataObject) -> None:
        self.person.come_back(data.draw(st.sampled_from(self.person.paper), label="code"))

    @precondition(lambda self: self.person.is_open)
    @rule()
    def sends_the_report(self) -> None:
        self.read_before = self.person.read_again()
        self.person.send(self.read_before)

    @precondition(lambda self: self.person.is_open)
    @rule()
    def reads_it_again(self) -> None:
        self.read_before = self.person.read_again()

    @precondition(lambda self: self.read_before)
    @rule()
    def sends_what_she_read_some_time_ago(self) -> None:
        assert self.read_before is not None
        self.person.send(self.read_before)

    @override
    def teardown(self) -> None:
        if hasattr(self, "person") and self.person.is_open:
            self.person.reach_the_end()

    def _things(self) -> list[str]:
        """The addresses of things on the page in the newest window."""
        tabs = self.person.tabs[-1:]
        return [a for tab in tabs for a in tab.visited.page.links if THING.fullmatch(a)]

    def _answers(self, data: st.DataObject, tab: Tab) -> dict[str, list[str]]:
        """Everything as it stands on the page, but for some fields that she fills in."""
        asked = asked_on(tab.visited.page)
        answers = {name: standing(one) for name, one in asked.items()}
        least = min(len(asked), 1)
        names = st.lists(
            st.sampled_from(sorted(asked)), unique=True, min_size=least, max_size=8
        )
        for name in data.draw(names, label="fields") if asked else ():
            self.number += 1
            answers[name] = data.draw(values_for(asked[name], self.number), label=name)
        return answers

    def _go_on(self, data: st.DataObject, most: int) -> None:
        """Answer some pages, one after another, where they lead."""
        for _ in range(data.draw(st.integers(most // 2, most), label="pages")):
            tab, button = self.person.tabs[-1], data.draw(st.sampled_from(("on", "skip")))
            self._press(tab, self._answers(data, tab), button)

    def _press(self, tab: Tab, answers: dict[str, list[str]], button: str) -> None:
        self.last_page = (tab, answers, button)
        self.person.press_any(tab, answers, button)


@pytest.fixture
def world(app: Flask, clock: Clock) -> World:
    """One installation for all journeys on SQLite; each person has a browser of her own."""
    return World(app, clock)


@pytest.fixture
def world_on_postgresql(service_on_postgresql: Service, clock: Clock) -> Iterator[World]:
    """The same on PostgreSQL."""
    app = create_app(service_on_postgresql.settings)
    app.extensions[CLOCK] = clock
    yield World(app, clock)
    app.extensions["intake"].engine.dispose()


@pytest.mark.usefixtures("campaign")
def test_no_journey_ends_dead_or_loses_an_answer(world: World, length: Length) -> None:
    travel(world, examples=EXAMPLES[length], steps=STEPS[length])


@pytest.mark.usefixtures("campaign")
def test_no_journey_loses_an_answer_on_postgresql(
    world_on_postgresql: World, length: Length
) -> None:
    travel(world_on_postgresql, examples=EXAMPLES[length] // 6, steps=STEPS[length])


def travel(world: World, *, examples: int, steps: int) -> None:
    Journey.world = world
    run_state_machine_as_test(
        Journey,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
