"""Atom feeds: one for each watch, one for each council, made of the digests that are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from feedgen.feed import FeedGenerator

from pipeline import rules
from pipeline.news.digest import HEADINGS, Digest, Item, Listing
from pipeline.news.watches import slug
from pipeline.news.wording import Addresses, place, sentences
from pipeline.web.telling import shortened

TITLE, WORDS = 120, 2_000
"""Characters of a title, of an entry's words."""


def feeds(digests: Sequence[Digest], addresses: Addresses) -> dict[str, bytes]:
    """Every feed by its path (`watch/home-care.xml`, `council/kent-e10000016.xml`), from digests in order of time.

    A council or watch of an earlier digest keeps its feed, also where the last digest has nothing of it. There is one
    entry of each round's own too, in `rounds.xml`, which tells who was asked: a feed in which nothing appears would
    not show whether nothing happened or nobody looked.
    """
    entries: dict[str, list[tuple[Digest, Item]]] = {}
    names: dict[str, str] = {}
    for digest in digests:
        for path, listing in _listings(digest):
            names[path] = listing.name
            entries.setdefault(path, []).extend((digest, item) for item in listing.items)
    made = {path: _feed(path, names[path], _latest(found), digests[-1], addresses) for path, found in entries.items()}
    if digests:
        made["rounds.xml"] = _rounds(digests, addresses)
    return made


def _listings(digest: Digest) -> Iterator[tuple[str, Listing]]:
    for listing in digest.watches:
        yield f"watch/{slug(listing.name)}.xml", listing
    for listing in digest.councils:
        apart = f"-{listing.council_id}" if listing.council_id else ""  # two parishes may have one name
        yield f"council/{slug(listing.name + apart)}.xml", listing


def _latest(found: Sequence[tuple[Digest, Item]]) -> list[tuple[Digest, Item]]:
    """The newest entries, newest round first, each thing once: as it was told last."""
    most = rules.load("weekly/news")["feed_entries"]
    by_id = {_id(item): (digest, item) for digest, item in found}
    rounds = sorted({digest.made_at for digest, _ in by_id.values()}, reverse=True)
    return [pair for made_at in rounds for pair in by_id.values() if pair[0].made_at == made_at][:most]


def _feed(
    path: str, name: str, found: Sequence[tuple[Digest, Item]], last: Digest, addresses: Addresses
) -> bytes:
    feed = _begun(path, f"{name} – Minutebook", last.made_at, addresses)
    for digest, item in found:
        entry = feed.add_entry(order="append")
        entry.id(_id(item))
        entry.title(shortened(f"{place(item, with_council=path.startswith('watch/'))}: {item.told}", TITLE))
        entry.updated(_zoned(digest.made_at))
        entry.published(_zoned(digest.made_at))
        entry.category(term=item.sort, label=HEADINGS[item.sort])
        entry.link(href=addresses.record(item.record_id), rel="alternate", type="text/html")
        if item.link:
            entry.link(href=item.link, rel="via")
        before = f"\n\nBefore: {shortened(item.before, WORDS)}" if item.before else ""
        entry.content(_plain(shortened(item.text, WORDS) + before), type="text")
    return bytes(feed.atom_str(pretty=True))


def _rounds(digests: Sequence[Digest], addresses: Addresses) -> bytes:
    feed = _begun("rounds.xml", "Rounds – Minutebook", digests[-1].made_at, addresses)
    for digest in list(reversed(digests))[:rules.load("weekly/news")["feed_entries"]]:
        entry = feed.add_entry(order="append")
        entry.id(f"urn:minutebook:{digest.round_id}")
        told = sentences(digest)
        entry.title(_plain(shortened(told[0], TITLE)))
        entry.updated(_zoned(digest.made_at))
        entry.link(href=addresses.base, rel="alternate", type="text/html")
        troubles = [f"{trouble.council}: {trouble.reason}" for trouble in digest.troubles]
        entry.content(_plain("\n".join([*told, *troubles])), type="text")
    return bytes(feed.atom_str(pretty=True))


def _begun(path: str, title: str, made_at: datetime, addresses: Addresses) -> FeedGenerator:
    feed = FeedGenerator()
    feed.id(f"urn:minutebook:feed:{path.removesuffix('.xml')}")
    feed.title(_plain(title))
    feed.updated(_zoned(made_at))
    feed.author(name="Minutebook")
    feed.link(href=addresses.base, rel="alternate", type="text/html")
    feed.generator("Minutebook")
    return feed


def _id(item: Item) -> str:
    """The same for the same thing in every round; a follow-up is another thing than the decision that asked for it."""
    return f"urn:minutebook:{item.sort}:{item.record_id}"


def _plain(text: str) -> str:
    """The text without characters that XML does not have: papers hold any."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and c < "\ufffe")
                   or c > "\uffff")


def _zoned(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
