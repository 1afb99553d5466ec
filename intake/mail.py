"""Notices by e-mail that say only that something waits; knows a mail server, and no cases."""

import secrets
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from threading import Timer
from typing import Final

from intake.form.text import _
from intake.settings import Settings
from intake.translations import in_every_language

_SUBJECT: Final = _("Something is waiting for you")
_BODY: Final = _(
    "Something is waiting at the desk, %(address)s. "
    "This message says no more on purpose, and nobody reads answers to it."
)
_PERMANENT: Final = range(500, 600)


@dataclass(frozen=True)
class Notice:
    """Whom to tell that something waits; there is nothing else to say."""

    to: str = field(repr=False)


class MailError(Exception):
    """The notice was not taken; `permanent` when the server says that it never will be."""

    def __init__(self, *, permanent: bool) -> None:
        super().__init__("permanent" if permanent else "transient")
        self.permanent: Final = permanent


def send(notice: Notice, *, settings: Settings) -> None:
    """Hand `notice` to the mail server, or give up after `mail_seconds` with `MailError`."""
    try:
        message = _message(notice, settings)
        with _connected(settings) as server:
            server.send_message(message)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        # Its text quotes the server, and the server quotes addresses.
        raise MailError(permanent=_is_permanent(error)) from None


def is_reachable(settings: Settings) -> bool:
    """Whether the mail server answers and lets us in; sends nothing."""
    try:
        with _connected(settings):
            return True
    except (OSError, ValueError, smtplib.SMTPException):
        return False


def _message(notice: Notice, settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = settings.mail_from, notice.to
    message["Subject"] = " · ".join(in_every_language(_SUBJECT))
    message["Date"] = format_datetime(datetime.now(UTC))
    # Python's own Message-ID tells the process and the clock.
    message["Message-ID"] = f"<{secrets.token_hex(16)}@{_domain(settings.mail_from)}>"
    message["Auto-Submitted"] = "auto-generated"
    body = "\n\n".join(in_every_language(_BODY))
    message.set_content(body % {"address": settings.desk_url} + "\n")
    return message


@contextmanager
def _connected(settings: Settings) -> Iterator[smtplib.SMTP]:
    if settings.mail_host is None:
        raise smtplib.SMTPNotSupportedError
    server = _server(settings)
    with _cut_off(server, after=settings.mail_seconds), closing(server):
        # Certificates are compared with this name, which only a connecting constructor sets.
        server._host = settings.mail_host  # type: ignore[attr-defined]  # noqa: SLF001
        server.connect(settings.mail_host, settings.mail_port)
        if settings.mail_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.mail_user:
            server.login(settings.mail_user, settings.mail_password)
        yield server
        # What was accepted stays accepted, however the goodbye goes.
        with suppress(OSError):
            server.quit()


def _server(settings: Settings) -> smtplib.SMTP:
    # EHLO names the sender's domain; by itself Python would name this machine.
    name, seconds = _domain(settings.mail_from), settings.mail_seconds
    if settings.mail_security != "tls":
        return smtplib.SMTP(local_hostname=name, timeout=seconds)
    context = ssl.create_default_context()
    return smtplib.SMTP_SSL(local_hostname=name, timeout=seconds, context=context)


@contextmanager
def _cut_off(server: smtplib.SMTP, *, after: float) -> Iterator[None]:
    """End the connection `after` seconds: a server that drips never times out by itself."""
    timer = Timer(after, _shut, [server])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(server: smtplib.SMTP) -> None:
    with suppress(OSError):
        if server.sock is not None:
            server.sock.shutdown(socket.SHUT_RDWR)


def _domain(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2] or "localhost"


def _is_permanent(error: Exception) -> bool:
    match error:
        case smtplib.SMTPRecipientsRefused():
            return all(code in _PERMANENT for code, _text in error.recipients.values())
        case smtplib.SMTPResponseException():
            return error.smtp_code in _PERMANENT
        case smtplib.SMTPNotSupportedError() | ValueError():
            return True
        case _:
            return False
