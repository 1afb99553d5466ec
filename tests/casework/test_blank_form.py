"""The blank form tells what people are told now, and the version of each permission's words."""

from dataclasses import replace

import pytest

from intake.casework import Reader, Service, telling
from intake.casework.blank_form import blank_form, paper
from intake.casework.statements import COMPLAINT
from intake.export.paper import Paper
from intake.form.consent_texts import consent_text
from intake.form.vocabularies import LANGUAGES
from intake.roles import Role
from tests.casework.joining import proof
from tests.export.papers import words_of
from tests.people import NOW

COALITION = {"coalition": {"kk": "Біз бірлестік", "ru": "Мы объединение", "en": "We together"}}
NEW = {"kk": "Жаңа сөздер", "ru": "Новые слова", "en": "New words"}
NUMBER = {
    "number": "+7 700",
    "label": {"kk": "дәрігер", "ru": "врач", "en": "doctor"},
    "checked": False,
}


@pytest.fixture
def administrator(coordinator: Reader) -> Reader:
    return replace(coordinator, roles=frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}))


def said(paper: Paper) -> list[str]:
    return list(words_of(paper.as_json()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_coalition_tells_about_itself_is_on_the_next_form(
    service: Service, administrator: Reader, language: str
) -> None:
    before = blank_form(service, language)
    assert blank_form(service, language) is before
    telling.keep_part(administrator, "coalition", COALITION, proof=None, revision=0, now=NOW)
    assert COALITION["coalition"][language] in said(paper(service, language))
    assert blank_form(service, language) != before


def test_published_words_of_a_permission_stand_with_their_version(
    service: Service, administrator: Reader
) -> None:
    shown = consent_text("statistics")
    assert f"{shown.text('ru')} ({shown.version})" in said(paper(service, "ru"))
    version = telling.publish(
        administrator, "statistics", NEW, proof=proof(administrator), revision=0, now=NOW
    )
    assert f"Новые слова ({version})" in said(paper(service, "ru"))


def test_what_no_lawyer_has_checked_says_so(service: Service) -> None:
    words = consent_text(COMPLAINT)
    mark = "(Not yet checked by a lawyer.)"
    assert f"{words.text('en')} {mark} ({words.version})" in said(paper(service, "en"))
    assert mark in said(paper(service, "en"))


def test_a_number_that_nobody_tried_is_not_printed(
    service: Service, administrator: Reader
) -> None:
    part = {"emergency_numbers": [NUMBER]}
    telling.keep_part(
        administrator, "numbers", part, proof=proof(administrator), revision=0, now=NOW
    )
    assert not any("+7 700" in words for words in said(paper(service, "en")))
