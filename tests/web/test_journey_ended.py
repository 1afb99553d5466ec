"""A visit that has ended, a browser without cookies, leaving, and a busy or full disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import ClassVar

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from intake import create_app
from intake.casework import Service
from intake.casework.room import free_bytes
from intake.settings import Settings
from intake.store.tables import AdditionRow, CaseRow, DraftRow
from intake.web.context import CLOCK
from tests.visitor import Visitor
from tests.web.conftest import Clock
from tests.web.journey_walk import STORY, Walk
from tests.web.test_journey import rows
from tests.web.test_requests import failing
from tests.web.test_urgent import codes

MORE = "It went on the next day, in another place."


@pytest.fixture
def walk(visitor: Visitor) -> Walk:
    return Walk.begun(visitor).skip_to("story")


@pytest.fixture
def saved(walk: Walk) -> str:
    """The code of a report that was kept for later, with `STORY` in it."""
    (code,) = codes(walk.press("save", {"narrative": STORY}).page)
    return code


def test_an_unsaved_report_waits_for_a_day(walk: Walk, clock: Clock) -> None:
    walk.press("", {"narrative": STORY})
    clock.pass_(hours=23)
    assert walk.go("story").fields["narrative"] == [STORY]
    clock.pass_(hours=23)
    assert walk.go("story").fields["narrative"] == [STORY]
    clock.pass_(hours=25)
    assert STORY not in walk.go("story").page.page.markup
    assert walk.page.page.heading == "This browser has no report open"


@pytest.mark.usefixtures("saved")
def test_a_saved_report_is_closed_after_two_hours(walk: Walk, clock: Clock) -> None:
    clock.pass_(hours=3)
    assert walk.go("story").page.page.heading == "This browser has no report open"
    assert codes(walk.go("kept").page) == []


@pytest.mark.parametrize("button", ["", "back", "skip", "save", "finish"])
@pytest.mark.usefixtures("saved")
def test_what_is_typed_when_the_visit_has_ended_comes_back(
    walk: Walk, clock: Clock, button: str
) -> None:
    walk.go("when")
    clock.pass_(hours=3)
    answer = walk.pressed(button, {"act_date_from": "in spring"})
    assert answer.status == 200
    assert answer.page.fields(answer.page.form())["act_date_from"] == ["in spring"]
    assert answer.page.by_id("code") is not None


def test_the_code_puts_it_where_it_belongs(walk: Walk, saved: str, clock: Clock) -> None:
    walk.go("when")
    clock.pass_(hours=3)
    walk.press("", {"act_date_from": "5.3.2022"})
    walk.press("open", {"code": saved})
    assert (walk.slug, walk.fields["act_date_from"]) == ("when", ["05.03.2022"])
    assert walk.go("story").fields["narrative"] == [STORY]


@pytest.mark.usefixtures("saved")
def test_enter_opens_with_the_code(walk: Walk, clock: Clock) -> None:
    clock.pass_(hours=3)
    page = walk.go("kept").page
    assert page.status == 200
    walk.page = walk.visitor.post("/en/report/story", {"narrative": MORE})
    first = walk.page.page.all("button")[0]
    assert (first.get("form"), first.get("value")) == ("page", "open")


def test_words_that_stand_there_already_are_shown_beside_those_of_the_code(
    walk: Walk, saved: str, clock: Clock
) -> None:
    walk.go("story")
    clock.pass_(hours=3)
    walk.page = walk.pressed("", {"narrative": MORE})
    Walk.begun(walk.visitor)
    answer = walk.pressed("open", {"code": saved, "seen": "another"})
    assert answer.status == 409
    assert answer.page.fields(answer.page.form())["narrative"] == [MORE]
    assert f"What is kept now: {STORY}" in answer.page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the code from your paper, or begin a new report."),
        ("1234 5678", "The code has 24 digits."),
        ("x" * 24, "The code has digits only."),
    ],
)
@pytest.mark.usefixtures("saved")
def test_a_slip_in_the_code_loses_nothing(
    walk: Walk, clock: Clock, typed: str, said: str
) -> None:
    walk.go("when")
    clock.pass_(hours=3)
    walk.press("", {"act_date_from": "5.3.2022"})
    answer = walk.pressed("open", {"code": typed})
    assert answer.status == 422
    assert said in answer.page.text
    assert "#code" in answer.page.links
    assert answer.page.fields(answer.page.form())["act_date_from"] == ["5.3.2022"]


def test_a_new_report_can_be_begun_with_it(walk: Walk, clock: Clock, service: Service) -> None:
    clock.pass_(hours=30)
    walk.press("", {"narrative": MORE, "token": fresh_token(walk)})
    before = rows(service, DraftRow)
    walk.press("anew")
    assert (walk.slug, walk.fields["narrative"]) == ("story", [MORE])
    assert rows(service, DraftRow) == before + 1


def fresh_token(walk: Walk) -> str:
    page = walk.visitor.get("/en/report/").page
    return page.fields(page.form())["token"][0]


@pytest.mark.usefixtures("saved")
def test_another_language_keeps_it_without_a_visit(walk: Walk, clock: Clock) -> None:
    walk.go("when")
    clock.pass_(hours=3)
    walk.press("", {"act_date_from": "5.3.2022"})
    russian = walk.pressed("", to="ru")
    assert russian.path.startswith("/ru/")
    assert russian.page.fields(russian.page.form())["act_date_from"] == ["5.3.2022"]


def test_the_code_of_a_report_that_was_sent_adds_the_page_to_it(
    walk: Walk, service: Service
) -> None:
    old = Walk.at(walk.visitor, "/en/report/when")
    (code,) = codes(walk.press("finish", {"narrative": STORY}).press().page)
    old.press("", {"act_date_from": "5.3.2022"})
    asked = old.page
    for _ in range(2):
        old.page = asked
        assert old.pressed("open", {"code": code}).location == "/en/return/messages"
        assert (rows(service, CaseRow), rows(service, AdditionRow)) == (1, 1)


def test_what_is_allowed_is_not_given_by_the_way(walk: Walk, service: Service) -> None:
    walk.press("finish", {"narrative": STORY}).go("who").press("", {"reporter_role": "victim"})
    old = Walk.at(walk.visitor, "/en/report/consent")
    (code,) = codes(walk.go("check").press().page)
    old.press("", {"consent": ["statistics"]})
    answer = old.pressed("open", {"code": code})
    assert answer.status == 422
    assert answer.page.fields(answer.page.form())["consent"] == ["statistics"]
    assert rows(service, AdditionRow) == 0


class TestWithoutCookies:
    """A browser whose owner blocks them."""

    @pytest.fixture
    def walk(self, app: Flask) -> Walk:
        return Walk.begun(Visitor(app.test_client(use_cookies=False)))

    def test_the_first_page_says_so_and_leads_to_the_short_one(self, walk: Walk) -> None:
        assert walk.page.status == 200
        assert "These pages need one cookie" in walk.text
        assert "/en/urgent/" in walk.page.page.links

    def test_what_is_typed_is_not_lost(self, walk: Walk) -> None:
        page = walk.visitor.get("/en/report/").page
        token = page.fields(page.form())["token"]
        answer = walk.visitor.post("/en/report/story", {"narrative": STORY, "token": token})
        assert answer.page.fields(answer.page.form())["narrative"] == [STORY]


class TestLeaving:
    """What the browser and the server forget."""

    def leave(self, walk: Walk) -> None:
        walk.visitor.get("/exit").answer.close()

    def test_what_was_not_saved_is_deleted(self, walk: Walk, service: Service) -> None:
        walk.press("", {"narrative": STORY})
        assert rows(service, DraftRow) == 1
        self.leave(walk)
        assert rows(service, DraftRow) == 0
        assert STORY not in walk.go("story").page.page.markup

    def test_what_was_saved_stays_behind_its_code(
        self, walk: Walk, saved: str, service: Service
    ) -> None:
        self.leave(walk)
        assert rows(service, DraftRow) == 1
        page = walk.visitor.get("/en/return/")
        walk.page = walk.visitor.send(page, {"code": saved})
        walk.follow(walk.page)
        assert walk.go("story").fields["narrative"] == [STORY]

    @pytest.mark.parametrize("slug", ["story", "check", "kept", "forget", "officers", ""])
    @pytest.mark.usefixtures("saved")
    def test_each_page_that_shows_something_sets_the_cookie(
        self, walk: Walk, slug: str
    ) -> None:
        assert "Set-Cookie" in walk.go(slug).page.answer.headers


@contextmanager
def failing_writes(service: Service) -> Iterator[None]:
    """What is there can be read, and nothing can be stored."""

    def fail(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            raise OperationalError("", {}, Exception("database or disk is full"))

    event.listen(service.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(service.engine, "before_cursor_execute", fail)


class TestWhatCannotBeStored:
    """A full disk or a busy database loses no word."""

    @pytest.mark.parametrize("words", ["database or disk is full", "database is locked"])
    @pytest.mark.parametrize("button", ["", "save"])
    def test_a_page_is_shown_again(
        self, walk: Walk, service: Service, words: str, button: str
    ) -> None:
        with failing(service, words):
            answer = walk.pressed(button, {"narrative": STORY})
        assert answer.status == 503
        assert "Nothing is lost" in answer.page.text
        walk.page = answer
        assert walk.fields["narrative"] == [STORY]
        assert walk.press(button).slug == ("kept" if button else "when")

    def test_a_report_is_not_sent_and_can_be_sent_again(
        self, walk: Walk, service: Service
    ) -> None:
        walk.press("finish", {"narrative": STORY})
        with failing_writes(service):
            answer = walk.pressed()
        assert answer.status == 503
        assert "Your report is not sent yet" in answer.page.text
        assert STORY in answer.page.text
        walk.page = answer
        assert len(codes(walk.press().page)) == 1
        assert rows(service, CaseRow) == 1

    def test_the_code_can_be_made_again(self, walk: Walk, service: Service) -> None:
        walk.press("", {"narrative": STORY}).go("kept")
        with failing_writes(service):
            answer = walk.pressed("save")
        assert answer.status == 503
        walk.page = answer
        assert len(codes(walk.press("save").page)) == 1


@pytest.fixture
def full(settings: Settings, clock: Clock) -> Iterator[Flask]:
    """The same installation when only what is kept for reports is left on its disk."""
    everything = 2 * free_bytes(settings.instance)
    app = create_app(replace(settings, disk_reserve_bytes=everything))
    app.extensions[CLOCK] = clock
    yield app
    app.extensions["intake"].engine.dispose()


class TestTheLastRoomOfTheDisk:
    """No new draft begins there; what was begun before goes on, and the short page sends."""

    @pytest.mark.parametrize("button", ["", "save"])
    def test_a_first_page_comes_back_and_leads_to_the_short_one(
        self, full: Flask, service: Service, button: str
    ) -> None:
        visitor = Visitor(full.test_client())
        walk = Walk.begun(visitor)
        walk.page = walk.pressed(button, {"reporter_role": "victim"})
        assert walk.page.status == 503
        assert walk.fields["reporter_role"] == ["victim"]
        assert "We could not keep this page just now. Nothing is lost" in walk.text
        assert "/en/urgent/" in walk.page.page.links
        assert rows(service, DraftRow) == 0

        sent = visitor.send(visitor.get("/en/urgent/"), TestGoingOnFromAnUrgentReport.URGENT)
        assert len(codes(visitor.follow(sent))) == 1
        assert rows(service, CaseRow) == 1

    def test_a_report_that_was_begun_goes_on_and_is_sent(
        self, walk: Walk, full: Flask, service: Service
    ) -> None:
        walk.press("", {"narrative": "They"}).go("story")
        walk.visitor.client.application = full
        assert walk.press("", {"narrative": STORY}).slug == "when"
        assert len(codes(walk.press("finish").press().page)) == 1
        assert (rows(service, CaseRow), rows(service, DraftRow)) == (1, 0)


class TestGoingOnFromAnUrgentReport:
    """The full form under the same code."""

    URGENT: ClassVar = {
        "narrative": STORY,
        "victim_status": "police_custody",
        "victim_name": "Aset Tuleuov",
        "urgent_signs": ["under_18"],
        "detained_on": "17.11.2026",
    }

    @pytest.fixture
    def walk(self, visitor: Visitor) -> Walk:
        sent = visitor.send(visitor.get("/en/urgent/"), self.URGENT)
        return Walk(visitor, visitor.follow(sent))

    def more(self, walk: Walk) -> Walk:
        forms = [e for e in walk.page.page.all("form") if e.get("method") == "post"]
        number = [e.get("action") for e in forms].index("/en/report/more")
        return walk.follow(walk.visitor.send(walk.page, form=number))

    def test_what_was_chosen_is_filled_in_and_words_are_not_shown(self, walk: Walk) -> None:
        self.more(walk)
        assert walk.slug == "who"
        assert walk.go("where").fields["victim_status"] == ["police_custody"]
        assert walk.go("danger").fields["urgent_signs"] == ["under_18"]
        assert walk.go("story").fields["narrative"] == [""]
        assert "You have sent words about this already." in walk.text

    def test_the_cookie_holds_no_words(self, walk: Walk) -> None:
        assert walk.visitor.client.get_cookie("i", domain="127.0.0.1") is not None
        assert not [
            word for word in ("Aset", STORY) if word in walk.go("story").page.page.markup
        ]

    def test_it_becomes_no_second_case_and_has_the_same_code(
        self, walk: Walk, service: Service
    ) -> None:
        before = codes(walk.page)
        self.more(walk).skip_to("story").press("finish", {"narrative": MORE}).press()
        assert codes(walk.page) == before
        assert rows(service, CaseRow) == 1

    def test_pressed_twice_it_leads_to_the_report_that_is_being_written(
        self, walk: Walk
    ) -> None:
        receipt = walk.page
        self.more(walk).skip_to("story").press("", {"narrative": MORE})
        walk.page = receipt
        assert self.more(walk).slug == ""
        assert walk.page.page.heading == "You have begun to write"
        assert walk.go("story").fields["narrative"] == [MORE]

    def test_a_full_report_is_not_gone_on_with(self, visitor: Visitor) -> None:
        walk = Walk.begun(visitor).skip_to("story").press("finish", {"narrative": STORY})
        assert "Tell us more now" not in walk.press().text

    def test_the_cookie_stays_small(self, walk: Walk) -> None:
        self.more(walk).skip_to("story").press("save", {"narrative": MORE})
        cookie = walk.visitor.client.get_cookie("i", domain="127.0.0.1")
        assert cookie is not None
        assert len(cookie.value) < 3000
