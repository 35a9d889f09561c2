"""The words of a PDF page: text, box, size, weight.

pdfium hands a page's characters over in one call, in the order in which it would copy them, with spaces and
line ends put in where it sees gaps. A call for each character would cost more than all the rest, so only the
first and the last character of a word are asked for their boxes, and fonts once for each text object.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.document import Box, Word

HYPHEN_MARK = "\x02"
"""pdfium's sign for a hyphen that ends a line, as it gives single characters (in a whole text it is U+FFFE)."""
GAPS = r"\s\x02\u00a0\u2028"
TOKEN = re.compile(rf"[^{GAPS}]*\x02|[^{GAPS}]+")
WITH_LEADERS = re.compile(rf"\.{{4,}}|(?:(?!\.{{4}})[^{GAPS}])*\x02|(?:(?!\.{{4}})[^{GAPS}])+")
"""The same, for a page whose lines of contents are led to their page numbers by dots."""
LEADER = "...."
INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFF])
PRESENTATION = re.compile(r"[\ufb00-\ufb06]")
SYMBOL_FONT = re.compile(r"wingdings|webdings|symbol|dingbats", re.IGNORECASE)
SYMBOLS = {
    0xA7: "▪", 0xA8: "◻", 0xB7: "•", 0xD8: "➢", 0xFC: "✓", 0x76: "❖", 0x6F: "○", 0x6E: "■", 0x71: "❑",
    0x9F: "•", 0xE0: "→", 0xF0: "⇨", 0x6C: "●", 0x75: "◆", 0x77: "◆", 0xFE: "☑", 0x2D: "−", 0xFB: "✗", 0x51: "❑",
}
"""What the codes of bullet fonts look like."""

ENDINGS = frozenset({"st", "nd", "rd", "th", "ST", "ND", "RD", "TH"})
LIMIT = 1e5
"""Points; a character further off is on no page, or has no place at all."""
SPACED = 5
"""Single capitals in a row that are a word set wide rather than initials."""


@dataclass(slots=True)
class Typeface:
    """How a text object is set. `turn` is its angle in quarter turns clockwise."""

    size: float
    bold: bool
    italic: bool
    symbol: bool
    turn: int
    hidden: bool


PLAIN = Typeface(0.0, False, False, False, 0, False)


