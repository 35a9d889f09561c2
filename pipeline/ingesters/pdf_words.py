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

import numpy as np
import pypdfium2.raw as pdfium

from pipeline.document import Box, Word
from pipeline.ingesters.characters import superscript
from pipeline.ingesters.pdf_calls import box_of_character, font_of, font_size, render_mode, text_matrix, text_object

Place = Callable[[Any, Any], tuple[Any, Any]]
"""How PDF coordinates become points from a page's top left; numbers, or arrays of them."""
Token = tuple[str, int, int]
"""A run of characters, and where it begins and ends among the page's characters."""

HYPHEN_MARK = "\x02"
"""pdfium's sign for a hyphen that ends a line, as it gives single characters (in a whole text it is U+FFFE)."""
GAPS = r"\s\x02\u00a0\u2028"
TOKEN = re.compile(rf"[^{GAPS}]+\x02?|\x02")
WITH_LEADERS = re.compile(rf"\.{{4,}}|(?:(?!\.{{4}})[^{GAPS}])+\x02?|\x02")
"""The same, for a page whose lines of contents are led to their page numbers by dots."""
LEADER = "...."
INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFF])
PRESENTATION = re.compile(r"[\ufb00-\ufb06]")
LEFTWARD = re.compile("[\u0590-\u08ff]")
"""Letters of Hebrew, Arabic and their kin."""
LEFTWARD_RUN = re.compile("[\u0590-\u08ff]{2,}")
SYMBOL_FONT = re.compile(r"wingdings|webdings|symbol|dingbats", re.IGNORECASE)
SYMBOLS = {
    0xA7: "▪", 0xA8: "◻", 0xB7: "•", 0xD8: "➢", 0xFC: "✓", 0x76: "❖", 0x6F: "○", 0x6E: "■", 0x71: "❑",
    0x9F: "•", 0xE0: "→", 0xF0: "⇨", 0x6C: "●", 0x75: "◆", 0x77: "◆", 0xFE: "☑", 0x2D: "−", 0xFB: "✗", 0x51: "❑",
}
"""What the codes of bullet fonts look like."""

