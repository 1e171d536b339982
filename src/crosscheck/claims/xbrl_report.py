"""Claims from an XBRL report, loaded by Arelle: its numeric facts, as those of xBRL-JSON, and its calculation links.

Schema and linkbases are taken from beside the report, and what Arelle brings along; nothing is fetched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from crosscheck.claims.csv_files import document_of
from crosscheck.claims.fields import printable
from crosscheck.claims.links import ClaimFile
from crosscheck.claims.model import Claim, Place
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.claims.xbrl_json import OWN, Reading, claim_of_fact
from crosscheck.inputs.faults import Fault, InputFaults

MAXIMUM_SHOWN = 20
ERRORS = ("ERROR", "CRITICAL")
INSTALL = "pip install 'crosscheck-figures[xbrl]'"
BESIDE = "nothing is fetched: the schema and linkbases that the report names stand beside it"


@dataclass(frozen=True, slots=True)
class Calculation:
    """A total and its items with their weights, as a calculation link of a report says; concepts with their prefixes."""

    role: str
    total: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Fact:
    """A numeric fact in the words of xBRL-JSON, and where it stands."""

    key: str
    line: int | None
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Loaded:
    facts: Sequence[_Fact]
    calculations: tuple[Calculation, ...]


def read_xbrl_report(path: Path, mapping: TableMapping | None = None, name: str | None = None) -> ClaimFile:
    """The claims of the report at `path`; raises InputFaults with all faults of it."""
    reading = Reading(document_of(path, mapping or TableMapping(), name), "", {}, f"{OWN}:")
    claims: list[Claim] = []
    faults: list[Fault] = []
    for fact in _load(path).facts:
        claim = claim_of_fact(fact.key, fact.content, reading)
        faults += (replace(fault, line=fact.line, column=None) for fault in reading.faults)
        reading.faults.clear()
        if claim is not None:
            place = Place(line=fact.line, column=1, printed=str(fact.content["value"]))
            claims.append(replace(claim, place=place))
    if faults:
        raise InputFaults(faults)
    return ClaimFile(str(path), reading.document, tuple(claims))


def calculations_of(path: Path) -> tuple[Calculation, ...]:
    """The calculations that the links of a report state, each once; raises InputFaults."""
    return _load(path).calculations


def _load(path: Path) -> _Loaded:
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise InputFaults([Fault(str(path), None, None, f"cannot be read: {error.strerror}")]) from None
    return _loaded(path, changed)


@lru_cache(maxsize=8)  # claims and rules come from one report
def _loaded(path: Path, changed: int) -> _Loaded:
    del changed
    try:
        from arelle.api.Session import Session
        from arelle.logging.handlers.StructuredMessageLogHandler import StructuredMessageLogHandler
        from arelle.RuntimeOptions import RuntimeOptions
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("arelle"):
            raise
        raise InputFaults([Fault(str(path), None, None, "XBRL reports are read by Arelle", INSTALL)]) from None
    log = StructuredMessageLogHandler()
    options = RuntimeOptions(
        entrypointFile=str(path.resolve()), internetConnectivity="offline", keepOpen=True, disablePersistentConfig=True
    )
    with Session() as session:
        session.run(options, logHandler=log)
        faults = list(_faults(path, log.messages))
        models = session.get_models()
        if not models and not faults:
            faults.append(Fault(str(path), None, None, "this is no XBRL report", BESIDE))
        if faults:
            raise InputFaults(faults)
        return _Loaded(tuple(_facts(models[0])), tuple(_calculations(models[0])))


def _faults(path: Path, messages: Sequence[dict[str, Any]]) -> Iterator[Fault]:
    """What Arelle says is wrong with a report or what it refers to."""
    told = [message for message in messages if message.get("levelname") in ERRORS]
    for message in told[:MAXIMUM_SHOWN]:
        refs = message.get("refs") or [{}]
        line = refs[0].get("sourceLine")
        text = printable(" ".join(str(message.get("msg")).split())[:300])
        yield Fault(str(path), line if isinstance(line, int) else None, None, text, BESIDE)
    if len(told) > MAXIMUM_SHOWN:
        yield Fault(str(path), None, None, f"{len(told) - MAXIMUM_SHOWN:,} more faults of this report are not shown")


def _facts(model: Any) -> Iterator[_Fact]:
    found = (fact for fact in model.factsInInstance if fact.isNumeric and not fact.isNil and fact.context is not None)
    for number, fact in enumerate(sorted(found, key=lambda fact: fact.objectIndex), 1):
        content: dict[str, Any] = {"value": str(fact.xValue), "dimensions": dict(_dimensions(fact))}
        decimals = fact.decimals
        if decimals is not None and decimals != "INF":
            content["decimals"] = decimals
        elif fact.precision not in (None, "INF"):
            from arelle.ValidateXbrlCalcs import inferredDecimals

            content["decimals"] = str(int(inferredDecimals(fact)))
        yield _Fact(fact.id or f"fact-{number}", fact.sourceline, content)


def _dimensions(fact: Any) -> Iterator[tuple[str, str]]:
    """The dimensions of a fact in the words of xBRL-JSON."""
    context = fact.context
    yield "concept", str(fact.qname)
    yield "entity", str(context.entityIdentifier[1])
    if context.isInstantPeriod:
        yield "period", context.instantDatetime.isoformat()
    elif context.isStartEndPeriod:
        yield "period", f"{context.startDatetime.isoformat()}/{context.endDatetime.isoformat()}"
    above, below = fact.unit.measures
    unit = "*".join(map(str, above)) + ("/" + "*".join(map(str, below)) if below else "")
    yield "unit", unit
    for name, value in context.qnameDims.items():
        yield str(name), str(value.memberQname) if value.isExplicit else value.typedMember.stringValue


def _calculations(model: Any) -> Iterator[Calculation]:
    from arelle import XbrlConst

    links = defaultdict(list)
    for arcrole in (XbrlConst.summationItem, XbrlConst.summationItem11):
        for link in model.relationshipSet(arcrole).modelRelationships:
            if link.fromModelObject is not None and link.toModelObject is not None:
                item = str(link.toModelObject.qname), str(link.weightDecimal.normalize())
                links[link.linkrole, str(link.fromModelObject.qname)].append((link.order, item))
    seen = set()
    for (role, total), items in sorted(links.items()):
        ordered = tuple(dict.fromkeys(item for _, item in sorted(items)))
        if (total, frozenset(ordered)) not in seen:
            seen.add((total, frozenset(ordered)))
            yield Calculation(role, total, ordered)
