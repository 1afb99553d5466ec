"""Installations with people in them: founded once, then copied for each test.

The first coordinator of `installation` has her own passphrase and recovery sheets; beside her
stands a second coordinator who is no trained handler. Both are signed in at `NOW`.
"""

import base64
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, insert, select

from intake.casework import (
    First,
    Incoming,
    Reader,
    Service,
    SignedIn,
    add_app,
    choose_passphrase,
    confirm_sheets,
    found,
    new_once,
    new_sheets,
    open_case,
    prove,
    resume,
    submit,
)
from intake.casework import sign_in as sign_in_with
from intake.casework.member_box import of_handle, opened
from intake.casework.roster import Newcomer, admit
from intake.form.answers import Answers, Stored
from intake.form.moments import ZONE
from intake.roles import Role
from intake.settings import load
from intake.store.columns import Base
from intake.store.migrations import upgrade
from intake.store.people import MemberRow
from intake.store.tables import CaseRow, MailboxRow
from intake.vault import (
    SALT_BYTES,
    Ring,
    Stretching,
    box_member,
    code_keys,
    read_code,
    totp_code,
    totp_step,
)
from tests.postgresql import Server

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)  # a Wednesday, 14:30 in Astana
EARLIER = NOW - timedelta(minutes=10)  # when apps were set up: all codes of now are fresh
COORDINATOR, SECOND = "coordinator", "second"
PASSPHRASES = {
    COORDINATOR: "lantern gravel orbit mustard canyon velvet",
    SECOND: "harbor pencil walnut thunder meadow copper",
}
APPS = {
    COORDINATOR: base64.b32encode(b"coordinator's secret").decode(),
    SECOND: base64.b32encode(b"the second's  secret").decode(),
}
"""What the authenticator apps of those who are settled hold; others get `APP`."""
APP = base64.b32encode(b"anybody else's secret"[:20]).decode()
NARRATIVES = {
    "kk": "Ағамды алып кетті, Тұмарлыкөз көшесінде ұрды",
    "ru": "Брата увезли, били во дворе Бересклетовых",
    "en": "They took my brother and beat him behind Thistledown",
}
"""What the samples tell; the strange words are found wherever they leak."""
NOTHING_MORE: Mapping[str, Stored] = MappingProxyType({})
PLANTED = ("Тұмарлыкөз", "Бересклетовых", "Thistledown", "Zhasylqurt", "+7 700 000 31 31")


_taken: dict[tuple[Path, str], int] = {}


def code_of(handle: str, now: datetime, later: int = 0) -> str:
    """What the app of `handle` shows at `now`, or so many steps later; each is taken once."""
    raw = base64.b32decode(APPS.get(handle, APP))
    return totp_code(raw, totp_step(now.timestamp()) + later)


def next_code(folder: Path, handle: str, now: datetime) -> str:
    """A code that this process has not taken in `folder` yet; there are three for each time."""
    code = unused_code(folder, handle, now)
    code_was_taken(folder, handle, now)
    return code


def unused_code(folder: Path, handle: str, now: datetime) -> str:
    """The same before anybody knows whether it will be taken."""
    later = _next_step(folder, handle, now) - totp_step(now.timestamp())
    assert later <= 1, "Signed in three times within one step: let some seconds pass."
    return code_of(handle, now, later)


def code_was_taken(folder: Path, handle: str, now: datetime) -> None:
    """From now on `unused_code` gives a later one."""
    _taken[folder, handle] = _next_step(folder, handle, now)


def code_now(folder: Path, handle: str, words: str, *, database_url: str | None = None) -> str:
    """A code for a server that runs in `folder`, taken before or not."""
    service = service_in(folder, database_url)
    turn_back(service, handle, words)
    service.engine.dispose()
    return code_of(handle, datetime.now(UTC))


def turn_back(service: Service, handle: str, words: str) -> None:
    """Let every code of this member be taken once more: people wait, tests need not."""
    box = opened(service, of_handle(handle), words)
    if not (box.is_right and box.secret.counter):
        return
    with service.writing() as session:
        row = session.get_one(MemberRow, box.member)
        row.revision += 1
        secret = replace(box.secret, counter=1)
        row.box = box_member(box.key, secret, member=row.id, revision=row.revision)


def _next_step(folder: Path, handle: str, now: datetime) -> int:
    return max(totp_step(now.timestamp()) - 1, _taken.get((folder, handle), 0) + 1)


