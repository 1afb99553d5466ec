"""The receipt for a lawyer's file: that a report came, when, and with which files; as PDF.

It names the client only as the lawyer calls the client, and holds no code and nothing told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from intake.export.paper import Tongue
from intake.export.typesetting import pdf_once
from intake.form.dates import CivilDate
from intake.form.questionnaire import SECTIONS
from intake.form.text import _
from intake.form.vocabularies import vocabulary

TEMPLATE: Final = Path(__file__).with_name("filing_receipt.typ")
_WHO: Final = _(
    "We are human rights organisations in Kazakhstan. We help people who were tortured or "
    "treated cruelly, and their families. We do not belong to the State."
)
_GROUP: Final = 8
_RUN: Final = 24  # letters without a gap from which on a name may break anywhere
_BREAK: Final = "\u200b"
_DAYS: Final = {"month": "%m.%Y", "year": "%Y"}
_NOTES: Final = (
    _("This paper shows that the report came to us, and nothing of what the report tells."),
    _("The report is not an official complaint."),
    _(
        "The SHA-256 of a file is like a fingerprint. Whoever has the file can make it again "
        "and see that nothing in it was changed."
    ),
    _("Keep this paper where nobody sees it who should not know of the report."),
)


@dataclass(frozen=True)
class ReceivedFile:
    """A file that came with the report: its name, length in bytes and SHA-256 in hex."""

    name: str = field(repr=False)
    length: int
    sha256: str = field(repr=False)


@dataclass(frozen=True)
class FilingReceipt:
    """What a receipt tells, as far as the one who filed knows it.

    `received_at` is in the zone in which it is said, `name` what she calls the client;
    `parts` are slugs of sections, `papers` codes of `authority_doc`; `language` is the one in
    which the report was written. `coalition` are its words about itself, which may be empty.
    """

    ref: str
    received_at: datetime
    filed_by: str
    name: str = field(default="", repr=False)
    parts: tuple[str, ...] = ()
    files: tuple[ReceivedFile, ...] = ()
    papers: tuple[str, ...] = ()
    authority_until: CivilDate | None = None
    language: str = ""
    coalition: str = ""


@dataclass(frozen=True)
class _Line:
    """A fact under its name; several of them stand one below the other."""

    name: str
    facts: tuple[str, ...] = field(repr=False)


def filing_receipt(facts: FilingReceipt, tongue: Tongue) -> bytes:
    """The receipt in one language, A4; raises `NotTypesetError` where it cannot be made."""
    say = tongue.say
    document = {
        "language": tongue.code,
        "title": say(_("Receipt for a report")),
        "coalition": facts.coalition or say(_WHO),
        "lines": [asdict(line) for line in _lines(facts, tongue) if any(line.facts)],
        "files": [_file_json(file, tongue) for file in facts.files],
        "notes": tongue.all(_NOTES),
        "words": {
            "files": say(_("Files that came with it")),
            "none": say(_("No file came with it.")),
            "page": say(_("Page %(page)s of %(pages)s")),
        },
    }
    return pdf_once(TEMPLATE, document)


def _lines(facts: FilingReceipt, tongue: Tongue) -> Iterator[_Line]:
    say = tongue.say
    yield _Line(say(_("Reference")), (facts.ref,))
    yield _Line(say(_("Received")), (_moment(facts.received_at),))
    yield _Line(say(_("Filed by")), (facts.filed_by,))
    yield _Line(say(_("What you call the client")), (_written(facts.name),))
    yield _Line(say(_("Language of the report")), (_label("language", facts.language, tongue),))
    yield _Line(say(_("Parts in which something is told")), _titles(facts.parts, tongue))
    papers = (_label("authority_doc", code, tongue) for code in facts.papers)
    yield _Line(say(_("Paper by which you act")), tuple(papers))
    yield _Line(say(_("Good until")), (_day(facts.authority_until, tongue),))


def _titles(slugs: tuple[str, ...], tongue: Tongue) -> tuple[str, ...]:
    return tuple(tongue.say(section.title) for section in SECTIONS if section.slug in slugs)


def _label(name: str, code: str, tongue: Tongue) -> str:
    return vocabulary(name).label(code, tongue.code)


def _moment(at: datetime) -> str:
    """The day and the hour, with how far the zone is from UTC."""
    offset = at.isoformat(timespec="minutes")[-len("+05:00") :]
    return f"{at:%d.%m.%Y, %H:%M} (UTC{offset})"


def _day(said: CivilDate | None, tongue: Tongue) -> str:
    if said is None:
        return ""
    day = said.day.strftime(_DAYS.get(said.precision, "%d.%m.%Y"))
    return tongue.say(_("about %(day)s"), day=day) if said.precision == "approx" else day


def _file_json(file: ReceivedFile, tongue: Tongue) -> dict[str, object]:
    count = f"{file.length:,}".replace(",", " ")
    return {
        "name": _written(file.name),
        "size": tongue.say(_("%(count)s bytes"), count=count),
        "groups": _in_groups(file.sha256),
    }


def _written(name: str) -> str:
    """The name as it was typed; what turns or hides letters is a gap, long runs may break."""
    seen = "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(_breaking(run) for run in seen.split(" "))


def _breaking(run: str) -> str:
    if len(run) <= _RUN:
        return run
    return _BREAK.join(_in_groups(run))


def _in_groups(text: str) -> list[str]:
    return [text[at : at + _GROUP] for at in range(0, len(text), _GROUP)]
