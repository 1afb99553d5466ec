"""What the pages about who reads a case say: its parts, and why something cannot be given."""

from collections.abc import Iterable, Mapping
from typing import Final

from flask_babel import gettext

from intake.casework import Slot
from intake.form.text import _

PARTS: Final[Mapping[Slot, str]] = {
    Slot.IDENTITY: _("Names, papers and ways to reach"),
    Slot.ACCOUNT: _("What happened"),
    Slot.INTIMATE: _("Sexual violence"),
    Slot.WORK: _("Notes among colleagues"),
}
ASKED: Final = {
    "withdrawal_asked": _(
        "The reporter asks us to stop. Nothing is given to anybody before you have answered."
    ),
    "erasure_asked": _(
        "The reporter asks us to delete everything. Nothing is given to anybody any more."
    ),
}
CHANGED_MEANWHILE: Final = _(
    "Somebody changed this meanwhile. Look again at what stands below."
)
NO_PARTS: Final = _("Choose at least one part.")
WITH_ACCOUNT: Final = _(
    "The part on sexual violence can be given only together with what happened."
)
FEWER: Final = _(
    "Choose fewer parts than there are now. To give more, take it back and offer it."
)
CLIENT_AGREED: Final = _("The person asked for this lawyer, or was asked and agrees")
ASK_FIRST: Final = _("Ask the person first. Without a yes nobody else reads the messages.")
NO_LAWYER: Final = _("Choose one of the lawyers on the list.")
OCCASIONS: Final[Mapping[str, str]] = {
    "following": _("letting %(handle)s follow the messages"),
    "following_ended": _("ending that %(handle)s follows the messages"),
}
"""With what a note was written."""
NO_SPECIALIST: Final = _("Choose one of the specialists on the list.")
NOBODY_NAMED: Final = _(
    "Name at least one trained handler: only trained handlers hold every key."
)
CONFLICTED: Final = _("Whoever has the conflict cannot be among those who read the case.")
NO_SHEETS: Final = _(
    "Make the recovery sheets first. Without them a case that is kept for a few people is lost "
    "when these lose their passphrases."
)
SAID: Final = {
    "offered": _(
        "The offer is made. Your colleague sees it after signing in, and you see the answer."
    ),
    "follows": _(
        "The lawyer reads and writes the messages from now on. The reporter sees it behind the "
        "return code."
    ),
    "follows-no-more": _(
        "The lawyer reads and writes the messages no more, and is told so. The reporter sees "
        "it behind the return code."
    ),
    "narrowed": _("Your colleague opens fewer parts from now on."),
    "taken-back": _("It is taken back. Your colleague opens nothing of this case any more."),
    "kept": _("The case is kept for those you named. No other coordinator opens it any more."),
    "lifted": _("Every coordinator may open this case again."),
    "yours": _("You accepted the case. It stands below."),
    "not-yours": _("You declined. The coordinator reads what you wrote."),
    "noted": _("The note is kept. The coordinators read it."),
}


def in_words(parts: Iterable[Slot]) -> list[str]:
    """The parts as words, in their order."""
    held = set(parts)
    return [gettext(words) for part, words in PARTS.items() if part in held]
