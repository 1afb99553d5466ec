"""The page with the blank form to print, and the three files."""

import io

import pikepdf
import pytest

from intake.casework import Service
from intake.form.questionnaire import VERSION
from tests.people import send
from tests.visitor import LANGUAGES, Visitor

PAGE = "/desk/paper/"


def test_a_coordinator_finds_the_page_and_three_forms(desk: Visitor) -> None:
    queue = desk.get("/desk/")
    assert PAGE in [link.get("href") for link in queue.page.all("a")]
    page = desk.get(PAGE).page
    links = [link for link in page.all("a") if (link.get("href") or "").startswith(PAGE)]
    forms = {link.get("href"): link.get("lang") for link in links if link.get("lang")}
    short = {f"{PAGE}short/{language}": language for language in LANGUAGES}
    assert forms == short | {f"{PAGE}{language}": language for language in LANGUAGES}
    assert VERSION in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_comes_as_a_file_that_is_kept_nowhere_else(desk: Visitor, language: str) -> None:
    answer = desk.get(f"{PAGE}{language}").answer
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=form-{language}.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    document = pikepdf.open(io.BytesIO(answer.data))
    assert str(document.Root.Lang) == language
    assert len(document.pages) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_short_one_is_a_leaf(desk: Visitor, language: str) -> None:
    answer = desk.get(f"{PAGE}short/{language}").answer
    name = f"form-short-{language}.pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    document = pikepdf.open(io.BytesIO(answer.data))
    assert (str(document.Root.Lang), len(document.pages)) == (language, 2)


def test_another_language_is_nowhere(desk: Visitor) -> None:
    assert desk.get(f"{PAGE}fr").status == 404
    assert desk.get(f"{PAGE}short/fr").status == 404


def test_it_is_the_same_whatever_reports_there_are(desk: Visitor, service: Service) -> None:
    before = desk.get(f"{PAGE}ru").body
    send(service)
    assert desk.get(f"{PAGE}ru").body == before


def test_nobody_gets_it_without_signing_in(visitor: Visitor) -> None:
    assert visitor.get(PAGE).status == 303
    assert visitor.get(f"{PAGE}kk").status == 303
    assert visitor.get(f"{PAGE}short/kk").status == 303
