"""Signing in and out, and sessions that end while somebody writes."""

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from intake.casework import Reader, Service, notices_for
from intake.casework.account_notices import dismiss, tell
from intake.web.context import CLOCK
from tests.people import (
    COORDINATOR,
    NOW,
    PASSPHRASES,
    SECOND,
    Sent,
    code_was_taken,
    send_and_open,
    unused_code,
)
from tests.visitor import LANGUAGES, Fields, Visited, Visitor
from tests.web.conftest import Clock

NOTE = "The uncle phones at nine in the evening."


def sign_in(
    visitor: Visitor, handle: str = COORDINATOR, words: str = "", *, page: Visited | None = None
) -> Visited:
    """Fill in the page to sign in; a code that was not taken may be tried again."""
    page = page or visitor.get("/sign-in")
    words = words or PASSPHRASES.get(handle, "no such words at all")
    folder, now = _installation(visitor)
    code = unused_code(folder, handle, now)
    answer = visitor.send(page, {"handle": handle, "passphrase": words, "code": code})
    if answer.status in {200, 303}:
        code_was_taken(folder, handle, now)
    return answer


def _installation(visitor: Visitor) -> tuple[Path, datetime]:
    extensions = visitor.client.application.extensions
    return extensions["intake"].settings.instance, extensions[CLOCK]()


def notes(sent: Sent) -> str:
    """Where the button for notes leads."""
    return f"/desk/cases/{sent.ref}/notes"


def errors(visited: Visited) -> str:
    return " ".join(e.text for e in visited.page.all("p") if e.get("class") == "wrong")


def switch(
    visitor: Visitor, page: Visited, language: str, fields: Fields | None = None
) -> Visited:
    """Push the button of a language, which stands outside the form of the page and sends it."""
    button = next(b for b in page.page.all("button") if b.get("lang") == language)
    form = page.page.by_id(button.get("form") or "")
    assert form is not None
    assert "formnovalidate" in button.attributes
    sent = {**page.page.fields(form), **(fields or {}), "language": language}
    return visitor.post(form.get("action") or "", sent)


