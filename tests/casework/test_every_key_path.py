"""Whoever copies database, files and server secrets opens nothing; locked, nobody does.

The walk tries every stored box with every key that what is stored leads to. So that it is not
blind, it is first made with everything that people know, and then opens all of it.
"""

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Uuid, select

from intake.casework import Service, invitation_links, lockdown, resume
from intake.casework.sessions import read_cookie
from intake.store.migrations import upgrade
from intake.store.schema import METADATA
from intake.vault import Once, read_sheets
from tests.casework.filled import Filled, fill
from tests.casework.key_paths import LABELS, PLACES, PLAIN, SERVERS, Thief, stored
from tests.people import COORDINATOR, NOW, SECOND, Installation, copied, copy_rows

FOR_THE_SERVER = {"outbox.box: server", "setting.box: server"}
"""What the server must read while nobody is signed in: letters that wait, rota and settings."""
NOTHING_FILLS_YET = {("link", "box")}
GUESSES = ("", COORDINATOR, "intake")


def sealed_columns() -> set[tuple[str, str]]:
    return {
        (table.name, column.name)
        for table in METADATA.tables.values()
        for column in table.c
        if column.name == "box" or column.name.endswith("_box")
    }


@pytest.fixture(scope="module")
def template(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Filled once; tests take copies."""
    folder = tmp_path_factory.mktemp("filled") / "instance"
    with copied(installation.folder, folder) as service:
        first, second = (
            resume(service, installation.cookies[handle], now=NOW)
            for handle in (COORDINATOR, SECOND)
        )
        return fill(first, second, installation)


@pytest.fixture
def filled(template: Filled, tmp_path: Path) -> Iterator[Filled]:
    """A copy of it."""
    with copied(template.service.settings.instance, tmp_path / "copy") as service:
        yield replace(template, service=service)


@pytest.fixture
def filled_on_postgresql(
    template: Filled, postgresql_url: str, tmp_path: Path
) -> Iterator[Filled]:
    """A copy of it on PostgreSQL."""
    folder = template.service.settings.instance
    with copied(folder, tmp_path / "other", postgresql_url) as service:
        upgrade(service.engine)
        copy_rows(template.service.engine, service.engine)
        yield replace(template, service=service)


@pytest.fixture(params=["filled", "filled_on_postgresql"])
def filled_on_each(request: pytest.FixtureRequest) -> Filled:
    """A copy of it on each kind of database."""
    filled: Filled = request.getfixturevalue(request.param)
    return filled


def files(service: Service) -> Iterator[Path]:
    """What lies beside the database."""
    for path in sorted(service.settings.instance.rglob("*")):
        if path.is_file() and not path.name.startswith("intake.db"):
            yield path


def of_files(thief: Thief) -> None:
    """What the instance's files hold: keys as they are, and words that may be passphrases."""
    words = list(GUESSES)
    for path in files(thief.service):
        content = path.read_bytes()
        if len(content) == 32:
            thief.learn(content, kind=SERVERS)
            thief.type_codes_of(content)
        elif path.name != "rings.pub":
            thief.learn(content, kind=SERVERS)
            words += content.decode().split()[:3]
    for text in dict.fromkeys(words):
        thief.guess(COORDINATOR, text, peppers=[thief.service.keys.pepper.raw])


def of_rows(thief: Thief) -> None:
    """Whatever stands plain: ids, look-ups, hashes, MACs, public keys, salts."""
    with thief.service.reading() as session:
        for table in METADATA.tables.values():
            plain = [c for c in table.c if (table.name, c.name) not in PLACES]
            for row in session.execute(select(*plain)):
                for column, value in zip(plain, row, strict=True):
                    if isinstance(value, bytes):
                        thief.learn(value, kind=PLAIN)
                    elif isinstance(column.type, Uuid) and value is not None:
                        thief.learn(value.bytes, kind=PLAIN)


def of_people(thief: Thief, filled: Filled, *, peppers: list[bytes]) -> None:
    """Passphrases, the cookies of signed-in browsers, and links of invitations."""
    for handle, words in filled.passphrases.items():
        thief.guess(handle, words, peppers=peppers)
    for cookie in filled.cookies:
        thief.learn(read_cookie(thief.service, cookie)[0].raw)
    for text in filled.links:
        link = invitation_links.read(text)
        assert link is not None
        thief.learn(link.raw)


def of_reporters(thief: Thief, filled: Filled) -> None:
    """Return codes, and what browsers keep of drafts."""
    for code in filled.codes:
        thief.type_code(code)
    for once in filled.onces:
        thief.learn(Once(base64.urlsafe_b64decode(once + "=" * (-len(once) % 4))).raw)


def of_sheets(thief: Thief, filled: Filled) -> None:
    recovery = thief.service.pins().recovery
    assert recovery is not None
    thief.learn(read_sheets(filled.sheets[:2], expected=recovery).raw)


def test_every_column_with_boxes_is_walked() -> None:
    assert set(PLACES) == sealed_columns()


def test_every_column_with_boxes_is_filled(filled: Filled) -> None:
    found = {one.place for one in stored(filled.service)}
    assert sealed_columns() - found == NOTHING_FILLS_YET


def test_every_key_that_is_derived_anywhere_is_tried() -> None:
    assert {"session", "invitation", "draft", "code-key", "credential", "told"} <= set(LABELS)


def test_who_knows_everything_opens_everything(filled: Filled) -> None:
    thief, pepper = Thief(filled.service), filled.service.keys.pepper.raw
    thief.learn(filled.service.keys.server.raw)
    of_people(thief, filled, peppers=[pepper])
    of_reporters(thief, filled)
    of_sheets(thief, filled)
    thief.walk()
    # Sessions in browsers that are closed open with nothing that anybody still has.
    assert {one.name for one in thief.left} <= {"session.key_box: session"}
    assert thief.names == {one.name for one in stored(filled.service)}


def test_a_copy_of_all_that_is_stored_opens_nothing(filled: Filled) -> None:
    thief = Thief(filled.service)
    of_files(thief)
    of_rows(thief)
    thief.walk()
    assert thief.names == FOR_THE_SERVER


def test_what_reporters_hold_opens_their_drafts_and_conversations_alone(filled: Filled) -> None:
    thief = Thief(filled.service)
    of_reporters(thief, filled)
    thief.walk()
    assert thief.names == {
        "draft.box: draft",
        "draft.key_box: draft-key",
        "mailbox.key_box: mail-key",
        "document.box: message",
    }


def test_after_a_lockdown_nothing_that_members_know_opens_anything(
    filled_on_each: Filled,
) -> None:
    filled = filled_on_each
    before = filled.service.keys.pepper.raw
    lockdown.lock_down(filled.service, now=NOW)
    after = filled.service.keys.pepper.raw
    thief = Thief(filled.service)
    of_files(thief)
    of_people(thief, filled, peppers=[before, after])
    of_rows(thief)
    thief.walk()
    assert thief.names == FOR_THE_SERVER


def test_after_a_lockdown_the_sheets_open_every_case(filled_on_each: Filled) -> None:
    filled = filled_on_each
    lockdown.lock_down(filled.service, now=NOW)
    thief = Thief(filled.service)
    of_sheets(thief, filled)
    thief.walk()
    left = {one.place for one in thief.left}
    assert left & {("case_keys", "box"), ("document", "box"), ("case", "state_box")} == set()
