"""The queue: what waits, in which order, how it is narrowed, what an untrained reader sees."""

import pytest
from flask import Flask

from intake.casework import Incoming, Reader, Service, enter, open_case, send_message, write
from intake.casework.receipts import new_once
from intake.form.answers import Stored
from tests.html import Page
from tests.people import NOW, Installation, send, short_report, sister_report
from tests.visitor import LANGUAGES, Visitor
from tests.web.conftest import Clock, signed_in

MOST_BYTES = 40 * 1024
PAST: dict[str, Stored] = {"victim_status": "released", "method": ("beat_hands",)}
VIOLATED: dict[str, Stored] = {
    "victim_status": "released",
    "method": ("rape",),
    "act_date_to": "2026-11-17",
}


def references(page: Page) -> list[str]:
    """The cases of the page, from top to bottom."""
    return [link.text for link in page.all("a") if link.get("class") == "ref"]


def rows(page: Page) -> list[str]:
    return [row.text for row in page.all("tr")][1:]


def many(service: Service, count: int, report: Incoming) -> None:
    for _ in range(count):
        send(service, report)


def test_the_most_urgent_report_stands_first(desk: Visitor, service: Service) -> None:
    calm, urgent = send(service, short_report(**PAST)), send(service)
    assert references(desk.get("/desk/").page) == [urgent.ref, calm.ref]


def test_a_row_says_how_long_why_where_and_with_whom(desk: Visitor, service: Service) -> None:
    send(service)
    (row,) = rows(desk.get("/desk/").page)
    for words in (
        "2 h",
        "Opened by a coordinator, 2 h",
        "Immediate",
        "Detained less than 72 hours ago",
        "In custody now",
        "Jetisu",
        "Taldykorgan",
        "Received, not opened",
        "nobody",
    ):
        assert words in row


def test_the_strongest_reason_is_bold_and_the_others_plain(
    desk: Visitor, service: Service
) -> None:
    send(service)
    bold = [element.text for element in desk.get("/desk/").page.all("b")]
    assert bold == ["Detained less than 72 hours ago"]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(20, "1 h 40 min"), (115, "5 min"), (145, "25 min late"), (60 * 11, "9 h late")],
)
def test_the_time_left_is_exact(
    desk: Visitor, service: Service, clock: Clock, minutes: int, words: str
) -> None:
    send(service)
    for left in range(minutes, 0, -50):  # work keeps the session alive
        clock.pass_(minutes=min(left, 50))
        desk.get("/desk/")
    assert words in rows(desk.get("/desk/").page)[0]


def test_what_nobody_opened_in_time_stands_in_the_late_view(
    desk: Visitor, service: Service, clock: Clock
) -> None:
    sent = send(service)
    assert references(desk.get("/desk/?view=late").page) == []
    for _ in range(3):
        clock.pass_(minutes=50)
        desk.get("/desk/")
    assert references(desk.get("/desk/?view=late").page) == [sent.ref]


def test_who_waits_for_the_reporter_is_never_late(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = send(service, short_report(narrative="He is at home"))
    open_case(coordinator, sent.ref, now=NOW)
    send_message(coordinator, sent.ref, "Are you safe?", once=new_once(), now=NOW)
    page = desk.get("/desk/?view=waiting").page
    assert references(page) == [sent.ref]
    assert "waiting for them" in rows(page)[0]


def test_a_new_message_is_marked(desk: Visitor, service: Service) -> None:
    sent = send(service)
    passed = enter(service, sent.code, now=NOW)
    write(service, passed, "He called!", kind="message", once=new_once(), now=NOW)
    assert "new message" in rows(desk.get("/desk/").page)[0]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("level=u1", "urgent"),
        ("level=u4", "calm"),
        ("region=KZ-33", "urgent"),
        ("stage=received", "urgent calm"),
        ("stage=closed", ""),
        ("view=custody", "urgent"),
        ("view=mine", ""),
        ("view=all", "urgent calm"),
        ("view=all&sort=newest", "urgent calm"),
    ],
)
def test_filters_and_views_stand_in_the_address(
    desk: Visitor, service: Service, asked: str, shown: str
) -> None:
    names = {
        send(service, short_report(**PAST)).ref: "calm",
        send(service).ref: "urgent",
    }
    found = {names[ref] for ref in references(desk.get(f"/desk/?{asked}").page)}
    assert found == set(shown.split())


