"""What the formats for machines report: one finding a fault, the gravest first, each with its place in the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crosscheck.checking.assessment import CONTRADICTION, RECONCILABLE
from crosscheck.checking.checks import Check, Run, faults
from crosscheck.checking.levels import ORDER
from crosscheck.checking.noticed import Noticed, fingerprints
from crosscheck.claims.model import Claim, Place
from crosscheck.reconciliation.model import JointConflict, JointFault, Reconciliation
from crosscheck.reports import joint
from crosscheck.reports.placing import Placed
from crosscheck.reports.reading_rules import READING_RULES
from crosscheck.reports.wording import (
    arithmetic,
    corrections,
    formula_with_values,
    helps,
    message,
    noticed_message,
    printed,
    printed_claim,
    told_as_well,
)

# The text of a document by its path, None when it cannot be shown.
Sources = Callable[[str], str | None]
# The path of a document as a report names it, by the path that claims name.
Naming = Callable[[str], str]

WITHOUT_LINES = (".pdf", ".docx", ".xlsx")
MAXIMUM_RELATED = 100  # of a sum of thousands of terms; SARIF's readers take no more


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure stands, from 1, the end exclusive; columns count code points, those of bytes UTF-8.

    In a format that has no lines (PDF, DOCX, XLSX), and where the place is not known, line and columns are 1 and `where`
    says what is known: a page, a cell.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    byte_column: int = 1
    end_byte_column: int = 1
    has_lines: bool = False
    where: str = ""

    @property
    def text(self) -> str:
        """For people: `path:line:column`, or `path (page 3)`."""
        if self.has_lines:
            return f"{self.path}:{self.line}:{self.column}"
        return f"{self.path} ({self.where})" if self.where else self.path


@dataclass(frozen=True, slots=True)
class Related:
    """A figure that has to do with a finding."""

    role: str
    printed: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: a sentence for people, the arithmetic, what would help, and where to look."""

    rule: str
    title: str
    level: str
    message: str
    notes: tuple[str, ...]
    helps: tuple[str, ...]
    printed: str
    spot: Spot
    related: tuple[Related, ...]
    fingerprint: str
    check: Check | None = None

    @property
    def further(self) -> tuple[str, ...]:
        """Everything beside the sentence, a line each."""
        lines = [f"{other.role}: {other.printed}, {other.spot.text}" for other in self.related]
        return (*lines, *self.notes, *(f"help: {text}" for text in self.helps))


@dataclass(frozen=True, slots=True)
class Report:
    """What a report is written from: a checked run, the texts of its documents, and how to name these."""

    run: Run
    noticed: Sequence[Noticed]
    documents: int
    sources: Sources
    naming: Naming
    version: str
    claims: Sequence[Claim] = ()
    open_figures: Sequence[Noticed] = ()  # that were not understood, with the reason as the message
    remarks: tuple[str, ...] = ()  # of the run, about no figure: a document left out, claims older than their document
    reconciliation: Reconciliation | None = None

    def findings(self, lowest: str = "note") -> list[Finding]:
        """Findings of level `lowest` and above that nobody suppressed: the gravest first, then by place."""
        found = [_fault(group, self) for group in faults(self.run.checks)]
        found += [_joint(fault, conflict, self) for fault, conflict in joint.told(self.reconciliation)]
        marks = fingerprints(self.noticed)
        found += [
            _observed(one, mark, self) for one, mark in zip(self.noticed, marks, strict=True) if not one.is_suppressed
        ]
        wanted = [finding for finding in found if ORDER.index(finding.level) >= ORDER.index(lowest)]
        return sorted(
            wanted,
            key=lambda f: (-ORDER.index(f.level), f.spot.path, f.spot.line, f.spot.column, f.rule, f.fingerprint),
        )

    def spot(self, claim: Placed) -> Spot:
        """Where a claim, or something noticed, stands."""
        path = claim.document.path
        if path is None:
            return self._entry(claim)
        place, text = claim.place, self.sources(path)
        if place.line is None or path.lower().endswith(WITHOUT_LINES):
            return Spot(self.naming(path), where=_where(place, claim))
        column = place.column or 1
        found = _span(place, column, text)
        if found is None:  # the text is not what it was: the words are taken to stand on one line
            size = max(len(place.printed or ""), 1) if place.column is not None else 0
            found = (place.line, column + size, column, column + size)
        end_line, end_column, byte_column, end_byte_column = found
        return Spot(
            self.naming(path), place.line, column, end_line, end_column, byte_column, end_byte_column, has_lines=True
        )

    def _entry(self, claim: Placed) -> Spot:
        """Where a claim without a document is written down."""
        path = claim.document.claim_file or claim.document.id
        name = claim.id.partition("#")[2]
        if not isinstance(claim, Claim) or claim.written is None:
            return Spot(self.naming(path), where=name)
        line, column = claim.written
        return Spot(self.naming(path), line, column, line, column, column, column, has_lines=True, where=name)


