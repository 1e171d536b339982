"""The columnar engine gives the verdicts and levels of the reference evaluator, on every row."""

from __future__ import annotations

import csv
import random
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from crosscheck.checking.checks import check_claims
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.csv_files import read_csv_claims
from crosscheck.claims.model import Claim
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule
from crosscheck.tables.engine import ORDER, VERDICTS, TableRun, check_prepared, connect
from crosscheck.tables.facts import ROW_BITS
from crosscheck.tables.prepare import prepare
from crosscheck.tables.sources import open_source

CODES = """
codelist: {dimension: indicator}
codes:
  turnover: {name: turnover, sum: [exports, imports], nature: flow, non_negative: true}
  balance: {name: balance, sum: [exports, -imports], nature: flow}
  exports: {name: exports, nature: flow, non_negative: true}
  imports: {name: imports, nature: flow, non_negative: true}
  price: {name: price, nature: price, non_negative: true}
  trade: {name: trade, nature: flow, non_negative: true, symmetric: true}
"""
AREAS = """
codelist: {dimension: reference_area}
codes:
  north: {name: north, part_of: land}
  south: {name: south, part_of: land}
  land: {name: land}
"""
RULES = """
rules:
  - id: growth
    title: t
    why: w
    variables: {growth: {measure: growth}, now: {measure: level}, then: {measure: level, time_period: =base(growth)}}
    assert: growth == now / then - 1 or then < 0 and growth == 1 - now / then
    material: 0.5 percentage_point
  - id: change
    title: t
    why: w
    variables: {change: {measure: change}, now: {measure: level}, then: {measure: level, time_period: =base(change)}}
    assert: change == now - then
    material: 1 %
    level: warning
  - id: multiple
    title: t
    why: w
    variables: {multiple: {measure: multiple}, now: {measure: level}, then: {measure: level, time_period: =base(multiple)}}
    assert: multiple == now / then
    material: 0.1 times
  - id: total
    title: t
    why: w
    variables:
      total: {measure: level}
      terms: {measure: level, indicator: =terms(total), collect: [indicator]}
      less: {measure: level, indicator: =minus_terms(total), collect: [indicator]}
    assert: total == sum(terms) - sum(less)
    material: 1 %
  - id: parts-of-whole
    title: t
    why: w
    variables:
      whole: {measure: level}
      parts: {measure: level, reference_area: =part_of(whole), collect: [reference_area]}
    assert: sum(parts) <= whole
    subject: whole
    material: 1 %
  - id: of-no-product
    title: t
    why: w
    level: warning
    variables:
      whole: {measure: level, product: none}
      products: {measure: level, product: {not: none}, collect: [product]}
    assert: sum(products) <= whole
    subject: whole
  - id: of-no-partner
    title: t
    why: w
    variables:
      whole: {measure: level, counterpart_area: none}
      partners: {measure: level, counterpart_area: {not: none}, collect: [counterpart_area]}
    assert: whole >= sum(partners)
    subject: whole
  - id: named-sum
    title: t
    why: w
    variables:
      total: {measure: level, reference_area: land}
      parts: {measure: level, reference_area: [north, south], collect: [reference_area]}
    assert: total == sum(parts)
    material: 5 %
  - id: balance
    title: t
    why: w
    variables:
      balance: {measure: level, indicator: balance}
      exports: {measure: level, indicator: exports}
      turnover: {measure: level, indicator: turnover}
    assert: balance == 2 * exports - turnover
    material: 5 %
  - id: share
    title: t
    why: w
    variables:
      share: {measure: share, indicator: [exports, imports]}
      part: {measure: level, indicator: =same(share)}
      whole: {measure: level, indicator: turnover}
    assert: share == part / whole
    material: 0.5 percentage_point
  - id: part-above-whole
    title: t
    why: w
    variables:
      part: {measure: level, non_negative: true, additive: true, reference_area: =part_of(whole)}
      whole: {measure: level}
    assert: part <= whole
    subject: part
  - id: term-above-total
    title: t
    why: w
    variables:
      term: {measure: level, non_negative: true, additive: true, indicator: =terms(total)}
      total: {measure: level, non_negative: true}
    assert: term <= total
    subject: term
  - id: period-above-longer
    title: t
    why: w
    variables:
      shorter: {measure: level, nature: flow, non_negative: true, additive: true, time_period: =within(longer)}
      longer: {measure: level}
    assert: shorter <= longer
    subject: shorter
  - id: negative
    title: t
    why: w
    variables: {figure: {measure: level, non_negative: true, unit: any}}
    assert: figure >= 0
    subject: figure
  - id: bounds
    title: t
    why: w
    variables: {share: {measure: share}}
    assert: share <= 100 % and share >= 0
    subject: share
  - id: heavy
    title: t
    why: w
    variables: {figure: {measure: level, indicator: price}}
    assert: figure <= 5 kg
    subject: figure
  - id: unlike-the-year-before
    title: t
    why: w
    variables: {now: {measure: level}, before: {measure: level, time_period: =year_before(now)}}
    assert: now <= 3 * before
    subject: now
    strain: 0.5
  - id: product-of-shares
    title: t
    why: w
    variables:
      value: {measure: level, indicator: turnover}
      share: {measure: share, indicator: exports}
      part: {measure: level, indicator: exports}
    assert: value * share == part
    subject: part
    material: 1 %
  - id: twice
    title: t
    why: w
    same: {}
    material: 1 %
  - id: of-squares
    title: t
    why: w
    variables: {growth: {measure: growth}, now: {measure: level}, then: {measure: level, time_period: =base(growth)}}
    assert: growth <= now ^ 2 / then ^ 2
    subject: growth
"""
COLUMNS = (
    "indicator",
    "reference_area",
    "counterpart_area",
    "time_period",
    "product",
    "measure",
    "base_period",
    "value",
    "unit",
    "scale",
    "decimals",
    "modality",
    "source",
)


