"""A proposal does not outlive the standing of who made it; others may ask for it anew."""

from datetime import timedelta
from uuid import UUID

import pytest

from intake.casework import (
    AlreadyDecided,
    Conflict,
    NotAllowed,
    Reader,
    decide,
    members,
    proposal,
    proposals_of,
    proposals_waiting,
    propose_anew,
    timeline,
    verify,
    withdraw_proposal,
)
from intake.casework.member_roles import change_roles
from intake.casework.member_states import LEFT, SUSPENDED
from intake.casework.restricting import restrict
from intake.roles import Role
from tests.casework.joining import add, proof
from tests.casework.work.answering import agree, seen, write
from tests.people import NOW, Sent, send_and_open, sister_report

AFTER = NOW + timedelta(hours=1)


def asked_by(reader: Reader, ref: str) -> UUID:
    write(reader, ref, "lowering")
    (one,) = (one for one in proposals_of(reader) if one.ref == ref and one.by_me)
    return one.id


def has_ended(reader: Reader, id_: UUID) -> bool:
    """As the list, the page of the proposal and the tab of the case say: all the same."""
    (listed,) = (one for one in proposals_of(reader) if one.id == id_)
    read = proposal(reader, id_, now=NOW)
    (beside,) = (one for one in seen(reader, read.ref).proposals if one.id == id_)
    assert listed.has_ended == read.has_ended == beside.has_ended
    return read.has_ended


def agreed(reader: Reader, id_: UUID) -> None:
    version = proposal(reader, id_, now=NOW).version
    decide(reader, id_, agrees=True, words="", version=version, now=NOW)


def excluded(reader: Reader, sent: Sent, *named: Reader) -> None:
    """Let the case be kept for these alone."""
    restrict(
        reader, sent.ref, {one.member for one in named}, "A cousin.", proof(reader), now=NOW
    )


@pytest.fixture
def third(coordinator: Reader) -> Reader:
    return add(coordinator, "fern", Role.COORDINATOR)


@pytest.mark.parametrize("state", [SUSPENDED, LEFT])
def test_nobody_agrees_to_what_a_member_asked_who_is_out(
    coordinator: Reader, second: Reader, state: str
) -> None:
    sent = send_and_open(coordinator)
    id_ = asked_by(second, sent.ref)
    assert not has_ended(coordinator, id_)
    members.take_out(coordinator, second.member, state=state, proof=proof(coordinator), now=NOW)
    assert has_ended(coordinator, id_)
    with pytest.raises(Conflict):
        agreed(coordinator, id_)
    assert seen(coordinator, sent.ref).level == "u1"


def test_nobody_agrees_to_what_a_member_asked_who_is_no_coordinator_any_more(
    coordinator: Reader, third: Reader
) -> None:
    sent = send_and_open(coordinator)
    id_ = asked_by(third, sent.ref)
    change_roles(coordinator, third.member, (Role.LAWYER,), proof=proof(coordinator), now=NOW)
    assert has_ended(coordinator, id_)
    with pytest.raises(Conflict):
        agreed(coordinator, id_)


def test_nobody_agrees_to_what_somebody_asked_who_was_excluded(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    coordinator, second = coordinator_on_each, second_on_each
    third = add(coordinator, "fern", Role.COORDINATOR)
    sent = send_and_open(coordinator)
    id_ = asked_by(third, sent.ref)
    excluded(coordinator, sent, coordinator, second)
    assert has_ended(second, id_)
    with pytest.raises(Conflict):
        agreed(second, id_)
    assert seen(coordinator, sent.ref).level == "u1"


def test_who_is_named_may_still_be_agreed_with(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    id_ = asked_by(second, sent.ref)
    excluded(coordinator, sent, coordinator, second)
    assert not has_ended(coordinator, id_)
    agreed(coordinator, id_)
    assert seen(coordinator, sent.ref).level == "u4"


def test_what_ended_is_asked_for_anew_and_takes_a_second_again(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    coordinator, second = coordinator_on_each, second_on_each
    third = add(coordinator, "fern", Role.COORDINATOR)
    sent = send_and_open(coordinator)
    id_ = asked_by(third, sent.ref)
    excluded(coordinator, sent, coordinator, second)
    for _ in range(2):
        propose_anew(second, id_, now=AFTER)
    (one,) = proposals_of(coordinator)
    assert (one.by, one.code, one.has_ended) == ("second", "lowering", False)
    assert proposals_waiting(coordinator) == 1
    with pytest.raises(NotAllowed):
        agreed(second, one.id)
    agree(coordinator, sent.ref)
    found = seen(coordinator, sent.ref)
    assert (found.level, found.steps[-1].by, found.steps[-1].second) == (
        "u4",
        second.member,
        coordinator.member,
    )
    acts = [line.act for line in timeline(coordinator, sent.ref, now=NOW)]
    assert acts.count("proposed") == 2
    assert verify.verify(coordinator.service) == ()


def test_of_two_who_ask_anew_one_does(coordinator: Reader, second: Reader) -> None:
    third, fourth = (add(coordinator, name, Role.COORDINATOR) for name in ("fern", "moss"))
    sent = send_and_open(coordinator)
    id_ = asked_by(fourth, sent.ref)
    excluded(coordinator, sent, coordinator, second, third)
    propose_anew(second, id_, now=AFTER)
    with pytest.raises(AlreadyDecided):
        propose_anew(third, id_, now=AFTER)
    assert len(proposals_of(coordinator)) == 1


def test_what_has_not_ended_is_not_asked_for_anew(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    id_ = asked_by(coordinator, sent.ref)
    with pytest.raises(NotAllowed):
        propose_anew(second, id_, now=AFTER)
    assert [one.by for one in proposals_of(second)] == ["coordinator"]


def test_what_ended_and_is_not_needed_leaves_the_list(
    coordinator: Reader, second: Reader, third: Reader
) -> None:
    sent = send_and_open(coordinator)
    id_ = asked_by(third, sent.ref)
    excluded(coordinator, sent, coordinator, second)
    withdraw_proposal(second, id_, now=AFTER)
    assert proposals_of(coordinator) == ()
    read = proposal(coordinator, id_, now=NOW)
    assert (read.is_withdrawn, read.decided_by, read.has_ended) == (True, "second", False)


def test_hidden_words_are_asked_for_anew_by_a_trained_handler_alone(
    coordinator: Reader, second: Reader
) -> None:
    trained = add(coordinator, "fern", Role.COORDINATOR, Role.HANDLER)
    sent = send_and_open(coordinator, sister_report(method=("rape",)))
    id_ = asked_by(trained, sent.ref)
    excluded(coordinator, sent, coordinator, second)
    for end in (propose_anew, withdraw_proposal):
        with pytest.raises(NotAllowed):
            end(second, id_, now=AFTER)
    propose_anew(coordinator, id_, now=AFTER)
    assert [(one.by, one.needs_trained) for one in proposals_of(second)] == [
        ("coordinator", True)
    ]
