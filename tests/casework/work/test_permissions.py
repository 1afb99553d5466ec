"""Permissions told by phone or on paper: what holds once corrected, what the code shows."""

from datetime import date, datetime, timedelta

import pytest

from intake.case.steps import CaseStep
from intake.casework import (
    GateClosed,
    NotYet,
    Reader,
    add_step,
    answer,
    correspondence,
    enter,
    new_once,
    overview,
    read_report,
    work,
)
from intake.form.answers import Answers, Stored
from tests.casework.test_consents import allow, allowed_behind, take_back
from tests.casework.work.answering import told
from tests.people import NOW, Sent, send_and_open, sister_report

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CODE = "state_complaint"


def permission(change: str = "given", **other: Stored) -> Answers:
    answers: dict[str, Stored] = {
        "consent_change": change,
        "consent_codes": (CODE,),
        "consent_by": "victim",
        "consent_how": "phone",
    }
    return told(**{**answers, **other})


def tell(reader: Reader, sent: Sent, answers: Answers, *, at: datetime) -> CaseStep:
    """Write a permission down at this time."""
    add_step(reader, sent.ref, "consent_recorded", answers, once=new_once(), now=at)
    return work(reader, sent.ref, now=at).steps[-1]


def correct(
    reader: Reader, sent: Sent, wrong: CaseStep, *, at: datetime, **values: Stored
) -> CaseStep:
    answers = told(**{**wrong.answers.values, **values})
    once = new_once()
    add_step(
        reader, sent.ref, "consent_recorded", answers, replaces=wrong.id, once=once, now=at
    )
    return work(reader, sent.ref, now=at).steps[-1]


def strike(reader: Reader, sent: Sent, wrong: CaseStep, *, at: datetime) -> None:
    why = told(struck_why="It was written in the wrong case")
    add_step(reader, sent.ref, "struck", why, about=wrong.id, once=new_once(), now=at)


def holds(reader: Reader, sent: Sent, *, at: datetime) -> bool:
    """Whether the permission holds for the facts and for the gate alike."""
    in_facts = CODE in overview(reader, sent.ref, now=at).consents
    at_gate = "consent" not in work(reader, sent.ref, now=at).gates[CODE]
    assert in_facts == at_gate
    return in_facts


def day_of(moment: datetime) -> str:
    return moment.date().isoformat()


def from_herself(reader: Reader) -> Sent:
    """A report of the person, opened."""
    return send_and_open(reader, sister_report(told={"reporter_role": "victim"}))


def test_what_the_person_took_back_herself_no_correction_brings_back(
    coordinator_on_each: Reader,
) -> None:
    reader = coordinator_on_each
    sent = from_herself(reader)
    allow(reader.service, sent, CODE, at=NOW)
    wrong = tell(reader, sent, permission("withdrawn"), at=NOW + HOUR)
    take_back(reader.service, sent, CODE, at=NOW + 2 * HOUR)
    correspondence(reader, sent.ref, now=NOW + 3 * HOUR)
    correct(reader, sent, wrong, at=NOW + 4 * HOUR, consent_codes=("partners",))
    assert not holds(reader, sent, at=NOW + 5 * HOUR)
    assert CODE not in allowed_behind(reader.service, sent)


def test_what_another_step_took_back_too_stays_taken_back(coordinator: Reader) -> None:
    sent = from_herself(coordinator)
    tell(coordinator, sent, permission(), at=NOW)
    first = tell(coordinator, sent, permission("withdrawn"), at=NOW + HOUR)
    second = tell(coordinator, sent, permission("withdrawn"), at=NOW + 2 * HOUR)
    strike(coordinator, sent, first, at=NOW + 3 * HOUR)
    assert not holds(coordinator, sent, at=NOW + 3 * HOUR)
    strike(coordinator, sent, second, at=NOW + 4 * HOUR)
    assert holds(coordinator, sent, at=NOW + 4 * HOUR)


