"""SDMX-CSV as the engine reads it: `claims.sdmx_csv`, in SQL over the texts of a parsed table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from crosscheck.claims.fields import quoted
from crosscheck.claims.model import MEASURES, PERIOD
from crosscheck.claims.sdmx_csv import (
    ESTIMATES,
    FIELDS,
    FORECASTS,
    MARKS,
    MISSING,
    NOT_A_NUMBER,
    Layout,
    unit_called,
)
from crosscheck.claims.table_mapping import BASE, DECIMALS, MEASURE, MODALITY, SCALE, SCALES, UNIT, VALUE
from crosscheck.tables.dialect import quoted_name, quoted_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WHITE = "e' \\t\\r\\n'"
POWER = "[+-]?[0-9]{1,2}"
NUMBER = "[+-]?[0-9]+([.][0-9]+)?"
EXPONENT = "[+-]?[0-9]+([.][0-9]+)?[eE][+-]?[0-9]{1,3}"
RATIOS = ("percent", "percentage_point", "")
MAXIMUM_SHOWN = 20


def used_columns(layout: Layout) -> dict[int, str]:
    """The columns that are read, by their place, with the names that they get in the parsed table."""
    places = {*layout.columns.values(), *(place for place in (layout.status, layout.action) if place is not None)}
    return {place: f"c{place}" for place in sorted(places)}


def translate(
    connection: DuckDBPyConnection, parsed: str, table: str, layout: Layout, names: Mapping[int, str]
) -> list[tuple[int, str]]:
    """Makes `table` from the parsed one, its cells as a table of ours has them, under the names of their columns.

    Gives what is wrong: rows, counted from 0, whose multiplier is no power of ten, with what they hold.
    """
    columns = layout.columns
    bare = [f"{_bare(layout, place)} AS c{place}" for place in used_columns(layout)]
    texts = f"SELECT row_number, {_trimmed(columns[VALUE])} AS v0, {', '.join(bare)} FROM {parsed}"
    status = "''" if layout.status is None else f"upper(c{layout.status})"
    gone = f"{status} IN {_listed(MISSING)}"
    if layout.action is not None:
        gone += f" OR upper(c{layout.action}) IN ('D', 'DELETE')"
    multiplier = f"CASE WHEN c{columns[SCALE]} = '' THEN '0' ELSE c{columns[SCALE]} END" if SCALE in columns else "'0'"
    unit = _unit(connection, texts, columns[UNIT]) if UNIT in columns else "''"
    written_out = _shifted(_part("v0", 1), f"CAST({_part('v0', 2)} AS INT)")
    plain = (
        f"SELECT *, CASE WHEN {gone} OR v0 IN {_listed(NOT_A_NUMBER)} THEN '' "
        f"WHEN regexp_full_match(v0, '{EXPONENT}') THEN {written_out} ELSE v0 END AS v1, {unit} AS unit, "
        f"{multiplier} AS multiplier, {status} AS status FROM ({texts}) t"
    )
    words = " ".join(f"WHEN {places} THEN '{word}'" for word, places in SCALES.items())
    power = f"CASE WHEN regexp_full_match(multiplier, '{POWER}') THEN CAST(multiplier AS INT) ELSE 0 END"
    scaled = (
        f"SELECT *, CASE WHEN unit IN {_listed(RATIOS)} THEN '' ELSE CASE {power} {words} ELSE '' END END AS word, "
        f"{power} AS power, regexp_full_match(v1, '{NUMBER}') AS is_number, length(split_part(v1, '.', 2)) AS shown "
        f"FROM ({plain}) p"
    )
    moved = f"SELECT * REPLACE (CASE WHEN word = '' THEN power ELSE 0 END AS power) FROM ({scaled}) s"
    cells = [f"{text} AS {quoted_name(names[place])}" for place, text in _cells(layout)]
    connection.execute(f"CREATE TABLE {table} AS SELECT row_number, {', '.join(cells)} FROM ({moved}) m")
    if SCALE not in columns:
        return []
    wrong = (
        f"SELECT row_number, c{columns[SCALE]} FROM ({texts}) t WHERE c{columns[SCALE]} <> '' "
        f"AND NOT regexp_full_match(c{columns[SCALE]}, '{POWER}') ORDER BY 1 LIMIT {MAXIMUM_SHOWN}"
    )
    return [(int(row), f"{quoted(str(text))} is no power of ten") for row, text in connection.execute(wrong).fetchall()]


def _cells(layout: Layout) -> Iterator[tuple[int, str]]:
    """The cells of each column that is a field, in SQL."""
    columns = layout.columns
    for name, place in columns.items():
        cell = f"c{place}"
        if name == VALUE:
            yield place, f"CASE WHEN power <> 0 AND is_number THEN {_shifted('v1', 'power')} ELSE v1 END"
        elif name == MODALITY:
            kinds = (("estimate", ESTIMATES), ("plan", FORECASTS))
            cases = " ".join(f"WHEN status IN {_listed(words)} THEN '{kind}'" for kind, words in kinds)
            yield place, f"CASE {cases} ELSE 'fact' END"
        elif name == UNIT:
            yield place, "unit"
        elif name == SCALE:
            yield place, "word"
        elif name == MEASURE:
            yield place, f"CASE WHEN {cell} IN {_listed(MEASURES)} THEN {cell} ELSE '' END"
        elif name == DECIMALS:
            told = f"CAST(greatest(CAST({cell} AS INT), shown) - power AS VARCHAR)"
            yield (
                place,
                f"CASE WHEN is_number AND regexp_full_match({cell}, '[+-]?[0-9]{{1,3}}') THEN {told} ELSE {cell} END",
            )
        elif name in (PERIOD, BASE):
            year = f"regexp_replace({cell}, '^([12][0-9]{{3}})-A1$', '\\1')"
            yield place, f"regexp_replace({year}, '^([12][0-9]{{3}})-M([0-9]{{2}})$', '\\1-\\2')"
        elif name in FIELDS.values():
            yield place, cell
        else:
            marks = " ".join(f"WHEN {quoted_text(mark)} THEN {quoted_text(text)}" for mark, text in MARKS.items())
            yield place, f"CASE {cell} {marks} ELSE {cell} END"


def _trimmed(place: int) -> str:
    return f"coalesce(trim(c{place}, {WHITE}), '')"


def _bare(layout: Layout, place: int) -> str:
    """The text of a cell, without the label that may follow its code."""
    text = _trimmed(place)
    if place not in layout.labelled:
        return text
    return f"CASE WHEN contains({text}, ': ') THEN trim(split_part({text}, ': ', 1), {WHITE}) ELSE {text} END"


def _unit(connection: DuckDBPyConnection, texts: str, place: int) -> str:
    """The unit that each code stands for."""
    codes = [str(row[0]) for row in connection.execute(f"SELECT DISTINCT c{place} FROM ({texts}) t").fetchall()]
    cases = " ".join(f"WHEN {quoted_text(code)} THEN {quoted_text(unit_called(code))}" for code in sorted(codes))
    return f"CASE c{place} {cases} ELSE '' END" if cases else "''"


def _part(text: str, number: int) -> str:
    """The digits (1) or the power (2) of a number with an exponent."""
    return f"regexp_extract({text}, '^([^eE]*)[eE](.*)$', {number})"


def _shifted(number: str, power: str) -> str:
    """A number in digits times a power of ten, in digits."""
    sign = f"regexp_extract({number}, '^[+-]?')"
    whole = f"replace(ltrim({number}, '+-'), '.', '')"
    places = f"(length(split_part({number}, '.', 2)) - {power})"
    padded = f"lpad({whole}, CAST(greatest(length({whole}), {places} + 1) AS INT), '0')"
    cut = f"left({padded}, length({padded}) - {places}) || '.' || right({padded}, {places})"
    return f"{sign} || CASE WHEN {places} <= 0 THEN {whole} || repeat('0', -{places}) ELSE {cut} END"


def _listed(words: tuple[str, ...]) -> str:
    return f"({', '.join(map(quoted_text, words))})"
