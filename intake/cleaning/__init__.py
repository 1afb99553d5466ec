"""Which files are taken, and copies of them that are safe to look at.

Nothing here opens a file in this process: what may be hostile is read in a confined one.
"""

from intake.cleaning.copying import Cleaned, cleaned
from intake.cleaning.kinds import KINDS, Kind, carries_code, kind_of
from intake.cleaning.limits import LIMITS, Limits, NotCleaned, Why

__all__ = [
    "KINDS",
    "LIMITS",
    "Cleaned",
    "Kind",
    "Limits",
    "NotCleaned",
    "Why",
    "carries_code",
    "cleaned",
    "kind_of",
]
