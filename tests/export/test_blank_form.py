"""The blank form asks what the form asks, in its order, and says in words who is asked what."""

import re
from collections.abc import Iterator
from functools import partial

import pytest

from intake.export import branches
from intake.export.blank_form import blank_form, is_apart
from intake.export.cover import Told
from intake.export.numbering import numbers, page_numbers
from intake.export.on_paper import LEFT_OUT, TOGETHER, said_otherwise
from intake.export.paper import Field, Page, Paper, Tongue, fields_of
from intake.form import urgent
from intake.form.body import Marks
from intake.form.consent_texts import consent_text
from intake.form.listed import Listed
from intake.form.questionnaire import OF_WHO_TELLS, SECTIONS, VERSION
from intake.form.questions import AnyQuestion, Choice, LongText, Sought
from intake.form.sections import recorded
from intake.form.sections.consents import ABOUT_COMPLAINTS
from intake.form.steps import Step
from intake.form.vocabularies import Term
from intake.translations import LANGUAGES, said_in
from tests.export.papers import ENGLISH, in_language, words_of

STEPS = [step for section in SECTIONS for step in section.steps]
ASKED = [
    (step, question)
    for step in STEPS
    for question in (*step.questions, *(step.repeats.questions if step.repeats else ()))
    if question.name not in LEFT_OUT
]


@pytest.fixture(scope="module")
def paper() -> Paper:
    return in_language("en")


@pytest.fixture(scope="module")
def fields(paper: Paper) -> dict[str, Field]:
    return {field.number: field for field in (*paper.fields, *fields_of(paper.staff))}


def pages(paper: Paper) -> Iterator[Page]:
    for section in paper.sections:
        yield from section.pages


def ids(place: tuple[Step, AnyQuestion]) -> str:
    return f"{place[0].slug}/{place[1].name}"


@pytest.mark.parametrize("place", ASKED, ids=ids)
def test_every_question_of_the_form_stands_on_paper(
    fields: dict[str, Field], place: tuple[Step, AnyQuestion]
) -> None:
    step, question = place
    if isinstance(question, Sought):  # found in what is written on the line before
        question = question.by
    assert numbers()[step.slug, question.name] in fields


@pytest.mark.parametrize("place", ASKED, ids=ids)
def test_every_answer_that_can_be_chosen_has_a_box_or_a_line(
    fields: dict[str, Field], place: tuple[Step, AnyQuestion]
) -> None:
    step, question = place
    if not isinstance(question, Listed) or isinstance(question, Sought | Marks):
        return
    field = fields[numbers()[step.slug, question.name]]
    boxes = {option.label for options in field.options for option in options.those}
    assert field.rows if field.kind == "lines" else boxes >= set(labels(question))
    assert field.is_one == (isinstance(question, Choice) and field.kind == "boxes")


def labels(question: Listed[object]) -> Iterator[str]:
    return (term.label("en") for term in question.terms)


def test_what_may_be_on_the_body_has_a_column_each_and_room_for_places(
    fields: dict[str, Field],
) -> None:
    tables = [field for field in fields.values() if field.kind == "table"]
    places = [(step, q) for step, q in ASKED if isinstance(q, Marks)]
    assert len(tables) == len(places) > 0
    for field in tables:
        assert "Burn" in {option.label for option in field.options[0].those}
        assert field.rows >= 6 or len(field.options[1].those) > 0


def test_the_order_is_that_of_the_form(paper: Paper) -> None:
    shown = [page.title for page in pages(paper)]
    of_who_tells = [step for section in OF_WHO_TELLS for step in section.steps]
    assert shown == [step.title for step in of_who_tells if step.slug not in TOGETHER]
    numbered = [tuple(map(int, field.number.split("."))) for field in paper.fields]
    assert numbered == sorted(set(numbered))


def test_only_what_older_drafts_are_asked_is_left_out() -> None:
    assert sorted(LEFT_OUT) == ["body_part"]


def test_own_words_come_before_the_lists_of_what_was_done() -> None:
    assert int(page_numbers()["story"]) < int(page_numbers()["lists"])


