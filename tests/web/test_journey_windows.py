"""Two windows, sending twice and out of order: nothing is overwritten unseen."""

import pytest

from intake.casework import Service
from intake.store.tables import CaseRow
from tests.visitor import Visitor
from tests.web.journey_walk import STORY, Walk
from tests.web.test_journey import rows

OTHER = "What another window says about it."


@pytest.fixture
def walk(visitor: Visitor) -> Walk:
    return Walk.begun(visitor).skip_to("story")


@pytest.fixture
def other(walk: Walk) -> Walk:
    """A second window on the same page."""
    return Walk.at(walk.visitor, walk.page.path)


@pytest.mark.parametrize("button", ["", "back", "skip", "save", "finish"])
def test_other_words_of_another_window_are_not_overwritten(
    walk: Walk, other: Walk, button: str
) -> None:
    other.press("", {"narrative": OTHER})
    answer = walk.pressed(button, {"narrative": STORY})
    assert answer.status == 409
    assert answer.page.fields(answer.page.form())["narrative"] == [STORY]
    assert f"What is kept now: {OTHER}" in answer.page.text
    assert walk.go("story").fields["narrative"] == [OTHER]


def test_another_language_overwrites_nothing_either(walk: Walk, other: Walk) -> None:
    other.press("", {"narrative": OTHER})
    answer = walk.pressed("", {"narrative": STORY}, to="ru")
    assert (answer.status, answer.path.split("/")[1]) == (409, "ru")
    assert OTHER in answer.page.text


def test_pressing_again_keeps_what_was_typed_last(walk: Walk, other: Walk) -> None:
    other.press("", {"narrative": OTHER})
    walk.press("", {"narrative": STORY}).press()
    assert walk.go("story").fields["narrative"] == [STORY]


def test_two_windows_on_different_pages_do_not_meet(walk: Walk) -> None:
    other = Walk.at(walk.visitor, "/en/report/when")
    other.press("", {"act_date_from": "5.3.2022"})
    assert walk.press("", {"narrative": STORY}).slug == "place"
    assert walk.go("when").fields["act_date_from"] == ["05.03.2022"]


def test_two_windows_that_say_the_same_do_not_meet(walk: Walk, other: Walk) -> None:
    other.press("", {"narrative": STORY})
    assert walk.press("", {"narrative": STORY}).slug == "when"


def test_what_was_left_empty_may_be_filled_in_by_another_window(
    walk: Walk, other: Walk
) -> None:
    other.press("", {"trained_only": "yes"})
    walk.press("", {"narrative": STORY, "trained_only": "yes"})
    fields = walk.go("story").fields
    assert (fields["narrative"], fields["trained_only"]) == ([STORY], ["yes"])


def test_an_unread_date_of_another_window_is_not_overwritten(walk: Walk) -> None:
    walk.go("when")
    other = Walk.at(walk.visitor, "/en/report/when")
    other.press("skip", {"act_date_from": "in spring"})
    answer = walk.pressed("", {"act_date_from": "5.3.2022"})
    assert answer.status == 409
    assert "What is kept now: in spring" in answer.page.text


@pytest.mark.parametrize("button", ["", "back", "skip", "finish"])
def test_the_same_page_sent_twice_leads_to_the_same_place(walk: Walk, button: str) -> None:
    first = walk.pressed(button, {"narrative": STORY})
    second = walk.pressed(button, {"narrative": STORY})
    assert (first.status, first.location) == (second.status, second.location)


def test_pages_sent_out_of_order_lose_nothing(walk: Walk) -> None:
    when, place = (
        Walk.at(walk.visitor, "/en/report/when"),
        Walk.at(walk.visitor, "/en/report/place"),
    )
    place.press("", {"place_name": "Station 3"})
    when.press("", {"act_date_from": "5.3.2022"})
    walk.press("", {"narrative": STORY})
    assert walk.slug == "region"
    assert walk.go("place").fields["place_name"] == ["Station 3"]
    assert walk.go("when").fields["act_date_from"] == ["05.03.2022"]


def test_a_page_of_a_closed_branch_keeps_its_answers_and_leads_on(walk: Walk) -> None:
    walk.go("where").press("", {"victim_status": "missing"})
    stale = Walk.at(walk.visitor, "/en/report/missing")
    walk.go("where").press("", {"victim_status": "free"})
    typed = {"last_seen_place": "Bazaar"} if "last_seen_place" in stale.fields else {}
    assert stale.pressed("", typed).status == 303
    assert walk.go("missing").slug != "missing"
    walk.go("where").press("", {"victim_status": "missing"})
    fields = walk.go("missing").fields
    assert {name: fields[name] for name in typed} == {n: [v] for n, v in typed.items()}


def test_a_page_of_a_report_that_was_sent_leads_to_its_code(
    walk: Walk, service: Service
) -> None:
    check = walk.press("finish", {"narrative": STORY}).page
    walk.press()
    again = walk.visitor.send(check)
    assert again.location == "/en/urgent/sent"
    assert rows(service, CaseRow) == 1


@pytest.mark.parametrize("seen", ["", "0", "é" * 40])
def test_a_page_without_its_fingerprint_fills_what_is_empty(walk: Walk, seen: str) -> None:
    assert walk.press("", {"narrative": STORY, "seen": seen}).slug == "when"


def test_a_page_that_is_old_is_shown_again_with_everything_typed(walk: Walk) -> None:
    answer = walk.pressed("", {"narrative": STORY, "token": "old"})
    assert answer.status == 422
    assert "This page was open for a long time." in answer.page.text
    walk.page = answer
    assert walk.fields["narrative"] == [STORY]
    assert walk.press().slug == "when"


@pytest.mark.parametrize("slug", ["nothing-here", "who/abcdefgh", "officers/ABC", "officers/a"])
def test_an_unknown_page_is_not_found(walk: Walk, slug: str) -> None:
    assert walk.go(slug).page.status == 404
    assert walk.visitor.post(f"/en/report/{slug}", {}).status == 404
