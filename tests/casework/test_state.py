"""A case that somebody changes in the database: it is noticed, and stays noticed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake.casework import (
    Reader,
    Service,
    UnknownCase,
    Wish,
    add_note,
    correspondence,
    new_once,
    open_case,
    overview,
    queue,
    raise_urgency,
    read_report,
    send_message,
    submit,
    take,
)
from intake.casework.waiting import raise_levels
from intake.store.people import MemberRow
from intake.store.service import AuditRow
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow
from intake.vault import CaseKeys, Ring
from tests.people import NOW, SECOND, Sent, send, send_and_open, short_report

LATER = NOW + timedelta(minutes=5)
Tamper = Callable[[Session, UUID], object]


def differences(reader: Reader, sent: Sent, now: datetime = LATER) -> set[str]:
    return set(read_report(reader, sent.ref, now=now).differences)


def tamper(service: Service, case: UUID, how: Tamper) -> None:
    with service.writing() as session:
        how(session, case)


def column(**values: object) -> Tamper:
    """Change plain columns of the case by hand."""
    return lambda session, case: session.execute(
        update(CaseRow).where(CaseRow.id == case).values(**values)
    )


def document(session: Session, case: UUID, compartment: str) -> DocumentRow:
    return session.scalars(
        select(DocumentRow)
        .where(DocumentRow.case_id == case, DocumentRow.compartment == compartment)
        .order_by(DocumentRow.revision)
    ).first() or pytest.fail(compartment)


def remove(session: Session, case: UUID) -> None:
    session.delete(document(session, case, "account"))


def swap(session: Session, case: UUID) -> None:
    identity, account = (document(session, case, name) for name in ("identity", "account"))
    identity.box, account.box = account.box, identity.box


def rename(session: Session, case: UUID) -> None:
    document(session, case, "account").kind = "step"


def flip(session: Session, case: UUID) -> None:
    row = document(session, case, "account")
    row.box = type(row.box)(row.box[:-1] + bytes([row.box[-1] ^ 1]))


def slip_in(session: Session, case: UUID) -> None:
    row = document(session, case, "account")
    session.add(
        DocumentRow(
            id=uuid4(),
            revision=1,
            case_id=case,
            compartment="account",
            kind="report",
            box=row.box,
        )
    )


def silence(session: Session, case: UUID) -> None:
    session.delete(document(session, case, "mail"))


def hold(session: Session, case: UUID) -> None:
    member = session.scalars(select(MemberRow.id).where(MemberRow.handle == SECOND)).one()
    column(holder=member)(session, case)


def test_a_case_that_nobody_changed_shows_no_difference(
    coordinator_on_each: Reader,
) -> None:
    reader = coordinator_on_each
    sent = send_and_open(reader)
    take(reader, sent.ref, now=NOW)
    send_message(reader, sent.ref, "We are here", once=new_once(), now=NOW)
    add_note(reader, sent.ref, "a note", once=new_once(), now=NOW)
    raised = send_and_open(reader, short_report(narrative="last year"))
    version = overview(reader, raised.ref, now=NOW).version
    raise_urgency(reader, raised.ref, "u1", "she called", version=version, now=NOW)

    assert differences(reader, sent) == differences(reader, raised) == set()


CHANGES = [
    pytest.param(column(level="u4"), "level", id="urgency"),
    pytest.param(column(stage="closed"), "stage", id="stage"),
    pytest.param(column(hour=NOW - timedelta(days=1)), "hour", id="hour"),
    pytest.param(column(answer_by=NOW + timedelta(days=9)), "answer_by", id="answer by"),
    pytest.param(column(automated=True), "automated", id="automated"),
    pytest.param(column(number="2026-1"), "number", id="number"),
    pytest.param(column(may_rise_at=NOW), "may_rise_at", id="may rise at"),
    pytest.param(column(version=1), "state", id="version"),
    pytest.param(column(state_box=b"\x02" * 99), "state", id="state"),
    pytest.param(hold, "holder", id="holder"),
    pytest.param(remove, "document", id="document taken away"),
    pytest.param(swap, "document", id="documents swapped"),
    pytest.param(rename, "document", id="document hidden"),
    pytest.param(flip, "document", id="bit flipped"),
    pytest.param(slip_in, "document", id="document slipped in"),
    pytest.param(silence, "document", id="entry taken away"),
]


@pytest.mark.parametrize(("change", "named"), CHANGES)
def test_what_somebody_changed_by_hand_is_named(
    service: Service, coordinator: Reader, change: Tamper, named: str
) -> None:
    sent = send_and_open(coordinator)

    tamper(service, sent.id, change)

    assert named in overview(coordinator, sent.ref, now=LATER).differences
    assert named in differences(coordinator, sent)


@pytest.mark.parametrize(("change", "named"), CHANGES)
def test_saving_a_changed_case_does_not_make_it_right(
    service: Service, coordinator: Reader, change: Tamper, named: str
) -> None:
    sent = send_and_open(coordinator)
    tamper(service, sent.id, change)

    add_note(coordinator, sent.ref, "a note", once=new_once(), now=LATER)
    take(coordinator, sent.ref, now=LATER)

    assert named in differences(coordinator, sent)
    assert named in correspondence(coordinator, sent.ref, now=LATER).differences


@pytest.mark.parametrize("change", [remove, swap, flip, column(hour=NOW - timedelta(days=1))])
def test_what_was_changed_before_the_first_opening_is_named(
    service: Service, coordinator: Reader, change: Tamper
) -> None:
    sent = send(service)
    tamper(service, sent.id, change)

    open_case(coordinator, sent.ref, now=NOW)

    assert differences(coordinator, sent)


def test_a_whole_case_that_was_set_back_is_noticed(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    reader = coordinator_on_each
    sent = send_and_open(reader)
    with service_on_each.reading() as session:
        row = session.get_one(CaseRow, sent.id)
        before = {name: getattr(row, name) for name in ("version", "state_box", "holder")}
        documents = set(session.scalars(select(DocumentRow.id)))
        revision = max(session.scalars(select(DocumentRow.revision)))
    take(reader, sent.ref, now=NOW)
    add_note(reader, sent.ref, "they moved him", once=new_once(), now=NOW)

    with service_on_each.writing() as session:
        session.execute(update(CaseRow).values(**before))
        session.execute(
            delete(DocumentRow).where(
                DocumentRow.id.not_in(documents) | (DocumentRow.revision > revision)
            )
        )

    assert "log" in differences(reader, sent)


def test_a_case_whose_lines_were_taken_out_of_the_log_is_noticed(
    service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    with service.writing() as session:
        session.execute(update(AuditRow).values(pseudonym=None))

    assert "log" in differences(coordinator, sent)


def test_an_older_revision_of_the_facts_is_noticed(
    service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    with service.writing() as session:
        session.execute(
            delete(DocumentRow).where(
                DocumentRow.compartment == "facts", DocumentRow.revision > 1
            )
        )

    assert "document" in differences(coordinator, sent)


def test_an_older_revision_in_place_of_the_newest_does_not_open(
    service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    with service.writing() as session:
        rows = session.scalars(
            select(DocumentRow)
            .where(DocumentRow.compartment == "facts")
            .order_by(DocumentRow.revision)
        ).all()
        rows[-1].box = rows[0].box

    with pytest.raises(UnknownCase):
        read_report(coordinator, sent.ref, now=LATER)


def test_a_case_whose_facts_are_gone_does_not_open(
    service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    with service.writing() as session:
        session.execute(delete(DocumentRow).where(DocumentRow.compartment == "facts"))

    for act in (overview, read_report, open_case):
        with pytest.raises(UnknownCase):
            act(coordinator, sent.ref, now=LATER)


def other_keys(session: Session, case: UUID) -> None:
    """An attacker knows the ring's public key: anybody may seal to it."""
    for row in session.scalars(select(CaseKeysRow).where(CaseKeysRow.case_id == case)):
        row.box = row.box[:1] + bytes(len(row.box) - 1)  # type: ignore[assignment]


