"""A judgement as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.evaluate.against import Moved
from pipeline.evaluate.confusions import confusions, worst_documents
from pipeline.evaluate.intervals import Interval
from pipeline.evaluate.result import Result
from pipeline.evaluate.sureness import SURE, sureness
from pipeline.evaluate.tally import HEADER, KINDS, Tallies

CONFUSIONS, DOCUMENTS, EXAMPLES = 20, 5, 2
MOVED = 40


def told(result: Result) -> str:
    """The figures over all with their intervals, the attributes, the same by council, and what goes wrong."""
    lines = [f"{len(result.documents)} gold documents, {len(result.absent)} of them not in the database"]
    lines += [f"  not in the database: {name}" for name in result.absent]
    lines += ["", *_table("all", result.overall), *_attributes(result.overall)]
    lines += ["", "with a chance of 95 % between (other documents drawn from these)", *_bounds(result)]
    for name, tallies in result.councils.items():
        lines += ["", *_table(name, tallies), *_attributes(tallies)[:1]]
    lines += ["", *_sureness(result), "", *_confusions(result)]
    return "\n".join(lines)


def told_against(gained: Sequence[Moved], lost: Sequence[Moved]) -> str:
    """Records gained and lost, the lost first."""
    lines = []
    for name, moved in (("lost", lost), ("gained", gained)):
        lines.append(f"{len(moved)} records {name}")
        lines += [f"  {one.words()}" for one in moved[:MOVED]]
        if len(moved) > MOVED:
            lines.append(f"  … and {len(moved) - MOVED} more")
    return "\n".join(lines)


def _table(name: str, tallies: Tallies) -> list[str]:
    lines = [f"{name[:16]:16}{'precision':>10}{'recall':>8}{'F1':>7}{'by doc':>8}{'whole':>7}   found missed wrong"]
    for kind in KINDS:
        t = tallies[kind]
        if t.empty:
            continue
        if kind == "services":  # a list of names is never complete, so that none can be called wrong
            lines.append(f"{kind:16}{'':>10}{t.recall:8.3f}{'':>22}   {t.found:5} {t.missed:6}")
            continue
        lines.append(
            f"{kind:16}{t.precision:10.3f}{t.recall:8.3f}{t.f1:7.3f}{t.by_document:8.3f}{t.whole:7.3f}"
            f"   {t.found:5} {t.missed:6} {t.wrong:5}"
        )
    return lines


def _attributes(tallies: Tallies) -> list[str]:
    """For each kind of record, the header first: how many of the annotated attributes are right."""
    lines = []
    for kind in (HEADER, *KINDS):
        tally = tallies[kind]
        told = "  ".join(f"{name} {tally.right[name]}/{count}" for name, count in sorted(tally.asked.items()))
        if told:
            lines.append(f"{kind:16}{told}")
    return lines


def _bounds(result: Result) -> Iterator[str]:
    for kind, bounds in result.intervals.items():
        if not bounds:
            continue
        names = ("recall",) if kind == "services" else ("f1", "by_document", "exact")
        shown = {"f1": "F1", "by_document": "by doc", "exact": "whole", "recall": "recall"}
        yield f"{kind:16}" + "   ".join(f"{shown[name]} {_span(bounds[name])}" for name in names)


def _span(bound: Interval) -> str:
    return f"{bound[0]:.3f}–{bound[1]:.3f}"


def _sureness(result: Result) -> Iterator[str]:
    yield f"confidence {SURE} and more      records  of all   found  right (whole record)"
    for kind, one in sureness(result.documents).items():
        yield (f"{kind:28}{one.sure:7}{one.sure / one.records:8.1%}{one.found_of_sure:8.1%}{one.right_of_sure:8.1%}"
               if one.sure else f"{kind:28}{0:7}")


def _confusions(result: Result) -> Iterator[str]:
    found = confusions(result.documents)
    yield f"what goes wrong, the worst first ({len(found)} ways)"
    for one in found[:CONFUSIONS]:
        yield f"{one.count:5}  {one.words()}"
        for example in one.examples[:EXAMPLES]:
            yield f"         {example.words(with_values=not one.wanted)}"
    yield "documents with the most faults"
    for name, count in worst_documents(result.documents)[:DOCUMENTS]:
        yield f"{count:5}  {name}"
