"""What a case consists of: documents, facts, messages, drafts and the case's state."""

from typing import Final
from uuid import UUID

from intake.vault.codes import Once
from intake.vault.context import context
from intake.vault.keys import KEY_BYTES, Key, PublicKey
from intake.vault.padding import (
    FACETS_FLOOR,
    FACTS_FLOOR,
    MESSAGE_FLOOR,
    REPORT_FLOOR,
    pad,
    unpad,
)
from intake.vault.rings import RingKey
from intake.vault.sealed import Sealed, UnsealError, is_box

_DIGEST_BYTES: Final = 32


def box_document(
    key: Key, content: bytes, *, case: UUID, compartment: str, id: UUID, revision: int
) -> Sealed:
    """A revision of a document, under its compartment's key; padded to at least 4 KiB."""
    place = context("document", case, compartment, id, revision)
    return key.box(pad(content, floor=REPORT_FLOOR), context=place)


def open_document(
    key: Key, sealed: Sealed, *, case: UUID, compartment: str, id: UUID, revision: int
) -> bytes:
    """The content of one revision; `UnsealError` for any other."""
    return unpad(
        key.unbox(sealed, context=context("document", case, compartment, id, revision))
    )


def seal_facts(
    public: PublicKey, content: bytes, *, case: UUID, revision: int, generation: int
) -> Sealed:
    """Coded answers on arrival, to the ring `facts`; padded to at least 2 KiB."""
    place = context("facts", case, revision, generation)
    return public.seal(pad(content, floor=FACTS_FLOOR), context=place)


def box_facts(ring_key: RingKey, content: bytes, *, case: UUID, revision: int) -> Sealed:
    """Coded answers after the first reading, under the ring `facts`."""
    place = context("facts", case, revision, ring_key.generation)
    return ring_key.symmetric.box(pad(content, floor=FACTS_FLOOR), context=place)


def open_facts(sealed: Sealed, ring_key: RingKey, *, case: UUID, revision: int) -> bytes:
    """Coded answers, in the form of arrival or after the first reading."""
    place = context("facts", case, revision, ring_key.generation)
    if is_box(sealed):
        return unpad(ring_key.symmetric.unbox(sealed, context=place))
    return unpad(ring_key.seed.identity.unseal(sealed, context=place))


def box_facets(ring_key: RingKey, content: bytes, *, case: UUID, version: int) -> Sealed:
    """What a queue filters by, under the ring `facts`; padded to at least 1 KiB."""
    place = context("facets", case, version, ring_key.generation)
    return ring_key.symmetric.box(pad(content, floor=FACETS_FLOOR), context=place)


def open_facets(sealed: Sealed, ring_key: RingKey, *, case: UUID, version: int) -> bytes:
    """What a queue filters by, as of one version of the case."""
    place = context("facets", case, version, ring_key.generation)
    return unpad(ring_key.symmetric.unbox(sealed, context=place))


def box_mail_key(code_key: Key, mail_key: Key, digest: bytes, *, case: UUID) -> Sealed:
    """The conversation's key and the SHA-256 of what was first sent, under the return code."""
    if len(digest) != _DIGEST_BYTES:
        raise ValueError("The digest is a SHA-256.")
    return code_key.box(mail_key.raw + digest, context=context("mail-key", case))


def open_mail_key(code_key: Key, sealed: Sealed, *, case: UUID) -> tuple[Key, bytes]:
    """The conversation's key, and the digest of what was first sent."""
    opened = code_key.unbox(sealed, context=context("mail-key", case))
    if len(opened) != KEY_BYTES + _DIGEST_BYTES:
        raise UnsealError
    return Key(opened[:KEY_BYTES]), opened[KEY_BYTES:]


def box_message(key: Key, content: bytes, *, case: UUID, id: UUID) -> Sealed:
    """A message of the conversation, under the mail key; padded to at least 1 KiB."""
    return key.box(pad(content, floor=MESSAGE_FLOOR), context=context("message", case, id))


def open_message(key: Key, sealed: Sealed, *, case: UUID, id: UUID) -> bytes:
    """The text of a message."""
    return unpad(key.unbox(sealed, context=context("message", case, id)))


def box_on_its_way(key: Key, content: bytes, *, case: UUID) -> Sealed:
    """What a page carries of a file that comes into the conversation, under the mail key."""
    return key.box(content, context=context("on-its-way", case))


def open_on_its_way(key: Key, sealed: Sealed, *, case: UUID) -> bytes:
    """What the page carried; `UnsealError` for what another conversation boxed."""
    return key.unbox(sealed, context=context("on-its-way", case))


def box_draft(key: Key, content: bytes, *, id: UUID, revision: int) -> Sealed:
    """What somebody has typed so far, under the key that `draft_key` gives."""
    return key.box(pad(content, floor=REPORT_FLOOR), context=context("draft", id, revision))


def open_draft(key: Key, sealed: Sealed, *, id: UUID, revision: int) -> bytes:
    """What was typed, as of one revision."""
    return unpad(key.unbox(sealed, context=context("draft", id, revision)))


def draft_key(once: Once) -> Key:
    """The key of the draft that was born with this `once`."""
    return once.derive("draft")


def draft_id(once: Once) -> UUID:
    """The id of the draft that was born with this `once`; without it, it names nobody."""
    return UUID(bytes=once.derive("draft id").raw[:16], version=4)


def box_once(code_key: Key, once: Once, *, id: UUID) -> Sealed:
    """A draft's `once`, under the return code that brings the draft back."""
    return code_key.box(once.raw, context=context("draft-key", id))


def open_once(code_key: Key, sealed: Sealed, *, id: UUID) -> Once:
    """The draft's `once`; `UnsealError` under the code of another."""
    opened = code_key.unbox(sealed, context=context("draft-key", id))
    if len(opened) != KEY_BYTES:
        raise UnsealError
    return Once(opened)


def box_state(state_key: Key, content: bytes, *, case: UUID, revision: int) -> Sealed:
    """What the case consisted of at a revision: every object, every plain column."""
    place = context("state", case, revision)
    return state_key.box(pad(content, floor=MESSAGE_FLOOR), context=place)


def open_state(state_key: Key, sealed: Sealed, *, case: UUID, revision: int) -> bytes:
    """The state as of one revision."""
    return unpad(state_key.unbox(sealed, context=context("state", case, revision)))
