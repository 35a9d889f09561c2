"""Questions that scrutiny officers ask, with their SQL, as `rules/questions/` has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from pipeline import rules


class NoSuchQuestion(Exception):
    """No question has that number or name; the message names near ones."""


@dataclass(frozen=True)
class Question:
    """A question: its number in the list, its name, what it asks, why one asks it, and the SQL that answers it."""

    number: int
    id: str
    title: str
    why: str
    sql: str


@cache
def questions() -> tuple[Question, ...]:
    """Every question, in order."""
    told = [
        row for path in sorted((rules.folder() / "questions").glob("*.yaml"))
        for row in yaml.load(path.read_bytes(), rules.Loader)  # noqa: S506 (a safe loader)
    ]
    return tuple(Question(number, **row) for number, row in enumerate(told, 1))


def question(name: str) -> Question:
    """The question of that number or name. Raises NoSuchQuestion."""
    for one in questions():
        if name in (str(one.number), one.id):
            return one
    near = [one.id for one in questions() if name.lower() in one.id or name.lower() in one.title.lower()]
    raise NoSuchQuestion(f"There is no question {name}." + (f" Near it: {', '.join(near)}." if near else "")
                         + " `minutebook questions` lists them.")
