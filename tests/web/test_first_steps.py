"""A coordinator's first steps: her own passphrase, and recovery sheets that she has read."""

import base64
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from intake.casework import First, Service
from intake.vault import totp_code, totp_step
from intake.web.context import CLOCK
from tests.people import COORDINATOR, send
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock, app_over
from tests.web.test_account import errors, sign_in, switch


@pytest.fixture
def newcomer(first_day: tuple[Service, First], clock: Clock) -> Iterator[Visitor]:
    """The browser of the first coordinator, after her one-time passphrase."""
    service, first = first_day
    app = app_over(service.settings)
    app.extensions[CLOCK] = clock
    visitor = Visitor(app.test_client())
    visitor.client.set_cookie("l", "en", domain="127.0.0.1")
    assert (
        sign_in(visitor, first.handle, first.passphrase).location == "/first-steps/passphrase"
    )
    yield visitor
    app.extensions["intake"].engine.dispose()


def words(visited: Visited) -> list[str]:
    return [e.text for e in visited.page.all("li") if e.get("translate") == "no"]


def chosen(newcomer: Visitor) -> Visited:
    """The answer after the passphrase was chosen."""
    return drawn_and_chosen(newcomer)[1]


def drawn_and_chosen(newcomer: Visitor) -> tuple[str, Visited]:
    page = newcomer.get("/first-steps/passphrase")
    drawn = " ".join(words(page))
    return drawn, newcomer.send(page, {"again": drawn, "step": "keep"})


@dataclass(frozen=True)
class Settled:
    """Her passphrase, what her app holds, and the page that comes then: the sheets."""

    words: str
    secret: bytes
    sheets: Visited

    def code(self, now: datetime) -> str:
        return totp_code(self.secret, totp_step(now.timestamp()))


def settled(newcomer: Visitor, clock: Clock) -> Settled:
    drawn, answer = drawn_and_chosen(newcomer)
    page = newcomer.follow(answer)
    shown = add_app(newcomer, page, drawn, clock.now)
    return Settled(drawn, secret(page), newcomer.get(then(shown)))


def secret(page: Visited) -> bytes:
    """What the page gives to the app."""
    text = next(e.text for e in page.page.all("p") if e.get("class") == "secret")
    return base64.b32decode(text.replace(" ", ""))


def add_app(visitor: Visitor, page: Visited, own: str, now: datetime, **more: str) -> Visited:
    """Set up an app with the secret of `page`, and send the code that it shows."""
    code = totp_code(secret(page), totp_step(now.timestamp()))
    fields = {"passphrase": own, "first_code": code, **more}
    return visitor.send(page, fields)


def then(shown: Visited) -> str:
    """Where «I have written them down» leads."""
    links = (e.get("href") for e in shown.page.all("a") if e.get("class") == "go")
    return next(link for link in links if link)


def test_before_her_own_passphrase_there_is_no_queue(newcomer: Visitor) -> None:
    answer = newcomer.get("/desk/")
    assert (answer.status, answer.location) == (303, "/first-steps/passphrase")


def test_she_types_the_words_that_were_drawn_for_her(newcomer: Visitor) -> None:
    page = newcomer.get("/first-steps/passphrase")
    drawn = " ".join(words(page))
    assert len(drawn.split()) >= 6
    answer = newcomer.send(page, {"again": drawn.upper(), "step": "keep"})
    assert answer.location == "/account/factors/"
    fresh = Visitor(newcomer.client.application.test_client())
    assert sign_in(fresh, words=drawn).status == 303


def test_other_words_than_the_drawn_ones_are_not_taken(newcomer: Visitor) -> None:
    page = newcomer.get("/first-steps/passphrase")
    answer = newcomer.send(page, {"again": "my dog is called Rex", "step": "keep"})
    assert answer.status == 422
    assert words(answer) == words(page)


def test_another_passphrase_is_drawn_when_she_asks(newcomer: Visitor) -> None:
    page = newcomer.get("/first-steps/passphrase")
    assert words(newcomer.send(page, {"step": "another"})) != words(page)


def test_nobody_can_slip_her_a_passphrase(newcomer: Visitor) -> None:
    page = newcomer.get("/first-steps/passphrase")
    weak = {"drawn": "a-a-a-a-a-a", "again": "a a a a a a", "step": "keep"}
    answer = newcomer.send(page, weak)
    assert answer.status == 200
    assert "a-a-a" not in answer.page.markup


