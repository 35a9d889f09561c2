"""Running heads and feet: what stands at the edge of page after page though its numbers change."""

from __future__ import annotations

import re

from pipeline.document import Edge, Page
from pipeline.layout.lines import Line, segments

HEAD = 0.13
"""Share of a page's height in which a running head can stand; a foot likewise."""
DEEP = 5
"""Lines from the edge inward that can be running."""
WIDE = 0.4
"""Share of the page's width that a table's rule covers."""
NEAR = 80.0
"""Points between two rules that hold a table's headings."""
APART = 1.5
"""Ems of white between a running line whose end changes from page to page and the text."""
OPENING = 3
"""Words with which such a line begins on every page."""
NUMBERING = re.compile(
    r"^(?:[-–—|\s]*(?:page|tudalen|pg\.?)?[-–—|\s]*\d{1,4}(?:\s*(?:of|/|o)\s*\d{1,4})?[-–—|\s]*"
    r"|(?:page|tudalen)\s+[ivxlc]{1,6})$",
    re.IGNORECASE,
)
BLANK = re.compile(
    r"\W*(?:this )?page (?:is |has been )?(?:intentionally|deliberately) (?:left )?blank\W*"
    r"|\W*mae.r dudalen hon .{0,20}wag.{0,20}",
    re.IGNORECASE,
)
OPENS = "opens "
DIGITS = re.compile(r"\d+|\b[ivxl]{1,5}\b")
MONEY = re.compile(r"£|\b000s?\b|%|\b\d{1,3}(?:,\d{3})+\b")
FIGURE = re.compile(r"\(?-?[£$]?\d[\d,]*(?:\.\d+)?\)?%?|[-–—]")
CLOSE = 0.9
"""Ems of white, at the most, between the lines of a table's headings, and between them and its first row."""
PARTED = 0.6
"""Ems of white between two columns' headings, which may stand closer than columns of figures do."""


def take_furniture(pages: list[Page], lines: list[list[Line]]) -> list[list[Line]]:
    """The pages' lines without running heads and feet, which go to `page.furniture`."""
    candidates = [_edge_lines(page, own) for page, own in zip(pages, lines, strict=True)]
    seen: dict[tuple[str, str], set[int]] = {}
    for at, edge in enumerate(candidates):
        for _, side, key in edge:
            seen.setdefault((side, key), set()).add(at)
    kept: list[list[Line]] = []
    for at, (page, own) in enumerate(zip(pages, lines, strict=True)):
        running = {id(line) for line in own if len(own) <= DEEP and BLANK.fullmatch(line.text)} | {
            id(line) for line, side, key in candidates[at]
            if _runs(seen[side, key], at, len(pages), key.startswith(OPENS)) or _is_number(line, side, page)
        }
        page.furniture.extend(line.text for line in own if id(line) in running)
        kept.append([line for line in own if id(line) not in running])
    return kept


def _edge_lines(page: Page, lines: list[Line]) -> list[tuple[Line, str, str]]:
    height = page.height or 842.0
    columns = _column_headings(lines[:DEEP + 1])
    heads = [line for line in lines[:DEEP] if line.bottom < HEAD * height and id(line) not in columns]
    feet = [line for line in lines[-DEEP:] if line.top > (1 - HEAD) * height or line is lines[-1] and _worded(line)]
    rules = [e for e in page.edges if e.top == e.bottom and e.x1 - e.x0 > WIDE * (page.width or 595.0)]
    found = [
        (line, side, _key(line))
        for side, edge in (("head", heads), ("foot", feet))
        for line in edge
        if _can_run(line) and not _in_table(line, rules)
    ]
    return found + [(line, side, key) for line, side, _ in found if (key := _opening(line, side, lines))]


def _opening(line: Line, side: str, lines: list[Line]) -> str:
    """The place and first words of a line alone at the edge of its page, whose end may name a chapter; nothing for
    others, and for a title."""
    outer, inner = (lines[0], lines[1:2]) if side == "head" else (lines[-1], lines[-2:-1])
    if line is not outer or not inner or len(line.words) <= OPENING or line.bold or line.size > inner[0].size:
        return ""
    white = inner[0].top - line.bottom if side == "head" else line.top - inner[0].bottom
    words = DIGITS.sub("#", " ".join(word.text for word in line.words[:OPENING]).lower())
    return f"{OPENS}{round(line.top)} {round(line.x0)} {words}" if white > APART * line.size else ""


def _in_table(line: Line, rules: list[Edge]) -> bool:
    """Whether the line stands between two rules of one table: its headings come back on every page."""
    above = [e for e in rules if e.top <= line.top + 2 and line.top - e.top < NEAR]
    below = [e for e in rules if e.top >= line.bottom - 2 and e.top - line.bottom < NEAR]
    return any(abs(a.x0 - b.x0) < 5 and abs(a.x1 - b.x1) < 5 for a in above for b in below)


def _column_headings(lines: list[Line]) -> set[int]:
    """The ids of lines that head columns: in parts, each over a part of the line close below, down to a line of units
    or figures. A book prints "2010/11  2011/12" over the table of page after page, and each of them is needed."""
    found: set[int] = set()
    for line, below in reversed(list(zip(lines, lines[1:], strict=False))):
        if line.widest <= PARTED * line.size or below.top - line.bottom >= CLOSE * line.size:
            continue
        heads = id(below) in found or MONEY.search(below.text) or _figures(below) >= 2
        if heads and _stands_over(line, below):
            found.add(id(line))
    return found


def _stands_over(line: Line, below: Line) -> bool:
    """Whether two parts of the line or more stand over parts of the one below, and none but a first, which names the
    rows, stands over nothing."""
    under = segments(below, PARTED)
    over = [
        any(part[0].x0 < other[-1].x1 and other[0].x0 < part[-1].x1 for other in under)
        for part in segments(line, PARTED)
    ]
    return sum(over) >= 2 and all(over[1:])


def _figures(line: Line) -> int:
    """How many parts of a line are a figure by itself."""
    return sum(len(part) == 1 and bool(FIGURE.fullmatch(part[0].text)) for part in segments(line, PARTED))


def _worded(line: Line) -> bool:
    """A page number with the word for it, which may follow right after the text of a short page."""
    return bool(NUMBERING.match(line.text)) and line.text[:1].isalpha()


def _key(line: Line) -> str:
    return DIGITS.sub("#", line.text.lower()).replace(" ", "")


def _can_run(line: Line) -> bool:
    """A table's heading comes back on every page as well, and so do its rows but for their figures: they must stay."""
    return not MONEY.search(line.text) and len(segments(line)) <= 3 and _figures(line) < 2


def _runs(pages: set[int], at: int, count: int, opening: bool) -> bool:
    """Whether a line recurs near this page: alternate pages may carry different heads, chapters their own. Of a line
    whose `opening` alone recurs more is asked."""
    if len(pages) < 2:
        return False
    near = [p for p in pages if p != at and abs(p - at) <= 4]
    return len(near) >= 2 or (len(near) == 1 and count <= 4 and not opening)


def _is_number(line: Line, side: str, page: Page) -> bool:
    """A page number on a page of its own: alone at the very edge, or with the word for it."""
    text = line.text
    if not NUMBERING.match(text):
        return False
    if re.search(r"[a-z]", text, re.IGNORECASE):
        return True
    height = page.height or 842.0
    return line.top > 0.92 * height if side == "foot" else line.bottom < 0.08 * height
