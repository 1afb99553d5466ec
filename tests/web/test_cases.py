"""A case: opening, reading, taking, raising, writing, and who may not know of it."""

import re

import pytest
from flask import Flask
from sqlalchemy import Connection, event, update

from intake.casework import Reader, Service, conversation, enter, new_once
from intake.form.answers import State, Stored
from intake.form.vocabularies import vocabulary
from intake.roles import Role
from intake.store.tables import CaseRow
from tests.people import (
    NOW,
    PLANTED,
    add_member,
    send,
    send_and_open,
    short_report,
    sign_in,
    sister_report,
)
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock, signed_in
from tests.web.test_account import sign_in as sign_in_again
from tests.web.test_account import switch
from tests.web.test_requests import failing

MESSAGE = "We are looking for a lawyer. When is it safe to write here?"
NOTE = "Asked the monitoring group for a visit tomorrow."
TOLD_INTIMATELY: dict[str, Stored] = {
    "victim_status": "released",
    "method": ("rape", "beat_hands"),
    "narrative": "He was beaten in the yard of Kestrelhouse.",
    "intimate_narrative": "What was done in the cellar of Ravenhall.",
}


def texts(visited: Visited) -> list[str]:
    return ["".join(e.words).lstrip("\r\n") for e in visited.page.all("textarea")]


def press(visitor: Visitor, page: Visited, ending: str) -> Visited:
    """Push the button of the form whose address ends so."""
    forms = [e for e in page.page.all("form") if (e.get("action") or "").endswith(ending)]
    return visitor.post(forms[0].get("action") or "", page.page.fields(forms[0]))


def write(visitor: Visitor, ref: str, **fields: str) -> Visited:
    """Send a message (`text`), or a note (`note`) with whatever else is typed."""
    address = f"/desk/cases/{ref}/{'notes' if 'note' in fields else 'messages'}"
    return visitor.send(visitor.get(f"/desk/cases/{ref}/messages"), fields, to=address)


def said_to_reporter(service: Service, code: str) -> list[str]:
    return [
        e.text
        for e in conversation(service, enter(service, code, now=NOW), now=NOW).entries
        if e.text
    ]


def test_the_overview_says_why_it_cannot_wait_and_names_nobody(
    desk: Visitor, service: Service
) -> None:
    sent = send(service)
    page = desk.get(f"/desk/cases/{sent.ref}").page
    for words in (
        "Detained less than 72 hours ago",
        "Held by police (station or temporary detention facility, IVS)",
        "Taldykorgan",
        "not shown until you open the report",
        "not checked by a lawyer",
        "Contact me in the safe way I chose",
    ):
        assert words in page.text
    assert [word for word in PLANTED if word in page.text] == []


@pytest.mark.parametrize("tab", ["report", "messages"])
def test_nothing_is_read_before_the_report_is_opened(
    desk: Visitor, service: Service, tab: str
) -> None:
    sent = send(service)
    page = desk.get(f"/desk/cases/{sent.ref}/{tab}").page
    assert "Nobody has opened this report yet" in page.text
    assert [word for word in PLANTED if word in page.text] == []


def test_opening_shows_the_report_and_moves_the_stage(desk: Visitor, service: Service) -> None:
    sent = send(service)
    opened = press(desk, desk.get(f"/desk/cases/{sent.ref}"), "/open")
    assert (opened.status, opened.location) == (
        303,
        f"/desk/cases/{sent.ref}/report?said=opened",
    )
    page = desk.follow(opened).page
    assert "Being screened" in page.text
    assert {"Zhasylqurt", "Бересклетовых", "+7 700 000 31 31"} <= {
        word for word in PLANTED if word in page.text
    }


def test_a_notice_about_the_contents_stands_beside_the_button(
    desk: Visitor, service: Service
) -> None:
    sent = send(service, short_report(method=("beat_hands",), urgent_signs=("under_18",)))
    text = desk.get(f"/desk/cases/{sent.ref}").page.text
    assert "Before you open it: the report tells of: Blows and broken bones; a child." in text


def test_skipped_unknown_and_left_empty_are_told_apart(
    desk: Visitor, coordinator: Reader
) -> None:
    report = sister_report(
        victim_name=State.SKIPPED,
        contact_hours=State.UNKNOWN,
        perpetrators_text=State.PREFER_NOT_TO_SAY,
    )
    sent = send_and_open(coordinator, report)
    page = desk.get(f"/desk/cases/{sent.ref}/report").page
    pairs = dict(
        zip([e.text for e in page.all("dt")], [e.text for e in page.all("dd")], strict=True)
    )
    assert pairs["Name of the person"] == "skipped this question"
    assert pairs["When is it safe, and who else sees this phone?"] == "does not know"
    assert pairs["Who did it?"] == "does not want to say"


