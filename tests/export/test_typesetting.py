"""The paper as PDF: A4, readable, every letter with a shape, nothing in it but the form."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from intake.export import typesetting
from intake.export.setting import made
from intake.export.typesetting import TEMPLATE, NotTypesetError, pdf, places
from intake.translations import LANGUAGES
from tests.export.papers import in_language, words_of

KAZAKH = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
NOWHERE = "\ue000"
MILLIMETRE = 72 / 25.4
A4 = (210, 297)
COLOURS = frozenset({"g", "G", "rg", "RG", "k", "K", "sc", "SC", "scn", "SCN"})


@pytest.fixture(scope="module", params=LANGUAGES)
def document(request: pytest.FixtureRequest) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf(in_language(request.param))))


def test_every_page_is_a4(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        size = [float(corner) / MILLIMETRE for corner in list(page.mediabox)[2:]]
        assert [round(side) for side in size] == list(A4)


def test_it_holds_no_scripts_forms_or_files_and_no_time(document: pikepdf.Pdf) -> None:
    assert not {"/AcroForm", "/OpenAction", "/AA"} & set(document.Root.keys())
    assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
    assert {str(name) for name in document.docinfo} <= {"/Title", "/Creator"}
    assert b"Date" not in document.Root.Metadata.read_bytes()


def test_every_font_is_inside_and_none_is_a_system_font(document: pikepdf.Pdf) -> None:
    fonts = [
        inner
        for page in document.pages
        for font in page.resources.get("/Font", {}).values()
        for inner in font.DescendantFonts
    ]
    assert fonts
    assert all("NotoSans" in str(font.BaseFont) for font in fonts)


def test_it_is_black_on_white(document: pikepdf.Pdf) -> None:
    shades = {
        float(part)
        for operator, parts in drawing(document)
        if operator in COLOURS
        for part in parts
    }
    assert shades == {0.0}


def test_no_letter_is_smaller_than_11_points(document: pikepdf.Pdf) -> None:
    sizes = {float(parts[1]) for operator, parts in drawing(document) if operator == "Tf"}
    assert min(sizes) >= 11


def drawing(document: pikepdf.Pdf) -> Iterator[tuple[str, list[Any]]]:
    """Every act of drawing with what it is done with."""
    for page in document.pages:
        for act in pikepdf.parse_content_stream(page):
            yield str(act.operator), list(act.operands)


def test_a_form_made_twice_is_made_once() -> None:
    paper = in_language("ru")
    assert pdf(paper) is pdf(replace(paper))
    assert pdf(replace(paper, title="Иначе")) != pdf(paper)


def test_what_stands_on_it_is_never_markup() -> None:
    hostile = '#panic("no") $x$ *b* `c` \\ " ] } <a> @b https://example.org'
    assert pdf(replace(in_language("en"), title=hostile)).startswith(b"%PDF-")


def test_the_library_stays_out_of_this_process() -> None:
    script = (
        "import sys; from tests.export.papers import in_language;"
        "from intake.export.typesetting import pdf; made = pdf(in_language('en'));"
        "print(made[:4], 'typst' in sys.modules)"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "b'%PDF' False"


def test_where_it_cannot_be_set_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "SETTER", TEMPLATE)
    with pytest.raises(NotTypesetError, match="could not be set") as caught:
        pdf(replace(in_language("en"), title="never set before"))
    assert caught.value.__cause__ is None


def test_the_kazakh_letters_and_every_letter_on_the_forms_have_a_shape() -> None:
    letters = {
        letter
        for language in LANGUAGES
        for words in words_of(in_language(language).as_json())
        for letter in words
        if not letter.isspace()
    }
    letters |= set(KAZAKH)
    shapes = shapes_of("".join(sorted(letters)) + NOWHERE)
    unknown = shapes[NOWHERE]
    assert [letter for letter in sorted(letters) if shapes[letter] == unknown] == []


def shapes_of(letters: str) -> Mapping[str, str]:
    """What is drawn for each letter, a page for each; a letter that is missing has a frame."""
    source = (
        '#set page(width: 2cm, height: 2cm); #set text(font: "Noto Sans");'
        "#for it in json(bytes(sys.inputs.paper)) [#it #pagebreak(weak: true)]"
    )
    libraries, fonts = places()
    text = json.dumps(list(letters))
    drawn = made(libraries, fonts, source.encode(), text, format="svg")
    return {
        letter: " ".join(re.findall(r' d="([^"]+)"', page.decode()))
        for letter, page in zip(letters, drawn, strict=True)
    }


def test_a_missing_letter_would_be_seen() -> None:
    shapes = shapes_of("ә\u4e2d" + NOWHERE)
    assert shapes["\u4e2d"] == shapes[NOWHERE] != shapes["ә"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_be_left_out_stands_on_leaves_of_its_own(language: str) -> None:
    paper = in_language(language)
    document = pikepdf.open(io.BytesIO(pdf(paper)))
    begins = dict(marks(document))
    pages = [page for section in paper.sections for page in section.pages]
    apart = {begins[page.number] for page in pages if page.is_apart}
    others = {begins[page.number] for page in pages if not page.is_apart}
    assert apart
    assert not set(map(leaf, apart)) & set(map(leaf, others))
    assert leaf(begins["S"]) not in map(leaf, (*apart, *others))


def marks(document: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    """The number of each page of the form and the sheet side on which it begins, from 1."""
    sides = {page.obj.objgen: n for n, page in enumerate(document.pages, 1)}
    with document.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            mark = waiting.pop()
            waiting.extend(mark.children)
            place = mark.destination
            assert isinstance(place, pikepdf.Array)
            yield mark.title.split()[0], sides[place[0].objgen]


def leaf(side: int) -> int:
    return (side + 1) // 2
