"""What starting costs: `--help` and a whole run of `all`, as ratios to importing what any such command line needs.

Run `python benchmarks/startup.py`. Times are processor time, the best of several runs, with compiled bytecode in place.
`crosscheck all` on the five documents should stay within 3 times `import typer, yaml, fractions`, `--help` within 1.5.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BASE = "import typer, yaml, fractions"
COMMANDS = {
    "a bare interpreter": ["-c", "pass"],
    BASE: ["-c", BASE],
    "import pydantic": ["-c", "import pydantic"],
    "import pint": ["-c", "import pint"],
    "import crosscheck.cli.check": ["-c", "import crosscheck.cli.app, crosscheck.cli.check"],
    "crosscheck --help": ["-m", "crosscheck", "--help"],
    "crosscheck all": ["-m", "crosscheck", "all"],
    "crosscheck all --format json": ["-m", "crosscheck", "all", "--format", "json"],
}


def processor_time(arguments: list[str], repeats: int = 9) -> float:
    """Seconds of processor time of one run of the interpreter, the best of some."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    best = float("inf")
    for _ in range(repeats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def main() -> None:
    """Prints the table."""
    times = {name: processor_time(arguments) for name, arguments in COMMANDS.items()}
    print(f"{'':30} {'ms':>6} {'ratio':>6}")
    for name, taken in times.items():
        print(f"{name:30} {taken * 1000:6.0f} {taken / times[BASE]:6.2f}")


if __name__ == "__main__":
    main()
