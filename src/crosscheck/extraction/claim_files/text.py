"""Claims as the text of a claim file: what is written loads to equal claims, and reads like one written by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crosscheck.claims.entries import COMPARED
from crosscheck.claims.keys import UNSTATED_WORD
from crosscheck.claims.model import (
    AREA,
    CARRIED,
    COUNTERPART,
    EXPLICIT,
    INDICATOR,
    INFERRED,
    NOT_STATED,
    PERIOD,
    SOURCE,
    UNSTATED,
    Claim,
    Document,
    Knowledge,
    Place,
)
from crosscheck.extraction.claim_files.claims import DeclaredText, FigureText
from crosscheck.figures.periods import PeriodError, normal_form, parse_period, year_before

# The fields of an entry by key of a claim file, in plain values: text, mappings and lists of text. A dimension (and
# base_period) is a mapping with `value` and, where it is not plainly explicit, `how`, `start`, `end`, `printed`, `why`.
Fields = dict[str, Any]

WIDTH = 120
BASE = "base_period"
HOW, START, END = "how", "start", "end"
FIRST_KEYS = (INDICATOR, AREA, COUNTERPART, SOURCE)
LAST_KEYS = (
    *(PERIOD, "measure", BASE, "direction", "whole", "modality", "figure", "record", "list", "beside"),
    *("weight", "readings", "suppress", "note", "at", "known"),
)
PROPERTIES = frozenset(LAST_KEYS) - {PERIOD, BASE}
FLOW = re.compile(r"(?:[^\W_]|[$€£+(./]|-(?=[\w.$€£]))[\w .$€£%/()+…'’–—-]*")
BLOCK = re.compile(r"(?:[^\W_]|[$€£+(./]|-(?=[\w.$€£]))(?:[\w .$€£%/()+…'’–—{},;&!?“”‘«»\"-]|:(?=[^\s]))*")
NOTHING = ("null", "Null", "NULL", "~", "")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What `defaults` of a claim file give: values of dimensions with how they are known, and properties."""

    dimensions: Mapping[str, tuple[str, Knowledge]] = field(default_factory=dict)
    measure: str = "level"
    modality: str = "fact"
    base_period: str | None = None


def fields_of(claim: Claim, text: FigureText) -> Fields:
    """The fields of a claim; what a claim file says by leaving it out is left out."""
    fields: Fields = {name: _known(value, claim.known.get(name)) for name, value in claim.dimensions.items()}
    if claim.measure != "level":
        fields["measure"] = claim.measure
    base = _base(claim)
    if base is not None:
        fields[BASE] = base
    if claim.direction_unstated:
        fields["direction"] = UNSTATED_WORD
    if claim.whole is not None:
        fields["whole"] = {name: "none" if value is None else _word(value) for name, value in claim.whole.items()}
    if claim.modality != "fact":
        fields["modality"] = claim.modality
    fields["figure"] = declared_fields(text) if isinstance(text, DeclaredText) else text
    if claim.record is not None:
        record = claim.record
        more = {"since": record.since, "among": record.among, "place": str(record.place) if record.place > 1 else None}
        more = {name: value for name, value in more.items() if value is not None}
        fields["record"] = {"is": record.order, **more} if more else record.order
    if claim.list_item is not None:
        of, document = claim.list_item.of, f"{claim.document.id}#"
        complete = "true" if claim.list_item.complete else "false"
        fields["list"] = {"of": of.removeprefix(document), "complete": complete}
    if claim.beside:
        fields["beside"] = {role: one.removeprefix(f"{claim.document.id}#") for role, one in claim.beside.items()}
    at = place_fields(claim.place)
    if at:
        fields["at"] = at
    return fields


def declared_fields(text: DeclaredText) -> Fields:
    """A figure with declared decimals."""
    unit = {"unit": text.unit} if text.unit else {}
    return {"value": text.value, "decimals": str(text.decimals), **unit}


def place_fields(place: Place) -> Fields:
    """`at` of a claim."""
    names = ("start", "end", "line", "column", "page", "sheet", "cell", "table", "row", "printed")
    return {name: str(value) for name in names if (value := getattr(place, name)) is not None}


