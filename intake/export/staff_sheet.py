"""The last sheet: how the form came, kept by the staff who take it."""

from __future__ import annotations

from intake.export.asking import Asker
from intake.export.numbering import STAFF, asked, numbers
from intake.export.paper import Block, Page
from intake.form.sections import recorded
from intake.form.steps import Step
from intake.form.text import _


def staff_sheet(asker: Asker) -> Page:
    """The sheet in the asker's language; its lines are numbered S1, S2 and so on."""
    say = asker.tongue.say
    return Page(
        STAFF,
        say(_("For those who take the form")),
        told=(say(_("Take this sheet out before you give the form to somebody.")),),
        blocks=tuple(_block(asker, step) for step in recorded.SECTION.steps),
        is_apart=True,
    )


def _block(asker: Asker, step: Step) -> Block:
    fields = (asker.field(numbers()[step.slug, q.name], q, "") for q in asked(step))
    return Block(asker.tongue.say(step.title), "", tuple(fields))
