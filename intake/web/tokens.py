"""Stateless form tokens: signed, dated, kept nowhere, so that they work without any cookie."""

import hashlib
from datetime import datetime, timedelta

from itsdangerous import BadSignature, TimestampSigner
from typing_extensions import override

LIFETIME = timedelta(hours=24)


def issue(key: bytes, purpose: str, *, now: datetime, value: str = "") -> str:
    """A token good for `purpose` and 24 hours; it carries `value` readably."""
    return _Signer(key, purpose, now).sign(value).decode()


def is_good(key: bytes, purpose: str, token: str, *, now: datetime) -> bool:
    """Whether this server issued `token` for `purpose` within 24 hours."""
    return opened(key, purpose, token, now=now) is not None


def opened(key: bytes, purpose: str, token: str, *, now: datetime) -> str | None:
    """The value that a good token carries, else None."""
    try:
        value = _Signer(key, purpose, now).unsign(token, max_age=int(LIFETIME.total_seconds()))
    except BadSignature:
        return None
    return value.decode()


class _Signer(TimestampSigner):
    def __init__(self, key: bytes, purpose: str, now: datetime) -> None:
        super().__init__(
            key, salt=f"intake/{purpose}", key_derivation="hmac", digest_method=hashlib.sha256
        )
        self.now = now

    @override
    def get_timestamp(self) -> int:
        return int(self.now.timestamp())
