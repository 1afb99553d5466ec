"""The short form: one leaf with the urgent page's questions, numbered as on the long form."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from intake.export import cover
from intake.export.asking import Asker
from intake.export.numbering import numbers
from intake.export.paper import Block, Field, Leaf, Page, Tongue
from intake.export.repeated import repeated
from intake.form import urgent
from intake.form.questionnaire import VERSION
from intake.form.questions import AnyQuestion
from intake.form.text import _

_TITLE: Final = _("A few words about somebody in danger")
_MISSING: Final = "missing"
_ROWS: Final = {urgent.NARRATIVE.name: 6, urgent.PERPETRATORS_TEXT.name: 2}


def short_form(tongue: Tongue, told: cover.Told) -> Leaf:
    """The leaf in one language; who types it in finds each question by its number."""
    asker = Asker(tongue, told.permission)
    blocks = (
        Block(tongue.say(group.title), "", tuple(_field(asker, one) for one in group.questions))
        for group in urgent.STEP.groups
    )
    return Leaf(
        language=tongue.code,
        title=tongue.say(_TITLE),
        version=VERSION,
        cover=cover.short_cover(tongue, told),
        page=Page("", "", blocks=tuple(blocks)),
        words=repeated(tongue),
    )


def _field(asker: Asker, question: AnyQuestion) -> Field:
    asked = asker.field(number_of(question), question, "")
    if question is urgent.AGENCY:  # its boxes would fill a third of the leaf
        return replace(asked, kind="lines", rows=1, options=(), is_one=False)
    return replace(asked, rows=_ROWS.get(question.name, asked.rows))


def number_of(question: AnyQuestion) -> str:
    """The number of this question on the long form, for somebody who is not missing."""
    places = (place for place in numbers() if place[1] == question.name)
    return numbers()[next(place for place in places if place[0] != _MISSING)]
