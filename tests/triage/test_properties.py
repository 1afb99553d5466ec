"""What holds of urgency for every case there could be."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from intake.form.vocabularies import vocabulary
from intake.triage import FACTORS, Facts, Level, triage
from tests.triage.strategies import NOW, any_facts

HARMS = st.fixed_dictionaries(
    {},
    optional={
        "methods": st.sampled_from(
            [c for c in vocabulary("method").codes if c not in {"other", "not_said"}]
        ),
        "injuries": st.sampled_from(vocabulary("injury").codes),
        "reprisals": st.sampled_from(vocabulary("reprisal").codes),
        "vulnerability": st.sampled_from(vocabulary("vulnerability").codes),
        "medical_exam": st.just("requested_refused"),
    },
)
MARKS = st.sets(
    st.sampled_from(
        ["minor_now", "self_harm_marked", "medical_denied_now", "isolated_now", "injured"]
    )
)


@given(any_facts, HARMS, MARKS)
def test_more_harm_never_lowers_urgency(
    before: Facts, harms: dict[str, str], marks: set[str]
) -> None:
    more = {name: (*getattr(before, name), code) for name, code in harms.items()}
    after = replace(before, **more, **dict.fromkeys(marks, True))  # type: ignore[arg-type]
    weaker, stronger = triage(before, NOW), triage(after, NOW)
    assert stronger.level >= weaker.level
    assert stronger.points >= weaker.points
    assert stronger.first_action_hours <= weaker.first_action_hours
    assert set(stronger.factors) >= set(weaker.factors)


CODED = {
    "custody_acknowledged": "custody_acknowledged",
    "continues": "yes_no",
    "still_present": "yes_no",
    "died_in_custody": "yes_no",
    "burial_or_autopsy_pending": "yes_no",
    "perpetrator_identified_in_post": "yes_no",
    "age_band_then": "age_band",
    "lawyer_access": "lawyer_access",
    "victim_status": "victim_status",
}
LISTED = ("reprisals", "vulnerability", "occupation_profile", "agency", "injuries")


@given(any_facts, st.sampled_from(sorted(CODED)))
def test_unknown_counts_like_unanswered(facts: Facts, name: str) -> None:
    unanswered = replace(facts, **{name: ""})  # type: ignore[arg-type]
    unknown = replace(facts, **{name: "unknown"})  # type: ignore[arg-type]
    assert triage(unknown, NOW) == triage(unanswered, NOW)


@given(any_facts, st.sampled_from(LISTED))
def test_unknown_in_a_list_counts_like_unanswered(facts: Facts, name: str) -> None:
    unanswered = replace(facts, **{name: ()})  # type: ignore[arg-type]
    unknown = replace(facts, **{name: ("unknown",)})  # type: ignore[arg-type]
    assert triage(unknown, NOW) == triage(unanswered, NOW)


@given(any_facts, st.sampled_from(sorted(set(CODED) - {"victim_status"})))
def test_no_is_never_more_urgent_than_unknown(facts: Facts, name: str) -> None:
    if "no" not in vocabulary(CODED[name]):
        return
    denied = replace(facts, **{name: "no"})  # type: ignore[arg-type]
    unknown = replace(facts, **{name: "unknown"})  # type: ignore[arg-type]
    # A death known to be no death in custody is no case of death at all.
    assert triage(unknown, NOW).level >= triage(denied, NOW).level


@given(any_facts)
def test_no_visible_traces_changes_nothing(facts: Facts) -> None:
    marked = replace(facts, injuries=(*facts.injuries, "none_visible"))
    assert triage(marked, NOW) == triage(facts, NOW)


@given(any_facts)
def test_the_level_is_what_points_floors_and_people_ask_for(facts: Facts) -> None:
    found = triage(facts, NOW)
    rows = [factor for factor in FACTORS if factor.code in found.factors]
    assert found.points == sum(row.points for row in rows)
    asked = [level for level in Level if found.points >= level.points]
    asked += [row.floor for row in rows if row.floor]
    asked += [facts.raised.level] if facts.raised else []
    assert found.level is max(asked)
    assert found.first_action_hours <= found.level.hours