@lru_cache(maxsize=1)
def own_rules() -> tuple[Rule, ...]:
    """The rules of this file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rules.yaml")
        path.write_text(RULES)
        return read_rule_files([path], False)


def value(chance: random.Random) -> str:
    """A value as it is printed: often such that intervals meet at their edges, now and then of very many digits."""
    kind, places = chance.random(), chance.randint(0, 3)
    if kind < 0.02:
        return str(chance.randint(10**14, 10**24))
    if kind < 0.04:
        return ""
    if kind < 0.5:
        return f"{chance.randint(-900, 99_999) / 10**places:.{places}f}"
    return f"{chance.randint(0, 400) / 10:.1f}" if kind < 0.9 else str(chance.randint(0, 40))


def row(chance: random.Random) -> dict[str, str]:
    """A row of a table of trade."""
    measure = chance.choice(["level"] * 4 + ["growth", "share", "change", "multiple"])
    ratio = measure in ("growth", "share", "multiple")
    own_base = measure in ("growth", "change", "multiple") and chance.random() < 0.1
    return {
        "indicator": chance.choice(["turnover", "exports", "imports", "balance", "price"]),
        "reference_area": chance.choice(["north", "south", "land", ""]),
        "counterpart_area": chance.choice([""] * 8 + ["north", "south", "land"]),
        "time_period": chance.choice(["2023", "2022", "2023-01"]) if chance.random() > 0.02 else "unstated",
        "product": chance.choice([""] * 8 + ["wine", "wool"]),
        "measure": measure,
        "base_period": "2021" if own_base else "",
        "value": value(chance),
        "unit": chance.choice(["percent"] * 9 + ["permille"]) if ratio else chance.choice(["USD"] * 14 + ["kg"]),
        "scale": "" if ratio else chance.choice([""] * 5 + ["million"]),
        "decimals": chance.choice([""] * 5 + ["3", "INF", "4"]),
        "modality": "fact" if chance.random() < 0.95 else "plan",
        "source": "",
    }


def table(seed: int, size: int) -> list[dict[str, str]]:
    """A table from a seed: with figures that are stated twice or without, of sources that are known of some or of none."""
    chance = random.Random(seed)
    found = [row(chance) for _ in range(size)]
    if chance.random() < 0.3:  # some of huge and tiny scales side by side
        for one in chance.sample(found, size // 6):
            if one["measure"] == "level" and one["value"]:
                one["scale"], one["unit"] = chance.choice([("trillion", "USD"), ("thousand", "t"), ("", "g")])
            elif one["value"]:
                one["value"], one["decimals"] = f"{chance.choice(['', '-'])}0.{chance.randint(1, 9999):012d}", ""
    if chance.random() < 0.3:  # some with figures whose areas may be exchanged
        for one in found:
            one["counterpart_area"] = chance.choice(["north", "south", ""])
            one["indicator"] = chance.choice(["trade", "trade", one["indicator"]])
    if chance.random() < 0.6:
        keys = ("indicator", "reference_area", "counterpart_area", "time_period", "product", "measure")
        found = list({tuple(one[name] for name in keys): one for one in found}.values())
    if chance.random() < 0.15:
        for one in found:
            one["source"] = "customs" if chance.random() < 0.3 else ""
    return found


TERMS = (
    "{0}",
    "2 * {0}",
    "{0} ^ 2 / 3",
    "({0} - 7) ^ 3",
    "(1 + {0}) ^ 4 * {1}",
    "{0} * {1}",
    "{0} / {1}",
    "({0} - {1}) / {1}",
    "{0} + {1}",
    "{0} - 3 * {1}",
    "{0} / {1} - 1",
)
SELECTORS = (
    "{measure: level}",
    "{measure: level, time_period: =year_before(a)}",
    "{measure: level, indicator: exports}",
    "{measure: level, indicator: turnover, reference_area: any}",
    "{measure: growth}",
    "{measure: share, indicator: [exports, imports]}",
    "{measure: change, product: none}",
    "{measure: [level, change], time_period: =prior(a)}",
    "{measure: level, indicator: =terms(a)}",
    "{measure: level, indicator: [exports, imports], collect: [indicator]}",
    "{measure: level, time_period: {not: [2022]}}",
)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule file with one random rule, which may be one that is refused."""
    names = ["a", "b", "c"][: draw(st.integers(2, 3))]
    chosen = {name: draw(st.sampled_from(SELECTORS if name != "a" else SELECTORS[:1] + SELECTORS[2:6])) for name in names}
    used = [f"sum({name})" if "collect" in chosen[name] else name for name in names]
    other = draw(st.sampled_from(TERMS)).format(used[1], used[-1])
    operator = draw(st.sampled_from(["==", "==", "==", "<=", ">", "!="]))
    more = draw(st.sampled_from(["", "", "", f" or a < 0 and {used[1]} < 5", " and a <= 100"]))
    lines = "".join(f"      {name}: {chosen[name]}\n" for name in names)
    material = draw(st.sampled_from(["", "    material: 1 %\n", "    material: 3 USD\n", "    strain: 0.1\n"]))
    return (
        f"rules:\n  - id: own\n    title: t\n    why: w\n    variables:\n{lines}"
        f"    assert: a {operator} {other}{more}\n    subject: a\n{material}"
    )