def test_what_was_left_empty_is_named(desk: Visitor, coordinator: Reader) -> None:
    sent = send_and_open(coordinator, short_report(narrative="They took him."))
    text = desk.get(f"/desk/cases/{sent.ref}/report").page.text
    assert "Seen and left empty Name of the person" in text
    assert "Left empty: How may we answer you?; Number, name or address for this way" in text


def test_words_about_sexual_violence_are_folded_behind_a_notice(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator, short_report(**TOLD_INTIMATELY))
    page = desk.get(f"/desk/cases/{sent.ref}/report").page
    folded = [e for e in page.all("details") if "Ravenhall" in e.text]
    assert len(folded) == 1
    assert "open" not in folded[0].attributes
    assert [
        e for e in page.all("dd") if "Rape" in e.text and folded[0] not in e.ancestors
    ] == []
    assert "Rape" in folded[0].text
    assert "Open it when you need it" in folded[0].text


def test_an_untrained_reader_sees_neither_those_words_nor_that_they_exist(
    second_desk: Visitor, second: Reader
) -> None:
    sent = send_and_open(second, short_report(**TOLD_INTIMATELY))
    pages = [second_desk.get(f"/desk/cases/{sent.ref}{tab}").page for tab in ("", "/report")]
    text = " ".join(page.text for page in pages)
    assert "Ravenhall" not in text
    assert "Kestrelhouse" not in text
    assert vocabulary("method").label("rape", "en") not in text
    assert vocabulary("method").label("beat_hands", "en") in text
    assert "This part opens for specially trained handlers only." in text


def test_a_plain_report_shows_an_untrained_reader_the_same_locked_part(
    second_desk: Visitor, second: Reader
) -> None:
    sent = send_and_open(second)
    page = second_desk.get(f"/desk/cases/{sent.ref}/report").page
    locked = [e for e in page.all("section") if "locked" in (e.get("class") or "")]
    assert [e.text.split(" This")[0] for e in locked] == ["Sexual violence"]


def test_one_takes_the_case_and_the_other_hears_who_was_quicker(
    desk: Visitor, second_desk: Visitor, service: Service
) -> None:
    sent = send(service)
    first_page = desk.get(f"/desk/cases/{sent.ref}")
    second_page = second_desk.get(f"/desk/cases/{sent.ref}")
    won = press(second_desk, second_page, "/take")
    lost = press(desk, first_page, "/take")
    assert "You took it." in second_desk.follow(won).page.text
    assert "second took it a moment before you." in desk.follow(lost).page.text
    assert (
        "You took it." in second_desk.follow(press(second_desk, second_page, "/take")).page.text
    )


