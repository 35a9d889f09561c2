"""The files that a user copies: each is well formed, and what it runs is a command that there is."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from crontab import CronTab

from pipeline.cli import main
from pipeline.weekly.round import Status

PLACE = Path(__file__).parent.parent / "docs" / "unattended"
README = (PLACE / "README.md").read_text(encoding="utf-8")
WORKFLOW = PLACE / "weekly.yml"


def unit(name: str) -> configparser.ConfigParser:
    """A unit of systemd as sections of keys."""
    parser = configparser.ConfigParser(interpolation=None, comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string((PLACE / name).read_text(encoding="utf-8"))
    return parser


def bounds(command: str) -> dict[str, object]:
    """The bounds that the round of a command line has, which the command's own parser reads."""
    words = shlex.split(command)
    weekly = main.commands["weekly"]
    context = weekly.make_context("weekly", words[words.index("weekly") + 1:])
    return {name: context.params[name] for name in ("max_minutes", "max_megabytes")}


def test_the_timer_starts_the_service_of_its_name_once_a_week() -> None:
    service, timer = unit("minutebook-weekly.service"), unit("minutebook-weekly.timer")
    assert service["Service"]["Type"] == "oneshot"
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert timer["Timer"]["OnCalendar"] == "Mon *-*-* 03:30:00"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd that could be asked")
def test_systemd_knows_every_key_of_the_units(tmp_path: Path) -> None:
    timer = unit("minutebook-weekly.timer")
    text = (PLACE / "minutebook-weekly.service").read_text(encoding="utf-8")
    there = text.replace("/srv/minutebook/.venv/bin/minutebook", "/bin/true")
    (tmp_path / "minutebook-weekly.service").write_text(there)
    shutil.copy(PLACE / "minutebook-weekly.timer", tmp_path)
    done = subprocess.run(["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))], capture_output=True,
                          text=True)
    assert (done.returncode, done.stderr) == (0, "")  # of an unknown key it only warns
    calendar = subprocess.run(["systemd-analyze", "calendar", timer["Timer"]["OnCalendar"]], capture_output=True)
    assert calendar.returncode == 0


def test_the_service_ends_within_its_time_and_takes_what_is_no_failure_for_none() -> None:
    service = unit("minutebook-weekly.service")["Service"]
    assert bounds(service["ExecStart"]) == {"max_minutes": 300.0, "max_megabytes": 4000.0}
    assert service["TimeoutStartSec"] == "7h"
    assert service["SuccessExitStatus"].split() == [str(int(Status.LOOK)), str(int(Status.CUT_SHORT))]


def test_the_line_for_cron_is_one_and_runs_the_round_once_a_week() -> None:
    table = CronTab(tabfile=str(PLACE / "crontab"))
    (job,) = table
    assert job.is_valid()
    assert str(job.slices) == "47 3 * * 1"
    assert job.frequency_per_year() == 52
    assert "%" not in job.command  # which cron would take for the end of the line
    assert bounds(job.command) == {"max_minutes": 300.0, "max_megabytes": 4000.0}
    named = [line.split("=")[0] for line in (PLACE / "crontab").read_text().splitlines() if re.match(r"[A-Z_]+=", line)]
    assert named == ["MAILTO", "MINUTEBOOK_CONTACT"]


def test_the_workflow_is_one_by_the_schema_of_workflows() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", WORKFLOW],
        capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_never_runs_twice_at_once_and_ends_before_its_time() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert workflow["concurrency"] == {"group": "weekly", "cancel-in-progress": False}
    assert workflow["permissions"] == {"contents": "read"}
    job = workflow["jobs"]["round"]
    (step,) = [step for step in job["steps"] if step.get("name") == "The round"]
    assert step["env"] == {"MINUTEBOOK_CONTACT": "${{ vars.MINUTEBOOK_CONTACT }}"}
    minutes = int(re.findall(r"MINUTES=(\d+)", step["run"])[0])
    assert minutes < job["timeout-minutes"] - 60


def test_the_script_of_the_workflow_is_shell_and_ends_as_the_round_did(tmp_path: Path) -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    (script,) = [step["run"] for step in workflow["jobs"]["round"]["steps"] if step.get("name") == "The round"]
    (tmp_path / "data" / "news").mkdir(parents=True)
    (tmp_path / "data" / "news" / "latest.md").write_text("# What is new\n")
    for name, said in (("make", "exit 2"), ("python", f'exec {sys.executable} "$@"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{said}\n")
        (tmp_path / name).chmod(0o755)

    def ended(status: Status) -> int:
        (tmp_path / "data" / "weekly.jsonl").write_text(json.dumps({"event": "summary", "status": int(status)}) + "\n")
        return subprocess.run(
            ["bash", "-e", "-c", script], cwd=tmp_path, capture_output=True,
            env={"PATH": f"{tmp_path}:/usr/bin:/bin", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")},
        ).returncode

    assert [ended(status) for status in Status] == [0, 0, 3, 0, 5]
    assert (tmp_path / "summary.md").read_text().startswith("# What is new\n")


def test_make_runs_the_round() -> None:
    done = subprocess.run(["make", "-n", "weekly", "MINUTES=5", "MEGABYTES=7"], capture_output=True, text=True,
                          cwd=PLACE.parent.parent)
    (line,) = [line for line in done.stdout.replace("\\\n", " ").splitlines() if "minutebook weekly" in line]
    assert bounds(line) == {"max_minutes": 5.0, "max_megabytes": 7.0}


@pytest.mark.parametrize("status", Status)
def test_the_guide_tells_every_status(status: Status) -> None:
    assert f"| {int(status)} | `{status.name.lower()}` |" in README


def test_the_guide_links_to_what_is_there() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert len(links) >= 5
    assert [link for link in links if not (PLACE / link).exists()] == []
    assert {path.name for path in PLACE.iterdir()} - {"README.md"} <= {Path(link).name for link in links}
