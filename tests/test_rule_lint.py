"""`rules lint`: what is weak about rules, and which of them say the same, less, or the opposite."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import FINDINGS, INPUT, OK, one_rule, run, write
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.checking.overlaps import OPPOSITE, SAME, STRONGER, WEAKER, relation_between, triviality
from crosscheck.inputs.shipped import shipped
from crosscheck.rules.files import read_rule_file, read_rule_files
from crosscheck.rules.model import Rule

THREE = "{a: {indicator: x, unit: any}, b: {indicator: y, unit: any}, c: {indicator: z, unit: any}}"


@pytest.fixture(autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository to work in."""
    path = tmp_path_factory.mktemp("project")
    (path / ".git").mkdir()
    monkeypatch.chdir(path)
    return path


def read(assertion: str, folder: Path, subject: str = "a", **changes: str) -> Rule:
    """A rule on three figures."""
    path = folder / "one.yaml"
    path.write_text(
        one_rule(f"'{assertion}'", **{"variables": THREE, "subject": subject, **changes}).replace("    subject: ''\n", "")
    )
    (rule,) = read_rule_file(path, examples=False)
    return rule


def test_shipped_rules_have_nothing_weak() -> None:
    ran = run("rules", "lint", seconds=20)
    assert (ran.code, ran.err) == (OK, ""), ran.out
    assert ran.out.endswith(" rules: 0 remarks\n")


@pytest.mark.parametrize(
    ("mine", "theirs", "relation"),
    [
        ("a == b + c", "a == b + c", SAME),
        ("a == b + c", "a == c + b", SAME),
        ("a == b + c", "b == a - c", SAME),
        ("a == b * c", "b == a / c", SAME),
        ("a == b / c - 1", "b == c * (1 + a)", SAME),
        ("a <= b + c", "b + c >= a", SAME),
        ("a <= b + c", "2 * a <= 2 * b + 2 * c", SAME),
        ("a <= b + c", "-a >= -b - c", SAME),
        ("a <= b + c", "a < b + c", WEAKER),
        ("a <= b + c", "a == b + c", WEAKER),
        ("a == b + c", "a >= b + c", STRONGER),
        ("a < b + c", "a != b + c", STRONGER),
        ("a < b + c", "a > b + c", OPPOSITE),
        ("a < b + c", "a >= b + c", OPPOSITE),
        ("a == b + c", "b < a - c", OPPOSITE),
        ("a == b + c", "a != c + b", OPPOSITE),
        ("a == b + c", "a == b - c", None),
        ("a <= b + c", "a <= b + 2 * c", None),
        ("a <= b + c", "a >= b + c", None),
        ("a == b * c", "a == b + c", None),
        ("a == b + c or a == b", "a == b + c or a == b", SAME),
        ("a == max(b, c)", "a == max(b, c)", SAME),
        ("a <= max(b, c)", "a < max(b, c)", WEAKER),
        ("a == b + c", "a == b + c + 1", None),
    ],
)
def test_how_two_rules_stand_to_one_another(folder: Path, mine: str, theirs: str, relation: str | None) -> None:
    one, other = read(mine, folder), read(theirs, folder)
    assert relation_between(one, other) == relation
    mirrored = {WEAKER: STRONGER, STRONGER: WEAKER}.get(relation or "", relation)
    assert relation_between(other, one) == mirrored


def test_variables_may_have_other_names_and_another_order(folder: Path) -> None:
    named = "{p: {indicator: z, unit: any}, q: {indicator: x, unit: any}, r: {indicator: y, unit: any}}"
    assert relation_between(read("a == b * c", folder), read("q == r * p", folder, "q", variables=named)) == SAME
    assert relation_between(read("a == b / c", folder), read("q == p / r", folder, "q", variables=named)) is None


@pytest.mark.parametrize(
    "changes",
    [{"when": 'product(a) == "beef"'}, {"variables": THREE.replace("x", "w")}, {"tolerance": "{within: 1 %, why: x}"}],
)
def test_rules_about_other_figures_have_nothing_to_do_with_one_another(folder: Path, changes: dict[str, str]) -> None:
    other = read("a <= b + c", folder, **changes)
    assert relation_between(read("a < b + c", folder), other) is None


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(["<=", "<", "==", ">=", ">"]))
def test_a_rule_multiplied_by_a_number_says_the_same(k: int, m: int, operator: str) -> None:
    base = shipped("rules")
    folder = Path.cwd()
    assert base.is_dir()
    one = read(f"a {operator} {m} * b + c", folder)
    other = read(f"{k} * a {operator} {k * m} * b + {k} * c", folder)
    assert relation_between(one, other) == SAME


