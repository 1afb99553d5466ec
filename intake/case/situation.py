"""What the rules of the desk know of a case: codes and moments, without names or words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from intake.case.record import Record

_AGREED: Final = frozenset({"is_reporter", "agreed"})


@dataclass(frozen=True, kw_only=True, repr=False)
class Situation:
    """One case at the moment `now`, as guards, clocks and flags read it.

    `level` is a code of `urgency`. Moments are aware, in UTC; what is not known is None, `""`,
    `()` or False. `allowed` are the consents in force now whose giver is valid for this person,
    each with the moment it was given, and `allowed_until` when it runs out. `try_again_at` is
    when the day of the next try begins.
    """

    stage: str
    level: str
    now: datetime
    received_at: datetime
    opened_at: datetime | None = None
    stage_changed_at: datetime | None = None
    first_contact_at: datetime | None = None
    last_from_coalition_at: datetime | None = None
    last_from_reporter_at: datetime | None = None
    try_again_at: datetime | None = None
    last_act_at: datetime | None = None
    has_news: bool = False
    contact_method: tuple[str, ...] = ()
    contact_rules: tuple[str, ...] = ()
    in_custody: bool = False
    is_missing: bool = False
    is_dead: bool = False
    is_minor: bool = False
    life_at_risk: bool = False
    needs_medical: bool = False
    needs_interpreter: bool = False
    is_sexual: bool = False
    has_reprisals: bool = False
    is_cluster: bool = False
    reporter_is_proxy: bool = False
    victim_knowledge: str = ""
    agencies: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    allowed: Mapping[str, datetime] = field(default_factory=dict)
    allowed_until: Mapping[str, datetime] = field(default_factory=dict)
    withdrawal_asked: bool = False
    erasure_asked: bool = False
    record: Record = field(default_factory=Record)

    @property
    def wants_no_contact(self) -> bool:
        return self.contact_method == ("none",)

    @property
    def contact_made_at(self) -> datetime | None:
        """When the person was first reached: by an attempt, or answering behind the code."""
        made = (self.first_contact_at, self.record.contacts.made_at)
        return min((moment for moment in made if moment), default=None)

    @property
    def has_agreed(self) -> bool:
        """Whether the person knows of the report and agrees with it."""
        return not self.reporter_is_proxy or self.victim_knowledge in _AGREED

    @property
    def cannot_be_asked(self) -> bool:
        return self.is_missing or self.victim_knowledge == "cannot_ask"

    @property
    def is_in_danger(self) -> bool:
        """Missing, or life is at risk: where acting without asking may be thought of."""
        return self.is_missing or self.life_at_risk

    def is_over(self, moment: datetime | None) -> bool:
        """Whether `moment` has come."""
        return moment is not None and moment <= self.now
