"""Whose a stored file is, as far as that must be known to take it away: a row names its owner.

The owner is a draft, later the case; which file it is, and what opens it, stands only in what
is sealed there.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.files.arriving import take_away
from intake.casework.service import Service
from intake.form.answers import Answers, Item
from intake.form.files import EVERY
from intake.form.manifest import Manifest
from intake.form.questions import Attached
from intake.store.tables import BlobRow


def attached(answers: Answers) -> Iterator[tuple[Attached, Manifest]]:
    """Every file of these answers, with the question that it answers."""
    for things in EVERY:
        for question in things.questions:
            if isinstance(question, Attached):
                for item in answers.of(things):
                    manifest = item.answers[question]
                    if manifest is not None:
                        yield question, manifest


def by_content(answers: Answers) -> Answers:
    """The same answers with each file named by its content: alike when it is sent again."""
    for things in EVERY:
        for item in answers.of(things):
            told = item.answers
            for question in things.questions:
                if isinstance(question, Attached) and (found := told[question]):
                    told = Answers({**told.values, question.name: found.sha256})
            answers = answers.with_item(things, Item(item.id, told))
    return answers


def handed_over(session: Session, answers: Answers, case: UUID) -> None:
    """Let the files of what was sent belong to its case."""
    for _question, manifest in attached(answers):
        row = session.get(BlobRow, manifest.id)
        if row is not None:
            row.owner = case


def forgotten(service: Service, before: Answers, after: Answers) -> None:
    """Take away the files that were there before and are not any more."""
    left = {manifest.id for _question, manifest in attached(after)}
    gone = [m.id for _question, m in attached(before) if m.id not in left]
    if gone:
        take_away(service, gone)
