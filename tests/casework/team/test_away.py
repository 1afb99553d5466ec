"""Coordinators who are away, and their cases."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from intake.casework import (
    NotAllowed,
    Reader,
    Service,
    notices_for,
    overview,
    take,
    timeline,
)
from intake.casework.leaving import CannotHold
from intake.casework.restricting import restrict
from intake.casework.team import away
from intake.casework.team.away import AwayAlready
from intake.casework.team.presence import around
from intake.casework.verify import verify
from intake.roles import Role
from intake.store.tables import CaseRow
from tests.casework.joining import add, proof
from tests.people import NOW, Sent, send_and_open, short_report

TODAY = date(2026, 11, 18)
TOMORROW = TODAY + timedelta(days=1)


def goes(
    reader: Reader, member: Reader, *, to: Reader | None = None, since: date = TODAY
) -> UUID:
    id_, until = uuid4(), since + timedelta(days=2)
    for _ in range(2):
        away.keep_away(
            reader,
            id_,
            member.member,
            since,
            until,
            substitute=to.member if to else None,
            now=NOW,
        )
    return id_


def taken(reader: Reader, count: int) -> list[Sent]:
    sent = [send_and_open(reader, short_report(narrative=f"{n}")) for n in range(count)]
    for one in sent:
        take(reader, one.ref, now=NOW)
    return sent


def test_everybody_sees_who_is_away_until_when_and_who_stands_in(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    goes(second_on_each, second_on_each, to=coordinator_on_each)
    (one,) = away.away(coordinator_on_each, today=TODAY)
    assert (one.handle, one.stands_in) == ("second", "coordinator")
    assert (one.since, one.until) == (TODAY, TODAY + timedelta(days=2))
    assert set(away.away_today(coordinator_on_each, today=one.until)) == {one.member}
    after = one.until + timedelta(days=1)
    assert away.away(coordinator_on_each, today=after) == ()


def test_on_a_case_it_stands_that_who_holds_it_is_away(
    coordinator: Reader, second: Reader
) -> None:
    (sent,) = taken(second, 1)
    assert around(coordinator, sent.ref, now=NOW).holder_away is None
    id_ = goes(coordinator, second)
    found = around(coordinator, sent.ref, now=NOW).holder_away
    assert found is not None
    assert found.handle == "second"
    for _ in range(2):
        away.end_away(second, id_, now=NOW)
    assert around(coordinator, sent.ref, now=NOW).holder_away is None


def test_nobody_is_away_twice_or_stands_in_while_she_is_away_herself(
    coordinator: Reader, second: Reader
) -> None:
    third = add(coordinator, "third", Role.COORDINATOR)
    goes(coordinator, second)
    with pytest.raises(AwayAlready):
        goes(coordinator, second, since=TOMORROW)
    with pytest.raises(AwayAlready):
        goes(coordinator, third, to=second)
    goes(coordinator, second, since=TODAY + timedelta(days=3))


def test_only_coordinators_stand_in_and_days_are_in_their_order(
    coordinator: Reader, second: Reader
) -> None:
    lawyer = add(coordinator, "lawyer", Role.LAWYER)
    for substitute in (lawyer, second):
        with pytest.raises(CannotHold):
            goes(coordinator, second, to=substitute)
    with pytest.raises(ValueError, match="before she goes"):
        away.keep_away(
            coordinator, uuid4(), second.member, TOMORROW, TODAY, substitute=None, now=NOW
        )


def test_open_cases_go_to_the_colleague_with_a_line_each_and_she_is_told(
    coordinator_on_each: Reader, second_on_each: Reader, service_on_each: Service
) -> None:
    coordinator, second = coordinator_on_each, second_on_each
    sent = taken(second, 3)
    closed = taken(second, 1)[0]
    with service_on_each.writing() as session:
        session.execute(update(CaseRow).where(CaseRow.ref == closed.ref).values(stage="closed"))
    third = add(coordinator, "third", Role.COORDINATOR)
    id_ = goes(coordinator, second)
    assert away.reassign(coordinator, id_, third.member, today=TODAY, now=NOW) == 0
    assert away.reassign(coordinator, id_, third.member, today=TODAY, now=NOW) == 0
    assert away.held(coordinator, third.member) == 3
    for one in sent:
        acts = [line.act for line in timeline(coordinator, one.ref, now=NOW)]
        assert acts.count("reassigned") == 1
    assert [one.kind for one in notices_for(third)].count("reassigned") == 1
    assert overview(coordinator, closed.ref, now=NOW).row.holder == "second"


def test_cases_of_who_is_here_stay_hers_unless_she_gives_them_herself(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    taken(second, 2)
    id_ = goes(second, second, since=TOMORROW)
    with pytest.raises(NotAllowed):
        away.reassign(coordinator, id_, coordinator.member, today=TODAY, now=NOW)
    with pytest.raises(CannotHold):
        away.reassign(second, id_, second.member, today=TODAY, now=NOW)
    assert away.reassign(second, id_, None, today=TODAY, now=NOW) == 0
    assert away.held(second, second.member) == 0
    assert verify(service) == ()


def test_a_case_kept_for_others_goes_back_to_those_and_not_to_who_stands_in(
    coordinator: Reader, second: Reader
) -> None:
    third = add(coordinator, "third", Role.COORDINATOR, Role.HANDLER)
    (sent,) = taken(third, 1)
    named = [coordinator.member, third.member]
    restrict(coordinator, sent.ref, named, "A cousin", proof(coordinator), now=NOW)
    id_ = goes(coordinator, third, to=second)
    assert away.reassign(second, id_, second.member, today=TODAY, now=NOW) == 1
    assert away.reassign(coordinator, id_, second.member, today=TODAY, now=NOW) == 0
    assert overview(coordinator, sent.ref, now=NOW).row.holder is None
