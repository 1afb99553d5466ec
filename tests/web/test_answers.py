"""Leaving, cookies over https, compression and static files."""

import gzip
from collections.abc import Iterator
from dataclasses import replace

import pytest

from intake import create_app
from intake.settings import Settings
from intake.web.context import CLOCK
from tests.visitor import Visitor
from tests.web.conftest import Clock
from tests.web.test_urgent import FILLED, codes


@pytest.fixture
def over_tls(settings: Settings, clock: Clock) -> Iterator[Visitor]:
    """A visitor of the same pages over https, with cookies that want it."""
    app = create_app(replace(settings, secure_cookies=True))
    app.extensions[CLOCK] = clock
    yield Visitor(app.test_client(), base_url="https://127.0.0.1")
    app.extensions["intake"].engine.dispose()


def test_leaving_forgets_the_code_and_goes_elsewhere(visitor: Visitor) -> None:
    visitor.follow(visitor.send(visitor.get("/en/urgent/"), FILLED))
    left = visitor.get("/exit")
    headers = left.answer.headers
    assert (left.status, left.location) == (303, "https://www.wikipedia.org/")
    assert headers["Clear-Site-Data"] == '"cookies", "storage"'
    assert headers["Cache-Control"] == "no-store"
    assert visitor.client.get_cookie("i", domain="127.0.0.1") is None
    assert codes(visitor.get("/en/urgent/sent")) == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_end_a_visit(visitor: Visitor, site: str) -> None:
    visitor.get("/en/urgent/")
    left = visitor.get("/exit", Sec_Fetch_Site=site)
    assert (left.status, left.location) == (303, "/")
    assert "Clear-Site-Data" not in left.answer.headers
    assert visitor.client.get_cookie("i", domain="127.0.0.1") is not None


def test_over_tls_a_report_is_sent_without_any_referrer(over_tls: Visitor) -> None:
    sent = over_tls.send(over_tls.get("/en/urgent/"), FILLED)
    assert sent.status == 303
    assert len(codes(over_tls.follow(sent))) == 1


def test_over_tls_cookies_are_secure_and_bound_to_the_host(over_tls: Visitor) -> None:
    answer = over_tls.get("/en/urgent/").answer
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-i=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_over_tls_leaving_takes_the_same_cookie_away(over_tls: Visitor) -> None:
    over_tls.get("/en/urgent/")
    over_tls.get("/exit")
    assert over_tls.client.get_cookie("__Host-i", domain="127.0.0.1") is None


def test_looking_around_sets_no_cookie(visitor: Visitor) -> None:
    for path in ("/", "/en/", "/en/safety/", "/en/urgent/sent", "/en/return/lost"):
        assert "Set-Cookie" not in visitor.get(path).answer.headers


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5"])
def test_a_page_is_compressed_for_who_can_read_it(visitor: Visitor, accepted: str) -> None:
    answer = visitor.get("/en/urgent/", Accept_Encoding=accepted).answer
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.data).startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br"])
def test_a_page_is_plain_for_who_cannot(visitor: Visitor, accepted: str) -> None:
    answer = visitor.get("/en/urgent/", Accept_Encoding=accepted).answer
    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"<!DOCTYPE html>")


def test_a_file_is_kept_for_good_under_its_own_address(visitor: Visitor) -> None:
    page = visitor.get("/en/").page
    for element in page.all("link", "script"):
        address = element.get("href") or element.get("src") or ""
        answer = visitor.get(address).answer
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_file_of_another_version_is_served_but_not_kept(visitor: Visitor) -> None:
    answer = visitor.get("/static/0000000000/public.css").answer
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("name", ["nothing.css", "..%2fpyproject.toml", "public.css.map", ""])
def test_no_other_file_is_served(visitor: Visitor, name: str) -> None:
    assert visitor.client.get(f"/static/x/{name}").status_code == 404


def test_what_a_browser_asks_for_by_itself_is_there(visitor: Visitor) -> None:
    answer = visitor.client.get("/favicon.ico")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
