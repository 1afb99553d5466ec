"""gunicorn as we run it: threads, workers made anew after a while, nobody written down."""

import gc
import socket
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Final, cast

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http import wsgi
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.http.message import Request
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker
from typing_extensions import override

from intake.form.text import _
from intake.logs import Event, record
from intake.settings import Settings
from intake.translations import in_every_language

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - the workers' heartbeats, empty and unlinked
UNREADABLE: Final = _("The server could not read this request. Go back and try once more.")
STATUSES: Final = (
    (LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (ParseException, HTTPStatus.BAD_REQUEST),
    (Exception, HTTPStatus.INTERNAL_SERVER_ERROR),
)


def options(settings: Settings) -> Mapping[str, object]:
    """What gunicorn is told; times in seconds, limits in bytes."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": [f"{host}:{settings.port}"],
        "proc_name": "intake",
        "worker_class": Worker,
        "logger_class": Quiet,
        "workers": settings.workers,
        "threads": settings.threads,
        "worker_tmp_dir": str(MEMORY) if MEMORY.is_dir() else None,
        "umask": 0o077,
        "timeout": 60,
        "graceful_timeout": 30,
        "keepalive": 5,
        # Memory that held a secret goes back to the system with its process.
        "max_requests": 5000,
        "max_requests_jitter": 1000,
        "limit_request_line": 2048,
        "limit_request_fields": 64,
        "limit_request_field_size": 8190,
        "accesslog": None,
        "control_socket_disable": True,
        # A proxy on this machine may say that TLS ended there, and nothing else.
        "forwarded_allow_ips": "127.0.0.1,::1",
        "forwarder_headers": "",
    }


def serve(settings: Settings, make_app: Callable[[], Flask]) -> None:
    """Serve until told to stop; each worker process makes its own application."""
    wsgi.Response = _Response  # type: ignore[misc] # gunicorn has no setting for it
    _Server(settings, make_app).run()


class _Server(BaseApplication):
    def __init__(self, settings: Settings, make_app: Callable[[], Flask]) -> None:
        self.settings = settings
        self.make_app = make_app
        super().__init__()

    @override
    def load_config(self) -> None:
        config = cast("Config", self.cfg)
        for name, value in options(self.settings).items():
            config.set(name, value)

    @override
    def load(self) -> Flask:
        app = self.make_app()
        gc.collect()
        gc.freeze()  # what lives as long as the process is not gone through again and again
        return app


class Quiet(Logger):
    """Hands everything to `intake.logs`, which lets nothing through that somebody sent."""

    @override
    def setup(self, cfg: Config) -> None:
        self.error_log.handlers = []
        self.error_log.propagate = True
        for level in ("critical", "error", "warning", "info", "debug", "exception"):
            # Called directly, so that a line tells the place in gunicorn and not its logger's.
            setattr(self, level, getattr(self.error_log, level))


class Worker(ThreadWorker):
    """Gives threads to who asks something, and answers what is no HTTP in plain words.

    What was no HTTP is neither repeated nor written down.
    """

    @override
    def handle(self, conn: TConn) -> object:
        """Answer; a connection on which nothing has come yet waits outside the threads.

        Browsers open connections ahead of need, and gunicorn would let a thread wait five
        seconds for each: a handful of them, or one attacker, held up everybody.
        """
        if not conn.initialized and not conn.wait_for_data(0):
            return _DEFER
        return super().handle(conn)

    @override
    def handle_error(
        self, req: Request | None, client: socket.socket, addr: object, exc: Exception
    ) -> None:
        status = next(status for kind, status in STATUSES if isinstance(exc, kind))
        is_ours = status is HTTPStatus.INTERNAL_SERVER_ERROR
        event = Event.REQUEST_FAILED if is_ours else Event.REQUEST_REFUSED
        record(event, level="warning", status=status, error=exc)
        write_nonblock(client, _answer(status))


class _Response(wsgi.Response):
    @override
    def default_headers(self) -> list[str]:
        """Those of gunicorn, but its name."""
        return [line for line in super().default_headers() if not line.startswith("Server:")]


def _answer(status: HTTPStatus) -> bytes:
    body = "\n\n".join(in_every_language(UNREADABLE)).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        "Connection: close\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Cache-Control: no-store\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
