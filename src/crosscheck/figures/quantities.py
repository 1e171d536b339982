"""The table of how numbers are said: qualifiers with their windows, number words, scales (codelists/quantities.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.inputs.shipped import shipped
from crosscheck.inputs.yaml_tree import Node, read_file

WINDOWS = ("below", "above", "around")
BOUNDS = ("above", "from", "below", "upto")
NUMBER = r"[0-9]{1,20}(?:\.[0-9]{1,20}|/[1-9][0-9]{0,9})?"
RANGE = re.compile(rf"([\[(])\s*({NUMBER})\s*,\s*({NUMBER})\s*([\])])")


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What a qualifier says of the magnitude: a window beside it, or a bound."""

    words: str
    kind: str  # "window" or "bound"
    side: str  # one of WINDOWS or BOUNDS


@dataclass(frozen=True, slots=True)
class Quantities:
    """The table. `share` and `units` are how far a hedge reaches (DESIGN: the smaller of the two)."""

    share: Fraction = Fraction(1, 10)
    units: int = 5
    qualifiers: Mapping[str, Qualifier] = field(default_factory=dict)
    fractions: Mapping[str, Fraction] = field(default_factory=dict)
    ranges: Mapping[str, Interval] = field(default_factory=dict)
    multiples: Mapping[str, Fraction] = field(default_factory=dict)
    numbers: Mapping[str, Fraction] = field(default_factory=dict)
    scales: Mapping[str, Fraction] = field(default_factory=dict)


@cache
def shipped_quantities() -> Quantities:
    """The table that comes with crosscheck."""
    return read_quantities(shipped("codelists") / "quantities.yaml", Quantities())


def read_quantities(path: Path, base: Quantities) -> Quantities:
    """`base` with the entries of the file at `path` added or replaced; raises InputFaults with all faults."""
    root = read_file(path)
    faults: list[Fault] = []
    table = root.get("quantities")
    if table is None or table.entries is None:
        raise InputFaults([root.fault("a quantities file has one key, `quantities`, with the tables under it")])
    changes: dict[str, Any] = {}
    for key, key_node, value in table.pairs():
        if value.entries is None:
            faults.append(value.fault(f"`{key[:40]}` is a mapping, not {value.kind}"))
        elif key == "widths":
            changes.update(_widths(value, faults))
        elif key in READERS:
            read = READERS[key]
            entries = dict(getattr(base, key))
            for word, _, entry in value.pairs():
                entries[word.lower()] = read(word.lower(), entry, faults)
            changes[key] = entries
        else:
            faults.append(key_node.fault(f'unknown table "{key}"', did_you_mean(key, [*READERS, "widths"])))
    if faults:
        raise InputFaults(faults)
    return replace(base, **changes)


def _widths(node: Node, faults: list[Fault]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, key_node, value in node.pairs():
        text = value.text or ""
        if key == "share" and re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,9})? ?%", text):
            found["share"] = Fraction(text.rstrip("% ")) / 100
        elif key == "units" and re.fullmatch(r"[0-9]{1,3}", text):
            found["units"] = int(text)
        else:
            faults.append(key_node.fault("widths are `share` (a percentage) and `units` (a whole number)"))
    return found


def _qualifier(words: str, node: Node, faults: list[Fault]) -> Qualifier:
    for kind, sides in (("window", WINDOWS), ("bound", BOUNDS)):
        value = node.get(kind)
        if value is not None and value.text is not None and value.text in sides:
            return Qualifier(words, kind, value.text)
    hint = f"`window:` one of {', '.join(WINDOWS)}, or `bound:` one of {', '.join(BOUNDS)}"
    faults.append(node.fault(f'"{words}" says neither a window nor a bound', hint))
    return Qualifier(words, "window", "around")


def _number(words: str, node: Node, faults: list[Fault]) -> Fraction:
    if re.fullmatch(r"[0-9]{1,20}(/[1-9][0-9]{0,9})?", node.text or ""):
        return Fraction(node.text or "")
    faults.append(node.fault(f'"{words}" needs a whole number or a fraction such as 2/3'))
    return Fraction(1)


def _scale(words: str, node: Node, faults: list[Fault]) -> Fraction:
    value = _number(words, node, faults)
    if value == 0:
        faults.append(node.fault(f'"{words}" multiplies by zero'))
    return value


def _range(words: str, node: Node, faults: list[Fault]) -> Interval:
    match = RANGE.fullmatch(node.text or "")
    if match:
        low, high = Fraction(match[2]), Fraction(match[3])
        if low < high:
            return Interval(low, high, match[1] == "[", match[4] == "]")
    faults.append(node.fault(f'"{words}" needs a window such as (1/2, 1]'))
    return Interval(Fraction(0), Fraction(1))


READERS: dict[str, Any] = {
    "qualifiers": _qualifier,
    "fractions": _number,
    "ranges": _range,
    "multiples": _number,
    "numbers": _number,
    "scales": _scale,
}
