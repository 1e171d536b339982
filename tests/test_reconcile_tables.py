"""Tables taken together, part by part: what the reference finds, in one process or several, and what is written of it."""

from __future__ import annotations

import csv
import itertools
import json
import os
import random
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from multiprocessing import active_children
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import duckdb
import pytest
from commands import Ran, run
from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.checking.checks import check_claims
from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.claims.csv_files import read_csv_claims
from crosscheck.claims.csv_table import Resolve
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.figures.exact import Fraction as F
from crosscheck.figures.interval import Interval, intersect
from crosscheck.figures.text import parse_figure
from crosscheck.reconciliation.mending import nearest
from crosscheck.reconciliation.model import JointFault
from crosscheck.reconciliation.reconciling import reconcile
from crosscheck.reports.table_joint import lines
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule
from crosscheck.tables import solving
from crosscheck.tables.bad_cells import Joint, reconcile_tables, worst
from crosscheck.tables.components import Lot
from crosscheck.tables.engine import TableFile, check_prepared, connect, read_tables
from crosscheck.tables.solving import DIED, Solved, Task, solve

CODES = """
codelist: {dimension: indicator}
codes:
  turnover: {name: turnover, sum: [exports, imports], nature: flow, non_negative: true}
  exports: {name: exports, nature: flow, non_negative: true}
  imports: {name: imports, nature: flow}
"""
RULES = """
rules:
  - id: growth
    title: t
    why: w
    variables: {growth: {measure: growth}, now: {measure: level}, then: {measure: level, time_period: =base(growth)}}
    assert: growth == now / then - 1
  - id: total
    title: t
    why: w
    variables: {total: {measure: level}, terms: {measure: level, indicator: =terms(total), collect: [indicator]}}
    assert: total == sum(terms)
  - id: share
    title: t
    why: w
    variables:
      share: {measure: share, indicator: [exports, imports]}
      part: {measure: level, indicator: =same(share)}
      whole: {measure: level, indicator: turnover}
    assert: share == part / whole
  - id: twice
    title: t
    why: w
    same: {}
"""
COLUMNS = ("indicator", "reference_area", "product", "time_period", "measure", "value", "unit", "scale")


@lru_cache(maxsize=1)
def lists_and_rules(folder: Path) -> tuple[CodeLists, tuple[Rule, ...]]:
    """Code lists and rules of this file, made once."""
    (folder / "codes.yaml").write_text(CODES)
    (folder / "rules.yaml").write_text(RULES)
    return load_codelists([folder / "codes.yaml"]), read_rule_files([folder / "rules.yaml"], False)


@pytest.fixture(scope="module")
def given_things(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CodeLists, tuple[Rule, ...]]:
    """A folder, code lists and rules."""
    folder = tmp_path_factory.mktemp("tables")
    return folder, *lists_and_rules(folder)


