"""The JSON Schemas: in step with the readers and the reports, and right about the project's own files."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped, unused-ignore]
import pytest
import yaml
from typer.testing import CliRunner

from crosscheck.checking.assessment import RECONCILABLE
from crosscheck.claims.schema import claim_file_schema
from crosscheck.cli.app import app
from crosscheck.cli.schema import SCHEMAS
from crosscheck.project.configuration import KEYS as CONFIGURATION_KEYS
from crosscheck.project.configuration import RULE_KEYS as SETTINGS_OF_RULES
from crosscheck.project.schema import configuration_schema
from crosscheck.reports.json_report import SCHEMA
from crosscheck.reports.schema import output_schema
from crosscheck.rules.examples import OUTCOME_KEYS, READINGS
from crosscheck.rules.files import RULE_KEYS, read_rule_file
from crosscheck.rules.model import LEVELS, STATUSES, VERDICTS
from crosscheck.rules.schema import rule_file_schema
from crosscheck.rules.selectors import KNOWN_KEYS, NATURES
from crosscheck.rules.short_forms import SHORT_FORMS

ROOT = Path(__file__).resolve().parents[1]
Schema = dict[str, Any]


class TextsAndNumbers(yaml.SafeLoader):
    """YAML as an editor reads it: numbers are numbers, dates are texts."""


TextsAndNumbers.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "bool", "merge"))]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
TextsAndNumbers.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def complaints(schema: Schema, tree: Any) -> list[str]:
    """What the schema finds wrong."""
    errors = jsonschema.Draft202012Validator(schema).iter_errors(tree)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in errors]


def as_edited(text: str) -> Any:
    """YAML as an editor checks it."""
    return yaml.load(text, Loader=TextsAndNumbers)  # a SafeLoader


def closed(schema: Schema) -> Schema:
    """The schema with every object that lists its keys closed: the reports hold nothing that it does not name."""
    found = copy.deepcopy(schema)
    waiting: list[Any] = [found]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if "properties" in node and "additionalProperties" not in node:
                node["additionalProperties"] = False
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return found


@pytest.mark.parametrize("make", [claim_file_schema, rule_file_schema, configuration_schema, output_schema])
def test_each_is_a_schema_and_says_what_everything_is(make: Callable[[], Schema]) -> None:
    schema = make()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"].startswith("crosscheck ")
    assert all("description" in definition for definition in schema["$defs"].values())


def test_the_command_prints_them() -> None:
    for name, make in SCHEMAS.items():
        result = CliRunner().invoke(app, ["schema", name])
        assert result.exit_code == 0
        assert json.loads(result.stdout) == make()


# Rule files


def rule(**changes: Any) -> dict[str, Any]:
    """A rule file of one rule."""
    base: dict[str, Any] = {
        "id": "own-rule",
        "title": "t",
        "why": "w",
        "variables": {"a": {"indicator": "x"}, "b": {"indicator": "y"}},
        "assert": "a == b",
    }
    return {"rules": [{key: value for key, value in (base | changes).items() if value is not None}]}


def test_rules_have_the_keys_that_are_read() -> None:
    definitions = rule_file_schema()["$defs"]
    shape = definitions["RuleShape"]["properties"]
    assert set(shape) == set(RULE_KEYS)
    assert all(shape[key]["description"] == text for key, text in RULE_KEYS.items())
    assert [shape[key]["enum"] for key in ("status", "level")] == [list(STATUSES), list(LEVELS)]
    forms = {name for option in definitions["RuleShape"]["oneOf"][1:] for name in option["required"]}
    assert forms == set(SHORT_FORMS)
    selector = definitions["SelectorShape"]["properties"]
    assert set(selector) == set(KNOWN_KEYS)
    assert all("description" in each for each in selector.values())
    assert selector["nature"]["anyOf"][0]["enum"] == list(NATURES)
    example = definitions["ExampleShape"]["properties"]
    assert set(example) == set(OUTCOME_KEYS)
    assert [example[key]["enum"] for key in ("verdict", "level", "reading")] == [*map(list, (VERDICTS, LEVELS, READINGS))]


def test_the_rule_files_of_the_project_are_right() -> None:
    paths = sorted((ROOT / "rules").glob("*.yaml"))
    assert paths
    for path in paths:
        assert not complaints(rule_file_schema(), as_edited(path.read_text(encoding="utf-8")))


SELECTORS = """
{measure: [level, rate], modality: plan, unit: any, team: Red, round: 3, indicator: [a, b], source: {not: none},
 time_period: =base(b), product: {not: [beef, pork]}, entity: none, stated: false}
