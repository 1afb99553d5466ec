"""The urgent page: five groups of questions for somebody held, missing or in danger now."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from intake.form import aftermath, events, people
from intake.form.answers import Answers
from intake.form.questions import Choice
from intake.form.steps import Group, Step
from intake.form.text import _

VICTIM_STATUS = replace(
    events.VICTIM_STATUS,
    codes=(
        "police_custody",
        "admin_arrest",
        "sizo",
        "knb_custody",
        "hospital_guarded",
        "military_unit",
        "colony",
        "closed_care",
        "missing",
        "free",
        "unknown",
    ),
)
NARRATIVE = replace(
    events.NARRATIVE, label=_("What is happening, in your own words"), max_length=20_000
)
AGENCY = Choice(
    events.AGENCY.name,
    _("Which service are they from?"),
    vocabulary=events.AGENCY.vocabulary,
    compartment=events.AGENCY.compartment,
    listed=True,
)
PERPETRATORS_TEXT = replace(events.PERPETRATORS_TEXT, label=_("Who are they?"))
CONTACT_METHOD = Choice(
    people.CONTACT_METHOD.name,
    _("How may we answer you?"),
    vocabulary=people.CONTACT_METHOD.vocabulary,
    codes=(
        "mailbox",
        "phone",
        "signal",
        "messenger_other",
        "email",
        "via_relative",
        "via_lawyer",
        "none",
    ),
    hint=_("If you choose nothing, the answer waits here, behind your code."),
    compartment=people.CONTACT_METHOD.compartment,
    listed=True,
)

STEP: Final = Step(
    "urgent",
    _("Somebody is in danger now"),
    (
        Group(
            _("Where is the person?"),
            (
                people.VICTIM_NAME,
                VICTIM_STATUS,
                events.CUSTODY_PLACE,
                events.DETAINED_ON,
                events.DETAINED_TIME,
            ),
        ),
        Group(_("What is happening?"), (NARRATIVE,)),
        Group(_("Who holds the person?"), (AGENCY, PERPETRATORS_TEXT)),
        Group(_("Danger now"), (aftermath.URGENT_SIGNS,)),
        Group(
            _("How to answer you safely"),
            (
                CONTACT_METHOD,
                people.CONTACT_VALUE,
                people.CONTACT_HOURS,
                people.CONSENT_CONTACT,
            ),
        ),
    ),
)

SAY_SOMETHING: Final = _(
    "Write a few words about what is happening, or choose where the person is now."
)
HOW_TO_REACH: Final = _(
    "Write the number, name or address for the way you chose, or choose to get the answer here."
)
_WITHOUT_VALUE: Final = frozenset({"mailbox", "none", ""})


def problems(answers: Answers) -> Mapping[str, str]:
    """What keeps the page from being sent: a sentence for each question's name."""
    found = {}
    if not _says_something(answers):
        found[NARRATIVE.name] = SAY_SOMETHING
    if _wants_value(answers):
        found[people.CONTACT_VALUE.name] = HOW_TO_REACH
    return found


def missing(answers: Answers) -> tuple[str, ...]:
    """The names of the questions that need an answer before the page can be sent."""
    return tuple(problems(answers))


def _says_something(answers: Answers) -> bool:
    words = answers[NARRATIVE] or ""
    return bool(words.strip() or answers[VICTIM_STATUS] or answers[aftermath.URGENT_SIGNS])


def _wants_value(answers: Answers) -> bool:
    method = answers[CONTACT_METHOD] or ""
    value = answers[people.CONTACT_VALUE] or ""
    return method not in _WITHOUT_VALUE and not value.strip()
