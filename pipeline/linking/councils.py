"""Which council is meant: by a name, a web address, or the words of a document.

The authorities come from `rules/councils.yaml` and `rules/councils_extra.yaml`. Parish, town and
community councils are too many to list, so they are known by the form of their name. A name that fits
several authorities ("Newcastle", "LBB") keeps them all until other evidence tells them apart.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pipeline import rules
from pipeline.document import Outline
from pipeline.linking import council_names as naming
from pipeline.linking.council import (
    GOVERNMENT,
    Council,
    Mention,
    Strength,
    from_entry,
    hosts_of,
    local_council,
    meanings_of,
)
from pipeline.linking.council_names import Join
from pipeline.linking.joint_authorities import authority_name, designations

__all__ = ["Council", "Councils", "Mention", "Strength", "council_of", "known_councils", "resolve"]

TITLE_WORDS = re.compile(
    r"\b(council|authority|borough of|corporation|comhairle|cyngor|integrated care board|mayor of|assembly)\b"
)
# Hosts as printed, also where a line end has fallen into "gov.uk".
HOSTS = re.compile(
    r"(?<![a-z0-9-])(?:(?:[a-z0-9-]+\.)*[a-z0-9-]+\s{0,2}\.gov\.\s{0,2}uk\b"
    r"|(?:[a-z0-9-]+\.)+(?:gov\.wales|moderngov\.co\.uk|cmis\.uk\.com|cmis-ni\.org|org\.uk|org|com|info)\b)",
    re.IGNORECASE,
)
HOST_MARK = re.compile(r"\.(?:gov|moderngov|cmis|org|com|info)\b", re.IGNORECASE)  # what each of them holds
LONGEST_HOST = 100
# "M v Netherfield District Council" is a case, and the council a party to it.
LAWSUIT = re.compile(r"\b(?:v|-v-|vs)\.? (?:the )?$", re.IGNORECASE)
BEFORE_NAME = re.compile(r"[ -]\(?[A-Z]")
BESIDE_NAME = re.compile(r"\b[A-Z][\w.'’]*[ -]$")
INITIAL = re.compile(r"\b(?:[A-Z]\.|[B-HJ-Z]) ?$")  # "D. Kent", "D Kent", but "A Kent resident"
HOSTED = re.compile(r"^([a-z0-9-]+)\.(?:moderngov\.co\.uk|cmis\.uk\.com|cmis-ni\.org)$")
# Many an authority meets in another's hall.
PLACE_OF_MEETING = re.compile(r"\W*(?:venue|location|place|contact)\b\s*:", re.IGNORECASE)
TITLE_PARTS = re.compile(r"\s+[-–—|]\s+")
LABEL_ENDINGS = ("", "bc", "cc", "dc", "mbc", "mdc", "cbc", "council", "city", "ca", "cca")


Key = TypeVar("Key")


# A document names its own council in full a few times, and its place or initials often.
WEIGHTS = {Strength.ABBREVIATION: 1.5, Strength.PLACE: 2.0, Strength.ADDRESS: 10.0, Strength.FULL: 3.5}
# Councils name these partners more often than the partners name themselves.
PARTNERS = {"combined_authority": 0.5, "other": 0.5, "integrated_care_board": 0.4}
BODY_ALONE = 0.5  # a place told only by a body or a partner that is named after it
UNLISTED = 0.6  # a principal council that the rules lack: once in passing is not enough
# Characters: what a short line at the top of a paper names is its author more often than its subject.
HEAD = 250
HEADING = 120
HEADLINE = 30.0
FIRST_PAGE = 4000  # characters, of a document without pages
LEAST = 4.0  # below this, a stray mention of a place
LEAST_ALONE = 1.0  # in a cabinet's or a committee's paper that names no other council at all, once is enough
# Whose council is small: no other is named but in passing.
SMALL_BODY = re.compile(r"(?i:(?:annual )?(?:parish|town|community) (?:council|meeting)\b)")
LEAD = 1.5  # how far the best must be ahead of the next


class Councils:
    """An index over councils. Raises TypeError for an entry without id, name, official_name or kind."""

    def __init__(self, entries: Iterable[Mapping[str, Any]]) -> None:
        self.all: tuple[Council, ...] = tuple(from_entry(entry) for entry in entries)
        self._by_id = {council.id: council for council in self.all}
        titles: dict[tuple[str, ...], list[Council]] = defaultdict(list)
        places: dict[tuple[str, ...], list[Council]] = defaultdict(list)
        short: dict[str, list[Council]] = defaultdict(list)
        hosts: dict[str, list[Council]] = defaultdict(list)
        self._designations: dict[str, frozenset[str]] = {}
        for council in self.all:
            self._designations[council.id] = meanings_of(council)
            for name in (council.official_name, council.name, *council.names):
                key = tuple(naming.fold(name).split())
                full = name == council.official_name or TITLE_WORDS.search(" ".join(key))
                _add(titles if full else places, key, council)
            for abbreviation in council.abbreviations:
                _add(short, abbreviation, council)
            for host in hosts_of(council):
                _add(hosts, host, council)
        self._titles = _frozen(titles)
        self._places = _frozen(places)
        self._short = _frozen(short)
        self._hosts = _frozen(hosts)
        self._labels = _frozen(_labels(self._places))
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in (*self._titles, *self._places):
            lengths[key[0]].add(len(key))
        self._lengths = {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}

    def by_name(self, text: str, on: date | None = None) -> Council | None:
        """The council that `text` as a whole names, in full, in short or by initials; None if it is no one.

        `on` prefers the authority in existence that day; without it, those in existence now.
        """
        found = self._short.get(text.strip())
        words = naming.fold(text).split()
        if found is None and words:
            found = self._named(tuple(words))
        if found:
            return _only(_prefer(found, on))
        cut = naming.cut(text)
        for local in self._locals(cut):
            if local.end == len(cut.tokens) and set(cut.folded[: local.start]) <= {"the", "nhs"}:
                return local_council(local)
        return None

    def by_url(self, url: str, on: date | None = None) -> Council | None:
        """The council whose website, meetings site or e-mail domain `url` belongs to; a bare host will do."""
        try:
            parts = urlsplit(url if "//" in url else f"//{url.rpartition('@')[2]}")
            host = (parts.hostname or "").removeprefix("www.").rstrip(".")
        except ValueError:  # "http://[page]" is no address
            return None
        found = self._of_host(host)
        if len(_prefer(found, on)) > 1:
            segment = parts.path.strip("/").split("/")[0].lower()
            found = tuple(c for c in found if segment and segment in (c.democracy_url or "").lower()) or found
        return _only(_prefer(found, on))

    def mentions(self, text: str, on: date | None = None) -> list[Mention]:
        """Every council named in `text`, in order, without overlaps; the longest name wins."""
        words = naming.cut(text)
        found = list(self._addresses(text, on))
        taken = [(mention.start, mention.end) for mention in found]
        local_names = {local.start: local for local in self._locals(words)}
        mention: Mention | None
        reached = floor = 0
        may_begin = [
            at for at, (token, word) in enumerate(zip(words.tokens, words.folded, strict=True))
            if (word in self._lengths or token in self._short) and token[0].isupper()
        ]
        for at in sorted({*may_begin, *local_names}):
            if at < reached:
                continue
            if local := local_names.get(at):
                here = (local_council(local),)
                mention, reached = _made(words, at, local.end, here, Strength.FULL), local.end
            else:
                mention, reached = self._mention(words, at, floor, on)
            if mention:
                floor = reached
                inside = any(start <= mention.start < end for start, end in taken)
                if not inside and not LAWSUIT.search(text, max(0, mention.start - 8), mention.start):
                    found.append(mention)
        return sorted(found, key=lambda mention: mention.start)

    def resolve(
        self, evidence: Sequence[str], urls: Sequence[str] = (), on: date | None = None, body: str | None = None,
        printed: str | None = None,
    ) -> Council | None:
        """The council whose document this is, or None where the evidence does not tell.

        `evidence` is texts of the document, the most telling first (running head, title, first page, the
        rest); `urls` is where it came from; `body` is the body that meets or decides; `printed` is a name in its
        head. A wrong council is worse than none: a place named in passing, or two councils named alike, give None.
        """
        scores = self.scores(evidence, urls, on)
        if printed and (council := self.by_name(printed, on) or _by_form(printed)) is not None:
            known = next((one for one in scores if one.id == council.id), council)
            scores[known] = scores.get(known, 0) + HEADLINE
        small = body is not None and SMALL_BODY.match(body) is not None
        if small:
            scores = {council: score for council, score in scores.items() if council.kind == "parish"}
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0].id))
        alone = (
            body is not None and not small and len(ranked) == 1 and not _is_partner(ranked[0][0])
            and self._plainly_named(evidence, on)
        )
        if not ranked or ranked[0][1] < (LEAST_ALONE if alone else LEAST):
            return None
        if len(ranked) > 1 and ranked[0][1] < LEAD * ranked[1][1]:
            return None
        return ranked[0][0]

    def _plainly_named(self, evidence: Sequence[str], on: date | None) -> bool:
        """Whether a council is named by more than a place's name that may be part of a person's ("Kent Moss") or of an
        address ("County Hall, Worcester")."""
        return any(
            mention.strength >= Strength.ADDRESS
            or not (BESIDE_NAME.search(text[:mention.start]) or BEFORE_NAME.match(text, mention.end))
            for text in evidence for mention in self.mentions(text, on)
            if mention.strength >= Strength.PLACE and not text.endswith(", ", 0, mention.start)
        )

    def scores(
        self, evidence: Sequence[str], urls: Sequence[str] = (), on: date | None = None
    ) -> dict[Council, float]:
        """How much speaks for each council (a sum of weights, no probability)."""
        scores: dict[str, float] = defaultdict(float)
        known = dict(self._by_id)
        for url in urls:
            if council := self.by_url(url, on):
                scores[council.id] += HEADLINE
        for rank, text in enumerate(text for text in evidence if text.strip()):
            headed = False
            grouped: dict[tuple[str, Strength, int], float] = defaultdict(float)
            for mention in self.mentions(text, on):
                for council in mention.councils:
                    known.setdefault(council.id, council)
                    grouped[council.id, mention.strength, len(mention.councils)] += 1
                    if not headed and mention.strength == Strength.FULL and _in_heading(text, mention):
                        headed = True
                        scores[council.id] += HEADLINE / (1 + rank)
            for (council_id, strength, shared), count in grouped.items():
                weight = WEIGHTS[strength] * (1 + math.log2(count)) / shared / (1 + rank)
                unlisted = UNLISTED if council_id.startswith("named-") else 1.0
                if unlisted < 1 and known[council_id].official_name == known[council_id].name:
                    unlisted *= BODY_ALONE
                scores[council_id] += weight * PARTNERS.get(known[council_id].kind, 1.0) * unlisted
        return {known[council_id]: score for council_id, score in scores.items()}

    def _mention(
        self, words: naming.Words, at: int, floor: int, on: date | None
    ) -> tuple[Mention | None, int]:
        """The mention that begins at token `at`, and where to go on; `floor` is the first token not used."""
        if not words.tokens[at][0].isupper():
            return None, at + 1
        for length in self._lengths.get(words.folded[at], ()):
            end = at + length
            if not words.joined(at, end, Join.COMMA):
                continue
            key = tuple(words.folded[at:end])
            if found := self._titles.get(key):
                return _made(words, at, end, _prefer(found, on), Strength.FULL), end
            if found := self._places.get(key):
                return self._place(words, (at, end), floor, found, on)
        if found := self._short.get(words.tokens[at]):
            return _made(words, at, at + 1, _prefer(found, on), Strength.ABBREVIATION), at + 1
        return None, at + 1

    def _locals(self, words: naming.Words) -> Iterator[naming.LocalName]:
        """The parish, town and community councils named, without those that the rules list."""
        telling = {*designations(), *naming.LOCAL_KINDS, "cyngor", "council"}
        for at in [at for at, word in enumerate(words.folded) if word in telling]:
            word = words.folded[at]
            authority = authority_name(words, at)
            if authority and not self._listed(words.folded, authority, at) and not self._own_body(authority):
                yield authority
            if word in naming.LOCAL_KINDS or word in ("cyngor", "council"):
                local = naming.local_name(words, at)
                if local and not self._listed(words.folded, local, at):
                    yield local

    def _own_body(self, local: naming.LocalName) -> bool:
        """Whether it is a body or a partner of one of the rules' councils: "Sefton Pension Board"."""
        beside = naming.called("own_bodies") | naming.called("partners")
        return naming.fold(local.designation) in beside and bool(self._named(tuple(naming.fold(local.place).split())))

    def _listed(self, folded: list[str], local: naming.LocalName, at: int) -> bool:
        """Whether a council of the rules is named within the span ("Officers of Derby City Council")."""
        before = [folded[start : local.end] for start in range(local.start, at + 1)]
        within = [folded[local.start : end] for end in range(at + 1, local.end)]
        return any(self._named(tuple(span)) for span in before + within)

    def _place(
        self,
        words: naming.Words,
        span: tuple[int, int],
        floor: int,
        found: tuple[Council, ...],
        on: date | None,
    ) -> tuple[Mention | None, int]:
        """A place's name with the designation around it; bare, it is weak."""
        start, end = span
        meanings = set()
        if suffix := _suffix(words, end):
            meanings.add(suffix[1])
        prefix = naming.prefix_before(words.folded[floor:start], start - floor)
        if prefix and words.joined(start - prefix[0], start + 1, Join.LINE):
            start -= prefix[0]
            meanings.add(prefix[1])
        fitting = self._fitting(found, meanings)
        if meanings and fitting:
            end += suffix[0] if suffix else 0
            return _made(words, start, end, _prefer(fitting, on), Strength.FULL), end
        if _names_else(words, *span):
            return None, end
        certain = tuple(
            council
            for council in _prefer(found, on)
            if not council.ambiguous and council.existed(on) and council.kind != "integrated_care_board"
        )
        return (_made(words, *span, certain, Strength.PLACE) if certain else None), end

    def _named(self, words: tuple[str, ...]) -> tuple[Council, ...]:
        """The councils that the folded words name, with or without a designation."""
        if found := self._titles.get(words):
            return found
        # "Kent and Medway" alone is two places, not the health body named after them.
        if found := tuple(c for c in self._places.get(words, ()) if c.kind != "integrated_care_board"):
            return found
        for start in range(min(6, len(words))):
            prefix = naming.prefix_before(words, start)
            if start and (not prefix or prefix[0] != start):
                continue
            for end in range(start + 1, len(words) + 1):
                suffix = naming.suffix_after(words, end)
                if end < len(words) and (not suffix or suffix[0] != len(words) - end):
                    continue
                meanings = {part[1] for part in (prefix, suffix) if part}
                fitting = self._fitting(self._places.get(words[start:end], ()), meanings)
                if meanings and fitting:
                    return fitting
        return ()

    def _fitting(self, councils: tuple[Council, ...], meanings: set[str]) -> tuple[Council, ...]:
        """Those that may bear every one of the designations."""
        return tuple(council for council in councils if meanings <= self._designations[council.id])

    def _addresses(self, text: str, on: date | None) -> Iterator[Mention]:
        done = 0
        for mark in HOST_MARK.finditer(text):
            near = max(done, mark.start() - LONGEST_HOST), mark.end() + LONGEST_HOST
            match = HOSTS.search(text, *near) if mark.start() >= done else None
            if match is None:
                continue
            done = match.end()
            host = re.sub(r"\s+", "", match[0]).lower()
            if (council := self.by_url(host, on)) is not None:
                yield Mention(match.start(), match.end(), (council,), Strength.ADDRESS)

    def _of_host(self, host: str) -> tuple[Council, ...]:
        host = host.lower()
        if found := self._hosts.get(host):
            return found
        government = GOVERNMENT.search(host)
        if government and (found := self._hosts.get(government[0])):
            return found
        hosted = government or HOSTED.search(host)
        return self._labels.get(hosted[1].replace("-", ""), ()) if hosted else ()


