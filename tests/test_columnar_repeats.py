"""What is stated more than once, in one table and in several: the columnar engine agrees with the reference evaluator."""

from __future__ import annotations

import csv
import datetime
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_columnar import AREAS, CODES, COLUMNS, faults_of, own_rules, table

from crosscheck.checking.checks import Check, check_claims
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.csv_files import read_csv_claims
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.rules.model import Rule
from crosscheck.tables.engine import ORDER, VERDICTS, TableFile, TableRun, check_prepared, connect, read_tables
from crosscheck.tables.facts import ROW_BITS

WORTH = ("value", "decimals", "scale", "unit")
Told = Counter[tuple[str, str, str, str]]
MAPPINGS = (
    TableMapping(),
    TableMapping(publisher="office", published=datetime.date(2024, 5, 1)),
    TableMapping(publisher="office", published=datetime.date(2024, 6, 1)),
    TableMapping(publisher="bank", published=datetime.date(2024, 6, 1)),
    TableMapping(publisher="office", published=datetime.date(2024, 5, 1), given=True),
)


def again(chance: random.Random, row: dict[str, str]) -> dict[str, str]:
    """A row that says the same once more: in the same words, with more or fewer digits, in other words, or otherwise."""
    kind, value = chance.random(), row["value"]
    if kind < 0.5 or not value or len(value) > 12:
        return dict(row)
    number = Decimal(value)
    if kind < 0.65:
        return {**row, "value": str(number + Decimal(chance.randint(-4, 4)).scaleb(number.as_tuple().exponent - 1))}  # type: ignore[operator]
    if kind < 0.75:
        return {**row, "value": f"{number:.1f}", "decimals": ""}
    if kind < 0.85 and row["unit"] == "USD" and not row["scale"] and not row["decimals"]:
        return {**row, "value": str(number.scaleb(-3)), "scale": "thousand"}
    return {**row, "value": str(number + chance.randint(-1, 1))}


