"""Which files are taken, told from how they begin; their names alone open no door.

Formats are told by a table of our own: general recognisers know thousands, call some pictures
films, and change their minds between releases.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from intake.cleaning import containers

Group = Literal["picture", "audio", "video", "document"]


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken; `suffix` with its dot, `media_type` for downloads."""

    code: str
    group: Group
    media_type: str
    suffix: str


_ALL: Final = (
    Kind("jpeg", "picture", "image/jpeg", ".jpg"),
    Kind("png", "picture", "image/png", ".png"),
    Kind("webp", "picture", "image/webp", ".webp"),
    Kind("heic", "picture", "image/heic", ".heic"),
    Kind("gif", "picture", "image/gif", ".gif"),
    Kind("tiff", "picture", "image/tiff", ".tif"),
    Kind("mp3", "audio", "audio/mpeg", ".mp3"),
    Kind("aac", "audio", "audio/aac", ".aac"),
    Kind("m4a", "audio", "audio/mp4", ".m4a"),
    Kind("ogg", "audio", "audio/ogg", ".ogg"),
    Kind("wav", "audio", "audio/wav", ".wav"),
    Kind("amr", "audio", "audio/amr", ".amr"),
    Kind("mp4", "video", "video/mp4", ".mp4"),
    Kind("mov", "video", "video/quicktime", ".mov"),
    Kind("3gp", "video", "video/3gpp", ".3gp"),
    Kind("webm", "video", "video/webm", ".webm"),
    Kind("mkv", "video", "video/x-matroska", ".mkv"),
    Kind("avi", "video", "video/x-msvideo", ".avi"),
    Kind("pdf", "document", "application/pdf", ".pdf"),
    Kind(
        "docx",
        "document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".docx",
    ),
    Kind("odt", "document", "application/vnd.oasis.opendocument.text", ".odt"),
    Kind("rtf", "document", "application/rtf", ".rtf"),
    Kind("txt", "document", "text/plain", ".txt"),
)
KINDS: Final = {kind.code: kind for kind in _ALL}
"""Every kind that is taken, by its code."""

_TEXT_SUFFIXES: Final = ("", "txt", "text", "log", "csv", "md")
_MARKUP: Final = re.compile(
    rb"\s*(?:<[!?a-z]|#!|%!)|.*<(?:script|html|svg|\?xml|!doctype)", re.IGNORECASE | re.DOTALL
)
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_CODE: Final = re.compile(
    rb"vbaProject|vbaData|macroEnabled|word/activeX|word/embeddings/ole|"
    rb"\bBasic/(?:Standard|script-lc)|\bScripts/(?:python|javascript|beanshell)|"
    rb"\\obj(?:data|update|class|autlink)|\\ddeauto",
    re.IGNORECASE,
)


def kind_of(head: bytes, name: str) -> Kind | None:
    """The kind of a file that begins with `head`, 64 KiB where it has so many; else `None`.

    `name` decides only among texts, which a browser or a shell may take for a program.
    """
    found = next((code for test, code in _SIGNS if test(head)), None) or containers.code_of(
        head
    )
    if found is None and _is_text(head, name):
        found = "txt"
    return None if found is None or carries_code(found, head) else KINDS[found]


def carries_code(code: str, part: bytes | memoryview) -> bool:
    """Whether a part of an office document names macros, controls or embedded programs.

    Where they stand is told anywhere in the file, so every part is to be asked as it comes.
    """
    return code in {"docx", "odt", "rtf"} and _CODE.search(part) is not None


def _begins(pattern: bytes) -> Callable[[bytes], bool]:
    compiled = re.compile(pattern, re.DOTALL)
    return lambda head: compiled.match(head) is not None


_SIGNS: Final[tuple[tuple[Callable[[bytes], bool], str], ...]] = (
    (_begins(rb"\xff\xd8\xff[\xc0-\xfe]"), "jpeg"),
    (_begins(rb"\x89PNG\r\n\x1a\n.{4}IHDR"), "png"),
    (_begins(rb"RIFF.{4}WEBPVP8[ LX]"), "webp"),
    (_begins(rb"GIF8[79]a"), "gif"),
    (_begins(rb"II\*\0|MM\0\*"), "tiff"),
    (_begins(rb"RIFF.{4}WAVE"), "wav"),
    (_begins(rb"RIFF.{4}AVI LIST"), "avi"),
    (_begins(rb"ID3[\x02-\x04].[\x00-\xf0][\x00-\x7f]{4}"), "mp3"),
    (_begins(rb"\xff[\xe2\xe3\xf2-\xf5\xfa-\xfd][\x10-\xef]"), "mp3"),
    (_begins(rb"\xff[\xf0\xf1\xf8\xf9][\x40-\xbf]"), "aac"),
    (_begins(rb"OggS\0[\x02\x06]"), "ogg"),
    (_begins(rb"#!AMR(?:-WB)?\n"), "amr"),
    (_begins(rb"(?:\xef\xbb\xbf)?[\r\n\t ]{0,16}%PDF-[12]\.[0-9]"), "pdf"),
    (_begins(rb"\{\\rtf1"), "rtf"),
)


def _is_text(head: bytes, name: str) -> bool:
    suffix = name.rpartition(".")[2].casefold() if "." in name else ""
    if suffix not in _TEXT_SUFFIXES or not head:
        return False
    if head.startswith(_WIDE):
        head = head.decode("utf-16", "ignore").encode()
    elif head.startswith(b"\xef\xbb\xbf"):
        head = head[3:]
    return _CONTROLS.search(head) is None and _MARKUP.match(head) is None
