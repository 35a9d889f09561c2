"""Word files from before 2007, through antiword and through LibreOffice.

Without the programs the tests that need them say so and are skipped; `.ci/run` installs antiword.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from pdf_pages import table_of

from pipeline.document import Document
from pipeline.ingesters import Unreadable, read
from pipeline.ingesters.antiword import read_antiword

MINUTES = Path(__file__).parent / "documents" / "harbour-minutes.doc"
"""Made with LibreOffice out of a document of our own."""
HEAD = "<?xml version='1.0'?><!DOCTYPE book PUBLIC '-//OASIS//DTD DocBook XML V4.1.2//EN' 'x.dtd'><book><chapter>"
with_antiword = pytest.mark.skipif(
    shutil.which("antiword") is None, reason="no antiword here: apt-get install antiword, then .doc files are read"
)
with_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="no LibreOffice here: apt-get install libreoffice-writer, then it is tried"
)


def book(inside: str, text: str = "") -> Document:
    """The document of antiword's DocBook and plain text."""
    data = f"{HEAD}{inside}</chapter></book>".encode()
    return read_antiword(Document(hashlib.sha256(data).hexdigest(), "minutes.doc", "application/msword"), data,
                         text.encode())


def only(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let no other converter be found."""
    found = shutil.which(program)
    monkeypatch.setattr("shutil.which", lambda name: found if name == program else None)


def check_minutes(document: Document) -> None:
    texts = [block.text for block in document.blocks]
    assert (document.blocks[0].role, texts[0]) == ("heading", "CALDERBROOK COUNCIL")
    assert document.blocks[1].bold
    tables = [table_of(block) for block in document.blocks if block.table is not None]
    assert tables[0] == [["Present:", "Councillors Fern (Chair), Moss and Reed"], ["Apologies:", "Councillor Dell"]]
    assert tables[1][0] == ["Toll", "2024/25 £", "2025/26 £", "Change %"]
    label = "Bicycle, each way and with a rider who pays the foot passenger toll"
    assert tables[1][2] == [label, "2.00", "2.20", "10.0"]
    assert "1. the tolls in the table below be approved from 1 April 2025;" in texts
    assert "3. £25,000 be taken from the Quay Reserve to mend the ticket office." in texts
    assert "• the state of the landing stage." in texts
    assert [block.label for block in document.blocks if block.role == "list_item"][:3] == ["1.", "2.", "3."]


@with_antiword
def test_a_word_file_of_1997_is_read_through_antiword(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, "antiword")
    check_minutes(read(MINUTES))


@with_office
def test_a_word_file_of_1997_is_read_through_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, "soffice")
    document = read(MINUTES)
    check_minutes(document)
    assert document.pages[0].furniture == ["Harbour Committee 16.01.2025", "Page 1"]


@with_antiword
def test_where_libreoffice_fails_antiword_is_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    found = {"soffice": str(broken), "antiword": shutil.which("antiword")}
    monkeypatch.setattr("shutil.which", found.get)
    check_minutes(read(MINUTES))


def test_a_conversion_that_fails_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object, **kwargs: object) -> None:
        raise subprocess.CalledProcessError(1, "antiword")

    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("subprocess.run", fails)
    with pytest.raises(Unreadable, match="Save it as .docx"):
        read(MINUTES)


def test_labels_come_from_the_plain_text_or_are_counted() -> None:
    item = "<listitem><para>{}</para></listitem>"
    numbered = "<orderedlist numeration='{}'>{}</orderedlist>"
    inside = (
        numbered.format("arabic", item.format("Apologies")) + "<para>None.</para>"
        + numbered.format("arabic", item.format("Budget")) + "<para>RESOLVED: That</para>"
        + numbered.format("loweralpha", item.format("it be approved;") + item.format("it be printed."))
    )
    counted = [block.text for block in book(inside).blocks]
    assert counted == [
        "1. Apologies", "None.", "2. Budget", "RESOLVED: That", "(a) it be approved;", "(b) it be printed.",
    ]
    text = "4.1   Apologies\n\nNone.\n\n4.2 Budget\n\nRESOLVED: That\n\n  (i) it be approved;\n\n (ii) it be printed.\n"
    assert [block.text for block in book(inside, text).blocks] == [
        "4.1 Apologies", "None.", "4.2 Budget", "RESOLVED: That", "(i) it be approved;", "(ii) it be printed.",
    ]


def test_rows_that_part_otherwise_keep_their_columns() -> None:
    def group(widths: tuple[int, ...], *rows: tuple[str, ...]) -> str:
        columns = "".join(f"<colspec colwidth='{width}.00pt'/>" for width in widths)
        body = "".join(f"<row>{''.join(f'<entry>{cell}</entry>' for cell in row)}</row>" for row in rows)
        return f"<tgroup cols='{len(widths)}'>{columns}<tbody>{body}</tbody></tgroup>"

    table = group((54, 110), ("Fund", "Year")) + group((54, 54, 56), ("", "2024/25", "2025/26"), ("Quay", "(12)", "-"))
    [block] = book(f"<para><informaltable>{table}</informaltable></para>").blocks
    assert table_of(block) == [["Fund", "Year", "Year"], [None, "2024/25", "2025/26"], ["Quay", "(12)", "-"]]


def test_a_note_is_raised_and_follows_at_the_end() -> None:
    blocks = book("<para>Tolls<footnote><para>From April.</para></footnote> rise.</para><para>End.</para>").blocks
    assert [block.text for block in blocks] == ["Tolls¹ rise.", "End.", "¹ From April."]


def test_what_is_no_docbook_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_antiword(Document("00", "x.doc", "application/msword"), b"Minutes", b"Minutes")
