"""Collections that may lack members, and what may be said of them without holding against them what nobody stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from crosscheck.rules.algebra import Alternative, Relation
from crosscheck.rules.expression import Call, Condition, Expression, Variable, children
from crosscheck.rules.model import Selector

HIGH, LOW = ("max", "largest"), ("min", "smallest")  # of a list that lacks members: no greater, no less than of all of it
HINT = "name the parts, use `=terms(total)` or a claim's complete list, or compare with `<=`"


def open_collections(selectors: Mapping[str, Selector], found: Iterable[Alternative]) -> Iterator[tuple[str, str]]:
    """What is wrong, and a hint, for each open collection that an assertion takes to be all there is.

    An equality over it would count what is not stated as nothing; the greatest of it may in truth be greater and the least
    less, so that nothing may be held to be below the one or above the other.
    """
    relations = [relation for alternative in found for relation in alternative.relations]
    open_ones = {name for name, selector in selectors.items() if selector.is_collection and not selector.is_closed}
    for name in sorted(open_ones & {n for r in relations if r.operator == "==" for n in r.names}):
        yield f"an equality over {name} needs a closed list: what is not stated would count as nothing", HINT
    for call in [call for relation in relations for call in _extremes(relation)]:
        argument = call.arguments[0]
        if isinstance(argument, Variable) and argument.name in open_ones:
            other = "greater" if call.function in HIGH else "less"
            yield f"what is not stated of {argument.name} may be {other} than {call.function}({argument.name})", HINT


def _extremes(relation: Relation) -> Iterator[Call]:
    """The `max` that something must not exceed, and the `min` that something must not fall below; and those in formulas."""
    for side, harmless in ((relation.left, ("<=", "<")), (relation.right, (">=", ">"))):
        is_bounded = relation.operator in harmless
        if isinstance(side, Call) and side.function in (HIGH if is_bounded else LOW) and relation.operator != "==":
            continue  # max(x) <= y holds of what is stated if it holds of all
        yield from _calls(side)


def _calls(node: Expression | Condition) -> Iterator[Call]:
    if isinstance(node, Call) and node.function in (*HIGH, *LOW):
        yield node
    for child in children(node):
        yield from _calls(child)
