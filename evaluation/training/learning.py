"""Whether a small learned component reads better than the rules: a table, councils left out.

Three questions that have enough gold: what a limb does (its action), what a figure measures, whether a line opens a
decision. For each a bag-of-words classifier of spaCy's is trained on the corpus without a group of councils and asked
about these, beside the rules, and beside the rules with the model asked only where they are least sure.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import spacy
from spacy.training import Example

from pipeline import matching
from pipeline.evaluate import Judged
from pipeline.store.reviewed import text_of

FOLDS = 8
ROUNDS = 20
BATCH = 32
SEED = 4
DOUBTFUL = 0.7
"""A rule less sure than this is overruled in `both`."""
AROUND = 90
SHORTEST = 4
SHOWN = 3
"""Labels of fewer samples are left out of the table, not of the totals."""
ARCHITECTURE = {
    "@architectures": "spacy.TextCatBOW.v3", "exclusive_classes": True, "length": 32768, "ngram_size": 2,
    "no_output_layer": False,
}
ABOUT = """\
{day:%Y-%m-%d}, by `make train`: small bag-of-words classifiers of spaCy's, trained on the corpus with councils left out
(eight groups), beside the rules. *Both*: the rules, but the model where the rule's own confidence is below {doubtful}.
Samples of a label are those that gold calls so; the share that is called so is told for each. A component is shipped
where it is clearly better than the rules (by more than two standard errors over all samples).

