"""Short forms of common rules, expanded to variables and an assertion when a rule file is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from crosscheck.inputs.faults import Fault, did_you_mean
from crosscheck.inputs.yaml_tree import Node
from crosscheck.rules.model import Computed, Selector
from crosscheck.rules.selectors import read_selector

SHORT_FORMS = {
    "sum": "short form: {total: SELECTOR, parts: [SELECTOR, …]}",
    "share": "short form: {part: SELECTOR, whole: SELECTOR}",
    "growth": "short form: a selector, `{}` for all",
    "bound": "short form: {figure: SELECTOR, lower: EXPRESSION, upper: EXPRESSION}",
    "same": "short form: a selector; claims that are equal in every dimension must agree",
}
GROWTH = "growth == now / then - 1 or then < 0 and growth == 1 - now / then"


@dataclass(frozen=True, slots=True)
class Expansion:
    """The variables and the assertion that a rule stands for; `node` is where faults of the assertion belong."""

    selectors: Mapping[str, Selector]
    assertion: str
    node: Node
    subject: str | None = None
    duplicates: bool = False


def expand(form: str, node: Node, faults: list[Fault]) -> Expansion | None:
    """What the short form at `node` stands for; None, with faults added, when it is not understood."""
    return {"sum": _sum, "share": _share, "growth": _growth, "bound": _bound, "same": _same}[form](node, faults)


def _keys(node: Node, allowed: tuple[str, ...], required: tuple[str, ...], faults: list[Fault]) -> bool:
    before = len(faults)
    if node.entries is None:
        faults.append(node.fault(f"a mapping is wanted here, not {node.kind}", f"with {', '.join(allowed)}"))
        return False
    for key, key_node, _ in node.pairs():
        if key not in allowed:
            faults.append(key_node.fault(f'unknown key "{key[:40]}"', did_you_mean(key, allowed)))
    for key in required:
        if node.get(key) is None:
            faults.append(node.fault(f"`{key}` is missing"))
    return len(faults) == before


def _level(selector: Selector) -> Selector:
    return selector if selector.measures else replace(selector, measures=("level",))


def _sum(node: Node, faults: list[Fault]) -> Expansion | None:
    if not _keys(node, ("total", "parts"), ("total", "parts"), faults):
        return None
    total, parts = node.get("total"), node.get("parts")
    assert total is not None and parts is not None
    if not parts.items:
        faults.append(parts.fault("`parts` is a list of selectors"))
        return None
    names = tuple(f"part_{number}" for number in range(1, len(parts.items) + 1))
    selectors = {"total": _level(read_selector(total, ("total", *names), faults))}
    for name, part in zip(names, parts.items, strict=True):
        selectors[name] = _level(read_selector(part, ("total", *names), faults))
    return Expansion(selectors, f"total == {' + '.join(names)}", node)


def _share(node: Node, faults: list[Fault]) -> Expansion | None:
    if not _keys(node, ("part", "whole"), ("part", "whole"), faults):
        return None
    part_node, whole_node = node.get("part"), node.get("whole")
    assert part_node is not None and whole_node is not None
    names = ("share", "part", "whole")
    part, whole = read_selector(part_node, names, faults), read_selector(whole_node, names, faults)
    share = replace(part, measures=("share",), any_unit=False, unit_kinds=())
    return Expansion({"share": share, "part": _level(part), "whole": _level(whole)}, "share == part / whole", node)


def _growth(node: Node, faults: list[Fault]) -> Expansion | None:
    selector = read_selector(node, ("growth", "now", "then"), faults)
    growth = replace(selector, measures=("growth",), any_unit=False, unit_kinds=())
    now = _level(replace(selector, measures=()))
    then = replace(now, dimensions={**now.dimensions, "time_period": Computed("base", "growth")})
    return Expansion({"growth": growth, "now": now, "then": then}, GROWTH, node)


def _bound(node: Node, faults: list[Fault]) -> Expansion | None:
    if not _keys(node, ("figure", "lower", "upper"), ("figure",), faults):
        return None
    figure = node.get("figure")
    assert figure is not None
    selector = read_selector(figure, ("figure",), faults)
    limits = [
        f"figure {operator} {limit.text}"
        for key, operator in (("lower", ">="), ("upper", "<="))
        if (limit := node.get(key)) is not None and limit.text
    ]
    if not limits:
        faults.append(node.fault("a bound needs `lower` or `upper`"))
        return None
    return Expansion({"figure": selector}, " and ".join(limits), node, subject="figure")


def _same(node: Node, faults: list[Fault]) -> Expansion | None:
    selector = read_selector(node, ("figure", "again"), faults)
    if any(isinstance(test, Computed) for test in selector.dimensions.values()):
        faults.append(node.fault("`same` takes plain values"))
        return None
    return Expansion({"figure": selector, "again": selector}, "figure == again", node, duplicates=True)
