"""Optical character recognition of a page's picture, by tesseract where it is installed."""

from __future__ import annotations

import math
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.document import Word
from pipeline.ingesters.ocr_skew import skew_of

if TYPE_CHECKING:
    from PIL.Image import Image

INSTALL = (
    "Install tesseract (Debian, Ubuntu: sudo apt install tesseract-ocr; macOS: brew install tesseract) and read again."
)
DPI = 250
"""On scans of council papers as sure as 300 to 600 (confidence within 0.005), and the quickest."""
TIME_OUT = 60
"""Seconds for a page."""
COARSE, FAINT = 4, 80
"""Pixels of a side that are looked at as one to see which way lines run; ink, of 255, that is no more than shade."""
ASKEW = 2.0
"""Degrees below which a page is read as it lies, and its lines are levelled afterwards: at 1.25 tesseract is as sure of
the page askew (0.935) as of the page straightened (0.928), at 3 it cuts figures in two, at 6 it finds hardly a line."""
POOR = 0.45
"""Mean confidence below which the page may lie on its side."""
RULES = frozenset("|¦")
"""What the rule between two columns is taken for."""
MILLION = re.compile(r"(?<=\d)r[nm](?=\W*$)")
"""What becomes of the m after an amount."""
ORDINAL = re.compile(r"(\d{1,2})(?:[\"”“'’*°]{1,2}|%)$")
MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
BULLETS = frozenset("e¢©«®°*+»·●e@")
CAPITALS = 1.3
"""How much wider capitals are than small letters."""
EM = 0.93
"""Height of a line's ink, from the top of its capitals to the foot of its descenders, in ems."""


class NoRecognition(Exception):
    """Tesseract is missing or gave up; the message says so for a person."""


@dataclass(slots=True)
class Recognised:
    """Words of a page, in points from the top left of the page as it is to be read, turned clockwise by `turn`."""

    words: list[Word]
    turn: int = 0
    skew: float = 0.0
    """Degrees by which the lines of the picture fall; words stand where they would if it were straight."""


def recognise(images: Sequence[Image], dpi: int = DPI) -> list[Recognised | NoRecognition]:
    """The words in each picture, or why there are none. Tesseract starts once for all, which takes it a while."""
    turns = [_orientation(image) if _columns_of_ink(image) else 0 for image in images]
    pages = [_upright(image, turn) for image, turn in zip(images, turns, strict=True)]
    try:
        read = _read([page for page, _ in pages], dpi)
    except NoRecognition as error:
        if len(images) == 1:
            return [error]
        return [one for image in images for one in recognise([image], dpi)]  # one spoils it, the others are read
    found = (Recognised(words, turn, skew) for words, turn, (_, skew) in zip(read, turns, pages, strict=True))
    return [_checked(image, first, dpi) for image, first in zip(images, found, strict=True)]


def _checked(image: Image, first: Recognised, dpi: int) -> Recognised | NoRecognition:
    """What was read of a picture, or what is read of it turned otherwise, where that says more."""
    words = first.words
    if words and not _on_its_side(words) and sum(w.confidence for w in words) / len(words) > POOR:
        return first
    other = 0 if first.turn else _orientation(image)
    if other != first.turn:
        page, skew = _upright(image, other)
        try:
            [turned] = _read([page], dpi)
        except NoRecognition as error:
            return error
        if sum(w.confidence for w in turned) > sum(w.confidence for w in words) or _on_its_side(words):
            return Recognised(turned, other, skew)
    return first


def _upright(image: Image, turn: int) -> tuple[Image, float]:
    """The picture turned clockwise by `turn` and straightened, and by how many degrees it was askew."""
    from PIL.Image import Resampling

    turned = image.rotate(-turn, expand=True) if turn else image
    skew = skew_of(turned)
    if abs(skew) < ASKEW:
        return turned, 0.0
    return turned.rotate(skew, resample=Resampling.BICUBIC, fillcolor=255), skew


def _columns_of_ink(image: Image) -> bool:
    """Whether ink comes and goes from left to right more than from top to bottom, as on a page on its side."""
    ink = 255.0 - np.asarray(image.convert("L").reduce(COARSE), dtype=np.float32)
    ink[ink < FAINT] = 0
    down, across = (np.abs(np.diff(ink.sum(axis))).sum() / ink.shape[axis] for axis in (1, 0))
    return bool(across > down)


def _on_its_side(words: list[Word]) -> bool:
    """Whether most words of some length are higher than they are wide."""
    long = [w for w in words if len(w.text) > 3]
    return sum(w.bottom - w.top > w.x1 - w.x0 for w in long) > 0.5 * len(long)


