"""The pages served inside the test, so that days may pass between two visits."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from werkzeug.serving import make_server

from intake import create_app
from intake.casework import Reader, Service, resume
from intake.settings import load
from intake.web.context import CLOCK
from tests.people import COORDINATOR, PASSPHRASES, sign_in
from tests.ports import free_port


@dataclass
class Clocked:
    """A site whose time the test moves."""

    url: str
    service: Service
    now: datetime

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)

    def reader(self, handle: str = COORDINATOR) -> Reader:
        """A coordinator, signed in now."""
        words = PASSPHRASES[handle]
        cookie = sign_in(self.service, handle, words, known=None, now=self.now).cookie
        return resume(self.service, cookie, now=self.now)


@contextmanager
def clocked(template: Path, folder: Path) -> Iterator[Clocked]:
    """A copy of an installation, served until the end."""
    shutil.copytree(template, folder)
    port = free_port()
    app = create_app(load({"INTAKE_PORT": str(port)}, folder))
    site = Clocked(f"http://127.0.0.1:{port}", app.extensions["intake"], datetime.now(UTC))
    app.extensions[CLOCK] = lambda: site.now
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        site.service.engine.dispose()
