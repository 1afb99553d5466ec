"""A running installation, a clock to turn, and a visitor."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask

from intake import create_app
from intake.casework import Service
from intake.settings import Settings, load
from intake.web.context import CLOCK, INSTALLATION
from tests.people import (
    COORDINATOR,
    NOW,
    SECOND,
    Installation,
    coordinator,
    first_day,
    first_day_template,
    installation,
    quick,
    second,
)
from tests.visitor import Visitor

__all__ = ["coordinator", "first_day", "first_day_template", "installation", "quick", "second"]


@dataclass
class Clock:
    """The time that pages are told; a test may let hours pass."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(installation: Installation, tmp_path: Path) -> Settings:
    """The settings of an installation at work, of its own."""
    return load({}, copytree(installation.folder, tmp_path / "instance"))


@pytest.fixture
def app(settings: Settings, clock: Clock) -> Iterator[Flask]:
    """Both surfaces on one port, over an installation of the test's own."""
    app = app_over(settings)
    app.extensions[CLOCK] = clock
    yield app
    app.extensions[INSTALLATION].engine.dispose()


_made: dict[Settings, Flask] = {}


def app_over(settings: Settings) -> Flask:
    """Put together once for all settings alike: it takes longer than most tests."""
    alike = _but_for_the_folder(settings)
    if alike in _made:
        _made[alike].extensions[INSTALLATION] = Service.open(settings)
    else:
        _made[alike] = create_app(settings)
    return _made[alike]


def _but_for_the_folder(settings: Settings) -> Settings:
    return replace(settings, instance=Path(), database_url="", files_url="")


@pytest.fixture
def service(app: Flask) -> Service:
    service: Service = app.extensions[INSTALLATION]
    return service


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app.test_client())


@pytest.fixture
def desk(app: Flask, installation: Installation) -> Visitor:
    """The browser of the first coordinator, a trained handler, signed in at `NOW`."""
    return signed_in(app, installation.cookies[COORDINATOR])


@pytest.fixture
def second_desk(app: Flask, installation: Installation) -> Visitor:
    """The browser of the second coordinator, who is no trained handler."""
    return signed_in(app, installation.cookies[SECOND])


def signed_in(app: Flask, cookie: str) -> Visitor:
    """A browser with this session, in English."""
    client = app.test_client()
    client.set_cookie("d", cookie, domain="127.0.0.1")
    client.set_cookie("l", "en", domain="127.0.0.1")
    return Visitor(client)