def sign_in(
    service: Service, handle: str, words: str, *, known: str | None = None, now: datetime
) -> SignedIn:
    """Sign in as people do, with a fresh code; a wrong try leaves it fresh."""
    place = service.settings.instance, handle.strip().casefold()
    code = unused_code(*place, now)
    signed_in = sign_in_with(service, handle, words, code, known=known, now=now)
    code_was_taken(*place, now)
    return signed_in


def set_up_app(reader: Reader, words: str, *, now: datetime) -> None:
    """Give a member the app that `code_of` knows."""
    proof = prove(reader, words, "", now=now)
    secret = APPS.get(reader.handle, APP)
    add_app(reader, proof, secret, code_of(reader.handle, now), now=now)


@contextmanager
def stretching_quickly() -> Iterator[None]:
    """Passphrases are stretched by Argon2id as ever, at a cost that a thousand tests can pay.

    The cost stands beside each result, so that a server beside the test takes it too.
    """

    def for_passphrase(_cls: type[Stretching]) -> Stretching:
        return Stretching(64, 1, 1, secrets.token_bytes(SALT_BYTES))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stretching, "for_passphrase", classmethod(for_passphrase))
        yield


@pytest.fixture(scope="module", autouse=True)
def quick_beside_servers() -> Iterator[None]:
    """What a test stretches is stretched quickly; servers that it starts take their time."""
    with stretching_quickly():
        yield


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """The same where there is no server, which would stretch return codes at full cost."""

    def for_code(_cls: type[Stretching], site_salt: bytes) -> Stretching:
        return Stretching(64, 1, 1, site_salt)

    with stretching_quickly(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stretching, "for_code", classmethod(for_code))
        yield


@dataclass(frozen=True)
class FirstDay:
    """An installation on its first day: nobody has signed in yet."""

    folder: Path
    first: First


@dataclass(frozen=True)
class Installation:
    """An installation at work; `cookies` of those signed in, and the `sheets` for recovery."""

    folder: Path
    cookies: dict[str, str]
    sheets: tuple[str, ...]


def sister_report(
    now: datetime = NOW,
    /,
    *,
    told: Mapping[str, Stored] = NOTHING_MORE,
    language: str = "ru",
    automated: bool = False,
    **more: Stored,
) -> Incoming:
    """What a sister tells on the urgent page, 40 hours after her brother was taken."""
    taken = (now - timedelta(hours=40)).astimezone(ZONE)
    answers: dict[str, Stored] = {
        "victim_name": "Zhasylqurt",
        "victim_status": "police_custody",
        "custody_place": "Талдыкорган, ИВС",
        "detained_on": taken.date().isoformat(),
        "detained_time": taken.strftime("%H:%M"),
        "narrative": NARRATIVES[language],
        "contact_method": ("phone",),
        "contact_value": "+7 700 000 31 31",
        "consent_contact": True,
    }
    return Incoming(
        Answers({**answers, **told, **more}),
        language=language,
        route="urgent",
        channel="web_form",
        received_at=now,
        automated=automated,
    )


def short_report(now: datetime = NOW, /, **told: Stored) -> Incoming:
    """A report that tells just this."""
    answers = Answers(told)
    return Incoming(answers, language="ru", route="urgent", channel="web_form", received_at=now)


@dataclass(frozen=True)
class Sent:
    """A report that arrived: what the form carried, and the case it became."""

    once: str
    code: str
    id: UUID
    ref: str


def send(service: Service, report: Incoming | None = None) -> Sent:
    """Submit `report`, or the sister's."""
    once = new_once()
    code = submit(service, report or sister_report(), once=once).code
    keys = code_keys(read_code(code), service.keys.site_salt)
    with service.reading() as session:
        case = session.scalars(
            select(CaseRow).join(MailboxRow).where(MailboxRow.look_up == keys.look_up)
        ).one()
        return Sent(once, code, case.id, case.ref)


def send_and_open(reader: Reader, report: Incoming | None = None) -> Sent:
    """A report that `reader` has opened."""
    sent = send(reader.service, report)
    open_case(reader, sent.ref, now=NOW)
    return sent


def begin(folder: Path) -> FirstDay:
    """Found an installation in `folder` on SQLite."""
    service = service_in(folder)
    upgrade(service.engine)
    first = found(service, now=NOW)
    service.engine.dispose()
    assert first is not None
    return FirstDay(folder, first)


