"""A digest as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.news.digest import HEADINGS, SORTS, Digest, Item, Listing
from pipeline.news.wording import Addresses, heading, place, sentences, summary, worded
from pipeline.web.telling import shortened

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")
WORDS_SHOWN = 300


def escaped(text: str) -> str:
    """Words of a paper as Markdown that shows just these words, in one line."""
    line = SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return re.sub(r"^([-+=]|\d+[.)])", r"\\\1", line)


def markdown(digest: Digest, addresses: Addresses) -> str:
    """The whole digest."""
    lines = [f"# {heading(digest)}", "", *(line for told in sentences(digest) for line in (escaped(told), ""))]
    if digest.troubles:
        lines += ["## Councils to look at", ""]
        lines += [f"- {'**Not to be relied on:** ' if t.severity == 'fail' else ''}{escaped(t.council)}: "
                  f"{escaped(t.reason)}" for t in digest.troubles]
        lines += [""]
    watches = [listing for listing in digest.watches if listing.counts]
    for title, listings in (("Watches", watches), ("Councils", digest.councils)):
        if listings:
            lines += [f"## {title}", ""]
            lines += [line for listing in listings for line in _of(listing, addresses, title == "Watches")]
    silent = [listing.name for listing in digest.watches if not listing.counts]
    if silent:
        lines += [f"Nothing for {', '.join(map(escaped, silent))}.", ""]
    return "\n".join(lines)


def _of(listing: Listing, addresses: Addresses, with_council: bool) -> Iterator[str]:
    yield f"### {escaped(listing.name)}"
    yield ""
    yield summary(listing)
    yield ""
    for sort in SORTS:
        items: Sequence[Item] = [item for item in listing.items if item.sort == sort]
        if items:
            yield f"#### {HEADINGS[sort]}"
            yield ""
            yield from (_line(item, addresses, with_council) for item in items)
            yield ""


def _line(item: Item, addresses: Addresses, with_council: bool) -> str:
    where = escaped(place(item, with_council))
    before = f" Before: {escaped(shortened(item.before, WORDS_SHOWN))}." if item.before else ""
    published = f", [as published](<{worded(item.link)}>)" if item.link else ""
    return (
        f"- **{where}** {escaped(item.told)}: {escaped(shortened(item.text, WORDS_SHOWN))}{before} "
        f"([its page](<{addresses.record(item.record_id)}>){published})"
    )
