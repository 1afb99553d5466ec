"""What a sample of an object is: how it is made and opened, and what a reader needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, assert_never
from uuid import UUID

from intake import vault
from intake.vault import Part, Ring, Sealed


@dataclass(frozen=True)
class Sample:
    """How an object is made and opened, and what a reader of FORMAT.md needs for it."""

    name: str
    value: object
    make: Callable[[], Sealed]
    open: Callable[[Sealed], object]
    secret: bytes = field(repr=False)
    place: tuple[Part, ...]
    layout: Literal["bare", "padded", "case-keys", "member", "session"] = "padded"

    def content(self) -> object:
        """The value as the vectors write it."""
        return _written(self.value)


def _written(value: object) -> object:
    match value:
        case bytes():
            return value.hex()
        case vault.RingKey(seed=seed):
            return seed.raw.hex()
        case vault.Once(raw=once):
            return once.hex()
        case (vault.Key(raw=key), bytes(digest)):
            return (key + digest).hex()
        case vault.CaseKeys(keys=keys):
            return {slot.value: key.raw.hex() for slot, key in keys.items()}
        case _:
            return _member_written(value)


def _member_written(value: object) -> object:
    match value:
        case vault.MemberSecret(seed, trusted, totp, counter):
            rest = {"totp": (totp or b"").hex(), "counter": counter}
            return {"seed": seed.raw.hex(), "trusted": _rings(trusted), **rest}
        case vault.SessionSecret(seed, trusted, started):
            return {"seed": seed.raw.hex(), "trusted": _rings(trusted), "started": started}
        case _:
            raise TypeError(value)


def _rings(trusted: Mapping[Ring, vault.Trusted]) -> dict[str, list[object]]:
    return {
        ring.value: [known.generation, known.digest.hex()] for ring, known in trusted.items()
    }


def written_place(place: tuple[Part, ...]) -> list[str | int]:
    """The parts of a context as the vectors write them."""
    return [_written_part(part) for part in place]


def _written_part(part: Part) -> str | int:
    match part:
        case bytes():
            return f"hex:{part.hex()}"
        case str() | int():
            return part
        case UUID():
            return f"uuid:{part}"
        case _:
            assert_never(part)
