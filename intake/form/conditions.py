# ruff: noqa: D103 - most are called like what they say
"""What the answers so far say, read for the branches of the form.

A condition never looks at the answers of the page that it opens.
"""

from typing import Final

from intake.form import acting, aftermath, consenting, events, gates, people, recording
from intake.form.answers import Answers
from intake.form.questions import Choices, Condition
from intake.form.vocabularies import vocabulary

_HELD: Final = vocabulary("victim_status").codes_with("custody") - {"missing"}
_MINOR_BANDS: Final = vocabulary("age_band").codes_with("minor")
_ADULT: Final = 18
_PROFESSIONAL: Final = frozenset(
    {"lawyer", "representative", "npm", "ngo_monitor", "health_worker", "journalist"}
)
_FAMILY: Final = frozenset({"relative", "guardian"})
_NO_PAPER: Final = frozenset({"none", "to_follow"})
_NO_CASE: Final = frozenset({"none", "dropped", "acquitted"})
_BEFORE_COMPLAINT: Final = frozenset({"none", "unknown"})


def is_reporter_the_person(answers: Answers) -> bool:
    """The one it happened to writes."""
    return answers[people.REPORTER_ROLE] == "victim"


def is_somebody_else(answers: Answers) -> bool:
    """Another than the person writes, or nobody said who writes."""
    return not is_reporter_the_person(answers)


def acts_for_the_person(answers: Answers) -> bool:
    """Somebody writes by profession or with a paper."""
    return answers[people.REPORTER_ROLE] in _PROFESSIONAL


def is_lawyer(answers: Answers) -> bool:
    return answers[people.REPORTER_ROLE] in {"lawyer", "representative"}


def has_paper(answers: Answers) -> bool:
    """A lawyer holds a paper by which she acts for the person."""
    papers = frozenset(answers[acting.AUTHORITY_DOC] or ())
    return is_lawyer(answers) and bool(papers - _NO_PAPER)


def is_recorded(answers: Answers) -> bool:
    """One of the coalition takes down what somebody tells, or types in a paper form."""
    return answers[recording.CHANNEL] is not None


def is_under_non_disclosure(answers: Answers) -> bool:
    """A lawyer may not speak about the case file (E26)."""
    return is_lawyer(answers) and answers[gates.UNDER_NON_DISCLOSURE] == "yes"


def may_be_asked_of_the_file(answers: Answers) -> bool:
    """Nobody said that a lawyer must be silent about the case file (E26)."""
    return not is_under_non_disclosure(answers)


def in_custody(answers: Answers) -> bool:
    """The person is held now, in a place that somebody knows or not."""
    return answers[events.VICTIM_STATUS] in _HELD


def is_missing(answers: Answers) -> bool:
    return is_somebody_else(answers) and answers[events.VICTIM_STATUS] == "missing"


def is_deceased(answers: Answers) -> bool:
    return is_somebody_else(answers) and answers[events.VICTIM_STATUS] == "deceased"


def is_alive(answers: Answers) -> bool:
    """Nobody said that the person has died."""
    return not is_deceased(answers)


def is_found(answers: Answers) -> bool:
    """Somebody can know what was done: the person is not missing."""
    return not is_missing(answers)


def is_alive_and_found(answers: Answers) -> bool:
    """Nobody said that the person is missing or has died."""
    return not is_missing(answers) and not is_deceased(answers)


def is_minor(answers: Answers) -> bool:
    """Somebody said that the person is under 18, or was when it happened."""
    return (
        _is_under_age(answers)
        or answers[people.AGE_BAND_THEN] in _MINOR_BANDS
        or answers[people.REPORTER_ROLE] == "guardian"
    )


def is_young_reporter(answers: Answers) -> bool:
    """A child writes."""
    age = answers[people.VICTIM_AGE]
    was_child = age is None and answers[people.AGE_BAND_THEN] in _MINOR_BANDS
    return is_reporter_the_person(answers) and (_is_under_age(answers) or was_child)


def _is_under_age(answers: Answers) -> bool:
    age = answers[people.VICTIM_AGE]
    signs = answers[aftermath.URGENT_SIGNS] or ()
    return (age is not None and age < _ADULT) or "under_18" in signs


def may_consent_for_the_person(answers: Answers) -> bool:
    """Whether what the reporter ticks can count as the person's own permission (IP-182)."""
    if is_reporter_the_person(answers) or answers[people.REPORTER_ROLE] == "guardian":
        return True
    if not is_alive_and_found(answers):
        return answers[people.REPORTER_ROLE] in _FAMILY
    knows = answers[people.VICTIM_KNOWLEDGE]
    return knows in {"agreed", "is_reporter"} or (knows == "cannot_ask" and has_paper(answers))


def may_not_consent_for_the_person(answers: Answers) -> bool:
    return not may_consent_for_the_person(answers)


def allows_something(answers: Answers) -> bool:
    """A permission was ticked, so it matters who gave it."""
    return may_consent_for_the_person(answers) and bool(answers[people.CONSENT])


def consent_giver(answers: Answers) -> str:
    """Who gives the permissions that were ticked: a code of `consent_giver`.

    A child's representative counts once the child agreed too (IP-286). Where nobody said it, a
    relayed permission counts as nobody's until a coordinator has asked.
    """
    if is_reporter_the_person(answers) or answers[people.VICTIM_KNOWLEDGE] == "is_reporter":
        return "victim"
    if answers[people.REPORTER_ROLE] == "guardian" and is_alive_and_found(answers):
        return "guardian_assent" if answers[consenting.CHILD_ASSENT] == "yes" else "none"
    if not is_alive_and_found(answers) and answers[people.REPORTER_ROLE] in _FAMILY:
        return "family_deceased_missing"
    return answers[consenting.CONSENT_GIVER] or "none"


def wants_lists(answers: Answers) -> bool:
    return is_found(answers) and answers[gates.IN_DETAIL] == "yes"


def wants_sexual_page(answers: Answers) -> bool:
    """Something sexual was done, and the person wants to say more (E11)."""
    return is_found(answers) and answers[gates.SEXUAL_CHOICE] == "tell"


def chose(question: Choices, code: str) -> Condition:
    """The condition that this code was ticked."""
    return lambda answers: code in (answers[question] or ())


def has_injuries(answers: Answers) -> bool:
    told = frozenset(answers[aftermath.INJURY] or ())
    return not is_deceased(answers) and bool(told - {"none_visible", "unknown"})


def has_case(answers: Answers) -> bool:
    """A court may still decide about the person, as far as anybody said."""
    return is_alive_and_found(answers) and answers[aftermath.CASE_STATUS] not in _NO_CASE


def has_taken_steps(answers: Answers) -> bool:
    steps = frozenset(answers[aftermath.LEGAL_STEP] or ())
    return bool(steps - _BEFORE_COMPLAINT)


def may_be_removed(answers: Answers) -> bool:
    """The person may be sent away: held, or somebody said that it is near."""
    signs = answers[aftermath.URGENT_SIGNS] or ()
    return in_custody(answers) or "removal_soon" in signs


def has_intimate_pictures(answers: Answers) -> bool:
    told = answers[aftermath.EVIDENCE] or ()
    return wants_sexual_page(answers) and "intimate_photo" in told
