"""Going from stage to stage: what is checked, what is written, and what the reporter hears."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from intake.casework import (
    Conflict,
    NotAllowed,
    NotYet,
    Reader,
    Written,
    conversation,
    decide,
    enter,
    move,
    new_once,
    overview,
    proposals_of,
    send_message,
    timeline,
    verify,
    write,
)
from tests.casework.work import answering
from tests.casework.work.answering import agree, day, go, seen, told
from tests.people import NOW, Sent, send_and_open, sister_report

CLOSING = {"moved_outcome": "helped", "moved_last_contact_on": day(), "retention_on": day(400)}


def active(reader: Reader, other: Reader, sent: Sent) -> None:
    """Take an opened case to the stage `active`."""
    decided(reader, sent)
    go(reader, sent.ref, "decision_to_active")
    agree(other, sent.ref)


def decided(reader: Reader, sent: Sent) -> None:
    """Take an opened case to the stage `decision`."""
    go(reader, sent.ref, "screening_to_contacting", moved_level="u1")
    for what in ("attempt", "safety_plan"):
        answering.write(reader, sent.ref, what)
    go(reader, sent.ref, "contacting_to_assessment")
    answering.write(reader, sent.ref, "interview")
    go(reader, sent.ref, "assessment_to_decision")
    for what in ("track", "plan"):
        answering.write(reader, sent.ref, what)


def stages_told(reader: Reader, sent: Sent) -> list[str | None]:
    """The stages that the return code shows."""
    visit = enter(reader.service, sent.code, now=NOW)
    entries = conversation(reader.service, visit, now=NOW).entries
    return [entry.stage for entry in entries if entry.kind == "stage"]


def test_a_case_goes_its_way_and_each_move_is_written_once(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    active(coordinator_on_each, second_on_each, sent)
    found = seen(second_on_each, sent.ref)
    assert (found.stage, found.number) == ("active", "2026-0001")
    ways = [
        line.detail["way"]
        for line in timeline(second_on_each, sent.ref, now=NOW)
        if "way" in line.detail
    ]
    moves = [s.answers.values["moved_way"] for s in found.steps if s.what == "moved"]
    assert (
        ways[::-1]
        == moves
        == [
            "received_to_screening",
            "screening_to_contacting",
            "contacting_to_assessment",
            "assessment_to_decision",
            "decision_to_active",
        ]
    )
    assert stages_told(coordinator_on_each, sent)[-1] == "active"
    assert verify.verify(coordinator_on_each.service) == ()


def test_what_is_missing_is_said_and_nothing_moves(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    go(coordinator, sent.ref, "screening_to_contacting", moved_level="u1")
    with pytest.raises(NotYet) as refused:
        go(coordinator, sent.ref, "contacting_to_assessment")
    assert refused.value.missing == ("contact_made", "code_word", "safety_plan")
    assert seen(coordinator, sent.ref).stage == "contacting"


def test_a_way_that_does_not_start_here_is_not_gone(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    with pytest.raises(NotYet) as refused:
        go(coordinator, sent.ref, "active_to_monitoring")
    assert refused.value.missing == ("stage",)


@pytest.mark.parametrize("way", ["received_to_screening", "no such way"])
def test_opening_is_no_move(coordinator: Reader, way: str) -> None:
    sent = send_and_open(coordinator)
    with pytest.raises(NotAllowed):
        go(coordinator, sent.ref, way)


def test_a_page_that_is_out_of_date_moves_nothing(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    version = seen(coordinator, sent.ref).version
    answering.write(coordinator, sent.ref, "review")
    level = told(moved_level="u1")
    with pytest.raises(Conflict):
        move(
            coordinator,
            sent.ref,
            "screening_to_contacting",
            level,
            version=version,
            once=new_once(),
            now=NOW,
        )


def test_the_same_form_sent_again_moves_once(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    version, once = seen(coordinator, sent.ref).version, new_once()
    for _ in range(2):
        became = move(
            coordinator,
            sent.ref,
            "screening_to_contacting",
            told(moved_level="u1"),
            version=version,
            once=once,
            now=NOW,
        )
        assert became is Written.DONE
    assert [s.what for s in seen(coordinator, sent.ref).steps] == ["moved", "moved"]


def test_confirming_the_urgency_may_raise_it(coordinator: Reader) -> None:
    sent = send_and_open(coordinator, sister_report(victim_status="free"))
    before = seen(coordinator, sent.ref).level
    go(coordinator, sent.ref, "screening_to_contacting", moved_level="u1")
    assert (before > "u1", seen(coordinator, sent.ref).level) == (True, "u1")


def test_the_first_answer_begins_the_contact_and_says_so(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    send_message(coordinator, sent.ref, "We read it.", once=new_once(), now=NOW)
    found = seen(coordinator, sent.ref)
    assert (found.stage, found.steps[-1].what) == ("contacting", "moved")
    assert overview(coordinator, sent.ref, now=NOW).facts.stage_changed_at == NOW


def test_nobody_is_said_to_have_confirmed_the_urgency_who_only_answered(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator)
    send_message(coordinator, sent.ref, "We read it.", once=new_once(), now=NOW)
    told = seen(coordinator, sent.ref).steps[-1].answers.values
    assert "moved_level" not in told
    assert told["moved_first_answer"] is True


def test_nobody_moves_a_case_as_if_it_were_a_first_answer(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    with pytest.raises(NotYet) as refused:
        go(coordinator, sent.ref, "screening_to_contacting", moved_first_answer=True)
    assert refused.value.missing == ("urgency",)


def test_a_case_that_is_opened_again_keeps_its_number(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    active(coordinator, second, sent)
    outcome = next(iter(seen(coordinator, sent.ref).ways)).transition.outcomes
    closing = next(w for w in seen(coordinator, sent.ref).ways if w.code == "active_to_closed")
    assert outcome is not None
    values = {**CLOSING, "moved_outcome": closing.transition.outcomes[0]}
    go(coordinator, sent.ref, "active_to_closed", **values)
    assert seen(coordinator, sent.ref).record.retention_on is not None
    go(coordinator, sent.ref, "closed_to_screening", moved_news="A witness was found")
    decided(coordinator, sent)
    go(coordinator, sent.ref, "decision_to_active")
    agree(second, sent.ref)
    assert seen(coordinator, sent.ref).number == "2026-0001"


def test_a_message_does_not_open_a_closed_case_by_itself(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    closing = {"moved_outcome": "withdrawn_fear", "moved_asked_how": "phone"}
    ways = {way.code: way.transition for way in seen(coordinator, sent.ref).ways}
    closing["moved_outcome"] = ways["any_to_closed"].outcomes[0]
    go(coordinator, sent.ref, "any_to_closed", under_pressure="not_asked", **closing)
    visit = enter(coordinator.service, sent.code, now=NOW)
    write(coordinator.service, visit, "I am back", kind="message", once=new_once(), now=NOW)
    found = seen(second, sent.ref)
    assert (found.stage, found.situation.has_news) == ("closed", True)
    way = next(way for way in found.ways if way.code == "closed_to_screening")
    assert way.is_open


def test_a_proxy_does_not_learn_what_the_person_decided(coordinator: Reader) -> None:
    report = sister_report(reporter_role="relative", victim_knowledge="does_not_know")
    sent = send_and_open(coordinator, report)
    go(coordinator, sent.ref, "screening_to_contacting", moved_level="u1")
    for what in ("attempt", "safety_plan"):
        answering.write(coordinator, sent.ref, what)
    go(coordinator, sent.ref, "contacting_to_assessment")
    assert seen(coordinator, sent.ref).stage == "assessment"
    assert stages_told(coordinator, sent)[-1] == "contacting"
    visit = enter(coordinator.service, sent.code, now=NOW)
    assert conversation(coordinator.service, visit, now=NOW).stage == "contacting"


@pytest.mark.parametrize(
    ("is_set_aside", "told_last"), [(True, "contacting"), (False, "assessment")]
)
def test_a_guardian_whom_two_set_aside_is_not_told_what_is_done_for_the_child(
    coordinator: Reader, second: Reader, *, is_set_aside: bool, told_last: str
) -> None:
    report = sister_report(reporter_role="guardian", victim_knowledge="agreed")
    sent = send_and_open(coordinator, report)
    go(coordinator, sent.ref, "screening_to_contacting", moved_level="u1")
    involved = "yes" if is_set_aside else "no"
    why = {"assent_why": "She told us so herself", "guardian_involved": involved}
    answering.write(coordinator, sent.ref, "assent", assent="yes", **why)
    if is_set_aside:
        agree(second, sent.ref)
    for what in ("attempt", "safety_plan"):
        answering.write(coordinator, sent.ref, what)
    go(coordinator, sent.ref, "contacting_to_assessment")
    assert stages_told(coordinator, sent)[-1] == told_last


def test_on_hold_needs_a_day_within_thirty(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    active(coordinator, second, sent)
    for tried in (day(31), day(-1)):
        with pytest.raises(NotYet) as refused:
            go(
                coordinator,
                sent.ref,
                "active_to_on_hold",
                moved_hold_reason="wish",
                moved_try_again_on=tried,
            )
        assert refused.value.missing == ("next_try",)
    go(
        coordinator,
        sent.ref,
        "active_to_on_hold",
        moved_hold_reason="wish",
        moved_try_again_on=day(20),
    )
    assert seen(coordinator, sent.ref).situation.try_again_at is not None


def test_cases_accepted_at_once_get_different_numbers(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    all_sent = [send_and_open(coordinator_on_each) for _ in range(3)]
    for sent in all_sent:
        decided(coordinator_on_each, sent)
        go(coordinator_on_each, sent.ref, "decision_to_active")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda sent: agree(second_on_each, sent.ref), all_sent))
    numbers = {seen(second_on_each, sent.ref).number for sent in all_sent}
    assert numbers == {"2026-0001", "2026-0002", "2026-0003"}


def test_a_number_is_of_the_year_at_home(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    decided(coordinator, sent)
    go(coordinator, sent.ref, "decision_to_active")
    (one,) = proposals_of(second)
    midnight = NOW.replace(month=12, day=31, hour=19, minute=0) + timedelta(seconds=1)
    decide(second, one.id, agrees=True, words="", version=one.version, now=midnight)
    assert seen(coordinator, sent.ref).number == "2027-0001"
