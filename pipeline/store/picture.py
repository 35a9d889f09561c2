"""The picture of a record's page, with its words boxed and private details blacked out."""

from __future__ import annotations

from pathlib import Path

from pipeline.store.explain import Explanation

PIXELS_PER_POINT = 2.0
BLACK = (0, 0, 0)
INK = (200, 30, 30)
MARKER = (255, 230, 0, 70)
MARGIN = 1.5
"""Points between the words and their box."""


class NoPicture(Exception):
    """The page cannot be drawn."""


def widened(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The box with a margin."""
    x0, top, x1, bottom = box
    return x0 - MARGIN, top - MARGIN, x1 + MARGIN, bottom + MARGIN


def draw(found: Explanation, output: Path) -> None:
    """Draw the page on which the record begins to `output`, as PNG. Raises NoPicture."""
    import pypdfium2
    from PIL import Image, ImageDraw

    if not found.boxes or not found.document:
        raise NoPicture("This record has no place on a page: its document's format has no pages.")
    path, number = Path(found.document["path"]), found.boxes[0][0]
    try:
        pdf = pypdfium2.PdfDocument(path)
        page = pdf[number - 1].render(scale=PIXELS_PER_POINT, rotation=found.turn).to_pil().convert("RGB")
        pdf.close()
    except (OSError, pypdfium2.PdfiumError, IndexError) as error:
        raise NoPicture(f"{path} cannot be drawn: {error}") from error
    black = ImageDraw.Draw(page)
    for withheld in found.withheld:
        black.rectangle([c * PIXELS_PER_POINT for c in widened(withheld)], fill=BLACK)
    marks = Image.new("RGBA", page.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(marks)
    for on, *box in found.boxes:
        if on == number:
            corners = [c * PIXELS_PER_POINT for c in widened((box[0], box[1], box[2], box[3]))]
            pen.rectangle(corners, fill=MARKER, outline=INK, width=2)
    page.paste(marks, mask=marks)
    try:
        page.save(output, format="PNG")
    except OSError as error:
        raise NoPicture(f"{output} cannot be written: {error}") from error
