"""A case kept for named colleagues: for everybody else it is gone, and it comes back."""

from dataclasses import dataclass

import pytest
from sqlalchemy import event, select

from intake.casework import (
    NotAllowed,
    Reader,
    UnknownCase,
    Wish,
    go_on,
    lockdown,
    open_case,
    overview,
    prove,
    queue,
    read_report,
    recovery,
    renewal,
    resume,
    take,
    timeline,
)
from intake.casework.access import access
from intake.casework.given import answer, given, read_given
from intake.casework.grants import give_again, take_back
from intake.casework.offering import offer
from intake.casework.proof import Proof
from intake.casework.recovery import recovery_key
from intake.casework.restricting import NeedsEveryKey, NoneNamed, bring_back, lift, restrict
from intake.casework.roster import entry_of
from intake.roles import Role
from intake.store.people import MemberRow
from intake.store.tables import CaseKeysRow, CaseRow
from intake.vault import CaseKeys, Ring, Slot, read_sheets
from tests.casework.joining import add, proof
from tests.casework.test_recovery import LATER, come_back
from tests.people import (
    COORDINATOR,
    NOW,
    PASSPHRASES,
    SECOND,
    Installation,
    Sent,
    add_member,
    make_sheets,
    next_code,
    send,
    send_and_open,
    sign_in,
    sister_report,
)

WORDS = "seven words that no list holds here"
REASON = "Her cousin is accused."


@dataclass
class Keeping:
    """Two trained handlers, an untrained coordinator, and a case."""

    trained: Reader
    other: Reader
    second: Reader
    case: Sent

    def keep_for(self, *named: Reader, by: Reader | None = None) -> None:
        actor = by or self.trained
        members = [reader.member for reader in named]
        restrict(actor, self.case.ref, members, REASON, proof_of(actor), now=NOW)

    def refused(self, reader: Reader) -> bool:
        """Whether every use of the case answers that there is none."""
        uses = (overview, open_case, read_report, take, timeline, access)
        for use in uses:
            try:
                use(reader, self.case.ref, now=NOW)
            except UnknownCase:
                continue
            return False
        return True


def proof_of(reader: Reader) -> Proof:
    words = PASSPHRASES.get(reader.handle, WORDS)
    code = next_code(reader.service.settings.instance, reader.handle, NOW)
    return prove(reader, words, code, now=NOW)


@pytest.fixture
def keeping(coordinator_on_each: Reader, second_on_each: Reader) -> Keeping:
    return keeping_of(coordinator_on_each, second_on_each)


def keeping_of(coordinator: Reader, second: Reader) -> Keeping:
    add_member(coordinator, "handler", (Role.COORDINATOR, Role.HANDLER), WORDS)
    service = coordinator.service
    other = resume(service, sign_in(service, "handler", WORDS, now=NOW).cookie, now=NOW)
    report = sister_report(consent=("refer_internal",), consent_giver="victim")
    return Keeping(coordinator, other, second, send_and_open(coordinator, report))


def test_who_is_not_named_finds_no_case(keeping: Keeping) -> None:
    keeping.keep_for(keeping.other, keeping.second)

    assert keeping.refused(keeping.trained)
    for reader in (keeping.other, keeping.second):
        report = read_report(reader, keeping.case.ref, now=NOW)
        assert report.differences == ()
        assert {s.compartment for s in report.sections if s.answers is not None} >= {
            "identity",
            "account",
        }
    seen = access(keeping.second, keeping.case.ref, now=NOW).kept_for
    assert seen is not None
    assert (seen.handles, seen.by, seen.reason) == (
        ("handler", SECOND),
        COORDINATOR,
        REASON,
    )


def test_the_untrained_among_the_named_open_no_more_than_before(keeping: Keeping) -> None:
    keeping.keep_for(keeping.other, keeping.second)
    report = read_report(keeping.second, keeping.case.ref, now=NOW)
    closed = {s.compartment for s in report.sections if s.answers is None}
    assert closed == {"intimate"}


def test_the_queue_tells_others_only_how_urgent_it_is(keeping: Keeping) -> None:
    keeping.keep_for(keeping.other)
    (row,) = queue(keeping.trained, Wish("all"), now=NOW).rows
    assert row.is_kept
    assert (row.ref, row.region, row.factors, row.status, row.level) == ("", "", (), "", "u1")
    assert row.due is not None
    assert queue(keeping.trained, Wish("custody"), now=NOW).rows == ()
    (named,) = queue(keeping.other, Wish("all"), now=NOW).rows
    assert (named.ref, named.is_kept) == (keeping.case.ref, False)


def test_wraps_of_the_rings_hold_nothing_and_look_as_before(keeping: Keeping) -> None:
    before = _ring_wraps(keeping)
    keeping.keep_for(keeping.other)
    after = _ring_wraps(keeping)

    assert [len(wrap.box) for wrap in after] == [len(wrap.box) for wrap in before]
    with keeping.trained.service.reading() as session:
        for wrap in after:
            ring = keeping.trained.ring(session, Ring(wrap.ring or ""))
            assert not CaseKeys.open_from_ring(wrap.box, ring, keeping.case.id).keys


