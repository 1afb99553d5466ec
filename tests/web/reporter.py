"""A person with her paper: when her report opens, what becomes of it, and who reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from intake.form.journey import SAY_SOMETHING
from tests.people import NOW
from tests.visitor import Visited
from tests.web.person import Person, Tab, Writer, is_ended, is_step
from tests.web.told_pages import Answer, Fields, Key
from tests.web.world import World, codes_on, unseen_of

MOST_PAGES: Final = 120
SHOWN: Final = 1400  # characters of one answer where everything is read again
UNSAVED, SAVED = timedelta(hours=24), timedelta(hours=2)
KEPT: Final = timedelta(days=7)
OTHER_PAGES: Final = re.compile(r"/../report/(check|kept|forget|[a-z]+/[a-z2-7]{8})?")


@dataclass
class Saved:
    """What she may count on behind a code, and since when it was not changed."""

    said: dict[Key, Answer] = field(repr=False)
    at: datetime


@dataclass
class Reporter(Person):
    """Who writes; `is_open` says whether her browser still has the report that she writes."""

    world: World = field(kw_only=True)
    is_open: bool = False
    is_saved: bool = False
    code: str = ""
    renewed: datetime = NOW
    changed: datetime = NOW
    put_away: dict[str, Saved] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    told: dict[str, list[str]] = field(default_factory=dict)

    @property
    def paper(self) -> list[str]:
        """Every code that she ever wrote down."""
        return sorted({*self.put_away, *self.told, *self.deleted})

    def begin(self, language: str) -> None:
        self._opened({})
        self.look(self.arrived(self.visitor.send(self.visitor.get(f"/{language}/report/"))))

    def begin_from_urgent(self, language: str, words: str) -> None:
        """Send the urgent page, and go on with the same report."""
        told = {"narrative": words, "victim_status": "police_custody"}
        page = self.visitor.get(f"/{language}/urgent/")
        receipt = self.visitor.follow(self.visitor.send(page, told))
        code = codes_on(receipt)[0]
        self.told[code] = [words]
        self._opened({("", "victim_status"): frozenset({"police_custody"})}, code=code)
        self.look(self.arrived(self.visitor.send(receipt, form=1)))

    def press_any(self, tab: Tab, answers: Fields, button: str) -> None:
        """Send a page, whether or not the visit still holds."""
        if button in {"anew", "open"}:
            self._press_on_ended_page(tab, answers, button)
            return
        answer = self.press(tab, answers, button)
        assert is_ended(answer) is not self.is_open, answer.path
        if self.is_open:
            self._went_on(answer, button)

    def _press_on_ended_page(self, tab: Tab, answers: Fields, button: str) -> None:
        before, self.said = self.said, {}
        if button == "open" and self.is_surely_kept(self.code):
            answers = {**answers, "code": [self.code]}
            self.said = dict(self.put_away[self.code].said)
        answer = self.press(tab, answers, button)
        after, self.said = self.said, before
        if not is_ended(answer):
            self._entered(button)
            self.said = after
            self._went_on(answer, button)

    def _went_on(self, answer: Visited, button: str) -> None:
        if answer.status == 200:
            self.changed = self.world.clock.now
        if button == "save" and answer.path.endswith("/kept"):
            self.code, self.is_saved = next(iter(codes_on(answer)), self.code), True
        self.look(answer)

    def look(self, visited: Visited) -> None:
        """Where she is now there is a way on; each page she sees makes the visit last."""
        assert is_step(visited) or OTHER_PAGES.fullmatch(visited.path), visited.path
        self.renewed = self.world.clock.now

    def lose_visit(self) -> None:
        """Away for long, gone, or in another browser: only the code brings it back."""
        if self.is_open and self.is_saved:
            self.put_away[self.code] = Saved(self.said, self.changed)
        self.is_open, self.said = False, {}

    def is_surely_kept(self, code: str) -> bool:
        return code in self.put_away and self.world.clock.now - self.put_away[code].at < KEPT

    def come_back(self, code: str) -> None:
        """Type a code in another browser, and go on where it leads to a report."""
        self.lose_visit()
        self.visitor = Writer(self.world.app.test_client())
        came = self.visitor.send(self.visitor.get("/kk/return/"), {"code": code})
        if code in self.told:
            assert came.location.endswith("/kk/return/messages")
        elif code in self.deleted:
            assert came.status == 422
        if self.is_surely_kept(code):
            assert came.status == 303
            saved = self.put_away.pop(code)
            self._opened(saved.said, code=code)
            self.is_saved, self.changed = True, saved.at
            go_on = self.visitor.send(self.visitor.get("/kk/report/"))
            self.look(self.arrived(go_on))
        elif code not in self.told:
            self.visitor.get("/exit")  # whether it was kept so long, she does not wait to see

    def wait(self, span: timedelta) -> None:
        self.world.clock.now += span
        limit = SAVED if self.is_saved else UNSAVED
        if self.is_open and self.world.clock.now - self.renewed > limit:
            self.lose_visit()

    def forget(self) -> None:
        done = self.visitor.follow(self.visitor.send(self.visitor.get("/en/report/forget")))
        assert not is_step(done)
        self.deleted |= {self.code} - {""}
        self.is_open, self.code, self.said = False, "", {}

    def read_again(self) -> Visited:
        """The page on which everything she wrote can be read before it is sent."""
        page = self.visitor.get("/en/report/check")
        assert unseen_of(page, self.texts(), most=SHOWN) == []
        self.look(page)
        return page

    def send(self, page: Visited) -> None:
        """Send what such a page shows, even one that was opened some time ago."""
        texts, before = self.texts() if self.is_open else [], self.world.cases()
        if not any(b.text == "Send the report" for b in page.page.all("button")):
            assert SAY_SOMETHING in page.page.text
            return
        answer = self.visitor.send(page)
        if not self.is_open:
            assert answer.status in {200, 303}
            assert self.world.cases() == before
        elif answer.status == 303:
            assert unseen_of(page, texts, most=SHOWN) == [], "sent without being read"
            self._sent(self.visitor.follow(answer), texts, before)
        else:
            assert answer.status in {409, 422}
            assert self.world.cases() == before

    def reach_the_end(self) -> None:
        """Skip what is left, as far as all can be read again; say a word, and send it."""
        page = self.arrived(self.visitor.send(self.visitor.get("/en/report/")))
        for _ in range(MOST_PAGES):
            if page.path == "/en/report/check":
                break
            page = self.arrived(self.visitor.send(page, {"go": "skip"}))
        self.send(self._with_a_word(self.read_again()))
        assert not self.is_open, "no way to send it"

    def _with_a_word(self, page: Visited) -> Visited:
        """The same page once something is said; it leads to where that can be done."""
        missing = [a for a in page.page.all("a") if a.text == "Write a few words"]
        if not missing:
            return page
        self.go(missing[0].get("href") or "")
        self.press_any(self.tabs[-1], {"narrative": ["w0w a few words"]}, "on")
        return self.read_again()

    def _opened(self, said: dict[Key, Answer], *, code: str = "") -> None:
        self.is_open, self.is_saved, self.code, self.said = True, False, code, said

    def _entered(self, button: str) -> None:
        """Another report is open now; the one that was, if any, waits behind its code."""
        code = self.code if button == "open" else ""
        self.lose_visit()
        self._opened({}, code=code)
        if button == "open":
            self.is_saved, self.changed = True, self.put_away.pop(code).at

    def _sent(self, receipt: Visited, texts: list[str], cases: int) -> None:
        assert receipt.path.endswith("/urgent/sent")
        code = codes_on(receipt)[0]
        assert self.world.cases() == cases + (code not in self.told)
        self.told.setdefault(code, []).extend(texts)
        assert unseen_of(self.world.read(code), self.told[code]) == []
        self.put_away.pop(code, None)
        self.is_open, self.code, self.said = False, "", {}
