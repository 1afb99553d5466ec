"""Installations with people in them, for tests of the commands."""

from tests.people import (
    coordinator,
    first_day,
    first_day_template,
    installation,
    quick_beside_servers,
    second,
    service,
)

__all__ = [
    "coordinator",
    "first_day",
    "first_day_template",
    "installation",
    "quick_beside_servers",
    "second",
    "service",
]