def test_before_a_second_factor_there_is_no_queue(newcomer: Visitor) -> None:
    chosen(newcomer)
    for path in ("/desk/", "/account/", "/first-steps/sheets"):
        answer = newcomer.get(path)
        assert (answer.status, answer.location) == (303, "/account/factors/")


def test_who_left_before_the_second_factor_is_led_to_it_at_the_next_sign_in(
    newcomer: Visitor,
) -> None:
    drawn, _answer = drawn_and_chosen(newcomer)
    fresh = Visitor(newcomer.client.application.test_client())
    assert sign_in(fresh, words=drawn).location == "/account/factors/"


def test_the_recovery_codes_are_shown_once_in_the_answer(
    newcomer: Visitor, clock: Clock
) -> None:
    drawn, answer = drawn_and_chosen(newcomer)
    page = newcomer.follow(answer)
    shown = add_app(newcomer, page, drawn, clock.now)
    codes = words(shown)
    assert (shown.status, len(set(codes))) == (200, 10)
    assert then(shown) == "/first-steps/sheets"
    again = add_app(newcomer, page, drawn, clock.now)
    assert words(again) == []
    assert not any(code in newcomer.get("/account/factors/").page.text for code in codes)


@pytest.mark.parametrize("wrong", [{"first_code": "000000"}, {"passphrase": "wrong words"}])
def test_an_app_is_not_taken_without_its_code_and_the_passphrase(
    newcomer: Visitor, clock: Clock, wrong: dict[str, str]
) -> None:
    drawn, answer = drawn_and_chosen(newcomer)
    page = newcomer.follow(answer)
    refused = add_app(newcomer, page, drawn, clock.now, **wrong)
    assert refused.status == 422
    assert errors(refused)
    assert secret(refused) == secret(page)
    assert newcomer.get("/desk/").location == "/account/factors/"


def test_nobody_can_slip_her_a_secret(newcomer: Visitor, clock: Clock) -> None:
    drawn, answer = drawn_and_chosen(newcomer)
    page = newcomer.follow(answer)
    refused = add_app(newcomer, page, drawn, clock.now, drawn="AAAAAAAAAAAAAAAA.x.y")
    assert refused.status == 200
    assert secret(refused) != secret(page)


def test_the_switch_of_languages_keeps_the_secret_of_the_app(newcomer: Visitor) -> None:
    page = newcomer.follow(chosen(newcomer))
    switched = switch(newcomer, page, "kk")
    assert secret(switched) == secret(page)
    assert errors(switched) == ""


def test_the_picture_for_the_camera_needs_no_other_policy(newcomer: Visitor) -> None:
    page = newcomer.follow(chosen(newcomer))
    picture = next(e for e in page.page.all("div") if e.get("class") == "qr")
    dark = [e for e in page.page.all("b") if picture in e.ancestors]
    light = [e for e in page.page.all("i") if picture in e.ancestors]
    assert math.isqrt(len(dark) + len(light)) ** 2 == len(dark) + len(light)
    assert page.page.all("img") == []


def test_the_queue_opens_after_the_second_factor_and_reminds_of_the_sheets(
    newcomer: Visitor, clock: Clock
) -> None:
    sheets = settled(newcomer, clock).sheets
    assert "/desk/" in sheets.page.links
    assert "Recovery sheets are not made yet" in newcomer.get("/desk/").page.text


def made(newcomer: Visitor, clock: Clock, **choice: str) -> tuple[Visited, list[list[str]]]:
    """The page with the sheets, and the words of each."""
    shown = newcomer.send(settled(newcomer, clock).sheets, choice)
    parts = [e for e in shown.page.all("section") if e.get("class") == "sheet"]
    listed = [[e.text for e in shown.page.all("li") if part in e.ancestors] for part in parts]
    return shown, listed


def asked(check: Visited) -> list[tuple[int, int]]:
    hints = [e.text for e in check.page.all("p") if (e.get("id") or "").endswith("-hint")]
    places = [
        [int(n) for n in hint.replace(",", "").split() if n.isdecimal()] for hint in hints
    ]
    return [(sheet, word) for sheet, word in places]


