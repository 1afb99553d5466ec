"""The gate for all that leaves the coalition: what it asks, and what alone opens it without."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.consent import ACTS, Asked, Consent, Person, missing
from intake.consent.outgoing import CHECKS
from intake.form.vocabularies import vocabulary

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
TOMORROW = NOW + timedelta(hours=24)
CODES = vocabulary("consent").codes
NAMED = frozenset(CODES)
ACT = pytest.mark.parametrize("act", list(ACTS))
INSIDE = {"refer", "international"}
"""What stays inside the coalition: work begins with it, and nothing goes out."""


def consent(code: str, giver: str = "victim", **changes: datetime) -> Consent:
    given = Consent(code, giver, NOW - timedelta(days=1), "2026-11")
    return replace(given, **changes)  # type: ignore[arg-type] # moments all


def asked(person: Person | None = None, giver: str = "victim", **known: object) -> Asked:
    """Everything allowed by this giver, with a safety plan, as far as `known` says no other."""
    told = {"consents": tuple(consent(c, giver) for c in CODES), "has_safety_plan": True}
    return Asked(person=person or Person(), **{**told, **known})  # type: ignore[arg-type]


@ACT
def test_what_is_allowed_and_planned_goes_out(act: str) -> None:
    assert missing(act, asked(), NOW) == ()


@ACT
def test_without_its_own_consent_nothing_goes_out(act: str) -> None:
    others = tuple(consent(code) for code in CODES if code != ACTS[act].consent)
    assert missing(act, asked(consents=others), NOW) == ("consent",)


@ACT
def test_consent_is_asked_for_at_the_moment_of_the_act(act: str) -> None:
    code = ACTS[act].consent
    for ended in (consent(code, until=NOW), consent(code, withdrawn_at=NOW)):
        assert missing(act, asked(consents=(ended,)), NOW) == ("consent",)
        assert missing(act, asked(consents=(ended,)), NOW - timedelta(seconds=1)) == ()


@ACT
def test_the_word_of_somebody_else_does_not_count(act: str) -> None:
    assert missing(act, asked(giver="guardian_assent"), NOW) == ("giver",)
    child = Person(is_minor=True)
    assert missing(act, asked(child, has_assent=True), NOW) == ("giver",)
    assert missing(act, asked(child, "guardian_assent", has_assent=True), NOW) == ()


@ACT
@pytest.mark.parametrize("person", [Person(is_dead=True), Person(is_missing=True)])
def test_the_family_speaks_for_the_dead_and_missing(act: str, person: Person) -> None:
    assert missing(act, asked(person, "family_deceased_missing"), NOW) == ()
    assert missing(act, asked(person), NOW) == ("giver",)


@ACT
@pytest.mark.parametrize("knowledge", ["does_not_know", "knows_not_agreed"])
@pytest.mark.parametrize("giver", ["victim", "representative"])
def test_nothing_goes_out_behind_the_persons_back(act: str, knowledge: str, giver: str) -> None:
    hidden = Person(reporter_is_proxy=True, victim_knowledge=knowledge)
    assert missing(act, asked(hidden, giver), NOW) == ("knowledge",)
    assert missing(act, asked(hidden, consents=()), NOW) == ("consent", "knowledge")


@ACT
def test_a_paper_stands_for_who_cannot_be_asked(act: str) -> None:
    held = Person(reporter_is_proxy=True, victim_knowledge="cannot_ask")
    assert missing(act, asked(held, "representative"), NOW) == ()
    assert missing(act, asked(held), NOW) == ("knowledge",)


@ACT
def test_a_child_is_asked_too(act: str) -> None:
    child = asked(Person(is_minor=True), "guardian_assent")
    assert missing(act, child, NOW) == ("assent",)


@ACT
def test_nothing_leaves_before_a_safety_plan(act: str) -> None:
    found = missing(act, asked(has_safety_plan=False), NOW)
    assert found == (() if act in INSIDE else ("safety_plan",))


@ACT
def test_sexual_violence_must_be_named_in_the_consent(act: str) -> None:
    found = missing(act, asked(tells_sexual=True), NOW)
    assert found == (() if act in INSIDE else ("sexual",))
    named = asked(tells_sexual=True, naming_sexual=frozenset({ACTS[act].consent}))
    assert missing(act, named, NOW) == ()
    other = asked(tells_sexual=True, naming_sexual=NAMED - {ACTS[act].consent})
    assert missing(act, other, NOW) == found


@ACT
def test_who_objects_is_heard(act: str) -> None:
    assert missing(act, asked(objects_to=("everything",)), NOW) == ("objection",)
    against = Person(victim_knowledge="objects")
    assert "objection" in missing(act, asked(against), NOW)


@pytest.mark.parametrize(
    ("objection", "stopped"),
    [
        ("state", {"state_complaint", "protection", "npm"}),
        ("un", {"un_urgent", "un_allegation", "wgeid", "international"}),
        ("partners", {"partner"}),
        ("publication", {"publish_anonymous", "publish_named"}),
    ],
)
def test_an_objection_stops_what_it_is_against(objection: str, stopped: set[str]) -> None:
    told = asked(objects_to=(objection,))
    assert {act for act in ACTS if missing(act, told, NOW)} == stopped


def test_every_objection_names_consents_that_exist() -> None:
    for term in vocabulary("objection").terms:
        assert set(term.attributes["consents"]) <= set(CODES)


LIFE = Person(is_missing=True, reporter_is_proxy=True, victim_knowledge="cannot_ask")
SAVING = {act for act, row in ACTS.items() if row.saves_life}


def vital(until: datetime | None = TOMORROW, **known: object) -> Asked:
    told = {"consents": (), "has_safety_plan": False, "vital_until": until, **known}
    return asked(LIFE, **told)  # type: ignore[arg-type]


@ACT
def test_to_save_life_two_may_let_the_least_go_out(act: str) -> None:
    found = missing(act, vital(), NOW)
    assert (found == ()) == (act in SAVING)


def test_what_saves_life_is_no_publication() -> None:
    lasting = {"un_allegation", "partner", "publish_anonymous", "publish_named"}
    assert set(ACTS) - SAVING == lasting


@pytest.mark.parametrize("act", sorted(SAVING))
def test_the_decision_to_save_life_ends_after_its_day(act: str) -> None:
    over = missing(act, vital(NOW), NOW)
    assert over[-1] == "vital_review"
    assert "consent" in over
    assert "consent" in missing(act, vital(None), NOW)
    assert "vital_review" not in missing(act, vital(None), NOW)


@pytest.mark.parametrize("act", sorted(SAVING - INSIDE))
def test_even_to_save_life_an_objection_and_sexual_violence_hold(act: str) -> None:
    told = vital(objects_to=("everything",), tells_sexual=True)
    assert missing(act, told, NOW) == ("objection", "sexual")


def test_every_answer_of_the_gate_has_words() -> None:
    codes = {code for code, _check in CHECKS} | {"vital_review"}
    # That only a trained handler may do it depends on who asks, so casework says it.
    assert codes | {"trained_handler"} == set(vocabulary("gate").codes)


def test_an_unknown_act_is_an_error() -> None:
    with pytest.raises(KeyError):
        missing("shouting", asked(), NOW)


people = st.builds(
    Person,
    is_minor=st.booleans(),
    is_dead=st.booleans(),
    is_missing=st.booleans(),
    reporter_is_proxy=st.booleans(),
    victim_knowledge=st.sampled_from(["", *vocabulary("victim_knowledge").codes]),
    guardian_is_set_aside=st.booleans(),
)
moments = st.none() | st.sampled_from([NOW - timedelta(hours=1), NOW, TOMORROW])
consents = st.builds(
    Consent,
    code=st.sampled_from(CODES),
    giver=st.sampled_from(["", *vocabulary("consent_giver").codes]),
    given_at=st.just(NOW - timedelta(days=1)),
    text_version=st.just("2026-11"),
    until=moments,
    withdrawn_at=moments,
)
anything = st.builds(
    Asked,
    consents=st.lists(consents, max_size=4).map(tuple),
    person=people,
    has_safety_plan=st.booleans(),
    has_assent=st.booleans(),
    objects_to=st.lists(st.sampled_from(vocabulary("objection").codes), max_size=2).map(tuple),
    tells_sexual=st.booleans(),
    naming_sexual=st.frozensets(st.sampled_from(CODES), max_size=3),
    vital_until=moments,
)


@given(anything, st.sampled_from(list(ACTS)))
def test_what_goes_out_was_allowed_or_saves_life(told: Asked, act: str) -> None:
    if missing(act, told, NOW):
        return
    row = ACTS[act]
    is_vital = row.saves_life and told.vital_until is not None and told.vital_until > NOW
    in_force = [c for c in told.consents if c.code == row.consent and c.is_in_force(NOW)]
    assert is_vital or any(told.person.is_valid(c.giver) for c in in_force)
    assert told.person.victim_knowledge != "objects"
    assert "everything" not in told.objects_to


@given(anything, st.sampled_from(list(ACTS)))
def test_more_caution_never_opens_the_gate(told: Asked, act: str) -> None:
    less = replace(
        told,
        has_safety_plan=False,
        has_assent=False,
        naming_sexual=frozenset(),
        tells_sexual=True,
    )
    assert set(missing(act, told, NOW)) - {"vital_review"} <= set(missing(act, less, NOW))
