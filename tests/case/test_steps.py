"""Steps: written down, corrected, kept and read again."""

import json
from datetime import time

import pytest
from hypothesis import given

from intake.case.kinds import legal
from intake.case.record import recorded
from intake.case.steps import CaseStep
from intake.form.moments import midnight
from tests.case.strategies import written
from tests.case.writing import ANNA, BERIK, NOW, TODAY, complaint, day, hours, record, step


@given(written())
def test_a_step_comes_back_from_json(steps: tuple[CaseStep, ...]) -> None:
    for one in steps:
        assert CaseStep.from_json(json.loads(json.dumps(one.to_json()))) == one


def test_what_is_not_a_step_is_an_error() -> None:
    with pytest.raises(KeyError):
        CaseStep.from_json({"id": ANNA.hex})
    with pytest.raises(ValueError, match="badly formed"):
        CaseStep.from_json({**step("plan").to_json(), "id": "nobody"})


def test_a_step_does_not_show_its_words() -> None:
    told = step("complaint", (legal.COMPLAINT_WORDS, "Beaten by Captain N."))
    assert "Captain" not in repr(told)
    assert "Captain" not in repr(record(told))


def test_a_correction_takes_the_place_of_what_it_replaces() -> None:
    wrong = complaint("court")
    right = complaint("prosecutor", replaces=wrong.id)
    again = complaint("police", replaces=right.id)
    assert [c.body for c in record(wrong, right).legal.complaints] == ["prosecutor"]
    assert [c.body for c in record(wrong, right, again).legal.complaints] == ["police"]


def test_steps_stand_in_the_order_of_their_numbers() -> None:
    first, second = step("plan", number=1, at=hours(5)), step("plan", number=2, at=NOW)
    assert recorded([second, first]).plan == second


def test_a_limit_is_counted_from_the_beginning_of_a_day_without_an_hour() -> None:
    told = complaint(on=TODAY)
    assert told.began(legal.COMPLAINT_ON) == midnight(TODAY.day)
    assert told.began(legal.ERDR_ON) is None
    exact = step("complaint", (legal.COMPLAINT_ON, TODAY), (legal.COMPLAINT_AT, time(14, 0)))
    assert exact.began(legal.COMPLAINT_ON, legal.COMPLAINT_AT) == hours(-0.5)


def test_what_was_done_had_happened_when_it_was_written_down() -> None:
    assert complaint(on=TODAY).done(legal.COMPLAINT_ON) == NOW
    assert complaint(on=day(-2)).done(legal.COMPLAINT_ON) == midnight(day(-1).day)
    assert step("complaint").done(legal.COMPLAINT_ON) == NOW


def test_two_who_are_one_are_not_two() -> None:
    assert step("lowering", second=BERIK).is_by_two
    assert not step("lowering", second=ANNA).is_by_two
    assert not step("lowering").is_by_two
