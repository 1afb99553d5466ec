"""What was allowed in a case: by whom, until when, and what was taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask_babel import gettext

from intake.casework import Overview
from intake.consent import Consent
from intake.form.vocabularies import VOCABULARIES
from intake.web.staff_pages import label

CONSENTS: Final = (
    "store",
    "contact",
    "refer_internal",
    "state_complaint",
    "npm_ombudsman",
    "un_government",
    "statistics",
    "public_anonymous",
)


@dataclass(frozen=True)
class Allowed:
    """One permission: by whom, since when, its last moment, and when it was taken back."""

    title: str
    giver: str
    since: datetime
    until: datetime | None
    withdrawn_at: datetime | None


def in_force(view: Overview, now: datetime) -> list[Allowed]:
    """What is allowed now, by whom and until when; of several times the newest."""
    given = sorted(view.given, key=lambda consent: consent.given_at)
    newest = {consent.code: consent for consent in given if consent.is_in_force(now)}
    return [_allowed(newest[code]) for code in view.consents if code in newest]


def taken_back(view: Overview) -> list[Allowed]:
    """What was allowed once and is not any more, the newest first."""
    return [_allowed(consent) for consent in view.withdrawn]


def missing(view: Overview) -> list[str]:
    """Of what matters most, what was never allowed."""
    known = {*view.consents, *(consent.code for consent in view.withdrawn)}
    offered = [code for code in CONSENTS if code in VOCABULARIES["consent"]]
    return [label("consent", code) for code in offered if code not in known]


def _allowed(consent: Consent) -> Allowed:
    giver = label("consent_giver", consent.giver) or gettext("the reporter")
    return Allowed(
        label("consent", consent.code),
        giver,
        consent.given_at,
        consent.until and consent.until - timedelta(seconds=1),
        consent.withdrawn_at,
    )
