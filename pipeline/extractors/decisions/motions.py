"""Motions and amendments: who moves what, and what becomes of it.

A motion that is carried and then printed as a resolution is one decision, the resolution; it only lends it movers
and votes. One that falls is a decision of its own kind. A vote belongs to what it was taken on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.extractors.decisions.draft import Extent, Votes
from pipeline.extractors.decisions.grammar import first_match
from pipeline.extractors.decisions.people import NAME, clean_name, people_in

VERB = re.compile(
    r"\b(?:seconded|(?<!\bbe )moved"
    r"|(?<!\bbe )(?<!\bthe )(?<!\ba )(?<!\bany )(?<!\bthis )(?<!['’]s )(?<!\bits )(?<!\btheir )proposed)\b",
    re.IGNORECASE,
)
ONLY_NAMES = re.compile(
    r"^(?!.*:\s*[“\"]?(?:That|To)\b)"
    r"[\[(]?\s*(?:Proposed|Proposer|Prop\b|Moved|MOVED|PROPOSED)\.?\s*(?:by\b|BY\b)?(?:[^.]|\b(?:Cllr|Mrs?|Ms|Dr)\.){0,90}\.?$"
)
PROPOSED_AND_SECONDED = re.compile(
    r"\b(?:proposed|moved|PROPOSED|MOVED)\s+(?P<text>(?!(?:and|by|as\s+an?|the\s+(?:motion|recommendations?|report)|an?\s+"
    r"(?:motion|amendment))\b|(?:Cllr|Councillor|Mr|Mrs|Ms)\.?\s[\w’' -]{2,30},?\s+[Ss]econded\b)[A-Za-z]"
    r"(?:[^.:;]|\b(?:Ltd|Co|No)\.){8,300}?)[,;]?\s+"
    r"(?:and\s+)?(?:this\s+was\s+)?(?:(?:Cllr|Councillor|Mr|Mrs|Ms)\.?\s+"
    r"(?:[A-Z]\.?\s)?[\w’'-]+\s+seconded|(?:[Ss]econded|SECONDED)\s+(?:by\b|(?=(?:Cllr|Councillor|Mr|Mrs|Ms)\b)))",
)
"""A proposal told in running text, with its seconder at its end."""
QUOTED_WORDS = re.compile(r":?\s*[“\"]\s*(?:That|This)\b")
"""The words of a motion in quotes."""
SECONDED_FIRST = re.compile(r"seconded\s+by\b(?:(?!\bthat\b).)*\b(?:moved|proposed)\b")
"""The seconder stands before the verb ("Mr Hale, seconded by Ms Brook, moved that")."""
NOT_PUT = re.compile(
    r"\b(?:proposed|moved)\s+(?:changes?|new|works?|scheme|development|budget"
    r"|amendments?\s+to\s+the\s+plan|this\s+item|the\s+item|up\s+the)\b|\bwas\s+proposed\s+to\b",
    re.IGNORECASE,
)
TEXT = re.compile(
    r",\s+(?=to\s+(?:add|amend|insert|delete|replace|remove|include)\b)|(?<=proposal\s)to\b|(?<=motion\s)to\b|\bthat\b(?=\s*[:;]?\s*[“\"']?\s*[\w£]|\s*[:;]?-?\s*$)|:\s*[-–—]?|[“\"]",
    re.IGNORECASE,
)
BY_NAME = re.compile(r"(?:motion|amendment)\s+(?:by|from)\b", re.IGNORECASE)
BY_NAME_TEXT = re.compile(r"\b(?:to|that)\b(?=\s+[a-z])")
"""What is moved, where a line begins with "MOTION by ...": its verb follows the seconder's name."""
MOVING = re.compile(
    rf"\b[Ii]n\s+(?:[Mm]oving|[Pp]roposing)\s+an\s+amendment\b[^,:;]{{0,40}},?\s+(?P<mover>{NAME})"
    r"\s+(?:said|stated|proposed|asked|suggested|explained)\s+that\s+"
)
"""An amendment that is told in its mover's speech."""
DEED = re.compile(
    r"\s+(?=[A-Z][\w’'. -]{2,40}\s(?:as|for|to\s+be)\s+(?:the\s+)?(?:Chair|Vice|Deputy|Mayor|Leader|Convener)"
    r"|(?:[a-z]+ing|acceptance|approval|adoption|grant|refusal|deferral|rejection|[Oo]ption\s\w+)\b|[Oo]ption\s\(|£\s?\d)"
)
"""The same, where what is moved is a deed or a sum: "proposed buying two", "proposed £32 a year"."""
DIRECT = re.compile(
    r"\s+(?=an?\s+(?!(?:\w+\s+)?(?:amendment|motion|proposal|proposition|vote|friendly|named|recorded|counter)\b)[a-z])"
)
"""The words of a motion right behind the verb: "moved a rise of 3%"."""
WHAT_LIES_BEFORE = re.compile(
    r"\s+(?:the\s+(?:adoption\s+of\s+the\s+)?(?:report|recommendations?|motion|budget|resolution|proposals?)|adoption)\b",
    re.IGNORECASE,
)
"""What somebody moves that stands in the papers: its words are not told again."""
OUTCOME_SUBJECT = re.compile(
    r"\b(?:motion|amendment|proposal|proposition|vote|voting|hands|change|division)\b[^.;]{0,110}?"
    r"\b(?:was|were|been|declared|therefore|then|fell|falls|it|and|which|accepted|agreed)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
"""What an outcome is told of, before the word that tells it."""
TALK = re.compile(
    r"\b(?:said|felt|argued|asked|hoped|urged|explained|would|if|stated|commented|considered|noted"
    r"|believed|whether|should)\b"
)
ALL_FOR = re.compile(r"^(?:All|Everyone|This|It|Unanimous\w*|Councillors|Members)\b", re.IGNORECASE)
POINTED = re.compile(
    r"\bput\b.*?\b(?:motion|amendment)\b.*?\bparagraph\s+\(?(?P<number>\d{1,2}|[a-z])\b", re.IGNORECASE
)
"""Which motion is put, where minutes number their paragraphs."""
SHORT_PROPOSAL = 200
"""Characters of a sentence that proposes a deed and does not say "that"."""
DECLARED = re.compile(
    r"\bdeclared\s+(?:the\s+|that\s+the\s+)?(?:substantive\s+)?(?:motion|amendment|proposal)\b"
    r"|\b(?:accepted|agreed\s+to)\s+the\s+amendment\b",
    re.IGNORECASE,
)
"""An outcome that stands behind what it is told of: "declared the amendment lost"."""
ALONE = re.compile(
    r"^\(?(?:the\s+)?(?:substantive\s+)?(?:motion|amendment|vote)?\s*(?:was\s+|were\s+|is\s+)?"
    r"(?:therefore\s+|duly\s+|unanimously\s+|declared\s+|accordingly\s+)*"
    r"(?:(?:not\s+)?carried|lost|fell|agreed|defeated|passed|withdrawn|all\s+in\s+favour)(?:\s+unanimously"
    r"|\s+nem\.?\s?con)?\b.{0,120}$",
    re.IGNORECASE,
)
SAME_BREATH = re.compile(
    r",?\s*(?:(?:and|which|;)\s+)+(?:it\s+|this\s+|was\s+|on\s+being\s+put\s+[\w ]{0,30}\s+"
    r"|a\s+vote\s+[\w ]{0,20}\s+)*(?:unanimously\s+|duly\s+)*(?:agreed|carried|approved|resolved"
    r"|all\s+in\s+favour)\b.*$|,\s*(?:Cllr|Councillor|Mr|Mrs"
    r"|Ms)\.?\s[\w’' .-]{2,40}\sseconded.*$|,?\s*(?:unanimous\s+approval|all\s+in\s+favour)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
VOTE_LINE = re.compile(
    r"^Those\s+(?:voting|abstaining|VOTING|ABSTAINING)\b[^:]{0,60}:"
    r"|^\(?(?:\d{1,3}|No|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve)\s+(?:votes?\s+)?"
    r"(?:in\s+favour|for|FOR)\b[,;]?\s[^.]{0,80}\b(?:against|abst\w*)"
    r"|^\(?(?:(?:For|FOR|In\s+favour|IN\s+FAVOUR|Against|AGAINST)(?:\s+(?:of\s+)?the\s+(?:\w+\s+)?(?i:motion"
    r"|amendment|proposal|recommendations?|resolution)(?:\s+by\s[\w .’'-]{3,50}?)?)?|Abst\w*|ABST\w*|Ayes|Noes"
    r"|Declined\s+to\s+vote|(?:Recorded\s+|Named\s+)?(?:Voting|Votes?)(?:\s+(?:recorded|cast|record))?)"
    r"\b\s*(?:[:(–-]|\d{1,3}\b(?=\s*(?:votes?)?\s*(?:$|[,;.])))"
    r"|^(?:YES|Yes|NO|No)\s*[:(–-]\s*\(?\d{1,3}\b"
    r"|^(?:The\s+)?(?:Motion|Amendment)\s*(?:[:(–-]\s*\(?\d{1,3}\)?\s*(?:votes?)?|\d{1,3}\s+votes?)\s*\.?$"
)
NAMED_VOTE_LINE = re.compile(VOTE_LINE.pattern, re.IGNORECASE)
NAMED_VOTE = re.compile(r"\(?(?:recorded|named)\s", re.IGNORECASE)
"""What opens a line of votes whose capitals do not matter."""


@dataclass(slots=True)
class Motion:
    """A motion or amendment that was put. `text_start` is where its words begin, None where they are not printed."""

    index: int
    mover: str | None
    seconder: str | None
    amendment: bool
    text_start: int | None
    text_limit: int | None = None
    """Offset at which its words end, where they stand in the sentence itself."""
    last: int = -1
    """The passage that names its movers, where it stands below its words."""
    said: int = -1
    """Offset of the sentence that puts it."""
    told: bool = False
    """Whether it has no words of its own, so that the telling of it is all there is."""
    deed: str = ""
    """What is moved, where it is told as a deed and not as words that could be resolved: "proposed a rise of 5%"."""
    extent: Extent | None = None
    outcome: str = ""
    outcome_word: str = ""
    votes: Votes = field(default_factory=Votes)
    used: bool = False


def motion_in(sentence: str, index: int, offset: int, *, ends_passage: bool) -> Motion | None:
    """The motion that a sentence puts; `offset` is where the sentence begins in the document. None without one."""
    argued = MOVING.search(sentence)
    if argued is not None and (mover := clean_name(argued["mover"])):
        return Motion(index, mover, None, True, offset + argued.end(), offset + len(sentence), said=offset)
    verbs = list(VERB.finditer(sentence))
    if not verbs or NOT_PUT.search(sentence):
        return None
    mover, seconder = people_in(sentence)
    if mover is None:
        return None
    seconds = [v for v in verbs if v[0].lower() == "seconded"]
    verb = verbs[-1] if SECONDED_FIRST.search(sentence) else (seconds or verbs)[0]
    text = (BY_NAME_TEXT if BY_NAME.match(sentence) else TEXT).search(sentence, verb.end())
    between = PROPOSED_AND_SECONDED.search(sentence)
    if between is not None and len(between["text"]) > 8 and not ends_passage_open(sentence):
        motion = Motion(index, mover, seconder, False, offset + between.start("text"), offset + between.end("text"))
        if not between["text"].lower().startswith("that"):
            motion.text_start, motion.text_limit = offset, offset + len(sentence)
            motion.deed = between["text"]
        told = SAME_BREATH.search(sentence, between.end("text") + 4)
        if told:
            motion.outcome, motion.outcome_word = _told_in(told[0])
        return motion
    amendment = re.search(r"\bamendment\b", sentence[: text.end() if text else None], re.IGNORECASE) is not None
    deed = DEED.match(sentence, verb.end()) if seconder is None and len(sentence) < SHORT_PROPOSAL else None
    if deed is not None and text is None and not amendment:
        return Motion(
            index, mover, None, False, offset, offset + len(sentence), said=offset, deed=sentence[deed.end() :]
        )
    quoted = text is not None and QUOTED_WORDS.match(sentence, text.start()) is not None
    if seconder is None and text is None and WHAT_LIES_BEFORE.match(sentence, verb.end()):
        return Motion(index, mover, None, False, None)
    if seconder is None and (text is None or text[0].lower() != "that") and not (amendment or quoted):
        return None
    outcome = SAME_BREATH.search(sentence, verb.end())
    after_outcome = re.match(r"[^:“\"]{0,120}:\s*[“\"]?\s*(?=\S)", sentence[outcome.start() :]) if outcome else None
    if outcome and after_outcome and len(sentence) - outcome.start() - after_outcome.end() > 20:
        motion = Motion(index, mover, seconder, amendment, offset + outcome.start() + after_outcome.end())
        motion.outcome, motion.outcome_word = outcome_of(after_outcome[0]) or ("carried", "carried")
        return motion
    limit = outcome.start() if outcome else len(sentence)
    start = _text_start(sentence, text, verb.end())
    direct = DIRECT.match(sentence, verb.end()) or (DEED.match(sentence, verb.end()) if text is None else None)
    if direct is not None and seconder is not None:
        start = direct.end()
    inline = start is not None and sentence[start:limit].strip(' :“"-–—').lower() not in ("", "that")
    if ONLY_NAMES.match(sentence) and (text is None or text[0].lower() != "that"):
        return Motion(index, mover, seconder, amendment, None)
    if text is None and not ends_passage and not inline:
        return Motion(index, mover, seconder, amendment, None)
    motion = Motion(index, mover, seconder, amendment, None)
    if inline and start is not None:
        motion.text_start = offset + start
        motion.text_limit = offset + limit if outcome or not ends_passage else None
    elif ends_passage and (
        text is not None or re.search(r"(?:motion|amendment|proposal|follow\w*|seconded)\s*\.?$", sentence.strip())
    ):
        motion.text_start = offset + len(sentence)
    if outcome:
        motion.outcome, motion.outcome_word = _told_in(outcome[0])
    return motion


def _told_in(words: str) -> tuple[str, str]:
    """The outcome told in the breath that names the seconder ("and resolved", "and unanimously agreed")."""
    if re.search(r"\bresolved\b", words, re.IGNORECASE):
        return "carried", "resolved"
    return outcome_of(words) or ("carried", "carried")


def ends_passage_open(sentence: str) -> bool:
    """Whether the words of the motion are still to come."""
    return re.search(r"(?::|\bthat|motion|amendment|following)\s*[-–]?$", sentence.strip(), re.IGNORECASE) is not None


def _text_start(sentence: str, text: re.Match[str] | None, after: int) -> int | None:
    if text is None:
        return None
    if text[0].lower() == "to":
        return text.start()
    if text[0].lower() != "that":
        return text.end()
    following = re.match(r"\s*[:;]?\s*[-–]?\s*[“\"]", sentence[text.end() :])
    return text.end() + following.end() if following else text.start()


def outcome_of(sentence: str) -> tuple[str, str] | None:
    """What became of a motion, and the word that says it; None where the sentence tells no outcome."""
    found = first_match("outcomes", sentence)
    return (found[0].get("outcome"), found[1][0].lower()) if found else None


def tells_outcome(sentence: str, *, alone: bool) -> tuple[str, str] | None:
    """The outcome that a sentence tells of a motion that was put before it. `alone`: it is all of its paragraph."""
    text = sentence.strip()
    if ALONE.match(text) or re.match(r"^\(?Agreed\s+unanimously", text) or (len(text) < 120 and ALL_FOR.match(text)):
        return outcome_of(sentence)
    if TALK.search(sentence):
        return None
    found = first_match("outcomes", sentence)
    told = sentence[: found[1].end()] if found is not None else ""
    if found is None or not (OUTCOME_SUBJECT.search(told) or DECLARED.search(told)):
        return None
    return found[0].get("outcome"), found[1][0].lower()


def is_vote_line(text: str) -> bool:
    """Whether a passage prints counts of a vote."""
    return (NAMED_VOTE_LINE if NAMED_VOTE.match(text) else VOTE_LINE).match(text) is not None
