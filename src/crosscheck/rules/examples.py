"""The examples in rule files: figures by variable, and the verdict that they must get."""

from __future__ import annotations

from crosscheck.claims.keys import COMMA, FIGURE_KEYS, KEY, suggestion
from crosscheck.figures.figure import CUT, STRICT, ZEROS
from crosscheck.figures.text import FigureError, declared, parse_figure
from crosscheck.inputs.faults import Fault, did_you_mean
from crosscheck.inputs.yaml_tree import Node
from crosscheck.rules.model import LEVELS, VERDICTS, Example, ExampleFigure, Rule

VERDICT = "verdict"
OTHER_NAMES = ("expect", "expected", "expects", "result", "outcome", "status")  # of the key `verdict`
OTHER_VERDICTS = {
    **dict.fromkeys(("ok", "pass", "passes", "true", "valid", "right", "correct", "holds"), "consistent"),
    **dict.fromkeys(("fail", "fails", "false", "error", "wrong", "invalid", "violation", "incorrect"), "contradiction"),
    **dict.fromkeys(("unknown", "missing", "skip"), "unverifiable"),
}
OUTCOME_KEYS = ("verdict", "level", "reading", "diagnosis", "todo")
# In a closed list: an item that the list has and the text does not state.
MISSING = "missing"
SUCH = "such as `- {total: 16, first: 10, second: 6, verdict: consistent}`"
READINGS = (STRICT, ZEROS, CUT)


def read_examples(node: Node | None, rule: Rule, faults: list[Fault]) -> tuple[Example, ...]:
    """The examples under `node` for a rule; what is wrong with them is added to `faults`."""
    if node is None:
        return ()
    if node.items is None:
        faults.append(node.fault(f"examples are a list, not {node.kind}", SUCH))
        return ()
    return tuple(example for item in node.items if (example := _read_example(item, rule, faults)) is not None)


def _read_example(node: Node, rule: Rule, faults: list[Fault]) -> Example | None:
    if node.entries is None:
        faults.append(node.fault(f"an example is a mapping, not {node.kind}", SUCH))
        return None
    figures = {}
    for key, key_node, value in node.pairs():
        if key in rule.variables:
            nodes = value.items if value.items is not None else [value]
            if len(nodes) != 1 and key not in rule.collections and not rule.duplicates:
                faults.append(value.fault(f"{key} stands for one claim", "give it `collect:` to let it stand for several"))
            figures[key] = tuple(f for n in nodes if (f := _figure(n, key, rule, faults)) is not None)
        elif key not in OUTCOME_KEYS:
            choices = [*rule.variables, *OUTCOME_KEYS]
            hint = COMMA if key[:1].isdigit() else suggestion(key, choices) or f"one of {', '.join(choices)}"
            hint = "`verdict` is the key for that" if key in OTHER_NAMES else hint
            faults.append(key_node.fault(f'unknown variable "{key[:40]}"', hint))
    verdict = _outcome(node, "verdict", VERDICTS, faults)
    if verdict is None:
        faults.append(node.fault("an example needs a `verdict`", f"one of {', '.join(VERDICTS)}"))
        return None
    diagnosis, todo = node.get("diagnosis"), node.get("todo")
    return Example(
        figures=figures,
        verdict=verdict,
        level=_outcome(node, "level", LEVELS, faults),
        reading=_outcome(node, "reading", READINGS, faults),
        diagnosis=diagnosis.text if diagnosis else None,
        todo=todo.text if todo else None,
        line=node.line,
        column=node.column,
    )


def _outcome(node: Node, key: str, allowed: tuple[str, ...], faults: list[Fault]) -> str | None:
    value = node.get(key)
    if value is None:
        return None
    if value.text not in allowed:
        text = (value.text or value.kind)[:40]
        other = OTHER_VERDICTS.get(text.lower()) if key == VERDICT else None
        hint = did_you_mean(text, allowed) if other is None else f"{other} is the word for that"
        faults.append(value.fault(f'unknown {key} "{text}"', hint or f"one of {', '.join(allowed)}"))
        return allowed[0]
    return value.text


def _figure(node: Node, variable: str, rule: Rule, faults: list[Fault]) -> ExampleFigure | None:
    if node.text == MISSING and not node.quoted:
        return ExampleFigure(None)
    text_node, dimensions = node, {}
    if node.entries is not None and node.get("value") is None:
        found = node.get("figure")
        if found is None:
            faults.append(node.fault("a mapping here has `figure` and the dimensions that differ"))
            return None
        text_node = found
        for key, key_node, value in node.pairs():
            if key == "figure":
                continue
            if key == "place" and rule.variables[variable].placed and not (value.text or "").isdecimal():
                faults.append(value.fault("`place` is a whole number", "such as `place: 3` for the third-largest"))
            elif KEY.fullmatch(key) and value.text:
                dimensions[key] = value.text
            else:
                faults.append(key_node.fault(f'"{key[:40]}" is no dimension with a value'))
    measures = rule.variables[variable].measures
    measure = measures[0] if measures else "level"
    try:
        if text_node.entries is not None:
            parts = _declared_parts(text_node, faults)
            figure = declared(parts["value"], parts["decimals"], parts["unit"], parts["rounding"] or "round", measure)
        else:
            figure = parse_figure(text_node.text or "", measure)
    except FigureError as error:
        faults.append(text_node.fault(error.message, error.hint))
        return None
    return ExampleFigure(figure, dimensions)


def _declared_parts(node: Node, faults: list[Fault]) -> dict[str, str]:
    """Value, decimals, unit and rounding of a declared figure; empty where they are left out."""
    for key, key_node, value in node.pairs():
        if key not in FIGURE_KEYS:
            hint = did_you_mean(key, FIGURE_KEYS) or f"a declared figure has {', '.join(FIGURE_KEYS)}"
            faults.append(key_node.fault(f'unknown key "{key[:40]}"', hint))
        elif value.text is None:
            faults.append(value.fault(f"`{key}` is text, not {value.kind}"))
    found = {key: node.get(key) for key in FIGURE_KEYS}
    return {key: (value.text or "") if value is not None else "" for key, value in found.items()}