@lru_cache(maxsize=1)
def known_councils() -> Councils:
    """The index over all councils of the rules, made once in a process."""
    return Councils([*rules.load("councils"), *rules.load("councils_extra")])


def _by_form(printed: str) -> Council | None:
    local = naming.printed_name(printed)
    return local_council(local) if local else None


def _labels(places: Mapping[tuple[str, ...], tuple[Council, ...]]) -> dict[str, list[Council]]:
    """The domain labels that a council's name suggests: `staffordbc`, `hullcc`, `eastsuffolk`."""
    labels: dict[str, list[Council]] = defaultdict(list)
    for key, councils in places.items():
        for council in councils:
            if council.kind == "integrated_care_board":
                continue
            for ending in LABEL_ENDINGS:
                if (ending in ("ca", "cca")) == (council.kind == "combined_authority"):
                    _add(labels, "".join(key) + ending, council)
    return labels


def _add(index: dict[Key, list[Council]], key: Key, council: Council) -> None:
    if key and council not in index[key]:
        index[key].append(council)


def _frozen(index: Mapping[Key, list[Council]]) -> dict[Key, tuple[Council, ...]]:
    return {key: tuple(councils) for key, councils in index.items()}


def _prefer(councils: tuple[Council, ...], on: date | None) -> tuple[Council, ...]:
    """Those in existence on that day, where there are any; a council before a body that is none."""
    there = tuple(council for council in councils if council.existed(on)) or councils
    plain = tuple(c for c in there if c.kind not in ("integrated_care_board", "combined_authority"))
    return plain or tuple(c for c in there if c.kind == "combined_authority") or there