def by_reference(claims: Sequence[Claim], rules: Sequence[Rule], lists: Path) -> Counter[tuple[str, int, str, str]]:
    """Rule, row of the subject's first claim, verdict and level of each check."""
    run = check_claims(claims, rules, load_codelists([lists / "codes.yaml", lists / "areas.yaml"]))
    return Counter(
        (check.rule.id, min(claim.place.row or 0 for claim in check.subject.claims), check.verdict, check.level)
        for check in run.checks
    )


def by_columns(path: Path, rules: Sequence[Rule], lists: Path) -> tuple[Counter[tuple[str, int, str, str]], TableRun]:
    """The same from the columnar engine."""
    codelists = load_codelists([lists / "codes.yaml", lists / "areas.yaml"])
    connection = connect(threads=1)
    source = open_source(connection, 0, path, TableMapping(), path.name, lambda dimension, text: text)
    run = check_prepared(prepare(connection, [source], codelists), rules, every_row=True)
    found: Counter[tuple[str, int, str, str]] = Counter()
    for number, verdict, level, rid, count in connection.execute(
        "SELECT rule, verdict, level, rid, n FROM found"
    ).fetchall():
        row = (rid & ((1 << ROW_BITS) - 1)) + source.first_row
        found[run.rules[number].id, row, VERDICTS[verdict], ORDER[level]] += count
    connection.close()
    return found, run


def written(folder: Path, found: Sequence[Mapping[str, str]]) -> Path:
    """The rows as a CSV file, with the code lists beside it."""
    (folder / "codes.yaml").write_text(CODES)
    (folder / "areas.yaml").write_text(AREAS)
    path = folder / "table.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys((*COLUMNS, *(name for row in found for name in row)))))
        writer.writeheader()
        writer.writerows(found)
    return path


def faults_of(path: Path) -> tuple[Fault, ...]:
    """What the reader of tables finds wrong."""
    try:
        read_csv_claims(path)
    except InputFaults as error:
        return error.faults
    return ()


