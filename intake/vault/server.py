"""What the server itself must read: outgoing mail, settings, the reporter's cookie."""

from uuid import UUID

from intake.vault.context import Part, context
from intake.vault.keys import Key
from intake.vault.padding import LINE_FLOOR, pad, unpad
from intake.vault.sealed import Sealed


def box_server(server_key: Key, label: str, content: bytes, *ids: Part) -> Sealed:
    """Anything under the server key, for one label and place; padded to at least 512 bytes."""
    place = context("server", label, *ids)
    return server_key.box(pad(content, floor=LINE_FLOOR), context=place)


def open_server(server_key: Key, label: str, sealed: Sealed, *ids: Part) -> bytes:
    """What `box_server` boxed for the same label and place."""
    return unpad(server_key.unbox(sealed, context=context("server", label, *ids)))


def box_outbox(server_key: Key, content: bytes, *, id: UUID) -> Sealed:
    """An e-mail that waits to be sent."""
    return box_server(server_key, "outbox", content, id)


def open_outbox(server_key: Key, sealed: Sealed, *, id: UUID) -> bytes:
    """The e-mail."""
    return open_server(server_key, "outbox", sealed, id)


def box_setting(server_key: Key, content: bytes, *, name: str, revision: int) -> Sealed:
    """A setting made in the desk."""
    return box_server(server_key, "setting", content, name, revision)


def open_setting(server_key: Key, sealed: Sealed, *, name: str, revision: int) -> bytes:
    """The setting, as of one revision."""
    return open_server(server_key, "setting", sealed, name, revision)


def box_mail_address(server_key: Key, content: bytes, *, member: UUID) -> Sealed:
    """Where a member on duty is told that something arrived."""
    return box_server(server_key, "mail-address", content, member)


def open_mail_address(server_key: Key, sealed: Sealed, *, member: UUID) -> bytes:
    """The address."""
    return open_server(server_key, "mail-address", sealed, member)


def box_cookie(server_key: Key, content: bytes, *, purpose: str) -> Sealed:
    """The reporter's one cookie, not padded: each byte of it travels with every request."""
    return server_key.box(content, context=context("cookie", purpose))


def open_cookie(server_key: Key, sealed: Sealed, *, purpose: str) -> bytes:
    """The cookie's content; `UnsealError` for one of another purpose."""
    return server_key.unbox(sealed, context=context("cookie", purpose))