def _only(councils: tuple[Council, ...]) -> Council | None:
    return councils[0] if len(councils) == 1 else None


def _made(
    words: naming.Words, start: int, end: int, councils: tuple[Council, ...], strength: Strength
) -> Mention:
    return Mention(words.starts[start], words.end(end - 1), councils, strength)


def _suffix(words: naming.Words, at: int) -> tuple[int, str] | None:
    """The designation that follows a place's name, as capital words of the same phrase."""
    end = at
    while words.joined(at - 1, end + 1, Join.LINE) and words.tokens[end][0].isupper() and end < at + 4:
        end += 1
    suffix = naming.suffix_after(words.folded[:end], at)
    # "Kent" at a line's end and "Council Tax" on the next are no Kent Council; nor is "Kent Council Tax", nor
    # "Kent Council House", where others may meet.
    plain = suffix == (1, "council")
    after = words.folded[at + 1] if at + 1 < len(words.folded) else ""
    if plain and (words.joins[at] == Join.LINE or after == "tax" or after in naming.BUILDINGS):
        return None
    return suffix


def _names_else(words: naming.Words, start: int, end: int) -> bool:
    """Whether a place's name is here a person's, a street's or a hospital's ("Cllr Kent", "A. Bell (Kent)")."""
    before = words.tokens[start - 1] if start and words.joins[start] == Join.SPACE else ""
    initial = INITIAL.search(words.text, max(0, words.starts[start] - 4), words.starts[start])
    after = words.folded[end] if end < len(words.tokens) and words.joins[end] == Join.SPACE else ""
    before_that = " ".join(words.folded[max(0, start - 2) : start])
    first, last = words.starts[start], words.end(end - 1)
    return bool(
        initial is not None
        or (words.text.endswith("(", 0, first) and words.text.startswith(")", last))  # whose member somebody is
        or before.lower() in naming.PERSONAL_TITLES
        or before_that in naming.SEATS
        or after in naming.STREETS
        or after in naming.INSTITUTIONS
        or (after == "council" and words.folded[end + 1 : end + 2] and words.folded[end + 1] in naming.BUILDINGS)
        or (after == "health" and _ends_name(words, end + 1))
    )


