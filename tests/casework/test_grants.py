"""Giving parts of a case to a specialist: what she opens, and what she opens no more."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import event, select, update

from intake.casework import (
    Incoming,
    NotAllowed,
    Reader,
    Service,
    UnknownCase,
    add_note,
    new_once,
    read_report,
    resume,
)
from intake.casework.access import Access, access
from intake.casework.account_notices import notices
from intake.casework.given import add_given_note, answer, given, read_given
from intake.casework.grant_wraps import GivenAlready, NoSpecialist
from intake.casework.grants import give_again, narrow, of_member, take_back, take_back_all
from intake.casework.offering import NotConsented, offer
from intake.casework.rekeying import due, go_on
from intake.form.answers import Stored
from intake.roles import Role
from intake.store.people import MemberRow
from intake.store.tables import CaseKeysRow, DocumentRow
from intake.vault import CaseKeys, Seed, Slot, UnsealError, open_document
from tests.casework.work.answering import agree, day, write
from tests.people import NOW, Sent, add_member, send, send_and_open, sign_in, sister_report

WORDS = "seven words that no list holds here"
NOTE = "Sleeps badly since. Can you see her this week?"
PARTS = (Slot.IDENTITY, Slot.ACCOUNT)


@dataclass
class Desk:
    """A coordinator, an untrained one, a specialist, and a case that may be referred."""

    coordinator: Reader
    second: Reader
    specialist: Reader
    case: Sent

    @property
    def service(self) -> Service:
        return self.coordinator.service

    def offer(self, *parts: Slot, by: Reader | None = None) -> None:
        giver = by or self.coordinator
        chosen = parts or PARTS
        offer(giver, self.case.ref, self.specialist.member, chosen, NOTE, now=NOW)

    def answer(self, *, accepted: bool = True, note: str = "On Thursday.") -> None:
        (told,) = given(self.specialist).offers
        answer(self.specialist, told.id, note, accepted=accepted, now=NOW)

    def give(self, *parts: Slot) -> None:
        self.offer(*parts)
        self.answer()

    def opens(self) -> set[str]:
        """The parts of the report that the specialist can read."""
        report = read_given(self.specialist, self.case.ref, now=NOW).report
        assert report.differences == ()
        return {s.compartment for s in report.sections if s.answers is not None}

    def seen(self, by: Reader | None = None) -> Access:
        return access(by or self.coordinator, self.case.ref, now=NOW)

    def wrap(self) -> CaseKeysRow | None:
        with self.service.reading() as session:
            return session.scalar(
                select(CaseKeysRow).where(CaseKeysRow.member_id == self.specialist.member)
            )


@pytest.fixture
def desk(coordinator_on_each: Reader, second_on_each: Reader) -> Desk:
    return desk_of(coordinator_on_each, second_on_each)


def desk_of(coordinator: Reader, second: Reader) -> Desk:
    specialist = let_in(coordinator, "psychologist", Role.PSYCHOLOGIST)
    sent = send_and_open(coordinator, allowed_report())
    return Desk(coordinator, second, specialist, sent)


def allowed_report() -> Incoming:
    return sister_report(consent=("refer_internal",), consent_giver="victim")


def let_in(coordinator: Reader, handle: str, *roles: Role) -> Reader:
    add_member(coordinator, handle, roles, WORDS)
    service = coordinator.service
    return resume(service, sign_in(service, handle, WORDS, now=NOW).cookie, now=NOW)


def test_an_offer_tells_who_asks_and_why_and_nothing_of_the_case(desk: Desk) -> None:
    desk.offer()

    (told,) = given(desk.specialist).offers
    assert (told.by, told.note, told.parts) == ("coordinator", NOTE, PARTS)
    assert given(desk.specialist).cases == ()
    with pytest.raises(UnknownCase):
        read_given(desk.specialist, desk.case.ref, now=NOW)
    assert "granted" in {notice.kind for notice in notices(desk.specialist)}


def test_an_accepted_offer_opens_what_was_given_and_no_more(desk: Desk) -> None:
    desk.give(Slot.IDENTITY)

    assert desk.opens() == {"identity"}
    assert [case.ref for case in given(desk.specialist).cases] == [desk.case.ref]
    (grant,) = desk.seen().grants
    assert grant.answer is not None
    assert (grant.handle, grant.by, grant.answer.note) == (
        "psychologist",
        "coordinator",
        "On Thursday.",
    )
    assert "offer_accepted" in {notice.kind for notice in notices(desk.coordinator)}


def test_a_declined_offer_opens_nothing_and_its_reason_is_read(desk: Desk) -> None:
    desk.offer()
    desk.answer(accepted=False, note="I know the family.")

    with pytest.raises(UnknownCase):
        read_given(desk.specialist, desk.case.ref, now=NOW)
    seen = desk.seen(desk.second)
    assert seen.grants == ()
    assert [one.answer and one.answer.note for one in seen.ended] == ["I know the family."]
    assert seen.is_due
    assert go_on(desk.coordinator, now=NOW) == 1
    assert not desk.seen().is_due


def test_an_offer_is_answered_once_and_by_its_specialist(desk: Desk) -> None:
    other = let_in(desk.coordinator, "doctor", Role.DOCTOR)
    desk.offer()
    (told,) = given(desk.specialist).offers

    with pytest.raises(UnknownCase):
        answer(other, told.id, "", accepted=True, now=NOW)
    desk.answer()
    with pytest.raises(UnknownCase):
        answer(desk.specialist, told.id, "", accepted=False, now=NOW)


def test_nothing_is_offered_without_consent(desk: Desk) -> None:
    plain = send_and_open(desk.coordinator)

    with pytest.raises(NotConsented) as refused:
        offer(desk.coordinator, plain.ref, desk.specialist.member, PARTS, NOTE, now=NOW)
    assert refused.value.missing == ("consent",)
    assert access(desk.coordinator, plain.ref, now=NOW).missing == ("consent",)
    assert desk.seen().missing == ()


def refused_for(desk: Desk, ref: str) -> tuple[str, ...]:
    """What keeps this case from the specialist; the tab says the same."""
    with pytest.raises(NotConsented) as refused:
        offer(desk.coordinator, ref, desk.specialist.member, PARTS, NOTE, now=NOW)
    assert access(desk.coordinator, ref, now=NOW).missing == refused.value.missing
    return refused.value.missing


def test_a_proxys_word_refers_nobody_who_does_not_know(desk: Desk) -> None:
    report = sister_report(reporter_role="relative", victim_knowledge="does_not_know")
    sent = send_and_open(desk.coordinator, report)
    write(
        desk.coordinator,
        sent.ref,
        "consent_recorded",
        consent_change="given",
        consent_codes=("refer_internal",),
        consent_by="victim",
        consent_how="mailbox",
        consent_on=day(),
    )
    assert "knowledge" in refused_for(desk, sent.ref)


def test_an_objection_is_heard_whatever_was_ticked_before(desk: Desk) -> None:
    words: dict[str, Stored] = {"objects": "yes", "objects_to": ("everything",)}
    write(desk.coordinator, desk.case.ref, "objection", **words)
    assert refused_for(desk, desk.case.ref) == ("objection",)


def test_a_child_is_asked_before_a_specialist_is_told(desk: Desk) -> None:
    report = sister_report(
        age_band_then="14_15", consent=("refer_internal",), consent_giver="guardian_assent"
    )
    sent = send_and_open(desk.coordinator, report)
    assert refused_for(desk, sent.ref) == ("assent",)


def test_a_doctor_is_told_where_two_decided_that_it_saves_life(desk: Desk) -> None:
    sent = send_and_open(desk.coordinator, sister_report(victim_status="missing"))
    assert refused_for(desk, sent.ref) == ("consent",)
    words: dict[str, Stored] = {
        "cannot_ask_why": "Missing",
        "least_data": "Name, age",
        "vital_to": "A doctor",
    }
    write(desk.coordinator, sent.ref, "vital_interest", **words)
    agree(desk.second, sent.ref)

    offer(desk.coordinator, sent.ref, desk.specialist.member, PARTS, NOTE, now=NOW)
    assert [one.note for one in given(desk.specialist).offers] == [NOTE]


def test_only_specialists_on_the_roster_are_offered_a_case(desk: Desk) -> None:
    for member in (desk.second.member, UUID(int=7)):
        with pytest.raises(NoSpecialist):
            offer(desk.coordinator, desk.case.ref, member, PARTS, NOTE, now=NOW)
    with desk.service.writing() as session:
        session.get_one(MemberRow, desk.specialist.member).roles = "coordinator psychologist"
    with pytest.raises(NoSpecialist):
        desk.offer()


def test_a_second_offer_waits_for_the_end_of_the_first(desk: Desk) -> None:
    desk.offer()
    with pytest.raises(GivenAlready):
        desk.offer()


def test_a_coordinator_gives_no_more_than_she_can_open(desk: Desk) -> None:
    for parts in ((Slot.ACCOUNT, Slot.INTIMATE), (Slot.MAIL,), (Slot.STATE,), ()):
        with pytest.raises(NotAllowed):
            offer(desk.second, desk.case.ref, desk.specialist.member, parts, NOTE, now=NOW)
    desk.offer(Slot.IDENTITY, by=desk.second)


def test_notes_are_read_and_written_where_work_was_given(desk: Desk) -> None:
    add_note(desk.second, desk.case.ref, "Her mother knows.", once=new_once(), now=NOW)
    desk.give(Slot.IDENTITY, Slot.WORK)
    ref, once = desk.case.ref, new_once()
    for _twice in range(2):
        add_given_note(desk.specialist, ref, "Seen on Thursday.", once=once, now=NOW)

    notes = read_given(desk.specialist, ref, now=NOW).notes
    assert notes is not None
    assert {note.text for note in notes} == {"Her mother knows.", "Seen on Thursday."}
    assert read_report(desk.coordinator, ref, now=NOW).differences == ()


def test_notes_stay_closed_where_work_was_not_given(desk: Desk) -> None:
    desk.give(Slot.IDENTITY)
    assert read_given(desk.specialist, desk.case.ref, now=NOW).notes is None
    with pytest.raises(NotAllowed):
        add_given_note(desk.specialist, desk.case.ref, "words", once=new_once(), now=NOW)


def kept_keys(desk: Desk) -> CaseKeys:
    """What the specialist could copy while the case was hers."""
    wrap = desk.wrap()
    assert wrap is not None
    seed: Seed = desk.specialist.secret.seed
    return CaseKeys.open_for_member(
        wrap.box,
        seed.identity,
        case=desk.case.id,
        member=desk.specialist.member,
        revision=wrap.generation,
    )


def boxes(desk: Desk) -> list[DocumentRow]:
    with desk.service.reading() as session:
        where = DocumentRow.case_id == desk.case.id
        return list(session.scalars(select(DocumentRow).where(where)))


def readable(keys: CaseKeys, rows: list[DocumentRow]) -> int:
    return sum(_opens(key, row) for row in rows for key in keys.keys.values())


def _opens(key: object, row: DocumentRow) -> bool:
    try:
        open_document(
            key,  # type: ignore[arg-type]
            row.box,
            case=row.case_id,
            compartment=row.compartment,
            id=row.id,
            revision=row.revision,
        )
    except UnsealError:
        return False
    return True


def test_keys_that_she_kept_open_what_she_copied_and_nothing_that_comes_after(
    desk: Desk,
) -> None:
    desk.give(Slot.IDENTITY, Slot.ACCOUNT, Slot.WORK)
    keys, copied = kept_keys(desk), boxes(desk)
    assert readable(keys, copied) >= 3

    take_back(desk.coordinator, desk.case.ref, desk.specialist.member, now=NOW)
    add_note(desk.second, desk.case.ref, "Written later.", once=new_once(), now=NOW)

    assert readable(keys, copied) >= 3
    assert readable(keys, boxes(desk)) == 0
    assert desk.wrap() is None
    with pytest.raises(UnknownCase):
        read_given(desk.specialist, desk.case.ref, now=NOW)
    for reader in (desk.coordinator, desk.second):
        report = read_report(reader, desk.case.ref, now=NOW)
        assert report.differences == ()
        assert any(section.answers for section in report.sections)


def test_a_narrowed_grant_opens_what_is_left_under_new_keys(desk: Desk) -> None:
    desk.give()
    keys = kept_keys(desk)
    narrow(desk.coordinator, desk.case.ref, desk.specialist.member, (PARTS[0],), now=NOW)

    assert desk.opens() == {"identity"}
    assert readable(keys, boxes(desk)) == 0
    assert not desk.seen().is_due
    assert [grant.parts for grant in desk.seen().grants] == [(Slot.IDENTITY,)]


def test_an_untrained_coordinator_takes_back_at_once_and_keys_follow(desk: Desk) -> None:
    desk.give()
    keys = kept_keys(desk)
    take_back(desk.second, desk.case.ref, desk.specialist.member, now=NOW)

    with pytest.raises(UnknownCase):
        read_given(desk.specialist, desk.case.ref, now=NOW)
    assert desk.seen(desk.second).is_due
    assert readable(keys, boxes(desk)) > 0
    assert (go_on(desk.second, now=NOW), go_on(desk.coordinator, now=NOW)) == (0, 1)
    assert readable(keys, boxes(desk)) == 0
    assert go_on(desk.coordinator, now=NOW) == 0
    assert read_report(desk.second, desk.case.ref, now=NOW).differences == ()


def test_new_keys_reach_the_grants_that_stand(desk: Desk) -> None:
    doctor = let_in(desk.coordinator, "doctor", Role.DOCTOR)
    desk.give()
    offer(desk.coordinator, desk.case.ref, doctor.member, PARTS, "", now=NOW)
    take_back(desk.coordinator, desk.case.ref, doctor.member, now=NOW)

    assert desk.opens() == {"identity", "account"}


def test_what_was_taken_back_may_be_offered_again(desk: Desk) -> None:
    desk.give()
    take_back(desk.second, desk.case.ref, desk.specialist.member, now=NOW)
    desk.give(Slot.IDENTITY)
    assert desk.opens() == {"identity"}
    assert go_on(desk.coordinator, now=NOW) == 1
    assert desk.opens() == {"identity"}


def test_nothing_shows_an_untrained_coordinator_the_intimate_part(desk: Desk) -> None:
    desk.give(Slot.ACCOUNT, Slot.INTIMATE)

    assert desk.opens() == {"account", "intimate"}
    (for_trained,), (for_her,) = desk.seen().grants, desk.seen(desk.second).grants
    assert for_trained.parts == (Slot.ACCOUNT, Slot.INTIMATE)
    assert for_her.parts == (Slot.ACCOUNT,)
    assert Slot.INTIMATE not in desk.seen(desk.second).offered_parts


def test_who_is_taken_out_loses_every_grant(desk: Desk) -> None:
    desk.give()
    with desk.service.writing() as session:
        held = of_member(session, desk.coordinator, desk.specialist.member)
        assert [case.ref for case in held] == [desk.case.ref]
        assert take_back_all(session, desk.second, desk.specialist.member, NOW) == 1
    with pytest.raises(UnknownCase):
        read_given(desk.specialist, desk.case.ref, now=NOW)

    assert go_on(desk.coordinator, now=NOW) == 1
    assert desk.wrap() is None
    assert [grant.handle for grant in desk.seen().ended] == ["psychologist"]


def test_a_member_with_new_keys_is_given_again_what_she_had(desk: Desk) -> None:
    desk.give()
    with desk.service.writing() as session:
        wrap = session.scalars(
            select(CaseKeysRow).where(CaseKeysRow.member_id == desk.specialist.member)
        ).one()
        session.delete(wrap)
    with pytest.raises(UnknownCase):
        read_given(desk.specialist, desk.case.ref, now=NOW)

    assert give_again(desk.coordinator, desk.specialist.member, NOW) == 1
    assert desk.opens() == {"identity", "account"}


def test_nothing_is_given_again_that_was_taken_back(desk: Desk) -> None:
    desk.give()
    take_back(desk.coordinator, desk.case.ref, desk.specialist.member, now=NOW)
    assert give_again(desk.coordinator, desk.specialist.member, NOW) == 0


def test_the_tab_tells_who_has_read_and_when_last(desk: Desk) -> None:
    desk.give()
    read_given(desk.specialist, desk.case.ref, now=NOW)
    read_given(desk.specialist, desk.case.ref, now=NOW)

    readings = {one.handle: (one.times, one.last) for one in desk.seen().readings}
    assert readings["psychologist"] == (2, NOW)


def test_foreign_and_missing_cases_cost_the_same_queries(
    coordinator: Reader, second: Reader
) -> None:
    desk = desk_of(coordinator, second)
    foreign = send_and_open(coordinator).ref
    unanswered = send_and_open(coordinator, allowed_report())
    desk.give()
    offer(coordinator, unanswered.ref, desk.specialist.member, PARTS, "", now=NOW)
    taken = send_and_open(coordinator, allowed_report())
    offer(coordinator, taken.ref, desk.specialist.member, PARTS, "", now=NOW)
    take_back(second, taken.ref, desk.specialist.member, now=NOW)

    seen = {
        ref: _queries(desk, ref) for ref in ("ABCD-EFGH", foreign, unanswered.ref, taken.ref)
    }
    assert len({tuple(statements) for statements in seen.values()}) == 1


def _queries(desk: Desk, ref: str) -> list[str]:
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(desk.service.engine, "before_cursor_execute", note)
    try:
        with pytest.raises(UnknownCase):
            read_given(desk.specialist, ref, now=NOW)
    finally:
        event.remove(desk.service.engine, "before_cursor_execute", note)
    return statements


def test_nobody_offers_a_report_that_nobody_opened(desk: Desk) -> None:
    sent = send(desk.service, allowed_report())
    with pytest.raises(NotAllowed):
        offer(desk.coordinator, sent.ref, desk.specialist.member, PARTS, NOTE, now=NOW)


def test_no_case_keeps_another_from_having_its_keys_replaced(
    service: Service, coordinator: Reader
) -> None:
    refs = {send(service).ref for _ in range(4)}
    with service.writing() as session:
        session.execute(update(CaseKeysRow).values(is_taken_back=True))
    with service.reading() as session:
        assert {ref for _ in range(200) for ref in due(session, at_most=1)} == refs
    assert go_on(coordinator, now=NOW, at_most=3) == 3


def test_giving_again_takes_away_no_part_that_the_giver_knows_nothing_of(desk: Desk) -> None:
    desk.give(Slot.ACCOUNT, Slot.INTIMATE)
    assert give_again(desk.second, desk.specialist.member, NOW) == 0
    assert desk.opens() == {"account", "intimate"}
    assert give_again(desk.coordinator, desk.specialist.member, NOW) == 1
    assert desk.opens() == {"account", "intimate"}
