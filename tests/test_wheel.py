"""What is installed from a wheel, far from the checkout, serves whole pages."""

import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.cli.served import Served, served
from tests.ports import free_port

ROOT = Path(__file__).parents[1]


CATALOGUES = ROOT / "intake" / "translations"
CUT_OFF = """
import sys
from pathlib import Path
import intake
from flask_babel import gettext
from intake.settings import load

app = intake.create_app(load({}, Path(sys.argv[1])))
found = Path(intake.__file__).parent.glob("translations/**/*.mo")
whole = {catalogue: catalogue.read_bytes() for catalogue in found}
for catalogue, texts in whole.items():
    catalogue.write_bytes(texts[:100])
for language in ("kk", "ru"):
    print(app.test_client().get(f"/{language}/urgent/").get_data(as_text=True))
    with app.test_request_context(f"/{language}/"):
        print(gettext("Back to the list"))
for catalogue, texts in whole.items():
    catalogue.write_bytes(texts)
"""


def written() -> dict[Path, int]:
    """When each file of the checkout's catalogues was written."""
    return {path: path.stat().st_mtime_ns for path in CATALOGUES.glob("*/*/*")}


@dataclass(frozen=True)
class Built:
    """The wheel, and the catalogues of the checkout before and after it was built."""

    wheel: Path
    before: dict[Path, int]
    after: dict[Path, int]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder, before = tmp_path_factory.mktemp("dist"), written()
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("intake-*.whl")
    return Built(wheel, before, written())


@pytest.fixture(scope="module")
def wheel(built: Built) -> Path:
    return built.wheel


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment that holds the wheel.

    The libraries are those of this run, named in a `.pth` file: fetching them again would take
    minutes. Such a file adds one folder and follows no other, so the checkout stays out.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    interpreter = folder / "bin" / "python"
    site = subprocess.run(
        [interpreter, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    Path(site, "libraries.pth").write_text(sysconfig.get_path("purelib"))
    subprocess.run(
        [interpreter, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel],
        check=True,
    )
    return interpreter


def run(python: Path, *words: str | Path, **environ: str) -> str:
    """What it says, far from the checkout."""
    return subprocess.run(
        [python, *words],
        cwd=python.parent,
        env=environ,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.fixture(scope="module")
def installed(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The program of the wheel, serving, in a folder where no checkout is."""
    folder = tmp_path_factory.mktemp("elsewhere")
    port = free_port()
    with served(
        *(python.with_name("intake"), "run"),
        port=port,
        cwd=folder,
        INTAKE_INSTANCE=str(folder / "instance"),
        INTAKE_PORT=str(port),
    ) as server:
        yield server


def test_the_wheel_holds_pages_styles_and_compiled_translations(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "intake/templates/base.html" in names
    assert "intake/static/public.css" in names
    assert "intake/translations/ru/LC_MESSAGES/messages.mo" in names
    assert "intake/translations/kk/LC_MESSAGES/messages.mo" in names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_building_changes_no_catalogue_that_a_running_program_may_read(built: Built) -> None:
    assert {path.suffix for path in built.before} == {".po", ".mo"}
    assert built.after == built.before


def test_a_program_that_runs_reads_no_catalogue_any_more(python: Path, tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    run(python, "-m", "intake.cli", "init", INTAKE_INSTANCE=str(folder))
    pages = run(python, "-c", CUT_OFF, folder)
    for language in ("kk", "ru"):
        assert said(language, "Leave this page") in pages
        assert said(language, "Back to the list") in pages


def test_the_wheel_holds_nothing_of_this_installation(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"intake"}
    assert not [name for name in names if name.endswith((".key", ".db", ".pyc", ".pub"))]


def said(language: str, text: str) -> str:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open() as source:
        return str(read_po(source)[text].string)


def test_what_the_wheel_installed_serves_a_page_in_russian(installed: Served) -> None:
    russian = said("ru", "Leave this page")
    page = installed.get("/ru/")
    assert page.status == 200
    assert not russian.isascii()
    assert russian in page.body.decode()


def test_what_the_wheel_installed_serves_its_styles(installed: Served) -> None:
    (style,) = re.findall(r'href="(/static/[^"]+\.css)"', installed.get("/ru/").body.decode())
    assert installed.get(style).status == 200


def test_the_program_runs_from_the_wheel_and_not_from_the_checkout(python: Path) -> None:
    assert str(ROOT) not in run(python, "-c", "import intake; print(intake.__file__)")
