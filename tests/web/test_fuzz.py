"""Whatever is sent, there is a page for it, and never an error of ours."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake import create_app
from intake.form import urgent
from intake.form.questionnaire import BY_NAME
from intake.settings import load
from intake.web.fields import TRAP
from tests.people import Installation
from tests.visitor import Visitor

NAMES = [*(q.name for q in urgent.STEP.questions), "once", "token", "to", TRAP, "receipt"]
NAMES += ["code", "text", "kind", "go", "seen", "then", "sure", "asked", *BY_NAME]
PATHS = (
    "/en/urgent/",
    "/ru/return/",
    "/kk/return/messages",
    "/en/urgent/sent",
    "/en/urgent/written",
    "/ru/return/close",
    "/en/report/",
    "/ru/report/story",
    "/kk/report/acting",
    "/en/report/officers/abcdefgh",
    "/en/report/check",
    "/ru/report/kept",
    "/kk/report/more",
    "/en/return/erase",
    "/en/return/more/contact",
)
FIELDS = st.dictionaries(
    st.sampled_from(NAMES) | st.text(max_size=8),
    st.lists(st.text(max_size=40) | st.sampled_from(["missing", "kk", "yes"]), max_size=3),
    max_size=8,
)
SHORT = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def visitor(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visitor]:
    folder: Path = tmp_path_factory.mktemp("fuzz") / "instance"
    app = create_app(load({}, copytree(installation.folder, folder)))
    visitor = Visitor(app.test_client())
    visitor.send(visitor.get("/en/report/"))  # somebody who has begun to write
    yield visitor
    app.extensions["intake"].engine.dispose()


@SHORT
@given(path=st.sampled_from(PATHS), fields=FIELDS)
def test_any_fields_are_answered(
    visitor: Visitor, path: str, fields: dict[str, list[str]]
) -> None:
    visitor.typed.clear()
    answer = visitor.client.post(path, data=fields, base_url=visitor.base_url)
    assert answer.status_code in {200, 303, 409, 422}


@SHORT
@given(path=st.sampled_from(PATHS), body=st.binary(max_size=300), kind=st.text(max_size=30))
def test_any_bytes_are_answered(visitor: Visitor, path: str, body: bytes, kind: str) -> None:
    answer = visitor.client.open(
        path,
        method="POST",
        input_stream=None,
        data=body,
        content_type=kind.encode("ascii", "ignore")
        .decode()
        .replace("\n", "")
        .replace("\r", ""),
        base_url=visitor.base_url,
    )
    assert answer.status_code in {200, 303, 400, 413, 422}


@SHORT
@given(cookie=st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), max_size=80))
def test_any_cookie_is_answered(visitor: Visitor, cookie: str) -> None:
    headers = {"Cookie": f"i={cookie}"}
    for path in ("/en/urgent/sent", "/en/return/messages", "/en/urgent/"):
        answer = visitor.client.get(path, headers=headers, base_url=visitor.base_url)
        assert answer.status_code == 200


@SHORT
@given(path=st.text(max_size=40))
def test_any_address_is_answered(visitor: Visitor, path: str) -> None:
    answer = visitor.client.get("/" + path.lstrip("/\\"), base_url=visitor.base_url)
    assert answer.status_code in {200, 302, 303, 308, 404, 405, 421}
