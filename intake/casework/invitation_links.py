"""How the secret of an invitation is written for people: 52 signs in groups of four.

The alphabet has no I, L, O and U; whoever types them, or the Cyrillic letter that looks the
same, is understood.
"""

import base64
import binascii
from typing import Final

from intake.vault import InvitationLink

GROUP: Final = 4
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648 §6
_OURS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_WRITTEN: Final = str.maketrans(_ALPHABET, _OURS)
_READ: Final = str.maketrans(_OURS, _ALPHABET)
_MEANT: Final = str.maketrans("ILOАВСЕНКМОРТХІ", "110ABCEHKM0PTX1")  # noqa: RUF001 - that is the point
_PADDING: Final = "===="


def text_of(link: InvitationLink) -> str:
    """The secret as it is shown once and typed."""
    written = base64.b32encode(link.raw).decode().rstrip("=").translate(_WRITTEN)
    return " ".join(written[at : at + GROUP] for at in range(0, len(written), GROUP))


def read(typed: str) -> InvitationLink | None:
    """The secret that was typed, or stands behind the # of an address; else None."""
    signs = [sign for sign in typed.rpartition("#")[2].upper() if sign.isalnum()]
    meant = "".join(signs).translate(_MEANT)
    if not set(meant) <= set(_OURS):
        return None
    try:
        return InvitationLink(base64.b32decode(meant.translate(_READ) + _PADDING))
    except (binascii.Error, ValueError):
        return None
