"""README and CONTRIBUTING name only commands, options, make targets, modules and files that are there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import click
import pytest
from command_line import call

from pipeline.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
TABLE = re.findall(r"^\| `minutebook (\w+) ([^`]*)` \|", README, re.MULTILINE)


def test_help_lists_the_commands_in_the_order_of_the_readme() -> None:
    shown = call("--help").output.split("Commands:\n")[1]
    assert re.findall(r"^  (\w+)  ", shown, re.MULTILINE) == [command for command, _ in TABLE]


@pytest.mark.parametrize(("command", "form"), TABLE)
def test_the_options_of_a_command_are_there(command: str, form: str) -> None:
    options = {opt for each in main.commands[command].params if isinstance(each, click.Option) for opt in each.opts}
    assert set(re.findall(r"--[a-z-]+", form)) <= options


@pytest.mark.parametrize("guide", GUIDES)
def test_commands_and_targets_and_modules_are_there(guide: str) -> None:
    text = GUIDES[guide]
    assert set(re.findall(r"`(?:\$ )?minutebook (\w+)", text)) <= set(main.commands)
    assert set(re.findall(r"(?:`|^)make (\w+)", text, re.MULTILINE)) <= TARGETS
    modules = re.findall(r"python -m ([\w.]+)", text)
    assert [module for module in modules if importlib.util.find_spec(module) is None] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_files_are_there(guide: str) -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)", GUIDES[guide])
    paths = re.findall(r"`((?:pipeline|rules|corpus|evaluation|tests)/[\w./-]*)[^`]*`", GUIDES[guide])
    written = "tests/test_"  # as in `tests/test_<name>.py`: for the reader to fill in
    gone = [path for path in (*links, *paths) if not path.startswith(written) and not (ROOT / path).exists()]
    assert gone == []


def test_the_readme_shows_what_its_questions_answer(corpus_db: Path) -> None:
    shown = re.findall(r"```sql\n(.+?);\n```\n\n```text\n(.+?)\n```", README, re.DOTALL)
    assert len(shown) >= 5
    for sql, answer in shown:
        printed = call("query", sql, "--db", corpus_db).output
        assert printed.split() == answer.split(), sql
