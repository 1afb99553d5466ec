"""Limits over all cases, and those that stand on the first page of a case."""

from datetime import timedelta

import pytest

from intake.casework import Reader, Service, new_once, send_message, take
from intake.casework.restricting import restrict
from tests.casework.joining import proof
from tests.casework.work.answering import closed, day
from tests.people import NOW, send, send_and_open, short_report, sister_report
from tests.visitor import Visited, Visitor
from tests.web.work.acting import CONSENTS, case, section, tab

LIST = "/desk/deadlines/"
CONTACT = "First attempt at safe contact"


def rows(page: Visited) -> list[str]:
    return [e.text for e in page.page.all("tr") if e.get("class")]


def test_limits_of_every_open_case_stand_there_the_latest_first(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    late = send(service, sister_report(NOW - timedelta(hours=3)))
    fresh = case(coordinator)
    page = desk.get(LIST)
    found = rows(page)
    assert found[0].startswith("1 h late 13:30 Opened by a coordinator")
    assert late.ref in found[0]
    assert fresh.ref in " ".join(found)
    assert "1 late" in page.page.heading
    assert {tab(late.ref), tab(fresh.ref)} <= set(page.page.links)


def test_limits_of_law_that_no_lawyer_checked_are_marked(
    desk: Visitor, coordinator: Reader
) -> None:
    case(coordinator, **CONSENTS)
    marked = [row for row in rows(desk.get(LIST)) if "not checked by a lawyer" in row]
    assert ["Complaint to the prosecutor filed" in row for row in marked] == [True]


@pytest.mark.parametrize(
    ("asked", "count"), [("clock=contact_u1", 2), ("mine=1&clock=contact_u1", 1)]
)
def test_the_address_chooses_a_limit_and_whose_cases(
    desk: Visitor, coordinator: Reader, asked: str, count: int
) -> None:
    mine = case(coordinator)
    case(coordinator)
    take(coordinator, mine.ref, now=NOW)
    found = rows(desk.get(f"{LIST}?{asked}"))
    assert [CONTACT in row for row in found] == [True] * count


def test_a_code_that_is_not_ours_chooses_nothing(desk: Visitor, coordinator: Reader) -> None:
    case(coordinator)
    page = desk.get(f"{LIST}?clock=%3Cb%3E&page=99999999&mine=x")
    assert page.status == 200
    assert rows(page) != []


def test_a_case_kept_for_others_is_not_there(second_desk: Visitor, coordinator: Reader) -> None:
    sent = case(coordinator)
    kept_for = (coordinator.member,)
    restrict(coordinator, sent.ref, kept_for, "Her cousin.", proof(coordinator), now=NOW)
    page = second_desk.get(LIST)
    assert sent.ref not in page.page.markup
    assert "No limit runs." in page.page.text


def test_the_first_page_of_a_case_shows_the_three_limits_that_press_most(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}")
    following = section(page, "Next")
    order = [following.index(words) for words in (CONTACT, "Lawyer named", "Complaint to the")]
    assert order == sorted(order)
    assert "4 h First attempt at safe contact" in following
    assert "Lawyer named and on the way not checked by a lawyer" in following
    assert "needs consent: File a complaint with the prosecutor in my name" in following
    assert f"{tab(sent.ref)}/attempt" in page.page.links
    assert tab(sent.ref) in page.page.links


def test_an_unopened_case_shows_its_limits_and_no_way_past_the_opening(
    desk: Visitor, service: Service
) -> None:
    sent = send(service)
    page = desk.get(f"/desk/cases/{sent.ref}")
    assert "2 h Opened by a coordinator" in section(page, "Next")
    assert tab(sent.ref) not in {link for link in page.page.links if "/steps/" in link}
    assert f"{tab(sent.ref)}/lowering" not in page.page.links


def test_every_page_of_a_case_carries_its_flags(
    desk: Visitor, second_desk: Visitor, second: Reader
) -> None:
    report = short_report(victim_status="police_custody", method=("rape",))
    sent = send_and_open(second, report)
    for path in ("", "/steps", "/timeline"):
        heading = desk.get(f"/desk/cases/{sent.ref}{path}").page.heading
        assert heading.endswith("Held now Trained handler only")
    assert second_desk.get(tab(sent.ref)).page.heading.endswith("Held now")


def test_a_closed_case_shows_its_date_of_erasing_and_asks_for_none(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = closed(coordinator, erase_on=day(30))
    following = section(desk.get(f"/desk/cases/{sent.ref}"), "Next")
    assert following.startswith("Next 29 days Date of erasing set")
    limits = section(desk.get(tab(sent.ref)), "What must happen, and until when")
    assert "29 days Date of erasing set" in limits
    page = desk.get(f"/desk/cases/{sent.ref}/move/any_to_erased")
    assert "It is to be erased on December 18, 2026." in page.page.text
    assert rows(desk.get("/desk/?view=erasing")) == []


def test_what_is_to_be_erased_has_a_view_and_a_button(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = closed(coordinator, erase_on=day(0))
    (row,) = rows(desk.get("/desk/?view=erasing"))
    assert sent.ref in row
    following = desk.get(f"/desk/cases/{sent.ref}")
    erasing = f"/desk/cases/{sent.ref}/move/any_to_erased"
    assert "14 h late Date of erasing set" in section(following, "Next")
    assert erasing in following.page.links
    assert erasing in desk.get(tab(sent.ref)).page.links
    page = desk.get(erasing).page.text
    assert "It was to be erased on November 18, 2026, and that day has come." in page


def test_where_no_date_of_erasing_is_set_the_page_leads_to_it(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = closed(coordinator, erase_on=None)
    assert f"{tab(sent.ref)}/retention" in desk.get(f"/desk/cases/{sent.ref}").page.links
    page = desk.get(f"/desk/cases/{sent.ref}/move/any_to_erased")
    assert "No day of erasing is set." in page.page.text


def test_who_is_held_and_silent_is_to_be_looked_after(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    send_message(coordinator, sent.ref, "We are here", once=new_once(), now=NOW)
    note = "The reporter has not answered. Find out in a safe way whether all is well."
    following = section(desk.get(f"/desk/cases/{sent.ref}"), "Next")
    assert f"24 h Case reviewed {note}" in following
    assert note in section(desk.get(tab(sent.ref)), "What must happen, and until when")


def test_lowering_is_offered_with_a_second_coordinator(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}")
    assert "Lower it, with a second coordinator" in page.page.text
    assert f"{tab(sent.ref)}/lowering" in page.page.links
