"""What was done, and what came of it: lists behind a choice."""

from dataclasses import replace
from typing import Final

from intake.form import aftermath, body, conditions, findings, gates
from intake.form.answers import Answers
from intake.form.sections import methods
from intake.form.steps import Group, Section, Step
from intake.form.text import _
from intake.form.vocabularies import vocabulary

_INJURIES: Final = vocabulary("injury").terms
_DANGEROUS: Final = tuple(
    term.code for term in _INJURIES if term.has("red_flag") and not term.has("sensitive")
)
_MIND: Final = tuple(
    term.code
    for term in _INJURIES
    if term.attributes.get("group") == "psych" and term.code not in _DANGEROUS
)
_BODY: Final = tuple(
    term.code
    for term in _INJURIES
    if term.code not in {*_DANGEROUS, *_MIND, "unknown"} and not term.has("sensitive")
)
_EXAMS: Final = tuple(
    code for code in vocabulary("medical_exam").codes if not code.startswith("autopsy")
)
_PLACES: Final = tuple(t for t in vocabulary("body_region").terms if "side" in t.attributes)
_PRIVATE: Final = tuple(place.code for place in _PLACES if place.has("sensitive"))
_OPEN: Final = tuple(place.code for place in _PLACES if not place.has("sensitive"))
_APART: Final = "private"


def _is_hurt(answers: Answers) -> bool:
    return conditions.wants_lists(answers) and bool(answers[aftermath.INJURY])


def _wants_mind(answers: Answers) -> bool:
    return conditions.wants_lists(answers) and conditions.is_alive_and_found(answers)


def _was_asked_by_part(answers: Answers) -> bool:
    """The form asked in parts once; what was told then can still be changed."""
    return bool(answers[gates.BODY_PART])


def _chose_places(answers: Answers) -> bool:
    chosen = frozenset(answers[aftermath.BODY_REGION] or ())
    return _is_hurt(answers) and not chosen.isdisjoint(_OPEN)


def _chose_to_tell_apart(answers: Answers) -> bool:
    return _is_hurt(answers) and _APART in (answers[aftermath.BODY_REGION] or ())


_LISTS = Step(
    "lists",
    _("Lists, if you want them"),
    (Group("", (gates.IN_DETAIL,)),),
    warning=_("The lists name ways in which people are hurt. You can leave them out."),
    when=conditions.is_found,
)
_METHODS = Step(
    "methods",
    _("What was done?"),
    (Group("", (gates.METHOD_GROUP,)),),
    when=conditions.wants_lists,
)
_INJURIES_PAGE = Step(
    "injuries",
    _("What did it do to the body?"),
    (
        Group("", (replace(aftermath.INJURY, codes=_BODY),)),
        Group("", (aftermath.INJURY_WORDS,)),
    ),
    when=conditions.wants_lists,
)
_MIND_PAGE = Step(
    "mind",
    _("Sleep, fear, mood"),
    (
        Group(
            "",
            (
                replace(
                    aftermath.INJURY,
                    label=_("Has any of this come since then?"),
                    hint=_("Many people feel this after what happened. It can get better."),
                    codes=_MIND,
                ),
            ),
        ),
    ),
    when=_wants_mind,
)
_BODY_PAGE = Step(
    "body",
    _("Where on the body?"),
    (
        Group(
            "",
            (
                replace(
                    aftermath.BODY_REGION,
                    hint=_(
                        "Tick places in the list, or press them on the pictures under it. "
                        "Right and left are as the person sees them."
                    ),
                    codes=(*_OPEN, _APART),
                ),
            ),
        ),
        Group("", (replace(gates.BODY_PART, when=_was_asked_by_part),)),
    ),
    when=_is_hurt,
)
_MARKS_PAGE = Step(
    "body-marks",
    _("Place by place"),
    (
        Group(
            "",
            (
                replace(
                    aftermath.BODY_MARK,
                    hint=_("Tick what fits. You can leave a place empty."),
                    codes=body.codes_of(_OPEN),
                    among=aftermath.BODY_REGION,
                ),
            ),
        ),
    ),
    when=_chose_places,
)
_PRIVATE_PAGE = Step(
    "body-private",
    _("One more question about the body"),
    (
        Group("", (replace(aftermath.BODY_REGION, codes=_PRIVATE),)),
        Group("", (replace(aftermath.BODY_MARK, codes=body.codes_of(_PRIVATE)),)),
    ),
    told=(
        _("Only a specially trained person reads this page. It appears in no list or letter."),
    ),
    warning=_("This page is about private parts of the body. You can leave it empty."),
    when=_chose_to_tell_apart,
)
_STILL = Step(
    "still",
    _("And now?"),
    (Group("", (aftermath.STILL_PRESENT, findings.INJURY_STILL)),),
    when=conditions.has_injuries,
)
_MEDICAL = Step(
    "medical",
    _("Doctors so far"),
    (
        Group("", (replace(aftermath.MEDICAL_EXAM, codes=_EXAMS),)),
        Group(
            _("If there was one"),
            (
                findings.DOCTOR,
                findings.SEEN_ON,
                replace(aftermath.MEDICAL_WORDS, label=_("What was found, and what was done?")),
            ),
        ),
    ),
    when=conditions.is_found,
)

SECTION: Final = Section(
    "done",
    _("What was done"),
    (
        _LISTS,
        _METHODS,
        *methods.PAGES,
        methods.GATE,
        methods.GATE_OF_FAMILY,
        methods.SEXUAL,
        methods.SEXUAL_FILES,
        _INJURIES_PAGE,
        _MIND_PAGE,
        _BODY_PAGE,
        _MARKS_PAGE,
        _PRIVATE_PAGE,
        _STILL,
        _MEDICAL,
    ),
)
