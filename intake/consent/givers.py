"""Whose word counts as a consent for this person (domain 4: E13, E14, E16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from intake.consent.given import Consent

_AGREED: Final = frozenset({"is_reporter", "agreed"})
_LEFT_OUT: Final = frozenset({"does_not_know", "knows_not_agreed", "objects"})
_FAMILY: Final = frozenset({"family_deceased_missing"})
_CHILD: Final = frozenset({"guardian_assent"})
_CHILD_ALONE: Final = frozenset({"victim", "representative"})
_ADULT: Final = frozenset({"victim", "representative"})


@dataclass(frozen=True, kw_only=True)
class Person:
    """For whom a consent is given; `victim_knowledge` is a code of that vocabulary.

    `guardian_is_set_aside` when two coordinators decided that a child's own word counts.
    """

    is_minor: bool = False
    is_dead: bool = False
    is_missing: bool = False
    reporter_is_proxy: bool = False
    victim_knowledge: str = ""
    guardian_is_set_aside: bool = False

    @property
    def givers(self) -> frozenset[str]:
        """The codes of `consent_giver` whose word counts for this person."""
        if self.is_dead or self.is_missing:
            return _FAMILY
        if self.is_minor:
            return _CHILD_ALONE if self.guardian_is_set_aside else _CHILD
        return _ADULT

    @property
    def knows(self) -> bool:
        """Whether the person knows of the report and agrees, as far as a proxy must say it."""
        return not self.reporter_is_proxy or self.victim_knowledge in _AGREED

    @property
    def is_the_reporter(self) -> bool:
        """Whether who wrote is this person, as far as anybody said."""
        is_away = self.is_dead or self.is_missing
        return not (self.reporter_is_proxy or is_away or self.guardian_is_set_aside)

    @property
    def reporter_may_follow(self) -> bool:
        """Whether the reporter may learn what is done for the person (E13, E14).

        Whoever reports for a child may, until two set the guardian aside: nobody knows then
        to whom it would be told on.
        """
        if self.is_dead or self.is_missing or not self.reporter_is_proxy:
            return True
        return not self.guardian_is_set_aside if self.is_minor else self.knows

    @property
    def is_left_out(self) -> bool:
        """Alive and there, and yet somebody reports without the person's yes (E14)."""
        is_there = not (self.is_dead or self.is_missing or self.is_minor)
        return is_there and self.reporter_is_proxy and self.victim_knowledge in _LEFT_OUT

    def is_valid(self, giver: str) -> bool:
        """Whether this giver's word counts; that of a proxy never does by itself (E14)."""
        if self.is_left_out or (giver == "victim" and not self.knows):
            return False
        return giver in self.givers


def allowed(consents: Iterable[Consent], person: Person, now: datetime) -> dict[str, datetime]:
    """What is allowed now by somebody whose word counts, each with when it was first given."""
    found: dict[str, datetime] = {}
    for one in consents:
        if one.is_in_force(now) and person.is_valid(one.giver):
            found[one.code] = min(one.given_at, found.get(one.code, one.given_at))
    return found


def ends(consents: Iterable[Consent], person: Person, now: datetime) -> dict[str, datetime]:
    """When what is `allowed` now runs out, as far as it does by itself."""
    found: dict[str, datetime | None] = {}
    for one in consents:
        if one.is_in_force(now) and person.is_valid(one.giver):
            other = found.get(one.code, one.until)
            found[one.code] = max(one.until, other) if one.until and other else None
    return {code: end for code, end in found.items() if end}
