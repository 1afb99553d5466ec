"""Who may do what, and which rings each role holds."""

import pytest

from intake.roles import ALLOWED, Permission, Role, rings_of
from intake.roles import may as may_do


@pytest.mark.parametrize(
    ("role", "rings"),
    [
        (Role.COORDINATOR, {"case", "facts", "audit"}),
        (Role.HANDLER, {"intimate"}),
        (Role.ANALYST, {"facts"}),
        (Role.AUDITOR, {"audit"}),
        (Role.ADMINISTRATOR, set()),
        (Role.LAWYER, set()),
        (Role.FILING_LAWYER, set()),
    ],
)
def test_a_role_holds_its_rings_and_no_other(role: Role, rings: set[str]) -> None:
    assert set(rings_of(role)) == rings


def test_only_who_works_on_cases_opens_them() -> None:
    opening = {role for role in Role if Permission.OPEN_CASE in ALLOWED[role]}
    assert opening == {Role.COORDINATOR}


def test_an_administrator_reads_nothing() -> None:
    reading = {Permission.READ_QUEUE, Permission.OPEN_CASE, Permission.READ_LOG}
    assert not any(may_do([Role.ADMINISTRATOR], permission) for permission in reading)


def test_a_coordinator_keeps_no_settings_needs_no_grant_and_files_for_no_client() -> None:
    left = {one for one in Permission if not may_do([Role.COORDINATOR], one)}
    assert left == {Permission.KEEP_SETTINGS, Permission.READ_GRANTED, Permission.FILE}


def test_only_specialists_read_what_was_granted() -> None:
    reading = {role for role in Role if Permission.READ_GRANTED in ALLOWED[role]}
    assert reading == {Role.LAWYER, Role.PSYCHOLOGIST, Role.DOCTOR}


def test_several_roles_add_up() -> None:
    assert may_do([Role.ANALYST, Role.AUDITOR], Permission.READ_LOG)
    assert not may_do([], Permission.READ_LOG)
    assert set(ALLOWED) == set(Role)
