"""Questions of the form asked outside of it."""

from intake.form import pages
from intake.form.answers import Answers, Item, State
from intake.form.questionnaire import REPEATED
from intake.form.questions import Listed


def test_each_question_has_a_key_and_a_field_of_its_own() -> None:
    asked = [one for page in pages.pages() for one in page.asked]
    assert len({one.key for one in asked}) == len(asked)
    assert len({one.field for one in asked}) == len(asked)
    assert all(one.field.isidentifier() for one in asked)


def test_keys_bring_back_the_questions_in_the_order_of_the_form() -> None:
    asked = [one for page in pages.pages() for one in page.asked]
    keys = [one.key for one in asked]
    assert list(pages.asked_by([*reversed(keys), "unknown/question"])) == asked


def test_consents_are_asked_on_pages_of_their_own_alone() -> None:
    asked = {one.question.name for page in pages.pages() for one in page.asked}
    assert asked.isdisjoint({"consent", "consent_contact", "consent_giver", "consent_until"})


def test_nothing_is_offered_to_choose_among_that_depends_on_what_was_chosen_before() -> None:
    asked = [one for page in pages.pages() for one in page.asked]
    fields = [q for q in pages.fields_of(asked) if isinstance(q, Listed)]
    assert all(question.offered(Answers()) for question in fields)


def test_parts_of_one_list_filled_in_on_one_page_are_joined() -> None:
    asked = pages.asked_by(["methods-blunt/method", "methods-wounds/method"])
    codes = [one.question.terms[0].code for one in asked if isinstance(one.question, Listed)]
    filled = Answers({one.field: (code,) for one, code in zip(asked, codes, strict=True)})
    assert pages.told(asked, filled, item="aaaaaaaa") == Answers({"method": tuple(codes)})


def test_what_is_told_of_one_thing_becomes_a_thing_of_its_own() -> None:
    asked = pages.asked_by(["officers/officer_name", "why/words_said"])
    filled = Answers({one.field: "words" for one in asked})
    told = pages.told(asked, filled, item="aaaaaaaa")
    assert told.values == {"words_said": "words"}
    (officer,) = told.of(REPEATED["officers"])
    assert officer == Item("aaaaaaaa", Answers({"officer_name": "words"}))


def test_what_somebody_does_not_know_is_kept_as_such() -> None:
    (asked,) = pages.asked_by(["medical/doctor"])
    told = pages.told([asked], Answers({asked.field: State.UNKNOWN}), item="aaaaaaaa")
    assert told.state(asked.question) is State.UNKNOWN


def test_all_pages_on_sexual_violence_are_marked() -> None:
    marked = {page.step.slug for page in pages.pages() if page.is_intimate}
    assert "sexual" in marked
    assert {"story", "medical", "contact", "methods-blunt", "injuries"}.isdisjoint(marked)
