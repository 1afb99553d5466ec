"""What a reporter adds: it waits sealed, and is taken in by whoever may read it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import object_session

from intake.casework import (
    Reader,
    Service,
    Wish,
    correspondence,
    enter,
    new_once,
    open_case,
    overview,
    queue,
    read_report,
    send_message,
    submit,
    timeline,
    write,
)
from intake.form.answers import Stored
from intake.store.tables import AdditionRow, DocumentRow
from intake.vault import Sealed
from tests.people import NOW, Sent, send, send_and_open, short_report, sister_report

LATER = NOW + timedelta(minutes=9)


def tell(
    service: Service, sent: Sent, words: str, *, kind: str = "information", at: datetime = LATER
) -> None:
    visit = enter(service, sent.code, now=at)
    write(service, visit, words, kind=kind, once=new_once(), now=at)


def remove(row: AdditionRow) -> None:
    session = object_session(row)
    assert session is not None
    session.delete(row)


def waiting(service: Service) -> int:
    with service.reading() as session:
        return len(session.scalars(select(AdditionRow)).all())


def told_words(reader: Reader, sent: Sent, name: str = "narrative") -> list[object]:
    sections = read_report(reader, sent.ref, now=LATER).sections
    return [s.answers[name] for s in sections if s.answers and name in s.answers]


def test_what_was_added_is_news_until_somebody_reads_it(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    tell(service_on_each, sent, "His cell mate saw it")
    (row,) = queue(coordinator_on_each, Wish(), now=LATER).rows
    assert (row.has_news, waiting(service_on_each)) == (True, 1)

    assert told_words(coordinator_on_each, sent)[-1] == "His cell mate saw it"

    (row,) = queue(coordinator_on_each, Wish(), now=LATER).rows
    assert (row.has_news, waiting(service_on_each)) == (False, 0)


def test_what_arrived_is_never_rewritten(coordinator: Reader) -> None:
    sent = send_and_open(coordinator, short_report(narrative="one"))
    tell(coordinator.service, sent, "two")
    tell(coordinator.service, sent, "three", at=LATER + timedelta(seconds=1))

    sections = read_report(coordinator, sent.ref, now=LATER).sections
    accounts = [s for s in sections if s.compartment == "account"]
    assert [(s.kind, s.author, s.answers) for s in accounts] == [
        ("report", "reporter", {"narrative": "one"}),
        ("correction", "reporter", {"narrative": "two"}),
        ("correction", "reporter", {"narrative": "three"}),
    ]


def test_changed_answers_change_the_facts_and_the_urgency(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each, short_report(victim_status="free"))
    before = overview(coordinator_on_each, sent.ref, now=NOW)
    taken = short_report(LATER, victim_status="missing", contact_value="+7 700 000 31 31")
    submit(service_on_each, taken, once=sent.once)

    read_report(coordinator_on_each, sent.ref, now=LATER)

    after = overview(coordinator_on_each, sent.ref, now=LATER)
    assert (before.row.level, after.row.level) == ("u4", "u1")
    assert after.facts.received_at == NOW
    assert told_words(coordinator_on_each, sent, "contact_value") == ["+7 700 000 31 31"]


def test_what_changed_answers_leave_out_stays(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    submit(coordinator.service, short_report(LATER, narrative="more"), once=sent.once)
    read_report(coordinator, sent.ref, now=LATER)

    facts = overview(coordinator, sent.ref, now=LATER).facts
    assert (facts.victim_status, facts.region) == ("police_custody", "KZ-33")
    assert facts.consent_contact


LISTS: Mapping[str, tuple[str, ...]] = {
    "method": ("electric",),
    "urgent_signs": ("self_harm_risk",),
    "reprisal": ("charge_419",),
    "vulnerability": ("pregnant",),
    "signed": ("nda",),
}


def test_what_is_added_takes_no_reason_away(coordinator: Reader) -> None:
    last = (LATER - timedelta(hours=30)).date().isoformat()
    sent = send_and_open(
        coordinator, sister_report(told={**LISTS, "act_date_to": last, "victims_count": 9})
    )
    before = overview(coordinator, sent.ref, now=LATER)
    less = short_report(
        LATER,
        method=("beat_hands",),
        reprisal=("none",),
        vulnerability=("lgbt",),
        signed=("voluntary",),
        act_date_to="2024-05",
        act_time_to="08:00",
        victims_count=2,
    )
    submit(coordinator.service, less, once=sent.once)
    read_report(coordinator, sent.ref, now=LATER)

    after = overview(coordinator, sent.ref, now=LATER)
    assert set(before.row.factors) <= set(after.row.factors)
    assert set(LISTS["method"]) < set(after.facts.methods)
    told = after.facts
    assert (str(told.last_ill_treatment_on), told.last_ill_treatment_time) == (last, None)
    assert told.victims_count == 9


def test_a_later_time_that_is_added_is_the_last_one(coordinator: Reader) -> None:
    first = {"act_date_to": "2026-11-10", "act_time_to": "08:00"}
    sent = send_and_open(coordinator, sister_report(told=first))
    submit(coordinator.service, short_report(LATER, act_date_to="2026-11-17"), once=sent.once)
    read_report(coordinator, sent.ref, now=LATER)

    facts = overview(coordinator, sent.ref, now=LATER).facts
    assert str(facts.last_ill_treatment_on) == "2026-11-17"
    assert facts.last_ill_treatment_time is None


def test_a_wish_to_take_the_report_back_is_seen_at_the_desk(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    tell(coordinator.service, sent, "We are afraid", kind="withdrawal")
    entries = correspondence(coordinator, sent.ref, now=LATER).entries

    assert entries[-1].kind == "withdrawal"
    assert overview(coordinator, sent.ref, now=LATER).facts.withdrawal_asked


def test_an_answer_from_the_reporter_is_the_first_contact(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    send_message(coordinator, sent.ref, "We are here", once=new_once(), now=NOW)
    tell(coordinator.service, sent, "Thank you", kind="message")
    correspondence(coordinator, sent.ref, now=LATER)

    facts = overview(coordinator, sent.ref, now=LATER).facts
    assert (facts.first_contact_at, facts.last_from_reporter_at) == (LATER, LATER)


def test_an_answer_takes_in_nothing_that_nobody_has_read(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    tell(coordinator.service, sent, "Are you there?", kind="message", at=NOW)
    send_message(coordinator, sent.ref, "We are here", once=new_once(), now=LATER)

    assert waiting(coordinator.service) == 1
    assert overview(coordinator, sent.ref, now=LATER).row.has_news
    correspondence(coordinator, sent.ref, now=LATER)
    assert waiting(coordinator.service) == 0
    facts = overview(coordinator, sent.ref, now=LATER).facts
    assert (facts.last_from_reporter_at, facts.last_from_coalition_at) == (NOW, LATER)


def test_an_addition_without_the_return_codes_proof_is_not_taken_in(
    coordinator: Reader,
) -> None:
    service = coordinator.service
    sent = send_and_open(coordinator)
    tell(service, sent, "forged")
    with service.writing() as session:
        for row in session.scalars(select(AdditionRow)):
            row.mac = bytes(32)

    assert "forged" not in told_words(coordinator, sent)
    assert waiting(service) == 1


@pytest.mark.parametrize(
    "harm",
    [
        lambda row: setattr(row, "mac", bytes(32)),
        lambda row: setattr(row, "box", Sealed(row.box[:-1] + bytes([row.box[-1] ^ 1]))),
        lambda row: setattr(row, "id", uuid4()),
        remove,
    ],
)
def test_a_changed_or_lost_addition_is_named_and_stands_in_the_log(
    coordinator: Reader, harm: Callable[[AdditionRow], object]
) -> None:
    service = coordinator.service
    sent = send_and_open(coordinator)
    tell(service, sent, "words that somebody took away")
    with service.writing() as session:
        harm(session.scalars(select(AdditionRow)).one())

    assert overview(coordinator, sent.ref, now=LATER).differences == ("addition",)
    assert read_report(coordinator, sent.ref, now=LATER).differences == ("addition",)
    send_message(coordinator, sent.ref, "Are you there?", once=new_once(), now=LATER)
    assert correspondence(coordinator, sent.ref, now=LATER).differences == ("addition",)
    assert {
        str(line.detail.get("differences"))
        for line in timeline(coordinator, sent.ref, now=LATER)
        if line.act in {"read_report", "message_sent"}
    } == {"['addition']"}


def test_additions_that_were_taken_in_are_not_missed(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    for kind in ("message", "information", "withdrawal"):
        tell(coordinator.service, sent, kind, kind=kind)
    for reader in (second, coordinator, second):
        read_report(reader, sent.ref, now=LATER)
        assert correspondence(reader, sent.ref, now=LATER).differences == ()
    assert waiting(coordinator.service) == 0


def test_a_message_is_news_until_the_messages_were_shown(coordinator: Reader) -> None:
    service = coordinator.service
    sent = send(service)
    tell(service, sent, "Are you there?", kind="message")
    open_case(coordinator, sent.ref, now=LATER)
    read_report(coordinator, sent.ref, now=LATER)
    assert overview(coordinator, sent.ref, now=LATER).row.has_news

    correspondence(coordinator, sent.ref, now=LATER)
    assert not overview(coordinator, sent.ref, now=LATER).row.has_news


def test_more_of_the_report_is_news_until_the_report_was_shown(coordinator: Reader) -> None:
    service = coordinator.service
    sent = send(service)
    tell(service, sent, "His cell mate saw it")
    open_case(coordinator, sent.ref, now=LATER)
    correspondence(coordinator, sent.ref, now=LATER)
    assert overview(coordinator, sent.ref, now=LATER).row.has_news

    read_report(coordinator, sent.ref, now=LATER)
    assert not overview(coordinator, sent.ref, now=LATER).row.has_news


def test_the_wish_to_take_the_report_back_counts_before_its_words_were_read(
    coordinator: Reader,
) -> None:
    sent = send(coordinator.service)
    tell(coordinator.service, sent, "We are afraid", kind="withdrawal")
    open_case(coordinator, sent.ref, now=LATER)

    seen = overview(coordinator, sent.ref, now=LATER)
    assert (seen.facts.withdrawal_asked, seen.row.has_news) == (True, True)


def test_what_was_told_before_the_first_answer_is_no_contact(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    tell(coordinator.service, sent, "more", at=NOW)
    send_message(coordinator, sent.ref, "We are here", once=new_once(), now=LATER)
    read_report(coordinator, sent.ref, now=LATER)

    assert overview(coordinator, sent.ref, now=LATER).facts.first_contact_at is None


VIOLENCE: Mapping[str, Stored] = {"method": ("rape",), "intimate_narrative": "three"}


@pytest.mark.parametrize(
    "told", [{}, {"trained_only": True}, VIOLENCE, {"contact_value": "+7 700 000 31 31"}]
)
def test_what_is_told_later_leaves_the_same_rows_whatever_it_is(
    coordinator: Reader, told: Mapping[str, Stored]
) -> None:
    sent = send_and_open(coordinator)
    submit(coordinator.service, short_report(LATER, narrative="two", **told), once=sent.once)
    read_report(coordinator, sent.ref, now=LATER)

    with coordinator.service.reading() as session:
        rows = session.scalars(
            select(DocumentRow).where(
                DocumentRow.case_id == sent.id, DocumentRow.kind == "correction"
            )
        ).all()
    assert sorted((row.compartment, row.revision, len(row.box)) for row in rows) == [
        ("account", 1, 4169),
        ("identity", 1, 4169),
    ]


@pytest.mark.parametrize("told", [{"trained_only": True}, VIOLENCE])
def test_untrained_readers_see_one_locked_part_whatever_was_told_later(
    coordinator: Reader, second: Reader, told: Mapping[str, Stored]
) -> None:
    sent = send_and_open(coordinator)
    submit(coordinator.service, short_report(LATER, narrative="two", **told), once=sent.once)
    read_report(coordinator, sent.ref, now=LATER)

    later = [
        (section.compartment, section.answers)
        for section in read_report(second, sent.ref, now=LATER).sections
        if section.kind == "correction"
    ]
    assert later == [("account", None)]
    assert told_words(coordinator, sent)[-1] == "two"


@pytest.mark.parametrize("told", [{"trained_only": True}, VIOLENCE])
def test_what_comes_after_a_later_wish_is_for_trained_handlers_too(
    coordinator: Reader, second: Reader, told: Mapping[str, Stored]
) -> None:
    service = coordinator.service
    sent = send_and_open(second, short_report(narrative="one"))
    submit(service, short_report(LATER, narrative="two", **told), once=sent.once)
    tell(service, sent, "three")
    submit(service, short_report(LATER, narrative="four"), once=sent.once)

    assert told_words(second, sent) == ["one"]
    assert set(told_words(coordinator, sent)) == {"one", "two", "three", "four"}
    assert told_words(second, sent) == ["one"]


def test_after_a_no_to_the_private_question_every_coordinator_reads_on(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(second, short_report(narrative="one"))
    more = short_report(LATER, narrative="two", sexual_choice="no")
    submit(coordinator.service, more, once=sent.once)
    tell(coordinator.service, sent, "three")

    assert told_words(second, sent) == ["one", "three"]
    assert told_words(second, sent, "sexual_choice") == []
    assert set(told_words(coordinator, sent)) == {"one", "two", "three"}


def test_the_wish_for_a_trained_reader_can_be_told_with_any_addition(
    coordinator: Reader, second: Reader
) -> None:
    service = coordinator.service
    sent = send_and_open(second, short_report(narrative="one"))
    visit = enter(service, sent.code, now=LATER)
    kind, once = "information", new_once()
    write(service, visit, "two", kind=kind, once=once, now=LATER, trained_only=True)
    tell(service, sent, "three")

    assert told_words(second, sent) == ["one"]
    assert set(told_words(coordinator, sent)) == {"one", "two", "three"}
    assert overview(second, sent.ref, now=LATER).facts.trained_only


def test_an_addition_of_another_case_is_not_taken_in(coordinator: Reader) -> None:
    service = coordinator.service
    mine, hers = send_and_open(coordinator), send_and_open(coordinator)
    tell(service, hers, "hers")
    with service.writing() as session:
        for row in session.scalars(select(AdditionRow)):
            row.case_id = mine.id

    assert "hers" not in told_words(coordinator, mine)


def test_what_is_for_trained_handlers_waits_for_one(
    coordinator: Reader, second: Reader
) -> None:
    service = coordinator.service
    sent = send_and_open(second, sister_report(told={"method": ("rape",)}))
    tell(service, sent, "It was the officer")
    tell(service, sent, "Are you there?", kind="message", at=LATER + timedelta(minutes=1))
    correspondence(second, sent.ref, now=LATER + timedelta(minutes=1))
    assert waiting(service) == 1

    assert told_words(coordinator, sent)[-1] == "It was the officer"

    assert waiting(service) == 0
    heard = overview(coordinator, sent.ref, now=LATER).facts.last_from_reporter_at
    assert heard == LATER + timedelta(minutes=1)


def test_merging_leaves_the_case_as_the_log_says(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    for kind in ("message", "information", "withdrawal"):
        tell(service_on_each, sent, kind, kind=kind)
        assert read_report(coordinator_on_each, sent.ref, now=LATER).differences == ()
    assert read_report(coordinator_on_each, sent.ref, now=LATER).differences == ()
