"""One entry of a claim file: from its node to a claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from crosscheck.claims.fields import (
    MAXIMUM_NOTE,
    MAXIMUM_TEXT,
    Border,
    Value,
    choice,
    coded,
    dimension_value,
    is_mapping,
    is_unstated,
    known_block,
    place,
    quoted,
    readings,
    short_text,
    suppress,
    weight,
    whole_block,
    whole_number,
)
from crosscheck.claims.keys import (
    BESIDE_KEYS,
    CLAIM_KEYS,
    DEFAULT_PROPERTIES,
    ENTITY,
    FIGURE_KEYS,
    LIST_KEYS,
    RECORD_KEYS,
    ROUNDINGS,
    UNSTATED_WORD,
    dimension_of,
    key_trouble,
    near_key,
)
from crosscheck.claims.model import (
    AREA,
    CARRIED,
    EXPLICIT,
    INDICATOR,
    INFERRED,
    MEASURES,
    MODALITIES,
    PERIOD,
    RECORDS,
    UNSTATED,
    Claim,
    Document,
    Knowledge,
    ListItem,
    Record,
)
from crosscheck.figures.figure import Figure, without_readings
from crosscheck.figures.periods import PeriodError, normal_form, parse_period, year_before
from crosscheck.figures.text import FigureError, declared, parse_figure
from crosscheck.inputs.yaml_tree import Node

IDENTITY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
COMPARED = ("growth", "change", "multiple")  # measured against a base period
DIRECTED = ("growth", "change")  # up or down
UNKNOWN = ""  # a measure that is no measure
RATIOS = ("growth", "share", "multiple")  # printed in percent, points, times, or as a plain number


@dataclass(frozen=True, slots=True)
class Defaults:
    """What `defaults` say, for the claims that do not say it themselves."""

    dimensions: Mapping[str, Value] = field(default_factory=dict)
    measure: str = "level"
    modality: str = "fact"
    base_period: Value | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the claims of one file share; `nodes` and `lists` grow with them.

    `off` are the loose readings that configuration or the document switches off, `nodes` the ids' nodes by
    full id, `lists` the full id of the total by the full id of an item, with the node that names it.
    `named` are full ids of other claims that some entry names, each with its node.
    """

    border: Border
    document: Document
    defaults: Defaults
    off: frozenset[str]
    nodes: dict[str, Node]
    lists: dict[str, tuple[str, Node]]
    named: list[tuple[str, Node]]


def read_defaults(root: Node, border: Border) -> Defaults:
    """`defaults` of a claim file."""
    node = root.get("defaults")
    if node is None:
        return Defaults()
    if node.entries is None:
        border.fault(node, f"`defaults` is a mapping, not {node.kind}", "such as `defaults: {reference_area: KZ}`")
        return Defaults()
    for key, key_node, _ in node.pairs():
        if dimension_of(key) is None and key not in DEFAULT_PROPERTIES:
            hint = f"dimensions can be, and {', '.join(DEFAULT_PROPERTIES)}"
            border.fault(key_node, f"`{key}` cannot be a default", hint)
    dimensions = {name: value for name, value in _dimensions(node, border, CARRIED).items() if value is not None}
    base = node.get("base_period")
    return Defaults(
        dimensions,
        _word(node, "measure", MEASURES, "level", border),
        _word(node, "modality", MODALITIES, "fact", border),
        dimension_value("base_period", base, border, CARRIED) if base is not None else None,
    )


