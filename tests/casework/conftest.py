"""Installations with people in them, for tests of the use cases."""

from tests.people import (
    coordinator,
    coordinator_on_each,
    first_day,
    first_day_template,
    installation,
    postgresql_reused,
    postgresql_template,
    quick,
    second,
    second_on_each,
    service,
    service_on_each,
    service_on_postgresql,
)

__all__ = [
    "coordinator",
    "coordinator_on_each",
    "first_day",
    "first_day_template",
    "installation",
    "postgresql_reused",
    "postgresql_template",
    "quick",
    "second",
    "second_on_each",
    "service",
    "service_on_each",
    "service_on_postgresql",
]
