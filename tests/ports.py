"""Ports for servers of tests, which nobody else takes before the server listens on them."""

import os
import secrets
import socket
from itertools import count

_FIRST = 11_000
"""Below every port that a system lends to who connects, and above those browsers refuse."""
_SHARES = 5
_SHARE = 1000
_taken = count(secrets.randbelow(_SHARE))


def free_port() -> int:
    """A port out of this test process's own share, each once."""
    while True:
        port = _FIRST + _number() % _SHARES * _SHARE + next(_taken) % _SHARE
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:  # of another run on this machine
                continue
        return port


def _number() -> int:
    """Which of the processes that test side by side this is."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw4").removeprefix("gw"))