def _word(value: str) -> str:
    return UNSTATED_WORD if value == UNSTATED else value


def _known(value: str, known: Knowledge | None) -> Fields:
    """The value of a dimension with how it is known."""
    found: Fields = {"value": _word(value)}
    if known is not None:
        found |= {HOW: known.how} if known.how not in (EXPLICIT, NOT_STATED) else {}
        if known.start is not None and known.end is not None:
            found |= {START: str(known.start), END: str(known.end)}
        found |= {name: text for name in ("printed", "why") if (text := getattr(known, name)) is not None}
    return found


def _base(claim: Claim) -> Fields | None:
    """The base period of a claim; None where a claim file leaves it out."""
    if claim.measure not in COMPARED:
        return None
    known = claim.known.get(BASE)
    if claim.base_period is None:
        return _known(UNSTATED, known) if known is not None and known.how == NOT_STATED else None
    if known == Knowledge(INFERRED) and claim.base_period == _usual_base(claim.dimensions.get(PERIOD)):
        return None
    return _known(claim.base_period, known)


def _usual_base(period: str | None) -> str | None:
    """The base period that a claim file gets when it says none."""
    if period is None or period == UNSTATED:
        return None
    try:
        return normal_form(year_before(parse_period(period)))
    except PeriodError:
        return None


def defaults_for(entries: Sequence[Fields]) -> Defaults:
    """Areas that more than half of the entries share, so that they need not be written each time."""
    shared = {}
    for name in (AREA, COUNTERPART):
        counts = Counter(entry[name]["value"] for entry in entries if name in entry)
        counts.pop(UNSTATED_WORD, None)
        best = min(counts, key=lambda value: (-counts[value], value), default=None)
        if best is not None and counts[best] > 2 and 2 * counts[best] > len(entries):
            shared[name] = (best, Knowledge(CARRIED))
    return Defaults(shared)


# --- lines ------------------------------------------------------------------------------------------------------------


def file_text(document: Document, named: Sequence[tuple[str, Fields]]) -> str:
    """The text of a claim file with entries by id."""
    defaults = defaults_for([fields for _, fields in named])
    says_all = all(AREA in fields for _, fields in named)
    lines = document_lines(document_fields(replace(document, area_unstated=document.area_unstated and not says_all)))
    if defaults.dimensions:
        pairs = {name: value for name, (value, _) in defaults.dimensions.items()}
        lines.append(f"defaults: {flow(pairs)}")
    return "\n".join([*lines, *claims_lines(named, defaults)]) + "\n"


def claims_lines(named: Sequence[tuple[str, Fields]], defaults: Defaults) -> list[str]:
    """The lines of `claims`."""
    if not named:
        return ["claims: []"]
    lines = ["claims:"]
    for number, (identity, fields) in enumerate(named):
        lines += [""] if number else []
        lines += entry_lines(identity, fields, defaults)
    return lines


def document_fields(document: Document) -> Fields:
    """What a claim file says of its document."""
    published = None if document.published is None else document.published.isoformat()
    texts = {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "publisher": document.publisher,
        "published": published,
        "sha256": document.sha256,
    }
    if document.area_unstated:
        texts["without_area"] = UNSTATED_WORD
    return {name: text for name, text in texts.items() if text is not None}


def document_lines(fields: Fields) -> list[str]:
    """The lines of `document`."""
    return ["document:", *(f"  {name}: {scalar(text)}" for name, text in fields.items())]


def entry_lines(identity: str, fields: Fields, defaults: Defaults, indent: str = "  ") -> list[str]:
    """The lines of one entry, which begins with `- id:`."""
    inner = indent + "  "
    lines = [f"{indent}- id: {scalar(identity)}"]
    for key, value in entry_values(fields, defaults).items():
        lines += key_lines(key, value, inner)
    return lines


def key_lines(key: str, value: Any, indent: str) -> list[str]:
    """The lines of one key: on one line where they fit."""
    if isinstance(value, str):
        return [f"{indent}{key}: {scalar(value)}"]
    line = f"{indent}{key}: {flow(value)}"
    if len(line) <= WIDTH or not isinstance(value, Mapping) or key != "known":
        return [line]
    return [f"{indent}{key}:", *(f"{indent}  {name}: {flow(inner)}" for name, inner in value.items())]


