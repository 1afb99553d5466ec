"""Writes down a released schema with a row in each table: `python -m tests.store.make_schema`.

Run once when a revision is released; what is there is never written again.
"""

import tempfile
from pathlib import Path

from intake.store.engine import connect, writing
from intake.store.migrations import newest, upgrade
from tests.store import rows

SCHEMAS = Path(__file__).parent / "schemas"


def dump(path: Path) -> str:
    """A new SQLite database at `path` with the newest schema, as SQL."""
    engine = connect(f"sqlite:///{path}")
    upgrade(engine)
    with writing(engine) as session:
        for row in rows.one_of_each():
            session.add(row)
            session.flush()
    connection = engine.raw_connection()
    lines = list(connection.driver_connection.iterdump())  # type: ignore[union-attr]
    connection.close()
    engine.dispose()
    return "\n".join([*lines, ""])


def main() -> None:
    target = SCHEMAS / f"{newest()}.sqlite.sql"
    with tempfile.TemporaryDirectory() as folder, target.open("x") as file:
        file.write(dump(Path(folder) / "intake.db"))


if __name__ == "__main__":
    main()
