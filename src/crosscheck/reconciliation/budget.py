"""How much time and memory a search may take. Whoever works asks it now and then, and ends with what is proved so far."""

from __future__ import annotations

import sys
import time
from pathlib import Path

TIME, MEMORY = "time", "memory"
STATM = Path("/proc/self/statm")  # pages in use, the second number those in memory


class Budget:
    """Limits of one run: seconds on the clock and bytes in memory, None for none. What ended it is kept.

    Made when the run begins: the seconds are counted from then on.
    """

    def __init__(self, seconds: float | None = None, memory: int | None = None) -> None:
        self.seconds, self.memory, self.begun = seconds, memory, time.monotonic()
        self.ended: str | None = None  # "time" or "memory", once somebody was told to stop

    def is_over(self) -> bool:
        """True from the moment on at which a limit is found passed."""
        if self.ended is None:
            if self.seconds is not None and time.monotonic() - self.begun > self.seconds:
                self.ended = TIME
            elif self.memory is not None and memory_in_use() > self.memory:
                self.ended = MEMORY
        return self.ended is not None


def memory_in_use() -> int:
    """Bytes of memory that this process holds; the most it ever held where only that is told. 0: untold."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    try:
        return int(STATM.read_bytes().split()[1]) * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
