"""A number or a reference leads to its case, and tells nothing of cases of others."""

import pytest

from intake.casework import Reader, Service
from intake.casework.restricting import restrict
from intake.web.finding import names_in
from tests.casework.joining import proof
from tests.people import NOW, send, send_and_open
from tests.visitor import Visitor

NOTHING = "There is no case with this number or reference that you may open."


def test_the_queue_offers_the_box(desk: Visitor) -> None:
    page = desk.get("/desk/").page
    (form,) = (e for e in page.all("form") if e.get("role") == "search")
    assert form.get("action") == "/desk/find"
    assert page.fields(form) == {"named": [""]}


def test_a_reference_leads_to_its_case_however_it_is_typed(
    desk: Visitor, service: Service
) -> None:
    ref = send(service).ref
    for typed in (ref, ref.lower(), ref.replace("-", ""), f" {ref[:4]} {ref[5:]} "):
        answer = desk.get(f"/desk/find?named={typed.replace(' ', '+')}")
        assert (answer.status, answer.location) == (302, f"/desk/cases/{ref}")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("2026-0143", ["2026-0143"]),
        ("2026\u2013143", ["2026-0143"]),
        (" 143 ", ["2026-0143"]),
        ("2345-6789", ["2345-6789"]),
        ("23456789", ["2345-6789"]),
        ("h7k2 q9mx", ["H7K2-Q9MX"]),
        ("Aibek", []),
        ("", []),
        ("2026-0143-1", []),
        ("\0", []),
    ],
)
def test_what_may_be_meant(typed: str, names: list[str]) -> None:
    assert names_in(typed, year=2026) == names


def test_a_case_of_others_is_found_no_more_than_one_that_is_not_there(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    restrict(coordinator, sent.ref, (coordinator.member,), "Kin.", proof(coordinator), now=NOW)
    pages = [second_desk.get(f"/desk/find?named={ref}") for ref in (sent.ref, "2222-2222")]
    assert [page.status for page in pages] == [200, 200]
    foreign, nowhere = (page.page.text for page in pages)
    assert NOTHING in foreign
    assert foreign.replace(sent.ref, "") == nowhere.replace("2222-2222", "")
    assert desk.get(f"/desk/find?named={sent.ref}").status == 302


def test_an_empty_box_says_nothing_of_cases(desk: Visitor) -> None:
    assert NOTHING not in desk.get("/desk/find").page.text
