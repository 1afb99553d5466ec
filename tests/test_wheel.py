"""What is installed from a wheel, far from the checkout, serves whole pages."""

import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.cli.served import Served, served
from tests.ports import free_port

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (made,) = folder.glob("intake-*.whl")
    return made


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


def test_the_wheel_holds_nothing_of_this_installation(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"intake"}
    assert not [name for name in names if name.endswith((".key", ".db", ".pyc", ".pub"))]


def test_what_the_wheel_installed_serves_a_page_in_russian(installed: Served) -> None:
    with (ROOT / "intake/translations/ru/LC_MESSAGES/messages.po").open() as source:
        russian = str(read_po(source)["Leave this page"].string)
    page = installed.get("/ru/")
    assert page.status == 200
    assert not russian.isascii()
    assert russian in page.body.decode()


def test_what_the_wheel_installed_serves_its_styles(installed: Served) -> None:
    (style,) = re.findall(r'href="(/static/[^"]+\.css)"', installed.get("/ru/").body.decode())
    assert installed.get(style).status == 200


def test_the_program_runs_from_the_wheel_and_not_from_the_checkout(python: Path) -> None:
    place = subprocess.run(
        [python, "-c", "import intake; print(intake.__file__)"],
        cwd=python.parent,
        env={},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert str(ROOT) not in place
