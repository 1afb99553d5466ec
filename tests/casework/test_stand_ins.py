"""Whom the worker warns of a limit while the holder of a case is away."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from intake.casework import Reader, duty, take, waiting
from intake.casework.duty import Entry
from intake.casework.stand_ins import NAME, acting_for
from intake.casework.team import away
from intake.roles import Role
from intake.store.service import OutboxRow, SettingRow
from intake.store.tables import CaseRow
from tests.casework.joining import add
from tests.people import NOW, send_and_open

TODAY = NOW.date()
LONG = timedelta(days=30)


def goes(reader: Reader, member: Reader, *, to: Reader | None, since: date = TODAY) -> UUID:
    id_, substitute = uuid4(), to.member if to else None
    away.keep_away(
        reader, id_, member.member, since, since + LONG, substitute=substitute, now=NOW
    )
    return id_


def acting(reader: Reader, member: Reader, day: date = TODAY) -> UUID | None:
    with reader.service.reading() as session:
        return acting_for(session, reader.service, member.member, day)


def warned(reader: Reader, *rota: Reader) -> list[UUID | None]:
    """Whom the worker tells of a limit in a case that `second` holds; None: who is on duty."""
    entries = [Entry(one.member, f"{one.handle}@post.example") for one in rota]
    duty.keep(reader, entries, revision=0, now=NOW)
    with reader.service.writing() as session:
        for row in session.scalars(select(OutboxRow)):
            session.delete(row)
        at: datetime | None = session.scalars(select(CaseRow.warn_at)).one()
    assert at is not None
    waiting.warn_of_limits(reader.service, now=at)
    with reader.service.reading() as session:
        return list(session.scalars(select(OutboxRow.member_id)))


def held_by(reader: Reader) -> None:
    sent = send_and_open(reader)
    take(reader, sent.ref, now=NOW)


def test_who_stands_in_is_warned_and_not_who_is_away(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    coordinator, second = coordinator_on_each, second_on_each
    third = add(coordinator, "fern", Role.COORDINATOR)
    held_by(second)
    goes(coordinator, second, to=third)
    assert warned(coordinator, coordinator, second, third) == [third.member]


def test_where_nobody_stands_in_whoever_is_on_duty_is_told(
    coordinator: Reader, second: Reader
) -> None:
    held_by(second)
    goes(coordinator, second, to=None)
    assert warned(coordinator, coordinator, second) == [None]


def test_who_stands_in_and_is_not_on_duty_leaves_it_to_those_who_are(
    coordinator: Reader, second: Reader
) -> None:
    third = add(coordinator, "fern", Role.COORDINATOR)
    held_by(second)
    goes(coordinator, second, to=third)
    assert warned(coordinator, coordinator, second) == [None]


def test_the_holder_is_warned_on_other_days_and_once_back(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    coordinator, second = coordinator_on_each, second_on_each
    third = add(coordinator, "fern", Role.COORDINATOR)
    id_ = goes(coordinator, second, to=third, since=TODAY + timedelta(days=1))
    assert acting(coordinator, second) == second.member
    assert acting(coordinator, second, TODAY + timedelta(days=1)) == third.member
    assert acting(coordinator, second, TODAY + LONG + timedelta(days=2)) == second.member
    away.end_away(second, id_, now=NOW)
    assert acting(coordinator, second, TODAY + timedelta(days=1)) == second.member


def test_two_who_are_away_do_not_stand_in(coordinator: Reader, second: Reader) -> None:
    third = add(coordinator, "fern", Role.COORDINATOR)
    goes(coordinator, second, to=third)
    goes(third, third, to=coordinator)
    assert acting(coordinator, second) is None


def test_what_is_over_is_forgotten_and_what_was_changed_counts_for_nothing(
    coordinator: Reader, second: Reader
) -> None:
    third = add(coordinator, "fern", Role.COORDINATOR)
    long_ago = TODAY - 2 * LONG
    goes(coordinator, second, to=third, since=long_ago)
    assert acting(coordinator, second, long_ago) == second.member
    goes(coordinator, second, to=third)
    assert acting(coordinator, second) == third.member
    with coordinator.service.writing() as session:
        session.get_one(SettingRow, NAME).revision += 1
    assert acting(coordinator, second) == second.member


def test_names_of_colleagues_do_not_stand_there(coordinator: Reader, second: Reader) -> None:
    goes(coordinator, second, to=coordinator)
    with coordinator.service.reading() as session:
        box = bytes(session.get_one(SettingRow, NAME).box)
    assert second.handle.encode() not in box
    assert second.member.hex.encode() not in box
