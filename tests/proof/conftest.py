"""How long the campaigns run, and the installations they run on."""

from typing import Literal, cast

import pytest

from tests.people import (
    coordinator,
    first_day_template,
    installation,
    postgresql_template,
    second,
    service,
)

__all__ = [
    "coordinator",
    "first_day_template",
    "installation",
    "postgresql_template",
    "second",
    "service",
]

Length = Literal["short", "long"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--proof", choices=("short", "long"), default="short")


@pytest.fixture(scope="session")
def length(pytestconfig: pytest.Config) -> Length:
    """`short` inside all tests, `long` for `make proof`."""
    return cast("Length", pytestconfig.getoption("proof", "short"))
