"""Taking a report in: once, whole, and the same code however often it is sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from intake.casework import (
    ExpiredCode,
    Incoming,
    Reader,
    Service,
    StorageBusy,
    StorageFull,
    Wish,
    conversation,
    enter,
    keep_receipts,
    kept_receipts,
    new_once,
    open_case,
    queue,
    read_report,
    receipt,
    submit,
    submit_anew,
)
from intake.form.answers import Stored
from intake.store.columns import Base
from intake.store.service import AuditRow, OutboxRow
from intake.store.tables import AdditionRow, CaseKeysRow, CaseRow, DocumentRow, MailboxRow
from tests.people import NOW, send, send_and_open, short_report, sister_report

LATER = NOW + timedelta(minutes=3)
SEXUAL: dict[str, Stored] = {"method": ("rape",)}
OF_A_CASE = (CaseRow, CaseKeysRow, DocumentRow, MailboxRow, AdditionRow, AuditRow, OutboxRow)


def count(service: Service, table: type[Base]) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def counts(service: Service) -> list[int]:
    return [count(service, table) for table in OF_A_CASE]


def shape(service: Service, report: Incoming) -> list[tuple[str, str, int, int]]:
    """What a thief sees of the rows of a new case."""
    case = send(service, report).id
    with service.reading() as session:
        documents = session.scalars(select(DocumentRow).where(DocumentRow.case_id == case))
        keys = session.scalars(select(CaseKeysRow).where(CaseKeysRow.case_id == case))
        rows = [
            *((row.compartment, row.kind, row.revision, len(row.box)) for row in documents),
            *(("keys", row.ring or "", row.generation, len(row.box)) for row in keys),
            ("state", "", 1, len(session.get_one(CaseRow, case).state_box)),
        ]
    return sorted(rows)


def test_a_report_waits_in_the_queue(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    submit(service_on_each, sister_report(), once=new_once())

    (row,) = queue(coordinator_on_each, Wish(), now=NOW).rows
    assert (row.stage, row.level, row.region) == ("received", "u1", "KZ-33")


def test_the_same_form_sent_again_gives_the_same_receipt(service_on_each: Service) -> None:
    once = new_once()
    first = submit(service_on_each, sister_report(), once=once)
    stored = counts(service_on_each)

    again = [submit(service_on_each, sister_report(), once=once) for _ in range(3)]

    assert again == [first] * 3
    assert counts(service_on_each) == stored


def test_a_receipt_names_the_time_of_the_first_arrival(service: Service) -> None:
    once = new_once()
    submit(service, short_report(NOW, narrative="help"), once=once)

    again = submit(service, short_report(LATER, narrative="help"), once=once)

    assert again.received_at == NOW


def test_the_same_form_from_eight_threads_makes_one_case(service_on_each: Service) -> None:
    once = new_once()
    with ThreadPoolExecutor(8) as threads:
        sent = [
            threads.submit(submit, service_on_each, sister_report(), once=once)
            for _ in range(8)
        ]
        codes = {each.result().code for each in sent}

    assert len(codes) == 1
    assert (count(service_on_each, CaseRow), count(service_on_each, AdditionRow)) == (1, 0)


def test_twelve_reports_at_once_are_all_stored(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    reports = [sister_report(narrative=f"number {number}") for number in range(12)]
    with ThreadPoolExecutor(12) as threads:
        sent = [
            threads.submit(submit, service_on_each, report, once=new_once())
            for report in reports
        ]
        codes = {each.result().code for each in sent}

    assert len(codes) == 12
    rows = queue(coordinator_on_each, Wish(), now=NOW).rows
    for row in rows:
        open_case(coordinator_on_each, row.ref, now=NOW)
    told = {narratives(coordinator_on_each, row.ref) for row in rows}
    assert told == {(f"number {number}",) for number in range(12)}


def narratives(reader: Reader, ref: str) -> tuple[object, ...]:
    sections = read_report(reader, ref, now=LATER).sections
    return tuple(
        section.answers["narrative"]
        for section in sections
        if section.answers and "narrative" in section.answers
    )


def test_other_words_in_the_same_form_are_added_to_the_case_once(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    once = new_once()
    first = submit(service_on_each, short_report(narrative="one"), once=once)
    changed = [
        submit(service_on_each, short_report(LATER, narrative="two"), once=once)
        for _ in range(3)
    ]

    assert changed == [first] * 3
    assert (count(service_on_each, CaseRow), count(service_on_each, AdditionRow)) == (1, 1)
    (row,) = queue(coordinator_on_each, Wish(), now=LATER).rows
    open_case(coordinator_on_each, row.ref, now=LATER)
    assert narratives(coordinator_on_each, row.ref) == ("one", "two")


def test_the_same_other_words_are_added_to_each_of_two_cases(service: Service) -> None:
    for first in ("one", "another"):
        once = new_once()
        submit(service, short_report(narrative=first), once=once)
        submit(service, short_report(LATER, narrative="now worse"), once=once)

    assert count(service, AdditionRow) == 2


def test_what_is_stored_of_added_words_does_not_show_whether_they_were_guessed(
    service: Service,
) -> None:
    ids = set()
    for _ in range(2):
        once = new_once()
        submit(service, short_report(narrative="one"), once=once)
        submit(service, short_report(LATER, narrative="two"), once=once)
        with service.reading() as session:
            ids |= set(session.scalars(select(AdditionRow.id)))

    assert len(ids) == 2


def test_a_receipt_that_never_arrived_can_be_shown_again(service: Service) -> None:
    once = new_once()
    sent = submit(service, sister_report(), once=once)
    cookie = keep_receipts(service, [(once, NOW)])

    ((kept, at),) = kept_receipts(service, cookie, now=LATER)

    assert receipt(kept, received_at=at) == sent


def test_receipts_are_shown_again_for_an_hour(service: Service) -> None:
    cookie = keep_receipts(service, [(new_once(), NOW)])

    assert kept_receipts(service, cookie, now=NOW + timedelta(minutes=60))
    assert not kept_receipts(service, cookie, now=NOW + timedelta(minutes=61))


@pytest.mark.parametrize("text", ["", "x", "щ", "A" * 200])
def test_a_foreign_cookie_holds_no_receipts(service: Service, text: str) -> None:
    assert kept_receipts(service, text, now=NOW) == ()


@pytest.mark.parametrize("once", ["", "short", "щ" * 43, "A" * 44, "A" * 42 + "!"])
def test_a_made_up_form_number_is_refused(service: Service, once: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        submit(service, sister_report(), once=once)
    assert count(service, CaseRow) == 0


def fill(service: Service) -> None:
    for _ in range(50):
        submit(service, sister_report(), once=new_once())


def test_a_full_disk_stores_nothing_rather_than_half(service: Service) -> None:
    before = counts(service)
    with service.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.rollback()

    with pytest.raises(StorageFull):
        fill(service)

    stored = count(service, CaseRow)
    assert count(service, DocumentRow) == 5 * stored
    assert count(service, MailboxRow) == stored
    assert count(service, AuditRow) == before[5] + stored


@pytest.mark.parametrize("table", ["audit", "mailbox", "document", "case_keys"])
def test_a_report_and_its_line_in_the_log_are_stored_together_or_not_at_all(
    service: Service, table: str
) -> None:
    before = counts(service)
    with service.writing() as session:
        session.execute(
            text(
                f"CREATE TRIGGER broken BEFORE INSERT ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'broken'); END"
            )
        )

    with pytest.raises(StorageBusy):
        submit(service, sister_report(), once=new_once())
    assert counts(service) == before


def test_each_report_leaves_one_line_in_the_log(service_on_each: Service) -> None:
    before = count(service_on_each, AuditRow)
    submit(service_on_each, sister_report(), once=new_once())

    assert count(service_on_each, AuditRow) == before + 1


@pytest.mark.parametrize(
    ("told", "notices"),
    [
        ({"victim_status": "missing"}, 1),
        ({"victim_status": "sizo"}, 1),
        ({"victim_status": "free", "narrative": "last year"}, 0),
    ],
)
def test_an_urgent_report_leaves_word_for_whoever_is_on_duty(
    service: Service, told: dict[str, Stored], notices: int
) -> None:
    submit(service, short_report(**told), once=new_once())

    assert count(service, OutboxRow) == notices


def test_many_urgent_reports_leave_one_word(service: Service) -> None:
    for _ in range(5):
        submit(service, sister_report(), once=new_once())

    assert count(service, OutboxRow) == 1


def test_what_a_machine_sent_wakes_nobody_and_stands_apart(
    service: Service, coordinator: Reader
) -> None:
    submit(service, sister_report(automated=True), once=new_once())

    assert count(service, OutboxRow) == 0
    assert queue(coordinator, Wish(), now=NOW).rows == ()
    (row,) = queue(coordinator, Wish("automated"), now=NOW).rows
    assert row.is_automated


@pytest.mark.parametrize(
    "told",
    [
        SEXUAL,
        {"intimate_narrative": "what they did"},
        {"trained_only": True},
        {"injury": ("genital",)},
    ],
)
def test_sexual_violence_does_not_show_in_any_row(
    service: Service, told: dict[str, Stored]
) -> None:
    assert shape(service, sister_report(told=told)) == shape(service, sister_report())


@pytest.mark.parametrize("words", ["", "a", "ж" * 1500])
def test_how_much_was_said_does_not_show(service: Service, words: str) -> None:
    assert shape(service, short_report(narrative=words)) == shape(service, sister_report())


def test_a_report_has_every_compartment(service: Service) -> None:
    submit(service, short_report(victim_status="unknown"), once=new_once())
    with service.reading() as session:
        compartments = session.scalars(select(DocumentRow.compartment)).all()

    assert sorted(compartments) == ["account", "facts", "identity", "intimate", "mail"]


def test_sexual_violence_is_read_by_trained_handlers_alone(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(
        coordinator, sister_report(told=SEXUAL, intimate_narrative="what they did")
    )

    trained, untrained = (
        {
            section.compartment: section.answers
            for section in read_report(reader, sent.ref, now=NOW).sections
        }
        for reader in (coordinator, second)
    )
    assert trained["intimate"] == {"intimate_narrative": "what they did", "method": ["rape"]}
    assert trained["account"] is not None
    assert untrained["account"] is untrained["intimate"] is None
    assert untrained["identity"] is not None


def test_every_coordinator_reads_a_report_without_sexual_violence(second: Reader) -> None:
    sent = send_and_open(second)

    report = read_report(second, sent.ref, now=NOW)
    locked = {section.compartment for section in report.sections if section.answers is None}
    assert locked == {"intimate"}


def test_words_added_in_the_same_second_stay_with_trained_handlers(
    coordinator: Reader, second: Reader
) -> None:
    service, once = coordinator.service, new_once()
    code = submit(service, sister_report(told=SEXUAL), once=once).code
    for words in ("one", "two", "three"):
        submit(service, sister_report(told=SEXUAL, narrative=words), once=once)

    (row,) = queue(second, Wish(), now=NOW).rows
    open_case(second, row.ref, now=NOW)
    with service.reading() as session:
        waiting = session.scalars(select(AdditionRow)).all()
    assert len(waiting) == 3
    assert narratives(coordinator, row.ref)[1:] != ()
    visit = enter(service, code, now=NOW)
    assert conversation(service, visit, now=NOW).entries[0].stage == "received"


def test_sexual_violence_that_is_told_later_waits_for_a_trained_handler(
    coordinator: Reader, second: Reader
) -> None:
    service, once = coordinator.service, new_once()
    submit(service, short_report(narrative="one"), once=once)
    told = {**SEXUAL, "narrative": "two", "intimate_narrative": "three"}
    submit(service, short_report(LATER, **told), once=once)
    (row,) = queue(second, Wish(), now=LATER).rows
    open_case(second, row.ref, now=LATER)

    assert narratives(second, row.ref) == ("one",)
    assert narratives(coordinator, row.ref) == ("one", "two")
    assert narratives(second, row.ref) == ("one",)
    sections = read_report(coordinator, row.ref, now=LATER).sections
    told_later = {"narrative": "two", "intimate_narrative": "three", "method": ["rape"]}
    assert told_later in [section.answers for section in sections]


def test_a_collision_is_never_taken_for_a_stored_report(service: Service) -> None:
    with service.writing() as session:
        session.execute(
            text(
                'CREATE TRIGGER broken BEFORE INSERT ON "case" '
                "BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: case.ref'); END"
            )
        )

    with pytest.raises(StorageBusy):
        submit(service, sister_report(), once=new_once())


def test_what_is_sent_after_the_first_report_has_expired_is_a_report_of_its_own(
    service_on_each: Service,
) -> None:
    once = new_once()
    gone = submit(service_on_each, sister_report(), once=once)
    with service_on_each.writing() as session:
        session.execute(update(MailboxRow).values(key_box=None))
    report = short_report(NOW, narrative="and now again")

    with pytest.raises(ExpiredCode):
        submit(service_on_each, report, once=once)
    after, receipt = submit_anew(service_on_each, report, once=once)

    assert after != once
    assert receipt.code != gone.code
    assert submit_anew(service_on_each, report, once=once) == (after, receipt)
    assert count(service_on_each, CaseRow) == 2
    assert enter(service_on_each, receipt.code, now=NOW)
