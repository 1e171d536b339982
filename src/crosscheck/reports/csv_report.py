"""CSV for a spreadsheet or a data frame: a row for each check and each finding of reading. Cells cannot be formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from crosscheck.checking.checks import Check
from crosscheck.checking.noticed import fingerprints
from crosscheck.reports import joint
from crosscheck.reports.findings import Report, Spot
from crosscheck.reports.inert import cell
from crosscheck.reports.numbers import fixed, gap_like, interval_like
from crosscheck.reports.wording import message, noticed_message, printed, printed_claim, shown_figure

COLUMNS = {
    "level": "error, warning, note or none",
    "verdict": "of a check; empty for a finding of reading",
    "rule": "the id of the rule",
    "message": "the sentence for people",
    "document": "the path of the document that the figure in doubt stands in",
    "line": "its line; empty in a format without lines",
    "column": "its column, in characters",
    "where": "a page or a cell, in a format without lines",
    "figure": "the figure in doubt, as printed",
    "compared_with": "the other figures, as printed",
    "where_compared": "and where these stand",
    "stated": "what the figure that the rule computes may stand for",
    "computed": "what the others give for it, with rounding",
    "gap": "how far the two are apart, as printed",
    "strain": "how much of what rounding allows it takes to fit, from 0 to 1",
    "power": "how likely a wrong figure would have been caught, from 0 to 1",
    "suppressed": "the claim that suppresses it, or the place of the comment or entry that does",
    "id": "of the check, as `crosscheck explain` takes it",
    "fingerprint": "names it from run to run",
}


def report(found: Report) -> str:
    """The report as text: checks in the order of the run, then what reading noticed. The exact numbers are in JSON."""
    checks = (_check(check, found) for check in found.run.checks)
    return written([list(COLUMNS), *checks, *_joint(found), *_observed(found)])


def written(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV, in which no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([cell(part) for part in row] for row in rows)
    return text.getvalue()


def _check(check: Check, found: Report) -> list[str]:
    doubt = check.in_doubt
    assessment, like = check.assessment, shown_figure(check.subject)
    others = [operand for _, operand in check.binding.operands() if operand is not doubt]
    computed = assessment.computed
    return [
        check.level,
        check.verdict,
        check.rule.id,
        message(check),
        *_place(found.spot(doubt.narrowest)),
        printed(doubt),
        "; ".join(printed(operand) for operand in others),
        "; ".join(found.spot(operand.narrowest).text for operand in others),
        interval_like(assessment.stated, like),
        "" if computed is None else interval_like(computed, like),
        "" if assessment.gap is None else gap_like(assessment.gap, like),
        "" if assessment.strain is None else fixed(assessment.strain, 3),
        "" if check.power is None else fixed(check.power, 3),
        check.suppressed or "",
        check.id,
        check.fingerprint,
    ]


def _joint(found: Report) -> Iterator[list[str]]:
    for finding in found.findings() if found.reconciliation is not None else ():
        if finding.rule == joint.RULE:
            others = "; ".join(other.printed for other in finding.related)
            places = "; ".join(other.spot.text for other in finding.related)
            head = [
                finding.level,
                "",
                finding.rule,
                finding.message,
                *_place(finding.spot),
                finding.printed,
                others,
                places,
            ]
            yield [*head, *[""] * 7, finding.fingerprint]


def _observed(found: Report) -> Iterator[list[str]]:
    for one, mark in zip(found.noticed, fingerprints(found.noticed), strict=True):
        shown = one.printed if one.claim is None else printed_claim(one.claim)
        suppressed = (one.suppressed or one.id) if one.is_suppressed else ""
        head = [one.level, "", one.rule, noticed_message(one), *_place(found.spot(one)), shown]
        yield [*head, *[""] * 7, suppressed, "" if one.claim is None else one.claim.id, mark]


def _place(spot: Spot) -> list[str]:
    lines = [str(spot.line), str(spot.column)] if spot.has_lines else ["", ""]
    return [spot.path, *lines, spot.where]