def drawn(seed: int, areas: int, wrong: float) -> list[dict[str, str]]:
    """Trade of areas and products over four years: levels, growths and shares, some wrong, missing or given twice."""
    chance = random.Random(seed)
    found = []
    for area in [f"a{n}" for n in range(areas)]:
        for product in ("", "wine") if chance.random() < 0.4 else ("",):
            before: dict[str, int] = {}
            for year in range(2020, 2024):
                exports, imports = (
                    chance.randint(-2_000 if chance.random() < 0.1 else 900, 90_000),
                    chance.randint(-900, 90_000),
                )
                levels = {"exports": exports, "imports": imports, "turnover": exports + imports}
                for indicator, level in levels.items():
                    common = {"indicator": indicator, "reference_area": area, "product": product, "time_period": str(year)}
                    made = [_level(chance, level)]
                    if before.get(indicator) and chance.random() < 0.6:
                        made.append(_rate("growth", F(level, before[indicator]) - 1))
                    if indicator != "turnover" and levels["turnover"] and chance.random() < 0.4:
                        made.append(_rate("share", F(level, levels["turnover"])))
                    found += [{**common, **one} for one in made]
                before = levels
    for one in found:
        if chance.random() < wrong:
            one["value"] = str(round(float(one["value"]) * chance.uniform(0.2, 1.8), 1))
    found = [one for one in found if chance.random() > 0.07]  # one in so many is missing
    for one in chance.sample(found, len(found) // 20):
        one["value"] = ""  # suppressed
    again = [dict(one) for one in chance.sample(found, len(found) // 15)]
    for one in again:
        if one["value"] and chance.random() < 0.5:
            one["value"] = str(round(float(one["value"]) * chance.uniform(0.99, 1.01), 1))
    found += again
    chance.shuffle(found)
    return found


def _level(chance: random.Random, level: int) -> dict[str, str]:
    """A level, in thousands or in units, to fewer digits now and then."""
    if chance.random() < 0.3:
        return {"measure": "level", "value": f"{level / 1000:.{chance.randint(1, 3)}f}", "unit": "USD", "scale": "thousand"}
    return {"measure": "level", "value": str(level), "unit": "USD", "scale": ""}


def _rate(measure: str, value: F) -> dict[str, str]:
    return {"measure": measure, "value": f"{float(100 * value):.1f}", "unit": "percent", "scale": ""}


def written(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """The rows as a CSV file."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_it_is(lists: CodeLists) -> Resolve:
    """No names of codes."""
    del lists
    return _same


def _same(dimension: str, text: str) -> str:
    del dimension
    return text


def said(fault: JointFault) -> str:
    """Of a fault what must be right: its conflicts by claims, its lightest repairs by claims, and whether these are all."""
    conflicts = sorted(sorted(c.id for atom in one.atoms for c in atom.claims) for one in fault.conflicts)
    repairs = sorted(sorted(c.id for atom in one.atoms for c in atom.claims) for one in fault.repairs)
    return json.dumps([conflicts, repairs, fault.all_conflicts, fault.all_repairs, fault.level])


def together(entries: Iterable[str]) -> tuple[set[frozenset[str]], set[frozenset[str]], bool]:
    """Of the faults of a component: all its conflicts, all its lightest repairs, and whether these are all conflicts.

    A repair of the component has one of each fault. More conflicts may tie faults together, which changes nothing of that.
    """
    faults = [json.loads(entry) for entry in entries]
    assert all(fault[3] for fault in faults)
    conflicts = {frozenset(one) for fault in faults for one in fault[0]}
    repairs = {frozenset(itertools.chain.from_iterable(one)) for one in itertools.product(*(fault[1] for fault in faults))}
    return conflicts, repairs, all(fault[2] for fault in faults)


def tell(fault: JointFault) -> tuple[str, str]:
    return "", said(fault)


def by_parts(
    path: Path, lists: CodeLists, rules: Sequence[Rule], jobs: int = 1, every: bool = True, seconds: int | None = None
) -> Joint:
    """The table taken together by the columnar engine and workers."""
    connection = connect(threads=1)
    file = TableFile(path, TableMapping(), path.name)
    prepared = read_tables(connection, [file], lists, _same, rules=rules)
    found = check_prepared(prepared, rules)
    return reconcile_tables(found, lists, as_it_is, tell, lambda phase, part: None, jobs, every, seconds)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**9))
def test_parts_say_what_the_whole_says(given_things: tuple[Path, CodeLists, tuple[Rule, ...]], seed: int) -> None:
    folder, lists, rules = given_things
    path = written(folder / "table.csv", drawn(seed, 1 + seed % 4, (0, 0.02, 0.1)[seed % 3]))
    claims = read_csv_claims(path).claims
    expected: dict[object, list[str]] = {}
    parts = reconcile(check_claims(claims, rules, lists), rules).parts
    place = {claim.id: number for number, part in enumerate(parts) for atom in part.atoms for claim in atom.claims}
    for part in parts:
        for fault in part.faults:
            expected.setdefault(place[fault.conflicts[0].atoms[0].claims[0].id], []).append(said(fault))
    for every in (True, False):  # a small table is taken together as a whole all the same
        found: dict[object, list[str]] = {}
        for _, _, entry in worst(by_parts(path, lists, rules, every=every), 10_000):
            found.setdefault(place[json.loads(entry)[0][0][0]], []).append(entry)
        assert found.keys() == expected.keys()
        for number, entries in found.items():
            conflicts, repairs, _ = together(entries)
            known, lightest, is_all = together(expected[number])
            assert repairs == lightest
            assert conflicts <= known or not is_all


def test_tables_are_drawn_with_what_is_hard() -> None:
    tables = [drawn(seed, 3, 0.1) for seed in range(20)]
    rows = [row for table in tables for row in table]
    keys = [tuple(row[name] for name in COLUMNS[:5]) for row in tables[0]]
    assert len(set(keys)) < len(keys), "given twice"
    assert any(not row["value"] for row in rows)
    assert any(row["value"].startswith("-") for row in rows if row["measure"] == "level")
    assert {row["scale"] for row in rows} == {"", "thousand"}


@pytest.fixture(scope="module")
def wrong_table(given_things: tuple[Path, CodeLists, tuple[Rule, ...]]) -> Path:
    """A table of many parts, one level of each wrong."""
    return written(given_things[0] / "wrong.csv", drawn(5, 30, 0.02))


def test_several_processes_find_what_one_finds(
    given_things: tuple[Path, CodeLists, tuple[Rule, ...]], wrong_table: Path
) -> None:
    _, lists, rules = given_things
    alone = by_parts(wrong_table, lists, rules)
    several = by_parts(wrong_table, lists, rules, jobs=2)
    assert several.faults == alone.faults > 10
    entries = [sorted(entry for _, _, entry in worst(found, 10_000)) for found in (alone, several)]
    assert entries[0] == entries[1]
    assert several.searches == {"complete": several.parts.wanted}


def test_only_what_hangs_together_with_a_contradiction_is_read_in_large_tables(
    given_things: tuple[Path, CodeLists, tuple[Rule, ...]], wrong_table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, lists, rules = given_things
    monkeypatch.setattr("crosscheck.tables.components.BESIDE", 20)
    some = by_parts(wrong_table, lists, rules, every=False)
    every = by_parts(wrong_table, lists, rules, every=True)
    assert some.parts.wanted == some.parts.broken < every.parts.wanted
    assert some.parts.wanted + some.parts.beside == every.parts.wanted
    assert some.parts.beside_figures + some.parts.wanted_figures == every.parts.wanted_figures
    assert {entry for _, _, entry in worst(some, 10_000)} <= {entry for _, _, entry in worst(every, 10_000)}


def test_parts_that_are_too_large_are_told_with_what_they_break(
    given_things: tuple[Path, CodeLists, tuple[Rule, ...]], wrong_table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, lists, rules = given_things
    monkeypatch.setattr("crosscheck.tables.components.LARGEST", 20)
    found = by_parts(wrong_table, lists, rules)
    assert found.parts.too_large > 5, found.parts
    assert found.parts.wanted + found.parts.too_large <= found.parts.parts
    rows = found.run.prepared.connection.execute("SELECT count(*) FROM solved").fetchall()
    assert rows == [(found.parts.wanted,)]


def deadly(fault: JointFault) -> tuple[str, str]:
    """Ends the process that works on a certain figure, as a lack of memory would."""
    if any(
        claim.dimensions["reference_area"] == "a7" for c in fault.conflicts for atom in c.atoms for claim in atom.claims
    ):
        os.kill(os.getpid(), signal.SIGKILL)
    return "", said(fault)


def task_of(found: Joint, lists: CodeLists, rules: Sequence[Rule], tell: solving.Teller) -> Task:
    return Task(rules, lists, found.run.prepared.sources, as_it_is, tell)


def test_a_worker_that_dies_takes_one_part_with_it(
    given_things: tuple[Path, CodeLists, tuple[Rule, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, lists, rules = given_things
    rows = drawn(11, 14, 0.1)
    found = by_parts(written(folder / "deadly.csv", rows), lists, rules)
    lots = list(_lots(found))
    expected = {one.part: one for batch in lots for one in solve(task_of(found, lists, rules, tell), [batch], 1)}
    solved = {one.part: one for one in solve(task_of(found, lists, rules, deadly), lots, 2)}
    died = {part for part, one in solved.items() if one.search == DIED}
    assert died == {part for part, one in expected.items() if _is_deadly(one)}
    assert died
    assert solved.keys() == expected.keys()
    for part in solved.keys() - died:
        assert [one.entry for one in solved[part].faults] == [one.entry for one in expected[part].faults]


def test_no_process_goes_on_when_a_run_ends_early(
    given_things: tuple[Path, CodeLists, tuple[Rule, ...]],
) -> None:
    folder, lists, rules = given_things
    found = by_parts(written(folder / "early.csv", drawn(3, 12, 0.02)), lists, rules)
    going = solve(task_of(found, lists, rules, tell), _lots(found), 2)
    next(going)
    going.close()  # as Ctrl-C does
    late = monotonic() + 20
    while active_children() and monotonic() < late:
        sleep(0.05)  # not by join: the pool's own thread waits for them too, and only one of two is told that they ended
    assert not active_children()


def test_what_was_found_when_the_time_was_up_is_told(
    given_things: tuple[Path, CodeLists, tuple[Rule, ...]], wrong_table: Path
) -> None:
    _, lists, rules = given_things
    found = by_parts(wrong_table, lists, rules, seconds=0)
    assert found.done == 1 < found.parts.wanted
    assert f"the time was up: {found.parts.wanted - 1} parts of {found.parts.wanted} not looked at" in list(
        lines(found, list(worst(found, 3)))
    )


def _is_deadly(solved: Solved) -> bool:
    return any("deadly#" in fault.entry and fault.page == "" and _area(fault) == "a7" for fault in solved.faults)


def _area(fault: solving.Found) -> str:
    names = [name for conflict in json.loads(fault.entry)[0] for name in conflict]
    number = int(names[0].rpartition("-")[2])
    return drawn(11, 14, 0.1)[number - 2]["reference_area"]


def _lots(found: Joint) -> Iterator[list[Lot]]:
    from crosscheck.tables.components import batches
    from crosscheck.tables.reference import RowReader

    prepared = found.run.prepared
    for batch in batches(prepared, [RowReader(source) for source in prepared.sources]):
        for place in range(0, len(batch), 6):
            yield batch[place : place + 6]


@given(
    st.integers(-999, 999), st.integers(0, 2), st.integers(-3000, 3000), st.integers(0, 400), st.booleans(), st.booleans()
)
def test_the_nearest_value_is_the_nearest_that_may_be_printed(
    digits: int, places: int, low: int, width: int, low_closed: bool, high_closed: bool
) -> None:
    step = F(1, 10**places)
    figure = parse_figure(f"{float(digits * step):.{places}f} million USD", "level")
    closed = width == 0
    wanted = Interval(F(low) * 10**3, F(low + width) * 10**3, closed or low_closed, closed or high_closed)
    found = nearest(figure, wanted)

    def may_be(value: F) -> bool:
        half = step / 2 * 10**6
        return intersect(Interval(value * 10**6 - half, value * 10**6 + half), wanted) is not None

    face = digits * step
    if found is None:
        assert may_be(face)
        return
    value = F(found)
    assert may_be(value)
    assert (value - face) % step == 0
    nearer = abs(value - face) - step
    assert nearer < 0 or not any(may_be(face + sign * nearer) for sign in (1, -1))


# --- the command --------------------------------------------------------------------------------------------------

HEADER = "indicator,reference_area,time_period,measure,value,unit,scale\n"
ROWS = [
    "exports,KZ,2021,level,100.0,USD,million",
    "imports,KZ,2021,level,80.0,USD,million",
    "trade-turnover,KZ,2021,level,180.0,USD,million",
    "exports,KZ,2022,level,120.0,USD,million",
    "imports,KZ,2022,level,90.0,USD,million",
    "trade-turnover,KZ,2022,level,220.0,USD,million",
    "trade-turnover,KZ,2022,growth,16.7,percent,",
    "exports,DE,2021,level,10.0,USD,million",
    "imports,DE,2021,level,8.0,USD,million",
    "trade-turnover,DE,2021,level,19.0,USD,million",
    "exports,FR,2021,level,,USD,million",
    "imports,FR,2021,level,8.0,USD,million",
    "trade-turnover,FR,2021,level,18.0,USD,million",
]


def reconciled(*words: str) -> Ran:
    """`crosscheck reconcile` by columns."""
    return run("reconcile", "trade.csv", "--engine", "columnar", *words)


@pytest.fixture
def trade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a table of trade."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trade.csv").write_text(HEADER + "".join(f"{row}\n" for row in ROWS))
    return tmp_path


def test_the_report_says_first_how_many_are_wrong_and_then_the_worst(trade: Path) -> None:
    done = reconciled()
    assert done.code == 1
    assert done.out.startswith("4 of 12 figures in 1 table are suspect: 2 faults\n")
    assert "1 fault with one lightest repair: 1 figure to mend" in done.out
    assert "1 fault with tied suspects, one of which is to mend: 3 figures in all" in done.out
    first, second = done.out.index("220.0 million USD"), done.out.index("19.0 million USD")
    assert first < second, "what is farthest off comes first"
    assert "to mend it, 220.0 million USD (trade.csv:7:1) would have to be 209.91–210.10 million USD" in " ".join(
        done.out.split()
    )
    short = reconciled("--limit", "1")
    assert "shown: the 1 worst of 2 faults" in short.out
    assert "19.0 million USD" not in short.out


def test_all_bad_cells_stand_in_one_parquet_file(trade: Path) -> None:
    assert reconciled("--output", "parquet=bad.parquet", "--fail-on", "never").code == 0
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT file, row, indicator, reference_area, measure, stated, unit, repair, tied, options, rules, complete, "
            "search FROM 'bad.parquet' ORDER BY row"
        ).fetchall()
        ranges = connection.execute("SELECT row, value, low, high FROM 'bad.parquet' ORDER BY row").fetchall()
    assert [row[:8] for row in found] == [
        ("trade.csv", 7, "trade-turnover", "KZ", "level", "220.0", "USD", "210.1"),
        ("trade.csv", 9, "exports", "DE", "level", "10.0", "USD", "10.9"),
        ("trade.csv", 10, "imports", "DE", "level", "8.0", "USD", "8.9"),
        ("trade.csv", 11, "trade-turnover", "DE", "level", "19.0", "USD", "18.1"),
    ]
    assert [row[8:10] for row in found] == [(False, 1), (True, 3), (True, 3), (True, 3)]
    assert found[0][10] == ["growth-not-matching-levels", "total-not-sum-of-terms"]
    assert {row[11:] for row in found} == {(True, "complete")}
    assert ranges[1] == (9, 10.0, pytest.approx(10.9), pytest.approx(11.1))


def test_json_and_json_lines_hold_the_same_faults(trade: Path) -> None:
    done = reconciled("--format", "json", "--output", "jsonl=all.jsonl", "--output", "json=worst.json", "--limit", "1")
    document = json.loads(done.out)
    assert document == json.loads((trade / "worst.json").read_text())
    head, *faults = (json.loads(line) for line in (trade / "all.jsonl").read_text().splitlines())
    assert head["found"] == document["found"]
    assert head["found"]["faults"] == len(faults) == 2
    assert {**document["faults"][0], "type": "fault"} == faults[0]
    repair: dict[str, Any] = faults[0]["repairs"][0]["figures"][0]
    assert (repair["id"], repair["printed"], repair["nearest"]) == ("trade#row-7", "220.0", "210.1")
    assert F(repair["wanted"]["low"]) < 210_000_000 < F(repair["wanted"]["high"])


def test_a_suppressed_figure_is_unknown_and_never_nought(trade: Path) -> None:
    (trade / "trade.csv").write_text(HEADER + "".join(f"{row}\n" for row in ROWS[10:]))
    done = reconciled()
    assert done.code == 0
    assert done.out.startswith("2 figures of 1 table can all be true\n")


def test_what_is_not_for_large_tables_is_said(trade: Path) -> None:
    done = reconciled("--assume", "--set", "a=1 USD")
    assert done.code == 2
    assert "--assume: error: is not for large tables" in done.err
    assert "--set: error: is not for large tables" in done.err
    other = run("reconcile", "trade.csv", "--output", "parquet=bad.parquet")
    assert other.code == 2
    assert "parquet is for large tables" in other.err
    assert not (trade / "bad.parquet").exists()


def test_a_file_that_cannot_be_written_is_named_and_leaves_the_old_one(trade: Path) -> None:
    (trade / "taken").mkdir()
    done = reconciled("--output", "parquet=taken")
    assert done.code == 2
    assert "taken: error: cannot be written" in done.err
