"""The default format: one message a fault, the sentence first, the figures underlined in their documents, the arithmetic
as notes, and what would reconcile it or where to look as help."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crosscheck.checking.assessment import CONTRADICTION, RECONCILABLE
from crosscheck.checking.checks import Check, Run, faults
from crosscheck.checking.levels import ORDER
from crosscheck.checking.noticed import NO_DIRECTION, Noticed
from crosscheck.claims.model import Claim
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval
from crosscheck.reconciliation.model import JointConflict, JointFault, Reconciliation
from crosscheck.reports import joint
from crosscheck.reports.concise import tally
from crosscheck.reports.excerpt import Mark, underlined
from crosscheck.reports.number_line import number_line
from crosscheck.reports.placing import Placed, place
from crosscheck.reports.terminal import Style, cells, harmless, wrapped
from crosscheck.reports.wording import (
    corrections,
    formula_with_values,
    helps,
    message,
    noticed_message,
    printed_claim,
    shown_figure,
    told_as_well,
)

# The text of a document by its path, None when it cannot be shown.
Sources = Callable[[str], str | None]
NEUTRAL = "bold"


@dataclass(frozen=True, slots=True)
class _Frame:
    style: Style
    gutter: int

    def sign(self, pretty: str, plain: str) -> str:
        return self.style.paint(pretty if self.style.unicode else plain, "frame")

    def bar(self, text: str = "") -> str:
        return f"{' ' * self.gutter} {self.sign('│', '|')} {text}".rstrip()

    def note(self, kind: str, text: str) -> Iterator[str]:
        head = f"{' ' * self.gutter} {self.sign('=', '=')} "
        label = f"{kind}: "
        lines = wrapped(text, max(self.style.width - self.gutter - 3 - len(label), 24), "")
        for number, line in enumerate(lines):
            shown = self.style.paint(label, "help" if kind == "help" else NEUTRAL) if number == 0 else " " * len(label)
            yield (head if number == 0 else " " * (self.gutter + 3)) + shown + line


def lines(
    run: Run,
    noticed: Sequence[Noticed],
    documents: int,
    lowest: str,
    sources: Sources,
    style: Style,
    with_tally: bool = True,
    reconciliation: Reconciliation | None = None,
) -> Iterator[str]:
    """The report, faults of level `lowest` and above, the gravest first."""
    entries: list[tuple[int, str, list[str]]] = []
    for group in faults(run.checks):
        level = group[0].level
        if ORDER.index(level) >= ORDER.index(lowest):
            entries.append((-ORDER.index(level), place(group[0].in_doubt.first), list(_fault(group, sources, style))))
    for found in noticed:
        if not found.is_suppressed and ORDER.index(found.level) >= ORDER.index(lowest):
            entries.append((-ORDER.index(found.level), place(found), list(_noticed(found, sources, style))))
    for fault, conflict in joint.told(reconciliation):
        if ORDER.index(conflict.level) >= ORDER.index(lowest):
            text = list(_joint(fault, conflict, sources, style))
            entries.append((-ORDER.index(conflict.level), place(joint.in_doubt(fault, conflict)), text))
    for _, _, text in sorted(entries, key=lambda entry: (entry[0], entry[1])):
        yield from text
        yield ""
    if with_tally:
        for line in tally(run, noticed, documents, lowest, reconciliation):
            yield from wrapped(line, style.width, "  ")


def _head(level: str, rule: str, sentence: str, style: Style) -> Iterator[str]:
    first, *rest = wrapped(f"{level}[{rule}]: {sentence}", style.width, "  ")
    label = f"{level}[{rule}]"
    if first.startswith(label):
        first = style.paint(label, level) + style.paint(first[len(label) :], "bold")
    yield first
    yield from (style.paint(line, "bold") for line in rest)


def _fault(group: Sequence[Check], sources: Sources, style: Style) -> Iterator[str]:
    check, *further = group
    yield from _head(check.level, check.rule.id, message(check), style)
    marked = _marked(check)
    frame = _Frame(style, _gutter([claim for claim, _, _ in marked]))
    yield from _excerpts(marked, sources, frame, check.level)
    found = check.assessment
    if found.verdict in (CONTRADICTION, RECONCILABLE) and found.computed is not None and len(check.rule.variables) > 1:
        if not check.rule.duplicates:
            yield from frame.note("note", formula_with_values(check))
        yield from _number_line(check, frame)
    for assumption in check.assumptions:
        yield from frame.note("note", f"taken to be about {assumption.value}: the text does not say when")
    for text in corrections(check):
        yield from frame.note("note", text)
    for text in told_as_well(check, further):
        yield from frame.note("note", text)
    for text in helps(check):
        yield from frame.note("help", text)
    yield from frame.note("more", f"crosscheck explain {_short_id(check)}")


def _joint(fault: JointFault, conflict: JointConflict, sources: Sources, style: Style) -> Iterator[str]:
    """A conflict that no single rule shows: its figures, the argument, and who is suspect."""
    yield from _head(conflict.level, joint.RULE, joint.sentence(conflict), style)
    suspects = {id(atom) for repair in fault.repairs for atom in repair.atoms}
    marked: list[tuple[Placed, str, bool]] = [
        (atom.claims[0], _label(atom.claims[0].dimensions.get("indicator", ""), atom.claims[0]), id(atom) in suspects)
        for atom in conflict.atoms
    ]
    frame = _Frame(style, _gutter([claim for claim, _, _ in marked]))
    yield from _excerpts(marked, sources, frame, conflict.level)
    for line in (*joint.argument(conflict), *joint.further(fault, conflict)):
        yield from frame.note("note", line)
    for line in joint.suspects(fault):
        yield from frame.note("help", line)
    yield from frame.note("more", "crosscheck reconcile")


def _short_id(check: Check) -> str:
    """The check's id with as much of its hash as a person may want to type."""
    rule, _, mark = check.id.partition(":")
    return f"{rule}:{mark if '-' in mark else mark[:6]}"


