"""Who is asked what, said in words: on paper nobody leads past a page that is not meant."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from intake.form import conditions
from intake.form.question import Condition
from intake.form.questions import AnyQuestion
from intake.form.steps import Step
from intake.form.text import _

_NOT_MISSING: Final = _("Not if the person is missing.")
_NOT_MISSING_OR_DEAD: Final = _("Not if the person is missing or has died.")
_DEAD: Final = _("Only if the person has died.")
_NOT_DEAD: Final = _("Not if the person has died.")
_SOMEBODY_ELSE: Final = _("Only if you write for somebody else.")
_LISTS: Final = _("Only if you want to go through the lists.")
_MARKED: Final = _("Only if there are marks or pain on the body.")
_NO_CASE: Final = _(
    "Not if the person is missing or has died. Leave it out if you signed a paper that "
    "forbids you to speak about the case."
)
_OUT_OF_THE_FILE: Final = _(
    "Leave it out if you signed a paper that forbids you to speak about the case."
)
_SIGNED: Final = _("Only if you signed a paper that forbids you to speak about the case.")

_SENTENCES: Final[Mapping[Condition, str]] = MappingProxyType(
    {
        conditions.is_reporter_the_person: _("Only if it happened to you."),
        conditions.is_somebody_else: _SOMEBODY_ELSE,
        conditions.acts_for_the_person: _(
            "Only if you act for the person: as a lawyer, with a paper, or through your work."
        ),
        conditions.is_lawyer: _("Only for lawyers and representatives."),
        conditions.has_paper: _("Only if you have such a paper."),
        conditions.is_under_non_disclosure: _SIGNED,
        conditions.may_be_asked_of_the_file: _OUT_OF_THE_FILE,
        conditions.is_recorded: "",
        conditions.in_custody: _("Only if the person is held now."),
        conditions.is_missing: _("Only if the person is missing."),
        conditions.is_deceased: _DEAD,
        conditions.is_alive: _NOT_DEAD,
        conditions.is_found: _NOT_MISSING,
        conditions.is_alive_and_found: _NOT_MISSING_OR_DEAD,
        conditions.is_minor: _(
            "Only if the person is under 18, or was under 18 when it happened."
        ),
        conditions.is_young_reporter: _("Only if you are under 18."),
        conditions.may_consent_for_the_person: _(
            "Only if it happened to you, or if you may decide for the person."
        ),
        conditions.may_not_consent_for_the_person: _(
            "Only if you write for somebody who did not agree to it."
        ),
        conditions.allows_something: _("Only if you ticked something that you allow."),
        conditions.wants_lists: _LISTS,
        conditions.wants_sexual_page: _("Only if you want to say something about it."),
        conditions.has_injuries: _("Only if something was hurt or has changed."),
        conditions.has_case: _("Only if there is a case against the person."),
        conditions.may_be_removed: _(
            "Only if the person may be taken out of the country or far away."
        ),
        conditions.has_intimate_pictures: _(
            "Only if there are private pictures or films of it."
        ),
    }
)

# Conditions that only one page has; empty where the page before says it already.
_OF_PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "knowledge": _SOMEBODY_ELSE,
        "family": _DEAD,
        "story": "",
        "region": _("Only if you named no town."),
        "held": _("Only if you did not write these days before."),
        "persons": _("Only if it happened to more than one person."),
        "methods-blunt": "",
        "methods-asphyxia": "",
        "methods-position": "",
        "methods-wounds": "",
        "methods-environment": "",
        "methods-psych": "",
        "methods-denial": "",
        "methods-other": "",
        "sexual-gate": _NOT_MISSING,
        "mind": _LISTS,
        "body": _MARKED,
        "body-marks": _("Only if you ticked a place on the body."),
        "body-private": _("Only if there is a place that you would rather name here."),
        "law": _NO_CASE,
        "signed": _NO_CASE,
        "ledger": _(
            "Only if something was done already. Leave it out if you signed a paper that "
            "forbids you to speak about the case."
        ),
        "evidence": _(
            "If you signed a paper that forbids you to speak about the case, leave out what "
            "comes from the case file."
        ),
        "evidence-open": _SIGNED,
        "consent-family": _("Only for the family of somebody who is missing or has died."),
        "consent-pictures": _("Only if there are private pictures or films of it."),
    }
)

# Conditions that only one question has; empty where its page or another note says it.
_OF_QUESTIONS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("missing", "relationship"): "",
        ("missing", "reporter_name"): "",
        ("knowledge", "relationship"): "",
        ("knowledge", "reporter_name"): "",
        ("knowledge", "victim_knowledge"): _NOT_MISSING_OR_DEAD,
        ("acting", "reporter_name"): "",
        ("person", "victim_name"): "",
        ("who-did-it", "perpetrators_text"): "",
        ("law", "lawyer_access"): "",
        ("talk", "preferred_handler_gender"): "",
        ("consent-for", "consent_giver"): _SOMEBODY_ELSE,
        ("consent-for", "child_assent"): _("Only for parents and guardians of a child."),
    }
)


def branch_of(step: Step) -> str:
    """For whom a page is, empty for everybody; raises `KeyError` where no sentence says it."""
    if step.slug in _OF_PAGES:
        return _OF_PAGES[step.slug]
    return _SENTENCES[step.when] if step.when else ""


def note_of(step: Step, question: AnyQuestion) -> str:
    """For whom a question of a page is; raises `KeyError` where no sentence says it."""
    place = step.slug, question.name
    if place in _OF_QUESTIONS:
        return _OF_QUESTIONS[place]
    return _SENTENCES[question.when] if question.when else ""
