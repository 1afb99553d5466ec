"""The states of a member's account; plain in the database."""

from typing import Final

FIRST: Final = "first"
"""The founder, or who was recovered: her one-time passphrase was not used yet."""
FIRST_USED: Final = "first_used"
"""The one-time passphrase was used, her own is not chosen yet."""
WAITING: Final = "waiting"
"""She has a key pair; no coordinator has entered her on the roster yet."""
ACTIVE: Final = "active"
SUSPENDED: Final = "suspended"
"""Signs in no more, and her keys were taken away; she may be let in again."""
LEFT: Final = "left"
LOCKED: Final = "locked"
"""A lockdown destroyed her box: only a new key pair lets her in again."""

SIGNS_IN: Final = frozenset({FIRST, FIRST_USED, WAITING, ACTIVE})
