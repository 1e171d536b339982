"""The single fields of a claim file, from nodes of YAML to values: each says every fault at its own place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from crosscheck.claims.keys import (
    AT_NUMBERS,
    AT_TEXTS,
    ENTITY,
    KNOWN_KEYS,
    NO_VALUES,
    READINGS,
    SPAN_KEYS,
    SUPPRESS_KEYS,
    UNSTATED_WORD,
    VALUE_KEYS,
    dimension_of,
    key_trouble,
    suggestion,
)
from crosscheck.claims.model import (
    AREA,
    CORRECTED,
    COUNTERPART,
    EXPLICIT,
    NOT_STATED,
    PERIOD,
    UNSTATED,
    WAYS_OF_KNOWING,
    Knowledge,
    Place,
)
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure
from crosscheck.figures.periods import PeriodError, normal_form, parse_period
from crosscheck.figures.quantities import Quantities
from crosscheck.inputs.faults import Fault
from crosscheck.inputs.yaml_tree import Node, is_null

MAXIMUM_TEXT = 200
MAXIMUM_EXPLANATION = 1_000
MAXIMUM_NOTE = 10_000
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
CONTROL_BUT_BREAKS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
LOOKS_LIKE_ISO = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
AREAS = (AREA, COUNTERPART)


@dataclass(frozen=True, slots=True)
class CodeUse:
    """A code of an area that looks like ISO 3166, and where a claim file gives it."""

    dimension: str
    code: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Suppression:
    """A rule whose findings on a claim are not reported, and why; `expires` is a date, checked by who has a
    clock.
    """

    claim: str
    rule: str
    reason: str | None = None
    author: str | None = None
    expires: str | None = None


@dataclass(frozen=True, slots=True)
class Border:
    """What the reading of one file shares. The lists grow while it is read; `figures` holds texts parsed
    before.
    """

    quantities: Quantities
    faults: list[Fault]
    codes: list[CodeUse]
    suppressions: list[Suppression]
    figures: dict[tuple[str, str], Figure]

    def fault(self, node: Node, message: str, hint: str | None = None) -> None:
        """Record a fault at a node. What people wrote is shown without characters that would not print."""
        self.faults.append(node.fault(printable(message), hint if hint is None else printable(hint)))


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a dimension; `code` is None when it is absent in spite of a default."""

    code: str | None
    known: Knowledge | None = None  # None: explicit


def printable(text: str) -> str:
    """The text with a replacement character for each that does not print, such as marks of direction."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def quoted(text: str) -> str:
    """A user's text in quotes, cut to what fits in a message."""
    return f'"{text}"' if len(text) <= 40 else f'"{text[:37]}..."'


def short_text(node: Node, what: str, border: Border, limit: int = MAXIMUM_TEXT, breaks: bool = False) -> str | None:
    if node.text is None:
        border.fault(node, f"{what} is text, not {node.kind}")
        return None
    text = node.text.strip()
    if is_null(node) or not text:
        border.fault(node, f"{what} is empty", "give it a value, or leave it out")
    elif len(text) > limit:
        border.fault(node, f"{what} has {len(text):,} characters; at most {limit:,} are read")
    elif found := (CONTROL_BUT_BREAKS if breaks else CONTROL).search(text):
        border.fault(node, f"{what} holds a control character, U+{ord(found[0]):04X}")
    else:
        return text
    return None


def texts_under(node: Node, keys: Iterable[str], border: Border, limit: int = MAXIMUM_TEXT) -> dict[str, str | None]:
    """The texts under some keys of a mapping, line breaks allowed; None where there is none and after a
    fault.
    """
    found = {key: node.get(key) for key in keys}
    return {
        key: None if value is None else short_text(value, f"`{key}`", border, limit, breaks=True)
        for key, value in found.items()
    }


def is_mapping(node: Node, what: str, keys: Iterable[str], border: Border) -> bool:
    """True when the node is a mapping; keys that are not in `keys` are faults."""
    if node.entries is None:
        border.fault(node, f"{what} is a mapping, not {node.kind}", f"its keys are {', '.join(keys)}")
        return False
    for key, key_node, _ in node.pairs():
        if key not in keys:
            hint = suggestion(key, keys) or f"{what} has the keys {', '.join(keys)}"
            border.fault(key_node, f"unknown key {quoted(key)}", hint)
    return True


def choice(node: Node, what: str, choices: tuple[str, ...], border: Border) -> str | None:
    """One of a few words; None after a fault."""
    text = short_text(node, what, border)
    if text is None or text in choices:
        return text
    hint = suggestion(text, choices) or f"one of {', '.join(choices)}"
    border.fault(node, f"{what} cannot be {quoted(text)}", hint)
    return None


