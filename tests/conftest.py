"""What every test may ask for: a time, an empty database of each kind, settings, a length."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, cast

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as of_hypothesis
from sqlalchemy import Engine

from intake.settings import Settings, load
from intake.store.engine import connect
from intake.store.migrations import upgrade
from tests.compiling import compile_once
from tests.postgresql import CannotStart, Server, server

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)  # a Wednesday, 14:30 in Astana
Length = Literal["short", "long"]

# A busy machine is no fault.
of_hypothesis.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
of_hypothesis.load_profile("unhurried")
os.environ.setdefault("AIOSMTPD_CONTROLLER_TIMEOUT", "60")
compile_once()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--proof", choices=("short", "long"), default="short")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A campaign runs as often as its module's `ROUNDS` say, so that cores can share it."""
    if "campaign" in metafunc.fixturenames:
        rounds = metafunc.module.ROUNDS[metafunc.config.getoption("proof")]
        metafunc.parametrize("campaign", range(rounds))


@pytest.fixture(scope="session")
def length(pytestconfig: pytest.Config) -> Length:
    """How long campaigns run: `short` inside all tests, `long` for `make proof`."""
    return cast("Length", pytestconfig.getoption("proof"))


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An empty instance folder."""
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def sqlite_url(instance: Path) -> str:
    """The address of an empty SQLite database."""
    return f"sqlite:///{instance / 'intake.db'}"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """One PostgreSQL for the whole run; skipped where it cannot start, but not in CI."""
    try:
        with server() as running:
            yield running
    except CannotStart as error:
        reason = f"PostgreSQL cannot start here, so its half of the tests did not run: {error}"
        if os.environ.get("INTAKE_CI") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture
def postgresql_url(postgresql: Server) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with postgresql.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; the test runs once for each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with all tables; the test runs once for each kind."""
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """A SQLite database with all tables, in the instance folder."""
    engine = connect(sqlite_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def settings(instance: Path, sqlite_engine: Engine) -> Settings:
    """The settings of a fresh installation on SQLite; its database has all tables."""
    del sqlite_engine  # only has to be there
    return load({}, instance)


@pytest.fixture
def settings_on_each(instance: Path, database_url: str, engine: Engine) -> Settings:
    """The same on each kind of database."""
    del engine
    return load({"INTAKE_DATABASE_URL": database_url}, instance)
