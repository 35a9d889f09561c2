"""Hostile web pages, XML, Word files and texts: cut, mutated, built by a small grammar, and built to hurt."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from evaluation.faults.pdfs import KILOBYTE, Made

ODD = [
    "\x00",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\ud7ff",
    "\uffff",
    "\u0007",
    "&#0;",
    "&#x202e;",
    "&bogus;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<script>alert(1)</script>",
    "<?php ?>",
    "'",
    '"',
    "<",
    ">",
    "&",
    "£",
    "é" * 50,
    "\r",
    "\t" * 99,
]
TAGS = [
    "p",
    "div",
    "table",
    "tr",
    "td",
    "th",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "span",
    "b",
    "a",
    "script",
    "style",
    "br",
    "iframe",
    "form",
    "svg",
    "math",
    "template",
    "select",
    "option",
    "frameset",
    "plaintext",
    "caption",
    "colgroup",
]
WORDS = [
    "RESOLVED:",
    "That",
    "the",
    "budget",
    "of",
    "£1,204,000",
    "be",
    "approved.",
    "(a)",
    "1.",
    "Item",
    "Present:",
    "Councillor",
    "A",
    "Marsh",
    "12 March 2024",
    "Option 1:",
    "do nothing",
    "…",
    "\u00a0",
]


def truncated(seeds: list[Path], most: int) -> Iterator[Made]:
    """Each seed, cut at every kilobyte (or at `most` places, where it has more)."""
    for seed in seeds:
        data = seed.read_bytes()
        step = max(KILOBYTE, len(data) // most)
        for end in range(0, len(data), step):
            yield f"{seed.stem}-{end:07}", data[:end]


def mutated(seeds: list[Path], draw: random.Random, count: int) -> Iterator[Made]:
    """Odd characters put in, stretches left out, doubled and moved."""
    for number in range(count):
        seed = draw.choice(seeds)
        text = seed.read_bytes().decode("utf-8", "replace")
        for _ in range(draw.choice((1, 5, 50))):
            at, length = draw.randrange(len(text) + 1), draw.choice((1, 20, 500))
            match draw.randrange(3):
                case 0:
                    text = text[:at] + draw.choice(ODD) + text[at:]
                case 1:
                    text = text[:at] + text[at + length :]
                case _:
                    other = draw.randrange(len(text) + 1)
                    text = text[:at] + text[other : other + length] + text[at:]
        yield f"{seed.stem}-{number:04}", text.encode(draw.choice(("utf-8", "utf-8", "utf-16", "latin-1")), "replace")


def grown(draw: random.Random, count: int) -> Iterator[Made]:
    """Web pages by a grammar: any tag in any other, closed or not, with odd attributes and words of minutes."""

    def element(depth: int) -> str:
        if depth == 0 or draw.random() < 0.3:
            return " ".join(draw.choice(WORDS + ODD) for _ in range(draw.randrange(8)))
        tag = draw.choice(TAGS)
        span = draw.choice(
            ("", "", " colspan=99999 rowspan=99999", " rowspan=-1", " colspan=x", ' class="mgAiTitleTxt"')
        )
        inner = "".join(element(depth - 1) for _ in range(draw.randrange(4)))
        return f"<{tag}{span}>{inner}" + draw.choice((f"</{tag}>", f"</{tag}>", "", f"</{draw.choice(TAGS)}>"))

    for number in range(count):
        body = "".join(element(draw.randrange(1, 7)) for _ in range(draw.randrange(1, 12)))
        yield f"grown-{number:04}", f"<!DOCTYPE html><html><body>{body}".encode("utf-8", "replace")


def _laughs(depth: int) -> str:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth))
    return f"<!DOCTYPE meeting [{entities}]>"


XML: dict[str, Callable[[], str]] = {
    "entities-a-thousand-million": lambda: f'<?xml version="1.0"?>{_laughs(10)}<meeting><title>&a9;</title></meeting>',
    "entity-long-and-often": lambda: (
        '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "' + "A" * 100_000 + '">]><m>' + "&a;" * 100_000 + "</m>"
    ),
    "entity-of-a-file": lambda: (
        '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        "<meeting><title>RESOLVED: &x;</title></meeting>"
    ),
    "entity-of-an-address": lambda: (
        '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]><m>&x;</m>'
    ),
    "type-of-an-address": lambda: '<?xml version="1.0"?><!DOCTYPE m SYSTEM "http://127.0.0.1:9/x.dtd"><m>a</m>',
    "entity-of-itself": lambda: '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY x "&x;">]><m>&x;</m>',
    "a-hundred-thousand-deep": lambda: '<?xml version="1.0"?>' + "<a>" * 100_000 + "x" + "</a>" * 100_000,
    "attributes-a-hundred-thousand": lambda: (
        '<?xml version="1.0"?><m ' + " ".join(f'a{n}="x"' for n in range(100_000)) + "/>"
    ),
    "name-of-a-megabyte": lambda: '<?xml version="1.0"?><' + "a" * 1_000_000 + "/>",
    "text-of-twenty-megabytes": lambda: '<?xml version="1.0"?><m>' + "word " * 4_000_000 + "</m>",
    "includes-a-file": lambda: (
        '<?xml version="1.0"?><m xmlns:xi="http://www.w3.org/2001/XInclude">'
        '<xi:include href="/etc/hostname" parse="text"/></m>'
    ),
    "says-another-encoding": lambda: '<?xml version="1.0" encoding="UTF-32"?><m>£</m>',
}
HTML: dict[str, Callable[[], str]] = {
    "a-hundred-thousand-deep": lambda: "<html><body>" + "<div>" * 100_000 + "x",
    "lists-ten-thousand-deep": lambda: "<html><body>" + "<ul><li>" * 10_000 + "x",
    "tables-in-tables": lambda: "<html><body>" + "<table><tr><td>" * 5_000 + "x",
    "cell-over-a-million-columns": lambda: "<html><body><table><tr><td colspan=1000000 rowspan=1000000>x</table>" * 50,
    "table-of-a-hundred-thousand-rows": lambda: "<html><body><table>" + "<tr><td>£1<td>2" * 100_000,
    "attribute-of-ten-megabytes": lambda: '<html><body><p class="' + "a" * 10_000_000 + '">x',
    "word-of-ten-megabytes": lambda: "<html><body><p>" + "a" * 10_000_000,
    "line-of-brackets": lambda: "<html><body><p>" + "(" * 200_000 + "[" * 200_000,
    "line-of-amounts": lambda: "<html><body><p>" + "£1,000,000.00 " * 100_000,
    "line-of-one-amount": lambda: "<html><body><p>£" + "1," * 500_000 + "0",
    "line-of-resolved": lambda: "<html><body><p>" + "RESOLVED: That " * 50_000,
    "line-of-addresses": lambda: "<html><body><p>Mr " + "Smith Road " * 50_000 + "of " + "1 A " * 50_000,
    "line-of-at-signs": lambda: "<html><body><p>" + "a@b." * 200_000,
    "line-of-noughts": lambda: "<html><body><p>" + "0" * 500_000 + " " + "0 " * 300_000,
    "line-of-blanks": lambda: "<html><body><p>a" + " \u00a0" * 1_000_000 + "b",
    "numbers-of-items": lambda: "<html><body>" + "".join(f"<p>{n}. Item {n}</p>" for n in range(20_000)),
    "comments-never-closed": lambda: "<html><body>" + "<!-- " * 500_000,
    "entities-by-number": lambda: "<html><body><p>" + "&#1114112;&#xD800;&#0;&#x10FFFF;" * 20_000,
    "scripts": lambda: "<html><body><script>while(1);</script><p onclick=alert(1)>RESOLVED: That it be noted.",
    "base-of-a-file": lambda: '<html><head><base href="file:///etc/"><meta http-equiv=refresh content="0;url=passwd">x',
    "directions": lambda: "<html><body><p>" + "\u202e\u2066\u2069" * 100_000 + "RESOLVED",
}
TEXT: dict[str, Callable[[], str]] = {
    "nul": lambda: "Minutes\x00of\x00the Council\nRESOLVED: That it be noted.\n" * 50,
    "bidirectional": lambda: "\u202eMinutes of the Council\u202c\nRESOLVED: That £1,000\u2066 be paid.\n" * 50,
    "one-line-of-ten-megabytes": lambda: "word " * 2_000_000,
    "a-million-lines": lambda: "a\n" * 1_000_000,
    "a-million-empty-lines": lambda: "Minutes\n" + "\n" * 1_000_000,
    "pipes": lambda: "|" * 100_000 + "\n" + "| a | b |\n" * 50_000,
    "rules": lambda: ("-" * 5_000 + "\n") * 500,
    "columns": lambda: ("a" + " " * 500 + "1\n") * 5_000,
    "hashes": lambda: "#" * 100_000 + " Minutes\n",
    "markdown-links": lambda: "[" * 100_000 + "](" * 100_000,
    "combining": lambda: "RESOLVED: " + "e" + "\u0301" * 500_000,
    "formulas": lambda: '=HYPERLINK("http://127.0.0.1/","x")\n@SUM(1)\n+1\n-1\n' * 100,
    "statements": lambda: "'; DROP TABLE documents; --\n$(touch /nowhere)\n`id`\n{{ 7*7 }}\n<%= 1 %>\n" * 100,
}
NAMES = [
    "a\nb.txt",
    "-rf.txt",
    "$(id).txt",
    "`id`.txt",
    "'; DROP TABLE documents; --.txt",
    "%s%n.txt",
    "{{7*7}}.txt",
    "a..b.txt",
    " .txt",
    "\u202etxt.exe.txt",
    "é" * 100 + ".txt",
    "a" * 251 + ".txt",
    "<script>.txt",
    "CON.txt",
    "\x01\x7f.txt",
    "~.txt",
    "a\\..\\..\\b.txt",
    "*.txt",
    "?.txt",
    "[a-z].txt",
    "\u0000".join(("",)) + "&amp;.txt",
]


def crafted(kind: dict[str, Callable[[], str]]) -> Iterator[Made]:
    """One of each of XML, HTML or TEXT."""
    for name, make in kind.items():
        yield name, make().encode("utf-8", "surrogatepass")


DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
    '2006/main"><w:body>{body}</w:body></w:document>'
)
PARAGRAPH = "<w:p><w:r><w:t>RESOLVED: That the budget be approved.</w:t></w:r></w:p>"


def docx(
    seed: Path, *, document: bytes | None = None, more: dict[str, bytes] | None = None, without: tuple[str, ...] = ()
) -> bytes:
    """A Word file like the seed, with another text, more parts, or without some."""
    out = io.BytesIO()
    with zipfile.ZipFile(seed) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in without:
                new.writestr(part, document if document is not None and part == "word/document.xml" else old.read(part))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def _text(body: str, before: str = "") -> bytes:
    return DOCUMENT.format(before=before, body=body).encode()


def word_files(seed: Path, only: tuple[str, ...] = ()) -> Iterator[Made]:
    """Word files that are built to hurt: all, or those named."""
    made: dict[str, Callable[[], bytes]] = {
        "bomb-of-400-megabytes": lambda: docx(seed, document=_text(PARAGRAPH + " " * 400_000_000)),
        "bomb-of-paragraphs": lambda: docx(seed, document=_text(PARAGRAPH * 1_000_000)),
        "bomb-beside-the-text": lambda: docx(seed, more={"word/media/image1.bin": b"\x00" * 400_000_000}),
        "bomb-of-styles": lambda: docx(
            seed, without=("word/styles.xml",), more={"word/styles.xml": b" " * 500_000_000}
        ),
        "entities": lambda: docx(seed, document=_text("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", _laughs(10))),
        "entity-of-a-file": lambda: docx(
            seed,
            document=_text(
                "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
            ),
        ),
        "ten-thousand-deep": lambda: docx(seed, document=_text("<w:tbl><w:tr><w:tc>" * 10_000)),
        "tables-in-tables": lambda: docx(
            seed, document=_text("<w:tbl><w:tr><w:tc>" * 300 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 300)
        ),
        "cell-over-a-million-columns": lambda: docx(
            seed,
            document=_text(
                '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>'
                + PARAGRAPH
                + "</w:tc></w:tr></w:tbl>"
            ),
        ),
        "numbers-that-are-none": lambda: docx(
            seed,
            document=_text(
                '<w:p><w:pPr><w:numPr><w:ilvl w:val="x"/><w:numId w:val="-1"/></w:numPr>'
                '<w:ind w:left="z"/></w:pPr></w:p>'
            ),
        ),
        "names-that-climb": lambda: docx(seed, more={"../../escaped.txt": b"hurt", "/etc/escaped": b"hurt"}),
        "name-of-a-kilobyte": lambda: docx(seed, more={"a" * 60_000: b"x"}),
        "parts-ten-thousand": lambda: docx(seed, more={f"word/x{n}.xml": b"" for n in range(10_000)}),
        "same-part-twice": lambda: docx(seed, more={"word/document.xml": _text(PARAGRAPH)}),
        "relation-to-an-address": lambda: docx(
            seed,
            without=("word/_rels/document.xml.rels",),
            more={
                "word/_rels/document.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                b'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                b'relationships/attachedTemplate" Target="http://127.0.0.1:9/evil.dotm" TargetMode="External"/>'
                b"</Relationships>"
            },
        ),
        "without-styles": lambda: docx(seed, without=("word/styles.xml",)),
        "without-text": lambda: docx(seed, without=("word/document.xml",)),
        "without-types": lambda: docx(seed, without=("[Content_Types].xml",)),
        "without-relations": lambda: docx(seed, without=("_rels/.rels",)),
        "macros": lambda: docx(seed, more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100}),
        "directions": lambda: docx(seed, document=_text(PARAGRAPH.replace("budget", "\u202etegdub\u202c"))),
        "sizes-that-lie": lambda: docx(seed).replace(b"PK\x01\x02", b"PK\x01\x02", 1)[:-30] + b"\xff" * 30,
    }
    for name, make in made.items():
        if not only or name in only:
            yield name, make()


def mutated_parts(seeds: list[Path], draw: random.Random, count: int) -> Iterator[Made]:
    """Word files whose parts are mutated, and zipped soundly."""
    for number in range(count):
        seed = draw.choice(seeds)
        out = io.BytesIO()
        with zipfile.ZipFile(seed) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.namelist():
                data = bytearray(old.read(part))
                if part.endswith((".xml", ".rels")) and data and draw.random() < 0.4:
                    for _ in range(draw.choice((1, 5, 30))):
                        at = draw.randrange(len(data))
                        if draw.random() < 0.5:
                            data[at] = draw.randrange(256)
                        else:
                            data[at : at + draw.choice((1, 40))] = data[draw.randrange(len(data)) :][
                                : draw.choice((1, 40))
                            ]
                        data = data or bytearray(b"<")
                new.writestr(part, bytes(data))
        yield f"{seed.stem}-{number:04}", out.getvalue()


def mutated_bytes(seeds: list[Path], draw: random.Random, count: int) -> Iterator[Made]:
    """Word files whose archive is mutated."""
    for number in range(count):
        seed = draw.choice(seeds)
        data = bytearray(seed.read_bytes())
        for _ in range(draw.choice((1, 5, 50))):
            data[draw.randrange(len(data))] = draw.randrange(256)
        yield f"{seed.stem}-{number:04}", bytes(data)
