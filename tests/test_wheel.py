"""The wheel, away from the checkout: it carries what the package needs and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True)
    (built,) = folder.glob("briefing-*.whl")
    return built


def test_it_holds_the_package_with_its_data_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "briefing", "templates", "models.yaml", "weights"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    expected = {
        path if path.startswith("briefing/") else f"briefing/_bundled/{path}"
        for path in tracked
        if (ROOT / path).exists()
    }
    assert {name for name in names if ".dist-info/" not in name} == expected
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_it_finds_its_own_templates_and_models(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        "import briefing.cli, briefing.assets as assets\n"
        "print(assets.asset('templates'), assets.asset('models.yaml').is_file())\n"
        "briefing.cli.run(['templates', 'list'])\n"
        "briefing.cli.run(['models', 'list'])"
    )
    # -P and -E: neither this folder nor the environment may lend the checkout.
    made = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{code}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{tmp_path}/briefing/_bundled/templates True" in made.stdout
    assert "daily.md.j2" in made.stdout
    assert "salience" in made.stdout
