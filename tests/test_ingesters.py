"""What a file is, told by its content; what cannot be read, told to a person."""

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.ingesters import Unreadable, opening, read
from pipeline.ingesters.characters import decode, superscript, visible
from pipeline.ingesters.sniff import DOCX, ODT, media_type
from pipeline.layout.compose import compose

LENIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(*names: str, **parts: bytes) -> bytes:
    """A zip with empty parts of those names, and with those contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as into:
        for name in names:
            into.writestr(name, b"")
        for name, content in parts.items():
            into.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\r\njunk before\n%PDF-1.4\n", "application/pdf"),
        (b"<!DOCTYPE html><title>x</title>", "text/html"),
        (b"\xef\xbb\xbf\n<!-- saved -->\n<table><tr><td>x</table>", "text/html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="y"/>', "text/html"),
        (b'<?xml version="1.0"?>\n<meeting><meetingid>1</meetingid></meeting>', "application/xml"),
        (b"<committees>\n <committee/></committees>", "application/xml"),
        ("Minutes of the meeting – £5".encode(), "text/plain"),
        ("Minutes of the meeting – £5".encode("cp1252"), "text/plain"),
        ("Minutes of the meeting".encode("utf-16"), "text/plain"),
        ("Minutes of the meeting".encode("utf-16-le"), "text/plain"),
        (b"{\\rtf1\\ansi Minutes}", "application/rtf"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "application/msword"),
        (archive("word/document.xml"), DOCX),
        (archive(mimetype=ODT.encode()), ODT),
    ],
)
def test_media_types(data: bytes, kind: str) -> None:
    assert media_type(data) == kind


@pytest.mark.parametrize(
    ("data", "kind", "advice"),
    [
        (b"", "empty", "Download"),
        (b" \r\n\x00\x00", "empty", "Download"),
        (b"%!PS-Adobe-3.0\n%%Title: minutes", "postscript", "ps2pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image", "PDF"),
        (b"\xff\xd8\xff\xe0JFIF", "image", "PDF"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image", "PDF"),
        (b"\x1f\x8b\x08rest", "archive", "Unpack"),
        (archive("minutes.pdf"), "archive", "Unpack"),
        (archive("xl/workbook.xml"), "spreadsheet", "PDF"),
        (archive("ppt/presentation.xml"), "slides", "PDF"),
        (archive("word/document.xml")[:40], "broken_zip", "Download"),
        (OLE2 + b"\x00" * 100, "legacy_office", "PDF"),
        (bytes(range(256)) * 20, "unknown_format", "formats"),
    ],
)
def test_unreadable(data: bytes, kind: str, advice: str) -> None:
    with pytest.raises(Unreadable) as caught:
        media_type(data)
    assert caught.value.kind == kind
    assert advice.rstrip("s") in caught.value.message


def test_a_name_is_never_trusted(tmp_path: Path) -> None:
    path = tmp_path / "minutes.pdf"
    path.write_bytes(b"<html><body><p>The page was not found.</p></body></html>")
    document = read(path)
    assert document.media_type == "text/html"
    assert [block.text for block in document.blocks] == ["The page was not found."]
    assert (document.path, document.sha256) == (str(path), sha256(path.read_bytes()).hexdigest())


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST", 10)
    path = tmp_path / "pack.txt"
    path.write_bytes(b"eleven bytes")
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.kind == "too_large"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path / "gone.txt")
    assert caught.value.kind == "no_access"


@pytest.mark.parametrize(
    ("data", "kind", "command"),
    [
        (OLE2 + "WordDocument".encode("utf-16-le"), "legacy_word", "apt-get install libreoffice"),
        (b"{\\rtf1 x}", "rtf", "apt-get install libreoffice"),
    ],
)
def test_old_formats_name_the_converter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, kind: str, command: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "minutes.doc"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.kind == kind
    assert command in caught.value.message


def test_an_old_word_document_goes_through_antiword(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    antiword = tmp_path / "antiword"
    antiword.write_text("#!/bin/sh\nprintf 'Minutes\\n\\nRESOLVED: That the report be noted.\\n'\n")
    antiword.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("shutil.which", lambda name: str(antiword) if name == "antiword" else None)
    path = tmp_path / "minutes.doc"
    path.write_bytes(OLE2 + "WordDocument".encode("utf-16-le"))
    assert [block.text for block in read(path).blocks] == ["Minutes", "RESOLVED: That the report be noted."]


@LENIENT
@given(data=st.binary(max_size=300))
@pytest.mark.parametrize(
    "prefix",
    [b"", b"<html><body>", b"<?xml version='1.0'?><meeting>", b"PK\x03\x04", OLE2, b"{\\rtf1 ", b"\xff\xfe"],
)
def test_any_bytes_are_a_document_or_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefix: bytes, data: bytes
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)  # our parsers, not LibreOffice started a hundred times
    path = tmp_path / "anything"
    path.write_bytes(prefix + data)
    try:
        document = read(path)
    except Unreadable as fault:
        assert fault.kind
        assert fault.message.endswith((".", ")"))
        return
    assert isinstance(document, Document)
    composed = compose(document)
    assert composed.text == "".join(block.text + "\n" for block in composed.blocks)


LETTERS = st.characters(categories=["L", "Nd"]).filter(lambda letter: not "\ufb00" <= letter <= "\ufb06")
"""Not the ligatures of Latin letters, which are read as the letters that they join."""


@LENIENT
@given(words=st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=8))
def test_words_of_any_script_come_through(tmp_path: Path, words: list[str]) -> None:
    sentence = "The " + " ".join(words)
    path = tmp_path / "words.txt"
    path.write_text(sentence, encoding="utf-8")
    assert [block.text for block in read(path).blocks] == [sentence]


@given(st.binary(max_size=200))
def test_any_bytes_decode(data: bytes) -> None:
    decode(data, declared=True).encode("utf-8")


def test_encodings() -> None:
    assert decode("Llŷn – £5".encode()) == "Llŷn – £5"
    assert decode("café – £5".encode("cp1252")) == "café – £5"
    assert decode("£5".encode("utf-16")) == "£5"
    assert decode(b'<meta charset="cp1250">\x8a', declared=True).endswith("Š")
    assert decode(b'<meta charset="no-such-thing">\xa35', declared=True).endswith("£5")


def test_what_prints_nothing_is_taken_out() -> None:
    assert visible("sav\u00ading\u200b \u202e5\u202c\x00") == "saving 5"
    assert superscript("1st, 12") == "¹st, ¹²"
