"""The joint system in the JSON report: components, conflicts with proofs that can be added up, suspects, implied values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crosscheck.figures.figure import from_base
from crosscheck.reconciliation.certificates import Weighted
from crosscheck.reconciliation.model import Implied, JointConflict, JointFault, Part, Reconciliation, Repair
from crosscheck.reconciliation.system import System, Unknown
from crosscheck.reports.joint import about, fingerprint, in_doubt, sentence, told
from crosscheck.reports.numbers import exact, machine_interval


def reconciliation_json(found: Reconciliation | None) -> dict[str, Any] | None:
    """The key `reconciliation` of the JSON report."""
    if found is None:
        return None
    reported = {conflict.id for _, conflict in told(found)}
    repairs = [repair for part in found.parts if part.feasible is False for f in part.faults for repair in f.repairs]
    return {
        "components": [_component(part, found.system, reported) for part in found.parts],
        "feasible": found.feasible,
        "suspects": [_suspect(repair) for repair in repairs],
        "left_out": [
            {"rule": one.binding.rule.id, "claims": [o.first.id for _, o in one.binding.operands()], "reason": one.reason}
            for one in found.left_out
        ],
        "remarks": list(found.remarks),
    }


def _component(part: Part, system: System, reported: set[str]) -> dict[str, Any]:
    return {
        "feasible": part.feasible,
        "reading": part.reading,
        "claims": [claim.id for atom in part.atoms for claim in atom.claims],
        "conflicts": [
            {**_conflict(fault, conflict, system), "fault": number, "reported": conflict.id in reported}
            for number, fault in enumerate(part.faults)
            for conflict in fault.conflicts
        ],
        "all_conflicts": all(fault.all_conflicts for fault in part.faults),
        "all_suspects": all(fault.all_repairs for fault in part.faults),
        "without": [claim.id for atom in part.without for claim in atom.claims],
        "implied": [_implied(one) for one in part.implied],
        "left_out": [],
        "remarks": list(part.remarks),
    }


def _conflict(fault: JointFault, conflict: JointConflict, system: System) -> dict[str, Any]:
    first, *further = conflict.proofs
    claim = in_doubt(fault, conflict)
    return {
        "id": conflict.id,
        "fingerprint": fingerprint(fault),
        "subject": claim.id,
        "path": claim.document.path or claim.document.id,
        "line": claim.place.line,
        "column": claim.place.column,
        "level": conflict.level,
        "claims": [claim.id for atom in conflict.atoms for claim in atom.claims],
        "rules": sorted({binding.rule.id for binding in conflict.bindings}),
        "reading": conflict.reading,
        "certificate": _proof(first, system),
        "further_cases": [_proof(proof, system) for proof in further],
        "checks": [check.id for check in conflict.checks],
        "suppressed": conflict.suppressed,
        "message": sentence(conflict),
    }


def _proof(proof: Sequence[Weighted], system: System) -> list[dict[str, Any]]:
    """Rows with multipliers: the sum of the rows times these is `0 <= a negative number`, or `0 < 0`."""
    told = []
    for row, multiplier in proof:
        if row.binding is not None:
            of = system.bindings[row.binding].rule.id
        elif row.support:
            of = system.atoms[min(row.support)].claims[0].id
        else:
            of = "non_negative"
        terms = [{"of": about(system.unknowns[u]), "unknown": u, "factor": exact(f)} for u, f in row.coefficients]
        told.append(
            {
                "of": of,
                "multiplier": exact(multiplier),
                "terms": terms,
                "limit": exact(row.limit),
                "strict": row.strict,
                "claims": [c.id for a in sorted(row.support) for c in system.atoms[a].claims],
            }
        )
    return told


def _implied(one: Implied) -> dict[str, Any]:
    unknown = one.unknown
    unit = unknown.like.unit
    return {
        "measure": unknown.measure,
        "dimensions": dict(sorted(unknown.dimensions.items())),
        **({"source": unknown.source} if unknown.source else {}),
        **machine_interval(one.interval, unit),
        "stated": [claim.id for claim in unknown.stated],
        "from": [claim.id for atom in one.atoms for claim in atom.claims],
        "witness": None if one.witness is None else exact(from_base(one.witness, unit)),
    }


def _suspect(repair: Repair) -> dict[str, Any]:
    return {
        "claims": [claim.id for atom in repair.atoms for claim in atom.claims],
        "assumptions": [
            {"id": a.claim, "dimension": a.dimension, "value": a.value} for atom in repair.atoms for a in atom.assumptions
        ],
        "weight": exact(repair.weight),
        "tied": repair.tied,
    }


__all__ = ["Unknown", "reconciliation_json"]