The corpus' gold names too few providers and bodies ({names} payers of figures, {by} other deciders) to train names
on."""


@dataclass(frozen=True)
class Sample:
    """A text with what gold calls it and what the rules call it."""

    text: str
    gold: str
    rules: str
    sure: float
    fold: str


Tasks = dict[str, list[Sample]]


def tasks(database: Path, documents: Sequence[Judged]) -> tuple[Tasks, Counter[str]]:
    """The samples of each question, and how many names gold has."""
    found: Tasks = defaultdict(list)
    names: Counter[str] = Counter()
    with duckdb.connect(str(database), read_only=True) as connection:
        for judged in documents:
            text = text_of(connection, judged.document["document_id"])
            for outcome in judged.outcomes:
                names["payer"] += bool(outcome.kind == "budget_figures" and outcome.gold.get("organisation"))
                names["by"] += bool(outcome.kind == "resolutions" and outcome.gold.get("by"))
                if outcome.state not in ("right", "differs"):
                    continue
                if outcome.kind == "resolutions":
                    wanted, limbs = outcome.gold.get("actions") or [], outcome.row["clauses"]
                    if len(wanted) == len(limbs):
                        found["action of a limb"] += [
                            Sample(limb["text"][:300], label, limb["action"], limb["confidence"], judged.authority)
                            for label, limb in zip(wanted, limbs, strict=True)]
                elif outcome.kind == "budget_figures" and outcome.gold.get("measure"):
                    row = outcome.row
                    around = text[max(row["char_start"] - AROUND, 0):row["char_end"] + AROUND]
                    labels = f"{row['row_label'] or ''} {row['column_label'] or ''}"
                    found["measure of a figure"].append(Sample(
                        f"{labels} {around}", outcome.gold["measure"], row["measure"], row["confidence"],
                        judged.authority))
            found["line that opens a decision"] += _lines(judged, text)
    return dict(found), names


def _lines(judged: Judged, text: str) -> Iterator[Sample]:
    """The lines of minutes and notices: whether a decision of gold begins in it, whether one of ours does."""
    ours = [outcome for outcome in judged.outcomes if outcome.kind == "resolutions"]
    if not ours or judged.document["kind"] not in ("minutes", "decision_notice"):
        return
    wanted = [matching.words(outcome.gold["starts"]) for outcome in ours if outcome.gold]
    had = {outcome.row["char_start"]: outcome.row["confidence"] for outcome in ours if outcome.row}
    at = 0
    for line in text.split("\n"):
        words = matching.words(line)
        inside = [sure for start, sure in had.items() if at <= start <= at + len(line)]
        if len(words) >= SHORTEST or inside:
            opens = any(matching.position(starts, words) >= 0 for starts in wanted)
            yield Sample(line[:300], "decision" if opens else "none", "decision" if inside else "none",
                         min(inside, default=1.0), judged.authority)
        at += len(line) + 1


def learned(samples: Sequence[Sample]) -> list[str]:
    """What a model says of each sample that had not seen its council."""
    councils = sorted({one.fold for one in samples})
    said = [""] * len(samples)
    for group in range(FOLDS):
        out = set(councils[group::FOLDS])
        asked = [i for i, one in enumerate(samples) if one.fold in out]
        model = train([one for one in samples if one.fold not in out])
        for i, document in zip(asked, model.pipe(samples[i].text for i in asked), strict=True):
            said[i] = max(document.cats, key=lambda label: document.cats[label])
    return said


def train(samples: Sequence[Sample]) -> spacy.language.Language:
    """A classifier of these samples."""
    random.seed(SEED)
    spacy.util.fix_random_seed(SEED)
    model = spacy.blank("en")
    component = model.add_pipe("textcat", config={"model": ARCHITECTURE})
    labels = sorted({one.gold for one in samples})
    for label in labels:
        component.add_label(label)  # type: ignore[attr-defined]
    examples = [
        Example.from_dict(model.make_doc(one.text), {"cats": {label: float(label == one.gold) for label in labels}})
        for one in samples
    ]
    optimizer = model.initialize(lambda: examples)
    for _ in range(ROUNDS):
        random.shuffle(examples)
        for first in range(0, len(examples), BATCH):
            model.update(examples[first:first + BATCH], sgd=optimizer)
    return model


def page(found: Tasks, names: Counter[str]) -> str:
    """The tables, and what follows from them."""
    lines = ["# Where learning beats the rules", "",
             ABOUT.format(day=date.today(), doubtful=DOUBTFUL, names=names["payer"], by=names["by"]), ""]
    for name, samples in found.items():
        said = learned(samples)
        both = [model if one.sure < DOUBTFUL else one.rules for one, model in zip(samples, said, strict=True)]
        lines += [f"## {name[0].upper()}{name[1:]}", "", "| label | samples | rules | model | both |",
                  "| --- | ---: | ---: | ---: | ---: |"]
        count = Counter(one.gold for one in samples)
        for label, number in count.most_common():
            if number >= SHOWN:
                lines.append(f"| {label} | {number} | {_shares(samples, said, both, label)} |")
        lines += [f"| all | {len(samples)} | {_shares(samples, said, both, None)} |", "",
                  _verdict(samples, said, both), ""]
    return "\n".join(lines)


def _shares(samples: Sequence[Sample], said: Sequence[str], both: Sequence[str], label: str | None) -> str:
    own = [i for i, one in enumerate(samples) if label in (None, one.gold)]
    columns = ([samples[i].rules for i in own], [said[i] for i in own], [both[i] for i in own])
    return " | ".join(
        f"{sum(a == samples[i].gold for a, i in zip(column, own, strict=True)) / len(own):.3f}" for column in columns)


def _verdict(samples: Sequence[Sample], said: Sequence[str], both: Sequence[str]) -> str:
    for name, column in (("The model", said), ("Both together", both)):
        gains = [(a == one.gold) - (one.rules == one.gold) for a, one in zip(column, samples, strict=True)]
        mean = sum(gains) / len(gains)
        error = (sum((gain - mean) ** 2 for gain in gains) / len(gains) ** 2) ** 0.5
        if mean > 2 * error and mean > 0:
            return f"{name} is better than the rules by {mean:.3f} (standard error {error:.3f})."
    return "The rules are as good or better: nothing is shipped."


def write(database: Path, documents: Sequence[Judged], folder: Path) -> str:
    """Write `learning.md`; its text."""
    text = page(*tasks(database, documents))
    (folder / "learning.md").write_text(text, encoding="utf-8")
    return text
