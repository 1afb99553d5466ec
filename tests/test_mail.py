"""Notices reach a real SMTP server, or fail in one of two ways within the time allowed."""

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from intake.mail import MailError, Notice, is_reachable, send
from intake.settings import Settings, load
from tests.ports import free_port

PERSON = "duty@example.org"


class Inbox:
    """Keeps what arrives, or answers each message with `reply`."""

    def __init__(self, reply: str = "250 Taken") -> None:
        self.reply = reply
        self.letters: list[EmailMessage] = []
        self.greetings: list[str] = []
        self.passwords: list[bytes] = []

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.reply.startswith("2"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.letters.append(message_from_bytes(content, policy=default))
            self.greetings.append(str(session.host_name))
        return self.reply


class Door(Inbox):
    """Turns people away at RCPT."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name and arguments
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.reply


@contextlib.contextmanager
def serving(inbox: Inbox, **options: Any) -> Iterator[int]:  # noqa: ANN401 - aiosmtpd's
    """The port at which `inbox` listens."""
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., Settings]:
    def with_port(port: int, **more: str) -> Settings:
        told = {
            "INTAKE_MAIL_HOST": "127.0.0.1",
            "INTAKE_MAIL_PORT": str(port),
            "INTAKE_MAIL_SECURITY": "none",
            "INTAKE_MAIL_FROM": "desk@coalition.example",
            "INTAKE_MAIL_SECONDS": "60",
        }
        return load(
            told | {f"INTAKE_MAIL_{name.upper()}": value for name, value in more.items()},
            tmp_path,
        )

    return with_port


def test_a_notice_arrives_and_says_where_to_look_but_not_why(
    settings: Callable[..., Settings],
) -> None:
    inbox = Inbox()
    with serving(inbox) as port:
        send(Notice(PERSON), settings=settings(port))
    (letter,) = inbox.letters
    assert letter["To"] == PERSON
    assert letter["From"] == "desk@coalition.example"
    assert "Something is waiting" in letter["Subject"]
    assert settings(port).desk_url in letter.get_content()


def test_two_notices_differ_in_nothing_but_date_and_a_random_id(
    settings: Callable[..., Settings],
) -> None:
    inbox = Inbox()
    with serving(inbox) as port:
        send(Notice(PERSON), settings=settings(port))
        send(Notice(PERSON), settings=settings(port))
    one, other = inbox.letters
    assert one["Message-ID"] != other["Message-ID"]
    for letter in inbox.letters:
        del letter["Message-ID"], letter["Date"], letter["X-Peer"]
    assert one.as_bytes() == other.as_bytes()
    assert set(one.keys()) == {
        "From", "To", "Subject", "Auto-Submitted", "MIME-Version",
        "Content-Type", "Content-Transfer-Encoding",
    }  # fmt: skip


def test_no_header_and_no_greeting_names_this_machine(
    settings: Callable[..., Settings],
) -> None:
    inbox = Inbox()
    with serving(inbox) as port:
        send(Notice(PERSON), settings=settings(port))
    (letter,) = inbox.letters
    assert inbox.greetings == ["coalition.example"]
    assert letter["Message-ID"].endswith("@coalition.example>")
    assert socket.gethostname() not in letter.as_string()


def test_the_date_is_that_of_sending_in_utc(settings: Callable[..., Settings]) -> None:
    inbox = Inbox()
    with serving(inbox) as port:
        send(Notice(PERSON), settings=settings(port))
    sent = parsedate_to_datetime(inbox.letters[0]["Date"])
    assert abs(datetime.now(UTC) - sent) < timedelta(minutes=1)
    assert sent.utcoffset() == timedelta(0)


@pytest.mark.parametrize("inbox_class", [Inbox, Door])
@pytest.mark.parametrize(
    ("reply", "is_permanent"), [("550 Not here", True), ("451 Come back later", False)]
)
def test_a_refusal_is_permanent_and_a_delay_is_not(
    settings: Callable[..., Settings],
    inbox_class: type[Inbox],
    reply: str,
    is_permanent: bool,  # noqa: FBT001 - a column of the table
) -> None:
    with serving(inbox_class(reply)) as port, pytest.raises(MailError) as caught:
        send(Notice(PERSON), settings=settings(port))
    assert caught.value.permanent is is_permanent


def test_an_error_repeats_neither_the_address_nor_the_servers_words(
    settings: Callable[..., Settings],
) -> None:
    with serving(Door(f"550 {PERSON} unknown")) as port, pytest.raises(MailError) as caught:
        send(Notice(PERSON), settings=settings(port))
    assert PERSON not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert PERSON not in repr(Notice(PERSON))


def test_a_server_that_returns_gets_the_next_notice(settings: Callable[..., Settings]) -> None:
    inbox, told = Inbox(), settings(free_port())
    with pytest.raises(MailError) as caught:
        send(Notice(PERSON), settings=told)
    assert not caught.value.permanent
    controller = Controller(inbox, hostname="127.0.0.1", port=told.mail_port)
    controller.start()
    try:
        send(Notice(PERSON), settings=told)
    finally:
        controller.stop()
    assert len(inbox.letters) == 1


@contextlib.contextmanager
def speaking(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[int]:
    """The port of a server that takes one connection and then does as `talk` does."""
    done = threading.Event()

    def serve(listening: socket.socket) -> None:
        connection, _address = listening.accept()
        with connection, contextlib.suppress(OSError):
            talk(connection, done)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=[listening])
        thread.start()
        try:
            yield int(listening.getsockname()[1])
        finally:
            done.set()
            thread.join()


def _silence(_connection: socket.socket, done: threading.Event) -> None:
    done.wait(30)


def _drip(connection: socket.socket, done: threading.Event) -> None:
    while not done.wait(0.2):
        connection.sendall(b"2")


def _greet_then_silence(connection: socket.socket, done: threading.Event) -> None:
    connection.sendall(b"220 hello\r\n")
    done.wait(30)


@pytest.mark.parametrize("talk", [_silence, _drip, _greet_then_silence])
def test_a_server_that_never_answers_is_left_in_time(
    settings: Callable[..., Settings], talk: Callable[[socket.socket, threading.Event], None]
) -> None:
    with speaking(talk) as port, pytest.raises(MailError) as caught:
        send(Notice(PERSON), settings=settings(port, seconds="1"))
    assert not caught.value.permanent


def test_what_was_accepted_counts_even_when_the_goodbye_fails(
    settings: Callable[..., Settings],
) -> None:
    class Rude(Inbox):
        async def handle_QUIT(self, server: SMTP, *_rest: object) -> str:  # noqa: N802
            transport = server.transport
            assert isinstance(transport, asyncio.Transport)
            transport.abort()
            return "421 Gone"

    inbox = Rude()
    with serving(inbox) as port:
        send(Notice(PERSON), settings=settings(port))
    assert len(inbox.letters) == 1


def test_without_a_mail_server_every_notice_fails_for_good(tmp_path: Path) -> None:
    with pytest.raises(MailError) as caught:
        send(Notice(PERSON), settings=load({}, tmp_path))
    assert caught.value.permanent


def test_an_address_with_a_line_break_is_refused_and_adds_no_header(
    settings: Callable[..., Settings],
) -> None:
    inbox = Inbox()
    with serving(inbox) as port, pytest.raises(MailError) as caught:
        send(Notice("a@example.org\r\nBcc: b@example.org"), settings=settings(port))
    assert caught.value.permanent
    assert inbox.letters == []


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 with its key in one file, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def _server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # it does not count TLS from the start
@pytest.mark.parametrize(
    ("security", "option"), [("starttls", "tls_context"), ("tls", "ssl_context")]
)
def test_a_notice_and_the_password_travel_over_tls(
    settings: Callable[..., Settings],
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
    security: str,
    option: str,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    inbox = Inbox()

    def authenticate(*what: object) -> AuthResult:
        inbox.passwords.append(what[-1].password)  # type: ignore[attr-defined]
        return AuthResult(success=True)

    options = {
        option: _server_side(certificate),
        "authenticator": authenticate,
        "auth_required": True,
    }
    if security == "tls":
        options["auth_require_tls"] = False  # aiosmtpd counts STARTTLS alone
    with serving(inbox, **options) as port:
        told = settings(port, security=security, user="desk", password="four words long enough")
        send(Notice(PERSON), settings=told)
        assert is_reachable(told)
    assert len(inbox.letters) == 1
    assert set(inbox.passwords) == {b"four words long enough"}


@pytest.mark.parametrize(
    ("security", "option"), [("starttls", "tls_context"), ("tls", "ssl_context")]
)
def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(
    settings: Callable[..., Settings], certificate: Path, security: str, option: str
) -> None:
    inbox = Inbox()
    with serving(inbox, **{option: _server_side(certificate)}) as port:
        told = settings(port, security=security)
        with pytest.raises(MailError):
            send(Notice(PERSON), settings=told)
        assert not is_reachable(told)
    assert inbox.letters == []


def test_a_server_that_offers_no_tls_gets_nothing(settings: Callable[..., Settings]) -> None:
    inbox = Inbox()
    with serving(inbox) as port, pytest.raises(MailError) as caught:
        send(Notice(PERSON), settings=settings(port, security="starttls"))
    assert caught.value.permanent
    assert inbox.letters == []
