"""Each way between stages: what it needs, and what is said when that is missing (6.6)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.case.guards import NEEDS, missing, open_ways
from intake.case.kinds import help as helping
from intake.case.kinds import legal, moving, page_of, wishes
from intake.case.situation import Situation
from intake.case.stages import TRANSITIONS, Transition
from intake.form.vocabularies import vocabulary
from tests.case.strategies import answers_to, situations
from tests.case.writing import (
    BERIK,
    answered,
    assent,
    attempt,
    case,
    complaint,
    day,
    hours,
    interview,
    move,
    plan,
    safety_plan,
    step,
    track,
    way,
)

ALLOWED = {"store": hours(-24), "contact": hours(-24)}
VITAL = answered(
    (wishes.CANNOT_ASK_WHY, "Held."), (wishes.LEAST_DATA, "The name."), (wishes.VITAL_TO, "NPM")
)
ENDING = (
    (moving.OUTCOME, "help_completed"),
    (moving.LAST_CONTACT_ON, day(-1)),
    (moving.RETENTION_ON, day(900)),
)


def lacks(code: str, situation: Situation, *pairs: tuple[Any, Any]) -> tuple[str, ...]:
    return missing(way(code), situation, answered(*pairs))


def test_received_to_screening_takes_nothing_but_opening() -> None:
    assert lacks("received_to_screening", case("received")) == ()


def test_screening_to_closed_takes_an_outcome_and_a_reason() -> None:
    told = ((moving.OUTCOME, "not_genuine"), (moving.WHY, "An advertisement."))
    assert lacks("screening_to_closed", case("screening"), *told) == ()
    assert lacks("screening_to_closed", case("screening")) == ("outcome", "why")


@pytest.mark.parametrize("outcome", ["insufficient", "no_consent", "help_completed"])
def test_screening_to_closed_is_never_for_lack_of_evidence(outcome: str) -> None:
    told = ((moving.OUTCOME, outcome), (moving.WHY, "No evidence."))
    assert lacks("screening_to_closed", case("screening"), *told) == ("outcome",)


def test_screening_to_closed_names_the_case_that_it_repeats() -> None:
    told = ((moving.OUTCOME, "duplicate"), (moving.WHY, "The same day and place."))
    assert lacks("screening_to_closed", case("screening"), *told) == ("same_as",)
    named = (*told, (moving.SAME_AS, "2026-0143"))
    assert lacks("screening_to_closed", case("screening"), *named) == ()


@pytest.mark.parametrize(("level", "lacking"), [("u1", ()), ("u2", ()), ("u3", ("lowering",))])
def test_screening_to_contacting_confirms_or_raises_the_urgency(
    level: str, lacking: tuple[str, ...]
) -> None:
    new = case("screening", level="u2")
    assert lacks("screening_to_contacting", new, (moving.LEVEL, level)) == lacking
    assert lacks("screening_to_contacting", new) == ("urgency",)
    assert lacks("screening_to_contacting", new, (moving.FIRST_ANSWER, True)) == ()


def test_screening_to_contacting_respects_who_wants_no_contact() -> None:
    silent = case("screening", contact_method=("none",))
    told = (moving.LEVEL, "u2")
    assert lacks("screening_to_contacting", silent, told) == ("contact_wanted",)


@pytest.mark.parametrize(
    ("knowledge", "is_free"),
    [
        ("does_not_know", True),
        ("knows_not_agreed", True),
        ("cannot_ask", True),
        ("objects", True),
        ("", True),
        ("agreed", False),
        ("is_reporter", False),
    ],
)
def test_screening_to_consent_pending_is_for_who_has_not_agreed(
    knowledge: str, *, is_free: bool
) -> None:
    told = case("screening", reporter_is_proxy=True, victim_knowledge=knowledge)
    lacking = () if is_free else ("not_agreed",)
    assert lacks("screening_to_consent_pending", told) == lacking
    own = case("screening", victim_knowledge=knowledge)
    assert lacks("screening_to_consent_pending", own) == ("not_agreed",)


def test_screening_to_decision_is_for_who_wants_no_contact() -> None:
    silent = case("screening", contact_method=("none",))
    assert lacks("screening_to_decision", silent) == ()
    assert lacks("screening_to_decision", case("screening")) == ("no_contact",)


def test_contacting_to_assessment_takes_the_code_word_and_a_safety_plan() -> None:
    assert lacks("contacting_to_assessment", case("contacting", attempt(), safety_plan())) == ()
    assert lacks("contacting_to_assessment", case("contacting")) == (
        "contact_made",
        "code_word",
        "safety_plan",
    )


@pytest.mark.parametrize("said", ["wrong", "not_asked"])
def test_contacting_to_assessment_checks_who_answered(said: str) -> None:
    doubtful = case("contacting", attempt(code_word=said), safety_plan())
    assert lacks("contacting_to_assessment", doubtful) == ("code_word",)


def test_contacting_to_assessment_takes_the_return_code_where_no_code_word_was_agreed() -> None:
    behind = {"first_contact_at": hours(-1)}
    assert lacks("contacting_to_assessment", case("contacting", safety_plan(), **behind)) == ()
    none = case("contacting", attempt(code_word="none_agreed"), safety_plan())
    assert lacks("contacting_to_assessment", none) == ()
    agreed = {"contact_rules": ("code_word",)}
    for steps, known in (((), behind), ((attempt(code_word="none_agreed"),), {})):
        asked = case("contacting", *steps, safety_plan(), **known, **agreed)
        assert lacks("contacting_to_assessment", asked) == ("code_word",)


def test_contacting_to_on_hold_takes_three_failed_attempts_and_a_day() -> None:
    tries = tuple(attempt("not_reached", at=hours(-n)) for n in (3, 2, 1))
    told = (moving.TRY_AGAIN_ON, day(5))
    assert lacks("contacting_to_on_hold", case("contacting", *tries), told) == ()
    two = case("contacting", *tries[:2])
    assert lacks("contacting_to_on_hold", two, told) == ("three_attempts",)
    unsafe = case("contacting", *tries[:2], attempt("not_reached", rules="no"))
    assert lacks("contacting_to_on_hold", unsafe, told) == ("three_attempts",)
    assert lacks("contacting_to_on_hold", case("contacting", *tries)) == ("next_try",)


@pytest.mark.parametrize(
    ("offset", "is_free"), [(0, False), (1, True), (30, True), (31, False)]
)
def test_the_next_try_lies_within_thirty_days(offset: int, *, is_free: bool) -> None:
    tries = tuple(attempt("not_reached", at=hours(-n)) for n in (3, 2, 1))
    found = lacks(
        "contacting_to_on_hold", case("contacting", *tries), (moving.TRY_AGAIN_ON, day(offset))
    )
    assert found == (() if is_free else ("next_try",))


def test_contacting_to_consent_pending_is_for_missing_consents() -> None:
    reached = case("contacting", attempt())
    assert lacks("contacting_to_consent_pending", reached) == ()
    assert lacks("contacting_to_consent_pending", case("contacting")) == ("contact_made",)
    enough = case("contacting", attempt(), allowed=ALLOWED)
    assert lacks("contacting_to_consent_pending", enough) == ("consents_there",)
    child = case("contacting", attempt(), allowed=ALLOWED, is_minor=True)
    assert lacks("contacting_to_consent_pending", child) == ()


def test_consent_pending_to_assessment_takes_both_consents() -> None:
    assert (
        lacks("consent_pending_to_assessment", case("consent_pending", allowed=ALLOWED)) == ()
    )
    assert lacks("consent_pending_to_assessment", case("consent_pending")) == (
        "consent_store",
        "consent_contact",
    )


def test_consent_pending_to_assessment_takes_a_childs_own_yes() -> None:
    child = {"allowed": ALLOWED, "is_minor": True}
    asked = "consent_pending_to_assessment"
    assert lacks(asked, case("consent_pending", **child)) == ("assent",)
    assert lacks(asked, case("consent_pending", assent("no"), **child)) == ("assent",)
    assert lacks(asked, case("consent_pending", assent(), **child)) == ()
    assert lacks(asked, case("consent_pending", assent("not_asked"), **child)) == ()


@pytest.mark.parametrize(
    "known",
    [{"is_missing": True}, {"life_at_risk": True, "victim_knowledge": "cannot_ask"}],
)
def test_consent_pending_to_decision_is_for_saving_life(known: dict[str, Any]) -> None:
    saved = case("consent_pending", **known)
    assert missing(way("consent_pending_to_decision"), saved, VITAL) == ()
    assert lacks("consent_pending_to_decision", saved) == ("least_data",)


def test_consent_pending_to_decision_is_for_nothing_else() -> None:
    going = way("consent_pending_to_decision")
    asked = case("consent_pending", life_at_risk=True, victim_knowledge="does_not_know")
    assert missing(going, asked, VITAL) == ("cannot_ask",)
    calm = case("consent_pending", victim_knowledge="cannot_ask")
    assert missing(going, calm, VITAL) == ("danger",)


def test_consent_pending_to_closed_offers_to_record_only() -> None:
    told = ((moving.OUTCOME, "no_consent"), (moving.RECORD_OFFERED, True))
    going = "consent_pending_to_closed"
    assert lacks(going, case("consent_pending"), *told) == ()
    assert lacks(going, case("consent_pending"), told[0]) == ("record_only_offered",)
    only = ((moving.OUTCOME, "documented_only"), told[1])
    assert lacks(going, case("consent_pending"), *only) == ("record_only_consent",)
    assert lacks(going, case("consent_pending", allowed=ALLOWED), *only) == ()


def test_assessment_to_decision_takes_an_interview_as_the_person_chose() -> None:
    assert lacks("assessment_to_decision", case("assessment", interview())) == ()
    assert lacks("assessment_to_decision", case("assessment")) == (
        "interview",
        "interviewer",
        "needs",
        "risks",
    )


@pytest.mark.parametrize(
    ("pair", "lacking"),
    [
        ((helping.INTERVIEWER_TRAINED, "no"), ("interviewer",)),
        ((helping.INTERVIEWER_SEX, "not_kept"), ("interviewer",)),
        ((helping.INTERVIEW_LANGUAGE, "not_kept"), ("interviewer",)),
        ((helping.INTERVIEWER_SEX, "no_wish"), ()),
        ((helping.INTERVIEWER_SEX, "other_agreed"), ()),
        ((helping.NEEDS, ()), ("needs",)),
        ((helping.RISKS, ""), ("risks",)),
    ],
)
def test_an_interview_lacks_what_is_not_noted(
    pair: tuple[Any, Any], lacking: tuple[str, ...]
) -> None:
    held = case("assessment", interview(pair))
    assert lacks("assessment_to_decision", held) == lacking
    assert (
        lacks("assessment_to_decision", case("assessment", interview(pair), interview())) == ()
    )


def test_a_child_is_interviewed_by_who_is_trained_for_it_with_a_trusted_adult() -> None:
    trained = (helping.TRAINED_FOR_CHILDREN, "yes")
    with_adult = (trained, (helping.SUPPORTIVE_ADULT, "present"))
    alone = (trained, (helping.SUPPORTIVE_ADULT, "absent"))
    wished = (trained, (helping.SUPPORTIVE_ADULT, "declined"))

    def of(*more: tuple[Any, Any]) -> tuple[str, ...]:
        held = case("assessment", interview(*more), is_minor=True)
        return lacks("assessment_to_decision", held)

    assert of(*with_adult) == of(*wished) == ()
    assert of() == of(*alone) == of(*with_adult[1:]) == ("child_interview",)


@pytest.mark.parametrize("code", ["legal", "psychological"])
def test_decision_to_active_takes_a_lead_and_a_plan(code: str) -> None:
    ready = case("decision", track(code, "Gulnar"), plan())
    assert lacks("decision_to_active", ready) == ()
    assert lacks("decision_to_active", case("decision", track(code), plan())) == ("lead",)
    assert lacks("decision_to_active", case("decision", track(code, "Gulnar"))) == ("plan",)
    other = case("decision", track("protection", "Gulnar"), plan())
    assert lacks("decision_to_active", other) == ("lead",)


def test_decision_to_closed_takes_an_outcome_and_a_reason() -> None:
    told = ((moving.OUTCOME, "insufficient"), (moving.WHY, "Nobody can be asked."))
    assert lacks("decision_to_closed", case("decision"), *told) == ()
    assert lacks("decision_to_closed", case("decision")) == ("outcome", "why")
    spam = ((moving.OUTCOME, "not_genuine"), (moving.WHY, "Spam."))
    assert lacks("decision_to_closed", case("decision"), *spam) == ("outcome",)


def test_active_to_monitoring_waits_until_only_the_review_runs() -> None:
    assert lacks("active_to_monitoring", case("active")) == ()
    filed = complaint()
    assert lacks("active_to_monitoring", case("active", filed)) == ("clocks",)
    number = step("erdr", (legal.ERDR_NUMBER, "231"), about=filed.id)
    assert lacks("active_to_monitoring", case("active", filed, number)) == ()


def test_active_to_monitoring_keeps_the_two_years_of_the_rapporteur_in_view() -> None:
    known = {"last_act_at": hours(-90), "allowed": {"un_government": hours(-90)}}
    assert lacks("active_to_monitoring", case("active", **known)) == ()


def test_monitoring_to_active_takes_something_new() -> None:
    assert lacks("monitoring_to_active", case("monitoring")) == ("news",)
    assert lacks("monitoring_to_active", case("monitoring"), (moving.NEWS, "Charged.")) == ()
    assert lacks("monitoring_to_active", case("monitoring", has_news=True)) == ()


@pytest.mark.parametrize("reason", ["wish", "unsafe", "lost_contact"])
def test_active_to_on_hold_takes_a_reason_and_a_day(reason: str) -> None:
    told = ((moving.HOLD_REASON, reason), (moving.TRY_AGAIN_ON, day(9)))
    assert lacks("active_to_on_hold", case("active"), *told) == ()
    assert lacks("active_to_on_hold", case("active")) == ("hold_reason", "next_try")


def test_on_hold_to_contacting_waits_for_the_day_or_a_message() -> None:
    early = case("on_hold", try_again_at=hours(1))
    assert lacks("on_hold_to_contacting", early) == ("try_day",)
    assert lacks("on_hold_to_contacting", case("on_hold", try_again_at=hours(-1))) == ()
    wrote = case("on_hold", try_again_at=hours(1), has_news=True)
    assert lacks("on_hold_to_contacting", wrote) == ()


def test_on_hold_to_closed_takes_a_last_try_in_vain() -> None:
    told = (moving.OUTCOME, "unreachable")
    going = "on_hold_to_closed"
    tried = case("on_hold", attempt("not_reached", at=hours(-1)), try_again_at=hours(-2))
    assert lacks(going, tried, told) == ()
    assert lacks(going, tried) == ("outcome",)
    before = case("on_hold", attempt("not_reached", at=hours(-3)), try_again_at=hours(-2))
    assert lacks(going, before, told) == ("last_try",)
    early = case("on_hold", attempt("not_reached"), try_again_at=hours(2))
    assert lacks(going, early, told) == ("last_try",)
    reached = case("on_hold", attempt(at=hours(-1)), try_again_at=hours(-2))
    assert lacks(going, reached, told) == ("last_try",)


def test_on_hold_to_closed_reads_what_the_reporter_wrote_first() -> None:
    steps = (attempt("not_reached", at=hours(-1)),)
    wrote = case("on_hold", *steps, try_again_at=hours(-2), has_news=True)
    found = lacks("on_hold_to_closed", wrote, (moving.OUTCOME, "unreachable"))
    assert found == ("unread_news",)


@pytest.mark.parametrize("stage", ["active", "monitoring"])
def test_active_to_closed_and_monitoring_to_closed_take_outcome_contact_and_date(
    stage: str,
) -> None:
    going = f"{stage}_to_closed"
    assert lacks(going, case(stage), *ENDING) == ()
    assert lacks(going, case(stage)) == ("outcome", "last_contact", "retention")
    dated = case(stage, step("retention", (moving.RETENTION_ON, day(900))))
    assert lacks(going, dated, *ENDING[:2]) == ()
    assert lacks(going, case(stage), (moving.OUTCOME, "withdrawn_fear"), *ENDING[1:]) == (
        "outcome",
    )


def test_closed_to_screening_takes_a_new_message_or_fact() -> None:
    assert lacks("closed_to_screening", case("closed")) == ("news",)
    assert lacks("closed_to_screening", case("closed", has_news=True)) == ()
    assert lacks("closed_to_screening", case("closed"), (moving.NEWS, "A witness.")) == ()


OPEN = ["received", "screening", "contacting", "consent_pending", "assessment"]


@pytest.mark.parametrize("stage", [*OPEN, "decision", "active", "monitoring", "on_hold"])
def test_any_to_closed_is_a_withdrawal_that_asks_for_pressure(stage: str) -> None:
    told = ((moving.OUTCOME, "withdrawn_fear"), (legal.UNDER_PRESSURE, "unknown"))
    assert lacks("any_to_closed", case(stage, withdrawal_asked=True), *told) == ()
    assert lacks("any_to_closed", case(stage), *told) == ("withdrawal",)
    assert lacks("any_to_closed", case(stage), *told, (moving.ASKED_HOW, "phone")) == ()
    assert lacks("any_to_closed", case(stage, withdrawal_asked=True)) == ("outcome", "pressure")


@pytest.mark.parametrize("answer", ["yes", "no", "unknown", "not_asked"])
def test_every_answer_about_pressure_will_do(answer: str) -> None:
    told = ((moving.OUTCOME, "withdrawn_other"), (legal.UNDER_PRESSURE, answer))
    assert lacks("any_to_closed", case("active", withdrawal_asked=True), *told) == ()


@pytest.mark.parametrize("stage", [*OPEN, "closed"])
def test_any_to_erased_is_for_who_asks_for_it(stage: str) -> None:
    assert lacks("any_to_erased", case(stage, erasure_asked=True)) == ()
    assert lacks("any_to_erased", case(stage)) == ("erasure",)
    assert lacks("any_to_erased", case(stage), (moving.ASKED_HOW, "in_person")) == ()


def test_any_to_erased_is_for_a_closed_case_whose_day_has_come() -> None:
    over, ahead = (step("retention", (moving.RETENTION_ON, day(n))) for n in (0, 1))
    assert lacks("any_to_erased", case("closed", over)) == ()
    assert lacks("any_to_erased", case("closed", ahead)) == ("erasure",)
    assert lacks("any_to_erased", case("screening", over)) == ("erasure",)


def test_a_way_starts_on_its_own_stage_only() -> None:
    told = answered(*ENDING)
    assert missing(way("active_to_closed"), case("closed"), told) == ("stage",)
    assert missing(way("any_to_closed"), case("closed"), told) == ("stage",)
    assert missing(way("any_to_erased"), case("erased"), told) == ("stage",)


def test_the_page_says_before_what_it_cannot_give_itself() -> None:
    found = {one.code: one for one in open_ways(case("contacting"))}
    assert set(found) == {
        "contacting_to_assessment",
        "contacting_to_on_hold",
        "contacting_to_consent_pending",
        "any_to_closed",
        "any_to_erased",
    }
    assert found["contacting_to_on_hold"].missing == ("three_attempts",)
    assert found["any_to_closed"].is_open
    assert found["any_to_erased"].people == 2
    assert found["any_to_erased"].target == "erased"
    assert open_ways(case("erased")) == ()


def test_a_decision_of_two_waits_for_its_conditions_like_any_other() -> None:
    ready = case("decision", track("legal", "Gulnar"), plan())
    (going,) = (one for one in open_ways(ready) if one.code == "decision_to_active")
    assert going.is_open
    assert going.people == 2


def test_help_is_led_by_a_member_or_by_somebody_with_a_name() -> None:
    led = (track("legal", member=BERIK), track("psychological", "Ким"))
    not_led = (
        *(track("legal", it) for it in ("", "x", "?!...", "A.")),
        track("protection", "Li Min"),
    )
    for found in led:
        assert lacks("decision_to_active", case("decision", plan(), found)) == ()
    for found in not_led:
        assert lacks("decision_to_active", case("decision", plan(), found)) == ("lead",)


def test_every_need_has_words_that_say_how_to_get_it() -> None:
    codes = {need.code for needs in NEEDS.values() for need in needs} | {"stage"}
    # That a permission was taken back since depends on its day, so casework says it.
    assert codes | {"taken_back"} == set(vocabulary("missing").codes)
    for term in vocabulary("missing").terms:
        assert all(
            label.count(".") + label.count(":") >= 2 for label in term.labels.values()
        ) or (term.code in {"consents_there", "pressure"})


def test_every_way_has_its_row() -> None:
    assert set(NEEDS) == {going.code for going in TRANSITIONS}


@pytest.mark.parametrize("going", TRANSITIONS, ids=[way.code for way in TRANSITIONS])
def test_what_a_page_can_give_is_asked_on_it(going: Transition) -> None:
    on_page = [need for need in NEEDS[going.code] if need.on_page]
    assert bool(on_page) <= bool(page_of(going).questions)


@given(situations, st.data())
def test_every_way_is_judged_for_every_case(situation: Situation, data: st.DataObject) -> None:
    codes = set(vocabulary("missing").codes)
    for going in open_ways(situation):
        answers = data.draw(answers_to(page_of(going.transition).questions))
        found = missing(going.transition, situation, answers)
        assert set(found) <= codes
        # What the page cannot give, no answer on it gives.
        assert set(going.missing) <= set(found)


def test_moves_do_not_free_themselves() -> None:
    held = move(
        "contacting_to_on_hold", "contacting", (moving.TRY_AGAIN_ON, day(5)), second=BERIK
    )
    early = case("on_hold", held, try_again_at=hours(90))
    assert lacks("on_hold_to_contacting", early) == ("try_day",)