def read_claim(node: Node, context: Context) -> Claim | None:
    """The claim of one entry; None, with the faults recorded in the border, when it is none."""
    border = context.border
    if node.entries is None:
        border.fault(node, f"a claim is a mapping, not {node.kind}", "such as `- {id: staff, figure: 16}`")
        return None
    identity = _identity(node, context)
    measure = _word(node, "measure", MEASURES, context.defaults.measure, border)
    own = _dimensions(node, border, EXPLICIT)
    described = _described(node, measure, own, context)
    figure = _figure(node, measure, context)
    at, weighed, silent, note = node.get("at"), node.get("weight"), node.get("suppress"), node.get("note")
    full_id = f"{context.document.id}#{identity}"
    parts: dict[str, Any] = {
        "modality": _word(node, "modality", MODALITIES, context.defaults.modality, border),
        "list_item": _list_item(node, full_id if identity else None, context),
        "beside": _beside(node, context),
        "direction_unstated": _direction_unstated(node, measure, border),
        "record": _record(node, border),
        "note": short_text(note, "`note`", border, MAXIMUM_NOTE, breaks=True) if note else None,
    }
    if at is not None:
        parts["place"] = place(at, border)
    if weighed is not None:
        parts["weight"] = weight(weighed, border)
    if silent is not None:
        parts["suppress"] = suppress(silent, full_id, border)
    if identity is None or figure is None:
        return None
    return Claim(
        id=full_id,
        document=context.document,
        figure=figure,
        dimensions=described.dimensions,
        measure=measure,
        base_period=described.base_period,
        whole=described.whole,
        known=described.known,
        written=(node.line, node.column),
        **parts,
    )


@dataclass(frozen=True, slots=True)
class _Described:
    dimensions: dict[str, str]
    base_period: str | None
    whole: dict[str, str | None] | None
    known: dict[str, Knowledge]


def _described(node: Node, measure: str, own: Mapping[str, Value | None], context: Context) -> _Described:
    """Dimensions, base period and whole of a claim, and how each is known."""
    found = {**own, **{name: v for name, v in context.defaults.dimensions.items() if name not in own}}
    dimensions = {name: value.code for name, value in found.items() if value is not None and value.code is not None}
    known = {
        name: value.known
        for name, value in found.items()
        if value is not None and value.known is not None and name in dimensions
    }
    base = _base(node, measure, found.get(PERIOD, Value(None)), context)
    if base is not None and base.known is not None:
        known["base_period"] = base.known
    whole_node = node.get("whole")
    whole = _whole(node, measure, context.border)
    known_node = node.get("known")
    if known_node is not None:
        held: dict[str, str | None] = dict(dimensions)
        if base is not None:
            held["base_period"] = base.code
        if measure == "share":
            held["whole"] = UNSTATED if whole_node is None or is_unstated(whole_node) else None
        failed = {name for name, value in found.items() if value is None}
        failed |= {near_key(key.lower(), tuple(CLAIM_KEYS)) or key for key in node.entries or () if key_trouble(key)}
        if base is None and measure in (*COMPARED, UNKNOWN):
            failed.add("base_period")
        if measure == UNKNOWN:
            failed.add("whole")
        said = {dimension_of(key) or key for key, _, value in node.pairs() if value.get("value") is not None}
        known = known_block(known_node, held, said, failed, known, context.border)
    base_period = base.code if base is not None and base.code != UNSTATED else None
    return _Described(dimensions, base_period, whole, known)


def _identity(node: Node, context: Context) -> str | None:
    id_node = node.get("id")
    if id_node is None:
        if not _misspelt(node, "id"):
            context.border.fault(node, "a claim needs an `id`", "a short name that stays, such as `id: turnover-2023`")
        return None
    identity = short_text(id_node, "`id`", context.border)
    if identity is None:
        return None
    if not IDENTITY.fullmatch(identity):
        hint = "it begins with a letter or digit and holds only letters, digits, . _ and -"
        context.border.fault(id_node, f"{quoted(identity)} cannot be an `id`", hint)
        return None
    full_id = f"{context.document.id}#{identity}"
    first = context.nodes.setdefault(full_id, id_node)
    if first is not id_node:
        context.border.fault(id_node, f"the id {quoted(identity)} is taken", f"first given on line {first.line}")
        return None
    return identity


def _dimensions(node: Node, border: Border, how: str) -> dict[str, Value | None]:
    """By dimension, the value of a claim or of defaults (None after a fault); faults of the keys, too."""
    found: dict[str, Value | None] = {}
    for key, key_node, value in node.pairs():
        trouble = key_trouble(key)
        if trouble is not None:
            border.fault(key_node, *trouble)
            continue
        dimension = dimension_of(key)
        if dimension is None:
            continue
        if dimension in found:
            border.fault(key_node, f"`{ENTITY}` is another name of `{AREA}`", "give one of the two")
            continue
        found[dimension] = dimension_value(key, value, border, how)
    return found