def test_sheets_are_shown_once_and_in_force_when_two_words_are_right(
    newcomer: Visitor, clock: Clock
) -> None:
    shown, sheets = made(newcomer, clock, count="4", threshold="3")
    assert [len(sheet) for sheet in sheets] == [33] * 4
    check = newcomer.send(shown)
    assert " ".join(sheets[0][4:7]) not in check.page.text
    first, second = (sheets[sheet - 1][word - 1] for sheet, word in asked(check))
    wrong = newcomer.send(check, {"first_word": "wrong", "second_word": second})
    assert wrong.status == 422
    right = newcomer.send(wrong, {"first_word": first.upper(), "second_word": second})
    assert right.location == "/first-steps/done"
    assert newcomer.follow(right).status == 200
    assert "Recovery sheets" not in newcomer.get("/desk/").page.text


@pytest.mark.parametrize(
    "choice",
    [
        {"count": "2", "threshold": "3"},
        {"count": "1", "threshold": "1"},
        {"count": "many", "threshold": "2"},
        {"count": "", "threshold": ""},
        {"count": "99", "threshold": "2"},
    ],
)
def test_impossible_numbers_of_sheets_are_asked_again(
    newcomer: Visitor, clock: Clock, choice: dict[str, str]
) -> None:
    answer = newcomer.send(settled(newcomer, clock).sheets, choice)
    assert answer.status == 422
    assert errors(answer)


@pytest.mark.parametrize("path", ["/first-steps/check", "/first-steps/confirm"])
def test_sheets_that_are_not_hers_lead_back_to_the_choice(
    newcomer: Visitor, clock: Clock, path: str
) -> None:
    page = settled(newcomer, clock).sheets
    answer = newcomer.send(page, {"sealed": "AAAA"}, to=path)
    assert (answer.status, answer.location) == (303, "/first-steps/sheets?said=gone")
    assert "not in force and open nothing" in newcomer.follow(answer).page.text


def test_the_switch_of_languages_keeps_the_words_that_were_drawn(newcomer: Visitor) -> None:
    page = newcomer.get("/first-steps/passphrase")
    switched = switch(newcomer, page, "kk")
    assert switched.status == 200
    assert errors(switched) == ""
    assert words(switched) == words(page)


def test_the_switch_of_languages_keeps_the_numbers_of_sheets(
    newcomer: Visitor, clock: Clock
) -> None:
    page = settled(newcomer, clock).sheets
    switched = switch(newcomer, page, "ru", {"count": "5", "threshold": "4"})
    assert errors(switched) == ""
    kept = switched.page.fields(switched.page.form())
    assert (kept["count"], kept["threshold"]) == (["5"], ["4"])


def test_sheets_that_are_shown_offer_nothing_that_would_lose_them(
    newcomer: Visitor, clock: Clock
) -> None:
    shown, _sheets = made(newcomer, clock)
    assert [b for b in shown.page.all("button") if b.get("lang")] == []


@pytest.mark.parametrize("pages_later", [0, 1])
def test_sheets_outlive_the_session_that_showed_them(
    newcomer: Visitor, clock: Clock, pages_later: int
) -> None:
    ready = settled(newcomer, clock)
    shown = newcomer.send(ready.sheets)
    parts = [e for e in shown.page.all("section") if e.get("class") == "sheet"]
    sheets = [[e.text for e in shown.page.all("li") if part in e.ancestors] for part in parts]
    left = newcomer.send(shown) if pages_later else shown
    clock.pass_(minutes=61)
    ended = newcomer.send(left)
    assert ended.status == 401
    code = ready.code(clock.now)
    offered = newcomer.send(
        ended, {"handle": COORDINATOR, "passphrase": ready.words, "code": code}
    )
    assert "They are still good" in offered.page.text
    check = newcomer.send(offered)
    first, second = (sheets[sheet - 1][word - 1] for sheet, word in asked(check))
    right = newcomer.send(check, {"first_word": first, "second_word": second})
    assert right.location == "/first-steps/done"


def test_a_member_who_has_her_passphrase_is_not_led_back(desk: Visitor) -> None:
    assert desk.get("/first-steps/passphrase").location == "/desk/"


def test_a_report_is_seen_before_the_sheets_are_made(
    newcomer: Visitor, first_day: tuple[Service, First], clock: Clock
) -> None:
    sent = send(first_day[0])
    settled(newcomer, clock)
    assert sent.ref in newcomer.get("/desk/").page.text
