"""Roll calls: the names of those who voted each way. Where no number is printed, the names are counted."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.draft import Votes

HEAD = re.compile(
    r"\b(?P<what>(?:Those\s+)?(?:[Vv]oting\s+)?(?:For|FOR|In\s+[Ff]avour|IN\s+FAVOUR|Ayes|AYES|Against|AGAINST|Noes|NOES"
    r"|Abst[a-z]+|ABST[A-Z]+))(?:\s+the\s+(?i:motion|amendment|proposal|recommendations?)|\s+from\s+voting)?"
    r"\s*(?::\s*[-–]?|[–-])\s*(?:(?:Councillors?|Cllrs?|Members|Messrs)\.?\s*:?\s+)?",
)
NAME = re.compile(
    r"(?:(?:Councillor|Cllr|Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Alderman|Ald|the\s+(?:Mayor|Chair\w*|Convener))\.?\s*)?"
    r"(?:(?:[A-Z]\.?\s?){0,3}(?:[A-Z]|O[’'])[\w’'-]+(?:\s+(?:[A-Z]\.?\s?)?[A-Z][\w’'-]+){0,3}(?:\s+[A-Z]{1,2})?)?"
    r"(?:\s*\([A-Za-z .,]+\))?"
)
NOBODY = re.compile(r"(?:none|nil|nobody|no\s+one|[-–0])\.?", re.IGNORECASE)
APART = re.compile(r"\s*(?:,\s*(?:and\s+)?|;|\s+and\s+|&|\n)\s*")


def votes_by_name(text: str) -> Votes:
    """Votes counted from lists of names; nothing where a list holds anything but names.

    >>> votes_by_name("For: Councillors Hale, Brook and Ince. Against: Councillor Lees. Abstained: none")
    Votes(ayes=3, noes=1, abstentions=0, unanimous=None)
    """
    heads = list(HEAD.finditer(text))
    if len(heads) < 2:
        return Votes()
    votes = Votes()
    for head, end in zip(heads, [*(h.start() for h in heads[1:]), len(text)], strict=True):
        count = _names(text[head.end() : end])
        if count is None:
            return Votes()
        what = head["what"].lower()
        if "against" in what or "noes" in what:
            votes.noes = count
        elif "abst" in what:
            votes.abstentions = count
        else:
            votes.ayes = count
    return votes if votes.ayes is not None and votes.noes is not None else Votes()


def _names(text: str) -> int | None:
    """How many people a list names; None where it is no plain list of names."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    text = "\n".join(line for line in lines if line).strip(" .;,:\n")
    if NOBODY.fullmatch(text):
        return 0
    parts = [part for part in APART.split(text) if part]
    run_together = len(parts) == 1 and len(parts[0].split()) > 2 and "." not in parts[0]
    if not parts or run_together or not all(len(part) > 2 and NAME.fullmatch(part) for part in parts):
        return None
    return len(parts)
