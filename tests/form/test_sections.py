"""The pages of the form: whom they are for, and what they must not do."""

import re
from collections import Counter
from itertools import chain

import pytest

from intake.form import acting, files, journey, people, recording
from intake.form.answers import Answers
from intake.form.body import Regions
from intake.form.draft import Draft
from intake.form.questionnaire import BY_NAME, REPEATED, SECTIONS
from intake.form.questions import AnyQuestion, Listed, Sought
from intake.form.sections import recorded
from intake.form.steps import Step
from intake.form.vocabularies import vocabulary
from tests.form.profiles import EVERYBODY, PROFILES
from tests.form.strategies import ASKED, STEPS

MOST_OPTIONS = 26
MOST_IN_PART = 14
FIXED = ("who", "story", "sexual", "contact", "consent")


def asked(profile: str) -> list[str]:
    """Every question that somebody meets, in order."""
    answers = EVERYBODY[profile]
    return [
        question.name
        for step in journey.asked_steps(answers)
        for question in journey.questions_of(step, answers)
    ]


def met(profile: str) -> list[str]:
    return [step.slug for step in journey.asked_steps(EVERYBODY[profile])]


def words_of(step: Step) -> str:
    groups = chain.from_iterable((group.title, group.hint) for group in step.groups)
    labels = chain.from_iterable((q.label, q.own, q.hint) for q in step.questions)
    return " ".join((step.title, step.own, *step.told, step.warning, *groups, *labels))


def test_the_sections_stand_in_their_order() -> None:
    assert [section.slug for section in SECTIONS] == [
        "now",
        "happened",
        "done",
        "help",
        "recorded",
    ]


def test_what_staff_note_is_asked_of_nobody_who_tells() -> None:
    for profile, answers in EVERYBODY.items():
        noted = recorded.STEPS & set(met(profile))
        assert noted == (recorded.STEPS if profile == "recorded" else set())
        titles = [section.slug for section in journey.sections_for(answers)]
        assert ("recorded" in titles) is bool(noted)
    told = PROFILES["brief"].having(recording.TAKEN_BY, "aida")
    assert journey.to_send(Draft(told))[recording.TAKEN_BY] is None


def test_the_last_day_of_a_paper_is_asked_where_there_is_one() -> None:
    assert "authority_until" in asked("lawyer")
    assert "authority_until" not in asked("silenced")
    assert {"client_name_for_us"} <= {*asked("lawyer")} & {*asked("silenced")}
    assert "client_name_for_us" not in asked("held")
    assert acting.AUTHORITY_UNTIL.future


def test_a_paper_of_authority_is_told_apart_among_the_files() -> None:
    assert "authority_paper" in {term.code for term in files.FILE_SHOWS.terms}
    for step in STEPS:
        offers = {t.code for q in step.questions if isinstance(q, Listed) for t in q.terms}
        assert "authority_paper" not in offers


def test_every_page_has_an_address_of_its_own() -> None:
    slugs = Counter(step.slug for step in STEPS)
    assert [slug for slug, count in slugs.items() if count > 1] == []
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)
    assert set(FIXED) <= set(slugs)


def test_what_repeats_has_the_name_of_its_page() -> None:
    repeats = {step.slug: step.repeats.name for step in STEPS if step.repeats}
    told = {"officers", "persons", "occasions", "ledger"}
    assert set(repeats) == told | {"files", "private-files"}
    assert all(slug == name for slug, name in repeats.items())
    for things in REPEATED.values():
        assert set(things.shown) <= {question.name for question in things.questions}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_a_page_is_short_enough_to_read(step: Step) -> None:
    questions = step.repeats.questions if step.repeats else step.questions
    listed = [q for q in questions if isinstance(q, Listed) and not isinstance(q, Sought)]
    offered = [question for question in listed if question.among is None]
    # Places of the body stand under headings, each list of them short.
    whole = [question for question in offered if not isinstance(question, Regions)]
    parts = [p for q in offered if isinstance(q, Regions) for p in q.parts(q.terms)]
    assert sum(len(question.terms) for question in whole) <= MOST_OPTIONS
    assert all(len(part.options) <= MOST_IN_PART for part in parts)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_a_page_asks_in_words_that_are_kind(step: Step) -> None:
    words = words_of(step)
    assert step.title.strip()
    assert not re.search(
        r"(?i)\b(please|sorry|invalid|forbidden|prove|alleged|victim)\b", words
    )
    assert not re.search(r"(?i)\bwhy did(n't| not)? you\b|\bdid you do\b", words)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_a_title_tells_nothing_to_who_looks_into_the_history(step: Step) -> None:
    told = f"{step.title} {step.own}"
    assert not re.search(r"(?i)sex|rape|tortur|abuse|violen|police|suicid", told)


@pytest.mark.parametrize("question", ASKED, ids=lambda q: f"{q.name}")
def test_a_page_asks_for_what_is_declared(question: AnyQuestion) -> None:
    declared = BY_NAME[question.name]
    assert question.compartment is declared.compartment
    assert type(question) is type(declared)
    if isinstance(question, Listed) and isinstance(declared, Listed):
        assert question.vocabulary == declared.vocabulary
        assert set(question.codes) <= {term.code for term in declared.terms}


# Codes that no reporter is offered: others set them, or the page says them in other words.
NOT_OFFERED = {
    "reporter_role": {"coalition_staff"},
    "consent": {"store", "contact"},
    "consent_giver": {"vital_interest", "family_deceased_missing"},
    "injury": {"unknown"},
    "method_group": {"sexual"},
    "evidence": {"authority_paper"},
    "channel": {"web_form"},
}


