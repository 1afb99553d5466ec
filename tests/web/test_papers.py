"""How files of a case are listed for the staff."""

from uuid import uuid4

import pytest
from flask import Flask, g

from intake.casework.files.reading import CasePaper
from intake.cleaning import LIMITS
from intake.form.answers import Answers
from intake.form.manifest import Manifest
from intake.web.papers import shown


@pytest.mark.parametrize(
    ("kind", "length", "why"),
    [
        ("tiff", LIMITS.content, ""),
        ("pdf", 1000, ""),
        ("mp4", 1000, "No safe copy is made of films, sound or office documents."),
        ("tiff", LIMITS.content + 1, "This file is too large for a safe copy."),
    ],
)
def test_a_list_says_beforehand_why_no_copy_is_made(
    app: Flask, kind: str, length: int, why: str
) -> None:
    manifest = Manifest(uuid4(), bytes(32), "a", kind, length, 1, "0" * 64)
    with app.test_request_context("/"):
        g.language = "en"
        (paper,) = shown(
            [CasePaper(manifest, is_intimate=False, at=None, told=Answers())], None
        ).plain
    assert paper.without_copy == why
