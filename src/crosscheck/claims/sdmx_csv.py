"""SDMX-CSV (1.0 and 2.0): what its columns mean, and its cells as those of any other table.

Columns before OBS_VALUE are dimensions, those after it attributes; of these UNIT_MEASURE, UNIT_MULT, DECIMALS, OBS_STATUS
and BASE_PER count. A figure with a status that says "missing" is missing, whatever stands in its cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crosscheck.claims.csv_rows import Row
from crosscheck.claims.csv_table import Table
from crosscheck.claims.fields import quoted
from crosscheck.claims.keys import KEY, key_trouble
from crosscheck.claims.model import AREA, COUNTERPART, INDICATOR, MEASURES, PERIOD, UNSTATED
from crosscheck.claims.table_kinds import bare
from crosscheck.claims.table_mapping import BASE, DECIMALS, ID, MEASURE, MODALITY, SCALE, SCALES, UNIT, VALUE, TableMapping
from crosscheck.figures.units import UnknownUnit, parse_unit

OBS_VALUE, STATUS, ACTION, STATED_AS = "OBS_VALUE", "OBS_STATUS", "ACTION", "STATED_AS"
FIELDS: Mapping[str, str] = {
    OBS_VALUE: VALUE,
    "UNIT_MEASURE": UNIT,
    "UNIT_MULT": SCALE,
    "DECIMALS": DECIMALS,
    STATUS: MODALITY,
    "BASE_PER": BASE,
    STATED_AS: MEASURE,  # our own, as SDMX leaves to each structure how it marks a growth
    "OBS_ID": ID,  # the same
}
DIMENSIONS: Mapping[str, str] = {
    "REF_AREA": AREA,
    "COUNTERPART_AREA": COUNTERPART,
    "INDICATOR": INDICATOR,
    "TIME_PERIOD": PERIOD,
}
# Not what a figure is about; the frequency shows in the period.
SKIPPED = ("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", ACTION, "FREQ", "OBS_STATUS_NAME")
# CL_OBS_STATUS: holidays, data within another category, and all kinds of missing; estimates and imputations; forecasts.
MISSING, ESTIMATES, FORECASTS = ("H", "K", "L", "M", "O", "Q"), ("E", "I"), ("F",)
UNITS: Mapping[str, str] = {
    **dict.fromkeys(("PC", "PT", "PCT", "PERCENT"), "percent"),
    **dict.fromkeys(("PS", "PERS", "PERSONS"), "{persons}"),
    **dict.fromkeys(("NR", "NUM", "NUMBER", "COUNT"), "{things}"),
    **dict.fromkeys(("IX", "INDEX", "PURE_NUMB", "RATIO", "0", "_Z"), ""),
    "T": "t",
    "TONNES": "t",
    "KG": "kg",
    "KM": "km",
    "PP": "percentage_point",
}
MARKS = {"_Z": "none", "_X": UNSTATED}  # not applicable: not broken down by it; not specified: unknown
YEAR_OR_MONTH = re.compile(r"(?P<year>[12][0-9]{3})-(?:A1|M(?P<month>[0-9]{2}))")
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.(?P<decimals>[0-9]+))?")
EXPONENT = re.compile(r"(?P<sign>[+-]?)(?P<digits>[0-9]+(?:\.[0-9]+)?)[eE](?P<power>[+-]?[0-9]{1,3})")
NOT_A_NUMBER = ("NaN", "nan", "NAN")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column of an SDMX-CSV table is which field, and where what only the reader needs stands (None: nowhere)."""

    columns: Mapping[str, int]
    status: int | None
    action: int | None
    labelled: frozenset[int]  # columns whose cells may carry a label after the code


def layout_of(headers: Sequence[str], mapping: TableMapping) -> Layout | None:
    """The layout of SDMX-CSV; None for any other table, and where the configuration says which column has the values.

    Columns that the configuration names go before what SDMX says.
    """
    names = [bare(header) for header in headers]
    if OBS_VALUE not in names or VALUE in mapping.columns:
        return None
    end = names.index(OBS_VALUE)
    own = {column: name for name, column in mapping.columns.items()}
    columns: dict[str, int] = {}
    for index, name in enumerate(names):
        field = own.get(headers[index]) or own.get(name) or FIELDS.get(name) or DIMENSIONS.get(name)
        if field is None and index < end and name and name not in SKIPPED:
            field = dimension_called(name)
        if field is not None and field not in mapping.constants:
            columns.setdefault(field, index)
    action = names.index(ACTION) if ACTION in names[:end] else None
    labelled = frozenset(index for index, name in enumerate(names) if name != headers[index])
    return Layout(columns, names.index(STATUS) if STATUS in names else None, action, labelled)


