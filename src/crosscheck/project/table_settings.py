"""[tables.PATTERN] of the configuration: which columns of a table are which fields of claims."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from crosscheck.claims.fields import date_of
from crosscheck.claims.table_mapping import (
    DOCUMENT_FIELDS,
    NOT_CONSTANT,
    TableMapping,
    canonical,
    constant_trouble,
    field_trouble,
)
from crosscheck.inputs.faults import did_you_mean

TABLE_KEYS: Mapping[str, str] = {
    "columns": "by field of a claim, the name of the column that holds it; other columns are not read",
    "constants": "by field, what holds for every row",
    "trust": "`given`: never the suspect, never reported against",
    "document": "the table as a document: id, title, publisher, published",
}
TABLE_HINT = 'such as `[tables."data/trade.csv"]` with `columns = {time_period = "Year", value = "Total"}`'
TRUST = ("given",)
MAXIMUM_TEXT = 1_000

Place = tuple[str, ...]
LineOf = Callable[[Place], int | None]
# Records a fault at a place of the configuration.
Add = Callable[[Place, str, str | None], None]


def read_table(settings: Mapping[str, object], file: str, line_of: LineOf, place: Place, add: Add) -> TableMapping:
    """The mapping that one table of the configuration gives; faults go to `add`."""
    for key in settings:
        if key not in TABLE_KEYS:
            hint = did_you_mean(key, TABLE_KEYS) or f"one of {', '.join(TABLE_KEYS)}"
            add((*place, key), f'unknown key "{key[:40]}" in {_heading(place)}', hint)
    columns = _texts(settings.get("columns"), (*place, "columns"), add)
    constants = _texts(settings.get("constants"), (*place, "constants"), add)
    document = _texts(settings.get("document"), (*place, "document"), add)
    _check_fields(columns, constants, place, add)
    _check_document(document, place, add)
    trust = settings.get("trust")
    if trust is not None and trust not in TRUST:
        add((*place, "trust"), f'`trust` cannot be "{str(trust)[:40]}"', "given, or leave it out")
    published = document.get("published")
    return TableMapping(
        columns=columns,
        constants=constants,
        given=trust in TRUST,
        id=document.get("id"),
        title=document.get("title"),
        publisher=document.get("publisher"),
        published=date_of(published) if published else None,
        file=file,
        lines={name: line_of((*place, "columns", name)) for name in columns},
    )


def _heading(place: Place) -> str:
    return f'[tables."{place[1][:60]}"]'


def _texts(value: object, place: Place, add: Add) -> dict[str, str]:
    """A table of texts, numbers and dates, as texts."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        add(place, f"`{place[-1]}` of {_heading(place)} is a table", TABLE_HINT)
        return {}
    found: dict[str, str] = {}
    for key, entry in value.items():
        text = _text(entry)
        if text is None:
            add((*place, key), f"`{key[:40]}` in `{place[-1]}` is text", 'write it in quotes: "…"')
        elif not text or len(text) > MAXIMUM_TEXT:
            size = "is empty" if not text else f"has {len(text):,} characters"
            add((*place, key), f"`{key[:40]}` in `{place[-1]}` {size}", None)
        else:
            found[key] = text
    return found


def _text(entry: object) -> str | None:
    if isinstance(entry, str):
        return entry.strip()
    if isinstance(entry, datetime.date) and not isinstance(entry, datetime.datetime):
        return entry.isoformat()
    return str(entry) if isinstance(entry, int) and not isinstance(entry, bool) else None


def _check_fields(columns: Mapping[str, str], constants: Mapping[str, str], place: Place, add: Add) -> None:
    """Faults of the names of fields, and of what constants say."""
    for part, names in (("columns", columns), ("constants", constants)):
        seen: dict[str, str] = {}
        for name in names:
            trouble = field_trouble(name)
            own = canonical(name)
            if trouble is None and own in seen:
                trouble = f"`{name}` is another name of `{seen[own]}`", "give one of the two"
            if trouble is None and part == "constants":
                trouble = _constant_trouble(name, constants[name], columns)
            if trouble is not None:
                add((*place, part, name), trouble[0], trouble[1])
            seen.setdefault(own, name)


def _constant_trouble(name: str, text: str, columns: Mapping[str, str]) -> tuple[str, str | None] | None:
    if name in NOT_CONSTANT:
        return f"`{name}` cannot be the same for every row", "name its column under `columns`"
    if canonical(name) in map(canonical, columns):
        return f"`{name}` is a column and a constant", "keep one of the two"
    return constant_trouble(name, text)


def _check_document(document: Mapping[str, str], place: Place, add: Add) -> None:
    for key, text in document.items():
        where = (*place, "document", key)
        if key not in DOCUMENT_FIELDS:
            hint = did_you_mean(key, DOCUMENT_FIELDS) or f"one of {', '.join(DOCUMENT_FIELDS)}"
            add(where, f'unknown key "{key[:40]}" in `document` of {_heading(place)}', hint)
        elif key == "id" and "#" in text:
            add(where, "the id of a document cannot hold #", "it stands between document and claim")
        elif key == "published" and date_of(text) is None:
            add(where, f'`published` is "{text[:40]}", not a date', "write it as YYYY-MM-DD")