def _misspelt(node: Node, key: str) -> bool:
    """True when a key is refused as a misspelling of `key`, so that `key` is not missed as well."""
    refused = (other.lower() for other in node.entries or () if key_trouble(other))
    return any(other == key or near_key(other, (key,)) for other in refused)


def _word(node: Node, key: str, choices: tuple[str, ...], default: str, border: Border) -> str:
    """One of a few words; UNKNOWN after a fault, so that nothing that hangs on it is called wrong as well."""
    found = node.get(key)
    return default if found is None else choice(found, f"`{key}`", choices, border) or UNKNOWN


def _base(node: Node, measure: str, period: Value | None, context: Context) -> Value | None:
    """The base period of a growth, change or multiple, UNSTATED when the text does not say; None for other
    measures and after a fault.
    """
    border = context.border
    given = node.get("base_period")
    if measure not in COMPARED:
        if given is not None and measure != UNKNOWN:
            hint = f"only {', '.join(COMPARED)} have one; `measure` is {measure}"
            border.fault(given, "`base_period` without a comparison", hint)
        return None
    base = dimension_value("base_period", given, border) if given is not None else context.defaults.base_period
    if given is not None or base is not None:
        if base is not None and base.code is None:
            hint = "`base_period: unstated` when the text does not say which"
            border.fault(given or node, f"a {measure} has a base", hint)
            return None
        return base
    if period is None:
        return None
    inferred = Knowledge(INFERRED)
    if period.code is None or period.code == UNSTATED:
        return Value(None, inferred)
    try:
        return Value(_year_before(period.code), inferred)
    except PeriodError as error:
        border.fault(node.get(PERIOD) or node, f"no year before: {error}", "give a `base_period`")
        return None


@lru_cache(maxsize=4096)
def _year_before(period: str) -> str:
    return normal_form(year_before(parse_period(period)))


def _whole(node: Node, measure: str, border: Border) -> dict[str, str | None] | None:
    given = node.get("whole")
    if given is None:
        return None
    if measure not in ("share", UNKNOWN):
        border.fault(given, "`whole` without a share", f"only shares have one; `measure` is {measure}")
        return None
    return whole_block(given, border)


def _figure(node: Node, measure: str, context: Context) -> Figure | None:
    """The figure, with the loose readings that are switched off left out; None after a fault."""
    border = context.border
    off = context.off
    if (readings_node := node.get("readings")) is not None:
        allowed = readings(readings_node, border)
        off = frozenset({name for name, on in allowed.items() if not on} | {n for n in off if not allowed.get(n)})
    given = node.get("figure")
    if given is None:
        if not _misspelt(node, "figure"):
            border.fault(node, "a claim needs a `figure`", "such as `figure: 31.5 billion USD`")
        return None
    figure = _figure_text(given, measure, border) if given.entries is None else _declared(given, measure, border)
    if figure is None:
        return None
    unit = figure.unit
    if measure in RATIOS and unit.kind != "ratio" and unit.name:
        hint = "a difference in units is `measure: change`" if measure == "growth" else "is the `measure` right?"
        message = f"a {measure} is a percentage, points, times or a plain number, not {quoted(unit.name)}"
        border.fault(given.get("unit") or given, message, hint)
        return None
    return without_readings(figure, off) if off else figure


def _figure_text(node: Node, measure: str, border: Border) -> Figure | None:
    text = short_text(node, "`figure`", border)
    if text is None:
        return None
    figure = border.figures.get((text, measure))
    if figure is None:
        try:
            figure = parse_figure(text, measure, border.quantities)
        except FigureError as error:
            border.fault(node, f"`figure`: {error.message}", error.hint)
            return None
        border.figures[text, measure] = figure
    return figure


