"""One entry of the directory: what is known of a specialist, and how it is written down."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from intake.case.fitting import Known
from intake.casework.codec import moment
from intake.form.vocabularies import vocabulary
from intake.roles import Role

KIND: Final = "directory"
PROFESSIONS: Final = (Role.LAWYER, Role.PSYCHOLOGIST, Role.DOCTOR)
"""What somebody outside can be."""
LISTED: Final = (Role.COORDINATOR, *PROFESSIONS)
"""Roles whose members stand in the directory: coordinators talk to people too."""
REGIONS: Final = tuple(code for code in vocabulary("region").codes if code != "unknown")
LANGUAGES: Final = tuple(code for code in vocabulary("language").codes if code != "other")
SEXES: Final = ("female", "male", "another")
MOST: Final = 99
"""Cases at once, at most."""


@dataclass(frozen=True)
class About:
    """What was written about somebody; codes, and words only about who has no account.

    `roles`, `name` and `reach` are of somebody outside; a member's come from the roster.
    `away_until` is the last day on which she is away, `most` how many cases she takes at once.
    """

    roles: tuple[Role, ...] = ()
    name: str = field(default="", repr=False)
    reach: str = field(default="", repr=False)
    is_forensic: bool = False
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sex: str = ""
    with_children: bool = False
    with_survivors: bool = False
    most: int | None = None
    away_until: date | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "roles": list(self.roles),
            "name": self.name,
            "reach": self.reach,
            "is_forensic": self.is_forensic,
            "sex": self.sex,
            "with_children": self.with_children,
            "with_survivors": self.with_survivors,
            "most": self.most,
            **of_herself(self.languages, self.regions, self.away_until),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> About:
        """What any version of `to_json` wrote."""
        return cls(
            roles=tuple(map(Role, told["roles"])),
            name=told["name"],
            reach=told["reach"],
            is_forensic=told["is_forensic"],
            sex=told["sex"],
            with_children=told["with_children"],
            with_survivors=told["with_survivors"],
            most=told["most"],
            **read_of_herself(told),
        )


def of_herself(
    languages: Iterable[str], regions: Iterable[str], away_until: date | None
) -> dict[str, object]:
    """What a specialist may write herself."""
    return {
        "languages": list(languages),
        "regions": list(regions),
        "away_until": away_until.isoformat() if away_until else None,
    }


def read_of_herself(told: Mapping[str, Any]) -> dict[str, Any]:
    """The same as fields of `About`."""
    until = told["away_until"]
    return {
        "languages": tuple(told["languages"]),
        "regions": tuple(told["regions"]),
        "away_until": date.fromisoformat(until) if until else None,
    }


@dataclass(frozen=True)
class Specialist:
    """Somebody of the directory; a member of whom nothing is written yet has revision 0.

    `revision` counts what coordinators and what she herself wrote.
    """

    id: UUID
    revision: int
    member: UUID | None
    name: str
    roles: tuple[Role, ...]
    about: About
    by: str = ""
    at: datetime | None = None

    @property
    def is_outside(self) -> bool:
        return self.member is None

    @property
    def who(self) -> UUID:
        """What steps and cases name her by: a member's id, outside that of the entry."""
        return self.member or self.id

    @property
    def is_written(self) -> bool:
        """Whether anybody wrote anything down."""
        return self.revision > 0

    def known(self, *, today: date, open_cases: int = 0, absent: date | None = None) -> Known:
        """What rules may ask of her on this day; `absent` is until when others say."""
        about = self.about
        until = max(filter(None, (about.away_until, absent)), default=None)
        return Known(
            sex=about.sex,
            languages=about.languages,
            regions=about.regions,
            with_children=about.with_children,
            with_survivors=about.with_survivors,
            away_until=until if until and until >= today else None,
            open=open_cases,
            most=about.most,
        )


def listed(roles: Collection[Role]) -> tuple[Role, ...]:
    """Those of a member's roles by which she stands in the directory."""
    return tuple(role for role in LISTED if role in roles)


def entry_of(member: UUID) -> UUID:
    """The id of the entry about a member: there is one."""
    return _derived(b"member", member)


def beside(entry: UUID, kind: str) -> UUID:
    """The id of what belongs to an entry."""
    return _derived(kind.encode(), entry)


def _derived(label: bytes, id_: UUID) -> UUID:
    digest = hashlib.sha256(b"directory/" + label + b"/" + id_.bytes).digest()
    return UUID(bytes=digest[:16], version=4)


def written_at(told: Mapping[str, Any]) -> datetime:
    """When it was written."""
    return moment(told["at"])