def test_keys_that_somebody_damaged_do_not_open(service: Service, coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    tamper(service, sent.id, other_keys)

    with pytest.raises(UnknownCase):
        read_report(coordinator, sent.ref, now=LATER)


def test_keys_that_somebody_made_are_noticed(service: Service, coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    forged = CaseKeys.fresh(sent.id)
    with service.writing() as session:
        for row in session.scalars(select(CaseKeysRow)):
            ring = Ring(row.ring or "")
            pin = service.pins().rings[ring]
            row.box = forged.seal_to_ring(pin.public, ring, pin.generation)

    report = read_report(coordinator, sent.ref, now=LATER)
    assert "state" in report.differences
    assert all(section.answers is None for section in report.sections)


@pytest.mark.parametrize("damage", [b"\x02" + bytes(3000), b""])
def test_one_damaged_case_does_not_hide_the_others_in_the_queue(
    service_on_each: Service, coordinator_on_each: Reader, damage: bytes
) -> None:
    damaged, whole = send(service_on_each), send(service_on_each)
    with service_on_each.writing() as session:
        row = document(session, damaged.id, "facts")
        if damage:
            row.box = type(row.box)(damage)
        else:
            session.delete(row)

    for view in ("triage", "all"):
        rows = queue(coordinator_on_each, Wish(view), now=NOW).rows
        assert {row.ref for row in rows} == {damaged.ref, whole.ref}
    custody = queue(coordinator_on_each, Wish("custody"), now=NOW).rows
    assert [row.ref for row in custody] == [whole.ref]


def may_rise(reader: Reader) -> tuple[Sent, datetime]:
    """A case that rises by time alone, and when: a date by which papers are due."""
    in_ten_days = (NOW + timedelta(days=10)).date().isoformat()
    sent = send_and_open(reader, short_report(narrative="papers", deadline_on=in_ten_days))
    with reader.service.reading() as session:
        row = session.get_one(CaseRow, sent.id)
        assert (row.level, row.may_rise_at) != ("u1", None)
        return sent, row.may_rise_at or NOW


def level(service: Service, sent: Sent) -> str:
    with service.reading() as session:
        return session.get_one(CaseRow, sent.id).level


def test_what_time_raised_is_no_difference(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent, rise = may_rise(coordinator_on_each)
    before = level(service_on_each, sent)

    raise_levels(service_on_each, now=rise)

    assert level(service_on_each, sent) < before
    assert differences(coordinator_on_each, sent, now=rise) == set()


def test_a_rise_before_its_time_is_a_difference(service: Service, coordinator: Reader) -> None:
    sent, rise = may_rise(coordinator)
    tamper(service, sent.id, column(level="u2", may_rise_at=None))

    assert differences(coordinator, sent, now=rise - timedelta(seconds=1)) == {"level"}


@pytest.mark.parametrize("to", ["u1", "u4"])
def test_any_other_change_of_level_is_a_difference(
    service: Service, coordinator: Reader, to: str
) -> None:
    sent, rise = may_rise(coordinator)
    tamper(service, sent.id, column(level=to, may_rise_at=None))

    assert "level" in differences(coordinator, sent, now=rise)


def test_time_raises_nothing_above_what_a_person_raised_it_to(
    service: Service, coordinator: Reader
) -> None:
    sent, rise = may_rise(coordinator)
    version = overview(coordinator, sent.ref, now=NOW).version
    raise_urgency(coordinator, sent.ref, "u1", "she called", version=version, now=NOW)

    raise_levels(service, now=rise + timedelta(days=1))

    assert differences(coordinator, sent, now=rise + timedelta(days=1)) == set()


def test_a_case_that_was_not_let_fall_rises_only_when_its_facts_go_higher(
    service: Service, coordinator: Reader
) -> None:
    """He was free again, but nobody had reached them yet: it stays where it stood."""
    in_ten_days = (NOW + timedelta(days=10)).date().isoformat()
    sent = send(service, short_report(victim_status="sizo", deadline_on=in_ten_days))
    submit(service, short_report(victim_status="free"), once=sent.once)
    open_case(coordinator, sent.ref, now=NOW)

    raise_levels(service, now=NOW + timedelta(days=9))

    assert level(service, sent) == "u2"
