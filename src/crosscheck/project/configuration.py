"""Configuration: the nearest crosscheck.toml, .crosscheck.toml or [tool.crosscheck], upwards to the repository root."""

from __future__ import annotations

import fnmatch
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crosscheck.claims.keys import READINGS
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.figures.exact import Fraction
from crosscheck.inputs.disk import read_limited
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.project.places import line_of, places_of
from crosscheck.project.table_settings import TABLE_HINT, read_table
from crosscheck.rules.material import read_amount
from crosscheck.rules.model import LEVELS, Material

PYPROJECT = "pyproject.toml"
FILES = ("crosscheck.toml", ".crosscheck.toml", PYPROJECT)
TABLE = ("tool", "crosscheck")  # of pyproject.toml
PATH_KEYS = ("documents", "claims", "rule_files", "code_lists")
KEYS: Mapping[str, str] = {
    "documents": "files and folders with the documents",
    "claims": "files and folders with claim files",
    "rule_files": "files and folders with rules of your own, added to the shipped ones",
    "code_lists": "files and folders with code lists of your own",
    "quantities": "a file that adds to the table of hedges and number words",
    "rules": "by rule id: level, material, strain",
    "readings": "by path pattern: cut = error, zeros = exact; the last pattern that fits a document counts",
    "tables": "by path pattern: what the columns of tables mean; the last pattern that fits a table counts",
    "baseline": "the file with findings that are accepted for now, crosscheck.baseline.yaml when left out",
    "suppressions": "the file that says what shall not be reported, crosscheck.suppressions.yaml when left out",
    "preview": "true: also rules that are previews",
    "extend": "another configuration file, whose settings these add to",
}
DEFAULT_FOLDERS: Mapping[str, str] = {
    "documents": "documents",
    "claims": "claims",
    "rule_files": "rules",
    "code_lists": "codelists",
}
BASELINE, SUPPRESSIONS = "crosscheck.baseline.yaml", "crosscheck.suppressions.yaml"
RULE_KEYS = ("level", "material", "strain")
READINGS_HINT = "; ".join(f'{name} = "{off}" or "{on}"' for name, (off, on) in READINGS.items())
MAXIMUM_BYTES = 1024 * 1024
MAXIMUM_EXTENDS = 8
MAXIMUM_PARTS = 100
MAXIMUM_FAULTS = 100
STRINGS = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'""")


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What a project changes about one rule; None leaves it as it is. `file` and `line` say where."""

    level: str | None = None
    material: Material | None = None
    strain: Fraction | None = None
    file: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """For documents whose path fits `pattern`, by loose reading whether it is allowed."""

    pattern: str
    allowed: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class TablePattern:
    """For tables whose path fits `pattern`, what their columns mean."""

    pattern: str
    mapping: TableMapping


@dataclass(frozen=True, slots=True)
class Configuration:
    """Settings of a project. `root` is the folder that relative paths start from."""

    root: Path
    file: Path | None = None
    documents: tuple[Path, ...] = ()
    claims: tuple[Path, ...] = ()
    rule_files: tuple[Path, ...] = ()
    code_lists: tuple[Path, ...] = ()
    quantities: Path | None = None
    rules: Mapping[str, RuleSettings] = field(default_factory=dict)
    readings: tuple[HouseStyle, ...] = ()
    tables: tuple[TablePattern, ...] = ()
    preview: bool = False
    baseline: Path | None = None
    suppressions: Path | None = None

    def readings_off(self, path: str | None) -> frozenset[str]:
        """The loose readings that house style switches off for a document."""
        allowed: dict[str, bool] = {}
        for style in self.readings:
            if path is not None and fnmatch.fnmatch(path, style.pattern):
                allowed.update(style.allowed)
        return frozenset(name for name, on in allowed.items() if not on)

    def table_mapping(self, path: str) -> TableMapping | None:
        """What the columns of a table mean; None where nothing is said of it."""
        fitting = [table.mapping for table in self.tables if fnmatch.fnmatch(path, table.pattern)]
        return fitting[-1] if fitting else None


def isolated(root: Path) -> Configuration:
    """No configuration at all."""
    return Configuration(root)


def discover(start: Path) -> Configuration:
    """The configuration that applies in a folder; the usual folders where there is none. Raises InputFaults."""
    for folder in (start, *start.parents):
        near = Path(os.path.relpath(folder, start))  # messages name files as a person in `start` would
        for name in FILES:
            path = near / name
            if os.path.isfile(start / path):
                content = _read(path)
                if content.table is not None:
                    return _with_usual_folders(_configuration(path, content), content)
        if os.path.exists(folder / ".git"):
            break
    return _with_usual_folders(Configuration(Path()), None)


def _with_usual_folders(found: Configuration, content: _Content | None) -> Configuration:
    """The configuration with the usual folder, where there is one, for each kind of file that it says nothing about."""
    said = (content.table or {}) if content is not None else {}
    usual: dict[str, Any] = {
        key: _existing(found.root, name)
        for key, name in DEFAULT_FOLDERS.items()
        if key not in said and not getattr(found, key)
    }
    if found.baseline is None:
        usual["baseline"] = found.root / BASELINE
    if found.suppressions is None and os.path.isfile(found.root / SUPPRESSIONS):
        usual["suppressions"] = found.root / SUPPRESSIONS
    return replace(found, **usual)


def _existing(root: Path, name: str) -> Any:
    return (root / name,) if os.path.isdir(root / name) else ()


def load(path: Path) -> Configuration:
    """The configuration in a named file; raises InputFaults with all faults."""
    content = _read(path)
    if content.table is None:
        raise InputFaults([Fault(str(path), None, None, "has no [tool.crosscheck] table")])
    return _with_usual_folders(_configuration(path, content), content)


@dataclass(frozen=True, slots=True)
class _Content:
    """The settings in a file (None for a pyproject.toml without any), its text, and the table that they stand in."""

    table: dict[str, Any] | None
    text: str
    prefix: tuple[str, ...] = ()


def _read(path: Path) -> _Content:
    try:
        text = read_limited(path, MAXIMUM_BYTES, " as a configuration").decode("utf-8-sig")
        _check_keys(path, text)
        content = tomllib.loads(text)
    except UnicodeDecodeError:
        raise InputFaults([Fault(str(path), None, None, "this is not UTF-8 text", "save the file as UTF-8")]) from None
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", str(error), re.DOTALL)
        message, line, column = (match[1], int(match[2]), int(match[3])) if match else (str(error), None, None)
        raise InputFaults([Fault(str(path), line, column, f"not readable as TOML: {message}")]) from None
    except RecursionError:
        raise InputFaults([Fault(str(path), None, None, "nested too deep")]) from None
    except ValueError as error:  # a number of thousands of digits
        raise InputFaults([Fault(str(path), None, None, f"not readable as TOML: {error}")]) from None
    if path.name != PYPROJECT:
        return _Content(content, text)
    table: Any = content
    for name in TABLE:
        table = table.get(name) if isinstance(table, dict) else None
    if table is not None and not isinstance(table, dict):
        raise InputFaults([Fault(str(path), None, None, "`tool.crosscheck` is a table")])
    return _Content(table, text, TABLE)


def _check_keys(path: Path, text: str) -> None:
    """Refuses keys of very many parts, for which the reader's time and memory grow with the square of their number."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.count(".") > MAXIMUM_PARTS and STRINGS.sub("", line).count(".") > MAXIMUM_PARTS:
            raise InputFaults([Fault(str(path), number, 1, f"nested too deep: a key of more than {MAXIMUM_PARTS} parts")])


