"""The page that tells whether confidence holds what it promises, with its diagram."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from pipeline.confidence import Calibration
from pipeline.evaluate.sureness import SURE, Proof, reliability, sureness_of

mpl.rcParams["svg.hashsalt"] = "minutebook"  # the same figures make the same file
NAMES = {"agenda_items": "agenda items", "resolutions": "decisions", "budget_figures": "budget figures",
         "options": "options"}
ABOUT = """\
`confidence` is the probability that a record is right in *every* field that gold annotates (of a decision, its limbs'
actions too). It is a logistic model for each part of a record that goes right or wrong by itself, the chances
multiplied, fitted on `corpus/` and its gold by `make train`; no other paper is in it. A record is *sure* from
{sure}: that mark is put where, of the records of councils left out, at least 97 % were right. Where there is no such
place for a sort, or too few records to tell, none of it is sure. Records whose rule calls itself unsure are never sure.

*Councils left out*: each record judged by models and thresholds that had not seen its council. *Papers of other
authorities*: papers that nothing was fitted on."""


def write(shown: Mapping[str, Sequence[Proof]], fitted: Calibration, folder: Path) -> str:
    """Write `calibration.md` and `reliability.svg`; the page's text."""
    lines = ["# Whether confidence holds what it promises", "", f"{date.today():%Y-%m-%d}, by `make train`.", "",
             ABOUT.format(sure=SURE), "", "![reliability](reliability.svg)", ""]
    for name, proofs in shown.items():
        lines += [f"## {name[0].upper()}{name[1:]}", "", "| | records | mean confidence | right | sure | of all "
                  "| found, of the sure | wholly right, of the sure |", "| --- |" + " ---: |" * 7]
        for kind in (*NAMES, None):
            own = [one for one in proofs if kind in (None, one.kind)]
            if own:
                lines.append(_line(NAMES.get(kind or "", "all"), own))
        lines.append("")
    lines += ["## By bins", ""]
    for name, proofs in shown.items():
        lines += [f"{name[0].upper()}{name[1:]}:", "", "| mean confidence | " +
                  " | ".join(f"{one.confidence:.2f}" for one in reliability(proofs)) + " |",
                  "| --- |" + " ---: |" * len(reliability(proofs)),
                  "| right | " + " | ".join(f"{one.right:.2f}" for one in reliability(proofs)) + " |",
                  "| records | " + " | ".join(str(one.records) for one in reliability(proofs)) + " |", ""]
    lines += ["Weights: " + ", ".join(f"{part} {len(model.weights)}" for part, model in fitted.models.items()) + "."]
    text = "\n".join(lines) + "\n"
    (folder / "calibration.md").write_text(text, encoding="utf-8")
    draw(shown, folder / "reliability.svg")
    return text


def _line(name: str, proofs: Sequence[Proof]) -> str:
    together = [Proof("all", one.confidence, one.found, one.right) for one in proofs]
    told = sureness_of(together)["all"]
    mean = sum(one.confidence for one in proofs) / len(proofs)
    right = sum(one.right for one in proofs) / len(proofs)
    of_sure = (f"{told.found_of_sure:.1%} | {told.right_of_sure:.1%}" if told.sure else "– | –")
    return (f"| {name} | {told.records} | {mean:.3f} | {right:.3f} | {told.sure} | {told.sure / told.records:.0%} "
            f"| {of_sure} |")


def draw(shown: Mapping[str, Sequence[Proof]], path: Path) -> None:
    """A reliability diagram for each sort: confidence against the share that is right; a point's area is its
    records."""
    figure = Figure(figsize=(10, 3), layout="constrained")
    plots = figure.subplots(1, len(NAMES), sharey=True)
    for axes, (kind, name) in zip(plots, NAMES.items(), strict=True):
        axes.plot([0, 1], [0, 1], color="#bbbbbb", linewidth=1)
        axes.axvline(SURE, color="#bbbbbb", linewidth=1, linestyle=":")
        for (label, proofs), colour in zip(shown.items(), ("#2f6f9f", "#c0622d"), strict=False):
            bins = reliability([one for one in proofs if one.kind == kind])
            sure, right = [one.confidence for one in bins], [one.right for one in bins]
            axes.plot(sure, right, color=colour, linewidth=1, label=label)
            axes.scatter(sure, right, s=[8 + one.records / 3 for one in bins], color=colour, alpha=0.7)
        axes.set(title=name, xlim=(0, 1.03), ylim=(0, 1.05), xlabel="confidence")
        axes.spines[["top", "right"]].set_visible(False)
    plots[0].set_ylabel("share that is right")
    plots[0].legend(fontsize=7, frameon=False, loc="upper left")
    figure.savefig(path, metadata={"Date": None})
