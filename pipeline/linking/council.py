"""What a council is: an authority as the rules describe it, and a mention of one in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

from pipeline import records
from pipeline.linking import council_names as naming

GOVERNMENT = re.compile(r"([a-z0-9-]+)\.gov\.(?:uk|wales)$")


class Strength(IntEnum):
    """How much a mention tells about whose a document is."""

    ABBREVIATION = 1  # LBB, KCC
    PLACE = 2  # Kent
    ADDRESS = 3  # kent.gov.uk
    FULL = 4  # Kent County Council


@dataclass(frozen=True, eq=False, slots=True)
class Council:
    """An authority as the rules describe it. Equal only to itself; `valid_to` is its last day."""

    id: str
    name: str
    official_name: str
    kind: str
    nation: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    website: str | None = None
    democracy_url: str | None = None
    platform: str | None = None
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ambiguous: bool = False  # the short name is also an ordinary word or a region

    def existed(self, on: date | None) -> bool:
        """Whether the authority is there on that day; without a day, whether it still is."""
        if on is None:
            return self.valid_to is None
        return (self.valid_from or on) <= on <= (self.valid_to or on)

    def record(self) -> records.Council:
        """The row of table `councils`; a successor only where there is one alone."""
        return records.Council(
            council_id=self.id,
            name=self.name,
            official_name=self.official_name,
            kind=cast("records.CouncilKind", self.kind),
            nation=self.nation,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            successor_id=self.successors[0] if len(self.successors) == 1 else None,
            website=self.website,
            democracy_url=self.democracy_url,
            platform=self.platform,
        )


class Mention(NamedTuple):
    """A place in a text (`text[start:end]`) that names a council, or one of several."""

    start: int
    end: int
    councils: tuple[Council, ...]
    strength: Strength

    @property
    def council(self) -> Council | None:
        """The council, where the words fit one alone."""
        return self.councils[0] if len(self.councils) == 1 else None


FOR_THE_GUEST = ("papers_url", "quirks")
"""What an entry says for `minutebook scrape` alone."""


def from_entry(entry: Mapping[str, Any]) -> Council:
    """The council that an entry of the rules describes. Raises TypeError where it lacks or adds keys."""
    plain = {key: value for key, value in entry.items() if key not in ("successor", *FOR_THE_GUEST)}
    lists = {key: tuple(entry.get(key, ())) for key in ("names", "abbreviations", "domains")}
    return Council(**{**plain, **lists}, successors=tuple(entry.get("successor", ())))


def meanings_of(council: Council) -> frozenset[str]:
    """What designations a council may bear, whatever its own says: people mix up boroughs and districts."""
    titles = " ".join(naming.fold(name) for name in (council.official_name, *council.names))
    by_kind = {
        "london_borough": {"council", "borough", "london"},
        "metropolitan": {"council", "borough", "metropolitan"},
        "county": {"council", "county", "county or city"},
        "district": {"council", "borough", "district"},
        "unitary": {"council", "borough", "unitary"},
        "combined_authority": {"combined"},
        "integrated_care_board": {"health"},
    }
    meanings = set(by_kind.get(council.kind, set()))
    stated = {
        "county council": {"county", "county or city"},
        "county borough": {"county borough"},
        "city council": {"city", "county or city"},
        "city of": {"city", "county or city"},
        "royal borough": {"royal"},
        "district council": {"district"},
    }
    for words, more in stated.items():
        if words in titles:
            meanings |= more
    return frozenset(meanings)


def hosts_of(council: Council) -> set[str]:
    """The hosts and domains at which a council is found."""
    hosts = {urlsplit(url).hostname or "" for url in (council.website, council.democracy_url) if url}
    hosts = {host.removeprefix("www.") for host in hosts if host} | set(council.domains)
    domains = {match[0] for host in hosts if (match := GOVERNMENT.search(host))}
    return hosts | domains


def local_council(local: naming.LocalName) -> Council:
    """A council known by its name alone: one of ten thousand parishes, or one that the rules lack.

    Its id is the same in every document.
    """
    called = local.designation.split()
    own_body = naming.fold(local.designation) in naming.called("own_bodies") | naming.called("partners")
    title = local.place if own_body else f"{local.place} {local.designation}".strip()
    if not called or called[-1].lower() in naming.LOCAL_KINDS:
        title = f"{title} Council"
    if local.kind == "london_borough":
        title = f"{local.designation} of {local.place}"
    return Council(
        id=f"{'parish' if local.kind == 'parish' else 'named'}-{naming.slug(local.place)}",
        name=local.place,
        official_name=title,
        kind=local.kind,
    )
