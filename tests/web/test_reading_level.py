"""What people read on public pages can be read by a twelve-year-old, and aloud."""

import re
from collections.abc import Iterator, Mapping
from statistics import mean

import pytest
from flask import Flask

from intake.casework import Service, begin_draft, new_once
from intake.form.answers import Answers, Stored
from intake.form.draft import Draft
from intake.form.journey import asked_steps
from intake.form.questionnaire import OF_WHO_TELLS, SECTIONS
from intake.form.steps import Step
from intake.form.urgent import STEP
from intake.form.vocabularies import vocabulary
from intake.web import PUBLIC
from tests.html import Element, Page
from tests.people import NOW, send
from tests.visitor import LANGUAGES, Visitor

MOST_WORDS = {"en": 25, "ru": 25, "kk": 25}
AVERAGE_WORDS = 12
BLOCKS = frozenset(
    ("p", "li", "h1", "h2", "h3", "legend", "label", "button", "dt", "dd", "option", "td", "th")
)
RUNNING = frozenset({"p", "li", "dd"})
WORD = re.compile(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*")
SENTENCE = re.compile(r"(?<=[.!?…])[”»)]*\s+|(?<=:)\s+(?=[“«])|\s*;\s+")
OFFICIALESE = re.compile(
    r"\b(pursuant|hereby|herein|thereof|thereto|whereas|wherein|hereinafter|aforementioned|"
    r"notwithstanding|shall|submit\w*|submission\w*|commenc\w+|terminat\w+|utili[sz]\w+|"
    r"facilitat\w+|endeavou?r\w*|ascertain\w*|furnish\w*|expedit\w+|constitut\w+|"
    r"in accordance with|in respect of|with regard to|regarding|prior to|subsequent\w*|"
    r"in order to|in the event of|in case of|on behalf of|applicable|mandatory|"
    r"alleg\w+|complainant\w*|perpetrator\w*|applicant\w*|declarant\w*|undersigned|"
    r"please|sorry|invalid|forbidden|illegal|error code|failed|proof|prove\w*)\b",
    re.IGNORECASE,
)


# Who writes, so that between them they meet every page of the form.
HURT: Mapping[str, Stored] = {
    "in_detail": "yes",
    "method_group": vocabulary("method_group").codes,
    "sexual_choice": "tell",
    "injury": ("bruises", "blood_cough"),
    "body_region": vocabulary("body_region").codes,
    "evidence": ("intimate_photo",),
    "legal_step": ("prosecutor",),
    "consent": ("statistics", "refer_internal"),
}
WRITERS: tuple[Mapping[str, Stored], ...] = (
    {**HURT, "reporter_role": "victim", "victim_status": "free", "age_band_then": "25_39"},
    {**HURT, "reporter_role": "victim", "age_band_then": "14_15"},
    {"reporter_role": "relative", "victim_status": "missing"},
    {
        "reporter_role": "relative",
        "victim_status": "deceased",
        "victim_knowledge": "cannot_ask",
    },
    {"reporter_role": "witness", "victim_knowledge": "unaware", "in_detail": "yes"},
    {
        **HURT,
        "reporter_role": "lawyer",
        "victim_status": "sizo",
        "victim_knowledge": "agreed",
        "authority_doc": ("defence_notice",),
        "under_non_disclosure": "yes",
    },
)

WITHOUT_QUESTIONS = ("", "check", "kept", "forget")
BEHIND_THE_CODE = (
    *("messages", "add", "take-back", "erase"),
    *("more", "more/contact", "more/story", "consents", "consents/statistics"),
)


def paths(app: Flask) -> list[str]:
    """Every public page that is fetched without more than a language, and every step."""
    names = {blueprint.name for blueprint in PUBLIC} - {"leaving"}
    rules = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in names
        and "GET" in (rule.methods or ())
        and rule.arguments == {"language"}
    ]
    return sorted(re.sub(r"^/<[^>]*>", "", rule) for rule in rules)


def form_pages(app: Flask, service: Service, language: str) -> Iterator[tuple[str, Page]]:
    """Every page of the form once, as the first of `WRITERS` meets it who does."""
    seen = set()
    for values in WRITERS:
        answers = Answers(values)
        visit = begin_draft(service, once=new_once(), now=NOW, draft=Draft(answers))
        browser = Visitor(app.test_client())
        browser.client.set_cookie("i", f"~~{visit}", domain="127.0.0.1")
        for slug in (*(step.slug for step in asked_steps(answers)), *WITHOUT_QUESTIONS):
            if slug not in seen:
                seen.add(slug)
                shown = browser.get(f"/{language}/report/{slug}")
                shown = browser.follow(shown) if shown.status == 303 else shown
                assert shown.status == 200, slug
                yield slug, shown.page