def _span(place: Place, column: int, text: str | None) -> tuple[int, int, int, int] | None:
    """End line and column, and both columns in bytes; None when the text does not have the figure there."""
    start, end = place.start, place.end
    if text is None or place.line is None or start is None or end is None or not 0 <= start < end <= len(text):
        return None
    begin = start - (column - 1)
    if begin < 0 or (begin > 0 and text[begin - 1] != "\n") or "\n" in text[begin:start]:
        return None
    piece = text[start:end]
    last = text[begin:end].rpartition("\n")[2]
    return place.line + piece.count("\n"), len(last) + 1, _bytes(text[begin:start]) + 1, _bytes(last) + 1


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _where(place: Place, claim: Placed) -> str:
    """What is known of a place that has no line."""
    parts = []
    if place.page is not None:
        parts.append(f"page {place.page}")
    if place.sheet is not None:
        parts.append(f"sheet {place.sheet}")
    if place.cell is not None:
        parts.append(f"cell {place.cell}")
    elif place.row is not None:
        table = "" if place.table is None else f"table {place.table}, "
        parts.append(f"{table}row {place.row}" + ("" if place.column is None else f", column {place.column}"))
    elif place.line is not None:
        parts.append(f"paragraph {place.line}")
    return ", ".join(parts) or claim.id.partition("#")[2]


def _fault(group: Sequence[Check], report: Report) -> Finding:
    check, *others = group
    doubt = check.in_doubt.narrowest
    notes = [
        *_working(check),
        *(f"assumed: {one.dimension} {one.value}, which the text does not say" for one in check.assumptions),
        *corrections(check),
        *(f"also: {text}" for text in told_as_well(check, others)),
    ]
    return Finding(
        rule=check.rule.id,
        title=check.rule.title,
        level=check.level,
        message=message(check),
        notes=tuple(dict.fromkeys(notes)),
        helps=tuple(dict.fromkeys((*(one.message for one in check.diagnosis), *helps(check)))),
        printed=printed(check.in_doubt),
        spot=report.spot(doubt),
        related=tuple(_related(check, doubt, report))[:MAXIMUM_RELATED],
        fingerprint=check.fingerprint,
        check=check,
    )


def _working(check: Check) -> Iterator[str]:
    """The formula in names and figures, and what it gives with rounding."""
    if len(check.rule.variables) == 1 or check.assessment.computed is None:
        return
    if not check.rule.duplicates:
        yield formula_with_values(check)
    if check.assessment.verdict in (CONTRADICTION, RECONCILABLE):
        yield next(arithmetic(check))


def _related(check: Check, doubt: Claim, report: Report) -> Iterator[Related]:
    for role, operand in check.binding.operands():
        for claim in sorted(operand.claims, key=lambda claim: claim is not operand.narrowest):
            if claim is not doubt:
                yield Related(role.replace("_", " "), printed_claim(claim), report.spot(claim))


def _joint(fault: JointFault, conflict: JointConflict, report: Report) -> Finding:
    doubt = joint.in_doubt(fault, conflict)
    others = [claim for atom in conflict.atoms for claim in atom.claims if claim is not doubt]
    return Finding(
        rule=joint.RULE,
        title=joint.TITLE,
        level=conflict.level,
        message=joint.sentence(conflict),
        notes=(*joint.argument(conflict), *joint.further(fault, conflict)),
        helps=tuple(joint.suspects(fault)),
        printed=printed_claim(doubt),
        spot=report.spot(doubt),
        related=tuple(Related(joint.about_claim(c), printed_claim(c), report.spot(c)) for c in others)[:MAXIMUM_RELATED],
        fingerprint=conflict.id.partition(":")[2],
    )


def _observed(found: Noticed, mark: str, report: Report) -> Finding:
    return Finding(
        rule=found.rule,
        title=READING_RULES[found.rule][1] if found.rule in READING_RULES else found.rule,
        level=found.level,
        message=noticed_message(found),
        notes=(),
        helps=(),
        printed=" ".join(found.printed.split()),
        spot=report.spot(found),
        related=(),
        fingerprint=mark,
    )
