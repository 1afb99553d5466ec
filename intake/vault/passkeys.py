"""Passkeys: what an authenticator answered, checked by the library `webauthn` (WebAuthn 3)."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

LONGEST = 16_384


class PasskeyError(Exception):
    """No answer of an authenticator, or not the one that was asked for."""


@dataclass(frozen=True)
class PasskeyAnswer:
    """What a browser sent; `challenge` and `origin` are the browser's word until checked."""

    text: str = field(repr=False)
    challenge: bytes = field(repr=False)
    origin: str

    @property
    def host(self) -> str:
        """The name that the passkey is bound to."""
        return urlsplit(self.origin).hostname or ""

    def check(self, *, id: bytes, key: bytes, count: int) -> int:
        """The new count of signatures, when the passkey `id` signed this answer."""
        # Imported on use: it takes half a second, and most workers never need it.
        from webauthn import verify_authentication_response  # noqa: PLC0415
        from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

        if _raw(_parsed(self.text).get("rawId")) != id:
            raise PasskeyError
        try:
            verified = verify_authentication_response(
                credential=self.text,
                expected_challenge=self.challenge,
                expected_rp_id=self.host,
                expected_origin=self.origin,
                credential_public_key=key,
                credential_current_sign_count=count,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError):
            raise PasskeyError from None
        return verified.new_sign_count

    def register(self) -> tuple[bytes, bytes, int]:
        """Id, public key and count of a new passkey, whoever made the authenticator."""
        from webauthn import verify_registration_response  # noqa: PLC0415
        from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

        try:
            made = verify_registration_response(
                credential=self.text,
                expected_challenge=self.challenge,
                expected_rp_id=self.host,
                expected_origin=self.origin,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError):
            raise PasskeyError from None
        return made.credential_id, made.credential_public_key, made.sign_count


def read_passkey_answer(text: str) -> PasskeyAnswer:
    """What stands in an answer before it is checked; `PasskeyError` when it is none."""
    response = _parsed(text).get("response")
    if not isinstance(response, dict):
        raise PasskeyError
    client = _parsed(_raw(response.get("clientDataJSON")))
    challenge, origin = _raw(client.get("challenge")), client.get("origin")
    if not isinstance(origin, str):
        raise PasskeyError
    return PasskeyAnswer(text, challenge, origin)


def _parsed(text: str | bytes) -> dict[str, Any]:
    try:
        found = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        raise PasskeyError from None
    if not isinstance(found, dict):
        raise PasskeyError
    return found


def _raw(written: object) -> bytes:
    if not isinstance(written, str):
        raise PasskeyError
    try:
        return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
    except ValueError:
        raise PasskeyError from None
