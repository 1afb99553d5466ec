"""A security key made of software: what WebAuthn 3 §6 says, for tests."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256

ORIGIN = "https://desk.example.org"
_PRESENT, _WITH_KEY = 0x01, 0x40


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Authenticator:
    """One passkey, for the pages of `origin`."""

    origin: str = ORIGIN
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: EllipticCurvePrivateKey = field(
        default_factory=lambda: generate_private_key(SECP256R1())
    )
    count: int = 0

    def register(self, challenge: str) -> str:
        """The answer to a wish for a new passkey."""
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        place = bytes(16) + len(self.id).to_bytes(2, "big") + self.id
        data = self._data(_PRESENT | _WITH_KEY) + place + key
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", challenge)
        return self._answer({"clientDataJSON": client, "attestationObject": made})

    def sign(self, challenge: str, *, counts: bool = True) -> str:
        """The answer to a challenge."""
        self.count += counts
        data, client = self._data(_PRESENT), self._client("webauthn.get", challenge)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signed}
        return self._answer(parts)

    def _data(self, flags: int) -> bytes:
        host = self.origin.split("//")[1].split(":")[0]
        name = hashlib.sha256(host.encode()).digest()
        return name + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps(told).encode()

    def _answer(self, parts: dict[str, bytes]) -> str:
        response = {name: _text(raw) for name, raw in parts.items()}
        id_ = _text(self.id)
        answer = {"id": id_, "rawId": id_, "type": "public-key", "response": response}
        return json.dumps({**answer, "clientExtensionResults": {}})
