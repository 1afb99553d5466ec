"""Marks «checked by a lawyer» and words of permissions, kept through pages."""

import pytest
from flask import Flask, render_template_string

from intake.casework import Reader
from intake.casework.statements import fixed
from intake.form.consent_texts import consent_text
from intake.form.law import ADVICE
from intake.form.vocabularies import VOCABULARIES
from tests.html import Page
from tests.people import send_and_open, sister_report
from tests.visitor import LANGUAGES, Visitor
from tests.web.offices import (
    another_office,
    fields_of,
    installation,
    office,
    pressed,
    proof,
    saved,
)
from tests.web.test_shown_words import publish, walked_to

__all__ = ["another_office", "installation", "office"]
UNCHECKED = "(Not yet checked by a lawyer.)"
MARK = {"role": "lawyer", "on": "17.11.2026", "note": "as of the law of 2026"}
NEW = {"kk": "Жаңа сөздер осы", "ru": "Самые новые слова", "en": "Our newest words"}


def lines_about(visitor: Visitor, words: str, language: str = "en") -> list[str]:
    page = visitor.get(f"/{language}/today/").page
    return [e.text for e in page.all("li") if words in e.text]


def test_every_unchecked_statement_stands_in_the_list(office: Visitor) -> None:
    page = office.get("/settings/checks").page
    for key in (*fixed(), "consent.state_complaint"):
        assert f"/settings/checks/{key}" in page.links
    assert page.text.count("not checked by a lawyer") == len(fixed()) + 1
    assert f"Not checked yet: {len(fixed()) + 1}" in office.get("/settings/").page.text


@pytest.mark.parametrize("code", ADVICE)
def test_a_checked_line_loses_its_mark_on_public_pages_and_gets_it_back(
    office: Visitor, visitor: Visitor, code: str
) -> None:
    words = fixed()[f"advice.{code}"].texts["en"]
    assert all(UNCHECKED in line for line in lines_about(visitor, words))
    assert saved(office, f"/settings/checks/advice.{code}", MARK).status == 303
    found = lines_about(visitor, words)
    assert found
    assert [line for line in found if UNCHECKED in line] == []
    assert UNCHECKED in visitor.get("/en/today/").page.text  # the others stay marked
    page = office.get(f"/settings/checks/advice.{code}").page.text
    assert "Lawyer, November 17, 2026" in page
    assert "as of the law of 2026" in page
    assert pressed(office, f"/settings/checks/advice.{code}", "/remove").status == 303
    assert all(UNCHECKED in line for line in lines_about(visitor, words))


def test_a_receipt_loses_the_mark_too(office: Visitor, app: Flask) -> None:
    saved(office, "/settings/checks/advice.doctor_injuries", MARK)
    template = '{% import "macros.html" as macros with context %}{{ macros.today(codes) }}'
    with app.test_request_context("/en/urgent/sent"):
        app.preprocess_request()
        page = Page(render_template_string(template, codes=("injured",)))
    assert UNCHECKED not in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_on_article_419_is_marked_until_it_is_checked(
    office: Visitor, visitor: Visitor, language: str
) -> None:
    address = walked_to(visitor, "consent-complaint").page.path.replace("/en/", f"/{language}/")
    first = visitor.get(address).page
    mark = '<p class="hint">('
    assert mark in first.markup
    saved(office, "/settings/checks/notice.complaint", MARK)
    assert mark not in visitor.get(address).page.markup


def test_words_of_a_permission_lose_the_mark_until_they_are_changed(
    office: Visitor, visitor: Visitor, coordinator: Reader
) -> None:
    saved(office, "/settings/checks/notice.complaint", MARK)
    address = walked_to(visitor, "consent-complaint").page.path
    assert UNCHECKED in visitor.get(address).page.text
    saved(office, "/settings/checks/consent.state_complaint", MARK)
    assert UNCHECKED not in visitor.get(address).page.text
    publish(coordinator, "state_complaint")
    shown = visitor.get(address).page.text
    assert NEW["en"] in shown
    assert UNCHECKED in shown
    assert "changed since it was checked" in office.get("/settings/checks").page.text


