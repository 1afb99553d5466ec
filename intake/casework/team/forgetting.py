"""What a member alone can open and what names a case is forgotten once the case is erased.

Her drafts, filings and notices are sealed to her: what they are about is known to her sessions
alone, so these take it away.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import account_notices
from intake.casework.filings.kept import filings
from intake.casework.reader import Reader
from intake.casework.team import drafts, papers
from intake.store import cases, people, team


def forget_erased(reader: Reader) -> int:
    """Take away the reader's drafts, filings and notices about erased cases; how many."""
    told = account_notices.notices(reader)
    refs = {notice.id: str(notice.about["ref"]) for notice in told if "ref" in notice.about}
    with reader.service.reading() as session:
        written = _drafts(reader, session) | _filings(reader, session)
        erased = cases.erased(session, written.values(), refs.values())
    gone = {paper for paper, case in written.items() if case in erased.ids}
    about = {paper.hex for paper in gone}
    read = {notice for notice, ref in refs.items() if ref in erased.refs}
    read |= {notice.id for notice in told if notice.about.get("filing") in about}
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


def _filings(reader: Reader, session: Session) -> dict[UUID, UUID]:
    """The cases of what she filed or follows, by the id of each filing."""
    return {
        filing.id: filing.followed.case
        for filing in filings(reader, session)
        if filing.followed is not None
    }
