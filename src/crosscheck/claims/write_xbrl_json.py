"""Claims written as a report in xBRL-JSON, which is read back as the same claims."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping

from crosscheck.claims.model import AREA, INDICATOR, PERIOD, UNSTATED
from crosscheck.claims.plain_rows import PlainRow, PlainTable
from crosscheck.claims.table_mapping import BASE, MEASURE, MODALITY
from crosscheck.claims.xbrl_json import NOTHING, ONE_DAY, OWN, OWN_URI, unit_of
from crosscheck.figures.periods import PeriodError, parse_period

NAMESPACES = {"iso4217": "http://www.xbrl.org/2003/iso4217", "utr": "http://www.xbrl.org/2009/utr", OWN: OWN_URI}
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
PREFIXED = re.compile(rf"({NAME.pattern}):{NAME.pattern}")
CURRENCY = re.compile(r"[A-Z]{3}")


def xbrl_json_text(table: PlainTable) -> tuple[str, dict[str, int]]:
    """The report, and by reason how many rows it cannot hold."""
    facts: dict[str, object] = {}
    prefixes: dict[str, str] = dict(NAMESPACES)
    left = 0
    for row in table.rows:
        dimensions = _dimensions(row, prefixes)
        if dimensions is None:
            left += 1
            continue
        precision = {} if row.decimals == "INF" else {"decimals": int(row.decimals)}
        facts[row.id] = {"value": row.value, **precision, "dimensions": dimensions}
    info = {"documentType": "https://xbrl.org/2021/xbrl-json", "namespaces": prefixes, "taxonomy": []}
    text = json.dumps({"documentInfo": info, "facts": facts}, indent=1, ensure_ascii=False) + "\n"
    return text, {"its indicator or unit is no name in XBRL": left} if left else {}


def _dimensions(row: PlainRow, prefixes: dict[str, str]) -> dict[str, str] | None:
    """The dimensions of a fact; None where XBRL has no way to say one of them."""
    indicator = row.dimensions.get(INDICATOR, NOTHING)
    unit = _unit(row.unit)
    found = PREFIXED.fullmatch(indicator)
    if unit is None or (found is None and not NAME.fullmatch(indicator)) or (not unit and row.decimals == "INF"):
        return None
    if found is not None:
        prefixes.setdefault(found[1], f"urn:{found[1]}")
    dimensions = {"concept": indicator if found else f"{OWN}:{indicator}"}
    for name, code in row.dimensions.items():
        if name == AREA:
            dimensions["entity"] = f"{OWN}:{code}"
        elif name == PERIOD:
            dimensions |= _period(code)
        elif name != INDICATOR:
            dimensions[f"{OWN}:{name}"] = code
    if unit:
        dimensions["unit"] = unit
    if row.measure != "level":
        dimensions[f"{OWN}:{MEASURE}"] = row.measure
    if row.measure in ("growth", "change", "multiple"):
        dimensions[f"{OWN}:{BASE}"] = row.base_period or UNSTATED
    if row.modality != "fact":
        dimensions[f"{OWN}:{MODALITY}"] = row.modality
    return dimensions


def _unit(name: str) -> str | None:
    """The unit in the words of XBRL, "" for a pure number; None for one that would not be read back."""
    parts = re.split(r"([*/])", name)
    told = "".join(part if part in ("*", "/") else _part(part) for part in parts)
    return told if unit_of({"unit": told}) == name else None


def _part(name: str) -> str:
    if not name:
        return ""
    if name.startswith("{"):
        return f"{OWN}:{name.strip('{}')}"
    if name == "percent":
        return f"{OWN}:percent"
    return f"iso4217:{name}" if CURRENCY.fullmatch(name) else f"utr:{name}"


def _period(code: str) -> Mapping[str, str]:
    """A period as the midnights that it lies between; one whose days are not known keeps its own name."""
    try:
        period = parse_period(code)
    except PeriodError:
        return {f"{OWN}:{PERIOD}": code}
    if period.grain == "fiscal":
        return {f"{OWN}:{PERIOD}": code}
    first, last = (datetime.date.fromordinal(day) for day in (period.first, period.last))
    end = f"{(last + ONE_DAY).isoformat()}T00:00:00"
    return {"period": end if period.grain == "day" else f"{first.isoformat()}T00:00:00/{end}"}
