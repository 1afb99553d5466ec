"""The page of numbers: every figure in words and as a table, no case by name."""

from datetime import timedelta

import pytest

from intake.casework import Reader, Service, new_once, send_message, take
from intake.casework.numbers import figures
from intake.casework.restricting import restrict
from intake.form.answers import Stored
from tests.casework.joining import proof
from tests.html import Element, Page
from tests.people import NOW, send, send_and_open, short_report, sister_report
from tests.visitor import LANGUAGES, Visitor
from tests.web.conftest import Clock

ADDRESS = "/desk/numbers"
FIGURES = ("arrivals", "ages", "responses", "lateness", "loads", "fired")
VIOLATED: dict[str, Stored] = {
    "victim_status": "released",
    "method": ("rape",),
    "act_date_to": "2026-11-17",
}


def figure(page: Page, name: str) -> Element:
    (found,) = (one for one in page.all("section") if one.get("aria-labelledby") == name)
    return found


def inside(page: Page, name: str, *tags: str) -> list[Element]:
    around = figure(page, name)
    return [one for one in page.all(*tags) if around in one.ancestors]


def rows(page: Page, name: str) -> list[str]:
    return [row.text for row in inside(page, name, "tr")][1:]


def busy(coordinator: Reader) -> None:
    """Something in every figure."""
    send(coordinator.service)
    take(coordinator, send(coordinator.service).ref, now=NOW)
    answered = send_and_open(coordinator)
    send_message(coordinator, answered.ref, "We are here", once=new_once(), now=NOW)
    send(coordinator.service, sister_report(automated=True))


def much_later(desk: Visitor, clock: Clock) -> Page:
    """The page after five hours, in which work kept the session alive."""
    for _ in range(5):
        clock.pass_(minutes=50)
        desk.get(ADDRESS)
    clock.pass_(minutes=50)
    return desk.get(ADDRESS).page


def test_before_the_first_report_the_page_says_so(desk: Visitor) -> None:
    page = desk.get(ADDRESS).page
    assert "No report has come yet." in page.text
    assert page.all("table", "meter") == []


def test_every_figure_has_a_heading_a_sentence_and_a_table_with_bars(
    desk: Visitor, coordinator: Reader, clock: Clock
) -> None:
    busy(coordinator)
    page = much_later(desk, clock)
    for name in FIGURES:
        (heading,) = inside(page, name, "h2")
        (caption,) = inside(page, name, "caption")
        assert heading.text
        assert caption.text
        assert inside(page, name, "p")[0].text
        assert inside(page, name, "meter")
        head, *body = inside(page, name, "tr")
        assert {cell.get("scope") for cell in head.children} == {"col"}
        assert {row.children[0].get("scope") for row in body} == {"row"}
        for row in body:
            assert len(row.children) == len(head.children)


def test_no_bar_says_what_no_number_says(desk: Visitor, coordinator: Reader) -> None:
    busy(coordinator)
    page = desk.get(ADDRESS).page
    for bar in page.all("meter"):
        assert bar.get("aria-hidden") == "true"
        assert bar.parent is not None
        assert bar.parent.children[0].tag == "b"
        assert bar.parent.children[0].text
        assert float(bar.get("value") or 0) <= float(bar.get("max") or 0)


def test_the_address_chooses_how_many_weeks(desk: Visitor, service: Service) -> None:
    send(service)
    for asked, weeks in (("4", 4), ("52", 52), ("", 12), ("7", 12), ("4x", 12)):
        page = desk.get(f"{ADDRESS}?weeks={asked}").page
        assert len(rows(page, "arrivals")) == weeks
        (current,) = (
            link.text
            for link in page.all("a")
            if link.get("aria-current") and "weeks" in link.text
        )
        assert current == f"{weeks} weeks"


def test_weeks_are_named_by_their_days(desk: Visitor, service: Service) -> None:
    send(service)
    *_before, this = rows(desk.get(f"{ADDRESS}?weeks=4").page, "arrivals")
    assert "Nov 16" in this
    assert "22" in this
    assert "(so far)" in this


def test_no_case_is_named(desk: Visitor, coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(ADDRESS).page
    assert sent.ref not in page.markup
    assert [link for link in page.links if link.startswith("/desk/cases")] == []


def test_times_of_answers_stand_as_people_say_them(
    desk: Visitor, coordinator: Reader, clock: Clock
) -> None:
    sent = send_and_open(coordinator)
    clock.pass_(minutes=40)
    send_message(coordinator, sent.ref, "We are here", once=new_once(), now=clock.now)
    page = desk.get(ADDRESS).page
    assert "waited 40 min or less, nine of ten 40 min or less" in page.text
    immediate, *_others, everything = rows(page, "responses")
    assert immediate == "Immediate (limit 4 h) 40 min 40 min 1 0"
    assert everything == "All 40 min 40 min 1 0"


def test_nothing_late_is_said_in_words(desk: Visitor, service: Service) -> None:
    send(service)
    page = desk.get(ADDRESS).page
    assert "Nothing is late." in figure(page, "lateness").text
    assert inside(page, "lateness", "table") == []


def test_only_a_trained_handler_reads_reasons_of_sexual_violence(
    desk: Visitor, second_desk: Visitor, service: Service
) -> None:
    send(service, short_report(**VIOLATED))
    trained = figure(desk.get(ADDRESS).page, "fired").text
    assert "Sexual violence less than 72 hours ago" in trained
    page = second_desk.get(ADDRESS).page
    assert "exual" not in figure(page, "fired").text
    assert "Trained handler 1 100%" in rows(page, "fired")


def test_cases_kept_for_others_are_counted_without_a_word(
    second_desk: Visitor, coordinator: Reader, clock: Clock
) -> None:
    sent = send_and_open(coordinator)
    named = (coordinator.member,)
    restrict(coordinator, sent.ref, named, "A cousin", proof(coordinator), now=NOW)
    page = second_desk.get(ADDRESS).page
    assert "1 report is kept for named colleagues" in figure(page, "fired").text
    (row,) = rows(much_later(second_desk, clock), "lateness")
    assert row.startswith("Kept for named colleagues not told 1")


def test_the_page_says_from_when_on_it_could_read(
    desk: Visitor, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST_READ", 1)
    for hours in (1, 30):
        send(service, short_report(NOW - timedelta(hours=hours)))
    page = desk.get(ADDRESS).page
    for name in ("responses", "fired"):
        assert "Here only those are counted that came since" in figure(page, name).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_in_every_language(
    desk: Visitor, coordinator: Reader, language: str
) -> None:
    busy(coordinator)
    desk.client.set_cookie("l", language, domain="127.0.0.1")
    page = desk.get(f"{ADDRESS}?weeks=52").page
    assert page.all("html")[0].get("lang") == language
    assert len(rows(page, "arrivals")) == 52
