"""The first answer to a report begins the contact; it says nothing of the urgency."""

from intake.case.guards import missing
from intake.case.kinds.moving import FIRST_ANSWER
from intake.case.stages import BY_CODE
from intake.casework.case_file import CaseFile
from intake.casework.work.doing import Doers, go
from intake.form.answers import Answers

_WAY = BY_CODE["screening_to_contacting"]


def begin_contact(file: CaseFile) -> None:
    """Go from screening to contacting, unless the person wants no contact."""
    answers = Answers().having(FIRST_ANSWER, True)  # noqa: FBT003
    if not missing(_WAY, file.situation(), answers):
        go(file, _WAY, answers, Doers(file.reader.member))
