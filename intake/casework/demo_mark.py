"""By what a demo's database is known, so that neither is ever taken for the other."""

from typing import Any, Final

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from intake.casework.codec import decode, encode
from intake.casework.service import Service
from intake.store.service import SettingRow
from intake.vault import UnsealError, box_setting, open_setting

_NAME: Final = "demo"


def mark(session: Session, service: Service, *, briefing: bool) -> None:
    """Make this a demo's database, for good; `briefing` says which reports it holds."""
    content = encode({"briefing": briefing})
    box = box_setting(service.keys.server, content, name=_NAME, revision=1)
    session.add(SettingRow(name=_NAME, box=box))


def is_demo(service: Service) -> bool:
    """Whether this installation's own keys marked the database as a demo's."""
    return _mark(service) is not None


def has_briefing(service: Service) -> bool:
    """Whether it is a demo that was made with the reports of the briefing."""
    return bool((_mark(service) or {}).get("briefing"))


def _mark(service: Service) -> dict[str, Any] | None:
    with service.reading() as session:
        row = session.get(SettingRow, _NAME)
        if row is None:
            return None
        try:
            opened = open_setting(
                service.keys.server, row.box, name=_NAME, revision=row.revision
            )
        except UnsealError:
            return None
        return decode(opened)


def may_be_demo(service: Service) -> bool:
    """Whether the database is a demo's, or holds nothing at all yet."""
    with service.reading() as session:
        is_empty = not inspect(session.connection()).get_table_names()
    return is_empty or is_demo(service)
