"""The person now: who writes, where the person is, and what cannot wait."""

from dataclasses import replace
from typing import Final

from intake.form import acting, aftermath, conditions, consenting, events, gates, people
from intake.form.answers import Answers
from intake.form.questions import AnyQuestion
from intake.form.sections import whereabouts
from intake.form.steps import Group, Section, Step
from intake.form.text import _
from intake.form.vocabularies import vocabulary

_ROLES: Final = tuple(
    code for code in vocabulary("reporter_role").codes if code != "coalition_staff"
)
_DANGEROUS: Final = tuple(
    term.code
    for term in vocabulary("injury").terms
    if term.has("red_flag") and not term.has("sensitive")
)
_OWN_PLACES: Final = tuple(
    code
    for code in vocabulary("victim_status").codes
    if code not in {"missing", "deceased", "unknown"}
)


def _of_relatives(question: AnyQuestion) -> AnyQuestion:
    """Asked of relatives and witnesses; the page for professionals asks it of the others."""
    return replace(question, when=lambda answers: not conditions.acts_for_the_person(answers))


def _mourns(answers: Answers) -> bool:
    return conditions.is_deceased(answers) and not conditions.acts_for_the_person(answers)


def _can_know(answers: Answers) -> bool:
    """The person can know of the report, and does not write it."""
    return conditions.is_somebody_else(answers) and conditions.is_alive_and_found(answers)


def _not_oneself(answers: Answers) -> frozenset[str]:
    """Who said that another writes is not offered to be the person."""
    role = answers[people.REPORTER_ROLE]
    is_unsaid = role is None or role == "prefer_not_to_say"
    return frozenset() if is_unsaid else frozenset({"self", "is_reporter", "deceased"})


_WHO = Step(
    "who",
    _("Who you are"),
    (Group("", (replace(people.REPORTER_ROLE, codes=_ROLES),)),),
    told=(
        _(
            "On these pages “the person” is the one it happened to. You can leave out any "
            "question and stop after any page."
        ),
    ),
)
_WHERE = Step(
    "where",
    _("Where the person is now"),
    (Group("", (events.VICTIM_STATUS,)),),
    when=conditions.is_somebody_else,
)
_WHERE_YOU = Step(
    "where-you",
    _("Where you are now"),
    (Group("", (replace(events.VICTIM_STATUS, codes=_OWN_PLACES),)),),
    when=conditions.is_reporter_the_person,
)
_DANGER = Step(
    "danger",
    _("Is there danger now?"),
    (Group("", (aftermath.URGENT_SIGNS,)),),
    when=conditions.is_alive_and_found,
)
_HEALTH = Step(
    "health",
    _("Does somebody need a doctor now?"),
    (
        Group(
            "",
            (
                replace(
                    aftermath.INJURY,
                    label=_("Are there any of these signs?"),
                    hint=_("With any of these a doctor should look today."),
                    codes=_DANGEROUS,
                ),
            ),
        ),
    ),
    when=conditions.is_alive_and_found,
    own=_("Do you need a doctor now?"),
)
_KNOWLEDGE = Step(
    "knowledge",
    _("You and the person"),
    (
        Group(
            "",
            (
                _of_relatives(replace(people.RELATIONSHIP, senseless=_not_oneself)),
                _of_relatives(people.REPORTER_NAME),
                replace(people.VICTIM_KNOWLEDGE, senseless=_not_oneself),
            ),
        ),
    ),
    told=(
        _(
            "You can report without the person's knowledge. We keep the report, and nothing "
            "leaves us, except the least that can save a life."
        ),
        _("Then we try to reach the person safely, without naming you if you do not want it."),
        _("What the person tells us, we tell you only if the person says yes."),
    ),
    when=_can_know,
)
_FAMILY = Step(
    "family",
    _("You and the person"),
    (
        Group(
            "",
            (replace(people.RELATIONSHIP, senseless=_not_oneself), people.REPORTER_NAME),
        ),
    ),
    when=_mourns,
)
_ACTING = Step(
    "acting",
    _("Acting for the person"),
    (
        Group(
            "",
            (
                replace(people.REPORTER_NAME, when=conditions.is_found),
                acting.ORGANISATION,
                replace(acting.LAWYER_LICENCE, when=conditions.is_lawyer),
                replace(acting.CLIENT_NAME_FOR_US, when=conditions.is_lawyer),
                replace(acting.AUTHORITY_DOC, when=conditions.is_lawyer),
                replace(gates.UNDER_NON_DISCLOSURE, when=conditions.is_lawyer),
            ),
        ),
    ),
    when=conditions.acts_for_the_person,
)
_AUTHORITY = Step(
    "authority",
    _("The paper by which you act"),
    (Group("", (acting.AUTHORITY_UNTIL,)),),
    told=(_("You can add a copy of it where this form asks for pictures and papers."),),
    when=conditions.has_paper,
)
_SILENCE = Step(
    "silence",
    _("The paper you signed"),
    told=(
        _("From here on we ask nothing out of the case file."),
        _(
            "Leave it out of your own words too. You can write what the person told you, and "
            "what you saw, as far as the paper lets you."
        ),
    ),
    when=conditions.is_under_non_disclosure,
)
_PERSON = Step(
    "person",
    _("About the person"),
    (
        Group(
            _("Name"),
            (
                replace(people.VICTIM_NAME, when=conditions.is_found),
                people.OTHER_NAMES,
                people.VICTIM_SEX,
            ),
        ),
        Group(
            _("Age"),
            (
                people.AGE_BAND_THEN,
                replace(people.VICTIM_AGE, when=conditions.is_alive),
                people.VICTIM_BIRTH_DATE,
            ),
            _("One of these is enough."),
        ),
    ),
    own=_("About you"),
)
_YOUNG = Step(
    "young",
    _("Safe people around the child"),
    (
        Group(
            "",
            (consenting.CHILD_WITH, consenting.SAFE_ADULT, consenting.PARENTS_MAY_KNOW),
        ),
    ),
    told=(_("Only somebody who is trained for it talks with a child."),),
    when=conditions.is_minor,
    own=_("Safe people around you"),
)

SECTION: Final = Section(
    "now",
    _("The person now"),
    (
        _WHO,
        _WHERE,
        _WHERE_YOU,
        whereabouts.MISSING,
        whereabouts.CUSTODY,
        whereabouts.ACCESS,
        whereabouts.DEATH,
        _DANGER,
        _HEALTH,
        _KNOWLEDGE,
        _FAMILY,
        _ACTING,
        _AUTHORITY,
        _SILENCE,
        _PERSON,
        _YOUNG,
    ),
)
