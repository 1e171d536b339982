"""Rule files: read and checked whole, every fault with its place and a hint."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crosscheck.claims.fields import CONTROL_BUT_BREAKS
from crosscheck.claims.keys import ENTITY, KEY, ROOT_KEYS, near_key, suggestion
from crosscheck.claims.model import AREA, NAMED_DIMENSIONS
from crosscheck.figures.exact import Fraction
from crosscheck.inputs.disk import real, yaml_files_in
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.inputs.yaml_tree import Node, is_null, read_file, read_text
from crosscheck.rules.algebra import Alternative, alternatives, whole_power
from crosscheck.rules.closed import open_collections
from crosscheck.rules.examples import OUTCOME_KEYS, read_examples
from crosscheck.rules.expression import (
    FACTS,
    FUNCTIONS,
    WORDS,
    Binary,
    Call,
    Comparison,
    Condition,
    Expression,
    ExpressionError,
    Logical,
    Number,
    Variable,
    children,
    parse_condition,
    variables,
)
from crosscheck.rules.facts import check_facts, facts, ordered, with_samples
from crosscheck.rules.material import read_amount
from crosscheck.rules.model import LEVELS, STATUSES, Material, Rule, Selector, Tolerance
from crosscheck.rules.selectors import read_selector
from crosscheck.rules.short_forms import SHORT_FORMS, Expansion, expand

RULE_KEYS = {
    "id": "stable for ever; reads as “allow …”",
    "title": "what is wrong when the rule fails, for people",
    "why": "why the figures belong together",
    "source": "where the formula comes from",
    "tags": "words to select rules by",
    "since": "the version that brought the rule",
    "status": "preview, stable or deprecated",
    "replaced_by": "the rule that took its place",
    "variables": "name to selector",
    "assert": "the expression that must hold",
    "subject": "the variable in doubt; needed where `assert` has none alone on one side of `==`",
    "when": "a condition on dimensions or figures under which the rule applies",
    "needs_all": "true: where an operand is missing no check is made, instead of one that says what it would have to be",
    "material": "the gap from which on a merely reconcilable figure is a warning",
    "strain": "the part of the rounding slack from which on it is one (0.75; 0.25 where one figure alone must give way)",
    "message": "the sentence for people when the rule fails; {variable} stands for its printed figure",
    "level": "error, warning or note for a contradiction",
    "tolerance": "slack of the rule's own: within, why",
    "examples": "figures by variable and the verdict that they must get",
    **SHORT_FORMS,
}
# What a key is called elsewhere.
OTHER_NAMES = {
    **dict.fromkeys(("name", "rule", "key"), "id"),
    **dict.fromkeys(("description", "reason", "rationale", "because"), "why"),
    **dict.fromkeys(("severity", "priority"), "level"),
    **dict.fromkeys(("check", "expression", "expr", "formula", "condition", "assertion", "must"), "assert"),
    **dict.fromkeys(("vars", "variable", "figures", "inputs"), "variables"),
    **dict.fromkeys(("tests", "test", "cases", "example"), "examples"),
    **dict.fromkeys(("threshold", "materiality"), "material"),
    **dict.fromkeys(("slack", "margin", "epsilon"), "tolerance"),
    **dict.fromkeys(("if", "where", "filter"), "when"),
}
IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
EXAMPLES = re.compile(r"^    examples:\n(?:      .*\n?|\n(?=      ))+", re.MULTILINE)  # as shipped files write them
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
# Words that mean something else where a variable may stand: in expressions, or beside the figures of an example.
RESERVED_NAMES = (*FUNCTIONS, *WORDS, *OUTCOME_KEYS)
# What a condition (`when`) can ask of a claim by name, beside its open dimensions.
TEXTS_OF_CLAIMS = (*NAMED_DIMENSIONS, "document", "publisher", "measure", "base_period", "unit")
MAXIMUM_TEXT = 2_000
MAXIMUM_POWERS = 256
MAXIMUM_FAULTS = 1_000
MAXIMUM_IDENTIFIER = 100


@dataclass(slots=True)
class _Reader:
    file: str
    shipped: bool
    examples: bool  # a run that only checks can leave those of tested rules unread
    faults: list[Fault] = field(default_factory=list)


def read_rule_files(paths: Sequence[Path], shipped: bool = False, examples: bool = True) -> tuple[Rule, ...]:
    """The rules of files, and of folders with all their .yaml and .yml files.

    Raises InputFaults with the faults of all of them.
    """
    rules: list[Rule] = []
    faults: list[Fault] = []
    for path in _rule_paths(paths, faults):
        try:
            rules += read_rule_file(path, shipped, examples)
        except InputFaults as error:
            faults += error.faults
    faults += duplicate_ids(rules)
    if faults:
        raise InputFaults(faults)
    return tuple(rules)


def duplicate_ids(rules: Sequence[Rule]) -> list[Fault]:
    """A fault for each rule whose id another one has already."""
    first: dict[str, Rule] = {}
    faults = []
    for rule in rules:
        known = first.setdefault(rule.id, rule)
        if known is not rule:
            hint = f"first given at {known.file}:{known.line}"
            faults.append(Fault(rule.file, rule.line, rule.column, f'duplicate rule id "{rule.id}"', hint))
    return faults


def _rule_paths(paths: Sequence[Path], faults: list[Fault]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if os.path.isdir(path):
            found += yaml_files_in(path, faults)
        elif os.path.lexists(path):
            found.append(path)
        else:
            faults.append(Fault(str(path), None, None, "no such rule file or folder"))
    distinct: dict[Path, Path] = {}
    for path in found:
        distinct.setdefault(real(path), path)
    return list(distinct.values())


def read_rule_file(path: Path, shipped: bool = False, examples: bool = True, text: str | None = None) -> tuple[Rule, ...]:
    """The rules of one file, or of a text that stands for it; raises InputFaults with every fault in it."""
    is_whole = text is None and (examples or not shipped)
    root = read_file(path) if is_whole else read_text(text or _without_examples(path), str(path))
    reader = _Reader(str(path), shipped, examples)
    for key, key_node, _ in root.pairs():
        if key != "rules":
            hint = did_you_mean(key, ["rules"]) or "rules stand in a list under the one key `rules`"
            hint = "is this a claim file?" if key in ROOT_KEYS else hint
            reader.faults.append(key_node.fault(f'unknown key "{key[:40]}"', hint))
    listed = root.get("rules")
    if listed is None or listed.items is None:
        misplaced = root if listed is None else listed
        if listed is not None or not reader.faults:
            hint = "a line `rules:`, and below it rules that each begin with `- id:`"
            reader.faults.append(misplaced.fault("a rule file has a list under `rules`", hint))
        raise InputFaults(reader.faults)
    if examples or not shipped:
        reader.faults += _control_characters(root)
    rules: list[Rule] = []
    for node in listed.items:
        if len(reader.faults) > MAXIMUM_FAULTS:
            reader.faults.append(node.fault(f"more than {MAXIMUM_FAULTS:,} faults: from here on the file was not read"))
            break
        rule = _read_rule(node, reader)
        if rule is not None:
            rules.append(rule)
    if reader.faults:
        raise InputFaults(sorted(dict.fromkeys(reader.faults), key=lambda f: (f.line or 0, f.column or 0)))
    return tuple(rules)


def _without_examples(path: Path) -> str:
    """The text of a shipped file with its examples left blank, line by line, so that all else keeps its place.

    Half of such a file is examples, which a run that only checks never looks at. A test holds that nothing else is lost.
    """
    return EXAMPLES.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))


def _control_characters(root: Node) -> Iterator[Fault]:
    """A fault for each text with a character that would do something to a terminal instead of being shown."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.text is not None and (found := CONTROL_BUT_BREAKS.search(node.text)):
            yield node.fault(f"a control character, U+{ord(found[0]):04X}, stands in this text", "remove it")
        waiting += node.items or [each for pair in (node.entries or {}).values() for each in pair]


