"""The installations that the campaigns run on."""

from tests.conftest import Length
from tests.people import (
    coordinator,
    first_day_template,
    installation,
    postgresql_template,
    quick_beside_servers,
    second,
    service,
)

__all__ = [
    "Length",
    "coordinator",
    "first_day_template",
    "installation",
    "postgresql_template",
    "quick_beside_servers",
    "second",
    "service",
]