@pytest.mark.parametrize("kind", ["correct", "strike"])
def test_what_was_never_taken_back_holds_again(coordinator: Reader, kind: str) -> None:
    sent = from_herself(coordinator)
    allow(coordinator.service, sent, CODE, at=NOW)
    wrong = tell(coordinator, sent, permission("withdrawn"), at=NOW + HOUR)
    assert not holds(coordinator, sent, at=NOW + HOUR)
    if kind == "strike":
        strike(coordinator, sent, wrong, at=NOW + 2 * HOUR)
    else:
        correct(coordinator, sent, wrong, at=NOW + 2 * HOUR, consent_codes=("partners",))
    assert holds(coordinator, sent, at=NOW + 2 * HOUR)


def test_a_correction_counts_from_when_it_was_first_told(coordinator: Reader) -> None:
    sent = from_herself(coordinator)
    given = tell(coordinator, sent, permission(), at=NOW)
    take_back(coordinator.service, sent, CODE, at=NOW + HOUR)
    correct(coordinator, sent, given, at=NOW + 2 * HOUR, consent_how="paper")
    assert not holds(coordinator, sent, at=NOW + 3 * HOUR)


def test_words_of_a_withdrawal_put_right_end_nothing_that_was_given_since(
    coordinator: Reader,
) -> None:
    sent = from_herself(coordinator)
    wrong = tell(coordinator, sent, permission("withdrawn"), at=NOW)
    allow(coordinator.service, sent, CODE, at=NOW + HOUR)
    correct(coordinator, sent, wrong, at=NOW + 2 * HOUR, consent_how="paper")
    assert holds(coordinator, sent, at=NOW + 2 * HOUR)
    given = tell(coordinator, sent, permission(), at=NOW + 3 * HOUR)
    correct(coordinator, sent, given, at=NOW + 4 * HOUR, consent_change="withdrawn")
    assert not holds(coordinator, sent, at=NOW + 4 * HOUR)


def test_a_withdrawal_told_now_ends_what_holds_whatever_day_was_entered(
    coordinator: Reader,
) -> None:
    sent = from_herself(coordinator)
    tell(coordinator, sent, permission(), at=NOW)
    week_before = date.fromordinal(NOW.date().toordinal() - 7).isoformat()
    tell(coordinator, sent, permission("withdrawn", consent_on=week_before), at=NOW + HOUR)
    assert not holds(coordinator, sent, at=NOW + HOUR)
    (one,) = (
        c for c in overview(coordinator, sent.ref, now=NOW + HOUR).given if c.code == CODE
    )
    assert one.withdrawn_at == one.given_at == NOW


def test_nothing_is_kept_as_given_that_was_taken_back_since(coordinator: Reader) -> None:
    sent = from_herself(coordinator)
    allow(coordinator.service, sent, CODE, at=NOW)
    take_back(coordinator.service, sent, CODE, at=NOW + HOUR)
    late = NOW + 3 * DAY
    before = len(work(coordinator, sent.ref, now=late).steps)
    with pytest.raises(NotYet) as refused:
        tell(coordinator, sent, permission(consent_on=day_of(NOW)), at=late)
    assert refused.value.missing == ("taken_back",)
    assert len(work(coordinator, sent.ref, now=late).steps) == before
    tell(coordinator, sent, permission(), at=late)
    assert holds(coordinator, sent, at=late)


def test_what_the_person_told_by_phone_stands_behind_the_code(coordinator: Reader) -> None:
    sent = from_herself(coordinator)
    given = tell(coordinator, sent, permission(), at=NOW + HOUR)
    assert CODE in allowed_behind(coordinator.service, sent)
    corrected = correct(
        coordinator, sent, given, at=NOW + 2 * HOUR, consent_codes=("partners",)
    )
    assert allowed_behind(coordinator.service, sent) & {CODE, "partners"} == {"partners"}
    strike(coordinator, sent, corrected, at=NOW + 3 * HOUR)
    assert not allowed_behind(coordinator.service, sent) & {CODE, "partners"}