def _read_rule(node: Node, reader: _Reader) -> Rule | None:
    faults = reader.faults
    if node.entries is None:
        faults.append(node.fault(f"a rule is a mapping, not {node.kind}"))
        return None
    for key, key_node, _ in node.pairs():
        if key not in RULE_KEYS:
            other = OTHER_NAMES.get(key)
            hint = did_you_mean(key, RULE_KEYS) if other is None else f"`{other}` is the key for that: {RULE_KEYS[other]}"
            faults.append(key_node.fault(f'unknown key "{key[:40]}"', hint or f"one of {', '.join(RULE_KEYS)}"))
    identifier = _text(node, "id", faults, required=True)
    if identifier and (len(identifier) > MAXIMUM_IDENTIFIER or not IDENTIFIER.fullmatch(identifier)):
        faults.append(_node(node, "id").fault(f'"{identifier[:60]}" is no rule id', id_hint(identifier)))
    title, why = (_text(node, key, faults, required=True) for key in ("title", "why"))
    thresholds = _thresholds(node, faults)
    expansion = _expansion(node, faults)
    if expansion is None:
        return None
    collections = [name for name, selector in expansion.selectors.items() if selector.is_collection]
    parsed = _assertion(expansion, collections, faults)
    if parsed is None:
        return None
    condition, found = parsed
    faults += [_at(expansion.node, 0, *told) for told in open_collections(expansion.selectors, found)]
    subject = _subject(node, condition, expansion, faults)
    when = _when(node, expansion.selectors, faults)
    rule = Rule(
        id=identifier,
        title=title,
        why=why,
        variables=expansion.selectors,
        assertion=expansion.assertion,
        condition=condition,
        alternatives=found,
        subject=subject,
        file=reader.file,
        line=node.line,
        column=node.column,
        duplicates=expansion.duplicates,
        when=when,
        needs_all=_choice(node, "needs_all", ("true", "false"), faults) == "true",
        facts=tuple(dict.fromkeys(call for part in (condition, when) if part is not None for call in facts(part))),
        ordered=ordered(expansion.assertion, condition),
        source=_text(node, "source", faults) or None,
        tags=_tags(node, faults),
        since=_text(node, "since", faults) or None,
        status=_choice(node, "status", STATUSES, faults) or "stable",
        replaced_by=_text(node, "replaced_by", faults) or None,
        level=_choice(node, "level", LEVELS, faults),
        message=_message(node, expansion.selectors, faults),
        shipped=reader.shipped,
        material=thresholds.material,
        strain=thresholds.strain,
        tolerance=thresholds.tolerance,
    )
    if not reader.examples:
        return rule
    _check_used(node, rule, faults)
    return replace(rule, examples=read_examples(node.get("examples"), rule, faults))


