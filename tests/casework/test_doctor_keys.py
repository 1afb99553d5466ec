"""What the doctor finds about rings, their rosters and their rotation."""

from datetime import timedelta

from sqlalchemy import update

from intake.casework import Reader, Service, rotation
from intake.casework.checks import keys
from intake.casework.checks.finding import Health
from intake.store.people import MemberRow, RingMemberRow, RingRow
from intake.vault import Ring
from tests.casework.rotating import finish, removed
from tests.casework.test_rotation import all_due, cut_off_before_the_pin
from tests.people import NOW, send

OK, WARN, FAIL = Health.OK, Health.WARN, Health.FAIL
CHECKS = (keys.pins, keys.roster, keys.holders, keys.rotated, keys.sheets)


def test_before_and_after_a_rotation_all_is_well_but_for_who_is_alone(
    service: Service, coordinator: Reader
) -> None:
    assert [check(service, NOW).health for check in CHECKS] == [OK, OK, WARN, OK, OK]
    send(service)
    removed(coordinator)
    finish(coordinator)
    assert [check(service, NOW).health for check in CHECKS] == [OK, OK, WARN, OK, OK]
    assert "holds intimate:" in keys.holders(service, NOW).words


def test_a_rotation_that_waits_for_more_than_a_day_is_a_warning(
    service: Service, coordinator: Reader
) -> None:
    removed(coordinator)
    assert keys.rotated(service, NOW).health is OK
    assert keys.rotated(service, NOW + timedelta(hours=23)).health is OK
    late = keys.rotated(service, NOW + timedelta(hours=25))
    assert (late.health, "18.11.2026" in late.words) == (WARN, True)
    finish(coordinator)
    assert keys.rotated(service, NOW + timedelta(hours=25)).health is OK
    all_due(service)
    assert keys.rotated(service, NOW + timedelta(days=9)).health is OK


def test_a_generation_that_was_cut_off_is_a_warning_until_it_is_made_anew(
    service: Service, coordinator: Reader
) -> None:
    all_due(service)
    cut_off_before_the_pin(service, coordinator).rmdir()
    assert keys.pins(service, NOW).health is WARN
    assert keys.roster(service, NOW).health is OK
    finish(coordinator)
    assert keys.pins(service, NOW).health is OK


def test_a_pin_that_was_set_back_is_a_failure(service: Service, coordinator: Reader) -> None:
    path = service.settings.instance / "rings.pub"
    older = path.read_bytes()
    all_due(service)
    finish(coordinator)
    send(service)
    path.write_bytes(older)
    finding = keys.pins(service, NOW)
    assert (finding.health, "set back" in finding.words) == (FAIL, True)


def test_a_roster_that_was_set_back_is_a_failure(service: Service, coordinator: Reader) -> None:
    with service.reading() as session:
        row = session.get_one(RingRow, (Ring.CASE, 1))
        older = {"roster_revision": row.roster_revision, "roster_box": row.roster_box}
    removed(coordinator)
    with service.writing() as session:
        session.execute(update(RingRow).where(RingRow.name == Ring.CASE).values(**older))
    finding = keys.roster(service, NOW)
    assert (finding.health, "case" in finding.words) == (FAIL, True)


def test_a_member_who_was_changed_in_the_database_is_a_failure(
    service: Service, second: Reader
) -> None:
    with service.writing() as session:
        session.get_one(MemberRow, second.member).roles = "coordinator handler"
    finding = keys.roster(service, NOW)
    assert (finding.health, "second" in finding.words) == (FAIL, True)


def test_who_holds_an_earlier_generation_alone_does_not_count(
    service: Service, coordinator: Reader, second: Reader
) -> None:
    for _ in range(2):
        send(service)
    all_due(service)
    rotation.go_on(coordinator, now=NOW, at_most=1)
    with service.writing() as session:
        session.delete(session.get_one(RingMemberRow, (Ring.FACTS, 2, second.member)))
    assert "facts" in keys.holders(service, NOW).words
