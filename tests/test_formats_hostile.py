"""Text of documents, rules and file names does nothing in any report; streams and disks that fail leave no half file."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from commands import FINDINGS, INPUT, one_rule, repository, run, two_claims, write
from hypothesis import given
from hypothesis import strategies as st
from permissions import permissions_hold
from test_formats import MACHINE, REPORT, SCHEMAS, commands, valid

from crosscheck.checking.checks import check_claims
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.model import Claim, Document, Place
from crosscheck.figures.text import parse_figure
from crosscheck.reports import csv_report, github, gitlab, junit, markdown, rdjson, sarif, ticks
from crosscheck.reports.findings import Report
from crosscheck.reports.inert import FORMULA, NUMBER, cell
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule

PIECES = (
    *("]]>", "<!--", "-->", "<script>alert(1)</script>", "&amp;", "&#0;", '"', "'", "\0", "\x1b[31m", "\x0b", "\ufffe"),
    *("\n", "\r\n", "\u2028", "\u202e", "::error::", "::set-output name=x::", "##[add-mask]", "%0A::error::x", "%", "\t"),
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "\t=1",
        "\uff1d1",
        ";",
        ",",
        "|",
        "https://evil.example",
        "www.x",
    ),
    *("[x](javascript:alert(1))", "[1](2)", "{0}", "`", "**", "@someone", "#123", ":100:", "$x$", "\\", "<img src=x>", "𐐀"),
    *("30.1%", "12 billion", "www.x", "http://a", " ", "..", "/"),
)
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), min_size=1, max_size=5).map("".join)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two claims that disagree."""
    return repository(
        tmp_path, monkeypatch, {"claims/a.yaml": two_claims("10 USD", "20 USD"), "rules/own.yaml": one_rule()}
    )


