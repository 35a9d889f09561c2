"""The folder in which digests are kept: a digest of each round, the last of them again, and the feeds.

    NEWS/2026-11-25T033000Z.json|.md|.html     each round's
    NEWS/latest.md, latest.html                the last again, for a link that stays
    NEWS/feeds/rounds.xml, watch/*.xml, council/*.xml
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from pipeline.news.digest import Digest
from pipeline.news.feeds import feeds
from pipeline.news.markdown import markdown
from pipeline.news.page import page
from pipeline.news.wording import Addresses

KEPT_FOR_FEEDS = 60
"""Digests that feeds are made of: a year's weeks and some."""


class Damaged(Exception):
    """A digest that was kept cannot be read; the message says which."""


def put(digest: Digest, folder: Path, addresses: Addresses) -> Path:
    """Keep the digest in `folder` in all its forms, and make the feeds anew. Gives its page. Raises Damaged, OSError.

    The JSON comes last: a round that is killed on the way is told again, under the same name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{digest.made_at:%Y-%m-%dT%H%M%SZ}"
    text, shown = markdown(digest, addresses), page(digest, addresses)
    for stem in (name, "latest"):
        _write(folder / f"{stem}.md", text.encode())
        _write(folder / f"{stem}.html", shown.encode())
    kept = [other for other in kept_digests(folder) if other.round_id != digest.round_id]
    for path, content in feeds([*kept, digest], addresses).items():
        _write(folder / "feeds" / path, content)
    _write(folder / f"{name}.json", digest.model_dump_json(indent=1).encode())
    return folder / f"{name}.html"


def kept_digests(folder: Path) -> Sequence[Digest]:
    """The digests of the last rounds, in order of time. Raises Damaged."""
    found = []
    for path in sorted(folder.glob("*.json"))[-KEPT_FOR_FEEDS:]:
        try:
            found.append(Digest.model_validate_json(path.read_bytes()))
        except ValidationError as error:
            raise Damaged(f"{path} is no digest of this version's: move it elsewhere, then run again.") from error
    return found


def _write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
