"""The conversation behind a return code."""

import base64
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from intake.casework import (
    CodeError,
    ExpiredCode,
    Reader,
    Service,
    SessionEnded,
    UnknownCode,
    add_note,
    conversation,
    correspondence,
    enter,
    new_once,
    open_case,
    renewed_pass,
    send_message,
    write,
)
from intake.store.service import AuditRow
from intake.store.tables import AdditionRow, DocumentRow, MailboxRow
from tests.people import COORDINATOR, NOW, Installation, Sent, send, send_and_open

LATER = NOW + timedelta(hours=1)


def visit(service: Service) -> tuple[Sent, str]:
    sent = send(service)
    return sent, enter(service, sent.code, now=NOW)


def rows(service: Service) -> tuple[int, ...]:
    with service.reading() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (DocumentRow, AdditionRow, AuditRow)
        )


def test_the_code_opens_the_conversation(service_on_each: Service) -> None:
    _, cookie = visit(service_on_each)

    said = conversation(service_on_each, cookie, now=NOW)

    assert (said.stage, said.received_at, said.is_withdrawn) == ("received", NOW, False)
    assert said.expires_on == NOW.date() + timedelta(days=365)
    assert [(entry.kind, entry.stage) for entry in said.entries] == [("stage", "received")]


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.replace(" ", ""),
        lambda code: code.replace(" ", "-"),
        lambda code: f"  {code}\n",
        lambda code: code.replace("0", "O").replace("1", "l"),
    ],
)
def test_the_code_may_be_typed_in_many_ways(
    service: Service, typed: Callable[[str], str]
) -> None:
    sent = send(service)

    cookie = enter(service, typed(sent.code), now=NOW)
    assert conversation(service, cookie, now=NOW).received_at == NOW


def test_a_mistyped_digit_is_noticed_before_anything_is_looked_up(service: Service) -> None:
    code = send(service).code
    wrong = str((int(code[0]) + 1) % 10) + code[1:]

    with pytest.raises(CodeError) as caught:
        enter(service, wrong, now=NOW)
    assert caught.value.reason == "check"


@pytest.mark.parametrize(
    ("typed", "reason"), [("", "length"), ("1234", "length"), ("my brother" * 3, "characters")]
)
def test_what_is_no_code_is_told_apart(service: Service, typed: str, reason: str) -> None:
    with pytest.raises(CodeError) as caught:
        enter(service, typed, now=NOW)
    assert caught.value.reason == reason


def test_a_code_that_was_never_given_out_is_unknown(service: Service) -> None:
    send(service)
    with pytest.raises(UnknownCode):
        enter(service, "0" * 24, now=NOW)


def test_a_code_is_good_through_its_last_day_and_then_expired(service: Service) -> None:
    sent = send(service)
    last_day = NOW + timedelta(days=365)

    assert enter(service, sent.code, now=last_day)
    with pytest.raises(ExpiredCode):
        enter(service, sent.code, now=last_day + timedelta(days=1))


def test_an_open_conversation_ends_after_its_last_day_as_its_code_does(
    service: Service,
) -> None:
    cookie = enter(service, send(service).code, now=NOW)
    assert conversation(service, cookie, now=NOW).expires_on > NOW.date()
    with service.writing() as session:
        session.execute(update(MailboxRow).values(day=NOW.date() - timedelta(days=1)))
    with pytest.raises(SessionEnded):
        conversation(service, cookie, now=NOW)


def test_a_code_whose_conversation_was_erased_is_expired(service: Service) -> None:
    sent, cookie = visit(service)
    with service.writing() as session:
        session.execute(update(MailboxRow).values(key_box=None))

    with pytest.raises(ExpiredCode):
        enter(service, sent.code, now=NOW)
    with pytest.raises(SessionEnded):
        conversation(service, cookie, now=NOW)
    with pytest.raises(SessionEnded):
        write(service, cookie, "words", kind="message", once=new_once(), now=NOW)


