"""Where a page comes from: its title, its own address, and the addresses that it points at."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from pipeline.ingesters.characters import tidy

SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
MOST_LINKS = 5000


def find_title(root: HtmlElement) -> str | None:
    """The page's <title>, on one line."""
    for title in root.iter("title"):
        return tidy(title.text_content()) or None
    return None


def find_source(root: HtmlElement, text: str) -> str | None:
    """The page's own address, where it or the browser that saved it tells."""
    said = [link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    said += [meta.get("content") for meta in root.iter("meta") if meta.get("property") == "og:url"]
    saved = SAVED_FROM.search(text[:5000])
    said += [saved[1]] if saved else []
    said += [base.get("href") for base in root.iter("base")]
    return next((address for given in said if (address := clean_address(given or "")) and _is_web(address)), None)


def find_links(root: HtmlElement, source: str | None) -> list[str]:
    """The addresses that the page points at, each once, in order, made absolute where its own is known."""
    links: dict[str, None] = {}
    for anchor in root.iter("a"):
        address = clean_address(anchor.get("href") or "")
        if not address or address.startswith("#") or address.lower().startswith("javascript:"):
            continue
        links.setdefault(_joined(source, address))
        if len(links) >= MOST_LINKS:
            break
    return list(links)


def clean_address(address: str) -> str:
    """An address without the line breaks and runs of spaces that pages put into them."""
    return tidy(address).replace(" ", "%20")


def _joined(source: str | None, address: str) -> str:
    if source is None:
        return address
    try:
        return urljoin(source, address)
    except ValueError:
        return address


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in ("http", "https") and bool(urlsplit(address).hostname)
    except ValueError:
        return False
