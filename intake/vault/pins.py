"""Pins: the ring and recovery keys this instance seals to, in a file that people can read."""

from __future__ import annotations

import base64
import textwrap
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from intake.vault.keys import PublicKey
from intake.vault.rings import Ring

_FORMAT: Final = 1
_RECOVERY: Final = "recovery"
_HEADER: Final = f"""\
# The keys that everything received here is sealed to. Whoever changes this file
# decides who reads. Compare the fingerprints with those the coordinators wrote down.
format = {_FORMAT}
"""


class PinsError(Exception):
    """The file of pins is incomplete, changed, or of another format."""


@dataclass(frozen=True)
class Pin:
    """One generation of a ring, its public key, and the day from which it is in force.

    A generation that was there from the first day on names none.
    """

    generation: int
    public: PublicKey
    since: date | None = None


@dataclass(frozen=True)
class Pins:
    """The public keys to seal to."""

    rings: Mapping[Ring, Pin] = field(default_factory=lambda: MappingProxyType({}))
    recovery: PublicKey | None = None

    def to_text(self) -> str:
        """The file `instance/rings.pub` (FORMAT.md §5)."""
        tables = [
            _table(ring, _generation(pin), pin.public)
            for ring, pin in sorted(self.rings.items())
        ]
        if self.recovery is not None:
            tables.append(_table(_RECOVERY, "", self.recovery))
        return "\n".join([_HEADER, *tables])

    @classmethod
    def parse(cls, text: str) -> Pins:
        """Read what `to_text` wrote; `PinsError` for anything else."""
        try:
            tables = tomllib.loads(text)
            return cls._read(tables)
        except (ValueError, LookupError, TypeError, AttributeError):
            raise PinsError("The ring pins cannot be read.") from None

    @classmethod
    def _read(cls, tables: dict[str, Any]) -> Pins:
        if tables.pop("format") != _FORMAT:
            raise ValueError
        recovery = tables.pop(_RECOVERY, None)
        return cls(
            rings=MappingProxyType({Ring(name): _pin(entry) for name, entry in tables.items()}),
            recovery=None if recovery is None else _public(recovery),
        )


def _table(name: str, generation: str, public: PublicKey) -> str:
    key = textwrap.fill(base64.b64encode(public.raw).decode(), 76)
    fingerprint = f'fingerprint = "{public.fingerprint()}"\n'
    return f'[{name}]\n{generation}{fingerprint}key = """\n{key}\n"""\n'


def _generation(pin: Pin) -> str:
    since = f"since = {pin.since}\n" if pin.since else ""
    return f"generation = {pin.generation}\n{since}"


def _pin(entry: dict[str, Any]) -> Pin:
    generation, since = entry["generation"], entry.get("since")
    if type(generation) is not int or generation < 1:
        raise ValueError
    if since is not None and type(since) is not date:
        raise ValueError
    return Pin(generation, _public(entry), since)


def _public(entry: dict[str, Any]) -> PublicKey:
    public = PublicKey(base64.b64decode("".join(entry["key"].split()), validate=True))
    if entry["fingerprint"] != public.fingerprint():
        raise ValueError
    return public
