"""A consent names the words that were shown, also when others came into force meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from intake.casework import Reader, Service, open_case, overview, telling
from intake.form.consent_texts import consent_text
from intake.roles import Role
from intake.store.tables import CaseRow
from tests.casework.joining import proof
from tests.people import NOW, Sent, send_and_open
from tests.visitor import LANGUAGES, Visited, Visitor
from tests.web.conftest import Clock
from tests.web.journey_walk import Walk
from tests.web.test_mailbox_answers import enter, field, page_called

NEW = "2026-11-18.1"
THEIRS = {"kk": "Жаңа сөздер осы", "ru": "Самые новые слова", "en": "Our newest words"}
URGENT = {
    "narrative": "They took him",
    "contact_method": "phone",
    "contact_value": "+7 700 000 00 00",
    "consent_contact": "yes",
}


def publish(coordinator: Reader, *codes: str, **words: str) -> None:
    """Put new words of these permissions in force."""
    reader = replace(coordinator, roles=frozenset({Role.ADMINISTRATOR}))
    known, proved = telling.revisions(reader), proof(reader)
    for code in codes:
        seen, said = known.get(f"consent.{code}", 0), {**THEIRS, **words}
        telling.publish(reader, code, said, proof=proved, revision=seen, now=NOW)


def version_of(code: str) -> str:
    """The version that came with the program."""
    return consent_text(code).version


def given(coordinator: Reader, ref: str = "") -> dict[str, str]:
    """The version that each consent in the only case names."""
    with coordinator.service.reading() as session:
        found = ref or session.scalars(select(CaseRow.ref)).one()
    open_case(coordinator, found, now=NOW)
    return {c.code: c.text_version for c in overview(coordinator, found, now=NOW).given}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_short_page_shows_published_words_and_stores_their_version(
    visitor: Visitor, coordinator: Reader, language: str
) -> None:
    assert THEIRS[language] not in visitor.get(f"/{language}/urgent/").page.text
    publish(coordinator, "contact", "store")
    page = visitor.get(f"/{language}/urgent/")
    assert page.page.text.count(THEIRS[language]) == 2
    assert visitor.send(page, URGENT).status == 303
    assert given(coordinator) == {"contact": NEW, "store": NEW}


def test_a_short_page_that_was_open_before_names_the_words_it_showed(
    visitor: Visitor, coordinator: Reader
) -> None:
    page = visitor.get("/en/urgent/")
    publish(coordinator, "contact")
    wrong = visitor.send(page, {**URGENT, "contact_value": ""})
    assert (wrong.status, THEIRS["en"] in wrong.page.text) == (422, False)
    assert visitor.send(wrong, URGENT).status == 303
    assert given(coordinator) == {
        "contact": version_of("contact"),
        "store": version_of("store"),
    }


@pytest.mark.parametrize(
    "words", ["", "contact=2031-01.7", "x", "=;=;", "store=a;contact", "of_tomorrow=2026-11"]
)
def test_a_version_that_never_was_is_not_believed(
    visitor: Visitor, coordinator: Reader, words: str
) -> None:
    publish(coordinator, "contact")
    page = visitor.get("/en/urgent/")
    assert visitor.send(page, {**URGENT, "words": words}).status == 303
    assert given(coordinator) == {"contact": NEW, "store": version_of("store")}


def walked_to(visitor: Visitor, slug: str) -> Walk:
    """On this page of the form, as the person herself."""
    walk = Walk.begun(visitor)
    told = {"reporter_role": "victim", "age_band_then": "25_39", "victim_status": "free"}
    for _page in range(60):
        if walk.slug == slug:
            return walk
        fields = {name: value for name, value in told.items() if _asks(walk.page, name)}
        walk = walk.press("" if fields else "skip", fields)
    raise LookupError(slug)


def _asks(page: Visited, name: str) -> bool:
    return any(e.get("name") == name for e in page.page.all("input", "select"))


def test_a_form_begun_before_keeps_the_words_it_showed_and_names_them(
    visitor: Visitor, coordinator: Reader
) -> None:
    walk = walked_to(visitor, "consent")
    publish(coordinator, "statistics", "state_complaint", "store")
    walk = walk.press(fields={"consent": ["statistics"]})
    assert walk.slug == "consent-complaint"
    assert THEIRS["en"] in walk.text  # this page was not shown before
    walk = walk.press(fields={"consent": ["state_complaint"]})
    again = visitor.get("/en/report/consent")
    again = visitor.follow(again) if again.status in {302, 303} else again
    assert THEIRS["en"] not in again.page.text
    assert consent_text("statistics").text("en") in again.page.text
    check = Walk.at(visitor, "/en/report/check")
    assert THEIRS["en"] in check.text  # what sending means is said here for the first time
    check.press(fields={})
    found = given(coordinator)
    assert found["statistics"] == version_of("statistics")
    assert (found["state_complaint"], found["store"]) == (NEW, NEW)


def test_the_words_that_sending_showed_hold_though_others_came_into_force(
    visitor: Visitor, coordinator: Reader
) -> None:
    walk = walked_to(visitor, "consent")
    walk.press(fields={"consent": ["statistics"]})
    check = Walk.at(visitor, "/en/report/check")
    publish(coordinator, "statistics", "store")
    check.press(fields={})
    assert given(coordinator)["store"] == version_of("store")
    assert given(coordinator)["statistics"] == version_of("statistics")


@pytest.fixture
def sent(coordinator: Reader) -> Sent:
    return send_and_open(coordinator)


def test_behind_the_code_the_page_names_the_words_it_showed(
    visitor: Visitor, coordinator: Reader, sent: Sent
) -> None:
    enter(visitor, sent)
    before = visitor.get("/en/return/consents/statistics")
    publish(coordinator, "statistics", "refer_internal")
    visitor.send(before, {"consent_giver": "victim"})
    after = visitor.get("/en/return/consents/refer_internal")
    assert THEIRS["en"] in after.page.text
    visitor.send(after, {"consent_giver": "victim"})
    found = given(coordinator, sent.ref)
    assert found["statistics"] == version_of("statistics")
    assert found["refer_internal"] == NEW


def test_a_new_way_to_be_reached_names_the_words_beside_the_tick(
    visitor: Visitor, coordinator: Reader, sent: Sent, clock: Clock
) -> None:
    publish(coordinator, "contact")
    clock.pass_(minutes=5)
    enter(visitor, sent)
    page = page_called(visitor, "contact")
    assert THEIRS["en"] in page.page.text
    way = {field("contact/contact_method"): "phone", field("contact/contact_value"): "1"}
    assert visitor.send(page, {**way, "consent_contact": "yes"}).status == 303
    assert given(coordinator, sent.ref)["contact"] == NEW


def test_pages_stay_light_with_the_longest_words(
    visitor: Visitor, coordinator: Reader, service: Service
) -> None:
    """The visitor weighs each page that it opens."""
    sentence = consent_text("state_complaint").text("kk")
    longest = (sentence * 2)[:1000]
    codes = ("store", "contact", "refer_internal", "statistics", "npm_ombudsman", "partners")
    for number, code in enumerate(codes):
        publish(coordinator, code, kk=longest[number:] + "абвгдеж"[:number], ru="Слова", en="a")
    assert visitor.get("/kk/urgent/").status == 200
    walk = walked_to(visitor, "consent")
    address = walk.page.path.replace("/en/", "/kk/")
    assert longest[:50] in visitor.get(address).page.text
    assert service.settings.public_hosts
