"""`crosscheck test`: the examples of rule files are run, and what they do not get is told at their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import FINDINGS, INPUT, OK, one_rule, repository, run, write

from crosscheck.checking.examples import NO_CHECK

RULES = """\
rules:
  - id: growth-of-ours
    title: The growth is wrong
    why: The two levels give it.
    variables:
      growth: {measure: growth}
      now: {measure: level}
      then: {measure: level, time_period: =base(growth)}
    assert: growth == now / then - 1
    material: 0.5 percentage_point
    examples:
      - {growth: 30.2 %, now: 31.5 billion USD, then: 24.2 billion USD, verdict: consistent}
      - {growth: 30.1 %, now: 31.5 billion USD, then: 24 billion USD, verdict: reconcilable, level: warning}
      - {growth: 30.1 %, now: 31.5 billion USD, then: 21 billion USD, verdict: contradiction, level: error, reading: strict}
      - {growth: 30.1 %, now: 31.5 billion USD, verdict: unverifiable, level: none}
  - id: total-of-ours
    title: The total is wrong
    why: The items make it up.
    variables:
      total: {measure: level}
      items: {measure: level, list: =items(total), complete: true}
    assert: total == sum(items)
    examples:
      - {total: 16, items: [6, 5, 5], verdict: consistent}
      - {total: 17, items: [6, 5, 5], verdict: contradiction}
      - {total: 17, items: [6, 5, missing], verdict: unverifiable}
      - {total: {value: 94800, decimals: -2, unit: USD}, items: [94 thousand USD, 700 USD], verdict: reconcilable}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository to work in."""
    return repository(tmp_path, monkeypatch, {"own.yaml": RULES})


def examples(*lines: str, assertion: str = "a == b", **changes: str) -> str:
    """A rule file of one rule with examples, the first on line 8 (after other changes)."""
    listed = "\n" + "\n".join(f"      - {line}" for line in lines)
    return one_rule(assertion, **changes, examples=listed)


def test_shipped_rules_get_what_their_examples_state(folder: Path) -> None:
    ran = run("test", "--coverage")
    assert (ran.code, ran.err) == (OK, "")
    words = ran.out.split()
    assert words[1::2][:2] == ["rules,", "examples:"]
    assert int(words[0]) > 20
    assert int(words[2]) > 80
    assert ran.out.endswith(" as stated, 0 not\n")


def test_named_files_and_folders_alone_are_run(folder: Path) -> None:
    assert run("test", "own.yaml", "--coverage").out == "2 rules, 8 examples: 8 as stated, 0 not\n"
    write(folder, {"more/a.yaml": examples("{a: 5, b: 5, verdict: consistent}"), "more/b/x.yml": RULES})
    assert run("test", "more").out == "3 rules, 9 examples: 9 as stated, 0 not\n"
    assert run("test", "own.yaml", "more/a.yaml").out == "3 rules, 9 examples: 9 as stated, 0 not\n"
    assert run("test", "more/a.yaml").out == "1 rule, 1 example: 1 as stated, 0 not\n"


def test_rules_of_the_project_come_with_the_shipped_ones(folder: Path) -> None:
    alone = run("test").out
    together = run("test", "--rules", "own.yaml").out
    assert int(together.split()[0]) == int(alone.split()[0]) + 2
    write(folder, {"rules/own.yaml": RULES})
    assert run("test").out == together
    assert run("test", "--isolated", "--rules", "own.yaml").out == "2 rules, 8 examples: 8 as stated, 0 not\n"


def test_what_an_example_does_not_get(folder: Path) -> None:
    lines = (
        "{a: 5, b: 5, verdict: consistent}",
        "{a: 5, b: 5, verdict: contradiction}",
        "{a: 5, b: 6, verdict: consistent, level: note}",
        '{a: "10,000 USD", b: "10,300 USD", verdict: reconcilable, reading: strict, level: warning}',
        "{verdict: consistent}",
        "{a: 5, b: 6, verdict: contradiction, diagnosis: swapped}",
    )
    write(folder, {"wrong.yaml": examples(*lines)})
    ran = run("test", "wrong.yaml")
    assert ran.code == FINDINGS
    assert ran.out.splitlines() == [
        "wrong.yaml:9:9: own-rule: verdict consistent, expected contradiction; the others give 5 for a",
        "wrong.yaml:10:9: own-rule: verdict contradiction, expected consistent; level error, expected note; "
        "the others give 6 for a",
        "wrong.yaml:11:9: own-rule: reading zeros, expected strict",
        f"wrong.yaml:12:9: own-rule: {NO_CHECK}",
        "wrong.yaml:13:9: own-rule: no diagnosis, expected swapped",
        "1 rule, 6 examples: 1 as stated, 5 not",
    ]


def test_units_that_do_not_go_together_are_told(folder: Path) -> None:
    write(folder, {"units.yaml": examples("{a: 5 EUR, b: 5 EUR, verdict: consistent}", assertion="a == b + 0 USD + 1 km")})
    ran = run("test", "units.yaml")
    assert ran.code == FINDINGS
    assert "units.yaml:8:9: own-rule: verdict unverifiable (b + 0 USD is EUR and 1 km is length), expected" in ran.out


def test_examples_to_do_are_counted_and_not_run(folder: Path) -> None:
    later = "{a: 5, b: 6, verdict: consistent, todo: rounding of counts}"
    write(folder, {"later.yaml": examples("{a: 5, b: 5, verdict: consistent}", later)})
    ran = run("test", "later.yaml")
    assert (ran.code, ran.out) == (OK, "1 rule, 1 example: 1 as stated, 0 not, 1 to do\n")


def test_coverage_wants_an_example_that_makes_the_rule_speak(folder: Path) -> None:
    silent = examples("{a: 5, b: 5, verdict: consistent}", "{a: 5, verdict: unverifiable}")
    write(folder, {"silent.yaml": silent, "none.yaml": one_rule(id="other-rule")})
    assert run("test", "silent.yaml", "none.yaml").code == OK
    ran = run("test", "silent.yaml", "none.yaml", "--coverage")
    assert ran.code == FINDINGS
    assert ran.out.splitlines()[:2] == [
        "silent.yaml:2:5: own-rule: no example makes this rule speak",
        "none.yaml:2:5: other-rule: no example makes this rule speak",
    ]
    write(folder, {"silent.yaml": examples("{a: 5, b: 6, verdict: contradiction}")})
    assert run("test", "silent.yaml", "--coverage").code == OK
    assert run("test", "none.yaml", env={"CROSSCHECK_COVERAGE": "1"}).code == FINDINGS


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("{a: 5, b: 5}", 9, "an example needs a `verdict`"),
        ("{a: 5, b: 5, verdict: consistant}", 31, 'did you mean "consistent"?'),
        ("{a: 5, b: 5, verdict: consistent, level: eror}", 50, 'did you mean "error"?'),
        ("{a: 5, b: 5, verdict: consistent, reading: zero}", 52, 'did you mean "zeros"?'),
        ("{a: 5, bb: 5, verdict: consistent}", 16, 'did you mean "b"?'),
        ("{a: 5, c: 5, verdict: consistent}", 16, "one of a, b, verdict"),
        ("{a: 5 metrez, b: 5, verdict: consistent}", 13, 'unknown unit "metrez"'),
        ("{a: 24,600 EUR, b: 5, verdict: consistent}", 16, "quotes around text that holds one"),
        ("{a: [5, 6], b: 5, verdict: consistent}", 13, "a stands for one claim"),
        ("{a: {value: 5}, b: 5, verdict: consistent}", 13, "decimals"),
        ("{a: {value: 5, decimal: 0}, b: 5, verdict: consistent}", 24, 'did you mean "decimals"?'),
        ("{a: {value: 5, decimals: 0, unit: [USD]}, b: 5, verdict: consistent}", 43, "`unit` is text, not a list"),
        ("{a: {figure: 5, Product: x}, b: 5, verdict: consistent}", 25, "is no dimension with a value"),
        ("{a: {product: x}, b: 5, verdict: consistent}", 13, "a mapping here has `figure`"),
        ("[5, 5]", 9, "an example is a mapping, not a list"),
    ],
)
def test_examples_that_are_none(folder: Path, line: str, column: int, words: str) -> None:
    write(folder, {"bad.yaml": examples(line)})
    ran = run("test", "bad.yaml")
    assert ran.code == INPUT
    assert ran.out == ""
    assert f"bad.yaml:8:{column}: error: " in ran.err
    assert words in ran.err


def test_declared_figures_of_examples_are_read_like_those_of_claims(folder: Path) -> None:
    lines = (
        "{a: {value: 5, decimals: 0, rounding: truncate}, b: 5.9, verdict: consistent}",
        "{a: {value: 5, decimals: 0}, b: 5.9, verdict: contradiction}",
        "{a: {value: 5, decimals: INF}, b: 5, verdict: consistent}",
        "{a: {figure: {value: 5, decimals: INF}, product: beef}, b: {figure: 5, product: pork}, verdict: consistent}",
    )
    write(folder, {"declared.yaml": examples(*lines)})
    assert run("test", "declared.yaml").out == "1 rule, 4 examples: 4 as stated, 0 not\n"


def test_nothing_to_test(folder: Path) -> None:
    (folder / "empty").mkdir()
    for arguments in (["empty"], ["--isolated"]):
        ran = run("test", *arguments)
        assert ran.code == INPUT
        assert "there are no rules to test" in ran.err
    assert "no such rule file or folder" in run("test", "absent.yaml").err
    write(folder, {"none.yaml": "rules: []"})
    assert run("test", "none.yaml").code == INPUT
