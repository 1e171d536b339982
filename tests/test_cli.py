"""The command line as people and machines meet it: exit codes, streams, options, environment, files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from commands import BUG, FINDINGS, INPUT, OK, STRICT, Ran, one_rule, repository, run, two_claims, write
from permissions import permissions_hold

from crosscheck import __version__
from crosscheck.cli import app as cli

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = ("all", "check", "test", "explain", "rules list", "rules show", "schema")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two claims that agree and a rule about them."""
    return repository(tmp_path, monkeypatch, {"claims/a.yaml": two_claims(), "rules/own.yaml": one_rule()})


def disagree(folder: Path, b: str = "20 USD", document: str = "") -> None:
    """Makes the two claims disagree: 20 USD an error, 11 USD a warning, 10.9 USD a note."""
    write(folder, {"claims/a.yaml": document + two_claims("10 USD", b)})


def process(
    *arguments: str, env: Mapping[str, str] | None = None, cwd: Path | None = None, **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own."""
    command = [sys.executable, "-m", "crosscheck", *arguments]
    environment = {**os.environ, "PYTHONWARNINGS": "error", **(env or {})}
    streams: dict[str, Any] = {"capture_output": True} | options
    return subprocess.run(command, env=environment, cwd=cwd, check=False, timeout=60, text=False, **streams)


# Exit codes


def test_nothing_found_is_0(folder: Path) -> None:
    ran = run("check")
    assert (ran.code, ran.err) == (OK, "")
    assert "1 consistent" in ran.out


def test_findings_are_1_from_the_level_asked_for_on(folder: Path) -> None:
    for b, failing in (("20 USD", {"error", "warning", "note"}), ("11 USD", {"warning", "note"}), ("10 USD", set())):
        disagree(folder, b)
        for level in ("error", "warning", "note", "never"):
            for option in (["--fail-on", level], [f"--fail-on={level}"]):
                assert run("check", *option).code == (FINDINGS if level in failing else OK), (b, level)
        assert run("check").code == (FINDINGS if "error" in failing else OK)


def test_a_level_to_fail_on_hides_nothing(folder: Path) -> None:
    disagree(folder)
    assert run("check", "--fail-on", "never").out == run("check").out


def test_what_reading_notices_is_told_though_there_is_nothing_to_compare(folder: Path) -> None:
    write(folder, {"alone.txt": "Northwind Ltd said revenue was $1,23.4 million in 2023.\n"})
    ran = run("all", "alone.txt", "--format", "json")
    assert (ran.code, [found["rule"] for found in json.loads(ran.out)["reading"]]) == (OK, ["reading/malformed-number"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "--isolated"], "there are no figures to check"),
        (["check", "claims", "--isolated"], "there are no rules to check with"),
        (["check", "absent.yaml"], "absent.yaml: error: no such file or folder"),
        (["all", "absent.md"], "absent.md: error: no such file or folder"),
        (["check", "--rules", "absent.yaml"], "absent.yaml: error: no such rule file or folder"),
        (["check", "--rules", "rules/own.yaml", "--rules", "absent"], "absent: error: no such rule file or folder"),
        (["check", "--config", "absent.toml"], "absent.toml: error: cannot be read"),
        (["check", "notes.md"], "`crosscheck all` takes documents"),
        (["all", "notes.md"], "there are no figures to check"),
        (["check", "--select", "no-such-rule"], "no-such-rule"),
        (["check", "--published", "yesterday"], "write YYYY-MM-DD"),
        (["rules", "show", "own-rul"], 'did you mean "own-rule"?'),
        (["explain", "own-rul"], "did you mean own-rule?"),
        (["schema", "rulez"], 'did you mean "rules"?'),
        (["check", "--fail-on", "eror"], 'did you mean "error"?'),
        (["check", "--format", "jsn"], 'did you mean "json"?'),
        (["check", "--format", "pdf"], "one of full, concise, json"),
        (["check", "--output", "jsn=x"], 'did you mean "json"?'),
        (["check", "--output", "report.json"], "write FORMAT=PATH"),
        (["check", "--output", "json="], "write FORMAT=PATH"),
        (["check", "--output", "sarif=-"], "`--format sarif` writes on standard output"),
        (["check", "--color", "allways"], 'did you mean "always"?'),
        (["check", "--strict=own-rule"], 'did you mean "own-rules"?'),
        (["check", "--alow-empty"], "--allow-empty"),
        (["chek"], "check"),
        (["check", "--rules"], "requires an argument"),
        (["schema"], "Missing argument"),
        (["rules", "lst"], "list"),
    ],
)
def test_what_cannot_be_understood_is_2(folder: Path, arguments: list[str], words: str) -> None:
    write(folder, {"notes.md": "nothing"})
    ran = run(*arguments)
    assert ran.code == INPUT
    assert words in " ".join(ran.err.split())
    assert ran.out == ""


def test_faults_of_everything_come_together(folder: Path) -> None:
    write(folder, {"claims/a.yaml": "claims: [{}]", "rules/own.yaml": "rules: [{}]", "codelists/x.yaml": "codes: []"})
    ran = run("check")
    assert ran.code == INPUT
    for name in ("claims/a.yaml:1:10: error: ", "rules/own.yaml:1:9: error: ", "codelists/x.yaml:1:1: error: "):
        assert name in ran.err


def test_nothing_to_check_can_be_allowed(folder: Path) -> None:
    for arguments in (["check", "--isolated"], ["check", "claims", "--isolated"]):
        assert run(*arguments, "--allow-empty").code == OK
    write(folder, {"claims/a.yaml": "claims: []"})
    assert run("check").code == INPUT
    assert run("check", "--allow-empty").code == OK


def test_what_strict_asks_for_is_3(folder: Path) -> None:
    write(folder, {"rules/own.yaml": one_rule(variables="{a: {indicator: x, measure: growth}, b: {indicator: y}}")})
    assert run("check").code == OK
    assert run("check", "--strict=own-rules").code == STRICT
    assert run("check", "--strict=unverifiable").code == OK
    write(folder, {"rules/own.yaml": one_rule(), "claims/a.yaml": two_claims().replace("y,", "y, time_period: 2023,")})
    disagree(folder, "11 USD")
    assert run("check", "--strict=all", "--fail-on", "warning").code == FINDINGS


def test_a_document_that_changed_is_3_when_frozen(folder: Path) -> None:
    document = f"document: {{path: a.md, sha256: {'0' * 64}}}\n"
    write(folder, {"a.md": "10 USD"})
    disagree(folder, "10 USD", document)
    ran = run("check")
    assert (ran.code, ran.err) == (OK, "crosscheck: a.md changed since its claims were written in claims/a.yaml\n")
    assert run("check", "--frozen").code == run("check", "--strict=stale-claims").code == STRICT
    disagree(folder, "20 USD", document)
    assert run("check", "--frozen").code == FINDINGS  # the graver of two things
    assert run("check", "--frozen", "--fail-on", "never").code == STRICT
    (folder / "a.md").unlink()
    ran = run("check", "--frozen", "--fail-on", "never")
    assert "a.md is not there; its claims were used as they stand" in ran.err


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug of ours in the middle of a run."""

    def fail(*arguments: object) -> None:
        raise ZeroDivisionError("first line\nsecond line")

    monkeypatch.setattr("crosscheck.project.pipeline.check_claims", fail)


def main(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int | None:
    """The exit code of the console script, run in this process."""
    monkeypatch.setattr(sys, "argv", ["crosscheck", *arguments])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert isinstance(caught.value.code, int | None)
    return caught.value.code


@pytest.mark.usefixtures("broken")
def test_a_bug_is_4(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("check", monkeypatch=monkeypatch) == BUG
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [
        "crosscheck: a bug of ours: ZeroDivisionError: first line",
        "run again with --debug for the details",
    ]
    assert main("check", "--debug", monkeypatch=monkeypatch) == BUG
    shown = capsys.readouterr()
    assert shown.err.startswith("Traceback")
    assert shown.err.endswith("ZeroDivisionError: first line\nsecond line\n")
    monkeypatch.setenv("CROSSCHECK_DEBUG", "true")
    assert main("check", monkeypatch=monkeypatch) == BUG
    assert "Traceback" in capsys.readouterr().err


def test_the_console_script_gives_the_code_of_the_command(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disagree(folder)
    for arguments, code in ((["check"], 1), (["check", "--fail-on=never"], 0), (["check", "absent"], 2), (["--nope"], 2)):
        assert main(*arguments, monkeypatch=monkeypatch) == code
    assert main("check", "--fail-on=never", "--strict", monkeypatch=monkeypatch) == OK


def test_an_interruption_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("crosscheck.project.pipeline.check_claims", interrupt)
    assert main("check", monkeypatch=monkeypatch) == 130
    shown = capsys.readouterr()
    assert (shown.out, shown.err.strip()) == ("", "")


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="no /proc that tells what a process has done")
def test_control_c_ends_quietly(folder: Path) -> None:
    """In a process that is past its imports and busy with thousands of claims."""
    claims = "".join(f"  - {{id: c{i}, indicator: x, team: t{i}, figure: {i} USD}}\n" for i in range(20_000))
    write(folder, {"claims/a.yaml": f"claims:\n{claims}"})
    command = [sys.executable, "-m", "crosscheck", "check"]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder)
    ticks = os.sysconf("SC_CLK_TCK")
    for _ in range(2400):
        used = Path(f"/proc/{started.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        if int(used[11]) > 1.2 * ticks:  # seconds of computing
            break
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert (started.returncode, out) == (130, b"")
    assert b"Traceback" not in err


# Streams


def test_the_report_goes_to_stdout_and_all_else_to_stderr(folder: Path) -> None:
    disagree(folder, "20 USD", f"document: {{path: a.md, sha256: {'0' * 64}}}\n")
    for form in ("full", "concise", "json"):
        ran = run("check", "--format", form)
        assert ran.err == "crosscheck: a.md is not there; its claims were used as they stand\n"
        assert "own-rule" in ran.out
    assert run("check", "--format", "full").out == run("check").out


def test_json_is_all_that_stands_on_stdout(folder: Path) -> None:
    disagree(folder)
    report = json.loads(run("check", "--format", "json").out)
    assert [check["rule"] for check in report["checks"]] == ["own-rule"]
    ran = run("check", "absent.yaml", "--format", "json")
    assert (ran.code, ran.err) == (INPUT, "")
    assert json.loads(ran.out)["errors"] == [
        {"file": "absent.yaml", "line": None, "column": None, "message": "no such file or folder", "hint": None}
    ]


def test_quiet_and_verbose(folder: Path) -> None:
    disagree(folder)
    assert "checks:" in run("check").out
    for option in ("-q", "--quiet"):
        assert "checks:" not in run("check", option).out
        assert "own-rule" in run("check", option).out
    write(folder, {"claims/a.yaml": two_claims("9.95 USD", "10 USD"), "rules/own.yaml": one_rule(material="10 %")})
    disagree(folder, "10.5 USD")
    write(folder, {"rules/own.yaml": one_rule(level="note")})
    disagree(folder)
    for option in ("-v", "--verbose"):
        assert "note[own-rule]" in run("check", option).out
    assert "note[own-rule]" not in run("check").out


ENVIRONMENTS = (
    *({"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "LANG": "C"}, {"TERM": "dumb"}),
)


def test_any_encoding_of_the_terminal(folder: Path) -> None:
    """Nothing fails for a character that the terminal lacks, and JSON stays JSON."""
    defaults = "document: {id: d, title: 中文 – ё}\ndefaults: {team: 北京}\n"
    write(folder, {"claims/a.yaml": defaults + two_claims("10 USD", "20 USD")})
    seen = set()
    for env in ENVIRONMENTS:
        done = process("check", "--format", "json", env=env)
        assert (done.returncode, done.stderr) == (FINDINGS, b"")
        encoding = env.get("PYTHONIOENCODING", "utf-8")
        (check,) = json.loads(done.stdout.decode(encoding))["checks"]
        seen.add(check["claims"][0]["dimensions"]["team"])
    assert seen == {"北京"}
    done = process("check", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == FINDINGS
    assert done.stdout.isascii()


def test_a_closed_pipe_ends_quietly_and_keeps_the_code(folder: Path) -> None:
    disagree(folder)
    for arguments in (["check"], ["check", "--format", "json"], ["check", "--output", "json=report.json"]):
        read, end = os.pipe()
        os.close(read)
        try:
            done = process(*arguments, stdout=end, stderr=subprocess.PIPE, capture_output=False)
        finally:
            os.close(end)
        assert (done.returncode, done.stderr) == (FINDINGS, b"")
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["checks"]


@pytest.mark.skipif(sys.platform == "win32", reason="shells of Unix")
def test_pipes_of_the_shell(folder: Path) -> None:
    disagree(folder)
    command = f"{sys.executable} -m crosscheck"
    for line in (
        f"{command} check | head -n 1",
        f"{command} schema rules | head -n 1",
        f"{command} --help | true",
        f"{command} check --format json >&-",
        f"{command} check 2>&-",
    ):
        done = subprocess.run(["sh", "-c", line], capture_output=True, cwd=folder, timeout=60, check=False)
        assert done.stderr == b"", line
    if os.path.exists("/dev/full"):
        full = ["sh", "-c", f"{command} check >/dev/full"]
        done = subprocess.run(full, capture_output=True, cwd=folder, timeout=60, check=False)
        assert (done.returncode, done.stderr.count(b"\n")) == (INPUT, 1)
        assert b"the report cannot be written: No space left" in done.stderr


def test_terminal_codes_in_files_do_nothing(folder: Path) -> None:
    write(folder, {"claims/a.yaml": 'claims: [{id: "\\e[31m", "\\e]0;x\\a": 1}]'})
    write(folder, {"rules/own.yaml": 'rules: [{id: "\\e[2J"}]'})
    write(folder, {"codelists/a.yaml": 'codelist: {dimension: "\\e[31m"}\ncodes: []'})
    ran = run("check")
    assert ran.code == INPUT
    assert "\x1b" not in ran.all
    assert "\x07" not in ran.all
    assert "\x1b" not in run("check", "\x1b[31m.yaml", "--rules", "\x1b[31m.yaml", "--select", "\x1b[31m").all
    assert "\x1b" not in run("check", "--format", "\x1b[31m").all
    assert "\x1b" not in run("rules", "show", "\x1b[31m").all


# Files


def test_reports_are_written_beside_the_one_on_stdout(folder: Path) -> None:
    disagree(folder)
    ran = run("check", "--output", "json=out/new/report.json", "--output", "concise=report.txt")
    assert ran.code == FINDINGS
    assert (folder / "out/new/report.json").read_text(encoding="utf-8") == run("check", "--format", "json").out
    assert (folder / "report.txt").read_text(encoding="utf-8") == run("check", "--format", "concise").out
    assert sorted(path.name for path in (folder / "out/new").iterdir()) == ["report.json"]


def test_a_report_that_cannot_be_written_is_2_and_leaves_the_old_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disagree(folder)
    write(folder, {"report.json": "old", "file": "x"})
    for path in ("claims", "file/report.json", "x" * 300):
        ran = run("check", "--output", f"json={path}")
        assert ran.code == INPUT
        assert f"{path[:200]}" in ran.err
        assert "error: cannot be written" in ran.err
        assert "own-rule" in ran.out

    def fail(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    ran = run("check", "--output", "json=report.json", "--output", "json=other/report.json")
    assert ran.code == INPUT
    assert ran.err.count("cannot be written: No space left on device") == 2
    assert (folder / "report.json").read_text(encoding="utf-8") == "old"
    assert [path.name for path in folder.iterdir() if path.name.startswith(".crosscheck")] == []


def test_a_folder_that_cannot_be_written_to(folder: Path) -> None:
    (folder / "closed").mkdir()
    (folder / "closed").chmod(0o500)
    with permissions_hold():
        ran = run("check", "--output", "json=closed/report.json")
    assert ran.code == INPUT
    assert "closed/report.json: error: cannot be written: Permission denied" in ran.err


# Options


def test_rules_may_be_files_and_folders_and_repeated(folder: Path) -> None:
    others = {f"more/{name}.yaml": one_rule(id=f"rule-{name}") for name in "abc"}
    write(folder, {**others, "extra.txt": one_rule(id="rule-extra")})
    disagree(folder)

    def fired(*arguments: str) -> list[str]:
        report = json.loads(run("check", "--format", "json", *arguments).out)
        return [check["rule"] for check in report["checks"]]

    assert fired() == ["own-rule"]
    assert fired("--rules", "more") == ["own-rule", "rule-a", "rule-b", "rule-c"]
    assert fired("--rules", "more/a.yaml", "--rules", "extra.txt") == ["own-rule", "rule-a", "rule-extra"]
    assert fired("--rules", "more", "--rules", "more/a.yaml") == ["own-rule", "rule-a", "rule-b", "rule-c"]
    assert fired("--rules", "rules", "--rules", "./rules/own.yaml") == ["own-rule"]
    assert fired("--isolated", "claims", "--rules", "extra.txt") == ["rule-extra"]
    assert fired("--rules", "more", "--select", "rule") == ["rule-a", "rule-b", "rule-c"]
    assert fired("--rules", "more", "--ignore", "rule-a", "--ignore", "own-rule") == ["rule-b", "rule-c"]


def test_isolated_leaves_out_configuration_shipped_rules_and_code_lists(folder: Path) -> None:
    write(folder, {"crosscheck.toml": "not TOML"})
    assert run("check").code == INPUT
    ran = run("check", "claims", "--isolated", "--rules", "rules")
    assert ran.code == OK
    assert "shipped" not in ran.out
    assert run("check", "--isolated", "--rules", "rules").code == INPUT
    shipped = run("rules", "list").err
    assert "crosscheck.toml" in shipped
    assert run("rules", "list", "--isolated", "--rules", "rules").out == "own-rule  a is not b\n"


def test_shipped_rules_named_as_files_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the project itself `rules/` is the shipped folder; isolated it is just a folder that is named."""
    monkeypatch.chdir(ROOT)
    count = len(run("rules", "list").out.splitlines())
    for arguments in (["--rules", "rules"], ["--rules", "rules/general.yaml"], ["--isolated", "--rules", "rules"]):
        assert len(run("rules", "list", *arguments).out.splitlines()) == count


def test_environment_variables(folder: Path) -> None:
    disagree(folder)
    write(folder, {"more rules/a.yaml": one_rule(id="rule-a"), "b.yaml": one_rule(id="rule-b"), "own.toml": ""})
    assert run("check", env={"CROSSCHECK_FAIL_ON": "never"}).code == OK
    assert run("check", "--fail-on", "error", env={"CROSSCHECK_FAIL_ON": "never"}).code == FINDINGS
    assert run("check", env={"CROSSCHECK_FORMAT": "json"}).out.startswith("{")
    assert run("check", "claims", env={"CROSSCHECK_ISOLATED": "1", "CROSSCHECK_ALLOW_EMPTY": "yes"}).code == OK
    assert "checks:" not in run("check", env={"CROSSCHECK_QUIET": "1"}).out
    assert run("check", env={"CROSSCHECK_CONFIG": "absent.toml"}).code == INPUT
    assert run("check", env={"CROSSCHECK_CONFIG": "own.toml"}).code == FINDINGS
    several = os.pathsep.join(["more rules", "b.yaml"])
    report = json.loads(run("check", "--format", "json", env={"CROSSCHECK_RULES": several}).out)
    assert [check["rule"] for check in report["checks"]] == ["own-rule", "rule-a", "rule-b"]
    run("check", env={"CROSSCHECK_OUTPUT": "json=report.json"})
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["checks"]
    for name, value in (("FAIL_ON", "eror"), ("FORMAT", "jsn"), ("ISOLATED", "perhaps")):
        ran = run("check", env={f"CROSSCHECK_{name}": value})
        assert ran.code == INPUT, name
        assert "did you mean" in ran.err or "ISOLATED" in ran.err
    assert run("check", env={"CROSSCHECK_FORMAT": "", "CROSSCHECK_CONFIG": ""}).code == FINDINGS


def test_arguments_of_check_and_all(folder: Path) -> None:
    document = "document: {id: %s, path: %s.md}\n"
    for name in "bc":
        text = document % (name, name) + two_claims("10 USD", "20 USD")
        write(folder, {f"claims/{name}.yaml": text, f"{name}.md": "text"})

    def told(*arguments: str) -> set[str]:
        report = json.loads(run(*arguments, "--format", "json").out)
        return {claim["document"] for check in report["checks"] for claim in check["claims"]}

    assert told("check") == told("all") == {"a", "b", "c"}
    assert told("check", "claims/b.yaml") == told("all", "claims/b.yaml") == told("all", "b.md") == {"b"}
    assert told("check", "claims/b.yaml", "claims/c.yaml") == told("all", "b.md", "c.md") == {"b", "c"}
    assert told("check", "claims", "claims/b.yaml") == {"a", "b", "c"}
    write(folder, {"UPPER.YAML": document % ("u", "u") + two_claims("10 USD", "20 USD")})
    assert told("check", "UPPER.YAML") == told("all", "UPPER.YAML") == {"u"}


# Help


def test_help_of_every_command() -> None:
    for command in ("", *COMMANDS, "rules"):
        for option in ("--help", "-h"):
            ran = run(*command.split(), option)
            assert (ran.code, ran.err) == (OK, "")
            assert ran.out.lstrip().startswith("Usage: ")
    top = run("--help").out
    assert all(command.split()[0] in top for command in COMMANDS)
    assert "CROSSCHECK_FAIL_ON" in run("check", "--help").out


def test_no_command_shows_the_help() -> None:
    for arguments in ([], ["rules"]):
        ran = run(*arguments)
        assert ran.code == INPUT
        assert "Usage: " in ran.all


def test_version() -> None:
    assert run("--version").out == f"crosscheck {__version__}\n"
    done = process("--version")
    assert (done.returncode, done.stdout.decode().split()) == (OK, ["crosscheck", __version__])


# The same from run to run


def test_the_same_bytes_from_run_to_run(folder: Path) -> None:
    """Whatever the order in which Python walks its sets."""
    found = set()
    for seed in ("1", "2"):
        report = folder / f"{seed}.json"
        done = process("all", "-v", "--output", f"json={report}", env={"PYTHONHASHSEED": seed}, cwd=ROOT)
        assert b"warning" in done.stdout
        found.add((done.stdout, report.read_bytes()))
    assert len(found) == 1


def test_faults_come_in_the_same_order_from_run_to_run(folder: Path) -> None:
    write(folder, {"rules/own.yaml": "rules: [{}, {id: x, titel: y, asert: z}, {id: y}]"})
    write(folder, {"claims/a.yaml": "claims: [{}, {x: y}]"})
    found = {process("check", env={"PYTHONHASHSEED": seed}).stderr for seed in ("1", "2")}
    assert len(found) == 1
    assert found != {b""}


def shuffled(folder: Path, order: Callable[[Sequence[str]], Sequence[str]]) -> Ran:
    """The claim files of the project in another order, by other names."""
    for path in folder.glob("*.yaml"):
        path.unlink()
    names = sorted(path.name for path in (ROOT / "claims").glob("*.yaml"))
    for number, name in enumerate(order(names)):
        write(folder, {f"{number}-{name}": (ROOT / "claims" / name).read_text(encoding="utf-8")})
    return run("check", ".", "--format", "json")


def test_the_order_of_claim_files_makes_no_difference(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = folder / "shuffled"
    write(own, {".git/x": ""})
    monkeypatch.chdir(own)
    first = shuffled(own, lambda names: names)
    assert json.loads(first.out)["checks"]
    for order in (lambda names: names[::-1], lambda names: [*names[2:], *names[:2]]):
        assert shuffled(own, order).out == first.out
