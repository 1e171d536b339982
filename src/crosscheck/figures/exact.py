"""Exact rational numbers, the one type that everything which decides reckons in.

`Fraction` is that of quicktions, a compiled twin of the standard library's with the same results and a fraction of the
time, where it can be imported, and the standard library's elsewhere. They compare and hash alike, and either takes the
other for an operand; but a product of both is of the slower kind, so intervals and figures turn what they are given into
this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction as Fraction
else:
    try:
        from quicktions import Fraction
    except ImportError:  # no wheel for this platform
        from fractions import Fraction

__all__ = ["Fraction"]
