"""What the pages of cases that belong together say."""

from collections.abc import Mapping
from typing import Final

from intake.form.text import _

ACTS: Final[Mapping[str, str]] = {
    "read_split": _("Looked at whom the report tells of, to split it"),
    "split": _("Split the report: a case of its own was made of it"),
    "split_off": _("Made this case out of another report"),
    "read_links": _("Looked at the cases that belong to it"),
    "linked": _("Linked it with another case"),
    "link_taken_back": _("Took a link with another case back"),
    "merged": _("Another report repeats this case and was merged into it"),
    "parted": _("A report that was merged into this case was opened again"),
}
"""Lines of the log about a case."""
SAID: Final[Mapping[str, str]] = {
    "split-off": _("This is the new case. It stands on screening, and nobody holds it yet."),
    "linked": _("Both cases are linked."),
    "unlinked": _("The link is taken back. Both cases still show that it was there."),
    "unmerged": _(
        "The report is opened again and screened. Both cases still show that they were merged."
    ),
    "unlinked-split": _(
        "The link is taken back. A second coordinator is asked to close the case that was "
        "split off."
    ),
    "unlinked-open": _(
        "The link is taken back. The case that was split off is still open: close it as a "
        "duplicate from its own page."
    ),
}
NEEDS_TRAINED: Final = _(
    "The words of this report are for specially trained readers. Only one of them can split "
    "it: ask a trained colleague."
)
NOBODY_CHOSEN: Final = _(
    "Choose one of these: people on the list, or somebody told of in words, or another matter "
    "of the same person."
)
CHANGED: Final = _(
    "Somebody changed this case while you were choosing. Nothing was made yet. Look at it "
    "again, then send it once more if it still holds."
)
PAGE_TOO_OLD: Final = _(
    "This page was too old. Your words are still here: send them once more."
)
NO_SUCH_CASE: Final = _("There is no such case that you may open, or it is this one.")
NOT_OPENED: Final = _("Nobody has opened that report yet. Open and read it first.")
LINKED_ALREADY: Final = _("These two cases are linked already.")
