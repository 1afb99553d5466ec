"""Striking out what should not have been written down, such as in the wrong case."""

from collections.abc import Iterable
from typing import Final

from intake.case.kinds.kind import Kind, page
from intake.form.compartments import Compartment
from intake.form.questions import LongText
from intake.form.text import _

STRUCK: Final = "struck"
STRUCK_WHY = LongText(
    "struck_why",
    _("Why does it not belong here?"),
    hint=_("For example: it was written down in the wrong case. Tell nothing of that case."),
    rows=3,
    compartment=Compartment.WORK,
)


def striking(kinds: Iterable[Kind]) -> Kind:
    """The kind of step that strikes out one of those that people write."""
    return Kind(
        STRUCK,
        _("Struck out"),
        _("Strike it out"),
        page(
            "strike-out",
            _("Strike out an entry"),
            STRUCK_WHY,
            told=(
                _("It counts no more, and what followed of it is undone."),
                _("It stays to be read, crossed out, with who struck it out and why."),
            ),
        ),
        needed=(STRUCK_WHY,),
        about=tuple(kind.code for kind in kinds if not kind.automatic),
    )
