"""`compare`: two runs side by side. `all --watch`: the run again when a file changes. Progress on a terminal."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import FINDINGS, INPUT, OK, repository, run, write

from crosscheck.cli import output

WRONG = (
    "Published: 2 February 2024\n\nNorthwind Ltd said revenue grew 9% to €8.4 million in 2023 from €8.0 million in 2022.\n"
)
RIGHT = WRONG.replace("9%", "5%")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a wrong figure."""
    return repository(tmp_path, monkeypatch, {"documents/a.md": WRONG})


def report(name: str) -> None:
    """The JSON report of a run as things stand."""
    run("all", "--output", f"json={name}", "--fail-on", "never")


def test_the_words_of_a_comparison(folder: Path) -> None:
    south = WRONG.replace("Northwind", "Southwind")
    write(folder, {"documents/b.md": WRONG.replace("Northwind", "Eastwind"), "documents/c.md": south})
    report("old.json")
    write(
        folder,
        {
            "documents/b.md": RIGHT.replace("Northwind", "Eastwind"),
            "documents/c.md": south.replace(" from €8.0 million in 2022", ""),
            "documents/d.md": WRONG.replace("Northwind", "Westwind"),
        },
    )
    report("new.json")
    ran = run("compare", "old.json", "new.json")
    assert (ran.code, ran.err) == (FINDINGS, "")
    states = [line.partition(" [")[0].split(":")[0:2] for line in ran.out.splitlines()[:-1]]
    assert states == [
        ["new", " documents/d.md"],
        ["newly unverifiable", " documents/c.md"],
        ["still there", " documents/a.md"],
        ["resolved", " documents/b.md"],
    ]
    assert ran.out.endswith("1 new, 0 worse, 1 newly unverifiable, 1 still there, 1 resolved\n")
    assert run("compare", "old.json", "new.json", "--fail-on", "never").code == OK
    assert run("compare", "new.json", "new.json").code == OK


def test_what_got_worse(folder: Path) -> None:
    write(folder, {"crosscheck.toml": '[rules.growth-not-matching-levels]\nlevel = "warning"\n'})
    report("old.json")
    (folder / "crosscheck.toml").unlink()
    report("new.json")
    ran = run("compare", "old.json", "new.json")
    assert ran.code == FINDINGS
    assert ran.out.startswith("worse: documents/a.md:3:33: error: 9% does not follow")
    assert run("compare", "new.json", "old.json").code == OK


def test_what_is_accepted_is_resolved_for_a_comparison(folder: Path) -> None:
    report("old.json")
    run("baseline", "write")
    report("new.json")
    assert run("compare", "old.json", "new.json").out.startswith("resolved: documents/a.md")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"checks": 5, "reading": []}', "[" * 5000, '{"errors": []}'])
def test_what_is_no_report(folder: Path, text: str) -> None:
    write(folder, {"bad.json": text})
    report("good.json")
    for files in (("bad.json", "good.json"), ("good.json", "bad.json")):
        ran = run("compare", *files)
        assert (ran.code, ran.out) == (INPUT, "")
        assert "bad.json: error: " in ran.err
    assert "unknown value" in run("compare", "good.json", "good.json", "--fail-on", "eror").err


# --- watching ---------------------------------------------------------------------------------------------------------


def wait_for(path: Path, words: str, count: int) -> str:
    """What stands in a file once some words are there so many times."""
    for _ in range(600):
        text = path.read_text(encoding="utf-8")
        if text.count(words) >= count:
            return text
        time.sleep(0.1)
    raise AssertionError(f"{words!r} does not come {count} times: {text}")


