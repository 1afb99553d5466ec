"""The parts of the settings that are a few fields each: what they ask, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import format_date, gettext

from intake.casework.told import Told
from intake.form.text import _
from intake.settings import Texts
from intake.web import settings_forms
from intake.web.proving import ProofForm
from intake.web.settings_shared import (
    day_typed,
    one_line,
    role_words,
    texts_shown,
    typed_check,
    typed_texts,
)
from intake.web.staff_forms import RevisedForm

NOT_AWAY: Final = _(
    "Write an address that begins with https:// and leads to another site, for example "
    "https://www.wikipedia.org/. It must not be one of our own."
)
NOT_OURS: Final = _(
    "Each address begins with https:// and names a host that this server answers to, with no "
    "page behind it. It answers to: %(hosts)s."
)
NOT_ONION: Final = _(
    "Write an address that begins with http:// and ends in .onion, and that this server "
    "answers to. It answers to: %(hosts)s."
)
NOT_READ: Final = _("This cannot be used. Write it on one line, without special signs.")
Words = list[tuple[str, str]]


class ProvedAddressesForm(settings_forms.AddressesForm, ProofForm):
    """The true addresses, and fresh proof."""


class ProvedExitForm(settings_forms.ExitForm, ProofForm):
    """Where “Leave this page” leads, and fresh proof."""


@dataclass(frozen=True)
class PartPage:
    """A page of the settings: what it is for, its form, and how that is filled and read."""

    part: str
    title: str
    explains: tuple[str, ...]
    form: type[RevisedForm]
    shown: Callable[[Told], Mapping[str, Any]]
    typed: Callable[[Any], Mapping[str, Any]]
    words: Callable[[Told], Words]
    wrong: Mapping[str, tuple[str, str]]
    """By the name of a setting: the field to speak beside, and what it says."""


def words_of_texts(texts: Texts) -> Words:
    """The texts with their languages; nothing where nothing is told."""
    if not texts:
        return []
    return [
        (gettext(label), texts.said_in(code)) for code, label in settings_forms.IN_LANGUAGES
    ]


def words_of_check(day: Any, role: str) -> Words:  # noqa: ANN401 - a day or None
    """Who checked something and when."""
    if day is None:
        return [(gettext("Checked"), gettext("Nobody yet"))]
    said = ", ".join(part for part in (role_words(role), format_date(day, "long")) if part)
    return [(gettext("Checked"), said)]


def _duty_words(told: Told) -> Words:
    if not told.duty_hours:
        return []
    check = words_of_check(told.duty_hours_checked_on, told.duty_hours_checked_by)
    return [*words_of_texts(told.duty_hours), *check]


def _duty_shown(told: Told) -> Mapping[str, Any]:
    return {
        **texts_shown(told.duty_hours),
        "role": told.duty_hours_checked_by,
        "on": day_typed(told.duty_hours_checked_on),
    }


def _duty_typed(form: settings_forms.DutyForm) -> Mapping[str, Any]:
    check = typed_check(form.role, form.on)
    return {
        "duty_hours": typed_texts(form),
        "duty_hours_checked_on": check.get("checked_on"),
        "duty_hours_checked_by": check.get("checked_by"),
    }


def _addresses_words(told: Told) -> Words:
    public = [(gettext("Public address"), one) for one in told.public_addresses]
    onion = [(gettext("Onion address"), told.onion_address)] if told.onion_address else []
    return [*public, *onion]


def _addresses_typed(form: settings_forms.AddressesForm) -> Mapping[str, Any]:
    lines = [one_line(line) for line in (form.public.data or "").splitlines()]
    return {
        "public_addresses": [line for line in lines if line] or None,
        "onion_address": one_line(form.onion.data) or None,
    }


PAGES: Final = (
    PartPage(
        "duty",
        _("Duty hours"),
        (
            _("When somebody reads urgent reports, in words. People read it before they send."),
            _(
                "Compare it with the rota, and say who did that and when. Do it again every "
                "half year."
            ),
        ),
        settings_forms.DutyForm,
        _duty_shown,
        _duty_typed,
        _duty_words,
        {"duty_hours": ("kk", NOT_READ)},
    ),
    PartPage(
        "coalition",
        _("About the coalition"),
        (_("Who runs this and whom you help. It stands first on the start page."),),
        settings_forms.CoalitionForm,
        lambda told: texts_shown(told.coalition),
        lambda form: {"coalition": typed_texts(form)},
        lambda told: words_of_texts(told.coalition),
        {"coalition": ("kk", NOT_READ)},
    ),
    PartPage(
        "printed",
        _("Where the address is printed"),
        (
            _("Where people can compare our address: a leaflet, a card, a newspaper."),
            _("It stands on the page that helps to know the real site from a false one."),
        ),
        settings_forms.PrintedForm,
        lambda told: texts_shown(told.printed_where),
        lambda form: {"printed_where": typed_texts(form)},
        lambda told: words_of_texts(told.printed_where),
        {"printed_where": ("kk", NOT_READ)},
    ),
    PartPage(
        "addresses",
        _("Our addresses"),
        (_("People compare these with the address in their browser, letter by letter."),),
        ProvedAddressesForm,
        lambda told: {"public": "\n".join(told.public_addresses), "onion": told.onion_address},
        _addresses_typed,
        _addresses_words,
        {"public_addresses": ("public", NOT_OURS), "onion_address": ("onion", NOT_ONION)},
    ),
    PartPage(
        "exit",
        _("Leave this page"),
        (
            _(
                "Where “Leave this page” leads. Choose a large site that everybody opens, such "
                "as weather or an encyclopaedia, and nothing about rights or police."
            ),
            _("It opens while somebody may be looking: try it before you save."),
        ),
        ProvedExitForm,
        lambda told: {"exit_url": told.exit_url},
        lambda form: {"exit_url": one_line(form.exit_url.data) or None},
        lambda told: [(gettext("Address"), told.exit_url)],
        {"exit_url": ("exit_url", NOT_AWAY)},
    ),
)
