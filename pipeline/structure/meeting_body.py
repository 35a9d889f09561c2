"""Which body met, decided, or is reported to: read off the page's heading, the form, the headings, the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from pipeline.document import Document
from pipeline.records import DocumentKind
from pipeline.structure.bodies import bodies_named, body_in, is_body, tidy
from pipeline.structure.councils import AUTHORITIES
from pipeline.structure.dates import find_dates
from pipeline.structure.form import Field, first, key_of
from pipeline.structure.known import union
from pipeline.structure.lines import Line, is_capitals
from pipeline.structure.site_marks import DECIDED_AT, ISSUE_MEETING, ITEM_MEETING, SUBTITLE

_HEADING_LINES = 20
_LONGEST_HEADING = 220
_ASKING_BLOCKS = 80
"""Blocks within which a paper says whom it asks to decide."""
_BESIDE_NAME = re.compile(
    r"(?i:^(?:extra-?ordinary|special|annual|urgent)(?: meeting)?,\s*|,?\s*\b(?:cancelled|new)$)"
)
_TO = re.compile(r"(?:To|TO|Report to|REPORT TO|Report to the|To the)\s+(.+)$")
_MEMBER = re.compile(r"\b(?:Cabinet|Executive|Lead|Portfolio) (?:Member|Holder|Councillor)s? (?:for|with).*$")
_HOW_DECIDED = re.compile(r"(?i:\s*\((?:individual|delegated|urgent|key|non-key)\b[^()]*\)\s*$)")
"""What stands behind who decided: "City Mayor (Individual Decision)"."""
_MINUTES_OF = re.compile(r"(?i:\b(?:minutes?|notes|record|proceedings|extracts?|excerpts?)\b.*?\b(?:of|from)\b)")
_OF_OTHERS = re.compile(
    r"(?i:\W*(?:apolog|present|in attendance|previous pathway|past pathway|contact|report (?:by|of)|from:?|by:?)\b)"
)
_COUNCIL = re.compile(rf"(?i:(?:[\w-]+ ){{0,3}}council|cyngor (?:cymuned|tref|sir)|{AUTHORITIES})")
_PRINCIPAL = re.compile(r"(?i:(?:city|borough|district|metropolitan borough|county borough) council)")
"""What such an authority is called of itself: the council that meets is "the Council"."""
_LEFT_OVER = re.compile(r"(?i:.*[,&()].*\bcouncil)")
"""What is left of a council's name that was not known in full: "Newry, District Council"."""
_NOUN_BELOW = re.compile(r"(?:SUB-COMMITTEE|COMMITTEE|PANEL|BOARD|FORUM|PARTNERSHIP|AUTHORITY)\b(?! [A-Z]{2})")
_PLAIN = ("Board", "Panel", "Authority", "Partnership")
_LETTERHEAD = re.compile(r"(?i:health (?:and|&) social care partnership)")
"""Whose paper a Scottish report to an integration joint board is; the board is named below it."""
_FULL_COUNCIL = re.compile(r"(?i:(?:the )?(?:full |county |city |borough |district )?council\W*$)")
_MEETING_OF = re.compile(
    r"(?i:\b(?:meetings?|minutes?|notes)(?: \([^()]{3,60}\))? of (?:meeting of )?(?:the |a )?)(?P<rest>[A-Z].{2,160}?)"
    r"(?=\s+(?:held|to be|will be|which|on|at|took|was|that|in|are|is)\b|[,.:;]|$)"
)
_MEETING_OF_LIST = re.compile(
    r"(?i:\b(?:meetings?|minutes?) of (?:the |a )?)(?P<rest>[A-Z][\w’'&-]*, [^.:;]{2,100}?)"
    r"(?=\s+(?:held|to be|which|on|at)\b)"
)
"""A body whose name has a comma: "a meeting of the Audit, Risk and Governance Committee held at"."""
_MET = re.compile(r"(?:The )?(?P<rest>[A-Z].{2,100}?) met (?:on|at|in)\b")
"""How minutes begin that have no heading: "The Wexley Parish Council met on Tuesday, 7th March"."""
_ASKED = re.compile(
    r"^(?:That )?(?:[Tt]he )?(?P<body>[A-Z][\w'’&,() -]{2,110}?) (?:(?:is|are) (?:asked|recommended|requested|"
    r"invited)\b|"
    r"(?:is|are) to\b|(?:formally )?(?:approves?|agrees?|notes?|adopts?|resolves?|"
    r"recommends?|delegates?|authorises?)\b)"
)
_TO_INFORM = re.compile(
    r"(?i:\bto (?:provide|update|inform|advise|ask|seek) (?:the )?)(?P<body>[A-Z][\w'’&, ]{2,90}?)"
    r"(?= (?:with|on|of|about|to|in)\b)"
)
_REPORT_TO = re.compile(r"(?i:\b(?:report|paper)\b.{0,60}? to (?:the )?)(?P<body>[A-Z].{3,80})$")
_COME_BACK = re.compile(
    r"(?:[Rr]eport|[Uu]pdate|[Pp]aper)s? (?:\w+ ){0,4}(?:brought|back|come|submitted|"
    r"presented)(?: back)? to (?:the )?"
    r"(?P<body>[A-Z][\w'’&, ]{3,90}?)(?= (?:for|at|in|on|by|with|before)\b|[.,;])"
)
_RESOLVED_BY = re.compile(
    r"(?:^|\s)The (?P<body>[A-Z][\w’' ]{3,60}?) (?:has |have |unanimously )?(?:resolved|agreed|"
    r"approved|authorised|noted|considered)\b"
)
_TAKEN_BY = re.compile(
    r"\b[Dd]ecisions? (?:were |was )?(?:taken|made) by (?:the )?(?P<body>[A-Z][\w’' ]{3,60}?)(?= (?:on|at)\b|[.:]|$)"
)
_DUE_BY = re.compile(r"\bby (?:the )?(?P<body>[A-Z].+)$")
"""Who is to decide: "13 Dec 2023 by Executive Board"."""
_PAGE_OF_MEETING = re.compile(r"(?i:^(?:meeting details|meeting summary)$)")
_LISTED_BODIES = re.compile(r"(?:\([a-z]\) [A-Z][^;()\n]{3,60}(?:;|\.|, and|; and)\s*(?:and )?){2,}")
"""Bodies that a site lists on each of its pages: "(a) Council; (b) Cabinet; ..."."""
_OWN_NOUN = re.compile(
    r"\b[Tt]he (Sub[- ]?Committee|Committee|Board|Panel|Executive|Cabinet|Forum|Commission|Partnership)\b(?! [A-Z])"
)


