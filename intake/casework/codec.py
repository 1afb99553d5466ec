"""What a sealed document looks like inside: canonical JSON with a schema number."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

SCHEMA = 1
Content: TypeAlias = Mapping[str, Any]


def encode(content: Content) -> bytes:
    """`content` as canonical JSON: sorted, without spaces, UTF-8."""
    return json.dumps(
        {"schema": SCHEMA, **content}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def decode(encoded: bytes) -> dict[str, Any]:
    """What `encode` was given; older schemas are brought up to date here."""
    content: dict[str, Any] = json.loads(encoded.decode())
    return content


def instant(moment: datetime) -> str:
    """An aware time as UTC text, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """The aware time that `instant` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def hour(moment: datetime) -> datetime:
    """The hour that `moment` lies in: nothing finer is stored in plain."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
