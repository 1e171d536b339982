"""Where commands speak: reports on stdout, all else on stderr."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TextIO

from crosscheck.inputs.faults import Fault
from crosscheck.reports.terminal import Style

MAXIMUM_MESSAGE = 500
CANNOT_WRITE = 2
DEFAULT_WIDTH = 100
PATIENCE = 1.0  # seconds without a word


def open_streams() -> None:
    """Gives a process that was started with closed streams some that swallow everything."""
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()


def _nowhere() -> TextIO:
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def say(text: str) -> None:
    """Text on stdout. Characters that its encoding lacks are escaped as JSON does, so that JSON stays JSON."""
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:
        sys.stdout.write("".join(c if c.isascii() else json.dumps(c)[1:-1] for c in text))
    except OSError as error:
        _give_up(error)
    flush()


def terminal_style(color: str) -> Style:
    """How to write on stdout: its width, whether in colour (NO_COLOR, FORCE_COLOR, TERM=dumb), whether beyond ASCII."""
    terminal = sys.stdout.isatty()
    environment = os.environ
    if color == "auto":
        plain = environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
        coloured = bool(environment.get("FORCE_COLOR")) or (terminal and not plain)
        coloured = coloured and not environment.get("NO_COLOR")
    else:
        coloured = color == "always"
    columns = (
        shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns if terminal or "COLUMNS" in environment else DEFAULT_WIDTH
    )
    try:
        "│━…●".encode(sys.stdout.encoding or "ascii")
        beyond_ascii = True
    except UnicodeEncodeError:
        beyond_ascii = False
    return Style(max(min(columns, 160), 40), coloured, beyond_ascii)


def flush() -> None:
    """What was said so far reaches the reader. When nobody reads, files are still written and the exit code is kept."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _give_up(error)


def _give_up(error: OSError) -> None:
    """Nothing more can be said on stdout: what is still in its buffer must not complain again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        sys.stderr.write(f"crosscheck: error: the report cannot be written: {error.strerror}\n")
        raise SystemExit(CANNOT_WRITE)


@contextmanager
def progress() -> Iterator[Callable[[str], None] | None]:
    """Something to tell long work to: shown on stderr where that is a terminal, after a second, on one line that is gone
    afterwards. None where nobody would see it.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    begun = time.monotonic()
    written = False

    def tell(text: str) -> None:
        nonlocal written
        if time.monotonic() - begun > PATIENCE:
            written = True
            width = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns - 1
            sys.stderr.write(f"\r\x1b[K{shown(text)[:width]}")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def complain(text: str) -> None:
    """A line on stderr, without characters that would do something to a terminal."""
    sys.stderr.write(shown(text) + "\n")


def show_faults(faults: Sequence[Fault], format: str = "concise") -> None:
    """All faults of the input: as the report where its format has a place for them, else on stderr."""
    from crosscheck.cli.rendering import fault_text
    from crosscheck.reports import concise

    clean = [
        replace(
            fault,
            file=shown(fault.file),
            message=shown(fault.message),
            hint=None if fault.hint is None else shown(fault.hint),
        )
        for fault in faults
    ]
    report = fault_text(clean, format)
    if report is not None:
        say(report)
        return
    for line in concise.fault_lines(clean):
        sys.stderr.write(line + "\n")


def shown(text: str) -> str:
    """Text that came from a file or a name, as it can be shown on one line of a terminal."""
    cut = text if len(text) <= MAXIMUM_MESSAGE else text[: MAXIMUM_MESSAGE - 3] + "..."
    return cut if cut.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in cut)
