"""Configuration: which file applies, what it says, every fault with its line, and what it changes in a run."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from commands import FINDINGS, INPUT, OK, one_rule, run, two_claims, write
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.project.configuration import KEYS, RULE_KEYS, Configuration, discover, isolated, load
from crosscheck.project.places import line_of, places_of


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository to work in."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Configuration:
    """The configuration that applies in a folder."""
    monkeypatch.chdir(folder)
    return discover(Path.cwd())


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


def faults_of(read: Callable[[], object]) -> list[Fault]:
    with pytest.raises(InputFaults) as caught:
        read()
    return list(caught.value.faults)


def faults(text: str, folder: Path) -> list[Fault]:
    """The faults of a configuration with that text."""
    write(folder, {"crosscheck.toml": dedent(text)})
    return faults_of(lambda: load(Path("crosscheck.toml")))


def settings(text: str, folder: Path) -> Configuration:
    """The configuration with that text."""
    write(folder, {"crosscheck.toml": dedent(text)})
    return load(Path("crosscheck.toml"))


# Which file applies


def test_the_nearest_file_wins(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, {"outer/x": "", "inner/a/b/x": "", "inner/x": ""})
    write(folder, {"crosscheck.toml": 'claims = ["outer"]', "inner/crosscheck.toml": 'claims = ["a"]'})
    assert names(found_from(folder, monkeypatch).claims) == ["outer"]
    assert names(found_from(folder / "outer", monkeypatch).claims) == ["outer"]
    for place in ("inner", "inner/a", "inner/a/b"):
        found = found_from(folder / place, monkeypatch)
        assert [path.resolve() for path in found.claims] == [folder / "inner" / "a"]
        assert found.root.resolve() == folder / "inner"


def test_the_order_of_names_in_one_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, {f"{name}/x": "" for name in "abc"})
    write(folder, {"pyproject.toml": '[tool.crosscheck]\nclaims = ["c"]'})
    assert names(found_from(folder, monkeypatch).claims) == ["c"]
    write(folder, {".crosscheck.toml": 'claims = ["b"]'})
    assert names(found_from(folder, monkeypatch).claims) == ["b"]
    write(folder, {"crosscheck.toml": 'claims = ["a"]'})
    assert names(found_from(folder, monkeypatch).claims) == ["a"]


def test_a_pyproject_that_says_nothing_is_passed_by(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, {"crosscheck.toml": 'claims = ["outer"]', "outer/x": "", "inner/pyproject.toml": '[project]\nname = "x"'})
    assert names(found_from(folder / "inner", monkeypatch).claims) == ["outer"]
    write(folder, {"inner/pyproject.toml": "[tool.crosscheck]"})
    found = found_from(folder / "inner", monkeypatch)
    assert (found.claims, found.file) == ((), Path("pyproject.toml"))


def test_the_search_ends_at_the_root_of_the_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, {"crosscheck.toml": 'claims = ["x"]', "x/x": "", "repository/.git/x": "", "repository/a/b/x": ""})
    for place in ("repository", "repository/a", "repository/a/b"):
        assert found_from(folder / place, monkeypatch).file is None
    (folder / "repository" / ".git" / "x").unlink()
    (folder / "repository" / ".git").rmdir()
    (folder / "repository" / ".git").write_text("gitdir: elsewhere")  # a work tree, a submodule
    assert found_from(folder / "repository" / "a", monkeypatch).file is None
    (folder / "repository" / ".git").unlink()
    assert found_from(folder / "repository" / "a" / "b", monkeypatch).file is not None


def test_without_a_file_the_usual_folders_apply(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert discover(folder).claims == ()
    write(folder, {f"{name}/x": "" for name in ("documents", "claims", "rules", "codelists")})
    found = found_from(folder, monkeypatch)
    assert [names(paths) for paths in (found.documents, found.claims, found.rule_files, found.code_lists)] == [
        ["documents"],
        ["claims"],
        ["rules"],
        ["codelists"],
    ]
    assert found.file is None


def test_a_file_that_says_nothing_of_a_kind_leaves_its_usual_folder(folder: Path) -> None:
    write(folder, {"claims/x": "", "rules/x": "", "mine/x": ""})
    found = settings('rule_files = ["mine"]\ndocuments = []', folder)
    assert (names(found.claims), names(found.rule_files), found.documents) == (["claims"], ["mine"], ())


def test_isolated_means_nothing_at_all(folder: Path) -> None:
    write(folder, {"claims/x": "", "crosscheck.toml": 'claims = ["claims"]'})
    assert isolated(folder).claims == ()


def test_a_named_file(folder: Path) -> None:
    write(folder, {"etc/own.toml": 'claims = ["../claims"]', "claims/x": "", "etc/pyproject.toml": "[project]"})
    assert [path.resolve() for path in load(Path("etc/own.toml")).claims] == [folder / "claims"]
    assert "has no [tool.crosscheck] table" in faults_of(lambda: load(Path("etc/pyproject.toml")))[0].message
    assert "No such file" in faults_of(lambda: load(Path("etc/absent.toml")))[0].message
    assert "folder" in faults_of(lambda: load(Path("etc")))[0].message


# What it says


def test_every_key_is_read(folder: Path) -> None:
    write(folder, dict.fromkeys(("d/x", "c/x", "r/x", "l/x", "words.yaml", "base.toml"), ""))
    found = settings(
        """
        extend = "base.toml"
        documents = ["d"]
        claims = ["c"]
        rule_files = ["r", "r/x"]
        code_lists = ["l"]
        quantities = "words.yaml"
        [rules.some-rule]
        level = "note"
        material = "2 percentage_point"
        strain = 0.5
        [rules]
        other-rule = {material = "1 %", strain = "0.125"}
        third-rule.strain = 1
        [readings."releases/**"]
        cut = "error"
        zeros = "exact"
        [tables."data/*.csv".columns]
        value = "VALUE"
        """,
        folder,
    )
    assert [names(p) for p in (found.documents, found.claims, found.rule_files, found.code_lists)] == [
        ["d"],
        ["c"],
        ["r", "x"],
        ["l"],
    ]
    assert found.quantities == Path("words.yaml")
    some, other, third = (found.rules[name] for name in ("some-rule", "other-rule", "third-rule"))
    assert (some.level, some.strain, some.line) == ("note", Fraction(1, 2), 8)
    assert some.material is not None
    assert (some.material.amount, some.material.relative) == (Fraction(2, 100), False)
    assert other.material is not None
    assert (other.material.amount, other.material.relative, other.level) == (Fraction(1, 100), True, None)
    assert (other.strain, third.strain) == (Fraction(1, 8), Fraction(1))
    assert found.readings_off("releases/2024/q1.md") == {"cut", "zeros"}
    assert found.readings_off("other/q1.md") == found.readings_off(None) == frozenset()
    assert found.table_mapping("data/x.csv") is not None
    assert set(KEYS) == {*found.__slots__, "extend"} - {"root", "file"}


def test_the_last_pattern_that_fits_counts(folder: Path) -> None:
    found = settings(
        """
        [readings."**"]
        cut = "error"
        zeros = "exact"
        [readings."old/**"]
        cut = "allow"
        """,
        folder,
    )
    assert found.readings_off("new/a.md") == {"cut", "zeros"}
    assert found.readings_off("old/a.md") == {"zeros"}


def test_pyproject_has_the_same_settings(folder: Path) -> None:
    write(
        folder,
        {"c/x": "", "pyproject.toml": '[tool.crosscheck]\nclaims = ["c"]\n[tool.crosscheck.rules.x]\nlevel = "note"'},
    )
    found = load(Path("pyproject.toml"))
    assert (names(found.claims), found.rules["x"].level, found.rules["x"].line) == (["c"], "note", 3)
    write(folder, {"pyproject.toml": '[project]\nname = "x"\n\n[tool.crosscheck]\nclaimz = ["c"]'})
    (fault,) = faults_of(lambda: load(Path("pyproject.toml")))
    assert (fault.line, fault.hint) == (5, 'did you mean "claims"?')
    write(folder, {"pyproject.toml": "[tool]\ncrosscheck = 1"})
    assert faults_of(lambda: load(Path("pyproject.toml")))


def test_extending_adds_to_what_the_other_says(folder: Path) -> None:
    write(folder, {"c/x": "", "etc/d/x": "", "words.yaml": ""})
    write(
        folder,
        {
            "etc/base.toml": (
                'claims = ["d"]\nquantities = "../words.yaml"\n'
                '[rules.a]\nlevel = "note"\nstrain = 0.5\n[rules.b]\nlevel = "error"\n[readings."*"]\ncut = "error"'
            )
        },
    )
    found = settings(
        """
        extend = "etc/base.toml"
        claims = ["c"]
        rules.a.level = "warning"
        readings.x.zeros = "exact"
        """,
        folder,
    )
    assert [path.resolve() for path in found.claims] == [folder / "etc" / "d", folder / "c"]
    assert found.quantities is not None
    assert found.quantities.resolve() == folder / "words.yaml"
    assert (found.rules["a"].level, found.rules["a"].strain, found.rules["b"].level) == ("warning", Fraction(1, 2), "error")
    assert (Path(found.rules["a"].file).name, Path(found.rules["b"].file).name) == ("crosscheck.toml", "base.toml")
    assert found.readings_off("x") == {"cut", "zeros"}
    assert found.root.resolve() == folder


def test_extending_in_a_chain_and_in_a_circle(folder: Path) -> None:
    write(folder, {f"{i}.toml": f'extend = "{i + 1}.toml"' for i in range(1, 8)} | {"8.toml": "[rules.x]\nlevel = 'note'"})
    assert load(Path("1.toml")).rules["x"].level == "note"
    write(folder, {"8.toml": 'extend = "1.toml"'})
    (fault,) = faults_of(lambda: load(Path("1.toml")))
    assert "in a circle" in fault.message
    assert fault.line == 1


# Faults


@pytest.mark.parametrize(
    ("text", "line", "words", "hint"),
    [
        ("\nclaimz = []", 2, 'unknown key "claimz"', 'did you mean "claims"?'),
        ("\n\n[rule.x]", 3, 'unknown key "rule"', 'did you mean "rules"?'),
        ("zzz = 1", 1, 'unknown key "zzz"', "one of documents, claims"),
        ('claims = "claims"', 1, "`claims` is a list of paths", 'write `claims = ["claims"]`'),
        ("claims = [1]", 1, "`claims` is a list of paths", None),
        ('claims = ["absent"]', 1, '"absent" in `claims` does not exist', None),
        ("quantities = ['x']", 1, "`quantities` is a path", None),
        ('quantities = "absent"', 1, "does not exist", None),
        ("extend = 1", 1, "`extend` is the path of a configuration file", None),
        ('extend = "absent.toml"', 1, "does not exist", None),
        ('rules = ["rules"]', 1, "`rules` is a table by rule id", "`rule_files`"),
        ("rules.x = 1", 1, "[rules.x] is a table with level, material, strain", None),
        ("\n[rules.x]\n\nlevle = 'note'", 4, 'unknown key "levle" in [rules.x]', 'did you mean "level"?'),
        ("[rules.x]\nlevel = 'eror'", 2, 'unknown level "eror"', 'did you mean "error"?'),
        ("[rules.x]\nlevel = 5", 2, 'unknown level "5"', "one of error"),
        ("[rules.x]\nmaterial = 'much'", 2, "an amount is a number with a unit", None),
        ("[rules.x]\nmaterial = '5 dollarz'", 2, 'unknown unit "dollarz"', None),
        ("[rules.x]\nstrain = 2", 2, "strain is a number from 0 to 1", None),
        ("[rules.x]\nstrain = true", 2, "strain is a number from 0 to 1", None),
        ("[rules.x]\nstrain = -0.1", 2, "strain is a number from 0 to 1", None),
        ("[rules.x]\nlevel = 'note'\n[rules.'y']\nlevel = 'x'", 4, 'unknown level "x"', "note"),
        ('rules = {x = {level = "x"}}', 1, 'unknown level "x"', "note"),
        ("readings = 1", 1, "`readings` is a table by path pattern", 'cut = "error" or "allow"'),
        ("readings.x = 1", 1, 'readings of "x" are a table', "zeros"),
        ('[readings."a/**"]\n\ncutt = "error"', 3, 'unknown reading "cutt"', 'did you mean "cut"?'),
        ('[readings."a/**"]\ncut = "exact"', 2, 'cut cannot be "exact"', 'cut = "error" or "allow"'),
        ("claims = [\n", None, "not readable as TOML", None),
        ("claims = []\n]", 2, "not readable as TOML", None),
    ],
)  # fmt: skip
def test_each_fault_has_its_line(folder: Path, text: str, line: int | None, words: str, hint: str | None) -> None:
    (fault,) = faults(text, folder)
    assert fault.file == "crosscheck.toml"
    assert (fault.line, fault.column) == (line, None if line is None else fault.column)
    assert words in fault.message
    assert hint is None or hint in (fault.hint or "")


def test_all_faults_at_once_in_the_order_of_lines(folder: Path) -> None:
    text = """
    claimz = []
    claims = ["absent", "missing"]
    [rules.x]
    level = "eror"
    strain = 5
    [readings."x"]
    cut = 1
    """
    assert [fault.line for fault in faults(text, folder)] == [2, 3, 3, 5, 6, 8]


def test_faults_of_what_is_extended_name_its_file(folder: Path) -> None:
    write(folder, {"base.toml": "\nclaimz = []"})
    (fault,) = faults('extend = "base.toml"', folder)
    assert (Path(fault.file).name, fault.line) == ("base.toml", 2)


def test_places_in_toml() -> None:
    text = dedent(
        """
        top = 1
        "quoted key" = 2
        dotted . key = 3
        [table]  # of things
        a = 1
        [ table . "with.dot" ]
        b = {c = 1}
        'single' = 5
        [[array]]
        x = [
          1,
        ]
        """
    )
    places = places_of(text)
    assert places == {
        ("top",): 2,
        ("quoted key",): 3,
        ("dotted",): 4,
        ("dotted", "key"): 4,
        ("table",): 5,
        ("table", "a"): 6,
        ("table", "with.dot"): 7,
        ("table", "with.dot", "b"): 8,
        ("table", "with.dot", "single"): 9,
        ("array",): 10,
        ("array", "x"): 11,
    }
    assert line_of(places, ("table", "with.dot", "b", "c")) == 8
    assert line_of(places, ("nothing", "here")) is None


@given(st.text(max_size=60))
def test_any_text_has_places(text: str) -> None:
    assert all(1 <= line <= len(text.splitlines()) for line in places_of(text).values())


# What it changes in a run


def checks_of(*arguments: str) -> list[Any]:
    ran = run("check", *arguments, "--select", "own-rule", "--format", "json")
    assert ran.code in (OK, FINDINGS), ran.out
    checks: list[Any] = json.loads(ran.out)["checks"]
    return checks


def test_settings_of_rules(folder: Path) -> None:
    write(folder, {"claims/a.yaml": two_claims("9.7 USD", "10 USD"), "rules/r.yaml": one_rule(material="1 %")})
    assert [check["level"] for check in checks_of()] == ["warning"]
    for setting, level in {
        'material = "5 %"': "note",
        "strain = 0.6": "note",
        "strain = 0.5": "warning",
        'level = "note"': "note",
        'level = "none"': "none",
        'level = "error"': "warning",
    }.items():
        write(folder, {"crosscheck.toml": f"[rules.own-rule]\n{setting}"})
        assert [check["level"] for check in checks_of()] == [level], setting
    write(
        folder, {"claims/a.yaml": two_claims("10 USD", "20 USD"), "crosscheck.toml": '[rules.own-rule]\nlevel = "warning"'}
    )
    assert [check["level"] for check in checks_of()] == ["warning"]
    assert run("check").code == OK
    assert run("check", "--fail-on", "warning").code == FINDINGS


def test_settings_of_a_rule_that_nothing_has(folder: Path) -> None:
    write(folder, {"claims/a.yaml": two_claims(), "crosscheck.toml": '\n[rules.growth-not-matching-level]\nlevel = "note"'})
    ran = run("check")
    assert ran.code == INPUT
    assert "crosscheck.toml:2: error: [rules.growth-not-matching-level]: no rule has this id" in ran.err
    assert 'did you mean "growth-not-matching-levels"?' in ran.err


def test_house_style_by_path(folder: Path) -> None:
    claims = two_claims('"10,000 USD"', '"10,300 USD"')
    write(folder, {"claims/a.yaml": f"document: {{path: releases/a.md}}\n{claims}", "rules/r.yaml": one_rule()})
    (check,) = checks_of()
    assert (check["verdict"], check["reading"]) == ("reconcilable", "zeros")
    write(folder, {"crosscheck.toml": '[readings."releases/**"]\nzeros = "exact"'})
    (check,) = checks_of()
    assert check["verdict"] == "contradiction"
    write(folder, {"crosscheck.toml": '[readings."drafts/**"]\nzeros = "exact"'})
    (check,) = checks_of()
    assert check["verdict"] == "reconcilable"


def test_own_code_lists_and_words(folder: Path) -> None:
    write(
        folder,
        {
            "claims/a.yaml": two_claims("a score of USD", "20 USD").replace("x,", "harvest,"),
            "rules/r.yaml": one_rule(variables="{a: {indicator: harvest}, b: {indicator: y}}"),
        },
    )
    assert run("check").code == INPUT
    write(folder, {"words.yaml": "quantities: {numbers: {a score of: 20}}", "crosscheck.toml": 'quantities = "words.yaml"'})
    assert [check["verdict"] for check in checks_of()] == ["consistent"]


def test_paths_are_those_of_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run from a folder below, paths start from the configuration, and messages from where one stands."""
    write(folder, {"data/claims/a.yaml": two_claims("10 USD", "20 USD"), "data/own/r.yaml": one_rule(), "data/deep/x": ""})
    write(folder, {"data/crosscheck.toml": 'rule_files = ["own"]\nclaims = ["claims"]'})
    monkeypatch.chdir(folder / "data" / "deep")
    ran = run("check", "--format", "concise")
    assert ran.code == FINDINGS
    assert ran.out.startswith("../claims/a.yaml (a): error: ")


def test_the_keys_of_rules_are_those_of_the_settings() -> None:
    from dataclasses import fields

    from crosscheck.project.configuration import RuleSettings

    assert {field.name for field in fields(RuleSettings)} == {*RULE_KEYS, "file", "line"}
