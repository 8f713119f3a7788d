"""Boxes, and the matrices that move them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does what one does, and then the other."""
    a, b, c, d, e, f = one
    k, m, n, p, q, r = other
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r


def box_of(points: Sequence[tuple[float, float]], matrix: Matrix) -> Box:
    """Return the box around points, moved by a matrix."""
    a, b, c, d, e, f = matrix
    across = [x * a + y * c + e for x, y in points]
    up = [x * b + y * d + f for x, y in points]
    return min(across), min(up), max(across), max(up)
