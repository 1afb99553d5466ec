"""What the person allows: each thing on its own, unticked, and asked of who may say it."""

from dataclasses import replace
from typing import Final

from intake.form import conditions, consenting, people
from intake.form.answers import Answers
from intake.form.steps import Group, Step
from intake.form.text import _


def _asked(label: str, *codes: str) -> tuple[Group, ...]:
    return (Group("", (replace(people.CONSENT, label=label, codes=codes),)),)


def _is_guardian(answers: Answers) -> bool:
    return answers[people.REPORTER_ROLE] == "guardian"


def _allows_for_child(answers: Answers) -> bool:
    return _is_guardian(answers) and conditions.is_alive_and_found(answers)


def _needs_giver(answers: Answers) -> bool:
    """The answers so far do not say by themselves who gives the permission."""
    is_told = conditions.is_reporter_the_person(answers) or _is_guardian(answers)
    return conditions.is_alive_and_found(answers) and not is_told


def _decides_as_family(answers: Answers) -> bool:
    is_alive = conditions.is_alive_and_found(answers)
    return not is_alive and conditions.may_consent_for_the_person(answers)


_UNASKED: Final = Step(
    "consent-person",
    _("What only the person can allow"),
    told=(
        _(
            "What we may pass on, and to whom, is decided by the person. You cannot decide it "
            "in the person's place, so we do not ask you now."
        ),
        _(
            "We keep your report and think about help. As soon as it is safe, we ask the "
            "person. Until then nothing leaves us, except the least that can save a life."
        ),
    ),
    when=conditions.may_not_consent_for_the_person,
)
_YOUNG: Final = Step(
    "consent-young",
    _("Before you allow something"),
    told=(
        _("You are under 18. What you say counts, and nothing happens against your will."),
        _(
            "For most of the next pages we also need the yes of a parent or another grown-up "
            "who is responsible for you. We ask them only if that is safe for you."
        ),
    ),
    when=conditions.is_young_reporter,
)
_KIN: Final = Step(
    "consent-family",
    _("Before you allow something"),
    told=(
        _("The person cannot be asked, so the nearest family may allow it."),
        _("If others in the family do not want it, tell us. Then we publish nothing."),
    ),
    when=_decides_as_family,
)
_FIRST: Final = Step(
    "consent",
    _("Inside the Coalition and beyond"),
    _asked(
        _("Who may know of it?"), "refer_internal", "statistics", "npm_ombudsman", "partners"
    ),
    told=(
        _(
            "By sending you allow us to keep the report and to think about help. Everything "
            "else only happens if you tick it. With your code you can take back each tick."
        ),
        _(
            "What you do not tick stays with us, except the least that can save a life. Help "
            "does not depend on it."
        ),
    ),
    when=conditions.may_consent_for_the_person,
)
ABOUT_COMPLAINTS: Final = (
    _(
        "This site belongs to no State body, and a report here is not an official "
        "complaint. We pass it to a State body only if you say so, or to save a life."
    ),
    _(
        "With an official complaint one signs a warning about article 419 of the Criminal "
        "Code: a false report is punished, up to prison. It is a crime only if somebody "
        "knows that it is not true. Not being able to show it is no crime."
    ),
    _("Before anything is handed in, a lawyer reads it with you, and you sign yourself."),
)
"""What stands before the question whether an official complaint is allowed (domain.md 2.4)."""

_COMPLAINT: Final = Step(
    "consent-complaint",
    _("An official complaint"),
    _asked(_("May we prepare an official complaint?"), "state_complaint"),
    told=ABOUT_COMPLAINTS,
    when=conditions.may_consent_for_the_person,
)
_UN: Final = Step(
    "consent-un",
    _("The United Nations"),
    _asked(_("May we turn to the United Nations?"), "un_government", "un_public"),
    told=(_("Experts of the United Nations can write to the Government. They need the name."),),
    when=conditions.may_consent_for_the_person,
)
_PUBLIC: Final = Step(
    "consent-public",
    _("Telling others"),
    _asked(_("May others hear of it?"), "public_anonymous", "public_named", "images"),
    told=(_("What was published once cannot be called back, even if you take back your yes."),),
    when=conditions.may_consent_for_the_person,
)
_PICTURES: Final = Step(
    "consent-pictures",
    _("Private pictures"),
    _asked(_("May the private pictures be used?"), "intimate_images"),
    when=lambda answers: (
        conditions.may_consent_for_the_person(answers)
        and conditions.has_intimate_pictures(answers)
    ),
)
_GIVER: Final = Step(
    "consent-for",
    _("About what you allowed"),
    (
        Group(
            "",
            (
                replace(
                    consenting.CONSENT_GIVER,
                    hint=_("What the person told you to allow counts as the person's."),
                    codes=("victim", "guardian_assent", "representative", "none"),
                    when=_needs_giver,
                ),
                replace(consenting.CHILD_ASSENT, when=_allows_for_child),
                consenting.CONSENT_UNTIL,
            ),
        ),
    ),
    when=conditions.allows_something,
)

PAGES: Final = (_UNASKED, _YOUNG, _KIN, _FIRST, _COMPLAINT, _UN, _PUBLIC, _PICTURES, _GIVER)
