"""The words of each permission."""

import re

import pytest

from intake.form.consent_texts import consent_text
from intake.form.vocabularies import LANGUAGES, vocabulary

CODES = vocabulary("consent").codes
BACK = {"en": "With your code|with your code", "ru": "коду", "kk": "[Кк]од арқылы"}
RISK = {"en": "The risk|stay", "ru": "Риск|останутся|останется", "kk": "Қаупі|қалады"}


@pytest.mark.parametrize("code", CODES)
def test_each_permission_has_words_in_three_languages_under_a_version(code: str) -> None:
    found = consent_text(code)
    assert found.code == code
    assert re.fullmatch(r"20\d\d-\d\d", found.version)
    assert set(found.texts) == set(LANGUAGES)
    assert all(words.strip() for words in found.texts.values())


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_says_what_may_happen_and_how_to_take_it_back(code: str, language: str) -> None:
    words = consent_text(code).text(language)
    assert re.search(BACK[language], words)
    assert re.search(RISK[language], words)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(code: str, language: str) -> None:
    sentences = re.split(r"(?<=[.:])\s", consent_text(code).text(language))
    assert max(len(sentence.split()) for sentence in sentences) <= 32


def test_the_official_complaint_names_the_article() -> None:
    for language in LANGUAGES:
        assert "419" in consent_text("state_complaint").text(language)


def test_a_language_without_words_gets_the_english_ones() -> None:
    assert consent_text("store").text("de") == consent_text("store").text("en")


def test_another_code_has_no_words() -> None:
    with pytest.raises(KeyError):
        consent_text("of_tomorrow")
