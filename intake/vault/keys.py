"""Keys and the operations seal, box and derive, as FORMAT.md §2 specifies."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Self

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from typing_extensions import override

from intake.vault.context import Part
from intake.vault.context import context as context_of
from intake.vault.sealed import BOX, SEAL, Sealed, UnsealError

KEY_BYTES: Final = 32
_MLKEM_SEED, _MLKEM_PUBLIC, _PUBLIC = 64, 1184, 1216
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True, eq=False)
class Secret:  # noqa: PLW1641 - no secret belongs into a set or a dictionary's keys
    """32 secret bytes, never shown, compared in constant time; `ValueError` if not 32."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise ValueError("A secret is 32 bytes.")

    @override
    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and hmac.compare_digest(self.raw, other.raw)

    @classmethod
    def random(cls) -> Self:
        """A fresh one from the operating system."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def derive(self, label: str, *parts: Part) -> Key:
        """Another key out of this one (HKDF-Expand, RFC 5869 §2.3)."""
        info = context_of("derive/" + label, *parts)
        return Key(HKDFExpand(SHA256(), KEY_BYTES, info).derive(self.raw))


@dataclass(frozen=True, slots=True, eq=False)
class Key(Secret):
    """A symmetric key."""

    def mac(self, label: str, message: bytes) -> bytes:
        """HMAC-SHA256 of `message` under the key derived for `label`; 32 bytes."""
        return hmac.digest(self.derive(label).raw, message, "sha256")

    def box(self, plaintext: bytes, *, context: bytes) -> Sealed:
        """Box `plaintext` so that it opens only under this key and in the same `context`."""
        boxing = Cobblestone256Encryptor(self.raw, context)
        return Sealed(BOX + boxing.update(plaintext) + boxing.finalize())

    def unbox(self, sealed: Sealed, *, context: bytes) -> bytes:
        """Open what was boxed under this key in `context`; else `UnsealError`."""
        if sealed[:1] != BOX:
            raise UnsealError
        opening = Cobblestone256Decryptor(self.raw, context)
        try:
            return opening.update(sealed[1:]) + opening.finalize()
        except InvalidTag:
            raise UnsealError from None


@dataclass(frozen=True)
class PublicKey:
    """What anybody may seal to; `ValueError` when the bytes are no key."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != _PUBLIC:
            raise ValueError("A public key is 1216 bytes.")
        _ = self._key

    @cached_property
    def _key(self) -> MLKEM768X25519PublicKey:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(self.raw[:_MLKEM_PUBLIC]),
            X25519PublicKey.from_public_bytes(self.raw[_MLKEM_PUBLIC:]),
        )

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 of the key; 32 bytes."""
        return hashlib.sha256(self.raw).digest()

    def fingerprint(self) -> str:
        """Eight groups of four digits (106 bits), for two people to compare."""
        digits = str(int.from_bytes(self.digest, "big") % 10**32).zfill(32)
        return " ".join(digits[at : at + 4] for at in range(0, 32, 4))

    def seal(self, plaintext: bytes, *, context: bytes) -> Sealed:
        """Seal `plaintext` so that it opens only for this key's seed and in `context`."""
        return Sealed(SEAL + _SUITE.encrypt(plaintext, self._key, info=context))


@dataclass(frozen=True, eq=False)
class Identity:
    """The private half: opens what was sealed to its public key."""

    _key: MLKEM768X25519PrivateKey = field(repr=False)

    def unseal(self, sealed: Sealed, *, context: bytes) -> bytes:
        """Open what was sealed to this identity in `context`; else `UnsealError`."""
        if sealed[:1] != SEAL:
            raise UnsealError
        try:
            return _SUITE.decrypt(sealed[1:], self._key, info=context)
        except InvalidTag:
            raise UnsealError from None


@dataclass(frozen=True, eq=False)
class Seed(Secret):
    """The one secret from which a key pair and a symmetric key follow."""

    @cached_property
    def _pair(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        expanded = hashlib.shake_256(self.raw).digest(_MLKEM_SEED + KEY_BYTES)
        return (
            MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED]),
            X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED:]),
        )

    @cached_property
    def public(self) -> PublicKey:
        return PublicKey(b"".join(half.public_key().public_bytes_raw() for half in self._pair))

    @cached_property
    def identity(self) -> Identity:
        return Identity(MLKEM768X25519PrivateKey(*self._pair))

    @cached_property
    def symmetric(self) -> Key:
        return self.derive("symmetric")
