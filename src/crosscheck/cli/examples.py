"""`test`: the examples in rule files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crosscheck.checking.examples import never_firing, run_examples
from crosscheck.cli.check import FINDINGS, INPUT, OK, configuration_of
from crosscheck.cli.output import say, show_faults
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.project.pipeline import rules_of
from crosscheck.rules.files import read_rule_files


def run_test(paths: Sequence[str], rules: Sequence[Path], isolated: bool, coverage: bool, config: Path | None) -> int:
    """Runs the examples of the named rule files, or of all rules; 1 when some example gets another verdict."""
    try:
        if paths:
            found = read_rule_files([*map(Path, paths), *rules])
        else:
            found = rules_of(configuration_of(config, isolated), rules, isolated)
        if not found:
            raise InputFaults([Fault("crosscheck", None, None, "there are no rules to test", "name rule files or folders")])
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    results = list(run_examples(found))
    failed = [result for result in results if result.differences]
    for result in failed:
        place = f"{result.rule.file}:{result.example.line}:{result.example.column}"
        say(f"{place}: {result.rule.id}: {'; '.join(result.differences)}\n")
    silent = never_firing(found, results) if coverage else []
    for rule in silent:
        say(f"{rule.file}:{rule.line}:{rule.column}: {rule.id}: no example makes this rule speak\n")
    todo = sum(example.todo is not None for rule in found for example in rule.examples)
    counted = f"{_count(len(found), 'rule')}, {_count(len(results), 'example')}"
    tally = f"{counted}: {len(results) - len(failed)} as stated, {len(failed)} not"
    say(tally + (f", {todo} to do" if todo else "") + "\n")
    return FINDINGS if failed or silent else OK


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
