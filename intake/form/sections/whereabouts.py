"""Pages for somebody who is missing, held or dead."""

from dataclasses import replace
from typing import Final

from intake.form import aftermath, conditions, events, findings, people
from intake.form.steps import Group, Step
from intake.form.text import _

MISSING: Final = Step(
    "missing",
    _("Looking for the person"),
    (
        Group(
            _("What a search needs first"),
            (
                replace(
                    people.VICTIM_NAME,
                    label=_("The full name of the person"),
                    hint=_("All names and the surname, as in the passport if you know it."),
                ),
                replace(
                    events.DETAINED_ON,
                    label=_("On which day was the person last seen or taken?"),
                    hint=_("The day, the month and the year, as far as you know them."),
                ),
                replace(
                    events.CUSTODY_PLACE,
                    label=_("Where was the person last seen or taken?"),
                    hint=_("Town, street, house: write what you know."),
                ),
                replace(
                    events.PERPETRATORS_TEXT,
                    label=_("Who took the person, as far as you know?"),
                    hint=_("Police, others, a car, clothes. Write also if nobody knows."),
                ),
                events.SEARCH_STEPS,
                replace(
                    people.REPORTER_NAME,
                    hint=_("A search in our name needs to say who asked. We ask you first."),
                    when=conditions.is_somebody_else,
                ),
            ),
        ),
        Group(
            _("Two more things"),
            (
                replace(
                    people.RELATIONSHIP,
                    when=lambda answers: not conditions.acts_for_the_person(answers),
                ),
                events.CUSTODY_ACKNOWLEDGED,
            ),
        ),
    ),
    told=(_("These are the things with which every search begins. Write what you know."),),
    when=conditions.is_missing,
)
CUSTODY: Final = Step(
    "custody",
    _("The place and the time"),
    (
        Group(
            "",
            (
                events.CUSTODY_PLACE,
                events.CUSTODY_ACKNOWLEDGED,
                events.DETAINED_ON,
                events.DETAINED_TIME,
                replace(events.REGISTERED_ON, when=conditions.may_be_asked_of_the_file),
            ),
        ),
    ),
    told=(
        _(
            "Where somebody is held, phone, letters and visits are often watched. We send "
            "nothing to a phone that was taken away, and we do not write the person's name."
        ),
    ),
    when=conditions.in_custody,
)
ACCESS: Final = Step(
    "access",
    _("Lawyer, family, doctor"),
    (
        Group(
            "",
            (
                aftermath.LAWYER_ACCESS,
                aftermath.FAMILY_ACCESS,
                replace(
                    aftermath.MEDICAL_EXAM,
                    label=_("Was a doctor asked for?"),
                    own=_("Was a doctor asked for?"),
                    codes=("requested_refused", "custody_medic", "ambulance"),
                ),
            ),
        ),
    ),
    when=conditions.in_custody,
)
DEATH: Final = Step(
    "death",
    _("The death of the person"),
    (
        Group(
            "",
            (
                aftermath.DIED_ON,
                aftermath.DIED_IN_CUSTODY,
                aftermath.BURIAL_OR_AUTOPSY_PENDING,
                replace(
                    aftermath.MEDICAL_EXAM,
                    label=_("Was the body examined?"),
                    own="",
                    codes=("autopsy_official", "autopsy_none"),
                ),
                findings.DEATH_PAPERS,
            ),
        ),
    ),
    told=(_("We are with you in this loss. Answer only what you can."),),
    when=conditions.is_deceased,
)
