"""The blank form to print: the questionnaire with what people are told now, as PDF."""

from functools import partial
from typing import Final

from intake.casework import told as tellings
from intake.casework.service import Service
from intake.casework.statements import COMPLAINT, fixed, of_consent
from intake.casework.told import Told
from intake.export import cover, typesetting
from intake.export.blank_form import blank_form as on_paper
from intake.export.numbering import numbers
from intake.export.paper import Paper, Tongue
from intake.export.short_form import short_form as on_a_leaf
from intake.form.text import _
from intake.translations import said_in

UNCHECKED: Final = _("(Not yet checked by a lawyer.)")


def blank_form(service: Service, language: str) -> bytes:
    """The form in `language`, A4; made once as long as nothing that it tells is changed.

    Raises `NotTypesetError` where it cannot be made.
    """
    return typesetting.pdf(paper(service, language))


def short_form(service: Service, language: str) -> bytes:
    """The same of the urgent page alone: one leaf for a visit."""
    tongue = Tongue(language, partial(said_in, language))
    return typesetting.pdf(on_a_leaf(tongue, _told(tellings.in_force(service), tongue)))


def paper(service: Service, language: str) -> Paper:
    """What stands on the form in `language`."""
    tongue = Tongue(language, partial(said_in, language))
    return on_paper(tongue, _told(tellings.in_force(service), tongue))


def number_on_paper(page: str, question: str) -> str:
    """The number that a question of this page has on the printed form; empty without one."""
    return numbers().get((page, question), "")


def _told(told: Told, tongue: Tongue) -> cover.Told:
    language = tongue.code
    numbers = (n for n in told.emergency_numbers if n.checked)
    return cover.Told(
        permission=partial(_permission, told, tongue),
        coalition=told.coalition.said_in(language),
        duty_hours=told.duty_hours.said_in(language),
        emergency_numbers=tuple((n.number, n.label.said_in(language)) for n in numbers),
        addresses=tuple(filter(None, (*told.public_addresses, told.onion_address))),
        unchecked="" if told.is_checked(fixed()["notice.complaint"]) else tongue.say(UNCHECKED),
    )


def _permission(told: Told, tongue: Tongue, code: str) -> str:
    """The words of a permission with their version, which a consent given on paper names."""
    words = told.consent_text(code)
    needs_mark = code == COMPLAINT and not told.is_checked(of_consent(words))
    mark = f" {tongue.say(UNCHECKED)}" if needs_mark else ""
    return f"{words.text(tongue.code)}{mark} ({words.version})"
