"""What was done, and what came of it: lists behind a choice."""

from dataclasses import replace
from typing import Final

from intake.form import aftermath, conditions, findings, gates
from intake.form.answers import Answers
from intake.form.questions import Condition
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
_REGIONS: Final = {
    "head": (
        _("Head, face, neck"),
        ("head", "face", "forehead", "eye", "ear", "nose", "mouth", "neck"),
    ),
    "trunk": (
        _("Chest, belly, back"),
        ("chest", "belly", "side", "groin", "upper_back", "kidney", "lower", "buttocks"),
    ),
    "arms": (_("Arms and hands"), ("shoulder", "upper_arm", "forearm", "wrist", "hand")),
    "legs": (_("Legs and feet"), ("thigh", "knee", "shin", "foot", "calf", "sole")),
}


def _regions(beginnings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        code for code in vocabulary("body_region").codes if code.startswith(beginnings)
    )


def _wants_body(part: str) -> Condition:
    def wants_body(answers: Answers) -> bool:
        return _is_hurt(answers) and part in (answers[gates.BODY_PART] or ())

    return wants_body


def _is_hurt(answers: Answers) -> bool:
    return conditions.wants_lists(answers) and bool(answers[aftermath.INJURY])


def _wants_mind(answers: Answers) -> bool:
    return conditions.wants_lists(answers) and conditions.is_alive_and_found(answers)


def _body_page(part: str, title: str, beginnings: tuple[str, ...]) -> Step:
    return Step(
        f"body-{part}",
        title,
        (
            Group(
                "",
                (replace(aftermath.BODY_REGION, codes=_regions(beginnings)),),
                _("Right and left as the person sees it."),
            ),
        ),
        when=_wants_body(part),
    )


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
    (Group("", (gates.BODY_PART,)),),
    when=_is_hurt,
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
        _INJURIES_PAGE,
        _MIND_PAGE,
        _BODY_PAGE,
        *(_body_page(part, *told) for part, told in _REGIONS.items()),
        _STILL,
        _MEDICAL,
    ),
)
