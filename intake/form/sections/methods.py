"""The pages on what was done, one for each group that was chosen, and the page apart."""

from dataclasses import replace
from typing import Final

from intake.form import aftermath, conditions, events, files, gates, people
from intake.form.answers import Answers
from intake.form.questions import Condition
from intake.form.steps import Group, Step
from intake.form.text import _
from intake.form.vocabularies import vocabulary

_METHODS: Final = vocabulary("method").terms
_TITLES: Final = {
    "blunt": _("Blows"),
    "asphyxia": _("Breath"),
    "position": _("Positions"),
    "wounds": _("Burns and wounds"),
    "environment": _("Cold, hunger, the cell"),
    "psych": _("Words and threats"),
    "denial": _("Help and contact"),
    "other": _("Other things"),
}


def _codes(group: str) -> tuple[str, ...]:
    return tuple(term.code for term in _METHODS if term.attributes["group"] == group)


def _is_chosen(group: str) -> Condition:
    def is_chosen(answers: Answers) -> bool:
        return conditions.wants_lists(answers) and group in (answers[gates.METHOD_GROUP] or ())

    return is_chosen


def _page(group: str, title: str) -> Step:
    return Step(
        f"methods-{group}",
        title,
        (
            Group(
                "",
                (
                    replace(
                        events.METHOD,
                        label=_("Was any of this done to the person?"),
                        own=_("Was any of this done to you?"),
                        hint=_("You can leave this empty."),
                        codes=_codes(group),
                    ),
                ),
            ),
        ),
        when=_is_chosen(group),
    )


PAGES: Final = tuple(_page(group, title) for group, title in _TITLES.items())
_TRAINED: Final = _("What you write about this is read by a specially trained person only.")
GATE: Final = Step(
    "sexual-gate",
    _("A private question"),
    (Group("", (gates.SEXUAL_CHOICE,)),),
    told=(
        _TRAINED,
        _(
            "Was it in the last three days? A doctor can do a lot against infection and "
            "pregnancy now, whatever you choose here."
        ),
    ),
    when=conditions.is_alive_and_found,
)
GATE_OF_FAMILY: Final = Step(
    "sexual-gate-family",
    _("A private question"),
    (Group("", (gates.SEXUAL_CHOICE,)),),
    told=(_TRAINED,),
    when=conditions.is_deceased,
)
SEXUAL: Final = Step(
    "sexual",
    _("In your own words and time"),
    (
        Group("", (events.INTIMATE_NARRATIVE,)),
        Group(
            _("Only if you want to"),
            (
                replace(
                    events.METHOD,
                    label=_("Was any of this done to the person?"),
                    own=_("Was any of this done to you?"),
                    hint="",
                    codes=_codes("sexual"),
                ),
                replace(
                    aftermath.INJURY,
                    label=_("Is there any of this now?"),
                    hint=_(
                        "In the first three days a doctor can do most against infection and "
                        "pregnancy. After that a doctor still helps. You may ask first what a "
                        "doctor must pass on."
                    ),
                    codes=("genital", "pregnancy_risk"),
                    when=conditions.is_alive,
                ),
                replace(
                    aftermath.EVIDENCE,
                    label=_("Are there pictures or films of it?"),
                    hint=_("Do not send them to anybody. We ask you before anything is done."),
                    codes=("intimate_photo",),
                    states=(),
                ),
            ),
        ),
        Group(
            _("Who reads this and talks to you"),
            (people.TRAINED_ONLY, people.PREFERRED_HANDLER_GENDER),
        ),
    ),
    told=(
        _("Only a specially trained person reads this page. It appears in no list or letter."),
    ),
    warning=_("This page is about sexual violence. You can leave it empty."),
    when=conditions.wants_sexual_page,
)
SEXUAL_FILES: Final = Step(
    "private-files",
    _("Private pictures and films"),
    told=(
        _(
            "You do not have to send any. Only a specially trained person can open them; they "
            "appear in no list and no copy, and are used only if you allow it."
        ),
    ),
    repeats=files.INTIMATE_FILES,
    warning=_("This page is about pictures of sexual violence. You can leave it empty."),
    when=conditions.has_intimate_pictures,
)
