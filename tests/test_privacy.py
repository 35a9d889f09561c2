"""Private persons' details: what is found, what is left alone, and that nothing of it stays in any record."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from corpus.builder.privacy import built, papers
from evaluation.pii import Outcome, measure
from pipeline.bookkeeping import PrivateWords
from pipeline.reading import read_document, read_keeping_private
from pipeline.records import EvidenceBox, PageRow, PrivateDetail, identify


def withheld(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    """Kind and words of what is withheld of a paper of that text."""
    file = tmp_path / "paper.txt"
    file.write_text(text, encoding="utf-8")
    records = read_keeping_private(file, "doc-1").records
    kinds = {row.pii_id: row.kind for row in records if isinstance(row, PrivateDetail)}
    return [(kinds[row.pii_id], " ".join(row.text.split())) for row in records if isinstance(row, PrivateWords)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mr Ted Alder of 12 Mill Lane asked about bins.", [("home_address", "12 Mill Lane")]),
        ("Mrs Bell (Flat 3, 7 Kiln Road, AV1 2CD) objected.", [("home_address", "Flat 3, 7 Kiln Road, AV1 2CD")]),
        ("A resident of The Old Forge, Back Lane spoke.", [("home_address", "The Old Forge, Back Lane")]),
        ("Letters came from the occupiers of 2 Kiln Road and 4 Kiln Road.",
         [("home_address", "2 Kiln Road"), ("home_address", "4 Kiln Road")]),
        ("Mrs Vane lives at 14 Heol y Parc, Porthwen.", [("home_address", "14 Heol y Parc")]),
        ("The objector can be reached on 07700 900 123.", [("personal_telephone", "07700 900 123")]),
        ("Ms Vane wrote from q.vane@gmail.com.", [("personal_email", "q.vane@gmail.com")]),
        ("The petition ends:\n(signed) Q. Vane\nThe Council noted it.", [("signature", "Q. Vane")]),
        ("Statement of the complainant\nHome address: 4 Kiln Road\nHome tel: 01632 960 001",
         [("home_address", "4 Kiln Road"), ("personal_telephone", "01632 960 001")]),
        ("He said that 12 Kiln Road objected to the porch.", [("home_address", "12 Kiln Road")]),
        ("• 8 Mason’s Yard – objects: noise", [("home_address", "8 Mason’s Yard")]),
        ("Letters were sent to 1, 3 and 5 Orchard Close on 4 May.", [("home_address", "1, 3 and 5 Orchard Close")]),
        ("The letter went to 16 Quarry Hill, his former address.", [("home_address", "16 Quarry Hill")]),
        ("I am a pensioner of Rosedale, 3 Chapel Street.", [("home_address", "Rosedale, 3 Chapel Street")]),
        ("Leaseholders at Flats 1 to 6, Bevan Court replied.", [("home_address", "Flats 1 to 6, Bevan Court")]),
        ("Mr Beck, Old School House, Back Lane, replied.", [("home_address", "Old School House, Back Lane")]),
        ("Lead petitioner: Ms Doyle\nAddress: 27 Fern Grove", [("home_address", "27 Fern Grove")]),
        ("Objector 1: 23 Gill Street.", [("home_address", "23 Gill Street")]),
        ("Dear Councillor Finch\nSave the bus.\nSigned: Doris Platt\n01632 960912",
         [("signature", "Doris Platt"), ("personal_telephone", "01632 960912")]),
    ],
)
def test_private_details_are_withheld(tmp_path: Path, text: str, found: list[tuple[str, str]]) -> None:
    assert withheld(tmp_path, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Application 24/00311/FUL: two houses on land at 14 Mill Lane, Ashbourne AV6 3BT.",
        "Clerk: Mrs Sheila Mudd, 4 Church Lane, Hollin HM4 5RT. Tel 01632 960 642. hollinparishclerk@gmail.com",
        "Report author: Edwin Drood, Head of Budget Strategy, 01632 960 114, edwin.drood@netherfield.gov.uk",
        "Councillor Mrs Denholm, 9 Kiln Road, 07700 900 001",
        "Ms Dora Quill MP, 14 High Street, Wexley WX1 4AB, 020 7946 0555",
        "The contract was awarded to Alder Homes Ltd, 200 High Street, Ashbourne AV1 1ZZ.",
        "Venue: Town Hall, 1 Market Street, Netherfield NF1 1AA. Contact: Petra Oakes 01632 960 115",
        "Press office: 07700 900 010 (out of hours)",
        "Dr Anna Pell, 12 Mill Lane Surgery, gave evidence.",
        "For: Mr Gough, Ms Hamilton, Mr Hill, Mr Hills, Mrs Hohler, Mr Lane and Mr Park.",
        "The tenants of Kiln Road want 20 mph and 14 trees in Mill Lane.",
        "Signed: R Leigh Date: 3 December 2024\nCabinet Member for Finance",
        "The register of contracts has the number 01632/960800 and costs £01632960800.",
        "Supported living at Elm House costs £4,000.",
        "Objections: Netherfield Chamber of Trade, 3 Corn Street.",
        "Letter from the Duchy, 10 Regent Place.",
        "The owner of 24 Main Street is to be asked to cut the hedge.",
        "The library moved to 14 Corn Street.",
    ],
)
def test_public_details_stay(tmp_path: Path, text: str) -> None:
    assert withheld(tmp_path, text) == []


def test_official_once_is_official_everywhere(tmp_path: Path) -> None:
    text = "Mrs Mudd said that she can be had on 07700 900 118.\n\nClerk to the Council: Mrs Mudd, 07700 900 118"
    assert withheld(tmp_path, text) == []


def test_private_once_is_withheld_wherever_it_stands(tmp_path: Path) -> None:
    text = "Lead petitioner: Q Vane, 01632 960 001\n\nThe number 01632 960001 was rung in vain."
    assert [kind for kind, _ in withheld(tmp_path, text)] == ["personal_telephone"] * 2


def test_masked_words_keep_every_place(tmp_path: Path) -> None:
    text = "# Minutes\n\nMr Ted Alder of 12 Mill Lane asked.\n\nRESOLVED: That Mr Alder of 12 Mill Lane be thanked.\n"
    file = tmp_path / "paper.md"
    file.write_text(text, encoding="utf-8")
    records = read_document(file, "doc-1").records
    (page,) = [row for row in records if isinstance(row, PageRow)]
    assert page.text.count("Mr Ted Alder of ██ ████ ████ asked.") == 1
    details = [row for row in records if isinstance(row, PrivateDetail)]
    assert [page.text[row.char_start:row.char_end] for row in details] == ["██ ████ ████"] * 2
    assert {row.masked for row in details} == {"██ ████ ████"}
    assert not any(isinstance(row, PrivateWords) for row in records)
    assert not any("12 Mill Lane" in str(value) for row in records for _, value in row)


def test_site_that_is_also_a_home_stays_where_it_is_the_site(tmp_path: Path) -> None:
    file = tmp_path / "paper.txt"
    file.write_text("Extension at 8 Kiln Road.\n\nThe applicant, Mrs Calloway, lives at 8 Kiln Road.\n")
    (page,) = [row for row in read_document(file, "doc-1").records if isinstance(row, PageRow)]
    assert "Extension at 8 Kiln Road." in page.text
    assert "lives at █ ████ ████." in page.text


def test_a_detail_on_a_page_has_its_box(tmp_path: Path) -> None:
    (paper,) = [one for one in papers() if one.name == "complaint-report"]
    file = tmp_path / "paper.pdf"
    file.write_bytes(built(paper, "pdf"))
    records = read_document(file, identify("doc", 1)).records
    details = [row for row in records if isinstance(row, PrivateDetail)]
    boxed = {row.record_id for row in records if isinstance(row, EvidenceBox)}
    assert details
    assert {row.pii_id for row in details} <= boxed
    assert {row.page for row in details} == {1}


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """The papers of `corpus/privacy` as text and as PDF."""
    return measure(forms=("txt", "pdf"))


def test_recall_and_precision_hold(outcomes: list[Outcome]) -> None:
    found = sum(sum(one.found.values()) for one in outcomes)
    missed = [f"{one.paper}.{one.form}: {words}" for one in outcomes for _, words in one.missed]
    wrong = [f"{one.paper}.{one.form}: {words}" for one in outcomes for _, words in one.wrong]
    assert len(missed) / (found + len(missed)) < 0.03, missed
    assert wrong == []


def test_nothing_withheld_is_left_in_any_column(outcomes: list[Outcome]) -> None:
    missed = {words for one in outcomes for _, words in one.missed}
    assert {words for one in outcomes for words in one.left} <= missed


def test_no_paper_of_the_corpus_loses_a_public_word(corpus_db: Path) -> None:
    with duckdb.connect(str(corpus_db), read_only=True) as connection:
        assert connection.execute(
            "SELECT d.path, p.kind, p.masked FROM pii p JOIN documents d USING (document_id)"
        ).fetchall() == []