def repeated(seed: int, size: int) -> list[dict[str, str]]:
    """A table in which about a third of the rows are stated once more, or several times."""
    chance = random.Random(seed)
    found = table(seed, size)
    more = [again(chance, chance.choice(found)) for _ in range(size // 3)]
    found += more
    if chance.random() < 0.5:
        chance.shuffle(found)
    return found


def written(folder: Path, tables: Sequence[Sequence[dict[str, str]]]) -> list[Path]:
    """The tables as files, with the code lists beside them."""
    (folder / "codes.yaml").write_text(CODES)
    (folder / "areas.yaml").write_text(AREAS)
    paths = []
    for number, rows in enumerate(tables):
        paths.append(folder / f"table{number}.csv")
        with paths[-1].open("w", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
    return paths


def place_of(check: Check) -> str:
    """Table and row of the subject; none where rows agree, as any of them may then be the subject."""
    if check.rule.duplicates and check.verdict == "consistent":
        return ""
    document, row = min((claim.document.id, claim.place.row or 0) for claim in check.subject.claims)
    return f"{document}:{row}"


def both(folder: Path, tables: Sequence[Sequence[dict[str, str]]], mappings: Sequence[TableMapping],
         rules: Sequence[Rule]) -> tuple[Told, Told, TableRun]:  # fmt: skip
    """What both engines say of each check: rule, place, verdict and level."""
    paths = written(folder, tables)
    lists = load_codelists([folder / "codes.yaml", folder / "areas.yaml"])
    claims = [c for p, m in zip(paths, mappings, strict=True) for c in read_csv_claims(p, m).claims]
    expected = Counter(
        (check.rule.id, place_of(check), check.verdict, check.level)
        for check in check_claims(claims, rules, lists, verdicts_alone=True).checks
    )
    connection = connect(threads=1)
    files = [TableFile(path, mapping, path.name) for path, mapping in zip(paths, mappings, strict=True)]
    prepared = read_tables(connection, files, lists, lambda dimension, text: text, rules=rules)
    run = check_prepared(prepared, rules, every_row=True)
    found: Told = Counter()
    rows = connection.execute("SELECT rule, verdict, level, rid, n FROM found").fetchall()
    for number, verdict, level, rid, count in rows:
        source = prepared.sources[rid >> ROW_BITS]
        place = f"{source.document.id}:{(rid & ((1 << ROW_BITS) - 1)) + source.first_row}"
        place = "" if run.rules[number].duplicates and VERDICTS[verdict] == "consistent" else place
        found[run.rules[number].id, place, VERDICTS[verdict], ORDER[level]] += count
    counted = check_prepared(prepared, rules)
    assert {(c.rule, c.verdict, c.level): c.checks for c in counted.counts} == Counter(
        {(c.rule, c.verdict, c.level): c.checks for c in run.counts}
    )
    return found, expected, run


def agree(folder: Path, tables: Sequence[Sequence[dict[str, str]]], mappings: Sequence[TableMapping]) -> TableRun | None:
    """Both engines on some tables; None where a table is at fault, of which another test looks after."""
    if any(faults_of(path) for path in written(folder, tables)):
        return None
    found, expected, run = both(folder, tables, mappings, own_rules())
    assert found - expected == Counter()
    assert expected - found == Counter()
    return run


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**9))
def test_what_a_table_states_more_than_once_is_one_operand(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    agree(tmp_path_factory.mktemp("table"), [repeated(seed, 60)], [TableMapping()])


@settings(max_examples=5, deadline=None)
@example(1007)  # a total of which nothing is taken away, its terms in two tables
@given(st.integers(0, 10**9))
def test_what_several_tables_state_is_one_operand(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chance = random.Random(seed)
    rows = repeated(seed, 45)
    count = chance.choice([2, 2, 3])
    tables: list[list[dict[str, str]]] = [[] for _ in range(count)]
    for row in rows:
        for number in chance.sample(range(count), chance.choice([1, 1, 2])):
            tables[number].append(row if chance.random() < 0.8 else again(chance, row))
    if all(tables):
        agree(tmp_path_factory.mktemp("table"), tables, [chance.choice(MAPPINGS) for _ in tables])


def unlike(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of which no two state one figure."""
    return list({tuple(text for name, text in row.items() if name not in WORTH): row for row in rows}.values())


def test_rows_that_agree_are_not_asked_of_the_reference_evaluator(tmp_path: Path) -> None:
    rows = unlike(row for row in table(4, 200) if row["time_period"] != "unstated" and len(row["value"]) < 12)
    once = agree(tmp_path, [rows], [TableMapping()])
    twice = agree(tmp_path, [rows + rows[:60]], [TableMapping()])
    assert once is not None
    assert twice is not None
    assert twice.prepared.groups >= 50
    assert twice.asked == once.asked


def test_rows_that_just_meet_are_not_asked_of_the_reference_evaluator(tmp_path: Path) -> None:
    """Two rows of 10.0 and 10.1 leave 10.05 alone, of 10 and 10.4 what lies between 10.35 and 10.45."""
    rows = unlike(row for row in table(4, 200) if len(row["time_period"]) == 4 and len(row["value"]) < 12)  # whole years
    meets = {0: "10.1", 1: "10.0", 2: "10.4", 3: "9.96", 4: "12"}
    first = [{**row, "value": "10.0" if number % 5 else "10", "decimals": ""} for number, row in enumerate(rows)]
    more = [{**row, "value": meets[number % 5], "decimals": ""} for number, row in enumerate(rows)]
    once = agree(tmp_path, [first], [TableMapping()])
    twice = agree(tmp_path, [[*more, *first]], [TableMapping()])
    assert once is not None
    assert twice is not None
    uneven = "SELECT count(*) FROM groups WHERE down <> up"
    assert twice.prepared.connection.execute(uneven).fetchall() > [(10,)]
    assert twice.prepared.groups >= 50
    assert twice.asked < once.asked + 10  # of some it is asked how strained a material gap is


def test_three_and_more_unlike_rows_are_not_asked_of_the_reference_evaluator(tmp_path: Path) -> None:
    """Of several rows the one that says least is held against what the others have in common, or two that exclude it."""
    chance = random.Random(7)
    rows = unlike(row for row in table(4, 60) if len(row["time_period"]) == 4 and len(row["value"]) < 12)
    meets = ("10.1", "10.0", "10.4", "9.96", "10", "12", "11", "9.9")
    several = [
        {**row, "decimals": "", "value": chance.choice(meets)} for row in rows for _ in range(chance.choice([3, 3, 4, 5]))
    ]
    run = agree(tmp_path, [several], [TableMapping()])
    assert run is not None
    assert run.prepared.connection.execute("SELECT count(*) FROM many").fetchall() > [(20,)]
    (number,) = (number for number, rule in enumerate(run.rules) if rule.duplicates)
    of_twice = f"SELECT count(*) FROM told WHERE rule = {number}"
    assert run.prepared.connection.execute(of_twice).fetchall() < [(5,)]
