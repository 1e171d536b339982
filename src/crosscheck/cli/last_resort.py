"""The outer edge of the command: the words that come in, and what nobody caught going out."""

from __future__ import annotations

import os
import re
import shlex
import sys
import traceback
from types import TracebackType

BUG, INTERRUPTED = 4, 130
ADDED_KEY = re.compile(r"[a-z][a-z0-9_]*=")


class LastResort:
    """Turns what nobody caught into exit 4 with one line (with --debug the traceback), and Ctrl-C into a quiet end."""

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None or error is None or issubclass(kind, SystemExit):
            return
        if issubclass(kind, KeyboardInterrupt):
            raise SystemExit(INTERRUPTED)
        if _wants_details():
            traceback.print_exception(error)
        else:
            first = str(error).partition("\n")[0][:300]
            sys.stderr.write(
                f"crosscheck: a bug of ours: {kind.__name__}: {first}\nrun again with --debug for the details\n"
            )
        raise SystemExit(BUG)


def _wants_details() -> bool:
    return "--debug" in sys.argv or os.environ.get("CROSSCHECK_DEBUG", "").lower() in ("1", "true", "t", "yes", "y", "on")


def one_option(words: list[str]) -> list[str]:
    """The words of a command, those of each `--add like=CLAIM time_period=2022 "24.2 billion USD"` made one."""
    made: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        made.append(word)
        if word == "--add" and rest and ADDED_KEY.match(rest[0]) and " " not in rest[0]:
            parts = []
            while rest and ADDED_KEY.match(rest[0]):
                parts.append(rest.pop(0))
            if rest and not rest[0].startswith("--"):
                parts.append(rest.pop(0))
            made.append(shlex.join(parts))
    return made
