"""An installation at work with two administrators, signed in, and their browsers."""

from shutil import copytree

import pytest
from flask import Flask

from intake.casework import resume
from intake.roles import Role
from tests.people import (
    COORDINATOR,
    EARLIER,
    NOW,
    Installation,
    add_member,
    code_of,
    service_in,
    set_up_app,
    sign_in,
)
from tests.visitor import Visited, Visitor
from tests.web.conftest import signed_in

ADMINISTRATOR, ANOTHER = "administrator", "another"
WORDS = "garnet willow compass thunder apricot saddle"


@pytest.fixture(scope="session")
def installation(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Installation:
    """The installation of the other tests, with its administrators."""
    folder = copytree(installation.folder, tmp_path_factory.mktemp("offices") / "instance")
    service, cookies = service_in(folder), dict(installation.cookies)
    reader = resume(service, cookies[COORDINATOR], now=NOW)
    for handle in (ADMINISTRATOR, ANOTHER):
        add_member(reader, handle, (Role.ADMINISTRATOR,), WORDS)
        cookies[handle] = sign_in(service, handle, WORDS, known=None, now=NOW).cookie
        set_up_app(resume(service, cookies[handle], now=NOW), WORDS, now=EARLIER)
    service.engine.dispose()
    return Installation(folder, cookies, installation.sheets)


@pytest.fixture
def office(app: Flask, installation: Installation) -> Visitor:
    """The browser of an administrator."""
    return signed_in(app, installation.cookies[ADMINISTRATOR])


@pytest.fixture
def another_office(app: Flask, installation: Installation) -> Visitor:
    """The browser of the other administrator."""
    return signed_in(app, installation.cookies[ANOTHER])


def fields_of(page: Visited) -> dict[str, str]:
    """What stands in the form of the page that saves."""
    fields = page.page.fields(page.page.form())
    return {name: values[0].removeprefix("\r\n") for name, values in fields.items()}


def saved(office: Visitor, path: str, typed: dict[str, str], *, tries: int = 0) -> Visited:
    """The answer to that form of the page at `path`, with this typed into it.

    Where it asks for fresh proof that is given, with another code for each of three `tries`.
    """
    page = office.get(path)
    is_proved = "passphrase" in fields_of(page)
    return office.send(page, typed | (proof(tries) if is_proved else {}))


def proof(tries: int = 0) -> dict[str, str]:
    """What an administrator types to show once more who it is."""
    return {"passphrase": WORDS, "code": code_of(ADMINISTRATOR, NOW, tries - 1)}


def pressed(office: Visitor, path: str, ending: str) -> Visited:
    """The answer to the form of the page at `path` whose address ends like this."""
    page = office.get(path)
    for place in range(len(page.page.all("form"))):
        if (page.page.form(place).get("action") or "").endswith(ending):
            return office.send(page, form=place)
    raise LookupError(ending)