class WordReader:
    """Reads words off a text page. `place` turns PDF coordinates into points from the page's top left."""

    def __init__(self, text_page: Any, place: Callable[[float, float], tuple[float, float]]) -> None:
        self.text_page = text_page
        self.place = place
        self._faces: dict[int, Typeface] = {}
        self._fonts: dict[int, tuple[bool, bool, bool]] = {}
        self._box = pdfium.FS_RECTF()
        self._at = ctypes.byref(self._box)
        self.turns = [0, 0, 0, 0]
        """Words by the quarter turns clockwise at which they stand."""
        self.hidden = 0
        """Words that are not drawn, as under a scan."""

    def read(self, limit: int) -> list[Word]:
        """All words, in pdfium's order, from at most `limit` characters."""
        count = min(pdfium.FPDFText_CountChars(self.text_page), limit)
        if count <= 0:
            return []
        words: list[Word] = []
        joined = False
        text = self._characters(count)
        for match in (WITH_LEADERS if "...." in text else TOKEN).finditer(text):
            word = self._word(match[0], match.start(), match.end())
            if word is None:
                continue
            if joined and _abuts(words[-1], word):
                words[-1] = _join(words[-1], word)
            else:
                words.append(word)
            joined = match[0].endswith(HYPHEN_MARK)
        return join_spaced(words)

    @property
    def turn(self) -> int:
        """Quarter turns clockwise at which nearly all words stand, on the page before its own rotation."""
        most = max(range(4), key=lambda t: self.turns[t])
        return most if self.turns[most] > 0.8 * sum(self.turns) else 0

    def _characters(self, count: int) -> str:
        """One character for each of pdfium's, so that places in the string are its indices."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self.text_page, 0, count, buffer)
        if written == count + 1:
            text = bytes(buffer)[:-2].decode("utf-16-le", "replace")
            if len(text) == count:
                return text.replace("\ufffe", HYPHEN_MARK)
        codes = (pdfium.FPDFText_GetUnicode(self.text_page, i) for i in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)

    def _word(self, token: str, start: int, end: int) -> Word | None:
        face = self._typeface(start)
        text = _clean(token, face.symbol)
        if not text:
            return None
        box = self._box_around(start, end - 1)
        return None if box is None else Word(text, *box, face.size, face.bold, face.italic)

    def _box_around(self, first: int, last: int) -> Box | None:
        """The box of the characters `first` and `last`; None where one has no place on a page."""
        box = self._box
        if not pdfium.FPDFText_GetLooseCharBox(self.text_page, first, self._at):
            return None
        left, right, bottom, top = box.left, box.right, box.bottom, box.top
        if last > first:
            if not pdfium.FPDFText_GetLooseCharBox(self.text_page, last, self._at):
                return None
            left, right = min(left, right, box.left, box.right), max(left, right, box.left, box.right)
            bottom, top = min(bottom, top, box.bottom, box.top), max(bottom, top, box.bottom, box.top)
        xa, ya = self.place(left, top)
        xb, yb = self.place(right, bottom)
        if not (-LIMIT < xa < LIMIT and -LIMIT < ya < LIMIT and -LIMIT < xb < LIMIT and -LIMIT < yb < LIMIT):
            return None
        if xa > xb:
            xa, xb = xb, xa
        if ya > yb:
            ya, yb = yb, ya
        return round(xa, 2), round(ya, 2), round(xb, 2), round(yb, 2)

    def _typeface(self, index: int) -> Typeface:
        handle = pdfium.FPDFText_GetTextObject(self.text_page, index)
        if not handle:
            return PLAIN
        key = ctypes.addressof(handle.contents)
        face = self._faces.get(key)
        if face is None:
            face = self._faces[key] = self._read_typeface(handle, index)
        self.turns[face.turn] += 1
        self.hidden += face.hidden
        return face

    def _read_typeface(self, handle: Any, index: int) -> Typeface:
        matrix = pdfium.FS_MATRIX()
        size = pdfium.FPDFText_GetFontSize(self.text_page, index)
        turn = 0
        if pdfium.FPDFText_GetMatrix(self.text_page, index, ctypes.byref(matrix)):
            size *= math.hypot(matrix.c, matrix.d) or 1.0
            turn = round(-math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4
        bold, italic, symbol = self._font(pdfium.FPDFTextObj_GetFont(handle))
        # Printers that own no bold cut draw the outline as well.
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
        bold = bold or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
        return Typeface(round(size, 2), bold, italic, symbol, turn, mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)

    def _font(self, font: Any) -> tuple[bool, bool, bool]:
        if not font:
            return False, False, False
        key = ctypes.addressof(font.contents)
        known = self._fonts.get(key)
        if known is None:
            known = self._fonts[key] = _font_style(font)
        return known


def _font_style(font: Any) -> tuple[bool, bool, bool]:
    """Bold, italic, symbols. The stem weight that pdfium derives is no help: plain Helvetica has 695."""
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace").lower()
    flags = pdfium.FPDFFont_GetFlags(font)
    bold = bool(re.search(r"bold|black|heavy|demi", name)) or bool(flags > 0 and flags & 1 << 18)
    italic = bool(re.search(r"italic|oblique", name)) or bool(flags > 0 and flags & 1 << 6)
    return bold, italic, bool(SYMBOL_FONT.search(name))


def _clean(token: str, symbol: bool) -> str:
    text = LEADER if token.startswith(LEADER) else token
    if text.isascii() and not symbol:
        return text.replace(HYPHEN_MARK, "-")
    text = text.replace(HYPHEN_MARK, "-").translate(INVISIBLE)
    if symbol and len(text) <= 2 or any("\uf000" <= c <= "\uf0ff" for c in text):
        text = "".join(_symbol(c, symbol) for c in text)
    if PRESENTATION.search(text):
        text = PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    # A soft hyphen is printed only where it ends the line.
    return text[:-1].replace("\u00ad", "") + ("-" if text.endswith("\u00ad") else text[-1:])


def _symbol(character: str, symbol_font: bool) -> str:
    code = ord(character)
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
        return SYMBOLS.get(code) or (chr(code) if 0x20 < code < 0x7F and not symbol_font else "•")
    return SYMBOLS.get(code, character) if symbol_font and code < 0x100 else character


def join_spaced(words: list[Word]) -> list[Word]:
    """Join a letter-spaced word ("M I N U T E S") and an ordinal's raised ending ("2" "nd") into one word."""
    joined: list[Word] = []
    run = 0
    for word in words:
        last = joined[-1] if joined else None
        if last is not None and word.text in ENDINGS and last.text[-1:].isdigit() and _abuts(last, word):
            joined[-1] = _join(last, word)
            continue
        letter = len(word.text) == 1 and word.text.isupper()
        if letter and run and last is not None and not _spaced(last, word):
            run = _close_run(joined, run)
        joined.append(word)
        run = run + 1 if letter else _close_run(joined, run, 1)
    _close_run(joined, run)
    return joined


def _spaced(left: Word, right: Word) -> bool:
    """Two letters of one word set wide: on one line, less than an em apart."""
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    return overlap > 0.5 * (right.bottom - right.top) and -1 < right.x0 - left.x1 < 0.8 * max(left.size, 1)


def _close_run(words: list[Word], run: int, after: int = 0) -> int:
    """Join the `run` single capitals that end `after` words before the last, if they are enough to be a word."""
    if run >= SPACED:
        end = len(words) - after
        whole = words[end - run]
        for word in words[end - run + 1:end]:
            whole = _join(whole, word)
        words[end - run:end] = [whole]
    return 0


def _abuts(left: Word, right: Word) -> bool:
    """Whether what pdfium took for a split word stands unsplit on one line."""
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    return overlap > 0.5 * (right.bottom - right.top) and -1 < right.x0 - left.x1 < 0.15 * max(left.size, 1)


def _join(left: Word, right: Word) -> Word:
    return Word(
        left.text + right.text, left.x0, min(left.top, right.top), right.x1, max(left.bottom, right.bottom),
        left.size, left.bold, left.italic,
    )