def texts(visited: Visited) -> list[str]:
    return [
        text for e in visited.page.all("textarea") if (text := "".join(e.words).lstrip("\r\n"))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sign_in_page_is_there_in_every_language(visitor: Visitor, language: str) -> None:
    page = visitor.get("/sign-in", Accept_Language=language).page
    assert page.all("html")[0].get("lang") == language


def test_enter_signs_in_and_does_not_switch_the_language(visitor: Visitor) -> None:
    first = visitor.get("/sign-in").page.all("button")[0]
    assert (first.get("form"), first.get("name")) == ("page", None)


def test_the_right_words_lead_to_the_queue(visitor: Visitor) -> None:
    answer = sign_in(visitor)
    assert (answer.status, answer.location) == (303, "/desk/")
    assert visitor.follow(answer).page.heading == "Needs triage"


@pytest.mark.parametrize("words", ["  LANTERN  gravel-orbit mustard—canyon velvet "])
def test_a_passphrase_is_read_forgivingly(visitor: Visitor, words: str) -> None:
    assert sign_in(visitor, words=words).status == 303


def test_unknown_members_hear_the_same_as_known_ones(visitor: Visitor) -> None:
    known = sign_in(visitor, words="these are wrong words")
    unknown = sign_in(visitor, "nobody", "these are wrong words")
    assert known.status == unknown.status == 422
    assert errors(known) == errors(unknown) != ""


def test_a_wrong_try_keeps_the_name_and_never_shows_the_passphrase(visitor: Visitor) -> None:
    answer = sign_in(visitor, words="these are wrong words")
    assert answer.page.title.startswith("Error:")
    assert 'value="coordinator"' in answer.page.markup
    assert "these are wrong words" not in answer.page.markup


def test_wrong_tries_slow_an_account_and_say_how_long(visitor: Visitor, clock: Clock) -> None:
    answers = [sign_in(visitor, SECOND, "wrong words") for _ in range(7)]
    assert {answer.status for answer in answers[:5]} == {422}
    slowed = answers[-1]
    assert slowed.status == 429
    seconds = int(slowed.answer.headers["Retry-After"])
    assert f"Wait {seconds} second" in slowed.page.text
    clock.pass_(minutes=20)
    assert sign_in(visitor, SECOND).status == 303


def test_an_idle_session_ends_and_leads_back_to_the_page(desk: Visitor, clock: Clock) -> None:
    clock.pass_(minutes=61)
    ended = desk.get("/desk/?view=mine")
    assert ended.status == 303
    back = sign_in(desk, page=desk.follow(ended))
    assert back.location == "/desk/?view=mine"


def test_work_keeps_a_session_alive_but_not_for_ever(desk: Visitor, clock: Clock) -> None:
    for _ in range(14):
        assert desk.get("/desk/").status == 200
        clock.pass_(minutes=50)
    clock.pass_(minutes=21)
    assert desk.get("/desk/").status == 303


@pytest.mark.parametrize(
    "to", ["//evil.example/", "https://evil.example/", "/en/", "/exit", "x"]
)
def test_sign_in_never_leads_elsewhere(visitor: Visitor, to: str) -> None:
    assert sign_in(visitor, page=visitor.get(f"/sign-in?to={to}")).location == "/desk/"


def test_what_was_written_when_the_session_ended_is_there_after_sign_in(
    desk: Visitor, coordinator: Reader, clock: Clock
) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/messages")
    clock.pass_(minutes=61)
    ended = desk.send(page, {"note": NOTE}, to=notes(sent))
    assert ended.status == 401
    assert NOTE not in ended.page.markup
    offered = sign_in(desk, page=ended)
    assert "You were writing this when your session ended" in offered.page.text
    assert texts(offered) == [NOTE]
    again = desk.send(offered)
    assert (again.status, again.location) == (
        303,
        f"/desk/cases/{sent.ref}/messages?said=noted",
    )
    assert desk.follow(again).page.text.count(NOTE) == 1


def test_nobody_else_reads_what_was_kept(
    desk: Visitor, coordinator: Reader, clock: Clock
) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/messages")
    clock.pass_(minutes=61)
    ended = desk.send(page, {"note": NOTE}, to=notes(sent))
    other = sign_in(desk, SECOND, page=ended)
    assert other.status == 200
    assert NOTE not in other.page.markup
    assert "was written by another member" in other.page.text
    assert "Signed in as second" in desk.get("/desk/").page.text


def test_what_another_member_wrote_waits_on_the_page_for_that_member(
    desk: Visitor, coordinator: Reader, clock: Clock
) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/messages")
    clock.pass_(minutes=61)
    ended = desk.send(page, {"note": NOTE}, to=notes(sent))
    wrong = sign_in(desk, SECOND, words="wrong words", page=ended)
    other = sign_in(desk, SECOND, page=wrong)
    assert texts(sign_in(desk, COORDINATOR, page=other)) == [NOTE]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_of_languages_keeps_what_waits_for_the_sign_in(
    desk: Visitor, coordinator: Reader, clock: Clock, language: str
) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/messages")
    clock.pass_(minutes=61)
    ended = desk.send(page, {"note": NOTE}, to=notes(sent))
    switched = switch(desk, ended, language)
    assert switched.status == 200
    assert errors(switched) == ""
    offered = sign_in(desk, page=switched)
    assert offered.page.all("html")[0].get("lang") == language
    assert texts(offered) == [NOTE]
    assert desk.send(switch(desk, offered, "en", {"note": NOTE}), to=notes(sent)).status == 303


def test_a_browser_stays_known_when_it_is_closed(visitor: Visitor) -> None:
    cookies = sign_in(visitor).answer.headers.getlist("Set-Cookie")
    lasting = {text.split("=")[0]: "Max-Age" in text for text in cookies}
    assert lasting == {"d": False, "k": True}
    (known,) = (text for text in cookies if text.startswith("k="))
    assert "Max-Age=15552000" in known


def test_without_any_cookie_the_text_comes_back_in_the_page(
    desk: Visitor, app: Flask, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/messages")
    ended = Visitor(app.test_client()).send(page, {"note": NOTE}, to=notes(sent))
    assert ended.status == 401
    assert texts(ended) == [NOTE]


def test_signing_out_ends_the_session_and_clears_the_browser(desk: Visitor) -> None:
    queue = desk.get("/desk/")
    copied = desk.client.get_cookie("d", domain="127.0.0.1")
    assert copied is not None
    out = desk.send(queue, form=1)
    assert (out.status, out.location) == (303, "/sign-in?said=signed-out")
    assert "storage" in out.answer.headers["Clear-Site-Data"]
    assert "You are signed out" in desk.follow(out).page.text
    desk.client.set_cookie("d", copied.value, domain="127.0.0.1")
    assert desk.get("/desk/").status == 303


def test_sign_out_everywhere_ends_the_other_browser(visitor: Visitor, desk: Visitor) -> None:
    sign_in(visitor)
    assert visitor.get("/desk/").status == 200
    out = desk.send(desk.get("/desk/"), form=1, to="/sign-out-everywhere")
    assert out.status == 303
    assert visitor.get("/desk/").status == 303


def test_signing_in_again_ends_the_session_of_before(visitor: Visitor) -> None:
    sign_in(visitor)
    before = visitor.client.get_cookie("d", domain="127.0.0.1")
    assert before is not None
    sign_in(visitor)
    assert visitor.get("/desk/").status == 200
    visitor.client.set_cookie("d", before.value, domain="127.0.0.1")
    assert visitor.get("/desk/").status == 303


def test_a_cookie_that_is_none_of_ours_is_nobody(visitor: Visitor) -> None:
    for text in ("x", "AAAA" * 40, "é"):
        visitor.client.set_cookie("d", text, domain="127.0.0.1")
        assert visitor.get("/desk/").status == 303


@pytest.mark.parametrize(
    ("to", "led"),
    [
        ("//evil.example/", "/sign-in"),
        ("https://evil.example/", "/sign-in"),
        ("/desk/?x=\r\nSet-Cookie: a=b", "/desk/"),
    ],
)
def test_the_switch_of_languages_leads_nowhere_else(desk: Visitor, to: str, led: str) -> None:
    answer = desk.send(desk.get("/desk/"), {"language": "kk", "to": to})
    assert (answer.status, answer.location) == (303, led)
    assert desk.get("/desk/").page.all("html")[0].get("lang") == "kk"


def test_the_first_page_of_the_desk_is_not_for_strangers(visitor: Visitor) -> None:
    answer = visitor.get("/desk/")
    assert (answer.status, answer.location) == (303, "/sign-in?to=/desk/")


def test_an_old_form_keeps_what_was_typed(desk: Visitor, coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/messages")
    forged = desk.send(page, {"note": NOTE, "token": "forged"}, to=notes(sent))
    assert forged.status == 422
    assert NOTE in texts(forged)


def test_a_notice_shows_beside_every_page_until_it_is_put_away(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    for notice in notices_for(coordinator):
        dismiss(coordinator, notice.id)
    assert _waiting(desk) == []
    with service.writing() as session:
        tell(session, service, (coordinator.member,), "factor_added", now=NOW)
    assert _waiting(desk) == ["1"]
    page = desk.get("/account/")
    actions = [form.get("action") or "" for form in page.page.all("form")]
    desk.send(page, form=actions.index(f"/account/notices/{_only(coordinator)}/dismiss"))
    assert _waiting(desk) == []


def _waiting(desk: Visitor) -> list[str]:
    """What stands beside «Your account» on the page of the queue."""
    page = desk.get("/desk/").page
    (link,) = (place for place in page.all("a") if place.get("href") == "/account/")
    return [one.text for one in page.all("span") if link in one.ancestors][1:]


def _only(reader: Reader) -> str:
    (notice,) = notices_for(reader)
    return str(notice.id)