def entry_values(fields: Fields, defaults: Defaults) -> Fields:
    """The values by key that an entry is written with, under some defaults: `known` is split off, defaults left out."""
    values: Fields = {}
    known: Fields = {}
    dimensions = [key for key in fields if key not in PROPERTIES and key != BASE]
    others = sorted(set(dimensions) - {*FIRST_KEYS, PERIOD})
    for key in (*FIRST_KEYS, *others, *LAST_KEYS):
        if key in (*FIRST_KEYS, *others, PERIOD):
            _put_dimension(key, fields.get(key), defaults, values, known)
        elif key == BASE and key in fields:
            values[BASE], how = _split(fields[BASE], EXPLICIT)
            known |= {BASE: how} if how else {}
        elif key in ("measure", "modality"):
            usual = defaults.measure if key == "measure" else defaults.modality
            told = fields.get(key, "level" if key == "measure" else "fact")
            values |= {key: told} if told != usual else {}
        elif key != "known" and key in fields:
            values[key] = fields[key]
    if defaults.base_period is not None and BASE not in fields and fields.get("measure", "level") in COMPARED:
        _put_usual_base(fields, values, known)
    if known:
        values["known"] = known
    return values


def _put_dimension(key: str, value: Fields | None, defaults: Defaults, values: Fields, known: Fields) -> None:
    usual = defaults.dimensions.get(key)
    if value is None:
        if usual is not None:
            values[key] = "none"
        return
    if (
        usual is not None
        and usual[0] == value["value"]
        and value.keys() & {HOW, START}
        and not value.keys() & {"printed", "why"}
    ):
        how = _how(value, NOT_STATED if usual[0] == UNSTATED_WORD else usual[1].how)
        if how or _known(*usual) != value:
            known[key] = how or value.get(HOW, NOT_STATED if usual[0] == UNSTATED_WORD else EXPLICIT)
        return
    values[key], how = _split(value, EXPLICIT)
    if how:
        known[key] = how


def _split(value: Fields, usual: str) -> tuple[Any, Any]:
    """A dimension as the value of its key and its part of `known`; one that a person corrected stays in one piece."""
    if {"printed", "why"} & value.keys():
        order = ("value", "printed", HOW, START, END, "why")
        return {name: value[name] for name in order if name in value}, None
    return value["value"], _how(value, NOT_STATED if value["value"] == UNSTATED_WORD else usual)


def _how(value: Fields, usual: str) -> Any:
    """How a dimension is known, as `known` says it; nothing where it is known as usual, without a span."""
    how = value.get(HOW) or (NOT_STATED if value["value"] == UNSTATED_WORD else EXPLICIT)
    span = {name: value[name] for name in (START, END) if name in value}
    told = {} if how == usual else {HOW: how}
    return {**told, **span} if span else told.get(HOW)


def _put_usual_base(fields: Fields, values: Fields, known: Fields) -> None:
    """A base period that the file's default would replace."""
    base = _usual_base(fields.get(PERIOD, {}).get("value"))
    values[BASE] = base or UNSTATED_WORD
    if base is not None:
        known[BASE] = INFERRED


# --- YAML -------------------------------------------------------------------------------------------------------------


def flow(value: Any) -> str:
    """Plain values on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(str(key), flow=True)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return scalar(str(value), flow=True)


def scalar(text: str, flow: bool = False) -> str:
    """Text as YAML: plain where nothing could be misread, else in double quotes."""
    plain = (FLOW if flow else BLOCK).fullmatch(text)
    if plain and text not in NOTHING and text == text.strip() and " #" not in text and text.isprintable():
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """Text in double quotes, with escapes for what would not show."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character == " " or character.isprintable():
        return character
    code = ord(character)
    if character in "\n\t":
        return {"\n": "\\n", "\t": "\\t"}[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def named_fields(claims: Iterable[Claim], texts: Iterable[FigureText]) -> list[tuple[str, Fields]]:
    """The entries of claims by their ids within the file."""
    return [(claim.id.partition("#")[2], fields_of(claim, text)) for claim, text in zip(claims, texts, strict=True)]
