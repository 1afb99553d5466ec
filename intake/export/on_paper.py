"""What the form says of screens, said of paper; and which pages are one page on paper."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from intake.form.text import _

TOGETHER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "where-you": "where",
        "family": "knowledge",
        "story-young": "story",
        "sexual-gate-family": "sexual-gate",
        "evidence-open": "evidence",
    }
)
"""Pages that ask what another page asks of other people, and that other page."""

LEFT_OUT: Final = frozenset({"body_part"})
"""Asked only of drafts that answered an older form."""

WRITTEN: Final = frozenset({"region", "locality"})
"""Vocabularies with too many places to tick: the name is written."""

ROOM: Final[Mapping[str, int]] = MappingProxyType({"ledger": 3, "files": 3})
"""For how many things of a kind there is room, where it is not two."""

HANDED_IN: Final = _(
    "By handing it in you agree that we keep what you wrote and read it to help. We ask you "
    "before we pass anything on to somebody outside. There is one exception: a life is in "
    "danger and nobody can be asked. Then two coordinators together may pass on the least that "
    "can save it."
)

_INSTEAD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "On these pages “the person” is the one it happened to. You can leave out any "
        "question and stop after any page.": _(
            "On these pages “the person” is the one it happened to. If it happened to you, "
            "that is you. You can leave out any question and stop after any page."
        ),
        "If you did, we ask nothing out of the case file.": _(
            "If you did, leave out what comes from the case file."
        ),
        "From here on we ask nothing out of the case file.": _(
            "From here on leave out everything that comes from the case file."
        ),
        "Which of these was done? We then ask about these alone.": _(
            "Which of these was done? You can go on to the lists of these alone."
        ),
        "Tick places in the list, or press them on the pictures under it. "
        "Right and left are as the person sees them.": _(
            "Right and left are as the person sees them."
        ),
        "Tick what fits. You can leave a place empty.": _(
            "Write a place on each line and tick what fits."
        ),
        "If you choose nothing, the answer waits here, behind your code. "
        "Then nobody calls or writes to you.": _(
            "If you choose nothing, the answer waits on our site, behind your code. "
            "Then nobody calls or writes to you."
        ),
        "If you choose nothing, the answer waits here, behind your code.": _(
            "If you choose nothing, the answer waits on our site, behind your code."
        ),
        "Do not send anything by mail or messenger. You can add pictures and papers here.": _(
            "Do not send anything by mail or messenger. You can hand in copies with this paper."
        ),
        "A file is locked while it arrives. What it says about the device and the place "
        "stays in the original, and only members of the coalition can open it.": _(
            "Hand in copies, and keep what is yours. Put a number on each, and write the same "
            "number here."
        ),
        "The file": _("The number you put on it"),
        "You can add a copy of it where this form asks for pictures and papers.": _(
            "You can hand in a copy of it with this form."
        ),
        "If it came on paper: what became of the paper?": _("What became of this paper?"),
        "You do not have to send any. Only a specially trained person can open them; they "
        "appear in no list and no copy, and are used only if you allow it.": _(
            "You do not have to hand in any. Do not put them to this paper: a specially "
            "trained person takes them from you alone. They are used only if you allow it."
        ),
        "By sending you allow us to keep the report and to think about help. Everything "
        "else only happens if you tick it. With your code you can take back each tick.": _(
            "By handing this in you allow us to keep the report and to think about help. "
            "Everything else only happens if you tick it. With your code you can take back "
            "each tick."
        ),
        "For most of the next pages we also need the yes of a parent or another grown-up "
        "who is responsible for you. We ask them only if that is safe for you.": _(
            "For most of what follows we also need the yes of a parent or another grown-up "
            "who is responsible for you. We ask them only if that is safe for you."
        ),
        "You did nothing wrong by writing here. It is not your fault.": _(
            "You did nothing wrong by writing this. It is not your fault."
        ),
    }
)


def on_paper(text: str) -> str:
    """`text` of the form as it is said on paper."""
    return _INSTEAD.get(text, text)


def said_otherwise() -> frozenset[str]:
    """The texts of the form that paper says in other words."""
    return frozenset(_INSTEAD)
