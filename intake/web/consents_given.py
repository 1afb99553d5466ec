"""What was allowed: by whom, since when, until when, in which words; what was taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask_babel import gettext

from intake.consent import Consent
from intake.form.sorting import is_intimate
from intake.form.text import _
from intake.form.vocabularies import vocabulary
from intake.web import context
from intake.web.said import labels

IN_FORCE: Final = _("in force")
TAKEN_BACK: Final = _("taken back")
RUN_OUT: Final = _("run out")
_MOMENT: Final = timedelta(minutes=1)  # «until Friday» ends at Saturday's first moment
NO_CONSENT: Final = _("nobody allowed it")


@dataclass(frozen=True)
class Given:
    """One consent to show, `until` its last minute; empty is what nobody kept."""

    words: str
    giver: str
    since: datetime
    until: datetime | None
    withdrawn_at: datetime | None
    text_version: str
    state: str
    holds: bool


def consents_given(records: Sequence[Consent], *, is_trained: bool) -> tuple[Given, ...]:
    """Every consent that was ever given, the oldest first.

    Those for intimate pictures are for trained handlers alone (E11).
    """
    terms = vocabulary("consent").by_code
    seen = (c for c in records if is_trained or not is_intimate(terms.get(c.code)))
    return tuple(_given(consent) for consent in sorted(seen, key=lambda c: c.given_at))


def _given(consent: Consent) -> Given:
    holds = consent.is_in_force(context.now())
    return Given(
        words="".join(labels("consent", consent.code)),
        giver="".join(labels("consent_giver", consent.giver)),
        since=consent.given_at,
        until=consent.until - _MOMENT if consent.until else None,
        withdrawn_at=consent.withdrawn_at,
        text_version=consent.text_version,
        state=gettext(IN_FORCE if holds else _ended(consent)),
        holds=holds,
    )


def _ended(consent: Consent) -> str:
    if consent.withdrawn_at is not None:
        return TAKEN_BACK
    return NO_CONSENT if consent.giver == "none" else RUN_OUT
