"""Files made to hurt: each ends with a copy that is harmless or a reason, within its limits."""

import io
import secrets
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import psutil
import pytest

from intake.cleaning import KINDS, LIMITS, Cleaned, Limits, NotCleaned, Why, cleaned
from intake.cleaning.confined.pictures import FORMATS
from tests.cleaning import papers, pictures

SMALL = Limits(seconds=2, memory=512 * 2**20)
UNHURRIED = replace(SMALL, seconds=60)  # a busy machine is no reason


def outcome(content: bytes, code: str, limits: Limits = SMALL) -> Cleaned | Why:
    """The copy, or why there is none; checks that nothing still runs afterwards."""
    try:
        return cleaned([content], KINDS[code], limits=limits)
    except NotCleaned as error:
        return error.why
    finally:
        assert psutil.Process().children() == []


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("SECRET.html", "<script>SECRET</script>")
    return out.getvalue()


def cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def photograph(format_: str) -> bytes:
    return pictures.stored(pictures.noise((640, 480)), format_)


def script_in_a_picture() -> bytes:
    """A GIF that is a script as well: its width opens a comment, its end closes it."""
    whole = bytearray(photograph("GIF"))
    comment = b"!\xfe\x10*/=1;/*SECRET..\0"
    return bytes(whole[:-1]) + comment + b";*/alert('SECRET')"


REASONS: list[tuple[str, Callable[[], bytes], Why]] = [
    ("png", lambda: pictures.png(60_000, 60_000), Why.TOO_MANY_PIXELS),
    ("png", lambda: pictures.png(2**31 - 1, 2**31 - 1), Why.TOO_MANY_PIXELS),
    ("png", pictures.png_with_packed_words, Why.DAMAGED),
    ("png", lambda: pictures.png(10_000, 10_000), Why.DAMAGED),
    ("gif", lambda: pictures.gif(65_535, 65_535), Why.TOO_MANY_PIXELS),
    ("tiff", pictures.huge_tiff, Why.TOO_MANY_PIXELS),
    ("tiff", pictures.absurd_tiff, Why.DAMAGED),
    ("jpeg", pictures.spinning_jpeg, Why.TOO_SLOW),
    ("jpeg", lambda: b"<html><script>alert(1)</script>", Why.DAMAGED),
    ("jpeg", lambda: b"<svg onload='alert(1)'/>", Why.DAMAGED),
    ("jpeg", lambda: photograph("PNG"), Why.DAMAGED),
    ("jpeg", lambda: cut(photograph("JPEG")), Why.DAMAGED),
    ("png", lambda: cut(photograph("PNG")), Why.DAMAGED),
    ("webp", lambda: cut(photograph("WEBP")), Why.DAMAGED),
    ("heic", lambda: cut(photograph("HEIF")), Why.DAMAGED),
    ("tiff", lambda: cut(photograph("TIFF")), Why.DAMAGED),
    ("pdf", papers.looping_pages, Why.DAMAGED),
    ("pdf", lambda: papers.endless_pages(100_000), Why.DAMAGED),
    ("pdf", lambda: papers.bomb(400), Why.TOO_BIG),
    ("pdf", lambda: papers.packed_objects(400), Why.DAMAGED),
    ("pdf", lambda: papers.nested(100_000), Why.DAMAGED),
    ("pdf", lambda: papers.written(papers.forms_in_forms(12)), Why.TOO_BIG),
    ("pdf", lambda: papers.written(papers.drawing_itself()), Why.DAMAGED),
    ("pdf", lambda: papers.written(papers.huge_picture()), Why.TOO_MANY_PIXELS),
    ("pdf", lambda: b"%PDF-1.7\n", Why.DAMAGED),
]


@pytest.mark.parametrize(("code", "made", "why"), REASONS)
def test_what_is_made_to_hurt_ends_with_a_reason(
    code: str, made: Callable[[], bytes], why: Why
) -> None:
    limits = SMALL if why is Why.TOO_SLOW else UNHURRIED
    assert outcome(made(), code, limits) == why


HARMLESS: list[tuple[str, Callable[[], bytes]]] = [
    ("jpeg", lambda: photograph("JPEG") + archive()),
    ("gif", script_in_a_picture),
    ("png", lambda: photograph("PNG") + b"<script>SECRET</script>"),
    ("tiff", pictures.looping_tiff),
    ("pdf", lambda: papers.written(papers.telling()) + b"<html><script>SECRET</script>"),
    ("pdf", papers.reaching_outside),
    ("txt", lambda: b"<script>SECRET"[8:] + b"\x1b]0;title\x07"),
]


