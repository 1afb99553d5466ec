"""Words planted in every field are nowhere afterwards: not on the disk, in logs, in mail."""

import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import select

from intake.casework import duty, resume
from intake.casework.duty import Entry
from intake.store.tables import CaseRow
from tests.people import (
    COORDINATOR,
    PASSPHRASES,
    Installation,
    cloned,
    code_now,
    service_in,
    sign_in,
)
from tests.postgresql import Server
from tests.proof.caller import Answer, Caller, fields
from tests.proof.conftest import Length
from tests.proof.traces import Trace, Wanted, in_files
from tests.running import PATIENCE, Running, post, running

REPORTS = {"short": 8, "long": 200}
LATIN, CYRILLIC = "bdfghjkmpqrstvwxz", "бғдһңқұүжщфц"
STATUSES = ("free", "missing", "unknown")
MANY = 150_000


@dataclass
class Planted:
    """The words of one campaign: two that stand in every field, and what was secret besides."""

    latin: str = field(default_factory=lambda: _random(LATIN))
    cyrillic: str = field(default_factory=lambda: _random(CYRILLIC))
    others: set[str] = field(default_factory=set)
    count: int = 0

    def words(self, about: str = "") -> str:
        self.count += 1
        return f"{self.latin} {about}{self.count} {self.cyrillic}"

    def wanted(self) -> Wanted:
        besides = {word.replace(" ", glue) for word in self.others for glue in ("", " ", "+")}
        return Wanted((self.latin, self.cyrillic), tuple(sorted(besides)))


