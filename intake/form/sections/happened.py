"""What happened: own words first, then where, when and who."""

from dataclasses import replace
from typing import Final

from intake.form import conditions, events, people, repeating, towns
from intake.form.answers import Answers
from intake.form.places import locality_in, unit_in
from intake.form.steps import Group, Section, Step
from intake.form.text import _


def _is_grown(answers: Answers) -> bool:
    return not conditions.is_young_reporter(answers)


def _needs_region(answers: Answers) -> bool:
    """No town was chosen, and the words name none."""
    if _chosen_town(answers):
        return False
    of_event = (answers[towns.TOWN_SAID] or "", answers[events.PLACE_NAME] or "")
    of_search = answers[events.CUSTODY_PLACE] or ""
    words = of_search if conditions.is_missing(answers) else " ".join(of_event)
    return not (locality_in(words) or unit_in(words))


def _chosen_town(answers: Answers) -> str | None:
    offered = {term.code for term in towns.TOWN.offered(answers)}
    town = answers[towns.TOWN]
    return town if town in offered else None


def _was_held(answers: Answers) -> bool:
    """Pages on custody and search did not ask for the days yet."""
    return not (conditions.in_custody(answers) or conditions.is_missing(answers))


_STORY = Step(
    "story",
    _("What happened?"),
    (Group("", (events.NARRATIVE, people.TRAINED_ONLY)),),
    told=(
        _("Write as you would tell it to somebody you trust. There is no right order."),
        _("You do not have to write about everything. You can add more on another day."),
    ),
    when=_is_grown,
)
_STORY_YOUNG = Step(
    "story-young",
    _("What happened?"),
    (
        Group(
            "",
            (
                replace(
                    events.NARRATIVE,
                    label=_("Tell us in your own words"),
                    hint=_("Short is fine. Mistakes do not matter."),
                ),
                people.TRAINED_ONLY,
            ),
        ),
    ),
    told=(
        _("You did nothing wrong by writing here. It is not your fault."),
        _("If something is hard to write, leave it out."),
    ),
    when=conditions.is_young_reporter,
)
_PLACE = Step(
    "place",
    _("Where did it happen?"),
    (Group("", (events.PLACE_NAME, towns.TOWN_SAID, towns.TOWN)),),
    when=conditions.is_found,
)
_REGION = Step(
    "region",
    _("In which region?"),
    (Group("", (events.REGION_OF_EVENT,)),),
    when=_needs_region,
)
_PLACE_KIND = Step(
    "place-kind",
    _("What kind of place was it?"),
    (Group("", (events.PLACE_TYPE, events.PLACE_DETAIL)),),
    when=conditions.is_found,
)
_WHEN = Step(
    "when",
    _("When did it happen?"),
    (
        Group(
            "",
            (
                events.ACT_DATE_FROM,
                events.ACT_DATE_TO,
                events.ACT_TIME_TO,
                replace(events.CONTINUES, when=conditions.is_alive_and_found),
            ),
        ),
    ),
    told=(_("If it was on one day, write that day once."),),
    when=conditions.is_found,
)
_HELD = Step(
    "held",
    _("Taken and let go"),
    (
        Group(
            "",
            (
                events.DETAINED_ON,
                events.DETAINED_TIME,
                replace(events.REGISTERED_ON, when=conditions.may_be_asked_of_the_file),
                replace(events.RELEASED_ON, when=conditions.is_alive_and_found),
            ),
            _("Leave this empty if nobody was taken away."),
        ),
    ),
    when=_was_held,
)
_AROUND = Step(
    "around",
    _("What was going on around it?"),
    (Group("", (events.PHASE, events.EVENT_CONTEXT)),),
)
_OCCASIONS = Step(
    "occasions",
    _("Did it happen at other times too?"),
    told=(_("If it happened several times, you can add each time. You do not have to."),),
    repeats=repeating.OCCASIONS,
    when=conditions.is_found,
)
_WHO_DID_IT = Step(
    "who-did-it",
    _("Who did it?"),
    (
        Group(
            "",
            (
                replace(
                    events.PERPETRATORS_TEXT,
                    label=_("What do you know about them?"),
                    when=lambda answers: not conditions.is_missing(answers),
                ),
                events.AGENCY,
                events.PERPETRATOR_IN_POST,
            ),
        ),
    ),
)
_OFFICERS = Step(
    "officers",
    _("Do you remember any of them?"),
    told=(_("You can add each one by one. A face or a voice is enough, without a name."),),
    repeats=repeating.OFFICERS,
)
_WHY = Step(
    "why",
    _("Why did they do it?"),
    (Group("", (events.PURPOSE, events.WORDS_SAID)),),
    told=(_("Whatever they said: nothing is a reason to hurt somebody."),),
    when=conditions.is_found,
)
_OTHERS = Step(
    "others",
    _("Did it happen to other people too?"),
    (Group("", (people.VICTIMS_COUNT,)),),
)
_PERSONS = Step(
    "persons",
    _("Do you want to tell us about them?"),
    told=(_("Add each one by one, or nobody. Initials are enough."),),
    repeats=repeating.PERSONS,
    when=lambda answers: answers[people.VICTIMS_COUNT] != 1,
)
_WITNESSES = Step(
    "witnesses",
    _("Did somebody see or hear it?"),
    (Group("", (events.WITNESSES, events.CCTV_PLACE)),),
)

SECTION: Final = Section(
    "happened",
    _("What happened"),
    (
        _STORY,
        _STORY_YOUNG,
        _WHEN,
        _PLACE,
        _REGION,
        _PLACE_KIND,
        _HELD,
        _AROUND,
        _OCCASIONS,
        _WHO_DID_IT,
        _OFFICERS,
        _WHY,
        _OTHERS,
        _PERSONS,
        _WITNESSES,
    ),
)
