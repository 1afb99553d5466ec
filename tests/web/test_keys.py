"""The page of keys: fingerprints to compare, how far it is, and a button to go on."""

from intake.casework import Reader, Service, rotation
from intake.vault import Ring
from tests.casework.rotating import removed
from tests.casework.test_rotation import all_due, statuses
from tests.people import send
from tests.visitor import Visited, Visitor

PAGE = "/desk/keys"


def test_it_shows_the_fingerprints_that_stand_on_paper(desk: Visitor, service: Service) -> None:
    shown = desk.get(PAGE).page.text
    pins = service.pins()
    assert pins.recovery is not None
    for key in (*(pin.public for pin in pins.rings.values()), pins.recovery):
        assert key.fingerprint() in shown
    assert "coordinator, second" in shown


def test_at_rest_there_is_nothing_to_press(desk: Visitor) -> None:
    page = desk.get(PAGE).page
    assert "All is under this key." in page.text
    assert [form for form in page.all("form") if form.get("action") == PAGE] == []


def test_the_button_goes_on_and_can_be_pressed_again(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    send(service)
    removed(coordinator)
    page = desk.get(PAGE)
    assert "Go on with it now" in page.page.text
    assert desk.send(page, form=button_of(page), to=PAGE).status == 303
    pressed = desk.send(page, form=button_of(page), to=PAGE)
    shown = desk.follow(pressed).page.text
    assert "Everything is under the newest keys." in shown
    assert "number 2, since 18.11.2026" in shown
    assert all(status.is_at_rest for status in rotation.status(service))


def test_what_another_site_made_a_browser_send_moves_nothing(
    desk: Visitor, service: Service
) -> None:
    all_due(service)
    before = statuses(service)
    assert desk.post(PAGE, {}).status == 303
    assert statuses(service) == before


def test_who_is_no_trained_handler_reads_that_it_waits_for_one(
    second_desk: Visitor, service: Service
) -> None:
    all_due(service)
    page = second_desk.get(PAGE)
    assert "Waits for a trained handler." in page.page.text
    assert "A new one is being made." in page.page.text
    pressed = second_desk.send(page, form=button_of(page), to=PAGE)
    second_desk.send(page, form=button_of(page), to=PAGE)
    assert (
        "waits for somebody else"
        in second_desk.follow(second_desk.send(page, form=button_of(page), to=PAGE)).page.text
    )
    assert pressed.status == 303
    assert statuses(service)[Ring.INTIMATE].is_due
    assert not statuses(service)[Ring.CASE].is_due


def button_of(page: Visited) -> int:
    """Which form of the page holds the button."""
    return [form.get("action") for form in page.page.all("form")].index(PAGE)
