"""Reports on tables of any size: counts by rule and verdict, the worst findings, and how the run was made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from crosscheck.checking.checks import Check, Run
from crosscheck.claims.fields import printable
from crosscheck.claims.model import INDICATOR
from crosscheck.reports.json_report import check_entry
from crosscheck.tables.engine import VERDICTS, TableRun, tally

SCHEMA = "crosscheck/tables/1"
HEADS = ("consistent", "by rounding", "contradictory", "cannot be checked")
LEVELS = ("error", "warning", "note")
SHOWN_CODES = 5


def _count(count: int, word: str) -> str:
    """A number with its word: 1 rule, 20,000 rules."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def as_run(checks: Sequence[Check]) -> Run:
    """Some checks as a run, for the reports that show findings."""
    return Run(tuple(checks), {"found": 0}, (), ())


def lines(run: TableRun, shown: int, lowest: str) -> Iterator[str]:
    """The tally: messages by level, a line for each rule that bound something, what the reference evaluator took."""
    counts = [_count(run.total(level=level), level) for level in LEVELS]
    tables = _count(len(run.prepared.sources), "table")
    yield f"{', '.join(counts)} in {_count(run.prepared.rows, 'figure')} of {tables}"
    wanted = sum(run.total(level=level) for level in (LEVELS if lowest == "note" else LEVELS[:2]))
    if wanted > shown:
        yield f"shown: the {shown:,} worst (--limit for more, --output parquet=FILE or jsonl=FILE for all)"
    if lowest != "note" and run.total(level="note"):
        yield "notes: counted only (-v shows them)"
    rows = [(rule, [f"{count[verdict]:,}" for verdict in VERDICTS]) for rule, count in tally(run)]
    if rows:
        rows.append(("all rules", [f"{run.total(verdict):,}" for verdict in VERDICTS]))
        width = max(len(rule) for rule, _ in rows)
        widths = [max(len(head), *(len(cells[i]) for _, cells in rows)) for i, head in enumerate(HEADS)]
        yield ""
        yield f"{'checks':<{width}}  " + "  ".join(f"{head:>{w}}" for head, w in zip(HEADS, widths, strict=True))
        for rule, cells in rows:
            yield f"{rule:<{width}}  " + "  ".join(f"{cell:>{w}}" for cell, w in zip(cells, widths, strict=True))
    yield from _unknown(run)
    yield from _besides(run)


def _unknown(run: TableRun) -> Iterator[str]:
    """What a table lacks where its figures met nothing: a column that says what they are, or codes that a list knows."""
    axes, lists = run.prepared.facts.axes, run.prepared.facts.codelists
    axis = axes.get(INDICATOR)
    if not run.prepared.rows:
        return
    if axis is None:
        if not run.counts:
            yield f"the figures were compared with nothing: no column is `{INDICATOR}`; there are {', '.join(sorted(axes))}"
            where = run.prepared.sources[0].path
            yield f'    in crosscheck.toml: [tables."{where}"] columns = {{indicator = "…"}} names it'
        return
    unknown = [text for text in axis.texts if text is not None and lists.find(INDICATOR, text) is None]
    if unknown:
        more = f" and {len(unknown) - SHOWN_CODES:,} more" if len(unknown) > SHOWN_CODES else ""
        yield ""
        shown = ", ".join(map(printable, unknown[:SHOWN_CODES]))
        yield f"no code list knows the indicators {shown}{more}: a list with `sum`,"
        yield "    `nature` and `non_negative` lets rules about totals and their terms bind them"


def _besides(run: TableRun) -> Iterator[str]:
    """What was done another way, or not at all."""
    prepared = run.prepared
    notes = []
    if run.asked:
        notes.append(f"{_count(run.asked, 'check')} by the reference evaluator")
    if prepared.beside:
        notes.append(f"{_count(prepared.beside, 'figure')} of more than 18 digits")
    if prepared.twice:
        notes.append(f"{_count(prepared.groups, 'figure')} stated {prepared.twice:,} times in all")
    if prepared.undated:
        notes.append(f"{_count(prepared.undated, 'figure')} without a period")
    others = [_count(rows, name) for name, rows in prepared.modalities.items() if name != "fact"]
    notes += [f"besides facts, {', '.join(others)}"] if others else []
    if notes:
        yield ""
        yield "; ".join(notes)
    for rule, reason in run.left.items():
        yield f"rule {rule}: not in columns because of {reason}, so the reference evaluator took it"
    for rule, (reason, rows) in run.skipped.items():
        yield f"rule {rule}: not checked, as {reason} is not in columns and {rows:,} figures would go to the reference"
        yield f"    evaluator; --select {rule} checks it, in some minutes a million"
    for left in run.unbound:
        if not left.shipped:
            yield f"rule {left.id} ({left.file}:{left.line}) found nothing to compare"


def document(run: TableRun, checks: Sequence[Check], version: str) -> str:
    """The JSON document: counts, and the checks that are shown, each as in the report of `check`."""
    content = {**head(run, version), "findings": [check_entry(check) for check in checks]}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def head(run: TableRun, version: str) -> dict[str, object]:
    """What the JSON document and the JSON Lines begin with."""
    prepared = run.prepared
    return {
        "schema": SCHEMA,
        "version": version,
        "tables": [{"path": source.document.path, "id": source.document.id} for source in prepared.sources],
        "figures": prepared.rows,
        "levels": {level: run.total(level=level) for level in LEVELS},
        "checks": {verdict: run.total(verdict) for verdict in VERDICTS},
        "rules": [{"rule": rule, **counts} for rule, counts in tally(run)],
        "by_reference": {"checks": run.asked, "rules": dict(run.left)},
        "not_checked": {rule: reason for rule, (reason, _) in run.skipped.items()},
        "rules_without_binding": [rule.id for rule in run.unbound if not rule.shipped],
    }


def stream(run: TableRun, checks: Iterable[Check], briefs: Iterable[Mapping[str, object]], version: str) -> Iterator[str]:
    """JSON Lines: the counts, then the findings, those that are told in full first."""
    yield json.dumps({"type": "run", **head(run, version)}, ensure_ascii=False)
    for check in checks:
        yield json.dumps({"type": "check", **check_entry(check)}, ensure_ascii=False)
    for brief in briefs:
        yield json.dumps({"type": "finding", **brief}, ensure_ascii=False)
