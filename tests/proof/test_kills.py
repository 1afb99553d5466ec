"""Killed at any moment, whatever was acknowledged is there once and whole, and nothing is half."""

import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from intake.casework import (
    receipt,
)
from tests.proof.caller import Caller, fields
from tests.running import PATIENCE

KILLS = {"short": 4, "long": 200}
CLIENTS = 4
LONGEST = 2.0
DOCUMENTS = Counter(
    {("identity", "report"): 1, ("account", "report"): 1, ("intimate", "report"): 1}
    | {("facts", "report"): 1, ("mail", "message"): 1}
)
WAIT = 0.05


@dataclass
class Told:
    """One report: what it says, and the code that its receipt showed."""

    words: str
    code: str = field(repr=False)


class Load:
    """Clients that send one report after another and write down what was acknowledged.

    Whoever gets no answer sends the same form again until one comes, as people do.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.acknowledged: list[Told] = []
        self.failures: list[BaseException] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._send_reports) for _ in range(CLIENTS)]

    @contextmanager
    def under_way(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in self._threads:
                thread.join()

    def wait_for_more(self) -> None:
        """Until another report was acknowledged."""
        known, until = len(self.acknowledged), time.monotonic() + PATIENCE
        while len(self.acknowledged) == known:
            assert not self.failures, self.failures
            assert time.monotonic() < until, "no report is acknowledged any more"
            time.sleep(WAIT)

    def _send_reports(self) -> None:
        try:
            while not self._stop.is_set():
                self._send_one()
        except BaseException as error:  # noqa: BLE001 - told by the test, not by its thread
            self.failures.append(error)

    def _send_one(self) -> None:
        caller, words = Caller(self.port), secrets.token_hex(8)
        page = self._until_answered(lambda: caller.get("/en/urgent/"))
        form = {name: values[0] for name, values in fields(page, "/urgent/").items()}
        form |= {"narrative": words, "victim_status": "police_custody"}
        promised = receipt(form["once"], received_at=datetime.now(UTC)).code
        sent = self._until_answered(lambda: caller.post("/en/urgent/", form))
        assert sent.status == 303
        shown = self._until_answered(lambda: caller.get(sent.location))
        codes = [e.text for e in shown.page.all("p") if e.get("class") == "code"]
        assert codes == [promised]
        self.acknowledged.append(Told(words, promised))

    def _until_answered[Answered](self, ask: Callable[[], Answered]) -> Answered: ...
