"""`rules new`, the schema for editors, examples that prove nothing, and the life of a rule from preview to replaced."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from commands import FINDINGS, INPUT, OK, one_rule, run, two_claims, write

from crosscheck.checking.examples import run_examples
from crosscheck.inputs.shipped import shipped
from crosscheck.project.new_rule import write_new_rule
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule

SHIPPED = read_rule_files([shipped("rules")], shipped=True, examples=False)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository to work in."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- new --------------------------------------------------------------------------------------------------------------


def test_a_new_rule_passes_at_once(folder: Path) -> None:
    ran = run("rules", "new", "staff-wrong")
    assert (ran.code, ran.err) == (OK, "")
    assert ran.out.startswith("rules/staff-wrong.yaml: written\nrules/rules.schema.json: written")
    assert run("test", "rules", "--coverage").out == "1 rule, 4 examples: 4 as stated, 0 not\n"
    assert run("rules", "lint").out == "1 rule: 0 remarks\n"
    text = (folder / "rules" / "staff-wrong.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=rules.schema.json\n")


def test_a_rule_that_no_run_would_use_says_so(folder: Path) -> None:
    assert "is not among" not in run("rules", "new", "one-rule").out
    told = "other/two.yaml is not among the rules of the project: name it under `rule_files`, or with --rules"
    assert told in run("rules", "new", "two-rule", "--file", "other/two.yaml").out
    write(folder, {"crosscheck.toml": 'rule_files = ["other"]\n'})
    assert "is not among" not in run("rules", "new", "three-rule").out
    assert (folder / "other" / "three-rule.yaml").is_file()
    write(folder, {"crosscheck.toml": 'rule_files = ["other/two.yaml"]\n'})
    assert "is not among" in run("rules", "new", "four-rule").out


def test_a_percentage_is_no_hundredfold(folder: Path) -> None:
    rule = (
        "rules:\n  - id: own\n    title: t\n    why: w\n"
        "    variables: {a: {measure: share}, b: {unit: any}, c: {unit: any}}\n"
        "    assert: a == b / c * 100\n"
        "    examples:\n      - {a: 75 %, b: 750, c: 1000, verdict: consistent}\n"
    )
    write(folder, {"own.yaml": rule})
    assert "leave `* 100` out" in run("test", "own.yaml").out


def test_the_schema_beside_it_fits_it(folder: Path) -> None:
    run("rules", "new", "staff-wrong")
    schema = json.loads((folder / "rules" / "rules.schema.json").read_text(encoding="utf-8"))
    assert schema == json.loads(run("schema", "rules").out)
    content = yaml.safe_load((folder / "rules" / "staff-wrong.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(content, schema)
    content["rules"][0]["assrt"] = "x"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, schema)


def test_nothing_is_overwritten(folder: Path) -> None:
    write(folder, {"rules/a.yaml": "mine", "rules/rules.schema.json": "mine too"})
    ran = run("rules", "new", "staff-wrong", "--file", "rules/a.yaml")
    assert ran.code == INPUT
    assert "is not overwritten\n    hint: --add puts the rule at its end" in ran.err
    assert (folder / "rules" / "a.yaml").read_text() == "mine"
    (folder / "rules" / "a.yaml").unlink()
    assert run("rules", "new", "staff-wrong").code == OK
    assert (folder / "rules" / "rules.schema.json").read_text() == "mine too"


@pytest.mark.parametrize(
    "before",
    [
        one_rule(),
        one_rule().removesuffix("\n"),
        one_rule().replace("\n", "\r\n"),
        "\ufeff" + one_rule(),
        "# Ours.\n" + one_rule() + "\n\n# The end.\n",
        one_rule().replace("\n  ", "\n"),
        one_rule().replace("\n  ", "\n      "),
    ],
    ids=["plain", "without a last line end", "of Windows", "with a mark", "with comments", "not indented", "far in"],
)
def test_adding_keeps_every_byte(folder: Path, before: str) -> None:
    write(folder, {"own.yaml": before})
    ran = run("rules", "new", "staff-wrong", "--file", "own.yaml", "--add")
    assert ran.code == OK, ran.err
    after = (folder / "own.yaml").read_bytes()
    assert after.startswith(before.encode("utf-8"))
    assert [rule.id for rule in read_rule_files([folder / "own.yaml"])] == ["own-rule", "staff-wrong"]
    assert (b"\r\n" in after) == ("\r\n" in before)
    assert after.count(b"\n") == after.count(b"\r\n") or "\r\n" not in before
    assert not (folder / "rules.schema.json").exists()


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("claims:\n  - {id: a, figure: 5}\n", "a rule cannot be added here"),
        ("rules: []\n", "a rule cannot be added here"),
        ("rules: [" + one_rule().split("- ", 1)[1].split("\n")[0].join("{}") + "]\n", "a rule cannot be added here"),
        (one_rule("a = b"), "a rule cannot be added here"),
        ("rules: {", "not readable as YAML"),
        (b"\xff\xfe", "not UTF-8 text"),
    ],
)
def test_files_that_a_rule_cannot_be_added_to_stay_as_they_are(folder: Path, before: str | bytes, words: str) -> None:
    write(folder, {"own.yaml": before})
    kept = (folder / "own.yaml").read_bytes()
    ran = run("rules", "new", "staff-wrong", "--file", "own.yaml", "--add")
    assert ran.code == INPUT
    assert "own.yaml" in ran.err
    assert words in ran.err
    assert "crosscheck-rule-" not in ran.err
    assert (folder / "own.yaml").read_bytes() == kept


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.id)
def test_every_shipped_rule_can_be_copied(folder: Path, rule: Rule) -> None:
    path = folder / "copy.yaml"
    write_new_rule("copy-of-it", path, False, rule, ())
    (copy,) = read_rule_files([path])
    assert copy.id == "copy-of-it"
    assert copy.assertion == rule.assertion
    assert (copy.since, copy.tags) == (None, ())
    assert not [result for result in run_examples([copy]) if result.differences]


def test_a_copy_by_its_name(folder: Path) -> None:
    assert run("rules", "new", "copy-of-it", "--like", "growth-not-matching-levels").code == OK
    assert run("test", "rules/copy-of-it.yaml").code == OK


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Staff wrong"], "such as staff-wrong"),
        (["a" * 101], "is no rule id"),
        (["growth-not-matching-levels"], "it ships with crosscheck"),
        (["x-y", "--like", "growth-not-matching-level"], 'did you mean "growth-not-matching-levels"?'),
        (["x-y", "--add", "--file", "none.yaml"], "there is no such file to add to"),
    ],
)
def test_what_cannot_be_made(folder: Path, arguments: list[str], words: str) -> None:
    ran = run("rules", "new", *arguments)
    assert (ran.code, ran.out) == (INPUT, "")
    assert words in ran.err
    assert [path.name for path in folder.iterdir()] == [".git"]


def test_a_folder_that_is_a_file(folder: Path) -> None:
    write(folder, {"rules": "a file"})
    ran = run("rules", "new", "staff-wrong", "--config", "none.toml")
    assert ran.code == INPUT
    ran = run("rules", "new", "staff-wrong", "--file", "rules/x.yaml", "--isolated")
    assert ran.code == INPUT
    assert "cannot be written" in ran.err


# --- examples that prove nothing --------------------------------------------------------------------------------------


def proving(assertion: str, *lines: str) -> str:
    """A rule on a, b and c with examples."""
    listed = "\n" + "\n".join(f"      - {line}" for line in lines)
    variables = "{a: {indicator: x}, b: {indicator: y}, c: {indicator: z}}"
    return one_rule(f"'{assertion}'", variables=variables, subject="a", examples=listed)


@pytest.mark.parametrize(
    ("assertion", "line", "words"),
    [
        ("a == b + 0 * c", "{a: 5, b: 5, c: 5, verdict: consistent}", "no example changes its verdict with another c"),
        (
            "a <= max(b, c)",
            "{a: 5, b: 9, c: 5, verdict: consistent}",
            "no example changes its verdict with another b and c",
        ),
        ("a == b + c or a != b + c", "{a: 5, b: 4, c: 1, verdict: consistent}", "this example proves nothing: consistent"),
        ("a <= a - 1 and b == c", "{a: 5, b: 4, c: 1, verdict: contradiction}", "this example proves nothing"),
    ],
)
def test_examples_that_prove_nothing(folder: Path, assertion: str, line: str, words: str) -> None:
    write(folder, {"own.yaml": proving(assertion, line)})
    ran = run("test", "own.yaml", "--coverage")
    assert ran.code == FINDINGS
    assert words in ran.out


def test_examples_that_prove_something(folder: Path) -> None:
    lines = ("{a: 5, b: 4, c: 1, verdict: consistent}", "{a: 6, b: 4, c: 1, verdict: contradiction}")
    for assertion in ("a == b + c", "a <= b + c", "a >= 5 and b + c == 5 and a < 6"):
        write(folder, {"own.yaml": proving(assertion, *lines)})
        assert "proves nothing" not in run("test", "own.yaml", "--coverage").out
        assert "with another" not in run("test", "own.yaml", "--coverage").out


# --- preview, deprecated, replaced ------------------------------------------------------------------------------------


def test_previews_are_off_unless_asked_for(folder: Path) -> None:
    write(folder, {"rules/own.yaml": one_rule(status="preview"), "claims/a.yaml": two_claims(b="20 USD")})
    ran = run("check")
    assert ran.code == OK
    assert "rule own-rule is a preview, and off" in ran.err
    for asked in (("--select", "own-rule"), ("--config", "on.toml"), ("--config", "level.toml")):
        write(folder, {"on.toml": "preview = true\n", "level.toml": '[rules.own-rule]\nstrain = "0.5"\n'})
        ran = run("check", *asked)
        assert (ran.code, ran.err) == (FINDINGS, ""), asked
    write(folder, {"wrong.toml": 'preview = "yes"\n'})
    assert "wrong.toml:1:1: error: `preview` is true or false" in run("check", "--config", "wrong.toml").err


def replaced() -> dict[str, str]:
    """A rule that another one replaced, and claims that break both."""
    old = one_rule(id="old-rule", status="deprecated", replaced_by="own-rule")
    return {"rules/own.yaml": one_rule() + old.partition("\n")[2], "claims/a.yaml": two_claims(b="20 USD")}


def test_a_replaced_rule_is_told_once(folder: Path) -> None:
    write(folder, replaced())
    ran = run("check")
    assert (ran.code, ran.err) == (FINDINGS, "")
    assert "own-rule" in ran.out
    assert "old-rule" not in ran.out
    assert run("rules", "lint").code in (OK, FINDINGS)
    assert "says the same" not in run("rules", "lint").out


@pytest.mark.parametrize(
    ("arguments", "files", "where", "code"),
    [
        (["--select", "old-rule"], {}, "--select", FINDINGS),
        (["--ignore", "old-rule"], {}, "--ignore", OK),
        ([], {"crosscheck.toml": '[rules.old-rule]\nlevel = "warning"\n'}, "the configuration", OK),
        (
            [],
            {"claims/a.yaml": two_claims(a="10 USD, suppress: old-rule", b="20 USD")},
            "a suppression",
            OK,
        ),
    ],
)
def test_an_old_id_goes_on_to_work_and_says_so(
    folder: Path, arguments: list[str], files: dict[str, str], where: str, code: int
) -> None:
    write(folder, {**replaced(), **files})
    ran = run("check", *arguments)
    assert ran.code == code, ran.all
    assert f"{where} names old-rule, which is now own-rule: it is taken for that" in ran.err


def test_a_deprecated_rule_warns_where_it_is_named(folder: Path) -> None:
    write(folder, {"rules/own.yaml": one_rule(status="deprecated"), "claims/a.yaml": two_claims(b="20 USD")})
    assert run("check").err == ""
    ran = run("check", "--select", "own-rule")
    assert ran.code == FINDINGS
    assert "--select names own-rule, which is deprecated and will go" in ran.err


def test_replacements_that_lead_nowhere(folder: Path) -> None:
    write(folder, {"rules/own.yaml": one_rule(replaced_by="own-rull"), "claims/a.yaml": two_claims()})
    assert 'rules/own.yaml:2:5: error: own-rule: no rule has the id "own-rull" of `replaced_by`' in run("check").err
    two = one_rule(replaced_by="other-rule") + one_rule(id="other-rule", replaced_by="own-rule").partition("\n")[2]
    write(folder, {"rules/own.yaml": two})
    ran = run("check")
    assert ran.code == INPUT
    assert "leads in a circle" in ran.err
