"""Writes how right the records are, as a page with plots: `accuracy.md`, `accuracy.svg`.

    python -m evaluation.accuracy [--check FOLDER]

reads the corpus (and the papers of FOLDER, by default `../shared`, where they are there) and holds them against their
gold by `minutebook evaluate`'s own judge.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from pipeline.evaluate import HEADER, KINDS, Result, evaluate
from pipeline.evaluate.confusions import confusions, worst_documents
from pipeline.evaluate.sureness import SURE, sureness
from pipeline.run import ingest

mpl.rcParams["svg.hashsalt"] = "minutebook"  # the same figures make the same file
ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
DATABASE = ROOT / "build" / "accuracy.duckdb"
COLOURS = ("#2f6f9f", "#c0622d", "#5a8f3c", "#8a6fb0")
WORST = 25
ABOUT = """\
{day:%Y-%m-%d}, by `make accuracy`. *Found* is the F1 of finding a record, over all records and as the mean of each
document's own; *whole* is the share of found records that are right in every annotated field. Between brackets: where
the figure lies with a chance of 95 % had other documents of the same sort been annotated (a bootstrap by document);
where all are right, it cannot tell how rare a fault is. All of these are papers that the rules were developed on; what
papers gave that nobody had seen is among the README's limits."""


def results(check: Path) -> dict[str, Result]:
    """Each set of gold, judged."""
    sets = {"corpus": ROOT / "corpus" / "gold", "corpus/styles": ROOT / "corpus" / "styles" / "gold"}
    papers = [ROOT / "corpus"]
    for name in ("real", "seeds"):
        if (check / "gold" / name).is_dir():
            sets[name], papers = check / "gold" / name, [*papers, check / name]
    DATABASE.parent.mkdir(parents=True, exist_ok=True)
    ingest(papers, DATABASE, force=True)
    return {name: evaluate(DATABASE, gold) for name, gold in sets.items()}


def page(judged: Mapping[str, Result], day: date) -> str:
    """The page."""
    lines = ["# How right the records are", "", ABOUT.format(day=day), "", "![accuracy](accuracy.svg)", ""]
    for name, result in judged.items():
        lines += [f"## {name}: {len(result.documents)} documents", "", *_figures(result), "", *_fields(result), ""]
    for name, result in judged.items():
        lines += [f"## {name}, by council", "", *_councils(result), ""]
    for name, result in judged.items():
        lines += [f"## {name}: what goes wrong, the worst first", "", "| records | fault | for instance |",
                  "| ---: | --- | --- |"]
        lines += [f"| {one.count} | {_cell(one.words())} | {_cell(one.examples[0].words(with_values=not one.wanted))} |"
                  for one in confusions(result.documents)[:WORST]]
        worst = ", ".join(f"{document} ({count})" for document, count in worst_documents(result.documents)[:5])
        lines += ["", f"Documents with the most faults: {worst or 'none'}.", ""]
    return "\n".join(lines)


def _figures(result: Result) -> Iterator[str]:
    yield f"| | found | by document | whole | missed | too many | sure ({SURE} and more) | wholly right, of the sure |"
    yield "| --- |" + " ---: |" * 7
    sure = sureness(result.documents)
    for kind in KINDS:
        tally, bounds = result.overall[kind], result.intervals[kind]
        if tally.empty:
            continue
        if kind == "services":
            yield f"| services (recall) | {tally.recall:.3f} {_span(bounds['recall'])} | | | {tally.missed} | | | |"
            continue
        own = sure.get(kind)
        told = f"{own.sure} of {own.records} | {own.right_of_sure:.1%}" if own and own.sure else "none | "
        yield (f"| {kind.replace('_', ' ')} | {tally.f1:.3f} {_span(bounds['f1'])} | {tally.by_document:.3f} "
               f"{_span(bounds['by_document'])} | {tally.whole:.3f} {_span(bounds['exact'])} | {tally.missed} "
               f"| {tally.wrong} | {told} |")


def _fields(result: Result) -> Iterator[str]:
    yield "Fields that are right, of those that gold annotates:"
    yield ""
    for kind in (HEADER, *KINDS):
        tally = result.overall[kind]
        if tally.asked:
            yield f"- {kind.replace('_', ' ')}: " + ", ".join(
                f"{name} {tally.right[name]}/{count}" for name, count in sorted(tally.asked.items()))


def _councils(result: Result) -> Iterator[str]:
    shown = [kind for kind in KINDS if kind != "services"]
    yield "| | " + " | ".join(f"{kind.replace('_', ' ')}: found, whole" for kind in shown) + " |"
    yield "| --- |" + " ---: |" * len(shown)
    for name, tallies in result.councils.items():
        cells = [f"{tallies[kind].f1:.3f}, {tallies[kind].whole:.3f}" if not tallies[kind].empty else ""
                 for kind in shown]
        yield f"| {name} | " + " | ".join(cells) + " |"


def _span(bound: tuple[float, float]) -> str:
    return f"[{bound[0]:.3f}–{bound[1]:.3f}]"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def draw(judged: Mapping[str, Result], path: Path) -> None:
    """Found and whole of each kind and set, with their intervals."""
    kinds = [kind for kind in KINDS if kind != "services"]
    figure = Figure(figsize=(9, 3.2), layout="constrained")
    for axes, (measure, title) in zip(
        figure.subplots(1, 2, sharey=True), (("f1", "found (F1)"), ("exact", "whole record right")), strict=True
    ):
        for at, ((name, result), colour) in enumerate(zip(judged.items(), COLOURS, strict=False)):
            for row, kind in enumerate(kinds):
                tally, bounds = result.overall[kind], result.intervals[kind].get(measure)
                if bounds is None:
                    continue
                value = tally.f1 if measure == "f1" else tally.whole
                height = row + (at - 1.5) * 0.18
                axes.plot(bounds, [height, height], color=colour, linewidth=2, alpha=0.5)
                axes.plot([value], [height], "o", color=colour, markersize=4, label=name if row == 0 else None)
        axes.set_yticks(range(len(kinds)), [kind.replace("_", " ") for kind in kinds])
        axes.set(title=title, xlim=(0.5, 1.02))
        axes.grid(axis="x", color="#eeeeee")
        axes.spines[["top", "right"]].set_visible(False)
    figure.axes[0].invert_yaxis()
    figure.axes[0].legend(fontsize=8, frameon=False, loc="lower left")
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Measure, and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", type=Path, default=ROOT.parent / "shared", metavar="FOLDER")
    judged = results(parser.parse_args().check)
    (HERE / "accuracy.md").write_text(page(judged, date.today()), encoding="utf-8")
    draw(judged, HERE / "accuracy.svg")
    print(f"Written to {HERE / 'accuracy.md'}.")


if __name__ == "__main__":
    main()
