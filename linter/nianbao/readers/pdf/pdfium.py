"""The functions of PDFium that are used, called directly: handles and addresses are plain numbers, which is fastest.

PDFium is not safe for threads, and one call cannot be interrupted: only the process that reads PDFs calls it.
"""

from __future__ import annotations

import os
from ctypes import PYFUNCTYPE, PyDLL, addressof, c_char_p, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p
from ctypes import create_string_buffer as buffer
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5  # kinds of objects on a page
BEZIER_TO, MOVE_TO = 1, 2  # kinds of segments of a path
WITH_ALPHA = 4  # bitmaps with a fourth byte for each pixel
_ENCODING = "utf-16-le"
_LONGEST_NAME = 256
_PACKAGE = "pypdfium2_raw"
_FILES = ("libpdfium.so", "libpdfium.dylib", "pdfium.dll")


def _library() -> PyDLL:
    """Return the library that pypdfium2 has with it, without its own declarations, which take longer to load."""
    package = find_spec(_PACKAGE)
    folders = package.submodule_search_locations if package is not None else None
    files = (os.path.join(folder, file) for folder in folders or () for file in _FILES)  # noqa: PTH118 - it is faster
    found = next(filter(os.path.exists, files), None)
    if found is None:
        from ctypes.util import find_library  # noqa: PLC0415 - only where the package has none: the system's own

        found = find_library("pdfium")
    return PyDLL(found or _FILES[0])


_LIBRARY = _library()


def _function(name: str, returned: Any, *arguments: Any) -> Callable[..., Any]:
    """Return a function of the library whose handles are numbers instead of objects."""
    return PYFUNCTYPE(returned, *arguments)((name, _LIBRARY))


_H = c_void_p
last_error = _function("FPDF_GetLastError", c_ulong)
load_document = _function("FPDF_LoadMemDocument64", _H, c_char_p, c_size_t, c_char_p)
close_document = _function("FPDF_CloseDocument", None, _H)
has_table_of_objects = _function("FPDF_DocumentHasValidCrossReferenceTable", c_int, _H)
count_pages = _function("FPDF_GetPageCount", c_int, _H)
_meta_text = _function("FPDF_GetMetaText", c_ulong, _H, c_char_p, _H, c_ulong)

load_page = _function("FPDF_LoadPage", _H, _H, c_int)
close_page = _function("FPDF_ClosePage", None, _H)
page_box = _function("FPDF_GetPageBoundingBox", c_int, _H, _H)
page_rotation = _function("FPDFPage_GetRotation", c_int, _H)
flatten = _function("FPDFPage_Flatten", c_int, _H, c_int)

count_annotations = _function("FPDFPage_GetAnnotCount", c_int, _H)
annotation = _function("FPDFPage_GetAnnot", _H, _H, c_int)
remove_annotation = _function("FPDFPage_RemoveAnnot", c_int, _H, c_int)
close_annotation = _function("FPDFPage_CloseAnnot", None, _H)
annotation_kind = _function("FPDFAnnot_GetSubtype", c_int, _H)
annotation_flags = _function("FPDFAnnot_GetFlags", c_int, _H)

count_objects = _function("FPDFPage_CountObjects", c_int, _H)
object_at = _function("FPDFPage_GetObject", _H, _H, c_int)
count_in_form = _function("FPDFFormObj_CountObjects", c_int, _H)
object_in_form = _function("FPDFFormObj_GetObject", _H, _H, c_ulong)
kind_of = _function("FPDFPageObj_GetType", c_int, _H)
matrix_of = _function("FPDFPageObj_GetMatrix", c_int, _H, _H)
_bounds = _function("FPDFPageObj_GetBounds", c_int, _H, _H, _H, _H, _H)
fill_colour = _function("FPDFPageObj_GetFillColor", c_int, _H, _H, _H, _H, _H)
count_marks = _function("FPDFPageObj_CountMarks", c_int, _H)
mark_at = _function("FPDFPageObj_GetMark", _H, _H, c_ulong)
remove_mark = _function("FPDFPageObj_RemoveMark", c_int, _H, _H)
_mark_text = _function("FPDFPageObjMark_GetParamStringValue", c_int, _H, c_char_p, _H, c_ulong, _H)

