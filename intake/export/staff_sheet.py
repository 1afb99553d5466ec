"""The last sheet: how the form came, kept by the staff who take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from intake.export.paper import Block, Field, Kind, Option, Options, Page, Tongue
from intake.form.text import _
from intake.form.vocabularies import vocabulary

_LETTER: Final = "S"
_NOT_ON_PAPER: Final = frozenset({"web_form"})


@dataclass(frozen=True)
class _Asked:
    """A line of the sheet: boxes out of a vocabulary, boxes of its own, or room to write."""

    label: str
    kind: Kind = "lines"
    rows: int = 1
    words: tuple[str, ...] = ()
    vocabulary: str = ""
    hint: str = ""


_HOW: Final = (
    _Asked(_("How did it come to us?"), "boxes", vocabulary="channel"),
    _Asked(_("On which day?"), "day"),
    _Asked(_("At what time?"), "time"),
    _Asked(
        _("Who filled it in?"),
        "boxes",
        words=(
            _("who tells it, alone"),
            _("who tells it, with somebody's help"),
            _("one of us, while it was told"),
            _("somebody else"),
        ),
    ),
    _Asked(_("In which language was it told?"), "boxes", vocabulary="language"),
    _Asked(_("Who of us took it?"), hint=_("The name you sign in with.")),
)
_TALK: Final = (
    _Asked(
        _("Where, and under which conditions?"),
        rows=3,
        hint=_("The room, the time there was, glass or a phone between you, handcuffs."),
    ),
    _Asked(
        _("Who was present?"),
        rows=2,
        hint=_("Interpreter, family, guards: what each of them could hear and see."),
    ),
    _Asked(_("Could somebody listen or watch?"), "boxes", vocabulary="yes_no"),
    _Asked(_("What did somebody say or do to stop the talk?"), rows=2),
    _Asked(_("How was the person when you parted, and what was agreed?"), rows=2),
)
_AFTER: Final = (
    _Asked(
        _("Was the code handed over?"),
        "boxes",
        words=(
            _("yes, to who tells it"),
            _("yes, to somebody whom they named"),
            _("not handed over yet"),
            _("not wanted"),
        ),
        hint=_(
            "You get it when you have typed the form in. Write it on a piece of paper of its "
            "own, without a name, and give it from hand to hand. It never stands on this form."
        ),
    ),
    _Asked(_("On which day?"), "day"),
    _Asked(_("How many more sheets, pictures and papers belong to it?"), "number"),
    _Asked(
        _("What became of this paper?"),
        "boxes",
        words=(_("given back"), _("destroyed"), _("locked away")),
    ),
)
_BLOCKS: Final = (("", _HOW), (_("The talk"), _TALK), (_("Afterwards"), _AFTER))


def staff_sheet(tongue: Tongue) -> Page:
    """The sheet in one language; its lines are numbered S1, S2 and so on."""
    blocks, number = [], 0
    for title, lines in _BLOCKS:
        fields = tuple(_field(tongue, number + n, line) for n, line in enumerate(lines, 1))
        blocks.append(Block(tongue.say(title), "", fields))
        number += len(lines)
    return Page(
        _LETTER,
        tongue.say(_("For those who take the form")),
        told=(tongue.say(_("Take this sheet out before you give the form to somebody.")),),
        blocks=tuple(blocks),
        is_apart=True,
    )


def _field(tongue: Tongue, number: int, asked: _Asked) -> Field:
    return Field(
        f"{_LETTER}{number}",
        tongue.say(asked.label),
        asked.kind,
        hint=tongue.say(asked.hint),
        rows=asked.rows,
        is_one=True,
        options=_options(tongue, asked),
    )


def _options(tongue: Tongue, asked: _Asked) -> tuple[Options, ...]:
    terms = vocabulary(asked.vocabulary).terms if asked.vocabulary else ()
    possible = (term for term in terms if term.code not in _NOT_ON_PAPER)
    labels = [*map(tongue.say, asked.words), *map(tongue.label, possible)]
    return (Options("", tuple(map(Option, labels))),) if labels else ()
