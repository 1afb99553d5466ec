"""Whether a passkey may be asked for on this page, and what a browser needs for it."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import g, request

from intake import casework
from intake.web import context


@dataclass(frozen=True)
class Offer:
    """What `desk.js` reads from a button: a challenge, and the name passkeys are bound to."""

    challenge: str = field(repr=False)
    host: str


def offer(purpose: str) -> Offer | None:
    """None where browsers know no passkeys: at a bare address, or without TLS."""
    host = urlsplit(origin()).hostname or ""
    if _is_number(host) or not (host == "localhost" or origin().startswith("https:")):
        return None
    raw = casework.passkey_challenge(context.service(), origin(), purpose, now=context.now())
    g.offers_passkeys = True
    return Offer(raw, host)


def are_made() -> bool:
    """Whether a passkey was offered on the page so far."""
    return bool(g.get("offers_passkeys"))


def origin() -> str:
    """Scheme, name and port as browsers write them; the name is one of ours."""
    is_secure = request.is_secure or context.service().settings.secure_cookies
    return f"{'https' if is_secure else 'http'}://{request.host}"


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
