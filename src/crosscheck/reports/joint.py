"""The joint system for people: conflicts as short arguments, suspects, what follows, and what would settle it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crosscheck.checking.levels import NONE, ORDER
from crosscheck.checking.stated import stated
from crosscheck.claims.model import INDICATOR, Claim
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval
from crosscheck.figures.showing import interval_like, places_for
from crosscheck.reconciliation.argument import Step
from crosscheck.reconciliation.mending import nearest
from crosscheck.reconciliation.model import Implied, JointConflict, JointFault, Part, Reconciliation, Repair
from crosscheck.reconciliation.system import Atom, Unknown
from crosscheck.reports.placing import place
from crosscheck.reports.wording import describe, message, printed, shown_figure

RULE = "joint-conflict"
TITLE = "Figures that cannot all be true together"
MAXIMUM_NAMES = 7
MAXIMUM_REPAIRS = 8
MAXIMUM_LEVELS = 60  # of a part, unless all are asked for
MAXIMUM_PLACES = 3  # of one statement
NARROWER = Fraction(19, 20)  # of what is stated: from then on an implied interval is worth a line


def told(reconciliation: Reconciliation | None) -> list[tuple[JointFault, JointConflict]]:
    """The faults that no finding of a single rule tells as gravely, each with its shortest conflict of that kind."""
    found = []
    for fault in reconciliation.faults if reconciliation is not None else ():
        new = [conflict for conflict in _news(fault) if not conflict.suppressed]
        if new:
            found.append((fault, new[0]))
    return found


def suppressed(reconciliation: Reconciliation | None) -> int:
    """How many faults are not told only because they are suppressed."""
    faults = reconciliation.faults if reconciliation is not None else ()
    return sum(all(c.suppressed for c in news) for fault in faults if (news := _news(fault)))


def _news(fault: JointFault) -> list[JointConflict]:
    """The conflicts that no single rule tells as gravely, and that do not stand wholly among what is given."""
    spoken = max((ORDER.index(c.level) for one in fault.conflicts for c in one.checks), default=-1)
    return [
        conflict
        for conflict in fault.conflicts
        if not conflict.is_told
        and not (conflict.atoms and all(atom.claims[0].document.given for atom in conflict.atoms))
        and ORDER.index(conflict.level) > max(spoken, 0)
    ]


def fingerprint(fault: JointFault) -> str:
    """What a fault is called from run to run: a hash of who is suspect in it, by documents, dimensions and properties,
    and of the shortest conflict where nobody is. It holds no value, position or claim id.

    Further figures that only make more conflicts of the same suspects leave it as it is; one that brings another suspect
    makes another fault of it.
    """
    suspects = sorted(sorted(json.dumps(_said(atom)) for atom in repair.atoms) for repair in fault.repairs)
    named: list[object] = [*suspects] or [fault.conflicts[0].id]
    return hashlib.sha256(json.dumps([RULE, named]).encode()).hexdigest()


def _said(atom: Atom) -> list[object]:
    claim = atom.claims[0]
    whole = sorted((key, value or "") for key, value in (claim.whole or {}).items())
    documents = sorted({one.document.id for one in atom.claims})
    return [documents, sorted(claim.dimensions.items()), claim.measure, claim.base_period, whole, claim.modality]


def silenced(reconciliation: Reconciliation | None) -> set[tuple[str, str]]:
    """Claim and name of each suppression of a joint conflict that silences one."""
    faults = reconciliation.faults if reconciliation is not None else ()
    conflicts = [conflict for fault in faults for conflict in fault.conflicts if conflict.suppressed]
    return {(claim.id, RULE) for conflict in conflicts for claim in every_claim(conflict.atoms) if RULE in claim.suppress}


def in_doubt(fault: JointFault, conflict: JointConflict) -> Claim:
    """The figure that a conflict is reported at: the first suspect in it, else the first figure that is not given.

    Rules that contradict one another by themselves are reported at a figure that they bind.
    """
    suspects = {id(atom) for repair in fault.repairs for atom in repair.atoms}
    claims = [
        (id(atom) not in suspects, c.document.given, n, c) for n, atom in enumerate(conflict.atoms) for c in atom.claims
    ] or [
        (True, c.document.given, n, c)
        for binding in conflict.bindings
        for n, (_, operand) in enumerate(binding.operands())
        for c in operand.claims
    ]
    return min(claims, key=lambda one: (one[1], one[0], one[2]))[3]


def level_of(conflict: JointConflict) -> str:
    """The level at which a conflict is reported."""
    return NONE if conflict.suppressed else conflict.level


def name_of(atom: Atom) -> str:
    """A statement as printed."""
    return printed(stated([atom.claims[0]]))


def names(atoms: Sequence[Atom], last: str = "and") -> str:
    """Statements in a row: `24 billion, 30.1% and tripled`."""
    return listed([name_of(atom) for atom in atoms], last)


def listed(shown: Sequence[str], last: str = "and") -> str:
    """Names in a row, the first of many."""
    if len(shown) > MAXIMUM_NAMES:
        shown = [*shown[: MAXIMUM_NAMES - 1], f"{len(shown) - MAXIMUM_NAMES + 1} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def sentence(conflict: JointConflict) -> str:
    """What a conflict is, in one sentence."""
    if conflict.reading == "strict":
        return (
            f"{names(conflict.atoms)} fit together only if digits are read loosely: cut, or with zeros that are no digits"
        )
    if not conflict.atoms:
        rules = sorted({binding.rule.id for binding in conflict.bindings})
        return f"{listed(rules)} contradict each other, whatever the figures are"
    if len(conflict.atoms) == 1:
        return f"{names(conflict.atoms)} cannot be"
    if not conflict.bindings:
        return f"{names(conflict.atoms)} are given for the same figure; they cannot all be right"
    alone = "" if conflict.is_told else ", though each rule by itself lets them pass"
    return f"{names(conflict.atoms)} cannot all be true{alone}"


def about(unknown: Unknown) -> str:
    """What an unknown is: `imports KZ–CN 2023`, `growth of imports KZ–CN 2023`."""
    text = describe(unknown.dimensions)
    text = text if unknown.measure == "level" else f"{unknown.measure} of {text}"
    return f"{text} by {unknown.source}" if unknown.source else text


def limits(unknown: Unknown, interval: Interval) -> str:
    """An interval in the unit in which the unknown is stated."""
    figure = shown_figure(stated(unknown.stated[:1])) if unknown.stated else unknown.like
    if interval.low is not None and interval.high is not None and not interval.is_point:
        figure = replace(figure, decimals=places_for(interval, figure))  # one more than tells the ends apart
    return interval_like(interval, figure)


def argument(conflict: JointConflict) -> Iterator[str]:
    """The steps that lead to the contradiction, the last one against those before."""
    steps = conflict.steps
    for number, step in enumerate(steps):
        yield _step(step, number == len(steps) - 1, steps[number - 1] if number else None)
    if not steps and conflict.checks:
        yield f"{message(conflict.checks[0])} [{conflict.checks[0].rule.id}]"
    elif not steps:
        yield "this follows only when all the rules are added up; --format json gives the multipliers"


def _step(step: Step, is_last: bool, before: Step | None) -> str:
    value = limits(step.unknown, step.interval)
    rule = f" [{step.binding.rule.id}]" if step.binding is not None else ""
    last = None if before is None else (before.unknown, before.interval)
    others = [f"{about(unknown)} {limits(unknown, left)}" for unknown, left in step.given if (unknown, left) != last]
    but = "but " if is_last else ""
    but += "then " if last in step.given else ""
    but += f"with {' and '.join(others)}, " if others else ""
    what = about(step.unknown)
    if step.binding is None and len(step.atoms) == 1:
        return f"{but}{name_of(step.atoms[0])} says that {what} is {value}"
    if not step.atoms:
        return f"{but}{what} has to be {value}{rule}"
    verb = "forces" if len(step.atoms) == 1 else "force"
    return f"{but}{names(step.atoms)} {verb} {what} to be {value}{rule}"


def suspects(fault: JointFault) -> Iterator[str]:
    """Who is suspect: each lightest repair, ties said."""
    if not fault.repairs:
        given = any(conflict.atoms for conflict in fault.conflicts)
        yield "nothing in it may be doubted: what is given contradicts itself" if given else "mend one of the rules"
        return
    shown = fault.repairs[:MAXIMUM_REPAIRS]
    options = "; or ".join(_repair(repair) for repair in shown)
    more = f"; or {len(fault.repairs) - len(shown)} other ways" if len(fault.repairs) > len(shown) else ""
    weight = f"weight {shown[0].weight}"
    tied = f"tied, {weight} each" if len(fault.repairs) > 1 else f"the lightest, {weight}"
    sure = "" if fault.all_repairs else "; the search ended early, so there may be lighter ones"
    yield f"suspect: {options}{more} ({tied}){sure}"


def _repair(repair: Repair) -> str:
    return " with ".join(f"{name_of(atom)} ({place(atom.claims[0])}){_assumed(atom)}" for atom in repair.atoms)


def _assumed(atom: Atom) -> str:
    values = dict.fromkeys(f"that it is about {assumption.value}" for assumption in atom.assumptions)
    return f", or {' and '.join(values)}" if values else ""


def further(fault: JointFault, shown: JointConflict | None = None) -> Iterator[str]:
    """How many more conflicts there are, and which findings of single rules say the same."""
    count = len(fault.conflicts) - (shown is not None)
    many = "" if fault.all_conflicts else " at least"
    if count:
        yield f"{many} {count} more minimal conflict{'' if count == 1 else 's'} of these and other figures".strip()
    ids = dict.fromkeys(check.id for conflict in fault.conflicts for check in conflict.checks)
    if ids:
        yield f"the same fault as {', '.join(ids)}"


def summary(reconciliation: Reconciliation | None, more: str = " (crosscheck reconcile)") -> Iterator[str]:
    """One line for the tally."""
    if reconciliation is None or (not reconciliation.parts and reconciliation.ended is None):
        return
    figures = len({claim.id for part in reconciliation.parts for atom in part.atoms for claim in atom.claims})
    if reconciliation.feasible and figures == 1:
        yield "taken together: rules bind one figure, and nothing beside it that it could disagree with"
        return
    if reconciliation.feasible:
        loose = [c for fault in reconciliation.faults for c in fault.conflicts]
        how = " if some digits are read loosely" if loose else ""
        yield f"taken together: the {_many(figures, 'figure')} that rules bind can all be true{how}"
        return
    if reconciliation.feasible is None:
        why = {"time": "the time was up", "memory": "the memory was used up"}.get(reconciliation.ended or "")
        said = (
            "no conflict was found, which is no proof: too many hang together"
            if why is None
            else f"{why} before all was proved"
        )
        yield f"taken together: {_many(figures, 'figure')} that rules bind; {said}"
        return
    faults = [f for part in reconciliation.parts if part.feasible is False for f in part.faults]
    lightest = [name_of(a) for fault in faults if len(fault.repairs) == 1 for a in fault.repairs[0].atoms]
    open_ones = sum(len(fault.repairs) > 1 for fault in faults)
    parts = [f"without {' and '.join(lightest[:4])}{' and others' if len(lightest) > 4 else ''}"] if lightest else []
    parts += [f"{_many(open_ones, 'fault')} with tied suspects"] if open_ones else []
    said = f": {'; '.join(parts)}" if parts else ""
    yield f"taken together: the {_many(figures, 'figure')} that rules bind cannot all be true{said}{more}"


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def page(reconciliation: Reconciliation, verbose: bool) -> Iterator[str]:
    """What `reconcile` shows: the verdict, each fault, what follows, and what would settle more."""
    parts = reconciliation.parts
    if not parts and reconciliation.ended is None:
        yield "nothing to reconcile: no rule binds any two of the figures"
        return
    yield from summary(reconciliation, "")
    for number, fault in enumerate(reconciliation.faults, 1):
        yield ""
        yield from _fault(number, fault)
    for part in parts:
        yield from _follows(part, verbose)
    yield from _helpful(reconciliation)
    if reconciliation.left_out:
        yield ""
        yield f"left out: {_many(len(reconciliation.left_out), 'check')} that no linear rows could be made of"
        for rule, reason in sorted({(one.binding.rule.id, one.reason) for one in reconciliation.left_out}):
            yield f"  {rule}: {reason}"
    if reconciliation.remarks:
        yield ""
        yield from reconciliation.remarks


def _fault(number: int, fault: JointFault) -> Iterator[str]:
    level = "suppressed" if all(one.suppressed for one in fault.conflicts) else fault.level
    yield f"fault {number}, {level}: {sentence(fault.conflicts[0])}"
    yield from fault_lines(fault)


def fault_lines(fault: JointFault) -> Iterator[str]:
    """A fault below its headline: its figures, the argument, who is suspect."""
    conflict = fault.conflicts[0]
    for atom in conflict.atoms:
        more = f" and {len(atom.claims) - MAXIMUM_PLACES:,} more" if len(atom.claims) > MAXIMUM_PLACES else ""
        places = ", ".join(place(c) for c in atom.claims[:MAXIMUM_PLACES])
        yield f"  {name_of(atom)}: {about_claim(atom.claims[0])}, {places}{more}"
    yield from (f"  {line}" for line in argument(conflict))
    yield from (f"  {line}" for line in suspects(fault))
    yield from (f"  {line}" for line in mending(fault))
    yield from (f"  {line}" for line in further(fault, conflict))


def mending(fault: JointFault) -> Iterator[str]:
    """What each suspect would have to be, where that was asked for."""
    for repair in fault.repairs[:MAXIMUM_REPAIRS]:
        for atom, wanted in zip(repair.atoms, repair.mended, strict=False):
            if wanted is None or (wanted.low is None and wanted.high is None):
                continue
            figure = atom.claims[0].figure
            likely = nearest(figure, wanted)
            said = f"; the nearest value with its digits is {likely}" if likely is not None else ""
            what = f"{name_of(atom)} ({place(atom.claims[0])})"
            yield f"to mend it, {what} would have to be {interval_like(wanted, figure)}{said}"


def about_claim(claim: Claim) -> str:
    """What a claim is about, with its measure."""
    text = describe(claim.dimensions)
    text = text if claim.measure == "level" else f"{claim.measure} of {text}"
    return f"{text} against {claim.base_period}" if claim.base_period else text


def _follows(part: Part, verbose: bool) -> Iterator[str]:
    """What each level would have to be, where that says more than the text; everything when verbose."""
    shown = [one for one in part.implied if one.unknown.measure == "level" and (verbose or _says_more(one))]
    if not shown:
        return
    yield ""
    if part.without:
        yield f"what follows without {names(part.without)}:"
    else:
        yield "what follows:"
    shown.sort(key=lambda i: (i.unknown.dimensions.get(INDICATOR, ""), sorted(i.unknown.dimensions.items())))
    most = len(shown) if verbose else MAXIMUM_LEVELS
    for one in shown[:most]:
        said = "stated nowhere" if one.stated is None else f"stated {limits(one.unknown, one.stated)}"
        said = "stated in ways that do not fit" if one.stated is None and one.unknown.stated else said
        why = names(one.atoms) if one.atoms else ""
        yield f"  {about(one.unknown)}: {limits(one.unknown, one.interval)} ({said}{f'; from {why}' if why else ''})"
    if len(shown) > most:
        yield f"  and {len(shown) - most:,} more (--verbose)"


def _says_more(one: Implied) -> bool:
    low, high, said = one.interval.low, one.interval.high, one.stated
    if low is None or high is None or not one.narrows:
        return False
    return said is None or said.low is None or said.high is None or high - low <= NARROWER * (said.high - said.low)


def _helpful(reconciliation: Reconciliation) -> Iterator[str]:
    for one in (part.helpful for part in reconciliation.parts if part.helpful is not None):
        yield ""
        if one.under:
            yield f"to tell the suspects apart, look up {about(one.unknown)}:"
            for repair, interval in one.under:
                yield f"  {limits(one.unknown, interval)} if {' and '.join(name_of(a) for a in repair.atoms)} is wrong"
        else:
            yield (
                f"worth looking up: {about(one.unknown)}; an exact figure would narrow {_many(one.settles, 'other level')} "
                "to half or less"
            )


def every_claim(atoms: Iterable[Atom]) -> list[Claim]:
    """The claims of some statements."""
    return [claim for atom in atoms for claim in atom.claims]