@dataclass
class Campaign:
    """An installation at work, and everything that was told to it."""

    site: Running
    url: str | None
    planted: Planted
    codes: list[str] = field(default_factory=list)

    def run(self, count: int) -> None:
        for number in range(count):
            self.report(number)
            self.draft(number)
        self.send_what_is_refused()
        desk = self.signed_in()
        references = self.references()
        assert len(references) == count
        for ref in references:
            self.work_on(desk, ref)
        for code in self.codes:
            self.come_back(code)
        for ref in references:
            self.read(desk, ref)
        self.write_after_the_end(desk, references[0])
        self.planted.others |= {text for text in desk.cookies.values() if len(text) > 20}

    def report(self, number: int) -> None:
        caller = Caller(self.site.port)
        page = caller.get("/kk/urgent/")
        told = {
            name: self.planted.words(name)
            for name in (
                "victim_name",
                "custody_place",
                "narrative",
                "perpetrators_text",
                "contact_value",
                "contact_hours",
            )
        }
        refused = caller.send(page, {**told, "detained_on": self.planted.words("when")})
        assert refused.status == 422
        sent = caller.send(
            refused,
            {
                "detained_on": "",
                "victim_status": STATUSES[number % 3],
                "contact_method": "phone",
            },
        )
        page = caller.follow(sent)
        (code,) = (e.text for e in page.page.all("p") if e.get("class") == "code")
        self.codes.append(code)
        self.planted.others.add(code)
        if number % 2:
            self.go_on(caller, page)
        self.planted.others |= {text for text in caller.cookies.values() if len(text) > 20}

    def go_on(self, caller: Caller, receipt: Answer) -> None:
        """Add to the urgent report in the long form."""
        page = caller.follow(caller.send(receipt, {}, to="/report/more"))
        self.planted.others |= {text for text in caller.cookies.values() if len(text) > 20}
        page = caller.open("/kk/report/story")
        kept = caller.send(page, {"narrative": self.planted.words("more"), "go": "finish"})
        sent = caller.follow(caller.send(caller.follow(kept), {}, to="/check"))
        assert sent.path == "/kk/urgent/sent"

    def draft(self, number: int) -> None:
        """Write in the long form; save it, delete it, leave it, or leave it lying open."""
        caller = Caller(self.site.port)
        caller.follow(caller.send(caller.get("/kk/report/"), {}))
        for slug, name in (("story", "narrative"), ("person", "victim_name")):
            page = caller.open(f"/kk/report/{slug}")
            kept = caller.send(page, {name: self.planted.words(name)})
            assert kept.status == 303, (slug, kept.status)
        self.refuse_a_date(caller)
        match number % 4:
            case 0:
                self.save(caller)
            case 1:
                forgotten = caller.send(caller.get("/kk/report/forget"), {})
                assert forgotten.status == 303
            case 2:
                assert caller.get("/exit").status == 303
            case _:
                assert self.planted.latin in caller.get("/kk/report/check").body.decode()
        self.planted.others |= {text for text in caller.cookies.values() if len(text) > 20}

    def refuse_a_date(self, caller: Caller) -> None:
        """What cannot be read as a date is shown again, and kept where that is wished."""
        page = caller.open("/kk/report/when")
        refused = caller.send(page, {"act_date_from": self.planted.words("when")})
        assert refused.status == 422
        assert caller.send(refused, {"go": "finish"}).status == 303

    def save(self, caller: Caller) -> None:
        """Save for later, and come back to it with the code in another browser."""
        page = caller.follow(caller.send(caller.get("/kk/report/kept"), {"go": "save"}))
        (code,) = (e.text for e in page.page.all("p") if e.get("class") == "code")
        other = Caller(self.site.port)
        other.follow(other.send(other.get("/kk/return/"), {"code": code}))
        assert self.planted.latin in other.get("/kk/report/check").body.decode()
        self.planted.others |= {code, *(t for t in other.cookies.values() if len(t) > 20)}

    def send_what_is_refused(self) -> None:
        """Secrets in addresses, headers, uploads and tries that fail."""
        caller, words = Caller(self.site.port), self.planted.latin
        assert caller.get(f"/en/urgent/?{words}={words}").status == 200
        assert caller.get(f"/{words}/{words}").status == 404
        page = caller.get("/en/return/")
        assert caller.send(page, {"code": f"{words} 1234"}).status == 422
        assert caller.send(page, {"code": "1" * 24}).status == 422
        for size, status in ((MANY, 422), (MANY * 3, 413)):
            assert self.upload(size) == status
        page = caller.get("/sign-in")
        wrong = caller.send(page, {"handle": words, "passphrase": self.planted.words()})
        assert wrong.status == 422
        assert self.raw(f"GET /{words} HTTP/9.9 {words}\r\n\r\n") == 400

    def upload(self, size: int) -> int:
        """Send a file where none is asked for."""
        filler = self.planted.words("file").encode()
        body = (
            b'--edge\r\nContent-Disposition: form-data; name="narrative"; filename="'
            + filler
            + b'"\r\nContent-Type: text/plain\r\n\r\n'
            + filler * (size // len(filler))
            + b"\r\n--edge--\r\n"
        )
        connection = HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE)
        kind = {
            "Content-Type": "multipart/form-data; boundary=edge",
            "User-Agent": self.planted.latin,
            "Referer": f"https://{self.planted.latin}.example/",
        }
        connection.request("POST", "/en/urgent/", body=body, headers=kind)
        status = connection.getresponse().status
        connection.close()
        return status

    def raw(self, request: str) -> int:
        connection = HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE)
        connection.connect()
        connection.sock.sendall(request.encode())
        answer = connection.sock.recv(4096)
        connection.close()
        return int(answer.split()[1])

    def signed_in(self, kept: Answer | None = None) -> Caller:
        caller = Caller(self.site.port)
        page = kept or caller.get("/sign-in")
        words = PASSPHRASES[COORDINATOR]
        self.planted.others.add(words)
        code = code_now(self.site.instance, COORDINATOR, words, database_url=self.url)
        fields = {"handle": COORDINATOR, "passphrase": words, "code": code}
        caller.send(page, fields, to="/sign-in")
        assert "d" in caller.cookies
        return caller

    def references(self) -> list[str]:
        service = service_in(self.site.instance, self.url)
        with service.reading() as session:
            found = list(session.scalars(select(CaseRow.ref)))
        service.engine.dispose()
        return found

    def work_on(self, desk: Caller, ref: str) -> None:
        place = f"/desk/cases/{ref}"
        report = desk.follow(desk.send(desk.get(place), {}, to="/open"))
        assert report.body.decode().count(self.planted.latin) >= 6
        page = desk.get(place)
        if "/urgency" in page.body.decode():  # it is not at the top already
            reason = self.planted.words("reason")
            raised = desk.send(page, {"level": "u1", "reason": reason}, to="/urgency")
            assert raised.status == 303
        page = desk.get(f"{place}/messages")
        for name, to in (("text", "/messages"), ("note", "/notes")):
            assert desk.send(page, {name: self.planted.words(name)}, to=to).status == 303

    def come_back(self, code: str) -> None:
        caller = Caller(self.site.port)
        page = caller.follow(caller.send(caller.get("/kk/return/"), {"code": code}))
        assert self.planted.latin in page.body.decode()
        for name in ("messages", "add", "take-back"):
            page = caller.get(f"/kk/return/{name}")
            sent = caller.send(page, {"text": self.planted.words(name)}, to=f"/{name}")
            assert sent.status == 303
        self.planted.others |= {text for text in caller.cookies.values() if len(text) > 20}

    def read(self, desk: Caller, ref: str) -> None:
        for name in ("report", "messages", "timeline"):
            assert desk.get(f"/desk/cases/{ref}/{name}").status == 200

    def write_after_the_end(self, desk: Caller, ref: str) -> None:
        """The session ends while somebody writes, and what she wrote comes back to her."""
        page = desk.get(f"/desk/cases/{ref}/messages")
        other = self.signed_in()
        token = fields(other.get("/desk/"), "/sign-out")["token"]
        assert other.post("/sign-out-everywhere", {"token": token}).status == 303
        kept = desk.send(page, {"note": self.planted.words("kept")}, to="/notes")
        assert kept.status == 401
        words = PASSPHRASES[COORDINATOR]
        code = code_now(self.site.instance, COORDINATOR, words, database_url=self.url)
        proof = {"handle": COORDINATOR, "passphrase": words, "code": code}
        again = desk.send(kept, proof, to="/sign-in")
        assert self.planted.latin in again.body.decode()
        assert desk.send(again, {}, to="/notes").status == 303


