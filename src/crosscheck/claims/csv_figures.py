"""The figure of a row of a table: read strictly, with declared decimals or those that are printed, the scale applied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crosscheck.claims.csv_rows import Row
from crosscheck.claims.csv_table import Table
from crosscheck.claims.entries import RATIOS
from crosscheck.claims.fields import quoted
from crosscheck.claims.table_mapping import DECIMALS, SCALE, SCALES, UNIT, VALUE, constant_trouble
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import EXACT, Figure
from crosscheck.figures.interval import Interval
from crosscheck.figures.text import FigureError
from crosscheck.figures.units import Unit, UnknownUnit, difference_unit, parse_unit

ONE = Fraction(1)
MINUS = "\u2212"
SIGN = rf"[+\-{MINUS}]?"
PLAIN = re.compile(rf"{SIGN}[0-9]{{1,40}}(?:\.[0-9]{{1,40}})?")
GROUPED = re.compile(
    rf"{SIGN}[0-9]{{1,3}}(?P<mark>[,\u0020\u00a0\u202f\u2009])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}}){{0,12}}(?:\.[0-9]{{1,40}})?"
)
MISSING_MARKS = (":", "..", "...", "-", "–", "—", "n/a", "N/A", "n.a.", "NA", "na", "nan", "NaN", "null", "NULL", "x", "*")


def read_figure(table: Table, row: Row, cell: str, measure: str) -> Figure | None:
    """The strict figure of a row, its value in `cell`; None after a fault."""
    number = _plain(table, row, cell)
    decimals = _checked(table, row, DECIMALS)
    scale = _checked(table, row, SCALE)
    if number is None or decimals is None or scale is None:
        return None
    printed, power = len(number.partition(".")[2]), SCALES.get(scale, 0)
    places = printed if not decimals else None if decimals.upper() == "INF" else int(decimals)
    digits = int(number.replace(".", ""))
    if places is not None and places < printed and digits % 10 ** (printed - places):
        hint = "print fewer digits or raise decimals"
        table.at(row, VALUE, f"{cell} has digits beyond its decimals, {places}", hint)
        return None
    unit_text = table.cell(row, UNIT)
    try:
        how = _precision(unit_text, measure, printed, power, places, not decimals)
    except FigureError as error:
        table.at(row, error.part, error.message, error.hint)
        return None
    trouble = unit_trouble(how.unit, measure, power > 0)
    if trouble is not None:
        table.at(row, *trouble)
        return None
    face = digits * how.step + how.unit.offset
    shown = " ".join(part for part in (cell, scale, how.unit.name) if part)
    scaled = Fraction(10) ** power if power else ONE
    if how.half is None:
        counts = how.unit.kind == "count" and face.denominator == 1
        return Figure(face, how.unit, Interval(face, face), shown, EXACT, scale=scaled, decimals=printed, counts=counts)
    strict = Interval(face - how.half, face + how.half)
    return Figure(face, how.unit, strict, shown, scale=scaled, decimals=printed)


@dataclass(frozen=True, slots=True)
class Precision:
    """In the base unit: what the last printed digit stands for, and half of the last digit that counts (None: exact)."""

    unit: Unit
    step: Fraction
    half: Fraction | None


@lru_cache(maxsize=4096)
def _precision(unit_text: str, measure: str, printed: int, power: int, places: int | None, as_printed: bool) -> Precision:
    """What rows of one kind have in common; raises FigureError for an unknown unit."""
    try:
        unit = parse_unit(unit_text)
    except UnknownUnit as error:
        raise FigureError(str(error), error.suggestion, UNIT) from None
    if measure == "change":
        unit = difference_unit(unit)
    step = Fraction(10) ** (power - printed) * unit.factor
    counts = as_printed and not power and printed == 0 and unit.kind == "count" and measure in ("level", "change")
    if places is None or counts:  # INF, or things counted one by one
        return Precision(unit, step, None)
    return Precision(unit, step, Fraction(10) ** (power - places) * unit.factor / 2)


def _checked(table: Table, row: Row, name: str) -> str | None:
    """The text of a field with few values, "" when there is none; None after a fault."""
    text = table.cell(row, name)
    trouble = constant_trouble(name, text) if text else None
    if trouble is None:
        return text
    table.at(row, name, *trouble)
    return None


def precision_of(unit_text: str, measure: str, printed: int, scale: str, decimals: str) -> Precision:
    """What rows of one kind have in common: `printed` decimals, `scale` and `decimals` as they stand in the table.

    Raises FigureError for an unknown unit.
    """
    places = printed if not decimals else None if decimals.upper() == "INF" else int(decimals)
    return _precision(unit_text, measure, printed, SCALES.get(scale, 0), places, not decimals)


def unit_trouble(unit: Unit, measure: str, is_scaled: bool) -> tuple[str, str, str] | None:
    """The field, what is wrong with it and a hint, where measure, unit and scale do not go together."""
    if measure in RATIOS and unit.kind != "ratio" and unit.name:
        hint = "a difference in units is `change`" if measure == "growth" else "is the measure right?"
        return UNIT, f"a {measure} is a percentage, points, times or a plain number, not {quoted(unit.name)}", hint
    if is_scaled and (unit.kind == "ratio" or measure in RATIOS):
        return SCALE, "percentages and other ratios have no scale", "give the scale in a column of its own"
    return None


def _plain(table: Table, row: Row, cell: str) -> str | None:
    """The number of a cell without thousands marks; None after a fault."""
    if PLAIN.fullmatch(cell):
        return cell.replace(MINUS, "-").lstrip("+")
    grouped = GROUPED.fullmatch(cell)
    # Where semicolons stand between cells, "1,234" may hold a decimal comma: two marks or a point tell.
    if grouped and (grouped["mark"] != "," or table.delimiter != ";" or cell.count(",") > 1 or "." in cell):
        return cell.replace(grouped["mark"], "").replace(MINUS, "-").lstrip("+")
    table.at(row, VALUE, f"{quoted(cell)} is not a plain number", number_hint(cell))
    return None


def number_hint(cell: str) -> str:
    """What may be meant by a cell that is no plain number."""
    if cell in MISSING_MARKS:
        return "leave the cell empty where there is no figure"
    if re.fullmatch(rf"{SIGN}inf(?:inity)?", cell, re.IGNORECASE):
        return "no figure is infinite; leave the cell empty where there is none"
    if len(cell) > 80:
        return "is this the column with the values?"
    if re.fullmatch(r"\(.*\)", cell):
        return "a negative is written with a minus sign"
    if re.fullmatch(rf"{SIGN}[0-9.]*[0-9],[0-9]+", cell):
        return "is that a decimal comma? decimals are written with a point, thousands best without a mark"
    if re.fullmatch(rf"{SIGN}[0-9.]+[eE][+-]?[0-9]+", cell):
        return "write the digits out: in a spreadsheet, format the column as a number"
    if re.fullmatch(r"[A-Z]{3}|[A-Za-z]{4,}", cell):
        return "is this the column with the values? if not, rename the columns; a unit goes into `unit`"
    if re.search(r"[%$€£¥]|[A-Za-z]", cell):
        return "the unit goes into a column or constant `unit`; million and the like into `scale`"
    return "digits with a point for decimals, best without thousands marks"