def _declared(node: Node, measure: str, border: Border) -> Figure | None:
    """A figure of `value`, `decimals` and `unit`."""
    if not is_mapping(node, "`figure`", FIGURE_KEYS, border):
        return None
    texts: dict[str, str | None] = {"unit": "", "rounding": "round"}
    for key in FIGURE_KEYS:
        found = node.get(key)
        if found is None:
            if key in ("value", "decimals"):
                hint = "`decimals: 0` when rounded to units, -3 to thousands, INF when exact" if key == "decimals" else None
                border.fault(node, f"`figure` needs `{key}`", hint)
                texts[key] = None
        elif key == "unit" and found.entries:
            border.fault(found, "`unit` is text, not a mapping", f'quote the braces: "{{{next(iter(found.entries))}}}"')
            texts[key] = None
        elif key == "rounding":
            texts[key] = choice(found, "`rounding`", ROUNDINGS, border)
        else:
            texts[key] = short_text(found, f"`{key}`", border)
    value, decimals, unit, rounding = (texts[key] for key in FIGURE_KEYS)
    if value is None or decimals is None or unit is None or rounding is None:
        return None
    try:
        return declared(value, decimals, unit, rounding, measure)
    except FigureError as error:
        border.fault(node.get(error.part) or node, f"`figure`: {error.message}", error.hint)
        return None


def _direction_unstated(node: Node, measure: str, border: Border) -> bool:
    given = node.get("direction")
    if given is None or choice(given, "`direction`", (UNSTATED_WORD,), border) is None:
        return False
    if measure not in (*DIRECTED, UNKNOWN):
        border.fault(given, "`direction` without a growth or change", f"`measure` is {measure}")
    return measure in DIRECTED


def _record(node: Node, border: Border) -> Record | None:
    """What a figure is said to be the record of."""
    given = node.get("record")
    if given is None:
        return None
    if given.entries is None:
        order = choice(given, "`record`", RECORDS, border)
        return None if order is None else Record(order)
    if not is_mapping(given, "`record`", RECORD_KEYS, border):
        return None
    order_node, since_node = given.get("is"), given.get("since")
    if order_node is None:
        border.fault(given, "`record` needs `is`", "such as `{is: highest, since: 2015}`")
        return None
    order = choice(order_node, "`is`", RECORDS, border)
    since = None if since_node is None else coded("time_period", since_node.text or "", since_node, border)
    ranked = given.get("place")
    rank = None if ranked is None else whole_number(ranked, "`place`", border, least=1)
    return None if order is None else Record(order, since, _among(node, given, border), rank or 1)


def _among(claim: Node, record: Node, border: Border) -> str | None:
    """The dimension of the claim in which those differ that it is the first, or last, of."""
    given = record.get("among")
    said = dimension_of(given.text) if given is not None and given.text else None
    if given is None:
        return None
    if record.get("since") is not None:
        border.fault(given, "`among` is said of one time, `since` of many: a record has one of the two")
    elif said is None or said in (PERIOD, INDICATOR):
        hint = "such as `counterpart_area`: the largest of all partners"
        border.fault(given, f"`among` is {quoted(given.text or given.kind)}, not a dimension in which others differ", hint)
    return said


def _list_item(node: Node, full_id: str | None, context: Context) -> ListItem | None:
    given = node.get("list")
    if given is None or not is_mapping(given, "`list`", LIST_KEYS, context.border):
        return None
    complete_node, of_node = given.get("complete"), given.get("of")
    complete = complete_node and choice(complete_node, "`complete`", ("true", "false"), context.border)
    if of_node is None:
        context.border.fault(given, "`list` needs `of`", "the id of the total that this claim is an item of")
        return None
    target = short_text(of_node, "`of`", context.border, 2 * MAXIMUM_TEXT)
    if target is None:
        return None
    target = target if "#" in target else f"{context.document.id}#{target}"
    if full_id is not None:
        context.lists[full_id] = (target, of_node)
    return ListItem(target, complete == "true")


def _beside(node: Node, context: Context) -> dict[str, str]:
    """The claims that the text sets this one beside: full ids by role."""
    given = node.get("beside")
    if given is None or not is_mapping(given, "`beside`", BESIDE_KEYS, context.border):
        return {}
    found: dict[str, str] = {}
    for role in BESIDE_KEYS:
        one = given.get(role)
        text = short_text(one, f"`{role}`", context.border, 2 * MAXIMUM_TEXT) if one is not None else None
        if one is not None and text is not None:
            found[role] = text if "#" in text else f"{context.document.id}#{text}"
            context.named.append((found[role], one))
    return found
