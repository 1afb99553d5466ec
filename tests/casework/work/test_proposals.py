"""What two must decide: proposed by one, decided by another, checked both times."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select

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
from intake.casework.work.step_documents import FOR_TRAINED
from intake.roles import Role
from intake.store.tables import ProposalRow
from tests.casework.joining import add, proof
from tests.casework.test_grants import desk_of
from tests.casework.work.answering import agree, go, seen, write
from tests.casework.work.test_moves import decided
from tests.people import NOW, PASSPHRASES, Sent, next_code, send_and_open, sister_report

WHAT_THEY_DID = "What they did to her"
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
    fresh = prove(coordinator, PASSPHRASES[coordinator.handle], code, now=NOW)
    named = {coordinator.member, second.member}
    restrict(coordinator, sent.ref, named, "A relative.", fresh, now=NOW)
    assert (proposals_of(third), proposals_waiting(third)) == ((), 0)
    assert [one.id for one in proposals_of(second)] == [id_]
    assert proposals_waiting(second) == 1
    assert seen(coordinator, sent.ref).others == 1
    with pytest.raises(UnknownCase):
        proposal(third, id_, now=NOW)
    agree(second, sent.ref)
    assert seen(coordinator, sent.ref).level == "u4"


def test_what_waits_in_a_case_given_to_a_specialist_is_counted_too(
    coordinator: Reader, second: Reader
) -> None:
    desk = desk_of(coordinator, second)
    desk.give()
    write(coordinator, desk.case.ref, "lowering")
    assert (proposals_waiting(second), proposals_waiting(coordinator)) == (1, 0)


def test_counting_what_waits_takes_no_longer_the_more_waits(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    asked: list[int] = []
    for number in (1, 2, 3):
        lowering_of = send_and_open(coordinator_on_each)
        write(coordinator_on_each, lowering_of.ref, "lowering")
        statements: list[str] = []

        def note(*args: object, to: list[str] = statements) -> None:
            to.append(str(args[2]))

        engine = second_on_each.service.engine
        event.listen(engine, "before_cursor_execute", note)
        assert proposals_waiting(second_on_each) == number
        event.remove(engine, "before_cursor_execute", note)
        asked.append(len(statements))
    assert len(set(asked)) == 1


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


def hidden_lowering(reader: Reader) -> tuple[Sent, UUID]:
    """The same of a case whose words are for trained handlers."""
    sent = send_and_open(reader, sister_report(method=("rape",)))
    assert write(reader, sent.ref, "lowering", lower_why=WHAT_THEY_DID) is Written.PROPOSED
    (one,) = proposals_of(reader)
    return sent, one.id


def trained(reader: Reader) -> Reader:
    return add(reader, "fern", Role.COORDINATOR, Role.HANDLER)


def test_words_for_trained_handlers_reach_nobody_else_by_a_proposal(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent, id_ = hidden_lowering(coordinator_on_each)
    hers = proposal(second_on_each, id_, now=NOW)
    assert (hers.code, hers.is_hidden, hers.others) == ("lowering", True, 0)
    assert hers.answers is not None
    assert hers.answers.values["lower_why"] == FOR_TRAINED
    assert hers.answers.values["lower_to"] == "u4"
    assert WHAT_THEY_DID not in str(seen(second_on_each, sent.ref).proposals[0].answers)
    own = proposal(coordinator_on_each, id_, now=NOW)
    assert own.answers is not None
    assert (own.answers.values["lower_why"], own.is_hidden) == (WHAT_THEY_DID, False)


def test_who_may_not_read_the_words_decides_nothing(
    coordinator: Reader, second: Reader
) -> None:
    sent, id_ = hidden_lowering(coordinator)
    version = seen(second, sent.ref).version
    for agrees in (True, False):
        with pytest.raises(NotAllowed):
            decide(second, id_, agrees=agrees, words="No", version=version, now=NOW)
    found = seen(coordinator, sent.ref)
    assert (found.level, found.proposals[0].is_waiting) == ("u1", True)


def test_a_trained_handler_decides_and_the_step_hides_the_words(
    coordinator: Reader, second: Reader
) -> None:
    sent, id_ = hidden_lowering(coordinator)
    other = trained(coordinator)
    assert proposal(second, id_, now=NOW).others == 1
    read = proposal(other, id_, now=NOW)
    assert (read.is_hidden, read.needs_trained) == (False, True)
    decide(other, id_, agrees=True, words="So it was", version=read.version, now=NOW)
    mine, hers = seen(coordinator, sent.ref), seen(second, sent.ref)
    assert (mine.level, hers.level) == ("u4", "u4")
    assert mine.steps[-1].answers.values["lower_why"] == WHAT_THEY_DID
    assert hers.steps[-1].answers.values["lower_why"] == FOR_TRAINED
    assert (mine.steps[-1].by, mine.steps[-1].second) == (coordinator.member, other.member)
    assert [one.words for work in (mine, hers) for one in work.proposals] == [
        "So it was",
        FOR_TRAINED,
    ]
    assert verify.verify(coordinator.service) == ()


def test_no_row_shows_which_proposal_has_words_for_trained_handlers(
    coordinator: Reader, second: Reader
) -> None:
    plain = send_and_open(coordinator)
    for_them = send_and_open(coordinator, sister_report(method=("rape",)))
    for reader, sent in ((coordinator, plain), (coordinator, for_them), (second, plain)):
        write(reader, sent.ref, "lowering", lower_why=WHAT_THEY_DID)
    with coordinator.service.reading() as session:
        sizes = {len(box) for box in session.scalars(select(ProposalRow.box))}
    assert len(sizes) == 1


def test_fresh_keys_keep_the_words_of_a_proposal_for_trained_handlers(
    coordinator: Reader, second: Reader
) -> None:
    sent, id_ = hidden_lowering(coordinator)
    other = trained(coordinator)
    named = {coordinator.member, second.member, other.member}
    restrict(coordinator, sent.ref, named, "A relative.", proof(coordinator), now=NOW)
    assert proposal(second, id_, now=NOW).is_hidden
    read = proposal(other, id_, now=NOW)
    assert read.answers is not None
    assert read.answers.values["lower_why"] == WHAT_THEY_DID
    agree(other, sent.ref)
    assert seen(second, sent.ref).level == "u4"