def pages_behind_a_code(service: Service, visitor: Visitor, language: str) -> Iterator[Page]:
    """What somebody with a code reads, and what she reads before and after sending."""
    code = send(service).code
    yield visitor.get(f"/{language}/urgent/sent").page
    visitor.send(visitor.get(f"/{language}/return/"), {"code": code})
    for path in BEHIND_THE_CODE:
        shown = visitor.get(f"/{language}/return/{path}")
        shown = visitor.follow(shown) if shown.status == 303 else shown
        assert shown.status == 200, path
        yield shown.page
    sent = visitor.send(visitor.get(f"/{language}/urgent/"), {"narrative": "They took him."})
    yield visitor.follow(sent).page
    yield visitor.get(f"/{language}/nothing-here").page


def blocks(page: Page) -> Iterator[Element]:
    """Headings, paragraphs, points and labels, each piece of text once."""
    for element in page.elements:
        if element.tag not in BLOCKS or not element.text or element.get("translate") == "no":
            continue
        if not any(inner.tag in BLOCKS for inner in _within(element)):
            yield element


def _within(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        yield from _within(child)


def sentences(text: str) -> list[str]:
    return [part for part in SENTENCE.split(text) if WORD.search(part)]


def length(sentence: str) -> int:
    return len(WORD.findall(sentence))


def said(page: Page, tags: frozenset[str] = BLOCKS) -> list[str]:
    """The sentences of a page."""
    texts = [element.text for element in blocks(page) if element.tag in tags]
    return [sentence for text in texts for sentence in sentences(text)]


def too_long(found: list[str], language: str) -> list[str]:
    return [s for s in found if length(s) > MOST_WORDS[language]]


def test_every_page_of_the_form_is_read(app: Flask, service: Service) -> None:
    read = {slug for slug, _page in form_pages(app, service, "en")}
    assert {step.slug for section in OF_WHO_TELLS for step in section.steps} - read == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_form_is_too_long(
    app: Flask, service: Service, language: str
) -> None:
    found = {s: slug for slug, page in form_pages(app, service, language) for s in said(page)}
    assert {found[s]: s for s in too_long(list(found), language)} == {}


def test_no_page_of_the_form_speaks_like_an_office(app: Flask, service: Service) -> None:
    found = [
        (slug, word.group())
        for slug, page in form_pages(app, service, "en")
        for sentence in said(page)
        for word in OFFICIALESE.finditer(sentence)
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_behind_a_code_is_too_long(
    service: Service, visitor: Visitor, language: str
) -> None:
    pages = pages_behind_a_code(service, visitor, language)
    assert too_long([s for page in pages for s in said(page)], language) == []


def test_no_page_behind_a_code_speaks_like_an_office(
    service: Service, visitor: Visitor
) -> None:
    found = [
        (page.heading, word.group())
        for page in pages_behind_a_code(service, visitor, "en")
        for sentence in said(page)
        for word in OFFICIALESE.finditer(sentence)
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_a_public_page_is_too_long(
    app: Flask, visitor: Visitor, language: str
) -> None:
    found = [s for path in paths(app) for s in said(visitor.get(f"/{language}{path}").page)]
    assert len(found) > 100
    assert too_long(found, language) == []


def test_sentences_are_short_on_every_page(app: Flask, visitor: Visitor) -> None:
    heavy = {}
    for path in paths(app):
        found = said(visitor.get(f"/en{path}").page, RUNNING)
        heavy[path] = mean(map(length, found)) if found else 0
    assert {path: words for path, words in heavy.items() if words > AVERAGE_WORDS} == {}


def test_no_page_speaks_like_an_office(app: Flask, visitor: Visitor) -> None:
    found = [
        (path, word.group())
        for path in paths(app)
        for sentence in said(visitor.get(f"/en{path}").page)
        for word in OFFICIALESE.finditer(sentence)
    ]
    assert found == []


def asked() -> list[str]:
    """Every text of the form, those included that few people meet."""
    steps = (STEP, *(step for section in SECTIONS for step in section.steps))
    texts = [text for step in steps for text in _texts(step)]
    return [text for text in texts if text]


def _texts(step: Step) -> Iterator[str]:
    yield from (step.title, step.own, step.warning, *step.told)
    for group in step.groups:
        yield from (group.title, group.hint)
    repeated = step.repeats.questions if step.repeats else ()
    for question in (*step.questions, *repeated):
        yield from (question.label, question.own, question.hint)


def test_no_text_of_the_form_is_too_long_or_speaks_like_an_office() -> None:
    found = [sentence for text in asked() for sentence in sentences(text)]
    assert too_long(found, "en") == []
    assert [(s, word.group()) for s in found for word in OFFICIALESE.finditer(s)] == []


def test_the_texts_of_the_form_are_short() -> None:
    found = [length(sentence) for text in asked() for sentence in sentences(text)]
    assert mean(found) <= AVERAGE_WORDS