def settle(day: FirstDay) -> Installation:
    """Take the first coordinator through her set-up, and add the second one."""
    service = service_in(day.folder)
    signed_in = sign_in(service, day.first.handle, day.first.passphrase, known=None, now=NOW)
    reader = resume(service, signed_in.cookie, now=NOW)
    chosen = choose_passphrase(reader, PASSPHRASES[COORDINATOR], now=NOW)
    reader = resume(service, chosen.cookie, now=NOW)
    set_up_app(reader, PASSPHRASES[COORDINATOR], now=EARLIER)
    sheets = make_sheets(reader)
    add_member(reader, SECOND, (Role.COORDINATOR,), PASSPHRASES[SECOND])
    second = sign_in(service, SECOND, PASSPHRASES[SECOND], known=None, now=NOW)
    set_up_app(resume(service, second.cookie, now=NOW), PASSPHRASES[SECOND], now=EARLIER)
    service.engine.dispose()
    return Installation(day.folder, {COORDINATOR: chosen.cookie, SECOND: second.cookie}, sheets)


def make_sheets(reader: Reader) -> tuple[str, ...]:
    """Put three sheets in force, any two of which open the rings."""
    made = new_sheets(reader, threshold=2, count=3)
    words = [made.words[sheet - 1].split()[word - 1] for sheet, word in made.ask]
    assert confirm_sheets(reader, made.sealed, *words, now=NOW)
    return made.words


def add_member(reader: Reader, handle: str, roles: tuple[Role, ...], words: str) -> None:
    """Add a member and let her into the rings of her roles, with the rings of `reader`."""
    service = reader.service
    with service.writing() as session:
        keys = [reader.ring(session, ring) for ring in Ring if reader.holds(session, ring)]
        newcomer = Newcomer(handle, roles, words)
        admit(session, service, newcomer, keys, by=reader.member, now=NOW)


def service_in(folder: Path, database_url: str | None = None) -> Service:
    """The installation in `folder`, on SQLite there or on another database."""
    environ = {} if database_url is None else {"INTAKE_DATABASE_URL": database_url}
    return Service.open(load(environ, folder))


@contextmanager
def copied(template: Path, folder: Path, database_url: str | None = None) -> Iterator[Service]:
    """A service of its own in `folder`, as `template` was left."""
    shutil.copytree(template, folder)
    service = service_in(folder, database_url)
    yield service
    service.engine.dispose()


def copy_rows(source: Engine, target: Engine) -> None:
    """Fill `target`, which has the tables already, with all rows of `source`."""
    with source.connect() as reading, target.begin() as writing:
        for table in Base.metadata.sorted_tables:
            if rows := [dict(row) for row in reading.execute(select(table)).mappings()]:
                writing.execute(insert(table), rows)


def name_in(url: str) -> str:
    """The name of the database at this address."""
    return url.split("@/")[1].split("?", maxsplit=1)[0]