def test_the_desk_marks_a_time_limit_until_it_is_checked(
    office: Visitor, desk: Visitor, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator, sister_report())
    address = f"/desk/cases/{sent.ref}"
    before = desk.get(address).page.text.count("not checked by a lawyer")
    assert before
    saved(office, "/settings/checks/clock.prosecutor", MARK)
    assert desk.get(address).page.text.count("not checked by a lawyer") == before - 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({**MARK, "on": ""}, "Write the day of the check"),
        ({**MARK, "on": "19.11.2026"}, "This day has not come yet"),
        ({**MARK, "role": ""}, "Choose the role of whoever checked it."),
        ({**MARK, "role": "Aliya"}, "Choose the role of whoever checked it."),
        ({**MARK, "note": "x" * 601}, "longer than 600 characters"),
    ],
)
def test_a_mark_without_a_role_or_a_day_is_none(
    office: Visitor, typed: dict[str, str], sentence: str
) -> None:
    answer = saved(office, "/settings/checks/clock.erdr", typed)
    assert answer.status == 422
    assert sentence in answer.page.text
    assert fields_of(answer)["note"] == typed["note"]
    assert "Lawyer, " not in office.get("/settings/checks").page.text


def test_words_that_changed_while_she_read_are_not_marked(
    office: Visitor, coordinator: Reader
) -> None:
    page = office.get("/settings/checks/consent.state_complaint")
    publish(coordinator, "state_complaint")
    late = office.send(page, MARK)
    assert late.status == 409
    assert "The words were changed while you were reading" in late.page.text
    assert NEW["en"] in late.page.text
    assert office.send(late).status == 303
    assert "Lawyer, November 17, 2026" in office.get("/settings/checks").page.text


def test_of_two_who_mark_at_once_the_later_is_asked_again(
    office: Visitor, another_office: Visitor
) -> None:
    page = office.get("/settings/checks/clock.erdr")
    saved(another_office, "/settings/checks/clock.npm", MARK)
    late = office.send(page, MARK)
    assert (late.status, office.send(late).status) == (409, 303)


def test_published_words_stand_first_and_the_earlier_ones_below(office: Visitor) -> None:
    path = "/settings/consents/statistics"
    assert fields_of(office.get(path))["en"] == consent_text("statistics").text("en")
    assert saved(office, path, NEW).status == 303
    page = office.get(path).page
    assert "published on November 18, 2026 by administrator" in page.text
    assert page.text.index("2026-11-18.1") < page.text.index("came with the program")
    assert consent_text("statistics").text("kk") in page.text
    assert "version 2026-11-18.1" in office.get("/settings/consents").page.text
    every = len(VOCABULARIES["consent"].codes)
    assert f"Published here: 1 of {every}" in office.get("/settings/").page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "These words are in force already"),
        ({**NEW, "ru": ""}, "People see all three languages"),
        ({"kk": "", "ru": "", "en": ""}, "People see all three languages"),
        ({**NEW, "en": "x" * 1001}, "longer than 1,000 characters"),
    ],
)
def test_words_that_cannot_be_published_are_said_beside_the_field(
    office: Visitor, typed: dict[str, str], sentence: str
) -> None:
    answer = saved(office, "/settings/consents/contact", typed)
    assert answer.status == 422
    assert sentence in answer.page.text
    assert {name: fields_of(answer)[name] for name in typed} == typed
    assert "Published here: 0" in office.get("/settings/").page.text


def test_of_two_versions_at_once_the_later_writer_sees_the_first(
    office: Visitor, another_office: Visitor
) -> None:
    page = office.get("/settings/consents/contact")
    saved(another_office, "/settings/consents/contact", NEW)
    late = office.send(page, {**NEW, "en": "Mine", **proof(1)})
    assert late.status == 409
    assert NEW["en"] in late.page.text
    assert fields_of(late)["en"] == "Mine"
    assert office.send(late, proof(2)).status == 303
    assert "2026-11-18.2" in office.get("/settings/consents/contact").page.text
