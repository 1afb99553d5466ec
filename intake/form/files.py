"""Files that come with a report: pictures, papers, recordings; intimate ones stand apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from intake.form import conditions
from intake.form.answers import Answers, Item
from intake.form.compartments import Compartment
from intake.form.manifest import Manifest
from intake.form.questions import Attached, Choice, LongText, Repeated
from intake.form.text import _

_ACCOUNT: Final = Compartment.ACCOUNT
_INTIMATE: Final = Compartment.INTIMATE
OUT_OF_THE_FILE: Final = frozenset({"court_doc", "forensic_report", "detention_record"})
"""Codes of `evidence` that lie in a case file."""


def _out_of_the_file(answers: Answers) -> frozenset[str]:
    may_be_asked = conditions.may_be_asked_of_the_file(answers)
    return frozenset() if may_be_asked else OUT_OF_THE_FILE


FILE = Attached("file", _("The file"), spoken=True, compartment=_ACCOUNT)
FILE_SHOWS = Choice(
    "file_shows",
    _("What is it?"),
    vocabulary="evidence",
    codes=(
        "injury_photo",
        "medical_record",
        "forensic_report",
        "video_audio",
        "messages",
        "court_doc",
        "detention_record",
        "complaint_copy",
        "authority_paper",
        "other",
    ),
    senseless=_out_of_the_file,
    compartment=_ACCOUNT,
)
FILE_WORDS = LongText(
    "file_words",
    _("A few words about it"),
    hint=_("When was it made, who made it, what is to be seen or heard?"),
    rows=3,
    compartment=_ACCOUNT,
)
INTIMATE_FILE = Attached("intimate_file", _("The file"), compartment=_INTIMATE)
INTIMATE_FILE_WORDS = LongText(
    "intimate_file_words", _("A few words about it"), rows=3, compartment=_INTIMATE
)

FILES: Final = Repeated(
    "files", _("A file"), _("Add a file"), (FILE, FILE_SHOWS, FILE_WORDS), (FILE.name,)
)
INTIMATE_FILES: Final = Repeated(
    "private-files",
    _("A private picture or film"),
    _("Add a private picture or film"),
    (INTIMATE_FILE, INTIMATE_FILE_WORDS),
    (),
)
EVERY: Final = (FILES, INTIMATE_FILES)
"""All things that carry a file."""


@dataclass(frozen=True)
class AttachedItem:
    """One of these things whose file is there, and the `question` that it answers."""

    things: Repeated
    item: Item
    question: Attached
    manifest: Manifest


def attached(answers: Answers) -> Iterator[AttachedItem]:
    """Every file of these answers, with what it stands in."""
    for things in EVERY:
        for item in answers.of(things):
            for question in things.questions:
                if isinstance(question, Attached) and (manifest := item.answers[question]):
                    yield AttachedItem(things, item, question, manifest)
