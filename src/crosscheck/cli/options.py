"""Options that several commands share, and what they say together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean

FORMATS = (
    "full",
    "concise",
    "json",
    "html",
    "jsonl",
    "sarif",
    "junit",
    "github",
    "gitlab",
    "rdjson",
    "markdown",
    "csv",
    "ticks",
)
COLORS = ("auto", "always", "never")
STRICT_PARTS = ("own-rules", "suppressions", "unverifiable", "stale-claims")
ENGINES = ("auto", "reference", "columnar", "spark")
TABLE_OUTPUTS = ("jsonl", "json", "parquet")  # what can be written of tables that the columnar engine checks
FAIL_LEVELS = ("error", "warning", "note", "never")


@dataclass(frozen=True, slots=True)
class Options:
    """What a checking command was asked to do, in the words of the command line."""

    rules: tuple[Path, ...] = ()
    isolated: bool = False
    format: str = "full"
    output: tuple[str, ...] = ()
    fail_on: str = "error"
    against: tuple[Path, ...] = ()
    published: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: tuple[str, ...] = ()
    config: Path | None = None
    frozen: bool = False
    allow_empty: bool = False
    quiet: bool = False
    verbose: bool = False
    color: str = "auto"
    baseline: Path | None = None
    open: bool = False
    engine: str = "auto"
    limit: int = 20

    @property
    def strict_parts(self) -> frozenset[str]:
        """What must hold beside having no findings."""
        return frozenset(STRICT_PARTS if "all" in self.strict else self.strict)

    @property
    def outputs(self) -> list[tuple[str, str]]:
        """Format and path of each report that goes to a file."""
        return [(name, path) for name, _, path in (text.partition("=") for text in self.output)]


@dataclass(frozen=True, slots=True)
class ReconcileOptions:
    """What `reconcile` was asked to do."""

    rules: tuple[Path, ...]
    isolated: bool
    format: str
    output: tuple[str, ...]
    fail_on: str
    against: tuple[Path, ...]
    published: str | None
    assume: bool
    set: tuple[str, ...]
    add: tuple[str, ...]
    time_limit: int | None
    memory_limit: str | None
    config: Path | None
    allow_empty: bool
    verbose: bool
    color: str
    engine: str = "auto"
    jobs: int | None = None
    every: bool = False
    limit: int = 20

    @property
    def outputs(self) -> list[tuple[str, str]]:
        """Format and path of each file: `FORMAT=PATH`, or a path alone for JSON."""
        found = []
        for text in self.output:
            name, _, path = text.partition("=")
            found.append((name, path) if name in TABLE_OUTPUTS and path else ("json", text))
        return found


def check_words(options: Options) -> None:
    """Raises InputFaults with every word that an option does not take."""
    faults = [
        *unknown_word(options.format, FORMATS, "--format"),
        *unknown_word(options.fail_on, FAIL_LEVELS, "--fail-on"),
        *unknown_word(options.color, COLORS, "--color"),
        *unknown_word(options.engine, ENGINES, "--engine"),
        *(fault for part in options.strict for fault in unknown_word(part, (*STRICT_PARTS, "all"), "--strict")),
    ]
    for text, (name, path) in zip(options.output, options.outputs, strict=True):
        if not path:
            hint = "write FORMAT=PATH, such as json=report.json"
            faults.append(Fault("--output", None, None, f'"{text[:60]}" is not understood', hint))
        elif path == "-":
            faults.append(Fault("--output", None, None, "writes files", f"`--format {name}` writes on standard output"))
        else:
            faults += unknown_word(name, (*FORMATS, "parquet"), "--output")
    if faults:
        raise InputFaults(faults)


def unknown_word(text: str, allowed: tuple[str, ...], option: str) -> list[Fault]:
    """A fault where an option does not take this word."""
    if text in allowed:
        return []
    hint = did_you_mean(text, allowed) or f"one of {', '.join(allowed)}"
    return [Fault(option, None, None, f'unknown value "{text[:60]}"', hint)]