def whole_number(node: Node, what: str, border: Border, least: int = 0) -> int | None:
    """A whole number from `least` on; None after a fault."""
    text = short_text(node, what, border)
    if text is None:
        return None
    if re.fullmatch(r"[0-9]{1,15}", text) and int(text) >= least:
        return int(text)
    border.fault(node, f"{what} is {quoted(text)}, not a whole number from {least} on")
    return None


def span(node: Node, border: Border) -> tuple[int | None, int | None]:
    """`start` and `end` of a mapping: both, in order, or neither."""
    ends = []
    for key in SPAN_KEYS:
        found = node.get(key)
        ends.append(None if found is None else whole_number(found, key, border))
    start, end = ends
    given = [key for key in SPAN_KEYS if node.get(key) is not None]
    if len(given) == 1:
        border.fault(
            node,
            f"`{given[0]}` without `{'end' if given[0] == 'start' else 'start'}`",
            "give both or neither",
        )
    elif start is not None and end is not None and end < start:
        border.fault(node.get("end") or node, f"end {end} comes before start {start}")
    return start, end


def date_of(text: str) -> datetime.date | None:
    """A date written YYYY-MM-DD, or None."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def normal_period(text: str) -> str:
    """The normal form of a period; raises PeriodError. Cached: few periods occur in many claims."""
    return normal_form(parse_period(text))


def coded(key: str, text: str, node: Node, border: Border) -> str | None:
    """The code that a dimension's text stands for: periods in normal form; None after a fault."""
    if text in (UNSTATED_WORD, UNSTATED):
        return UNSTATED
    if key in (PERIOD, "base_period"):
        try:
            return normal_period(text)
        except PeriodError as error:
            border.fault(node, f"`{key}`: {error}", "or `unstated` when the text does not say")
            return None
    if key in AREAS and LOOKS_LIKE_ISO.fullmatch(text):
        border.codes.append(CodeUse(key, text, node.line, node.column))
    return text


def dimension_value(key: str, node: Node, border: Border, how: str = EXPLICIT) -> Value | None:
    """The value of a dimension (or base_period): text, or a mapping with `value` and how it is known.

    `how` is how it is known unless the mapping says so itself. None after a fault.
    """
    what = f"`{key}`"
    if node.entries is None:
        text = short_text(node, what, border)
        if text in NO_VALUES:
            return Value(None)
        code = None if text is None else coded(key, text, node, border)
        if code is None:
            return None
        if code == UNSTATED:
            return Value(code, Knowledge(NOT_STATED))
        return Value(code, None if how == EXPLICIT else Knowledge(how))
    if not is_mapping(node, what, VALUE_KEYS, border):
        return None
    value_node = node.get("value")
    if value_node is None:
        border.fault(node, f"{what} as a mapping needs a `value`")
        return None
    text = short_text(value_node, f"the value of {what}", border)
    if text in NO_VALUES:
        border.fault(value_node, f"{quoted(text)} is no value of {what}", f"write `{key}: {text}`")
        return None
    code = None if text is None else coded(key, text, value_node, border)
    if code is None:
        return None
    usual = NOT_STATED if code == UNSTATED else CORRECTED if node.get("printed") else how
    known = knowledge(key, node, code, usual, border)
    return None if known is None else Value(code, known)


def knowledge(key: str, node: Node, code: str | None, usual: str, border: Border) -> Knowledge | None:
    """How a dimension of value `code` is known, from text or the keys of a mapping; None after a fault."""
    what = f"how `{key}` is known"
    how_node = node if node.entries is None else node.get("how")
    how = usual if how_node is None else choice(how_node, what, WAYS_OF_KNOWING, border)
    if how is None:
        return None
    if (how == NOT_STATED) != (code == UNSTATED):
        place = how_node or node
        if code == UNSTATED:
            border.fault(place, f"`{key}` is unstated, so it cannot be known as {quoted(how)}")
        else:
            border.fault(place, f"`{key}` has a value, so it is not unstated", f"write `{key}: unstated`")
        return None
    if node.entries is None:
        return Knowledge(how)
    start, end = span(node, border)
    texts = texts_under(node, ("printed", "why"), border, MAXIMUM_EXPLANATION)
    return Knowledge(how, start, end, texts["printed"], texts["why"])


def known_block(
    node: Node,
    held: Mapping[str, str | None],
    said: Collection[str],
    failed: Collection[str],
    automatic: Mapping[str, Knowledge],
    border: Border,
) -> dict[str, Knowledge]:
    """`automatic` with what the `known` of a claim says of the dimensions that it holds.

    `said` are the dimensions that already say how they are known, in a mapping of their own; of those that
    `failed` to be read nothing more is said.
    """
    known = dict(automatic)
    if node.entries is None:
        border.fault(node, f"`known` is a mapping, not {node.kind}", "such as `known: {time_period: carried}`")
        return known
    for key, key_node, value in node.pairs():
        dimension = AREA if key == ENTITY else key
        if dimension in failed:
            continue
        if dimension not in held:
            hint = suggestion(key, held) or f"write `{key}: unstated` when the text does not say"
            border.fault(key_node, f"`known` names {quoted(key)}, which this claim does not have", hint)
            continue
        if dimension in said or (dimension != key and dimension in (node.entries or {})):
            border.fault(key_node, f"how `{key}` is known is said twice", "once is enough")
            continue
        if value.entries is not None:
            is_mapping(value, f"`known` of `{key}`", KNOWN_KEYS, border)
        usual = automatic[dimension].how if dimension in automatic else EXPLICIT
        found = knowledge(key, value, held[dimension], usual, border)
        if found is not None:
            known[dimension] = found
    return known


