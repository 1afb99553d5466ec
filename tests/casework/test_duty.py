"""Who is on duty, and who keeps the rota."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from intake.casework import Conflict, NotAllowed, Reader, Service, duty, resume
from intake.casework.duty import ALWAYS, Entry, Rota, Window, is_address, on_duty
from intake.roles import Role
from intake.store.service import SettingRow
from intake.vault import UnsealError
from tests.people import NOW, add_member, sign_in

ZONE = ZoneInfo("Asia/Almaty")
WORKDAYS = frozenset(range(5))


def local(day: int, hour: int) -> datetime:
    """An hour in Almaty in the week of Monday, 16 November 2026."""
    return datetime(2026, 11, 16 + day, hour, 30, tzinfo=ZONE).astimezone(UTC)


def entry(*windows: Window) -> Entry:
    return Entry(uuid4(), "duty@example.org", windows or (ALWAYS,))


@pytest.mark.parametrize(
    ("window", "moment", "is_on"),
    [
        (ALWAYS, local(0, 0), True),
        (ALWAYS, local(6, 23), True),
        (Window(WORKDAYS, 9, 18), local(0, 9), True),
        (Window(WORKDAYS, 9, 18), local(0, 8), False),
        (Window(WORKDAYS, 9, 18), local(4, 18), False),
        (Window(WORKDAYS, 9, 18), local(5, 12), False),
        (Window(frozenset({4}), 22, 6), local(4, 23), True),
        (Window(frozenset({4}), 22, 6), local(5, 5), True),
        (Window(frozenset({4}), 22, 6), local(4, 5), False),
        (Window(frozenset({4}), 22, 6), local(5, 6), False),
        (Window(frozenset({6}), 20, 8), local(7, 7), True),
    ],
)
def test_hours_are_local_and_may_run_past_midnight(
    window: Window,
    moment: datetime,
    is_on: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert bool(on_duty((entry(window),), moment, zone=ZONE)) is is_on


def test_at_night_an_immediate_case_reaches_everybody_when_nobody_is_on_duty() -> None:
    day, evening = entry(Window(WORKDAYS, 9, 18)), entry(Window(WORKDAYS, 18, 22))
    night = local(0, 3)
    assert on_duty((day, evening), night, zone=ZONE) == ()
    assert on_duty((day, evening), night, zone=ZONE, day_and_night=True) == (day, evening)


def test_an_immediate_case_leaves_the_others_in_peace_when_somebody_is_on_duty() -> None:
    day, evening = entry(Window(WORKDAYS, 9, 18)), entry(Window(WORKDAYS, 18, 22))
    assert on_duty((day, evening), local(0, 10), zone=ZONE, day_and_night=True) == (day,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "duty",
        "duty@",
        "@example.org",
        "two words@example.org",
        "a@example.org, b@example.org",
        "Duty <a@example.org>",
        "a@example.org\nBcc: b@example.org",
        "дежурная@example.org",
        "a" * 250 + "@example.org",
    ],
)
def test_an_entry_takes_one_plain_address(text: str) -> None:
    assert not is_address(text)
    with pytest.raises(ValueError, match="address"):
        Entry(uuid4(), text)


@pytest.mark.parametrize("text", ["duty@example.org", "on-call.2+night@mail.example", "d_1@x"])
def test_ordinary_addresses_are_taken(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    ("days", "since", "until"),
    [((), 9, 18), ((7,), 9, 18), ((1,), 24, 6), ((1,), 0, 25), ((1,), -1, 5), ((1,), 9, 0)],
)
def test_a_window_has_days_and_hours(days: tuple[int, ...], since: int, until: int) -> None:
    with pytest.raises(ValueError, match=r"run from"):
        Window(frozenset(days), since, until)


def test_the_rota_that_was_kept_comes_back(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    entries = (
        Entry(coordinator_on_each.member, "one@example.org"),
        Entry(second_on_each.member, "two@example.org", (Window(WORKDAYS, 22, 6),)),
    )
    assert duty.rota(coordinator_on_each) == Rota()
    duty.keep(coordinator_on_each, entries, revision=0, now=NOW)
    assert duty.rota(second_on_each) == Rota(entries, 1)
    duty.keep(second_on_each, entries[:1], revision=1, now=NOW)
    assert duty.rota(coordinator_on_each) == Rota(entries[:1], 2)


def test_of_two_who_keep_the_rota_at_once_the_second_is_told(coordinator: Reader) -> None:
    entry = Entry(coordinator.member, "one@example.org")
    duty.keep(coordinator, [entry], revision=0, now=NOW)
    with pytest.raises(Conflict):
        duty.keep(coordinator, [], revision=0, now=NOW)
    assert duty.rota(coordinator).entries == (entry,)


def test_only_members_are_on_the_rota_and_each_once(coordinator: Reader) -> None:
    one = Entry(coordinator.member, "one@example.org")
    with pytest.raises(ValueError, match="one member"):
        duty.keep(coordinator, [Entry(uuid4(), "one@example.org")], revision=0, now=NOW)
    with pytest.raises(ValueError, match="twice"):
        duty.keep(coordinator, [one, one], revision=0, now=NOW)


def test_who_may_not_keep_the_rota_does_not_see_it_either(
    service: Service, coordinator: Reader
) -> None:
    add_member(coordinator, "analyst", (Role.ANALYST,), "six words that only analysts know")
    signed_in = sign_in(
        service, "analyst", "six words that only analysts know", known=None, now=NOW
    )
    analyst = resume(service, signed_in.cookie, now=NOW + timedelta(minutes=1))
    with pytest.raises(NotAllowed):
        duty.rota(analyst)
    with pytest.raises(NotAllowed):
        duty.keep(analyst, [], revision=0, now=NOW)


def test_addresses_rest_under_the_server_key_and_only_in_their_revision(
    service: Service, coordinator: Reader
) -> None:
    entry = Entry(coordinator.member, "very-secret@example.org")
    duty.keep(coordinator, [entry], revision=0, now=NOW)
    with service.writing() as session:
        row = session.scalars(select(SettingRow).where(SettingRow.name == duty.NAME)).one()
        assert b"very-secret" not in bytes(row.box)
        row.revision = 2
    with service.reading() as session, pytest.raises(UnsealError):
        duty.kept(session, service)
