"""Splitting a report and linking cases, as coordinators see it."""

import pytest

from intake.casework import Reader, overview
from intake.casework.splitting.shown import linked
from intake.casework.splitting.telling import Choice
from tests.casework.splitting.several import AIDOS, MIRA, several, split_off
from tests.people import NOW, Sent, send_and_open
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock
from tests.web.test_account import sign_in as sign_in_again

WHY = "He wants nothing but a doctor."


@pytest.fixture
def told(coordinator: Reader) -> Sent:
    """A report that tells of several persons."""
    return several(coordinator)


def _page(visitor: Visitor, sent: Sent) -> Visited:
    return visitor.get(f"/desk/cases/{sent.ref}/split")


def _split_off(reader: Reader, sent: Sent) -> list[str]:
    return [link.ref for link in linked(reader, sent.ref) if link.side == "first"]


def test_the_case_leads_to_its_splitting(desk: Visitor, told: Sent) -> None:
    page = desk.get(f"/desk/cases/{told.ref}").page
    assert f"/desk/cases/{told.ref}/split" in {a.get("href") for a in page.all("a")}


def test_a_person_of_the_list_gets_a_case_after_one_more_look(
    desk: Visitor, coordinator: Reader, told: Sent
) -> None:
    seen = _page(desk, told)
    assert "Aidos Thornapple" in seen.page.text
    asked = desk.send(seen, {"who": [AIDOS], "why": WHY})
    assert "This is to be made" in asked.page.text
    assert WHY in asked.page.text
    assert _split_off(coordinator, told) == []
    made = desk.follow(desk.send(asked, {"sure": "yes"}))
    (ref,) = _split_off(coordinator, told)
    assert ref in made.path
    assert "This is the new case" in made.page.text
    assert told.ref in made.page.text
    report = desk.get(f"/desk/cases/{ref}/report").page.text
    assert "Aidos Thornapple" in report


def test_sent_twice_it_leads_to_the_same_case(
    desk: Visitor, coordinator: Reader, told: Sent
) -> None:
    asked = desk.send(_page(desk, told), {"who": [AIDOS], "why": WHY})
    first, again = (desk.send(asked, {"sure": "yes"}) for _ in range(2))
    assert first.location == again.location
    assert len(_split_off(coordinator, told)) == 1


def test_what_was_chosen_can_be_changed_before(desk: Visitor, told: Sent) -> None:
    asked = desk.send(_page(desk, told), {"who": [AIDOS], "why": WHY})
    back = desk.send(asked, {"change": "yes"})
    assert WHY in back.page.text
    chosen = {e.get("value") for e in back.page.all("input") if e.get("checked") is not None}
    assert chosen == {AIDOS}


@pytest.mark.parametrize(
    "typed",
    [
        {"why": WHY},
        {"why": WHY, "who": [AIDOS, "same"]},
        {"why": WHY, "who": ["words"]},
        {"who": [AIDOS], "why": ""},
    ],
)
def test_what_cannot_be_meant_is_shown_again_as_it_was_typed(
    desk: Visitor, coordinator: Reader, told: Sent, typed: dict[str, str | list[str]]
) -> None:
    again = desk.send(_page(desk, told), typed)
    assert again.status == 422
    assert again.page.title.startswith("Error: ")
    assert str(typed.get("why", "")) in again.page.text
    assert _split_off(coordinator, told) == []


def test_somebody_told_of_in_words_gets_a_case(
    desk: Visitor, coordinator: Reader, told: Sent
) -> None:
    typed = {"who": ["words"], "person_name": "The cellmate", "person_status": "sizo"}
    asked = desk.send(_page(desk, told), {**typed, "why": WHY})
    assert "The cellmate" in asked.page.text
    desk.send(asked, {"sure": "yes"})
    (ref,) = _split_off(coordinator, told)
    assert overview(coordinator, ref, now=NOW).facts.in_custody


def test_names_of_children_are_folded(desk: Visitor, told: Sent) -> None:
    page = _page(desk, told).page
    (folded,) = (e for e in page.all("details") if "Mira Thornapple" in e.text)
    assert "Names of children" in folded.text
    asked = desk.send(_page(desk, told), {"who": [MIRA], "why": WHY})
    assert "Mira Thornapple" not in asked.page.text