@cache
def rule() -> Rule:
    """`a` must be `b`."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), {"rule.yaml": one_rule()})
        return read_rule_files([Path(folder) / "rule.yaml"], False)[0]


def checked(title: str, printed: str, path: str, code: str) -> Report:
    """A contradiction whose words are hostile wherever they can be."""
    text = f"{printed} and {printed}"
    document = Document("d", path, title=title)
    claims = []
    for name, figure, start in (("x", "10 USD", 0), ("y", "20 USD", len(printed) + 5)):
        line = text.count("\n", 0, start) + 1
        column = start - text.rfind("\n", 0, start)
        place = Place(start, start + len(printed), line, column, printed)
        about = {"indicator": name, "team": code}
        claims.append(Claim(f"d#{name}", document, parse_figure(figure), about, place=place))
    run = check_claims(claims, [replace(rule(), title=title, why=title + printed)], load_codelists([]))
    return Report(run, (), 1, lambda path: text, lambda path: path, "0", claims, remarks=(title,))


@given(texts, texts, texts, texts)
def test_any_text_is_inert(title: str, printed: str, path: str, code: str) -> None:
    found = checked(title, printed, path, code)
    assert len(found.findings()) == 1
    inert_json(found)
    inert_xml(junit.report(found, "error"))
    inert_log(github.report(found, "note"))
    inert_markdown(markdown.report(found, "note"))
    inert_cells(csv_report.report(found))
    inert_cells(ticks.csv_report(found))


def inert_json(found: Report) -> None:
    log = json.loads(sarif.report(found))
    valid(log, "sarif-2.1.0.json")
    (result,) = log["runs"][0]["results"]
    links = {int(number) for number in re.findall(r"(?<!\\)\]\((\d+)\)", result["message"]["text"])}
    assert links == {1}, "only our own link works"
    assert not re.search(r"(?<!\\)\](?:\((?!1\)))", result["message"]["text"])
    valid(json.loads(rdjson.report(found, "note")), "rdjson.json")
    (issue,) = json.loads(gitlab.report(found, "note"))
    valid(issue, "gitlab-codequality.json")


def inert_xml(text: str) -> None:
    root = ElementTree.fromstring(text)
    assert {element.tag for element in root.iter()} == {"testsuites", "testsuite", "testcase", "failure"}
    assert [case.get("classname") for case in root.iter("testcase")] == ["crosscheck.own-rule"]


def inert_log(text: str) -> None:
    """A runner of GitHub sees one command, of ours, and nothing else."""
    seen = [line for line in re.split(r"\r\n|\r|\n", text) if line.lstrip().startswith("::") or "##[" in line]
    assert len(seen) == 1
    ((kind, where, _),) = commands(text)
    assert (kind, where["title"]) == ("error", "crosscheck: own-rule")


def inert_markdown(text: str) -> None:
    """The HTML that a renderer makes has our elements alone."""
    tags = set(re.findall(r"</?([a-z]+)", text))
    assert tags <= {"br", "code", "details", "summary"}
    shown = re.sub(r"</?(?:br|code|details|summary)>|\*\*|^#+ |&#\d+;", "", text, flags=re.MULTILINE)
    assert not re.search(r"[\\`*_\[\]<>#|~@$]|://", shown), shown


def inert_cells(text: str) -> None:
    for row in csv.reader(io.StringIO(text)):
        for part in row:
            assert not part.startswith(FORMULA) or NUMBER.fullmatch(part), part


@given(texts)
def test_a_cell_is_never_a_formula_and_numbers_stay_numbers(text: str) -> None:
    shown = cell(text)
    assert not shown.startswith(FORMULA) or float(shown) == float(text)
    assert cell("-0.3") == "-0.3"


def test_a_workbook_holds_formulas_as_text(folder: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    data = ticks.workbook(checked("=1+1", "=cmd|' /C calc'!A0 https://evil.example\x00\x0b", "=a.md", "@x" * 40_000))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Ticks"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert sheet["B2"].value == "=a.md"


def test_the_official_schema_of_junit_takes_any_text(folder: Path) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    found = checked("".join(PIECES[:20]).replace("\r", ""), "".join(PIECES), "x", "y")
    xmlschema.XMLSchema(SCHEMAS / "jenkins-junit.xsd").validate(junit.report(found, "error"))


@pytest.mark.skipif(sys.platform != "linux", reason="names of files that are no UTF-8")
def test_names_of_files_that_no_encoding_knows(folder: Path) -> None:
    name = b"caf\xe9 \xff\n::error::.md".decode("utf-8", "surrogateescape")
    for own in ("rules/own.yaml", "claims/a.yaml"):
        (folder / own).unlink()
    (folder / name).write_text("---\ndate: 2024-02-01\n---\n" + REPORT, encoding="utf-8")
    outputs = [f"--output={form}=out/{form}" for form in MACHINE]
    done = process("all", name, "--format", "github", *outputs, "--output=ticks=out/t.xlsx")
    assert (done.returncode, done.stderr) == (FINDINGS, b""), done.stdout
    assert len(commands(done.stdout.decode(errors="replace"))) == 2
    json.loads((folder / "out/sarif").read_text(encoding="utf-8"))
    ElementTree.fromstring((folder / "out/junit").read_text(encoding="utf-8"))


# Streams and disks


def process(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "crosscheck", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)  # type: ignore[call-overload,no-any-return]


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".crosscheck-*")]


@pytest.mark.skipif(sys.platform == "win32", reason="shells of Unix")
@pytest.mark.parametrize("form", ["sarif", "github", "csv"])
def test_pipes_that_close_early(folder: Path, form: str) -> None:
    command = f"{sys.executable} -m crosscheck check --format {form} --output json=report.json"
    for line in (f"{command} | head -c 1", f"{command} >&-", f"{command} | true"):
        done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=60, check=False)
        assert done.stderr == b"", line
        assert json.loads((folder / "report.json").read_text(encoding="utf-8"))
        (folder / "report.json").unlink()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk(folder: Path) -> None:
    done = process("check", "--output", "sarif=/dev/full", "--output", "json=report.json")
    assert done.returncode == INPUT
    assert done.stderr == b"/dev/full: error: cannot be written: No space left on device\n"
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "crosscheck", "check", "--output", "junit=report.xml"],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr.count(b"\n")) == (INPUT, 1)
    ElementTree.fromstring((folder / "report.xml").read_text(encoding="utf-8"))
    done = process("check", "--format", "github", env={**os.environ, "GITHUB_STEP_SUMMARY": "/dev/full"})
    assert (done.returncode, b"GITHUB_STEP_SUMMARY: error: cannot be written" in done.stderr) == (INPUT, True)
    assert commands(done.stdout.decode())


def test_a_file_system_that_fills_up_leaves_the_old_report(folder: Path) -> None:
    """The size that a process may write ends in the middle of a report, as a full disk does."""
    resource = pytest.importorskip("resource")
    write(folder, {"report.json": "old", "ticks.xlsx": "old", "summary.md": "old"})

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))

    outputs = ["--output=json=report.json", "--output=ticks=ticks.xlsx", "--output=sarif=new/report.sarif"]
    env = {**os.environ, "GITHUB_STEP_SUMMARY": "summary.md", "PYTHONDONTWRITEBYTECODE": "1"}
    done = process("check", "--format", "github", *outputs, preexec_fn=limit, env=env)
    assert done.returncode == INPUT
    assert done.stderr.count(b"error: cannot be written") == 4
    assert b"Traceback" not in done.stderr
    assert {(folder / name).read_text(encoding="utf-8") for name in ("report.json", "ticks.xlsx", "summary.md")} == {"old"}
    assert list((folder / "new").iterdir()) == leftovers(folder) == []


def test_a_folder_that_is_read_only(folder: Path) -> None:
    (folder / "closed").mkdir()
    (folder / "closed").chmod(0o500)
    with permissions_hold():
        ran = run("check", "--output", "sarif=closed/report.sarif", "--output", "ticks=closed/t.xlsx")
    assert (ran.code, ran.err.count("cannot be written: Permission denied")) == (INPUT, 2)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interruption in the middle of a write: bytes are on the disk, the file has not taken its name."""

    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("output", ["sarif=report", "ticks=report.xlsx"])
