"""By what a demo's database is known, so that neither is ever taken for the other."""

from typing import Final

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from intake.casework.codec import encode
from intake.casework.service import Service
from intake.store.service import SettingRow
from intake.vault import UnsealError, box_setting, open_setting

_NAME: Final = "demo"


def mark(session: Session, service: Service) -> None:
    """Make this a demo's database, for good."""
    box = box_setting(service.keys.server, encode({}), name=_NAME, revision=1)
    session.add(SettingRow(name=_NAME, box=box))


def is_demo(service: Service) -> bool:
    """Whether this installation's own keys marked the database as a demo's."""
    with service.reading() as session:
        row = session.get(SettingRow, _NAME)
        if row is None:
            return False
        try:
            open_setting(service.keys.server, row.box, name=_NAME, revision=row.revision)
        except UnsealError:
            return False
        return True


def may_be_demo(service: Service) -> bool:
    """Whether the database is a demo's, or holds nothing at all yet."""
    with service.reading() as session:
        is_empty = not inspect(session.connection()).get_table_names()
    return is_empty or is_demo(service)
