"""Entering: people compare fingerprints, and only who stands on a roster is sealed to."""

from threading import Thread

import pytest
from sqlalchemy import func, select, update

from intake.casework import (
    NotAllowed,
    Reader,
    Service,
    account_notices,
    entering,
    roster,
    rotation,
    sign_in,
)
from intake.casework.entering import FingerprintDiffers, NotWaiting, RingNotHeld
from intake.casework.pinning import pin
from intake.casework.roster import RosterDiffers
from intake.roles import Permission, Role
from intake.store.people import MemberRow, RingMemberRow, RingRow, SessionRow
from intake.store.service import AuditRow
from intake.vault import Pins, Ring, RingKey, Sealed, Seed
from tests.casework.joining import (
    WORDS,
    add,
    enter,
    fingerprint,
    is_in,
    joined,
    proof,
    row_of,
    sign_in_as,
)
from tests.people import COORDINATOR, NOW, SECOND


def wraps_of(service: Service, member: Reader) -> set[str]:
    with service.reading() as session:
        hers = select(RingMemberRow.ring).where(RingMemberRow.member_id == member.member)
        return set(session.scalars(hers))


def lines(service: Service) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditRow)) or 0


def test_whoever_waits_holds_nothing_and_may_do_nothing(coordinator: Reader) -> None:
    newcomer = joined(coordinator)
    assert newcomer.is_waiting
    assert not any(newcomer.may(permission) for permission in Permission)
    assert wraps_of(coordinator.service, newcomer) == set()


def test_who_was_compared_is_entered_and_reads(
    coordinator_on_each: Reader, service_on_each: Service
) -> None:
    newcomer = joined(coordinator_on_each)
    enter(coordinator_on_each, newcomer)

    assert wraps_of(service_on_each, newcomer) == {"case", "facts", "audit"}
    reader = sign_in_as(service_on_each, "fern")
    assert reader.may(Permission.OPEN_CASE)
    with service_on_each.reading() as session:
        held = {ring for ring in Ring if reader.holds(session, ring)}
        key = coordinator_on_each.ring(session, Ring.CASE)
        entry = roster.read(session, service_on_each, key)[newcomer.member]
    assert held == {Ring.CASE, Ring.FACTS, Ring.AUDIT}
    assert (entry.handle, entry.roles) == ("fern", (Role.COORDINATOR,))
    assert entry.key == newcomer.secret.seed.public


def test_the_session_of_her_first_hour_ends_when_she_is_entered(
    coordinator: Reader, service: Service
) -> None:
    newcomer = joined(coordinator)
    enter(coordinator, newcomer)
    with service.reading() as session:
        sessions = select(SessionRow).where(SessionRow.member_id == newcomer.member)
        assert session.scalars(sessions).all() == []
    assert not sign_in(service, "fern", WORDS, known=None, now=NOW).must_set_up


@pytest.mark.parametrize(
    "separated",
    ["{0}", "{0:s}", " - {0} .", "{0}\u00a0"],
    ids=["plain", "same", "dots", "space"],
)
def test_separators_in_what_is_typed_do_not_matter(coordinator: Reader, separated: str) -> None:
    key = coordinator.secret.seed.public
    typed = separated.format(key.fingerprint().replace(" ", "-"))
    assert entering.is_fingerprint(typed, key)
    assert entering.is_fingerprint(key.fingerprint().replace("1", "\u0661"), key)


@pytest.mark.parametrize("typed", ["", "1", "0" * 32, "{}1", "1{}"])
def test_other_digits_let_nobody_in_and_leave_a_line(
    coordinator: Reader, service: Service, typed: str
) -> None:
    newcomer = joined(coordinator)
    before = lines(service)
    given = proof(coordinator)
    with pytest.raises(FingerprintDiffers):
        entering.enter(
            coordinator, newcomer.member, typed.format(fingerprint(newcomer)), given, now=NOW
        )
    assert not is_in(service, "fern")
    assert wraps_of(service, newcomer) == set()
    assert lines(service) == before + 1


