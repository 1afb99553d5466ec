"""Every public page, in every language, by the house rules that `visitor` checks."""

import pytest

from tests.visitor import LANGUAGES, Visitor

PAGES = (
    "/",
    "/safety/",
    "/today/",
    "/real/",
    "/urgent/",
    "/urgent/sent",
    "/urgent/done",
    "/return/",
    "/return/messages",
    "/return/lost",
)
TELLING = ("tortur", "police", "пытк", "полиц", "азапта", "полиция", "danger", "held")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_keeps_the_house_rules(visitor: Visitor, language: str, path: str) -> None:
    assert visitor.get(f"/{language}{path}").status == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_title_does_not_tell_what_the_page_is_about(visitor: Visitor, path: str) -> None:
    title = visitor.get(f"/en{path}").page.title.lower()
    assert [word for word in TELLING if word in title] == []


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        ("kk-KZ,kk;q=0.9,ru;q=0.5", "kk"),
        ("en-GB", "en"),
        ("de,fr;q=0.3", "ru"),
        ("", "ru"),
        ("*;q=broken,,;;", "ru"),
    ],
)
def test_the_first_address_chooses_the_language(
    visitor: Visitor, preferred: str, language: str
) -> None:
    answer = visitor.get("/", Accept_Language=preferred)
    assert (answer.status, answer.location) == (302, f"/{language}/")
    assert "Accept-Language" in answer.answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/", "/safety/", "/urgent/sent"])
def test_each_page_leads_to_itself_in_the_other_languages(visitor: Visitor, path: str) -> None:
    links = visitor.get(f"/en{path}").page.links
    assert {f"/{language}{path}" for language in LANGUAGES} <= set(links)


def test_a_language_we_do_not_speak_has_no_page(visitor: Visitor) -> None:
    assert visitor.get("/de/").status == 404


def test_the_start_page_says_that_nobody_is_on_duty_where_no_hours_are_set(
    visitor: Visitor,
) -> None:
    assert "next working day" in visitor.get("/en/").page.text


def test_the_start_page_leads_to_the_form_and_to_the_code(visitor: Visitor) -> None:
    assert {"/en/urgent/", "/en/return/", "/en/safety/"} <= set(visitor.get("/en/").page.links)


def test_who_watches_the_service_hears_ok(visitor: Visitor) -> None:
    answer = visitor.get("/healthz")
    assert (answer.status, answer.body) == (200, b"ok")
