# ruff: noqa: RUF001 - people write in Cyrillic letters
"""A file is what its content shows; what may act in a browser or an office is not taken."""

import struct
import zipfile
from io import BytesIO

import pytest

from intake.cleaning import KINDS, carries_code, kind_of
from tests.cleaning import papers, pictures


def iso(*brands: bytes) -> bytes:
    first, *more = brands
    box = b"ftyp" + first + bytes(4) + b"".join(more)
    return struct.pack(">I", len(box) + 4) + box + b"\0\0\0\x08mdat"


def package(*names: str, begins: str = "[Content_Types].xml", **content: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (begins, *names):
            archive.writestr(name, content.get(name, "<Types/>"))
    return out.getvalue()


def odt(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name in ("content.xml", *names):
            archive.writestr(name, "<office/>")
    return out.getvalue()


def matroska(name: bytes) -> bytes:
    return b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82" + bytes([0x80 + len(name)]) + name


TAKEN = [
    ("jpeg", pictures.stored(pictures.plain(), "JPEG")),
    ("png", pictures.stored(pictures.plain(), "PNG")),
    ("webp", pictures.stored(pictures.plain(), "WEBP")),
    ("heic", pictures.stored(pictures.plain(), "HEIF")),
    ("heic", iso(b"mif1", b"mif1", b"heic")),
    ("gif", pictures.stored(pictures.plain(), "GIF")),
    ("tiff", pictures.stored(pictures.plain(), "TIFF")),
    ("tiff", b"MM\0*" + bytes(20)),
    ("mp3", b"ID3\x03\0\0\0\0\x10\0TIT2"),
    ("mp3", b"\xff\xfb\x90\x64" + bytes(400)),
    ("aac", b"\xff\xf1\x50\x80" + bytes(400)),
    ("m4a", iso(b"M4A ", b"mp42", b"isom")),
    ("ogg", b"OggS\0\x02" + bytes(20) + b"OpusHead"),
    ("wav", b"RIFF\x24\0\0\0WAVEfmt "),
    ("amr", b"#!AMR\n\x3c\x55"),
    ("amr", b"#!AMR-WB\n\x3c\x55"),
    ("mp4", iso(b"isom", b"iso2", b"avc1", b"mp41")),
    ("mov", iso(b"qt  ", b"qt  ")),
    ("mov", b"\0\0\0\x08wide\0\0\1\0mdat"),
    ("3gp", iso(b"3gp4", b"isom", b"3gp4")),
    ("webm", matroska(b"webm")),
    ("mkv", matroska(b"matroska")),
    ("avi", b"RIFF\x24\0\0\0AVI LIST"),
    ("pdf", papers.written(papers.simple())),
    ("docx", package("_rels/.rels", "word/document.xml")),
    ("docx", package("word/document.xml", begins="_rels/.rels")),
    ("odt", odt()),
    ("rtf", rb"{\rtf1\ansi \b told\b0}"),
    ("txt", "Меня ұстады в 14:20.\r\n".encode()),
    ("txt", "Мени устады".encode("cp1251")),
    ("txt", "\ufeffМеня".encode("utf-16-le")),
]

REFUSED = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "svg_after_a_line": b'\n <?xml version="1.0"?>\n<!-- --><svg/>',
    "html": b"<!DOCTYPE html><script>alert(1)</script>",
    "html_later": b"Dear all,\n\n<html><body onload=x()>",
    "html_in_utf_16": "\ufeff<html>".encode("utf-16-le"),
    "shell": b"#!/bin/sh\nrm -rf /\n",
    "postscript": b"%!PS-Adobe-3.0\n",
    "windows_program": b"MZ\x90\0\x03\0\0\0",
    "linux_program": b"\x7fELF\x02\x01\x01\0",
    "zip": package("a.txt", begins="b.txt"),
    "spreadsheet": package("xl/workbook.xml"),
    "android_program": package("classes.dex", begins="AndroidManifest.xml"),
    "word_with_macros": package("word/document.xml", "word/vbaProject.bin"),
    "word_with_controls": package("word/document.xml", "word/activeX/activeX1.bin"),
    "odt_with_macros": odt("Basic/Standard/Module1.xml"),
    "odt_with_python": odt("Scripts/python/run.py"),
    "old_word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
    "rtf_with_program": rb"{\rtf1{\object\objemb{\*\objclass Package}{\*\objdata 0105}}}",
    "rar": b"Rar!\x1a\x07\x01\0",
    "gzip": b"\x1f\x8b\x08\0",
    "shortcut": b"L\0\0\0\x01\x14\x02\0",
    "avif": iso(b"avif", b"mif1", b"miaf"),
    "pdf_after_html": b"<html><script>alert(1)</script>\n%PDF-1.4\n",
    "flash": b"FWS\x09\0\0\0\0",
    "nothing": b"",
    "noise": bytes(range(256)),
}


@pytest.mark.parametrize(("code", "content"), TAKEN)
def test_a_kind_is_told_by_the_content(code: str, content: bytes) -> None:
    found = kind_of(content[: 64 * 1024], "told.txt")
    assert found == KINDS[code]


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("called", ["picture.jpg", "told.txt", "paper.docx", "nothing"])
def test_what_may_act_is_not_taken_however_it_is_called(name: str, called: str) -> None:
    assert kind_of(REFUSED[name], called) is None


@pytest.mark.parametrize("called", ["run.js", "run.bat", "page.html", "run.ps1", "picture.svg"])
def test_text_that_is_called_like_a_program_is_not_taken(called: str) -> None:
    assert kind_of(b"start calc.exe", called) is None


@pytest.mark.parametrize("called", ["told", "told.txt", "ЧАТ.TXT", "log.csv"])
def test_text_is_taken_as_text(called: str) -> None:
    assert kind_of("Бәрі осылай болды".encode(), called) == KINDS["txt"]


@pytest.mark.parametrize("code", ["docx", "odt", "rtf"])
def test_macros_are_seen_in_later_parts_too(code: str) -> None:
    later = bytes(1000) + b"PK\x01\x02word/vbaProject.bin" + bytes(100)
    assert carries_code(code, memoryview(later))
    assert not carries_code(code, b"PK\x01\x02word/document.xml")


def test_a_film_may_hold_any_bytes() -> None:
    assert not carries_code("mp4", b"vbaProject.bin")


def test_every_kind_has_a_suffix_of_its_own() -> None:
    assert len({kind.suffix for kind in KINDS.values()}) == len(KINDS)
