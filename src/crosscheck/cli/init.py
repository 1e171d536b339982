"""`init`: a project to start from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crosscheck.cli.check import INPUT, OK
from crosscheck.cli.output import say, show_faults
from crosscheck.cli.schema import schema_text
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.project.scaffold import CI, scaffold


def run_init(folder: Path, documents: Sequence[str], ci: str) -> int:
    """Writes what a project needs and does not have yet."""
    try:
        if ci not in CI:
            hint = did_you_mean(ci, CI) or f"one of {', '.join(CI)}"
            raise InputFaults([Fault("--ci", None, None, f'unknown value "{ci[:60]}"', hint)])
        made = scaffold(folder, documents, ci, schema_text("rules"))
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    for file in made:
        say(f"{file.path}: {'there already, left as it is' if file.kept else 'written'}\n")
    where = "" if folder == Path() else f"in {folder}: "
    say(f"next: {where}`crosscheck all` checks the documents, `crosscheck test --coverage` the rules\n")
    return OK
