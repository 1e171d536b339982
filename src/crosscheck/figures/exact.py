"""Exact rational numbers, the one type that everything which decides reckons in: all of the package takes it from here.

It is the standard library's with a short way through: half of the time of checking went into finding out, for each sum and
comparison, what kind of number the other one is. Numbers of any other kind go the standard library's way.

A compiled twin, quicktions, would be faster still, but making a number of a text of one character (`Fraction("1")`) writes
over the byte string of one NUL that CPython shares, in all of its versions up to 1.24: from then on files that hold that
digit were refused as binary.
"""

from __future__ import annotations

import fractions
import operator
from math import gcd
from typing import TYPE_CHECKING

__all__ = ["Fraction"]

if TYPE_CHECKING:
    from fractions import Fraction as Fraction
else:

    class Fraction(fractions.Fraction):
        """A rational number in lowest terms, as `fractions.Fraction`; it compares and hashes as that one does."""

        __slots__ = ()

    def _made(numerator, denominator):
        """A number whose parts have no common factor; the denominator is above zero."""
        made = object.__new__(Fraction)
        made._numerator = numerator
        made._denominator = denominator
        return made

    def _reduced(numerator, denominator):
        common = gcd(numerator, denominator)
        return _made(numerator // common, denominator // common)

    # Numerator and denominator of the one number, then of the other. The ways to lowest terms are Knuth's (4.5.1).

    def _sum(na, da, nb, db):
        if da == db:
            return _made(na + nb, 1) if da == 1 else _reduced(na + nb, da)
        common = gcd(da, db)
        if common == 1:
            return _made(na * db + da * nb, da * db)
        part = da // common
        above = na * (db // common) + nb * part
        common = gcd(above, common)
        return _made(above // common, part * (db // common))

    def _difference(na, da, nb, db):
        return _sum(na, da, -nb, db)

    def _product(na, da, nb, db):
        first, second = gcd(na, db), gcd(nb, da)
        return _made((na // first) * (nb // second), (da // second) * (db // first))

    def _quotient(na, da, nb, db):
        if nb < 0:
            return _product(na, da, -db, -nb)
        if nb == 0:
            raise ZeroDivisionError(f"{na}/{da} divided by zero")
        return _product(na, da, db, nb)

    def _both_ways(name, quickly):
        """The methods of an operator for this number on the left, and on the right."""
        plain = getattr(operator, name.strip("_"))
        usual, reverse = getattr(fractions.Fraction, name), getattr(fractions.Fraction, f"__r{name.strip('_')}__")

        def forward(a, b):
            kind = b.__class__
            if kind is Fraction:
                return quickly(a._numerator, a._denominator, b._numerator, b._denominator)
            if kind is int:
                return quickly(a._numerator, a._denominator, b, 1)
            return plain(a, Fraction(b)) if kind is fractions.Fraction else usual(a, b)

        def backward(b, a):
            kind = a.__class__
            if kind is int:
                return quickly(a, 1, b._numerator, b._denominator)
            return plain(Fraction(a), b) if kind is fractions.Fraction else reverse(b, a)

        return forward, backward

    def _compared(name, quickly):
        usual = getattr(fractions.Fraction, name)

        def compare(a, b):
            kind = b.__class__
            if kind is Fraction:
                da, db = a._denominator, b._denominator
                if da == db:
                    return quickly(a._numerator, b._numerator)
                return quickly(a._numerator * db, b._numerator * da)
            if kind is int:
                return quickly(a._numerator, b * a._denominator)
            return usual(a, b)

        return compare

    def _equal(a, b):
        kind = b.__class__
        if kind is Fraction:
            return a._numerator == b._numerator and a._denominator == b._denominator
        if kind is int:
            return a._numerator == b and a._denominator == 1
        return fractions.Fraction.__eq__(a, b)

    def _hashed(a):
        return hash(a._numerator) if a._denominator == 1 else fractions.Fraction.__hash__(a)

    def _power(a, b):
        if b.__class__ is int and b >= 0:
            return _made(a._numerator**b, a._denominator**b)
        return fractions.Fraction.__pow__(a, b)

    Fraction.__add__, Fraction.__radd__ = _both_ways("__add__", _sum)
    Fraction.__sub__, Fraction.__rsub__ = _both_ways("__sub__", _difference)
    Fraction.__mul__, Fraction.__rmul__ = _both_ways("__mul__", _product)
    Fraction.__truediv__, Fraction.__rtruediv__ = _both_ways("__truediv__", _quotient)
    for _name in ("__lt__", "__le__", "__gt__", "__ge__"):
        setattr(Fraction, _name, _compared(_name, getattr(operator, _name.strip("_"))))
    Fraction.__pow__ = _power
    Fraction.__eq__ = _equal
    Fraction.__hash__ = _hashed
    Fraction.__neg__ = lambda a: _made(-a._numerator, a._denominator)
    Fraction.__abs__ = lambda a: _made(abs(a._numerator), a._denominator)
    Fraction.__bool__ = lambda a: bool(a._numerator)