@pytest.mark.parametrize(
    "asked", ["view=x", "level=%00", "region=Taldykorgan", "page=-1", "page=99999", "page=٣x"]
)
def test_an_address_with_unknown_codes_shows_the_queue(
    desk: Visitor, service: Service, asked: str
) -> None:
    sent = send(service)
    assert references(desk.get(f"/desk/?{asked}").page) == [sent.ref]


def test_a_filter_stays_chosen_and_can_be_taken_away(desk: Visitor) -> None:
    page = desk.get("/desk/?view=all&level=u2&sort=newest").page
    (chip,) = (e for e in page.all("a") if "Urgency: Urgent" in e.text)
    assert chip.get("href") == "/desk/?view=all&sort=newest"
    filters = desk.get("/desk/filters?view=all&level=u2").page
    assert [e.get("value") for e in filters.all("input") if "checked" in e.attributes] == ["u2"]


def test_the_views_say_how_many_they_hold(desk: Visitor, service: Service) -> None:
    many(service, 2, sister_report())
    nav = next(e for e in desk.get("/desk/").page.all("nav") if e.get("class") == "views")
    assert "Needs triage 2" in nav.text
    assert "Mine 0" in nav.text
    assert "In custody now 2" in nav.text


def test_a_long_queue_is_cut_into_pages_of_few_bytes(desk: Visitor, service: Service) -> None:
    many(service, 33, sister_report())
    first = desk.get("/desk/")
    assert len(first.body) <= MOST_BYTES
    assert "/desk/?page=2" in first.page.links
    rest = desk.get("/desk/?page=2").page
    assert len(references(first.page)) + len(references(rest)) == 33
    assert set(references(first.page)).isdisjoint(references(rest))


def test_an_empty_queue_says_so_and_when_the_last_report_came(
    desk: Visitor, service: Service
) -> None:
    assert "Nothing waits. No report has come yet." in desk.get("/desk/").page.text
    send(service)
    empty = desk.get("/desk/?view=mine").page.text
    assert "You hold no open case. The last report came within the last hour." in empty


def test_filters_that_leave_nothing_are_not_called_an_empty_queue(
    desk: Visitor, service: Service
) -> None:
    send(service)
    assert "Nothing fits these filters." in desk.get("/desk/?level=u3").page.text


def test_what_a_machine_sent_stands_apart(desk: Visitor, service: Service) -> None:
    sent = send(service, sister_report(automated=True))
    assert references(desk.get("/desk/").page) == []
    assert references(desk.get("/desk/?view=automated").page) == [sent.ref]


def test_only_a_trained_handler_reads_that_sexual_violence_was_told(
    desk: Visitor, second_desk: Visitor, service: Service
) -> None:
    send(service, short_report(**VIOLATED))
    assert "Sexual violence" in rows(desk.get("/desk/").page)[0]
    told = rows(second_desk.get("/desk/").page)[0]
    assert "Trained handler, within hours" in told
    assert "exual" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_queue_speaks_the_language_that_was_chosen(
    app: Flask, installation: Installation, service: Service, language: str
) -> None:
    send(service)
    desk = signed_in(app, installation.cookies["coordinator"])
    chosen = desk.send(desk.get("/desk/?view=all"), {"language": language}, form=0)
    assert (chosen.status, chosen.location) == (303, "/desk/?view=all")
    page = desk.follow(chosen).page
    assert page.all("html")[0].get("lang") == language
    stage = {
        "kk": "Түсті, ашылмаған",
        "ru": "Поступило, не открыто",
        "en": "Received, not opened",
    }
    assert stage[language] in rows(page)[0]