def _random(letters: str) -> str:
    return "".join(secrets.choice(letters) for _ in range(12))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[tuple[str | None, Path | None]]:
    """The address of the database, and the folder of the server that holds it."""
    if request.param == "sqlite":
        yield None, None
        return
    server: Server = request.getfixturevalue("postgresql")
    with cloned(server, request.getfixturevalue("postgresql_template")) as url:
        yield url, server.data


def put_on_duty(folder: Path, url: str | None, address: str) -> None:
    service, now = service_in(folder, url), datetime.now(UTC)
    words = PASSPHRASES[COORDINATOR]
    before = now - timedelta(minutes=5)  # the codes of now are for the walk
    cookie = sign_in(service, COORDINATOR, words, known=None, now=before).cookie
    reader = resume(service, cookie, now=now)
    duty.keep(reader, [Entry(reader.member, address)], revision=0, now=now)
    service.engine.dispose()


def test_nothing_that_was_told_is_left_anywhere(
    installation: Installation,
    database: tuple[str | None, Path | None],
    tmp_path: Path,
    length: Length,
) -> None:
    url, server = database
    places = {name: tmp_path / name for name in ("instance", "temporary", "backups")}
    shutil.copytree(installation.folder, places["instance"])
    places["temporary"].mkdir()
    places["backups"].mkdir()
    put_on_duty(places["instance"], url, "duty@example.org")
    environ = {"TMPDIR": str(places["temporary"])}
    planted, began = Planted(), time.time()
    folders = [tmp_path, *([server] if server else [])]
    with post() as mail:
        environ |= mail.environ | ({"INTAKE_DATABASE_URL": url} if url else {})
        with running(places["instance"], "serve", "worker", environ=environ) as site:
            Campaign(site, url, planted).run(REPORTS[length])
            site.command("backup", str(places["backups"]))
            mail.wait_for(1)
            found = in_files(planted.wanted(), folders, since=began)
        found += in_files(planted.wanted(), folders, since=began)
        assert mail.raw
        found += [trace for letter in mail.letters for trace in in_letter(planted, letter)]
    assert found == []


def in_letter(planted: Planted, letter: EmailMessage) -> Iterator[Trace]:
    """As it came, and as it reads."""
    wanted = planted.wanted()
    yield from wanted.traces("mail", letter.as_bytes())
    yield from wanted.traces("mail as read", str(letter.get_content()).encode())