def _read(images: Sequence[Image], dpi: int) -> list[list[Word]]:
    """The words of each picture."""
    import pytesseract

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # tesseract's threads only get in each other's way
    with TemporaryDirectory() as place:
        names = [f"{place}/{number}.bmp" for number in range(len(images))]
        for image, name in zip(images, names, strict=True):
            image.save(name)  # to pack it as PNG would take a tenth of the time
        listed = Path(place) / "pages.txt"
        listed.write_text("\n".join(names))
        try:
            data = pytesseract.image_to_data(
                str(listed), config=f"--psm 3 --dpi {dpi}", timeout=TIME_OUT * len(images),
                output_type=pytesseract.Output.DICT,
            )
        except pytesseract.TesseractNotFoundError as error:
            raise NoRecognition(f"It needs optical character recognition. {INSTALL}") from error
        except (pytesseract.TesseractError, RuntimeError, OSError) as error:
            raise NoRecognition(f"Tesseract could not read it ({str(error)[:120]}).") from error
    rows: list[list[int]] = [[] for _ in images]
    for at, number in enumerate(data["page_num"]):
        rows[number - 1].append(at)
    return [_words(data, own, 72 / dpi) for own in rows]


def _orientation(image: Image) -> int:
    """Degrees by which the picture must be turned clockwise; 0 where tesseract cannot tell."""
    import pytesseract

    try:
        found = pytesseract.image_to_osd(image, timeout=TIME_OUT, output_type=pytesseract.Output.DICT)
    except (pytesseract.TesseractError, RuntimeError, OSError):
        return 0
    return int(found.get("rotate", 0)) % 360


def _words(data: dict[str, list[Any]], rows: Iterable[int], scale: float) -> list[Word]:
    """Tesseract's rows into words on level lines, with one size where lines are about equally high."""
    lines: dict[tuple[int, int, int], list[Word]] = defaultdict(list)
    for i in rows:
        text = MILLION.sub("m", data["text"][i].strip())
        confidence = float(data["conf"][i]) / 100
        if not text or text in RULES or confidence < _needed(text):
            continue
        x0, top = data["left"][i] * scale, data["top"][i] * scale
        word = Word(
            text, x0, top, x0 + data["width"][i] * scale, top + data["height"][i] * scale,
            confidence=round(min(confidence, 1.0), 3),
        )
        lines[data["block_num"][i], data["par_num"][i], data["line_num"][i]].append(word)
    _level(list(lines.values()))
    for words in lines.values():
        _mend_bullet(words)
        _mend_ordinals(words)
    return [word for words in lines.values() for word in words]


def _needed(text: str) -> float:
    """The confidence below which a word is dirt: specks become single letters, dotted lines endless words."""
    if not any(c.isalnum() for c in text):
        return 0.6
    return 0.5 if len(text) == 1 or len(text) > 24 else 0.0


def _mend_bullet(words: list[Word]) -> None:
    """A bullet is read as whatever letter or sign is as round; the gap after it tells."""
    first = words[0]
    if first.text in BULLETS and len(words) > 1 and words[1].x0 - first.x1 > 0.6 * first.size:
        first.text = "•"


def _mend_ordinals(words: list[Word]) -> None:
    """The raised "th" of a date is read as a quotation mark."""
    for day, month in zip(words, words[1:], strict=False):
        found = ORDINAL.match(day.text)
        if found and MONTH.match(month.text):
            day.text = f"{found[1]}{ENDINGS.get(int(found[1]), 'th')}"


def _level(lines: list[list[Word]]) -> None:
    """Give a line's words one size, top and bottom, the page's skew taken out.

    Ink boxes are as high as their letters happen to be; the width of a letter tells the size better.
    """
    if not lines:
        return
    slope = _slope(lines)
    widths = [_letter_width(words) for words in lines]
    heights = [
        max(w.bottom - slope * w.x0 for w in words) - min(w.top - slope * w.x0 for w in words) for words in lines
    ]
    usual_width, usual = median(widths), median(heights)
    for words, width in zip(lines, widths, strict=True):
        ratio = width / usual_width if usual_width else 1.0
        height = usual if 0.75 < ratio < 1.35 else usual * min(max(ratio, 0.3), 4.0)
        bottom = median(w.bottom - slope * w.x0 for w in words)
        for word in words:
            word.size = round(height / EM, 1)
            word.x0, word.x1 = round(word.x0, 2), round(word.x1, 2)
            word.top, word.bottom = round(bottom - height, 2), round(bottom, 2)


def _letter_width(words: list[Word]) -> float:
    width = sum(w.x1 - w.x0 for w in words) / sum(len(w.text) for w in words)
    return width / CAPITALS if all(w.text.isupper() or not any(c.isalpha() for c in w.text) for w in words) else width


def _slope(lines: list[list[Word]]) -> float:
    """How far lines fall for each point to the right: the page's skew."""
    slopes = []
    for words in lines:
        first, last = words[0], words[-1]
        if len(words) >= 5 and last.x0 - first.x0 > 100:
            slopes.append((last.bottom - first.bottom) / (last.x0 - first.x0))
    slope = median(slopes) if len(slopes) >= 3 else 0.0
    return slope if 0.002 < abs(slope) < math.tan(math.radians(8)) else 0.0
