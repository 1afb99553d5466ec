"""Second factors: codes of authenticator apps, recovery codes, and the boxes they lie in."""

from __future__ import annotations

import hmac
import re
import secrets
from typing import Final
from unicodedata import decimal
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from intake.vault.context import context
from intake.vault.keys import Seed
from intake.vault.padding import FACTS_FLOOR, pad, unpad
from intake.vault.sealed import Sealed

TOTP_BYTES: Final = 20  # RFC 4226 §4, requirement 6
STEP_SECONDS: Final = 30
RECOVERY_CODES: Final = 10
_DIGITS: Final = 6
_SKEW: Final = (-1, 0, 1)  # steps that a clock may be off (RFC 6238 §5.2)
_RECOVERY_DIGITS, _GROUP = 12, 4
_NOT_DIGITS: Final = re.compile(r"[^0-9]+")


def fresh_totp() -> bytes:
    """A new secret for an authenticator app; 20 bytes."""
    return secrets.token_bytes(TOTP_BYTES)


def totp_step(seconds: float) -> int:
    """The number of the 30-second step in which `seconds` since 1970 lies (RFC 6238 §4.2)."""
    return int(seconds) // STEP_SECONDS


def totp_code(secret: bytes, step: int) -> str:
    """The six digits that an app shows in `step`."""
    return _app(secret).generate(step * STEP_SECONDS).decode()


def totp_address(secret: bytes, name: str, *, issuer: str) -> str:
    """The `otpauth:` address that an app reads from a picture."""
    return _app(secret).get_provisioning_uri(name, issuer)


def used_step(secret: bytes, typed: str, *, step: int, last: int) -> int | None:
    """The step whose code was typed, one off at most; never one up to `last`.

    All codes are compared, so that the time taken tells nothing.
    """
    digits = _digits(typed)
    near = [
        one
        for one in (step + skew for skew in _SKEW)
        if hmac.compare_digest(totp_code(secret, max(one, 0)).encode(), digits)
    ]
    return next((one for one in near if one > last), None)


def recovery_code() -> str:
    """A fresh code for paper: three groups of four digits, 40 bits; tries are slowed down."""
    digits = f"{secrets.randbelow(10**_RECOVERY_DIGITS):0{_RECOVERY_DIGITS}d}"
    return " ".join(digits[at : at + _GROUP] for at in range(0, _RECOVERY_DIGITS, _GROUP))


def recovery_mac(seed: Seed, typed: str) -> bytes:
    """What is kept of a recovery code, however it was typed; 32 bytes."""
    key = seed.derive("credential")
    return key.mac("recovery-code", _digits(typed))


def box_credential(seed: Seed, content: bytes, *, id: UUID, member: UUID, kind: str) -> Sealed:
    """A second factor under a key that only its member has; one size for most."""
    place = context("credential", id, member, kind)
    return seed.derive("credential").box(pad(content, floor=FACTS_FLOOR), context=place)


def open_credential(seed: Seed, sealed: Sealed, *, id: UUID, member: UUID, kind: str) -> bytes:
    """What `box_credential` boxed for the same row."""
    place = context("credential", id, member, kind)
    return unpad(seed.derive("credential").unbox(sealed, context=place))


def _app(secret: bytes) -> TOTP:
    # SHA-1 is what all apps know; HMAC does not rest on its resistance to collisions.
    return TOTP(secret, _DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303


def _digits(typed: str) -> bytes:
    """The digits of what was typed, of whichever script, without what stands between them."""
    return _NOT_DIGITS.sub("", "".join(str(decimal(c, c)) for c in typed)).encode()
