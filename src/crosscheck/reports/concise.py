"""The plain format: a line for each fault, its arithmetic under it, and a tally."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crosscheck.checking.checks import Check, Run, faults
from crosscheck.checking.levels import ORDER
from crosscheck.checking.noticed import Noticed
from crosscheck.inputs.faults import Fault
from crosscheck.reconciliation.model import JointConflict, JointFault, Reconciliation
from crosscheck.reports import joint
from crosscheck.reports.json_report import summary
from crosscheck.reports.placing import Placed as Placed
from crosscheck.reports.placing import place as place
from crosscheck.reports.wording import arithmetic, message, noticed_message, told_as_well

FIGURE_WORDS = {
    "checked": "checked against another figure",
    "size_only": "for size only",
    "nothing_to_compare": "with nothing stated to compare",
    "alone": "that no rule touched",
    "plans": "plans and offers",
    "no_statistic": "no statistic",
    "unresolved": "not understood",
}


def lines(
    run: Run,
    noticed: Sequence[Noticed],
    documents: int,
    lowest: str,
    with_tally: bool = True,
    reconciliation: Reconciliation | None = None,
) -> Iterator[str]:
    """The report, faults of level `lowest` and above, the gravest first."""
    entries: list[tuple[int, str, list[str]]] = []
    for group in faults(run.checks):
        first = group[0]
        if ORDER.index(first.level) >= ORDER.index(lowest):
            entries.append((-ORDER.index(first.level), place(first.subject.first), list(_fault(group))))
    for found in noticed:
        if not found.is_suppressed and ORDER.index(found.level) >= ORDER.index(lowest):
            where = place(found)
            line = f"{where}: {found.level}: {noticed_message(found)} [{found.rule}]"
            entries.append((-ORDER.index(found.level), where, [line]))
    for fault, conflict in joint.told(reconciliation):
        if ORDER.index(conflict.level) >= ORDER.index(lowest):
            where = place(joint.in_doubt(fault, conflict))
            entries.append((-ORDER.index(conflict.level), where, list(_joint(fault, conflict, where))))
    for _, _, text in sorted(entries, key=lambda entry: (entry[0], entry[1])):
        yield from text
    if with_tally:
        if entries:
            yield ""
        yield from tally(run, noticed, documents, lowest, reconciliation)


def _fault(group: Sequence[Check]) -> Iterator[str]:
    first, *rest = group
    subject = first.in_doubt.first
    yield f"{place(subject)}: {first.level}: {message(first)} [{first.rule.id}]"
    for role, operand in first.binding.operands():
        for claim in operand.claims:
            if claim.id != subject.id:
                yield f"    {role}: {' '.join(claim.printed.split())}, {place(claim)}"
    for line in arithmetic(first):
        yield f"    {line}"
    for line in told_as_well(first, rest):
        yield f"    also: {line}"


def _joint(fault: JointFault, conflict: JointConflict, where: str) -> Iterator[str]:
    yield f"{where}: {conflict.level}: {joint.sentence(conflict)} [{joint.RULE}]"
    for atom in conflict.atoms:
        for claim in atom.claims:
            yield f"    {joint.name_of(atom)}: {joint.about_claim(claim)}, {place(claim)}"
    for line in (*joint.argument(conflict), *joint.suspects(fault), *joint.further(fault, conflict)):
        yield f"    {line}"


def tally(
    run: Run, noticed: Sequence[Noticed], documents: int, lowest: str, reconciliation: Reconciliation | None = None
) -> Iterator[str]:
    """What was found, what was checked, and what was not."""
    counts = summary(run, noticed, documents, reconciliation)
    verdicts, figures = run.verdicts, run.figures
    strong = f" ({run.strong} would have caught most errors)" if verdicts["consistent"] else ""
    found = [plural(counts[key], key[:-1]) for key in ("errors", "warnings", "notes")]
    hidden = " (notes: -v)" if counts["notes"] and lowest != "note" else ""
    yield f"{', '.join(found)}{hidden} in {plural(documents, 'document')}"
    yield (
        f"checks: {verdicts['consistent']} consistent{strong}, {verdicts['reconcilable']} fit only by rounding, "
        f"{verdicts['contradiction']} contradictory, {verdicts['unverifiable']} cannot be checked"
    )
    parts = [f"{figures[key]} {words}" for key, words in FIGURE_WORDS.items() if figures.get(key)]
    yield f"figures: {figures['found']}, of which {', '.join(parts)}" if parts else f"figures: {figures['found']}"
    yield from joint.summary(reconciliation)
    if counts["suppressed"]:
        yield f"suppressed: {counts['suppressed']}"
    for rule in run.unbound_rules:
        if not rule.shipped:
            yield f"rule {rule.id} ({rule.file}:{rule.line}) found nothing to compare"
    for rule in run.stopped_rules:
        yield f"rule {rule.id} compares nearly everything with everything and was cut short: name more dimensions"
    shipped = sum(rule.shipped for rule in run.unbound_rules)
    if shipped:
        yield f"shipped rules that found nothing to compare: {shipped}"


def plural(count: object, word: str) -> str:
    """A number with its word: 1 rule, 2 rules."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def fault_lines(found: Sequence[Fault]) -> Iterator[str]:
    """Faults of the input, one a line."""
    for fault in found:
        where = ":".join(str(part) for part in (fault.file, fault.line, fault.column) if part is not None)
        yield f"{where}: error: {fault.message}" + (f"\n    hint: {fault.hint}" if fault.hint else "")
