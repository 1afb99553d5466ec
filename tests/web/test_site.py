"""What can be done today, and whether this is the real site: what is said, and what is not."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask, render_template_string

from intake import create_app
from intake.form.situations import FITTING
from intake.settings import EmergencyNumber, Settings, Texts
from tests.html import Page
from tests.visitor import LANGUAGES, Visitor

ADDRESS = "https://report.example/"
ONION = "http://abc234.onion/"
PRINTED = Texts("парақшада", "на листовке", "on the leaflet")
NUMBER = EmergencyNumber("100 00", Texts("жедел", "скорая", "ambulance"), checked=True)
UNCHECKED_LAW = "(Not yet checked by a lawyer.)"
# What somebody who looks over a shoulder must not read on a receipt.
NAMING = ("sexual", "rape", "intimate", "violence")
Opened = Callable[..., Visitor]


@pytest.fixture
def opened(settings: Settings) -> Iterator[Opened]:
    """A visitor of an installation whose operator told something."""
    apps = []

    def visit(**told: object) -> Visitor:
        app = create_app(replace(settings, **told))  # type: ignore[arg-type]
        apps.append(app)
        return Visitor(app.test_client())

    yield visit
    for app in apps:
        app.extensions["intake"].engine.dispose()


def headings(page: Page, level: str = "h2") -> list[str]:
    return [element.text for element in page.all(level)]


def receipt_part(app: Flask, codes: tuple[str, ...]) -> Page:
    """The part of a receipt that says what to do today."""
    template = '{% import "macros.html" as macros with context %}{{ macros.today(codes) }}'
    with app.test_request_context("/en/urgent/sent"):
        app.preprocess_request()
        return Page(f"<body>{render_template_string(template, codes=codes)}</body>")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["today", "real"])
def test_each_page_is_led_to_from_the_start(visitor: Visitor, language: str, path: str) -> None:
    start = visitor.get(f"/{language}/")
    assert f"/{language}/{path}/" in start.page.links
    page = visitor.get(f"/{language}/{path}/").page
    assert len(page.all("li")) > 10
    assert {f"/{other}/{path}/" for other in LANGUAGES} <= set(page.links)


def test_the_day_s_page_has_a_part_for_every_situation(visitor: Visitor) -> None:
    page = visitor.get("/en/today/").page
    parts = [link for link in page.links if link.startswith("#part-")]
    named = [page.by_id(link[1:]) for link in parts]
    assert len(parts) == len(FITTING) + 1
    assert [element.text for element in named if element] == [
        element.text for element in page.all("a") if element.get("href") in parts
    ]


def test_an_address_with_a_part_of_the_page_does_not_tell_the_situation(
    visitor: Visitor,
) -> None:
    links = visitor.get("/en/today/").page.links
    parts = {link for link in links if link.startswith("#part")}
    assert parts == {f"#part-{n}" for n in range(1, len(FITTING) + 2)}


@pytest.mark.parametrize(
    "words",
    [
        "within 72 hours",
        "HIV",
        "pregnancy",
        "A doctor can save traces",
        "What must you pass on, and to whom?",
        "a paper bag",
        "with a coin or a ruler beside it",
        "I want my own lawyer",
        "a copy of the paper about the detention",
        "ask for an answer in writing",
        "Ask hospitals",
        "morgue",
        "Write down each threat",
        "listen, and do not question the child again and again",
        "before the burial",
        "Do you think of dying",
    ],
)
def test_the_day_s_page_says_what_helps(visitor: Visitor, words: str) -> None:
    assert words in visitor.get("/en/today/").page.text


@pytest.mark.parametrize(
    "law",
    ["up to 48 hours", "called the protocol", "within 24 hours", "may have to tell the police"],
)
def test_what_the_law_says_is_marked_until_a_lawyer_has_checked_it(
    visitor: Visitor, law: str
) -> None:
    items = [e.text for e in visitor.get("/en/today/").page.all("li") if law in e.text]
    assert items
    assert [text for text in items if not text.endswith(UNCHECKED_LAW)] == []


def test_the_day_s_page_promises_nothing(visitor: Visitor) -> None:
    text = visitor.get("/en/today/").page.text
    assert "It cannot promise" in text
    assert [
        word for word in ("guarantee", "you will get", "will protect") if word in text
    ] == []


@pytest.mark.parametrize("code", [code for code, _fits in FITTING])
def test_a_receipt_shows_what_fits_and_leads_to_the_rest(app: Flask, code: str) -> None:
    page = receipt_part(app, (code,))
    assert headings(page) == ["What you can do today"]
    assert len(headings(page, "h3")) == 2  # what fits, and what is for everybody
    assert "/en/today/" in page.links


def test_what_fits_stands_in_one_order_whatever_was_asked_first(app: Flask) -> None:
    assert headings(receipt_part(app, ("death", "custody", "injured")), "h3") == [
        "If somebody is hurt",
        "If somebody is held",
        "If somebody has died",
        "For you",
    ]


def test_a_receipt_does_not_name_what_was_done(app: Flask) -> None:
    text = receipt_part(app, ("sexual",)).text.lower()
    assert "within 72 hours" in text
    assert [word for word in NAMING if word in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_addresses_stand_letter_by_letter_as_they_were_told(
    opened: Opened, language: str
) -> None:
    visitor = opened(public_addresses=(ADDRESS,), onion_address=ONION, printed_where=PRINTED)
    page = visitor.get(f"/{language}/real/").page
    assert [e.text for e in page.all("p") if e.get("class") == "code"] == [ADDRESS, ONION]
    assert PRINTED.said_in(language) in page.text


def test_our_address_is_no_link_so_that_it_must_be_compared(opened: Opened) -> None:
    page = opened(public_addresses=(ADDRESS,), onion_address=ONION).get("/en/real/").page
    assert [link for link in page.links if "example" in link or "onion" in link] == []


def test_where_the_address_is_printed_is_not_made_up(opened: Opened) -> None:
    text = opened(public_addresses=(ADDRESS,)).get("/en/real/").page.text
    assert "has not been written here yet" in text
    assert "is also printed here" not in text


def test_where_no_address_was_told_the_page_says_so(visitor: Visitor) -> None:
    page = visitor.get("/en/real/").page
    assert [e for e in page.all("p") if e.get("class") == "code"] == []
    assert "cannot show you whether you are in the right place" in page.text
    assert "We have told no onion address here." in page.text


@pytest.mark.parametrize(
    "words",
    [
        "letter by letter",
        "Somebody may copy these pages",
        "certificate error",
        "between 2015 and 2020",
        "Your return code, on the phone or in a chat.",
        "Does not hide that you use Tor.",
        "Does not hide it from the owner of that phone.",
        "Does not hide you from cameras",
        "Does not hide the meeting.",
    ],
)
def test_the_page_about_our_address_says_what_each_way_hides_and_what_not(
    visitor: Visitor, words: str
) -> None:
    assert words in visitor.get("/en/real/").page.text


def test_both_ways_in_are_told_before_anything_else_is_asked(visitor: Visitor) -> None:
    page = visitor.get("/en/").page
    assert [link for link in page.links if link in {"/en/urgent/", "/en/report/"}] == [
        "/en/urgent/",
        "/en/report/",
    ]
    assert "about two minutes" in page.text
    assert "as much or as little as you want" in page.text
    assert "Both ways are read by the same people." in page.text


@pytest.mark.parametrize(
    "words",
    [
        "run by human rights organisations in Kazakhstan",
        "A coordinator reads what you wrote.",
        "or that you are protected",
        "not an official complaint",
        "before anything is made public",
    ],
)
def test_the_start_page_says_who_we_are_and_what_we_cannot_do(
    visitor: Visitor, words: str
) -> None:
    assert words in visitor.get("/en/").page.text


def test_outside_the_duty_hours_nobody_reads_and_the_page_says_so(opened: Opened) -> None:
    visitor = opened(duty_hours=Texts("күн", "день", "every day, 8 to 20"))
    assert "At other times nobody reads" in visitor.get("/en/").page.text


@pytest.mark.parametrize("path", ["/en/", "/en/today/", "/en/urgent/"])
def test_without_a_checked_number_no_number_is_named(visitor: Visitor, path: str) -> None:
    page = visitor.get(path).page
    assert "Call the emergency number that you know." in page.text
    assert [link for link in page.links if link.startswith("tel:")] == []


@pytest.mark.parametrize("path", ["/en/", "/en/today/", "/en/urgent/"])
def test_a_checked_number_can_be_rung_from_the_page(opened: Opened, path: str) -> None:
    assert "tel:10000" in opened(emergency_numbers=(NUMBER,)).get(path).page.links


def test_the_page_about_safety_says_how_long_a_draft_is_kept(opened: Opened) -> None:
    text = opened(draft_days=5, public_idle_hours=3).get("/en/safety/").page.text
    assert "this browser finds it again for 24 hours" in text
    assert "after 3 hours without a click" in text
    assert "After 5 days it is deleted" in text
    assert "What you typed and neither saved nor sent is deleted." in text