def body_of(document: Document, kind: DocumentKind, head: Sequence[Line], fields: Sequence[Field]) -> str | None:
    """The body's name without its authority's, as printed; None where the document does not tell."""
    found = _of_page(head, fields, kind) or _of_form(head, fields, kind)
    if found is None and kind != "other":
        named = _named_in_headings(head)
        asked, own = _of_request(document) if kind == "report" else None, _council(named, kind)
        if asked in _PLAIN and own and own.endswith(f" {asked}"):
            asked = own  # "the Board" is the Integration Joint Board of its head
        found = _of_heading(named) or _of_preamble(head) or asked or own or _of_preamble(head, True)
    elif found is None:
        found = _of_preamble(head[:1])
    found = found or (_of_narrative(document.text) if kind == "minutes" else _of_request(document))
    return "Council" if found and _PRINCIPAL.fullmatch(found) else found


def _of_page(head: Sequence[Line], fields: Sequence[Field], kind: DocumentKind) -> str | None:
    """A meeting's page on a site names it in its second heading: "Planning Panel - Monday 3 May 2021 7.00 pm"."""
    for line in head:
        issue = ISSUE_MEETING.match(line.text) or ITEM_MEETING.match(line.text)
        if issue:
            return body_in(issue["body"]) or tidy(issue["body"])
        if SUBTITLE in line.style and kind != "decision_notice":
            dates = find_dates(line.text)
            name = _BESIDE_NAME.sub("", (line.text[: dates[0].start] if dates else line.text).strip(" -–,"))
            return tidy(body_in(name) or name) if name.strip() else None
    for line, following in pairwise(head[:6]):
        label, _, value = following.text.partition(":")
        name = (value if key_of(label) == "to" else following.text).strip().removeprefix("Meeting of the ").strip("- ")
        if _PAGE_OF_MEETING.match(line.text) and not find_dates(name):
            named = body_in(name) or body_in(name.title())
            if named:
                return body_in(name) or tidy(name)
    at = first(fields, "decided_at")
    decided = DECIDED_AT.search(at.value) if at else None
    if decided:
        return body_in(decided["body"]) or tidy(decided["body"])
    due = first(fields, "due")
    by = _DUE_BY.search(due.value) if due else None
    return body_in(by["body"]) if by else None


