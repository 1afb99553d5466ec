"""What a reporter adds: it waits sealed, and is taken in by whoever may read it."""

from datetime import datetime, timedelta

from sqlalchemy import select

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
    write,
)
from intake.store.tables import AdditionRow
from tests.people import NOW, Sent, send_and_open, short_report, sister_report

LATER = NOW + timedelta(minutes=9)


def tell(
    service: Service, sent: Sent, words: str, *, kind: str = "information", at: datetime = LATER
) -> None:
    visit = enter(service, sent.code, now=at)
    write(service, visit, words, kind=kind, once=new_once(), now=at)


def waiting(service: Service) -> int:
    with service.reading() as session:
        return len(session.scalars(select(AdditionRow)).all())


def told(reader: Reader, sent: Sent, name: str = "narrative") -> list[object]:
    sections = read_report(reader, sent.ref, now=LATER).sections
    return [s.answers[name] for s in sections if s.answers and name in s.answers]


def test_what_was_added_is_news_until_somebody_reads_it(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    tell(service_on_each, sent, "His cell mate saw it")
    (row,) = queue(coordinator_on_each, Wish(), now=LATER).rows
    assert (row.has_news, waiting(service_on_each)) == (True, 1)

    assert told(coordinator_on_each, sent)[-1] == "His cell mate saw it"

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

    open_case(coordinator_on_each, sent.ref, now=LATER)

    after = overview(coordinator_on_each, sent.ref, now=LATER)
    assert (before.row.level, after.row.level) == ("u4", "u1")
    assert after.facts.received_at == NOW
    assert told(coordinator_on_each, sent, "contact_value") == ["+7 700 000 31 31"]


def test_what_changed_answers_leave_out_stays(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    submit(coordinator.service, short_report(LATER, narrative="more"), once=sent.once)
    open_case(coordinator, sent.ref, now=LATER)

    facts = overview(coordinator, sent.ref, now=LATER).facts
    assert (facts.victim_status, facts.region) == ("police_custody", "KZ-33")
    assert facts.consent_contact


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


def test_an_answer_takes_in_what_was_said_before_it(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    tell(coordinator.service, sent, "Are you there?", kind="message", at=NOW)
    send_message(coordinator, sent.ref, "We are here", once=new_once(), now=LATER)

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

    assert "forged" not in told(coordinator, sent)
    assert waiting(service) == 1


def test_an_addition_of_another_case_is_not_taken_in(coordinator: Reader) -> None:
    service = coordinator.service
    mine, hers = send_and_open(coordinator), send_and_open(coordinator)
    tell(service, hers, "hers")
    with service.writing() as session:
        for row in session.scalars(select(AdditionRow)):
            row.case_id = mine.id

    assert "hers" not in told(coordinator, mine)


def test_what_is_for_trained_handlers_waits_for_one(
    coordinator: Reader, second: Reader
) -> None:
    service = coordinator.service
    sent = send_and_open(second, sister_report(told={"method": ("rape",)}))
    tell(service, sent, "It was the officer")
    tell(service, sent, "Are you there?", kind="message", at=LATER + timedelta(minutes=1))
    correspondence(second, sent.ref, now=LATER + timedelta(minutes=1))
    assert waiting(service) == 1

    assert told(coordinator, sent)[-1] == "It was the officer"

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
