"""A browser, a running installation with its worker, and a mail server that receives."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from intake.casework import duty, resume, submit
from intake.casework.duty import Entry
from intake.casework.receipts import new_once
from tests.browser import browsing
from tests.browser.neutral import neutral_site
from tests.people import (
    COORDINATOR,
    PASSPHRASES,
    FirstDay,
    Installation,
    first_day_template,
    installation,
    quick_beside_servers,
    service_in,
    short_report,
    sign_in,
)
from tests.running import Post, Running, post, running

__all__ = ["first_day_template", "installation", "quick_beside_servers"]

ON_DUTY = "duty@example.org"
LEAVING = {"INTAKE_EXIT_URL": f"https://{browsing.NEUTRAL}/"}


@pytest.fixture(scope="package")
def started() -> Iterator[Playwright]:
    """Playwright, where there is a Chromium; skipped elsewhere, but not in CI."""
    if browsing.chromium_path() is None:
        if os.environ.get("INTAKE_CI") == "1":
            pytest.fail(browsing.NO_CHROMIUM, pytrace=False)
        pytest.skip(browsing.NO_CHROMIUM)
    with browsing.playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(started: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all walks; each walk opens windows of its own in it."""
    with neutral_site(tmp_path_factory.mktemp("neutral")) as flag:
        browser = browsing.launch(started, flag)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def closed(browser: Browser) -> Iterator[None]:
    """Close the windows that a test opened."""
    yield
    for context in browser.contexts:
        context.close()


@pytest.fixture(scope="package")
def at_work(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with a duty rota and one report that can wait, to be copied."""
    folder = tmp_path_factory.mktemp("at-work") / "instance"
    shutil.copytree(installation.folder, folder)
    now = datetime.now(UTC)
    service = service_in(folder)
    words = PASSPHRASES[COORDINATOR]
    before = now - timedelta(minutes=5)  # so that no walk meets a code that was taken
    cookie = sign_in(service, COORDINATOR, words, known=None, now=before).cookie
    reader = resume(service, cookie, now=now)
    duty.keep(reader, [Entry(reader.member, ON_DUTY)], revision=0, now=now)
    earlier = short_report(now - timedelta(hours=1), victim_status="free", narrative="Later.")
    submit(service, earlier, once=new_once())
    service.engine.dispose()
    return folder


@contextmanager
def working(template: Path, folder: Path, mail: Post) -> Iterator[Running]:
    """A copy of an installation, served and with its worker."""
    shutil.copytree(template, folder)
    with running(folder, "serve", "worker", environ={**LEAVING, **mail.environ}) as site:
        yield site


@pytest.fixture(scope="package")
def mail() -> Iterator[Post]:
    """The mail server of the shared installation."""
    with post() as receiver:
        yield receiver


@pytest.fixture(scope="package")
def site(
    at_work: Path, mail: Post, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """One installation for all walks that may share one."""
    with working(at_work, tmp_path_factory.mktemp("site") / "instance", mail) as site:
        yield site


@pytest.fixture
def own_mail() -> Iterator[Post]:
    with post() as receiver:
        yield receiver


@pytest.fixture
def own_site(at_work: Path, own_mail: Post, tmp_path: Path) -> Iterator[Running]:
    """An installation for one test alone."""
    with working(at_work, tmp_path / "instance", own_mail) as site:
        yield site


@pytest.fixture
def own_pages(at_work: Path, tmp_path: Path) -> Iterator[Running]:
    """The same without its worker, for a test of what pages do by themselves."""
    folder = shutil.copytree(at_work, tmp_path / "instance")
    with running(folder, environ=LEAVING) as site:
        yield site


@pytest.fixture(scope="package")
def first_day(
    first_day_template: FirstDay, mail: Post, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Running, FirstDay]]:
    """An installation where nobody has signed in yet."""
    folder = tmp_path_factory.mktemp("first-day") / "instance"
    with working(first_day_template.folder, folder, mail) as site:
        yield site, first_day_template
