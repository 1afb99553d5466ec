"""What a member alone can open and what names a case is forgotten once the case is erased.

Her drafts and notices are sealed to her: what they are about is known to her sessions alone,
so these take it away.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import account_notices
from intake.casework.reader import Reader
from intake.casework.team import drafts, papers
from intake.store import cases, people, team


def forget_erased(reader: Reader) -> int:
    """Take away the reader's drafts and notices about cases that were erased; how many."""
    with reader.service.reading() as session:
        written, told = _drafts(reader, session), _notices(reader)
        erased = cases.erased(session, written.values(), told.values())
    gone = {paper for paper, case in written.items() if case in erased.ids}
    read = {notice for notice, ref in told.items() if ref in erased.refs}
    if gone or read:
        with reader.service.writing() as session:
            team.remove(session, gone)
            people.forget_notices(session, read)
    return len(gone) + len(read)


def _drafts(reader: Reader, session: Session) -> dict[UUID, UUID]:
    """The cases of her drafts, by the id of each."""
    return {
        paper.id: UUID(paper.content["case"])
        for paper in papers.own(reader, session, drafts.KIND)
    }


def _notices(reader: Reader) -> dict[UUID, str]:
    """The references that her notices name, by the id of each."""
    return {
        notice.id: str(notice.about["ref"])
        for notice in account_notices.notices(reader)
        if "ref" in notice.about
    }
