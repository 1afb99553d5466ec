"""Help: what is needed, how to answer safely, and what has been done so far."""

from dataclasses import replace
from typing import Final

from intake.form import aftermath, conditions, files, people, repeating
from intake.form.answers import Answers
from intake.form.sections import consents
from intake.form.steps import Group, Section, Step
from intake.form.text import _
from intake.form.vocabularies import vocabulary

_FROM_THE_FILE: Final = frozenset(
    {"erdr", "under_investigation", "requalified", "discontinued", "trial", "conviction"}
)
_ASKED_ELSEWHERE: Final = frozenset({"intimate_photo", "authority_paper"})
_EVIDENCE: Final = tuple(
    code for code in vocabulary("evidence").codes if code not in _ASKED_ELSEWHERE
)
_OPEN_EVIDENCE: Final = tuple(code for code in _EVIDENCE if code not in files.OUT_OF_THE_FILE)


def _wants_ledger(answers: Answers) -> bool:
    may_be_asked = conditions.may_be_asked_of_the_file(answers)
    return conditions.has_taken_steps(answers) and may_be_asked


def _out_of_the_file(answers: Answers) -> frozenset[str]:
    """Where a lawyer must be silent, what was done is asked without what became of it."""
    may_be_asked = conditions.may_be_asked_of_the_file(answers)
    return frozenset() if may_be_asked else _FROM_THE_FILE


def _may_be_asked_of_the_case(answers: Answers) -> bool:
    is_there = conditions.is_alive_and_found(answers)
    return is_there and conditions.may_be_asked_of_the_file(answers)


def _gender_is_open(answers: Answers) -> bool:
    """The page apart asked it of those who opened that page."""
    return not conditions.wants_sexual_page(answers)


_NEEDS = Step(
    "needs",
    _("Help"),
    (Group("", (aftermath.NEED,)),),
    told=(_("We may not be able to do all of it. We say so honestly and name who can."),),
)
_TALK = Step(
    "talk",
    _("Whom and how to talk to"),
    (
        Group(
            "",
            (
                replace(people.PREFERRED_HANDLER_GENDER, when=_gender_is_open),
                people.INTERPRETER_LANGUAGE,
            ),
        ),
    ),
)
_CONTACT = Step(
    "contact",
    _("How to answer you safely"),
    (
        Group(
            _("The way"),
            (
                replace(
                    people.CONTACT_METHOD,
                    hint=_(
                        "If you choose nothing, the answer waits here, behind your code. "
                        "Then nobody calls or writes to you."
                    ),
                ),
                people.CONTACT_VALUE,
            ),
        ),
        Group(
            _("What keeps it safe"),
            (
                replace(
                    people.CONTACT_HOURS,
                    label=_("When is it safe to reach you?"),
                    hint=_("For example: on weekdays after 18:00."),
                ),
                people.PHONE_SEEN_BY,
                people.CONTACT_RULES,
                people.CODE_WORD,
            ),
        ),
        Group("", (people.CONSENT_CONTACT,)),
    ),
)
_PRESSURE = Step(
    "pressure",
    _("Pressure and threats"),
    (Group("", (aftermath.REPRISAL, people.SAFETY_NOTE)),),
)
_LAW = Step(
    "law",
    _("Case and lawyer"),
    (
        Group(
            "",
            (
                aftermath.CASE_STATUS,
                aftermath.ARTICLE_CHARGED,
                replace(
                    aftermath.LAWYER_ACCESS,
                    when=lambda answers: not conditions.in_custody(answers),
                ),
            ),
        ),
    ),
    told=(_("We ask nothing about guilt. Leave out what the person did or did not do."),),
    when=_may_be_asked_of_the_case,
)
_SIGNED = Step(
    "signed",
    _("Papers to sign"),
    (Group("", (aftermath.SIGNED,)),),
    when=_may_be_asked_of_the_case,
)
_STEPS = Step(
    "steps",
    _("What has been done so far?"),
    (
        Group(
            "",
            (
                replace(
                    aftermath.LEGAL_STEP,
                    label=_("Complaints, courts, other bodies"),
                    senseless=_out_of_the_file,
                ),
            ),
        ),
    ),
    told=(_("If nothing was done yet, that is fine too."),),
)
_LEDGER = Step(
    "ledger",
    _("The steps one by one"),
    told=(_("With days and numbers we can watch the time limits. You can leave this out."),),
    repeats=repeating.LEDGER,
    when=_wants_ledger,
)
_DATES = Step(
    "dates",
    _("Days that are coming"),
    (
        Group(
            "",
            (
                replace(aftermath.HEARING_ON, when=conditions.has_case),
                replace(aftermath.HEARING_TIME, when=conditions.has_case),
                aftermath.DEADLINE_ON,
                replace(aftermath.REMOVAL_ON, when=conditions.may_be_removed),
            ),
        ),
    ),
    told=(_("Some things can only be done before a certain day. We put these first."),),
)
_KEEPING: Final = (
    _("Keep clothes unwashed in paper, and photographs where nobody else looks."),
    _("Do not send anything by mail or messenger. You can add pictures and papers here."),
)
_EVIDENCE_PAGE = Step(
    "evidence",
    _("Things worth keeping"),
    (Group("", (replace(aftermath.EVIDENCE, codes=_EVIDENCE),)),),
    told=_KEEPING,
    when=conditions.may_be_asked_of_the_file,
)
_OPEN_EVIDENCE_PAGE = Step(
    "evidence-open",
    _("Things worth keeping"),
    (Group("", (replace(aftermath.EVIDENCE, codes=_OPEN_EVIDENCE),)),),
    told=_KEEPING,
    when=conditions.is_under_non_disclosure,
)
_FILES = Step(
    "files",
    _("Pictures, papers, recordings"),
    told=(
        _("Only if you have something and it is safe for you. Help does not depend on it."),
        _(
            "A file is locked while it arrives. What it says about the device and the place "
            "stays in the original, and only members of the coalition can open it."
        ),
    ),
    repeats=files.FILES,
)
_PROFILE = Step(
    "profile",
    _("What else matters"),
    (Group("", (people.VULNERABILITY, people.OCCUPATION_PROFILE)),),
)
_HOME = Step(
    "home",
    _("Home"),
    (
        Group(
            "",
            (
                people.HOME_REGION,
                replace(people.ADDRESS, when=conditions.is_alive),
                people.NATIONALITY,
            ),
        ),
    ),
)

SECTION: Final = Section(
    "help",
    _("Help and consent"),
    (
        _NEEDS,
        _CONTACT,
        _TALK,
        _PRESSURE,
        _LAW,
        _SIGNED,
        _STEPS,
        _LEDGER,
        _DATES,
        _EVIDENCE_PAGE,
        _OPEN_EVIDENCE_PAGE,
        _FILES,
        _PROFILE,
        _HOME,
        *consents.PAGES,
    ),
)
