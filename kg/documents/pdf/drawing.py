"""Take the straight lines that a page of a PDF draws, the share of it that pictures cover, and its invisible text."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_void_p, cast
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_Bounds = tuple[Any, Any, Any, Any]

MOST_SHAPES = 20_000
"""More drawn pieces than this are a picture or text drawn as outlines, not a table."""
_MOST_SEGMENTS = 2_000
_DEEPEST = 6
_DENSE = 200
_THIN = 3.0
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True, kw_only=True)
class Drawing:
    """The lines of a page in its own axes, the area of its pictures, and the addresses of text objects that nobody sees."""

    lines: list[tuple[Point, Point]] = field(default_factory=list)
    covered: float = 0.0
    curves: int = 0
    invisible: frozenset[int] = frozenset()

    @property
    def is_dense(self) -> bool:
        """Whether so many curved shapes are drawn that they may be characters drawn as outlines."""
        return self.curves > _DENSE


def take_drawing(page: pdfium.PdfPage) -> Drawing:
    """Take the lines, the pictures and the invisible text of a page."""
    found = Drawing()
    hidden: set[int] = set()
    bounds: _Bounds = (c_float(), c_float(), c_float(), c_float())
    fill, stroke = c_int(), c_int()
    for count, (shape, matrix) in enumerate(_objects(page)):
        if count > MOST_SHAPES:
            break
        kind = raw.FPDFPageObj_GetType(shape)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(shape) in _INVISIBLE:
                hidden.add(address(shape))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = _bounds(shape, matrix, bounds)
            found.covered += (right - left) * (top - bottom)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            raw.FPDFPath_GetDrawMode(shape, byref(fill), byref(stroke))
            box = _bounds(shape, matrix, bounds)
            if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
                found.lines.append(_middle(box))
            elif fill.value or stroke.value:
                _take_path(shape, matrix, found, is_drawn=bool(stroke.value))
    found.invisible = frozenset(hidden)
    return found


def address(shape: Any) -> int:
    """Give the address of an object of pdfium; 0 for none."""
    return cast(shape, c_void_p).value or 0


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[Any, Matrix]]:
    """Give the objects of a page and of the forms on it, each with the matrix of its form."""
    for at in range(raw.FPDFPage_CountObjects(page)):
        yield from _inside(raw.FPDFPage_GetObject(page, at), _SAME, 0)


def _inside(shape: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_FORM:
        yield shape, matrix
    elif depth < _DEEPEST:
        own = _times(_matrix(shape), matrix)
        for at in range(raw.FPDFFormObj_CountObjects(shape)):
            yield from _inside(raw.FPDFFormObj_GetObject(shape, at), own, depth + 1)


def _matrix(shape: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(x: float, y: float, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(shape: Any, matrix: Matrix, into: _Bounds) -> Box:
    """Give the box of an object on the page."""
    raw.FPDFPageObj_GetBounds(shape, *map(byref, into))
    left, bottom, right, top = (value.value for value in into)
    if matrix is _SAME:
        return left, bottom, right, top
    return _box(
        [_at(left, bottom, matrix), _at(right, top, matrix), _at(left, top, matrix), _at(right, bottom, matrix)]
    )


def _box(points: list[Point]) -> Box:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _middle(box: Box) -> tuple[Point, Point]:
    """Give the line in the middle of a thin box."""
    left, bottom, right, top = box
    if right - left >= top - bottom:
        return (left, (bottom + top) / 2), (right, (bottom + top) / 2)
    return ((left + right) / 2, bottom), ((left + right) / 2, top)


def _take_path(shape: Any, matrix: Matrix, found: Drawing, *, is_drawn: bool) -> None:
    """Take the straight lines of a path: those it draws, or where it only fills, its parts that are thin."""
    own = _times(_matrix(shape), matrix)
    count = raw.FPDFPath_CountSegments(shape)
    parts: list[list[Point]] = []
    x, y = c_float(), c_float()
    for at in range(min(count, _MOST_SEGMENTS)):
        piece = raw.FPDFPath_GetPathSegment(shape, at)
        kind = raw.FPDFPathSegment_GetType(piece)
        raw.FPDFPathSegment_GetPoint(piece, byref(x), byref(y))
        point = _at(x.value, y.value, own)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            found.curves += 1
        if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([point])
        else:
            parts[-1].append(point)
        if raw.FPDFPathSegment_GetClose(piece) and parts:
            parts[-1].append(parts[-1][0])
    for part in parts:
        box = _box(part)
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            found.lines.append(_middle(box))
        elif is_drawn:
            found.lines.extend(itertools.pairwise(part))
