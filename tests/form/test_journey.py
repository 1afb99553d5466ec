# ruff: noqa: RUF001 - people write in Cyrillic letters
"""The way through the form, for every kind of answers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.form import events, journey, people, repeating, towns
from intake.form.answers import Answers, Item, State, Stored
from intake.form.draft import Draft
from intake.form.questionnaire import BY_NAME, REPEATED
from intake.form.questions import Choices, Listed
from intake.form.steps import Step
from tests.form.profiles import EVERYBODY, PROFILES, told
from tests.form.strategies import ASKED, STEPS, answers, drafts, values

PARTS = [q for q in ASKED if isinstance(q, Choices)]


def slugs(answers: Answers) -> list[str]:
    return [step.slug for step in journey.asked_steps(answers)]


def asked_names(answers: Answers) -> set[str]:
    steps = journey.asked_steps(answers)
    return {question.name for step in steps for question in journey.questions_of(step, answers)}


@given(drafts())
def test_whoever_goes_on_comes_to_an_end(draft: Draft) -> None:
    for _ in range(len(STEPS) + 1):
        step = journey.next_step(draft)
        if step is None:
            break
        draft = draft.passing(step.slug)
    assert journey.next_step(draft) is None
    assert set(slugs(draft.answers)) <= set(draft.passed)


@given(answers())
def test_back_leads_through_the_same_pages_as_on(answers: Answers) -> None:
    steps = journey.asked_steps(answers)
    assert journey.step_before(steps[0].slug, answers) is None
    for before, after in list(pairwise(steps))[::7]:
        assert journey.step_before(after.slug, answers) == before
    assert journey.step_before("of-tomorrow", answers) is None


@given(answers())
def test_only_what_is_asked_is_sent(answers: Answers) -> None:
    sent = journey.to_send(Draft(answers))
    assert set(sent.values) <= asked_names(answers)
    repeats = {step.repeats.name for step in journey.asked_steps(answers) if step.repeats}
    assert set(sent.items) <= repeats


@given(answers())
def test_every_answer_on_an_asked_page_is_sent(answers: Answers) -> None:
    sent = journey.to_send(Draft(answers))
    for step in journey.asked_steps(answers):
        for question in journey.questions_of(step, answers):
            if isinstance(question, Listed):
                offered = {term.code for term in question.offered(answers)}
                chosen = answers[question] or ()
                codes = chosen if isinstance(chosen, tuple) else (chosen,)
                kept = sent[question] or ()
                kept = kept if isinstance(kept, tuple) else (kept,)
                assert {code for code in codes if code in offered} <= set(kept)
            else:
                assert sent[question] == answers[question]


@given(answers())
def test_no_page_asks_for_one_answer_twice(answers: Answers) -> None:
    for step in journey.asked_steps(answers):
        names = [question.name for question in journey.questions_of(step, answers)]
        assert len(names) == len(set(names))


@given(answers(), st.data())
def test_a_page_never_closes_itself(answers: Answers, data: st.DataObject) -> None:
    step = data.draw(st.sampled_from(journey.asked_steps(answers)))
    for question in journey.questions_of(step, answers):
        answers = answers.having(question, data.draw(values(question)))
    assert step in journey.asked_steps(answers)


@pytest.mark.parametrize("part", PARTS, ids=lambda q: f"{q.name}-{q.terms[0].code}")
def test_a_part_of_a_list_keeps_the_codes_of_the_other_parts(part: Choices) -> None:
    whole = BY_NAME[part.name]
    assert isinstance(whole, Choices)
    every = tuple(term.code for term in whole.terms)
    own = {term.code for term in part.terms}
    others = {code for code in every if code not in own}
    before = Answers().having(whole, every)
    kept = before.having(part, part.terms[0].code and (part.terms[0].code,))
    assert set(kept[whole] or ()) == others | {part.terms[0].code}
    assert set(before.without(part)[whole] or ()) == others
    unsaid = before.having(part, State.PREFER_NOT_TO_SAY)
    assert set(unsaid[whole] or ()) == others


def test_every_page_is_met_by_somebody() -> None:
    met = {slug for answers in EVERYBODY.values() for slug in slugs(answers)}
    assert met == {step.slug for step in STEPS}


def test_who_says_little_meets_no_list_of_what_was_done() -> None:
    met = slugs(PROFILES["brief"])
    assert not [slug for slug in met if slug.startswith(("methods", "body", "injuries"))]


def test_a_town_that_is_no_longer_found_by_what_was_typed_is_not_sent() -> None:
    typed = told(town_said="Тараз", town="taldykorgan")
    assert journey.to_send(Draft(typed))[towns.TOWN] is None
    assert journey.to_send(Draft(told(town_said="Талды", town="taldykorgan")))[towns.TOWN] == (
        "taldykorgan"
    )


def test_what_a_closed_branch_holds_stays_behind() -> None:
    before = told(reporter_role="relative", victim_status="deceased", died_on="2026-11-01")
    after = before.having(events.VICTIM_STATUS, "free")
    assert journey.to_send(Draft(before))[BY_NAME["died_on"]] is not None
    assert journey.to_send(Draft(after))[BY_NAME["died_on"]] is None


def test_the_step_and_its_section_are_found_by_name() -> None:
    story = journey.step_called("story", Answers())
    assert isinstance(story, Step)
    assert journey.section_of(story).slug == "happened"
    assert journey.step_called("missing", Answers()) is None


@pytest.mark.parametrize(
    "answers",
    [
        told(narrative="Меня били."),
        told(victim_status="sizo"),
        told(urgent_signs=("no_contact",)),
        told(method=("electric",)),
        told(method_group=("blunt",)),
        told(injury=("pain",)),
        told(agency=("knb",)),
        told(sexual_choice="said"),
        told(died_in_custody="yes"),
        Answers().with_item(repeating.OFFICERS, Item("aaaaaaaa", told(officer_name="Ермек"))),
    ],
)
def test_a_few_words_or_one_tick_are_enough_to_send(answers: Answers) -> None:
    assert journey.can_be_sent(answers)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"narrative": "  \n"},
        {"narrative": State.SKIPPED, "agency": State.PREFER_NOT_TO_SAY},
        {"victim_name": "А.", "reporter_role": "victim", "contact_method": ("mailbox",)},
        {"in_detail": "yes", "sexual_choice": "no", "trained_only": True},
    ],
)
def test_names_and_empty_words_alone_are_not_a_report(
    values: dict[str, Stored | State],
) -> None:
    assert not journey.can_be_sent(Answers(values))
    assert journey.SAY_SOMETHING


def test_things_that_repeat_are_sent_with_their_ids() -> None:
    item = Item("abcdefgh", told(person_name="Б.", person_age="14_15"))
    answers = Answers().with_item(repeating.PERSONS, item)
    assert journey.to_send(Draft(answers)).item(REPEATED["persons"], "abcdefgh") == item
    alone = answers.having(people.VICTIMS_COUNT, 1)
    assert journey.to_send(Draft(alone)).of(REPEATED["persons"]) == ()