def test_a_message_reaches_the_reporter_once_however_often_it_is_sent(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/messages")
    form = next(
        e for e in page.page.all("form") if (e.get("action") or "").endswith("/messages")
    )
    fields = {**page.page.fields(form), "text": MESSAGE}
    answers = [desk.post(form.get("action") or "", fields) for _ in range(3)]
    assert {answer.status for answer in answers} == {303}
    assert "The message is there for the reporter" in desk.follow(answers[0]).page.text
    assert said_to_reporter(service, sent.code) == [MESSAGE]


def test_a_note_is_kept_once_and_never_reaches_the_reporter(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/messages")
    address = f"/desk/cases/{sent.ref}/notes"
    answers = [desk.send(page, {"note": NOTE}, to=address) for _ in range(2)]
    shown = desk.follow(answers[-1]).page
    notes = next(e for e in shown.all("section") if "notes" in (e.get("class") or "").split())
    assert notes.text.count(NOTE) == shown.text.count(NOTE) == 1
    assert said_to_reporter(service, sent.code) == []


def test_the_form_warns_that_the_phone_may_be_read(desk: Visitor, coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    text = desk.get(f"/desk/cases/{sent.ref}/messages").page.text
    assert "Assume that somebody else reads the phone" in text


@pytest.mark.parametrize(
    ("sent_to", "kept", "said"),
    [("messages", "note", "The message is there"), ("notes", "text", "The note is kept")],
)
def test_of_a_message_and_a_note_the_unsent_one_stays_typed(
    desk: Visitor, coordinator: Reader, sent_to: str, kept: str, said: str
) -> None:
    sent = send_and_open(coordinator)
    typed = {"text": MESSAGE, "note": NOTE}
    page = desk.get(f"/desk/cases/{sent.ref}/messages")
    answer = desk.send(page, typed, to=f"/desk/cases/{sent.ref}/{sent_to}")
    assert answer.status == 200
    assert said in answer.page.text
    assert [text for text in texts(answer) if text] == [typed[kept]]
    other = desk.send(
        answer, to=f"/desk/cases/{sent.ref}/{'notes' if kept == 'note' else 'messages'}"
    )
    shown = desk.follow(other).page.text
    assert (shown.count(MESSAGE), shown.count(NOTE)) == (1, 1)


def test_a_page_with_an_unsent_note_may_be_loaded_again(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/messages")
    address = f"/desk/cases/{sent.ref}/messages"
    typed = {"text": MESSAGE, "note": NOTE}
    answers = [desk.send(page, typed, to=address) for _ in range(2)]
    assert [text for text in texts(answers[-1]) if text] == [NOTE]
    assert said_to_reporter(service, sent.code) == [MESSAGE]


def test_the_switch_of_languages_keeps_a_message_and_a_note(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/messages")
    switched = switch(desk, page, "kk", {"text": MESSAGE, "note": NOTE})
    assert switched.status == 200
    assert switched.page.all("html")[0].get("lang") == "kk"
    assert [e for e in switched.page.all("div") if e.get("role") == "alert"] == []
    assert texts(switched) == [MESSAGE, NOTE]
    assert said_to_reporter(service, sent.code) == []
    assert desk.get("/desk/").page.all("html")[0].get("lang") == "kk"


def test_the_switch_of_languages_keeps_the_reason_of_a_rise(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator, short_report(victim_status="released"))
    page = desk.get(f"/desk/cases/{sent.ref}")
    switched = switch(desk, page, "ru", {"level": "u2", "reason": NOTE})
    assert switched.status == 200
    assert texts(switched) == [NOTE]
    assert chosen_levels(switched) == ["u2"]
    assert "open" in switched.page.all("details")[0].attributes


def chosen_levels(visited: Visited) -> list[str]:
    marked = [e for e in visited.page.all("option") if "selected" in e.attributes]
    return [e.get("value") or "" for e in marked]


def test_a_level_and_its_reason_outlive_the_session(
    desk: Visitor, coordinator: Reader, clock: Clock
) -> None:
    sent = send_and_open(coordinator, short_report(victim_status="released"))
    page = desk.get(f"/desk/cases/{sent.ref}")
    clock.pass_(minutes=61)
    offered = sign_in_again(desk, page=press_raise(desk, page, level="u2", reason=NOTE))
    assert texts(offered) == [NOTE]
    assert chosen_levels(offered) == ["u2"]
    assert desk.send(offered).status == 303


def test_when_reading_cannot_be_logged_the_page_offers_nothing_to_send(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    with failing(service, "database or disk is full"):
        answer = desk.get(f"/desk/cases/{sent.ref}/report")
    assert answer.status == 503
    assert answer.page.all("form") == []


@pytest.mark.parametrize("field", ["text", "note"])
def test_text_that_is_too_long_comes_back_whole(
    desk: Visitor, coordinator: Reader, field: str
) -> None:
    sent = send_and_open(coordinator)
    long = "ұзақ сөз " * 2_300
    answer = write(desk, sent.ref, **{field: long})
    assert answer.status == 422
    assert answer.page.title.startswith("Error:")
    assert long in texts(answer)


@pytest.mark.parametrize("field", ["text", "note"])
def test_a_form_from_nowhere_keeps_its_text(
    desk: Visitor, coordinator: Reader, field: str
) -> None:
    sent = send_and_open(coordinator)
    answer = write(desk, sent.ref, **{field: NOTE, "once": "not of ours"})
    assert answer.status == 422
    assert NOTE in texts(answer)


def test_when_the_disk_is_full_the_text_comes_back(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/messages")
    form = next(
        e for e in page.page.all("form") if (e.get("action") or "").endswith("/messages")
    )

    @event.listens_for(service.engine, "begin", insert=True)
    def fill(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")

    long = MESSAGE * 200
    answer = desk.post(form.get("action") or "", {**page.page.fields(form), "text": long})
    assert answer.status == 503
    assert "nothing was stored" in answer.page.text
    assert [text for text in texts(answer) if text] == [long]


def press_raise(visitor: Visitor, page: Visited, **fields: str) -> Visited:
    form = next(
        e for e in page.page.all("form") if (e.get("action") or "").endswith("/urgency")
    )
    return visitor.post(form.get("action") or "", {**page.page.fields(form), **fields})


def test_raising_takes_a_reason_and_keeps_it(desk: Visitor, coordinator: Reader) -> None:
    sent = send_and_open(coordinator, short_report(victim_status="released"))
    answer = press_raise(
        desk, desk.get(f"/desk/cases/{sent.ref}"), level="u1", reason="He phoned, crying."
    )
    assert answer.status == 303
    shown = desk.follow(answer).page.text
    assert "Immediate" in shown
    assert "raised by coordinator" in shown
    notes = desk.get(f"/desk/cases/{sent.ref}/messages").page.text
    assert "raised to: Immediate He phoned, crying." in notes


@pytest.mark.parametrize(
    "fields",
    [
        {"level": "u1", "reason": ""},
        {"level": "u4", "reason": "It is calm."},
        {"level": "u9", "reason": "It is strange."},
    ],
)
def test_a_rise_without_reason_or_level_is_asked_again(
    desk: Visitor, coordinator: Reader, fields: dict[str, str]
) -> None:
    sent = send_and_open(coordinator, short_report(victim_status="released"))
    answer = press_raise(desk, desk.get(f"/desk/cases/{sent.ref}"), **fields)
    assert answer.status == 422
    assert texts(answer) == [fields["reason"]]


def test_of_two_at_once_the_later_sees_both_sides_and_loses_no_word(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator, short_report(victim_status="released"))
    page = desk.get(f"/desk/cases/{sent.ref}")
    press_raise(
        second_desk,
        second_desk.get(f"/desk/cases/{sent.ref}"),
        level="u2",
        reason="Threats today.",
    )
    late = press_raise(desk, page, level="u1", reason="He phoned, crying.")
    assert late.status == 409
    assert "Somebody changed this case while you were writing" in late.page.text
    assert "raised by second" in late.page.text
    assert texts(late) == ["He phoned, crying."]
    assert desk.send(late).status == 303


def test_the_timeline_says_who_did_what(
    desk: Visitor, second_desk: Visitor, service: Service
) -> None:
    sent = send(service)
    press(second_desk, second_desk.get(f"/desk/cases/{sent.ref}"), "/open")
    desk.get(f"/desk/cases/{sent.ref}/report")
    write(second_desk, sent.ref, text=MESSAGE)
    lines = [e.text for e in desk.get(f"/desk/cases/{sent.ref}/timeline").page.all("li")]
    acts = [line.split(" ", 1)[1] for line in lines if re.match(r"\d\d:\d\d ", line)]
    assert acts == [
        "Wrote to the reporter Trying first safe contact second",
        "Read the messages second",
        "Read the report coordinator",
        "Opened the report Being screened second",
        "The report arrived the reporter or the service",
    ]


READ = ("", "/report", "/messages", "/timeline")
DONE = ("/open", "/take", "/urgency", "/messages", "/notes")


@pytest.mark.parametrize("path", READ)
def test_a_case_that_is_not_there_cannot_be_read(desk: Visitor, path: str) -> None:
    assert desk.get(f"/desk/cases/AAAA-AAAA{path}").status == 404


@pytest.mark.parametrize("path", DONE)
def test_a_case_that_is_not_there_cannot_be_changed(desk: Visitor, path: str) -> None:
    page = desk.get("/desk/").page
    fields = {**page.fields(page.form(1)), "once": new_once(), "text": "words", "note": "words"}
    assert desk.post(f"/desk/cases/AAAA-AAAA{path}", fields).status == 404


def test_who_may_not_read_cases_learns_nothing_of_one_that_is_there(
    app: Flask, coordinator: Reader, service: Service
) -> None:
    sent = send(service)
    add_member(coordinator, "analyst", (Role.ANALYST,), "seven words that no list holds here")
    words = "seven words that no list holds here"
    cookie = sign_in(service, "analyst", words, known=None, now=NOW).cookie
    analyst = signed_in(app, cookie)
    there, nowhere = (analyst.get(f"/desk/cases/{ref}") for ref in (sent.ref, "AAAA-AAAA"))
    assert (there.status, there.body) == (nowhere.status, nowhere.body)
    assert there.status == 404


@pytest.mark.parametrize("said", ["%3Cb%3E", "opened%0D%0AX:y", "taken%00", "not-taken"])
def test_the_address_cannot_put_words_into_the_page(
    desk: Visitor, service: Service, said: str
) -> None:
    sent = send(service)
    page = desk.get(f"/desk/cases/{sent.ref}?said={said}").page
    assert [e.text for e in page.all("p") if e.get("role") == "status"] == []


def test_a_case_changed_behind_the_back_of_the_program_raises_an_alarm(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    assert "behind the back" not in desk.get(f"/desk/cases/{sent.ref}/report").page.text
    with service.writing() as session:
        session.execute(update(CaseRow).where(CaseRow.id == sent.id).values(level="u4"))
    for tab in ("report", "messages"):
        assert "behind the back" in desk.get(f"/desk/cases/{sent.ref}/{tab}").page.text
