"""What the pages of working together say."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from flask_babel import format_date

from intake.form.text import _

TABS: Final = (
    ("team.home", _("For you and who holds how much")),
    ("team.shift_notes", _("Shift notes")),
    ("team.templates", _("Reply templates")),
    ("team.tags", _("Tags")),
    ("team.away", _("Who is away")),
)
TOO_LATE: Final = _(
    "Somebody changed this case while you were writing. What stands now is on the left, what "
    "you wrote is on the right. Look at both and send yours again if it still holds."
)
PAGE_TOO_OLD: Final = _(
    "This page was too old. Your words are still here: send them once more."
)
NOT_THE_HOLDER: Final = _("You do not hold this case any more. Your words are still here.")
OFFERED_ALREADY: Final = _(
    "The case is offered to somebody already. Take that back first. Your words are still here."
)
OFFER_ENDED: Final = _(
    "This offer does not stand any more: it was taken back, or somebody else holds the case. "
    "Your words are still here."
)
CANNOT_HOLD: Final = _("Choose a colleague who may open this case.")
SAID: Final[Mapping[str, str]] = {
    "handed-over": _("The case is offered. You hold it until your colleague accepts."),
    "offer-withdrawn": _("The offer is taken back. You hold the case."),
    "accepted": _("You accepted. You hold this case now."),
    "declined": _("You declined. Your colleague still holds the case and reads your words."),
    "released": _("The case is back in the queue. Nobody holds it."),
    "assigned": _("Your colleague holds the case now and is told so."),
    "tags-put": _("The tags are changed."),
    "snoozed": _("The case is put off. A message of the reporter shows it at once."),
    "woken": _("The case is shown again."),
    "draft-kept": _("The draft is kept. Only you see it."),
    "draft-gone": _("The draft is thrown away."),
    "draft-shown": _("Your colleagues see the draft among the notes. Nothing was sent."),
}
CHANGED_MEANWHILE: Final = _(
    "Somebody changed this while you were writing. What stands now is on the left, what you "
    "wrote is on the right and in the form. Look at both and send yours again if it still "
    "holds."
)
NAME_TAKEN: Final = _("Another tag is called so already.")
TOO_MANY_TAGS: Final = _("A case carries at most 8 tags. Choose fewer.")
AWAY_ALREADY: Final = _(
    "On some of these days this colleague, or who would stand in, is away already. Take that "
    "away first."
)
NO_SUBSTITUTE: Final = _("Choose another coordinator to stand in, or nobody.")
TOO_LONG_OFF: Final = _("A case of this urgency cannot be put off for so long.")
SAID_HERE: Final[Mapping[str, str]] = {
    "template-kept": _("The template is kept. Everybody can use it in a message."),
    "template-removed": _("The template is taken away."),
    "tag-kept": _("The tag is kept. Everybody can put it on a case."),
    "tag-removed": _("The tag is taken away. No case carries it any more."),
    "shift-left": _("The note is kept. Your colleagues see it above the queue."),
    "shift-removed": _("The note is taken back."),
    "away-kept": _("It is kept. Everybody sees it on the cases of this colleague."),
    "away-ended": _("It is taken away."),
    "reassigned": _("The cases are given. Whoever got them is told."),
    "reassigned-some": _(
        "The cases are given, but not all: those that you may not open stay where they are."
    ),
    "put-away": _("The mention is put away."),
}
OCCASIONS: Final[Mapping[str, str]] = {
    "handed_over": _("with the offer to %(handle)s"),
    "hand_over_accepted": _("accepting it from %(handle)s"),
    "hand_over_declined": _("declining it, to %(handle)s"),
    "released": _("giving the case back to the queue"),
    "assigned": _("giving the case to %(handle)s"),
    "draft": _("draft of a reply, not sent"),
    "reached_by": _("how the person can be reached, as the report told it"),
}
"""With what a note was written."""
ACTS: Final[Mapping[str, str]] = {
    "hand_over_offered": _("Offered the case to a colleague"),
    "hand_over_accepted": _("Accepted the case from a colleague"),
    "hand_over_declined": _("Declined to take the case over"),
    "hand_over_withdrawn": _("Took the offer to a colleague back"),
    "read_hand_over": _("Read the note of an offer"),
    "released": _("Gave the case back to the queue"),
    "assigned": _("Gave the case to a colleague"),
    "reassigned": _("Gave the case on, because the person who held it is away"),
    "draft_kept": _("Kept a draft of a reply"),
    "draft_shown": _("Showed colleagues a draft of a reply"),
    "draft_thrown_away": _("Threw a draft of a reply away"),
    "tags_changed": _("Changed the tags"),
    "snoozed": _("Said that the case can wait until a day"),
    "woken": _("Showed the case again before its day"),
}
"""Lines of the log about a case."""
OF_THE_TEAM: Final[Mapping[str, str]] = {
    "template_kept": _("Kept a reply template"),
    "template_removed": _("Took a reply template away"),
    "tag_kept": _("Kept a tag"),
    "tag_removed": _("Took a tag away"),
    "shift_note_left": _("Left a note for the next on duty"),
    "shift_note_read": _("Read a note of the shift before"),
    "shift_note_removed": _("Took a note for the next on duty back"),
    "away_kept": _("Wrote down that a colleague is away"),
    "away_ended": _("Wrote down that a colleague is back"),
}
"""Lines of the log about no case."""
NOTICES: Final[Mapping[str, str]] = {
    "hand_over_offered": _("%(handle)s offers you a case. Look at “Colleagues”."),
    "hand_over_accepted": _("%(handle)s has taken over the case that you offered."),
    "hand_over_declined": _("%(handle)s has declined the case that you offered."),
    "assigned": _("%(handle)s gave you a case. You hold it now."),
    "reassigned": _("%(handle)s gave you the cases of a colleague who is away."),
    "mentioned": _("%(handle)s named you in a note. Look at “Colleagues”."),
    "track_led": _("%(handle)s named you as the one who leads help in the case %(ref)s."),
}
"""What a member is told on the page of the own account."""


def day(moment: date) -> str:
    """A day of the calendar, written out."""
    return str(format_date(moment, "long"))
