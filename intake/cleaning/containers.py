"""Formats that are boxes for others: which one stands in an ISO, Matroska or ZIP file."""

from __future__ import annotations

import re
from typing import Final

_ISO_BOXES: Final = (b"moov", b"mdat", b"wide", b"free", b"skip")  # QuickTime before `ftyp`
_BRANDS: Final = (  # the first that fits; the brand that the file is named for comes first
    (re.compile(rb"hei[cxms]|hev[cxms]"), "heic"),
    (re.compile(rb"M4[AB] "), "m4a"),
    (re.compile(rb"3g[a-z0-9]."), "3gp"),
    (re.compile(rb"qt  "), "mov"),
    (re.compile(rb"iso[m2-9]|mp4[12]|avc1|M4V |M4VH|M4VP|mmp4|MSNV|dash|XAVC|f4v "), "mp4"),
)
_DOCTYPES: Final = ((b"\x42\x82\x84webm", "webm"), (b"\x42\x82\x88matroska", "mkv"))
_ODT: Final = b"mimetypeapplication/vnd.oasis.opendocument.text"
_ENTRY: Final = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)


def code_of(head: bytes) -> str | None:
    """The code of the kind that the box `head` begins holds; `None` for every other."""
    if head[4:8] == b"ftyp":
        return _iso(head)
    if head[4:8] in _ISO_BOXES:
        return "mov"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return next((code for mark, code in _DOCTYPES if mark in head[:128]), None)
    if head.startswith(b"PK\x03\x04"):
        return _zip(head)
    return None


def _iso(head: bytes) -> str | None:
    end = min(int.from_bytes(head[:4]), 512)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end, 4))]
    if b"avif" in brands or b"avis" in brands:
        return None
    for brand in brands:
        for pattern, code in _BRANDS:
            if pattern.fullmatch(brand):
                return code
    return None


def _zip(head: bytes) -> str | None:
    if head[30:].startswith(_ODT) and head[30 + len(_ODT) :].startswith(b"PK\x03\x04"):
        return "odt"
    names = _entries(head)
    is_word = any(name.startswith(b"word/") for name in names)
    is_package = any(name in {b"[Content_Types].xml", b"_rels/.rels"} for name in names)
    return "docx" if is_word and is_package else None


def _entries(head: bytes) -> list[bytes]:
    """Names of the entries whose beginning lies in `head`; names are never compressed."""
    found = _ENTRY.finditer(head)
    return [head[at.end() : at.end() + int.from_bytes(at[1], "little")] for at in found]
