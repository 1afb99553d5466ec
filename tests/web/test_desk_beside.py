"""The list beside a case goes on with it: in links, tabs and after buttons."""

from intake.casework import Service
from tests.people import send, short_report
from tests.visitor import Visitor
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