@contextmanager
def cloned(server: Server, template: str) -> Iterator[str]:
    """The address of a copy of the database `template`; it is gone afterwards."""
    name = f"copy_{uuid4().hex}"
    server.run(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield server.url(name)
    finally:
        server.run(f"DROP DATABASE {name} WITH (FORCE)")


@dataclass
class Reused:
    """A database that one test after another finds as it was: much faster than a new one.

    Where a test changed more than rows, the next one gets a new copy of the template.
    """

    server: Server
    template: str
    name: str = ""
    shape: object = None

    def put_back(self) -> str:
        """Nobody is connected any more and the rows are those of the template; the address."""
        if self.name:
            self.server.run(_NOBODY_ELSE, self.name)
        if not self.name or self._shape() != self.shape:
            self._begin()
        tables = (
            f"DELETE FROM public.{table}; INSERT INTO public.{table} TABLE kept.{table}"  # noqa: S608
            for table in _TABLES
        )
        unchecked = "SET session_replication_role = replica"
        self.server.run("; ".join((unchecked, *tables)), self.name)
        return self.server.url(self.name)

    def end(self) -> None:
        if self.name:
            self.server.run(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _begin(self) -> None:
        self.end()
        self.name = f"copy_{uuid4().hex}"
        self.server.run(f"CREATE DATABASE {self.name} TEMPLATE {self.template}")
        tables = (f"CREATE TABLE kept.{table} AS TABLE public.{table}" for table in _TABLES)
        self.server.run("; ".join(("CREATE SCHEMA kept", *tables)), self.name)
        self.shape = self._shape()

    def _shape(self) -> object:
        return self.server.run(_SHAPE, self.name)


_NOBODY_ELSE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_SHAPE = """SELECT (SELECT sum(oid::bigint) FROM pg_class),
    (SELECT count(*) FROM pg_attribute WHERE NOT attisdropped),
    (SELECT count(*) FROM pg_trigger), (SELECT sum(oid::bigint) FROM pg_proc),
    (SELECT string_agg(relname, ',' ORDER BY oid) FROM pg_class)"""
_TABLES = tuple(f'"{table.name}"' for table in Base.metadata.sorted_tables)


@pytest.fixture(scope="session")
def first_day_template(tmp_path_factory: pytest.TempPathFactory) -> FirstDay:
    """The first day, founded once; tests take `first_day`."""
    with stretching_quickly():
        return begin(tmp_path_factory.mktemp("first") / "instance")


@pytest.fixture(scope="session")
def installation(
    first_day_template: FirstDay, tmp_path_factory: pytest.TempPathFactory
) -> Installation:
    """An installation at work, made once; tests take `service`."""
    folder = tmp_path_factory.mktemp("settled") / "instance"
    shutil.copytree(first_day_template.folder, folder)
    with stretching_quickly():
        return settle(FirstDay(folder, first_day_template.first))


@pytest.fixture(scope="session")
def postgresql_template(installation: Installation, postgresql: Server) -> Iterator[str]:
    """The name of a PostgreSQL database with the rows of `installation`."""
    with postgresql.database() as url:
        source = service_in(installation.folder)
        target = service_in(installation.folder, url)
        upgrade(target.engine)
        copy_rows(source.engine, target.engine)
        source.engine.dispose()
        target.engine.dispose()
        yield name_in(url)


@pytest.fixture
def first_day(first_day_template: FirstDay, tmp_path: Path) -> Iterator[tuple[Service, First]]:
    """A copy of an installation on its first day, and how its coordinator signs in."""
    with copied(first_day_template.folder, tmp_path / "first_day") as service:
        yield service, first_day_template.first


@pytest.fixture
def service(installation: Installation, tmp_path: Path) -> Iterator[Service]:
    """A copy of the installation, on SQLite."""
    with copied(installation.folder, tmp_path / "service") as service:
        yield service


@pytest.fixture(scope="session")
def postgresql_reused(postgresql: Server, postgresql_template: str) -> Iterator[Reused]:
    """A copy of the template that each test of this process takes in its turn."""
    reused = Reused(postgresql, postgresql_template)
    yield reused
    reused.end()


@pytest.fixture
def service_on_postgresql(
    installation: Installation, postgresql_reused: Reused, tmp_path: Path
) -> Iterator[Service]:
    """A copy of the installation, on PostgreSQL."""
    url = postgresql_reused.put_back()
    with copied(installation.folder, tmp_path / "service", url) as service:
        yield service


@pytest.fixture(params=["sqlite", "postgresql"])
def service_on_each(request: pytest.FixtureRequest) -> Service:
    """A copy of the installation; the test runs once for each kind of database."""
    name = {"sqlite": "service", "postgresql": "service_on_postgresql"}[request.param]
    service: Service = request.getfixturevalue(name)
    return service


@pytest.fixture
def coordinator(service: Service, installation: Installation) -> Reader:
    """The first coordinator, a trained handler."""
    return resume(service, installation.cookies[COORDINATOR], now=NOW)


@pytest.fixture
def second(service: Service, installation: Installation) -> Reader:
    """Another coordinator, who is no trained handler."""
    return resume(service, installation.cookies[SECOND], now=NOW)


@pytest.fixture
def coordinator_on_each(service_on_each: Service, installation: Installation) -> Reader:
    """The first coordinator on `service_on_each`."""
    return resume(service_on_each, installation.cookies[COORDINATOR], now=NOW)


@pytest.fixture
def second_on_each(service_on_each: Service, installation: Installation) -> Reader:
    """The second coordinator on `service_on_each`."""
    return resume(service_on_each, installation.cookies[SECOND], now=NOW)
