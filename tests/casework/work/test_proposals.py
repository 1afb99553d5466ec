"""What two must decide: proposed by one, decided by another, checked both times."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from intake.casework import (
    AlreadyDecided,
    Conflict,
    NotAllowed,
    NotYet,
    Reader,
    UnknownCase,
    Written,
    decide,
    proposal,
    proposals_of,
    proposals_waiting,
    prove,
    raise_urgency,
    timeline,
    verify,
    withdraw_proposal,
)
from intake.casework.restricting import restrict
from intake.roles import Role
from intake.store.tables import ProposalRow
from tests.casework.joining import add
from tests.casework.work.answering import agree, go, seen, write
from tests.casework.work.test_moves import decided
from tests.people import NOW, PASSPHRASES, Sent, next_code, send_and_open, sister_report

FREE = {"victim_status": "free"}


def lowering(reader: Reader) -> tuple[Sent, UUID]:
    """A case whose urgency somebody wants to lower."""
    sent = send_and_open(reader)
    assert write(reader, sent.ref, "lowering") is Written.PROPOSED
    (one,) = proposals_of(reader)
    return sent, one.id


def test_lowering_the_urgency_waits_for_a_second(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent, id_ = lowering(coordinator_on_each)
    assert seen(second_on_each, sent.ref).level == "u1"
    assert (proposals_waiting(coordinator_on_each), proposals_waiting(second_on_each)) == (0, 1)
    agree(second_on_each, sent.ref)
    found = seen(coordinator_on_each, sent.ref)
    assert (found.level, found.steps[-1].what) == ("u4", "lowering")
    step = found.steps[-1]
    assert (step.by, step.second) == (coordinator_on_each.member, second_on_each.member)
    assert proposals_waiting(second_on_each) == 0
    assert verify.verify(coordinator_on_each.service) == ()
    assert id_ == found.proposals[0].id


def test_what_was_lowered_by_two_may_be_raised_by_one(
    coordinator: Reader, second: Reader
) -> None:
    sent, _id = lowering(coordinator)
    agree(second, sent.ref)
    version = seen(second, sent.ref).version
    raise_urgency(second, sent.ref, "u2", "He was seen again", version=version, now=NOW)
    assert seen(second, sent.ref).level == "u2"


def test_nobody_decides_what_she_proposed(coordinator: Reader) -> None:
    sent, id_ = lowering(coordinator)
    version = seen(coordinator, sent.ref).version
    with pytest.raises(NotAllowed):
        decide(coordinator, id_, agrees=True, words="", version=version, now=NOW)
    assert seen(coordinator, sent.ref).level == "u1"


def test_what_is_refused_is_not_done_and_says_why(coordinator: Reader, second: Reader) -> None:
    sent, id_ = lowering(coordinator)
    version = seen(second, sent.ref).version
    decide(second, id_, agrees=False, words="He is still held", version=version, now=NOW)
    found = seen(coordinator, sent.ref)
    assert (found.level, found.steps[-1].what) == ("u1", "moved")
    (told,) = found.proposals
    assert (told.agreed, told.decided_by, told.words) == (False, "second", "He is still held")
    assert proposals_of(second) == ()


def test_who_proposed_may_take_it_back_and_nobody_else(
    coordinator: Reader, second: Reader
) -> None:
    sent, id_ = lowering(coordinator)
    with pytest.raises(NotAllowed):
        withdraw_proposal(second, id_, now=NOW)
    withdraw_proposal(coordinator, id_, now=NOW)
    withdraw_proposal(coordinator, id_, now=NOW)
    assert seen(second, sent.ref).proposals[0].is_withdrawn
    version = seen(second, sent.ref).version
    with pytest.raises(AlreadyDecided):
        decide(second, id_, agrees=True, words="", version=version, now=NOW)


def test_deciding_again_in_the_same_way_is_quiet(coordinator: Reader, second: Reader) -> None:
    sent, id_ = lowering(coordinator)
    version = seen(second, sent.ref).version
    for _ in range(2):
        decide(second, id_, agrees=True, words="", version=version, now=NOW)
    with pytest.raises(AlreadyDecided):
        decide(second, id_, agrees=False, words="", version=version, now=NOW)
    acts = [line.act for line in timeline(second, sent.ref, now=NOW)]
    assert acts.count("step_added") == 1


def test_who_decides_must_have_seen_the_case_as_it_is(
    coordinator: Reader, second: Reader
) -> None:
    sent, id_ = lowering(coordinator)
    version = seen(second, sent.ref).version
    write(coordinator, sent.ref, "review")
    with pytest.raises(Conflict):
        decide(second, id_, agrees=True, words="", version=version, now=NOW)


def test_what_is_no_longer_possible_is_not_done(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    decided(coordinator, sent)
    go(coordinator, sent.ref, "decision_to_active")
    go(second, sent.ref, "decision_to_active")
    mine, hers = proposals_of(coordinator)
    first = next(one for one in (mine, hers) if one.by == "coordinator")
    other = next(one for one in (mine, hers) if one.by == "second")
    decide(second, first.id, agrees=True, words="", version=first.version, now=NOW)
    version = seen(coordinator, sent.ref).version
    with pytest.raises(NotYet) as refused:
        decide(coordinator, other.id, agrees=True, words="", version=version, now=NOW)
    assert refused.value.missing == ("stage",)


def test_of_many_who_decide_at_once_one_does(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent, id_ = lowering(coordinator_on_each)
    others = [
        second_on_each,
        *(add(coordinator_on_each, f"fern{n}", Role.COORDINATOR) for n in range(2)),
    ]
    version = seen(second_on_each, sent.ref).version

    def tried(reader: Reader) -> bool:
        try:
            decide(reader, id_, agrees=True, words="", version=version, now=NOW)
        except (AlreadyDecided, Conflict):
            return False
        return True

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(tried, others)) == [False, False, True]
    assert [s.what for s in seen(second_on_each, sent.ref).steps] == ["moved", "lowering"]


def test_the_list_tells_no_words_and_reading_them_leaves_a_line(
    coordinator: Reader, second: Reader
) -> None:
    sent, id_ = lowering(coordinator)
    (listed,) = proposals_of(second)
    assert (listed.code, listed.by, listed.answers) == ("lowering", "coordinator", None)
    read = proposal(second, id_, now=NOW)
    assert read.answers is not None
    assert read.answers.values["lower_why"] == "He is free and well"
    assert timeline(second, sent.ref, now=NOW)[0].act == "read_proposal"


def test_there_is_nothing_to_read_or_decide_where_there_is_none(second: Reader) -> None:
    with pytest.raises(UnknownCase):
        proposal(second, uuid4(), now=NOW)
    with pytest.raises(UnknownCase):
        decide(second, uuid4(), agrees=True, words="", version=1, now=NOW)


def test_a_kept_case_shows_its_proposals_to_the_named_alone(
    coordinator: Reader, second: Reader
) -> None:
    third = add(coordinator, "fern", Role.COORDINATOR)
    sent, id_ = lowering(coordinator)
    assert seen(coordinator, sent.ref).others == 2
    code = next_code(coordinator.service.settings.instance, coordinator.handle, NOW)
    proof = prove(coordinator, PASSPHRASES[coordinator.handle], code, now=NOW)
    named = {coordinator.member, second.member}
    restrict(coordinator, sent.ref, named, "A relative.", proof, now=NOW)
    assert (proposals_of(third), proposals_waiting(third)) == ((), 0)
    assert [one.id for one in proposals_of(second)] == [id_]
    assert seen(coordinator, sent.ref).others == 1
    with pytest.raises(UnknownCase):
        proposal(third, id_, now=NOW)
    agree(second, sent.ref)
    assert seen(coordinator, sent.ref).level == "u4"


def test_a_row_that_was_set_back_is_not_done_twice(coordinator: Reader, second: Reader) -> None:
    sent, id_ = lowering(coordinator)
    with second.service.reading() as session:
        before = session.get_one(ProposalRow, id_).box
    agree(second, sent.ref)
    with second.service.writing() as session:
        row = session.scalars(select(ProposalRow)).one()
        row.box, row.decided_by = before, None
    version = seen(second, sent.ref).version
    with pytest.raises(AlreadyDecided):
        decide(second, id_, agrees=True, words="", version=version, now=NOW)


def test_a_proposal_under_another_name_does_not_open(
    coordinator: Reader, second: Reader
) -> None:
    _sent, id_ = lowering(coordinator)
    with second.service.writing() as session:
        session.get_one(ProposalRow, id_).by = second.member
    assert proposals_of(coordinator) == ()


def test_saving_life_is_decided_by_two_and_holds_for_a_day(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator, sister_report(victim_status="missing"))
    words = {"cannot_ask_why": "Missing", "least_data": "Name, age", "vital_to": "NPM"}
    write(coordinator, sent.ref, "vital_interest", **words)
    before = seen(coordinator, sent.ref).gates["npm"]
    agree(second, sent.ref)
    assert (bool(before), seen(coordinator, sent.ref).gates["npm"]) == (True, ())
