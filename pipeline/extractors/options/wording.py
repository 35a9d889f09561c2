"""What the words of a heading, a lead-in or an alternative say, by `rules/options.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from pipeline.extractors.sentences import sentences
from pipeline.needles import Sought
from pipeline.records import OptionStatus
from pipeline.rules import any_of, load

WORDS_TAKEN_UP, AHEAD = 0.6, 0.3
"""Of an alternative's words, the share that a decision for it repeats, and by how much that exceeds the others'."""
PLAIN_WORDS = frozenset({"the", "and", "for", "from", "with", "that", "this", "all", "its", "was", "were", "not"})
FIRST_MARKS = frozenset({"1", "A", "I"})
NUMBER_WORDS = {
    w: str(i)
    for i, w in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1)
}
NAMED = re.compile(
    r"\b(?:options?|models?|alternatives?|proposals?|scenarios?)\s+(?:[-–]\s)?"
    r"((?:(?:\d{1,2}|[A-H]\b)(?:\s*,\s*|\s+and\s+|\s*&\s*|\s+)?)+)", re.I
)
"""The marks of options that a sentence speaks of: "Options 1, 2 and 5"."""
POINTS_BACK = re.compile(
    r"(?:It|This(?: option)?|These|They|Both|Neither|All of these)\b(?! (?:is|was) (?:recommended|proposed) that)"
)
"""A sentence that goes on about the options of the one before."""
PREFERENCE = re.compile(r"\bprefer\w*", re.I)
BETWEEN = r"(?:;\s*(?:(?:or|and)\s+)?|,?\s(?:or|and)\s+|,\s)"
"""What stands between alternatives that a sentence lists, each "to do something"."""
SENTENCE = re.compile(r"(?<!\bCllr\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<=[.;!?])\s+")
POINTS_AT = re.compile(r"\b(?:with|approve[sd]?|adopt(?:ed)?|accept(?:ed)?|agree[ds]?) \((\w{1,2})\)", re.I)
"""A choice by the bare mark ("to proceed with (2)")."""
MOVED = re.compile(r"\b(?:proposed|seconded|moved|motion|amendment)\b", re.I)
CARRIED = re.compile(r"\b(?:carried|resolved|agreed|approved by|unanimous\w*)\b", re.I)
ENTRY = re.compile(r"[A-Z][^.:;–]{2,60}?\s?(?P<mark>[–:])\s+\S")
"""A title and what is said of it."""
TO_DO = re.compile(r"(?:Not to|To)\s(?:not\s)?[a-z]")
OR_TO = re.compile(r";\s+or\s+(?=to\s)")
TAIL = re.compile(r"(?:;\s+or)?\s*$")
LONG = 350
SPEAKS = re.compile(r"option|alternative|course|approach|solution|proposal", re.I)
"""What every heading of options says."""
RUN_IN = re.compile(r"(?P<heading>[^:;]{10,110}?)\s?(?::\s?[-–]?|\s[-–])\s+(?=\S)")
"""A heading that its text follows on the same line."""
JUDGED = re.compile(
    r"\s*(?:,[^,;.]{0,40},\s*)?(?:(?:and|or|&|to(?! (?!be\b|the\b|option)[a-z])|through|be|as(?! \d)|in|at|for|because"
    r"|on|not|should|had|has|having|being)\b"
    r"|only\s(?-i:(?![A-Z]))"
    r"|(?:was|were|is|are|would be|will be)\s(?:\w+ly\s)?(?:an?\s|the\s|also\s|not\s|therefore\s|then\s)*"
    r"(?:prefer|recommend|reject|chosen|agreed|approved|adopted|discount|support|consider|select|dismiss|best|most|least"
    r"|more|less|better|put|carried|lost|moved|favour|ruled|viable|feasible|unviable|option)\w*)",
    re.I,
)
"""Words behind a label that judge the option or merely name it."""
PARAGRAPH_NUMBER = re.compile(r"^\d{1,3}(?:\.\d{1,2})*\s+$")
"""All that stands in front of a label that opens a numbered paragraph ("8 Option 1 – …")."""
ANSWERED = re.compile(r"\b(?:in (?:response|reply|answer) to|replied|answered)\b[^.;]*$", re.I)
"""An answer in which labels come up: it speaks of options which the paper of the item sets out."""
MENTION = 8
"""Characters behind a label that set nothing out."""
LEADS_ON = re.compile(r"\s(?:Under|With|In|By)\s*$")
"""A word in front of a label that belongs to what follows it ("Under Option 2 both would close")."""
INTRODUCES = re.compile(
    r"[:–-]\s*$|\b(?:below|follows|listed|discussed|identified|considered)\b[^.]{0,25}\.?$|\bbelow\b", re.I
)
FOLLOWS_LABEL = re.compile(r"\s*(?:,\s(?:to|that)\b|[-–—:.)]|\([^)]*\)\s*(?:[-–—:.]|$)|$|[A-Z‘“'\"])")


@dataclass(slots=True, frozen=True)
class LabelFound:
    """A printed option label: where it stands, as printed, its mark folded for comparison."""

    start: int
    end: int
    printed: str
    mark: str


@cache
def compiled(group: str) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Patterns of a group, each with its value and its rule's id."""
    return tuple(
        (re.compile(rule["pattern"], re.I), str(rule.get("value", "")), rule["id"]) for rule in load("options")[group]
    )