def _is_partner(council: Council) -> bool:
    """Whether it is an authority of many councils' area, whom any of them may name in passing."""
    return council.kind in PARTNERS and not council.id.startswith("named-")


def _in_heading(text: str, mention: Mention) -> bool:
    begins = text.rfind("\n", 0, mention.start) + 1
    ends = text.find("\n", mention.end)
    if PLACE_OF_MEETING.match(text, begins):
        return False
    return mention.start < HEAD and (ends if ends >= 0 else len(text)) - begins <= HEADING


def _ends_name(words: naming.Words, at: int) -> bool:
    """Whether a health body's name ends before this token: "Oxford Health" is one."""
    return not words.joined(at - 1, at + 1, Join.SPACE) or words.folded[at] == "nhs"


def council_of(outline: Outline) -> Council | None:
    """The authority whose paper it is, by its own words and by where it comes from; None where they do not tell."""
    document = outline.document
    index = known_councils()
    on = outline.held_on or outline.published_on
    running = dict.fromkeys(line for page in document.pages for line in page.furniture)
    # A web page's title ends with its site's name: "Agenda and minutes - Cabinet, 4 May - Netherfield Borough Council".
    heads = ["\n\n".join(running), TITLE_PARTS.sub("\n", document.title or "")]
    first = document.pages[1].start if document.paged and len(document.pages) > 1 else FIRST_PAGE
    rest = "\n\n".join([document.text[first:], *document.links])
    # A head that names no council, such as "Page 2 of 9", takes no rank from the first page.
    evidence = [head for head in heads if index.mentions(head, on)]
    urls = [document.source_url] if document.source_url else []
    # A decision's page on a site is a principal council's, though an officer took it.
    body = outline.body or ("Officer" if outline.kind == "decision_notice" else None)
    return index.resolve([*evidence, document.text[:first], rest], urls, on, body, outline.council)


def resolve(outline: Outline) -> str | None:
    """The id of `council_of`."""
    council = council_of(outline)
    return council.id if council else None