STOPS = frozenset({".", ",", ";", ":"})
LATTER = STOPS | {"st", "nd", "rd", "th", "ST", "ND", "RD", "TH"}
"""What follows a word without a space, though it is set higher or smaller."""
LIMIT = 1e5
"""Points; a character further off is on no page, or has no place at all."""
RAISED_SIZE, RAISED_BY = 0.8, 0.15
"""Share of a word's size that the digits of a footnote's mark have at most, and of its height that they ride up."""
MARK = re.compile(r"\d{1,3}(?=[.,;:)]*$)")
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

    def __init__(self, text_page: Any, place: Place) -> None:
        self.text_page = text_page
        self.place = place
        self._faces: dict[int, Typeface] = {0: PLAIN}
        self._alike: dict[tuple[Any, ...], Typeface] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_at = ctypes.addressof(self._matrix)
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
        plain = text.isascii() and HYPHEN_MARK not in text and LEADER not in text
        tokens = _tokens(text, plain)
        if not tokens:
            return []
        faces = self._typefaces(tokens)
        for (token, start, _), face, box in zip(tokens, faces, self._boxes(tokens), strict=True):
            ordinary = not face.symbol and (plain or token.isalnum() and token.isascii())
            cleaned = token if ordinary else _clean(token, face.symbol)
            if box is None or not cleaned:
                continue
            if not ordinary and LEFTWARD.search(cleaned):
                cleaned = self._in_order(cleaned, token, start)
            if cleaned[-1].isdigit() or cleaned[-2:-1].isdigit():
                cleaned = self._with_mark(cleaned, token, start)
            x0, top, x1, bottom = box
            word = Word(cleaned, x0, top, x1, bottom, face.size, face.bold, face.italic)
            if joined and _abuts(words[-1], word):
                words[-1] = _join(words[-1], word)
            else:
                words.append(word)
            joined = not plain and token.endswith(HYPHEN_MARK)
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

    def _boxes(self, tokens: list[Token]) -> list[Box | None]:
        """The boxes of tokens, from those of their first and last characters; None where one has no place on a page."""
        ends = (pdfium.FS_RECTF * (2 * len(tokens)))()
        at, step = ctypes.addressof(ends), ctypes.sizeof(pdfium.FS_RECTF)
        known: list[bool] = []
        for _, start, end in tokens:
            first = box_of_character(self.text_page, start, at)
            last = box_of_character(self.text_page, end - 1, at + step)
            known.append(bool(first and last))
            at += 2 * step
        sides = np.frombuffer(ends, np.float32).astype(np.float64).reshape(-1, 2, 4)
        left, top, right, bottom = sides.transpose(2, 1, 0)
        xs, ys = np.stack([*left, *right]), np.stack([*top, *bottom])
        (xa, ya), (xb, yb) = self.place(xs.min(0), ys.min(0)), self.place(xs.max(0), ys.max(0))
        corners = [np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)]
        placed = np.all([np.abs(corner) < LIMIT for corner in corners], 0) & known
        boxes = zip(*(corner.round(2).tolist() for corner in corners), strict=True)
        return [box if fits else None for box, fits in zip(boxes, placed.tolist(), strict=True)]

    def _in_order(self, text: str, token: str, start: int) -> str:
        """A word of Arabic or Hebrew whose letters the page gives from left to right, as they are read."""
        letters = list(LEFTWARD.finditer(token))
        if not letters:
            return text
        ends = self._boxes([("", start + m.start(), start + m.end()) for m in (letters[0], letters[-1])])
        if ends[0] is None or ends[1] is None or ends[0][0] >= ends[1][0]:
            return text
        return LEFTWARD_RUN.sub(lambda m: m[0][::-1], text)

    def _with_mark(self, text: str, token: str, start: int) -> str:
        """The word with the digits that a footnote's mark adds to it raised, so that they are none of its figure."""
        found = MARK.search(token)
        if found is None or found.start() == 0 or text != token:
            return text
        if text_object(self.text_page, start) == text_object(self.text_page, start + found.end() - 1):
            return text  # as of nearly all figures
        first = next((i for i in range(*found.span()) if self._rides_up(start, start + i)), None)
        if first is None:
            return text
        return token[:first] + superscript(found[0][first - found.start():]) + token[found.end():]

    def _rides_up(self, base: int, index: int) -> bool:
        """Whether the character at `index` is small and raised beside the one at `base`."""
        one, other = text_object(self.text_page, base), text_object(self.text_page, index)
        if not one or not other or one == other:
            return False
        if self._face_of(other, index).size >= RAISED_SIZE * self._face_of(one, base).size:
            return False
        below, above = self._boxes([("", base, base + 1), ("", index, index + 1)])
        return below is not None and above is not None and below[3] - above[3] > RAISED_BY * (below[3] - below[1])

    def _typefaces(self, tokens: list[Token]) -> list[Typeface]:
        """How each token is set, by its first character; counts how they stand."""
        faces: list[Typeface] = []
        for _, start, _ in tokens:
            handle = text_object(self.text_page, start) or 0
            face = self._faces.get(handle) or self._face_of(handle, start)
            faces.append(face)
            if handle:
                self.turns[face.turn] += 1
                self.hidden += face.hidden
        return faces

    def _face_of(self, handle: int, index: int) -> Typeface:
        face = self._faces.get(handle)
        if face is None:
            face = self._faces[handle] = self._read_typeface(handle, index)
        return face

    def _read_typeface(self, handle: int, index: int) -> Typeface:
        """The typeface of a text object; the objects of a page are set in a few, so each is worked out once."""
        m = self._matrix
        turned = text_matrix(self.text_page, index, self._matrix_at)
        size = font_size(self.text_page, index)
        look = (size, turned, m.a, m.b, m.c, m.d, font_of(handle), render_mode(handle))
        face = self._alike.get(look)
        if face is None:
            face = self._alike[look] = _typeface(*look)
        return face


def _tokens(text: str, plain: bool) -> list[Token]:
    """The runs of characters between gaps; of a `plain` text, which white space alone parts, found by splitting it."""
    if not plain:
        return [(m[0], m.start(), m.end()) for m in (WITH_LEADERS if LEADER in text else TOKEN).finditer(text)]
    tokens: list[Token] = []
    end = 0
    for token in text.split():
        start = text.index(token, end)
        end = start + len(token)
        tokens.append((token, start, end))
    return tokens


def _typeface(
    size: float, turned: int, a: float, b: float, c: float, d: float, font: int | None, mode: int
) -> Typeface:
    turn = 0
    if turned:
        size *= math.hypot(c, d) or 1.0
        turn = round(-math.degrees(math.atan2(b, a)) / 90) % 4
    bold, italic, symbol = _font_style(ctypes.cast(font, pdfium.FPDF_FONT)) if font else (False, False, False)
    # Printers that own no bold cut draw the outline as well.
    bold = bold or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
    return Typeface(round(size, 2), bold, italic, symbol, turn, mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


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
    """Join a letter-spaced word ("M I N U T E S"), an ordinal's raised ending ("2" "nd") and a stop into one word."""
    texts = [word.text for word in words]
    if LATTER.isdisjoint(texts) and sum(len(text) == 1 and text.isupper() for text in texts) < SPACED:
        return words
    joined: list[Word] = []
    run = 0
    for word in words:
        last = joined[-1] if joined else None
        latter = word.text in LATTER and (word.text in STOPS or last is not None and last.text[-1:].isdigit())
        if latter and last is not None and _abuts(last, word):
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
