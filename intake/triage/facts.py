"""What triage, the queue and the statistics know of a case: coded answers, times and marks.

Facts are sealed like everything else; here they are plain values, without names or words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any, Final

from intake.form.answers import Answers
from intake.form.dates import CivilDate
from intake.form.vocabularies import vocabulary
from intake.triage.gathering import gathered
from intake.triage.levels import Level

_CUSTODY: Final = vocabulary("victim_status").codes_with("custody")
SEXUAL: Final = frozenset(
    term.code for term in vocabulary("method").terms if term.attributes.get("group") == "sexual"
)
_INTIMATE_INJURY: Final = vocabulary("injury").codes_with("sensitive")
_INTIMATE_EVIDENCE: Final = vocabulary("evidence").codes_with("sensitive")
_UNDER_18: Final = vocabulary("age_band").codes_with("minor")


@dataclass(frozen=True)
class Raise:
    """Urgency raised by a person: to which level, by whose handle and when."""

    level: Level
    by: str
    at: datetime


@dataclass(frozen=True, repr=False)
class Facts:
    """The coded facts of one case. Every field may be empty, and empty never means no.

    Dates are local civil dates as said, times local, moments aware and in UTC. `""` and `()`
    stand for unanswered; `yes`, `no`, `unknown` are codes of the vocabulary `yes_no`.
    """

    received_at: datetime
    language: str = ""
    channel: str = ""
    route: str = ""
    reporter_role: str = ""
    victim_knowledge: str = ""
    contact_method: tuple[str, ...] = ()
    consent_contact: bool = False
    victim_sex: str = ""
    victims_count: int = 1
    minors_among: int = 0
    minor_held_among: bool = False
    # where the person is
    victim_status: str = ""
    custody_acknowledged: str = ""
    detained_on: CivilDate | None = None
    detained_time: time | None = None
    released_on: CivilDate | None = None
    held_by_agency: str = ""
    locality: str = ""
    region: str = ""
    region_then: str = ""
    # what was done
    last_ill_treatment_on: CivilDate | None = None
    last_ill_treatment_time: time | None = None
    continues: str = ""
    methods: tuple[str, ...] = ()
    sexual_told: bool = False
    injuries: tuple[str, ...] = ()
    still_present: str = ""
    injured: bool = False
    event_context: tuple[str, ...] = ()
    place_type: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    perpetrator_identified_in_post: str = ""
    pattern_count: int = 0
    # the person
    age_band_then: str = ""
    minor_now: bool = False
    vulnerability: tuple[str, ...] = ()
    occupation_profile: tuple[str, ...] = ()
    # danger now
    reprisals: tuple[str, ...] = ()
    self_harm_marked: bool = False
    medical_denied_now: bool = False
    isolated_now: bool = False
    removal_on: CivilDate | None = None
    removal_soon: bool = False
    medical_exam: tuple[str, ...] = ()
    # death
    death_on: CivilDate | None = None
    died_in_custody: str = ""
    burial_or_autopsy_pending: str = ""
    # law
    case_status: str = ""
    signed: tuple[str, ...] = ()
    lawyer_access: str = ""
    family_access: str = ""
    legal_steps: tuple[str, ...] = ()
    complaint_filed_on: CivilDate | None = None
    erdr_number_known: bool = False
    hearing_on: CivilDate | None = None
    hearing_time: time | None = None
    deadlines: tuple[CivilDate, ...] = ()
    need: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    # the desk
    trained_only: bool = False
    withdrawal_asked: bool = False
    erasure_asked: bool = False
    raised: Raise | None = None
    switched_off: tuple[str, ...] = ()
    switched_off_at: datetime | None = None
    first_contact_at: datetime | None = None
    first_from_coalition_at: datetime | None = None
    last_from_coalition_at: datetime | None = None
    last_from_reporter_at: datetime | None = None
    stage_changed_at: datetime | None = None
    try_again_on: CivilDate | None = None

    @property
    def first_answer_at(self) -> datetime | None:
        """When we first tried to reach the person; facts of before know the last time only."""
        ours = self.first_from_coalition_at or self.last_from_coalition_at
        return min((at for at in (ours, self.first_contact_at) if at), default=None)

    @property
    def in_custody(self) -> bool:
        return self.victim_status in _CUSTODY

    @property
    def is_minor(self) -> bool:
        """Under 18 when it happened or now."""
        return (
            self.minor_now
            or self.age_band_then in _UNDER_18
            or "minor" in self.vulnerability
            or self.reporter_role == "guardian"
        )

    @property
    def tells_sexual_violence(self) -> bool:
        return self.sexual_told or not (
            SEXUAL.isdisjoint(self.methods) and _INTIMATE_INJURY.isdisjoint(self.injuries)
        )

    @property
    def needs_trained_reader(self) -> bool:
        """Whether the words are for trained handlers alone (design 5)."""
        return self.trained_only or self.tells_sexual_violence

    def without_sexual_violence(self) -> Facts:
        """The facts as somebody may know them who is no trained handler (E11)."""
        return replace(
            self,
            trained_only=self.needs_trained_reader,
            sexual_told=False,
            methods=tuple(code for code in self.methods if code not in SEXUAL),
            injuries=tuple(code for code in self.injuries if code not in _INTIMATE_INJURY),
            evidence=tuple(code for code in self.evidence if code not in _INTIMATE_EVIDENCE),
        )

    @classmethod
    def from_answers(
        cls,
        answers: Answers,
        *,
        received_at: datetime,
        language: str,
        channel: str,
        route: str,
    ) -> Facts:
        """The coded part of a report that arrived at `received_at` (UTC)."""
        told = gathered(answers, received_at)
        return cls(received_at, language=language, channel=channel, route=route, **told)

    def to_json(self) -> dict[str, object]:
        """The facts as canonical JSON values; what is empty is left out."""
        return {
            name: _written(value)
            for name in _DEFAULTS
            if (value := getattr(self, name)) != _DEFAULTS[name]
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Facts:
        """The facts that any version of `to_json` wrote; unknown keys are left aside."""
        facts = object.__new__(cls)
        # The defaults of the class serve what is missing: queues open thousands of facts.
        facts.__dict__.update(
            {
                name: _READERS[name](value)
                for name, value in document.items()
                if name in _READERS
            }
        )
        return facts


def _written(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case Raise(level=level, by=by, at=at):
            return {"level": level.code, "by": by, "at": at.isoformat()}
        case tuple():
            return [_written(part) for part in value]
        case CivilDate():
            return str(value)
        case _:
            return value


def _raised(value: Mapping[str, str]) -> Raise:
    return Raise(Level.of(value["level"]), value["by"], _moment(value["at"]))


def _moment(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


@lru_cache(maxsize=4096)
def _date(value: str) -> CivilDate:
    return CivilDate.from_text(value)


def _dates(values: list[str]) -> tuple[CivilDate, ...]:
    return tuple(map(_date, values))


_BY_TYPE: Final[Mapping[str, Callable[[Any], Any]]] = {
    "str": str,
    "bool": bool,
    "int": int,
    "tuple[str, ...]": tuple,
    "tuple[CivilDate, ...]": _dates,
    "CivilDate | None": _date,
    "time | None": time.fromisoformat,
    "datetime": _moment,
    "datetime | None": _moment,
    "Raise | None": _raised,
}
_READERS: Final = {field.name: _BY_TYPE[str(field.type)] for field in fields(Facts)}
_DEFAULTS: Final = {field.name: field.default for field in fields(Facts)}