def _ring_wraps(keeping: Keeping) -> list[CaseKeysRow]:
    with keeping.trained.service.reading() as session:
        where = CaseKeysRow.case_id == keeping.case.id, CaseKeysRow.ring.is_not(None)
        query = select(CaseKeysRow).where(*where).order_by(CaseKeysRow.ring)
        return list(session.scalars(query))


def test_whoever_held_the_case_and_is_not_named_holds_it_no_more(keeping: Keeping) -> None:
    take(keeping.trained, keeping.case.ref, now=NOW)
    keeping.keep_for(keeping.other)
    with keeping.trained.service.reading() as session:
        assert session.get_one(CaseRow, keeping.case.id).holder is None


def test_somebody_who_holds_every_key_must_be_named(keeping: Keeping) -> None:
    with pytest.raises(NoneNamed):
        keeping.keep_for(keeping.second)
    with pytest.raises(NoneNamed):
        keeping.keep_for()
    assert not keeping.refused(keeping.second)


def test_an_untrained_coordinator_cannot_keep_a_case(keeping: Keeping) -> None:
    with pytest.raises(NeedsEveryKey):
        keeping.keep_for(keeping.other, by=keeping.second)


def test_the_proof_of_another_is_none(keeping: Keeping) -> None:
    proof = proof_of(keeping.second)
    with pytest.raises(NotAllowed):
        restrict(
            keeping.trained, keeping.case.ref, [keeping.other.member], REASON, proof, now=NOW
        )


def test_a_named_handler_gives_the_case_back(keeping: Keeping) -> None:
    keeping.keep_for(keeping.other)
    lift(keeping.other, keeping.case.ref, proof_of(keeping.other), now=NOW)

    for reader in (keeping.trained, keeping.second, keeping.other):
        assert read_report(reader, keeping.case.ref, now=NOW).differences == ()
    (row,) = queue(keeping.second, Wish("all"), now=NOW).rows
    assert not row.is_kept
    assert access(keeping.second, keeping.case.ref, now=NOW).kept_for is None
    with keeping.trained.service.reading() as session:
        where = CaseKeysRow.member_id.is_not(None)
        assert session.scalars(select(CaseKeysRow).where(where)).all() == []


def test_names_can_be_changed_by_who_is_named(keeping: Keeping) -> None:
    keeping.keep_for(keeping.other)
    keeping.keep_for(keeping.trained, by=keeping.other)
    assert keeping.refused(keeping.other)
    assert read_report(keeping.trained, keeping.case.ref, now=NOW).differences == ()


def test_a_specialist_keeps_what_she_was_given(keeping: Keeping) -> None:
    add_member(keeping.trained, "doctor", (Role.DOCTOR,), WORDS)
    service = keeping.trained.service
    doctor = resume(service, sign_in(service, "doctor", WORDS, now=NOW).cookie, now=NOW)
    ref = keeping.case.ref
    offer(keeping.trained, ref, doctor.member, (Slot.IDENTITY,), "", now=NOW)
    answer(doctor, given(doctor).offers[0].id, "", accepted=True, now=NOW)
    keeping.keep_for(keeping.other)
    report = read_given(doctor, ref, now=NOW).report
    assert report.differences == ()
    assert {s.compartment for s in report.sections if s.answers is not None} == {"identity"}


def test_the_sheets_bring_a_kept_case_back(
    keeping: Keeping, installation: Installation
) -> None:
    keeping.keep_for(keeping.other)
    service = keeping.trained.service
    recovery = read_sheets(installation.sheets[:2], expected=recovery_key(service))
    with service.writing() as session:
        for wrap in session.scalars(
            select(CaseKeysRow).where(CaseKeysRow.member_id == keeping.other.member)
        ):
            session.delete(wrap)
    assert keeping.refused(keeping.other)
    with service.writing() as session:
        entry = entry_of(session.get_one(MemberRow, keeping.trained.member))
        assert bring_back(session, recovery, entry) == 1

    assert read_report(keeping.trained, keeping.case.ref, now=NOW).differences == ()
    assert not queue(keeping.trained, Wish("all"), now=NOW).rows[0].is_kept
    lift(keeping.trained, keeping.case.ref, proof_of(keeping.trained), now=NOW)
    assert read_report(keeping.second, keeping.case.ref, now=NOW).differences == ()


def test_a_kept_case_and_a_missing_one_cost_the_same_queries(
    coordinator: Reader, second: Reader
) -> None:
    keeping = keeping_of(coordinator, second)
    keeping.keep_for(keeping.other)
    for use in (overview, read_report, timeline):
        _queries(keeping.second, use, "ABCD-2346")  # her rings are open from now on
        kept, missing = (
            _queries(keeping.second, use, ref) for ref in (keeping.case.ref, "ABCD-2345")
        )
        assert kept == missing


