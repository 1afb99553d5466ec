"""What the directory says: why somebody fits or not, what she does, what was done here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import format_date, gettext, ngettext

from intake.case.fitting import Reason, Wished
from intake.casework.directory.choosing import Candidate
from intake.form.text import _
from intake.web import role_words
from intake.web.staff_pages import label, labels

REASONS: Final[Mapping[tuple[str, bool | None], str]] = {
    ("sex", True): _("As the person wished: %(what)s"),
    ("sex", False): _("Not as the person wished: %(what)s"),
    ("sex", None): _("Not known whether this is as wished: %(what)s"),
    ("language", True): _("Speaks a language that fits: %(what)s"),
    ("language", False): _("Speaks no language that fits: %(what)s"),
    ("language", None): _("Not known whether a language fits: %(what)s"),
    ("here", False): _("Away until %(what)s"),
    ("child", True): _("Works with children"),
    ("child", False): _("Nothing says that this person works with children"),
    ("trained", True): _("Works with survivors of sexual violence"),
    ("trained", False): _(
        "Nothing says that this person works with survivors of sexual violence"
    ),
    ("region", True): _("Works in the region of the case: %(what)s"),
    ("region", False): _("Works elsewhere: %(what)s"),
    ("room", False): _("Has as many cases as this person takes at once"),
}
"""By the code of a rule and whether it holds; what goes without saying is left out."""
_VOCABULARY: Final = {"sex": "handler_gender", "language": "language", "region": "region"}
NOT_AS_WISHED: Final = _(
    "This colleague does not fit what the person wished, or it is not known. Choose somebody "
    "who fits, or say below that the person was asked and agrees."
)
AGREED: Final = _("The person was asked and agrees to somebody who does not fit the wish")
CHANGED_MEANWHILE: Final = _(
    "Somebody changed this entry while you were writing. What stands now is above, what you "
    "wrote is in the form. Send yours again if it still holds."
)
PAGE_TOO_OLD: Final = _("This page was too old. Your words are still here: send them again.")
TAKEN_OUT: Final = _(
    "Somebody took this entry out meanwhile. Your words are still here: save them if this "
    "person should stand here all the same."
)
NOT_WHOLE: Final = _("Write a name and choose at least one profession.")
TOO_MANY: Final = _("The directory is full. Take out somebody who helps no more.")
NO_NUMBER: Final = _("Write a number from 0 to 99, or leave it empty.")
SAID: Final[Mapping[str, str]] = {
    "kept": _("The entry is saved."),
    "removed": _("The entry is taken out."),
}
ACTS: Final[Mapping[str, str]] = {
    "directory_kept": _("Saved an entry in the directory"),
    "directory_removed": _("Took an entry out of the directory"),
    "directory_own_kept": _("Changed their own entry in the directory"),
}
"""Lines of the log about no case."""


@dataclass(frozen=True)
class Said:
    """A reason in words; `style` is the class it is drawn with."""

    words: str
    style: str


def reasons(found: Iterable[Reason]) -> list[Said]:
    """Why somebody fits or not, in the order of the rules."""
    return [_said(one) for one in found if (one.code, one.holds) in REASONS]


def _said(reason: Reason) -> Said:
    words = gettext(REASONS[reason.code, reason.holds], what=_about(reason))
    is_bad = reason.holds is not True
    return Said(words, ("late" if reason.binds else "quiet") if is_bad else "")


def _about(reason: Reason) -> str:
    if reason.code == "here":
        return day(date.fromisoformat(reason.about[0])) if reason.about else ""
    return ", ".join(labels(_VOCABULARY.get(reason.code, ""), reason.about))


def wish(wished: Wished) -> str:
    """What the person wished and must get, in one line: «A woman; Kazakh, Russian»."""
    sex = label("handler_gender", wished.sex) if wished.sex != "any" else ""
    return "; ".join(filter(None, (sex, ", ".join(labels("language", wished.languages)))))


def load(open_cases: int, most: int | None) -> str:
    """How many cases somebody has in hand, and takes at once where that is known."""
    if most is None:
        return ngettext("%(num)s open case", "%(num)s open cases", open_cases)
    return gettext("%(open)s of %(most)s cases", open=open_cases, most=most)


def of(one: Candidate) -> str:
    """Her profession: «Doctor, forensic»."""
    words = role_words.in_words(one.roles)
    return gettext("%(roles)s, forensic", roles=words) if one.is_forensic else words


def in_a_list(one: Candidate) -> str:
    """Name, profession and what is against the wish, for a list to choose from."""
    words = f"{one.name} ({of(one)})"
    against = [
        _said(reason).words for reason in one.fit.reasons if reason.code in one.fit.against
    ]
    return "; ".join((words, *against))


def day(moment: date) -> str:
    """A day of the calendar, written out."""
    return str(format_date(moment, "long"))
