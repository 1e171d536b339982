"""Cases: texts in Markdown files, and the findings that they must lead to."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import FINDINGS, INPUT, OK, one_rule, run, write

from crosscheck.project.cases import Case, read_cases, run_case

CASES = [case for path in sorted((Path(__file__).parent / "cases").glob("*.md")) for case in read_cases(path)]
TEXT = "Exports of beef from Kazakhstan to China reached $1.44 billion in 2023, up 30.1% from $1.2 billion in 2022."


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{Path(case.file).stem}: {case.name}")
def test_case(case: Case) -> None:
    differences = run_case(case).differences
    assert not differences, "\n".join(f"{Path(case.file).name}:{line}: {text}" for line, text in differences)


def one(findings: str, text: str = TEXT, info: str = "text") -> str:
    """A file of one case: the heading on line 1, the text on line 4, the first finding on line 8."""
    return f"# A case\n\n```{info}\n{text}\n```\n\n```findings\n{findings}\n```\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository to work in."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(folder: Path, text: str, code: int) -> str:
    """What `test` says of a case file."""
    write(folder, {"cases/a.md": text})
    ran = run("test", "cases")
    assert ran.code == code, ran.all
    return ran.err if code == INPUT else ran.out


def test_findings_by_line_by_figure_and_by_verdict(folder: Path) -> None:
    rule = "growth-not-matching-levels"
    for finding in (
        f"1 error {rule}",
        f'"30.1%" error {rule}',
        f"1 contradiction {rule}",
        f"document.txt:1 error {rule}  # 20%",
    ):
        assert told(folder, one(finding), OK) == "1 case: 1 as stated, 0 not\n"


def test_what_does_not_come_and_what_nobody_expects(folder: Path) -> None:
    out = told(folder, one("1 warning share-not-matching-levels"), FINDINGS)
    assert out.splitlines() == [
        'cases/a.md:1: A case: not expected: `"30.1%" error growth-not-matching-levels`',
        "cases/a.md:8: A case: expected `1 warning share-not-matching-levels`; share-not-matching-levels was not checked "
        "on anything",
        "1 case: 0 as stated, 1 not",
    ]
    assert "not expected" in told(folder, one("nothing"), FINDINGS)
    wrong_level = told(folder, one("1 warning growth-not-matching-levels"), FINDINGS)
    assert 'there is: `"30.1%" error growth-not-matching-levels`' in wrong_level
    wrong_line = told(folder, one("2 error growth-not-matching-levels"), FINDINGS)
    assert "cases/a.md:8: " in wrong_line
    assert "a-slip" in told(folder, one("1 error growth-not-matching-levels a-slip"), FINDINGS)


def test_a_look_alike_must_have_been_checked(folder: Path) -> None:
    right = TEXT.replace("30.1%", "20%")
    assert told(folder, one("nothing", right), OK)
    assert told(folder, one("1 consistent growth-not-matching-levels", right), OK)
    out = told(folder, one("1 consistent share-not-matching-levels", right), FINDINGS)
    assert "was not checked on anything" in out


def test_reading_findings_and_dates(folder: Path) -> None:
    text = "Profit of the bank changed by 12% in 2023."
    assert told(folder, one("1 warning reading/no-direction", text, "text published=2024-02-01"), OK)


def test_files_of_every_kind(folder: Path) -> None:
    claims = "claims:\n  - {id: a, indicator: x, figure: 5}\n  - {id: b, indicator: y, figure: 6}\n"
    settings = '[rules.own-rule]\nlevel = "warning"\n'
    files = f"# Own\n\n```yaml\n{claims}```\n\n```yaml\n{one_rule()}```\n\n```toml\n{settings}```\n\n```findings\n"
    files += '"5" warning own-rule\n```\n'
    assert told(folder, files, OK)
    assert "unknown unit" in told(folder, files.replace("figure: 6", "figure: 6 metrez"), INPUT)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (one("1 eror growth-not-matching-levels"), 8, 'did you mean "error"?'),
        (one("1 error growth-not-matching-level"), 8, 'did you mean "growth-not-matching-levels"?'),
        (one("error growth-not-matching-levels"), 8, "such as `1 error growth"),
        (one("other.txt:1 error growth-not-matching-levels"), 8, 'no file "other.txt"'),
        ("# A\n\n```findings\nnothing\n```\n", 1, "no text that could lead to them"),
        (one("nothing") + "\n```findings\nnothing\n```\n", 11, "a second `findings`"),
        (one("nothing") + "\n```text\nb\n```\n", 11, "a second file"),
        (one("nothing", info='text title="../a.md"'), 3, "cannot name a file"),
        (one("nothing", info='text title="/a.md"'), 3, "cannot name a file"),
        (one("nothing", info="text published=soon"), 3, "is no date"),
        ("# A\n\n```text\nb\n", 3, "never closed"),
        ("# Prose only\n", None, "there are no cases here"),
    ],
)
def test_faults_of_a_case_file(folder: Path, text: str, line: int | None, words: str) -> None:
    err = told(folder, text, INPUT)
    assert words in err
    assert err.startswith("cases: error" if line is None else f"cases/a.md:{line}:1: error: ")


def test_faults_of_a_file_in_a_case_stand_at_their_line(folder: Path) -> None:
    text = "# A\n\n```yaml\nclaims:\n  - {id: a, figure: 5}\n  - {idd: b, figure: 5}\n```\n\n```findings\nnothing\n```\n"
    assert "cases/a.md:6:5: error: " in told(folder, text, INPUT)
    assert str(folder) not in told(folder, text, INPUT)


def test_rules_and_cases_in_one_folder(folder: Path) -> None:
    rule = (
        "rules:\n  - id: own-rule\n    title: t\n    why: w\n    variables: {a: {indicator: x}, b: {indicator: y}}\n"
        "    assert: a == b\n    examples:\n      - {a: 5, b: 5, verdict: consistent}\n"
    )
    write(folder, {"all/own.yaml": rule, "all/a.md": one("1 error growth-not-matching-levels")})
    assert run("test", "all").out == "1 rule, 1 example: 1 as stated, 0 not\n1 case: 1 as stated, 0 not\n"
    assert run("test", "all/a.md").out == "1 case: 1 as stated, 0 not\n"
    assert run("test", "all/own.yaml").out == "1 rule, 1 example: 1 as stated, 0 not\n"
