"""What a step follows, corrects or strikes out: whether it stands, and whose word ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from intake.case.kinds import KINDS
from intake.case.kinds.striking import STRUCK
from intake.case.steps import CaseStep
from intake.casework.case_file import CaseFile
from intake.casework.errors import Conflict, GateClosed
from intake.casework.work.pages import is_kept_from
from intake.vault import Slot

if TYPE_CHECKING:
    from intake.casework.work.deeds import Deed

ASK_TRAINED: Final = "trained_handler"


def demand_links(file: CaseFile, deed: Deed) -> None:
    """What it follows must be there, and what it corrects or strikes out must stand.

    Raises `Conflict`, and `GateClosed` where a part of that may be for trained handlers: it
    would be lost, or would count no more, and nobody had seen it.
    """
    about = _written(file, deed.about)
    if deed.about and (about is None or about.what not in KINDS[deed.code].about):
        raise Conflict
    ended = _ended(file, deed)
    if ended is None or (deed.code == STRUCK and deed.replaces):
        if deed.replaces or deed.code == STRUCK:
            raise Conflict
        return
    if is_kept_from(ended, holds_intimate=Slot.INTIMATE in file.keys):
        raise GateClosed((ASK_TRAINED,))


def ended_by(file: CaseFile, deed: Deed) -> CaseStep | None:
    """The step that would count no more, whether or not it is named."""
    ended = _ended(file, deed)
    return ended or (file.record.last("assent") if deed.code == "assent" else None)


def shown_end(file: CaseFile, deed: Deed) -> CaseStep | None:
    """The same for who may read all of it."""
    ended = ended_by(file, deed)
    holds_intimate = Slot.INTIMATE in file.keys
    is_seen = ended is not None and not is_kept_from(ended, holds_intimate=holds_intimate)
    return ended if is_seen else None


def _ended(file: CaseFile, deed: Deed) -> CaseStep | None:
    """The step that would stand no longer; a correction is of the same kind."""
    step = _written(file, deed.about if deed.code == STRUCK else deed.replaces)
    if step is None or step not in file.record.steps:
        return None
    return step if deed.code in {STRUCK, step.what} else None


def _written(file: CaseFile, id_: UUID | None) -> CaseStep | None:
    return next((step for step in file.steps if step.id == id_), None) if id_ else None