def test_an_answer_keeps_the_code_good_for_as_long_again(coordinator: Reader) -> None:
    service = coordinator.service
    sent = send_and_open(coordinator)
    answered = NOW + timedelta(days=100)
    send_message(coordinator, sent.ref, "We are here", once=new_once(), now=answered)

    cookie = enter(service, sent.code, now=answered)
    expires_on = conversation(service, cookie, now=answered).expires_on
    assert expires_on == answered.date() + timedelta(days=365)


def test_messages_go_both_ways(service_on_each: Service, coordinator_on_each: Reader) -> None:
    sent, cookie = visit(service_on_each)
    open_case(coordinator_on_each, sent.ref, now=NOW)
    send_message(coordinator_on_each, sent.ref, "Біз осындамыз", once=new_once(), now=NOW)
    write(service_on_each, cookie, "Рақмет", kind="message", once=new_once(), now=LATER)

    said = conversation(service_on_each, cookie, now=LATER).entries
    assert [(entry.author, entry.text) for entry in said if entry.kind == "message"] == [
        ("coalition", "Біз осындамыз"),
        ("reporter", "Рақмет"),
    ]
    assert correspondence(coordinator_on_each, sent.ref, now=LATER).entries == said


def test_what_was_added_is_never_shown_again_but_its_time_is(coordinator: Reader) -> None:
    service = coordinator.service
    sent, cookie = visit(service)
    write(
        service, cookie, "his cell mate saw it", kind="information", once=new_once(), now=LATER
    )

    *_, added = conversation(service, cookie, now=LATER).entries
    assert (added.kind, added.author, added.at, added.text) == (
        "information",
        "reporter",
        LATER,
        "",
    )
    open_case(coordinator, sent.ref, now=LATER)
    assert added in correspondence(coordinator, sent.ref, now=LATER).entries


def test_a_report_can_be_taken_back_with_or_without_words(service: Service) -> None:
    for words in ("", "We are afraid"):
        _, cookie = visit(service)
        write(service, cookie, words, kind="withdrawal", once=new_once(), now=LATER)

        said = conversation(service, cookie, now=LATER)
        assert said.is_withdrawn
        assert said.entries[-1].text == words


@pytest.mark.parametrize("kind", ["message", "information", "withdrawal"])
def test_the_same_form_sent_again_is_stored_once(service_on_each: Service, kind: str) -> None:
    _, cookie = visit(service_on_each)
    once = new_once()
    write(service_on_each, cookie, "words", kind=kind, once=once, now=LATER)
    stored = rows(service_on_each)

    for _ in range(3):
        write(service_on_each, cookie, "words", kind=kind, once=once, now=LATER)
    assert rows(service_on_each) == stored


def test_the_same_form_is_stored_once_even_after_the_desk_has_read_it(
    coordinator: Reader,
) -> None:
    service = coordinator.service
    sent, cookie = visit(service)
    once = new_once()
    write(service, cookie, "words", kind="information", once=once, now=NOW)
    open_case(coordinator, sent.ref, now=NOW)
    stored = rows(service)

    write(service, cookie, "words", kind="information", once=once, now=LATER)
    assert rows(service) == stored


def test_words_changed_before_the_same_form_is_sent_again_are_not_lost(
    coordinator: Reader,
) -> None:
    service = coordinator.service
    sent, cookie = visit(service)
    open_case(coordinator, sent.ref, now=NOW)
    theirs, ours = new_once(), new_once()
    for words in ("Call in the evening", "Call in the evening, after seven"):
        write(service, cookie, words, kind="message", once=theirs, now=LATER)
    for words in ("We come", "We come at eight"):
        send_message(coordinator, sent.ref, words, once=ours, now=LATER)

    said = conversation(service, cookie, now=LATER).entries
    assert {entry.text for entry in said if entry.kind == "message"} == {
        "Call in the evening",
        "Call in the evening, after seven",
        "We come",
        "We come at eight",
    }


def test_other_kinds_of_entry_are_not_the_reporters_to_write(service: Service) -> None:
    _, cookie = visit(service)
    with pytest.raises(ValueError, match="A reporter writes"):
        write(service, cookie, "closed", kind="stage", once=new_once(), now=NOW)


