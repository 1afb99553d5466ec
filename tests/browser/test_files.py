"""A picture from a phone to the desk, without JavaScript, in three languages."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import assert_fits, codes, press, sign_in, visit
from tests.files import picture
from tests.people import COORDINATOR, PASSPHRASES
from tests.running import Running

WORDS = {"en": "He beat me.", "ru": "Он меня бил.", "kk": "Ол мені ұрды."}


def to_files(page: Page, url: str, language: str) -> None:
    """From the beginning of the form to the page of files, with a few words told."""
    page.goto(f"{url}/{language}/report/")
    press(page)
    page.goto(f"{url}/{language}/report/story")
    page.locator("[name=narrative]").fill(WORDS[language])
    press(page)
    page.goto(f"{url}/{language}/report/files")
    assert_fits(page)
    press(page, "a.calm.wide")
    assert_fits(page)


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_picture_is_added_and_looked_at(
    browser: Browser, own_site: Running, tmp_path: Path, language: str
) -> None:
    photo = tmp_path / "снимок.png"
    photo.write_bytes(picture(400))
    phone = visit(browser, language=language).new_page()
    to_files(phone, own_site.url, language)
    phone.locator("input[type=file]").first.set_input_files(photo)
    press(phone)
    expect(phone.locator(".things")).to_contain_text("снимок.png", use_inner_text=True)
    assert_fits(phone)
    phone.goto(f"{own_site.url}/{language}/report/check")
    expect(phone.locator("main")).to_contain_text("снимок.png", use_inner_text=True)
    press(phone)
    assert len(codes(phone)) == 1

    desk = visit(browser, language=language, wide=True).new_page()
    sign_in(desk, own_site.url, COORDINATOR, PASSPHRASES[COORDINATOR])
    desk.goto(f"{own_site.url}/desk/?view=all&sort=newest")
    press(desk, "table.rows tbody tr a.ref")
    press(desk, "form[action*='/open'] button")
    press(desk, "nav.tabs a[href*='/files']")
    expect(desk.locator("main")).to_contain_text("снимок.png", use_inner_text=True)
    assert_fits(desk)
    press(desk, "a.calm[href*='/copy']")
    assert desk.locator("img").evaluate("i => [i.naturalWidth, i.naturalHeight]") == [400, 400]
