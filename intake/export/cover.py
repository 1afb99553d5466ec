"""The first page: who gives the form out, how to fill it in and hand it in, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from intake.export.on_paper import HANDED_IN
from intake.export.paper import Part, Tongue
from intake.form.sections.consents import ABOUT_COMPLAINTS
from intake.form.steps import Step
from intake.form.text import _

_WHO: Final = _(
    "This form comes from human rights organisations in Kazakhstan. We help people who were "
    "tortured or treated cruelly, and their families. We do not belong to the State."
)
_STORE: Final = "store"
_NOW: Final = _(
    "Do not fill in all of this first. Tell whoever gave you the form, now. A name, a place "
    "and a few words are enough."
)
_CALL: Final = _("If a life is in danger this minute, call first:")
_NO_NUMBER: Final = _("Call the emergency number that you know. Do not wait for us.")
_OWN_WORDS: Final = _(
    "Leave out what you want. You can stop after any question. Your own words are enough: "
    "“%(story)s” under %(number)s."
)
_HOW: Final = (
    _("A round box: tick one of them. A square box: tick as many as fit."),
    _("Not enough room? Use another sheet and write the number of the question on it."),
    _("A first name or initials are enough, also for others. You can leave out every name."),
    _("Who cannot write can tell it to somebody else, who writes it down and reads it out."),
)
_SAFE: Final = (
    _(
        "Whoever finds this paper can read it. Keep it where nobody looks, or fill it in "
        "with us."
    ),
    _("Write no phone number, code or name that could harm somebody if it is found."),
)
_HAND_IN: Final = (
    _(
        "Give it into the hand of who gave it to you, or of a lawyer or a member of our "
        "organisations whom you trust."
    ),
    _(
        "Where you are held: do not send it by the post of that place, and do not give it to "
        "the staff. Give it to your lawyer, or tell it when somebody of us visits you."
    ),
    _("Do not take a picture of it and do not send it by mail or messenger."),
)
_NEXT: Final = (
    _("One of us types what you wrote into our locked system. A coordinator reads it there."),
    _("What shows danger to life or health is read first."),
    _(
        "You get a code of 24 digits, on a piece of paper of its own, from hand to hand. It "
        "has no place on this form. With it you read our answer on our site and write more."
    ),
    _("We answer there, or in the way that you choose."),
)
_LIMITS: Final = (
    _("We are not the police and not an ambulance. We cannot come at once."),
    _(
        "We cannot promise that somebody is let go, that somebody is punished, or that you are "
        "protected."
    ),
    _(
        "What you write here is not an official complaint. We make one only with you, and only "
        "if you want it."
    ),
)
_CAN: Final = _(
    "We can look for a lawyer, a doctor or a psychologist with you, help you to complain, and "
    "follow what becomes of it. You decide what is done."
)
_HOURS: Final = _("When we read urgent reports: %(hours)s")
_AFTER_HOURS: Final = _("At other times nobody reads until these hours begin again.")
_NO_HOURS: Final = _(
    "We have no fixed hours on duty. It may take until the next working day before somebody "
    "reads it."
)
_SITE: Final = _("Our site: %(addresses)s")


@dataclass(frozen=True)
class Told:
    """What is told beside the questions, in the language of the form; each may be empty.

    `emergency_numbers` are pairs of a number and whose it is, `unchecked` stands beside words
    about the law that no lawyer has checked, and `permission` tells the words of a consent by
    its code.
    """

    permission: Callable[[str], str]
    coalition: str = ""
    duty_hours: str = ""
    emergency_numbers: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    unchecked: str = ""

    def mark_of(self, step: Step) -> str:
        """The mark beside the notice that stands before an official complaint."""
        return self.unchecked if step.told == ABOUT_COMPLAINTS else ""


def cover(tongue: Tongue, told: Told, story: tuple[str, str]) -> tuple[Part, ...]:
    """The parts of the first page; `story` is the title and the number of the own words."""
    say, every = tongue.say, tongue.all
    kept = (say(HANDED_IN), told.permission(_STORE))
    return (
        Part("", (told.coalition or say(_WHO), say(_CAN))),
        _now(tongue, told),
        Part(say(_("How to fill it in")), points=_how(tongue, story)),
        Part(say(_("Keep yourself safe")), points=every(_SAFE)),
        Part(say(_("How to hand it in")), kept, every(_HAND_IN)),
        Part(say(_("What happens next")), _hours(tongue, told), every(_NEXT)),
        Part(say(_("What we cannot do")), points=every(_LIMITS)),
    )


def short_cover(tongue: Tongue, told: Told) -> tuple[Part, ...]:
    """What must stand on a form of one leaf: who asks, and what handing it in means."""
    say, every = tongue.say, tongue.all
    kept = (say(HANDED_IN), told.permission(_STORE))
    points = (*every(_HOW[2:3]), *every(_SAFE), *every(_HAND_IN), *every(_LIMITS[:1]))
    return (Part("", (told.coalition or say(_WHO), *kept), points),)


def _now(tongue: Tongue, told: Told) -> Part:
    """What comes before filling anything in, with numbers where somebody tried them."""
    title = tongue.say(_("Somebody is held, missing or in danger now?"))
    call = tongue.say(_CALL if told.emergency_numbers else _NO_NUMBER)
    numbers = tuple(f"{number} {whose}" for number, whose in told.emergency_numbers)
    return Part(title, (tongue.say(_NOW), call), numbers, is_framed=True)


def _how(tongue: Tongue, story: tuple[str, str]) -> tuple[str, ...]:
    title, number = story
    own_words = tongue.say(_OWN_WORDS, story=title, number=number)
    return own_words, *tongue.all(_HOW)


def _hours(tongue: Tongue, told: Told) -> tuple[str, ...]:
    said = [tongue.say(_NO_HOURS)]
    if told.duty_hours:
        said = [tongue.say(_HOURS, hours=told.duty_hours), tongue.say(_AFTER_HOURS)]
    if told.addresses:
        said.append(tongue.say(_SITE, addresses=", ".join(told.addresses)))
    return tuple(said)
