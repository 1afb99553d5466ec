"""A line to a server that breaks when it is told to, in the middle of what is sent."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.ports import free_port

PART = 65_536


@dataclass
class Line:
    """What stands between a browser and the server at `to`.

    `cuts` are the bytes after which it breaks, each counted since it broke last.
    """

    to: int
    port: int = field(default_factory=free_port)
    cuts: list[int] = field(default_factory=list)
    _came: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                browser, _address = listening.accept()
            except OSError:  # closed: the test is over
                return
            threading.Thread(target=self._join, args=(browser,), daemon=True).start()

    def _join(self, browser: socket.socket) -> None:
        with browser, suppress(OSError), socket.create_connection(("127.0.0.1", self.to)) as up:
            back = threading.Thread(target=_copy, args=(up, browser), daemon=True)
            back.start()
            while part := browser.recv(PART):
                up.sendall(part)
                if self._breaks(len(part)):
                    up.shutdown(socket.SHUT_RDWR)
                    browser.shutdown(socket.SHUT_RDWR)
                    return
            up.shutdown(socket.SHUT_WR)
            back.join()

    def _breaks(self, came: int) -> bool:
        with self._lock:
            self._came += came
            if not self.cuts or self._came < self.cuts[0]:
                return False
            self._came = 0
            self.cuts.pop(0)
            return True


@contextmanager
def line(to: int) -> Iterator[Line]:
    """A line to the server at the port `to`."""
    made = Line(to)
    with socket.create_server(("127.0.0.1", made.port)) as listening:
        threading.Thread(target=made.serve, args=(listening,), daemon=True).start()
        yield made
        listening.shutdown(socket.SHUT_RDWR)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(PART):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
