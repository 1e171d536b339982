"""The formats for machines, judged by the official schemas and read by those who read them elsewhere."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from commands import FINDINGS, INPUT, OK, Ran, one_rule, run, two_claims, write
from reader_files import docx, paragraph, pdf

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = Path(__file__).parent / "schemas"
MACHINE = ("json", "jsonl", "sarif", "junit", "github", "gitlab", "rdjson", "markdown", "csv", "ticks")
REPORT = """\
# Trade in 2023

Exports of Kazakhstan to China were $10.0 billion in 2022.
In 2023 exports of Kazakhstan to China rose by 50% to $12.0 billion.
Imports of Kazakhstan from China changed by 7% in 2023.
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository; the working folder is a project inside it."""
    (tmp_path / ".git").mkdir()
    project = tmp_path / "press office"
    project.mkdir()
    monkeypatch.chdir(project)
    for name in list(os.environ):
        if name.startswith(("CROSSCHECK_", "GITHUB_")):
            monkeypatch.delenv(name)
    return project


@cache
def judge(name: str) -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


def valid(content: Any, name: str) -> None:
    assert [error.message for error in judge(name).iter_errors(content)][:3] == []


def report(folder: Path, format: str, *arguments: str, code: int | None = FINDINGS) -> str:
    ran = run("all", "--format", format, *arguments)
    assert code is None or ran.code == code, ran.all
    return ran.out


@pytest.fixture
def release(folder: Path) -> Path:
    """A text with an error, a warning and what cannot be checked."""
    write(folder, {"documents/release 1.md": "---\ndate: 2024-02-01\n---\n" + REPORT})
    return folder / "documents/release 1.md"


@pytest.fixture
def project(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's own documents: warnings, notes, suppositions, findings of reading."""
    monkeypatch.chdir(ROOT)
    return ROOT


# SARIF


def test_sarif_is_valid_and_leads_into_the_document(release: Path, folder: Path) -> None:
    log = json.loads(report(folder, "sarif"))
    valid(log, "sarif-2.1.0.json")
    (found,) = log["runs"]
    assert found["tool"]["driver"]["name"] == "crosscheck"
    errors = [result for result in found["results"] if result["level"] == "error"]
    assert [error["ruleId"] for error in errors] == ["growth-not-matching-levels"]
    place = errors[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "press%20office/documents/release%201.md", "uriBaseId": "%SRCROOT%"}
    assert cut(release, place["region"]) == "50%"
    assert sarif_levels(found) == {"error", "warning"}


