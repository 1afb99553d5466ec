"""Behind the code: what is allowed, one permission at a time, and the wish for erasure."""

import pytest

from intake.casework import Reader, Service, overview
from intake.form.consent_texts import consent_text
from intake.form.vocabularies import vocabulary
from tests.people import NOW, Sent, send_and_open, sister_report
from tests.visitor import LANGUAGES, Visited, Visitor
from tests.web.conftest import Clock
from tests.web.test_mailbox_answers import additions, enter, values

CODES = [code for code in vocabulary("consent").codes if code != "store"]
GIVEN = {"consent_giver": "victim"}


@pytest.fixture
def sent(coordinator: Reader) -> Sent:
    """A report that a coordinator has opened."""
    return send_and_open(coordinator, sister_report())


def allowed(coordinator: Reader, sent: Sent) -> set[str]:
    return set(overview(coordinator, sent.ref, now=NOW).consents)


def page_of(visitor: Visitor, code: str, language: str = "en") -> Visited:
    return visitor.get(f"/{language}/return/consents/{code}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_permission_shows_its_full_words(
    visitor: Visitor, sent: Sent, language: str
) -> None:
    enter(visitor, sent, language)
    for code in CODES:
        page = page_of(visitor, code, language).page
        assert consent_text(code).text(language) in page.text
        assert page.heading == vocabulary("consent").label(code, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_says_what_stands(visitor: Visitor, sent: Sent, language: str) -> None:
    enter(visitor, sent, language)
    page = visitor.get(f"/{language}/return/consents").page
    assert len([link for link in page.links if "/consents/" in link]) == len(CODES)
    if language == "en":
        assert page.text.count("You allow this.") == 1
        assert page.text.count("You do not allow this.") == len(CODES) - 1


def test_a_permission_is_given_once_with_giver_and_last_day(
    visitor: Visitor, service: Service, coordinator: Reader, sent: Sent
) -> None:
    enter(visitor, sent)
    page = page_of(visitor, "statistics")
    typed = {**GIVEN, "consent_until": "1.12.2026"}
    answer = [visitor.send(page, typed) for _ in range(2)][-1]
    assert "Until: December 1, 2026" in visitor.follow(answer).page.text
    assert additions(service) == 1
    given = {c.code: c for c in overview(coordinator, sent.ref, now=NOW).given}["statistics"]
    assert (given.giver, given.text_version) == ("victim", consent_text("statistics").version)
    assert given.until is not None


def test_who_allows_it_must_be_said(visitor: Visitor, service: Service, sent: Sent) -> None:
    enter(visitor, sent)
    answer = visitor.send(page_of(visitor, "statistics"))
    assert (answer.status, additions(service)) == (422, 0)
    assert "Choose who allows this." in answer.page.text


def test_a_last_day_that_is_over_is_asked_again(
    visitor: Visitor, service: Service, sent: Sent
) -> None:
    enter(visitor, sent)
    typed = {**GIVEN, "consent_until": "1.11.2026"}
    answer = visitor.send(page_of(visitor, "statistics"), typed)
    assert (answer.status, additions(service)) == (422, 0)
    assert values(answer)["consent_until"] == ["1.11.2026"]


def test_a_permission_is_taken_back_with_one_button(
    visitor: Visitor, coordinator: Reader, sent: Sent
) -> None:
    enter(visitor, sent)
    assert "contact" in allowed(coordinator, sent)
    page = page_of(visitor, "contact")
    assert "What was already passed on cannot be called back." in page.page.text
    visitor.send(page, {"go": "withdraw"})
    assert "contact" not in allowed(coordinator, sent)
    assert "I allow this" in page_of(visitor, "contact").page.text


def test_the_notice_on_article_419_stands_before_an_official_complaint(
    visitor: Visitor, sent: Sent
) -> None:
    enter(visitor, sent)
    text = page_of(visitor, "state_complaint").page.text
    button = text.rindex("I allow this")
    for words in ("article 419", "knows that it is not true", "not an official complaint"):
        assert -1 < text.index(words) < button


def test_giving_waits_for_the_code_where_the_visit_has_ended(
    visitor: Visitor, coordinator: Reader, sent: Sent, clock: Clock
) -> None:
    enter(visitor, sent)
    page = page_of(visitor, "statistics")
    clock.pass_(hours=3)
    ended = visitor.send(page, GIVEN)
    assert "statistics" not in allowed(coordinator, sent)
    assert visitor.send(ended, {"code": sent.code}).status == 303
    assert "statistics" in overview(coordinator, sent.ref, now=clock.now).consents


def test_taking_back_waits_for_the_code_where_the_visit_has_ended(
    visitor: Visitor, coordinator: Reader, sent: Sent, clock: Clock
) -> None:
    enter(visitor, sent)
    page = page_of(visitor, "contact")
    clock.pass_(hours=3)
    ended = visitor.send(page, {"go": "withdraw"})
    assert "contact" in allowed(coordinator, sent)
    assert "Take it back" in ended.page.text
    assert visitor.send(ended, {"go": "withdraw", "code": sent.code}).status == 303
    assert "contact" not in overview(coordinator, sent.ref, now=clock.now).consents


@pytest.mark.parametrize("code", ["store", "nothing", "CONTACT", "%00"])
def test_what_is_no_permission_of_its_own_is_not_there(
    visitor: Visitor, sent: Sent, code: str
) -> None:
    enter(visitor, sent)
    assert page_of(visitor, code).status == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_erasure_can_be_asked_for_without_a_reason(
    visitor: Visitor, service: Service, coordinator: Reader, sent: Sent, language: str
) -> None:
    enter(visitor, sent, language)
    page = visitor.get(f"/{language}/return/erase")
    for _ in range(2):
        visitor.send(page)
    assert additions(service) == 1
    assert overview(coordinator, sent.ref, now=NOW).facts.erasure_asked
    assert visitor.get(f"/{language}/return/erase").page.all("textarea") == []


def test_the_page_on_erasure_promises_only_what_is_true(visitor: Visitor, sent: Sent) -> None:
    enter(visitor, sent)
    text = visitor.get("/en/return/erase").page.text
    for words in (
        "It does not happen at once.",
        "a second one must agree",
        "cannot be called back",
        "Then we answer you here.",
    ):
        assert words in text


def test_the_wish_for_erasure_waits_for_the_code_too(
    visitor: Visitor, service: Service, sent: Sent, clock: Clock
) -> None:
    enter(visitor, sent)
    page = visitor.get("/en/return/erase")
    clock.pass_(hours=3)
    ended = visitor.send(page)
    assert "your wish that everything is deleted" in ended.page.text
    visitor.send(ended, {"code": sent.code})
    assert additions(service) == 1
