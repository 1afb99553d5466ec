"""Broken, foreign and oversized requests: a clear page each, never a trace, never a loss."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO, StringIO
from urllib.parse import urlencode

import pytest
from flask import Flask, request
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from intake import create_app, logs
from intake.casework import Service
from intake.settings import Settings
from intake.store.tables import CaseRow
from intake.web import limits
from tests.visitor import LANGUAGES, Visited, Visitor

STORY = "They took my brother from home and do not say where he is."
FORM = "application/x-www-form-urlencoded"


def cases(service: Service) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count()).select_from(CaseRow)) or 0


def values(visited: Visited) -> dict[str, list[str]]:
    return visited.page.fields(visited.page.form())


@contextmanager
def failing(service: Service, words: str) -> Iterator[None]:
    """Make every write of the database fail as SQLite words it."""

    def fail(*_event: object) -> None:
        raise OperationalError("", {}, Exception(words))

    event.listen(service.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(service.engine, "before_cursor_execute", fail)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_sends_is_refused(
    visitor: Visitor, service: Service, site: str
) -> None:
    page = visitor.get("/en/urgent/")
    sent = {**values(page), "narrative": STORY}
    answer = visitor.post("/en/urgent/", sent, Sec_Fetch_Site=site)
    assert answer.status == 403
    assert "This was not sent from our page" in answer.page.text
    assert STORY not in answer.page.markup
    assert cases(service) == 0


@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_what_our_page_sends_is_taken(
    visitor: Visitor, service: Service, site: str | None
) -> None:
    sent = {**values(visitor.get("/en/urgent/")), "narrative": STORY}
    headers = {"Sec_Fetch_Site": site} if site else {}
    assert visitor.post("/en/urgent/", sent, **headers).status == 303
    assert cases(service) == 1


def test_an_oversized_body_is_refused_with_advice(visitor: Visitor, service: Service) -> None:
    answer = visitor.post("/en/urgent/", {"narrative": "x" * 300_000})
    assert answer.status == 413
    assert "make the text shorter" in answer.page.text
    assert cases(service) == 0


@pytest.mark.parametrize("character", ["ж", "Ә", "😀", "\r\n"])
def test_the_longest_text_fits_in_every_script(
    visitor: Visitor, service: Service, character: str
) -> None:
    longest = (character * 20_000)[:20_000]
    answer = visitor.send(visitor.get("/en/urgent/"), {"narrative": longest + "."})
    assert answer.status in {303, 422}
    assert answer.status == 303 or values(answer)["narrative"][0].endswith(".")
    assert cases(service) == (answer.status == 303)


@pytest.mark.parametrize(
    "narrative", ["a\x00b", "\ud800", "\x1b[31m", "a\u202eb", "<script>alert(1)</script>"]
)
def test_odd_characters_do_no_harm(visitor: Visitor, service: Service, narrative: str) -> None:
    typed = {"narrative": narrative.encode("utf-8", "surrogatepass"), "detained_on": "soon"}
    fields = {**values(visitor.get("/en/urgent/")), **typed}
    answer = visitor.client.post(
        "/en/urgent/",
        data=urlencode(fields, doseq=True),
        content_type=FORM,
        base_url=visitor.base_url,
    )
    assert answer.status_code == 422
    assert visitor.send(Visited(answer), {"detained_on": ""}).status == 303
    assert cases(service) == 1


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"%ff%fe=%00&narrative=%ff", FORM, 422),
        (b"&&&===&&&", FORM, 422),
        (b"a=1&" * 500, FORM, 422),
        (b'{"narrative": 1}', "application/json", 422),
        (b"[]", "application/json", 422),
        (b"\x00\xff", "text/plain", 422),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 422),
        (b"", "multipart/form-data", 422),
        (b"narrative=x", "application/x-www-form-urlencoded; charset=klingon", 422),
    ],
)
def test_a_body_that_is_no_form_of_ours_is_answered_with_the_page(
    visitor: Visitor, service: Service, body: bytes, kind: str, status: int
) -> None:
    answer = visitor.client.post(
        "/en/urgent/", data=body, content_type=kind, base_url=visitor.base_url
    )
    assert answer.status_code == status
    assert cases(service) == 0


def test_more_parts_than_any_form_has_are_refused(visitor: Visitor) -> None:
    parts = {f"part{n}": "x" for n in range(300)}
    answer = visitor.client.post(
        "/en/urgent/",
        data=parts,
        content_type="multipart/form-data",
        base_url=visitor.base_url,
    )
    assert answer.status_code == 413


def test_of_a_field_sent_twice_the_first_counts(visitor: Visitor, service: Service) -> None:
    page = visitor.get("/en/urgent/")
    sent = {
        **values(page),
        "narrative": [STORY, "another"],
        "victim_status": ["missing", "free"],
        "token": [*values(page)["token"], "x"],
        "urgent_signs": ["under_18", "under_18"],
    }
    assert visitor.post("/en/urgent/", sent).status == 303
    assert cases(service) == 1


@pytest.mark.parametrize("words", ["database or disk is full", "database is locked"])
def test_what_cannot_be_stored_now_is_shown_again(
    visitor: Visitor, service: Service, words: str
) -> None:
    page = visitor.get("/en/urgent/")
    with failing(service, words):
        answer = visitor.send(page, {"narrative": STORY})
    assert answer.status == 503
    assert "Nothing is lost" in answer.page.text
    assert values(answer)["narrative"] == [STORY]
    assert visitor.send(answer).status == 303
    assert cases(service) == 1


def test_what_proves_who_somebody_is_is_never_shown_again(
    visitor: Visitor, service: Service
) -> None:
    page, wrong = visitor.get("/sign-in"), {"passphrase": "wrong words", "code": "845 921"}
    with failing(service, "database is locked"):
        answer = visitor.send(page, {"handle": "coordinator", **wrong})
    assert answer.status == 503
    assert not any(text in answer.page.markup for text in wrong.values())


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the program writes while it serves."""
    root = logging.getLogger()
    before, stream = (root.handlers, root.level), StringIO()
    logs.configure(stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers, root.level = before


@contextmanager
def broken(service: Service) -> Iterator[None]:
    """An error of ours whose words hold what was typed."""

    def break_(*_event: object) -> None:
        raise RuntimeError(STORY)

    event.listen(service.engine, "before_cursor_execute", break_)
    yield
    event.remove(service.engine, "before_cursor_execute", break_)


def test_even_an_unexpected_error_gives_the_text_back(
    visitor: Visitor, service: Service
) -> None:
    page = visitor.get("/en/urgent/")
    sent = {**values(page), "narrative": STORY}
    with broken(service):
        answer = visitor.client.post("/en/urgent/", data=sent, base_url=visitor.base_url)
    shown = Visited(answer)
    assert answer.status_code == 500
    assert "Traceback" not in shown.page.markup
    assert values(shown)["narrative"] == [STORY]
    assert visitor.send(shown).status == 303
    assert cases(service) == 1


def test_an_unexpected_error_is_logged_by_its_place_and_says_nothing_that_was_typed(
    visitor: Visitor, service: Service, log: StringIO
) -> None:
    sent = {**values(visitor.get("/en/urgent/")), "narrative": STORY}
    with broken(service):
        visitor.client.post("/en/urgent/?q=brother", data=sent, base_url=visitor.base_url)
    (line,) = (json.loads(text) for text in log.getvalue().splitlines())
    assert line.keys() == {"time", "event", "level", "endpoint", "error", "at"}
    told = (line["event"], line["level"], line["endpoint"], line["error"])
    assert told == ("request_failed", "error", "report.send", "RuntimeError")
    assert line["at"]
    assert "brother" not in log.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/{}/nothing-here", 404),
        ("get", "/{}/return/nothing", 404),
        ("post", "/{}/", 405),
        ("post", "/{}/safety/", 405),
        ("get", "/{}/urgent/written", 405),
    ],
)
def test_an_error_is_a_page_in_the_language_of_the_address(
    visitor: Visitor, language: str, method: str, path: str, status: int
) -> None:
    fetch = visitor.get if method == "get" else visitor.post
    assert fetch(path.format(language)).status == status


