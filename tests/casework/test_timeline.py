"""What happened to a case, as the log tells."""

from datetime import timedelta

from intake.casework import (
    Line,
    Reader,
    Service,
    add_note,
    correspondence,
    enter,
    new_once,
    open_case,
    overview,
    raise_urgency,
    read_report,
    send_message,
    take,
    timeline,
    write,
)
from tests.people import COORDINATOR, NOW, SECOND, send, send_and_open, short_report


def test_every_reading_and_every_change_is_a_line(
    service_on_each: Service, coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    first, second = coordinator_on_each, second_on_each
    sent = send(service_on_each, short_report(narrative="last year"))
    visit = enter(service_on_each, sent.code, now=NOW)
    open_case(first, sent.ref, now=NOW)
    read_report(second, sent.ref, now=NOW)
    take(second, sent.ref, now=NOW)
    send_message(second, sent.ref, "We are here", once=new_once(), now=NOW)
    for kind in ("message", "information", "withdrawal"):
        write(service_on_each, visit, "words", kind=kind, once=new_once(), now=NOW)
    correspondence(first, sent.ref, now=NOW)
    add_note(first, sent.ref, "words", once=new_once(), now=NOW)
    version = overview(first, sent.ref, now=NOW).version
    raise_urgency(first, sent.ref, "u1", "words", version=version, now=NOW)
    timeline(second, sent.ref, now=NOW)

    lines = timeline(first, sent.ref, now=NOW)

    assert [(line.act, line.by) for line in reversed(lines)] == [
        ("received", None),
        ("opened", COORDINATOR),
        ("read_report", SECOND),
        ("taken", SECOND),
        ("message_sent", SECOND),
        ("reporter_message", None),
        ("reporter_information", None),
        ("reporter_withdrawal", None),
        ("read_messages", COORDINATOR),
        ("note_added", COORDINATOR),
        ("urgency_raised", COORDINATOR),
        ("read_timeline", SECOND),
    ]
    assert lines[1].detail == {"level": "u1"}


def test_the_newest_line_comes_first_with_its_exact_time(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    later = NOW + timedelta(minutes=4, seconds=31)
    read_report(coordinator, sent.ref, now=later)

    assert timeline(coordinator, sent.ref, now=later)[0] == Line(
        later, "read_report", COORDINATOR, {}
    )


def test_a_case_shows_its_own_lines_alone(coordinator: Reader) -> None:
    mine, _ = send_and_open(coordinator), send_and_open(coordinator)

    acts = [line.act for line in timeline(coordinator, mine.ref, now=NOW)]
    assert acts == ["opened", "received"]


def test_looking_at_the_queue_and_the_codes_of_a_case_leaves_no_line(
    coordinator: Reader,
) -> None:
    sent = send(coordinator.service)
    overview(coordinator, sent.ref, now=NOW)

    assert [line.act for line in timeline(coordinator, sent.ref, now=NOW)] == ["received"]


def test_no_line_holds_a_word_of_what_was_said(coordinator: Reader) -> None:
    sent = send_and_open(coordinator, short_report(narrative="last year"))
    add_note(coordinator, sent.ref, "Thistledown", once=new_once(), now=NOW)
    version = overview(coordinator, sent.ref, now=NOW).version
    raise_urgency(coordinator, sent.ref, "u1", "Thistledown", version=version, now=NOW)

    assert "Thistledown" not in str(timeline(coordinator, sent.ref, now=NOW))