def test_watching(folder: Path) -> None:
    out, err = folder.parent / "out", folder.parent / "err"
    command = [sys.executable, "-m", "crosscheck", "all", "--watch", "--quiet", "--format", "concise"]
    with out.open("w") as stdout, err.open("w") as stderr:
        process = subprocess.Popen(command, cwd=folder, stdout=stdout, stderr=stderr)
        try:
            wait_for(err, "watching", 1)
            assert "9% does not follow" in out.read_text()
            write(folder, {"documents/a.md": RIGHT})
            wait_for(err, "watching", 2)
            write(folder, {"documents/b.md": WRONG.replace("9%", "12%")})
            wait_for(err, "watching", 3)
            assert out.read_text().count("does not follow") == 2
            write(folder, {"crosscheck.toml": "nonsense"})
            wait_for(err, "not readable as TOML", 1)
            (folder / "crosscheck.toml").unlink()
            wait_for(err, "watching", 5)
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(timeout=60)
    assert code == 130
    assert "Traceback" not in err.read_text()


# --- progress ---------------------------------------------------------------------------------------------------------


def on_a_terminal(folder: Path, patience: str) -> str:
    """What a run writes to stderr when that is a terminal."""
    ours, theirs = pty.openpty()
    code = f"import crosscheck.cli.output as o; o.PATIENCE = {patience}; from crosscheck.cli.app import main; main()"
    command = [sys.executable, "-c", code, "all", "--quiet"]
    environ = {**os.environ, "TERM": "xterm"}
    process = subprocess.Popen(command, cwd=folder, stderr=theirs, stdout=subprocess.DEVNULL, env=environ)
    os.close(theirs)
    told = b""
    try:
        while chunk := os.read(ours, 4096):
            told += chunk
    except OSError:
        pass  # the other end is closed
    process.wait(timeout=60)
    os.close(ours)
    return told.decode()


def test_progress_is_told_on_a_terminal_and_leaves_nothing(folder: Path) -> None:
    told = on_a_terminal(folder, "-1")
    assert "reading 1 of 1: documents/a.md" in told
    assert "checking 3 figures" in told
    assert told.endswith("\r\x1b[K")
    assert on_a_terminal(folder, "1000") == ""


def test_progress_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "PATIENCE", -1)
    ran = run("all", "--quiet")
    assert ran.err == ""
    with output.progress() as tell:
        assert tell is None


# --- streams ----------------------------------------------------------------------------------------------------------

COMMANDS = {
    "rules new": "rules new staff-wrong --file out/new.yaml",
    "rules lint": "rules lint own.yaml",
    "baseline show": "baseline show --baseline known.yaml",
    "compare": "compare empty.json new.json",
}
CODES = {"rules lint": FINDINGS, "compare": FINDINGS}


@pytest.mark.parametrize("name", COMMANDS)
def test_streams_and_exit_codes_of_new_commands(folder: Path, name: str) -> None:
    text = (
        "rules:\n  - {id: own-rule, title: t, why: w, assert: a == b, variables: {a: {indicator: x}, b: {indicator: y}}}\n"
    )
    write(folder, {"own.yaml": text, "empty.json": '{"checks": [], "reading": []}'})
    run("baseline", "write", "--baseline", "known.yaml")
    report("new.json")
    command = f"{sys.executable} -m crosscheck {COMMANDS[name]}"
    environ = {key: value for key, value in os.environ.items() if not key.startswith("CROSSCHECK_")}

    def ran(line: str) -> subprocess.CompletedProcess[str]:
        shutil.rmtree(folder / "out", ignore_errors=True)
        done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, env=environ, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    plain = ran(command)
    assert (plain.returncode, plain.stderr) == (CODES.get(name, OK), "")
    made = sorted(path.name for path in (folder / "out").rglob("*")) if (folder / "out").exists() else []
    closed = ran(f"{command} >&-")
    assert (closed.returncode, closed.stderr) == (plain.returncode, "")
    piped = ran(f"{{ {command}; echo $? >code; }} | true")
    assert piped.stderr == ""
    assert (folder / "code").read_text().strip() == str(plain.returncode)
    assert made == (sorted(path.name for path in (folder / "out").rglob("*")) if (folder / "out").exists() else [])
    if os.path.exists("/dev/full"):
        full = ran(f"{command} >/dev/full")
        assert full.returncode == INPUT
        assert full.stderr == "crosscheck: error: the report cannot be written: No space left on device\n"
