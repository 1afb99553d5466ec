"""Asking a second coordinator, who is told that something waits."""

from __future__ import annotations

from uuid import UUID

from intake.casework.case_file import CaseFile
from intake.casework.work import proposal_notices, proposals
from intake.casework.work.deeds import Deed
from intake.casework.work.proposals import Kept
from intake.casework.work.step_documents import parted
from intake.vault import Slot


def propose(file: CaseFile, deed: Deed, id_: UUID) -> None:
    """Keep the deed until somebody decides it, and tell those who could."""
    file.told["what"] = deed.code
    hides = _hides(file, deed)
    kept = Kept(deed, file.reader.member, file.now, hides=hides)
    proposals.put(file.session, file.keys, kept, id_=id_)
    proposal_notices.ask(file, kept)


def _hides(file: CaseFile, deed: Deed) -> bool:
    """Whether what the step would tell is for trained handlers alone."""
    hides_words = file.facts.needs_trained_reader
    is_trained = Slot.INTIMATE in file.keys
    return is_trained and bool(parted(deed.answers, hides_words=hides_words).intimate)
