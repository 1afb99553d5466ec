"""The pages of the form, each as somebody comes to it; each is named."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from intake.form.journey import asked_steps
from tests.browser.browsing import press
from tests.browser.filling import go, with_draft
from tests.form.profiles import PROFILES
from tests.running import Running

STORY = "They took me from the market and beat me in a garage."
OTHER = "Written in another window."


def every_step(page: Page, site: Running, language: str) -> Iterator[str]:
    """Every page that asks something, once, for somebody whom it is asked."""
    seen: set[str] = set()
    for answers in PROFILES.values():
        with_draft(page.context, site, answers)
        for step in asked_steps(answers):
            if step.slug in seen:
                continue
            seen.add(step.slug)
            page.goto(f"{site.url}/{language}/report/{step.slug}")
            yield step.slug
            if step.repeats is not None:
                press(page, "#page p.actions a.wide")
                yield f"{step.slug}-one"


def journey_pages(page: Page, url: str, language: str) -> Iterator[str]:
    """What comes besides: the beginning and the end, errors, windows, codes, leaving."""
    form = f"{url}/{language}/report"
    page.goto(f"{form}/")
    yield "begin"
    press(page)
    page.goto(f"{form}/story")
    page.locator("[name=narrative]").fill(STORY)
    yield "story"
    go(page)
    page.goto(f"{form}/when")
    page.locator("[name=act_date_from]").fill("31.02.2026")
    go(page)
    yield "step-error"
    yield from _windows(page, form)
    yield from _things(page, form)
    page.goto(f"{form}/check")
    yield "check"
    yield from _codes(page, form)
    yield from _without_visit(page, form)


def _windows(page: Page, form: str) -> Iterator[str]:
    other = page.context.new_page()
    for window in (page, other):
        window.goto(f"{form}/story")
    other.locator("[name=narrative]").fill(OTHER)
    go(other)
    other.close()
    page.locator("[name=narrative]").fill(STORY)
    go(page)
    expect(page.locator(".stands")).to_have_count(1)
    yield "step-changed"
    go(page)


def _things(page: Page, form: str) -> Iterator[str]:
    page.goto(f"{form}/officers")
    press(page, "#page p.actions a.wide")
    page.locator("[name=officer_looks]").fill("Tall, a scar on the left hand.")
    go(page)
    yield "things"
    press(page, ".things a")
    yield "thing"
    press(page, "button[value=remove]")
    yield "thing-remove"


def _codes(page: Page, form: str) -> Iterator[str]:
    page.goto(f"{form}/kept")
    yield "keep"
    press(page)
    yield "kept"
    press(page)
    yield "kept-written"
    page.goto(f"{form}/")
    yield "begun"
    page.goto(f"{form}/forget")
    yield "forget"


def _without_visit(page: Page, form: str) -> Iterator[str]:
    page.goto(f"{form}/story")
    page.context.clear_cookies()
    page.locator("[name=narrative]").fill(STORY)
    go(page)
    expect(page.locator("[name=code]")).to_have_count(1)
    yield "step-ended"
    page.goto(f"{form}/forget")
    yield "nothing-to-forget"
    page.goto(f"{form}/story")
    yield "gone"
