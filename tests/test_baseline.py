"""Findings that are accepted for now (the baseline), and findings that are kept silent in documents and in one file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from commands import FINDINGS, INPUT, OK, STRICT, repository, run, within, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crosscheck.project.baseline import Entry, baseline_text, read_baseline
from crosscheck.project.silencing import comments

WRONG = (
    "Published: 2 February 2024\n\nNorthwind Ltd said revenue grew 9% to €8.4 million in 2023 from €8.0 million in 2022.\n"
)
NO_DIRECTION = "Published: 2 February 2024\n\nProfit of Northwind Ltd changed by 12% in 2023.\n"
BASELINE = "crosscheck.baseline.yaml"
RULE = "growth-not-matching-levels"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a document that holds a wrong figure."""
    return repository(tmp_path, monkeypatch, {"documents/a.md": WRONG})


def test_what_is_accepted_does_not_fail_and_is_counted(folder: Path) -> None:
    write(folder, {"documents/b.md": NO_DIRECTION})
    assert run("all").code == FINDINGS
    ran = run("baseline", "write", "--reason", 'known: "old"', "--author", "ed", "--expires", "2999-01-01")
    assert (ran.code, ran.out) == (OK, f"{BASELINE}: 2 findings accepted\n")
    ran = run("all", "--strict=suppressions")
    assert (ran.code, ran.err) == (OK, "")
    assert "0 errors, 0 warnings" in ran.out
    assert "suppressed: 2" in ran.out
    report = json.loads(run("all", "--format", "json").out)
    assert report["summary"]["suppressed"] == 2
    places = [check["suppressed"] for check in (*report["checks"], *report["reading"]) if check["suppressed"]]
    assert sorted(places) == [f"{BASELINE}:15", f"{BASELINE}:4"]
    text = (folder / BASELINE).read_text(encoding="utf-8")
    assert 'reason: "known: \\"old\\""' in text
    assert "expires: 2999-01-01" in text


def test_a_new_finding_fails_and_can_be_accepted_too(folder: Path) -> None:
    run("baseline", "write", "--reason", "old")
    write(folder, {"documents/b.md": WRONG.replace("Northwind", "Southwind")})
    ran = run("all", "--format", "concise")
    assert ran.code == FINDINGS
    assert "documents/b.md:3:33: error" in ran.out
    assert "documents/a.md:3:33" not in ran.out.partition("\n")[0]
    assert run("baseline", "show").out.splitlines()[0].startswith("new: documents/b.md: 9% does not follow")
    ran = run("baseline", "update", "--reason", "newer")
    assert ran.out == f"{BASELINE}: 1 finding more accepted, 2 in all\n"
    assert run("all").code == OK
    reasons = [line.strip() for line in (folder / BASELINE).read_text().splitlines() if "reason" in line]
    assert sorted(reasons[1:]) == ['reason: "newer"', 'reason: "old"']


def test_what_is_resolved_is_told_and_pruned(folder: Path) -> None:
    run("baseline", "write")
    write(folder, {"documents/a.md": WRONG.replace("9%", "5%")})
    ran = run("all", "--quiet")
    assert ran.code == OK
    assert "1 entry is about findings that are gone: `crosscheck baseline show` tells which" in ran.err
    assert run("all", "--strict=suppressions").code == STRICT
    assert "resolved: documents/a.md: 9% does not follow" in run("baseline", "show").out
    assert run("baseline", "prune").out == f"{BASELINE}: 1 finding taken out, 0 left\n"
    assert run("all", "--strict=suppressions").code == OK
    assert (folder / BASELINE).read_text(encoding="utf-8").endswith("baseline: []\n")


def test_a_part_of_the_project_cannot_tell_what_is_gone(folder: Path) -> None:
    write(folder, {"documents/b.md": NO_DIRECTION})
    run("baseline", "write")
    for arguments in (["documents/a.md"], ["--select", RULE], ["--ignore", "reading"]):
        assert run("all", *arguments).err == ""
    assert run("baseline", "prune", "documents/a.md").code == INPUT


def test_what_gets_worse_is_reported_again(folder: Path) -> None:
    write(folder, {"crosscheck.toml": f'[rules.{RULE}]\nlevel = "warning"\n'})
    run("baseline", "write")
    assert run("all").code == OK
    (folder / "crosscheck.toml").unlink()
    assert run("all").code == FINDINGS
    assert run("baseline", "show").out.startswith("worse: documents/a.md")
    run("baseline", "update")
    assert run("all").code == OK


