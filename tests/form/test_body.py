"""Where on the body and what is there: lists, pages, pictures, and who may know it."""

from __future__ import annotations

import pytest

from intake.form import journey
from intake.form.aftermath import BODY_MARK, BODY_REGION
from intake.form.answers import Answers, State, Stored
from intake.form.body import codes_of, marks, sides
from intake.form.compartments import Compartment
from intake.form.draft import Draft
from intake.form.figures import FIGURES, figure
from intake.form.gates import BODY_PART
from intake.form.sorting import documents, is_intimate_code
from intake.form.vocabularies import LANGUAGES, vocabulary

HURT = Answers({"in_detail": "yes", "injury": ("bruises",)})
PRIVATE = ("groin", "buttocks")


def hurt(**told: Stored | State) -> Answers:
    return Answers({**HURT.values, **told})


def met(answers: Answers) -> list[str]:
    """The pages on the body that somebody with these answers is asked."""
    slugs = (step.slug for step in journey.asked_steps(answers))
    return [slug for slug in slugs if slug.startswith("body")]


def test_each_place_is_told_with_its_kinds_and_whether_it_is_still_there() -> None:
    nose, arm = marks(
        ("forearm_left", "nose"), ("nose.still", "nose.burn", "nose.cut", "forearm_left.pain")
    )
    assert nose.place.code == "nose"
    assert [term.code for term in nose.kinds] == ["cut", "burn"]
    assert nose.is_still_there
    assert arm.place.code == "forearm_left"
    assert not arm.is_still_there


def test_places_told_before_kinds_were_asked_are_read_as_they_were() -> None:
    (mark,) = marks(("kidney_right",), ())
    assert mark.place.code == "kidney_right"
    assert mark.kinds == ()


def test_a_mark_alone_names_its_place() -> None:
    assert [mark.place.code for mark in marks((), ("groin.pain",))] == ["groin"]


def test_what_no_list_knows_and_the_way_to_another_page_are_no_places() -> None:
    assert marks(("private", "wing"), ("wing.burn", "nose")) == marks(("nose",), ())


def test_every_place_with_every_word_is_named_in_every_language() -> None:
    terms = vocabulary("body_mark").by_code
    places = [t for t in vocabulary("body_region").terms if "side" in t.attributes]
    assert len(terms) == len(places) * len(vocabulary("trace").terms)
    assert terms["nose.burn"].label("en") == "Nose: burn"
    assert {terms["nose.burn"].label(language) for language in LANGUAGES} == {
        "Nose: burn",
        "Нос: ожог",  # noqa: RUF001 - Russian
        "Мұрын: күйік",
    }


def test_every_kind_stands_for_an_injury_of_the_list() -> None:
    kinds = [term for term in vocabulary("trace").terms if term.code != "still"]
    assert kinds
    assert all(term.attributes["injury"] in vocabulary("injury") for term in kinds)


def test_only_places_that_were_chosen_are_asked_about() -> None:
    (page,) = (
        s for s in journey.asked_steps(hurt(body_region=("nose",))) if s.slug == "body-marks"
    )
    (question,) = page.questions
    offered = question.offered(hurt(body_region=("nose",)))  # type: ignore[union-attr] # a list
    assert [term.code for term in offered] == list(codes_of(["nose"]))


@pytest.mark.parametrize(
    ("told", "pages"),
    [
        ((), ["body"]),
        (("nose",), ["body", "body-marks"]),
        (("private",), ["body", "body-private"]),
        (("nose", "private"), ["body", "body-marks", "body-private"]),
    ],
)
def test_a_page_on_what_is_there_follows_the_places(
    told: tuple[str, ...], pages: list[str]
) -> None:
    assert met(hurt(body_region=told)) == pages
    assert met(Answers({"body_region": told})) == []


def test_what_is_said_of_a_place_that_is_taken_back_is_not_sent() -> None:
    before = hurt(body_region=("belly",), body_mark=("nose.burn", "belly.pain"))
    sent = journey.to_send(Draft(before))
    assert sent[BODY_MARK] == ("belly.pain",)


def test_private_places_are_asked_on_a_page_of_their_own_alone() -> None:
    body, private = (
        next(
            step
            for step in journey.asked_steps(hurt(body_region=("private",)))
            if step.slug == slug
        )
        for slug in ("body", "body-private")
    )
    assert body.questions[0].name == private.questions[0].name == BODY_REGION.name
    on_pictures = {term.code for term in body.questions[0].drawn}  # type: ignore[union-attr] # places
    assert on_pictures.isdisjoint(PRIVATE)
    assert not private.questions[0].drawn  # type: ignore[union-attr] # the same
    assert {term.code for term in private.questions[0].terms} == set(PRIVATE)  # type: ignore[union-attr]


def test_private_places_are_sealed_for_trained_readers_alone() -> None:
    told = hurt(
        body_region=("nose", "private", "groin"), body_mark=("nose.burn", "groin.bruise")
    )
    sealed = documents(told)
    account, intimate = sealed[Compartment.ACCOUNT], sealed[Compartment.INTIMATE]
    assert account["body_region"] == ["nose"]
    assert account["body_mark"] == ["nose.burn"]
    assert "groin" in str(intimate["body_region"])
    assert "groin.bruise" in str(intimate["body_mark"])
    for code in PRIVATE:
        assert is_intimate_code(BODY_REGION, code)
        assert is_intimate_code(BODY_MARK, f"{code}.still")
    assert not is_intimate_code(BODY_MARK, "nose.still")


def test_a_draft_that_was_asked_by_part_keeps_what_it_told() -> None:
    before = hurt(body_part=("head",), body_region=("nose",))
    assert journey.to_send(Draft(before))[BODY_PART] == ("head",)
    asked = {
        q.name for s in journey.asked_steps(hurt()) for q in journey.questions_of(s, hurt())
    }
    assert BODY_PART.name not in asked


@pytest.mark.parametrize(
    ("told", "drawn"),
    [
        ({}, "neutral"),
        ({"victim_sex": "male"}, "male"),
        ({"victim_sex": "female"}, "female"),
        ({"victim_sex": "another"}, "neutral"),
        ({"victim_sex": "prefer_not_to_say"}, "neutral"),
        ({"victim_sex": "female", "victim_age": 12}, "child"),
        ({"reporter_role": "guardian", "victim_sex": "male"}, "child"),
    ],
)
def test_the_figure_follows_what_was_said(told: dict[str, Stored], drawn: str) -> None:
    assert figure(Answers(told)) == drawn
    assert drawn in FIGURES


def test_on_the_front_the_right_hand_lies_on_the_left() -> None:
    front, back = sides()
    assert [hand.code for hand in front.hands] == ["right", "left"]
    assert [hand.code for hand in back.hands] == ["left", "right"]
