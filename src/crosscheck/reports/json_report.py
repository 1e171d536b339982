"""The JSON document of `all` and `check`: exact strings for every number (../FORMATS: JSON of `all` and `check`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from crosscheck.checking.assessment import find_witness
from crosscheck.checking.checks import Check, Run, faults
from crosscheck.checking.noticed import Noticed, fingerprints
from crosscheck.checking.room import operand_at
from crosscheck.checking.stated import Stated
from crosscheck.claims.model import Claim
from crosscheck.figures.figure import from_base
from crosscheck.inputs.faults import Fault
from crosscheck.reconciliation.model import Reconciliation
from crosscheck.reports import joint as together
from crosscheck.reports.joint_json import reconciliation_json
from crosscheck.reports.numbers import exact, fixed, machine_interval
from crosscheck.reports.wording import message, missing_figure, noticed_message, printed_claim

SCHEMA = "crosscheck/output/1"


def report(run: Run, noticed: Sequence[Noticed], documents: int, version: str, joint: Reconciliation | None = None) -> str:
    """The whole document as text, the same from run to run."""
    content = {
        "schema": SCHEMA,
        "version": version,
        "summary": summary(run, noticed, documents, joint),
        "checks": [_check(check) for check in run.checks],
        "reading": readings(noticed),
        "reconciliation": reconciliation_json(joint),
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def entries(
    run: Run, noticed: Sequence[Noticed], documents: int, version: str, joint: Reconciliation | None = None
) -> Iterator[str]:
    """The same a line for each thing, for streams: the run with its summary, each check, each finding of reading."""
    head = {"type": "run", "schema": SCHEMA, "version": version, "summary": summary(run, noticed, documents, joint)}
    yield json.dumps(head, ensure_ascii=False)
    for check in run.checks:
        yield json.dumps({"type": "check", **_check(check)}, ensure_ascii=False)
    for found in readings(noticed):
        yield json.dumps({"type": "reading", **found}, ensure_ascii=False)
    together = reconciliation_json(joint)
    if together is not None:
        yield json.dumps({"type": "reconciliation", **together}, ensure_ascii=False)


def check_entry(check: Check) -> dict[str, object]:
    """One check as it stands in the document."""
    return _check(check)


def fault_entries(found: Sequence[Fault]) -> Iterator[str]:
    """Faults of the input, a line each."""
    for f in found:
        fault = {"file": f.file, "line": f.line, "column": f.column, "message": f.message, "hint": f.hint}
        yield json.dumps({"type": "error", "schema": SCHEMA, **fault}, ensure_ascii=False)


def fault_report(found: Sequence[Fault]) -> str:
    """The document of a run that ended with faults of its input (exit 2)."""
    errors = [{"file": f.file, "line": f.line, "column": f.column, "message": f.message, "hint": f.hint} for f in found]
    return json.dumps({"schema": SCHEMA, "errors": errors}, indent=1, ensure_ascii=False) + "\n"


def summary(run: Run, noticed: Sequence[Noticed], documents: int, joint: Reconciliation | None = None) -> dict[str, object]:
    """Counts for the tally: messages by level (one a fault), checks by verdict, what became of each figure."""
    levels = [group[0].level for group in faults(run.checks)] + [
        found.level for found in noticed if not found.is_suppressed
    ]
    levels += [conflict.level for _, conflict in together.told(joint)]
    return {
        "documents": documents,
        "errors": levels.count("error"),
        "warnings": levels.count("warning"),
        "notes": levels.count("note"),
        "suppressed": sum(check.suppressed is not None and check.level != "none" for check in run.checks)
        + sum(found.is_suppressed for found in noticed)
        + together.suppressed(joint),
        "checks": dict(run.verdicts),
        "within_bounds": run.within_bounds,
        "strong": run.strong,
        "figures": dict(run.figures),
        "rules_without_binding": [rule.id for rule in run.unbound_rules if not rule.shipped],
        "shipped_rules_without_binding": sum(1 for rule in run.unbound_rules if rule.shipped),
        "rules_stopped": [rule.id for rule in run.stopped_rules],
    }


def _check(check: Check) -> dict[str, object]:
    found = check.assessment
    figure = check.subject.narrowest.figure
    unit = figure.unit
    computed = found.computed
    face = found.computed_face
    return {
        "id": check.id,
        "rule": check.rule.id,
        "verdict": check.verdict,
        "level": check.level,
        "reading": found.reading,
        "message": message(check),
        "subject": check.rule.subject,
        "stated": {
            "value": exact(from_base(figure.face, unit)),
            **machine_interval(found.stated, unit),
            "printed": printed_claim(check.subject.narrowest),
        },
        "computed": None
        if computed is None
        else {
            "value": exact(from_base(face.low, unit))
            if face is not None and face.is_point and face.low is not None
            else None,
            **machine_interval(computed, unit),
        },
        "gap": None if found.gap is None else exact(found.gap / unit.factor),
        "material": found.material,
        "strain": None if found.strain is None else fixed(found.strain, 3),
        "room": None if found.room is None else fixed(found.room, 3),
        "power": None if check.power is None else fixed(check.power, 3),
        "claims": [_claim(role, claim) for role, operand in check.binding.operands() for claim in operand.claims],
        "loosened": [{"id": loose.claim.id, "reading": loose.reading} for loose in found.loosened],
        "implied": list(_implied(check)),
        "missing": _missing(check),
        "assumptions": [{"id": a.claim, "dimension": a.dimension, "value": a.value} for a in check.assumptions],
        "witness": _witness(check),
        "diagnosis": [{"slip": d.slip, "role": d.role, "message": d.message} for d in check.diagnosis],
        "related": list(check.related),
        "suppressed": check.suppressed,
        "fingerprint": check.fingerprint,
    }


def _claim(role: str, claim: Claim) -> dict[str, object]:
    place, document = claim.place, claim.document
    return {
        "role": role,
        "id": claim.id,
        "document": document.id,
        "path": document.path,
        "line": place.line,
        "column": place.column,
        "start": place.start,
        "end": place.end,
        "printed": claim.printed,
        "dimensions": dict(sorted(claim.dimensions.items())),
        "known": {name: known.how for name, known in sorted(claim.known.items())},
    }


def _implied(check: Check) -> Iterator[dict[str, object]]:
    for address, interval in check.assessment.implied.items():
        claim = operand_at(check.binding, address).narrowest
        yield {"role": address.name, "id": claim.id, **machine_interval(interval, claim.figure.unit)}


def _missing(check: Check) -> list[dict[str, object]]:
    missing, interval = check.binding.missing, check.assessment.missing
    if missing is None:
        return []
    figure = missing_figure(check)
    limits = {} if interval is None else machine_interval(interval, figure.unit)
    return [{"role": missing.role, "dimensions": dict(sorted(missing.dimensions.items())), **limits}]


def _witness(check: Check) -> dict[str, object] | None:
    """True values by role in the units of the claims, a list for a collection."""
    found = find_witness(check.binding, check.assessment)
    if found is None:
        return None
    values: dict[str, object] = {}
    for role, operands in check.binding.roles.items():
        members = (operands,) if isinstance(operands, Stated) else operands
        shown = [
            exact(from_base(value, member.narrowest.figure.unit))
            for index, member in enumerate(members)
            for address, value in found.items()
            if address.name == role and address.index in (None, index)
        ]
        values[role] = shown[0] if isinstance(operands, Stated) else shown
    return values


def readings(noticed: Sequence[Noticed]) -> list[dict[str, object]]:
    """The findings of reading as entries of `reading`."""
    return [reading(found, mark) for found, mark in zip(noticed, fingerprints(noticed), strict=True)]


def reading(found: Noticed, fingerprint: str | None = None) -> dict[str, object]:
    """A finding of reading as an entry of `reading`."""
    place = found.place
    return {
        "rule": found.rule,
        "level": found.level,
        "id": None if found.claim is None else found.claim.id,
        "path": found.document.path,
        "line": place.line,
        "column": place.column,
        "start": place.start,
        "end": place.end,
        "message": noticed_message(found),
        "suppressed": (found.suppressed or found.id) if found.is_suppressed else None,
        **({} if fingerprint is None else {"fingerprint": fingerprint}),
    }