clip_of = _function("FPDFPageObj_GetClipPath", _H, _H)
count_clips = _function("FPDFClipPath_CountPaths", c_int, _H)
count_clip_segments = _function("FPDFClipPath_CountPathSegments", c_int, _H, c_int)
clip_segment = _function("FPDFClipPath_GetPathSegment", _H, _H, c_int, c_int)

draw_mode = _function("FPDFPath_GetDrawMode", c_int, _H, _H, _H)
count_segments = _function("FPDFPath_CountSegments", c_int, _H)
segment_at = _function("FPDFPath_GetPathSegment", _H, _H, c_int)
segment_kind = _function("FPDFPathSegment_GetType", c_int, _H)
segment_point = _function("FPDFPathSegment_GetPoint", c_int, _H, _H, _H)
segment_closes = _function("FPDFPathSegment_GetClose", c_int, _H)

font_of = _function("FPDFTextObj_GetFont", _H, _H)
is_embedded = _function("FPDFFont_GetIsEmbedded", c_int, _H)
_font_name = _function("FPDFFont_GetBaseFontName", c_size_t, _H, c_char_p, c_size_t)
text_mode = _function("FPDFTextObj_GetTextRenderMode", c_int, _H)
font_size = _function("FPDFTextObj_GetFontSize", c_int, _H, _H)
load_text = _function("FPDFText_LoadPage", _H, _H)
close_text = _function("FPDFText_ClosePage", None, _H)
count_chars = _function("FPDFText_CountChars", c_int, _H)
code_point = _function("FPDFText_GetUnicode", c_uint, _H, c_int)
string_of = _function("FPDFText_GetTextObject", _H, _H, c_int)
is_unknown = _function("FPDFText_HasUnicodeMapError", c_int, _H, c_int)
is_hyphen = _function("FPDFText_IsHyphen", c_int, _H, c_int)
char_origin = _function("FPDFText_GetCharOrigin", c_int, _H, c_int, _H, _H)
char_box = _function("FPDFText_GetLooseCharBox", c_int, _H, c_int, _H)
char_matrix = _function("FPDFText_GetMatrix", c_int, _H, c_int, _H)

rendered_image = _function("FPDFImageObj_GetRenderedBitmap", _H, _H, _H, _H)
bitmap_bytes = _function("FPDFBitmap_GetBuffer", _H, _H)
bitmap_stride = _function("FPDFBitmap_GetStride", c_int, _H)
bitmap_height = _function("FPDFBitmap_GetHeight", c_int, _H)
bitmap_format = _function("FPDFBitmap_GetFormat", c_int, _H)
destroy_bitmap = _function("FPDFBitmap_Destroy", None, _H)

_function("FPDF_InitLibrary", None)()


def meta_text(document: int, key: str) -> str:
    """Return an entry of the properties of a file; an empty text if there is none."""
    name = key.encode()
    size = _meta_text(document, name, None, 0)
    room = buffer(size)
    _meta_text(document, name, room, size)
    return room.raw.decode(_ENCODING, "ignore").rstrip("\0")


def name_of(font: int) -> str:
    """Return the name of a font."""
    room = buffer(_LONGEST_NAME)
    _font_name(font, room, _LONGEST_NAME)
    return room.value.decode("utf-8", "ignore")


def bounds_of(handle: int) -> tuple[float, float, float, float]:
    """Return the box of an object, in the form that it is in."""
    edge = (c_float * 4)()
    at = addressof(edge)
    _bounds(handle, at, at + 4, at + 8, at + 12)
    left, low, right, high = edge
    return left, low, right, high


def says_otherwise(mark: int) -> bool:
    """Whether a mark of content says what text the content stands for, whatever it shows."""
    size = c_ulong()
    return bool(_mark_text(mark, b"ActualText", None, 0, addressof(size)))