"""

RIGHT_RULES = (
    rule(),
    rule(variables={"a": as_edited(SELECTORS), "b": {}}),
    rule(variables={"a": {}, "b": {"list": "=items(a)", "complete": True}}, **{"assert": "a == sum(b)"}),
    rule(variables={"a": {"measure": "share", "whole": "printed"}, "b": {"whole": "=of(a)"}}),
    rule(variables={"a": {}, "b": {"collect": ["team"], "team": "any"}}, subject="a", **{"assert": "a >= sum(b)"}),
    rule(strain=0.3, material="1 %", tolerance={"within": "1 %", "why": "house rounding"}, tags=["a"], since="0.1.0"),
    rule(when='source(a) == "x"', level="note", status="preview", replaced_by="another", subject="b", message="{a}!"),
    rule(examples=[{"a": "5 USD", "b": 5, "verdict": "consistent", "level": "none", "reading": "strict"}]),
    rule(examples=[{"a": {"value": 5, "decimals": 0, "unit": "USD"}, "verdict": "unverifiable", "todo": "later"}]),
    rule(examples=[{"a": {"figure": "5 USD", "product": "beef"}, "b": ["5 USD"], "verdict": "contradiction"}]),
    *(rule(variables=None, **{"assert": None}, **{form: value}) for form, value in (
        ("growth", {}), ("same", {"indicator": "x"}), ("share", {"part": {}, "whole": {}}),
        ("sum", {"total": {"indicator": "x"}, "parts": [{"indicator": "y"}, {"indicator": "z"}]}),
        ("bound", {"figure": {"indicator": "x"}, "lower": 0, "upper": "5 USD"}),
    )),
)  # fmt: skip
WRONG_RULES: tuple[Any, ...] = (
    {"rule": []},
    {"rules": {}},
    {"rules": [{}]},
    rule(id="Own Rule"),
    rule(id=None),
    rule(why=None),
    rule(title=""),
    rule(titel="t"),
    rule(variables=None),
    rule(variables={}),
    rule(variables={"a": "x"}),
    rule(variables={"count": {}}),
    rule(variables={"verdict": {}}),
    rule(variables={"a b": {}}),
    rule(variables={"a": {"figure": 5}}),
    rule(variables={"a": {"Team": 5}}),
    rule(variables={"a": {"measure": "speed"}}),
    rule(variables={"a": {"whole": "of(b)"}}),
    rule(variables={"a": {"time_period": "=bse(b)"}}),
    rule(variables={"a": {"team": {"nott": "x"}}}),
    rule(variables={"a": {"complete": "yes"}}),
    rule(variables={"a": {"entity": "x", "reference_area": "y"}}),
    rule(**{"assert": None}),
    rule(growth={}),
    rule(variables=None, growth={}),
    rule(strain=1.5),
    rule(tolerance={"within": "1 %"}),
    rule(tags="trade"),
    rule(level="fatal"),
    rule(variables=None, **{"assert": None}, growth={}, same={}),
    rule(variables=None, **{"assert": None}, bound={"figure": {}}),
    rule(variables=None, **{"assert": None}, sum={"total": {}, "parts": []}),
    rule(examples=[{"a": "5 USD"}]),
    rule(examples=[{"a": "5 USD", "verdict": "wrong"}]),
    rule(examples=[{"a": {"value": 5}, "verdict": "consistent"}]),
    rule(examples={"a": "5 USD", "verdict": "consistent"}),
)


def as_read(folder: Path, tree: Any) -> bool:
    """Whether the reader takes the rules."""
    from crosscheck.inputs.faults import InputFaults

    path = folder / "rules.yaml"
    path.write_text(yaml.safe_dump(tree, sort_keys=False), encoding="utf-8")
    try:
        read_rule_file(path)
    except InputFaults:
        return False
    return True


@pytest.mark.parametrize("tree", RIGHT_RULES, ids=range(len(RIGHT_RULES)))
def test_what_is_right_to_the_reader_is_right_to_the_schema(tmp_path: Path, tree: Any) -> None:
    assert not complaints(rule_file_schema(), tree)
    assert as_read(tmp_path, tree)


@pytest.mark.parametrize("tree", WRONG_RULES, ids=range(len(WRONG_RULES)))
def test_what_is_wrong_to_the_schema_is_wrong_to_the_reader(tmp_path: Path, tree: Any) -> None:
    assert complaints(rule_file_schema(), tree)
    assert not as_read(tmp_path, tree)


# Configuration


def test_the_configuration_has_the_keys_that_are_read() -> None:
    schema = configuration_schema()
    assert set(schema["properties"]) == set(CONFIGURATION_KEYS)
    assert all(schema["properties"][key]["description"] == text for key, text in CONFIGURATION_KEYS.items())
    assert set(schema["$defs"]["RuleSettings"]["properties"]) == set(SETTINGS_OF_RULES)
    assert schema["$defs"]["RuleSettings"]["properties"]["level"]["enum"] == list(LEVELS)


def test_the_configuration_of_the_project_is_right() -> None:
    assert not complaints(configuration_schema(), tomllib.loads((ROOT / "crosscheck.toml").read_text(encoding="utf-8")))


def test_the_schema_of_the_configuration_takes_what_is_right_and_no_more() -> None:
    right = """
    documents = ["documents"]
    claims = []
    quantities = "words.yaml"
    extend = "../crosscheck.toml"
    rules.own-rule = {level = "note", strain = 0.5, material = "2 %"}
    [readings."releases/**"]
    cut = "error"
    zeros = "exact"
    """
    assert not complaints(configuration_schema(), tomllib.loads(right))
    for wrong in (
        'documents = "documents"',
        'claim = ["x"]',
        'rules = ["x"]',
        'rules.x.levle = "note"',
        'rules.x.level = "loud"',
        "rules.x.strain = 2",
        'readings."a".cut = "exact"',
        "quantities = []",
    ):
        assert complaints(configuration_schema(), tomllib.loads(wrong)), wrong


# Claim files


def test_the_claim_files_of_the_project_are_right() -> None:
    paths = sorted((ROOT / "claims").glob("*.yaml"))
    assert paths
    for path in paths:
        assert not complaints(claim_file_schema(), as_edited(path.read_text(encoding="utf-8")))


# Reports

CLAIMS = """
document: {id: d, path: d.md, published: 2024-06-01}
defaults: {reference_area: KZ, counterpart_area: CN}
claims:
  - {id: now, indicator: exports, time_period: 2023, figure: 31.5 billion USD}
  - {id: then, indicator: exports, time_period: 2022, figure: 24 billion USD}
  - {id: growth, indicator: exports, measure: growth, time_period: 2023, base_period: 2022, figure: 30.1 %}
  - {id: wrong, indicator: exports, measure: change, time_period: 2023, base_period: 2022, figure: 9 billion USD}
  - {id: lone, indicator: imports, measure: growth, time_period: 2023, base_period: 2022, figure: 5 %}
  - {id: once, indicator: imports, time_period: 2019, figure: 30 billion USD}
  - {id: again, indicator: imports, time_period: 2019, figure: 40 billion USD, suppress: same-figure-twice}
  - {id: total, indicator: trade-turnover, time_period: 2023, figure: "100,000,000 USD"}
  - {id: one, indicator: exports, time_period: 2021, figure: 26.7 billion USD}
  - {id: part, indicator: exports, time_period: 2021, measure: share, whole: {counterpart_area: none}, figure: 63 %}
  - {id: all, indicator: exports, time_period: 2021, counterpart_area: none, figure: 41.7 billion USD}
  - {id: infinite, indicator: exports, time_period: 2020, figure: over 5 billion USD}
  - {id: vague, indicator: exports, time_period: 2020, figure: 1.7 trillion USD}
  - {id: either, indicator: imports, measure: growth, direction: unstated, time_period: 2020, figure: 7 %}
