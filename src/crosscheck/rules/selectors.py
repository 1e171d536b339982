"""Selectors as rule files write them: dimensions and properties to values, lists, `{not: a}`, `none`, `any`, `=…`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from crosscheck.claims.keys import KEY, RESERVED, near_key
from crosscheck.claims.model import AREA, COUNTERPART, MEASURES, MODALITIES, NAMED_DIMENSIONS, PERIOD, RECORDS
from crosscheck.figures.periods import PeriodError, normal_form, parse_period
from crosscheck.inputs.faults import Fault, did_you_mean
from crosscheck.inputs.yaml_tree import Node
from crosscheck.rules.model import (
    ANY_FUNCTIONS,
    CODE_FUNCTIONS,
    FUNCTIONS,
    PERIOD_FUNCTIONS,
    AnyValue,
    Computed,
    Not,
    OneOf,
    Selector,
    Test,
)

CALL = re.compile(r"=\s*([a-z_]+)\s*\(\s*([A-Za-z_][A-Za-z0-9_]*)\s*\)")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
BASES = ("prior", "year_before")
NATURES = ("flow", "stock", "price", "index", "rate")
PROPERTIES = (
    "measure",
    "modality",
    "unit",
    "whole",
    "base_period",
    "list",
    "complete",
    "record",
    "among",
    "place",
    "collect",
    "nature",
    "non_negative",
    "additive",
    "stated",
)
NOT_SELECTED = ("figure", "id", "at", "known")  # of a claim
WORDS = re.compile(r"[a-z]{3}")  # no period is written with any
KNOWN_KEYS = (*NAMED_DIMENSIONS, "entity", *PROPERTIES)


@dataclass(slots=True)
class _Found:
    dimensions: dict[str, Test] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ("fact",)
    whole_of: str | None = None
    named_like_whole: bool = False
    same_whole: str | None = None
    other_whole: str | None = None
    based: str | None = None
    same_base: str | None = None
    items_of: str | None = None
    complete: bool | None = None
    record: str | None = None
    among: str | None = None
    placed: bool = False
    any_unit: bool = False
    unit_kinds: tuple[str, ...] = ()
    nature: tuple[str, ...] = ()
    non_negative: bool | None = None
    additive: bool | None = None
    collect: tuple[str, ...] = ()
    unstated: bool = False
    places: dict[str, tuple[int, int]] = field(default_factory=dict)


def read_selector(node: Node, variables: tuple[str, ...], faults: list[Fault]) -> Selector:
    """The selector at `node`, a mapping; what is wrong with it is added to `faults`."""
    found = _Found()
    if node.entries is None:
        such = f"{{indicator: {node.text}}}" if node.text and CODE.fullmatch(node.text) else "{measure: level}"
        faults.append(
            node.fault(f"a selector is a mapping, not {node.kind}", f"such as `{such}`, or `{{}}` for all figures")
        )
        return Selector()
    for key, key_node, value in node.pairs():
        if key in PROPERTIES:
            _property(found, key, value, variables, faults)
        else:
            trouble = _key_trouble(key)
            if trouble:
                faults.append(key_node.fault(*trouble))
                continue
            dimension = AREA if key == "entity" else key
            found.places[dimension] = (value.line, value.column)
            found.dimensions[dimension] = _test(dimension, value, variables, faults)
    if found.record is None and (found.among is not None or found.placed):
        key = "among" if found.among is not None else "place"
        faults.append(node.fault(f"`{key}` without `record`", "such as `record: highest, among: counterpart_area`"))
    for dimension in found.collect:
        found.dimensions.setdefault(dimension, AnyValue())
    return Selector(**{name: getattr(found, name) for name in _Found.__slots__})


def _key_trouble(key: str) -> tuple[str, str | None] | None:
    if key in NAMED_DIMENSIONS or key == "entity":
        return None
    if not KEY.fullmatch(key) and "=" in key:
        left, _, right = (part.strip() for part in key.partition("="))
        return f'"{key[:40]}" is not a key', f"a value stands behind a colon: `{left[:40]}: {right[:40]}`"
    if not KEY.fullmatch(key):
        return f'"{key[:40]}" is not a key', "a key is lower-case letters, digits and _, from a letter on"
    if key in RESERVED or key in NOT_SELECTED:
        return f'"{key}" cannot be selected on', None
    near = near_key(key, KNOWN_KEYS)
    return (f'unknown key "{key}"', f'did you mean "{near}"?') if near else None


def _property(found: _Found, key: str, value: Node, variables: tuple[str, ...], faults: list[Fault]) -> None:
    if key == "measure":
        found.measures = _choices(value, MEASURES, "measure", faults)
    elif key == "modality":
        found.modalities = _choices(value, MODALITIES, "modality", faults)
    elif key == "nature":
        found.nature = _choices(value, NATURES, "nature", faults)
    elif key in ("non_negative", "additive", "complete"):
        setattr(found, key, _truth(value, key, faults))
    elif key == "record":
        found.record = next(iter(_choices(value, RECORDS, "record", faults)), None)
    elif key == "among":
        named = next(iter(_texts(value, faults)), None)
        found.among = AREA if named == "entity" else named
    elif key == "place":
        found.placed = value.text == "any"
        if not found.placed:
            faults.append(value.fault("`place` is `any`: the second or one further down", "`place_of(x)` says which"))
    elif key == "stated":
        found.unstated = _truth(value, key, faults) is False
    elif key == "unit":
        found.any_unit = True
        found.unit_kinds = () if value.text == "any" else _texts(value, faults)
    elif key == "collect":
        found.collect = tuple(AREA if name == "entity" else name for name in _texts(value, faults))
    elif key == "whole":
        if value.text == "printed":
            found.named_like_whole = True
        else:
            fields = {"of": "whole_of", "same": "same_whole", "other": "other_whole"}
            _call(found, value, fields, variables, faults, "`=of(share)`, `=same(share)`, `=other(share)` or `printed`")
    elif key == "base_period":
        if value.text in BASES:
            found.based = value.text
        else:
            _call(found, value, {"same": "same_base"}, variables, faults, "`prior`, `year_before` or `=same(growth)`")
    else:
        _call(found, value, {"items": "items_of"}, variables, faults, "`=items(total)`")


def _call(
    found: _Found, node: Node, fields: Mapping[str, str], variables: tuple[str, ...], faults: list[Fault], hint: str
) -> None:
    """Sets the field that belongs to the function which is called."""
    match = CALL.fullmatch(node.text or "")
    if not match or match[1] not in fields:
        faults.append(node.fault(f"not understood here: {(node.text or node.kind)[:60]}", f"write {hint}"))
    elif match[2] not in variables:
        faults.append(node.fault(f'unknown variable "{match[2][:40]}"', did_you_mean(match[2], variables)))
    else:
        setattr(found, fields[match[1]], match[2])


def _choices(node: Node, allowed: tuple[str, ...], what: str, faults: list[Fault]) -> tuple[str, ...]:
    texts = _texts(node, faults)
    for text in texts:
        if text not in allowed:
            hint = did_you_mean(text, allowed) or f"one of {', '.join(allowed)}"
            faults.append(node.fault(f'unknown {what} "{text[:40]}"', hint))
    return texts


def _texts(node: Node, faults: list[Fault]) -> tuple[str, ...]:
    nodes = node.items if node.items is not None else [node]
    for item in nodes:
        if not item.text:
            faults.append(item.fault(f"text is wanted here, not {item.kind}"))
    return tuple(item.text for item in nodes if item.text)


def _truth(node: Node, key: str, faults: list[Fault]) -> bool | None:
    if node.text in ("true", "false"):
        return node.text == "true"
    faults.append(node.fault(f"{key} is true or false"))
    return None


def _test(dimension: str, node: Node, variables: tuple[str, ...], faults: list[Fault]) -> Test:
    if node.entries is not None:
        inner = node.get("not")
        if inner is None or len(node.entries) != 1:
            faults.append(node.fault("a mapping here is `{not: value}`"))
            return AnyValue()
        return Not(_values(dimension, inner, faults))
    if node.items is None and node.text == "any" and not node.quoted:
        return AnyValue()
    if node.text and node.text.startswith("=") and not node.quoted:
        return _computed(dimension, node, variables, faults)
    return OneOf(_values(dimension, node, faults))


def _values(dimension: str, node: Node, faults: list[Fault]) -> tuple[str | None, ...]:
    nodes = node.items if node.items is not None else [node]
    values: list[str | None] = []
    for item in nodes:
        if not item.text:
            faults.append(item.fault(f"a value is wanted here, not {item.kind}", "`none` for absent, `any` for whatever"))
        elif item.text == "none" and not item.quoted:
            values.append(None)
        elif item.text == "*":
            faults.append(
                item.fault('"*" is no value', "`any` for whatever, or leave the dimension out where all must agree")
            )
        elif dimension == PERIOD:
            try:
                values.append(normal_form(parse_period(item.text)))
            except PeriodError as error:
                call = CALL.fullmatch("=" + item.text.lstrip("= "))
                meant = f"`={call[1]}({call[2]})`, with `=` and without quotes" if call and call[1] in FUNCTIONS else None
                if meant is None and WORDS.search(item.text):
                    meant = "beside another variable `=year_before(now)` or `=prior(now)`, by that variable's name"
                faults.append(item.fault(str(error), meant))
        else:
            values.append(item.text)
    return tuple(values)


def _computed(dimension: str, node: Node, variables: tuple[str, ...], faults: list[Fault]) -> Test:
    match = CALL.fullmatch(node.text or "")
    if not match:
        faults.append(node.fault(f'not understood: "{(node.text or "")[:60]}"', "such as `=base(growth)`"))
        return AnyValue()
    function, variable = match[1], match[2]
    of_dimension = PERIOD_FUNCTIONS if dimension == PERIOD else CODE_FUNCTIONS
    fitting = [name for name in (*of_dimension, *ANY_FUNCTIONS) if name != "opposite" or dimension in (AREA, COUNTERPART)]
    if function not in FUNCTIONS:
        hint = did_you_mean(function, FUNCTIONS) or f"one of {', '.join(fitting)}"
        faults.append(node.fault(f'unknown function "{function[:40]}"', hint))
    elif function not in fitting:
        faults.append(node.fault(f"{function}() does not apply to {dimension}", f"one of {', '.join(fitting)}"))
    elif variable not in variables:
        faults.append(node.fault(f'unknown variable "{variable[:40]}"', did_you_mean(variable, variables)))
    else:
        return Computed(function, variable)
    return AnyValue()
