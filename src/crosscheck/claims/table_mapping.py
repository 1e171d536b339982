"""How the columns of a table become fields of claims, and which fields a table can hold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from crosscheck.claims.fields import normal_period
from crosscheck.claims.keys import (
    CLAIM_KEYS,
    DIMENSION_KEYS,
    NO_VALUES,
    UNSTATED_WORD,
    dimension_of,
    key_trouble,
    suggestion,
)
from crosscheck.claims.model import MEASURES, MODALITIES, PERIOD, UNSTATED
from crosscheck.figures.periods import PeriodError
from crosscheck.figures.units import UnknownUnit, parse_unit

VALUE, DECIMALS, UNIT, SCALE, MEASURE, BASE, MODALITY, ID = (
    "value",
    "decimals",
    "unit",
    "scale",
    "measure",
    "base_period",
    "modality",
    "id",
)
# What a table can hold beside dimensions, and what it means there.
FIELDS: Mapping[str, str] = {
    VALUE: "the figure, a plain number; an empty cell is no claim",
    DECIMALS: "decimal places that are right, INF for exact; by default as many as are printed",
    UNIT: "the unit of the value",
    SCALE: "thousand, million, billion or trillion: what the value is counted in",
    MEASURE: CLAIM_KEYS[MEASURE],
    BASE: CLAIM_KEYS[BASE],
    MODALITY: CLAIM_KEYS[MODALITY],
    ID: "the claim's id; by default its row, `row-7`",
}
SCALES: Mapping[str, int] = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
DOCUMENT_FIELDS: Mapping[str, str] = {
    "id": "name of the table as a document; the stem of its file name by default",
    "title": "its title",
    "publisher": "who published it",
    "published": "the date it carries, YYYY-MM-DD",
}
DECLARED = re.compile(r"[+-]?[0-9]{1,3}|INF|inf")
NOT_CONSTANT = (VALUE, ID)


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What the configuration says of a table.

    `columns` leads from fields to the names of columns, `constants` from fields to what holds for every row. `file` and
    `lines` (by field) say where the columns are named.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    given: bool = False
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: datetime.date | None = None
    file: str = ""
    lines: Mapping[str, int | None] = field(default_factory=dict)


def canonical(name: str) -> str:
    """The one name of a field: `entity` is reference_area."""
    return name if name in FIELDS else dimension_of(name) or name


def field_trouble(name: str) -> tuple[str, str | None] | None:
    """What is wrong with the name of a field, and a hint; None for those of FIELDS and for dimensions."""
    if name in FIELDS:
        return None
    trouble = key_trouble(name)
    if trouble is not None:
        near = suggestion(name.lower(), (*FIELDS, *DIMENSION_KEYS))
        return trouble[0], near or trouble[1]
    if dimension_of(name) is None:
        return f"`{name}` cannot stand in a table", "write such claims in a claim file"
    near = suggestion(name, FIELDS)
    return (f'unknown field "{name}"', near) if near else None


def constant_trouble(name: str, text: str) -> tuple[str, str | None] | None:
    """What is wrong with the value of a field, and a hint."""
    choices = {SCALE: tuple(SCALES), MEASURE: MEASURES, MODALITY: MODALITIES}.get(name)
    if choices is not None:
        if text in choices:
            return None
        return f'`{name}` cannot be "{text[:40]}"', suggestion(text, choices) or f"one of {', '.join(choices)}"
    if name == UNIT:
        try:
            parse_unit(text)
        except UnknownUnit as error:
            return str(error), error.suggestion
    elif name == DECIMALS and not DECLARED.fullmatch(text):
        return f'`decimals` cannot be "{text[:40]}"', "a whole number such as -3 for thousands, or INF"
    elif name in (PERIOD, BASE) and text not in (UNSTATED_WORD, UNSTATED, *NO_VALUES):
        try:
            normal_period(text)
        except PeriodError as error:
            return f"`{name}`: {error}", None
    return None
