"""Large tables: crosscheck beside a query by hand and Polars, over the same seeded Parquet file.

Run `python benchmarks/tables.py` (10,000 and 1,000,000 figures; `--large` adds 10,000,000). The figures are of pairs of
areas over 25 years: two levels and their total, growth of each, shares of two. Rules check sum, growth, share.
Every contender runs in a process of its own, in turn, so that a busy machine is as busy for all. Loading counts,
importing does not. Medians of wall and processor time and peak memory are printed, and what is not installed is named.
CROSSCHECK_BENCHMARK_PYTHON names a Python in which the others are installed: vtlengine wants an older DuckDB than we do.

The hand-written queries and the script in VTL know this table and these rules, and look for neither duplicates nor faults
of the table. Verdicts must be the same, or the benchmark fails. Arelle's calculation check, which knows sums alone, is set
beside crosscheck on an XBRL report of 9,999 facts. R validate has no contender here: there was no R to run one with.
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tables_elsewhere import arelle, vtlengine, write_report

RULES = """
rules:
  - id: bench-growth
    title: Growth
    why: A growth follows from its levels.
    variables: {growth: {measure: growth}, now: {measure: level}, then: {measure: level, time_period: =base(growth)}}
    assert: growth == now / then - 1
    material: 0.5 percentage_point
  - id: bench-share
    title: Share
    why: A share follows from its levels.
    variables:
      share: {measure: share, indicator: ["1", "2"]}
      part: {measure: level, indicator: =same(share)}
      whole: {measure: level, indicator: "3"}
    assert: share == part / whole
    material: 0.5 percentage_point
  - id: bench-sum
    title: Sum
    why: The total is the sum of the two.
    variables:
      total: {measure: level, indicator: "3"}
      terms: {measure: level, indicator: ["1", "2"], collect: [indicator]}
    assert: total == sum(terms)
    material: 1 %
"""

DATA = """
COPY (
  WITH pairs AS (
    SELECT p, 1 + p // 1000 AS a, 1 + p % 1000 AS b, y,
      (hash(p * 2 + 1) % 100000000000 + hash(p * 100 + y) % 20000000000 + 1000000000)::BIGINT AS e,
      (hash(p * 3 + 2) % 100000000000 + hash(p * 101 + y + 7) % 20000000000 + 1000000000)::BIGINT AS m,
      hash(p * 7919 + y * 31) AS h
    FROM range({pairs}) r(p), range(2000, 2025) s(y)),
  sums AS (
    SELECT *, e + m AS t, lag(e) OVER q AS e0, lag(m) OVER q AS m0, lag(e + m) OVER q AS t0
    FROM pairs WINDOW q AS (PARTITION BY p ORDER BY y)),
  figures AS (
    SELECT p, y, a, b, unnest([1, 2, 3, 1, 2, 3, 1, 2]::TINYINT[]) AS indicator,
      unnest(['level', 'level', 'level', 'growth', 'growth', 'growth', 'share', 'share']) AS measure,
      unnest([round(e / 1e6, 1), round(m / 1e6, 1), round(t / 1e6 + CASE WHEN h % 200 = 0 THEN 5000 ELSE 0 END, 1),
              round(100.0 * (e - e0) / e0, 1) + CASE WHEN h % 300 = 0 THEN 1 ELSE 0 END,
              round(100.0 * (m - m0) / m0, 1), round(100.0 * (t - t0) / t0, 1),
              round(100.0 * e / t, 1) + CASE WHEN h % 500 = 0 THEN 2 ELSE 0 END,
              round(100.0 * m / t, 1)]::DECIMAL(18, 1)[]) AS value
    FROM sums)
  SELECT indicator, a::SMALLINT AS reference_area, b::SMALLINT AS counterpart_area, y::SMALLINT AS time_period, measure,
    CASE WHEN measure = 'level' THEN 'USD' ELSE 'percent' END AS unit,
    CASE WHEN measure = 'level' THEN 'million' END AS scale, value
  FROM figures WHERE value IS NOT NULL ORDER BY p, y LIMIT {count}
) TO '{path}' (FORMAT parquet)
"""

BY_HAND = """
CREATE TEMP TABLE f AS SELECT indicator i, reference_area a, counterpart_area b, time_period y, measure m,
  CAST(value * 10 AS BIGINT) v FROM '{path}';
