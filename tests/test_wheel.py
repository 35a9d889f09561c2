"""The wheel works by itself: built, put into an empty environment, run on a folder elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MINUTES = """\
CALDERBROOK TOWN COUNCIL

Minutes of the meeting of the Finance Committee held on Monday 13 May 2024 at 7 pm

1. Apologies for absence

There were none.

2. Playground

RESOLVED: That £4,500 be spent on the playground.
"""


def run(*command: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command; its output is shown where it fails."""
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr
    return done  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network: the build's own needs are in this environment."""
    place = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
        "--wheel-dir", place, ROOT)
    (built,) = place.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that holds the wheel, and what it depends on from this environment."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    site = home / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    run(sys.executable, "-m", "pip", "--python", home / "bin" / "python", "install", "--quiet", "--no-deps",
        "--no-index", wheel)
    # A line of a .pth file adds the folder but reads no .pth file in it, so that the checkout stays out of sight.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin" / "minutebook"


def test_wheel_holds_code_and_rules_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    rules = {path.name for place in ("", "questions", "weekly") for path in (ROOT / "rules" / place).glob("*.yaml")}
    assert {Path(n).name for n in names if n.startswith("pipeline/rules/")} == rules
    assert {n.split("/")[0] for n in names if ".dist-info/" not in n} == {"pipeline"}
    assert any(n.endswith("licenses/LICENSE") for n in names)


def test_wheel_reads_a_folder_elsewhere(command: Path, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "minutes.txt").write_text(MINUTES)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = run(command, "ingest", papers, "--workers", 1, cwd=tmp_path, env=environment)
    assert "1 files seen: 1 read" in " ".join(done.stdout.split())
    answer = run(command, "query", "SELECT held_on, text FROM decisions", "--format", "json", cwd=tmp_path,
                 env=environment)
    assert json.loads(answer.stdout) == [
        {"held_on": "2024-05-13", "text": "That £4,500 be spent on the playground."}
    ]
    where = run(command.with_name("python"), "-c", "import pipeline; print(pipeline.__file__)", cwd=tmp_path,
                env=environment)
    assert Path(where.stdout.strip()).is_relative_to(command.parent.parent)
    (councils,) = json.loads(run(command, "query", "SELECT count(*) > 300 AS known FROM councils", "--format", "json",
                                 cwd=tmp_path, env=environment).stdout)
    assert councils == {"known": True}