def dimension_called(name: str) -> str:
    """The dimension for a component of SDMX or XBRL: its name in lower case, never a word that means something else."""
    key = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")[:60]
    if not KEY.fullmatch(key) or key_trouble(key) is not None or key in FIELDS.values():
        key = f"dim_{key}"
    return key


def translated(row: Row, layout: Layout, table: Table) -> Row:
    """The row with its cells as a table of ours has them; a deleted or missing figure has an empty value."""
    if len(row.texts) != len(table.headers):
        return row
    texts = [bare(text) if index in layout.labelled else text for index, text in enumerate(row.texts)]
    columns = layout.columns
    value = columns[VALUE]
    texts[value] = _plain(row.texts[value])
    status = "" if layout.status is None else texts[layout.status].upper()
    if status in MISSING or (layout.action is not None and texts[layout.action].upper() in ("D", "DELETE")):
        texts[value] = ""
    if MODALITY in columns:
        texts[columns[MODALITY]] = "estimate" if status in ESTIMATES else "plan" if status in FORECASTS else "fact"
    if UNIT in columns:
        texts[columns[UNIT]] = unit_called(texts[columns[UNIT]])
    if MEASURE in columns and texts[columns[MEASURE]] not in MEASURES:
        texts[columns[MEASURE]] = ""
    for field, index in columns.items():
        if field in (PERIOD, BASE):
            texts[index] = period_called(texts[index])
        elif field not in FIELDS.values():
            texts[index] = MARKS.get(texts[index], texts[index])
    row = replace(row, spans=[row.span(index) for index in range(len(texts))])
    _scaled(row, texts, columns, table)
    return replace(row, texts=texts)


def _scaled(row: Row, texts: list[str], columns: Mapping[str, int], table: Table) -> None:
    """UNIT_MULT as a word for the scale, or moved into the number; DECIMALS never below what the number shows."""
    value = columns[VALUE]
    number = NUMBER.fullmatch(texts[value])
    shown = len(number["decimals"] or "") if number else 0
    power = 0
    if SCALE in columns:
        mult = texts[columns[SCALE]] or "0"
        if not re.fullmatch(r"[+-]?[0-9]{1,2}", mult):
            table.at(row, SCALE, f"{quoted(mult)} is no power of ten", "0 for units, 3 for thousands, 6 for millions")
            mult = "0"
        power = int(mult)
        words = {places: word for word, places in SCALES.items()}
        texts[columns[SCALE]] = words.get(power, "") if not _is_ratio(texts, columns) else ""
        power = 0 if texts[columns[SCALE]] else power
    if power and number:
        texts[value] = _shifted(texts[value], power)
    if DECIMALS not in columns:
        return  # the digits that the number shows, also when moved
    told = texts[columns[DECIMALS]]
    if number and re.fullmatch(r"[+-]?[0-9]{1,3}", told):
        texts[columns[DECIMALS]] = str(max(int(told), shown) - power)


def _is_ratio(texts: Sequence[str], columns: Mapping[str, int]) -> bool:
    """True where a scale has no word: for percentages, and for numbers without a unit, which may be ratios."""
    return UNIT not in columns or texts[columns[UNIT]] in ("percent", "percentage_point", "")


def _shifted(number: str, power: int) -> str:
    """The number times a power of ten, in digits."""
    sign = number[:1] if number[:1] in "+-" else ""
    whole, _, decimals = number.lstrip("+-").partition(".")
    digits, places = whole + decimals, len(decimals) - power
    if places <= 0:
        return f"{sign}{digits}{'0' * -places}"
    digits = digits.rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def _plain(text: str) -> str:
    """The number of a cell: NaN is how SDMX-CSV writes what is missing, an exponent is written out."""
    if text in NOT_A_NUMBER:
        return ""
    found = EXPONENT.fullmatch(text)
    return found["sign"] + _shifted(found["digits"], int(found["power"])) if found else text


def unit_called(code: str) -> str:
    """The unit that a code of CL_UNIT stands for; an unknown one becomes the name of what is counted."""
    if code.upper() in UNITS:
        return UNITS[code.upper()]
    try:
        return parse_unit(code).name if code else ""
    except UnknownUnit:
        return "{" + re.sub(r"[{}\s]+", " ", code).strip() + "}"


def period_called(text: str) -> str:
    """A period of SDMX as ours: 2023-A1 is the year, 2023-M05 the month."""
    found = YEAR_OR_MONTH.fullmatch(text)
    if found is None:
        return text
    return found["year"] if found["month"] is None else f"{found['year']}-{found['month']}"
