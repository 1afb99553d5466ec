"""The gate that every act passes by which something leaves the coalition (domain 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from intake.consent.given import Consent
from intake.consent.givers import Person
from intake.form.vocabularies import vocabulary


@dataclass(frozen=True)
class OutgoingAct:
    """An act that leaves the coalition; `consent` is the code it needs.

    It goes out `in_name` or not, after a safety plan or inside the coalition without one;
    `names_sexual` where its words must name sexual violence that is part of it; `saves_life`
    where vital interest may stand for consent.
    """

    code: str
    consent: str
    in_name: bool = True
    needs_safety_plan: bool = True
    names_sexual: bool = True
    saves_life: bool = False


ACTS: Final[Mapping[str, OutgoingAct]] = {
    act.code: act
    for act in (
        OutgoingAct("state_complaint", "state_complaint", saves_life=True),
        OutgoingAct("protection", "state_complaint", saves_life=True),
        OutgoingAct("npm", "npm_ombudsman", saves_life=True),
        OutgoingAct("un_urgent", "un_government", saves_life=True),
        OutgoingAct("un_allegation", "un_government"),
        OutgoingAct("wgeid", "un_government", saves_life=True),
        OutgoingAct("partner", "partners"),
        OutgoingAct("publish_anonymous", "public_anonymous", in_name=False),
        OutgoingAct("publish_named", "public_named"),
        # Within the coalition: a specialist is told what she needs, and keeps it secret.
        OutgoingAct(
            "refer",
            "refer_internal",
            needs_safety_plan=False,
            names_sexual=False,
            saves_life=True,
        ),
        # What the UN is told passes a gate of its own; this begins to work towards it.
        OutgoingAct(
            "international",
            "un_government",
            needs_safety_plan=False,
            names_sexual=False,
            saves_life=True,
        ),
    )
}


@dataclass(frozen=True, kw_only=True, repr=False)
class Asked:
    """What the gate looks at, at the moment of the act.

    `objects_to` are codes of `objection` that stand. `has_assent` means that a child agreed or
    that it stands written why not. `tells_sexual` when what goes out holds sexual violence,
    `naming_sexual` the consents whose words name it. `vital_until` is until when two
    coordinators let the least go out that saves life; over, while nobody looked at it again.
    """

    consents: tuple[Consent, ...]
    person: Person
    has_safety_plan: bool = False
    has_assent: bool = False
    objects_to: tuple[str, ...] = ()
    tells_sexual: bool = False
    naming_sexual: frozenset[str] = frozenset()
    vital_until: datetime | None = None


Check: TypeAlias = Callable[[OutgoingAct, Asked, datetime], bool]


def _given(act: OutgoingAct, asked: Asked, now: datetime) -> list[Consent]:
    return [c for c in asked.consents if c.code == act.consent and c.is_in_force(now)]


def _is_given(act: OutgoingAct, asked: Asked, now: datetime) -> bool:
    return bool(_given(act, asked, now))


def _giver_counts(act: OutgoingAct, asked: Asked, now: datetime) -> bool:
    given = _given(act, asked, now)
    return not given or any(consent.giver in asked.person.givers for consent in given)


def _person_knows(act: OutgoingAct, asked: Asked, now: datetime) -> bool:
    """E14: of a person who does not know nothing leaves, whatever a proxy ticks."""
    person, given = asked.person, _given(act, asked, now)
    if person.is_left_out:
        return False
    return person.knows or not given or any(person.is_valid(c.giver) for c in given)


def _nobody_objects(act: OutgoingAct, asked: Asked, _now: datetime) -> bool:
    is_against = asked.person.victim_knowledge == "objects"
    return not is_against and act.consent not in _refused(asked.objects_to)


def _refused(objections: tuple[str, ...]) -> frozenset[str]:
    terms = (vocabulary("objection").by_code[code] for code in objections)
    return frozenset(code for term in terms for code in term.attributes["consents"])


def _is_planned(act: OutgoingAct, asked: Asked, _now: datetime) -> bool:
    return asked.has_safety_plan or not act.needs_safety_plan


def _child_agrees(_act: OutgoingAct, asked: Asked, _now: datetime) -> bool:
    return not asked.person.is_minor or asked.has_assent


def _sexual_is_named(act: OutgoingAct, asked: Asked, _now: datetime) -> bool:
    is_told = asked.tells_sexual and act.names_sexual
    return not is_told or act.consent in asked.naming_sexual


CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("objection", _nobody_objects),
    ("consent", _is_given),
    ("giver", _giver_counts),
    ("knowledge", _person_knows),
    ("assent", _child_agrees),
    ("safety_plan", _is_planned),
    ("sexual", _sexual_is_named),
)
"""What must hold, by the code of `gate` that says what is missing and how to get it."""
_HOLD_ALWAYS: Final = frozenset({"objection", "sexual"})


def missing(act: str | OutgoingAct, asked: Asked, now: datetime) -> tuple[str, ...]:
    """What keeps this act from going out now: codes of `gate`; none when it may.

    Raises `KeyError` for an act that is not in `ACTS`.
    """
    row = ACTS[act] if isinstance(act, str) else act
    lacking = tuple(code for code, holds in CHECKS if not holds(row, asked, now))
    if not row.saves_life or asked.vital_until is None or not lacking:
        return lacking
    return _under_vital_interest(lacking, asked, now)


def _under_vital_interest(
    lacking: tuple[str, ...], asked: Asked, now: datetime
) -> tuple[str, ...]:
    """Two decided, so least data may go out for 24 hours; an objection stands all the same."""
    if asked.vital_until is None or asked.vital_until <= now:
        return (*lacking, "vital_review")
    return tuple(code for code in lacking if code in _HOLD_ALWAYS)
