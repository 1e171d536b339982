"""`all --watch`: the run again whenever a file of it changes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from crosscheck.cli.check import STANDARD_INPUT, configuration_of, run_all
from crosscheck.cli.options import Options
from crosscheck.cli.output import complain, say
from crosscheck.inputs.disk import files_in
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.project.configuration import FILES

SECONDS = 0.3  # between two looks
CLEAR = "\x1b[2J\x1b[H"

Stamps = Mapping[str, tuple[int, int]]


def watch_all(paths: Sequence[str], options: Options) -> int:
    """Runs `all`, and runs it again whenever a file that the run depends on changes, comes or goes; until Ctrl-C."""
    while True:
        before = stamps(watched(paths, options))
        if sys.stdout.isatty():
            say(CLEAR)
        run_all(paths, options)
        complain(f"crosscheck: watching {len(before)} files; Ctrl-C ends")
        while stamps(watched(paths, options)) == before:
            time.sleep(SECONDS)


def watched(paths: Sequence[str], options: Options) -> list[Path]:
    """The files and folders that a run depends on; those of the last good configuration's places where it has faults."""
    found = [Path(path) for path in paths if path != STANDARD_INPUT]
    found += [*options.rules, *options.against, *map(Path, FILES)]
    found += [path for path in (options.config, options.baseline) if path is not None]
    try:
        settings = configuration_of(options.config, options.isolated)
    except InputFaults:
        return found
    found += [*settings.claims, *settings.rule_files, *settings.code_lists, *(() if paths else settings.documents)]
    found += [p for p in (settings.file, settings.baseline, settings.suppressions, settings.quantities) if p is not None]
    return found


def stamps(paths: Iterable[Path]) -> Stamps:
    """By path, when each file was changed and how long it is; folders with all that is in them."""
    ignored: list[Fault] = []
    found: dict[str, tuple[int, int]] = {}
    for path in paths:
        for file in files_in(path, ignored) if os.path.isdir(path) else [path]:
            try:
                state = os.stat(file)
            except OSError:
                continue
            found[str(file)] = (state.st_mtime_ns, state.st_size)
    return found
