"""The receipt for a lawyer's file: what it shows, what it never holds, nothing is markup."""

import hashlib
import io
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import partial

import pikepdf
import pytest

from intake.export import typesetting
from intake.export.filing_receipt import FilingReceipt, ReceivedFile, filing_receipt
from intake.export.paper import Tongue
from intake.export.typesetting import NotTypesetError
from intake.form.dates import CivilDate
from intake.form.questionnaire import SECTIONS
from intake.form.vocabularies import vocabulary
from intake.translations import LANGUAGES, said_in
from tests.export.papers import ENGLISH
from tests.export.pdf_text import words_in

NOTICE = ReceivedFile("notice.pdf", 1_234_567, hashlib.sha256(b"notice").hexdigest())
FACTS = FilingReceipt(
    ref="K7QF2M9T",
    received_at=datetime(2026, 11, 23, 14, 5, tzinfo=timezone(timedelta(hours=5))),
    filed_by="dana",
    name="Восьмой",
    parts=("now", "happened"),
    files=(NOTICE,),
    papers=("defence_notice",),
    authority_until=CivilDate(date(2027, 3, 1)),
    language="ru",
    coalition="We are five organisations.",
)


def in_one_line(facts: FilingReceipt, tongue: Tongue = ENGLISH) -> str:
    """Every word of the receipt, without the gaps of its layout."""
    return closed(words_in(filing_receipt(facts, tongue)))


def closed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


@pytest.fixture(scope="module")
def words() -> str:
    return in_one_line(FACTS)


@pytest.mark.parametrize(
    "shown",
    [
        "K7QF2M9T",
        "23.11.2026, 14:05 (UTC+05:00)",
        "dana",
        "Восьмой",
        "The person now",
        "What happened",
        "notice.pdf",
        "1 234 567 bytes",
        NOTICE.sha256,
        "Written notice of defence (representation) by an advocate",
        "01.03.2027",
        "Russian",
        "We are five organisations.",
    ],
)
def test_it_shows_what_a_lawyer_needs_in_the_file(words: str, shown: str) -> None:
    assert closed(shown) in words


def test_a_hash_stands_in_groups_of_eight() -> None:
    pieces = words_in(filing_receipt(FACTS, ENGLISH)).splitlines()
    groups = [NOTICE.sha256[at : at + 8] for at in range(0, 64, 8)]
    assert [piece for piece in pieces if piece in groups] == groups


def test_only_the_parts_in_which_something_is_told_are_named(words: str) -> None:
    others = [section.title for section in SECTIONS if section.slug not in FACTS.parts]
    assert not [title for title in others if closed(title) in words]


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_in_the_language_of_the_receipt(language: str) -> None:
    said = in_one_line(FACTS, Tongue(language, partial(said_in, language)))
    label = vocabulary("authority_doc").label("defence_notice", language)
    assert closed(label) in said
    assert closed(said_in(language, "What happened")) in said


def test_what_is_not_known_has_no_line() -> None:
    plain = FilingReceipt(ref="K7QF2M9T", received_at=FACTS.received_at, filed_by="dana")
    said = in_one_line(plain)
    for line in ("Good until", "Paper by which you act", "What you call the client"):
        assert closed(line) not in said
    assert closed("No file came with it.") in said
    assert closed("We do not belong to the State.") in said


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (CivilDate(date(2027, 3, 1), "month"), "03.2027"),
        (CivilDate(date(2027, 1, 1), "year"), "2027"),
        (CivilDate(date(2027, 3, 1), "approx"), "about 01.03.2027"),
    ],
)
def test_the_last_day_of_the_paper_is_as_exact_as_it_was_said(
    said: CivilDate, shown: str
) -> None:
    words = in_one_line(replace(FACTS, authority_until=said))
    assert closed(f"Good until {shown} Files") in words


def test_a_name_comes_out_as_it_was_typed_and_is_never_markup() -> None:
    hostile = '#import "a": *; #panic("no") $x$ *b* _c_ `d` <e> @f \\ ] } .jpg'
    named = replace(NOTICE, name=hostile)
    assert closed(hostile) in in_one_line(replace(FACTS, files=(named,), name=hostile))


def test_what_turns_letters_around_is_a_gap() -> None:
    turned = replace(NOTICE, name="notice\u202efdp.exe")
    assert "noticefdp.exe" in in_one_line(replace(FACTS, files=(turned,)))


def test_a_long_name_stays_on_the_sheet() -> None:
    long = replace(NOTICE, name="x" * 255)
    made = words_in(filing_receipt(replace(FACTS, files=(long,)), ENGLISH))
    pieces = [piece for piece in made.splitlines() if set(piece) == {"x"}]
    assert sum(map(len, pieces)) == 255
    assert max(map(len, pieces)) < 60


def test_nothing_of_it_is_kept_for_the_next_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert filing_receipt(FACTS, ENGLISH) == filing_receipt(FACTS, ENGLISH)
    monkeypatch.setattr(typesetting, "SETTER", typesetting.TEMPLATE)
    with pytest.raises(NotTypesetError):
        filing_receipt(FACTS, ENGLISH)


def test_the_document_carries_no_time_and_nothing_inside_it() -> None:
    made = filing_receipt(FACTS, ENGLISH)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert {str(name) for name in document.docinfo} <= {"/Title", "/Creator"}
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
        assert b"Date" not in document.Root.Metadata.read_bytes()


def test_the_facts_do_not_print_names() -> None:
    secrets = ("Восьмой", NOTICE.name, NOTICE.sha256)
    assert not [secret for secret in secrets if secret in repr(FACTS)]
