"""PDF pages written anew: what is drawn on them, and nothing that acts, asks or tells."""

from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    Page,
    PasswordError,
    Pdf,
    settings,
)

from intake.cleaning.confined.drawn import Drawn
from intake.cleaning.confined.objects import Copier
from intake.cleaning.confined.outcome import Copy
from intake.cleaning.limits import Limits, NotCleaned, Why

_OF_A_PAGE: Final = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
_OF_RESOURCES: Final = (
    "/ColorSpace",
    "/ExtGState",
    "/Font",
    "/Pattern",
    "/Shading",
    "/XObject",
)
_OLD: Final = "1.7"  # what every reader opens
_UNPACKED: Final = 256 * 2**20  # bytes of one stream


def _load() -> None:
    """Let qpdf open the device for random numbers, which some papers make it ask for."""
    encrypted = pikepdf.Encryption(owner="-", R=6)
    with pikepdf.new() as paper:
        paper.save(BytesIO(), encryption=encrypted)


_load()


def copied(content: bytes, limits: Limits) -> Copy:
    """The pages as a PDF of its own."""
    try:
        return Copy("pdf", _copied(content, limits))
    except PasswordError:
        raise NotCleaned(Why.LOCKED) from None


def _copied(content: bytes, limits: Limits) -> bytes:
    settings.set_qpdf_limits(
        doc_max_warnings=1000,
        max_stream_filters=4,
        flate_max_memory=_UNPACKED,
        run_length_max_memory=_UNPACKED,
        png_max_memory=_UNPACKED,
        tiff_max_memory=_UNPACKED,
    )
    with pikepdf.open(BytesIO(content)) as source, pikepdf.new() as copy:
        if len(source.pages) > limits.pages:
            raise NotCleaned(Why.TOO_MANY_PAGES)
        # What was filled in, stamped or remarked is drawn on its page before it goes.
        source.flatten_annotations("all")
        copier, drawn = Copier(copy, limits), Drawn()
        for page in source.pages:
            fresh = _page(page.obj, copier)
            drawn.bound(fresh.obj.Contents, fresh.obj.Resources)
            copy.pages.append(fresh)
        return _written(copy)


def _page(page: Object, copier: Copier) -> Page:
    fresh = copier.pdf.make_indirect(Dictionary(Type=Name.Page))
    for key in _OF_A_PAGE:
        if key in page:
            fresh[key] = copier.of(page[key])
    given = page.get("/Resources", Dictionary())
    kept = {key: copier.named(given[key]) for key in _OF_RESOURCES if key in given}
    fresh[Name.Resources] = Dictionary(kept)
    fresh[Name.Contents] = copier.drawing(_parts(page.get("/Contents")))
    return Page(fresh)


def _parts(contents: Object | None) -> list[Object]:
    if contents is None:
        return []
    return list(contents) if isinstance(contents, Array) else [contents]


def _written(copy: Pdf) -> bytes:
    out = BytesIO()
    copy.save(
        out,
        min_version=_OLD,
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return out.getvalue()
