"""Watches: what somebody wants to be told of, as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline import rules
from pipeline.news.digest import SORTS, Item, Sort

CONDITIONS = ("words", "without", "services", "councils", "bodies", "sorts", "above")


class WrongWatches(Exception):
    """The file of watches cannot be used; the message names the line, the key and what to try."""


class Watch(BaseModel):
    """Fires where all that it names holds; within a list one is enough."""

    model_config = ConfigDict(extra="forbid", ignored_types=(cached_property,))

    name: str = Field(min_length=1, max_length=100)
    words: list[str] = Field(default_factory=list)
    without: list[str] = Field(default_factory=list)
    services: list[str] = Field(default_factory=list)
    councils: list[str] = Field(default_factory=list)
    bodies: list[str] = Field(default_factory=list)
    sorts: list[Sort] = Field(default_factory=list)
    above: Decimal | None = Field(None, ge=0)

    @field_validator("words", "without")
    @classmethod
    def _spoken(cls, phrases: list[str]) -> list[str]:
        for phrase in phrases:
            if not _stems(phrase):
                raise ValueError(f"{phrase!r} holds no word")
        return phrases

    @field_validator("services")
    @classmethod
    def _of_the_taxonomy(cls, ids: list[str]) -> list[str]:
        for wanted in ids:
            _known(wanted.casefold(), _service_ids(), "service", "ids and names are in rules/services.yaml")
        return ids

    @field_validator("councils")
    @classmethod
    def _authorities(cls, names: list[str]) -> list[str]:
        for wanted in names:
            _known(wanted.casefold(), _council_ids(), "council", "names and ids are in rules/councils.yaml")
        return names

    @model_validator(mode="after")
    def _asks_for_something(self) -> Watch:
        if not any(getattr(self, name) for name in CONDITIONS if name != "without") and self.above is None:
            raise ValueError(f"it asks for nothing: give one of {', '.join(CONDITIONS)}")
        return self

    @cached_property
    def _council_ids(self) -> set[str]:
        return {id_ for name in self.councils for id_ in _council_ids()[name.casefold()]}

    @cached_property
    def _service_ids(self) -> set[str]:
        """The services that are named, and those that they consist of."""
        named = {id_ for name in self.services for id_ in _service_ids()[name.casefold()]}
        entries = rules.load("services")
        while below := {entry["id"] for entry in entries if entry["parent"] in named} - named:
            named |= below
        return named

    def fires(self, item: Item) -> bool:
        """Whether somebody who watches this wants to be told of `item`."""
        if self.sorts and item.sort not in self.sorts:
            return False
        if self.above is not None and (item.amount is None or item.amount <= self.above):
            return False
        if self.services and not self._service_ids & set(item.services):
            return False
        if self.councils and item.council_id not in self._council_ids:
            return False
        body = (item.body or "").casefold()
        if self.bodies and not any(name.casefold() in body for name in self.bodies):
            return False
        if not (self.words or self.without):
            return True
        said = _stems(f"{item.item_title or ''} . {item.text}")
        return (not self.words or _any_of(self.words, said)) and not _any_of(self.without, said)


def read(path: Path) -> list[Watch]:
    """The watches of a file. Raises WrongWatches."""
    try:
        text = path.read_text(encoding="utf-8")
        loaded = yaml.safe_load(text)
        node = yaml.compose(text, yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise WrongWatches(f"{path} cannot be read: {error}.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a date that is none; brackets without end
        raise WrongWatches(f"{path} is not YAML: {error}\nStart from rules/weekly/watches.example.yaml.") from error
    try:
        found = _File.model_validate(loaded)
    except ValidationError as error:
        raise WrongWatches("\n".join(_told(path, node, fault) for fault in error.errors())) from error
    return found.watches


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    watches: list[Watch]

    @field_validator("watches")
    @classmethod
    def _named_apart(cls, watches: list[Watch]) -> list[Watch]:
        names = [slug(watch.name) for watch in watches]
        for watch, name in zip(watches, names, strict=True):
            if names.count(name) > 1:
                raise ValueError(f"two watches would have the same feed, {name}.xml: give {watch.name!r} another name")
        return watches


def slug(name: str) -> str:
    """A name as that of a file: small letters, digits and hyphens."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-_") or "unnamed"


def _told(path: Path, node: yaml.Node | None, fault: Any) -> str:
    """A fault as a line for a person: where, what, and what to try."""
    place = tuple(fault["loc"])
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in place) or "the file"
    message = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        near = get_close_matches(str(place[-1]), ("name", *CONDITIONS) if len(place) > 1 else ("watches",), 1)
        message = "there is no such key" + (f": did you mean {near[0]}?" if near else f"; there are name, "
                                            f"{', '.join(CONDITIONS)}")
    elif fault["type"] == "literal_error":
        message = f"{fault['input']!r} is none of {', '.join(SORTS)}"
    elif fault["type"] in ("list_type", "model_type", "dict_type", "model_attributes_type"):
        message = f"{message}: see rules/weekly/watches.example.yaml"
    return f"{path}, line {_line(node, place)}, {key}: {message}" + ("" if message.endswith("?") else ".")


def _line(node: yaml.Node | None, place: Sequence[str | int]) -> int:
    """The line, from 1, of the value at `place`, or of the nearest thing around it."""
    if node is None:
        return 1
    line = cast(int, node.start_mark.line)
    for part in place:
        inner = _child(node, part)
        if inner is None:
            break
        key, node = inner
        line = key.start_mark.line
    return line + 1


def _child(node: yaml.Node, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The node that names the part, and the part itself."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part], node.value[part]
    return None


def _known(wanted: str, known: dict[str, list[str]], what: str, where: str) -> None:
    if wanted not in known:
        near = get_close_matches(wanted, known, 3, 0.7)
        raise ValueError(f"no {what} is called {wanted!r}; " + (f"did you mean {', '.join(near)}?" if near else where))


@cache
def _service_ids() -> dict[str, list[str]]:
    """Ids of services by their names, in small letters: the id, the name, other wordings."""
    found: dict[str, list[str]] = {}
    for entry in rules.load("services"):
        for called in {entry["id"], entry["name"], *entry.get("synonyms", ())}:
            found.setdefault(called.casefold(), []).append(entry["id"])
    return found


@cache
def _council_ids() -> dict[str, list[str]]:
    """Ids of authorities by every name of theirs, in small letters: several may share one."""
    found: dict[str, list[str]] = {}
    for name in ("councils", "councils_extra"):
        for entry in rules.load(name):
            for called in {entry["id"], entry["name"], entry["official_name"], *entry.get("names", ())}:
                found.setdefault(called.casefold(), []).append(entry["id"])
    return found


@cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer

    return cast(Callable[[str], str], snowballstemmer.stemmer("english").stemWord)


def _stems(text: str) -> list[str]:
    stem = _stemmer()
    return [stem(word) for word in re.findall(r"\w+", text.casefold())]


def _any_of(phrases: Sequence[str], said: list[str]) -> bool:
    return any(_within(_stems(phrase), said) for phrase in phrases)


def _within(phrase: list[str], said: list[str]) -> bool:
    return any(said[n:n + len(phrase)] == phrase for n in _places(phrase[0], said))


def _places(word: str, said: list[str]) -> Iterator[int]:
    return (n for n, other in enumerate(said) if other == word)