def test_what_cannot_be_checked_any_more_is_not_resolved(folder: Path) -> None:
    run("baseline", "write")
    write(folder, {"documents/a.md": WRONG.replace(" from €8.0 million in 2022", "")})
    assert run("baseline", "show").out.startswith("newly unverifiable: documents/a.md: 9%")
    assert run("baseline", "prune").out.endswith("0 findings taken out, 1 left\n")


def test_an_entry_outlives_other_lines_names_and_documents(folder: Path) -> None:
    run("baseline", "write")
    write(folder, {"documents/a.md": WRONG.replace("\n\n", "\n\nA first paragraph.\n\n")})
    assert run("all").code == OK
    again = WRONG.replace("grew 9% to €8.4 million in 2023 from €8.0 million in 2022", "reached €8.4 million in 2023")
    write(folder, {"documents/z.md": again})
    ran = run("all")
    assert (ran.code, ran.err) == (OK, "")
    before = (folder / BASELINE).read_text()
    run("baseline", "update")
    assert (folder / BASELINE).read_text().count("fingerprint") == before.count("fingerprint") == 1
    assert run("all", "--strict=suppressions").code == OK


def test_expired_entries_silence_nothing(folder: Path) -> None:
    run("baseline", "write", "--expires", "2020-01-01")
    ran = run("all", "--quiet")
    assert ran.code == FINDINGS
    assert f"{BASELINE}:4: expired on 2020-01-01" in ran.err
    assert run("all", "--fail-on", "never", "--strict=suppressions").code == STRICT
    assert run("baseline", "prune").out.endswith("1 finding taken out, 0 left\n")


def test_the_file_can_be_named_and_configured(folder: Path) -> None:
    assert run("baseline", "write", "--baseline", "old/known.yaml").code == OK
    assert run("all").code == FINDINGS
    assert run("all", "--baseline", "old/known.yaml").code == OK
    write(folder, {"crosscheck.toml": 'baseline = "old/known.yaml"\n'})
    assert run("all").code == OK
    assert run("all", "--baseline", "none.yaml").code == INPUT
    write(folder, {"crosscheck.toml": "baseline = 5\n"})
    assert "`baseline` is a path" in run("all").err


def test_writing_is_stable_and_overwrites_nothing(folder: Path) -> None:
    run("baseline", "write", "--baseline", "one.yaml")
    run("baseline", "write", "--baseline", "two.yaml")
    assert (folder / "one.yaml").read_bytes() == (folder / "two.yaml").read_bytes()
    ran = run("baseline", "write", "--baseline", "one.yaml")
    assert (ran.code, ran.out) == (INPUT, "")
    assert "is not overwritten\n    hint: `crosscheck baseline update`" in ran.err
    run("baseline", "update", "--baseline", "one.yaml")
    assert (folder / "one.yaml").read_bytes() == (folder / "two.yaml").read_bytes()
    for command in ("update", "prune", "show"):
        assert "there is no such baseline" in run("baseline", command).err


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("findings: []", "1:1", 'unknown key "findings"'),
        ("baseline: 5", "1:11", "a list under `baseline`"),
        ("baseline:\n  - 5", "2:5", "an entry is a mapping"),
        ("baseline:\n  - {rule: x, level: error}", "2:5", "an entry needs `fingerprint`"),
        ("baseline:\n  - {fingerprint: a, rule: x, level: eror}", "2:5", 'did you mean "error"?'),
        ("baseline:\n  - {fingerprint: a, rule: x, level: error, expires: soon}", "2:54", "is no date"),
        ("baseline:\n  - {fingerprint: a, rule: x, level: error, raison: x}", "2:45", 'did you mean "reason"?'),
        ("baseline:\n  - {fingerprint: a, rule: [x], level: error}", "2:28", "`rule` is text"),
        (
            "baseline:\n  - {fingerprint: a, rule: x, level: error}\n  - {fingerprint: a, rule: x, level: error}",
            "3:5",
            "first on line 2",
        ),
    ],
)
def test_faults_of_a_baseline(folder: Path, text: str, place: str, words: str) -> None:
    write(folder, {BASELINE: text})
    ran = run("all")
    assert (ran.code, ran.out) == (INPUT, "")
    assert any(line.startswith(f"{BASELINE}:{place}: error: ") for line in ran.err.splitlines()), ran.err
    assert words in ran.err