def told(group: str, text: str) -> tuple[str, str] | None:
    """Value and rule of the first pattern of a group that is found in `text`."""
    for sought, value, rule in _sought(group):
        if sought.search(text):
            return value, rule
    return None


@cache
def _sought(group: str) -> tuple[tuple[Sought, str, str], ...]:
    return tuple((Sought(pattern), value, rule) for pattern, value, rule in compiled(group))


def heading_status(text: str) -> tuple[OptionStatus, str] | None:
    """What a heading makes of the options under it; None where it is no heading of options."""
    found = told("headings", text.strip()) if len(text) < 160 and SPEAKS.search(text) else None
    return (cast(OptionStatus, found[0]), found[1]) if found else None


def headed(text: str) -> tuple[tuple[OptionStatus, str], int] | None:
    """A statutory heading and, on its line, the first alternative: its status and where its words begin."""
    cut = RUN_IN.match(text)
    if cut is None or not text[cut.end() :].strip():
        return None
    found = heading_status(cut["heading"])
    return (found, cut.end()) if found and found[1] == "options.statutory" else None


def lead_status(text: str) -> tuple[OptionStatus, str] | None:
    """The same for a sentence that introduces a list of options: the last sentence of a paragraph."""
    last = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text.strip())[-1]
    if not INTRODUCES.search(last):
        return None
    for pattern, value, rule in reversed(compiled("leads")):
        if pattern.search(last):
            return cast(OptionStatus, value), rule
    return None


def opens_alternative(text: str) -> int:
    """One more than the offset of the first sentence of a paragraph that speaks of an alternative; 0 for none.

    Where that only goes on about what stands before it ("Let one contract. This was rejected"), that opens it."""
    at = before = 0
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text):
        start = text.index(sentence, at)
        if told("alternatives", sentence) or told("openers", sentence):
            return (before if POINTS_BACK.match(sentence) else start) + 1
        before, at = start, start + len(sentence)
    return 0


def opens_one_more(text: str) -> bool:
    """Whether a paragraph begins as a thing to do, so that it is an alternative of its own beside another."""
    return told("openers", text) is not None


def names_another(text: str, mark: str) -> bool:
    """Whether a text names a labelled option other than that of a mark."""
    return any(mark_of(match["mark"]) != mark for match in _label_pattern().finditer(text))


