"""How a report was told, asked of staff who take it down, after everything else."""

from typing import Final

from intake.form import conditions, recording
from intake.form.steps import Group, Section, Step
from intake.form.text import _

_ARRIVAL = Step(
    "recorded",
    _("How it came to us"),
    (
        Group(
            "",
            (
                recording.CHANNEL,
                recording.TOLD_ON,
                recording.TOLD_AT,
                recording.FILLED_IN_BY,
                recording.TOLD_IN,
                recording.TAKEN_BY,
            ),
        ),
    ),
    when=conditions.is_recorded,
)
_TALK = Step(
    "recorded-talk",
    _("The talk"),
    (
        Group(
            "",
            (
                recording.TALK_CONDITIONS,
                recording.TALK_PRESENT,
                recording.TALK_OVERHEARD,
                recording.TALK_STOPPED,
                recording.TALK_ENDED,
            ),
        ),
    ),
    when=conditions.is_recorded,
)
_AFTER = Step(
    "recorded-after",
    _("Afterwards"),
    (
        Group(
            "",
            (
                recording.CODE_HANDED,
                recording.CODE_HANDED_ON,
                recording.SHEETS,
                recording.PAPER_FATE,
            ),
        ),
    ),
    when=conditions.is_recorded,
)

SECTION: Final = Section("recorded", _("How this was told"), (_ARRIVAL, _TALK, _AFTER))
STEPS: Final = frozenset(step.slug for step in SECTION.steps)
"""The pages that nobody but staff may open or answer."""