# --- comments in documents --------------------------------------------------------------------------------------------

COMMENT = f"<!-- crosscheck: ignore {RULE} -- the agency rounds oddly -->"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", WRONG.replace("2022.", f"2022. {COMMENT}")),
        ("a.md", WRONG.replace("Northwind", f"{COMMENT}\nNorthwind")),
        ("a.md", WRONG.replace("Northwind", f"{COMMENT}\n\nNorthwind")),
        ("a.md", WRONG + f"\n{COMMENT.replace('ignore', 'ignore-file')}\n"),
        ("a.md", WRONG.replace("Northwind", f"{COMMENT.replace(' --', ' until 2999-01-01 --', 1)}\nNorthwind")),
        ("a.md", WRONG.replace("Northwind", f"{COMMENT.replace(RULE, RULE + ', ' + RULE)}\nNorthwind")),
        ("a.html", f"<p>Published: 2 February 2024</p>\n{COMMENT}\n<p>{WRONG.partition('2024')[2].strip()}</p>\n"),
        ("a.txt", WRONG.replace("2022.", f"2022. {COMMENT}")),
    ],
)
def test_a_comment_silences_a_rule_where_it_stands(folder: Path, name: str, text: str) -> None:
    (folder / "documents" / "a.md").unlink()
    write(folder, {f"documents/{name}": text})
    ran = run("all", "--strict=suppressions")
    assert (ran.code, ran.err) == (OK, ""), ran.all
    assert "suppressed: 1" in ran.out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{COMMENT}\nThe first paragraph.\n\n{WRONG}", "silences no finding"),
        (
            WRONG.replace("Northwind", f"{COMMENT.replace(RULE, 'share-not-matching-levels')}\nNorthwind"),
            "silences no finding",
        ),
        (WRONG.replace("Northwind", f"{COMMENT.replace(RULE, RULE[:-1])}\nNorthwind"), f'did you mean "{RULE}"?'),
        (WRONG.replace("Northwind", f"{COMMENT.replace('ignore', 'ignroe')}\nNorthwind"), "is not understood"),
        (WRONG.replace("Northwind", "<!-- crosscheck: ignore -->\nNorthwind"), "is not understood"),
        (WRONG.replace("Northwind", f"{COMMENT.replace(' --', ' until soon --', 1)}\nNorthwind"), "is not understood"),
        (WRONG.replace("Northwind", f"{COMMENT.replace(' --', ' until 2020-01-01 --', 1)}\nNorthwind"), "expired on"),
    ],
)
def test_comments_that_silence_nothing_are_told(folder: Path, text: str, words: str) -> None:
    write(folder, {"documents/a.md": text})
    ran = run("all")
    assert ran.code == FINDINGS
    assert words in ran.err
    assert run("all", "--fail-on", "never", "--strict=suppressions").code == STRICT


@pytest.mark.parametrize(
    "text",
    [
        "<!-- crosscheck: ignore a -- " * 100_000,
        "<!-- crosscheck: ignore a" + " " * 1_000_000,
        "<!-- crosscheck: ignore " + "a," * 300_000 + " -->",
        "<!-- crosscheck: ignore a -->\n" * 100_000,
        "<!--" + " " * 1_000_000 + "crosscheck:",
        "<!--" * 300_000 + "crosscheck:",
        ("<!-- crosscheck: ignore a -- " + " " * 400 + "-->") * 1_000,
        "<!-- crosscheck: ignore " + "a , " * 240 + "!-->",
    ],
)
def test_hostile_comments_take_no_time(text: str) -> None:
    with within(5):
        assert len(list(comments(text, "a.md"))) <= 1001


TEXT = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=40)
ENTRIES = st.builds(
    Entry,
    fingerprint=st.text("0123456789abcdef", min_size=64, max_size=64),
    rule=st.from_regex(r"[a-z]{2,9}(-[a-z]{2,9}){1,3}", fullmatch=True),
    level=st.sampled_from(["error", "warning", "note"]),
    path=TEXT,
    figure=TEXT,
    says=TEXT,
    reason=TEXT,
    author=TEXT,
    expires=st.none() | st.dates(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.fingerprint))