def _configuration(path: Path, content: _Content, depth: int = 0) -> Configuration:
    """Settings checked and resolved against the folder of their file; raises InputFaults with all faults."""
    table = content.table or {}
    checker = _Checker(path, places_of(content.text), content.prefix)
    base = Configuration(path.parent, path)
    if "extend" in table:
        base = checker.extended(table["extend"], depth) or base
    settings: dict[str, Any] = {}
    for key, value in table.items():
        if len(checker.faults) > MAXIMUM_FAULTS:
            break
        if key in PATH_KEYS:
            settings[key] = (*getattr(base, key), *checker.paths(key, value))
        elif key == "quantities":
            settings[key] = checker.path(key, value)
        elif key == "rules":
            settings[key] = checker.rules(value, base.rules)
        elif key == "readings":
            settings[key] = (*base.readings, *checker.readings(value))
        elif key == "suppressions":
            settings[key] = checker.path(key, value)
        elif key == "baseline":
            settings[key] = checker.future_path(key, value)
        elif key == "preview":
            settings[key] = checker.truth(key, value)
        elif key == "tables":
            settings[key] = (*base.tables, *checker.tables(value))
        elif key not in KEYS:
            hint = did_you_mean(key, KEYS) or f"one of {', '.join(KEYS)}"
            checker.add((key,), f'unknown key "{key[:40]}"', hint)
    if checker.faults:
        raise InputFaults(sorted(checker.faults, key=lambda fault: fault.line or 0))
    return replace(base, **settings)


