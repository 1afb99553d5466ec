"""The directory of the demo: who of its staff speaks what and works where, and two outside."""

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from tomllib import loads
from typing import Any
from uuid import uuid4

from intake.casework.directory.entries import About, entry_of
from intake.casework.directory.keeping import directory, keep
from intake.casework.reader import Reader
from intake.casework.team import papers
from intake.roles import Role


def fill(reader: Reader, now: datetime) -> None:
    """Write every entry, as a coordinator does."""
    text = (files("intake.casework") / "data" / "demo_directory.toml").read_text("utf-8")
    members = {one.name: one.member for one in directory(reader)}
    for row in loads(text)["entry"]:
        member = members.get(row.get("member", ""))
        id_ = entry_of(member) if member else uuid4()
        keep(reader, id_, _about(row), seen=papers.NEW, now=now)


def _about(row: Mapping[str, Any]) -> About:
    told = {name: value for name, value in row.items() if name not in {"member", "roles"}}
    several = {name: tuple(told[name]) for name in ("languages", "regions")}
    roles = tuple(map(Role, row.get("roles", ())))
    return About(**{**told, **several, "roles": roles})
