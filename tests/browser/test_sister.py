"""The sister's path, whole: a report, a mail to duty, the queue, an answer, and her code."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.form.moments import ZONE
from tests.browser.browsing import (
    assert_fits,
    assert_language,
    codes,
    fill_urgent,
    press,
    sign_in,
    visit,
)
from tests.browser.conftest import ON_DUTY
from tests.people import COORDINATOR, NARRATIVES, PASSPHRASES
from tests.running import Post, Running

NAME, PLACE = "Zhasylqurt", "Талдықорған, уақытша ұстау"
ANSWERS = {
    "kk": "Қазір қауіпсіз сөйлесуге болады ма?",
    "ru": "Можете говорить безопасно?",
    "en": "Is it safe for you to talk?",
}
REPLY = "Иә, кешке"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_sister_reports_is_answered_and_reads_it_with_her_code(
    browser: Browser, own_site: Running, own_mail: Post, language: str
) -> None:
    phone = visit(browser, language=language).new_page()
    code = report_from_the_start_page(phone, own_site.url, language)

    own_mail.wait_for(1)
    (letter,) = own_mail.letters
    assert letter["To"] == ON_DUTY
    assert own_site.url in letter.get_content()

    desk = visit(browser, language=language).new_page()
    ref = answer_what_stands_first(desk, own_site.url, language)
    said = "".join(own_mail.raw[0].decode().split())
    assert not [told for told in (NAME, PLACE, ref, code) if "".join(told.split()) in said]

    later = visit(browser, language=language).new_page()
    read_with(later, own_site.url, language, code)
    later.locator("[name=text]").fill(REPLY)
    press(later)
    expect(later.locator(".entries")).to_contain_text(REPLY, use_inner_text=True)

    find_the_reply(desk, own_site.url, ref)


def report_from_the_start_page(page: Page, url: str, language: str) -> str:
    page.goto(f"{url}/")
    expect(page).to_have_url(f"{url}/{language}/")
    checked(page, language)
    press(page, f'a.go[href="/{language}/urgent/"]')
    checked(page, language)
    taken = datetime.now(UTC).astimezone(ZONE) - timedelta(hours=40)
    fill_urgent(
        page,
        NARRATIVES[language],
        victim_name=NAME,
        custody_place=PLACE,
        detained_on=f"{taken:%d.%m.%Y}",
        detained_time=f"{taken:%H:%M}",
        contact_hours="20:00",
    )
    press(page)
    expect(page).to_have_url(f"{url}/{language}/urgent/sent")
    checked(page, language)
    (code,) = codes(page)
    return code


def answer_what_stands_first(page: Page, url: str, language: str) -> str:
    sign_in(page, url, COORDINATOR, PASSPHRASES[COORDINATOR])
    expect(page).to_have_url(f"{url}/desk/")
    checked(page, language)
    rows = page.locator("table.rows tbody tr")
    expect(rows).to_have_count(2)
    assert "u1" in (rows.first.get_attribute("class") or "").split()
    assert rows.first.locator("td b").first.inner_text()
    ref = rows.first.locator("a.ref").inner_text()
    press(page, "a.ref")
    checked(page, language)
    assert page.locator(".why li").count() > 0
    press(page, 'form[action*="/open"] button')
    checked(page, language)
    expect(page.locator("main")).to_contain_text(NARRATIVES[language], use_inner_text=True)
    expect(page.locator("main")).to_contain_text(NAME, use_inner_text=True)
    press(page, ".tabs a")
    press(page, 'form[action*="/take"] button')
    expect(page.locator('form[action*="/take"]')).to_have_count(0)
    press(page, '.tabs a[href*="/messages"]')
    page.locator("[name=text]").fill(ANSWERS[language])
    press(page, 'form[action*="/messages"] button')
    checked(page, language)
    expect(page.locator(".said").first).to_contain_text(ANSWERS[language], use_inner_text=True)
    return ref


def read_with(page: Page, url: str, language: str, code: str) -> None:
    page.goto(f"{url}/{language}/")
    press(page, f'a[href="/{language}/return/"]')
    checked(page, language)
    page.locator("[name=code]").fill(f" {code} ")
    press(page)
    checked(page, language)
    expect(page.locator(".theirs")).to_contain_text(ANSWERS[language], use_inner_text=True)
    expect(page.locator("main")).not_to_contain_text(NARRATIVES[language], use_inner_text=True)


def find_the_reply(page: Page, url: str, ref: str) -> None:
    page.goto(f"{url}/desk/?view=mine")
    row = page.locator("table.rows tbody tr", has_text=ref)
    expect(row.locator("th .tag")).to_have_count(1)
    press(page, "a.ref")
    press(page, '.tabs a[href*="/messages"]')
    expect(page.locator(".said").first).to_contain_text(REPLY, use_inner_text=True)
    page.goto(f"{url}/desk/?view=mine")
    expect(page.locator("th .tag")).to_have_count(0)


def checked(page: Page, language: str) -> None:
    assert_fits(page)
    assert_language(page, language)
