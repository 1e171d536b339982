"""The life of rules: previews are off unless asked for, deprecated ones say so, and one that took another's place answers
to the old name as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.project.configuration import Configuration
from crosscheck.rules.files import duplicate_ids
from crosscheck.rules.model import Rule


def with_former_names(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules, each with the ids of those that it replaced.

    Raises InputFaults for a `replaced_by` that names no rule, or leads in a circle.
    """
    by_id = {rule.id: rule for rule in rules}
    former: dict[str, list[str]] = defaultdict(list)
    faults = []
    for rule in rules:
        if rule.replaced_by is None:
            continue
        last, seen = rule, {rule.id}
        while last.replaced_by is not None and last.replaced_by in by_id and last.replaced_by not in seen:
            last = by_id[last.replaced_by]
            seen.add(last.id)
        if last.replaced_by is None:
            former[last.id].append(rule.id)
        elif last.replaced_by in seen:
            faults.append(_fault(rule, f"`replaced_by` leads in a circle: {' → '.join(sorted(seen))}", None))
        else:
            hint = did_you_mean(last.replaced_by, by_id, 4)
            faults.append(_fault(rule, f'no rule has the id "{last.replaced_by[:60]}" of `replaced_by`', hint))
    if faults:
        raise InputFaults(faults)
    return tuple(replace(rule, formerly=tuple(former[rule.id])) if rule.id in former else rule for rule in rules)


def same_ids(rules: Sequence[Rule]) -> list[Fault]:
    """A fault for each rule whose id another one has; one alone for files that are copies of those that ship, as in a
    checkout of another crosscheck than the one that runs.
    """
    shipped = {rule.id: rule for rule in rules if rule.shipped}
    by_file: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        if not rule.shipped:
            by_file[rule.file].append(rule)
    copies = [
        file
        for file, own in by_file.items()
        if all(rule.id in shipped and Path(shipped[rule.id].file).name == Path(file).name for rule in own)
    ]
    faults = duplicate_ids([rule for rule in rules if rule.file not in copies])
    if copies:
        first = by_file[copies[0]][0]
        more = len(copies) - 1
        others = f" and of {more} more file{'s' if more > 1 else ''}" if more else ""
        ships = Path(shipped[first.id].file).parent
        message = f"the rules of this file{others} are those that ship with the crosscheck that runs, in {ships}"
        hint = "in a checkout of crosscheck run its own one, else take the copies away; --isolated leaves out what ships"
        faults.append(Fault(copies[0], first.line, first.column, message, hint))
    return faults


def _fault(rule: Rule, message: str, hint: str | None) -> Fault:
    return Fault(rule.file, rule.line, rule.column, f"{rule.id}: {message}", hint)


def in_force(rules: Sequence[Rule], settings: Configuration, select: Collection[str]) -> tuple[Rule, ...]:
    """The rules that run: not those that another one replaced, and previews only where somebody asks for them: by id in
    `select`, by `preview = true`, or by a table [rules.ID].
    """
    return tuple(
        rule
        for rule in rules
        if rule.replaced_by is None and (rule.status != "preview" or _is_asked_for(rule, settings, select))
    )


def _is_asked_for(rule: Rule, settings: Configuration, select: Collection[str]) -> bool:
    return settings.preview or not rule.names.isdisjoint(select) or not rule.names.isdisjoint(settings.rules)


def status_remarks(
    rules: Sequence[Rule],
    settings: Configuration,
    select: Collection[str],
    ignore: Collection[str],
    silenced: Collection[str],
) -> Iterator[str]:
    """A sentence for each old or deprecated id that somebody still uses, and each preview of a project's own that is off.

    `silenced` are the rule ids that suppressions name.
    """
    places = (
        (select, "--select"),
        (ignore, "--ignore"),
        (settings.rules, "the configuration"),
        (silenced, "a suppression"),
    )
    for rule in rules:
        for name in rule.formerly:
            for used, where in places:
                if name in used:
                    yield f"{where} names {name}, which is now {rule.id}: it is taken for that"
        if rule.status == "deprecated" and rule.replaced_by is None:
            for used, where in places:
                if rule.id in used:
                    yield f"{where} names {rule.id}, which is deprecated and will go: {rule.why}"
        if rule.status == "preview" and not rule.shipped and not _is_asked_for(rule, settings, select):
            yield f"rule {rule.id} is a preview, and off: set `preview = true`, or --select {rule.id}"
