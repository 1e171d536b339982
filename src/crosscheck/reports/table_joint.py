"""Reports on tables taken together: how many cells are wrong, the worst faults in full, what was left."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from crosscheck.checking.levels import NONE, ORDER
from crosscheck.reconciliation.mending import nearest
from crosscheck.reconciliation.model import JointFault
from crosscheck.reconciliation.system import Atom
from crosscheck.reports import joint as pages
from crosscheck.reports.numbers import exact, machine_interval
from crosscheck.tables.bad_cells import Joint
from crosscheck.tables.solving import COMPLETE, CUT_SHORT, DIED, NEAR

SCHEMA = "crosscheck/joint-tables/1"
Worst = Sequence[tuple[int, str, str]]


def tell(fault: JointFault) -> tuple[str, str]:
    """A fault in words, its level first, and as JSON."""
    level = "suppressed" if all(one.suppressed for one in fault.conflicts) else fault.level
    page = [f"{level}: {pages.sentence(fault.conflicts[0])}", *pages.fault_lines(fault)]
    return "\n".join(page), json.dumps(_entry(fault), ensure_ascii=False)


def _entry(fault: JointFault) -> dict[str, object]:
    conflict = fault.conflicts[0]
    return {
        "id": conflict.id,
        "level": fault.level,
        "suppressed": all(one.suppressed for one in fault.conflicts),
        "message": pages.sentence(conflict),
        "figures": [claim for atom in conflict.atoms for claim in _claims(atom)],
        "rules": sorted({binding.rule.id for one in fault.conflicts for binding in one.bindings}),
        "argument": list(pages.argument(conflict)),
        "repairs": [
            {
                "weight": exact(repair.weight),
                "tied": repair.tied,
                "figures": [
                    {
                        **claim,
                        "wanted": None if wanted is None else machine_interval(wanted, atom.claims[0].figure.unit),
                        "nearest": None if wanted is None else nearest(atom.claims[0].figure, wanted),
                    }
                    for atom, wanted in zip(repair.atoms, repair.mended or (None,) * len(repair.atoms), strict=True)
                    for claim in _claims(atom)
                ],
            }
            for repair in fault.repairs
        ],
        "all_repairs": fault.all_repairs,
        "conflicts": len(fault.conflicts),
        "checks": sorted({check.id for one in fault.conflicts for check in one.checks}),
    }


def _claims(atom: Atom) -> Iterator[dict[str, object]]:
    for claim in atom.claims:
        at = claim.place
        yield {
            "id": claim.id,
            "path": claim.document.path,
            **{key: value for key, value in (("file", at.sheet), ("line", at.line), ("row", at.row)) if value is not None},
            "printed": claim.printed,
            "measure": claim.measure,
            "dimensions": dict(sorted(claim.dimensions.items())),
            **({"base_period": claim.base_period} if claim.base_period else {}),
        }


def lines(found: Joint, worst: Worst) -> Iterator[str]:
    """How many figures are wrong, the worst faults, how it was done and what was left."""
    yield from _verdict(found)
    for number, page, _ in worst:
        first, *rest = page.split("\n")
        yield ""
        yield f"fault {number}, {first}"
        yield from rest
    if found.faults > len(worst):
        yield ""
        shown = (
            f"shown: the {len(worst):,} worst of {found.faults:,} faults"
            if worst
            else f"{found.faults:,} faults are not shown"
        )
        yield f"{shown} (--limit for more, --output parquet=FILE for all cells)"
    yield ""
    yield from _how(found)


def _verdict(found: Joint) -> Iterator[str]:
    figures, tables = _many(found.parts.figures, "figure"), _many(len(found.run.prepared.sources), "table")
    if not found.faults:
        if _undecided(found):
            yield f"no fault was found in {figures} of {tables}, but not all was decided"
        elif found.parts.beside:
            yield f"no rule that must hold is broken in {figures} of {tables}"
        else:
            yield f"{figures} of {tables} can all be true"
        return
    cells = found.certain_cells + found.tied_cells
    verb = "is" if cells == 1 else "are"
    yield f"{cells:,} of {figures} in {tables} {verb} suspect: {_many(found.faults, 'fault')}"
    if found.certain:
        yield f"  {_many(found.certain, 'fault')} with one lightest repair: {_many(found.certain_cells, 'figure')} to mend"
    tied = found.faults - found.certain - found.hopeless
    if tied:
        cells = found.tied_cells
        yield f"  {_many(tied, 'fault')} with tied suspects, one of which is to mend: {_many(cells, 'figure')} in all"
    if found.hopeless:
        yield f"  {_many(found.hopeless, 'fault')} among figures that are given: nothing in it may be doubted"
    if found.suppressed:
        yield f"  {_many(found.suppressed, 'fault')} suppressed"


def _undecided(found: Joint) -> int:
    return (
        found.parts.too_large
        + found.parts.wanted
        - found.done
        + sum(found.searches.get(how, 0) for how in (CUT_SHORT, DIED))
    )


def _how(found: Joint) -> Iterator[str]:
    """What was taken together, how far it was looked through, and what was left out."""
    parts = found.parts
    yield (
        f"{_many(parts.parts, 'part')} that share no rule; {_many(parts.broken, 'part')} with a rule that is broken; "
        f"{_many(parts.wanted_figures, 'figure')} of {_many(parts.wanted, 'part')} taken together"
    )
    if found.searches.get(NEAR):
        yield f"{_many(found.searches[NEAR], 'part')} of very many figures: suspects were looked for near each conflict"
    if found.searches.get(CUT_SHORT):
        yield f"{_many(found.searches[CUT_SHORT], 'part')} not decided in time: what was proved by then is told"
    if found.done < parts.wanted:
        yield f"the time was up: {_many(parts.wanted - found.done, 'part')} of {parts.wanted:,} not looked at"
    if found.searches.get(DIED):
        yield f"{_many(found.searches[DIED], 'part')} not decided: the process at work died, perhaps for want of memory"
    if parts.too_large:
        yield (
            f"{_many(parts.too_large, 'part')} with {_many(parts.too_large_figures, 'figure')} not taken together, "
            "as too many hang together; their broken rules are in the file of --output parquet"
        )
    if parts.beside:
        yield (
            f"{_many(parts.beside, 'part')} with {_many(parts.beside_figures, 'figure')} break no single rule and were not "
            "taken together (--every does)"
        )
    if found.left_out:
        yield f"left out: {_many(found.left_out, 'check')} that no linear rows could be made of"
    for rule, (reason, rows) in found.run.skipped.items():
        yield f"rule {rule}: not looked at, as {reason} is not in columns and {rows:,} figures would go to the reference"


def document(found: Joint, worst: Worst, version: str) -> str:
    """The JSON document: the counts and the worst faults."""
    content = {**head(found, version), "faults": [json.loads(entry) for _, _, entry in worst]}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def stream(found: Joint, every: Iterable[tuple[int, str, str]], version: str) -> Iterator[str]:
    """JSON Lines: the counts, then each fault."""
    yield json.dumps({"type": "run", **head(found, version)}, ensure_ascii=False)
    for _, _, entry in every:
        yield json.dumps({"type": "fault", **json.loads(entry)}, ensure_ascii=False)


def head(found: Joint, version: str) -> dict[str, object]:
    """What the JSON document and the JSON Lines begin with."""
    parts = found.parts
    return {
        "schema": SCHEMA,
        "version": version,
        "tables": [{"path": s.document.path, "id": s.document.id} for s in found.run.prepared.sources],
        "figures": parts.figures,
        "found": {
            "faults": found.faults,
            "with_one_repair": found.certain,
            "with_none": found.hopeless,
            "suppressed": found.suppressed,
            "figures_to_mend": found.certain_cells,
            "figures_tied": found.tied_cells,
            "levels": {level: found.levels.get(level, 0) for level in reversed(ORDER) if level != NONE},
        },
        "parts": {
            "all": parts.parts,
            "broken": parts.broken,
            "taken_together": parts.wanted,
            "figures_taken_together": parts.wanted_figures,
            "complete": found.searches.get(COMPLETE, 0),
            "near": found.searches.get(NEAR, 0),
            "cut_short": found.searches.get(CUT_SHORT, 0),
            "died": found.searches.get(DIED, 0),
            "not_looked_at": parts.wanted - found.done,
            "too_large": parts.too_large,
            "left": parts.beside,
            "figures_left": parts.beside_figures,
        },
        "left_out": found.left_out,
        "not_checked": {rule: reason for rule, (reason, _) in found.run.skipped.items()},
    }


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