def _of_form(head: Sequence[Line], fields: Sequence[Field], kind: DocumentKind) -> str | None:
    for key in ("decider", "to") if kind == "decision_notice" else ("to", "decider"):
        for field in fields:
            if field.key == key:
                label = head[field.line - 1] if 0 < field.line <= len(head) else None
                body = _in_value(field.value) or _with_label(label, field)
                if body:
                    return body
    for line in head if kind == "decision_notice" else ():
        before, colon, value = line.text.partition(":")
        member = _MEMBER.search(value) if colon and key_of(before) is not None else None
        body = body_in(member[0]) if member else None
        if body:
            return body
    for line in head:
        unlabelled = _TO.match(line.text)
        body = body_in(unlabelled[1]) if unlabelled else None
        if body:
            return body
    return None


def _in_value(value: str) -> str | None:
    """"Cabinet - 4 March 2025", "Mrs A. Bell, Cabinet Member for Parks", "Cabinet 3 May 2021 Council 9 May 2021"."""
    value = _HOW_DECIDED.sub("", value)
    member = _MEMBER.search(value)
    dates = find_dates(value)
    pieces = [value, value[: dates[0].start] if dates else "", member[0] if member else "",
              re.split(r"\s[-–—]\s|;|\s\(", value)[0], value.split(",")[0]]
    return next((body for piece in pieces if piece.strip() and (body := body_in(piece))), None)


def _with_label(label: Line | None, field: Field) -> str | None:
    """"Committee" over "HOUSING" is the Housing Committee."""
    noun = re.search(r"\b(?:Committee|Panel|Board|Forum)\b", label.text) if label else None
    dates = find_dates(field.value)
    plain = re.fullmatch(r"[A-Za-z][A-Za-z &,]{2,50}", field.value[: dates[0].start if dates else None].strip())
    return body_in(f"{plain[0].title()} {noun[0]}") if noun and plain else None


def _named_in_headings(head: Sequence[Line]) -> list[tuple[Line, str]]:
    attendance = union("structure", "attendance")
    headings = takewhile(lambda line: not attendance.fullmatch(line.text.split(":")[0].strip()), head[:_HEADING_LINES])
    named = [
        (line, body)
        for line in headings
        if len(line.text) < _LONGEST_HEADING and not _OF_OTHERS.match(line.text)
        and (body := _over_two_lines(line, head) or body_in(line.text) or _after_note(line.text))
        and not _LEFT_OVER.fullmatch(body)
    ]
    return [entry for entry in named if not _LETTERHEAD.fullmatch(entry[1])] or named


def _over_two_lines(line: Line, head: Sequence[Line]) -> str | None:
    """"EXECUTIVE" over "COMMITTEE 3rd November 2010" is the Executive Committee."""
    below = next((other for other in head if other.start > line.start), None)
    noun = _NOUN_BELOW.match(below.text) if below else None
    return body_in(f"{line.text} {noun[0]}") if noun and is_capitals(line.text) else None


