"""A born-digital PDF as the copier would hand it back: grey, askew, speckled, without a word of text."""
import io

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

SCALE, ANGLE, SEED = 150 / 72, 0.7, 7


def scanned(pdf: bytes) -> bytes:
    """The pages of `pdf` as images only, at 150 dots an inch, turned by 0.7 degrees."""
    noise = np.random.default_rng(SEED)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        image = page.render(scale=SCALE, grayscale=True).to_pil().rotate(ANGLE, Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(image, dtype=float) * 0.93 + noise.normal(4, 7, (image.height, image.width))
        speckled = Image.fromarray(np.clip(grey, 0, 255).astype("uint8"))
        jpeg = io.BytesIO()
        speckled.save(jpeg, "JPEG", quality=55)
        canvas.drawImage(ImageReader(jpeg), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
