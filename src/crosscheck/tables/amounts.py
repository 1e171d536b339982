"""Figures of tables as whole numbers: units, scales and decimals normalised once for each combination that occurs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from crosscheck.claims.csv_figures import MINUS, Precision, number_hint, precision_of, unit_trouble
from crosscheck.claims.fields import quoted
from crosscheck.claims.table_mapping import DECIMALS, MEASURE, MODALITY, SCALE, SCALES, UNIT, VALUE, constant_trouble
from crosscheck.figures.text import FigureError
from crosscheck.tables.axes import Reading, and_more, text_sql
from crosscheck.tables.dialect import quoted_text
from crosscheck.tables.facts import RATIOS
from crosscheck.tables.sources import WHOLE_TYPES, Source

# Digits beyond 18 do not fit the engine's whole numbers: such rows go to the reference evaluator.
MAXIMUM_DIGITS = 18
LARGEST = 2**62
WORDS = (MEASURE, UNIT, SCALE, DECIMALS, MODALITY)
MARKS = (",", " ", "\u00a0", "\u202f", "\u2009")


@dataclass(frozen=True, slots=True)
class Combination:
    """What rows have in common whose values are read alike: the words in the order of WORDS, and printed decimals."""

    source: int
    raw: tuple[str | None, ...]  # the words as they stand in the columns; constants are not among them
    words: tuple[str, ...]
    printed: int
    rows: int
    largest: int
    precision: Precision

    @property
    def measure(self) -> str:
        """The measure of these rows."""
        return self.words[0] or "level"

    @property
    def is_ratio(self) -> bool:
        """True for growths, shares and multiples."""
        return self.measure in RATIOS


@dataclass(frozen=True, slots=True)
class Cell:
    """A value column in SQL: `cell` of a row, NULL for what is no number; from it, its digits and printed decimals.

    `shown` is the text of the cell, `fits` whether the digits fit the engine's whole numbers, `ordered` whether larger
    cells have larger digits.
    """

    cell: str
    shown: str
    digits: str
    printed: str
    fits: str
    ordered: bool = False


def cell_of(source: Source) -> Cell:
    """How the value of a row is read."""
    column = source.column(VALUE)
    kind = source.types[source.fields[VALUE]]
    shown = f"CAST({column} AS VARCHAR)"
    if kind in WHOLE_TYPES:
        fits = f"abs(CAST(cell AS HUGEINT)) < {10**MAXIMUM_DIGITS}" if kind in ("BIGINT", "UBIGINT") else "TRUE"
        return Cell(str(column), shown, "TRY_CAST(cell AS BIGINT)", "0", fits)
    if kind.startswith("DECIMAL("):
        width, places = (int(part) for part in kind[8:-1].split(","))
        if width <= MAXIMUM_DIGITS:
            return Cell(str(column), shown, f"CAST(cell * {10**places} AS BIGINT)", str(places), "TRUE", True)
    if kind in ("DOUBLE", "FLOAT"):
        shown = f"CASE WHEN NOT isnan({column}) THEN {shown} END"
        whole = f"abs({column}) < 1e36 AND {column} = trunc({column})"
        shown = f"CASE WHEN {whole} THEN CAST(CAST({column} AS HUGEINT) AS VARCHAR) ELSE {shown} END"
    return Cell(
        _number_in(f"trim({shown})", source.delimiter),
        shown,
        "TRY_CAST(replace(cell, '.', '') AS BIGINT)",
        "length(split_part(cell, '.', 2))",
        f"length(cell) <= {MAXIMUM_DIGITS}",
    )


def _number_in(text: str, delimiter: str) -> str:
    """The number in a text without thousands marks, as `claims.csv_figures` reads it; NULL for anything else."""
    sign = f"[+{MINUS}-]?"
    unsigned = f"ltrim(replace({text}, '{MINUS}', '-'), '+')"
    cases = [f"WHEN regexp_full_match({text}, '{sign}[0-9]{{1,40}}([.][0-9]{{1,40}})?') THEN {unsigned}"]
    for mark in MARKS:
        told = f"regexp_full_match({text}, '{sign}[0-9]{{1,3}}({mark}[0-9]{{3}}){{1,13}}([.][0-9]{{1,40}})?')"
        if mark == "," and delimiter == ";":  # where it may be a decimal comma
            told += f" AND ({text} LIKE '%,%,%' OR {text} LIKE '%.%')"
        cases.append(f"WHEN {told} THEN replace({unsigned}, '{mark}', '')")
    return f"CASE {' '.join(cases)} END"


def has_value(source: Source) -> str:
    """Whether a row has a figure at all, in SQL."""
    column = source.column(VALUE)
    kind = source.types[source.fields[VALUE]]
    if kind == "VARCHAR":
        return f"trim({column}) <> ''"
    if kind in ("DOUBLE", "FLOAT"):
        return f"NOT isnan({column})"  # NULL where it is NULL
    return f"{column} IS NOT NULL"


def word_sql(source: Source, name: str) -> str:
    """The text of a field with few values in SQL, '' where it is empty."""
    column = source.column(name)
    if column is None:
        return quoted_text(source.constants.get(name, ""))
    return f"coalesce(trim(CAST({column} AS VARCHAR)), '')"


def raw_sql(source: Source, name: str) -> str:
    """The text of a field as it stands in its column, NULL where it has none."""
    return "NULL" if source.column(name) is None else text_sql(source, name)


def _word(source: Source, name: str, raw: str | None) -> str:
    return source.constants.get(name, "") if source.column(name) is None else (raw or "").strip()


def combinations(reading: Reading, source: Source) -> list[Combination]:
    """The combinations that occur in a table; faults are recorded: words that are none, values that are no numbers."""
    cell = cell_of(source)
    words = ", ".join(f"{raw_sql(source, name)} AS w{index}" for index, name in enumerate(WORDS))
    inner = f"SELECT {source.row} AS row_no, {words}, {cell.cell} AS cell FROM {source.relation} WHERE {has_value(source)}"
    most = f"max(abs({cell.digits}))"
    if cell.ordered:  # then only the ends need be turned into digits
        both = [f"abs({cell.digits.replace('cell', f'{end}(cell)')})" for end in ("min", "max")]
        most = f"greatest({', '.join(both)})"
    query = (
        f"SELECT w0, w1, w2, w3, w4, {cell.printed}, count(*), {most}, min(row_no) FROM ({inner}) r "
        f"WHERE cell IS NOT NULL GROUP BY ALL ORDER BY 9"
    )
    found = []
    for *texts, printed, rows, largest, first in reading.rows(query):
        raw = tuple(None if text is None else str(text) for text in texts)
        words_of = tuple(_word(source, name, text) for name, text in zip(WORDS, raw, strict=True))
        assert isinstance(first, int)
        assert isinstance(rows, int)
        precision = _precision(reading, source, words_of, int(str(printed)), first, rows)
        if precision is not None:
            measure, unit, scale, decimals, modality = words_of
            told = (measure or "level", unit, scale, decimals, modality or "fact")
            found.append(
                Combination(source.number, raw, words_of, int(str(printed)), rows, int(str(largest or 0)), precision)
            )
            _check_decimals(reading, source, told, int(str(printed)), words_of)
    _complain_of_cells(reading, source, cell)
    return found


def _precision(
    reading: Reading, source: Source, words: tuple[str, ...], printed: int, row: int, rows: int
) -> Precision | None:
    """What rows of one combination have in common; None after a fault."""
    trouble = None
    for name, text in zip(WORDS, words, strict=True):
        trouble = constant_trouble(name, text) if text else None
        if trouble is not None:
            break
    else:
        name = UNIT
        measure, unit, scale, decimals, _ = words
        try:
            found = precision_of(unit, measure or "level", printed, scale, decimals)
        except FigureError as error:
            trouble = error.message, error.hint
        else:
            wrong = unit_trouble(found.unit, measure or "level", bool(SCALES.get(scale)))
            if wrong is None:
                return found
            name, *trouble_text = wrong
            trouble = str(trouble_text[0]), trouble_text[1]
    reading.complain(source.at(row, f"{trouble[0]}{and_more(rows)}", trouble[1], name))
    return None


def _check_decimals(reading: Reading, source: Source, words: tuple[str, ...], printed: int, raw: tuple[str, ...]) -> None:
    """Records the rows that have digits beyond their decimals."""
    decimals = words[3]
    if not decimals or decimals.upper() == "INF" or int(decimals) >= printed:
        return
    cell = cell_of(source)
    same = " AND ".join(f"{word_sql(source, name)} = {quoted_text(text)}" for name, text in zip(WORDS, raw, strict=True))
    inner = (
        f"SELECT {source.row} AS row_no, {cell.shown} AS shown, {cell.cell} AS cell FROM {source.relation} "
        f"WHERE {has_value(source)} AND {same}"
    )
    beyond = f"{cell.printed} = {printed} AND {cell.digits} % {10 ** min(printed - int(decimals), 18)} <> 0"
    query = f"SELECT row_no, shown, count(*) OVER () FROM ({inner}) r WHERE {beyond} ORDER BY 1 LIMIT 20"
    rows = reading.rows(query)
    for row, shown, count in rows:
        assert isinstance(row, int)
        message = f"{shown} has digits beyond its decimals, {decimals}"
        reading.complain(source.at(row, message, "print fewer digits or raise decimals", VALUE))
        reading.found += 0 if row != rows[-1][0] else int(str(count)) - len(rows)


def _complain_of_cells(reading: Reading, source: Source, cell: Cell) -> None:
    """Records the cells that are no numbers."""
    inner = (
        f"SELECT {source.row} AS row_no, {cell.shown} AS shown, {cell.cell} AS cell FROM {source.relation} "
        f"WHERE {has_value(source)}"
    )
    query = f"SELECT row_no, shown, count(*) OVER () FROM ({inner}) r WHERE cell IS NULL ORDER BY 1 LIMIT 100"
    if source.types[source.fields[VALUE]].startswith(("DECIMAL", *WHOLE_TYPES)):
        return
    rows = reading.rows(query)
    for row, shown, _ in rows:
        assert isinstance(row, int)
        text = str(shown).strip()
        reading.complain(source.at(row, f"{quoted(text)} is not a plain number", number_hint(text), VALUE))
    if rows:
        reading.found += int(str(rows[0][2])) - len(rows)


@dataclass(frozen=True, slots=True)
class Amounts:
    """How the digits of each combination become whole numbers: times `times`, plus `plus`, `half` either way.

    `limits` are the largest digits that fit; rows beyond, and combinations in `apart`, go to the reference evaluator.
    """

    grains: Mapping[bool, Fraction]
    times: Sequence[int]
    plus: Sequence[int]
    half: Sequence[int]
    limits: Sequence[int]
    apart: frozenset[int]


def amounts_of(found: Sequence[Combination]) -> Amounts:
    """Whole numbers for all combinations: of each class (ratios, units) in the largest amount that measures all of them.

    Combinations that would make the numbers too large, the rarest first, are left apart.
    """
    grains: dict[bool, Fraction] = {}
    apart: set[int] = set()
    for ratio in (False, True):
        inside = [number for number, combination in enumerate(found) if combination.is_ratio == ratio]
        inside.sort(key=lambda number: found[number].rows)
        while True:
            grain = reduce(_common, (part for n in inside for part in _parts(found[n].precision)), Fraction(0)) or Fraction(
                1
            )
            if all(_size(found[n], grain) < LARGEST for n in inside) or not inside:
                break
            apart.add(inside.pop(0))
        grains[ratio] = grain
    times: list[int] = []
    plus: list[int] = []
    half: list[int] = []
    limits: list[int] = []
    for number, combination in enumerate(found):
        precision, grain = combination.precision, grains[combination.is_ratio]
        if number in apart:
            values = (Fraction(0), Fraction(0), Fraction(0))
        else:
            values = (precision.step / grain, precision.unit.offset / grain, (precision.half or Fraction(0)) / grain)
        for numbers, one in zip((times, plus, half), values, strict=True):
            numbers.append(int(one))
        limits.append((LARGEST - abs(plus[-1]) - half[-1]) // max(1, abs(times[-1])))
    return Amounts(grains, times, plus, half, limits, frozenset(apart))


def _parts(precision: Precision) -> tuple[Fraction, ...]:
    return precision.step, precision.half or Fraction(0), precision.unit.offset


def _common(a: Fraction, b: Fraction) -> Fraction:
    """The largest amount of which both are whole multiples."""
    below = lcm(a.denominator, b.denominator)
    return Fraction(gcd(a.numerator * (below // a.denominator), b.numerator * (below // b.denominator)), below)


def _size(combination: Combination, grain: Fraction) -> int:
    """The largest end of an interval in these rows, in whole numbers."""
    precision = combination.precision
    end = combination.largest * abs(precision.step) + (precision.half or 0) + abs(precision.unit.offset)
    return int(end / grain)


def kept(found: Sequence[Combination], amounts: Amounts) -> dict[str, int]:
    """By measure, the largest end of an interval that goes through the engine."""
    largest: dict[str, int] = {}
    for number, combination in enumerate(found):
        size = _size(combination, amounts.grains[combination.is_ratio]) if number not in amounts.apart else 1
        largest[combination.measure] = max(size, largest.get(combination.measure, 1))
    return largest


def widths(found: Sequence[Combination], amounts: Amounts) -> dict[str, frozenset[int]]:
    """By measure, half the widths of the intervals of figures that go through the engine, but those of exact ones."""
    halves: dict[str, frozenset[int]] = {}
    for number, combination in enumerate(found):
        if amounts.half[number] and number not in amounts.apart:
            halves[combination.measure] = halves.get(combination.measure, frozenset()) | {amounts.half[number]}
    return halves
