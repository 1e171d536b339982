"""The JSON document of `extract`: exact strings for every number (FORMATS: JSON of `extract`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crosscheck.checking.noticed import Noticed
from crosscheck.claims.model import NAMED_DIMENSIONS, NOT_STATED, UNSTATED, Claim, Document
from crosscheck.extraction.claim_files.claims import Aside
from crosscheck.extraction.model import Unresolved
from crosscheck.figures.figure import from_base
from crosscheck.reports.json_report import reading
from crosscheck.reports.numbers import exact

SCHEMA = "crosscheck/extract/1"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one document."""

    document: Document
    claims: Sequence[Claim]
    unresolved: Sequence[Unresolved]
    no_statistic: int = 0
    asides: Sequence[Aside] = ()


def content(readings: Iterable[Reading], noticed: Iterable[Noticed], version: str) -> dict[str, object]:
    """The whole document as plain values, the same from run to run."""
    return {
        "schema": SCHEMA,
        "version": version,
        "documents": [_document(one) for one in readings],
        "reading": [reading(found) for found in noticed],
    }


def text(document: Mapping[str, object]) -> str:
    """A document as text."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _document(one: Reading) -> dict[str, object]:
    document = one.document
    return {
        "path": document.path,
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "published": None if document.published is None else document.published.isoformat(),
        "sha256": document.sha256,
        "claims": [*map(_claim, one.claims), *map(_aside, one.asides)],
        "unresolved": [_unresolved(figure) for figure in one.unresolved],
        "no_statistic": one.no_statistic,
    }


def _claim(claim: Claim) -> dict[str, object]:
    place, figure = claim.place, claim.figure
    held = claim.dimensions
    cell = {"page": place.page, "sheet": place.sheet, "cell": place.cell, "table": place.table, "row": place.row}
    return {
        "id": claim.id.partition("#")[2],
        "start": place.start,
        "end": place.end,
        "line": place.line,
        "column": place.column,
        **{name: value for name, value in cell.items() if value is not None},
        "printed": claim.printed,
        "figure": figure.printed,
        "value": exact(from_base(figure.face, figure.unit)),
        "unit": figure.unit.name,
        "measure": claim.measure,
        "qualifier": figure.qualifier,
        "modality": claim.modality,
        **{name: held.get(name) for name in NAMED_DIMENSIONS},
        "base_period": _base(claim),
        "whole": None if claim.whole is None else dict(claim.whole),
        **({"direction": "unstated"} if claim.direction_unstated else {}),
        **_record(claim),
        **(
            {}
            if claim.list_item is None
            else {"list": {"of": claim.list_item.of.partition("#")[2], "complete": claim.list_item.complete}}
        ),
        **({"beside": {role: one.partition("#")[2] for role, one in claim.beside.items()}} if claim.beside else {}),
        "known": {name: claim.how(name) for name in _describable(claim)},
        **{name: value for name, value in sorted(held.items()) if name not in NAMED_DIMENSIONS},
    }


def _aside(one: Aside) -> dict[str, object]:
    """A quantity that is no statistic, with the keys of a claim: no claim file has it and no rule sees it."""
    place = one.place
    return {
        "id": None,
        "start": place.start,
        "end": place.end,
        "line": place.line,
        "column": place.column,
        **({} if place.page is None else {"page": place.page}),
        "printed": place.printed or "",
        "figure": f"{exact(one.value)} {one.unit}",
        "value": exact(one.value),
        "unit": one.unit,
        "measure": "level",
        "qualifier": None,
        "modality": "fact",
        **dict.fromkeys(NAMED_DIMENSIONS),
        "base_period": None,
        "whole": None,
        "known": {},
        "statistic": False,
    }


def _record(claim: Claim) -> dict[str, object]:
    record = claim.record
    if record is None:
        return {}
    among: dict[str, object] = {} if record.among is None else {"among": record.among}
    among |= {"place": record.place} if record.place > 1 else {}
    return {"record": {"is": record.order, "since": record.since, **among}}


def _base(claim: Claim) -> str | None:
    if claim.base_period is None and claim.how("base_period") == NOT_STATED:
        return UNSTATED
    return claim.base_period


def _describable(claim: Claim) -> list[str]:
    """The dimensions that a claim has, and its base period."""
    named = [name for name in NAMED_DIMENSIONS if name in claim.dimensions]
    others = sorted(set(claim.dimensions) - set(named))
    base = ["base_period"] if claim.base_period is not None or "base_period" in claim.known else []
    return [*named, *others, *base]


def _unresolved(figure: Unresolved) -> dict[str, object]:
    place = figure.place
    return {
        "start": place.start,
        "end": place.end,
        "line": place.line,
        "column": place.column,
        "printed": figure.printed,
        "reason": figure.reason,
    }
