"""Web pages: parsed without fetching anything, read for links and words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from pipeline.scrape.trouble import Refused

SPACES = re.compile(r"\s+")
DAY = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?[\s-]+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s,-]+(\d{4})\b|"
    r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b", re.IGNORECASE,
)
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
SESSION = re.compile(r"/\((?:[A-Z]\([^/()]*\))+\)")


def parse(content: bytes) -> HtmlElement:
    """The page's tree. Raises Refused("layout", ...) where there is none."""
    parser = lxml.html.HTMLParser(encoding=_encoding(content), no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Refused("layout", f"its page cannot be read ({error})") from error
    return root


def _encoding(content: bytes) -> str:
    declared = re.search(rb"charset=[\"']?([\w-]+)", content[:2048])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    return name if name in ("utf-8", "iso-8859-1", "windows-1252", "us-ascii") else "utf-8"


def words(element: HtmlElement) -> str:
    """Its text on one line."""
    return SPACES.sub(" ", element.text_content()).strip()


def links(element: HtmlElement) -> Iterator[tuple[HtmlElement, str, str]]:
    """The links under `element`: the anchor, its href, its text."""
    for anchor in element.iter("a"):
        if href := anchor.get("href"):
            yield anchor, href, words(anchor)


def find(root: HtmlElement, xpath: str) -> list[HtmlElement]:
    """The elements that an XPath finds."""
    found = root.xpath(xpath)
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, HtmlElement)]


def with_class(name: str) -> str:
    """The XPath condition of a class among an element's classes."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def day_in(text: str) -> date | None:
    """The first day that the text names; None where it names none."""
    for match in DAY.finditer(text):
        try:
            if match[1]:
                return date(int(match[3]), MONTHS.index(match[2].lower()) + 1, int(match[1]))
            if match[4]:
                return date(int(match[6]), int(match[5]), int(match[4]))
            return date(int(match[7]), int(match[8]), int(match[9]))
        except ValueError:
            continue
    return None


def british_day(text: str) -> date | None:
    """A day written as dd/mm/yyyy; None for anything else."""
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()
    except ValueError:
        return None


def mark_of(element: HtmlElement) -> str:
    """A hash over what a person would see and could follow."""
    said = [words(element), *(SESSION.sub("", href) for _, href, _ in links(element))]
    return hashlib.sha256("\n".join(said).encode("utf-8", "replace")).hexdigest()