def sarif_levels(found: dict[str, Any]) -> set[str]:
    """The levels of results, each result checked for what all of them hold."""
    for result in found["results"]:
        rule = found["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["markdown"]
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            assert len(location["physicalLocation"]["region"]) == 4
        linked = {int(number) for number in re.findall(r"(?<!\\)\]\((\d+)\)", result["message"]["text"])}
        assert linked == {related["id"] for related in result.get("relatedLocations", [])}
        assert result["partialFingerprints"]["primaryLocationLineHash"]
    marks = [result["partialFingerprints"]["primaryLocationLineHash"] for result in found["results"]]
    assert len(set(marks)) == len(marks)
    return {result["level"] for result in found["results"]}


def cut(path: Path, region: dict[str, int]) -> str:
    """What a region of SARIF covers, columns in code points."""
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    first, last = region["startLine"] - 1, region["endLine"] - 1
    part = lines[first : last + 1]
    part[-1] = part[-1][: region["endColumn"] - 1]
    part[0] = part[0][region["startColumn"] - 1 :]
    return "\n".join(part)


def test_a_code_flow_goes_from_claim_to_claim_to_what_they_give(release: Path, folder: Path) -> None:
    log = json.loads(report(folder, "sarif"))
    error = log["runs"][0]["results"][0]
    (flow,) = error["codeFlows"][0]["threadFlows"]
    steps = [step["location"]["message"]["text"] for step in flow["locations"]]
    assert [step.partition(":")[0] for step in steps] == ["growth", "now", "then", "growth == now / then - 1"]
    assert "11.95–12.05 billion USD" in steps[1]
    assert "18.91–21.11%" in steps[3]
    texts = [cut(release, step["location"]["physicalLocation"]["region"]) for step in flow["locations"]]
    assert texts == ["50%", "$12.0 billion", "$10.0 billion", "50%"]


def test_sarif_of_the_project_with_readers_of_sarif(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.sarif"
    run("all", "--output", f"sarif={path}")
    log = json.loads(path.read_text(encoding="utf-8"))
    valid(log, "sarif-2.1.0.json")
    assert sarif_levels(log["runs"][0]) == {"warning", "note"}
    pytest.importorskip("sarif", reason="sarif-tools is not installed")
    done = subprocess.run([sys.executable, "-m", "sarif", "summary", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert re.search(r"error: 0\nwarning: 4\n", done.stdout.replace("\n\n", "\n")), done.stdout


def test_the_command_line_judge_of_schemas(release: Path, folder: Path) -> None:
    pytest.importorskip("check_jsonschema")
    run("all", "--output", "sarif=report.sarif")
    judge = [sys.executable, "-m", "check_jsonschema", "--regex-variant", "python"]  # a pattern of it is no ECMAScript
    command = [*judge, "--schemafile", SCHEMAS / "sarif-2.1.0.json", "report.sarif"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_what_is_suppressed_is_left_out_of_sarif_and_skipped_in_junit(folder: Path) -> None:
    claims = two_claims("10 USD, suppress: [own-rule]", "20 USD")
    write(folder, {"claims/a.yaml": claims, "rules/own.yaml": one_rule()})
    assert json.loads(report(folder, "sarif", code=OK))["runs"][0]["results"] == []
    suites = ElementTree.fromstring(report(folder, "junit", code=OK)).findall("testsuite")
    (suite,) = [suite for suite in suites if suite.get("name") == "own-rule"]
    assert (suite.get("tests"), suite.get("skipped")) == ("1", "1")
    assert "suppressed on a#a" in ElementTree.tostring(suite, encoding="unicode")


def test_fingerprints_outlive_figures_and_lines(release: Path, folder: Path) -> None:
    def marks() -> dict[str, str]:
        results = json.loads(report(folder, "sarif"))["runs"][0]["results"]
        return {r["ruleId"]: r["partialFingerprints"]["primaryLocationLineHash"] for r in results}

    before = marks()
    text = release.read_text(encoding="utf-8")
    release.write_text(text.replace("50%", "60%").replace("# Trade", "\n\nAn opening.\n\n# Trade"), encoding="utf-8")
    assert marks() == before


# JUnit


def test_junit_is_valid_and_holds_passes(project: Path) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    text = report(project, "junit", code=OK)
    xmlschema.XMLSchema(SCHEMAS / "jenkins-junit.xsd").validate(text)
    whole = json.loads(report(project, "json", code=OK))
    suites = ElementTree.fromstring(text).findall("testsuite")
    names = [suite.get("name") for suite in suites]
    expected = {check["rule"] for check in whole["checks"]} | {found["rule"] for found in whole["reading"]}
    expected |= {"joint-conflict"}  # the case that passes where all figures fit together
    assert (len(names), set(names)) == (len(set(names)), expected)
    cases = [case for suite in suites for case in suite.findall("testcase")]
    assert len(cases) == len(whole["checks"]) + len(whole["reading"]) + 1
    assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)


def test_junit_as_its_readers_see_it(release: Path, folder: Path) -> None:
    junitparser = pytest.importorskip("junitparser")
    found = junitparser.JUnitXml.fromstring(report(folder, "junit").encode())
    assert (found.tests, found.failures, found.errors) == (sum(1 for suite in found for _ in suite), 1, 0)
    (failed,) = [case for suite in found for case in suite if not case.is_passed and not case.is_skipped]
    assert failed.classname == "crosscheck.growth-not-matching-levels"
    assert failed.result[0].message.startswith("50% does not follow from $12.0 billion and $10.0 billion")
    assert "press office/documents/release 1.md:7:48" in failed.result[0].text


def test_a_failure_of_junit_is_what_fails_the_run(release: Path, folder: Path) -> None:
    for level, failures in (("error", 1), ("warning", 2), ("never", 1)):
        text = report(folder, "junit", "--fail-on", level, code=None)
        assert ElementTree.fromstring(text).get("failures") == str(failures), level


def test_names_of_cases_do_not_change_with_figures(release: Path, folder: Path) -> None:
    def names() -> list[str | None]:
        return [case.get("name") for case in ElementTree.fromstring(report(folder, "junit", code=None)).iter("testcase")]

    before = names()
    release.write_text(release.read_text(encoding="utf-8").replace("50%", "20%"), encoding="utf-8")
    assert names() == before


# GitHub


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands that a runner of GitHub would see in a log: kind, properties, text."""
    found = []
    for line in re.split(r"\r\n|\r|\n", text):
        if match := re.match(r"\s*::(\w+) ?([^:]*)::(.*)$", line):
            pairs = dict(part.split("=", 1) for part in match[2].split(",") if part)
            found.append((match[1], {k: unquote(v) for k, v in pairs.items()}, unquote(match[3])))
    return found


def test_github_points_at_the_line_of_the_document(release: Path, folder: Path) -> None:
    (error, warning) = commands(report(folder, "github"))
    assert (error[0], warning[0]) == ("error", "warning")
    assert error[1] == {
        "file": "press office/documents/release 1.md",
        "line": "7",
        "endLine": "7",
        "col": "48",
        "endColumn": "51",
        "title": "crosscheck: growth-not-matching-levels",
    }
    assert error[2].splitlines()[0].startswith("50% does not follow from")


def many(folder: Path, errors: int, warnings: int) -> None:
    """A folder with so many findings of each kind."""
    lines = [f"  - {{id: a{i}, indicator: x, team: t{i}, figure: 10 USD}}" for i in range(errors + warnings)]
    lines += [f"  - {{id: b{i}, indicator: y, team: t{i}, figure: 20 USD}}" for i in range(errors)]
    lines += [f"  - {{id: b{i}, indicator: y, team: t{i}, figure: 11 USD}}" for i in range(errors, errors + warnings)]
    write(folder, {"claims/a.yaml": "\n".join(["claims:", *lines, ""]), "rules/own.yaml": one_rule()})


def test_github_shows_ten_of_each_and_the_rest_in_the_summary(folder: Path) -> None:
    many(folder, 12, 13)
    write(folder, {"summary.md": "of an earlier command\n"})
    ran = run("check", "--format", "github", env={"GITHUB_STEP_SUMMARY": "summary.md"})
    kinds = [kind for kind, _, _ in commands(ran.out)]
    assert kinds == ["error"] * 10 + ["warning"] * 10
    assert len(re.findall("^also .*: error: ", ran.out, re.MULTILINE)) == 2
    summary = (folder / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("of an earlier command\n")
    assert summary.count("own-rule") == 25
    assert summary.index("### Errors") < summary.index("### Warnings")


def test_the_step_summary_never_grows_beyond_what_github_takes(folder: Path) -> None:
    many(folder, 100, 0)
    for before in (0, 1024 * 1024 - 9000, 1024 * 1024 - 10):
        write(folder, {"summary.md": "x" * before})
        ran = run("check", "--format", "github", env={"GITHUB_STEP_SUMMARY": "summary.md"}, seconds=60)
        assert ran.code == FINDINGS
        size = (folder / "summary.md").stat().st_size
        assert before <= size <= 1024 * 1024
        text = (folder / "summary.md").read_text(encoding="utf-8")
        assert ("more, which do not fit here" in text) == (before == 1024 * 1024 - 9000)


def test_the_step_summary_links_to_the_lines_of_the_commit(release: Path, folder: Path) -> None:
    env = {
        "GITHUB_STEP_SUMMARY": "summary.md",
        "GITHUB_SERVER_URL": "https://git.example",
        "GITHUB_REPOSITORY": "press/office",
        "GITHUB_SHA": "abc",
    }
    run("all", "--format", "github", env=env)
    link = "https://git.example/press/office/blob/abc/press%20office/documents/release%201.md?plain=1#L7"
    assert f'<a href="{link}">' in (folder / "summary.md").read_text(encoding="utf-8")


def test_faults_of_the_input_are_said_where_the_format_has_a_place(folder: Path) -> None:
    write(folder, {"claims/a.yaml": "claims: [{id: a}]"})

    def faults(format: str) -> Ran:
        ran = run("check", "--format", format)
        assert ran.code == INPUT
        return ran

    ((kind, where, text),) = commands(faults("github").out)
    assert (kind, where["file"], where["line"]) == ("error", "claims/a.yaml", "1")
    log = json.loads(faults("sarif").out)
    valid(log, "sarif-2.1.0.json")
    (invocation,) = log["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolConfigurationNotifications"][0]["message"]["text"].startswith(text.splitlines()[0])
    assert json.loads(faults("jsonl").out)["type"] == "error"
    for format in ("junit", "gitlab", "rdjson", "csv"):
        ran = faults(format)
        assert (ran.out, "claims/a.yaml:1:" in ran.err) == ("", True)


# GitLab, rdjson, JSON Lines, Markdown


def test_gitlab(release: Path, folder: Path) -> None:
    issues = json.loads(report(folder, "gitlab"))
    for issue in issues:
        valid(issue, "gitlab-codequality.json")
        assert set(issue) >= {"description", "check_name", "fingerprint", "severity", "location"}
        assert not issue["location"]["path"].startswith(("/", "."))
    assert [issue["severity"] for issue in issues] == ["critical", "major"]
    assert issues[0]["location"] == {"path": "press office/documents/release 1.md", "lines": {"begin": 7, "end": 7}}


def test_fingerprints_are_unique_among_many(folder: Path) -> None:
    many(folder, 20, 20)
    twins = "".join(f"  - {{id: c{i}, indicator: y, team: t1, figure: 2{i} USD}}\n" for i in range(3))
    with (folder / "claims/a.yaml").open("a", encoding="utf-8") as file:
        file.write(twins)
    marks = [issue["fingerprint"] for issue in json.loads(report(folder, "gitlab"))]
    assert len(marks) >= 40
    assert len(set(marks)) == len(marks)


def test_rdjson_counts_bytes_and_starts_at_the_working_folder(folder: Path) -> None:
    text = "---\ndate: 2024-02-01\n---\n𐐀 é – " + REPORT.replace("\n\n", " ")
    write(folder, {"documents/a.md": text})
    result = json.loads(report(folder, "rdjson", code=None))
    valid(result, "rdjson.json")
    lines = text.encode().split(b"\n")
    shown = set()
    for diagnostic in result["diagnostics"]:
        assert diagnostic["location"]["path"] == "documents/a.md"
        start, end = (diagnostic["location"]["range"][key] for key in ("start", "end"))
        assert start["line"] == end["line"]
        shown.add(lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1].decode())
    assert shown >= {"50%", "7%"}


def test_json_lines_hold_what_json_holds(project: Path) -> None:
    whole = json.loads(report(project, "json", code=OK))
    first, *rest = map(json.loads, report(project, "jsonl", code=OK).splitlines())
    assert (first["type"], first["summary"]) == ("run", whole["summary"])
    expected = [{"type": "check", **check} for check in whole["checks"]]
    expected += [{"type": "reading", **found} for found in whole["reading"]]
    assert rest == [*expected, {"type": "reconciliation", **whole["reconciliation"]}]


def test_markdown_for_people(release: Path, folder: Path) -> None:
    text = report(folder, "markdown")
    assert text.startswith("## crosscheck: 1 error, 1 warning")
    assert "- **50% does not follow from &#36;12.0 billion and &#36;10.0 billion: they give 20%**<br>" in text
    many(folder, 250, 0)
    long = report(folder, "markdown")
    assert len(long.encode()) <= 65_000
    assert "more, which do not fit here" in long


# CSV and ticks


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_has_a_row_for_each_check_and_each_finding_of_reading(project: Path) -> None:
    whole = json.loads(report(project, "json", code=OK))
    found = rows(report(project, "csv", code=OK))
    assert [row["fingerprint"] for row in found] == [x["fingerprint"] for x in whole["checks"] + whole["reading"]]
    (growth,) = [row for row in found if row["figure"] == "30.1%" and row["verdict"] == "reconcilable"]
    assert growth["line"], growth["column"] == ("26", "60")
    assert growth["computed"] == "28.37–34.26%"
    assert growth["gap"] == "1.15 points"


def test_every_figure_is_on_the_tick_list(project: Path) -> None:
    whole = json.loads(report(project, "json", code=OK))
    found = rows(report(project, "ticks", code=OK))
    figures = whole["summary"]["figures"]
    claims = figures["found"] - figures["no_statistic"]
    assert [int(n) for n in dict.fromkeys(row["no"] for row in found)] == list(range(1, claims + 1))
    growth = [row for row in found if row["figure"] == "30.1%" and row["rule"] == "growth-not-matching-levels"]
    assert [row["tick"] for row in growth] == ["≈"]
    assert growth[0]["checked_against"] == "$31.5 billion; $24 billion"
    assert "documents/commercial-agreements.md:21:96" in growth[0]["where"]
    compared = {check["id"] for check in whole["checks"]} & {row["check"] for row in found}
    alone = [row for row in found if row["tick"] == "–"]
    assert compared
    assert len({row["no"] for row in alone}) == len(alone)


def test_figures_that_were_not_understood_are_on_the_tick_list_too(folder: Path) -> None:
    text = "---\ndate: 2024-02-01\n---\nExports of Kazakhstan to China were $10 billion in 2022.\n\nIt came to 7.3%.\n"
    write(folder, {"a.md": text, "claims/.keep": ""})
    for _ in range(2):  # read in memory, then remembered beside a claim file
        figures = json.loads(report(folder, "json", "a.md", code=OK))["summary"]["figures"]
        assert (figures["found"], figures["unresolved"]) == (2, 1)
        level, unclear = rows(report(folder, "ticks", "a.md", code=OK))
        assert (level["figure"], level["tick"]) == ("$10 billion", "–")
        assert (unclear["figure"], unclear["verdict"], unclear["place"]) == ("7.3%", "not understood", "6:12")
        assert unclear["remark"]
        assert run("extract", "a.md", "--write").code == OK


def test_what_was_compared_for_size_only_has_a_tick_of_its_own(folder: Path) -> None:
    write(folder, {"claims/a.yaml": two_claims("10 USD", "20 USD"), "rules/own.yaml": one_rule("a <= b", subject="a")})
    assert {(row["tick"], row["verdict"]) for row in rows(report(folder, "ticks", code=OK))} == {
        ("≤", "consistent in size only")
    }


def test_the_workbook_says_what_the_csv_says(project: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "ticks.xlsx"
    run("all", "--output", f"ticks={path}")
    sheet = openpyxl.load_workbook(path)["Ticks"]
    head, *body = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    expected = [[cell.removeprefix("'") for cell in row.values()] for row in rows(report(project, "ticks", code=OK))]
    numbers = [head.index("power")]
    for row, other in zip(body, expected, strict=True):
        assert [c.removeprefix("'") for i, c in enumerate(row) if i not in numbers] == [
            c for i, c in enumerate(other) if i not in numbers
        ]


# All of them


def test_the_same_run_gives_the_same_bytes(release: Path, folder: Path) -> None:
    names = [*MACHINE, "full", "concise"]
    for seed in ("1", "2"):
        outputs = [f"--output={name}={seed}/{name}" for name in names]
        outputs += [f"--output=ticks={seed}/ticks.xlsx"]
        command = [sys.executable, "-m", "crosscheck", "all", *outputs]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False)
    for name in (*names, "ticks.xlsx"):
        first, second = ((folder / seed / name).read_bytes() for seed in ("1", "2"))
        assert first == second, name
        assert first


def test_what_figures_taken_together_tell_is_in_every_format(folder: Path) -> None:
    for name in ("documents", "claims", "crosscheck.toml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    more = "{id: growth, indicator: trade-turnover, reference_area: KZ, counterpart_area: CN, time_period: 2022, "
    more += "measure: growth, figure: 34 %}"
    write(folder, {"claims/more.yaml": f"document: {{id: more, publisher: commonspace.eu}}\nclaims: [{more}]\n"})
    formats = ("jsonl", "sarif", "junit", "github", "gitlab", "rdjson", "markdown", "csv")
    assert run("all", *(f"--output={name}={name}.out" for name in formats)).code == OK
    found = {name: (folder / f"{name}.out").read_text(encoding="utf-8") for name in formats}
    assert {name: "joint" in text and "tripled" in text for name, text in found.items()} == dict.fromkeys(formats, True)
    suite = next(s for s in ElementTree.fromstring(found["junit"]) if s.get("name") == "joint-conflict")
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")
    (row,) = [row for row in rows(found["csv"]) if row["rule"] == "joint-conflict"]
    assert (row["level"], bool(row["fingerprint"])) == ("warning", True)


def test_figures_without_lines_lead_to_their_page_and_cell(folder: Path) -> None:
    line = "In 2023 exports of Kazakhstan to China rose by 50% to $12.0 billion from $10.0 billion in 2022."
    write(folder, {"documents/a.pdf": pdf([[(72, 700, 12, "Trade")], [(72, 700, 12, line)]])})
    write(folder, {"documents/b.docx": docx(paragraph("Trade") + paragraph(line))})
    wanted = {"a.pdf": "page 2", "b.docx": "paragraph 2"}
    for name, where in wanted.items():
        results = json.loads(report(folder, "sarif", f"documents/{name}"))["runs"][0]["results"]
        (error,) = [result for result in results if result["level"] == "error"]
        location = error["locations"][0]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == f"press%20office/documents/{name}"
        assert location["logicalLocations"][0]["name"] == where
        assert f"({where})" in error["message"]["text"]
        assert f"({where})" in report(folder, "github", f"documents/{name}")
        assert json.loads(report(folder, "rdjson", f"documents/{name}"))["diagnostics"][0]["location"] == {
            "path": f"documents/{name}"
        }


def test_places_in_html_and_over_line_breaks(folder: Path) -> None:
    text = "<html><body>\r\n<p>Exports of Kazakhstan to China were &#36;10.0\r\n  billion in 2022. "
    text += "In 2023 they\r\nrose by 50% to "
    text += "&euro;1 for one &amp; $12.0 billion.</p></body></html>"
    write(folder, {"documents/a.html": text.encode()})
    for result in json.loads(report(folder, "sarif", "-v", "--published=2024-02-01", code=None))["runs"][0]["results"]:
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            region = location["physicalLocation"]["region"]
            piece = cut(folder / "documents/a.html", region)
            assert piece == "50%" or piece.split()[-1] == "billion" or piece == "&euro;1", piece


def test_claims_without_a_document_lead_to_their_entry(folder: Path) -> None:
    write(folder, {"claims/a.yaml": two_claims("10 USD", "20 USD"), "rules/own.yaml": one_rule()})
    ((_, where, _),) = commands(report(folder, "github"))
    assert (where["file"], where["line"]) == ("press office/claims/a.yaml", "2")