def is_unstated(node: Node) -> bool:
    """True for the text `unstated`."""
    return node.text is not None and node.text.strip() in (UNSTATED_WORD, UNSTATED)


def whole_block(node: Node, border: Border) -> dict[str, str | None] | None:
    """`whole` of a share: dimensions in which the whole differs. None when it is unstated or no mapping."""
    if is_unstated(node):
        return None
    if node.entries is None:
        hint = "of what differs in the whole, such as `whole: {counterpart_area: CN}`; `{}` if nothing does"
        border.fault(node, f"`whole` is a mapping, not {node.kind}", hint)
        return None
    whole: dict[str, str | None] = {}
    for key, key_node, value in node.pairs():
        trouble = key_trouble(key)
        dimension = dimension_of(key)
        if trouble:
            border.fault(key_node, *trouble)
        elif dimension is None:
            border.fault(key_node, f"`{key}` is not a dimension", "`whole` names dimensions only")
        elif dimension in whole:
            border.fault(key_node, f"`{ENTITY}` is another name of `{AREA}`", "give one of the two")
        else:
            text = short_text(value, f"`{key}` of the whole", border)
            if text in NO_VALUES:
                whole[dimension] = None
            elif text is not None and (code := coded(key, text, value, border)) is not None:
                whole[dimension] = code
    return whole


def place(node: Node, border: Border) -> Place:
    """`at` of a claim."""
    if not is_mapping(node, "`at`", (*AT_NUMBERS, "column", *AT_TEXTS), border):
        return Place()
    start, end = span(node, border)
    numbers: dict[str, int | None] = {}
    for key in ("line", "column", "page", "table", "row"):
        found = node.get(key)
        numbers[key] = whole_number(found, f"`{key}`", border, least=1) if found is not None else None
    texts = texts_under(node, AT_TEXTS, border)
    return Place(
        start,
        end,
        numbers["line"],
        numbers["column"],
        texts["printed"],
        numbers["page"],
        texts["sheet"],
        texts["cell"],
        numbers["table"],
        numbers["row"],
    )


def weight(node: Node, border: Border) -> Fraction | None:
    """A positive number, or None for `inf`; 1 after a fault."""
    text = short_text(node, "`weight`", border)
    if text is not None:
        if text in ("inf", ".inf", "INF"):
            return None
        if re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,12}|/[1-9][0-9]{0,11})?", text) and Fraction(text) > 0:
            return Fraction(text)
        border.fault(node, f"`weight` is {quoted(text)}, not a positive number", "such as `2` or `1/2`, or `inf`")
    return Fraction(1)


def readings(node: Node, border: Border) -> dict[str, bool]:
    """By loose reading, whether it is allowed."""
    allowed = {}
    if is_mapping(node, "`readings`", tuple(READINGS), border):
        for key, (off, on) in READINGS.items():
            found = node.get(key)
            word = choice(found, f"`{key}`", (off, on), border) if found is not None else None
            if word is not None:
                allowed[key] = word == on
    return allowed


def suppress(node: Node, claim: str, border: Border) -> tuple[str, ...]:
    """The ids of rules, from text, a mapping with `rule` and a reason, or a list of those."""
    rules: list[str] = []
    for item in [node] if node.items is None else node.items:
        texts: dict[str, str | None] = {}
        if item.entries is None:
            texts["rule"] = short_text(item, "a rule of `suppress`", border)
        elif is_mapping(item, "`suppress`", SUPPRESS_KEYS, border):
            texts = texts_under(item, SUPPRESS_KEYS, border, MAXIMUM_NOTE)
            if item.get("rule") is None:
                border.fault(item, "`suppress` needs the id of a `rule`")
            if (expires := texts["expires"]) is not None and date_of(expires) is None:
                border.fault(item, f"`expires` is {quoted(expires)}, not a date", "write it as YYYY-MM-DD")
        rule = texts.get("rule")
        if rule is not None and re.search(r"\s", rule):
            border.fault(item, f"{quoted(rule)} is not the id of a rule", "list several as `[one, other]`")
        elif rule is not None:
            rules.append(rule)
            details = (texts.get("reason"), texts.get("author"), texts.get("expires"))
            border.suppressions.append(Suppression(claim, rule, *details))
    return tuple(dict.fromkeys(rules))
