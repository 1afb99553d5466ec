"""The receipt of a filing for the lawyer's own papers, out of what her filing remembers."""

from __future__ import annotations

from functools import partial

from intake.casework import told as tellings
from intake.casework.errors import UnknownCase
from intake.casework.filings.kept import Filing
from intake.casework.filings.listing import paper_until
from intake.casework.reader import Reader
from intake.export.filing_receipt import FilingReceipt, ReceivedFile, filing_receipt
from intake.export.paper import Tongue
from intake.translations import said_in


def receipt(reader: Reader, known: Filing, language: str) -> bytes:
    """The receipt as PDF in `language`; `UnknownCase` for what she did not file herself.

    Raises `NotTypesetError` where it cannot be made.
    """
    told, followed, service = known.told, known.followed, reader.service
    if told is None or followed is None:
        raise UnknownCase
    facts = FilingReceipt(
        ref=followed.ref,
        received_at=followed.since.astimezone(service.settings.zone),
        filed_by=reader.handle,
        name=known.name,
        parts=told.parts,
        files=tuple(ReceivedFile(one.name, one.length, one.sha256) for one in told.files),
        papers=told.papers,
        authority_until=paper_until(known),
        language=told.language,
        coalition=tellings.in_force(service).coalition.said_in(language),
    )
    return filing_receipt(facts, Tongue(language, partial(said_in, language)))
