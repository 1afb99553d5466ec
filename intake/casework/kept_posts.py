"""What a member sent after her session had ended: sealed to her until she signs in."""

import base64
from collections.abc import Mapping

from intake.casework.codec import decode, encode
from intake.casework.errors import SessionEnded
from intake.casework.reader import Reader
from intake.casework.service import Service
from intake.casework.sessions import read_cookie
from intake.store.people import MemberRow
from intake.vault import PublicKey, Sealed, UnsealError, open_kept, seal_kept


def keep_post(
    service: Service, cookie: str, path: str, fields: Mapping[str, list[str]]
) -> str | None:
    """What was sent after the session had ended, sealed to its member, as text for a page."""
    try:
        _, member_id, _ = read_cookie(service, cookie)
    except SessionEnded:
        return None
    with service.reading() as session:
        if (row := session.get(MemberRow, member_id)) is None:
            return None
        public = PublicKey(row.public_key)
    sealed = seal_kept(public, encode({"path": path, "fields": dict(fields)}), member=member_id)
    return base64.urlsafe_b64encode(sealed).decode()


def kept_post(reader: Reader, text: str) -> tuple[str, dict[str, list[str]]] | None:
    """The path and fields that `keep_post` sealed; None when they are not this member's."""
    try:
        sealed = Sealed(base64.b64decode(text, altchars=b"-_", validate=True))
        content = decode(open_kept(reader.secret.seed.identity, sealed, member=reader.member))
    except (ValueError, UnsealError):
        return None
    return content["path"], content["fields"]
