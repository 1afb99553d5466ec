"""Stages and the ways between them."""

import pytest

from intake.case import OPEN_STAGES, TRANSITIONS, Stage, ways, ways_from
from intake.form.vocabularies import vocabulary


def test_the_stages_are_those_of_the_vocabulary() -> None:
    assert tuple(stage.value for stage in Stage) == vocabulary("stage").codes
    assert set(OPEN_STAGES) == set(vocabulary("stage").codes) - {"closed", "erased"}


def test_there_are_24_ways_between_stages_that_exist() -> None:
    stages = {*vocabulary("stage").codes, "any"}
    assert len(TRANSITIONS) == 24
    assert all({way.source, way.target} <= stages for way in TRANSITIONS)
    assert all(way.code in vocabulary("transition") for way in TRANSITIONS)


def test_the_decisions_of_two_are_those_of_the_table() -> None:
    assert {way.code for way in TRANSITIONS if way.people == 2} == {
        "screening_to_closed",
        "consent_pending_to_decision",
        "decision_to_active",
        "decision_to_closed",
        "any_to_erased",
    }


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("received", "screening"),
        ("screening", "contacting"),
        ("contacting", "on_hold"),
        ("on_hold", "contacting"),
        ("active", "monitoring"),
        ("monitoring", "active"),
        ("closed", "screening"),
        ("received", "closed"),
        ("closed", "erased"),
    ],
)
def test_a_case_may_go_this_way(source: str, target: str) -> None:
    assert ways(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("received", "active"),
        ("screening", "active"),
        ("contacting", "decision"),
        ("closed", "active"),
        ("closed", "closed"),
        ("erased", "closed"),
        ("erased", "screening"),
    ],
)
def test_a_case_may_not_go_this_way(source: str, target: str) -> None:
    assert not ways(source, target)


@pytest.mark.parametrize("source", Stage)
def test_nothing_goes_back_to_received(source: Stage) -> None:
    assert not ways(source, "received")


@pytest.mark.parametrize("target", Stage)
def test_nothing_comes_back_from_erasing(target: Stage) -> None:
    assert not ways("erased", target)


def test_closing_may_be_a_decision_or_a_withdrawal() -> None:
    assert {way.people for way in ways("screening", "closed")} == {1, 2}


@pytest.mark.parametrize("stage", Stage)
def test_the_ways_from_a_stage_are_those_that_lead_anywhere(stage: Stage) -> None:
    targets = {way.target for way in ways_from(stage)}
    assert targets == {target.value for target in Stage if ways(stage, target)}


def test_every_way_that_closes_ends_with_a_known_outcome() -> None:
    outcomes = vocabulary("outcome")
    closing = [way for way in TRANSITIONS if way.target == "closed"]
    assert len(closing) == 7
    assert all(way.outcomes and set(way.outcomes) <= set(outcomes.codes) for way in closing)
    assert not any(way.outcomes for way in TRANSITIONS if way.target != "closed")


def test_lack_of_evidence_is_no_reason_to_close_what_was_just_screened() -> None:
    (closing,) = (way for way in TRANSITIONS if way.code == "screening_to_closed")
    assert set(closing.outcomes) == {
        "duplicate",
        "out_of_mandate_actor",
        "out_of_mandate_act",
        "out_of_country",
        "not_genuine",
    }


def test_every_outcome_can_be_reached() -> None:
    reached = {outcome for way in TRANSITIONS for outcome in way.outcomes}
    assert reached == set(vocabulary("outcome").codes)
