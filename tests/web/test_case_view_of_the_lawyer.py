"""R. S. of seed S2: a lawyer without an account tells it, and coordinators see it."""

from collections.abc import Iterator
from shutil import copytree

import pytest
from flask import Flask
from sqlalchemy import select

from intake import create_app
from intake.casework import Service, open_case, resume
from intake.form.vocabularies import vocabulary
from intake.settings import load
from intake.store.tables import CaseRow
from intake.web.context import CLOCK
from tests.html import Page
from tests.people import NOW, SECOND, Installation, send, short_report
from tests.visitor import Visitor
from tests.web.conftest import Clock
from tests.web.journey_walk import Walk

LAWYER: dict[str, str | list[str]] = {
    "reporter_role": "lawyer",
    "victim_status": "police_custody",
    "custody_place": "Семей, ИВС",
    "custody_acknowledged": "disclosed_contact",
    "detained_on": "16.11.2026",
    "detained_time": "22:30",
    "lawyer_access": "own_free",
    "victim_knowledge": "agreed",
    "victim_name": "R. S.",
    "victim_sex": "female",
    "narrative": "She is alone in a cold cell without light and water.",
    "act_date_to": "17.11.2026",
    "act_time_to": "18:30",
    "agency": ["police_custody_staff"],
    "purpose": ["confession"],
    "injury": ["loss_consciousness"],
    "still_present": "yes",
    "in_detail": "yes",
    "method_group": ["asphyxia", "environment", "psych"],
    "method": ["strangulation", "rape_object", "solitary", "cold_heat", "cell_conditions"],
    "sexual_choice": "tell",
    "intimate_narrative": "She told me in a whisper.",
    "need": ["medical_urgent", "forensic", "visit"],
    "contact_method": ["signal"],
    "contact_value": "+7 700 000 00 01",
    "consent_contact": "y",
    "occupation_profile": ["hrd"],
}
REASONS = (
    "in_custody",
    "custody_same_agency",
    "abuse_ongoing",
    "detention_first_72h",
    "isolated",
    "medical_red_flag",
    "targeted_profile",
)
OF_SEXUAL_VIOLENCE = ("sexual_72h", "sexual_any")


def filled(page: Page, told: dict[str, str | list[str]]) -> dict[str, list[str]]:
    """Of `told` what this page asks for, as its boxes and fields take it."""
    fields: dict[str, list[str]] = {}
    for control in page.controls():
        name = control.get("name") or ""
        values = told.get(name, [])
        values = [values] if isinstance(values, str) else values
        if control.get("type") in {"checkbox", "radio"}:
            values = [value for value in values if value == (control.get("value") or "on")]
        if values:
            fields.setdefault(name, []).extend(values)
    return fields


@pytest.fixture(scope="module")
def app(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = copytree(installation.folder, tmp_path_factory.mktemp("lawyer") / "instance")
    app = create_app(load({}, folder))
    app.extensions[CLOCK] = Clock()
    yield app
    app.extensions["intake"].engine.dispose()


@pytest.fixture(scope="module")
def ref(app: Flask, installation: Installation) -> str:
    """The opened case that the lawyer's report became; another one came before it."""
    service: Service = app.extensions["intake"]
    earlier = send(service, short_report(victim_status="sizo"))
    walk = Walk.begun(Visitor(app.test_client()))
    while walk.slug != "check":
        walk.press("on", filled(walk.page.page, LAWYER))
    assert walk.press("send").page.status == 200
    with service.reading() as session:
        ref = session.scalars(select(CaseRow.ref).where(CaseRow.id != earlier.id)).one()
    open_case(resume(service, installation.cookies[SECOND], now=NOW), ref, now=NOW)
    return ref


def reasons(page: Page) -> list[str]:
    why = next(e for e in page.all("ul") if e.get("class") == "why")
    return [tag.text for item in why.children for tag in item.children if tag.tag == "span"]


def labels(codes: tuple[str, ...]) -> set[str]:
    return {vocabulary("factor").label(code, "en") for code in codes}


def test_it_stands_first_in_the_queue(desk: Visitor, ref: str) -> None:
    rows = [e for e in desk.get("/desk/").page.all("a") if e.get("class") == "ref"]
    assert (len(rows), rows[0].text) == (2, ref)


def test_a_trained_handler_reads_nine_reasons(desk: Visitor, ref: str) -> None:
    page = desk.get(f"/desk/cases/{ref}").page
    assert "Immediate" in page.heading
    assert set(reasons(page)) == labels((*REASONS, *OF_SEXUAL_VIOLENCE))
    assert len(reasons(page)) == 9


def test_others_read_seven_and_that_a_trained_handler_is_needed(
    second_desk: Visitor, ref: str
) -> None:
    page = second_desk.get(f"/desk/cases/{ref}").page
    assert labels(REASONS) < set(reasons(page))
    others = [reason for reason in reasons(page) if reason not in labels(REASONS)]
    assert others == ["Trained handler, within hours"]


def test_others_read_what_was_ticked_but_nothing_of_what_was_whispered(
    second_desk: Visitor, ref: str
) -> None:
    text = second_desk.get(f"/desk/cases/{ref}/report").page.text
    assert "She told me in a whisper." not in text
    assert "cold cell" not in text
    assert vocabulary("method").label("rape_object", "en") not in text
    assert vocabulary("method").label("solitary", "en") in text


def test_a_trained_handler_reads_it_all(desk: Visitor, ref: str) -> None:
    page = desk.get(f"/desk/cases/{ref}/report").page
    folded = page.by_id("part-intimate")
    assert folded is not None
    assert "She told me in a whisper." in folded.text
    assert vocabulary("method").label("rape_object", "en") in folded.text
    account = page.by_id("part-account")
    assert account is not None
    assert "She is alone in a cold cell" in account.text
    assert vocabulary("method").label("solitary", "en") in account.text
