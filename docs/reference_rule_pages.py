"""The pages of the reference about rules that ship: an overview by file, and a page a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reference_parts import code, flow, page, table

from crosscheck.checking.assessment import CONTRADICTION, assess
from crosscheck.checking.checks import Check
from crosscheck.checking.examples import example_binding
from crosscheck.checking.levels import level_of
from crosscheck.inputs.shipped import shipped
from crosscheck.inputs.yaml_tree import Node, read_file
from crosscheck.reports.rule_page import selector_text, strain_words
from crosscheck.reports.wording import arithmetic, message
from crosscheck.rules import examples, expression, files, model, short_forms

STATUS = {
    "preview": "It is a preview: off, unless `preview = true` stands in the configuration or `--select` names it.",
    "deprecated": "It is deprecated.",
}


def rules_page() -> str:
    """Every shipped rule by the file it stands in, with a link to its page."""
    rules = shipped_rules()
    intro = (
        f"These {len(rules)} rules ship with crosscheck. `crosscheck rules list` and `crosscheck rules show RULE` print "
        "the same. How to read selectors and formulas: [rule files](rule-files.md). What verdicts and levels mean: "
        "[the method](../method.md). How to add one: [add a rule](../how-to/add-a-rule.md)."
    )
    parts = []
    for path in sorted(shipped("rules").glob("*.yaml")):
        own = [rule for rule in rules if Path(rule.file).name == path.name]
        rows = ([f"[{rule.id}](rules/{rule.id}.md)", rule.title, ", ".join(rule.tags)] for rule in own)
        parts += [f"## {path.stem.replace('-', ' ').capitalize()}", table(["rule", "it speaks when", "tags"], rows)]
    return page("The rules that ship", intro, *parts)


def shipped_rules() -> Sequence[model.Rule]:
    """The rules that ship, by id."""
    return sorted(files.read_rule_files([shipped("rules")], shipped=True), key=lambda rule: rule.id)


def rule_pages() -> Mapping[str, str]:
    """A page for each rule that ships, by file name."""
    rules = shipped_rules()
    nodes = {
        node.get("id").text: node  # type: ignore[union-attr]
        for path in shipped("rules").glob("*.yaml")
        for node in read_file(path).get("rules").items or []  # type: ignore[union-attr]
    }
    return {f"rules/{rule.id}.md": _rule(rule, nodes[rule.id], rules) for rule in rules}


def _rule(rule: model.Rule, node: Node, rules: Iterable[model.Rule]) -> str:
    file = f"rules/{Path(rule.file).name}"
    parts = [f"**{rule.title}.** {rule.why}", "## What must hold", _formula(rule), _selectors(rule, node), _facts(rule)]
    listed = node.get("examples")
    if listed is not None and listed.items:
        head = ["example", "verdict", "level", "reading", "diagnosis"]
        parts += ["## Examples", table(head, map(_example, listed.items))]
    said = _said(rule)
    if said:
        parts += ["The contradiction is told like this:", f"```text\n{said}\n```"]
    quiet = (
        f"`[rules.{rule.id}]` in the configuration changes `level`, `material` and `strain`; the level `none` makes it "
        f"silent. `--ignore {rule.id}` leaves it out of one run. Single findings: "
        "[accept findings](../../how-to/accept-findings.md)."
    )
    parts += ["## Louder, quieter", quiet]
    near = [other for other in rules if other.id != rule.id and set(other.tags) & set(rule.tags)]
    related = sorted(near, key=lambda other: (-len(set(other.tags) & set(rule.tags)), other.id))[:5]
    if related:
        parts += ["## See also", "\n".join(f"- [{other.id}]({other.id}.md): {other.title}" for other in related)]
    former = f" It took the place of {', '.join(map(code, rule.formerly))}." if rule.formerly else ""
    replaced = f" [{rule.replaced_by}]({rule.replaced_by}.md) took its place." if rule.replaced_by else ""
    status = f" {STATUS[rule.status]}" if rule.status in STATUS else ""
    parts.append(f"Since {rule.since}, in [{file}](../../../{file}).{status}{replaced}{former} [All rules](../rules.md)")
    return page(rule.id, *parts)


def _formula(rule: model.Rule) -> str:
    lines = [rule.assertion]
    if rule.when is not None:
        lines.append(f"when {expression.show(rule.when)}")
    text = "```text\n" + "\n".join(lines) + "\n```"
    return f"{text}\n\n{rule.source[0].upper()}{rule.source[1:]}." if rule.source else text


def _facts(rule: model.Rule) -> str:
    facts = [f"The figure in doubt is {code(rule.subject)}.", f"A contradiction is reported as {rule.level or 'error'}."]
    if rule.material is not None:
        facts.append(
            f"A figure that fits only by rounding is a warning from a gap of {rule.material.text} and a strain of "
            f"{strain_words(rule)} on, else a note."
        )
    if rule.tolerance is not None:
        facts.append(f"It has a tolerance of its own: {rule.tolerance.why}.")
    return "\n".join(f"- {fact}" for fact in facts)


def _selectors(rule: model.Rule, node: Node) -> str:
    written = node.get("variables")
    if written is not None:
        rows = [[code(name), code(flow(selector))] for name, _, selector in written.pairs()]
    else:
        form = next(form for form in short_forms.SHORT_FORMS if node.get(form) is not None)
        origin = f"(from the short form {code(form)})"
        rows = [[code(name), f"{selector_text(selector)} {origin}"] for name, selector in rule.variables.items()]
    return table(["variable", "selects"], rows)


def _example(node: Node) -> list[str]:
    figures = [f"{key}: {flow(value)}" for key, _, value in node.pairs() if key not in examples.OUTCOME_KEYS]
    outcomes = [node.get(key) for key in ("verdict", "level", "reading", "diagnosis")]
    return [code(", ".join(figures)), *("" if outcome is None else outcome.text or "" for outcome in outcomes)]


def _said(rule: model.Rule) -> str | None:
    """What is said of the first example that cannot be right; None for a rule that has none."""
    for example in rule.examples:
        binding = example_binding(rule, example) if example.verdict == CONTRADICTION and example.todo is None else None
        if binding is not None:
            found = assess(binding)
            check = Check("", rule, binding, found, level_of(binding, found), "")
            return "\n".join([f"{check.level}: {message(check)}", *(f"    {line}" for line in arithmetic(check))])
    return None
