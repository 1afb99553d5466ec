"""Clients that write and send reports while the server is killed, and what they were told."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from intake.casework import receipt
from tests.proof.caller import Answer, Caller, Lost, fields
from tests.running import PATIENCE

CLIENTS = 4
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
        self.saved: list[Told] = []
        self.failures: list[BaseException] = []
        self._stop = threading.Event()
        acts = (self._send_urgent, self._send_journey, self._save_journey, self._send_urgent)
        self._threads = [threading.Thread(target=self._repeat, args=(act,)) for act in acts]

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

    def _repeat(self, act: Callable[[], None]) -> None:
        try:
            while not self._stop.is_set():
                act()
        except BaseException as error:  # noqa: BLE001 - told by the test, not by its thread
            self.failures.append(error)

    def _send_urgent(self) -> None:
        caller, words = Caller(self.port), secrets.token_hex(8)
        page = until_answered(lambda: caller.get("/en/urgent/"))
        form = {name: values[0] for name, values in fields(page, "/urgent/").items()}
        form |= {"narrative": words, "victim_status": "police_custody"}
        promised = receipt(form["once"], received_at=datetime.now(UTC)).code
        sent = until_answered(lambda: caller.post("/en/urgent/", form))
        assert self._shown(caller, sent) == [promised]
        self.acknowledged.append(Told(words, promised))

    def _send_journey(self) -> None:
        caller, words = Caller(self.port), secrets.token_hex(8)
        self._write(caller, words)
        page = until_answered(lambda: caller.get("/en/report/check"))
        assert words in page.page.text
        sent = until_answered(lambda: caller.send(page, {}, to="/check"))
        (code,) = self._shown(caller, sent)
        again = until_answered(lambda: caller.send(page, {}, to="/check"))
        assert self._shown(caller, again) == [code]
        self.acknowledged.append(Told(words, code))

    def _save_journey(self) -> None:
        caller, words = Caller(self.port), secrets.token_hex(8)
        self._write(caller, words)
        page = until_answered(lambda: caller.open("/en/report/contact"))
        saved = until_answered(
            lambda: caller.send(page, {"contact_value": words, "go": "save"})
        )
        (code,) = self._shown(caller, saved)
        self.saved.append(Told(words, code))

    def _write(self, caller: Caller, words: str) -> None:
        """Begin a report and tell a story; what was acknowledged is read at once."""
        page = until_answered(lambda: caller.get("/en/report/"))
        until_answered(lambda: caller.send(page, {}))
        for text in (f"{words} begun", words):
            story = until_answered(lambda: caller.open("/en/report/story"))
            told = {"narrative": text}
            taken = until_answered(lambda: caller.send(story, told))  # noqa: B023 - called here
            assert taken.status == 303
            shown = until_answered(lambda: caller.open("/en/report/story"))
            assert fields(shown, "")["narrative"] == [text]

    def _shown(self, caller: Caller, sent: Answer) -> list[str]:
        """The codes on the page to which an answer leads."""
        assert sent.status == 303, (sent.path, sent.status)
        shown = until_answered(lambda: caller.get(sent.location))
        return [e.text for e in shown.page.all("p") if e.get("class") == "code"]


def until_answered(ask: Callable[[], Answer]) -> Answer:
    """The answer, however often it has to be asked for."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            answer = ask()
        except Lost:
            assert time.monotonic() < until, "the server does not come back"
        else:
            if answer.status != 503:
                return answer
        time.sleep(WAIT)
