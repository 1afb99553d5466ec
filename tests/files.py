"""Files as people send them: made here, and sealed by the service itself."""

import io
from dataclasses import replace
from functools import cache
from uuid import UUID, uuid4

from PIL import Image, PngImagePlugin

from intake.casework import Service
from intake.casework.files.arriving import Arriving, Room
from intake.casework.incoming import Report
from intake.form.answers import Answers, Item
from intake.form.files import FILE, FILES
from intake.form.manifest import Manifest
from intake.store.tables import BlobRow

NAME = "мой-снимок.png"


@cache
def picture(side: int = 40, *, told: str = "") -> bytes:
    """A picture of noise, which may tell where it was made."""
    said = PngImagePlugin.PngInfo()
    if told:
        said.add_text("Location", told)
    written = io.BytesIO()
    Image.effect_noise((side, side), 90).save(written, "PNG", pnginfo=said)
    return written.getvalue()


def stored_file(service: Service, content: bytes, *, name: str = NAME) -> Manifest:
    """A file that arrived, of a report that is not sent yet."""
    owner = uuid4()

    def begin(file: UUID) -> None:
        with service.writing() as session:
            session.add(BlobRow(file, owner, 0, 0))

    arriving = Arriving(service, name, Room(len(content), begin))
    arriving.write(content)
    return arriving.whole()


def with_file(service: Service, report: Report, content: bytes) -> Report:
    """The same report with a file."""
    told = Answers().having(FILE, stored_file(service, content))
    return replace(report, answers=report.answers.with_item(FILES, Item("abcdefgh", told)))
