"""What the pages behind the code say about stages and codes."""

from collections.abc import Mapping
from typing import Final

from intake.form.text import _

STAGES: Final[Mapping[str, str]] = {
    "received": _("Your report is with us. A coordinator has not opened it yet."),
    "screening": _("A coordinator is reading your report."),
    "contacting": _("We are trying to reach you, or the person, in a safe way."),
    "consent_pending": _(
        "We need an answer or a paper before we go on. Read the messages below."
    ),
    "assessment": _("We are talking with those concerned, to understand what happened."),
    "decision": _("The coordinators are deciding what we can do."),
    "active": _("We are helping now."),
    "monitoring": _("We are watching how the investigation or the trial goes on."),
    "on_hold": _("We have stopped for now. The messages below say why."),
    "closed": _("We have closed this report. You can still write to us here."),
    "erased": _("This report was deleted, as was asked for."),
}
NEWS: Final[Mapping[str, str]] = {
    "received": _("Your report arrived."),
    "screening": _("A coordinator opened your report."),
    "contacting": _("We began to look for a safe way to reach you, or the person."),
    "consent_pending": _("We asked for an answer or a paper before we go on."),
    "assessment": _("We began to talk with those concerned."),
    "decision": _("We have what we need, and decide what we can do."),
    "active": _("We began to help."),
    "monitoring": _("We began to watch the investigation or the trial."),
    "on_hold": _("We stopped for now."),
    "closed": _("We closed this report."),
    "erased": _("The report was deleted, as was asked for."),
}
NEWS_OF_CLIENT: Final[Mapping[str, str]] = {
    **NEWS,
    "received": _("The report arrived."),
    "screening": _("A coordinator opened the report."),
    "contacting": _("We began to look for a safe way to reach your client."),
}
"""The same for a lawyer who follows."""
CODE_FAULTS: Final[Mapping[str, str]] = {
    "length": _("The code has 24 digits. Count the groups: there are six groups of four."),
    "check": _("There is a slip in the code. Compare every group with your paper."),
    "characters": _("The code has digits only. Type it again without letters."),
}
UNKNOWN: Final = _("No report belongs to this code. Compare every group with your paper.")
EXPIRED: Final = _(
    "This code was right, but its time is over, and it opens nothing any more. "
    "You can send a new report."
)
BUSY: Final = _(
    "Many people are using the service just now. Your code is still here: wait a few seconds "
    "and press the button again."
)
NOT_SENT: Final = _(
    "We could not store this just now. Nothing is lost: what you typed is still here. "
    "Press the button again in a minute."
)
WRITE_SOMETHING: Final = _("Write something before you send it.")
NOT_SENT_YET: Final = _(
    "The report of this code is not sent yet. You can follow it once your client has sent it."
)
ENDED: Final = _(
    "The messages were closed, because you were away for long or left. Type the code again."
)