@pytest.mark.parametrize(
    ("assertion", "words"),
    [
        ("a + b - c == b + a - c", "holds whatever the figures are"),
        ("a + b + c <= a + b + c", "holds whatever the figures are"),
        ("a + b + c < a + b + c", "holds for no figures"),
        ("a + b + c == a + b + c + 1", "holds for no figures"),
        ("a - a + b == c", "makes no difference"),
        ("a - a + b <= c", "makes no difference"),
    ],
)
def test_assertions_that_say_nothing(folder: Path, assertion: str, words: str) -> None:
    assert triviality(read(assertion, folder)) is not None
    write(folder, {"own.yaml": one_rule(f"'{assertion}'", variables=THREE, subject="a")})
    ran = run("rules", "lint", "own.yaml")
    assert ran.code == FINDINGS
    assert words in ran.out


@pytest.mark.parametrize("assertion", ["a == b + c", "a <= b + c", "a * b == c", "a == b / c - 1 or a == c"])
def test_assertions_that_say_something(folder: Path, assertion: str) -> None:
    assert triviality(read(assertion, folder)) is None


def test_no_shipped_assertion_is_trivial() -> None:
    assert not [rule.id for rule in read_rule_files([shipped("rules")], shipped=True) if triviality(rule)]


def test_rules_are_compared_with_the_shipped_ones(folder: Path) -> None:
    run("rules", "new", "growth-of-ours", "--like", "growth-not-matching-levels")
    ran = run("rules", "lint")
    assert ran.code == FINDINGS
    assert "rules/growth-of-ours.yaml:5:5: growth-of-ours: says the same as growth-not-matching-levels" in ran.out
    assert "hint: keep one" in ran.out
    assert run("rules", "lint", "--isolated", "rules").code == OK


def test_contradicting_rules_of_one_file_are_told_once_with_the_place_of_the_other(folder: Path) -> None:
    two = one_rule("a < b") + one_rule("a > b", id="other-rule").partition("\n")[2]
    write(folder, {"own.yaml": two.replace("    assert", "    subject: a\n    assert")})
    out = run("rules", "lint", "own.yaml").out
    assert out.count("contradicts") == 1
    assert "own.yaml:8:5: other-rule: contradicts own-rule (own.yaml:2)" in out


def test_unknown_names(folder: Path) -> None:
    write(folder, {"own.yaml": one_rule(variables="{a: {indicator: exportz}, b: {indicator: imports}}")})
    assert (
        'own.yaml:5:32: nothing knows the indicator "exportz"\n    hint: did you mean "exports"?'
        in run("rules", "lint", "own.yaml").out
    )
    claims = "claims:\n  - {id: a, indicator: exportz, figure: 5}\n"
    write(folder, {"claims/a.yaml": claims})
    assert "nothing knows" not in run("rules", "lint", "own.yaml").out


def test_verdicts_that_no_example_shows(folder: Path) -> None:
    line = "\n      - {a: 5.0 USD, b: 5.0 USD, verdict: consistent}"
    write(folder, {"own.yaml": one_rule(material="1 %", examples=line)})
    out = run("rules", "lint", "own.yaml").out
    assert "no example makes this rule speak" in out
    assert "no example with the verdict reconcilable, contradiction, unverifiable" in out


def test_what_ships_needs_its_version_and_tags(folder: Path) -> None:
    from crosscheck.checking.lint import lint

    path = folder / "one.yaml"
    path.write_text(one_rule())
    told = [fault.message for fault in lint(read_rule_file(path, shipped=True), [])]
    assert "own-rule: a rule that ships needs `since`" in told
    assert "own-rule: a rule that ships needs `tags`" in told


def test_faults_and_nothing_to_look_at(folder: Path) -> None:
    assert run("rules", "lint", "none.yaml").code == INPUT
    write(folder, {"bad.yaml": one_rule("a = b")})
    ran = run("rules", "lint", "bad.yaml")
    assert (ran.code, ran.out) == (INPUT, "")
    assert "equality is `==`" in ran.err
    assert run("rules", "lint", "--isolated").code == INPUT


@pytest.mark.parametrize(("key", "meant"), [("period", "time_period"), ("country", "reference_area"), ("currency", "unit")])
def test_a_dimension_by_another_name(folder: Path, key: str, meant: str) -> None:
    write(folder, {"own.yaml": one_rule(variables=f"{{a: {{indicator: x, {key}: z}}, b: {{indicator: y, {key}: z}}}}")})
    ran = run("rules", "lint", "own.yaml")
    assert ran.code == FINDINGS
    assert f"`{key}` is an open dimension" in ran.out
    assert f"is `{meant}` meant?" in ran.out