@pytest.mark.parametrize(("code", "made"), HARMLESS)
def test_what_is_two_things_at_once_is_one_in_the_copy(
    code: str, made: Callable[[], bytes]
) -> None:
    copy = outcome(made(), code, LIMITS)
    assert isinstance(copy, Cleaned)
    for word in (b"SECRET.html", b"<script>", b"alert", b"PK\x03\x04", b"root:"):
        assert word not in copy.content


def test_a_picture_that_needs_more_memory_than_there_is_ends_alone() -> None:
    content = pictures.stored(pictures.plain((6000, 4000)), "PNG")
    assert outcome(content, "png", Limits(memory=180 * 2**20)) is Why.TOO_BIG


@pytest.mark.parametrize("code", ["heic", "jpeg"])
def test_what_a_phone_takes_with_24_megapixels_is_copied(code: str) -> None:
    content = pictures.stored(pictures.plain((6000, 4000)), FORMATS[code])
    assert isinstance(outcome(content, code, LIMITS), Cleaned)


def test_a_file_that_is_too_long_is_not_read_to_its_end() -> None:
    asked = []

    def pieces() -> Iterator[bytes]:
        for number in range(1000):
            asked.append(number)
            yield bytes(1000)

    with pytest.raises(NotCleaned) as refused:
        cleaned(pieces(), KINDS["png"], limits=Limits(content=5000))
    assert refused.value.why is Why.TOO_BIG
    assert len(asked) == 6


def test_a_copy_that_is_too_long_is_not_taken() -> None:
    limits = Limits(copy=1000)
    assert outcome(photograph("PNG"), "png", limits) is Why.TOO_BIG


def test_what_opening_a_piece_raises_passes_through_and_ends_the_process() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"\x89PNG"
        raise LookupError

    with pytest.raises(LookupError):
        cleaned(pieces(), KINDS["png"])
    assert psutil.Process().children() == []


@pytest.mark.parametrize("code", ["mp4", "mp3", "docx", "odt", "rtf", "mkv", "amr"])
def test_of_films_sounds_and_office_papers_no_copy_is_made(code: str) -> None:
    assert outcome(b"", code) is Why.NO_COPY


def test_a_process_that_neither_works_nor_ends_is_ended() -> None:
    def pieces() -> Iterator[bytes]:
        (process,) = psutil.Process().children()
        process.suspend()
        yield photograph("PNG")[:1000]

    with pytest.raises(NotCleaned) as refused:
        cleaned(pieces(), KINDS["png"], limits=Limits(seconds=1))
    assert refused.value.why is Why.TOO_SLOW
    assert psutil.Process().children() == []


@dataclass
class Waiting:
    """Copies that are being made and wait for their file."""

    go: threading.Event
    begun: threading.Barrier
    ends: list[Cleaned | Why]

    def one(self) -> None:
        content = photograph("PNG")

        def pieces() -> Iterator[bytes]:
            self.begun.wait(60)
            self.go.wait(60)
            yield content

        self.ends.append(cleaned(pieces(), KINDS["png"]))


def test_no_more_than_two_are_made_at_once() -> None:
    waiting = Waiting(threading.Event(), threading.Barrier(3), [])
    threads = [threading.Thread(target=waiting.one) for _ in range(2)]
    for thread in threads:
        thread.start()
    waiting.begun.wait(60)
    with pytest.raises(NotCleaned) as refused:
        cleaned([photograph("PNG")], KINDS["png"], limits=Limits(seconds=1))
    waiting.go.set()
    for thread in threads:
        thread.join(60)
    assert refused.value.why is Why.BUSY
    assert [type(end) for end in waiting.ends] == [Cleaned, Cleaned]


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF", "GIF"])
def test_whatever_broke_on_the_way_ends_with_a_copy_or_a_reason(format_: str) -> None:
    """A few of many; `damaged` bytes are drawn anew each time."""
    code = {"JPEG": "jpeg", "HEIF": "heic"}.get(format_, format_.lower())
    for _ in range(5):
        content = bytearray(photograph(format_))
        for _ in range(20):
            content[secrets.randbelow(len(content))] = secrets.randbelow(256)
        assert isinstance(outcome(bytes(content), code), (Cleaned, Why))