@pytest.mark.parametrize("name", sorted({q.name for q in ASKED if isinstance(q, Listed)}))
def test_the_parts_of_a_list_together_are_the_list(name: str) -> None:
    parts = [q for q in ASKED if isinstance(q, Listed) and q.name == name]
    offered = {term.code for part in parts for term in part.terms}
    whole = set(vocabulary(parts[0].vocabulary).codes)
    narrow = {"yes_no"}  # some ask for yes or no alone
    if parts[0].vocabulary not in narrow:
        assert whole - offered == NOT_OFFERED.get(name, set())


def test_own_words_come_before_the_lists() -> None:
    slugs = met("free")
    assert slugs.index("story") < slugs.index("lists") < slugs.index("methods-blunt")


def test_six_things_for_a_search_come_first_when_somebody_is_missing() -> None:
    assert asked("searching")[:8] == [
        "reporter_role",
        "victim_status",
        "victim_name",
        "detained_on",
        "custody_place",
        "perpetrators_text",
        "search_steps",
        "reporter_name",
    ]
    assert Counter(asked("searching"))["victim_name"] == 1
    assert not {"methods", "sexual-gate", "danger", "health"} & set(met("searching"))


def test_the_family_of_somebody_who_died_is_asked_about_the_papers_and_may_consent() -> None:
    assert {"died_on", "died_in_custody", "burial_or_autopsy_pending", "death_papers"} <= set(
        asked("mourning")
    )
    assert "consent" in met("mourning")
    assert not {"danger", "health", "law", "still"} & set(met("mourning"))


def test_the_family_decides_and_is_not_asked_who_allows_it() -> None:
    for profile in ("mourning", "searching"):
        answers = PROFILES[profile].having(BY_NAME["consent"], ("statistics",))
        slugs = [step.slug for step in journey.asked_steps(answers)]
        assert slugs.index("consent-family") < slugs.index("consent")
        (step,) = (s for s in journey.asked_steps(answers) if s.slug == "consent-for")
        assert [q.name for q in journey.questions_of(step, answers)] == ["consent_until"]


def test_nothing_is_asked_of_the_dead_as_of_the_living() -> None:
    of_the_living = {"victim_age", "address", "still_present", "continues", "released_on"}
    assert of_the_living <= {*asked("free"), *asked("brief"), *asked("child")}
    assert not of_the_living & set(asked("mourning"))
    answers = PROFILES["mourning"].having(BY_NAME["sexual_choice"], "tell")
    private = [s for s in journey.asked_steps(answers) if s.slug.startswith("sexual")]
    assert [step.slug for step in private] == ["sexual-gate-family", "sexual"]
    for step in private:
        hints = [question.hint for question in journey.questions_of(step, answers)]
        assert "pregnancy" not in " ".join((*step.told, *hints))


def test_somebody_held_is_asked_about_the_place_and_who_is_let_in() -> None:
    assert met("held")[:4] == ["who", "where", "custody", "access"]
    assert Counter(asked("held"))["lawyer_access"] == 1
    custody = journey.step_called("custody", PROFILES["held"])
    assert custody
    assert "seized" in " ".join(custody.told) or "taken away" in " ".join(custody.told)


def test_a_child_gets_words_of_its_own() -> None:
    assert "story-young" in met("child")
    assert "story" not in met("child")
    assert {"young"} <= set(met("child"))
    assert {"child_with", "safe_adult", "parents_may_know"} <= set(asked("child"))


def test_for_a_child_guardian_and_child_are_both_asked() -> None:
    assert "child_assent" in asked("mother")
    assert "consent_giver" not in asked("mother")


def test_who_writes_without_the_persons_knowledge_cannot_allow_in_her_place() -> None:
    slugs = met("unasked")
    assert [slug for slug in slugs if slug.startswith("consent")] == ["consent-person"]
    knowledge = journey.step_called("knowledge", PROFILES["unasked"])
    assert knowledge
    assert len(knowledge.told) == 3


def test_a_lawyer_bound_to_silence_is_told_so_before_the_own_words() -> None:
    assert met("silenced").index("silence") < met("silenced").index("story")
    assert "silence" not in met("lawyer")


def test_nothing_private_is_asked_before_it_was_chosen() -> None:
    private = {
        term.code for term in vocabulary("method").terms if term.attributes["group"] == "sexual"
    }
    for step in STEPS:
        offers = {t.code for q in step.questions if isinstance(q, Listed) for t in q.terms}
        assert step.slug == "sexual" or not private & offers
    assert "sexual" not in met("brief")
    assert "sexual" in met("free")


def test_pages_that_may_hurt_say_so_first() -> None:
    warned = {step.slug for step in STEPS if step.warning}
    assert {"lists", "sexual"} <= warned


def test_the_notice_on_article_419_stands_before_the_permission() -> None:
    for step in STEPS:
        offers = {t.code for q in step.questions if isinstance(q, Listed) for t in q.terms}
        if "state_complaint" in offers:
            words = " ".join(step.told)
            assert "419" in words
            assert "knows that it is not true" in words
            assert "no State body" in words
            assert "not an official complaint" in words


def test_who_tells_of_themselves_is_spoken_to() -> None:
    person = journey.step_called("person", PROFILES["free"])
    assert person
    assert (person.title, person.own) == ("About the person", "About you")
    name = BY_NAME["victim_name"]
    assert (name.label, name.own) == ("Name of the person", "Your name")


def test_a_relative_is_not_offered_to_be_the_person() -> None:
    (knowledge,) = (s for section in SECTIONS for s in section.steps if s.slug == "knowledge")
    relative = Answers({people.REPORTER_ROLE.name: "relative"})
    for question in knowledge.questions:
        if isinstance(question, Listed):
            offered = {term.code for term in question.offered(relative)}
            assert offered.isdisjoint({"self", "is_reporter"})
            assert {"self", "is_reporter"} & {t.code for t in question.offered(Answers())}
