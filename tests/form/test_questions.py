# ruff: noqa: RUF001 - people write in Cyrillic letters
"""Questions and the answers to them."""

import json
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.form import aftermath, conditions, events, findings, people, towns, urgent
from intake.form.answers import Answers, State
from intake.form.dates import CivilDate


def test_an_answer_is_read_as_its_question_says() -> None:
    answers = (
        Answers()
        .having(events.DETAINED_ON, CivilDate(date(2026, 11, 19)))
        .having(events.DETAINED_TIME, time(9, 30))
        .having(events.METHOD, ("electric", "asph_bag"))
        .having(people.CONSENT_CONTACT, value=True)
        .having(people.VICTIM_AGE, 15)
        .having(events.NARRATIVE, "Кешке келді.")
    )
    again = Answers.from_json(json.loads(json.dumps(answers.to_json())))
    assert again == answers
    assert again[events.DETAINED_ON] == CivilDate(date(2026, 11, 19))
    assert again[events.DETAINED_TIME] == time(9, 30)
    assert again[events.METHOD] == ("electric", "asph_bag")
    assert again[people.CONSENT_CONTACT] is True
    assert again[people.VICTIM_AGE] == 15
    assert again[events.NARRATIVE] == "Кешке келді."


def test_what_was_not_answered_is_none() -> None:
    assert Answers()[events.NARRATIVE] is None
    assert Answers()[people.CONSENT_CONTACT] is None


def test_unanswered_skipped_unknown_and_unsaid_are_four_things() -> None:
    answers = (
        Answers()
        .having(events.NARRATIVE, State.SKIPPED)
        .having(events.DETAINED_ON, State.UNKNOWN)
        .having(people.VICTIM_NAME, State.PREFER_NOT_TO_SAY)
    )
    again = Answers.from_json(json.loads(json.dumps(answers.to_json())))
    assert again.state(events.NARRATIVE) is State.SKIPPED
    assert again.state(events.DETAINED_ON) is State.UNKNOWN
    assert again.state(people.VICTIM_NAME) is State.PREFER_NOT_TO_SAY
    assert again.state(events.AGENCY) is State.UNANSWERED
    assert again[events.DETAINED_ON] is None


def test_a_code_that_says_unknown_is_a_state_too() -> None:
    answers = Answers({"victim_status": "unknown", "relationship": "prefer_not_to_say"})
    assert answers.state(events.VICTIM_STATUS) is State.UNKNOWN
    assert answers.state(people.RELATIONSHIP) is State.PREFER_NOT_TO_SAY
    assert answers[events.VICTIM_STATUS] == "unknown"
    assert answers.state(events.VICTIM_STATUS) is not State.UNANSWERED


def test_words_that_spell_a_state_are_still_words() -> None:
    answers = Answers.from_json(Answers().having(events.NARRATIVE, "skipped").to_json())
    assert answers[events.NARRATIVE] == "skipped"


def test_one_answer_does_not_change_the_others() -> None:
    first = Answers().having(people.VICTIM_NAME, "А.")
    second = first.having(people.VICTIM_NAME, "Б.")
    assert first[people.VICTIM_NAME] == "А."
    assert second[people.VICTIM_NAME] == "Б."


def test_one_of_a_list_is_kept_as_a_list() -> None:
    answers = Answers().having(urgent.AGENCY, "knb")
    assert answers.values == {"agency": ("knb",)}
    assert answers[urgent.AGENCY] == "knb"
    assert answers[events.AGENCY] == ("knb",)


def test_a_single_code_is_read_as_a_list_where_several_are_asked() -> None:
    assert Answers({"agency": "knb"})[events.AGENCY] == ("knb",)


def test_answers_do_not_print_themselves() -> None:
    assert "secret" not in repr(Answers({"narrative": "secret"}))


@pytest.mark.parametrize("value", [None, 1.5, {"state": "lost"}, {"other": "thing"}])
def test_what_was_never_written_is_not_read(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        Answers.from_json({"narrative": value})


def test_a_question_is_asked_when_its_condition_says_so() -> None:
    died = replace(aftermath.DIED_ON, when=conditions.is_deceased)
    assert not died.is_asked(Answers())
    assert died.is_asked(Answers({"victim_status": "deceased"}))
    assert events.NARRATIVE.is_asked(Answers())


def test_towns_are_offered_by_what_was_typed_in_any_spelling() -> None:
    for typed in ("Taldyqorghan", "Талды", "в Талдыкоргане"):
        offered = towns.TOWN.offered(Answers({"town_said": typed}))
        assert "taldykorgan" in {term.code for term in offered}
        assert len(offered) <= 8
    assert towns.TOWN.offered(Answers()) == ()
    assert towns.TOWN.offered(Answers({"town_said": State.UNKNOWN})) == ()


def test_of_injuries_only_those_chosen_are_offered_as_still_there() -> None:
    answers = Answers({"injury": ("fear", "pain")})
    assert [term.code for term in findings.INJURY_STILL.offered(answers)] == ["pain", "fear"]


VALUES = st.one_of(
    st.text(max_size=20),
    st.booleans(),
    st.integers(-5, 5),
    st.lists(st.text(max_size=5), max_size=3).map(tuple),
    st.sampled_from([s for s in State if s is not State.ANSWERED]),
)


@given(st.dictionaries(st.text(max_size=10), VALUES, max_size=6))
def test_any_answers_come_back_from_json(values: dict[str, str]) -> None:
    again = Answers.from_json(json.loads(json.dumps(Answers(values).to_json())))
    assert again == Answers(values)
    assert {name: type(value) for name, value in again.values.items()} == {
        name: type(value) for name, value in values.items()
    }
