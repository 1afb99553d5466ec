"""The directory on a narrow screen without JavaScript, and the choice that follows from it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.casework import Reader, Wish, new_once, open_case, queue, resume, submit
from intake.casework.directory.entries import About, entry_of
from intake.casework.directory.keeping import directory, keep
from intake.roles import Role
from tests.browser.browsing import assert_fits, press, sign_in, visit
from tests.browser.test_axe import assert_nothing_found
from tests.people import (
    COORDINATOR,
    PASSPHRASES,
    add_member,
    service_in,
    sister_report,
    turn_back,
)
from tests.people import sign_in as signed_in
from tests.running import Running

WORDS = "seven words that no list holds here"
AIDA = About(sex="female", languages=("kk",), regions=("KZ-33",), with_survivors=True, most=4)
BORIS = About(sex="male", languages=("ru",), regions=("KZ-75",))
CLINIC = "B. T., a clinic"


@pytest.fixture
def ref(own_pages: Running) -> str:
    """A case whose person wishes a woman who speaks Kazakh; one of two psychologists is."""
    service, now = service_in(own_pages.instance), datetime.now(UTC)
    turn_back(service, COORDINATOR, PASSPHRASES[COORDINATOR])
    before = now - timedelta(minutes=2)
    cookie = signed_in(service, COORDINATOR, PASSPHRASES[COORDINATOR], now=before).cookie
    reader = resume(service, cookie, now=now)
    for handle, about in (("aida", AIDA), ("boris", BORIS)):
        _hire(reader, handle, about, now)
    report = sister_report(
        now,
        consent=("refer_internal",),
        consent_giver="victim",
        preferred_handler_gender="female",
        interpreter_language=("kk",),
    )
    submit(service, report, once=new_once())
    newest = queue(reader, Wish(sort="newest"), now=now).rows[0]
    open_case(reader, newest.ref, now=now)
    service.engine.dispose()
    return newest.ref


def _hire(reader: Reader, handle: str, about: About, now: datetime) -> None:
    add_member(reader, handle, (Role.PSYCHOLOGIST,), WORDS)
    (member,) = (one.member for one in directory(reader) if one.name == handle)
    assert member is not None
    keep(reader, entry_of(member), about, seen=0, now=now)


def _desk(browser: Browser, site: Running, *, javascript: bool = False) -> Page:
    page = visit(browser, javascript=javascript).new_page()
    sign_in(page, site.url, COORDINATOR, PASSPHRASES[COORDINATOR])
    return page


def test_somebody_is_written_down_found_and_chosen_by_the_wish_of_a_person(
    browser: Browser, own_pages: Running, ref: str
) -> None:
    desk = _desk(browser, own_pages)
    desk.goto(f"{own_pages.url}/desk/")
    _write_down(desk)
    desk.locator("select[name=region]").select_option("KZ-33")
    press(desk, "form.filters button")
    expect(desk.locator(".thing h2")).to_have_count(2)
    assert_fits(desk)

    desk.goto(f"{own_pages.url}/desk/cases/{ref}/access")
    assert_fits(desk)
    names = desk.locator("label.choice:has([name=member]) b").all_inner_texts()
    assert names == ["aida", "boris"]
    expect(desk.get_by_text("Without an account here")).to_be_visible()
    desk.locator("label.choice", has_text="boris").check()
    desk.locator("[name=parts][value=account]").check()
    press(desk, 'form[action$="/offer"] button.go')
    expect(desk.get_by_text("There is a problem")).to_be_visible()
    assert_fits(desk)
    desk.locator("[name=agreed]").check()
    press(desk, 'form[action$="/offer"] button.go')
    expect(desk.get_by_text("offered, no answer yet")).to_be_visible()


def _write_down(desk: Page) -> None:
    press(desk, 'nav.views a[href="/desk/directory/"]')
    press(desk, 'main a[href="/desk/directory/new"]')
    assert_fits(desk)
    desk.locator("[name=name]").fill(CLINIC)
    for box in ("professions][value=doctor", "languages][value=kk", "regions][value=KZ-33"):
        desk.locator(f"[name={box}]").check()
    desk.locator("[name=sex]").select_option("female")
    press(desk)


def test_axe_finds_nothing_where_people_are_listed_and_chosen(
    browser: Browser, own_pages: Running, ref: str
) -> None:
    page = _desk(browser, own_pages, javascript=True)
    assert_nothing_found(page, _pages(page, own_pages.url, ref))


def _pages(page: Page, url: str, ref: str) -> Iterator[str]:
    page.goto(f"{url}/desk/directory/")
    yield "list"
    page.goto(f"{url}/desk/directory/?language=uz")
    yield "nobody"
    page.goto(f"{url}/desk/directory/new")
    page.locator("[name=most]").fill("many")
    press(page)
    yield "new-error"
    case = f"{url}/desk/cases/{ref}"
    for name in ("access", "steps/track?track=psychological"):
        page.goto(f"{case}/{name}")
        yield name
    page.goto(f"{case}/hand-over")
    yield "hand-over-where-nobody-fits"
    page.locator("[name=to]").first.check()
    press(page)
    yield "hand-over-error"