def test_an_interruption_in_the_middle_of_a_write(folder: Path, output: str) -> None:
    name = output.partition("=")[2]
    write(folder, {name: "old"})
    from crosscheck.cli.app import main

    arguments = sys.argv
    try:
        sys.argv = ["crosscheck", "check", "--output", output]
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv = arguments
    assert ended.value.code == 130
    assert (folder / name).read_text(encoding="utf-8") == "old"
    assert leftovers(folder) == []


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="no /proc that tells what a process has done")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_run_that_is_stopped_leaves_nothing_behind(folder: Path, number: int, code: int) -> None:
    claims = "".join(f"  - {{id: c{i}, indicator: x, team: t{i}, figure: {i} USD}}\n" for i in range(20_000))
    write(folder, {"claims/a.yaml": f"claims:\n{claims}", "report.json": "old"})
    command = [sys.executable, "-m", "crosscheck", "check", "--output", "json=report.json"]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    ticks_a_second = os.sysconf("SC_CLK_TCK")
    for _ in range(600):
        used = Path(f"/proc/{started.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        if int(used[11]) > 1.2 * ticks_a_second:
            break
        time.sleep(0.05)
    started.send_signal(number)
    out, err = started.communicate(timeout=60)
    assert (started.returncode, out, err) == (code, b"", b"")
    assert (folder / "report.json").read_text(encoding="utf-8") == "old"
    assert leftovers(folder) == []


def test_commands_are_decoded_as_a_runner_does() -> None:
    """The small reader of commands in these tests, tested itself."""
    assert commands("::error file=a%3Ab,line=1::x%0Ay%25") == [("error", {"file": "a:b", "line": "1"}, "x\ny%")]
    assert unquote("%2C") == ","