def test_a_method_that_does_not_exist_is_answered(visitor: Visitor) -> None:
    answer = visitor.client.open("/en/urgent/", method="BREW", base_url=visitor.base_url)
    assert answer.status_code == 405
    assert answer.headers["Allow"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "a b", ""])
def test_another_host_name_is_not_ours(visitor: Visitor, host: str) -> None:
    answer = visitor.get("/en/", Host=host)
    assert answer.status == 421
    assert "This is not our address" in answer.page.text


def test_each_surface_answers_to_its_own_hosts_and_pages(settings: Settings) -> None:
    apart = replace(settings, public_hosts=("form.test",), desk_hosts=("desk.test",))
    public, desk = (create_app(apart, surface=surface) for surface in ("public", "desk"))
    form, staff = Visitor(public.test_client()), Visitor(desk.test_client())
    form.base_url, staff.base_url = "http://form.test", "http://desk.test"
    assert form.get("/en/urgent/").status == 200
    assert form.get("/desk/").status == 404
    assert staff.client.get("/en/urgent/", base_url=staff.base_url).status_code == 404
    assert staff.get("/desk/", Host="form.test").status == 421
    assert staff.get("/healthz").status == 200
    assert {"/en/", "/"} & set(staff.get("/nothing").page.links) == set()
    for app in (public, desk):
        app.extensions["intake"].engine.dispose()


def test_a_broken_address_is_answered(visitor: Visitor) -> None:
    for path in (
        "/%ff%fe",
        "/en/%00",
        "/en/urgent/?q=%ff",
        "/../../etc/passwd",
        "/static/x/../y",
    ):
        assert visitor.client.get(path, base_url=visitor.base_url).status_code in {200, 404}


def test_the_service_says_when_its_database_is_gone(visitor: Visitor, service: Service) -> None:
    assert visitor.get("/healthz").status == 200
    (service.settings.instance / "intake.db").write_bytes(b"")
    service.engine.dispose()
    assert visitor.get("/healthz").status == 503


def test_a_file_that_nobody_asked_for_stays_in_memory(app: Flask) -> None:
    picture = (BytesIO(b"x" * 200_000), "x.png", "image/png")
    with app.test_request_context(method="POST", data={"picture": picture}):
        limits.allow(2**20)
        stream = request.files["picture"].stream
    assert isinstance(stream, BytesIO)
