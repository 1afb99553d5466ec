"""The urgent page: everything typed is kept, stored once, and answered with the code."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from intake.casework import Service
from intake.store.tables import AdditionRow, CaseRow
from intake.web.fields import TRAP
from tests.visitor import LANGUAGES, Visited, Visitor
from tests.web.conftest import Clock

STORY = "They took my brother from home and do not say where he is."
CODE = re.compile(r"\b[0-9]{4}(?: [0-9]{4}){5}\b")
FILLED = {
    "victim_name": "Brother of Aigerim",
    "victim_status": "police_custody",
    "custody_place": "Taldykorgan, second station",
    "detained_on": "17.11.2026",
    "detained_time": "9:30",
    "narrative": STORY,
    "agency": "police_station",
    "urgent_signs": ["under_18", "hurt_no_doctor"],
    "contact_method": "mailbox",
    "consent_contact": "yes",
}
# HTML, autofill field names, and what browsers look for besides.
FILLED_IN_BY_BROWSERS = (
    *("name", "nick", "mail", "user", "login", "pass", "pwd", "code", "organi", "company"),
    *("title", "address", "street", "city", "state", "region", "country", "zip", "postal"),
    *("phone", "tel", "mobile", "fax", "card", "cc-", "cvc", "bday", "birth", "sex", "gender"),
    *("url", "web", "site", "home", "photo", "impp", "lang", "amount", "search", "language"),
)


def cases(service: Service) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count()).select_from(CaseRow)) or 0


def additions(service: Service) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count()).select_from(AdditionRow)) or 0


def codes(visited: Visited) -> list[str]:
    return CODE.findall(visited.page.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_stored_and_its_code_shown(
    visitor: Visitor, service: Service, language: str
) -> None:
    sent = visitor.send(visitor.get(f"/{language}/urgent/"), {"narrative": STORY})
    assert (sent.status, sent.location) == (303, f"/{language}/urgent/sent")
    assert len(codes(visitor.follow(sent))) == 1
    assert cases(service) == 1


def test_every_question_may_be_answered(visitor: Visitor, service: Service) -> None:
    assert visitor.send(visitor.get("/en/urgent/"), FILLED).status == 303
    assert cases(service) == 1


def test_one_tick_is_enough(visitor: Visitor, service: Service) -> None:
    sent = visitor.send(visitor.get("/en/urgent/"), {"victim_status": "missing"})
    assert sent.status == 303
    assert cases(service) == 1


def test_an_empty_page_is_not_sent_and_the_error_leads_to_the_question(
    visitor: Visitor, service: Service
) -> None:
    answer = visitor.send(visitor.get("/en/urgent/"))
    assert answer.status == 422
    assert answer.page.title.startswith("Error: ")
    assert answer.page.leads_to("narrative")
    assert cases(service) == 0


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("detained_on", "31.02.2026"),
        ("detained_on", "tomorrow"),
        ("detained_on", "01.01.2030"),
        ("detained_time", "25:70"),
        ("victim_status", "on_the_moon"),
        ("urgent_signs", "bored"),
        ("custody_place", "x" * 301),
        ("narrative", "ж" * 20_001),
    ],
)
def test_what_cannot_be_read_is_said_beside_it_and_kept(
    visitor: Visitor, service: Service, field: str, typed: str
) -> None:
    answer = visitor.send(
        visitor.get("/en/urgent/"),
        {"custody_place": "Shu", field: typed, "contact_hours": "evenings"},
    )
    assert answer.status == 422
    assert answer.page.leads_to(field)
    kept = answer.page.fields(answer.page.form())
    assert kept["contact_hours"] == ["evenings"]
    assert field in {"victim_status", "urgent_signs"} or kept[field] == [typed]
    assert cases(service) == 0


def test_a_phone_number_is_asked_for_where_a_call_is_wished(visitor: Visitor) -> None:
    answer = visitor.send(
        visitor.get("/en/urgent/"), {"narrative": STORY, "contact_method": "phone"}
    )
    assert answer.status == 422
    assert answer.page.leads_to("contact_value")


def test_everything_typed_survives_an_error(visitor: Visitor) -> None:
    page = visitor.send(visitor.get("/en/urgent/"), {**FILLED, "detained_on": "soon"}).page
    kept = page.fields(page.form())
    for name, value in FILLED.items():
        expected = value if isinstance(value, list) else [value]
        assert kept[name] == (["soon"] if name == "detained_on" else expected)


def test_switching_language_keeps_everything_and_judges_nothing(
    visitor: Visitor, service: Service
) -> None:
    page = visitor.get("/en/urgent/")
    once = page.page.fields(page.page.form())["once"]
    typed = {**FILLED, "detained_on": "soon", "to": "kk"}
    answer = visitor.send(page, typed, to="/kk/urgent/")
    kept = answer.page.fields(answer.page.form())
    assert (answer.status, answer.page.title.startswith("Error")) == (200, False)
    assert (kept["narrative"], kept["detained_on"]) == ([STORY], ["soon"])
    assert kept["once"] == once
    assert cases(service) == 0


def test_sending_twice_stores_once_and_shows_the_same_code(
    visitor: Visitor, service: Service
) -> None:
    page = visitor.get("/en/urgent/")
    first = codes(visitor.follow(visitor.send(page, FILLED)))
    again = codes(visitor.follow(visitor.send(page, FILLED)))
    assert first == again
    assert (cases(service), additions(service)) == (1, 0)


def test_sending_again_with_more_words_adds_them(visitor: Visitor, service: Service) -> None:
    page = visitor.get("/en/urgent/")
    visitor.send(page, FILLED)
    visitor.send(page, {**FILLED, "narrative": STORY + " He is ill."})
    assert (cases(service), additions(service)) == (1, 1)


def test_two_tabs_show_both_codes(visitor: Visitor, service: Service) -> None:
    first, second = visitor.get("/en/urgent/"), visitor.get("/ru/urgent/")
    visitor.send(first, {"narrative": STORY})
    shown = codes(visitor.follow(visitor.send(second, {"narrative": "Another story here."})))
    assert len(set(shown)) == 2
    assert cases(service) == 2


def test_without_cookies_the_code_is_shown_at_once(app: Flask, service: Service) -> None:
    visitor = Visitor(app.test_client(use_cookies=False))
    page = visitor.get("/en/urgent/")
    answer = visitor.send(page, FILLED)
    assert answer.status == 200
    assert codes(visitor.send(page, FILLED)) == codes(answer)
    assert (len(codes(answer)), cases(service)) == (1, 1)


def test_without_cookies_another_language_shows_the_same_code(app: Flask) -> None:
    visitor = Visitor(app.test_client(use_cookies=False))
    answer = visitor.send(visitor.get("/en/urgent/"), FILLED)
    russian = visitor.send(answer, {"to": "ru"}, to="/ru/urgent/sent")
    assert codes(russian) == codes(answer)
    assert codes(visitor.send(russian, {"to": "kk"}, to="/kk/urgent/sent")) == codes(answer)


def test_a_receipt_that_is_not_ours_shows_nothing(app: Flask) -> None:
    visitor = Visitor(app.test_client(use_cookies=False))
    answer = visitor.post("/en/urgent/sent", {"receipt": "AAAA:1.aa.bb"})
    assert (answer.status, codes(answer)) == (200, [])


def test_the_code_is_shown_again_for_one_hour(visitor: Visitor, clock: Clock) -> None:
    shown = codes(visitor.follow(visitor.send(visitor.get("/en/urgent/"), FILLED)))
    clock.pass_(minutes=59)
    assert codes(visitor.get("/ru/urgent/sent")) == shown
    clock.pass_(minutes=2)
    assert codes(visitor.get("/ru/urgent/sent")) == []


def test_the_code_is_forgotten_once_it_is_written_down(visitor: Visitor) -> None:
    shown = visitor.follow(visitor.send(visitor.get("/en/urgent/"), FILLED))
    written = visitor.send(shown)
    assert (written.status, written.location) == (303, "/en/urgent/done")
    assert codes(visitor.follow(written)) == []
    assert codes(visitor.get("/en/urgent/sent")) == []


def test_who_comes_from_another_site_keeps_a_cookie_that_may_be_full(visitor: Visitor) -> None:
    answer = visitor.get("/en/urgent/", Sec_Fetch_Site="cross-site")
    assert "Set-Cookie" not in answer.answer.headers


@pytest.mark.parametrize("hours", [23, 25])
def test_a_page_open_for_a_day_still_sends_what_was_typed(
    visitor: Visitor, service: Service, clock: Clock, hours: int
) -> None:
    page = visitor.get("/en/urgent/")
    clock.pass_(hours=hours)
    answer = visitor.send(page, {"narrative": STORY})
    if hours == 25:
        assert answer.status == 422
        assert "This page was open for a long time." in answer.page.text
        answer = visitor.send(answer)
    assert answer.status == 303
    assert cases(service) == 1


@pytest.mark.parametrize("token", ["", "x", ".aaaa.bbbb", "\udcff", "é.è.ê"])
def test_a_foreign_token_loses_no_text(visitor: Visitor, service: Service, token: str) -> None:
    sent = {"narrative": STORY, "token": token.encode("utf-8", "replace").decode()}
    answer = visitor.send(visitor.get("/en/urgent/"), sent)
    assert answer.status == 422
    assert answer.page.fields(answer.page.form())["narrative"] == [STORY]
    assert cases(service) == 0
    assert visitor.send(answer).status == 303


@pytest.mark.parametrize("once", ["", "short", "!" * 43, "A" * 400, "é"])
def test_a_broken_once_is_replaced_and_the_report_kept(
    visitor: Visitor, service: Service, once: str
) -> None:
    answer = visitor.send(visitor.get("/en/urgent/"), {"narrative": STORY, "once": once})
    assert answer.status == 303
    assert cases(service) == 1


def test_what_a_machine_fills_in_is_taken_and_set_apart(
    visitor: Visitor, service: Service
) -> None:
    sent = {"narrative": STORY, TRAP: "https://spam.example"}
    assert visitor.send(visitor.get("/en/urgent/"), sent).status == 303
    with service.reading() as session:
        assert session.scalars(select(CaseRow.automated)).all() == [True]


def test_the_field_for_machines_says_so_to_who_hears_the_page(visitor: Visitor) -> None:
    page = visitor.get("/en/urgent/").page
    trap = page.by_id(TRAP)
    assert trap is not None
    assert (trap.get("tabindex"), trap.get("autocomplete")) == ("-1", "off")
    assert "Leave this field empty" in page.text


def test_the_field_for_machines_has_no_name_that_a_browser_fills_in(visitor: Visitor) -> None:
    trap = visitor.get("/en/urgent/").page.by_id(TRAP)
    assert trap is not None
    called = f"{trap.get('name')} {trap.get('id')}"
    assert [word for word in FILLED_IN_BY_BROWSERS if word in called] == []
    assert {"data-1p-ignore", "data-lpignore"} <= trap.attributes.keys()


def test_enter_sends_the_page(visitor: Visitor) -> None:
    first = visitor.get("/en/urgent/").page.all("button")[0]
    assert (first.get("form"), first.get("name")) == ("page", None)
