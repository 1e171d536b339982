"""The figure of a row of a table: read strictly, with declared decimals or those that are printed, the scale applied."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from crosscheck.claims.csv_rows import Row
from crosscheck.claims.csv_table import Table
from crosscheck.claims.entries import RATIOS
from crosscheck.claims.fields import quoted
from crosscheck.claims.table_mapping import DECIMALS, SCALE, SCALES, UNIT, VALUE, constant_trouble
from crosscheck.figures.figure import Figure
from crosscheck.figures.text import FigureError, declared

MINUS = "\u2212"
SIGN = rf"[+\-{MINUS}]?"
PLAIN = re.compile(rf"{SIGN}[0-9]{{1,40}}(?:\.[0-9]{{1,40}})?")
GROUPED = re.compile(
    rf"{SIGN}[0-9]{{1,3}}(?P<mark>[,\u0020\u00a0\u202f\u2009])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}}){{0,12}}(?:\.[0-9]{{1,40}})?"
)
MISSING_MARKS = (":", "..", "...", "-", "–", "—", "n/a", "N/A", "NA", "na", "nan", "NaN", "null", "NULL", "x", "*")


def read_figure(table: Table, row: Row, cell: str, measure: str) -> Figure | None:
    """The strict figure of a row, its value in `cell`; None after a fault."""
    number = _plain(table, row, cell)
    decimals = _checked(table, row, DECIMALS)
    scale = _checked(table, row, SCALE)
    if number is None or decimals is None or scale is None:
        return None
    printed, power = len(number.partition(".")[2]), SCALES.get(scale, 0)
    places = printed if not decimals else None if decimals.upper() == "INF" else int(decimals)
    if places is not None and (Fraction(number) * Fraction(10) ** places).denominator != 1:
        hint = "print fewer digits or raise decimals"
        table.at(row, VALUE, f"{cell} has digits beyond its decimals, {places}", hint)
        return None
    unit = table.cell(row, UNIT)
    try:
        figure = declared(_shifted(number, power), "INF" if places is None else str(places - power), unit, measure=measure)
    except FigureError as error:
        table.at(row, error.part if error.part in (UNIT, DECIMALS) else VALUE, error.message, error.hint)
        return None
    if not _fits(table, row, figure, measure, power > 0):
        return None
    if not decimals and not power and printed == 0 and figure.unit.kind == "count" and measure in ("level", "change"):
        figure = declared(number, "INF", unit, measure=measure)  # things counted one by one
    shown = " ".join(part for part in (cell, scale, figure.unit.name) if part)
    return replace(figure, printed=shown, scale=Fraction(10) ** power, decimals=printed)


def _checked(table: Table, row: Row, name: str) -> str | None:
    """The text of a field with few values, "" when there is none; None after a fault."""
    text = table.cell(row, name)
    trouble = constant_trouble(name, text) if text else None
    if trouble is None:
        return text
    table.at(row, name, *trouble)
    return None


def _fits(table: Table, row: Row, figure: Figure, measure: str, is_scaled: bool) -> bool:
    """False, with a fault, where measure, unit and scale do not go together."""
    unit = figure.unit
    if measure in RATIOS and unit.kind != "ratio" and unit.name:
        hint = "a difference in units is `change`" if measure == "growth" else "is the measure right?"
        message = f"a {measure} is a percentage, points, times or a plain number, not {quoted(unit.name)}"
        table.at(row, UNIT, message, hint)
        return False
    if is_scaled and (unit.kind == "ratio" or measure in RATIOS):
        table.at(row, SCALE, "percentages and other ratios have no scale", "give the scale in a column of its own")
        return False
    return True


def _plain(table: Table, row: Row, cell: str) -> str | None:
    """The number of a cell without thousands marks; None after a fault."""
    if PLAIN.fullmatch(cell):
        return cell.replace(MINUS, "-").lstrip("+")
    grouped = GROUPED.fullmatch(cell)
    # Where semicolons stand between cells, "1,234" may hold a decimal comma: two marks or a point tell.
    if grouped and (grouped["mark"] != "," or table.delimiter != ";" or cell.count(",") > 1 or "." in cell):
        return cell.replace(grouped["mark"], "").replace(MINUS, "-").lstrip("+")
    table.at(row, VALUE, f"{quoted(cell)} is not a plain number", _number_hint(cell))
    return None


def _number_hint(cell: str) -> str:
    if cell in MISSING_MARKS:
        return "leave the cell empty where there is no figure"
    if len(cell) > 80:
        return "is this the column with the values?"
    if re.fullmatch(r"\(.*\)", cell):
        return "a negative is written with a minus sign"
    if re.fullmatch(rf"{SIGN}[0-9.]*[0-9],[0-9]+", cell):
        return "is that a decimal comma? decimals are written with a point, thousands best without a mark"
    if re.fullmatch(rf"{SIGN}[0-9.]+[eE][+-]?[0-9]+", cell):
        return "write the digits out: in a spreadsheet, format the column as a number"
    if re.search(r"[%$€£¥]|[A-Za-z]", cell):
        return "the unit goes into a column or constant `unit`; million and the like into `scale`"
    return "digits with a point for decimals, best without thousands marks"


def _shifted(number: str, power: int) -> str:
    """The number times a power of ten from 0 up, as plain digits."""
    if power == 0:
        return number
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, places = digits.partition(".")
    rest = places[power:]
    return f"{sign}{whole}{places[:power].ljust(power, '0')}" + (f".{rest}" if rest else "")
