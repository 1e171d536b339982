"""`rules list` and `rules show`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crosscheck.cli.check import INPUT, OK, configuration_of
from crosscheck.cli.output import say, show_faults
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.project.pipeline import rules_of
from crosscheck.reports.rule_page import rule_text
from crosscheck.rules.model import Rule


def _rules(rules: Sequence[Path], isolated: bool, config: Path | None) -> tuple[Rule, ...] | None:
    try:
        return rules_of(configuration_of(config, isolated), rules, isolated)
    except InputFaults as error:
        show_faults(error.faults)
        return None


def run_list(rules: Sequence[Path], isolated: bool, config: Path | None) -> int:
    """Id and title of each rule, in the order of their ids."""
    found = _rules(rules, isolated, config)
    if found is None:
        return INPUT
    width = max((len(rule.id) for rule in found), default=0)
    for rule in sorted(found, key=lambda rule: rule.id):
        say(f"{rule.id:{width}}  {rule.title}\n")
    return OK


def run_show(name: str, rules: Sequence[Path], isolated: bool, config: Path | None) -> int:
    """Everything about one rule."""
    found = _rules(rules, isolated, config)
    if found is None:
        return INPUT
    rule = next((rule for rule in found if rule.id == name), None)
    if rule is None:
        hint = did_you_mean(name, [rule.id for rule in found], 4) or "`crosscheck rules list` names them"
        show_faults([Fault("rules show", None, None, f'no rule has the id "{name[:60]}"', hint)])
        return INPUT
    say(rule_text(rule))
    return OK
