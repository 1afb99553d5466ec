"""Moving a case from stage to stage, and what stands in the way, through the pages."""

import re

import pytest

from intake.casework import Reader, Service, conversation, enter, work
from tests.casework.work.answering import write
from tests.people import COORDINATOR, NOW, Sent
from tests.visitor import Visitor
from tests.web.conftest import Clock
from tests.web.test_account import sign_in
from tests.web.work.acting import (
    CONSENTS,
    case,
    fill,
    full_disk,
    section,
    tab,
    texts,
    told,
)

WORDS = "She asked us to wait until her brother is out."
WAYS = "Where it goes from here"


def way(ref: str, code: str) -> str:
    return f"/desk/cases/{ref}/move/{code}"


def stage(reader: Reader, ref: str) -> str:
    return work(reader, ref, now=NOW).stage


def contacting(desk: Visitor, reader: Reader) -> Sent:
    """A report whose person is to be reached."""
    sent = case(reader, **CONSENTS)
    moved = fill(desk, way(sent.ref, "screening_to_contacting"), moved_level="u1")
    assert moved.status == 303
    return sent


def test_a_way_that_is_open_leads_to_the_next_stage(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = case(coordinator)
    page = desk.get(tab(sent.ref))
    address = way(sent.ref, "screening_to_contacting")
    assert address in page.page.links
    shown = desk.follow(fill(desk, address, moved_level="u1"))
    assert "The case stands on its new stage." in shown.page.text
    assert "It stands now on: Trying first safe contact" in section(shown, WAYS)
    heard = conversation(service, enter(service, sent.code, now=NOW), now=NOW).entries
    assert heard[-1].stage == "contacting"


def test_a_way_that_is_shut_says_what_is_missing_and_where_to_get_it(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = contacting(desk, coordinator)
    page = desk.get(tab(sent.ref))
    text = section(page, WAYS)
    assert "Interview and assessment The contact gave the code word" in text
    assert "There is no safety plan. Think it through with the person" in text
    assert f"{tab(sent.ref)}/safety_plan" in page.page.links
    assert way(sent.ref, "contacting_to_assessment") not in page.page.links
    itself = desk.get(way(sent.ref, "contacting_to_assessment"))
    assert "This is not possible yet" in itself.page.text
    assert itself.page.by_id("page") is None


def test_what_was_missing_is_done_and_the_way_opens(desk: Visitor, coordinator: Reader) -> None:
    sent = contacting(desk, coordinator)
    write(coordinator, sent.ref, "attempt")
    write(coordinator, sent.ref, "safety_plan")
    moved = fill(desk, way(sent.ref, "contacting_to_assessment"), moved_words=WORDS)
    assert moved.status == 303
    assert stage(coordinator, sent.ref) == "assessment"


def test_what_the_page_asks_for_and_is_empty_stands_beside_its_question(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    answer = fill(desk, way(sent.ref, "screening_to_closed"), moved_why=WORDS, moved_outcome="")
    assert answer.status == 422
    assert answer.page.title.startswith("Error:")
    assert "The outcome is not named. Choose one that fits this way." in told(answer)
    assert answer.page.leads_to("moved_outcome")
    assert texts(answer) == [WORDS]


def test_who_is_too_late_sees_both_sides_and_loses_no_word(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    address = way(sent.ref, "any_to_closed")
    page = desk.get(address)
    fill(second_desk, way(sent.ref, "screening_to_contacting"), moved_level="u1")
    fields = {"moved_outcome": "withdrawn_other", "moved_words": WORDS}
    fields |= {"moved_asked_how": "phone", "under_pressure": "not_asked"}
    late = desk.send(page, fields)
    assert late.status == 409
    assert "Somebody changed this case while you were writing" in told(late)
    assert "What stands now Immediate Trying first safe contact" in late.page.text
    assert texts(late) == [WORDS]
    assert desk.send(late).status == 303
    assert stage(coordinator, sent.ref) == "closed"


def test_the_words_of_a_move_outlive_the_session(
    desk: Visitor, coordinator: Reader, clock: Clock
) -> None:
    sent = case(coordinator)
    page = desk.get(way(sent.ref, "screening_to_contacting"))
    clock.pass_(minutes=61)
    asked = desk.send(page, {"moved_level": "u1", "moved_words": WORDS})
    offered = sign_in(desk, COORDINATOR, page=asked)
    assert texts(offered) == [WORDS]
    assert desk.send(offered).status == 303


def test_the_words_of_a_move_outlive_a_full_disk(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = case(coordinator)
    page = desk.get(way(sent.ref, "screening_to_contacting"))
    with full_disk(service):
        answer = desk.send(page, {"moved_level": "u1", "moved_words": WORDS})
    assert answer.status == 503
    assert texts(answer) == [WORDS]


def test_a_double_click_moves_once(desk: Visitor, coordinator: Reader) -> None:
    sent = case(coordinator)
    page = desk.get(way(sent.ref, "screening_to_contacting"))
    answers = [desk.send(page, {"moved_level": "u1"}) for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    moves = work(coordinator, sent.ref, now=NOW).record.moves
    assert [s.answers.values["moved_to"] for s in moves.steps] == ["screening", "contacting"]


@pytest.mark.parametrize("code", ["received_to_screening", "no_such_way"])
def test_a_way_that_nobody_goes_by_hand_has_no_page(
    desk: Visitor, coordinator: Reader, code: str
) -> None:
    sent = case(coordinator)
    assert desk.get(way(sent.ref, code)).status == 404


def test_withdrawing_asks_without_pressing_and_takes_any_answer(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    page = desk.get(way(sent.ref, "any_to_closed"))
    assert "nobody is talked out of it" in page.page.text
    assert "Every answer is all right, no answer too." in page.page.text
    fields = {"moved_outcome": "withdrawn_fear", "moved_asked_how": "in_person"}
    asked = desk.send(page, fields)
    assert asked.status == 422
    assert "Ask without pressing; any answer will do." in told(asked)
    done = desk.send(asked, {"under_pressure": "unknown"})
    assert "Closed" in desk.follow(done).page.text
    assert stage(coordinator, sent.ref) == "closed"


def test_a_closed_case_can_be_opened_again(desk: Visitor, coordinator: Reader) -> None:
    sent = case(coordinator)
    fields = {"moved_outcome": "withdrawn_other", "moved_asked_how": "phone"}
    fill(desk, way(sent.ref, "any_to_closed"), **fields, under_pressure="no")
    again = fill(desk, way(sent.ref, "closed_to_screening"), moved_news="She called again.")
    assert again.status == 303
    assert stage(coordinator, sent.ref) == "screening"


def test_erasing_waits_for_a_second_coordinator_and_then_nothing_is_left(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    page = desk.get(way(sent.ref, "any_to_erased"))
    assert "Two coordinators decide this." in page.page.text
    asked = desk.follow(desk.send(page, {"moved_asked_how": "phone", "moved_words": WORDS}))
    assert "A second coordinator has to decide now." in asked.page.text
    assert "You asked for it. It waits for a second coordinator" in asked.page.text
    address = next(a for a in asked.page.links if re.search("proposals/.", a))
    page = second_desk.get(address)
    assert WORDS in page.page.text
    done = second_desk.follow(second_desk.send(page, {"go": "agree"}))
    assert "You agreed, and it is done." in done.page.text
    for nothing in (tab(sent.ref), address, f"/desk/cases/{sent.ref}"):
        assert desk.get(nothing).status == 404
    assert sent.ref not in desk.get("/desk/deadlines/").page.markup


def test_what_waits_for_a_second_coordinator_is_not_asked_twice(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    address = way(sent.ref, "any_to_erased")
    fill(desk, address, moved_asked_how="phone")
    again = desk.get(address)
    assert "This waits for a second coordinator already." in again.page.text
    assert again.page.by_id("page") is None
