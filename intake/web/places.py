"""Where members of staff land, and which addresses of ours may be gone back to."""

from typing import Final

from flask import url_for
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException

from intake.casework import Reader
from intake.roles import Permission

OF_STAFF: Final = frozenset(
    {
        "desk",
        "cases",
        "correspondence",
        "steps",
        "writing",
        "moving",
        "proposals",
        "deadlines",
        "access",
        "handing",
        "marks",
        "team",
        "keeping",
        "given",
        "filings",
        "filing",
        "filing_table",
        "recording",
        "recorded",
        "following",
        "follow",
        "directory",
        "duty",
        "keys",
        "members",
        "settings",
        "lockdown",
        "oversight",
        "account",
        "factors",
        "first_steps",
    }
)
HOMES: Final = (
    (Permission.READ_QUEUE, "desk.queue"),
    (Permission.SEE_MEMBERS, "members.everybody"),
    (Permission.READ_LOG, "oversight.log"),
    (Permission.FILE, "filings.mine"),
    (Permission.READ_GRANTED, "given.cases"),
)


def home(reader: Reader) -> str:
    """The first page of this member: the queue, or what her role is for."""
    found = (endpoint for needed, endpoint in HOMES if reader.may(needed))
    return url_for(next(found, "account.home"))


def safe(address: str) -> str | None:
    """`address` when it is a page of the staff on this server, else None."""
    path, _mark, query = address.partition("?")
    adapter = request_ctx.url_adapter
    if adapter is None or not path.startswith("/") or path.startswith("//"):
        return None
    try:
        endpoint, values = adapter.match(path, method="GET")
    except HTTPException:
        return None
    if endpoint.partition(".")[0] not in OF_STAFF:
        return None
    built = url_for(endpoint, **values)
    return f"{built}?{query}" if query.isascii() and query.isprintable() and query else built
