"""The application with its time, and a trained handler who reads what arrives in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import Flask
from sqlalchemy import func, select

from intake.casework import Service, sign_in
from intake.store.tables import CaseRow, MailboxRow
from intake.vault import code_keys, read_code
from tests.people import COORDINATOR, PASSPHRASES, code_of, turn_back
from tests.visitor import Visited
from tests.web.conftest import Clock, signed_in

_CODE: Final = re.compile(r"\b\d{4}(?: \d{4}){5}\b")


@dataclass
class World:
    """What all persons of these tests share."""

    app: Flask
    clock: Clock

    @property
    def service(self) -> Service:
        service: Service = self.app.extensions["intake"]
        return service

    def ref_of(self, code: str) -> str:
        """The reference of the one case that this code belongs to."""
        keys = code_keys(read_code(code), self.service.keys.site_salt)
        mine = select(CaseRow.ref).join(MailboxRow).where(MailboxRow.look_up == keys.look_up)
        with self.service.reading() as session:
            return session.scalars(mine).one()

    def cases(self) -> int:
        with self.service.reading() as session:
            return session.scalar(select(func.count()).select_from(CaseRow)) or 0

    def read(self, code: str) -> Visited:
        """The report of this code, as the handler reads it."""
        words, now = PASSPHRASES[COORDINATOR], self.clock.now
        turn_back(self.service, COORDINATOR, words)
        code_of_app = code_of(COORDINATOR, now)
        session = sign_in(self.service, COORDINATOR, words, code_of_app, known=None, now=now)
        cookie = session.cookie
        desk = signed_in(self.app, cookie)
        page = desk.get(f"/desk/cases/{self.ref_of(code)}/report")
        forms = [form.get("action") or "" for form in page.page.all("form")]
        opening = [action for action in forms if action.endswith("/open")]
        if not opening:
            return page
        return desk.follow(desk.send(page, form=forms.index(opening[0]), to=opening[0]))


def codes_on(visited: Visited) -> list[str]:
    """The return codes that a page shows."""
    return _CODE.findall(visited.page.text)


def has_words(visited: Visited, text: str, *, most: int | None = None) -> bool:
    """Whether the page shows this text, or as much of it as is shown of long ones."""
    return " ".join(text[:most].split()) in visited.page.text


def unseen_of(visited: Visited, texts: Iterable[str], *, most: int | None = None) -> list[str]:
    """The texts that the page does not show."""
    return [text for text in texts if not has_words(visited, text, most=most)]