def test_a_baseline_is_read_as_it_was_written(entries: list[Entry]) -> None:
    path = Path("written.yaml")
    path.write_text(baseline_text(entries), encoding="utf-8")
    found = {replace(entry, file="", line=0) for entry in read_baseline(path)}
    assert found == set(entries)
    assert baseline_text(found) == baseline_text(entries)


def test_a_comment_about_what_reading_noticed(folder: Path) -> None:
    text = NO_DIRECTION.replace("Profit", "<!-- crosscheck: ignore reading/no-direction -->\nProfit")
    write(folder, {"documents/a.md": text})
    assert "suppressed: 1" in run("all", "--strict=suppressions", "--fail-on", "warning").out


# --- one file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entry",
    [
        f"{{rule: {RULE}, reason: the agency rounds oddly}}",
        f"{{rule: {RULE}, reason: x, path: documents/*.md}}",
        f"{{rule: {RULE}, reason: x, path: documents/a.md, figure: 9%, author: ed, expires: 2999-01-01}}",
    ],
)
def test_the_suppressions_file(folder: Path, entry: str) -> None:
    write(folder, {"crosscheck.suppressions.yaml": f"suppressions:\n  - {entry}\n"})
    ran = run("all", "--strict=suppressions")
    assert (ran.code, ran.err) == (OK, "")
    assert "suppressed: 1" in ran.out


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (f"{{rule: {RULE}, reason: x, path: documents/b.md}}", "silences no finding"),
        (f"{{rule: {RULE}, reason: x, figure: 8%}}", "silences no finding"),
        ("{rule: no-such-rule-here, reason: x}", 'no rule has the id "no-such-rule-here"'),
        (f"{{rule: {RULE}, reason: x, expires: 2020-01-01}}", "expired on 2020-01-01"),
    ],
)
def test_entries_that_silence_nothing_are_told(folder: Path, entry: str, words: str) -> None:
    write(folder, {"mine.yaml": f"suppressions:\n  - {entry}\n", "crosscheck.toml": 'suppressions = "mine.yaml"\n'})
    ran = run("all")
    assert ran.code == FINDINGS
    assert "mine.yaml:2: " in ran.err
    assert words in ran.err
    assert run("all", "documents/a.md", "--fail-on", "never").code == OK


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("suppress: []", 'unknown key "suppress"'),
        (f"suppressions:\n  - {{rule: {RULE}}}", "an entry needs `reason`"),
        ("suppressions:\n  - x", "an entry is a mapping"),
        (f"suppressions:\n  - {{rule: {RULE}, reason: x, expires: soon}}", "is no date"),
        (f"suppressions:\n  - {{rule: {RULE}, reason: x, pth: y}}", 'did you mean "path"?'),
    ],
)
def test_faults_of_the_suppressions_file(folder: Path, text: str, words: str) -> None:
    write(folder, {"crosscheck.suppressions.yaml": text, BASELINE: "x"})
    ran = run("all")
    assert ran.code == INPUT
    assert words in ran.err
    assert "a list under `baseline`" in ran.err  # the faults of both files at once


def test_suppress_on_a_claim_can_expire(folder: Path) -> None:
    (folder / "documents" / "a.md").unlink()
    claims = (
        "defaults: {entity: shop, indicator: revenue}\nclaims:\n  - {id: now, time_period: 2024, figure: 8.4 million EUR}\n"
        "  - {id: then, time_period: 2023, figure: 8.0 million EUR}\n  - id: growth\n"
        "    time_period: 2024\n    measure: growth\n"
        f"    figure: 9 %\n    suppress: {{rule: {RULE}, reason: x, expires: DAY}}\n"
    )
    write(folder, {"claims/a.yaml": claims.replace("DAY", "2999-01-01")})
    assert run("check").code == OK
    write(folder, {"claims/a.yaml": claims.replace("DAY", "2020-01-01")})
    ran = run("check")
    assert ran.code == FINDINGS
    assert "claims/a.yaml: `suppress` of growth-not-matching-levels on a#growth expired on 2020-01-01" in ran.err
    assert run("check", "--fail-on", "never", "--strict=suppressions").code == STRICT
