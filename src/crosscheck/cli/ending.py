"""How a run ends that nobody ended: a bug of ours, Ctrl-C, a signal to stop."""

from __future__ import annotations

import os
import sys
import traceback
from types import FrameType, TracebackType

BUG, INTERRUPTED, STOPPED = 4, 130, 143


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


def stop(number: int, frame: FrameType | None) -> None:
    """Ends in the usual way, so that half-written files are taken away."""
    raise SystemExit(STOPPED)
