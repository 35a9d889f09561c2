"""Two judgements of the same gold: which records were gained, which were lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

RANK = {"missed": 0, "wrong": 0, "differs": 1, "right": 2, "named": 2, "optional": 2, "": 2}
"""How good a state is; a record that gold lacks and the database too ("") is as it should be."""


class NotJudged(Exception):
    """The file is no judgement that `minutebook evaluate --json` wrote."""


@dataclass(frozen=True)
class Moved:
    """A record whose state, or whose faults, changed."""

    document: str
    kind: str
    what: str
    before: str
    after: str
    faults: tuple[str, ...] = ()
    """Those that came (of a record lost) or went (of one gained)."""

    def words(self) -> str:
        """It, on one line."""
        why = f" ({', '.join(self.faults)})" if self.faults else ""
        return f"{self.kind} {self.before or 'not there'} → {self.after or 'gone'}{why}: {self.document}: {self.what}"


def against(old: Mapping[str, Any], records: Sequence[Mapping[str, Any]]) -> tuple[list[Moved], list[Moved]]:
    """The records gained and the records lost since `old`, which `--json` wrote. Raises NotJudged.

    Documents that were not judged then, or are not now, are left out: they are neither better nor worse.
    """
    if not isinstance(old.get("records"), list):
        raise NotJudged("it holds no records: it was not written by this version's `minutebook evaluate --json`.")
    before, after = _by_key(old["records"]), _by_key(records)
    both = {key[0] for key in before} & {key[0] for key in after}
    gained, lost = [], []
    for key in sorted({*before, *after}):
        if key[0] not in both:
            continue
        old_state, old_faults = before.get(key, _missing(key))
        new_state, new_faults = after.get(key, _missing(key))
        better = (RANK[new_state] - RANK[old_state]) or (len(old_faults) - len(new_faults))
        if better > 0:
            gained.append(Moved(*key[:3], old_state, new_state, tuple(sorted(old_faults - new_faults))))
        elif better < 0:
            lost.append(Moved(*key[:3], old_state, new_state, tuple(sorted(new_faults - old_faults))))
    return gained, lost


Key = tuple[str, str, str, bool]
"""Document, kind, words, and whether gold lacks it."""
Standing = tuple[str, frozenset[str]]


def _by_key(records: Sequence[Mapping[str, Any]]) -> dict[Key, Standing]:
    return {
        (one["document"], one["kind"], one["what"], one["state"] == "wrong"): (one["state"], frozenset(one["faults"]))
        for one in records
    }


def _missing(key: Key) -> Standing:
    """The standing of a record of which one judgement does not speak: of one that gold has, that it was optional
    and not found."""
    return "", frozenset()
