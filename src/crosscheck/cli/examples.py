"""`test`: the examples in rule files, and cases in Markdown files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from crosscheck.checking.examples import ExampleResult, never_firing, run_examples
from crosscheck.checking.mutation import Deaf, deaf_examples
from crosscheck.cli.check import FINDINGS, INPUT, OK, configuration_of
from crosscheck.cli.output import say, show_faults, shown
from crosscheck.inputs.disk import YAML_SUFFIXES, files_in
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.project.pipeline import rules_of
from crosscheck.reports.numbers import interval_like
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule

CASE_SUFFIXES = (".md", ".markdown")


def run_test(paths: Sequence[str], rules: Sequence[Path], isolated: bool, coverage: bool, config: Path | None) -> int:
    """Runs the examples of the named rule files, or of all rules, and the cases of Markdown files among the paths.

    1 when some example gets another verdict, or a case other findings.
    """
    try:
        named = [Path(path) for path in paths]
        cases = [path for path in named if _holds(path, CASE_SUFFIXES)]
        files = [path for path in named if path not in cases or _holds(path, YAML_SUFFIXES)]
        found: Sequence[Rule] = ()
        if files or rules or not cases:
            found = (
                read_rule_files([*files, *rules])
                if paths
                else rules_of(configuration_of(config, isolated), rules, isolated)
            )
            if not found:
                hint = "name rule files, folders with them, or cases (.md)"
                raise InputFaults([Fault("crosscheck", None, None, "there are no rules to test", hint)])
        code = _run_examples(found, coverage) if found else OK
        return max(code, _run_cases(cases)) if cases else code
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT


def _holds(path: Path, suffixes: tuple[str, ...]) -> bool:
    """True for a file of such a kind, and for a folder with some."""
    if os.path.isdir(path):
        return bool(files_in(path, [], suffixes))
    return path.name.lower().endswith(suffixes)


def _run_examples(found: Sequence[Rule], coverage: bool) -> int:
    results = list(run_examples(found))
    failed = [result for result in results if result.differences]
    for result in failed:
        place = f"{result.rule.file}:{result.example.line}:{result.example.column}"
        say(f"{place}: {result.rule.id}: {'; '.join(result.differences)}{_given(result)}\n")
    silent = never_firing(found, results) if coverage else []
    for rule in silent:
        say(f"{rule.file}:{rule.line}:{rule.column}: {rule.id}: no example makes this rule speak\n")
    deaf = list(deaf_examples(found)) if coverage else []
    for one in deaf:
        say(f"{_deaf(one)}\n")
    todo = sum(example.todo is not None for rule in found for example in rule.examples)
    counted = f"{_count(len(found), 'rule')}, {_count(len(results), 'example')}"
    tally = f"{counted}: {len(results) - len(failed)} as stated, {len(failed)} not"
    say(tally + (f", {todo} to do" if todo else "") + "\n")
    return FINDINGS if failed or silent or deaf else OK


def _given(result: ExampleResult) -> str:
    """What the other figures give for the subject, where an example got another verdict than it states."""
    found, rule = result.found, result.rule
    subject = next((member.figure for member in result.example.figures.get(rule.subject, ()) if member.figure), None)
    if found is None or found.computed is None or subject is None or found.verdict == result.example.verdict:
        return ""
    gives = found.computed_face if subject.unit.name == "percent" and subject.face else None
    is_hundredfold = gives is not None and gives.is_point and gives.low == 100 * subject.face
    hint = "; a percentage is a ratio itself (75 % is 0.75), so leave `* 100` out" if is_hundredfold else ""
    return f"; the others give {interval_like(found.computed, subject)} for {rule.subject}{hint}"


def _deaf(found: Deaf) -> str:
    """An example that proves nothing, or a variable that no example proves anything about."""
    rule, example, names = found.rule, found.example, " and ".join(found.variables)
    if example is None:
        return f"{rule.file}:{rule.line}:{rule.column}: {rule.id}: no example changes its verdict with another {names}"
    place = f"{rule.file}:{example.line}:{example.column}"
    return f"{place}: {rule.id}: this example proves nothing: {example.verdict} with any other {names}"


def _run_cases(paths: Sequence[Path]) -> int:
    """Every case, told one after another; raises InputFaults with the faults of all files before any is run."""
    from crosscheck.project.cases import Case, case_files, read_cases, run_case

    faults: list[Fault] = []
    cases: list[Case] = []
    for file in case_files(paths, faults):
        try:
            cases += read_cases(file)
        except InputFaults as error:
            faults += error.faults
    if not faults and not cases:
        faults.append(Fault(str(paths[0]), None, None, "there are no cases here", "a case has a block `findings`"))
    if faults:
        raise InputFaults(faults)
    failed = 0
    for case in cases:
        try:
            result = run_case(case)
        except InputFaults as error:
            faults += error.faults
            continue
        failed += bool(result.differences)
        for line, text in result.differences:
            say(f"{case.file}:{line}: {shown(case.name)}: {shown(text)}\n")
    if faults:
        raise InputFaults(faults)
    say(f"{_count(len(cases), 'case')}: {len(cases) - failed} as stated, {failed} not\n")
    return FINDINGS if failed else OK


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
