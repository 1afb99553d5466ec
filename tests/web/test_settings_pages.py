"""The settings of the administrator: what people are told, changed through pages."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from intake import create_app
from intake.settings import Settings, Texts
from intake.web.context import CLOCK
from tests.people import Installation
from tests.visitor import LANGUAGES, Visited, Visitor
from tests.web.conftest import Clock, signed_in
from tests.web.offices import (
    ADMINISTRATOR,
    another_office,
    fields_of,
    installation,
    office,
    pressed,
    proof,
    saved,
)

__all__ = ["another_office", "installation", "office"]
PAGES = ("duty", "numbers", "coalition", "printed", "addresses", "exit", "consents", "checks")
THREE = {"kk": "Дүйсенбіден жұмаға дейін", "ru": "Каждый день", "en": "From Monday"}
NUMBER = {
    "number0": "100 00",
    "kk0": "жедел жәрдем",
    "ru0": "скорая помощь",
    "en0": "ambulance",
    "role0": "coordinator",
    "on0": "17.11.2026",
}


Opened = Callable[..., tuple[Visitor, Visitor]]


@pytest.fixture
def opened(settings: Settings, installation: Installation, clock: Clock) -> Iterator[Opened]:
    """An administrator and a visitor of an installation whose file tells something."""
    apps = []

    def visit(**told: object) -> tuple[Visitor, Visitor]:
        app = create_app(replace(settings, **told))  # type: ignore[arg-type]
        apps.append(app)
        app.extensions[CLOCK] = clock
        cookie = installation.cookies[ADMINISTRATOR]
        return signed_in(app, cookie), Visitor(app.test_client())

    yield visit
    for app in apps:
        app.extensions["intake"].engine.dispose()


def press(office: Visitor, page: Visited, go: str) -> Visited:
    """The page after a button that judges nothing."""
    return office.post(page.path, {**fields_of(page), "go": go})


def test_the_overview_says_what_is_told_and_where_it_comes_from(office: Visitor) -> None:
    page = office.get("/settings/").page
    assert "Not told yet" in page.text
    assert "https://www.wikipedia.org/" in page.text
    assert "From the file intake.toml" in page.text
    assert {f"/settings/{name}" for name in PAGES} <= set(page.links)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["", *PAGES, "consents/contact", "checks/clock.erdr"])
def test_every_page_opens_in_every_language(office: Visitor, language: str, page: str) -> None:
    office.client.set_cookie("l", language, domain="127.0.0.1")
    assert office.get(f"/settings/{page}").status == 200


@pytest.mark.parametrize("page", ["", *PAGES])
def test_a_coordinator_has_no_settings(desk: Visitor, page: str) -> None:
    assert desk.get(f"/settings/{page}").status == 404


@pytest.mark.parametrize("page", ["consents/of_tomorrow", "checks/clock.ack", "checks/x"])
def test_what_is_not_there_is_not_found(office: Visitor, page: str) -> None:
    assert office.get(f"/settings/{page}").status == 404


def test_saved_duty_hours_stand_on_the_start_page_at_once(
    office: Visitor, visitor: Visitor
) -> None:
    typed = {**THREE, "role": "coordinator", "on": "17.11.2026"}
    answer = saved(office, "/settings/duty", typed)
    assert answer.location == "/settings/?said=kept"
    overview = office.follow(answer).page.text
    assert "From Monday" in overview
    assert "Saved here on November 18, 2026 by administrator" in overview
    assert "Coordinator, November 17, 2026" in overview
    for language in LANGUAGES:
        assert THREE[language] in visitor.get(f"/{language}/").page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kk": THREE["kk"], "ru": "", "en": THREE["en"]}, "People see all three languages"),
        ({**THREE, "role": "coordinator"}, "Write the day of the check"),
        ({**THREE, "on": "17.11.2026"}, "Choose the role of whoever checked it"),
        ({**THREE, "role": "coordinator", "on": "19.11.2026"}, "This day has not come yet"),
        ({**THREE, "role": "coordinator", "on": "11.2026"}, "Write the day of the check"),
        ({**THREE, "role": "coordinator", "on": "soon"}, "Write the date as day, month, year"),
        ({**THREE, "en": "x" * 201}, "longer than 200 characters"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_the_field_and_nothing_is_lost(
    office: Visitor, visitor: Visitor, typed: dict[str, str], sentence: str
) -> None:
    answer = saved(office, "/settings/duty", typed)
    assert answer.status == 422
    assert sentence in answer.page.text
    assert answer.page.title.startswith("Error: ")
    fields = fields_of(answer)
    assert {name: fields[name] for name in typed} == typed
    assert THREE["kk"] not in visitor.get("/kk/").page.text


def test_empty_texts_take_back_what_the_file_says(opened: Opened) -> None:
    office, visitor = opened(coalition=Texts("Біз", "Мы тут", "We from the file"))
    assert "We from the file" in visitor.get("/en/").page.text
    assert saved(office, "/settings/coalition", dict.fromkeys(LANGUAGES, "")).status == 303
    assert "We from the file" not in visitor.get("/en/").page.text
    assert pressed(office, "/settings/coalition", "/file").status == 303
    assert "We from the file" in visitor.get("/en/").page.text
    assert "From the file intake.toml" in office.get("/settings/coalition").page.text


def test_of_two_at_once_the_later_sees_both_texts(
    office: Visitor, another_office: Visitor, visitor: Visitor
) -> None:
    page = office.get("/settings/coalition")
    saved(another_office, "/settings/coalition", {**THREE, "en": "What the other wrote"})
    late = office.send(page, {**THREE, "en": "What I wrote"})
    assert late.status == 409
    assert "Somebody else saved this while you were writing" in late.page.text
    assert "What the other wrote" in late.page.text
    assert "What I wrote" in late.page.text
    assert "What the other wrote" in visitor.get("/en/").page.text
    assert office.send(late).status == 303
    assert "What I wrote" in visitor.get("/en/").page.text


def test_parts_do_not_stand_in_each_others_way(
    office: Visitor, another_office: Visitor
) -> None:
    page = office.get("/settings/coalition")
    saved(another_office, "/settings/duty", THREE)
    assert office.send(page, THREE).status == 303


def test_a_number_is_shown_to_people_once_somebody_has_rung_it(
    office: Visitor, visitor: Visitor
) -> None:
    unchecked = {**NUMBER, "role0": "", "on0": ""}
    assert saved(office, "/settings/numbers", unchecked).status == 303
    assert "100 00" not in visitor.get("/en/").page.text
    assert "so people do not see this number" in office.get("/settings/").page.text
    assert saved(office, "/settings/numbers", NUMBER).status == 303
    assert "100 00 ambulance" in visitor.get("/en/").page.text


def test_rows_are_added_and_taken_away_without_losing_a_word(
    office: Visitor, visitor: Visitor
) -> None:
    page = office.get("/settings/numbers")
    fields = {**fields_of(page), **NUMBER}
    two = office.post("/settings/numbers", {**fields, "go": "add"})
    typed = {"number1": "200 00", "kk1": "полиция", "ru1": "полиция", "en1": "police"}
    kept = {**fields_of(two), **typed}
    assert {name: kept[name] for name in NUMBER} == NUMBER
    one = office.post("/settings/numbers", {**kept, "go": "remove-0"})
    left = fields_of(one)
    assert (left["rows"], left["number0"], left["en0"]) == ("1", "200 00", "police")
    assert "number1" not in left
    assert office.send(one).status == 303
    assert "200 00" in office.get("/settings/").page.text
    assert "100 00" not in office.get("/settings/").page.text
    emptied = press(office, office.get("/settings/numbers"), "remove-0")
    assert office.send(emptied).status == 303
    assert "200 00" not in office.get("/settings/").page.text
    assert "Call the emergency number that you know" in visitor.get("/en/").page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number0": "ambulance"}, "Write the number in digits"),
        ({"number0": "1"}, "Write the number in digits"),
        ({"en0": ""}, "People see all three languages"),
        ({"kk0": "", "ru0": "", "en0": ""}, "Say whom people reach there"),
        ({"role0": "me myself"}, "Choose the role of whoever"),
        ({"en0": "ambu\u200blance"}, "without special signs"),
    ],
)
def test_a_number_that_cannot_be_used_is_said_beside_it(
    office: Visitor, typed: dict[str, str], sentence: str
) -> None:
    page = office.get("/settings/numbers")
    fields = {**fields_of(page), **NUMBER, **typed}
    answer = office.post("/settings/numbers", fields)
    assert answer.status == 422
    assert sentence in answer.page.text


@pytest.mark.parametrize(
    "address",
    [
        "http://weather.example/",
        "javascript:alert(1)",
        "//weather.example/",
        "https:///weather.example",
        "https:\\\\weather.example",
        "https://weather.example\\@127.0.0.1/",
        "https://127.0.0.1/",
        "https://localhost:8000/en/",
        "https://LOCALHOST./",
        "https://www.weather.example@evil.example/",
        "https://evil.example:x/",
        "https://hidden.onion/",
        "https://погода.example/",
        "https://weather",
        "",
    ],
)
def test_leaving_leads_over_https_to_another_site_and_nowhere_else(
    office: Visitor, visitor: Visitor, address: str
) -> None:
    answer = saved(office, "/settings/exit", {"exit_url": address})
    if address:
        assert answer.status == 422
        assert "leads to another site" in answer.page.text
    assert visitor.get("/exit").location == "https://www.wikipedia.org/"


@pytest.mark.parametrize("path", ["/settings/exit", "/settings/consents/contact"])
@pytest.mark.parametrize("wrong", [{"passphrase": "not my words"}, {"code": "000000"}])
def test_without_fresh_proof_nobody_is_led_elsewhere(
    office: Visitor, visitor: Visitor, path: str, wrong: dict[str, str]
) -> None:
    typed = {**THREE, "exit_url": "https://www.weather.example/today"}
    page = office.get(path)
    said = {name: words for name, words in typed.items() if name in fields_of(page)}
    answer = office.send(page, said | proof() | wrong)
    assert answer.status == 422
    assert "This passphrase and this code are not yours" in answer.page.text
    shown = fields_of(answer)
    assert {name: shown[name] for name in said} == said
    assert (shown["passphrase"], shown["code"]) == ("", "")
    assert visitor.get("/exit").location == "https://www.wikipedia.org/"
    assert THREE["en"] not in visitor.get("/en/urgent/").page.text


def test_leaving_follows_the_settings_and_never_the_request(
    office: Visitor, visitor: Visitor
) -> None:
    saved(office, "/settings/exit", {"exit_url": "https://www.weather.example/today"})
    for asked in ("", "?to=https://evil.example/", "?next=//evil.example", "?url=evil"):
        assert visitor.get(f"/exit{asked}").location == "https://www.weather.example/today"


def test_a_name_of_our_own_below_which_something_answers_is_no_way_out(opened: Opened) -> None:
    hosts = ("127.0.0.1", "report.example")
    office, _visitor = opened(public_hosts=hosts)
    for address in (
        "https://report.example/",
        "https://www.report.example",
        "https://REPORT.example.",
    ):
        answer = saved(office, "/settings/exit", {"exit_url": address})
        assert answer.status == 422
        assert "leads to another site" in answer.page.text


def test_only_addresses_that_this_server_answers_to_are_told(opened: Opened) -> None:
    hosts = ("127.0.0.1", "report.example", "abc234.onion")
    office, visitor = opened(public_hosts=hosts)
    wrong = {"public": "https://false.example/", "onion": "http://other.onion/"}
    answer = saved(office, "/settings/addresses", wrong)
    assert answer.status == 422
    assert "It answers to: 127.0.0.1, report.example, abc234.onion." in answer.page.text
    right = {"public": "https://report.example/\n\n", "onion": "http://abc234.onion/"}
    assert saved(office, "/settings/addresses", right).status == 303
    text = visitor.get("/en/real/").page.text
    assert "https://report.example/" in text
    assert "http://abc234.onion/" in text


def test_where_the_address_is_printed_stands_beside_the_address(opened: Opened) -> None:
    office, visitor = opened(public_hosts=("127.0.0.1", "report.example"))
    saved(office, "/settings/printed", {**THREE, "en": "On the yellow card"})
    saved(office, "/settings/addresses", {"public": "https://report.example"})
    assert "On the yellow card" in visitor.get("/en/real/").page.text


def test_a_session_that_ends_while_she_writes_loses_no_word(
    office: Visitor, visitor: Visitor, clock: Clock
) -> None:
    page = office.get("/settings/coalition")
    clock.pass_(hours=5)
    ended = office.send(page, {**THREE, "en": "Long in the making"})
    assert ended.status == 401
    assert len(fields_of(ended)["kept"]) > 100
    assert "Long in the making" not in visitor.get("/en/").page.text


def test_a_switch_of_language_keeps_what_was_typed(office: Visitor) -> None:
    page = office.get("/settings/coalition")
    fields = fields_of(page)
    answer = office.post("/settings/coalition", {**fields, "en": "Half a", "language": "ru"})
    assert answer.status == 200
    assert fields_of(answer)["en"] == "Half a"
