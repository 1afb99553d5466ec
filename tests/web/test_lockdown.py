"""The button: two pages, no passphrase, and nobody is signed in any more."""

import pytest
from flask import Flask

from intake.casework import Reader, Service, lockdown
from intake.roles import Role
from intake.store.people import RingRow
from intake.vault import Ring
from tests.people import COORDINATOR, NOW, PASSPHRASES, code_of, sign_in
from tests.visitor import Visited, Visitor
from tests.web.conftest import signed_in
from tests.web.test_oversight import settled

WORDS = "seven words that no list holds here"


def locked(visitor: Visitor) -> Visited:
    """Walk to the button and press it."""
    explained = visitor.get("/lockdown")
    assert "/lockdown/sure" in explained.page.links
    page = visitor.get("/lockdown/sure")
    forms = [form.get("action") for form in page.page.all("form")]
    return visitor.send(page, form=forms.index("/lockdown"))


def test_two_pages_lead_to_the_button_and_then_it_is_done(
    desk: Visitor, second_desk: Visitor
) -> None:
    answer = locked(desk)
    assert answer.status == 200
    assert "Everything is locked" in answer.page.text
    for visitor in (desk, second_desk):
        assert visitor.get("/desk/").location.startswith("/sign-in")


def test_an_administrator_may_press_it(
    app: Flask, service: Service, coordinator: Reader, second_desk: Visitor
) -> None:
    settled(coordinator, "administrator", Role.ADMINISTRATOR)
    browser = signed_in(app, sign_in(service, "administrator", WORDS, now=NOW).cookie)
    assert "Everything is locked" in locked(browser).page.text
    assert second_desk.get("/desk/").status == 303


def test_looking_at_the_pages_locks_nothing(desk: Visitor, service: Service) -> None:
    desk.get("/lockdown")
    desk.get("/lockdown/sure")
    assert not lockdown.is_half(service)
    assert desk.get("/desk/").status == 200


def test_without_the_form_token_nothing_is_locked(desk: Visitor) -> None:
    assert desk.post("/lockdown").location == "/lockdown/sure"
    assert desk.get("/desk/").status == 200


def test_where_sheets_are_missing_there_is_no_button(desk: Visitor, service: Service) -> None:
    page = desk.get("/lockdown/sure")
    with service.writing() as session:
        session.get_one(RingRow, (Ring.CASE, 1)).recovery_box = None
    assert "/lockdown/sure" not in desk.get("/lockdown").page.links
    assert desk.get("/lockdown/sure").location == "/lockdown"
    forms = [form.get("action") for form in page.page.all("form")]
    assert desk.send(page, form=forms.index("/lockdown")).status == 409
    assert desk.get("/desk/").status == 200


def test_the_page_for_signing_in_tells_strangers_nothing(
    desk: Visitor, visitor: Visitor
) -> None:
    before = visitor.get("/sign-in").page.text
    locked(desk)
    assert visitor.get("/sign-in").page.text == before


def test_a_members_passphrase_is_answered_as_a_wrong_one(
    desk: Visitor, visitor: Visitor
) -> None:
    locked(desk)
    page = visitor.get("/sign-in")
    typed = {"passphrase": PASSPHRASES[COORDINATOR], "code": code_of(COORDINATOR, NOW)}
    answers = [
        visitor.send(page, {"handle": handle, **typed}).page.text
        for handle in (COORDINATOR, "nobody-at-all")
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("path", ["/en/urgent/", "/en/return/"])
def test_public_pages_go_on(desk: Visitor, visitor: Visitor, path: str) -> None:
    locked(desk)
    assert visitor.get(path).status == 200
