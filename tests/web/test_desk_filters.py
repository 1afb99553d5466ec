"""The page of filters, and what an address may and may not ask for."""

import pytest

from intake.casework import Service
from intake.form.answers import Stored
from tests.html import Page
from tests.people import send, short_report, sister_report
from tests.visitor import Visitor
from tests.web.test_desk import references

HELD: dict[str, Stored] = {
    "victim_status": "sizo",
    "custody_place": "Алматы, СИЗО",
    "victim_sex": "female",
    "agency": ("knb",),
}
VIOLATED: dict[str, Stored] = {"method": ("rape",), "act_date_to": "2026-11-17"}


def offered(page: Page) -> set[tuple[str, str]]:
    """What can be ticked on the page of filters."""
    boxes = (e for e in page.all("input") if e.get("type") == "checkbox")
    return {(box.get("name") or "", box.get("value") or "") for box in boxes}


def test_ticks_of_the_page_open_the_queue_with_them(desk: Visitor, service: Service) -> None:
    held, other = send(service, short_report(**HELD)), send(service)
    page = desk.get("/desk/filters?view=all")
    form = next(e for e in page.page.all("form") if e.get("id") == "page")
    assert (form.get("method"), form.get("action")) == ("get", "/desk/")
    assert ("view", "all") in {(e.get("name"), e.get("value")) for e in page.page.all("input")}
    assert {("region", "KZ-75"), ("agency", "knb"), ("held", "yes")} <= offered(page.page)

    found = desk.get("/desk/?view=all&region=KZ-75&agency=knb&held=yes").page
    assert references(found) == [held.ref]
    assert other.ref not in found.text
    for words in ("Region: Almaty", "Agency complained of:", "In custody now"):
        assert any(words in e.text for e in found.all("a"))


def test_several_codes_of_one_name_widen(desk: Visitor, service: Service) -> None:
    send(service, short_report(**HELD))
    send(service)
    both = desk.get("/desk/?view=all&region=KZ-75&region=KZ-33").page
    assert len(references(both)) == 2


@pytest.mark.parametrize(
    "asked",
    [
        "sex=nobody",
        "region=KZ-75%20sx=male",
        "holder=coordinator",
        "holder=" + "0" * 31 + "g",
        "tag=Thistledown",
        "track=legal",
        "track=legal.x",
        "reason=%0A",
        "held=no",
    ],
)
def test_what_is_no_code_of_ours_is_left_aside(
    desk: Visitor, service: Service, asked: str
) -> None:
    sent = send(service)
    page = desk.get(f"/desk/?{asked}").page
    assert references(page) == [sent.ref]
    assert "Filters in use" not in page.text


def test_addresses_hold_codes_and_no_names(desk: Visitor, service: Service) -> None:
    send(service, short_report(**HELD))
    page = desk.get("/desk/?view=all&region=KZ-75&holder=nobody").page
    ours = [link for link in page.links if link.startswith("/desk/")]
    assert ours
    assert not any("coordinator" in link or "Almaty" in link for link in ours)


def test_only_a_trained_handler_is_offered_what_tells_sexual_violence(
    desk: Visitor, second_desk: Visitor, service: Service
) -> None:
    sent = send(service, short_report(**VIOLATED))
    told = {("method", "sexual"), ("flag", "sexual"), ("reason", "sexual_72h")}
    assert told <= offered(desk.get("/desk/filters").page)
    assert told.isdisjoint(offered(second_desk.get("/desk/filters").page))
    assert "exual" not in second_desk.get("/desk/filters").page.text

    for name, code in told:
        address = f"/desk/?view=all&{name}={code}"
        assert references(desk.get(address).page) == [sent.ref]
        hers = second_desk.get(address).page  # as if nothing had been asked
        assert "Filters in use" not in hers.text
        assert "exual" not in hers.text


def test_nothing_found_leads_back_to_the_whole_view(desk: Visitor, service: Service) -> None:
    send(service)
    page = desk.get("/desk/?view=all&sex=female").page
    (back,) = (e for e in page.all("a") if e.text == "Show all of this view")
    assert back.get("href") == "/desk/?view=all"


def test_the_order_is_a_link_each(desk: Visitor, service: Service) -> None:
    send(service, sister_report())
    page = desk.get("/desk/?view=all&sort=oldest&level=u1").page
    (current,) = (e for e in page.all("a") if e.get("aria-current") == "true")
    assert current.text == "Oldest first"
    assert "/desk/?view=all&level=u1&sort=due" in page.links