def parts_of(text: str) -> list[tuple[int, int]]:
    """Start and end of each alternative of a paragraph: a sentence with a verdict of its own begins a new one."""
    cuts = [0, *(m.end() for m in OR_TO.finditer(text))]
    at = 0
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text):
        at = text.index(sentence, at)
        one_more_to_do = TO_DO.match(text) and TO_DO.match(sentence)
        if at and (one_more_to_do or tells_further(sentence)):
            cuts.append(at)
    cuts.sort()
    return [(a, len(TAIL.sub("", text[:b]))) for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def inline_list(text: str) -> list[tuple[int, int, str]]:
    """Start, end and mark of the alternatives that a sentence lists, behind a colon or by numbers in brackets."""
    for pattern, _, _ in _sought("inline"):
        found = pattern.search(text)
        if found:
            offset = found.start("list")
            return [
                (offset + m.start(1), offset + m.end(1), "")
                for m in re.finditer(rf"(?:^|{BETWEEN})(to\s.+?)(?={BETWEEN}to\s|$)", found["list"])
            ]
    for pattern, _, _ in _sought("listed_behind"):
        found = pattern.search(text)
        if found:
            return _counted(text, found.start("list"))
    for pattern, _, _ in _sought("given_to"):
        found = pattern.search(text)
        if found:
            parts = re.finditer(r"(?:^|,?\s+and to\s+)(.+?)(?=,?\s+and to\s|$)", found["list"])
            return [(found.start("list") + m.start(1), found.start("list") + m.end(1), "") for m in parts]
    for pattern, _, _ in _sought("counted_inline"):
        found = pattern.search(text)
        if found:
            offset = found.start("list")
            listed = list(re.finditer(r"(?:^|;\s+(?:and |or )?)([^;]+)", found["list"]))
            if len(listed) == int(NUMBER_WORDS[found["count"].lower()]):
                return [(offset + m.start(1), offset + m.end(1), "") for m in listed]
    for pattern, _, _ in _sought("numbered_inline"):
        found = pattern.search(text)
        if found:
            offset = found.start("list")
            pieces = re.finditer(r"\((\w{1,3})\)\s+(.+?)(?=[,;]?\s+(?:and\s+|or\s+)?\(\w{1,3}\)\s|$)", found["list"])
            return [(offset + m.start(2), offset + m.end(2), m[1]) for m in pieces]
    return _announced(text)


def _announced(text: str) -> list[tuple[int, int, str]]:
    """Start and end of each sentence behind one that says how many alternatives follow, where so many do."""
    [(pattern, _, _)] = _sought("announced")
    found = pattern.search(text)
    if found is None:
        return []
    lead, *told_of = sentences(text)
    told_of = [(a, b) for a, b in told_of if not POINTS_BACK.match(text[a:b])]
    counted = found.end() <= lead[1] and int(NUMBER_WORDS[found["count"].lower()]) == len(told_of)
    return [(a, b, "") for a, b in told_of] if counted else []


def _counted(text: str, start: int) -> list[tuple[int, int, str]]:
    """Start, end and number of what is counted "1. …, 2. …" from `start` to the end of a text."""
    marks: list[re.Match[str]] = []
    for match in re.finditer(r"(?<!\S)(\d{1,2})[.)]\s+(?=\S)", text[start:]):
        if int(match[1]) == len(marks) + 1:
            marks.append(match)
    ends = [mark.start() for mark in marks[1:]] + [len(text) - start]
    return [(start + mark.end(), start + end, mark[1]) for mark, end in zip(marks, ends, strict=True)]


def told_in_passing(text: str) -> int | None:
    """Offset of the sentence of a paragraph that tells an alternative with its verdict; None where none does."""
    for start, end in sentences(text):
        if tells_further(text[start:end]):
            return start
    return None


def tells_further(text: str) -> bool:
    """Whether a sentence or paragraph tells one more alternative with its verdict."""
    return any(pattern.match(text) for pattern, _, _ in compiled("further"))


def says_one_more(text: str) -> bool:
    """Whether a paragraph says itself, in its first words, that it tells one more alternative."""
    return any(pattern.match(text) for pattern, _, rule in compiled("further") if rule == "options.another")


def titled_alike(text: str, first: str) -> bool:
    """Whether a paragraph opens with a title as the first alternative does ("Do nothing – …", "Demolition – …")."""
    mine, its = ENTRY.match(text), ENTRY.match(first)
    return mine is not None and its is not None and mine["mark"] == its["mark"]


def titles_alternative(text: str) -> bool:
    """Whether a heading names an alternative by itself ("Do nothing", "Do minimum")."""
    return told("minimum", text) is not None or is_do_nothing(text)


def votes_for(text: str) -> int | None:
    """How many votes an option won, where that is all that its words say."""
    for pattern, _, _ in compiled("votes"):
        found = pattern.match(text)
        if found:
            return int(found["votes"])
    return None


def tells_alternative(text: str) -> bool:
    """Whether a paragraph tells an alternative; a long one only where it says that something was turned down."""
    opens = opens_alternative(text)
    if not opens:
        return False
    short = len(text) < LONG or (opens == 1 and told("openers", text) is not None)
    return short or is_do_nothing(text) or told("rejected", text) is not None


@lru_cache(maxsize=1)
def _label_pattern() -> re.Pattern[str]:
    [(pattern, _, _)] = compiled("labels")
    return re.compile(rf"(?<![A-Za-z])(?i:{pattern.pattern})")


def labels_in(text: str) -> list[LabelFound]:
    """Every label in `text` behind which an alternative is set out ("Option 2 – …", "Option 2" alone).

    "Option 2 was preferred" merely mentions one: a lower-case word follows.
    """
    found = []
    for match in _label_pattern().finditer(text):
        after = FOLLOWS_LABEL.match(text, match.end())
        before = PARAGRAPH_NUMBER.sub("", text[: match.start()])
        opens = not before or before.rstrip()[-1:] in ".:;)•-–"
        if after and opens and match["name"][-1:].lower() != "s" and not _ends_sentence(text, match.end()):
            found.append(LabelFound(match.start(), match.end(), match[0].strip(), mark_of(match["mark"])))
    return found


def series_in(text: str) -> list[LabelFound]:
    """Labels that count up within a paragraph, something being told of each ("Option 1 a freeze; Option 2 a rise").

    Where most are only judged ("Option 1 was rejected") nothing is set out.
    """
    found: list[LabelFound] = []
    for match in _label_pattern().finditer(text):
        mark = mark_of(match["mark"])
        if match["name"][-1:].lower() == "s" or (found and not follows(mark, found[-1].mark)):
            continue
        if found or mark in FIRST_MARKS:
            found.append(LabelFound(_opening_of(text, match), match.end(), match[0].strip(" )"), mark))
    if len(found) < 2 or ANSWERED.search(text[: found[0].start]):
        return []
    ends = [label.start for label in found[1:]] + [len(text)]
    told_of = [
        len(text[label.end : end].strip()) > MENTION and not JUDGED.match(text, label.end)
        for label, end in zip(found, ends, strict=True)
    ]
    return found if all(told_of) else []


def _opening_of(text: str, label: re.Match[str]) -> int:
    """Where the alternative opens that a label names: at the label, or at the sentence that ends in it in brackets
    ("No change (Option 1) would leave a gap")."""
    if text[: label.start()][-1:] != "(":
        return label.start()
    return max((end.end() for end in SENTENCE.finditer(text, 0, label.start())), default=0)


def follows(mark: str, before: str) -> bool:
    """Whether a folded mark comes right behind another ("2" behind "1", "C" behind "B")."""
    if mark.isdigit() and before.isdigit():
        return int(mark) == int(before) + 1
    return len(mark) == len(before) == 1 and ord(mark) == ord(before) + 1


def judges(text: str) -> bool:
    """Whether a paragraph begins with a label of which it only says how it fared ("Option 1 was rejected as …")."""
    match = _label_pattern().match(text)
    return match is not None and JUDGED.match(text, match.end()) is not None


def loose_label(text: str) -> LabelFound | None:
    """The label at the start of a line behind which words go on in lower case ("option 1 leave the fence")."""
    match = _label_pattern().match(text)
    if match is None or match["name"][-1:].lower() == "s" or JUDGED.match(text, match.end()):
        return None
    return LabelFound(0, match.end(), match[0].strip(), mark_of(match["mark"]))


def _ends_sentence(text: str, at: int) -> bool:
    """Whether the label closes a sentence ("Members favoured the change: Option 2.")."""
    return at < len(text) and text[at] == "." and not text[at + 1 :].strip()


def mark_of(mark: str) -> str:
    """A mark folded: number words as figures, letters in capitals."""
    return NUMBER_WORDS.get(mark.lower(), mark.upper())


def is_none(text: str) -> bool:
    """Whether the text only says that there were no alternatives, or that they stand elsewhere."""
    return told("none", text.strip()) is not None


def is_do_nothing(text: str) -> bool:
    """Whether an alternative means no change of any kind: its opening words say so."""
    return any(pattern.search(text[:70]) for pattern, _, _ in compiled("do_nothing"))


def own_status(text: str) -> OptionStatus | None:
    """preferred or rejected, where the alternative's own words say so: the first sentence that judges does.

    A sentence that says both ("preferred, though the Forum rejected it") prefers."""
    prefers, rejects = told("preferred", text), told("rejected", text)
    if not (prefers and rejects):
        return "preferred" if prefers else "rejected" if rejects else None
    for start, end in sentences(text):
        sentence = text[start:end]
        if told("preferred", sentence):
            return "preferred"
        if told("rejected", sentence):
            return "rejected"
    return None


def chosen_marks(
    text: str, decided: bool = False, settled: bool = False, among: frozenset[str] | None = None
) -> set[str]:
    """Marks of the options that a sentence chooses ("That Option 4 be approved"), of those `among` which it may.

    Several count only where one sentence chooses them together; sentences that choose differently cancel out.
    With `decided` a mere preference, which may be anybody's, does not count; with `settled` only words by which a
    body settles the matter do.
    """
    found: list[set[str]] = []
    for sentence in SENTENCE.split(text) if _marks_in(text, among) else ():
        marks = _marks_in(sentence, among)
        if not marks or MOVED.search(sentence) and not CARRIED.search(sentence):
            continue  # what somebody moved is not yet chosen
        told_of = PREFERENCE.sub("", sentence) if decided else sentence
        if settled and not told("decides", sentence):
            continue
        if told("choices", told_of) and not told("rejected", sentence) and not told("undecided", sentence):
            found.append(marks)
    together = set().union(*found)
    return together if together in found else set()


def _marks_in(text: str, among: frozenset[str] | None) -> set[str]:
    """The marks of options that a text speaks of, of those `among` which they may be."""
    marks = {mark_of(m["mark"]) for m in _label_pattern().finditer(text)}
    marks |= {mark_of(mark) for mark in POINTS_AT.findall(text)}
    return marks if among is None else marks & among


def _stems(text: str) -> set[str]:
    return {word[:4] for word in re.findall(r"[a-z]{3,}|\d[\d.,]*\d|\d", text.lower()) if word not in PLAIN_WORDS}


def share_taken_up(alternative: str, decision: str) -> float:
    """The share of an alternative's words that a decision repeats, 0 where it repeats fewer than two."""
    words = _stems(alternative)
    shared = words & _stems(decision)
    return len(shared) / len(words) if len(shared) > 1 else 0.0


def chosen_by_words(alternatives: list[str], decision: str) -> int | None:
    """Index of the alternative that a decision takes up in its own words; None where several or none may be meant."""
    decided = _stems(decision)
    shares = [len(words & decided) / len(words) if (words := _stems(text)) else 0.0 for text in alternatives]
    best = max(shares, default=0.0)
    rest = sorted(shares)[-2] if len(shares) > 1 else 1.0
    return shares.index(best) if best >= WORDS_TAKEN_UP and best - rest >= AHEAD else None


def rejected_marks(text: str) -> set[str]:
    """Marks of the options that a sentence turns down ("Options 1, 2 and 5 were rejected"; "Option 2 saves some money.
    It is not recommended")."""
    marks: set[str] = set()
    before: set[str] = set()
    for sentence in SENTENCE.split(text):
        named = marks_named(sentence)
        if told("rejected", sentence):
            marks |= named or (before if POINTS_BACK.match(sentence) else set())
        before = named or (before if POINTS_BACK.match(sentence) else set())
    return marks


def marks_named(sentence: str) -> set[str]:
    """Marks of the options that a sentence names ("Options 1, 2 and 5")."""
    return {mark_of(m) for listed in NAMED.findall(sentence) for m in re.findall(r"\d{1,2}|[A-H]\b", listed)}


WHY = re.compile(
    r"\b(?:because|since|due to|owing to"
    r"|(?<!such )(?<!well )as (?=(?:it|this|they|that|there|the|we|no|its|these|those)\b)"
    r"|on (?:the )?(?:grounds?|account) of|reasons? for (?:rejection|rejecting it|discounting it)\s?[:–-])",
    re.I,
)
"""What leads to a reason within the words of an alternative."""


GOES_ON = re.compile(
    r"(?:This|It|That|These|Such|Doing so|There|However|The (?:\w+ )?(?:cost|risk|benefit|\w*advantage))s?\b"
)
"""How a sentence begins that says what is for or against the alternative of the one before."""


def own_reason(text: str) -> str | None:
    """The reason that an alternative's own words give for its fate ("… but rejected as it would …"), or what they say
    of its effects in further sentences ("This would leave …"), verbatim."""
    why = WHY.search(text) if own_status(text) else None
    if why is not None:
        return text[why.start() :].strip()
    for start, end in sentences(text)[1:]:
        sentence = text[start:end]
        if GOES_ON.match(sentence) and own_status(sentence) is None:
            return text[start:].strip()
    return None


def before_furniture(reasons: str) -> str:
    """The reasons up to the first label line of the page ("Publication date: ..."), which gives none."""
    label = any_of("options", "furniture").search(reasons) if ":" in reasons else None
    return reasons if label is None else reasons[: label.start()].rstrip()


def speaks_of(text: str, mark: str) -> bool:
    """Whether a block behind the last alternative of a set, of that mark, still speaks of it."""
    named = marks_named(text)
    return mark in named if named else any_of("options", "speaks_of_it").match(text.strip()) is not None
