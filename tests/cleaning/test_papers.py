"""Copies of PDFs draw what the pages drew; nothing in them acts, asks or tells."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name

from intake.cleaning import KINDS, LIMITS, Limits, NotCleaned, Why, cleaned
from intake.cleaning.confined.coded import jpeg, jpeg_2000
from intake.cleaning.confined.papers import copied
from tests.cleaning import papers, pictures


def copy_of(content: bytes) -> bytes:
    """The copy in clear, made as the confined process makes it."""
    return papers.unpacked(copied(content, LIMITS).content)


def test_a_copy_shows_what_was_written_and_filled_in() -> None:
    copy = copy_of(papers.written(papers.telling()))
    assert b"VISIBLE" in copy
    assert b"FILLED" in copy
    with pikepdf.open(BytesIO(copy)) as paper:
        assert [len(page.get_images(recursive=False)) for page in paper.pages] == [2]
        assert paper.pages[0].obj.Rotate == 90


def test_a_copy_keeps_nothing_that_acts_or_tells() -> None:
    whole = papers.written(papers.telling())
    assert papers.unpacked(whole).count(b"SECRET") > 10
    copy = copy_of(whole)
    assert b"SECRET" not in copy
    for word in (b"JavaScript", b"/AA", b"OpenAction", b"/URI", b"AcroForm", b"EmbeddedFile"):
        assert word not in copy


def test_pictures_in_a_copy_are_whole() -> None:
    with pikepdf.open(
        BytesIO(copied(papers.written(papers.telling()), LIMITS).content)
    ) as paper:
        for image in paper.pages[0].get_images().values():
            assert isinstance(image, pikepdf.Stream)
            seen = pikepdf.PdfImage(image).as_pil_image()
            assert pictures.upright(pictures.stored(seen, "PNG"))


@pytest.mark.parametrize(
    "how", [Encryption(owner="x", R=6), Encryption(owner="x", R=3, aes=False, metadata=False)]
)
def test_a_paper_that_may_only_not_be_printed_is_copied(how: Encryption) -> None:
    content = papers.written(papers.telling(), encryption=how)
    copy = cleaned([content], KINDS["pdf"]).content
    assert b"VISIBLE" in papers.unpacked(copy)


def test_a_paper_with_a_password_says_so() -> None:
    content = papers.written(papers.simple(), encryption=Encryption(owner="x", user="y"))
    with pytest.raises(NotCleaned) as refused:
        copied(content, LIMITS)
    assert refused.value.why is Why.LOCKED


def test_names_that_look_like_what_is_left_out_are_kept() -> None:
    paper = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    form = paper.make_stream(b"BT /A 12 Tf (VISIBLE) Tj ET")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array(papers.BOX)
    form.Resources = Dictionary(Font=Dictionary({"/A": font}))
    papers.page(paper, b"/P Do", XObject=Dictionary({"/P": form}))
    with pikepdf.open(BytesIO(copied(papers.written(paper), LIMITS).content)) as copy:
        kept = copy.pages[0].obj.Resources.XObject["/P"]
        assert kept.Resources.Font["/A"].BaseFont == Name.Helvetica
        assert b"/A 12 Tf" in kept.read_bytes()


def test_layers_that_were_hidden_are_shown() -> None:
    paper = papers.simple()
    layer = paper.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("SECRET")))
    paper.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
    )
    paper.pages[0].obj.Resources.Properties = Dictionary({"/L": layer})
    copy = copy_of(papers.written(paper))
    assert b"SECRET" not in copy
    assert b"OCProperties" not in copy
    assert b"VISIBLE" in copy


def test_the_same_font_is_copied_once() -> None:
    paper = papers.simple()
    font = paper.make_indirect(paper.pages[0].obj.Resources.Font["/F"])
    for _ in range(50):
        papers.page(paper, b"BT /F 9 Tf (MORE) Tj ET", Font=Dictionary({"/F": font}))
    assert (
        papers.unpacked(copied(papers.written(paper), LIMITS).content).count(b"/Helvetica") <= 2
    )


def test_too_many_pages_are_named_as_the_reason() -> None:
    with pytest.raises(NotCleaned) as refused:
        copied(papers.written(papers.simple(pages=4)), Limits(pages=3))
    assert refused.value.why is Why.TOO_MANY_PAGES


def test_a_jpeg_keeps_its_points_and_loses_its_notes() -> None:
    content = pictures.telling("JPEG")
    bare = jpeg(content, LIMITS)
    assert pictures.SECRET not in bare
    assert pictures.upright(bare)


def test_a_jpeg_2000_keeps_its_points_and_loses_its_notes() -> None:
    content = pictures.stored(pictures.plain(), "JPEG2000")
    noted = content + b"\0\0\0\x0exml SECRET"
    assert jpeg_2000(noted, LIMITS) == content
    assert pictures.upright(jpeg_2000(noted, LIMITS))


HUGE = [
    (jpeg, b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff" + bytes(10) + b"\xff\xd9"),
    (jpeg_2000, b"\xff\x4f\xff\x51\0\x29\0\0" + b"\xff" * 8 + bytes(40)),
]


@pytest.mark.parametrize(("read", "content"), HUGE)
def test_a_coded_picture_that_is_huge_is_refused(
    read: Callable[[bytes, Limits], bytes], content: bytes
) -> None:
    with pytest.raises(NotCleaned) as refused:
        read(content, LIMITS)
    assert refused.value.why is Why.TOO_MANY_PIXELS
