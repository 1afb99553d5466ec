"""What the worker says of limits while nobody who can read them is signed in."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from intake.case.clocks import ClockState
from intake.casework import (
    Reader,
    Service,
    duty,
    new_once,
    overview,
    send_message,
    take,
    verify,
    waiting,
)
from intake.casework.duty import Entry
from intake.casework.grid import on_grid
from intake.form.moments import midnight
from intake.store.service import OutboxRow
from intake.store.tables import CaseRow
from tests.casework.work.answering import day, go, later, on_hold, seen, write
from tests.casework.work.test_moves import active
from tests.people import NOW, Sent, send_and_open

HOUR = timedelta(hours=1)
SIX = 6 * HOUR


def warn_at(service: Service, sent: Sent) -> datetime | None:
    with service.reading() as session:
        return session.get_one(CaseRow, sent.id).warn_at


def words(service: Service) -> list[object]:
    """To whom word is left: members, then None for whoever is on duty; rows have no order."""
    with service.reading() as session:
        left = session.scalars(select(OutboxRow.member_id))
        return sorted(left, key=lambda member: (member is None, str(member)))


def forget_words(service: Service) -> None:
    with service.writing() as session:
        for row in session.scalars(select(OutboxRow)):
            session.delete(row)


def contacted(reader: Reader) -> Sent:
    """A case of which the first attempt is due four hours after it came."""
    sent = send_and_open(reader)
    forget_words(reader.service)
    return sent


def test_the_time_of_a_warning_is_on_a_grid_and_after_now(coordinator: Reader) -> None:
    sent = contacted(coordinator)
    at = warn_at(coordinator.service, sent)
    # Three of the four hours are over at 12:30; the next moment of the grid is told.
    assert at == NOW.replace(hour=18, minute=0)


def test_a_limit_that_comes_near_leaves_word_once_in_its_time(
    coordinator_on_each: Reader,
) -> None:
    sent = contacted(coordinator_on_each)
    service = coordinator_on_each.service
    at = warn_at(service, sent)
    assert at is not None
    assert waiting.warn_of_limits(service, now=at - timedelta(seconds=1)) == 0
    assert waiting.warn_of_limits(service, now=at) == 1
    assert waiting.warn_of_limits(service, now=at) == 0
    assert words(service) == [None]
    assert warn_at(service, sent) == at + SIX


def test_what_the_worker_set_on_is_no_difference(coordinator: Reader) -> None:
    sent = contacted(coordinator)
    later = NOW.replace(hour=18, minute=0)
    waiting.warn_of_limits(coordinator.service, now=later)
    assert overview(coordinator, sent.ref, now=later).differences == ()
    assert verify.verify(coordinator.service) == ()


@pytest.mark.parametrize("hours", [-6, 12, 48])
def test_a_time_that_somebody_else_set_is_noticed(coordinator: Reader, hours: int) -> None:
    sent = contacted(coordinator)
    at = NOW.replace(hour=18, minute=0)
    with coordinator.service.writing() as session:
        session.get_one(CaseRow, sent.id).warn_at = at + hours * HOUR
    assert overview(coordinator, sent.ref, now=at).differences == ("warn_at",)


def test_a_time_that_somebody_took_away_is_noticed(coordinator: Reader) -> None:
    sent = contacted(coordinator)
    with coordinator.service.writing() as session:
        session.get_one(CaseRow, sent.id).warn_at = None
    later = NOW + 48 * HOUR
    assert overview(coordinator, sent.ref, now=later).differences == ("warn_at",)


def test_first_the_holder_is_told_then_everybody(coordinator: Reader, second: Reader) -> None:
    sent = contacted(coordinator)
    entries = [Entry(one.member, f"{one.handle}@post.example") for one in (coordinator, second)]
    duty.keep(coordinator, entries, revision=0, now=NOW)
    take(second, sent.ref, now=NOW)
    service = coordinator.service
    for expected in ([second.member], [second.member, None]):
        at = warn_at(service, sent)
        assert at is not None
        waiting.warn_of_limits(service, now=at)
        assert words(service) == expected


def test_while_it_is_the_reporters_turn_nobody_is_warned(coordinator: Reader) -> None:
    sent = contacted(coordinator)
    at = warn_at(coordinator.service, sent)
    assert at is not None
    waiting.warn_of_limits(coordinator.service, now=at)
    send_message(coordinator, sent.ref, "We read it.", once=new_once(), now=NOW)
    assert warn_at(coordinator.service, sent) is None


def test_a_limit_of_law_without_its_permission_leaves_word_until_it_is_over(
    coordinator: Reader,
) -> None:
    sent = contacted(coordinator)
    write(coordinator, sent.ref, "decision", decision="discontinued", learned_on=day(-13))
    send_message(coordinator, sent.ref, "We read it.", once=new_once(), now=NOW)
    (appeal,) = (c for c in seen(coordinator, sent.ref).clocks if c.code == "appeal_106")
    assert (appeal.state, appeal.missing_consent) == (ClockState.GATED, "state_complaint")
    assert appeal.due is not None
    assert warn_at(coordinator.service, sent) == on_grid(appeal.due)
    over = appeal.due + HOUR
    send_message(coordinator, sent.ref, "We are here.", once=new_once(), now=over)
    assert warn_at(coordinator.service, sent) is None


def test_on_hold_word_is_left_on_the_day_of_the_next_try(coordinator: Reader) -> None:
    sent = on_hold(coordinator, until=day(9))
    forget_words(coordinator.service)
    begins = midnight(later(9))
    assert warn_at(coordinator.service, sent) == on_grid(begins)
    assert waiting.warn_of_limits(coordinator.service, now=begins - HOUR) == 0
    assert waiting.warn_of_limits(coordinator.service, now=on_grid(begins)) == 1


def test_nobody_is_warned_of_a_case_that_ended(coordinator: Reader) -> None:
    sent = contacted(coordinator)
    outcome = {way.code: way.transition for way in seen(coordinator, sent.ref).ways}[
        "any_to_closed"
    ].outcomes[0]
    go(
        coordinator,
        sent.ref,
        "any_to_closed",
        moved_outcome=outcome,
        moved_asked_how="phone",
        under_pressure="not_asked",
        retention_on=day(30),
    )
    assert warn_at(coordinator.service, sent) is None
    assert waiting.warn_of_limits(coordinator.service, now=NOW + 1000 * HOUR) == 0


def test_a_late_limit_is_told_again_after_the_time_of_its_level(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    active(coordinator, second, sent)
    write(coordinator, sent.ref, "complaint", complaint_by="family", complaint_on=day(-3))
    forget_words(coordinator.service)
    at = warn_at(coordinator.service, sent)
    assert at == NOW.replace(hour=12, minute=0)
