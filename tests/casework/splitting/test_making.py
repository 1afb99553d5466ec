"""Splitting a report: what the new case holds, for whom it opens, and what stays."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from intake.casework import (
    Conflict,
    NotAllowed,
    Reader,
    UnknownCase,
    new_once,
    overview,
    read_report,
    send_message,
    timeline,
    work,
)
from intake.casework.case_file import opened
from intake.casework.correspondence import correspondence
from intake.casework.offering import offer
from intake.casework.restricting import restrict
from intake.casework.splitting.choosing import NeedsTrainedReader, NobodyChosen, splitting
from intake.casework.splitting.making import split
from intake.casework.splitting.merging import Stood, no_less_urgent
from intake.casework.splitting.telling import Choice
from intake.casework.verify import verify
from intake.form.answers import Answers
from intake.roles import Role
from intake.store.people import MemberRow
from intake.store.tables import CaseKeysRow, CaseRow, DocumentRow
from intake.triage import Facts, Level, settled, triage
from intake.vault import Slot
from tests.casework.joining import proof
from tests.casework.splitting.several import AIDOS, MIRA, WHY, several, split_off
from tests.casework.work import answering
from tests.people import NOW, add_member
from tests.triage.strategies import any_facts


def _told(reader: Reader, ref: str) -> dict[str, object]:
    """All answers of a report that open."""
    found: dict[str, object] = {}
    for section in read_report(reader, ref, now=NOW).sections:
        found |= section.answers or {}
    return found


def test_the_new_case_tells_of_the_person_and_of_what_is_common(coordinator: Reader) -> None:
    first = several(coordinator)
    told = _told(coordinator, split_off(coordinator, first.ref, Choice((AIDOS,))))
    assert told["victim_name"] == "Aidos Thornapple"
    assert told["victim_status"] == "free"
    assert told["place_name"] == "The station beside the market"
    assert told["officers"]
    assert told["contact_value"] == "+7 700 000 31 31"
    of_the_first = {"victim_age", "detained_on", "custody_place", "method", "persons"}
    assert not of_the_first & told.keys()


def test_the_first_case_keeps_all_that_it_held(coordinator: Reader) -> None:
    first = several(coordinator)
    before = _told(coordinator, first.ref)
    split_off(coordinator, first.ref, Choice((AIDOS,)))
    assert _told(coordinator, first.ref) == before


def test_facts_flags_and_limits_are_those_of_the_person(coordinator: Reader) -> None:
    first = several(coordinator)
    grown = overview(coordinator, split_off(coordinator, first.ref, Choice((AIDOS,))), now=NOW)
    assert not grown.facts.in_custody
    assert grown.facts.victims_count == 1
    assert not grown.facts.methods
    assert "minor" not in grown.flags
    child = overview(coordinator, split_off(coordinator, first.ref, Choice((MIRA,))), now=NOW)
    assert child.facts.is_minor
    assert "minor_in_custody" in child.row.factors


def test_receipt_and_urgency_are_never_lost(coordinator: Reader) -> None:
    first = several(coordinator)
    before = overview(coordinator, first.ref, now=NOW)
    after = overview(coordinator, split_off(coordinator, first.ref, Choice((AIDOS,))), now=NOW)
    assert after.facts.received_at == before.facts.received_at
    assert after.row.level == before.row.level == "u1"
    assert after.facts.raised is not None
    assert after.row.stage == "screening"


def test_consents_of_one_person_are_not_of_another(coordinator: Reader) -> None:
    first = several(coordinator, consent=("refer_internal", "partners"), consent_giver="victim")
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    found = overview(coordinator, ref, now=NOW)
    assert set(found.consents) == {"store", "contact"}
    assert {consent.giver for consent in found.given} == {""}
    assert not work(coordinator, ref, now=NOW).allowed


def test_another_matter_of_the_same_person_keeps_her_consents(coordinator: Reader) -> None:
    first = several(coordinator, consent=("refer_internal",), consent_giver="victim")
    ref = split_off(coordinator, first.ref, Choice(is_same=True))
    assert "refer_internal" in overview(coordinator, ref, now=NOW).consents


def test_who_wrote_is_a_proxy_for_the_other_person(coordinator: Reader) -> None:
    first = several(coordinator, reporter_role="victim")
    facts = overview(
        coordinator, split_off(coordinator, first.ref, Choice((AIDOS,))), now=NOW
    ).facts
    assert facts.victim_knowledge == "does_not_know"
    assert facts.reporter_role == "witness"


def test_somebody_told_of_in_words_is_written_down_by_the_coordinator(
    coordinator: Reader,
) -> None:
    first = several(coordinator)
    described = Answers({"person_name": "The cellmate", "person_status": "sizo"})
    ref = split_off(coordinator, first.ref, Choice(described=described))
    sections = read_report(coordinator, ref, now=NOW).sections
    (written,) = (s for s in sections if s.answers and s.answers.get("victim_name"))
    assert written.author == coordinator.member.hex
    assert overview(coordinator, ref, now=NOW).facts.in_custody


def test_what_holds_for_both_goes_along_where_it_was_chosen(coordinator: Reader) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,), parts=("done", "held")))
    facts = overview(coordinator, ref, now=NOW).facts
    assert facts.methods == ("beating",)
    assert facts.detained_on is not None


def test_how_the_person_can_be_reached_stands_among_the_notes(coordinator: Reader) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    (note,) = correspondence(coordinator, ref, now=NOW).notes
    assert note.text == "Through his aunt, after six"


def test_the_conversation_stays_with_the_first_case(coordinator: Reader) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    found = correspondence(coordinator, ref, now=NOW)
    assert (found.is_here, found.entries) == (False, ())
    with pytest.raises(NotAllowed):
        send_message(coordinator, ref, "Hello", once=new_once(), now=NOW)


def test_every_report_has_every_compartment_padded_alike(coordinator: Reader) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    with coordinator.service.reading() as session:
        case = session.scalars(select(CaseRow).where(CaseRow.ref == ref)).one()
        rows = session.scalars(select(DocumentRow).where(DocumentRow.case_id == case.id)).all()
        reported = [row for row in rows if row.kind == "report" and row.revision == 1]
        wraps = session.scalars(select(CaseKeysRow).where(CaseKeysRow.case_id == case.id)).all()
    assert {row.compartment for row in reported} == {
        "identity",
        "account",
        "intimate",
        "facts",
    }
    assert {wrap.ring for wrap in wraps} == {"case", "intimate"}


def test_grants_do_not_go_along(coordinator: Reader) -> None:
    add_member(coordinator, "lawyer", (Role.LAWYER,), "words that nobody knows of here")
    first = several(coordinator, consent=("refer_internal",), consent_giver="victim")
    with coordinator.service.reading() as session:
        lawyer = session.scalars(select(MemberRow.id).where(MemberRow.handle == "lawyer")).one()
    offer(coordinator, first.ref, lawyer, (Slot.ACCOUNT,), "", now=NOW)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    with coordinator.service.reading() as session:
        case = session.scalars(select(CaseRow).where(CaseRow.ref == ref)).one()
        wraps = select(CaseKeysRow).where(CaseKeysRow.case_id == case.id)
        assert all(wrap.member_id is None for wrap in session.scalars(wraps))


def test_who_is_no_trained_handler_splits_what_she_may_read(
    coordinator: Reader, second: Reader
) -> None:
    first = several(second)
    ref = split_off(second, first.ref, Choice((AIDOS,)))
    assert _told(second, ref)["victim_name"] == "Aidos Thornapple"
    assert "intimate" in {
        section.compartment
        for section in read_report(coordinator, ref, now=NOW).sections
        if section.answers is not None
    }


def test_nobody_splits_what_she_may_not_read(coordinator: Reader, second: Reader) -> None:
    first = several(coordinator, sexual_choice="tell", method=("rape",))
    assert not splitting(second, first.ref, now=NOW).may_read
    with pytest.raises(NeedsTrainedReader):
        split_off(second, first.ref, Choice((AIDOS,)))


def test_words_for_trained_readers_stay_for_them(coordinator: Reader, second: Reader) -> None:
    first = several(coordinator, sexual_choice="tell", method=("rape", "beating"))
    ref = split_off(coordinator, first.ref, Choice((AIDOS,), parts=("done",)))
    account = [
        section.answers
        for section in read_report(second, ref, now=NOW).sections
        if section.compartment == "account"
    ]
    assert account == [None]
    assert overview(coordinator, ref, now=NOW).facts.methods == ("beating",)
    of_both = split_off(coordinator, first.ref, Choice((MIRA,), parts=("done", "sexual")))
    assert "rape" in overview(coordinator, of_both, now=NOW).facts.methods


def test_a_case_kept_for_few_stays_kept_for_them(coordinator: Reader, second: Reader) -> None:
    first = several(coordinator)
    named = (coordinator.member,)
    restrict(coordinator, first.ref, named, "A cousin", proof(coordinator), now=NOW)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    assert _told(coordinator, ref)["victim_name"] == "Aidos Thornapple"
    with pytest.raises(UnknownCase):
        overview(second, ref, now=NOW)


def test_sent_again_it_makes_no_other_case(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    first, once = several(reader), new_once()
    version = splitting(reader, first.ref, now=NOW).version
    made = [
        split(reader, first.ref, Choice((AIDOS,)), WHY, once=once, version=version, now=NOW)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    with reader.service.reading() as session:
        assert len(session.scalars(select(CaseRow)).all()) == 2


def test_who_comes_second_hears_that_the_case_changed(
    coordinator: Reader, second: Reader
) -> None:
    first = several(coordinator)
    version = splitting(second, first.ref, now=NOW).version
    split_off(coordinator, first.ref, Choice((AIDOS,)))
    with pytest.raises(Conflict):
        split(
            second, first.ref, Choice((AIDOS,)), "", once=new_once(), version=version, now=NOW
        )
    with pytest.raises(NobodyChosen):
        split_off(second, first.ref, Choice((AIDOS,)))


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(("nobodyxx",)),
        Choice((AIDOS,), is_same=True),
        Choice((AIDOS,), parts=("law",)),
        Choice((AIDOS,), parts=("sexual",)),
    ],
)
def test_a_choice_that_nobody_can_mean_makes_nothing(
    coordinator: Reader, choice: Choice
) -> None:
    first = several(coordinator)
    with pytest.raises(NobodyChosen):
        split_off(coordinator, first.ref, choice)
    with coordinator.service.reading() as session:
        assert len(session.scalars(select(CaseRow)).all()) == 1


def test_both_cases_have_their_line_and_all_is_well(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    first = several(reader)
    ref = split_off(reader, first.ref, Choice((AIDOS,)))
    assert "split" in {line.act for line in timeline(reader, first.ref, now=NOW)}
    (line,) = (one for one in timeline(reader, ref, now=NOW) if one.act == "split_off")
    assert line.detail["way"] == "received_to_screening"
    assert verify(reader.service) == ()
    with opened(reader, ref, "read_report", now=NOW) as file:
        assert file.differences == ()


@given(any_facts, st.sampled_from(Level), st.integers(0, 5000), st.integers(0, 5000))
def test_a_new_case_is_as_old_and_as_urgent_as_the_first(
    facts: Facts, level: Level, earlier: int, later: int
) -> None:
    came = facts.received_at - timedelta(hours=earlier)
    now = facts.received_at + timedelta(hours=later)
    found = no_less_urgent(facts, Stood(came, level.code), by="second", now=now)
    assert found.received_at == came
    assert triage(found, now).level >= max(level, triage(facts, now).level)
    assert settled(level, found, now).level >= level


def test_two_coordinators_may_lower_what_was_split_off(
    coordinator: Reader, second: Reader
) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    answering.write(coordinator, ref, "lowering")
    assert overview(coordinator, ref, now=NOW).row.level == "u1"
    answering.agree(second, ref)
    assert overview(coordinator, ref, now=NOW).row.level == "u4"
