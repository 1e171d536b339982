"""Large tables taken together: how long it takes, what memory, and how many planted errors are among the suspects.

Run `python benchmarks/reconciling_tables.py` (10,000, 100,000 and 1,000,000 figures; `--quick` leaves out the last). The
figures are those of benchmarks/tables.py, all right: pairs of areas over 25 years, two levels and their total, growths and
shares. One in a thousand is then made wrong, by 3% to 60%.

Beside `crosscheck reconcile` stands what `crosscheck check` says: a finding blames the figure that its rule computes.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tables import DATA, RULES

WRONG = 1000  # one figure in so many
PLANT = """
COPY (
  SELECT indicator, reference_area, counterpart_area, time_period, measure, unit, scale,
    CASE WHEN hash(file_row_number * 31 + 7) % {wrong} = 0 THEN CAST(
      value * (1 + CASE WHEN hash(file_row_number) % 2 = 0 THEN 1 ELSE -1 END
        * (30 + hash(file_row_number * 17) % 570) / 1000.0) AS DECIMAL(18, 1)) ELSE value END AS value
  FROM read_parquet('{right}', file_row_number = true) ORDER BY file_row_number
) TO '{path}' (FORMAT parquet)
"""


def make(folder: Path, count: int) -> tuple[Path, set[int]]:
    """A table with planted errors, and the rows that hold them."""
    import duckdb

    right, path = folder / "right.parquet", folder / "table.parquet"
    honest = DATA
    for slip in (" + CASE WHEN h % 200 = 0 THEN 5000 ELSE 0 END", " + CASE WHEN h % 300 = 0 THEN 1 ELSE 0 END",
                 " + CASE WHEN h % 500 = 0 THEN 2 ELSE 0 END"):  # fmt: skip
        assert slip in honest
        honest = honest.replace(slip, "")
    with duckdb.connect() as connection:
        connection.execute(honest.format(pairs=count // 190 + 1, count=count, path=right))
        connection.execute(PLANT.format(right=right, path=path, wrong=WRONG))
        query = (
            f"SELECT a.file_row_number + 1 FROM read_parquet('{right}', file_row_number = true) a "
            f"JOIN read_parquet('{path}', file_row_number = true) b USING (file_row_number) WHERE a.value <> b.value"
        )
        planted = {int(row) for (row,) in connection.execute(query).fetchall()}
    (folder / "rules.yaml").write_text(RULES)
    return path, planted


def crosscheck(folder: Path, *words: str) -> tuple[float, float, float]:
    """Runs a command: seconds on the clock, of processors, and the peak of memory of its largest process in MB."""
    script = (
        "import resource, sys\n"
        "from crosscheck.cli.app import main\n"
        "try:\n    main()\nfinally:\n"
        "    own = resource.getrusage(resource.RUSAGE_SELF); others = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "    print(own.ru_maxrss // 1024, others.ru_maxrss // 1024, file=sys.stderr)\n"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    command = [sys.executable, "-c", script, *words, "--isolated", "--rules", "rules.yaml", "--engine", "columnar"]
    environment = {**os.environ, "CROSSCHECK_MEMORY": "700MB"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    took = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    print("\n".join(f"    {line}" for line in done.stdout.splitlines() if not line.startswith(" ")), file=sys.stderr)
    own, workers = map(int, done.stderr.split()[-2:])
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"    peaks: {own} MB here, {workers} MB the largest worker", file=sys.stderr)
    return took, seconds, own


def score(path: Path, planted: set[int], where: str) -> tuple[int, int, int]:
    """Of the planted rows how many are named, how many named alone, and how many rows are named."""
    import duckdb

    with duckdb.connect() as connection:
        query = f"SELECT row, min({where}) FROM '{path}' WHERE level = 'error' GROUP BY row"
        rows = connection.execute(query).fetchall()
    named = {int(row): int(options or 0) for row, options in rows}
    return len(planted & named.keys()), sum(named.get(row) == 1 for row in planted), len(named)


def measure(count: int) -> None:
    """Prints two lines for a size: `reconcile` and `check`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, planted = make(folder, count)
        for label, words, where in (
            ("reconcile", ("reconcile", path.name, "--output", "parquet=bad.parquet", "--limit", "0"), "options"),
            ("check", ("check", path.name, "--output", "parquet=bad.parquet", "--limit", "0"), "1"),
        ):
            took, seconds, memory = crosscheck(folder, *words)
            hit, alone, cells = score(folder / "bad.parquet", planted, where)
            print(
                f"{count:10,} {label:10} {took:8.1f} {seconds:8.1f} {memory:7.0f} {len(planted):8,} {hit:8,} "
                f"{100 * hit / max(1, len(planted)):6.1f} {alone:8,} {cells:8,}",
                flush=True,
            )


def main() -> None:
    """Prints the table."""
    sizes = [10_000, 100_000] if "--quick" in sys.argv else [10_000, 100_000, 1_000_000]
    print("   figures command       clock  cpu sec      MB  planted    found      %    alone    cells")
    for count in sizes:
        measure(count)


if __name__ == "__main__":
    main()
