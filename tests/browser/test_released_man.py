"""The man released yesterday: a few words, most of it skipped, and back a week later."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from intake.casework import new_once, open_case, read_report, send_message
from intake.store.tables import CaseRow
from tests.browser.browsing import CODE, codes, press, visit
from tests.browser.clocked import Clocked, clocked
from tests.browser.filling import SEND, begin, fill, go, looked_at, step_of
from tests.people import Installation

WORDS = {
    "kk": "Кеше босатты. Ұрды, қан түкіремін.",
    "ru": "Вчера отпустили. Били, кашляю кровью.",
    "en": "They let me go yesterday. They beat me, I cough blood.",
}
ANSWER = {"kk": "Дәрігер қайда?", "ru": "Где врач?", "en": "Where is the doctor?"}
QUESTIONS = ("medical/doctor", "medical/seen_on")
DOCTOR, RULE, HOURS = "Dr. Қ., Жетісу ауруханасы", "no_voicemail", "21:00 - 22:00"


@pytest.fixture
def clocked_site(installation: Installation, tmp_path: Path) -> Iterator[Clocked]:
    with clocked(installation.folder, tmp_path / "instance") as site:
        yield site


@pytest.mark.parametrize(("language", "javascript"), [("ru", True), ("en", False)])
def test_a_man_says_little_and_comes_back_a_week_later(
    browser: Browser, clocked_site: Clocked, language: str, *, javascript: bool
) -> None:
    site = clocked_site
    phone = visit(browser, language=language, javascript=javascript).new_page()
    code = says_little(phone, site.url, language)
    ref = is_asked(site, language)

    site.pass_(days=7)
    later = visit(browser, language=language, javascript=javascript).new_page()
    reads(later, site.url, language, code)
    answers(later, language)
    changes_how_to_be_reached(later, language)

    told = [
        dict(s.answers or {}) for s in read_report(site.reader(), ref, now=site.now).sections
    ]
    assert any(part.get("doctor") == DOCTOR for part in told)
    assert any(part.get("contact_rules") == [RULE] for part in told)
    assert any(part.get("contact_hours") == HOURS for part in told)


def says_little(page: Page, url: str, language: str) -> str:
    """One tick, a few words, all else skipped; saved on the way, then sent."""
    begin(page, url, language)
    for told in ({"reporter_role": "victim"}, {"victim_status": "free"}):
        fill(page, told)
        go(page)
    while step_of(page) != "story":
        looked_at(page, language)
        go(page, "skip")
    fill(page, {"narrative": WORDS[language]})
    go(page, "save")
    code = writes_down(page, language)
    go(page, "finish")
    looked_at(page, language)
    expect(page.locator("main")).to_contain_text(WORDS[language], use_inner_text=True)
    press(page, SEND)
    looked_at(page, language)
    assert codes(page) == [code]
    expect(page.locator(f'main a[href="/{language}/today/"]')).to_have_count(1)
    assert page.locator("main h3").count() >= 1
    return code


def writes_down(page: Page, language: str) -> str:
    """The code on paper, and back to the page where he stopped."""
    looked_at(page, language)
    (code,) = codes(page)
    assert CODE.fullmatch(code)
    press(page)
    assert codes(page) == []
    press(page, "main p.actions a.go")
    return code


def is_asked(site: Clocked, language: str) -> str:
    """A coordinator opens it, answers, and asks two questions of the form."""
    reader = site.reader()
    with site.service.reading() as session:
        ref = session.scalars(select(CaseRow.ref)).one()
    open_case(reader, ref, now=site.now)
    send_message(
        reader, ref, ANSWER[language], once=new_once(), now=site.now, questions=QUESTIONS
    )
    return ref


def reads(page: Page, url: str, language: str, code: str) -> None:
    page.goto(f"{url}/{language}/return/")
    page.locator("[name=code]").fill(code)
    press(page)
    looked_at(page, language)
    said = page.locator("main").inner_text()
    assert ANSWER[language] in said
    assert WORDS[language] not in said


def answers(page: Page, language: str) -> None:
    press(page, ".entries a.go")
    looked_at(page, language)
    page.locator("#page input[type=text]").first.fill(DOCTOR)
    press(page)
    page.wait_for_url("**/return/messages")
    looked_at(page, language)
    expect(page.locator("main")).not_to_contain_text(DOCTOR, use_inner_text=True)


def changes_how_to_be_reached(page: Page, language: str) -> None:
    press(page, f'main a[href^="/{language}/return/more/"]')
    looked_at(page, language)
    page.locator(f"#page input[value={RULE}]").check()
    page.locator("#page [name*=contact_hours]").fill(HOURS)
    press(page)
    looked_at(page, language)
    expect(page.locator("main")).not_to_contain_text(HOURS, use_inner_text=True)
