"""The auditor's tick list: every figure in the order of its document, what it was checked against and where, the verdict,
and how much that proves. As CSV or as a workbook; cells cannot be formulas, and the same run gives the same bytes."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, UNVERIFIABLE
from crosscheck.checking.checks import Check
from crosscheck.checking.noticed import Noticed
from crosscheck.checking.stated import stated
from crosscheck.claims.model import Claim
from crosscheck.reports.concise import tally
from crosscheck.reports.csv_report import written
from crosscheck.reports.findings import Report
from crosscheck.reports.inert import cell, one_line
from crosscheck.reports.numbers import fixed
from crosscheck.reports.page import VERDICT_WORDS
from crosscheck.reports.wording import describe, formula_with_values, message, noticed_message, printed

COLUMNS: Mapping[str, tuple[str, int]] = {  # what it holds, and how wide it is in a workbook
    "no": ("the figure's number; its rows share it", 6),
    "document": ("where the figure stands", 28),
    "place": ("line and column, page or cell", 14),
    "figure": ("as printed", 18),
    "about": ("what it is a figure of", 34),
    "tick": ("✓ consistent, ≤ in size only, ≈ only by rounding, ✗ contradiction, ? cannot be checked, – not compared", 6),
    "verdict": ("the same in words", 20),
    "checked_against": ("the other figures, as printed", 30),
    "where": ("where these stand", 34),
    "calculation": ("what the rule computes", 40),
    "power": ("how likely a wrong figure would have been caught, from 0 to 1", 8),
    "level": ("error, warning, note or none", 9),
    "remark": ("the sentence for people", 50),
    "rule": ("the id of the rule", 26),
    "check": ("the id of the check, as `crosscheck explain` takes it", 34),
}
TICKS = {CONSISTENT: "✓", RECONCILABLE: "≈", CONTRADICTION: "✗", UNVERIFIABLE: "?"}
NOT_COMPARED, SIZE_ONLY = "–", "≤"
COLOURS = {"✓": "#E2F0D9", "≈": "#FFF2CC", "✗": "#F8CBAD", "?": "#EDEDED"}
ALONE, UNSTATED_DIRECTION = "no rule compares it with another", "up or down is not said"
LONGEST = 32_000  # characters; a workbook's cell holds 32,767
MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)  # any time, always the same, as the bytes must be


@dataclass(frozen=True, slots=True)
class _Row:
    claim: Claim | Noticed  # the latter for a figure that was not understood
    number: int
    check: Check | None = None


def csv_report(found: Report) -> str:
    """The list as CSV."""
    return written([list(COLUMNS), *(_cells(row, found) for row in _rows(found))])


def workbook(found: Report) -> bytes:
    """The list as a workbook: a sheet with the ticks, one with the tally."""
    import xlsxwriter

    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"title": "Tick list", "comments": f"crosscheck {found.version}", "created": MADE})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
        plain = book.add_format({"valign": "top", "text_wrap": True})
        tick = {"valign": "top", "align": "center"}
        colours = {sign: book.add_format({**tick, "bg_color": colour}) for sign, colour in COLOURS.items()}
        sheet = book.add_worksheet("Ticks")
        for index, (name, (meaning, width)) in enumerate(COLUMNS.items()):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, name.replace("_", " "), head)
            sheet.write_comment(0, index, meaning)
        count = 0
        for count, row in enumerate(_rows(found), 1):
            for index, (name, text) in enumerate(zip(COLUMNS, _cells(row, found), strict=True)):
                if name in ("no", "power") and text:
                    sheet.write_number(count, index, float(text), plain)
                else:
                    sheet.write_string(count, index, one_line(text)[:LONGEST], colours.get(text, plain))
        sheet.freeze_panes(1, 4)
        sheet.autofilter(0, 0, count, len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        summary = book.add_worksheet("Tally")
        summary.set_column(0, 0, 120)
        for index, line in enumerate(tally(found.run, found.noticed, found.documents, "note")):
            summary.write_string(index, 0, cell(line)[:LONGEST], plain)
    return data.getvalue()


def _rows(found: Report) -> Iterator[_Row]:
    """A row for each check of each figure; figures of documents that are given are what others are checked against."""
    by_claim: dict[str, list[Check]] = {}
    for check in found.run.checks:
        if not check.is_within_bounds:
            for _, operand in check.binding.operands():
                for claim in operand.claims:
                    by_claim.setdefault(claim.id, []).append(check)
    own: list[Claim | Noticed] = [*(claim for claim in found.claims if not claim.document.given), *found.open_figures]
    for number, figure in enumerate(sorted(own, key=_order), 1):
        checks = dict.fromkeys(by_claim.get(figure.id, ())) if isinstance(figure, Claim) else {}
        yield from (_Row(figure, number, check) for check in checks)
        if not checks:
            yield _Row(figure, number)


def _order(claim: Claim | Noticed) -> tuple[object, ...]:
    place = claim.place
    at = (place.page or 0, place.sheet or "", place.start or 0, place.row or 0, place.column or 0)
    written = claim.written if isinstance(claim, Claim) else None
    return (claim.document.path or claim.document.id, *at, written or (0, 0), claim.id)


def _cells(row: _Row, found: Report) -> list[str]:
    claim, check = row.claim, row.check
    spot = found.spot(claim)
    place = f"{spot.line}:{spot.column}" if spot.has_lines else spot.where
    if isinstance(claim, Noticed):
        head = [str(row.number), spot.path, place, claim.printed, ""]
        return [*head, NOT_COMPARED, "not understood", *[""] * 4, "none", noticed_message(claim), "", ""]
    about = describe(claim.dimensions)
    about = about if claim.measure == "level" else f"{claim.measure} of {about}"
    head = [str(row.number), spot.path, place, printed(stated([claim])), about]
    if check is None:
        why = f"{claim.modality}: never checked against facts" if claim.modality in ("plan", "offer") else ALONE
        why = UNSTATED_DIRECTION if claim.direction_unstated else why
        return [*head, NOT_COMPARED, "not compared", "", "", "", "", "none", why, "", ""]
    in_size_only = check.verdict == CONSISTENT and not check.rule.is_equality
    words = "consistent in size only" if in_size_only else VERDICT_WORDS[check.verdict]
    tick = SIZE_ONLY if in_size_only else TICKS[check.verdict]
    return [*head, tick, words, *_against(check, claim, found), *_rest(check)]


def _against(check: Check, claim: Claim, found: Report) -> Sequence[str]:
    others = [operand for _, operand in check.binding.operands() if claim not in operand.claims]
    figures = "; ".join(printed(operand) for operand in others)
    places = "; ".join(found.spot(operand.narrowest).text for operand in others)
    is_plain = check.assessment.relation is None or check.rule.duplicates
    return figures, places, "" if is_plain else formula_with_values(check)


def _rest(check: Check) -> Sequence[str]:
    said = f"suppressed on {check.suppressed}: {message(check)}" if check.suppressed is not None else message(check)
    power = "" if check.power is None else fixed(check.power, 3)
    return power, check.level, said, check.rule.id, check.id
