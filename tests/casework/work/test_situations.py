"""What the gate for outgoing acts is told of a case."""

from datetime import timedelta

import pytest

from intake.case.steps import CaseStep
from intake.casework.facts_box import KeptFacts
from intake.casework.work.situations import asked
from intake.consent import missing
from intake.triage import Facts
from tests.case.writing import NOW, hours, record, step, vital

FACTS = KeptFacts(Facts(NOW, victim_status="missing", reporter_role="relative"))


def lacking(*steps: CaseStep) -> tuple[str, ...]:
    """What keeps a request for a visit from going out."""
    return missing("npm", asked(FACTS, record(*steps), now=NOW), NOW)


def test_for_a_day_two_may_let_the_least_go_out() -> None:
    assert lacking() == ("consent", "safety_plan")
    assert lacking(vital(at=hours(-23))) == ()


def test_after_the_day_the_gate_asks_to_look_at_the_decision_again() -> None:
    assert lacking(vital(at=hours(-24))) == ("consent", "safety_plan", "vital_review")
    assert lacking(vital(at=hours(-24)), vital(at=hours(-1))) == ()


@pytest.mark.parametrize("what", ["review", "consent_recorded", "objection"])
def test_what_was_looked_at_again_holds_to_its_end_and_is_asked_for_no_more(what: str) -> None:
    decided = vital(at=hours(-20))
    looked = step(what, at=hours(-2))
    assert lacking(decided, looked) == ()
    later = NOW + timedelta(hours=5)
    told = asked(FACTS, record(decided, looked), now=later)
    assert missing("npm", told, later) == ("consent", "safety_plan")