def id_hint(text: str) -> str:
    """How an id is written, with this one written so where that is possible."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    meant = "-".join(words)[:MAXIMUM_IDENTIFIER].strip("-")
    shown = f", such as {meant}" if IDENTIFIER.fullmatch(meant) else ""
    return f"lower-case words joined by hyphens{shown}"


def _node(node: Node, key: str) -> Node:
    return node.get(key) or Node(node.file, node.line, node.column, text="")


def _text(node: Node, key: str, faults: list[Fault], required: bool = False) -> str:
    value = node.get(key)
    if value is None:
        if required:
            faults.append(node.fault(f"a rule needs `{key}`", RULE_KEYS[key]))
        return ""
    if value.text is None:
        faults.append(value.fault(f"`{key}` is text, not {value.kind}"))
        return ""
    if is_null(value) or not value.text.strip():
        faults.append(value.fault(f"`{key}` is empty", RULE_KEYS[key]))
        return ""
    if len(value.text) > MAXIMUM_TEXT:
        faults.append(value.fault(f"`{key}` has {len(value.text):,} characters; at most {MAXIMUM_TEXT:,} are read"))
        return ""
    return " ".join(value.text.split())


def _tags(node: Node, faults: list[Fault]) -> tuple[str, ...]:
    value = node.get("tags")
    if value is None:
        return ()
    tags = tuple(item.text or "" for item in value.items or ())
    wrong = next((tag for tag in tags if not TAG.fullmatch(tag)), None)
    if value.items is None or wrong is not None:
        faults.append(value.fault("`tags` is a list of words", "such as `tags: [trade, sum]`"))
    return tags


def _choice(node: Node, key: str, allowed: Sequence[str], faults: list[Fault]) -> str | None:
    text = _text(node, key, faults)
    if text and text not in allowed:
        hint = did_you_mean(text, allowed) or f"one of {', '.join(allowed)}"
        faults.append(_node(node, key).fault(f'unknown {key} "{text[:40]}"', hint))
        return None
    return text or None


def _expansion(node: Node, faults: list[Fault]) -> Expansion | None:
    """Variables and assertion as written, or as a short form stands for."""
    forms = [key for key in SHORT_FORMS if node.get(key) is not None]
    if forms and (len(forms) > 1 or node.get("assert") is not None or node.get("variables") is not None):
        extra = _node(node, forms[1] if len(forms) > 1 else forms[0])
        faults.append(extra.fault(f"`{forms[0]}` already says variables and assertion", "give just one of them"))
        return None
    if forms:
        return expand(forms[0], _node(node, forms[0]), faults)
    declared, assertion = node.get("variables"), node.get("assert")
    if declared is None or not declared.entries:
        faults.append((declared or node).fault("a rule needs `variables`", "a mapping of names to selectors"))
        return None
    if assertion is None or not assertion.text:
        such = "join several with `and`" if assertion and assertion.items else "such as `total == sum(parts)`"
        faults.append((assertion or node).fault("a rule needs `assert`", such))
        return None
    names = tuple(declared.entries)
    for name, name_node, _ in declared.pairs():
        if not NAME.fullmatch(name) or name in RESERVED_NAMES:
            meant = re.sub(r"[\W]+", "_", name, flags=re.ASCII).strip("_")
            such = f", such as {meant}" if NAME.fullmatch(meant) and meant not in RESERVED_NAMES else ""
            hint = f"letters, digits and _{such}; none of {', '.join(RESERVED_NAMES)}"
            faults.append(name_node.fault(f'"{name[:40]}" cannot name a variable', hint))
    selectors = {name: read_selector(value, names, faults) for name, _, value in declared.pairs()}
    return Expansion(selectors, assertion.text, assertion)


def _assertion(
    expansion: Expansion, collections: Sequence[str], faults: list[Fault]
) -> tuple[Condition, tuple[Alternative, ...]] | None:
    try:
        condition = parse_condition(expansion.assertion)
        check_facts(condition, collections)
        sample = with_samples(condition)
        _check_operators(sample)
        ok = True
        for variable in variables(condition):
            if variable.name not in expansion.selectors:
                hint = _among(variable.name, expansion.selectors)
                faults.append(_at(expansion.node, variable.at, f'unknown variable "{variable.name[:40]}"', hint))
                ok = False
        return (condition, alternatives(sample, collections)) if ok else None
    except ExpressionError as error:
        unit = re.fullmatch(r'unknown unit "(.*)"', error.message)
        meant = f"a product is written with `*`: 2 * {unit[1]}" if unit and unit[1] in expansion.selectors else None
        faults.append(_at(expansion.node, error.at, error.message, meant or error.hint))
        return None


def _check_used(node: Node, rule: Rule, faults: list[Fault]) -> None:
    """A variable that nothing asks for would still be looked for, and shown as if it mattered."""
    used = {variable.name for part in (rule.condition, rule.when) if part is not None for variable in variables(part)}
    for selector in rule.variables.values():
        used |= selector.references
    for name, name_node, _ in _node(node, "variables").pairs():
        if name not in used:
            hint = "use it in `assert`, or leave it out"
            faults.append(name_node.fault(f'the variable "{name[:40]}" is used nowhere', hint))


def _among(word: str, choices: Iterable[str]) -> str:
    """The choice that was meant, or all of them."""
    return suggestion(word, choices) or f"one of {', '.join(choices)}"


def _check_operators(condition: Condition) -> None:
    """Raises ExpressionError for a division by 0, and where powers would make numbers that nobody can wait for."""
    total = 0
    waiting: list[tuple[Expression | Condition, int]] = [(condition, 1)]
    while waiting:
        node, outer = waiting.pop()
        if isinstance(node, Binary) and node.operator == "^":
            outer *= max(whole_power(node), 1)
            total += outer
            if total > MAXIMUM_POWERS:
                raise ExpressionError(f"powers of more than {MAXIMUM_POWERS} together", node.at)
        if isinstance(node, Binary) and node.operator == "/" and isinstance(node.right, Number) and not node.right.value:
            raise ExpressionError("a division by zero", node.at)
        waiting += [(child, outer) for child in children(node)]


def _at(node: Node, at: int, message: str, hint: str | None) -> Fault:
    """A fault at a character of a scalar that stands on one line; else at the node."""
    if node.text is None or "\n" in node.text:
        return node.fault(message, hint)
    return Fault(node.file, node.line, node.column + at + (1 if node.quoted else 0), message, hint)


def _subject(node: Node, condition: Condition, expansion: Expansion, faults: list[Fault]) -> str:
    named = node.get("subject")
    if named is not None:
        if named.text is None or named.text not in expansion.selectors:
            hint = _among(named.text or "", expansion.selectors)
            faults.append(named.fault(f'unknown variable "{(named.text or "")[:40]}"', hint))
        elif expansion.selectors[named.text].is_collection:
            faults.append(named.fault("the subject cannot stand for several claims"))
        return named.text or ""
    found = expansion.subject or _alone(condition)
    if found is None:
        first = next((v.name for v in variables(condition) if not expansion.selectors[v.name].is_collection), "name")
        hint = f"no variable stands alone on one side of `==`: say which figure is in doubt, such as `subject: {first}`"
        faults.append(expansion.node.fault("a rule needs `subject`", hint))
        return ""
    return found


def _alone(condition: Condition) -> str | None:
    """The variable alone on one side of the first `==`, the left one of two."""
    if isinstance(condition, Logical):
        return next((name for operand in condition.operands if (name := _alone(operand))), None)
    assert isinstance(condition, Comparison)
    if condition.operator != "==":
        return None
    for side in (condition.left, condition.right):
        if isinstance(side, Variable):
            return side.name
    return None


def _when(node: Node, selectors: Mapping[str, Selector], faults: list[Fault]) -> Condition | None:
    value = node.get("when")
    if value is None:
        return None
    if not value.text:
        faults.append(value.fault(f"`when` is a condition, not {value.kind}", 'such as `product(a) == "beef"`'))
        return None
    try:
        condition = parse_condition(value.text, is_dimension=lambda name: bool(KEY.fullmatch(name)))
        check_facts(condition, [name for name, selector in selectors.items() if selector.is_collection])
    except ExpressionError as error:
        faults.append(_at(value, error.at, error.message, error.hint))
        return None
    for variable in variables(condition):
        if variable.name not in selectors:
            hint = f'{_among(variable.name, selectors)}; text stands in quotes, such as product(a) == "beef"'
            faults.append(_at(value, variable.at, f'unknown variable "{variable.name[:40]}"', hint))
    for call in _calls(condition):
        near = AREA if call.function == ENTITY else near_key(call.function, TEXTS_OF_CLAIMS)
        if near is not None and call.function not in (*FUNCTIONS, *FACTS, *TEXTS_OF_CLAIMS):
            faults.append(_at(value, call.at, f'unknown dimension "{call.function}"', f'did you mean "{near}"?'))
    return condition


def _calls(node: Expression | Condition) -> Iterator[Call]:
    if isinstance(node, Call):
        yield node
    for child in children(node):
        yield from _calls(child)


def _message(node: Node, selectors: Mapping[str, Selector], faults: list[Fault]) -> str | None:
    text = _text(node, "message", faults)
    for name in re.findall(r"\{([^{}]*)\}", text):
        if name not in selectors and name not in ("computed", "gap"):
            hint = _among(name, [*selectors, "computed", "gap"])
            faults.append(_node(node, "message").fault(f'unknown variable "{name[:40]}" in the message', hint))
    return text or None


@dataclass(frozen=True, slots=True)
class _Thresholds:
    material: Material | None
    strain: Fraction | None
    tolerance: Tolerance | None


def _thresholds(node: Node, faults: list[Fault]) -> _Thresholds:
    material, strain, tolerance = node.get("material"), node.get("strain"), node.get("tolerance")
    found_material, found_strain, found_tolerance = None, None, None
    if material is not None and (amount := _amount(material, faults)):
        found_material = Material(*amount, text=material.text or "")
    if strain is not None:
        if re.fullmatch(r"0(\.\d{1,9})?|1", strain.text or ""):
            found_strain = Fraction(strain.text or "")
        else:
            faults.append(strain.fault("strain is a number from 0 to 1"))
    if tolerance is not None:
        within, why = tolerance.get("within"), tolerance.get("why")
        if within is None or why is None or not why.text or len(tolerance.entries or {}) != 2:
            hint = "such as `{within: 2 %, why: the till rounds to 5 cents}`; printed digits are the only other slack"
            faults.append(tolerance.fault("a tolerance needs `within` and `why`", hint))
        elif amount := _amount(within, faults):
            found_tolerance = Tolerance(*amount, why=" ".join(why.text.split()))
    return _Thresholds(found_material, found_strain, found_tolerance)


def _amount(node: Node, faults: list[Fault]) -> tuple[Fraction, bool] | None:
    found = read_amount(node.text or "")
    if isinstance(found, str):
        faults.append(node.fault(found))
        return None
    return found
