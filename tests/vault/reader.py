"""A second reader, from FORMAT.md 2, 6 and 9 alone; imports nothing of Intake."""

import hashlib
import hmac
import struct
from collections.abc import Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

_CHUNK = 16384 + 16
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


class RefusedError(Exception):
    """The bytes do not follow FORMAT.md."""


# 2.1 and 2.2


def part(written: str | int) -> bytes:
    """A context's part as the vectors write it: `uuid:…` and `hex:…` are bytes."""
    if isinstance(written, str) and written.startswith("uuid:"):
        return UUID(written[5:]).bytes
    if isinstance(written, str) and written.startswith("hex:"):
        return bytes.fromhex(written[4:])
    return str(written).encode()


def context(place: Sequence[str | int]) -> bytes:
    items = [part(written) for written in place]
    return b"intake/1" + b"".join(struct.pack(">H", len(item)) + item for item in items)


def expand(prk: bytes, info: bytes, length: int, algorithm: str) -> bytes:
    """HKDF-Expand, RFC 5869 §2.3."""
    made, block, counter = b"", b"", 1
    while len(made) < length:
        block = hmac.digest(prk, block + info + bytes([counter]), algorithm)
        made += block
        counter += 1
    return made[:length]


def derive(key: bytes, place: Sequence[str | int]) -> bytes:
    label, *parts = place
    return expand(key, context([f"derive/{label}", *parts]), 32, "sha256")


def mac(key: bytes, label: str, message: bytes) -> bytes:
    return hmac.digest(derive(key, [label]), message, "sha256")


# 2.3


def unbox(key: bytes, box: bytes, place: bytes) -> bytes:
    version, salt, commitment, chunks = box[:1], box[1:25], box[25:57], box[57:]
    label = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM"
    okm = expand(key, label + b"\0" + salt + place, 76, "sha512")
    if version != b"\x02" or okm[44:] != commitment:
        raise RefusedError
    opened = b""
    for at in range(0, len(chunks) + 1, _CHUNK):
        nonce = int.from_bytes(okm[32:44], "big") ^ (at // _CHUNK)
        chunk = chunks[at : at + _CHUNK]
        opened += decrypted(okm[:32], nonce.to_bytes(12, "big"), chunk)
    return opened


def decrypted(key: bytes, nonce: bytes, sealed: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(nonce, sealed, b"")
    except (InvalidTag, ValueError):
        raise RefusedError from None


# 2.4 and 2.5


def key_pair(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    expanded = hashlib.shake_256(seed).digest(96)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )


def public_key(seed: bytes) -> bytes:
    mlkem, x25519 = key_pair(seed)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def fingerprint(public: bytes) -> str:
    digits = f"{int.from_bytes(hashlib.sha256(public).digest(), 'big') % 10**32:032d}"
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def shared_secret(seed: bytes, enc: bytes) -> bytes:
    mlkem, x25519 = key_pair(seed)
    ephemeral = enc[1088:]
    return hashlib.sha3_256(
        mlkem.decapsulate(enc[:1088])
        + x25519.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        + ephemeral
        + x25519.public_key().public_bytes_raw()
        + bytes.fromhex("5C2E2F2F5E5C")
    ).digest()


def unseal(seed: bytes, seal: bytes, place: bytes) -> bytes:
    if seal[:1] != b"\x01" or len(seal) < 1 + 1120 + 16:
        raise RefusedError
    suite = b"HPKE" + struct.pack(">HHH", 0x647A, 1, 2)

    def extract(salt: bytes, label: bytes, ikm: bytes) -> bytes:
        return hmac.digest(salt, b"HPKE-v1" + suite + label + ikm, "sha256")

    def expanded(prk: bytes, label: bytes, length: int) -> bytes:
        info = struct.pack(">H", length) + b"HPKE-v1" + suite + label + schedule
        return expand(prk, info, length, "sha256")

    schedule = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", place)
    secret = extract(shared_secret(seed, seal[1:1121]), b"secret", b"")
    key, nonce = expanded(secret, b"key", 32), expanded(secret, b"base_nonce", 12)
    return decrypted(key, nonce, seal[1121:])


# 2.6 and 2.7


def stretch(text: str, how: bytes, pepper: bytes | None) -> bytes:
    version, memory, passes, lanes, salt = struct.unpack(">BIBB16s", how)
    if version != 1:
        raise RefusedError
    argon = Argon2id(
        salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory, secret=pepper
    )
    return argon.derive(text.encode())


def unpad(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:4], "big")
    if (
        4 + length > len(padded)
        or any(padded[4 + length :])
        or len(padded) != padme(len(padded))
    ):
        raise RefusedError
    return padded[4 : 4 + length]


def padme(size: int) -> int:
    exponent = len(bin(size)) - 3
    step = 1 << (exponent - (len(bin(exponent)) - 2))
    return -(-size // step) * step


# 6 and 9


def audit_line(
    sealed: bytes, sequence: int, pseudonym: str, revision: int, digest: str
) -> bytes:
    content = f"hex:{hashlib.sha256(sealed).hexdigest()}"
    return context(
        ["audit-line", sequence, content, f"hex:{pseudonym}", revision, f"hex:{digest}"]
    )


def return_code(once: bytes) -> str:
    number = int.from_bytes(derive(once, ["return-code"]), "big") % 10**23
    digits, check = f"{number:023d}", 0
    for digit in digits:
        check = int(_DAMM[check][int(digit)])
    return f"{digits}{check}"