def test_a_key_put_in_the_newcomers_place_is_noticed_when_digits_are_compared(
    coordinator: Reader, service: Service
) -> None:
    newcomer = joined(coordinator)
    with service.writing() as session:
        row = session.get_one(MemberRow, newcomer.member)
        row.public_key = Seed.random().public.raw
    with pytest.raises(FingerprintDiffers):
        enter(coordinator, newcomer)
    assert wraps_of(service, newcomer) == set()


def test_nobody_is_entered_twice(coordinator: Reader) -> None:
    newcomer = joined(coordinator)
    enter(coordinator, newcomer)
    with pytest.raises(NotWaiting):
        enter(coordinator, newcomer)


def test_a_ring_is_given_by_who_holds_it_and_the_others_are_told_who_can(
    second: Reader, coordinator: Reader, service: Service
) -> None:
    newcomer = joined(second, "fern", Role.COORDINATOR, Role.HANDLER)
    with pytest.raises(RingNotHeld) as refused:
        enter(second, newcomer)
    assert (refused.value.ring, refused.value.holders) == (Ring.INTIMATE, (COORDINATOR,))
    assert not is_in(service, "fern")

    enter(coordinator, newcomer)
    assert sign_in_as(service, "fern").is_trained


def test_specialists_stand_on_the_directory_and_hold_no_ring(
    coordinator: Reader, service: Service
) -> None:
    newcomer = joined(coordinator, "fern", Role.LAWYER)
    enter(coordinator, newcomer)
    with service.reading() as session:
        key = coordinator.ring(session, Ring.CASE)
        entries = roster.read(session, service, key)
        sealed_to = {entry.handle for entry in roster.readers(session, service, key)}
    assert newcomer.member in entries
    assert sealed_to == {COORDINATOR, SECOND}
    assert wraps_of(service, newcomer) == set()


def test_an_administrator_enters_nobody(coordinator: Reader) -> None:
    administrator = add(coordinator, "aster", Role.ADMINISTRATOR)
    newcomer = joined(coordinator)
    given = proof(administrator)
    with pytest.raises(NotAllowed):
        entering.enter(administrator, newcomer.member, fingerprint(newcomer), given, now=NOW)


def test_the_proof_of_somebody_else_enters_nobody(coordinator: Reader, second: Reader) -> None:
    newcomer = joined(coordinator)
    given = proof(second)
    with pytest.raises(NotAllowed):
        entering.enter(coordinator, newcomer.member, fingerprint(newcomer), given, now=NOW)


def test_everybody_concerned_is_told(coordinator: Reader, second: Reader) -> None:
    newcomer = joined(coordinator)
    enter(coordinator, newcomer)
    hers = sign_in_as(coordinator.service, "fern")
    for reader, kind in (
        (coordinator, "member_entered"),
        (second, "member_entered"),
        (hers, "entered"),
    ):
        told = [one for one in account_notices.notices(reader) if one.kind == kind]
        assert [one.about["handle"] for one in told] == ["fern"]


@pytest.mark.parametrize(
    "changed",
    [{"roles": "coordinator handler"}, {"public_key": Seed.random().public.raw}],
    ids=["role", "key"],
)
def test_while_a_member_was_changed_by_hand_nobody_is_entered(
    coordinator: Reader, service: Service, changed: dict[str, object]
) -> None:
    newcomer = joined(coordinator)
    with service.writing() as session:
        session.execute(update(MemberRow).where(MemberRow.handle == SECOND).values(**changed))
    with pytest.raises(RosterDiffers):
        enter(coordinator, newcomer)
    assert wraps_of(service, newcomer) == set()


