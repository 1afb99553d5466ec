"""Handing on the cases of whoever goes: hundreds of them, in batches that may be cut off."""

import pytest
from sqlalchemy import func, select

from intake.casework import (
    NotAllowed,
    Reader,
    Service,
    leaving,
    members,
    take,
    timeline,
    verify,
)
from intake.casework.leaving import CannotHold
from intake.casework.member_states import LEFT
from intake.casework.restricting import restrict
from intake.roles import Role
from intake.store.tables import CaseRow
from tests.casework.joining import add, proof
from tests.people import NOW, Sent, send_and_open, short_report


def taken(reader: Reader, count: int) -> list[Sent]:
    sent = [send_and_open(reader, short_report(narrative=f"{n}")) for n in range(count)]
    for one in sent:
        take(reader, one.ref, now=NOW)
    return sent


def held(service: Service, member: Reader) -> int:
    with service.reading() as session:
        hers = select(func.count()).select_from(CaseRow).where(CaseRow.holder == member.member)
        return session.scalar(hers) or 0


def versions(service: Service) -> dict[str, int]:
    with service.reading() as session:
        rows = session.execute(select(CaseRow.ref, CaseRow.version))
        return {ref: version for ref, version in rows}  # noqa: C416 - typed rows


def let_go(reader: Reader, member: Reader) -> None:
    members.take_out(reader, member.member, state=LEFT, proof=proof(reader), now=NOW)


def test_each_case_goes_to_the_colleague_with_its_line(
    coordinator_on_each: Reader, second_on_each: Reader, service_on_each: Service
) -> None:
    sent = taken(second_on_each, 3)
    let_go(coordinator_on_each, second_on_each)
    given, to = proof(coordinator_on_each), coordinator_on_each.member
    before = versions(service_on_each)
    left = leaving.hand_on(coordinator_on_each, second_on_each.member, to, proof=given, now=NOW)
    assert (left, held(service_on_each, coordinator_on_each)) == (0, 3)
    assert versions(service_on_each) == {ref: one + 1 for ref, one in before.items()}
    for one in sent:
        acts = [line.act for line in timeline(coordinator_on_each, one.ref, now=NOW)]
        assert acts.count("handed_on") == 1
    assert verify.verify(service_on_each) == ()


def test_cases_go_back_to_the_queue(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    taken(second, 2)
    let_go(coordinator, second)
    given = proof(coordinator)
    assert leaving.hand_on(coordinator, second.member, None, proof=given, now=NOW) == 0
    assert held(service, second) == held(service, coordinator) == 0


def test_what_was_cut_off_between_batches_goes_on(
    coordinator: Reader, second: Reader, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(second, 5)
    let_go(coordinator, second)
    given, to = proof(coordinator), coordinator.member
    monkeypatch.setattr(leaving, "AT_ONCE", 2)
    monkeypatch.setattr(leaving, "BATCHES", 1)
    left = [
        leaving.hand_on(coordinator, second.member, to, proof=given, now=NOW) for _ in range(3)
    ]
    assert left == [3, 1, 0]
    assert held(service, coordinator) == 5
    assert verify.verify(service) == ()


def test_cases_of_who_can_open_them_stay_with_her(coordinator: Reader, second: Reader) -> None:
    taken(second, 1)
    with pytest.raises(NotAllowed):
        leaving.hand_on(coordinator, second.member, None, proof=proof(coordinator), now=NOW)


def test_cases_go_only_to_who_can_open_them(coordinator: Reader, second: Reader) -> None:
    other = add(coordinator, "moss", Role.LAWYER)
    taken(second, 1)
    let_go(coordinator, second)
    for to in (other.member, second.member):
        with pytest.raises(CannotHold):
            leaving.hand_on(coordinator, second.member, to, proof=proof(coordinator), now=NOW)


def test_an_administrator_hands_on_nothing(coordinator: Reader, second: Reader) -> None:
    administrator = add(coordinator, "aster", Role.ADMINISTRATOR)
    taken(second, 1)
    let_go(administrator, second)
    with pytest.raises(NotAllowed):
        leaving.hand_on(administrator, second.member, None, proof=proof(administrator), now=NOW)
    assert members.one(coordinator, second.member).cases == 1


def test_a_kept_case_goes_to_nobody_who_is_not_named(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    leaver = add(coordinator, "moss", Role.COORDINATOR, Role.HANDLER)
    (sent,) = taken(leaver, 1)
    named = [coordinator.member, leaver.member]
    restrict(coordinator, sent.ref, named, "A cousin.", proof(coordinator), now=NOW)
    let_go(coordinator, leaver)
    given = proof(coordinator)
    leaving.hand_on(coordinator, leaver.member, second.member, proof=given, now=NOW)
    assert held(service, second) == held(service, leaver) == 0
