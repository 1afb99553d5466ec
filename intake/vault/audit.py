"""The audit log's bytes: sealed lines, the chain of MACs, and a case's pseudonym."""

import hashlib
from typing import Final
from uuid import UUID

from intake.vault.context import context
from intake.vault.keys import Key, PublicKey
from intake.vault.padding import LINE_FLOOR, pad, unpad
from intake.vault.rings import RingKey
from intake.vault.sealed import Sealed

MAC_BYTES: Final = 32
PSEUDONYM_BYTES: Final = 16
AUDIT_START: Final = bytes(MAC_BYTES)  # what stands before the first line


def seal_audit_line(
    public: PublicKey, content: bytes, *, sequence: int, generation: int
) -> Sealed:
    """What was done, by whom and when, to the ring `audit`; padded to at least 512 bytes."""
    place = context("audit", sequence, generation)
    return public.seal(pad(content, floor=LINE_FLOOR), context=place)


def open_audit_line(ring_key: RingKey, sealed: Sealed, *, sequence: int) -> bytes:
    """What a line says; `UnsealError` in another place of the log."""
    place = context("audit", sequence, ring_key.generation)
    return unpad(ring_key.seed.identity.unseal(sealed, context=place))


def audit_line(
    sealed: Sealed, *, sequence: int, pseudonym: bytes, revision: int, digest: bytes
) -> bytes:
    """The row as the MAC covers it; pseudonym and digest are empty where there is no case."""
    content = hashlib.sha256(sealed).digest()
    return context("audit-line", sequence, content, pseudonym, revision, digest)


def audit_mac(audit_key: Key, previous: bytes, line: bytes) -> bytes:
    """Chains `line` to the MAC before it (`AUDIT_START` for the first); 32 bytes."""
    if len(previous) != MAC_BYTES:
        raise ValueError("The previous MAC is 32 bytes.")
    return audit_key.mac("audit", previous + line)


def pseudonym(audit_key: Key, case: UUID) -> bytes:
    """A name for the case that only the audit key's holder can tie to it; 16 bytes."""
    return audit_key.mac("pseudonym", case.bytes)[:PSEUDONYM_BYTES]
