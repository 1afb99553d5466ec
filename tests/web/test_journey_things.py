"""Things that may be several: added, changed and removed, and never lost on the way."""

import pytest

from intake.form.questionnaire import REPEATED
from tests.visitor import Visitor
from tests.web.journey_walk import Walk

BUTTONS = ("", "back", "save", "finish", "remove")


@pytest.fixture
def walk(visitor: Visitor) -> Walk:
    return Walk.begun(visitor).skip_to("officers")


def add(walk: Walk) -> Walk:
    (link,) = [a for a in walk.page.page.all("a") if a.text == "Add one of them"]
    walk.page = walk.visitor.get(link.get("href") or "")
    return walk


def names(walk: Walk) -> list[str]:
    return [e.text for e in walk.go("officers").page.page.all("b")]


def link_of(walk: Walk, number: int, words: str) -> str:
    links = [a for a in walk.go("officers").page.page.all("a") if a.text.startswith(words)]
    return links[number].get("href") or ""


@pytest.mark.parametrize("button", BUTTONS)
def test_every_button_keeps_what_was_said_of_a_thing(walk: Walk, button: str) -> None:
    add(walk).press(button, {"officer_name": "Serik"})
    assert names(walk) == ["Serik"]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_another_language_keeps_it_too(walk: Walk, language: str) -> None:
    add(walk).press("", {"officer_name": "Serik"}, to=language)
    assert walk.fields["officer_name"] == ["Serik"]


def test_one_of_whom_no_name_is_said_has_a_number(walk: Walk) -> None:
    add(walk).press("", {"officer_name": "Serik"})
    add(walk).press("", {"officer_badge": "123"})
    assert names(walk) == ["Serik", "One of those who did it (2)"]


def test_a_thing_of_which_nothing_is_said_is_not_kept(walk: Walk) -> None:
    add(walk).press()
    assert (walk.slug, names(walk)) == ("officers", [])


def test_a_thing_of_which_everything_was_taken_back_is_gone(walk: Walk) -> None:
    add(walk).press("", {"officer_name": "Serik"})
    walk.page = walk.visitor.get(link_of(walk, 0, "Change"))
    walk.press("", {"officer_name": ""})
    assert names(walk) == []


def test_the_same_page_sent_twice_adds_one(walk: Walk) -> None:
    add(walk)
    walk.pressed("", {"officer_name": "Serik"})
    walk.pressed("", {"officer_name": "Serik"})
    assert names(walk) == ["Serik"]


def test_a_thing_is_changed_in_its_place(walk: Walk) -> None:
    for name in ("Serik", "Bolat"):
        add(walk.go("officers")).press("", {"officer_name": name})
    walk.page = walk.visitor.get(link_of(walk, 0, "Change"))
    assert walk.fields["officer_name"] == ["Serik"]
    walk.press("", {"officer_name": "Marat"})
    assert names(walk) == ["Marat", "Bolat"]


def test_removing_is_asked_once(walk: Walk) -> None:
    add(walk).press("", {"officer_name": "Serik"})
    walk.page = walk.visitor.get(link_of(walk, 0, "Remove"))
    assert walk.page.page.heading == "Remove “Serik”?"
    assert names(walk) == ["Serik"]
    walk.page = walk.visitor.get(link_of(walk, 0, "Remove"))
    walk.press("remove")
    assert (walk.slug, names(walk)) == ("officers", [])


def test_removing_what_is_gone_leads_to_the_list(walk: Walk) -> None:
    add(walk).press("", {"officer_name": "Serik"})
    walk.page = walk.visitor.get(link_of(walk, 0, "Remove"))
    asked = walk.page
    walk.press("remove")
    walk.page = asked
    assert walk.press("remove").slug == "officers"


def test_continue_leads_on_from_the_list(walk: Walk) -> None:
    add(walk).press("", {"officer_name": "Serik"}).press()
    assert walk.slug == "why"


def test_an_unread_date_of_a_thing_is_kept_as_typed(walk: Walk) -> None:
    walk.go("occasions")
    (link,) = [a for a in walk.page.page.all("a") if a.text == "Add another time"]
    address = link.get("href") or ""
    walk.page = walk.visitor.get(address)
    walk.press("back", {"occasion_on": "some day in May"})
    walk.page = walk.visitor.get(address)
    assert walk.fields["occasion_on"] == ["some day in May"]
    assert walk.pressed().status == 422


def test_things_are_read_again_before_sending_and_lead_back(walk: Walk) -> None:
    add(walk).press("finish", {"officer_name": "Serik", "officer_badge": "123"})
    assert "Serik" in [e.text for e in walk.page.page.all("h4")]
    walk.go("officers?then=check")
    add(walk).press("", {"officer_name": "Bolat"})
    assert walk.slug == "officers"
    assert walk.press().slug == "check"


def test_no_more_are_taken_than_there_is_room_for(walk: Walk) -> None:
    address = add(walk).page.path
    for _ in range(REPEATED["officers"].most):
        add(walk.go("officers")).press("", {"officer_name": "Serik"})
    assert "There is no room for one more here." in walk.go("officers").text
    walk.page = walk.visitor.get(address)
    answer = walk.pressed("", {"officer_name": "Bolat"})
    assert answer.status == 422
    assert answer.page.fields(answer.page.form())["officer_name"] == ["Bolat"]


def test_two_windows_do_not_overwrite_a_thing(walk: Walk) -> None:
    address = add(walk).page.path
    other = Walk.at(walk.visitor, address)
    other.press("", {"officer_name": "Serik"})
    answer = walk.pressed("", {"officer_name": "Bolat"})
    assert answer.status == 409
    assert "What is kept now: Serik" in answer.page.text
