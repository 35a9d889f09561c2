"""A document's title and reference as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Document
from pipeline.records import DocumentKind
from pipeline.structure.bodies import body_in
from pipeline.structure.councils import names_in
from pipeline.structure.dates import find_dates
from pipeline.structure.form import Field, first, key_of
from pipeline.structure.known import union
from pipeline.structure.lines import Line
from pipeline.structure.people import has_personal_title

_PAGE_NAME = re.compile(
    r"(?i:(?:decision details|issue - (?:meetings|decisions)|issue details|agenda item|meeting|agenda|"
    r"agenda,? (?:decisions,? )?and "
    r"(?:draft )?minutes|agenda and decisions|agenda, decisions and (?:draft )?minutes|draft minutes|minutes)$)"
)
_CALLS_ITSELF = re.compile(
    r"(?i:\b(?:minutes|agenda|notes) (?:of|for)\b(?! meeting:)|^(?:draft )?(?:minutes|agenda)\b(?!.*:))"
)
_MARK = re.compile(r"<[^<>]*>")
"""What a site's software leaves in its documents: "<AI1>"."""
_GOES_ON = re.compile(
    r"(?:,|\b(?:and|or|of|for|to|the|in|on|at|by|with|from))\n(?=\S)|[a-z]\n(?=(?:and|or|of|for|to|in|on) )"
)
"""A title's end and the beginning of the line in which it goes on."""
_LABELLED = re.compile(r"[A-Z][\w ?-]{2,30}: \S")
_REFERENCE = re.compile(r"(?=[\w./-]*\d)[A-Z\d][\w./-]{1,24}(?: \d{2,6})?")


def title_of(document: Document, kind: DocumentKind, head: Sequence[Line], fields: Sequence[Field]) -> str | None:
    """The form's title, else the first heading that is no council, body, date or label; else the first heading."""
    field = first(fields, "title")
    if field:
        return field.value
    headings = [line for line in head[:25] if 3 < len(line.text) < 250 and (line.heading or line.bold)]
    site = next((line.text for line in head if "mgSubTitleTxt" in line.style), None)
    if site:
        return site
    if kind in ("minutes", "agenda", "pack"):
        calls = [line for line in head[:10] if _CALLS_ITSELF.search(line.text) and len(line.text) < 250]
        calls = [line for line in calls if not _PAGE_NAME.match(line.text.strip(" :"))] or calls
        best = next((line for line in calls if line.heading), None) or next(iter(calls or headings), None)
        if best:
            return best.text
    for line in headings or head[:6]:
        if not _names_only(line.text) and not has_personal_title(line.text):
            return _whole(line, head)
    plain = (line.text for line in head[:2] if not _MARK.fullmatch(line.text) and not _LABELLED.match(line.text))
    return headings[0].text if headings else next(plain, None)


def _whole(line: Line, head: Sequence[Line]) -> str:
    """A title with the line in which it goes on: where it ends in a comma or a small word, or the next begins so."""
    after = next((other for other in head if other.start > line.start), None)
    if after is None or after.page != line.page or after.size < line.size - 0.5:
        return line.text
    return f"{line.text} {after.text}" if _GOES_ON.search(f"{line.text}\n{after.text}") else line.text


def reference_of(fields: Sequence[Field]) -> str | None:
    """The authority's number for the paper, where its form gives one that holds a digit."""
    for field in fields:
        if field.key == "reference":
            found = _REFERENCE.search(field.value)
            if found:
                return found[0]
    return None


def _names_only(text: str) -> bool:
    bare = text.strip(" :")
    label = bare.split(":")[0].strip()
    if _PAGE_NAME.match(bare) or _MARK.fullmatch(bare) or union("structure", "attendance").fullmatch(label):
        return True
    if label != bare and len(label) < 40 and key_of(label):
        return True
    if body_in(text) or key_of(text) or union("structure", "sections").fullmatch(bare):
        return True
    rest = bare
    for name in names_in(text):
        rest = rest.replace(name, "")
    for found in reversed(find_dates(rest)):
        rest = rest[: found.start] + rest[found.end:]
    return len(re.sub(r"\W", "", rest)) < 4