CREATE TEMP TABLE sums AS SELECT t.a, t.b, t.y, CASE WHEN 2 * abs(t.v - e.v - x.v) <= 1 THEN 0
  WHEN 2 * abs(t.v - e.v - x.v) <= 3 THEN 1 ELSE 2 END AS verdict
  FROM f t JOIN f e ON e.a = t.a AND e.b = t.b AND e.y = t.y JOIN f x ON x.a = t.a AND x.b = t.b AND x.y = t.y
  WHERE t.i = 3 AND e.i = 1 AND x.i = 2 AND t.m = 'level' AND e.m = 'level' AND x.m = 'level';
CREATE TEMP TABLE growths AS SELECT g.a, g.b, g.y, CASE
  WHEN n.v * 2000 BETWEEN (1000 + g.v) * 2 * p.v - p.v AND (1000 + g.v) * 2 * p.v + p.v THEN 0
  WHEN (2 * n.v + 1) * 2000 >= (2000 + 2 * g.v - 1) * (2 * p.v - 1)
    AND (2 * n.v - 1) * 2000 <= (2000 + 2 * g.v + 1) * (2 * p.v + 1) THEN 1 ELSE 2 END AS verdict
  FROM f g JOIN f n ON n.i = g.i AND n.a = g.a AND n.b = g.b AND n.y = g.y
  JOIN f p ON p.i = g.i AND p.a = g.a AND p.b = g.b AND p.y = g.y - 1
  WHERE g.m = 'growth' AND n.m = 'level' AND p.m = 'level';
CREATE TEMP TABLE shares AS SELECT s.a, s.b, s.y, CASE
  WHEN n.v * 2000 BETWEEN (2 * s.v - 1) * t.v AND (2 * s.v + 1) * t.v THEN 0
  WHEN (2 * n.v + 1) * 2000 >= (2 * s.v - 1) * (2 * t.v - 1)
    AND (2 * n.v - 1) * 2000 <= (2 * s.v + 1) * (2 * t.v + 1) THEN 1 ELSE 2 END AS verdict
  FROM f s JOIN f n ON n.i = s.i AND n.a = s.a AND n.b = s.b AND n.y = s.y
  JOIN f t ON t.a = s.a AND t.b = s.b AND t.y = s.y
  WHERE s.m = 'share' AND n.m = 'level' AND t.m = 'level' AND t.i = 3;
