"""Members' own boxes: the member box, the session, invitations, and what is kept for her."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final
from uuid import UUID

from intake.vault.context import context
from intake.vault.keys import KEY_BYTES, Identity, Key, PublicKey, Secret, Seed
from intake.vault.padding import LINE_FLOOR, REPORT_FLOOR, pad, unpad
from intake.vault.rings import Ring, Trusted
from intake.vault.sealed import Sealed, UnsealError

_TRUSTED: Final = struct.Struct(f">I{KEY_BYTES}s")
_TRUSTED_BYTES: Final = len(Ring) * _TRUSTED.size
_TOTP_BYTES: Final = 64
_MEMBER: Final = struct.Struct(f">{KEY_BYTES}s{_TRUSTED_BYTES}sB{_TOTP_BYTES}sQ")
_SESSION: Final = struct.Struct(f">{KEY_BYTES}s{_TRUSTED_BYTES}sQ")


@dataclass(frozen=True)
class MemberSecret:
    """What a member's passphrase opens: her seed, the rings she trusts, her second factor."""

    seed: Seed
    trusted: Mapping[Ring, Trusted] = field(default_factory=lambda: MappingProxyType({}))
    totp: bytes | None = field(default=None, repr=False)
    counter: int = field(default=0, repr=False)


@dataclass(frozen=True)
class SessionSecret:
    """What a session's token opens; `started` is in seconds since 1970, UTC."""

    seed: Seed
    trusted: Mapping[Ring, Trusted]
    started: int


@dataclass(frozen=True, eq=False)
class SessionToken(Secret):
    """The value of the desk's cookie."""

    @cached_property
    def lookup(self) -> bytes:
        """What the row of the session is found by; 32 bytes."""
        return self.derive("session-lookup").raw


@dataclass(frozen=True, eq=False)
class InvitationLink(Secret):
    """The secret part of an invitation's address."""

    @cached_property
    def lookup(self) -> bytes:
        """What the row of the invitation is found by; 32 bytes."""
        return self.derive("invitation-lookup").raw


def box_member(stretched: Key, secret: MemberSecret, *, member: UUID, revision: int) -> Sealed:
    """A member box, one length for all; `stretched` comes of passphrase and pepper."""
    totp = secret.totp or b""
    if len(totp) > _TOTP_BYTES:
        raise ValueError("A second factor's secret is at most 64 bytes.")
    plain = _MEMBER.pack(
        secret.seed.raw, _packed(secret.trusted), len(totp), totp, secret.counter
    )
    return stretched.box(plain, context=context("member", member, revision))


def open_member(stretched: Key, sealed: Sealed, *, member: UUID, revision: int) -> MemberSecret:
    """Open a member box; `UnsealError` on a wrong passphrase too."""
    opened = stretched.unbox(sealed, context=context("member", member, revision))
    if len(opened) != _MEMBER.size:
        raise UnsealError
    seed, trusted, length, totp, counter = _MEMBER.unpack(opened)
    return MemberSecret(Seed(seed), _unpacked(trusted), totp[:length] or None, counter)


def box_session(
    token: SessionToken, secret: SessionSecret, *, session: UUID, member: UUID
) -> Sealed:
    """What a signed-in member needs, under the token that only her cookie holds."""
    plain = _SESSION.pack(secret.seed.raw, _packed(secret.trusted), secret.started)
    place = context("session", session, member)
    return token.derive("session").box(plain, context=place)


def open_session(
    token: SessionToken, sealed: Sealed, *, session: UUID, member: UUID
) -> SessionSecret:
    """Open a session; `UnsealError` without its very token."""
    place = context("session", session, member)
    opened = token.derive("session").unbox(sealed, context=place)
    if len(opened) != _SESSION.size:
        raise UnsealError
    seed, trusted, started = _SESSION.unpack(opened)
    return SessionSecret(Seed(seed), _unpacked(trusted), started)


def box_invitation(link: InvitationLink, content: bytes, *, id: UUID, role: str) -> Sealed:
    """What an invited person is told; opens with the link alone and for that role alone."""
    place = context("invitation", id, role)
    return link.derive("invitation").box(pad(content, floor=LINE_FLOOR), context=place)


def open_invitation(link: InvitationLink, sealed: Sealed, *, id: UUID, role: str) -> bytes:
    """What the invited person is told."""
    place = context("invitation", id, role)
    return unpad(link.derive("invitation").unbox(sealed, context=place))


def seal_kept(public: PublicKey, content: bytes, *, member: UUID) -> Sealed:
    """What a member sent after her session had ended, kept until she signs in."""
    return public.seal(pad(content, floor=REPORT_FLOOR), context=context("kept", member))


def open_kept(identity: Identity, sealed: Sealed, *, member: UUID) -> bytes:
    """What was kept for this member."""
    return unpad(identity.unseal(sealed, context=context("kept", member)))


def box_told(seed: Seed, content: bytes, *, session: UUID, member: UUID) -> Sealed:
    """When a session began and in which browser, for its owner alone."""
    place = context("told", session, member)
    return seed.derive("told").box(pad(content, floor=LINE_FLOOR), context=place)


def open_told(seed: Seed, sealed: Sealed, *, session: UUID, member: UUID) -> bytes:
    """What its owner is told of a session."""
    return unpad(seed.derive("told").unbox(sealed, context=context("told", session, member)))


def seal_notice(public: PublicKey, content: bytes, *, id: UUID, member: UUID) -> Sealed:
    """What a member is to know of her account."""
    return public.seal(pad(content, floor=LINE_FLOOR), context=context("notice", id, member))


def open_notice(identity: Identity, sealed: Sealed, *, id: UUID, member: UUID) -> bytes:
    """The notice."""
    return unpad(identity.unseal(sealed, context=context("notice", id, member)))


def _packed(trusted: Mapping[Ring, Trusted]) -> bytes:
    nothing = Trusted(0, bytes(KEY_BYTES))
    rows = (trusted.get(ring, nothing) for ring in Ring)
    return b"".join(_TRUSTED.pack(row.generation, row.digest) for row in rows)


def _unpacked(packed: bytes) -> Mapping[Ring, Trusted]:
    rows = zip(Ring, _TRUSTED.iter_unpack(packed), strict=True)
    return MappingProxyType(
        {ring: Trusted(generation, digest) for ring, (generation, digest) in rows if generation}
    )
