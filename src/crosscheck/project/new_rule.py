"""`rules new`: a rule file to start from, commented and with examples that hold, or a rule more in a file that there is."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from crosscheck.inputs.disk import read_limited
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import write_text
from crosscheck.inputs.yaml_tree import read_bytes
from crosscheck.project.configuration import Configuration
from crosscheck.rules.files import IDENTIFIER, MAXIMUM_IDENTIFIER, id_hint, read_rule_file
from crosscheck.rules.model import Rule

SCHEMA_FILE = "rules.schema.json"
HEADER = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"
FOLDER = "rules"
MAXIMUM_BYTES = 32 * 1024 * 1024
# Facts about the rule that was copied, which are not facts about its copy.
OF_THE_ORIGINAL = ("since", "status", "replaced_by", "source", "tags")

INTRODUCTION = """\
# Rules of this project. `crosscheck test` runs the examples below, `crosscheck rules lint` says what is weak about them,
# and `crosscheck all` uses the rules: nothing needs to be registered.
"""
TEMPLATE = """\
# Stays for ever: suppressions and configurations name it. Best read after "allow".
- id: {id}
  # What is wrong when the rule fails, and why its figures belong together. Both are shown with every finding.
  title: The staff is not the sum of nurses and doctors
  why: Everybody who works here is a nurse or a doctor.
  # Each variable selects figures. Dimensions that it does not name (time_period, entity, …) must agree between them.
  # Figures of different kinds, such as money and tickets, need `unit: any`.
  variables:
    staff: {{indicator: staff}}
    nurses: {{indicator: nurses}}
    doctors: {{indicator: doctors}}
  # What must hold. The figure in doubt is the one alone on the left; rounding of the printed digits is allowed for.
  assert: staff == nurses + doctors
  # From which gap on a figure that fits only by rounding is worth a warning: `1 %` of it, or `0.5 percentage_point`.
  material: 1 %
  # At least one for each verdict. A figure that is left out is missing.
  examples:
    - {{staff: "1,270", nurses: 920, doctors: 350, verdict: consistent}}
    - {{staff: 1.2 thousand, nurses: 0.91 thousand, doctors: 0.35 thousand, verdict: reconcilable}}
    - {{staff: "1,720", nurses: 920, doctors: 350, verdict: contradiction}}
    - {{staff: "1,270", nurses: 920, verdict: unverifiable}}
"""


def new_rule_file(identifier: str, settings: Configuration) -> Path:
    """Where a new rule goes when nobody says where: a file of its own in the project's folder of rules."""
    folders = [path for path in settings.rule_files if os.path.isdir(path)]
    return (folders[0] if folders else settings.root / FOLDER) / f"{identifier}.yaml"


def write_new_rule(identifier: str, path: Path, add: bool, like: Rule | None, known: Sequence[Rule]) -> None:
    """Write a rule file with one rule, or with `add` put the rule at the end of the file that is there.

    `like` is a rule to copy; else the rule is one to start from. What stood in a file stays as it was, byte for byte.
    Raises InputFaults when the id is none or taken, when the file exists (or with `add` does not), when it is no rule
    file, or cannot be written.
    """
    name = str(path)
    if len(identifier) > MAXIMUM_IDENTIFIER or not IDENTIFIER.fullmatch(identifier):
        raise InputFaults([Fault("rules new", None, None, f'"{identifier[:60]}" is no rule id', id_hint(identifier))])
    taken = next((rule for rule in known if rule.id == identifier), None)
    if taken is not None:
        where = "it ships with crosscheck" if taken.shipped else f"it stands at {taken.file}:{taken.line}"
        raise InputFaults([Fault("rules new", None, None, f'there is a rule "{identifier}" already', where)])
    if not add and os.path.lexists(path):
        raise InputFaults(
            [Fault(name, None, None, "this file exists, and is not overwritten", "--add puts the rule at its end")]
        )
    if add and not path.is_file():
        raise InputFaults([Fault(name, None, None, "there is no such file to add to", "without --add it is made")])
    block = TEMPLATE.format(id=identifier) if like is None else _copy(like, identifier)
    text = _added(path, block) if add else f"{HEADER}{INTRODUCTION}rules:\n{indented(block, 2)}"
    _check(text, name)
    try:
        write_text(path, text)
    except OSError as error:
        raise InputFaults([Fault(name, None, None, f"cannot be written: {error.strerror or error}")]) from None


def _added(path: Path, block: str) -> str:
    """The text of a rule file with a rule more at its end."""
    data = read_limited(path, MAXIMUM_BYTES, " as YAML")
    root = read_bytes(data, str(path))
    listed = root.get("rules")
    if listed is None or not listed.items:
        raise InputFaults(
            [root.fault("a rule cannot be added here", "the file needs a list under `rules`, with a rule in it")]
        )
    text = data.decode("utf-8")
    line_end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if text.endswith("\n") else line_end
    dash = listed.column - 1  # of a list in block style: where its dashes stand
    return text + gap + line_end + indented(block, dash).replace("\n", line_end)


def _check(text: str, name: str) -> None:
    """Raises InputFaults, with the file's real name, when the text is not a rule file as it stands."""
    with tempfile.TemporaryDirectory(prefix="crosscheck-rule-") as folder:
        path = Path(folder) / "new.yaml"
        path.write_bytes(text.encode("utf-8"))
        try:
            read_rule_file(path)
        except InputFaults as error:
            hint = "mend the file first, or write the rule into one of its own with --file"
            first = error.faults[0]
            message = f"a rule cannot be added here: {first.message}"
            raise InputFaults([Fault(name, first.line, first.column, message, hint)]) from None


def _copy(rule: Rule, identifier: str) -> str:
    """The text of a rule as it stands in its file, under another id, as an item of a list that begins in column 1."""
    lines = Path(rule.file).read_text(encoding="utf-8-sig").splitlines()
    first = lines[rule.line - 1]
    dash = first[: rule.column - 1].rfind("-")
    if dash < 0:  # `rules: [{…}]`, or the dash on a line of its own
        hint = "copy it by hand: its file is written in another style"
        raise InputFaults([Fault(rule.file, rule.line, rule.column, f'"{rule.id}" cannot be copied', hint)])
    kept = [first[dash:]]
    for line in lines[rule.line :]:
        if line.strip() and len(line) - len(line.lstrip()) <= dash:
            break
        kept.append(line[dash:])
    while not kept[-1].strip():
        kept.pop()
    text = "\n".join(kept) + "\n"
    keys = "|".join(OF_THE_ORIGINAL)
    text = re.sub(rf"^  (?:{keys}):.*\n(?:   .*\n)*", "", text, flags=re.MULTILINE)
    return re.sub(r"^(- +|  )id:.*$", rf"\1id: {identifier}", text, count=1, flags=re.MULTILINE)


def indented(block: str, width: int) -> str:
    """A block with every line that is not empty moved to the right."""
    return "".join(" " * width + line if line.strip() else line for line in block.splitlines(keepends=True))
