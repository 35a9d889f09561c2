"""Pictures of pages, drawn by a child process, since a page of a stranger's file may crash or hang what draws it."""

from __future__ import annotations

import hashlib
import tempfile
from concurrent.futures import TimeoutError as TookTooLong
from pathlib import Path
from threading import Lock, get_ident

from pebble import ProcessExpired, ProcessPool

from pipeline.store.picture import BLACK, widened

PIXELS_PER_POINT = 2.0
MOST_PIXELS = 4_000
"""Of a picture's longer side: a page may declare itself as large as a field."""
SECONDS = 15
KEPT = 500
"""Pictures kept on the disk."""


class NoPicture(Exception):
    """The page cannot be drawn; the message says why."""


Boxes = list[tuple[float, float, float, float]]


def draw_page(path: str, number: int, turn: int, withheld: Boxes, output: str) -> None:
    """Draw a page (from 1) of a PDF, turned by `turn` degrees clockwise, as PNG, the `withheld` boxes blacked out.

    Runs in the child process.
    """
    import pypdfium2
    from PIL import ImageDraw

    pdf = pypdfium2.PdfDocument(path)
    page = pdf[number - 1]
    scale = min(PIXELS_PER_POINT, MOST_PIXELS / max(*page.get_size(), 1))
    picture = page.render(scale=scale, rotation=turn).to_pil().convert("RGB")
    pdf.close()
    pen = ImageDraw.Draw(picture)
    for box in withheld:
        pen.rectangle([c * scale for c in widened(box)], fill=BLACK)
    picture.save(output, format="PNG", optimize=False)


class Pictures:
    """Draws pages and keeps what was drawn until the application ends."""

    def __init__(self) -> None:
        from multiprocessing import get_context

        self._folder = tempfile.TemporaryDirectory(prefix="minutebook-pages-")
        self._pool = ProcessPool(max_workers=1, max_tasks=200, context=get_context("spawn"))
        self._lock = Lock()

    def page(self, document_id: str, path: Path, number: int, turn: int, withheld: Boxes) -> Path:
        """The picture of a page, the `withheld` boxes (in points) blacked out, as a PNG file. Raises NoPicture."""
        name = hashlib.sha256(f"{document_id} {number} {turn} {withheld}".encode()).hexdigest()[:32]
        picture = Path(self._folder.name) / f"{name}.png"
        if picture.exists():
            return picture
        if not path.is_file():
            raise NoPicture(f"The file {path.name} is no longer where it was read.")
        fresh = picture.with_suffix(f".{get_ident()}")
        try:
            asked = (str(path), number, turn, withheld, str(fresh))
            self._pool.schedule(draw_page, args=asked, timeout=SECONDS).result()
        except TookTooLong as error:
            raise NoPicture(f"Page {number} takes longer than {SECONDS} seconds to draw.") from error
        except ProcessExpired as error:
            raise NoPicture(f"Page {number} crashed the program that draws it.") from error
        except Exception as error:
            raise NoPicture(f"Page {number} cannot be drawn: {error}.") from error
        with self._lock:
            self._make_room()
            fresh.replace(picture)
        return picture

    def _make_room(self) -> None:
        kept = sorted(Path(self._folder.name).glob("*.png"), key=lambda file: file.stat().st_mtime)
        for file in kept[: max(len(kept) - KEPT + 1, 0)]:
            file.unlink(missing_ok=True)

    def close(self) -> None:
        """Stop the child process and forget the pictures."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        self._folder.cleanup()
