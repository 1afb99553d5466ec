"""Rings: a reader follows only what leads back to the secret she trusts."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake.casework import (
    Reader,
    Service,
    Wish,
    open_case,
    overview,
    queue,
    read_report,
    resume,
)
from intake.casework.pinning import pin
from intake.casework.roster import RosterDiffers
from intake.roles import Role
from intake.store.people import MemberRow, RingMemberRow, RingRow
from intake.vault import NotForYou, Pin, Ring, RingKey, Sealed
from tests.people import (
    COORDINATOR,
    NOW,
    SECOND,
    Installation,
    add_member,
    send,
    send_and_open,
    sister_report,
)


def again(service: Service, installation: Installation) -> Reader:
    return resume(service, installation.cookies[COORDINATOR], now=NOW)


def add(session: Session, key: RingKey, reader: Reader, previous: Sealed | None) -> None:
    """Put a generation and the reader's wrap of it into the database."""
    session.add(
        RingRow(
            name=key.ring,
            generation=key.generation,
            public_key=key.public.raw,
            roster_box=Sealed(b""),
            previous_box=previous,
        )
    )
    session.flush()
    box = key.wrap_for_member(reader.secret.seed.public, reader.member)
    session.add(
        RingMemberRow(
            ring=key.ring, generation=key.generation, member_id=reader.member, box=box
        )
    )


def test_a_coordinator_without_training_holds_every_ring_but_one(second: Reader) -> None:
    with second.service.reading() as session:
        held = {ring for ring in Ring if second.holds(session, ring)}

    assert held == {Ring.CASE, Ring.FACTS, Ring.AUDIT}


@pytest.mark.parametrize("ring", list(Ring))
def test_a_ring_that_was_exchanged_is_not_followed(
    service: Service, coordinator: Reader, ring: Ring
) -> None:
    forged = RingKey.fresh(ring)
    with service.writing() as session:
        session.execute(
            update(RingRow).where(RingRow.name == ring).values(public_key=forged.public.raw)
        )
        session.execute(
            update(RingMemberRow)
            .where(RingMemberRow.ring == ring, RingMemberRow.member_id == coordinator.member)
            .values(
                box=forged.wrap_for_member(coordinator.secret.seed.public, coordinator.member)
            )
        )

    with service.reading() as session, pytest.raises(NotForYou):
        coordinator.ring(session, ring)


def test_a_forged_generation_is_passed_over_for_the_true_one(
    service: Service, coordinator: Reader
) -> None:
    forged = RingKey.fresh(Ring.CASE, 2)
    with service.writing() as session:
        add(session, forged, coordinator, forged.box_previous(RingKey.fresh(Ring.CASE)))

    with service.reading() as session:
        key = coordinator.ring(session, Ring.CASE)
    assert key.trusted == coordinator.secret.trusted[Ring.CASE]


def test_a_generation_without_history_shuts_nobody_out(
    service: Service, coordinator: Reader
) -> None:
    with service.writing() as session:
        add(session, RingKey.fresh(Ring.FACTS, 2), coordinator, None)
    sent = send(service)

    assert [row.ref for row in queue(coordinator, Wish(), now=NOW).rows] == [sent.ref]


def test_a_true_generation_is_followed_and_opens_what_came_before(
    service: Service, coordinator: Reader, installation: Installation
) -> None:
    sent = send_and_open(coordinator)
    newer = RingKey.fresh(Ring.CASE, 2)
    with service.writing() as session:
        older = coordinator.ring(session, Ring.CASE)
        add(session, newer, coordinator, newer.box_previous(older))
    pins = service.pins()
    pin(service, replace(pins, rings={**pins.rings, Ring.CASE: Pin(2, newer.public)}))

    reader = again(service, installation)
    with service.reading() as session:
        assert reader.ring(session, Ring.CASE) == newer
        assert reader.ring_at(session, Ring.CASE, 1) == older
    assert read_report(reader, sent.ref, now=NOW).differences == ()


def test_reports_are_sealed_to_the_pins_whatever_the_database_says(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    with service_on_each.writing() as session:
        for row in session.scalars(select(RingRow)):
            row.public_key = RingKey.fresh(Ring(row.name)).public.raw

    sent = send(service_on_each)
    open_case(coordinator_on_each, sent.ref, now=NOW)

    report = read_report(coordinator_on_each, sent.ref, now=NOW)
    assert all(section.answers is not None for section in report.sections)


def test_a_wrap_for_another_member_opens_nothing(
    service: Service, coordinator: Reader, second: Reader
) -> None:
    with service.writing() as session:
        wrap = session.get_one(RingMemberRow, (Ring.INTIMATE, 1, coordinator.member))
        session.add(
            RingMemberRow(ring=wrap.ring, generation=1, member_id=second.member, box=wrap.box)
        )

    with service.reading() as session:
        assert not second.holds(session, Ring.INTIMATE)


def test_a_role_written_into_the_database_trains_nobody(
    service: Service, installation: Installation, second: Reader
) -> None:
    with service.writing() as session:
        session.get_one(MemberRow, second.member).roles = "coordinator handler"
    sent = send(service, sister_report(told={"method": ("rape",)}))

    reader = resume(service, installation.cookies[SECOND], now=NOW)
    assert not reader.is_trained
    facts = overview(reader, sent.ref, now=NOW).facts
    assert (facts.methods, facts.trained_only) == ((), True)


@pytest.mark.parametrize("changed", [{"roles": "coordinator handler"}, {"public_key": b"x"}])
def test_nobody_is_let_in_beside_a_member_who_was_changed(
    coordinator: Reader, second: Reader, changed: dict[str, object]
) -> None:
    with coordinator.service.writing() as session:
        for name, value in changed.items():
            setattr(session.get_one(MemberRow, second.member), name, value)

    with pytest.raises(RosterDiffers):
        add_member(coordinator, "third", (Role.COORDINATOR,), "a b c d e f")