"""
WITH_LOOSE = 'rules: [{id: a-b, title: t, why: w, variables: {a: {indicator: x}, b: {indicator: y}}, assert: "a == b / 3"}]'
LOOSE = """
claims:
  - {id: a, indicator: x, figure: "10,000 USD"}
  - {id: b, indicator: y, figure: "31,000 USD"}
"""


def report_of(*arguments: str) -> Any:
    """The JSON report of a command."""
    result = CliRunner().invoke(app, [*arguments, "--format", "json"])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return json.loads(result.stdout)


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Reports of the five documents, of a file with every sort of finding, of nothing at all, and of faults."""
    monkeypatch.chdir(ROOT)
    found = [report_of("all"), report_of("all", "--isolated", "--allow-empty")]
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    for name, text in {
        "all.yaml": CLAIMS,
        "loose.yaml": LOOSE,
        "rules.txt": WITH_LOOSE,
        "bad.yaml": "claims: [{}]",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found.append(report_of("check", "all.yaml"))
    found.append(report_of("check", "loose.yaml", "--isolated", "--rules", "rules.txt"))
    found.append(report_of("check", "bad.yaml"))
    return [*found, report_of("check", "absent.yaml")]


def test_real_reports_are_right(reports: list[Any]) -> None:
    schema = closed(output_schema())
    for report in reports:
        assert report["schema"] == SCHEMA
        assert not complaints(schema, report)
    assert [sorted(report) for report in reports[-2:]] == [["errors", "schema"]] * 2


def test_the_reports_show_every_key_of_the_schema(reports: list[Any]) -> None:
    """Otherwise the test above would look at less than it seems to."""
    definitions = output_schema()["$defs"]
    seen = set(keys_in(reports))
    for name, definition in definitions.items():
        assert set(definition["properties"]) <= seen, name


def keys_in(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        yield from tree
        for value in tree.values():
            yield from keys_in(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from keys_in(value)


def test_the_reports_hold_every_verdict_and_a_loose_reading(reports: list[Any]) -> None:
    checks = [check for report in reports for check in report.get("checks", ())]
    assert {check["verdict"] for check in checks} == set(VERDICTS)
    assert any(check["missing"] and "low" in check["missing"][0] for check in checks)
    assert any(check["reading"] != "strict" and check["loosened"] for check in checks if check["verdict"] == RECONCILABLE)
    assert any(check["assumptions"] for check in checks)
    assert any(check["suppressed"] for check in checks)


def test_the_schema_of_the_report_refuses_what_is_not(reports: list[Any]) -> None:
    schema, good = output_schema(), reports[0]

    def with_check(**changes: Any) -> Any:
        return {**good, "checks": [{**good["checks"][0], **changes}]}

    assert not complaints(schema, with_check(added="later"))  # a later version may say more
    for wrong in (
        {},
        {"schema": SCHEMA, "errors": []},
        {key: value for key, value in good.items() if key != "summary"},
        {**good, "schema": "crosscheck/output/2"},
        with_check(verdict="wrong"),
        with_check(gap=1.15),
        with_check(strain="0.38"),
        with_check(stated={**good["checks"][0]["stated"], "low": "1e9"}),
    ):
        assert complaints(schema, wrong)
