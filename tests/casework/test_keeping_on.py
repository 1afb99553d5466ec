"""What pages do beside their own work: a little of what is due, and never in their way."""

from datetime import timedelta

from sqlalchemy import update

from intake.casework import Reader, Service, go_on, rotation
from intake.store.people import RingRow
from intake.store.tables import CaseKeysRow
from intake.vault import Ring, Sealed
from tests.casework.rotating import removed
from tests.casework.test_rotation import all_due, statuses
from tests.people import NOW, send


def test_pages_of_any_member_bring_it_to_its_end(
    service: Service, coordinator: Reader, second: Reader
) -> None:
    send(service)
    removed(coordinator)
    go_on(second, now=NOW)
    go_on(coordinator, now=NOW)
    assert all(status.is_at_rest for status in rotation.status(service))


def test_a_page_is_answered_though_nothing_can_be_stored(
    service: Service, coordinator: Reader
) -> None:
    all_due(service)
    (service.settings.instance / "rings.new").mkdir()
    go_on(coordinator, now=NOW)
    assert {status.generation for status in rotation.status(service)} == {1}


def test_who_can_do_nothing_of_what_is_left_is_not_kept_waiting_by_every_page(
    service: Service, coordinator: Reader, second: Reader
) -> None:
    all_due(service)
    go_on(second, now=NOW)
    go_on(second, now=NOW)
    with service.writing() as session:
        rotation.mark_due(session, [Ring.CASE])
    go_on(second, now=NOW + timedelta(minutes=9))
    assert statuses(service)[Ring.CASE].is_due
    go_on(second, now=NOW + timedelta(minutes=11))
    assert not statuses(service)[Ring.CASE].is_due
    go_on(coordinator, now=NOW)
    assert all(status.is_at_rest for status in rotation.status(service))


def test_a_page_is_answered_though_somebody_changed_a_roster(
    service: Service, coordinator: Reader
) -> None:
    send(service)
    with service.writing() as session:
        session.execute(update(CaseKeysRow).values(is_taken_back=True))
        changed = update(RingRow).where(RingRow.name == Ring.CASE)
        session.execute(changed.values(roster_box=Sealed(b"\x02 another")))
    go_on(coordinator, now=NOW)
