"""`rules new` and `rules lint`: for people who write rules."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from crosscheck.checking.examples import run_examples
from crosscheck.checking.lint import lint
from crosscheck.cli.check import FINDINGS, INPUT, OK, configuration_of
from crosscheck.cli.output import say, show_faults
from crosscheck.cli.schema import schema_text
from crosscheck.inputs.disk import real
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.inputs.writing import write_text
from crosscheck.project.configuration import Configuration
from crosscheck.project.lists import codelists_of
from crosscheck.project.new_rule import SCHEMA_FILE, new_rule_file, write_new_rule
from crosscheck.project.pipeline import known_claims, rules_of
from crosscheck.reports.concise import plural
from crosscheck.rules.codes import unknown_names
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule


def run_new(identifier: str, file: Path | None, add: bool, like: str | None, isolated: bool, config: Path | None) -> int:
    """Writes a rule to start from, and beside it the schema for editors where there is none."""
    try:
        settings = configuration_of(config, isolated)
        known = _beside([identifier], settings, isolated)
        path = file or new_rule_file(identifier, settings)
        write_new_rule(identifier, path, add, None if like is None else _named(like, known), known)
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    say(f"{path}: {'the rule was added at the end' if add else 'written'}\n")
    schema = path.parent / SCHEMA_FILE
    if not add and not os.path.lexists(schema):
        try:
            write_text(schema, schema_text("rules"))
        except OSError as error:
            show_faults([Fault(str(schema), None, None, f"cannot be written: {error.strerror or error}")])
            return INPUT
        say(f"{schema}: written, for editors that know JSON Schema\n")
    used = configuration_of(config, isolated).rule_files  # a folder of rules may be new
    if not any(real(path).is_relative_to(real(place)) for place in used):
        say(f"{path} is not among the rules of the project: name it under `rule_files`, or with --rules\n")
    say(f"next: change it, then `crosscheck test {path} --coverage` and `crosscheck rules lint {path}`\n")
    return OK


def _named(name: str, known: Sequence[Rule]) -> Rule:
    found = next((rule for rule in known if rule.id == name), None)
    if found is None:
        hint = did_you_mean(name, [rule.id for rule in known], 4) or "`crosscheck rules list` names them"
        raise InputFaults([Fault("--like", None, None, f'no rule has the id "{name[:60]}"', hint)])
    return found


def run_lint(paths: Sequence[str], isolated: bool, config: Path | None) -> int:
    """Says what is weak about rules: those of the named files, the project's own, or where it has none the shipped ones."""
    try:
        settings = configuration_of(config, isolated)
        known = _beside(paths, settings, isolated)
        if paths:
            rules = read_rule_files([Path(path) for path in paths])
        else:
            rules = tuple(rule for rule in known if not rule.shipped) or known
        if not rules:
            raise InputFaults(
                [Fault("crosscheck", None, None, "there are no rules to look at", "name rule files or folders")]
            )
        lists = codelists_of(settings, isolated)
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    ids = {rule.id for rule in rules}
    claims = known_claims(settings, lists)
    found = lint(rules, list(run_examples(rules)), [rule for rule in known if rule.id not in ids])
    found += unknown_names([rule for rule in rules if not rule.shipped], claims, lists, only_near=not claims)
    for fault in found:
        say(f"{_line(fault)}\n")
    say(f"{plural(len(rules), 'rule')}: {plural(len(found), 'remark')}\n")
    return FINDINGS if found else OK


def _beside(named: Sequence[str], settings: Configuration, isolated: bool) -> tuple[Rule, ...]:
    """The rules that a project has. Where the work is on something named, faults elsewhere are left to the runs that meet
    them.
    """
    try:
        return rules_of(settings, (), isolated)
    except InputFaults:
        if not named:
            raise
        return rules_of(Configuration(settings.root), (), isolated)


def _line(fault: Fault) -> str:
    place = ":".join(str(part) for part in (fault.file, fault.line, fault.column) if part is not None)
    return f"{place}: {fault.message}" + (f"\n    hint: {fault.hint}" if fault.hint else "")
