"""Runs of characters cut into tokens, and sentences told by them."""

from pathlib import Path

import pytest

from pipeline.extractors.sentences import sentences
from pipeline.extractors.tokens import tokens

STOPS = set(".!?")
CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@pytest.mark.parametrize(
    ("run", "cut"),
    [
        ("report.", ["report", "."]),
        ("(report).”", ["(", "report", ")", ".", "”"]),
        ("(e.g.", ["(", "e.g."]),
        ("Mr.", ["Mr."]),
        ("7.", ["7", "."]),
        ("£21.3m.", ["£", "21.3", "m."]),
        ("A.B.Thorne", ["A.B.Thorne"]),
        ("CCG.", ["CCG", "."]),
        ("agreed.The", ["agreed", ".", "The"]),
        ("www.netherfield.gov.uk.", ["www.netherfield.gov.uk", "."]),
        ("clerk@ashbourne.example,", ["clerk@ashbourne.example", ","]),
        ("wait...", ["wait", "..."]),
        ("What?!", ["What", "?", "!"]),
        ("officer's", ["officer", "'s"]),
        ("12.30pm.", ["12.30pm", "."]),
    ],
)
def test_what_a_run_is_made_of(run: str, cut: list[str]) -> None:
    assert list(tokens(run)) == cut


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It cost £21.3m. The rest was saved.", ["It cost £21.3m.", "The rest was saved."]),
        ("See No. 7 (p. 12). Mr. Bell (Chair.) spoke.", ["See No. 7 (p. 12).", "Mr. Bell (Chair.) spoke."]),
        ("7. That it be noted.", ["7. That it be noted."]),
        ("“Is it so?” he asked. “Yes.” He left.", ["“Is it so?” he asked.", "“Yes.”", "He left."]),
        ("Agreed . ) Then on.", ["Agreed . )", "Then on."]),
        ("One thing.  and another.\nA third!", ["One thing.", "and another.", "A third!"]),
        (" First. Second", ["First.", "Second"]),
    ],
)
def test_where_sentences_end(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == parts


def test_stops_stand_where_spacy_has_them() -> None:
    """In all that our own papers print; where spaCy parts "8am", no stop is touched."""
    from spacy.lang.en import English

    tokenizer = English().tokenizer
    papers = [path for path in CORPUS.rglob("*") if path.suffix in (".md", ".txt") and path.is_file()]
    runs = {run for path in papers for run in path.read_text(encoding="utf-8").split() if STOPS & set(run)}
    assert len(runs) > 500
    ours = {run: [token for token in tokens(run) if STOPS & set(token)] for run in runs}
    assert ours == {run: [token.text for token in tokenizer(run) if STOPS & set(token.text)] for run in runs}
