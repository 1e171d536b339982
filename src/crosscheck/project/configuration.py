"""Configuration: the nearest crosscheck.toml, .crosscheck.toml or [tool.crosscheck], upwards to the repository root."""

from __future__ import annotations

import fnmatch
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean

FILES = ("crosscheck.toml", ".crosscheck.toml", "pyproject.toml")
PATH_KEYS = ("documents", "claims", "rule_files", "code_lists")
KEYS: Mapping[str, str] = {
    "documents": "files and folders with the documents",
    "claims": "files and folders with claim files",
    "rule_files": "files and folders with rules of your own, added to the shipped ones",
    "code_lists": "files and folders with code lists of your own",
    "quantities": "a file that adds to the table of hedges and number words",
    "rules": "by rule id: level, material, strain",
    "readings": "by path pattern: cut = error, zeros = exact",
    "extend": "another configuration file, whose settings these add to",
}
DEFAULT_FOLDERS: Mapping[str, str] = {
    "documents": "documents",
    "claims": "claims",
    "rule_files": "rules",
    "code_lists": "codelists",
}
RULE_KEYS = ("level", "material", "strain")
READING_VALUES: Mapping[str, tuple[str, str]] = {"cut": ("error", "allow"), "zeros": ("exact", "allow")}
MAXIMUM_BYTES = 1024 * 1024
MAXIMUM_EXTENDS = 8


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
    rules: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    readings: tuple[tuple[str, frozenset[str]], ...] = ()  # path pattern, readings switched off

    def readings_off(self, path: str | None) -> frozenset[str]:
        """The loose readings that house style switches off for a document."""
        off: set[str] = set()
        for pattern, names in self.readings:
            if path is not None and fnmatch.fnmatch(path, pattern):
                off |= names
        return frozenset(off)


def isolated(root: Path) -> Configuration:
    """No configuration at all."""
    return Configuration(root)


def discover(start: Path) -> Configuration:
    """The configuration that applies in a folder; the usual folders where there is none. Raises InputFaults."""
    for folder in (start, *start.parents):
        for name in FILES:
            path = folder / name
            if path.is_file():
                table = read_table(path)
                if table is not None:
                    return configuration(path, table)
        if (folder / ".git").exists():
            break
    return Configuration(start, **{key: _existing(start, name) for key, name in DEFAULT_FOLDERS.items()})


def _existing(root: Path, name: str) -> Any:
    return (root / name,) if (root / name).is_dir() else ()


def load(path: Path) -> Configuration:
    """The configuration in a named file; raises InputFaults."""
    table = read_table(path)
    if table is None:
        raise InputFaults([Fault(str(path), None, None, "has no [tool.crosscheck] table")])
    return configuration(path, table)


def read_table(path: Path) -> dict[str, Any] | None:
    """The settings in a file; None for a pyproject.toml without any. Raises InputFaults for what is no TOML."""
    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            raise InputFaults([Fault(str(path), None, None, "is too large for a configuration")])
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputFaults([Fault(str(path), None, None, f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError:
        raise InputFaults([Fault(str(path), None, None, "this is not UTF-8 text")]) from None
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", str(error))
        message, line, column = (match[1], int(match[2]), int(match[3])) if match else (str(error), None, None)
        raise InputFaults([Fault(str(path), line, column, f"not readable as TOML: {message}")]) from None
    except RecursionError:
        raise InputFaults([Fault(str(path), None, None, "nested too deep")]) from None
    if path.name == "pyproject.toml":
        found = content.get("tool", {})
        table = found.get("crosscheck") if isinstance(found, dict) else None
        return table if isinstance(table, dict) else None
    return content


def configuration(path: Path, table: Mapping[str, Any], depth: int = 0) -> Configuration:
    """Settings checked and resolved against the folder of their file; raises InputFaults with all faults."""
    checker = _Checker(path, path.read_text("utf-8-sig").splitlines())
    base = Configuration(path.parent, path)
    extended = table.get("extend")
    if isinstance(extended, str):
        if depth >= MAXIMUM_EXTENDS:
            raise InputFaults([checker.fault("extend", "configurations extend one another in a circle, or too deep")])
        other = path.parent / extended
        found = read_table(other)
        if found is not None:
            base = replace(configuration(other, found, depth + 1), root=path.parent, file=path)
    elif extended is not None:
        checker.add("extend", "`extend` is the path of a configuration file")
    settings: dict[str, Any] = {}
    for key, value in table.items():
        if key in PATH_KEYS:
            settings[key] = (*getattr(base, key), *checker.paths(key, value))
        elif key == "quantities":
            settings[key] = next(iter(checker.paths(key, [value])), None)
        elif key == "rules":
            settings[key] = {**base.rules, **checker.rules(value)}
        elif key == "readings":
            settings[key] = (*base.readings, *checker.readings(value))
        elif key not in KEYS:
            checker.add(key, f'unknown key "{key}"', did_you_mean(key, KEYS) or f"one of {', '.join(KEYS)}")
    if checker.faults:
        raise InputFaults(checker.faults)
    return replace(base, **settings)


@dataclass(slots=True)
class _Checker:
    path: Path
    lines: list[str]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, key: str, message: str, hint: str | None = None) -> Fault:
        """A fault at the first line that gives `key`; TOML readers keep no positions."""
        pattern = re.compile(rf"""^\s*(\[.*{re.escape(key)}|["']?{re.escape(key)}["']?\s*=)""")
        line = next((number for number, text in enumerate(self.lines, 1) if pattern.search(text)), None)
        return Fault(str(self.path), line, 1 if line else None, message, hint)

    def add(self, key: str, message: str, hint: str | None = None) -> None:
        self.faults.append(self.fault(key, message, hint))

    def paths(self, key: str, value: object) -> list[Path]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.add(key, f"`{key}` is a list of paths" if key != "quantities" else "`quantities` is a path")
            return []
        found = [self.path.parent / item for item in value]
        for item, path in zip(value, found, strict=True):
            if not path.exists():
                self.add(key, f'"{item}" in `{key}` does not exist')
        return found

    def rules(self, value: object) -> dict[str, Mapping[str, str]]:
        if not isinstance(value, dict):
            self.add("rules", "`rules` is a table by rule id", "files with rules go under `rule_files`")
            return {}
        found: dict[str, Mapping[str, str]] = {}
        for rule, settings in value.items():
            if not isinstance(settings, dict):
                self.add(rule, f"[rules.{rule}] is a table with {', '.join(RULE_KEYS)}")
                continue
            for key in settings:
                if key not in RULE_KEYS:
                    self.add(key, f'unknown key "{key}" in [rules.{rule}]', did_you_mean(key, RULE_KEYS))
            found[rule] = {key: str(setting) for key, setting in settings.items()}
        return found

    def readings(self, value: object) -> list[tuple[str, frozenset[str]]]:
        if not isinstance(value, dict):
            self.add("readings", "`readings` is a table by path pattern")
            return []
        found = []
        for pattern, settings in value.items():
            off = set()
            for name, setting in settings.items() if isinstance(settings, dict) else [("", "")]:
                if name not in READING_VALUES or setting not in READING_VALUES[name]:
                    hint = 'cut = "error" or "allow", zeros = "exact" or "allow"'
                    self.add(pattern, f'readings of "{pattern}" are not understood', hint)
                elif setting == READING_VALUES[name][0]:
                    off.add(name)
            found.append((pattern, frozenset(off)))
        return found
