"""Code lists of SDMX: structure messages as XML (2.1, 3.0) and as JSON, with parents, and which dimensions use them.

A data structure in the same message says which dimension has which list; without one the name of the list does (CL_AREA).
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crosscheck.claims.model import AREA, COUNTERPART
from crosscheck.claims.sdmx_csv import DIMENSIONS, dimension_called
from crosscheck.inputs.disk import read_limited
from crosscheck.inputs.faults import Fault, InputFaults

MAXIMUM_BYTES = 64 * 1024 * 1024
AREA_LISTS = ("CL_AREA", "CL_REF_AREA", "CL_GEO", "CL_COUNTRY")
SPECIAL = re.compile(r"_[A-Z]")  # _T, _U, _Z …: marks with a meaning of their own, not codes
LIST_OF_URN = re.compile(r"Codelist=[^:]*:([^(]+)\(")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
HINT = "a structure message of SDMX with code lists is expected"


@dataclass(frozen=True, slots=True)
class SdmxCode:
    """A code with its name and its parent, None at the top."""

    id: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class SdmxList:
    """A code list, and the dimensions that it is for."""

    id: str
    dimensions: tuple[str, ...]
    codes: tuple[SdmxCode, ...]


def read_structure(path: Path) -> tuple[SdmxList, ...]:
    """The code lists of a structure message; raises InputFaults."""
    data = read_limited(path, MAXIMUM_BYTES, " as a code list")
    lists = list(_json_lists(path, data) if path.name.lower().endswith(".json") else _xml_lists(path, data))
    if not lists:
        raise InputFaults([Fault(str(path), None, None, "no code list in this file", HINT)])
    return tuple(lists)


def _made(id: str, codes: Iterable[SdmxCode], uses: Mapping[str, list[str]]) -> SdmxList:
    names = [DIMENSIONS.get(name) or dimension_called(name) for name in uses.get(id, ())]
    if not names:
        bare = id.removeprefix("CL_")
        names = [AREA, COUNTERPART] if id in AREA_LISTS else [DIMENSIONS.get(bare) or dimension_called(bare)]
    kept = [code for code in codes if not SPECIAL.fullmatch(code.id)]
    ids = {code.id for code in kept}
    often = Counter(code.name.casefold() for code in kept)  # "Other" of every chapter tells no code from another
    known = (
        SdmxCode(
            code.id, code.name if often[code.name.casefold()] == 1 else code.id, code.parent if code.parent in ids else None
        )
        for code in kept
    )
    return SdmxList(id, tuple(dict.fromkeys(names)), tuple(known))


def _xml_lists(path: Path, data: bytes) -> Iterator[SdmxList]:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise InputFaults([Fault(str(path), None, None, "a document type is not read", HINT)])
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        line, column = getattr(error, "position", (None, None))
        column = None if column is None else column + 1
        raise InputFaults([Fault(str(path), line, column, f"this is not XML: {str(error)[:100]}", HINT)]) from None
    uses: dict[str, list[str]] = {}
    for element in root.iter():
        if _local(element) in ("Dimension", "TimeDimension") and element.get("id"):
            for part in element.iter():
                name = _list_named(part)
                if name:
                    uses.setdefault(name, []).append(element.get("id", ""))
    for element in root.iter():
        if _local(element) == "Codelist" and element.get("id"):
            yield _made(element.get("id", ""), _xml_codes(element), uses)


def _list_named(part: ElementTree.Element) -> str | None:
    """The code list that a part of a dimension refers to: by a Ref (2.1) or by its URN."""
    if _local(part) == "Ref" and part.get("class") == "Codelist":
        return part.get("id")
    found = LIST_OF_URN.search(part.text or "") if _local(part) in ("Enumeration", "URN") else None
    return found[1] if found else None


def _xml_codes(codelist: ElementTree.Element) -> Iterator[SdmxCode]:
    for element in codelist:
        id = element.get("id")
        if _local(element) == "Code" and id:
            names = {part.get(LANGUAGE, "en"): (part.text or "").strip() for part in element if _local(part) == "Name"}
            parents = [part for part in element if _local(part) == "Parent"]
            parent = None
            for part in parents:
                ref = next((inner.get("id") for inner in part if _local(inner) == "Ref"), None)
                parent = ref or (part.text or "").strip() or None
            yield SdmxCode(id, names.get("en") or next(iter(names.values()), "") or id, parent)


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _json_lists(path: Path, data: bytes) -> Iterator[SdmxList]:
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        fault = Fault(str(path), error.lineno, error.colno, f"this is not JSON: {error.msg}", HINT)
        raise InputFaults([fault]) from None
    except (UnicodeDecodeError, RecursionError):
        raise InputFaults([Fault(str(path), None, None, "this is not JSON in UTF-8", HINT)]) from None
    body = _mapping(_mapping(content).get("data") or content)
    uses: dict[str, list[str]] = {}
    for structure in _mappings(body.get("dataStructures")):
        listed = _mapping(_mapping(structure.get("dataStructureComponents")).get("dimensionList"))
        for dimension in _mappings(listed.get("dimensions")):
            found = LIST_OF_URN.search(str(_mapping(dimension.get("localRepresentation")).get("enumeration")))
            if found:
                uses.setdefault(found[1], []).append(str(dimension.get("id")))
    for codelist in _mappings(body.get("codelists")):
        codes = [code for code in _mappings(codelist.get("codes")) if code.get("id")]
        told = (SdmxCode(str(code["id"]), _name(code), _text(code.get("parent"))) for code in codes)
        yield _made(str(codelist.get("id")), told, uses)


def _name(code: Mapping[str, Any]) -> str:
    names = _mapping(code.get("names"))
    told = (_text(names.get("en")), _text(code.get("name")), *map(_text, names.values()))
    return next(filter(None, told), str(code["id"]))


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