SELECT verdict, count(*) FROM (FROM sums UNION ALL FROM growths UNION ALL FROM shares) GROUP BY ALL ORDER BY ALL
"""


def crosscheck(path: Path) -> list[int]:
    """The columnar engine: consistent, reconcilable, contradiction."""
    from crosscheck.claims.codelists import load_codelists
    from crosscheck.claims.table_mapping import TableMapping
    from crosscheck.rules.files import read_rule_files
    from crosscheck.tables.engine import VERDICTS, TableFile, check_prepared, connect, read_tables

    rules_file = path.with_name("rules.yaml")
    rules_file.write_text(RULES)
    rules = read_rule_files([rules_file], False)
    connection = connect(memory="1GB", folder=path.parent / "spill")
    file = TableFile(path, TableMapping(), path.name)
    prepared = read_tables(connection, [file], load_codelists([]), lambda dimension, text: text, rules=rules)
    run = check_prepared(prepared, rules)
    return [run.total(verdict) for verdict in VERDICTS[:3]]


def by_hand(path: Path) -> list[int]:
    """One script for DuckDB, written for this table and these rules."""
    import duckdb

    with duckdb.connect() as connection:
        return [int(count) for _, count in connection.execute(BY_HAND.format(path=path)).fetchall()]


def polars(path: Path) -> list[int]:
    """The same by hand in Polars, whose whole numbers wrap around in silence where they overflow."""
    import polars as pl

    f = pl.scan_parquet(path).select(
        i="indicator", a="reference_area", b="counterpart_area", y=pl.col("time_period").cast(pl.Int32), m="measure",
        v=(pl.col("value") * 10).cast(pl.Int64),
    )  # fmt: skip
    level = f.filter(pl.col("m") == "level").drop("m")
    keys = ["a", "b", "y"]
    parts = [level.filter(pl.col("i") == i).select(*keys, pl.col("v").alias(f"v{i}")) for i in (1, 2, 3)]
    off = 2 * (pl.col("v3") - pl.col("v1") - pl.col("v2")).abs()
    sums = parts[2].join(parts[0], on=keys).join(parts[1], on=keys)
    sums = sums.select(pl.when(off <= 1).then(0).when(off <= 3).then(1).otherwise(2).alias("verdict"))
    growth = f.filter(pl.col("m") == "growth").drop("m").rename({"v": "g"})
    then = level.with_columns(pl.col("y") + 1).rename({"v": "p"})
    growths = growth.join(level, on=["i", *keys]).join(then, on=["i", *keys])
    g, n, p, s, t = (pl.col(name) for name in ("g", "v", "p", "s", "v3"))
    near = (n * 2000 - (1000 + g) * 2 * p).abs() <= p
    reach = ((2 * n + 1) * 2000 >= (2000 + 2 * g - 1) * (2 * p - 1)) & (
        (2 * n - 1) * 2000 <= (2000 + 2 * g + 1) * (2 * p + 1)
    )
    growths = growths.select(pl.when(near).then(0).when(reach).then(1).otherwise(2).alias("verdict"))
    share = f.filter(pl.col("m") == "share").drop("m").rename({"v": "s"})
    shares = share.join(level, on=["i", *keys]).join(parts[2], on=keys)
    near = (n * 2000 - 2 * s * t).abs() <= t
    reach = ((2 * n + 1) * 2000 >= (2 * s - 1) * (2 * t - 1)) & ((2 * n - 1) * 2000 <= (2 * s + 1) * (2 * t + 1))
    shares = shares.select(pl.when(near).then(0).when(reach).then(1).otherwise(2).alias("verdict"))
    found = pl.concat([sums, growths, shares]).group_by("verdict").len().sort("verdict").collect()
    return [int(count) for count in found["len"]]


def report(path: Path) -> list[int]:
    """An XBRL report, loaded by way of Arelle and checked by the rules that its calculation links state."""
    from crosscheck.checking.checks import check_claims
    from crosscheck.claims.codelists import load_codelists
    from crosscheck.claims.xbrl_report import read_xbrl_report
    from crosscheck.rules.calculations import calculation_rules

    run = check_claims(read_xbrl_report(path).claims, calculation_rules(path), load_codelists([]))
    return [run.verdicts["contradiction"]]


CONTENDERS: dict[str, tuple[str, Callable[[Path], list[int]]]] = {
    "crosscheck": ("crosscheck", crosscheck),
    "DuckDB by hand": ("duckdb", by_hand),
    "Polars by hand": ("polars", polars),
    "vtlengine": ("vtlengine", vtlengine),
}
OF_REPORTS: dict[str, tuple[str, Callable[[Path], list[int]]]] = {
    "crosscheck": ("arelle.api.Session", report),
    "Arelle": ("arelle.api.Session", arelle),
}
FACTS = 9_999


# What is imported before the clock starts.
PRELOADED = {
    "crosscheck": ("duckdb", "crosscheck.tables.findings", "crosscheck.rules.files", "crosscheck.claims.codelists"),
    "arelle.api.Session": ("arelle.api.Session", "arelle.RuntimeOptions", "crosscheck.checking.checks"),
}


@cache
def python_with(module: str) -> str | None:
    """The Python that has a module: this one, or the other one; None where neither has."""
    for python in filter(None, (sys.executable, os.environ.get("CROSSCHECK_BENCHMARK_PYTHON"))):
        code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module.split('.')[0]!r}) is None)"
        if subprocess.run([python, "-c", code], check=False).returncode == 0:
            return python
    return None


def one(name: str, path: Path) -> None:
    """Runs one contender in this process and prints what it took."""
    module, function = (OF_REPORTS if path.suffix == ".xbrl" else CONTENDERS)[name]
    for needed in PRELOADED.get(module, (module,)):
        importlib.import_module(needed)
    wall, processor = time.perf_counter(), time.process_time()
    counts = function(path)
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - processor}
    print(json.dumps({**took, "memory": peak(), "counts": counts}))


def peak() -> float:
    """The peak memory of this process in MB: by the system's word, as what a process tells of its children counts in what
    the parent held when it began them."""
    status = Path("/proc/self/status")
    if status.exists():
        return float(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(name: str, path: Path) -> dict[str, float | list[int]]:
    """What one run of a contender took, in a process of its own, with its peak memory in MB."""
    module, _ = (OF_REPORTS if path.suffix == ".xbrl" else CONTENDERS)[name]
    command = [python_with(module) or sys.executable, __file__, "--one", name, str(path)]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if out.returncode:
        raise SystemExit(f"{name} failed")
    found: dict[str, float | list[int]] = json.loads(out.stdout.splitlines()[-1])
    return found


def compare(count: int, times: int) -> None:
    """Prints a table of all contenders at one size."""
    import duckdb

    folder = Path(tempfile.mkdtemp(prefix="crosscheck-benchmark-"))
    path = folder / "figures.parquet"
    with duckdb.connect() as connection:
        connection.execute(DATA.format(pairs=-(-count // 197), count=count, path=path))
    _compared(CONTENDERS, path, times, f"{count:,} figures")
    shutil.rmtree(folder)


def compare_reports(times: int) -> None:
    """Prints a table of what checks calculations of XBRL."""
    folder = Path(tempfile.mkdtemp(prefix="crosscheck-benchmark-"))
    _compared(OF_REPORTS, write_report(folder, FACTS), times, f"an XBRL report of {FACTS:,} facts")
    shutil.rmtree(folder)


def _compared(contenders: dict[str, tuple[str, Callable[[Path], list[int]]]], path: Path, times: int, what: str) -> None:
    present = [name for name, (module, _) in contenders.items() if python_with(module)]
    runs: dict[str, list[dict[str, float | list[int]]]] = {name: [] for name in present}
    for _ in range(times):
        for name in present:
            runs[name].append(measured(name, path))
    counts = {name: found[0]["counts"] for name, found in runs.items()}
    if len({tuple(found) for found in counts.values() if isinstance(found, list)}) > 1:
        raise SystemExit(f"the verdicts differ: {counts}")
    print(f"\n{what}, {next(iter(counts.values()), '')} by verdict, median of {times}")
    print(f"{'':<16}{'seconds':>9}{'processor':>11}{'peak MB':>9}{'times ours':>12}")
    ours = 0.0
    for name, found in runs.items():
        wall, cpu, memory = (statistics.median(float(r[key]) for r in found) for key in ("wall", "cpu", "memory"))  # type: ignore[arg-type]
        ours = ours or cpu
        print(f"{name:<16}{wall:>9.2f}{cpu:>11.2f}{memory:>9,.0f}{cpu / ours:>12.2f}")
    lacking = [name for name in contenders if name not in present]
    if lacking:
        print(f"not installed: {', '.join(lacking)}")


if __name__ == "__main__":
    if "--one" in sys.argv:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        compare_reports(3)
        compare(10_000, 5)
        compare(1_000_000, 5)
        if "--large" in sys.argv:
            compare(10_000_000, 1)
