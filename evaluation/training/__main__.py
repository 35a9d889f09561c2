"""Trains what is shipped, from the corpus and its gold, and writes how well it does on councils left out.

    python -m evaluation.training [--check FOLDER]

FOLDER holds `gold/real` and `gold/seeds` with their papers beside: where it is there (by default `../shared`), what
was trained is tried on it. Nothing is ever trained on it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from evaluation.training import calibration, learning, page
from evaluation.training.samples import Judgement, judgements
from pipeline.confidence import WEIGHTS
from pipeline.evaluate import Judged, evaluate
from pipeline.reading import read_uncalibrated
from pipeline.run import ingest

ROOT = Path(__file__).resolve().parents[2]
DATABASE = ROOT / "build" / "training.duckdb"
CORPUS = (ROOT / "corpus" / "gold", ROOT / "corpus" / "styles" / "gold")


def judged(papers: Sequence[Path], gold: Sequence[Path], database: Path) -> list[Judged]:
    """The papers read, each record as sure as its rule is, and judged."""
    database.parent.mkdir(parents=True, exist_ok=True)
    ingest(papers, database, reader=read_uncalibrated, force=True)
    return evaluate(database, *gold).documents


def main() -> None:
    """Train, and tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", type=Path, default=ROOT.parent / "shared", metavar="FOLDER")
    check = parser.parse_args().check
    documents = judged([ROOT / "corpus"], CORPUS, DATABASE)
    corpus: list[Judgement] = judgements(documents)
    fitted = calibration.fitted(corpus)
    calibration.write(fitted, WEIGHTS)
    shown = {"councils left out": calibration.proofs_left_out(corpus)}
    if (check / "gold" / "real").is_dir():
        papers, gold = [check / "real", check / "seeds"], [check / "gold" / "real", check / "gold" / "seeds"]
        held = judgements(judged(papers, gold, DATABASE.with_name("check.duckdb")))
        products = [calibration.product(one, fitted.models) for one in held]
        shown["papers of other authorities"] = calibration.proofs(held, products, fitted)
    print(page.write(shown, fitted, ROOT / "evaluation"))
    print(learning.write(DATABASE, documents, ROOT / "evaluation"))


if __name__ == "__main__":
    main()
