"""Headings that run into their text: "2431. Police Report: none came." is headed "Police Report"."""

from __future__ import annotations

import re

from pipeline.document import Block
from pipeline.structure.dates import find_dates
from pipeline.structure.found import clean_title
from pipeline.structure.known import union
from pipeline.structure.lines import bold_prefix, is_capitals
from pipeline.structure.people import has_personal_title

_MOST_WORDS = 14
_LEAST_TITLE = 5
_LONG = 10
"""More words than this behind a colon are text, not the second half of a title."""
_CUT = re.compile(r"(?P<head>[^:|.]{3,90}?)\s*(?::-?\s|\|\s|\s[-–—]\s|(?:…|\.{3})\s)\s*(?P<rest>\S.*)$")
_STOPPED = re.compile(
    r"(?P<head>[A-Z][A-Za-z’' -]{3,90}[a-z]{3}|[A-Z][A-Za-z\d’' -]{3,90} (?:19|20)\d\d)\.\s+(?=[A-Z]|\([a-z]\)\s)"
)
"""A short title with a full stop, and the text or the first part behind it: "Election of Chair. Cllr Hart was
elected.", "Minutes of 4th May 2019. The minutes were signed.", "Finance. (a) Accounts"."""
_MOST_STOPPED = 6
_TELLS = re.compile(r"(?:Cllrs?|Councillors?|Mrs?|Ms|There|None|No|It was)\b")
"""How the text begins behind a longer title with a full stop."""
_PAGES_BEHIND = re.compile(r"(?P<head>[^a-z]{3,120}?)\s+\d{1,4} - \d{1,4}\s+(?=[A-Z][a-z])")
"""Title, the pages of its report, and the officer's line: "MINUTES 5 - 10 To confirm the minutes"."""
_CAPITALS_BEFORE = re.compile(
    r"(?P<head>[A-Z][^a-z.:;|]{6,120}?)\s+(?=(?:[A-Z][a-z]+|A)\s+[a-z]+\s+[a-z]+\s.*[.:]\s*$)"
)
"""A title in capitals that a sentence follows in the same line."""
_CAPITALS_STOPPED = re.compile(r"(?P<head>[A-Z][^a-z.:;|]{6,120}?)\.\s+(?=(?:[A-Z][a-z]+|A)\s)")
"""The same with a full stop: "DUCK POND. Soil has been tested"."""
_DASHED_TEXT = re.compile(r"(?i:(?:to |that |noted|none|nil|agreed|resolved|no\b|there |deferred|approved|received))")
_INITIALS = re.compile(r"[A-Z]{2,3}(?:,| and\b| &| in\b| declared\b)")
"""Who it was, where minutes call people by their initials."""
_TOLD = re.compile(
    r"(?i:(?P<head>apologies(?: for absence)?|declarations? of (?:\w+ )?interests?)\s+(?:was|were|had|have)\b)"
)
"""A usual title as the beginning of a sentence: "Apologies for absence were received from Cllr Hart."."""
_TEXT_OPENS = re.compile(
    r"(?:\s+|(?<=[a-z\d)])[-–—]\s?)(?=(?:RESOLVED|AGREED|NOTED)\b(?! [A-Z]{3})|None(?:\.|$)|"
    r"(?:The|An?|It|There|This|These|Those|No|One|Two|Three|Four|Five|Several|Apologies|Members|Councillors?|Cllrs?|Mrs?|"
    r"Ms|Dr) (?:[\w'’.,-]+ ){0,5}?(?:was|were|had|has|have|is|considered|reported|received|noted|agreed|approved|"
    r"resolved|gave|said|asked|thought|felt|heard|advised|explained|presented|informed|APPROVED|RESOLVED|NOTED|AGREED)\b|"
    r"[A-Z][a-z]+(?: [A-Z][a-z]+)? (?:had|has|have|was|were) [a-z]+)"
)
"""Where the text begins behind a title that nothing parts from it: "Grant requests Two requests had come"."""
_LIST_OPENS = re.compile(r"\s*(?:\s[-–—]|:)\s*(?=(?:\(?[a1]\)|\(?i\)|i\.)\s)|\s+(?=[\"“‘']That\s)")
"""Where an item's parts, or the motion that it is about, follow its title in the same line."""
_SENTENCE = re.compile(r"\b(?:was|were|had|has been|have been|is|are|will)\b")
_COLON_TEXT = re.compile(r"(?i:(?:none|nil|noted|no\b|agreed|deferred|n/a)\b)")


def heading_of(block: Block, text: str, offset: int) -> tuple[str, int]:
    """(title, characters of `text` that it takes). `text` is the block's from `offset`, its number left out.

    A bold beginning is the heading of a line that goes on in plain type. A block that is all heading keeps its
    colons and dashes, unless a usual title or a mere "none" shows that text follows.
    """
    bold = bold_prefix(block)
    if bold and len(bold) > offset + 2:
        text = block.text[offset:len(bold)]
        inner = re.match(r"[^:]{3,60}(?=:\s)", text)
        text = inner[0] if inner else text
        return clean_title(text), len(text.rstrip())
    capitals = _PAGES_BEHIND.match(text) or _CAPITALS_BEFORE.match(text) or _CAPITALS_STOPPED.match(text)
    if capitals and is_capitals(capitals["head"]):
        return clean_title(capitals["head"]), len(capitals["head"].rstrip())
    stop = _STOPPED.match(text)
    usual = stop is not None and union("structure", "usual_items").fullmatch(stop["head"]) is not None
    tells = usual or (stop is not None and _TELLS.match(text, stop.end()) is not None)
    short = stop is not None and len(stop["head"].split()) <= (_MOST_WORDS if tells else _MOST_STOPPED)
    if stop and short and block.role != "heading" and not _SENTENCE.search(stop["head"]):
        return clean_title(stop["head"]), stop.end("head")
    told = _TOLD.match(text)
    if told and block.role != "heading":
        return clean_title(told["head"]), told.end("head")
    cut = _CUT.match(text)
    if cut and len(cut["head"].split()) <= _MOST_WORDS and _goes_on(block, text, cut):
        text = cut["head"]
    elif block.role != "heading":
        text = before_text(text)
    return clean_title(text), len(text.rstrip())


def before_text(line: str) -> str:
    """The title that opens a line, without the list, the motion or the sentence that follows in it."""
    listed = _LIST_OPENS.search(line, _LEAST_TITLE)
    line = line[: listed.start()] if listed else line
    opens = _TEXT_OPENS.search(line, _LEAST_TITLE)
    return line[: opens.start()] if opens else line


def _goes_on(block: Block, text: str, cut: re.Match[str]) -> bool:
    mark = text[cut.end("head"):cut.start("rest")].strip()
    rest = clean_title(cut["rest"]) if cut["rest"].rstrip().endswith(")") else cut["rest"]
    if mark in ("|", "…", "..."):
        return True
    usual = union("structure", "usual_items").fullmatch(cut["head"]) is not None
    if mark in "-–—":
        dates = find_dates(rest)
        tells = (bool(dates) and dates[0].start == 0) or _SENTENCE.search(rest) is not None
        named = has_personal_title(rest) or _INITIALS.match(rest) is not None
        names = usual and named or cut["head"].lower().startswith("apolog")
        return _DASHED_TEXT.match(rest) is not None or (usual and tells) or names
    if _COLON_TEXT.match(rest) or (usual and not is_capitals(text)):
        return True
    if block.role == "heading" or block.bold or is_capitals(text):
        return False
    return rest.rstrip().endswith((".", "?", "!", ";")) or len(rest.split()) > _LONG
