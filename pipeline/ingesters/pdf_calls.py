"""The functions of pdfium that are called for each word or line of a page.

pypdfium2's own bindings check the type of every pointer, make an object of every one that comes back, and let other
threads run during each call, which costs more than what pdfium does. Here a pointer is a number, 0 where there is
none. No other thread needs to run meanwhile: pdfium belongs to one thread, and each call is over in a microsecond.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import c_double, c_int, c_void_p
from typing import Any

import pypdfium2.raw as pdfium


def _quick(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, c_void_p).value or 0)


box_of_character = _quick(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
text_object = _quick(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
font_size = _quick(pdfium.FPDFText_GetFontSize, c_double, c_void_p, c_int)
text_matrix = _quick(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
font_of = _quick(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
render_mode = _quick(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
page_object = _quick(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
object_type = _quick(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
object_matrix = _quick(pdfium.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
count_objects = _quick(pdfium.FPDFFormObj_CountObjects, c_int, c_void_p)
form_object = _quick(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p, c_int)
path_segment = _quick(pdfium.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
segment_type = _quick(pdfium.FPDFPathSegment_GetType, c_int, c_void_p)
segment_point = _quick(pdfium.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
segment_closes = _quick(pdfium.FPDFPathSegment_GetClose, c_int, c_void_p)
count_segments = _quick(pdfium.FPDFPath_CountSegments, c_int, c_void_p)
draw_mode = _quick(pdfium.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