def test_what_was_taken_back_by_phone_is_not_allowed_behind_the_code(
    coordinator: Reader,
) -> None:
    sent = from_herself(coordinator)
    allow(coordinator.service, sent, CODE, at=NOW)
    tell(coordinator, sent, permission("withdrawn"), at=NOW + HOUR)
    assert CODE not in allowed_behind(coordinator.service, sent)
    take_back(coordinator.service, sent, "contact", at=NOW + 2 * HOUR)
    assert allowed_behind(coordinator.service, sent) == {"store"}


@pytest.mark.parametrize(
    "report",
    [
        {"reporter_role": "relative", "victim_knowledge": "does_not_know"},
        {"reporter_role": "relative", "victim_knowledge": "agreed"},
        {"victim_knowledge": "does_not_know"},
        {"reporter_role": "guardian", "age_band_now": "0_13"},
    ],
)
def test_nobody_but_the_person_learns_from_the_code_what_the_person_said(
    coordinator: Reader, report: dict[str, Stored]
) -> None:
    sent = send_and_open(coordinator, sister_report(told=report))
    before = allowed_behind(coordinator.service, sent)
    step = tell(coordinator, sent, permission(), at=NOW + HOUR)
    assert allowed_behind(coordinator.service, sent) == before
    strike(coordinator, sent, step, at=NOW + 2 * HOUR)
    said = correspondence(coordinator, sent.ref, now=NOW + 3 * HOUR).entries
    assert [entry.kind for entry in said if entry.kind == "consent"] == []


def test_who_is_not_trained_takes_nothing_away_that_she_cannot_see(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(
        coordinator, sister_report(told={"reporter_role": "victim"}, method=("rape",))
    )
    trained = tell(coordinator, sent, permission(consent_sexual=True), at=NOW)
    assert trained.id in work(second, sent.ref, now=NOW).hidden
    seen = permission(consent_how="paper")
    for what, answers, link in (
        ("consent_recorded", seen, {"replaces": trained.id}),
        ("struck", told(struck_why="Wrong"), {"about": trained.id}),
    ):
        with pytest.raises(GateClosed) as refused:
            add_step(second, sent.ref, what, answers, once=new_once(), now=NOW + HOUR, **link)
        assert refused.value.missing == ("trained_handler",)
    record = work(coordinator, sent.ref, now=NOW + HOUR).record
    assert record.consents_naming_sexual == {CODE}
    own = tell(second, sent, permission(consent_codes=("partners",)), at=NOW + HOUR)
    correct(second, sent, own, at=NOW + 2 * HOUR, consent_codes=("statistics",))
    given = overview(second, sent.ref, now=NOW + 2 * HOUR).consents
    assert {"statistics", "partners"} & set(given) == {"statistics"}


def test_what_somebody_objects_to_is_not_agreed_to_by_a_correction(coordinator: Reader) -> None:
    report = {"reporter_role": "relative", "victim_knowledge": "does_not_know"}
    sent = send_and_open(coordinator, sister_report(told=report))
    step = tell(coordinator, sent, permission(consent_by="representative"), at=NOW)
    with_objection(coordinator, sent)
    correct(coordinator, sent, step, at=NOW + 2 * HOUR, consent_by="victim")
    facts = overview(coordinator, sent.ref, now=NOW + 2 * HOUR).facts
    assert facts.victim_knowledge == "objects"


def with_objection(reader: Reader, sent: Sent) -> None:
    """The reporter tells in answers that the person objects."""
    visit = enter(reader.service, sent.code, now=NOW + HOUR)
    answers = told(victim_knowledge="objects")
    answer(reader.service, visit, answers, language="en", once=new_once(), now=NOW + HOUR)
    read_report(reader, sent.ref, now=NOW + HOUR)
