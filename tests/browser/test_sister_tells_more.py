"""The sister who sent the urgent page tells more at once: the same report, the same code."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.browsing import codes, press, report, sign_in, visit
from tests.browser.filling import SEND, Told, step_of, walk
from tests.people import COORDINATOR, NARRATIVES, PASSPHRASES
from tests.running import Running

BROTHER = "Жасұлан Қ."
FRIEND = "Нұрлан Ө."
MORE = {
    "kk": "Терезеден екі адамды көрдім.",
    "ru": "Из окна видела двоих.",
    "en": "I saw two of them from the window.",
}
TOLD: Told = {
    "reporter_role": "relative",
    "urgent_signs": ["hurt_no_doctor"],
    "relationship": "sibling",
    "victim_knowledge": "cannot_ask",
    "victim_name": BROTHER,
    "age_band_then": "18_24",
    "town_said": "Талдықорған",
    "town": "taldykorgan",
    "phone_seen_by": "Анам",
}


@pytest.mark.parametrize(("language", "javascript"), [("kk", True), ("ru", False)])
def test_a_sister_tells_more_and_keeps_her_code(
    browser: Browser, own_pages: Running, language: str, *, javascript: bool
) -> None:
    phone = visit(browser, language=language, javascript=javascript).new_page()
    code = report(phone, own_pages.url, language, NARRATIVES[language])
    press(phone, "main form:not(#page) button")
    told = {**TOLD, "narrative": MORE[language]}
    others = [{"person_name": FRIEND, "person_status": "police_custody"}]
    walk(phone, told, language, {"persons": others})
    assert_urgent_words_stay_away(phone, language)
    press(phone, SEND)
    assert codes(phone)[0] == code

    desk = visit(browser, language=language, wide=True).new_page()
    read = read_newest(desk, own_pages.url)
    for words in (NARRATIVES[language], MORE[language], BROTHER, FRIEND, "Талдықорған"):
        assert words in read


def assert_urgent_words_stay_away(page: Page, language: str) -> None:
    """What was sent is not shown again; what is to be sent is."""
    assert step_of(page) == "check"
    shown = page.locator("main").inner_text()
    assert MORE[language] in shown
    assert NARRATIVES[language] not in shown


def read_newest(page: Page, url: str) -> str:
    """What a trained handler reads of the report that came last."""
    sign_in(page, url, COORDINATOR, PASSPHRASES[COORDINATOR])
    page.goto(f"{url}/desk/?sort=newest")
    press(page, "a.ref")
    press(page, 'form[action*="/open"] button')
    assert page.url.split("?")[0].endswith("/report")
    return page.locator("main").inner_text()
