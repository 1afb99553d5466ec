"""The list beside a case goes on with it: in links, tabs and after buttons."""

from intake.casework import (
    Reader,
    Service,
    open_case,
    overview,
    raise_urgency,
    work,
)
from intake.casework.finding.queue import PAGE_SIZE
from tests.html import Page
from tests.people import NOW, send, send_and_open, short_report, sister_report
from tests.visitor import Visited, Visitor
from tests.web.test_desk import references


def test_a_case_opened_from_a_list_stands_beside_it(desk: Visitor, service: Service) -> None:
    for _ in range(3):
        send(service)
    send(service, short_report(narrative="last year"))
    queue = desk.get("/desk/?view=all&level=u1").page
    first, second, third = references(queue)
    carried = "in=view%3Dall%26level%3Du1"
    assert f"/desk/cases/{second}?{carried}" in queue.links

    page = desk.get(f"/desk/cases/{second}?{carried}").page

    listed = next(e for e in page.all("nav") if e.get("class") == "list")
    assert all(ref in listed.text for ref in (first, second, third))
    assert f"/desk/cases/{first}?{carried}" in page.links
    assert f"/desk/cases/{third}?{carried}" in page.links
    (before,) = (e for e in page.all("a") if e.get("rel") == "prev")
    (after,) = (e for e in page.all("a") if e.get("rel") == "next")
    assert first in (before.get("href") or "")
    assert third in (after.get("href") or "")
    assert "/desk/?view=all&level=u1" in page.links


def test_the_list_goes_on_from_tab_to_tab_and_through_buttons(
    desk: Visitor, service: Service
) -> None:
    sent = send(service)
    page = desk.get(f"/desk/cases/{sent.ref}?in=view%3Dlate")
    assert f"/desk/cases/{sent.ref}/timeline?in=view%3Dlate" in page.page.links
    forms = [e.get("action") or "" for e in page.page.all("form")]
    take = next(i for i, address in enumerate(forms) if "/take?" in address)
    taken = desk.send(page, form=take)
    assert taken.status == 303
    assert "in=view%3Dlate" in taken.location


def test_a_case_opened_by_its_address_has_no_list(desk: Visitor, service: Service) -> None:
    sent = send(service)
    page = desk.get(f"/desk/cases/{sent.ref}").page
    assert not [e for e in page.all("nav") if e.get("class") == "list"]
    assert not [e for e in page.all("a") if e.get("rel") in {"prev", "next"}]


def test_a_list_that_nobody_wrote_is_the_usual_one_or_none(
    desk: Visitor, service: Service
) -> None:
    sent = send(service)
    for asked in ("%FF%00", "a=b", "view=nonsense", "x=1&" * 200):
        visited = desk.get(f"/desk/cases/{sent.ref}?in={asked}")
        assert visited.status == 200


def test_the_next_unread_report_is_the_most_pressing_that_nobody_opened(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    calm = send(service, short_report(narrative="last year"))
    urgent = send(service)
    here = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{here.ref}?in=view%3Dall").page
    assert unread(page) == [f"/desk/cases/{urgent.ref}?in=view%3Dall"]

    open_case(coordinator, urgent.ref, now=NOW)
    page = desk.get(f"/desk/cases/{here.ref}?in=view%3Dall").page
    assert unread(page) == [f"/desk/cases/{calm.ref}?in=view%3Dall"]
    for nothing_unread in (f"{calm.ref}?in=view%3Dall", f"{here.ref}?in=stage%3Dscreening"):
        assert unread(desk.get(f"/desk/cases/{nothing_unread}").page) == []


def test_the_next_unread_report_is_found_on_another_page_of_the_list(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    opened = [send_and_open(coordinator) for _ in range(PAGE_SIZE)]
    calm = send(service, short_report(narrative="last year"))
    page = desk.get(f"/desk/cases/{opened[0].ref}?in=view%3Dall").page
    assert calm.ref not in [link.text for link in page.all("a") if link.get("class") == "ref"]
    assert unread(page) == [f"/desk/cases/{calm.ref}?in=view%3Dall"]


def unread(page: Page) -> list[str]:
    """Where the link to the next unread report leads."""
    return [e.get("href") or "" for e in page.all("a") if e.get("class") == "unread"]


def test_one_press_confirms_the_urgency_and_begins_contact(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent, other = send(service), send(service)
    address = f"/desk/cases/{sent.ref}?in=view%3Dtriage"
    assert "Confirm the urgency" not in desk.get(address).page.text
    open_case(coordinator, sent.ref, now=NOW)
    for tab in ("", "/report"):
        assert "Confirm the urgency" in desk.get(address.replace("?", f"{tab}?")).page.text

    moved = pressed(desk, desk.get(address))

    assert moved.status == 303
    assert moved.location == f"/desk/cases/{sent.ref}?said=moved&in=view%3Dtriage"
    page = desk.follow(moved).page
    assert "Trying first safe contact" in page.text
    assert unread(page) == [f"/desk/cases/{other.ref}?in=view%3Dtriage"]
    (step,) = work(coordinator, sent.ref, now=NOW).record.of("moved")[-1:]
    assert step.answers.values["moved_level"] == "u1"
    assert "Confirm the urgency" not in page.text


def test_what_changed_meanwhile_is_not_confirmed(desk: Visitor, coordinator: Reader) -> None:
    sent = send_and_open(coordinator, short_report(narrative="last year"))
    page = desk.get(f"/desk/cases/{sent.ref}")
    version = overview(coordinator, sent.ref, now=NOW).version
    raise_urgency(coordinator, sent.ref, "u2", "Threatened.", version=version, now=NOW)
    answer = pressed(desk, page)
    assert answer.status == 409
    assert overview(coordinator, sent.ref, now=NOW).row.stage == "screening"


def test_who_wants_no_contact_is_not_begun_with(desk: Visitor, coordinator: Reader) -> None:
    sent = send_and_open(coordinator, sister_report(contact_method=("none",)))
    page = desk.get(f"/desk/cases/{sent.ref}").page
    assert "Confirm the urgency" not in page.text


def pressed(desk: Visitor, page: Visited) -> Visited:
    """What the button answers that confirms the urgency."""
    forms = [e.get("action") or "" for e in page.page.all("form")]
    (number,) = (n for n, address in enumerate(forms) if "/move/" in address)
    return desk.send(page, form=number)
