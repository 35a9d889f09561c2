"""A sample of the hostile files and of the killed runs of `python -m evaluation.faults`: nothing is lost in silence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.faults import files, kills, marked, pdfs
from evaluation.faults.pdfs import Made
from pipeline.ingesters import Unreadable, read
from pipeline.workers import Limits

QUICK = {
    "pdf": ("million-pages-declared", "page-tree-in-a-circle", "table-of-places-that-points-at-itself",
            "image-of-100000-pixels", "form-that-shows-itself", "javascript-at-opening", "program-launched-at-opening",
            "embedded-file", "font-of-noise", "font-that-says-it-is-huge", "page-of-no-size", "nothing-but-a-head",
            "controls-and-directions-in-text", "letters-outside-of-the-page"),
    "xml": ("entities-a-thousand-million", "entity-of-a-file", "entity-of-an-address", "entity-of-itself",
            "includes-a-file"),
    "html": ("cell-over-a-million-columns", "entities-by-number", "scripts", "base-of-a-file", "tables-in-tables"),
    "txt": ("nul", "bidirectional", "formulas", "statements"),
    "docx": ("entities", "entity-of-a-file", "names-that-climb", "without-styles", "relation-to-an-address", "macros",
             "cell-over-a-million-columns", "numbers-that-are-none"),
}


BEGINNINGS = [b"", b"%PDF-1.7\n", b"<html><body>", b"<?xml version='1.0'?><meeting>", b"PK\x03\x04"]
"""Of files that our own process reads; Word files of before 2007 go to other programs."""


def sample() -> list[tuple[str, Made]]:
    """Some sixty files: built to hurt, cut, mutated, encrypted."""
    draw = random.Random(7)
    chosen: list[tuple[str, Made]] = [("pdf", (name, pdfs.CRAFTED[name]())) for name in QUICK["pdf"]]
    for suffix, kind in (("xml", marked.XML), ("html", marked.HTML), ("txt", marked.TEXT)):
        chosen += [(suffix, (name, kind[name]().encode("utf-8", "surrogatepass"))) for name in QUICK[suffix]]
    chosen += [("docx", made) for made in marked.word_files(files.WORD[0], QUICK["docx"])]
    chosen += [("pdf", made) for made in files.spread(pdfs.truncated(files.PDFS), 6)]
    chosen += [("pdf", made) for made in pdfs.mutated(files.PDFS, draw, 5)]
    chosen += [("pdf", made) for made in pdfs.objects(files.PDFS, draw, 4)]
    chosen += [("pdf", made) for made in pdfs.encrypted() if "revision-6" in made[0]]
    chosen += [("html", made) for made in marked.grown(draw, 5)]
    chosen += [("docx", made) for made in marked.mutated_bytes(files.WORD, draw, 3)]
    return chosen


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> files.Tried:
    """What became of them, read in one run with sound papers among them."""
    folder = tmp_path_factory.mktemp("faults") / "papers"
    folder.mkdir()
    for number, (suffix, (name, data)) in enumerate(sample()):
        (folder / f"{number:02}-{name}.{suffix}").write_bytes(data)
    return files.try_folder("sample", folder, limits=Limits(seconds=40, seconds_per_megabyte=0, megabytes=2048))


def test_every_hostile_file_is_read_or_told_of(tried: files.Tried) -> None:
    assert tried.files >= 60
    assert tried.silent == []
    assert tried.read + tried.told == tried.files


def test_sound_papers_among_them_are_read_as_alone(tried: files.Tried) -> None:
    assert tried.witnesses
    assert len(files.alone()) > 20


def test_none_of_them_finds_a_fault_of_ours(tried: files.Tried) -> None:
    assert tried.faults == []


def test_file_of_the_system_is_not_among_the_words(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2 hunter2")
    text = marked.XML["entity-of-a-file"]().replace("/etc/hostname", str(secret))
    (tmp_path / "paper.xml").write_text(text)
    try:
        said = str([block.text for block in read(tmp_path / "paper.xml").blocks])
    except Unreadable as error:
        said = error.message
    assert "hunter2" not in said


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.sampled_from(BEGINNINGS), noise=st.binary(max_size=300))
def test_noise_is_read_or_unreadable_and_nothing_else(tmp_path: Path, before: bytes, noise: bytes) -> None:
    file = tmp_path / "noise"
    file.write_bytes(before + noise)
    try:
        assert read(file).sha256
    except Unreadable as error:
        assert error.message.strip()


def test_killed_runs_lose_nothing() -> None:
    (killed,) = kills.kill_all(2, wanted=["publication"])
    assert killed.kills == 2
    assert killed.safe, killed
