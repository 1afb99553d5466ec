# ruff: noqa: RUF001 - people write in Cyrillic letters
"""Vocabularies: complete in three languages, with every code that the rules rely on."""

from collections import Counter
from datetime import date
from importlib.resources import files
from tomllib import loads

import pytest

from intake.form.questionnaire import QUESTIONS
from intake.form.questions import Listed
from intake.form.vocabularies import (
    LANGUAGES,
    VERSION,
    VOCABULARIES,
    Term,
    Vocabulary,
    vocabulary,
)
from intake.triage import FACTORS

ALL = sorted(VOCABULARIES)
# domain 5.0: everything that the seeds name, and the code that says it.
NAMED_IN_THE_SEEDS = (
    "forced_nudity filming humiliation threat_family coerced_signature beat_hands beat_baton",
    "beat_object beat_head_stomp bone_crush stress_position restraint cold_water cold_heat",
    "no_food_water cell_conditions asph_bag asph_gasmask witness_torture incommunicado",
    "excess_force medical_denied solitary strangulation rape_object rape sexual_threat",
    "sexual_assault burn_hot_object needles_nails nail_tooth_removal cut_stab_shot",
    "threat_death_gun threat_victim suspension_hair",
)


@pytest.mark.parametrize("name", ALL)
def test_every_term_has_a_label_in_every_language(name: str) -> None:
    found = vocabulary(name)
    assert all(found.title(language).strip() for language in LANGUAGES)
    for term in found.terms:
        assert set(term.labels) == set(LANGUAGES)
        assert all(label == label.strip() != "" for label in term.labels.values()), term.code


@pytest.mark.parametrize("name", ALL)
def test_every_code_stands_once(name: str) -> None:
    codes = Counter(term.code for term in vocabulary(name).terms)
    assert [code for code, count in codes.items() if count > 1] == []


@pytest.mark.parametrize("name", ALL)
def test_no_two_terms_of_a_list_look_alike(name: str) -> None:
    if name == "transition":  # two ways may have the same condition
        return
    for language in LANGUAGES:
        labels = Counter(term.label(language) for term in vocabulary(name).terms)
        assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("factor", 31),
        ("clock", 20),
        ("transition", 24),
        ("body_region", 48),
        ("urgent_sign", 6),
        ("method", 48),
        ("stage", 11),
        ("region", 21),
    ],
)
def test_a_list_is_complete(name: str, count: int) -> None:
    assert len(vocabulary(name).terms) == count


def test_every_factor_has_words_and_a_reason_in_three_languages() -> None:
    words = vocabulary("factor")
    assert set(words.codes) == {factor.code for factor in FACTORS}
    for term in words.terms:
        assert set(term.attributes["detail"]) == set(LANGUAGES)
        assert all(term.attributes["detail"].values())
        assert term.attributes["source"]


def test_factors_of_sexual_violence_have_words_for_who_is_not_trained() -> None:
    untrained = {
        term.code: term.attributes["untrained"]
        for term in vocabulary("factor").terms
        if term.has("untrained")
    }
    assert set(untrained) == {"sexual_72h", "sexual_7d", "sexual_any"}
    for labels in untrained.values():
        assert set(labels) == set(LANGUAGES)
        assert not any(
            "sex" in text.lower() or "секс" in text.lower() for text in labels.values()
        )
    assert untrained["sexual_72h"]["en"] == "Trained handler, within hours"


@pytest.mark.parametrize("code", " ".join(NAMED_IN_THE_SEEDS).split())
def test_what_the_seeds_name_can_be_said(code: str) -> None:
    assert code in vocabulary("method")


def test_every_method_belongs_to_a_group() -> None:
    groups = vocabulary("method_group")
    assert all(term.attributes["group"] in groups for term in vocabulary("method").terms)


def test_every_town_lies_in_a_unit_that_exists() -> None:
    units = vocabulary("region")
    for term in vocabulary("locality").terms:
        assert term.attributes["unit"] in units
        assert term.attributes.get("unit_then", "KZ-19") in units


def test_every_regional_centre_is_a_town() -> None:
    towns = {term.label("en") for term in vocabulary("locality").terms}
    centres = {
        term.attributes["centre"]
        for term in vocabulary("region").terms
        if "centre" in term.attributes
    }
    assert centres - {"—"} <= towns


def test_every_question_asks_for_codes_that_exist() -> None:
    for question in QUESTIONS:
        if isinstance(question, Listed):
            assert set(question.codes) <= set(vocabulary(question.vocabulary).codes)


def test_keepers_and_gates_are_codes() -> None:
    agencies = vocabulary("agency")
    for term in vocabulary("victim_status").terms:
        assert all(code in agencies for code in term.attributes.get("keepers", ()))


def test_three_units_stand_in_the_list_since_june_2022() -> None:
    regions = vocabulary("region")
    before = {term.code for term in regions.valid(date(2022, 6, 7))}
    after = {term.code for term in regions.valid(date(2022, 6, 8))}
    assert after - before == {"KZ-10", "KZ-33", "KZ-62"}
    assert len(after - {"unknown"}) == 20


def test_a_term_can_leave_the_list() -> None:
    term = Term("old", {"en": "Old"}, {"valid_to": date(2025, 7, 14)})
    assert term.is_valid(date(2025, 7, 14))
    assert not term.is_valid(date(2025, 7, 15))


def test_a_label_is_shown_in_the_language_asked_for() -> None:
    found = vocabulary("victim_status")
    assert found.label("sizo", "ru") == "В следственном изоляторе (СИЗО)"
    assert found.label("missing", "kk") == "Қайда екені белгісіз"


def test_an_unknown_code_stands_for_itself_and_a_missing_label_for_the_english_one() -> None:
    assert vocabulary("victim_status").label("of_tomorrow", "kk") == "of_tomorrow"
    assert Vocabulary("v", (Term("a", {"en": "A"}),)).label("a", "kk") == "A"


def test_an_unknown_vocabulary_is_an_error() -> None:
    with pytest.raises(KeyError):
        vocabulary("nothing_of_the_kind")


def test_the_lists_carry_the_version_of_their_data() -> None:
    data = files("intake.form") / "data" / "vocabularies.toml"
    assert loads(data.read_text("utf-8"))["meta"]["version"] == VERSION
