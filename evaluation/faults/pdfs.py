"""Hostile PDFs: cut, mutated byte by byte and object by object, and built to hurt whoever reads them."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

Made = tuple[str, bytes]
"""A file's name, without its end, and its bytes."""
KILOBYTE = 1024


def truncated(seeds: list[Path]) -> Iterator[Made]:
    """Each seed, cut at every kilobyte."""
    for seed in seeds:
        data = seed.read_bytes()
        for end in range(0, len(data), KILOBYTE):
            yield f"{seed.stem}-{end // KILOBYTE:04}k", data[:end]


def mutated(seeds: list[Path], draw: random.Random, count: int) -> Iterator[Made]:
    """Bytes changed, left out, doubled and swapped with others."""
    for number in range(count):
        seed = draw.choice(seeds)
        data = bytearray(seed.read_bytes())
        for _ in range(draw.choice((1, 3, 10, 100))):
            at, length = draw.randrange(len(data)), draw.choice((1, 1, 4, 64, 1000))
            match draw.randrange(4):
                case 0:
                    data[at : at + 1] = bytes([draw.randrange(256)])
                case 1:
                    del data[at : at + length]
                case 2:
                    data[at:at] = data[at : at + length]
                case _:
                    other = draw.randrange(len(data))
                    data[at : at + length] = data[other : other + length]
            if not data:
                data = bytearray(b"%PDF-")
        yield f"{seed.stem}-{number:04}", bytes(data)


def numbers(seeds: list[Path], draw: random.Random, count: int) -> Iterator[Made]:
    """Numbers of the file's syntax exchanged for those that break what reckons with them."""
    odd = [b"0", b"-1", b"1e99", b"99999999999", b"2147483648", b"-2147483649", b"0.0000001", b"NaN", b"65536"]
    for number in range(count):
        seed = draw.choice(seeds)
        data = seed.read_bytes()
        places = [at for at in range(1, len(data)) if data[at : at + 1].isdigit() and data[at - 1 : at] in b" [/"]
        for at in sorted(draw.sample(places, min(draw.choice((1, 3, 20)), len(places))), reverse=True):
            end = at
            while data[end : end + 1].isdigit():
                end += 1
            data = data[:at] + draw.choice(odd) + data[end:]
        yield f"{seed.stem}-{number:04}", data


def objects(seeds: list[Path], draw: random.Random, count: int) -> Iterator[Made]:
    """Objects of the file's structure removed, exchanged and tied into circles, and written anew by pikepdf."""
    import pikepdf

    for number in range(count):
        seed = draw.choice(seeds)
        with pikepdf.open(seed) as pdf:
            every = [one for one in pdf.objects if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream))]
            for _ in range(draw.choice((1, 2, 5, 15))):
                one = draw.choice(every)
                keys = [key for key in one.keys() if key != "/Length"]  # noqa: SIM118 (no mapping)
                if not keys:
                    continue
                key = draw.choice(keys)
                match draw.randrange(5):
                    case 0:
                        del one[key]
                    case 1:
                        one[key] = draw.choice(every)
                    case 2:
                        one[key] = pikepdf.Array([])
                    case 3:
                        one[key] = draw.choice((-1, 0, 10**9, True))
                    case _:
                        if isinstance(one, pikepdf.Stream):
                            one.write(draw.randbytes(draw.choice((0, 10, 5000))))
            out = io.BytesIO()
            try:
                pdf.save(out, object_stream_mode=draw.choice(list(pikepdf.ObjectStreamMode)))
            except (pikepdf.PdfError, RuntimeError, ValueError):  # so broken that it cannot be written
                continue
        yield f"{seed.stem}-{number:04}", out.getvalue()


