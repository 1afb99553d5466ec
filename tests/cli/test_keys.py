"""`intake keys status`: what is in force, who holds it, and what remains."""

from click.testing import CliRunner

from intake.casework import Reader, Service, rotation
from intake.cli import main
from tests.casework.rotating import finish, removed
from tests.people import NOW, send


def status(service: Service) -> tuple[int, str]:
    environ = {"INTAKE_INSTANCE": str(service.settings.instance)}
    said = CliRunner().invoke(main, ["keys", "status"], env=environ)
    return said.exit_code, said.output


def test_at_rest_it_says_who_holds_each_ring(service: Service) -> None:
    code, said = status(service)
    assert code == 0
    assert "case      generation 1 from the first day on, held by coordinator, second" in said
    assert said.endswith("Everything is under the secrets in force.\n")


def test_it_ends_with_1_while_another_secret_is_due(
    service: Service, coordinator: Reader
) -> None:
    removed(coordinator)
    code, said = status(service)
    assert code == 1
    assert "intimate: somebody who was removed knows its secret" in said
    assert "opens: coordinator." in said


def test_it_counts_what_remains_and_says_whose_pages_go_on(
    service: Service, coordinator: Reader
) -> None:
    for _ in range(3):
        send(service)
    removed(coordinator)
    rotation.go_on(coordinator, now=NOW, at_most=1)
    code, said = status(service)
    assert code == 1
    assert "case: 2 objects are still under an earlier secret" in said
    assert "coordinator, second" in said
    finish(coordinator)
    assert status(service)[0] == 0
    assert "generation 2 since 2026-11-18" in status(service)[1]