def compare(folder: Path, found: Sequence[Mapping[str, str]], own: Sequence[Rule]) -> TableRun | None:
    """Both engines on one table: the same verdicts, or faults on the same rows."""
    path = written(folder, found)
    faults = faults_of(path)
    if faults:
        with pytest.raises(InputFaults) as other:
            by_columns(path, own, folder)
        assert {fault.line for fault in other.value.faults} <= {fault.line for fault in faults}
        return None
    expected = by_reference(read_csv_claims(path).claims, own, folder)
    actual, run = by_columns(path, own, folder)
    assert actual - expected == Counter()
    assert expected - actual == Counter()
    return run


@settings(max_examples=6, deadline=None)
@example(9865338)  # all changes go beside the columns
@given(st.integers(0, 10**9))
def test_every_row_gets_the_verdict_of_the_reference_evaluator(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    compare(tmp_path_factory.mktemp("table"), table(seed, 120), own_rules())


@settings(max_examples=30, deadline=None)
@given(rules(), st.integers(0, 10**9))
def test_random_rules_give_the_verdicts_of_the_reference_evaluator(
    tmp_path_factory: pytest.TempPathFactory, text: str, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("table")
    (folder / "rules.yaml").write_text(text)
    try:
        own = read_rule_files([folder / "rules.yaml"], False)
    except InputFaults:
        assume(False)
    compare(folder, table(seed, 60), own)


def test_tables_are_drawn_with_everything_that_is_hard() -> None:
    seen: Counter[str] = Counter()
    for seed in range(40):
        found = table(seed, 120)
        told = [tuple(one[name] for name in COLUMNS if name not in ("value", "decimals", "unit", "scale")) for one in found]
        pairs = {(one["reference_area"], one["counterpart_area"]) for one in found if one["indicator"] == "trade"}
        values = [one["value"] for one in found]
        seen["stated twice"] += len(set(told)) < len(told)
        seen["areas in both orders"] += any((b, a) in pairs for a, b in pairs if a and a != b)
        seen["no value"] += "" in values
        seen["negative"] += any(text.startswith("-") for text in values)
        seen["beyond 18 digits"] += any(len(text) > 18 for text in values)
        seen["tiny"] += any(text.lstrip("-").startswith("0.0000") for text in values)
        seen["several kinds of unit"] += len({one["unit"] for one in found} - {"percent", "permille"}) > 1
        seen["several scales"] += len({one["scale"] for one in found} & {"trillion", "thousand"}) > 1
        seen["exact beside rounded"] += len({one["decimals"] for one in found}) > 2
        seen["undated"] += any(one["time_period"] == "unstated" for one in found)
        seen["plans"] += any(one["modality"] == "plan" for one in found)
        seen["sources of some"] += any(one["source"] for one in found)
        seen["bases of their own"] += any(one["base_period"] for one in found)
    assert len(seen) == 13
    assert min(seen.values()) >= 3, seen


def test_most_checks_are_made_by_the_compiled_rules(tmp_path: Path) -> None:
    run = compare(tmp_path, table(23, 150), own_rules())
    assert run is not None
    assert run.asked < run.total() / 5
    assert run.left == {"of-squares": "figures of this size: 39 digits on the way"}


def test_areas_that_may_be_exchanged_meet_in_both_orders(tmp_path: Path) -> None:
    blank = dict.fromkeys(COLUMNS, "")
    common = {**blank, "indicator": "trade", "measure": "level", "unit": "USD"}
    found = [
        {**common, "reference_area": "north", "counterpart_area": "south", "time_period": "2022", "value": "100"},
        {**common, "reference_area": "south", "counterpart_area": "north", "time_period": "2023", "value": "150"},
        {**common, "reference_area": "south", "counterpart_area": "north", "time_period": "2024", "value": "160"},
        {**common, "reference_area": "north", "counterpart_area": "south", "time_period": "2024", "value": "170"},
        {**common, "reference_area": "north", "counterpart_area": "south", "time_period": "2023", "value": "60",
         "measure": "growth", "unit": "percent"},
    ]  # fmt: skip
    run = compare(tmp_path, found, own_rules())
    assert run is not None
    assert {(count.rule, count.verdict) for count in run.counts if count.rule in ("growth", "twice")} == {
        ("growth", "contradiction"),
        ("twice", "contradiction"),
    }
