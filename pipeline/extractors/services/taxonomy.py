"""The taxonomy of services in `rules/services.yaml`, and every form that its wordings take in print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extractors.services.plain import plain
from pipeline.rules import load

_PREPOSITION = re.compile(r" (?=(?:of|for|in|to|at|with|by|on|from|and) )")
_NO_SINGULAR = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class Entry:
    """A service, a family of services or an area, as `rules/services.yaml` has it."""

    id: str
    name: str
    parent: str | None
    client_group: str | None
    definition: str
    synonyms: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    welsh: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """Its name and synonyms."""
        return (self.name, *self.synonyms)


@lru_cache(maxsize=1)
def taxonomy() -> dict[str, Entry]:
    """Every entry by its id, in the file's order."""
    welsh = {raw["id"]: tuple(raw["wordings"]) for raw in load("services_welsh")}
    return {
        raw["id"]: Entry(
            raw["id"], raw["name"], raw["parent"], raw["client_group"], raw["definition"],
            tuple(raw.get("synonyms", ())), tuple(raw.get("abbreviations", ())), tuple(raw.get("near_misses", ())),
            welsh.get(raw["id"], ()),
        )
        for raw in load("services")
    }


def forms(wording: str) -> Iterator[str]:
    """`wording` in the plain form, in singular and plural, with and without its commas.

    A single word is never made singular: "parks" is a service, "Park" is half of the addresses in a borough.
    """
    printed = plain(wording.lower()).text
    for form in dict.fromkeys((printed, printed.replace(",", ""))):
        yield form
        yield from _inflected(form)
        head = _PREPOSITION.search(form)
        if head:
            yield from _inflected(form[: head.start()], form[head.start():])


MUTATIONS = {
    "p": ("b", "mh", "ph"), "t": ("d", "nh", "th"), "c": ("g", "ngh", "ch"), "b": ("f", "m"), "d": ("dd", "n"),
    "g": ("", "ng"), "ll": ("l",), "m": ("f",), "rh": ("r",),
}
"""What a Welsh word's first letter becomes by the word before it: soft, nasal and aspirate (as any grammar has it)."""
_NOT_MUTATED = ("ch", "dd", "ng", "ph", "th")


def mutated(wording: str) -> Iterator[str]:
    """A Welsh `wording` in the plain form, and as its first letter may change."""
    form = plain(wording.lower()).text
    yield form
    if not form.startswith(_NOT_MUTATED):
        first = form[:2] if form[:2] in MUTATIONS else form[:1]
        for changed in MUTATIONS.get(first, ()):
            yield changed + form[len(first):]


def singles(entry: Entry) -> Iterator[str]:
    """The singular of each single word among the wordings, where it still names the service: "park" of "parks".

    It is for those who match letter by letter: "Park" in an address is no park.
    """
    for wording in entry.wordings:
        form = plain(wording.lower()).text
        regular = form.isalpha() and form.endswith("s") and not form.endswith(_NO_SINGULAR)
        if regular and form not in load("service_wording")["words"]["no_singular"]:
            yield singular(form)


def _inflected(phrase: str, rest: str = "") -> Iterator[str]:
    stem, space, head = phrase.rpartition(" ")
    if not head.isalpha() or len(head) < 3:
        return
    if head.endswith("s") and not head.endswith(_NO_SINGULAR):
        if space or rest:
            yield stem + space + singular(head) + rest
    else:
        yield stem + space + plural(head) + rest


def plural(noun: str) -> str:
    """The plural of a regular noun in lower case."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def singular(noun: str) -> str:
    """The singular of a regular noun in lower case that ends in s."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-2] if noun.endswith(("sses", "xes", "ches", "shes")) else noun[:-1]
