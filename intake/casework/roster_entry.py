"""What a roster says of one member: handle, roles and key, as they were entered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from intake.casework import founding
from intake.roles import Role, rings_of
from intake.store.people import MemberRow
from intake.vault import PublicKey, Ring


@dataclass(frozen=True)
class Entry:
    """A member as somebody entered her who had compared her fingerprint."""

    member: UUID
    handle: str
    roles: tuple[Role, ...]
    key: PublicKey

    def holds(self, ring: Ring) -> bool:
        """Whether one of her roles holds `ring`."""
        return ring in rings_held(self.roles)

    def is_of(self, member: MemberRow) -> bool:
        """Whether the member's row says the same."""
        return self.written() == founding.roster_entry(member)

    def written(self) -> dict[str, str]:
        """How the roster says it."""
        roles = " ".join(self.roles)
        return {"handle": self.handle, "roles": roles, "key": self.key.raw.hex()}


def read_entry(name: str, said: Mapping[str, str]) -> Entry:
    """What the roster says of the member whose id `name` is in hexadecimal."""
    roles = tuple(map(Role, said["roles"].split()))
    return Entry(UUID(name), said["handle"], roles, PublicKey(bytes.fromhex(said["key"])))


def rings_held(roles: Iterable[Role]) -> frozenset[Ring]:
    """The rings that these roles hold together."""
    return frozenset(Ring(name) for role in roles for name in rings_of(role))


def entry_of(member: MemberRow) -> Entry:
    """How the member's row says that she is to be entered; `ValueError` for unknown roles."""
    roles = tuple(map(Role, member.roles.split()))
    return Entry(member.id, member.handle, roles, PublicKey(member.public_key))