def _queries(reader: Reader, use: object, ref: str) -> list[str]:
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(reader.service.engine, "before_cursor_execute", note)
    try:
        with pytest.raises(UnknownCase):
            use(reader, ref, now=NOW)  # type: ignore[operator]
    finally:
        event.remove(reader.service.engine, "before_cursor_execute", note)
    return statements


def test_a_report_that_nobody_opened_is_kept_for_nobody(keeping: Keeping) -> None:
    sent = send(keeping.trained.service)
    proof = proof_of(keeping.trained)
    with pytest.raises(NotAllowed):
        restrict(keeping.trained, sent.ref, [keeping.other.member], "", proof, now=NOW)


def test_sheets_that_are_put_in_force_later_open_a_kept_case(keeping: Keeping) -> None:
    keeping.keep_for(keeping.other)
    service = keeping.trained.service
    sheets = make_sheets(keeping.trained)  # who may not open the case herself
    go_on(keeping.other, now=NOW)
    lockdown.lock_down(service, now=NOW)
    reader = come_back(service, recovery.recover(service, sheets[:2], handle="anew", now=LATER))
    assert read_report(reader, keeping.case.ref, now=LATER).differences == ()


@dataclass
class TwoRoles:
    """A trained handler who is a doctor too, to whom the case was offered."""

    coordinator: Reader
    second: Reader
    doctor: Reader
    case: Sent

    def answer(self, *, accepted: bool) -> None:
        for told in given(self.doctor).offers:
            answer(self.doctor, told.id, "", accepted=accepted, now=NOW)

    def keep(self) -> None:
        named = [self.doctor.member, self.second.member]
        by = self.coordinator
        restrict(by, self.case.ref, named, REASON, proof(by), now=NOW)

    def holds_every_key(self) -> bool:
        return access(self.doctor, self.case.ref, now=NOW).holds_every_key


@pytest.fixture
def two_roles(coordinator: Reader, second: Reader) -> TwoRoles:
    doctor = add(coordinator, "ash", Role.COORDINATOR, Role.HANDLER, Role.DOCTOR)
    report = sister_report(consent=("refer_internal",), consent_giver="victim")
    sent = send_and_open(coordinator, report)
    offer(coordinator, sent.ref, doctor.member, (Slot.IDENTITY,), "", now=NOW)
    return TwoRoles(coordinator, second, doctor, sent)


def test_whoever_is_named_needs_no_answer_to_an_offer(two_roles: TwoRoles) -> None:
    two_roles.keep()
    two_roles.answer(accepted=False)  # there is nothing to answer any more
    assert two_roles.holds_every_key()


def test_what_a_named_handler_has_as_a_specialist_is_ended(two_roles: TwoRoles) -> None:
    two_roles.answer(accepted=True)
    two_roles.keep()
    with pytest.raises(UnknownCase):
        take_back(two_roles.second, two_roles.case.ref, two_roles.doctor.member, now=NOW)
    assert two_roles.holds_every_key()
    assert given(two_roles.doctor).cases == ()


def test_who_has_the_conflict_keeps_nothing_as_a_specialist(two_roles: TwoRoles) -> None:
    two_roles.answer(accepted=True)
    by, ref, conflicted = two_roles.coordinator, two_roles.case.ref, two_roles.doctor
    restrict(by, ref, [by.member], REASON, proof(by), conflicted=conflicted.member, now=NOW)
    assert given(conflicted).cases == ()
    for use in (read_given, read_report):
        with pytest.raises(UnknownCase):
            use(conflicted, ref, now=NOW)


def test_a_case_that_is_given_back_leaves_nobody_a_wrap_as_named(two_roles: TwoRoles) -> None:
    two_roles.answer(accepted=False)
    two_roles.keep()
    lift(two_roles.doctor, two_roles.case.ref, proof(two_roles.doctor), now=NOW)
    with two_roles.doctor.service.reading() as session:
        where = CaseKeysRow.member_id.is_not(None)
        assert session.scalars(select(CaseKeysRow).where(where)).all() == []
    assert read_report(two_roles.second, two_roles.case.ref, now=NOW).differences == ()


def test_giving_again_takes_no_key_from_whoever_is_named(keeping: Keeping) -> None:
    keeping.keep_for(keeping.other, keeping.second)
    assert give_again(keeping.second, keeping.other.member, NOW) == 0
    assert access(keeping.other, keeping.case.ref, now=NOW).holds_every_key
    assert give_again(keeping.other, keeping.second.member, NOW) == 1


def test_nobody_else_learns_which_cases_are_kept_for_a_colleague(keeping: Keeping) -> None:
    keeping.keep_for(keeping.other, keeping.second)
    other = keeping.other.member
    assert renewal.given_alone(keeping.trained, other) == ()
    told = renewal.given_alone(keeping.second, other)
    assert [held.ref for held in told] == [keeping.case.ref]