def _after_note(text: str) -> str | None:
    """A site's heading with a note before the body: "Moved from 9 May 2018, Cabinet - Tuesday 2 May 2018"."""
    dates = find_dates(text)
    note = re.match(r"(?i:(?:moved|rescheduled|postponed|adjourned|re-?arranged) (?:from|to)\b)[^,]{0,25},", text)
    return body_in(text[dates[0].end:].lstrip(" ,")) if note and len(dates) > 1 else None


def _of_heading(named: Sequence[tuple[Line, str]]) -> str | None:
    """The heading that names a committee, best one that calls its minutes so; not one that names the council."""
    smaller = [(line, body) for line, body in named if not _COUNCIL.fullmatch(body)]
    of_minutes = [body for line, body in smaller if _MINUTES_OF.search(line.text)]
    best = next(iter([*of_minutes, *(body for _, body in smaller)]), None)
    if best and " " not in best:  # "the Board" is named more fully beside
        return next((body for body in of_minutes if body.endswith(f" {best}")), best)
    return best


def _of_preamble(head: Sequence[Line], council: bool = False) -> str | None:
    """"At a meeting of the Licensing Panel held ..."; "the Council" alone is told better by the letterhead, where
    there is one."""
    for line in head:
        met = _MET.match(line.text)
        for of in [*_MEETING_OF.finditer(line.text), *_MEETING_OF_LIST.finditer(line.text), *([met] if met else [])]:
            body = body_in(of["rest"])
            if body and (council or body == "Full Council" or not _COUNCIL.fullmatch(body)):
                return body
    return None


def _council(named: Sequence[tuple[Line, str]], kind: DocumentKind) -> str | None:
    """The council itself, where nothing names another body; in a decision its name is but the letterhead."""
    if not named or kind == "decision_notice":
        return None
    plain = next((body for line, body in named if _FULL_COUNCIL.match(line.text) or body == "Full Council"), None)
    english = (body for _, body in named if body.endswith("Council"))  # letterheads in Wales are in two tongues
    return plain or (next(english, None) if named[0][1].startswith("Cyngor") else None) or named[0][1]


def _of_request(document: Document) -> str | None:
    """Whom a running head, a recommendation or the purpose of a paper addresses."""
    running = dict.fromkeys(text for page in document.pages for text in page.furniture)
    for found in (
        *(_REPORT_TO.search(text) for text in running),
        *(_ASKED.match(block.body) for block in document.blocks[:_ASKING_BLOCKS]),
        _TO_INFORM.search(document.text[:4000]),
        *(asked.search(block.text) for block in document.blocks[:8] for asked in (_RESOLVED_BY, _TAKEN_BY)),
    ):
        body = body_in(found["body"]) if found else None
        if body:
            return body
    return None


def _of_narrative(text: str) -> str | None:
    """The named body whose noun minutes use of themselves ("the Sub-Committee noted"), or to which it comes back."""
    text = _LISTED_BODIES.sub(" ", text)
    own = Counter(_folded(noun) for noun in _OWN_NOUN.findall(text))
    if own:
        noun = own.most_common(1)[0][0]
        named = [name for name in bodies_named(text) if _folded(name).endswith(noun) and is_body(name)
                 and " The " not in name]
        spelt: dict[str, Counter[str]] = {}
        for name in named:
            spelt.setdefault(_folded(name), Counter())[name] += 1
        if spelt:
            most = max(spelt.values(), key=lambda forms: forms.total())
            return max(most, key=lambda name: (most[name], "-" in name))
    return next(iter(dict(Counter(_coming_back(text)).most_common(1))), None)


def _coming_back(text: str) -> Iterator[str]:
    for found in _COME_BACK.finditer(text):
        body = body_in(found["body"])
        if body:
            yield body


def _folded(name: str) -> str:
    return re.sub(r"[- ]", "", name).lower()
