"""What several test files share: the corpus, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import run

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="session")
def corpus_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the corpus, styles included. Read it; change nothing in it."""
    db = tmp_path_factory.mktemp("corpus") / "corpus.duckdb"
    summary = run.ingest([CORPUS], db)
    assert summary.failed == 0
    return db