def _noticed(found: Noticed, sources: Sources, style: Style) -> Iterator[str]:
    yield from _head(found.level, found.rule, noticed_message(found), style)
    frame = _Frame(style, _gutter([found]))
    if found.printed:
        label = "up or down?" if found.rule == NO_DIRECTION else ""
        yield from _excerpts([(found, label, True)], sources, frame, found.level)
    else:
        yield f"{' ' * frame.gutter} {frame.sign('┌─', '-->')} {place(found)}"


def _marked(check: Check) -> list[tuple[Claim, str, bool]]:
    """Claims to show with their labels: the figure in doubt, then each operand's most precise claim."""
    subject, doubt = check.subject, check.in_doubt
    names = {"figure": "here", "again": "and here"} if check.rule.duplicates else {}
    first = _label(names.get(check.rule.subject, check.rule.subject), subject.narrowest)
    shown = [(subject.narrowest, first, doubt is subject)]
    for role, operand in check.binding.operands():
        if operand is not subject:
            shown.append((operand.narrowest, _label(names.get(role, role), operand.narrowest), doubt is operand))
    return sorted(shown, key=lambda item: not item[2])


def _label(role: str, claim: Claim) -> str:
    period = claim.dimensions.get("time_period", "")
    when = f", {period}" if period and period != "_U" else ""
    return f"{role.replace('_', ' ')}{when}"


def _gutter(claims: Sequence[Placed]) -> int:
    return max((len(str(claim.place.line or "")) for claim in claims), default=1)


def _excerpts(marked: Sequence[tuple[Placed, str, bool]], sources: Sources, frame: _Frame, level: str) -> Iterator[str]:
    """Each document once, in the order in which the claims name them, its lines with their marks."""
    style = frame.style
    by_path: dict[str, list[tuple[Placed, str, bool]]] = {}
    for item in marked:
        by_path.setdefault(item[0].document.path or item[0].document.id, []).append(item)
    for number, (path, items) in enumerate(by_path.items()):
        corner = frame.sign("┌─", "-->") if number == 0 else frame.sign("├─", "-->")
        yield f"{' ' * frame.gutter} {corner} {place(items[0][0])}"
        text = sources(path)
        by_line: dict[int, list[tuple[Placed, str, bool]]] = {}
        for item in items:
            by_line.setdefault(item[0].place.line or 0, []).append(item)
        for line_number, there in sorted(by_line.items()):
            line = _line(text, there[0][0])
            if line is None:
                head = f"{line_number or '':>{frame.gutter}}"
                for claim, label, _ in there:
                    told = f"{label}{_row(claim)}"
                    bar = f"{style.paint(head, 'frame')} {frame.sign('│', '|')}"
                    yield f"{bar} {_shown(claim)}  {style.paint(told, 'frame')}".rstrip()
                continue
            marks = [_mark(line, claim, label, primary) for claim, label, primary in there]
            rows = underlined(line, marks, style.width - frame.gutter - 3, style, level)
            for row_number, row in enumerate(rows):
                head = str(line_number) if row_number == 0 else ""
                yield f"{style.paint(f'{head:>{frame.gutter}}', 'frame')} {frame.sign('│', '|')} {row}".rstrip()


def _row(claim: Placed) -> str:
    """The row of a table that has no lines, and the part that it is in of a folder of parts."""
    row, part = claim.place.row, claim.place.sheet
    if row is None or claim.place.line is not None:
        return ""
    return f", row {row}" if part is None else f", {harmless(part)} row {row}"


def _shown(claim: Placed) -> str:
    return printed_claim(claim) if isinstance(claim, Claim) else " ".join(claim.printed.split())


def _line(text: str | None, claim: Placed) -> str | None:
    """The line of the document that the claim stands in; None when it is not there any more."""
    where = claim.place
    if text is None:
        return None
    if where.start is None or where.end is None or where.printed is None:
        return _line_by_number(text, claim)
    if text[where.start : where.end] != where.printed or "\n" in where.printed:
        return None
    begin = text.rfind("\n", 0, where.start) + 1
    end = text.find("\n", where.start)
    return text[begin : len(text) if end < 0 else end].rstrip("\r")


def _line_by_number(text: str, claim: Placed) -> str | None:
    """The line that a claim names, if its figure stands there as printed (or as the claim file writes it)."""
    number = claim.place.line
    lines = text.split("\n", number)[:number] if number else []
    if number is None or len(lines) < number or claim.printed not in lines[-1]:
        return None
    return lines[-1].rstrip("\r")


def _mark(line: str, claim: Placed, label: str, primary: bool) -> Mark:
    where = claim.place
    printed = claim.printed
    start = (where.column or 1) - 1
    if line[start : start + len(printed)] != printed:
        start = line.find(printed)
    return Mark(start, start + len(printed), label, primary)


def _number_line(check: Check, frame: _Frame) -> Iterator[str]:
    found = check.assessment
    assert found.computed is not None
    face = found.computed_face
    value = face.low if face is not None and face.is_point else None
    names = ("here", "and here") if check.rule.duplicates else ("stated", "computed")
    rows: list[tuple[str, Interval, Fraction | None]] = [
        (names[0], found.stated, check.subject.face),
        (names[1], found.computed, value),
    ]
    figure = shown_figure(check.subject)
    drawn = list(number_line(rows, figure, frame.style.unicode))
    if drawn and all(cells(row) + frame.gutter + 6 <= frame.style.width for row in drawn):
        for row in drawn:
            yield f"{' ' * (frame.gutter + 3)}{row}"
