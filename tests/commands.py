"""Commands run in this process, with a limit to their time, for tests of the command line."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from typer.testing import CliRunner

from crosscheck.cli.app import app

OK, FINDINGS, INPUT, STRICT, BUG = 0, 1, 2, 3, 4
SECONDS = 5  # of computing: what takes longer counts as a hang
SECONDS_ON_THE_CLOCK = 60  # for what waits instead, such as for a pipe


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        """Both streams."""
        return self.out + self.err


class TooLong(BaseException):
    """Not an exception that anything on the way would catch."""


@contextmanager
def within(seconds: float = SECONDS) -> Iterator[None]:
    """Raises TooLong when what is inside takes longer."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong

    timers = (
        (signal.ITIMER_VIRTUAL, signal.SIGVTALRM, seconds),
        (signal.ITIMER_REAL, signal.SIGALRM, SECONDS_ON_THE_CLOCK),
    )
    before = [(number, signal.signal(number, stop)) for _, number, _ in timers]
    for timer, _, limit in timers:
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for timer, _, _ in timers:
            signal.setitimer(timer, 0)
        for number, handler in before:
            signal.signal(number, handler)


def run(
    *arguments: str | Path, env: Mapping[str, str] | None = None, seconds: float = SECONDS, stdin: str | None = None
) -> Ran:
    """A command in the working folder; whatever it raises but an exit is a failure of the test."""
    with within(seconds):
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin, env=dict(env or {}))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return Ran(result.exit_code, result.stdout, result.stderr)


def write(folder: Path, files: Mapping[str, Any]) -> None:
    """Files of a folder by name, as text or bytes."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def one_rule(assertion: str = "a == b", **changes: str) -> str:
    """A rule file of one rule over the claims of `two_claims`."""
    lines = {
        "id": "own-rule",
        "title": "a is not b",
        "why": "they are the same",
        "variables": "{a: {indicator: x}, b: {indicator: y}}",
        "assert": assertion,
        **changes,
    }
    first, *rest = (f"{key}: {value}" for key, value in lines.items())
    return "\n".join(["rules:", f"  - {first}", *(f"    {line}" for line in rest), ""])


def two_claims(a: str = "10 USD", b: str = "10 USD", **more: str) -> str:
    """A claim file of two claims, of indicator x and y."""
    entries = {"a": f"indicator: x, figure: {a}", "b": f"indicator: y, figure: {b}", **more}
    return "\n".join(["claims:", *(f"  - {{id: {name}, {entry}}}" for name, entry in entries.items()), ""])


def repository(folder: Path, monkeypatch: pytest.MonkeyPatch, files: Mapping[str, Any]) -> Path:
    """A repository with files, worked in, where nothing that somebody has set for their own shell counts."""
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder)
    for name in list(os.environ):
        if name.startswith(("CROSSCHECK_", "GITHUB_")) or name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
            monkeypatch.delenv(name)
    write(folder, files)
    return folder
