"""Where on the body: ticked in a list or pressed on pictures, and seen again at the desk."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from intake.casework import resume, sign_in
from intake.casework.cases import open_case
from intake.form.aftermath import BODY_REGION
from intake.form.answers import Answers
from intake.web.body_map import picture
from tests.browser.browsing import assert_fits, visit
from tests.browser.browsing import sign_in as signed_in
from tests.browser.filling import go, step_of, with_draft
from tests.browser.test_by_keyboard_alone import tab_to
from tests.browser.test_read_aloud import tree
from tests.browser.test_weight import MOST, Wire
from tests.people import COORDINATOR, PASSPHRASES, code_now, send, service_in, short_report
from tests.running import Running

DRAWN: Final = tuple(term.code for term in BODY_REGION.drawn)
TARGET: Final = 44  # px
HURT: Final = Answers(
    {
        "reporter_role": "victim",
        "victim_status": "free",
        "victim_sex": "female",
        "age_band_then": "25_39",
        "in_detail": "yes",
        "injury": ("bruises",),
    }
)
EDGES: Final = """() => [...document.querySelectorAll('.spot')].map(
  e => [e.htmlFor.slice(3), parseFloat(getComputedStyle(e, '::before').borderTopWidth)])"""


@pytest.fixture(params=[False, True], ids=["plain", "scripts"])
def context(browser: Browser, request: pytest.FixtureRequest) -> BrowserContext:
    """A phone, without scripts and with them."""
    return visit(browser, javascript=request.param)


def body(context: BrowserContext, site: Running, language: str = "en", **told: Any) -> Page:  # noqa: ANN401
    """The page with the pictures, for somebody who told this besides."""
    with_draft(context, site, Answers({**HURT.values, **told}))
    page = context.new_page()
    page.goto(f"{site.url}/{language}/report/body")
    return page


def ticked(page: Page) -> set[str]:
    """What the list holds."""
    return {str(box.get_attribute("value")) for box in page.locator(".at:checked").all()}


def filled(page: Page) -> set[str]:
    """The squares of the pictures that look ticked: their edges are thick."""
    widths = dict(page.evaluate(EDGES))
    return {code for code, width in widths.items() if width > min(widths.values())}


def test_each_square_presses_its_own_tick_and_shows_it(
    context: BrowserContext, site: Running
) -> None:
    page = body(context, site)
    assert ticked(page) == set()
    for number, code in enumerate(DRAWN, start=1):
        page.locator(f".spot.{code}").click()
        assert page.locator(f"#at-{code}").is_checked(), code
        assert len(ticked(page)) == number
    page.locator(".spot.nose").click()
    assert ticked(page) == set(DRAWN) - {"nose"}


def test_the_pictures_show_what_is_ticked_in_the_list(
    context: BrowserContext, site: Running
) -> None:
    page = body(context, site, body_region=("hand_left",))
    assert ticked(page) == {"hand_left"}
    for code in DRAWN:
        page.locator(f"#at-{code}").check()
    page.locator("#at-belly").uncheck()
    widths = dict(page.evaluate(EDGES))
    assert widths["belly"] > 0
    assert {code for code in DRAWN if widths[code] > widths["belly"]} == set(DRAWN) - {"belly"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("wide", [False, True], ids=["320", "1280"])
def test_squares_are_large_enough_and_apart(
    browser: Browser, site: Running, language: str, *, wide: bool
) -> None:
    page = body(visit(browser, language=language, wide=wide), site, language)
    assert_fits(page)
    boxes = {}
    for code in DRAWN:
        boxes[code] = page.locator(f".spot.{code}").bounding_box()
    for code, box in boxes.items():
        assert box, code
        assert min(box["width"], box["height"]) >= TARGET, code
        assert box["x"] >= 0, code
        assert box["x"] + box["width"] <= page.viewport_size["width"], code  # type: ignore[index] # it has one
    assert [
        pair for pair in combinations(DRAWN, 2) if _overlap(*(boxes[c] for c in pair))
    ] == []
    for label in page.locator(".at+label").all():
        assert (label.bounding_box() or {"height": 0})["height"] >= TARGET


def _overlap(one: Any, other: Any) -> bool:  # noqa: ANN401 - boxes of the browser
    across = abs(one["x"] - other["x"]) < one["width"] - 0.5
    down = abs(one["y"] - other["y"]) < one["height"] - 0.5
    return bool(across and down)


def test_who_listens_hears_every_place_once_under_its_part_of_the_body(
    browser: Browser, site: Running
) -> None:
    page = body(visit(browser), site, body_region=("nose",))
    nodes = tree(page)
    boxes = [node.name for node in nodes if node.role == "checkbox"]
    assert boxes == [label.inner_text() for label in page.locator(".at+label").all()]
    assert len(set(boxes)) == len(DRAWN) + 1
    assert [node.name for node in nodes if node.role == "heading" and node.level > 1] == [
        "Head, face, neck",
        "Chest, belly, back",
        "Arms and hands",
        "Legs and feet",
    ]
    assert not [node for node in nodes if node.role in {"image", "img"}]
    assert "To the pictures" not in {node.name for node in nodes}


def test_places_and_what_is_there_are_told_by_keyboard_alone(
    context: BrowserContext, site: Running
) -> None:
    page = body(context, site)
    for code in ("nose", "forearm_left"):
        tab_to(page, f"#at-{code}")
        assert _has_outline(page, f"#at-{code}+label")
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "at-wrist_right"
    assert filled(page) == {"nose", "forearm_left"}
    page.goto(_kept(page, "body-marks"))
    assert page.locator("fieldset fieldset > legend").all_inner_texts() == [
        "Nose",
        "Left forearm and elbow",
    ]
    for code in ("nose.broken", "nose.still", "forearm_left.burn"):
        tab_to(page, f"[value='{code}']")
        page.keyboard.press("Space")
    page.goto(_kept(page, "check"))
    told = page.locator("main").inner_text()
    assert "Nose: broken bone or tooth, or it seems so; still there now" in told
    assert "Left forearm and elbow: burn" in told


def _kept(page: Page, slug: str) -> str:
    """Keep the page by Enter, as somebody without a mouse does; where to look next."""
    tab_to(page, "#page button.go")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return f"{page.url.partition('/report/')[0]}/report/{slug}"


def _has_outline(page: Page, selector: str) -> bool:
    script = "s => getComputedStyle(document.querySelector(s)).outlineStyle"
    return bool(page.evaluate(script, selector) != "none")


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"media": "print"}], ids=str)
def test_ticks_are_seen_in_other_colours_and_on_paper(
    browser: Browser, site: Running, media: dict[str, Any]
) -> None:
    page = body(visit(browser), site, body_region=("belly", "sole_left"))
    page.emulate_media(**media)
    assert filled(page) == {"belly", "sole_left"}
    assert all(image.is_visible() for image in page.locator(".drawn img").all())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    ("told", "drawn"),
    [
        ({"victim_sex": "female"}, "female"),
        ({"victim_sex": "male"}, "male"),
        ({"victim_sex": "another"}, "neutral"),
        ({"victim_sex": "male", "age_band_then": "14_15"}, "child"),
    ],
    ids=["female", "male", "neutral", "child"],
)
def test_the_figure_is_drawn_and_the_page_stays_light(
    browser: Browser, site: Running, language: str, told: dict[str, Any], drawn: str
) -> None:
    context = visit(browser, language=language, javascript=True)
    with_draft(context, site, Answers({**HURT.values, **told}))
    page, wire = context.new_page(), Wire()
    wire.listen(page)
    page.goto(f"{site.url}/{language}/report/body", wait_until="networkidle")
    names = {address.rpartition("/")[2] for address in wire.addresses}
    assert {name for name in names if name.startswith("body-")} == {picture(drawn)}
    expect(page.locator(".drawn img")).to_have_count(2)
    for image in page.locator(".drawn img").all():
        assert image.evaluate("e => e.naturalWidth") > 0
    assert wire.sizes.keys() == wire.kinds.keys()
    assert wire.total <= MOST, f"{wire.total} bytes"


def test_private_places_lie_on_no_picture_and_open_by_choice(
    context: BrowserContext, site: Running
) -> None:
    page = body(context, site)
    private = page.locator("#at-groin, #at-buttocks, .spot.groin, .spot.buttocks")
    expect(private).to_have_count(0)
    page.locator("#at-private").check()
    go(page)
    page.goto(f"{site.url}/en/report/body-private")
    assert step_of(page) == "body-private"
    expect(page.locator("img")).to_have_count(0)
    page.locator("#at-buttocks").check()
    page.locator("[value='buttocks.bruise']").check()
    assert_fits(page)
    go(page)
    page.goto(f"{site.url}/en/report/check")
    folded = page.get_by_text("Buttocks, anus: bruise, swelling, graze")
    expect(folded).to_be_hidden()


@pytest.fixture
def report(browser: Browser, site: Running) -> Page:
    """A report with places of the body and private ones, opened before a trained handler."""
    service, now = service_in(site.instance), datetime.now(UTC)
    told = short_report(
        now,
        narrative="He was beaten.",
        victim_sex="male",
        body_region=("nose", "upper_back", "buttocks", "private"),
        body_mark=("nose.broken", "upper_back.burn", "upper_back.still", "buttocks.bruise"),
    )
    sent = send(service, told)
    words = PASSPHRASES[COORDINATOR]
    code = code_now(site.instance, COORDINATOR, words)
    session = sign_in(service, COORDINATOR, words, code, known=None, now=now)
    open_case(resume(service, session.cookie, now=now), sent.ref, now=now)
    service.engine.dispose()
    page = visit(browser).new_page()
    signed_in(page, site.url, COORDINATOR, words)
    page.goto(f"{site.url}/desk/cases/{sent.ref}/report")
    return page


def test_the_desk_sees_numbers_on_the_pictures_and_what_they_mean(report: Page) -> None:
    account = report.locator("#part-account")
    spots = account.locator(".told-at")
    told = [(spot.get_attribute("class"), spot.inner_text()) for spot in spots.all()]
    assert told == [("spot told-at nose", "1"), ("spot told-at upper_back still", "2")]
    assert account.locator(".marked li").all_inner_texts() == [
        "Nose: broken bone or tooth, or it seems so",
        "Upper back, shoulder blades: burn; still there now",
    ]
    names = [image.get_attribute("src") or "" for image in account.locator("img").all()]
    assert {name.rpartition("/")[2] for name in names} == {picture("male")}
    assert_fits(report)


def test_private_places_are_drawn_in_the_folded_part_alone(report: Page) -> None:
    part = report.locator("#part-intimate")
    expect(part.locator(".told-at")).to_have_count(1)
    expect(part.locator(".told-at")).to_be_hidden()
    part.locator("summary").first.click()
    expect(part.locator(".told-at.buttocks")).to_be_visible()
    expect(report.locator("#part-account .told-at.buttocks")).to_have_count(0)
    assert_fits(report)


def test_the_drawing_is_printed_with_its_numbers(report: Page) -> None:
    report.emulate_media(media="print")
    account = report.locator("#part-account")
    assert all(image.is_visible() for image in account.locator("img").all())
    for number in account.locator(".told-at b").all():
        assert (
            float(number.evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)")) >= 2
        )
