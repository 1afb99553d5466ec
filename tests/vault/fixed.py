"""Secrets, ids and a text that are the same on every run."""

import hashlib
from dataclasses import replace
from datetime import date
from uuid import UUID

from intake import vault
from intake.vault import Ring, Slot


def fixed(name: str) -> bytes:
    """32 bytes that are the same on every run."""
    return hashlib.sha256(b"intake test " + name.encode()).digest()


def fixed_id(name: str) -> UUID:
    return UUID(bytes=fixed(name)[:16], version=4)


CASE, OTHER_CASE = fixed_id("case"), fixed_id("other case")
MEMBER, OTHER_MEMBER = fixed_id("member"), fixed_id("other member")
ROW, OTHER_ROW = fixed_id("row"), fixed_id("other row")
CASE_KEY = vault.Key(fixed("case key"))
SERVER_KEY = vault.Key(fixed("server key"))
AUDIT_KEY = vault.Key(fixed("audit key"))
MEMBER_SEED = vault.Seed(fixed("member seed"))
RECOVERY_SEED = vault.Seed(fixed("recovery seed"))
TOKEN = vault.SessionToken(fixed("token"))
LINK = vault.InvitationLink(fixed("link"))
ONCE = vault.Once(fixed("once"))
RINGS = {ring: vault.RingKey(ring, 2, vault.Seed(fixed(f"ring {ring}"))) for ring in Ring}
PINS = {ring: vault.Pin(key.generation, key.public) for ring, key in RINGS.items()}
SINCE = date(2026, 11, 18)
LATER_PINS = {**PINS, Ring.CASE: replace(PINS[Ring.CASE], since=SINCE)}
FIRST = vault.RingKey(Ring.CASE, 1, vault.Seed(fixed("first ring case")))
TRUSTED: dict[Ring, vault.Trusted] = {
    ring: key.trusted for ring, key in RINGS.items() if ring is not Ring.AUDIT
}
KEYS = vault.CaseKeys(CASE, {slot: vault.Key(fixed(f"key {slot}")) for slot in Slot})
SECRET = vault.MemberSecret(MEMBER_SEED, TRUSTED, totp=fixed("totp")[:20], counter=59_000_000)
SESSION = vault.SessionSecret(MEMBER_SEED, TRUSTED, started=1_790_000_000)
TEXT = "Әбілқасова: ұсталды 14:30".encode()
