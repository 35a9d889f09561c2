"""Where councils publish: lines of data, `rules/councils.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline import rules
from pipeline.scrape.manners import Misused
from pipeline.scrape.platforms import ROUTES

QUIRKS = {
    "no_service": "its web service is switched off, or gives errors: not even tried",
    "service_only": "its pages are behind a wall, its web service is not: decisions registers are not asked for",
    "slow": "it may take minutes to answer: waited for longer",
    "broken_certificate": "its chain of certificates is incomplete: not checked",
}
"""What a council's line may say of its site."""


@dataclass(frozen=True)
class Site:
    """A council's meetings site."""

    council_id: str
    name: str
    platform: str | None
    """One of `platforms.ROUTES`, or another word for a site that we cannot read."""
    address: str | None
    quirks: frozenset[str] = frozenset()


def known_sites() -> list[Site]:
    """The sites of the councils that exist, from the rules."""
    return sites_of([*rules.load("councils"), *rules.load("councils_extra")])


def sites_in(file: Path) -> list[Site]:
    """The sites of another file in the form of `rules/councils.yaml`. Raises Misused."""
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert isinstance(entries, list)
        return sites_of(entries)
    except (OSError, yaml.YAMLError, AssertionError, KeyError, TypeError, AttributeError) as error:
        raise Misused(
            f"{file} is no list of councils ({type(error).__name__}: {error}): a line is like "
            "- {id: x-ashbourne, name: Ashbourne Vale, platform: moderngov, democracy_url: 'https://...'}"
        ) from error


def sites_of(entries: Iterable[Mapping[str, Any]]) -> list[Site]:
    """The sites of entries as in `rules/councils.yaml`; of authorities that are no more, none. Raises Misused."""
    found = []
    for entry in entries:
        unknown = set(entry.get("quirks", ())) - set(QUIRKS)
        if unknown:
            names = ", ".join(sorted(unknown))
            raise Misused(f"{entry['name']} has no quirk that we know in {names}: there are {', '.join(QUIRKS)}")
        if entry.get("valid_to") is None:
            found.append(_site(entry))
    return found


def _site(entry: Mapping[str, Any]) -> Site:
    platform = entry.get("platform")
    # On a platform, members and papers have one address; on other sites the table's is that of the members' page.
    address = entry.get("papers_url") or (entry.get("democracy_url") if platform in ROUTES else None)
    return Site(str(entry["id"]), str(entry["name"]), platform, address, frozenset(entry.get("quirks", ())))


def chosen(sites: Sequence[Site], words: Sequence[str]) -> list[Site]:
    """The sites that the words name, by council or id; all where there are none. Raises Misused."""
    if not words:
        return list(sites)
    found: dict[str, Site] = {}
    for word in words:
        folded = word.strip().lower()
        fitting = [site for site in sites if folded in (site.name.lower(), site.council_id.lower())]
        if not fitting:
            near = [site.name for site in sites if folded in site.name.lower()]
            hint = f"did you mean {', '.join(near[:5])}?" if near else "`minutebook schema` tells of councils' names"
            raise Misused(f"no council is called {word}: {hint}")
        found |= {site.council_id: site for site in fitting}
    return list(found.values())