def test_a_visit_ends_when_nothing_happens(service: Service) -> None:
    _, cookie = visit(service)
    almost = NOW + timedelta(hours=2)

    assert conversation(service, cookie, now=almost).entries
    with pytest.raises(SessionEnded):
        conversation(service, cookie, now=almost + timedelta(seconds=1))
    with pytest.raises(SessionEnded):
        renewed_pass(service, cookie, now=almost + timedelta(seconds=1))


def test_a_visit_goes_on_while_something_happens(service: Service) -> None:
    _, cookie = visit(service)
    almost = NOW + timedelta(hours=2)

    renewed = renewed_pass(service, cookie, now=almost)
    assert conversation(service, renewed, now=almost + timedelta(hours=2)).entries


def test_a_visit_ends_after_twelve_hours_in_any_case(service: Service) -> None:
    _, cookie = visit(service)
    now = NOW
    while now < NOW + timedelta(hours=12):
        now += timedelta(hours=2)
        assert conversation(service, cookie, now=now).entries
        cookie = renewed_pass(service, cookie, now=now)
    with pytest.raises(SessionEnded):
        conversation(service, cookie, now=now + timedelta(seconds=1))


@pytest.mark.parametrize("text", ["", "x", "щ", "A" * 400, "!!!!"])
def test_a_made_up_visit_opens_nothing(service: Service, text: str) -> None:
    send(service)
    with pytest.raises(SessionEnded):
        conversation(service, text, now=NOW)


def test_a_changed_visit_opens_nothing(service: Service) -> None:
    _, cookie = visit(service)
    raw = bytearray(base64.urlsafe_b64decode(cookie))
    raw[len(raw) // 2] ^= 1

    with pytest.raises(SessionEnded):
        conversation(service, base64.urlsafe_b64encode(raw).decode(), now=NOW)


def test_a_staff_cookie_is_no_visit(service: Service, installation: Installation) -> None:
    with pytest.raises(SessionEnded):
        conversation(service, installation.cookies[COORDINATOR], now=NOW)


def test_the_cookie_alone_does_not_show_the_code(service: Service) -> None:
    sent, cookie = visit(service)
    raw = base64.urlsafe_b64decode(cookie)

    assert sent.code.replace(" ", "").encode() not in raw
    assert sent.id.hex.encode() not in raw


def test_one_code_opens_one_conversation(service: Service) -> None:
    _, mine = visit(service)
    _, hers = visit(service)
    write(service, mine, "only mine", kind="message", once=new_once(), now=NOW)

    texts = [entry.text for entry in conversation(service, hers, now=NOW).entries]
    assert "only mine" not in texts


def test_notes_never_reach_the_reporter(coordinator: Reader) -> None:
    service = coordinator.service
    sent = send_and_open(coordinator)
    add_note(coordinator, sent.ref, "ask the lawyer first", once=new_once(), now=NOW)

    cookie = enter(service, sent.code, now=NOW)
    said = conversation(service, cookie, now=NOW).entries
    assert [entry.kind for entry in said] == ["stage", "stage"]


def test_an_entry_that_somebody_changed_does_not_hide_the_others(
    coordinator: Reader,
) -> None:
    service = coordinator.service
    sent, cookie = visit(service)
    open_case(coordinator, sent.ref, now=NOW)
    write(service, cookie, "still here", kind="message", once=new_once(), now=LATER)
    with service.writing() as session:
        row = session.scalars(
            select(DocumentRow).where(DocumentRow.kind == "message").limit(1)
        ).one()
        session.add(
            DocumentRow(
                id=sent.id,
                revision=1,
                case_id=row.case_id,
                compartment=row.compartment,
                kind="message",
                box=row.box,
            )
        )

    texts = [entry.text for entry in conversation(service, cookie, now=LATER).entries]
    assert "still here" in texts
    assert "message" in correspondence(coordinator, sent.ref, now=LATER).differences
