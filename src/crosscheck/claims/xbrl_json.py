"""Claims from xBRL-JSON (Open Information Model): a numeric fact is a claim, read strictly by its decimals.

The concept is the indicator, the entity the reference area; other dimensions keep their names in lower case. A nil fact is
missing. An instant is the date before the midnight that it names.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crosscheck.claims.csv_files import document_of
from crosscheck.claims.entries import COMPARED, IDENTITY
from crosscheck.claims.fields import printable, quoted
from crosscheck.claims.links import ClaimFile
from crosscheck.claims.model import (
    AREA,
    INDICATOR,
    INFERRED,
    MEASURES,
    MODALITIES,
    NOT_STATED,
    PERIOD,
    UNSTATED,
    Claim,
    Document,
    Knowledge,
    Place,
)
from crosscheck.claims.sdmx_csv import dimension_called
from crosscheck.claims.table_kinds import XBRL_JSON
from crosscheck.claims.table_mapping import BASE, MEASURE, MODALITY, TableMapping
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure
from crosscheck.figures.interval import Interval
from crosscheck.figures.periods import PeriodError, from_dates, normal_form, parse_period, year_before
from crosscheck.figures.text import FigureError, declared
from crosscheck.figures.units import UnknownUnit, parse_unit
from crosscheck.inputs.disk import read_limited
from crosscheck.inputs.faults import Fault, InputFaults

OWN = "crosscheck"  # the namespace of what XBRL has no word for
OWN_URI = "https://crosscheck.example/claims"
NOTHING = "_T"  # the name of our own concept where a claim has no indicator
CORE = ("concept", "entity", "period", "unit", "language", "noteId")
MAXIMUM_BYTES = 256 * 1024 * 1024
MAXIMUM_FAULTS = 200
KEY = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:\s*\{')
VALUE = re.compile(r'"value"\s*:\s*("(?:[^"\\]|\\.)*"|null)')
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T00:00:00(?:\.0+)?Z?)?")
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the facts of a report share: its text, where each begins, prefixes of our own names, and the faults so far."""

    document: Document
    text: str
    starts: Mapping[str, int]
    own: str
    faults: list[Fault] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How many faults were found, shown or not."""
        return self.found["faults"]

    def fault(self, fact: str, message: str, hint: str | None = None) -> None:
        """Records a fault of a fact."""
        self.found["faults"] += 1
        if self.count <= MAXIMUM_FAULTS:
            line, column = _line(self.text, self.starts.get(fact, 0))
            told = printable(f"fact {fact}: {message}")
            self.faults.append(Fault(self.document.claim_file or "", line, column, told, hint))


def read_xbrl_json(path: Path, mapping: TableMapping | None = None, name: str | None = None) -> ClaimFile:
    """The claims of the report at `path`; raises InputFaults with all faults of it."""
    text, content = _parsed(path)
    facts = content.get("facts")
    info = content.get("documentInfo")
    if not isinstance(info, dict) or not XBRL_JSON.fullmatch(str(info.get("documentType"))):
        raise InputFaults([Fault(str(path), None, None, "this is no xBRL-JSON", "`documentInfo` names its `documentType`")])
    if not isinstance(facts, dict):
        raise InputFaults([Fault(str(path), None, None, "`facts` is no object", "by id, value, decimals and dimensions")])
    prefixes = info.get("namespaces")
    names = prefixes if isinstance(prefixes, dict) else {}
    own = next((str(prefix) for prefix, uri in names.items() if uri == OWN_URI), OWN)
    starts: dict[str, int] = {}
    for match in KEY.finditer(text):
        starts.setdefault(match[1], match.start())
    reading = Reading(document_of(path, mapping or TableMapping(), name), text, starts, f"{own}:")
    found = tuple(claim for key, fact in facts.items() if (claim := claim_of_fact(key, fact, reading)) is not None)
    if reading.count > MAXIMUM_FAULTS:
        more = f"{reading.count - MAXIMUM_FAULTS:,} more faults of this report are not shown"
        reading.faults.append(Fault(str(path), None, None, more))
    if reading.faults:
        raise InputFaults(reading.faults)
    return ClaimFile(str(path), reading.document, found)


class _Repeated(ValueError):
    """A key that stands twice in one object."""


def _parsed(path: Path) -> tuple[str, dict[str, Any]]:
    data = read_limited(path, MAXIMUM_BYTES, " as a report")
    message: str | None
    line = column = None
    try:
        text = data.decode("utf-8-sig")
        content = json.loads(text, object_pairs_hook=_once, parse_float=str, parse_int=str)
        if isinstance(content, dict):
            return text, content
        message = "a report is an object"
    except UnicodeDecodeError:
        message = "this is not UTF-8 text"
    except _Repeated as error:
        message = f"{quoted(str(error))} stands twice in one object"
    except json.JSONDecodeError as error:
        message, line, column = f"this is not JSON: {error.msg}", error.lineno, error.colno
    except RecursionError:
        message = "objects are nested too deeply"
    raise InputFaults([Fault(str(path), line, column, printable(message))])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Repeated(next(key for key in keys if keys.count(key) > 1))
    return found


def claim_of_fact(key: str, fact: object, reading: Reading) -> Claim | None:
    """The claim of a fact; None for text, for nil, and after a fault."""
    dimensions = fact.get("dimensions") if isinstance(fact, dict) else None
    if not isinstance(fact, dict) or not isinstance(dimensions, dict):
        reading.fault(key, "it is no object with `dimensions`")
        return None
    value, decimals = fact.get("value"), fact.get("decimals")
    if value is None or (decimals is None and "unit" not in dimensions):
        return None  # nil, or not numeric: a pure number without a unit has decimals
    before = reading.count
    if not all(isinstance(text, str) for text in (value, *dimensions.values())):
        reading.fault(key, "its value and dimensions are texts", 'such as "value": "1200"')
        return None
    own = {name.removeprefix(reading.own): text for name, text in dimensions.items() if name.startswith(reading.own)}
    codes = dict(_dimensions(key, dimensions, reading))
    measure, modality = own.get(MEASURE, "level"), own.get(MODALITY, "fact")
    for name, text, choices in ((MEASURE, measure, MEASURES), (MODALITY, modality, MODALITIES)):
        if text not in choices:
            reading.fault(key, f"`{name}` cannot be {quoted(text)}", f"one of {', '.join(choices)}")
    known = {name: Knowledge(NOT_STATED) for name, code in codes.items() if code == UNSTATED}
    base = own.get(BASE)
    if measure in COMPARED and base is None and (period := codes.get(PERIOD, UNSTATED)) != UNSTATED:
        known[BASE] = Knowledge(INFERRED)
        try:
            base = normal_form(year_before(parse_period(period)))
        except PeriodError as error:
            reading.fault(key, f"no year before: {error}")
    if base == UNSTATED:
        base, known[BASE] = None, Knowledge(NOT_STATED)
    try:
        figure = _figure(value, decimals, unit_of(dimensions), measure)
    except FigureError as error:
        reading.fault(key, error.message, error.hint)
        return None
    if reading.count > before:
        return None
    identity = key if IDENTITY.fullmatch(key) else re.sub(r"[^A-Za-z0-9._-]", "_", f"f-{key}")
    return Claim(
        f"{reading.document.id}#{identity}",
        reading.document,
        figure,
        codes,
        measure,
        base if measure in COMPARED else None,
        modality=modality,
        place=_place(key, reading),
        known=known,
    )


def _plain(value: str) -> str:
    """A number of XML Schema in plain digits, without zeros after the point that no decimals call for."""
    text = value.strip()
    found = re.fullmatch(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?", text)
    if found is None or not (found[2] or found[3]):
        return text
    number = Fraction(int(f"{found[2]}{found[3] or ''}")) * Fraction(10) ** (int(found[4] or 0) - len(found[3] or ""))
    places = max(len((found[3] or "").rstrip("0")) - int(found[4] or 0), 0)
    digits = str(int(number * 10**places)).rjust(places + 1, "0")
    shown = digits if not places else f"{digits[:-places]}.{digits[-places:]}"
    return f"{found[1].replace('+', '')}{shown}"


def _figure(value: str, decimals: object, unit: str, measure: str) -> Figure:
    """The figure of a fact; raises FigureError. Digits beyond the decimals stay, half of the last good one either way."""
    number, told = _plain(value), "INF" if decimals is None else str(decimals).strip()
    places = len(number.partition(".")[2])
    if not re.fullmatch(r"[+-]?[0-9]{1,3}", told) or places <= int(told):
        return declared(number, told, unit, measure=measure)
    try:
        return declared(number, told, unit, measure=measure)
    except FigureError:
        exact = declared(number, str(places), unit, measure=measure)
        half = Fraction(10) ** -int(told) / 2 * exact.unit.factor
        strict = Interval(exact.face - half, exact.face + half)
        return replace(exact, strict=strict, whole=None, decimals=max(int(told), 0))


def unit_of(dimensions: Mapping[str, str]) -> str:
    """The unit of a fact in the words of claim files: `iso4217:USD/xbrli:shares` is `USD/{shares}`."""
    text = dimensions.get("unit", "")
    parts = re.split(r"([*/])", re.sub(r"[()]", "", text))
    return "".join(part if part in "*/" else _unit(part.strip()) for part in parts)


def _unit(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    if prefix == "iso4217":
        return local
    if local in ("pure", "Rate", "Ratio", "Number", ""):
        return ""
    if prefix == "utr" or local == "percent":
        with suppress(UnknownUnit):  # the registry of XBRL has some that measure nothing we convert, such as tCO2e
            parse_unit(local)
            return local
    return "{" + local + "}"


def _dimensions(key: str, dimensions: Mapping[str, str], reading: Reading) -> Iterator[tuple[str, str]]:
    for name, text in dimensions.items():
        if name == "concept":
            if text != f"{reading.own}{NOTHING}":
                yield INDICATOR, text.removeprefix(reading.own)
        elif name == "entity":
            yield AREA, text.removeprefix(reading.own)
        elif name == "period":
            try:
                yield PERIOD, period_of(text)
            except (PeriodError, ValueError) as error:
                reading.fault(key, f"period {quoted(text)}: {error}", "2023-01-01T00:00:00/2024-01-01T00:00:00")
        elif name.startswith(reading.own):
            own = name.removeprefix(reading.own)
            if own not in (MEASURE, MODALITY, BASE):
                yield own, text
        elif name not in CORE:
            yield dimension_called(name), text


def period_of(text: str) -> str:
    """The period of a fact as ours; raises PeriodError or ValueError. A moment is the end of the day before it."""
    first, slash, last = text.partition("/")
    begin = _moment(first)
    if not slash:
        return normal_form(from_dates(begin - ONE_DAY, begin - ONE_DAY))
    return normal_form(from_dates(begin, _moment(last) - ONE_DAY))


def _moment(text: str) -> datetime.date:
    found = MOMENT.fullmatch(text.strip())
    if found is None:
        raise ValueError("it is no midnight")
    return datetime.date.fromisoformat(found[1])


def _place(key: str, reading: Reading) -> Place:
    """Where the value of a fact stands."""
    start = reading.starts.get(key)
    found = VALUE.search(reading.text, start) if start is not None else None
    if found is None:
        return Place()
    begin, end = found.start(1), found.end(1)
    begin, end = (begin + 1, end - 1) if reading.text[begin] == '"' else (begin, end)
    line, column = _line(reading.text, begin)
    return Place(begin, end, line, column, reading.text[begin:end])


def _line(text: str, offset: int) -> tuple[int, int]:
    before = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - before + 1