def test_own_words_have_most_of_a_page_of_lines(fields: dict[str, Field]) -> None:
    assert fields[numbers()["story", "narrative"]].rows >= 18


@pytest.mark.parametrize("slug", TOGETHER)
def test_a_page_left_to_another_asks_nothing_that_the_other_does_not(slug: str) -> None:
    by_slug = {step.slug: step for step in STEPS}
    there = {question.name: question for question in by_slug[TOGETHER[slug]].questions}
    for question in by_slug[slug].questions:
        other = there[question.name]
        if isinstance(question, Listed):
            assert isinstance(other, Listed)
            assert set(question.terms) <= set(other.terms)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_who_is_asked_a_page_is_said_in_words(step: Step) -> None:
    said = branches.branch_of(step)
    assert said.endswith(".") or not said
    assert said or step.when is None or step.slug in ALREADY_SAID


ALREADY_SAID = (
    "story",
    "methods-blunt",
    "methods-asphyxia",
    "methods-position",
    "methods-wounds",
    "methods-environment",
    "methods-psych",
    "methods-denial",
    "methods-other",
    *recorded.STEPS,
)
"""Pages for everybody on paper, those that the page before leads to, and those for staff."""


@pytest.mark.parametrize("place", ASKED, ids=ids)
def test_who_is_asked_a_question_is_said_in_words(place: tuple[Step, AnyQuestion]) -> None:
    said = branches.note_of(*place)
    assert said.endswith(".") or not said


def test_somebody_missing_has_a_page_that_says_so(paper: Paper) -> None:
    (page,) = (page for page in pages(paper) if page.number == page_numbers()["missing"])
    assert page.branch == "Only if the person is missing."


def test_what_was_answered_on_a_page_for_few_is_asked_of_the_others(
    fields: dict[str, Field],
) -> None:
    asked = fields[numbers()["person", "victim_name"]]
    assert f"under {numbers()['missing', 'victim_name']}, leave it out." in asked.note


def test_part_of_a_list_is_not_taken_for_the_whole(fields: dict[str, Field]) -> None:
    assert fields[numbers()["medical", "medical_exam"]].note == ""


def test_long_lists_of_places_are_a_line_to_write_on(fields: dict[str, Field]) -> None:
    for place in (("region", "region_of_event"), ("home", "home_region")):
        assert fields[numbers()[place]].kind == "lines"


def test_a_long_list_that_stood_before_is_not_repeated_for_each_thing(
    fields: dict[str, Field],
) -> None:
    kind = fields[numbers()["ledger", "step_kind"]]
    assert kind.kind == "lines"
    assert numbers()["steps", "legal_step"] in kind.hint


def test_places_on_the_body_can_be_marked_on_pictures_too(fields: dict[str, Field]) -> None:
    drawn = [number for number, field in fields.items() if field.has_pictures]
    assert drawn == [numbers()["body", "body_region"]]


def test_things_have_room_for_two_or_three(paper: Paper) -> None:
    rooms = [page.things.room for page in pages(paper) if page.things]
    assert len(rooms) == len([step for step in STEPS if step.repeats])
    assert set(rooms) <= {2, 3}


def test_what_is_about_sexual_violence_stands_apart_and_nothing_else_does(paper: Paper) -> None:
    apart = {page.number for page in pages(paper) if page.is_apart}
    slugs = ("sexual-gate", "sexual", "private-files", "body-private", "consent-pictures")
    assert apart == {page_numbers()[slug] for slug in slugs}
    intimate = {step.slug for step, q in ASKED if q.compartment == "intimate"}
    assert all(is_apart(step) for step in STEPS if step.slug in intimate)


def test_the_notice_on_article_419_stands_word_for_word_before_the_complaint(
    paper: Paper,
) -> None:
    (page,) = (p for p in pages(paper) if p.number == page_numbers()["consent-complaint"])
    assert page.told[: len(ABOUT_COMPLAINTS)] == ABOUT_COMPLAINTS
    assert page.told[-1] == "(not checked)"
    assert any("419" in sentence for sentence in page.told)
    (option,) = fields_of(page)[0].options[0].those
    assert option.more == consent_text("state_complaint").text("en")