def test_who_may_not_read_the_words_reads_whom_to_ask(
    second_desk: Visitor, coordinator: Reader
) -> None:
    sent = several(coordinator, sexual_choice="tell", method=("rape",))
    page = _page(second_desk, sent).page
    assert "ask a trained colleague" in page.text
    assert "Aidos" not in page.text


def test_somebody_who_was_quicker_is_named_and_nothing_typed_is_lost(
    desk: Visitor, coordinator: Reader, told: Sent
) -> None:
    asked = desk.send(_page(desk, told), {"who": [AIDOS], "why": WHY})
    split_off(coordinator, told.ref, Choice((MIRA,)))
    late = desk.send(asked, {"sure": "yes"})
    assert late.status == 409
    assert WHY in late.page.text
    once_more = desk.send(desk.send(late, {}), {"sure": "yes"})
    assert once_more.status == 303
    assert len(_split_off(coordinator, told)) == 2


def test_the_messages_of_what_was_split_off_lead_to_the_first_case(
    desk: Visitor, coordinator: Reader, told: Sent
) -> None:
    ref = split_off(coordinator, told.ref, Choice((AIDOS,)))
    seen = desk.get(f"/desk/cases/{ref}/messages")
    assert "who wrote is answered there" in seen.page.text
    assert f"/desk/cases/{told.ref}/messages" in {a.get("href") for a in seen.page.all("a")}
    assert "Through his aunt" in seen.page.text
    noted = desk.send(seen, {"note": "Call him at noon"}, to=f"/desk/cases/{ref}/notes")
    assert "Call him at noon" in desk.follow(noted).page.text


def test_cases_of_the_same_event_are_linked_and_unlinked(
    desk: Visitor, coordinator: Reader, told: Sent
) -> None:
    other = send_and_open(coordinator)
    seen = desk.get(f"/desk/cases/{told.ref}/links")
    typed = {"other": other.ref.replace("-", "").lower(), "link_why": "One evening"}
    done = desk.follow(desk.send(seen, typed))
    assert other.ref in done.page.text
    assert "One evening" in desk.get(f"/desk/cases/{other.ref}/links").page.text
    (link,) = linked(coordinator, told.ref)
    ending = desk.get(f"/desk/cases/{told.ref}/links/{link.id}/end")
    assert desk.send(ending, {"end_why": ""}).status == 422
    ended = desk.follow(desk.send(ending, {"end_why": "Another year"}))
    assert "Another year" in ended.page.text
    assert not linked(coordinator, told.ref)[0].stands


@pytest.mark.parametrize("other", ["2222-2222", "nonsense", "2026-0001"])
def test_a_case_that_is_not_there_cannot_be_linked(
    desk: Visitor, told: Sent, other: str
) -> None:
    seen = desk.get(f"/desk/cases/{told.ref}/links")
    again = desk.send(seen, {"other": other, "link_why": "One evening"})
    assert again.status == 422
    assert "no such case" in again.page.text
    assert "One evening" in again.page.text


def test_a_split_that_is_taken_back_asks_a_second_coordinator_to_close(
    desk: Visitor, second_desk: Visitor, coordinator: Reader, told: Sent
) -> None:
    ref = split_off(coordinator, told.ref, Choice((AIDOS,)))
    (link,) = linked(coordinator, told.ref)
    ending = desk.get(f"/desk/cases/{told.ref}/links/{link.id}/end")
    ended = desk.follow(desk.send(ending, {"end_why": "It is one matter"}))
    assert "A second coordinator is asked" in ended.page.text
    assert ref in second_desk.get("/desk/proposals/").page.text


def test_a_choice_outlives_the_session_and_the_switch_of_languages(
    desk: Visitor, coordinator: Reader, told: Sent, clock: Clock
) -> None:
    seen = _page(desk, told)
    typed = {"who": [AIDOS, "words"], "why": WHY, "person_name": "The cellmate"}
    switched = desk.send(seen, {**typed, "language": "kk"})
    assert switched.status == 200
    assert WHY in switched.page.text
    clock.pass_(minutes=61)
    offered = sign_in_again(desk, page=desk.send(seen, typed))
    assert WHY in offered.page.text
    again = desk.send(offered)
    assert again.status == 422
    chosen = {e.get("value") for e in again.page.all("input") if e.get("checked") is not None}
    assert {AIDOS, "words"} <= chosen
    assert _split_off(coordinator, told) == []
