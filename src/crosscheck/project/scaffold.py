"""`init`: a project that passes, to be changed into one's own. Files that there are stay as they are."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import write_text
from crosscheck.project.configuration import FILES, PYPROJECT
from crosscheck.project.new_rule import HEADER, INTRODUCTION, SCHEMA_FILE, TEMPLATE, indented

CI = ("github", "gitlab", "none")
RULE = "staff-not-sum-of-professions"
CONFIGURATION = """\
# What crosscheck looks at. Every key: docs/reference/configuration.md
# The folders claims, rules and codelists are found by their names.
documents = [{documents}]

# A rule that speaks too loudly, or not loudly enough:
# [rules.growth-not-matching-levels]
# level = "warning"

# A house that rounds properly, and never just cuts digits off:
# [readings."{pattern}"]
# cut = "error"
"""
DOCUMENT = """\
# A year at Northwind

Published: 2 February 2024

Northwind Ltd said revenue grew 5% to €8.4 million in 2023 from €8.0 million in 2022.

<!-- Put documents of your own beside this one, and take it out. Make the 5% above 9%, and run `crosscheck all`. -->
"""
CLAIMS = """\
# Figures that a rule of your own needs and that reading cannot know: typed in here. Take this file out with its rule.
document: {path: staff.md, published: 2024-02-02}
defaults: {entity: northwind, time_period: 2023}
claims:
  - {id: staff, indicator: staff, figure: "1,270"}
  - {id: nurses, indicator: nurses, figure: "920"}
  - {id: doctors, indicator: doctors, figure: "350"}
"""
GITHUB = """\
name: figures
on: [push, pull_request]
permissions: {contents: read}
jobs:
  figures:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {python-version: "3.11"}
      # What pip installs: a release, or the address of a wheel or repository.
      - run: python -m pip install "$CROSSCHECK"
        env: {CROSSCHECK: "${{ vars.CROSSCHECK || 'crosscheck-figures' }}"}
      - run: crosscheck test --coverage
      - run: crosscheck all --format github
"""
GITLAB = """\
figures:
  image: python:3.11
  variables:
    # What pip installs: a release, or the address of a wheel or repository.
    CROSSCHECK: crosscheck-figures
  script:
    - python -m pip install "$CROSSCHECK"
    - crosscheck test --coverage
    - crosscheck all --output gitlab=gl-code-quality-report.json --output junit=figures.xml
  artifacts:
    when: always
    reports: {codequality: gl-code-quality-report.json, junit: figures.xml}
"""
CI_FILES: Mapping[str, Mapping[str, str]] = {
    "github": {".github/workflows/figures.yml": GITHUB},
    "gitlab": {".gitlab-ci.yml": GITLAB},
    "none": {},
}


@dataclass(frozen=True, slots=True)
class Made:
    """A file of a new project, and whether it was there before and stayed."""

    path: Path
    kept: bool


def scaffold(folder: Path, documents: Sequence[str], ci: str, schema: str) -> tuple[Made, ...]:
    """Write the files of a project that are not there yet.

    `documents` are folders and files to check, an example of one when empty; `schema` is the text of the schema of rule
    files.

    Raises InputFaults for documents that do not exist and for what cannot be written.
    """
    missing = [name for name in documents if not os.path.exists(folder / name)]
    if missing:
        raise InputFaults(Fault(name, None, None, "no such file or folder") for name in missing)
    made = []
    for name, text in _files(folder, documents, ci, schema).items():
        path = folder / name
        kept = os.path.lexists(path)
        if not kept:
            try:
                write_text(path, text)
            except OSError as error:
                raise InputFaults([Fault(str(path), None, None, f"cannot be written: {error.strerror or error}")]) from None
        made.append(Made(path, kept))
    return tuple(made)


def _files(folder: Path, documents: Sequence[str], ci: str, schema: str) -> Mapping[str, str]:
    """What belongs into the project, by path in it. Examples go only into folders that are not there yet."""
    listed = list(documents) or ["documents"]
    pattern = f"{listed[0].rstrip('/')}/**"
    quoted = ", ".join(f'"{_escaped(name)}"' for name in listed)
    found: dict[str, str] = {}
    there = [name for name in FILES if _configures(folder / name)]
    found |= dict.fromkeys(there, "") or {
        "crosscheck.toml": CONFIGURATION.format(documents=quoted, pattern=_escaped(pattern))
    }
    if not documents and not os.path.isdir(folder / "documents"):
        found["documents/example.md"] = DOCUMENT
    if not os.path.isdir(folder / "claims") and not os.path.isdir(folder / "rules"):
        rule = indented(TEMPLATE.format(id=RULE), 2)
        found |= {"claims/example.yaml": CLAIMS, "rules/example.yaml": f"{HEADER}{INTRODUCTION}rules:\n{rule}"}
        found[f"rules/{SCHEMA_FILE}"] = schema
    return {**found, **CI_FILES[ci]}


def _configures(path: Path) -> bool:
    """True for a configuration that is there; a pyproject.toml may say nothing of crosscheck."""
    if path.name != PYPROJECT or not path.is_file():
        return os.path.lexists(path) and path.name != PYPROJECT
    try:
        return "[tool.crosscheck" in path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