def test_every_permission_says_its_words_in_full(paper: Paper) -> None:
    more = {o.more for f in paper.fields for options in f.options for o in options.those}
    asked = [t.code for _s, q in ASKED if q.name == "consent" for t in terms(q)]
    assert {consent_text(code).text("en") for code in (*asked, "contact")} <= more


def terms(question: AnyQuestion) -> tuple[Term, ...]:
    return question.terms if isinstance(question, Listed) else ()


def test_what_the_coalition_tells_about_itself_comes_first() -> None:
    told = Told(
        permission=str,
        coalition="We are five organisations.",
        duty_hours="on weekdays",
        emergency_numbers=(("112", "rescue"),),
        addresses=("https://example.org/",),
    )
    cover = list(words_of(blank_form(ENGLISH, told).cover))
    assert "We are five organisations." in cover[:4]
    assert "112 rescue" in cover
    assert any("on weekdays" in words for words in cover)
    assert any("https://example.org/" in words for words in cover)


def test_without_numbers_that_somebody_tried_none_is_named(paper: Paper) -> None:
    cover = list(words_of(paper.cover))
    assert any("emergency number that you know" in words for words in cover)
    assert not any("call first:" in words for words in cover)


def test_the_cover_promises_no_protection_and_says_how_it_is_handed_in(paper: Paper) -> None:
    cover = " ".join(words_of(paper.cover))
    for words in ("We cannot promise", "from hand to hand", "Leave out what you want"):
        assert words in cover


def test_no_code_has_a_place_on_the_form(paper: Paper) -> None:
    every = [*paper.fields, *fields_of(paper.staff)]
    asked = [field.label for field in every if "code" in field.label.casefold()]
    assert asked == ["Was the code handed over?"]


def test_nothing_on_paper_speaks_of_screens(paper: Paper) -> None:
    words = " ".join(words_of(paper.as_json())).casefold()
    screens = r"\b(press|button|click|browser|upload|sending|next pages?|start page)\b"
    assert re.search(screens, words) is None


def test_what_paper_says_otherwise_is_still_said_so_by_the_form() -> None:
    said = {text for step in STEPS for text in (*step.told, *(g.hint for g in step.groups))}
    said |= {text for _step, q in ASKED for text in (q.label, q.hint)}
    said |= {text for q in urgent.STEP.questions for text in (q.label, q.hint)}
    assert said_otherwise() <= said


def test_the_staff_note_channel_conditions_and_who_was_present(paper: Paper) -> None:
    labels = [field.label for field in fields_of(paper.staff)]
    assert paper.staff.is_apart
    assert {"How did it come to us?", "Who was present?", "Who filled it in?"} <= set(labels)
    assert "Where, and under which conditions?" in labels
    channels = [o.label for o in fields_of(paper.staff)[0].options[0].those]
    assert "Telephone" in channels
    assert "Web form" not in channels


def test_it_names_the_version_of_the_form(paper: Paper) -> None:
    assert paper.version == VERSION


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_and_texts_are_in_the_language_of_the_paper(language: str) -> None:
    story = in_language(language)
    said = set(words_of(story.as_json()))
    assert said_in(language, "What happened, in your own words") in said
    assert consent_text("statistics").text(language) in said
    assert {field.number for field in story.fields} == set(numbers_of(in_language("en")))


def numbers_of(paper: Paper) -> Iterator[str]:
    return (field.number for field in paper.fields)


def test_a_text_with_values_is_said_with_them() -> None:
    tongue = Tongue("ru", partial(said_in, "ru"))
    assert tongue.say("When we read urgent reports: %(hours)s", hours="today").endswith("today")
    assert tongue.say("") == ""


def test_long_answers_have_more_than_one_line(fields: dict[str, Field]) -> None:
    for step, question in ASKED:
        if isinstance(question, LongText):
            assert fields[numbers()[step.slug, question.name]].rows >= 3