def test_an_older_roster_that_is_put_back_is_refused(
    coordinator: Reader, service: Service
) -> None:
    with service.reading() as session:
        row = session.get_one(RingRow, (Ring.CASE, 1))
        older = (row.roster_box, row.roster_revision)
    enter(coordinator, joined(coordinator))
    with service.writing() as session:
        row = session.get_one(RingRow, (Ring.CASE, 1))
        row.roster_box, row.roster_revision = older
    with service.reading() as session:
        assert roster.set_back(session, service) == (Ring.CASE,)
        with pytest.raises(RosterDiffers):
            roster.read(session, service, coordinator.ring(session, Ring.CASE))
    with pytest.raises(RosterDiffers):
        enter(coordinator, joined(coordinator, "moss"))


def test_a_roster_boxed_under_another_secret_is_refused(service: Service) -> None:
    with service.reading() as session:
        other = RingKey.fresh(Ring.CASE)
        with pytest.raises(RosterDiffers):
            roster.read(session, service, other)


def test_a_new_generation_goes_on_with_the_roster(
    coordinator: Reader, service: Service
) -> None:
    with service.writing() as session:
        old = coordinator.ring(session, Ring.CASE)
        entries = roster.read(session, service, old)
        new = RingKey.fresh(Ring.CASE, 2)
        session.add(
            RingRow(
                name=Ring.CASE,
                generation=2,
                public_key=new.public.raw,
                roster_box=Sealed(b""),
            )
        )
        session.flush()
        roster.write(session, service, new, entries.values(), by=coordinator.member, now=NOW)
        assert roster.read(session, service, new) == entries
        assert roster.set_back(session, service) == ()


def test_the_day_she_came_in_is_kept(coordinator: Reader, service: Service) -> None:
    newcomer = joined(coordinator)
    enter(coordinator, newcomer)
    assert row_of(service, "fern").since == NOW.date()


def test_roles_written_into_the_row_of_whoever_waits_let_nobody_in(
    coordinator: Reader, service: Service
) -> None:
    newcomer = joined(coordinator, "fern", Role.DOCTOR)
    with service.writing() as session:
        session.get_one(MemberRow, newcomer.member).roles = "coordinator handler"
    with pytest.raises(RosterDiffers):
        enter(coordinator, newcomer)
    assert wraps_of(service, newcomer) == set()


def test_roles_that_changed_since_they_were_seen_let_nobody_in(coordinator: Reader) -> None:
    newcomer, given = joined(coordinator, "fern"), proof(coordinator)
    digits, now = fingerprint(newcomer), NOW
    with pytest.raises(NotWaiting):
        entering.enter(coordinator, newcomer.member, digits, given, seen="doctor", now=now)
    entering.enter(coordinator, newcomer.member, digits, given, seen="coordinator", now=now)
    assert is_in(coordinator.service, "fern")


def test_who_waits_is_told_nothing_that_is_for_coordinators(coordinator: Reader) -> None:
    newcomer = joined(coordinator)
    enter(coordinator, joined(coordinator, "moss", Role.ANALYST))
    assert account_notices.notices(newcomer) == ()


def test_whoever_is_entered_while_another_generation_is_made_is_in_it(
    coordinator: Reader, second: Reader, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer = joined(coordinator)
    given = proof(second)
    entry = Thread(
        target=lambda: entering.enter(
            second, newcomer.member, fingerprint(newcomer), given, now=NOW
        )
    )

    def pin_late(service: Service, pins: Pins) -> None:
        entry.start()  # the rows of the new generation stand, and its pin does not
        entry.join(0.5)
        pin(service, pins)

    monkeypatch.setattr("intake.casework.generations.pin", pin_late)
    with service.writing() as session:
        rotation.mark_due(session, Ring)
    rotation.go_on(coordinator, now=NOW)
    entry.join()
    with service.reading() as session:
        key = second.ring(session, Ring.CASE)
        assert roster.strangers(session, service, key) == ()
        assert sign_in_as(service, "fern").ring(session, Ring.CASE) == key