@dataclass(slots=True)
class _Checker:
    file: Path
    places: Mapping[tuple[str, ...], int]
    prefix: tuple[str, ...]
    faults: list[Fault] = field(default_factory=list)

    def line(self, keys: tuple[str, ...]) -> int | None:
        return line_of(self.places, (*self.prefix, *keys))

    def add(self, keys: tuple[str, ...], message: str, hint: str | None = None) -> None:
        line = self.line(keys)
        self.faults.append(Fault(str(self.file), line, 1 if line else None, message, hint))

    def extended(self, value: object, depth: int) -> Configuration | None:
        """The configuration that this one adds to; None after a fault."""
        if not isinstance(value, str):
            self.add(("extend",), "`extend` is the path of a configuration file")
            return None
        if depth >= MAXIMUM_EXTENDS:
            self.add(("extend",), "configurations extend one another in a circle, or too deep")
            raise InputFaults(self.faults)
        other = self.file.parent / value
        if not os.path.exists(other):
            self.add(("extend",), f'"{value[:200]}" in `extend` does not exist')
            return None
        content = _read(other)
        if content.table is None:
            self.add(("extend",), f'"{value[:200]}" in `extend` has no [tool.crosscheck] table')
            return None
        return replace(_configuration(other, content, depth + 1), root=self.file.parent, file=self.file)

    def paths(self, key: str, value: object) -> list[Path]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            hint = f'write `{key} = ["{value[:100]}"]`' if isinstance(value, str) else None
            self.add((key,), f"`{key}` is a list of paths", hint)
            return []
        return [found for item in value if (found := self.path(key, item)) is not None]

    def path(self, key: str, value: object) -> Path | None:
        if not isinstance(value, str):
            self.add((key,), f"`{key}` is a path")
            return None
        found = self.file.parent / value
        if not os.path.exists(found):
            self.add((key,), f'"{value[:200]}" in `{key}` does not exist')
            return None
        return found

    def future_path(self, key: str, value: object) -> Path | None:
        """A path that may lead to nothing yet."""
        if isinstance(value, str) and value:
            return self.file.parent / value
        self.add((key,), f"`{key}` is a path")
        return None

    def truth(self, key: str, value: object) -> bool:
        if not isinstance(value, bool):
            self.add((key,), f"`{key}` is true or false")
        return value is True

    def rules(self, value: object, base: Mapping[str, RuleSettings]) -> dict[str, RuleSettings]:
        if not isinstance(value, dict):
            self.add(("rules",), "`rules` is a table by rule id", "files with rules go under `rule_files`")
            return dict(base)
        found = dict(base)
        for rule, settings in value.items():
            place = ("rules", rule)
            if not isinstance(settings, dict):
                self.add(place, f"[rules.{rule[:60]}] is a table with {', '.join(RULE_KEYS)}")
                continue
            changes = {key: self.rule_setting((*place, key), setting) for key, setting in settings.items()}
            kept = {key: change for key, change in changes.items() if key in RULE_KEYS}
            start = base.get(rule, RuleSettings())
            found[rule] = replace(start, **kept, file=str(self.file), line=self.line(place))
        return found

    def rule_setting(self, place: tuple[str, ...], value: object) -> Any:
        """The value of one key of [rules.ID]; None after a fault."""
        _, rule, key = place
        text, what = str(value), f"[rules.{rule[:60]}]"
        if key == "level":
            if text in LEVELS:
                return text
            hint = did_you_mean(text, LEVELS) or f"one of {', '.join(LEVELS)}"
            self.add(place, f'{what}: unknown level "{text[:40]}"', hint)
        elif key == "material":
            amount = read_amount(text)
            if not isinstance(amount, str):
                return Material(*amount, text=text)
            self.add(place, f"{what}: material: {amount}")
        elif key == "strain":
            if re.fullmatch(r"0(\.\d{1,20})?|1(\.0)?", text):
                return Fraction(text)
            self.add(place, f"{what}: strain is a number from 0 to 1")
        else:
            hint = did_you_mean(key, RULE_KEYS) or f"one of {', '.join(RULE_KEYS)}"
            self.add(place, f'unknown key "{key[:40]}" in {what}', hint)
        return None

    def readings(self, value: object) -> list[HouseStyle]:
        if not isinstance(value, dict):
            self.add(("readings",), "`readings` is a table by path pattern", READINGS_HINT)
            return []
        found = []
        for pattern, settings in value.items():
            place = ("readings", pattern)
            if not isinstance(settings, dict):
                self.add(place, f'readings of "{pattern[:60]}" are a table', READINGS_HINT)
                continue
            allowed = {}
            for name, setting in settings.items():
                if name not in READINGS:
                    hint = did_you_mean(name, READINGS) or READINGS_HINT
                    self.add((*place, name), f'unknown reading "{name[:40]}"', hint)
                elif setting not in READINGS[name]:
                    self.add((*place, name), f'{name} cannot be "{str(setting)[:40]}"', READINGS_HINT)
                else:
                    allowed[name] = setting == READINGS[name][1]
            found.append(HouseStyle(pattern, allowed))
        return found

    def tables(self, value: object) -> list[TablePattern]:
        if not isinstance(value, dict):
            self.add(("tables",), "`tables` is a table by path pattern", TABLE_HINT)
            return []
        found = []
        for pattern, settings in value.items():
            place = ("tables", pattern)
            if isinstance(settings, dict):
                mapping = read_table(settings, str(self.file), self.line, place, self.add)
                found.append(TablePattern(pattern, mapping))
            else:
                self.add(place, f'what is said of "{pattern[:60]}" is a table', TABLE_HINT)
        return found