def built(objects_of: dict[int, bytes], root: int = 1) -> bytes:
    """A PDF of the objects, with a sound table of their places."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects_of.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Root %d 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (root, max(objects_of) + 1, start)
    return bytes(out)


def stream(data: bytes, more: bytes = b"", packed: bool = True) -> bytes:
    """A stream object."""
    body = zlib.compress(data, 9) if packed else data
    way = b"/Filter /FlateDecode " if packed else b""
    return b"<< " + way + more + b"/Length %d >>\nstream\n" % len(body) + body + b"\nendstream"


def page(content: bytes, *, more: bytes = b"", catalog: bytes = b"", rest: dict[int, bytes] | None = None) -> bytes:
    """A PDF of one page with that content; `more` goes into the page, `catalog` into the catalogue."""
    return built(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> " + more + b" >>",
            4: stream(content),
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            6: stream(b"q Q", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "),
            **(rest or {}),
        }
    )


SAID = b"BT /F1 12 Tf 72 700 Td (RESOLVED: That the budget be approved.) Tj ET\n"


def _image(side: int) -> dict[int, bytes]:
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray " % (
        side,
        side,
    )
    return {6: stream(b"\x00" * 1000, head)}


def _chain(count: int) -> dict[int, bytes]:
    """Forms that show forms, each twice: two to the power of `count` drawings."""
    made = {}
    for n in range(count):
        at = 6 + n
        inner = b"/Resources << /XObject << /X %d 0 R >> >> " % (at + 1) if n + 1 < count else b""
        said = b"/X Do /X Do" if n + 1 < count else b"0 0 m 9 9 l S"
        made[at] = stream(said, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + inner)
    return made


def _million() -> bytes:
    return built(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        }
    )


def _same_page_often(count: int) -> bytes:
    kids = b"3 0 R " * count
    return built(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count,
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        }
    )


def _cycle() -> bytes:
    return built(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 2 >>",
            3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 2 >>",
        }
    )


def _deep_tree(depth: int) -> bytes:
    made = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    for n in range(depth):
        made[2 + n] = b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (3 + n)
    made[2 + depth] = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] >>" % (1 + depth)
    return built(made)


def _previous_is_itself() -> bytes:
    data = page(SAID)
    at = data.rindex(b"xref\n0 1")
    return data.replace(b"/Size", b"/Prev %d /Size" % at)


def _font(program: bytes, kind: bytes = b"/FontFile2") -> dict[int, bytes]:
    return {
        5: b"<< /Type /Font /Subtype /TrueType /BaseFont /Bad /FirstChar 0 /LastChar 255 /Widths ["
        + b"500 " * 256
        + b"] /FontDescriptor 7 0 R /ToUnicode 9 0 R >>",
        7: b"<< /Type /FontDescriptor /FontName /Bad /Flags 4 /FontBBox [0 0 1 1] " + kind + b" 8 0 R >>",
        8: stream(program, b"/Length1 %d " % len(program)),
        9: stream(b"begincmap 100 beginbfrange <00> <ff> <ffff> endbfrange" * 50 + b"<" * 1000),
    }


CRAFTED: dict[str, Callable[[], bytes]] = {
    "million-pages-declared": _million,
    "same-page-twenty-thousand-times": lambda: _same_page_often(20_000),
    "page-tree-in-a-circle": _cycle,
    "page-tree-five-thousand-deep": lambda: _deep_tree(5_000),
    "table-of-places-that-points-at-itself": _previous_is_itself,
    "image-of-100000-pixels": lambda: page(SAID + b"q 500 0 0 500 0 0 cm /X Do Q", rest=_image(100_000)),
    "image-alone-of-100000-pixels": lambda: page(b"q 595 0 0 842 0 0 cm /X Do Q", rest=_image(100_000)),
    "image-of-two-thousand-million-pixels": lambda: page(b"q 595 0 0 842 0 0 cm /X Do Q", rest=_image(2_000_000_000)),
    "forms-in-forms": lambda: page(SAID + b"/X Do", rest=_chain(40)),
    "form-that-shows-itself": lambda: page(
        SAID + b"/X Do",
        rest={
            6: stream(
                b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> "
            )
        },
    ),
    "javascript-at-opening": lambda: page(
        SAID, catalog=b"/OpenAction << /S /JavaScript /JS (app.alert(1);while(1);) >>"
    ),
    "program-launched-at-opening": lambda: page(
        SAID, catalog=b"/OpenAction << /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) /P (/c calc) >> >>"
    ),
    "address-opened-at-opening": lambda: page(SAID, catalog=b"/OpenAction << /S /URI /URI (http://127.0.0.1:9/) >>"),
    "form-submitted-at-opening": lambda: page(
        SAID, catalog=b"/OpenAction << /S /SubmitForm /F (http://127.0.0.1:9/) >> /AcroForm << /Fields [] /XFA 6 0 R >>"
    ),
    "embedded-file": lambda: page(
        SAID,
        catalog=b"/Names << /EmbeddedFiles << /Names [(../../x.sh) << /Type /Filespec /F (../../x.sh) "
        b"/EF << /F 7 0 R >> >>] >> >>",
        rest={7: stream(b"#!/bin/sh\necho hurt\n")},
    ),
    "font-of-noise": lambda: page(SAID, rest=_font(random.Random(1).randbytes(20_000))),
    "font-that-says-it-is-huge": lambda: page(SAID, rest=_font(b"\x00\x01\x00\x00\xff\xff" + b"\xff" * 5_000)),
    "font-of-type-one-noise": lambda: page(SAID, rest=_font(b"%!PS-AdobeFont\n" + b"dup " * 90_000, b"/FontFile")),
    "font-of-cff-noise": lambda: page(
        SAID, rest=_font(b"\x01\x00\x04\x04" + random.Random(2).randbytes(9_000), b"/FontFile3")
    ),
    "content-of-400-megabytes": lambda: page(SAID + b" " * 400_000_000),
    "content-of-states-never-restored": lambda: page(b"q " * 5_000_000 + SAID),
    "content-of-brackets": lambda: page(b"[" * 1_000_000 + SAID),
    "content-of-five-million-lines": lambda: page(SAID + b"0 0 m 9 9 l S\n" * 5_000_000),
    "content-of-a-million-letters": lambda: page(b"BT /F1 1 Tf " + b"(a) Tj " * 1_000_000 + b"ET"),
    "letters-outside-of-the-page": lambda: page(b"BT /F1 9 Tf 1e30 -1e30 Td (far away) Tj ET " + SAID),
    "letters-of-no-size": lambda: page(b"BT /F1 0 Tf 72 700 Td (nothing) Tj /F1 1e-30 Tf (less) Tj ET " + SAID),
    "letters-of-all-size": lambda: page(b"BT /F1 1e30 Tf 72 700 Td (enormous) Tj ET " + SAID),
    "page-of-no-size": lambda: page(SAID, more=b"/MediaBox [0 0 0 0] "),
    "page-of-all-size": lambda: page(SAID, more=b"/MediaBox [0 0 1e9 1e9] "),
    "page-of-all-size-to-be-recognised": lambda: page(
        b"q 1e6 0 0 1e6 0 0 cm /X Do Q", more=b"/MediaBox [0 0 1e6 1e6] "
    ),
    "page-turned-inside-out": lambda: page(SAID, more=b"/MediaBox [595 842 0 0] /Rotate 45 "),
    "page-turned-often": lambda: page(SAID, more=b"/Rotate 999999990 /UserUnit 1e9 "),
    "controls-and-directions-in-text": lambda: page(
        b"BT /F1 12 Tf 72 700 Td <FEFF202E0041002000000042> Tj (\\000\\001\\002 \\377 NUL) Tj ET " + SAID
    ),
    "title-of-controls": lambda: page(SAID).replace(
        b"trailer\n<<", b"trailer\n<< /Info << /Title (\\000\\n../../x) >>"
    ),
    "nothing-but-a-head": lambda: b"%PDF-1.7\n",
    "head-behind-noise": lambda: b"\x00" * 900 + page(SAID),
    "two-thousand-ends": lambda: page(SAID) + b"startxref\n0\n%%EOF\n" * 2_000,
    "brackets-in-the-catalogue": lambda: page(SAID, catalog=b"/A " + b"[" * 200_000),
    "names-in-the-catalogue": lambda: page(SAID, catalog=b"/" + b"A" * 2_000_000 + b" 1"),
}


def crafted() -> Iterator[Made]:
    """One of each of CRAFTED."""
    for name, make in CRAFTED.items():
        yield name, make()


def encrypted() -> Iterator[Made]:
    """A page behind passwords: none, an empty one, and one that must be known; each by every method."""
    import pikepdf

    for revision, aes in ((2, False), (3, False), (4, True), (5, True), (6, True)):
        for user in ("", "secret"):
            out = io.BytesIO()
            with pikepdf.open(io.BytesIO(page(SAID))) as pdf:
                pdf.save(
                    out,
                    encryption=pikepdf.Encryption(
                        owner="owner", user=user, R=revision, aes=aes, metadata=False if revision < 4 else aes
                    ),
                )
            yield f"revision-{revision}-{'empty' if not user else 'needed'}", out.getvalue()
