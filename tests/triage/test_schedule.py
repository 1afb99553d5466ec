"""The schedule of urgency says at every moment what the rules say then."""

import itertools
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from intake.triage import Facts, triage
from intake.triage.schedule import schedule
from tests.triage.strategies import any_facts, rising

hours = st.integers(0, 60 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(any_facts | rising, hours)
def test_the_span_in_force_is_what_the_rules_say(facts: Facts, later: timedelta) -> None:
    now = facts.received_at + later
    in_force = [span.triage for span in schedule(facts) if span.since <= now][-1]
    assert in_force == triage(facts, now)


@given(any_facts)
def test_neighbouring_spans_differ(facts: Facts) -> None:
    spans = schedule(facts)
    assert spans[0].since == facts.received_at
    assert all(a.triage != b.triage for a, b in itertools.pairwise(spans))
    assert all(a.since < b.since for a, b in itertools.pairwise(spans))
