"""Passkeys: challenges that nobody stores, and answers that are taken once."""

from __future__ import annotations

import base64
import secrets
import struct
from collections.abc import Mapping
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any, Final

from intake.casework.service import Service
from intake.vault import PasskeyAnswer, PasskeyError, read_passkey_answer

GOOD_FOR: Final = timedelta(minutes=30)
_ISSUED: Final = struct.Struct(">Q16s")
SIGN_IN, ADD = "sign-in", "add"


def challenge(service: Service, origin: str, purpose: str, *, now: datetime) -> bytes:
    """A fresh challenge for pages of `origin`, signed and dated; nothing is stored."""
    issued = _ISSUED.pack(_milliseconds(now), secrets.token_bytes(16))
    return issued + _mac(service, origin, purpose, issued)


def challenge_text(service: Service, origin: str, purpose: str, *, now: datetime) -> str:
    """A fresh challenge as browsers read it."""
    return encoded(challenge(service, origin, purpose, now=now))


def issued_at(
    service: Service, answer: PasskeyAnswer, purpose: str, *, now: datetime
) -> int | None:
    """When the challenge of `answer` was issued (ms); None for a foreign or an old one."""
    issued, mac = answer.challenge[: _ISSUED.size], answer.challenge[_ISSUED.size :]
    expected = _mac(service, answer.origin, purpose, issued)
    if len(issued) != _ISSUED.size or not compare_digest(mac, expected):
        return None
    milliseconds, _nonce = _ISSUED.unpack(issued)
    age = _milliseconds(now) - milliseconds
    return milliseconds if 0 <= age <= GOOD_FOR / timedelta(milliseconds=1) else None


def used(
    service: Service, content: Mapping[str, Any], text: str, *, now: datetime
) -> dict[str, Any] | None:
    """The passkey's content after this answer; None when it is not its answer, or was used.

    Only challenges issued after the last one that was answered count: each answer once.
    """
    try:
        answer = read_passkey_answer(text)
        issued = issued_at(service, answer, SIGN_IN, now=now)
        if issued is None or issued <= content["issued"] or answer.host != content["host"]:
            return None
        count = answer.check(
            id=decoded(content["id"]), key=decoded(content["key"]), count=content["count"]
        )
    except PasskeyError:
        return None
    return {**content, "issued": issued, "count": count}


def registered(service: Service, text: str, *, now: datetime) -> dict[str, Any] | None:
    """What is kept of a new passkey; None when the answer is to no challenge of ours."""
    try:
        answer = read_passkey_answer(text)
        issued = issued_at(service, answer, ADD, now=now)
        if issued is None:
            return None
        id_, key, count = answer.register()
    except PasskeyError:
        return None
    kept = {"id": encoded(id_), "key": encoded(key), "count": count, "issued": issued}
    return {**kept, "host": answer.host}


def encoded(raw: bytes) -> str:
    """As browsers write bytes: Base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes that `encoded` wrote."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _mac(service: Service, origin: str, purpose: str, issued: bytes) -> bytes:
    named = f"{purpose}\0{origin}\0".encode()
    return service.keys.server.mac("passkey", named + issued)


def _milliseconds(now: datetime) -> int:
    return int(now.timestamp() * 1000)
