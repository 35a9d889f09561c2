"""Who moved a decision and who seconded it, as printed."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.grammar import expand

OFFICE = (
    r"(?:(?:Right\s+)?(?:Honourable|Worshipful)\s+(?:the\s+)?)?(?:(?:Deputy\s+)?(?:Lord\s+)?(?:Mayor|Provost)"
    r"|Vice[- ](?:Chair(?:man|person)?|Convener)|Chair(?:man|person|woman)?|Convener|(?:Deputy\s+)?Leader)"
)
NAME = expand(
    rf"(?:[Tt]he\s+)?(?:{OFFICE}(?:\s+\(?{{{{person}}}}\)?)?|{{{{person}}}}"
    r"|[A-Z]{2,3}\b|[A-Z](?:\.\s?|\s)[A-Z][\w’'-]+|[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.|[A-Z][\w’'-]+)){0,3})"
)
ASIDE = r"(?:\s*\([^)]{1,80}\)|,\s+[^,.;]{3,80}(?:\sand\s[^,.;]{3,60})?(?:,[^,.;]{3,60})?,)?"
PERSON = expand("{{person}}")
MOVE = r"(?:[Pp]roposed|PROPOSED|[Mm]oved|MOVED|[Pp]rop\b\.?)"
SECOND = r"(?:[Ss]econded|SECONDED|2nd(?:ed)?\b|[Ss]ec\b\.?)"
PROPOSER = (
    rf"(?:{MOVE}(?:\s+as\s+an?\s+[^,.]{{3,40}}?\srecord)?|[Pp]roposal\s+(?:was\s+)?made"
    r"|[Oo]n\s+(?:(?:the|a)\s+)?(?:motion|proposal|proposition)\s+(?:of|by|from)|[Pp]roposer)"
)
SECONDED_BEHIND = (
    rf"[,;.)\s]*(?:and\s+|&\s+|was\s+|duly\s+|it\s+was\s+)*(?:{SECOND}|[Ss]econder)\s*(?:by|BY|:|-|–)?\s*:?\s*"
    rf"(?P<seconder>{NAME})"
)
PATTERNS = tuple(
    re.compile(p)
    for p in (
        rf"^(?:MOTION|AMENDMENT|Motion|Amendment)\s+(?:by|from)\s+(?P<mover>{NAME}){ASIDE},?\s+{SECOND}\s+by\s+(?P<seconder>{NAME})",
        rf"(?P<mover>{NAME}){ASIDE},?\s+(?:formally\s+|then\s+|also\s+)*{MOVE},?\s*(?:and|with)\s+"
        rf"(?P<seconder>{NAME}){ASIDE},?\s*(?:formally\s+)?{SECOND}\b",
        rf"(?P<mover>{NAME}){ASIDE},?\s+(?:duly\s+|formally\s+)?(?:{SECOND}|supported)\s+by\s+(?P<seconder>{NAME}){ASIDE},?\s+(?:then\s+"
        rf"|formally\s+)*(?:{MOVE}|[Pp]roposed)\b",
        rf"{PROPOSER}\s*(?:(?:by|BY)\s*[:–-]?|from|:|-|–)\s*(?P<mover>{NAME}){ASIDE}{SECONDED_BEHIND}",
        rf"(?P<mover>{NAME}){ASIDE}\s+(?:then\s+|formally\s+)?"
        rf"(?:{MOVE})\b[^.:]{{0,120}}?[,;]?\s+\(?{SECOND}\s+by\s+(?P<seconder>{NAME})",
        rf"{PROPOSER}\s*(?P<mover>{NAME}){ASIDE}{SECONDED_BEHIND}",
        rf"\((?P<mover>[A-Z]{{2,3}}|{PERSON})\s*/\s*(?P<seconder>[A-Z]{{2,3}}|{PERSON})\)",
        rf"(?P<mover>{NAME}){ASIDE}\s+{MOVE},?\s+with\s+(?P<seconder>{NAME}){ASIDE}\s+seconding\b",
        rf"(?P<mover>{NAME}){ASIDE}\s+(?:{MOVE})\b[^:]{{0,300}}?\b(?:[Tt]his|[Ii]t)\s+was\s+(?:duly\s+)?{SECOND}\s+by\s+"
        rf"(?P<seconder>{NAME})",
        rf"(?P<mover>{NAME}){ASIDE}\s+(?:{MOVE})\b[^:]{{0,120}}?[,.]\s+{SECOND}\s+(?P<seconder>{PERSON})",
        rf"(?P<mover>{NAME}){ASIDE}\s+(?:then\s+)?(?:{MOVE})\b.{{0,600}}?(?P<seconder>{NAME}){ASIDE}\s+{SECOND}\b",
        rf"(?:{MOVE}|[Pp]roposal\s+was\s+made)\s*(?:by|:)\s*(?P<mover>{NAME}).{{0,600}}?\b{SECOND}\s*"
        rf"(?:by|:)\s*(?P<seconder>{NAME})",
        rf"(?P<mover>{NAME}){ASIDE},?\s+(?:then\s+)?{MOVE}\b(?!\s+by)",
        rf"\b(?:{MOVE}|[Pp]roposer)\s*(?:by|BY|:)\s*(?P<mover>{NAME})",
    )
)
NOMINATIONS = tuple(
    re.compile(p)
    for p in (
        rf"(?P<mover>{NAME}){ASIDE}\s+nominated\b[^.:]{{0,120}}?,?\s+\(?{SECOND}\s+by\s+(?P<seconder>{NAME})",
        rf"\bnominated\s+by\s+(?P<mover>{NAME}){ASIDE}{SECONDED_BEHIND}",
    )
)
TITLED = re.compile(PERSON)
BY_NAME = re.compile(rf",\s+(?P<name>{PERSON}),")
"""Whose office was read for a name: "The Member for Roads, Councillor Hale, moved"."""
AS_AN_AMENDMENT = re.compile(r"^\W*(?:As|By\s+way\s+of)\s+an?\s+(?:\w+\s+)?(?:amendment|motion)\s*,\s*", re.IGNORECASE)
SECONDED_ALONE = re.compile(
    rf"(?:(?:This|It|[Tt]he\s+(?:motion|amendment|proposal))\s+was\s+)?(?:duly\s+)?{SECOND}\s+(?:(?:by|BY)\s*)?:?\s*"
    rf"(?P<behind>{NAME}){ASIDE}\.?$"
    rf"|(?P<before>{NAME}){ASIDE}\s+(?:then\s+|formally\s+|duly\s+|also\s+)*{SECOND}"
    rf"(?:\s+(?:the|this|that|it|his|her|their)\b[^.]{{0,60}})?\.?$"
)
NOT_A_NAME = re.compile(
    r"(?:It|This|That|They|He|She|Members?|Proposed|Moved|Seconded|The|AND|BY|WAS|IT|THE|Which|And|Was|As"
    r"|RESOLVED|Resolved)$"
    r"|.*[’']s$|.*\b(?:Commission|Government|Department|Ministry|Agency|Ltd|Limited|Plan|Officers)$"
    r"|(?:the\s+)?(?:Council|Cabinet|Committee|Amendment|Motion|Following)\b(?!\w)",
    re.IGNORECASE,
)


def nominated_in(text: str) -> tuple[str | None, str | None]:
    """Who nominated somebody for an office and who seconded it, where nobody else was nominated."""
    nominations = [found for pattern in NOMINATIONS for found in pattern.finditer(text)]
    if len(nominations) != 1:
        return None, None
    return clean_name(nominations[0]["mover"]), clean_name(nominations[0]["seconder"])


def people_in(text: str) -> tuple[str | None, str | None]:
    """Mover and seconder that `text` tells, each as printed; None for whoever it does not name."""
    text = AS_AN_AMENDMENT.sub("", text)
    for pattern in PATTERNS:
        found = pattern.search(text)
        while found is not None:
            groups = found.groupdict()
            of_office = BY_NAME.match(text, found.end("mover")) if TITLED.match(found["mover"]) is None else None
            mover = clean_name(of_office["name"] if of_office else groups.get("mover"))
            seconder = clean_name(groups.get("seconder"))
            if mover and (seconder or "seconder" not in groups):
                return mover, seconder
            found = pattern.search(text, found.start("mover") + 1)  # a name may begin within what only looked like one
    return None, None


def seconder_alone(sentence: str) -> str | None:
    """The seconder whom a sentence names and that tells nothing else ("Seconded by Mrs Brook.")."""
    found = SECONDED_ALONE.match(sentence.strip())
    return clean_name(found["behind"] or found["before"]) if found else None


def clean_name(name: str | None) -> str | None:
    """A name without the marks around it; None for words that only look like one."""
    if name is None:
        return None
    name = re.sub(r"\s+", " ", name).strip(" ,.;:")
    return None if not name or NOT_A_NAME.match(name) else name
