"""What a lawyer does on a morning with eleven clients in one SIZO, walked and counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, expect
from typing_extensions import override

from intake.casework import Reader, Service, new_once, open_case, resume, send_message
from intake.roles import Role
from tests.browser import browsing, filling
from tests.browser.clients import (
    CHOSEN,
    METHOD,
    OF_HERSELF,
    OF_THE_PLACE,
    UNTITLED,
    WRONG_DAY,
    WRONG_METHOD,
    listed,
    of_client,
    table,
)
from tests.browser.coordinating import Morning
from tests.casework.joining import WORDS
from tests.cleaning.papers import simple, written
from tests.people import (
    COORDINATOR,
    PASSPHRASES,
    add_member,
    set_up_app,
    sign_in,
    turn_back,
)

LAWYER: Final = "saule"
FIRST, OTHERS = "By hand: the first client", "By hand: ten more"
PUT_RIGHT, ATTACHED = "By table: brought and put right", "By table: a paper to one of them"
SENT, TAKEN = "By table: all read and sent", "By table: codes and receipts"
ANSWERED: Final = "Three messages read and answered"
QUESTION: Final = "Was a doctor with him since then?"
ANSWER: Final = "Not one. I asked for a doctor in writing this morning."
BEGINS, ON, SEND = 'form[action$="/filings/"] button.go', "#page button.go", filling.SEND
ANOTHER, RECEIPT = 'a[href$="/another"]', 'a[href$="/receipt"]'
FILES: Final = 'a:text-is("Pictures, papers, recordings")'
ADDS: Final = "main .buttons a:nth-child(3)"
"""From the page of a report to a paper that goes with it."""


@dataclass
class Lawyer(Morning):
    """A lawyer at her screen, with every press and every letter counted.

    `asked` are the names of all questions that any page showed her.
    """

    letters: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    codes: list[str] = field(default_factory=list)
    receipts: list[bytes] = field(default_factory=list)
    name: str = ""

    @contextmanager
    @override
    def during(self, name: str) -> Iterator[None]:
        self.name, self.letters[name] = name, 0
        with super().during(name):
            yield

    @override
    def press(self, selector: str) -> None:
        super().press(selector)
        fields = self.page.locator("#page [name]")
        self.asked |= {*fields.evaluate_all("found => found.map(field => field.name)")}

    @override
    def fill(self, **told: str) -> None:
        super().fill(**told)
        typed = (words for name, words in told.items() if name not in CHOSEN)
        self.letters[self.name] += sum(len(words) for words in typed)

    def type(self, selector: str, words: str) -> None:
        self.page.locator(selector).first.fill(words)
        self.part.clicks += 1
        self.letters[self.name] += len(words)

    def tick(self, selector: str) -> None:
        """Tick every box of these."""
        for box in self.page.locator(selector).all():
            box.check()
            self.part.clicks += 1

    def bring(self, file: Path) -> None:
        self.page.locator("[name=file]").first.set_input_files(file)
        self.part.clicks += 1

    def take_receipt(self, selector: str) -> None:
        """Press a receipt's link; what it leads to is fetched as the browser fetches it.

        Chromium drops what a page downloads beyond ten within a second; she is never so fast.
        """
        address = self.page.locator(selector).first.get_attribute("href") or ""
        answer = self.page.request.get(urljoin(self.page.url, address))
        assert answer.headers["content-disposition"].startswith("attachment"), answer.status
        self.part.clicks += 1
        self.receipts.append(answer.body())

    def tell(self, told: Mapping[str, str]) -> None:
        """Page by page until all is told, then to the page where it is read again."""
        left = dict(told)
        while left:
            asked = {e.get_attribute("name") for e in self.page.locator("#page [name]").all()}
            here = {name: left.pop(name) for name in [*left] if name in asked}
            if here:
                self.fill(**here)
            self.press(filling.GO["on" if here and left else "skip" if left else "finish"])


def by_hand(lawyer: Lawyer, count: int, folder: Path) -> None:
    """One after another: the first with a paper, of the others only what differs."""
    with lawyer.during(FIRST):
        told = {**OF_HERSELF, **OF_THE_PLACE, **of_client(1)}
        lawyer.type("[name=name]", told.pop("client_name_for_us"))
        lawyer.press(BEGINS)
        lawyer.tell(told)
        lawyer.page.locator(f"details:has({FILES}) summary").click()
        lawyer.part.clicks += 1
        lawyer.press(FILES)
        lawyer.press("#page p.actions a.wide")
        attach(lawyer, folder)
        lawyer.press(ON)
        send(lawyer)
    with lawyer.during(OTHERS):
        for number in range(2, count + 1):
            lawyer.press(ANOTHER)
            lawyer.fill(**of_client(number))
            lawyer.press(ON)
            send(lawyer)


def attach(lawyer: Lawyer, folder: Path) -> None:
    """Her notice of defence, on the page of a file."""
    paper = folder / "notice-of-defence.pdf"
    paper.write_bytes(written(simple()))
    lawyer.bring(paper)
    lawyer.tick("[name=file_shows][value=authority_paper]")
    lawyer.press(ON)


def send(lawyer: Lawyer) -> None:
    """Send, write the code down, take the receipt, put the code away."""
    lawyer.press(SEND)
    lawyer.codes += browsing.codes(lawyer.page)
    lawyer.take_receipt(RECEIPT)
    lawyer.press('form[action$="/code"] button')


def by_table(lawyer: Lawyer, count: int, folder: Path) -> None:
    """All at once, out of a table with three faults."""
    with lawyer.during(PUT_RIGHT):
        lawyer.press("main p a")
        lawyer.press('a[href$="/table/"]')
        rows = folder / "clients.csv"
        rows.write_text(table(count))
        lawyer.bring(rows)
        lawyer.press('form[action$="/file"] button')
        _put_right(lawyer)
    with lawyer.during(ATTACHED):
        lawyer.press(f'a.ref:text-is("{listed(3)}")')
        lawyer.press(ADDS)
        attach(lawyer, folder)
        lawyer.press(filling.GO["save"])
    with lawyer.during(SENT):
        lawyer.press('form[action$="/read"] button[value=all]')
        lawyer.press('form[action$="/send"] button')
    with lawyer.during(TAKEN):
        lawyer.codes += browsing.codes(lawyer.page)
        lawyer.tick("[name=filing]")
        lawyer.press('form[action$="/codes"] button.go')
        for number in range(1, count + 1):
            lawyer.take_receipt(f"{row_of(listed(number))} {RECEIPT}")


def _put_right(lawyer: Lawyer) -> None:
    """Mend each fault, look again, and begin the reports."""
    lawyer.type(WRONG_DAY, OF_THE_PLACE["detained_on"])
    lawyer.type(WRONG_METHOD, METHOD)
    lawyer.page.locator(UNTITLED).select_option("agency")
    lawyer.part.clicks += 1
    lawyer.press("#clients button.calm")
    assert lawyer.page.locator(".problems").all_inner_texts() == []
    lawyer.press("#clients button[value=make]")


def row_of(name: str) -> str:
    """The row of a client in her list."""
    return f'tr:has(a.ref:text-is("{name}"))'


def ref_of(page: Page, name: str) -> str:
    """What the desk calls the report of a client, as her list says."""
    return page.locator(f"{row_of(name)} th small").inner_text().strip()


def asks(service: Service, refs: Sequence[str]) -> Reader:
    """A coordinator opens these reports and writes to who filed them."""
    now = datetime.now(UTC)
    turn_back(service, COORDINATOR, PASSPHRASES[COORDINATOR])
    cookie = sign_in(service, COORDINATOR, PASSPHRASES[COORDINATOR], now=now).cookie
    reader = resume(service, cookie, now=now)
    for ref in refs:
        open_case(reader, ref, now=now)
        send_message(reader, ref, QUESTION, once=new_once(), now=now)
    return reader


def answer(lawyer: Lawyer, names: Sequence[str]) -> None:
    """What is new in her list is read and answered; the code is needed nowhere."""
    with lawyer.during(ANSWERED):
        for name in names:
            lawyer.press(".staff .home")
            lawyer.press(f'{row_of(name)} td a[href*="/messages"]')
            expect(lawyer.page.locator("main")).to_contain_text(QUESTION, use_inner_text=True)
            lawyer.type("[name=text]", ANSWER)
            lawyer.press(ON)


def hire(service: Service) -> None:
    """Let the lawyer in, with an app of her own."""
    now, words = datetime.now(UTC) - timedelta(minutes=5), PASSPHRASES[COORDINATOR]
    turn_back(service, COORDINATOR, words)
    cookie = sign_in(service, COORDINATOR, words, now=now).cookie
    add_member(resume(service, cookie, now=now), LAWYER, (Role.FILING_LAWYER,), WORDS)
    own = sign_in(service, LAWYER, WORDS, now=now).cookie
    set_up_app(resume(service, own, now=now), WORDS, now=now - timedelta(minutes=10))


def begun(browser: Browser, url: str) -> Lawyer:
    """Signed in, without JavaScript, her list in front of her."""
    page = browsing.visit(browser, wide=True).new_page()
    browsing.sign_in(page, url, LAWYER, WORDS)
    return Lawyer(page, url)
