"""Whose a stored file is, as far as that must be known to take it away: a row names its owner.

The owner is a draft, later the case; which file it is, and what opens it, stands only in what
is sealed there.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.files.arriving import take_away
from intake.casework.service import Service
from intake.form.answers import Answers, Item
from intake.form.files import attached
from intake.store.tables import BlobRow


def by_content(answers: Answers) -> Answers:
    """The same answers with each file named by its content: alike when it is sent again."""
    for one in attached(answers):
        named = {**one.item.answers.values, one.question.name: one.manifest.sha256}
        answers = answers.with_item(one.things, Item(one.item.id, Answers(named)))
    return answers


def handed_over(session: Session, answers: Answers, case: UUID) -> None:
    """Let the files of what was sent belong to its case."""
    for one in attached(answers):
        row = session.get(BlobRow, one.manifest.id)
        if row is not None:
            row.owner = case


def forgotten(service: Service, before: Answers, after: Answers) -> None:
    """Take away the files that were there before and are not any more."""
    left = {one.manifest.id for one in attached(after)}
    gone = [one.manifest.id for one in attached(before) if one.manifest.id not in left]
    if gone:
        take_away(service, gone)
