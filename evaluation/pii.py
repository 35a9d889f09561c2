"""How many private details are found and withheld, and how much else: `python -m evaluation.pii [FOLDER] [--write]`.

Each paper of `corpus/privacy/` is built as text, web page, Word and PDF, and read. A detail counts as found where all
of its words are withheld; what is withheld counts as right where it is, or holds, or is part of, a detail. Whether any
word of a detail is left in any column of any table is looked for apart. `pii.md` is the last result kept.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from corpus.builder.privacy import FOLDER, FORMS, Paper, built, papers
from pipeline.bookkeeping import PrivateWords
from pipeline.reading import read_keeping_private
from pipeline.records import PrivateDetail, Record, identify

FIRST_CONTACT = (
    "The rules know these papers. Eight of them were written when the rules knew only ten, and read once: recall was "
    "0.45 (home addresses 0.35, e-mail addresses 0.79, telephone numbers 0.43), precision 0.94. Four more, when they "
    "knew eighteen: recall 1.00 (19 of 19 details), precision 0.90. Then four rounds of short notes, each read once "
    "before the rules were changed for it (29, 15, 16 and 14 notes): recall 0.69, 0.43, 0.68 and 0.74, precision 1.00, "
    "1.00, 0.87 and 0.94; by the rules before these rounds the last gave 0.53 and 0.91. All were written by who wrote "
    "the rules, so that strangers' papers will give less. On the real papers that the rules were developed with "
    "nothing is withheld. What is missed, withheld wrongly or left standing:"
)
KINDS = ("home_address", "personal_email", "personal_telephone", "signature")


@dataclass
class Outcome:
    """What became of a paper's details in one form."""

    paper: str
    form: str
    found: Counter[str] = field(default_factory=Counter)
    """Details withheld, by kind."""
    missed: list[tuple[str, str]] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    """What is withheld and private, by kind."""
    wrong: list[tuple[str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Details whose words stand in some column all the same."""


def measure(folder: Path = FOLDER, forms: Sequence[str] = FORMS) -> list[Outcome]:
    """Every paper in every form."""
    outcomes = []
    with tempfile.TemporaryDirectory() as place:
        for paper in papers(folder):
            for form in forms:
                file = Path(place) / f"{paper.name}.{form}"
                file.write_bytes(built(paper, form))
                records = read_keeping_private(file, identify("doc", paper.name, form)).records
                outcomes.append(_outcome(paper, form, records))
    return outcomes


def _outcome(paper: Paper, form: str, records: Iterable[Record]) -> Outcome:
    rows = list(records)
    kinds = {row.pii_id: row.kind for row in rows if isinstance(row, PrivateDetail)}
    withheld = [(kinds[row.pii_id], _plain(row.text)) for row in rows if isinstance(row, PrivateWords)]
    outcome = Outcome(paper.name, form)
    unused = list(withheld)
    for kind, words in paper.private:
        at = next((n for n, (_, text) in enumerate(unused) if _plain(words) in text), None)
        if at is None:
            outcome.missed.append((kind, words))
        else:
            outcome.found[kind] += 1
            kept = unused[at][1].replace(_plain(words), " ", 1)  # one withheld run may hold several details
            unused[at] = (unused[at][0], kept)
    private = [_plain(words) for _, words in paper.private]
    for kind, text in withheld:
        if any(text in words or words in text for words in private):
            outcome.right[kind] += 1
        else:
            outcome.wrong.append((kind, text))
    said = [_plain(value) for row in rows if not isinstance(row, PrivateWords)
            for name, value in row if isinstance(value, str) and not name.endswith("_id")]
    public = _plain("\n".join(paper.lines))
    for _, words in paper.private:
        plain = _plain(words)
        allowed = public.count(plain) - sum(one.count(plain) for one in private)
        if allowed == 0 and any(plain in text for text in said):
            outcome.left.append(words)
    return outcome


def _plain(text: str) -> str:
    return " ".join(text.split())


def share(part: int, whole: int) -> str:
    """A share to three places, or nothing where there is nothing to share."""
    return f"{part / whole:.3f}" if whole else ""


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """Recall and precision by kind and by form, as a table."""
    lines = ["| | details | found | recall | withheld | right | precision |",
             "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    groups = [(kind, outcomes, kind) for kind in KINDS]
    groups += [(f"as {form}", [one for one in outcomes if one.form == form], "") for form in FORMS]
    for name, some, kind in [*groups, ("all", outcomes, "")]:
        found = sum(sum(n for k, n in one.found.items() if kind in ("", k)) for one in some)
        missed = sum(sum(kind in ("", k) for k, _ in one.missed) for one in some)
        right = sum(sum(n for k, n in one.right.items() if kind in ("", k)) for one in some)
        wrong = sum(sum(kind in ("", k) for k, _ in one.wrong) for one in some)
        lines.append(f"| {name} | {found + missed} | {found} | {share(found, found + missed)} "
                     f"| {right + wrong} | {right} | {share(right, right + wrong)} |")
    return lines


def faults(outcomes: Sequence[Outcome]) -> list[str]:
    """A line for each detail missed, withheld wrongly or left standing, with the forms in which it was."""
    forms: dict[tuple[str, str, str], list[str]] = {}
    for one in outcomes:
        for what, details in (("missed", one.missed), ("wrong", one.wrong), ("left", [("", w) for w in one.left])):
            for kind, words in details:
                forms.setdefault((what, one.paper, f"{kind} {words}".strip()), []).append(one.form)
    return [f"{what}: {paper}: {detail} ({', '.join(seen)})" for (what, paper, detail), seen in forms.items()]


def main() -> None:
    """Measure, print, and keep the result where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--write", action="store_true", help="keep the result in evaluation/pii.md")
    options = parser.parse_args()
    outcomes = measure(options.folder)
    print("\n".join(table(outcomes)))
    print("\n".join(faults(outcomes)))
    if options.write:
        Path(__file__).with_name("pii.md").write_text(page(outcomes), encoding="utf-8")


def page(outcomes: Sequence[Outcome]) -> str:
    """What is kept in `pii.md`."""
    names = sorted({one.paper for one in outcomes})
    return "\n".join([
        "# Private details", "",
        f"`python -m evaluation.pii --write`, {datetime.now(UTC):%Y-%m-%d}: {len(names)} papers of our own "
        f"(`corpus/privacy/`), each as {', '.join(FORMS)}.", "", *table(outcomes), "", FIRST_CONTACT, "",
        *(f"- {fault}" for fault in faults(outcomes)), "",
    ])


if __name__ == "__main__":
    main()
