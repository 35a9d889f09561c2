"""Paragraphs that read as decisions though a copy lost the word that marked them."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.actions import acts_early
from pipeline.extractors.decisions.limbs import BODY_ALONE
from pipeline.extractors.decisions.motions import tells_outcome
from pipeline.extractors.decisions.order import goes_on
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.places import sub_heading
from pipeline.records import DocumentKind

THAT_BE = re.compile(r"That\s[^.;]{3,400}?\bbe\s+(?:\w+ly\s+)?(?:\w+ed|given|sent|made|put|held|paid|built|set)\b")
INFINITIVE_ALONE = re.compile(r"To\s+(?:confirm|approve|agree|adopt|endorse|appoint)\s[^:;]{5,300}$")
"""What web pages of some councils print as minutes: the agenda's ask, and nothing else, means that it was done."""


def lost_its_marker(kind: DocumentKind, passages: list[Passage], passage: Passage) -> bool:
    """Whether a paragraph reads as a decision: "That the wall be built.", in a notice "That Cabinet notes"."""
    above = passages[passage.index - 1] if passage.index else None
    led = above is not None and above.item == passage.item and above.body.rstrip(" -–").endswith((":", "“"))
    labelled = above is not None and passage.place == "minutes" and sub_heading(above.block.style, above.body)
    if led and not labelled:
        return False
    if kind == "decision_notice" and re.match(r"That\b", passage.body):
        return BODY_ALONE.match(passage.body) is not None or acts_early(passage.body)
    if above is not None and above.item == passage.item and re.match(r"That\b", passage.body):
        told = tells_outcome(above.body[-160:], alone=False)
        if told is not None and told[0] == "carried":
            return True
    if labelled:
        return THAT_BE.match(passage.body) is not None or INFINITIVE_ALONE.match(passage.body) is not None
    return THAT_BE.match(passage.body) is not None or _list_of_that(passages, passage)


def _list_of_that(passages: list[Passage], passage: Passage) -> bool:
    """Whether a numbered list begins here whose clauses all begin with "That"."""
    below = passages[passage.index + 1] if passage.index + 1 < len(passages) else None
    return (
        below is not None
        and passage.label is not None
        and below.label is not None
        and passage.label.first
        and not passage.label.bullet
        and goes_on(passage.label, below.label)
        and all(re.match(r"That\b", p.body) for p in (passage, below))
    )
