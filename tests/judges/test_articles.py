"""The marked articles of the corpus: each relation decided, and what the shipped rules find in the claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from gold_articles import Article, Relation, read_articles

from crosscheck.checking.assessment import (
    CONSISTENT,
    CONTRADICTION,
    RECONCILABLE,
    Assessment,
    assess,
    find_witness,
)
from crosscheck.checking.binding import Binding, Role
from crosscheck.checking.levels import ERROR, NOTE, WARNING, level_of
from crosscheck.checking.stated import Stated, stated
from crosscheck.claims.model import Claim
from crosscheck.figures.figure import CUT
from crosscheck.inputs.shipped import shipped
from crosscheck.rules.files import read_rule_file, read_rule_files
from crosscheck.rules.model import Rule

EXPECTED = {
    "consistent": CONSISTENT,
    "reconcilable-only-by-rounding": RECONCILABLE,
    "contradiction": CONTRADICTION,
}
# A relation whose operands are single figures is decided by the shipped rule that says the same, by role.
SHIPPED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "growth": ("growth-not-matching-levels", ("growth", "now", "then")),
    "change": ("change-not-matching-levels", ("change", "now", "then")),
    "ppchange": ("change-not-matching-levels", ("change", "now", "then")),
    "share": ("share-not-matching-levels", ("share", "part", "whole")),
    "mult": ("multiple-not-matching-levels", ("multiple", "now", "then")),
    "same": ("same-figure-twice", ("figure", "again")),
}
TOTAL, MIX = "list-not-adding-up", "growth-of-total-not-from-its-terms"
# Everything else: what the marks mean by a kind of relation, with {0}, {1} … for its operands.
FORMULAS = {
    "same": "{0}",
    "growth": "({0}) / ({1}) - 1",
    "change": "({0}) - ({1})",
    "ppchange": "({0}) - ({1})",
    "share": "({0}) / ({1})",
    "mult": "({0}) / ({1})",
    "gabs": "{0} / ({1} - {0})",
    "prod": "(1 + {0}) * (1 + {1}) - 1",
    "prodc": "{0} * {1} * (27.2155 kg / 1 bushel)",
}
MATERIAL = {"sum": "1 %", "same": "1 %", "prodc": "1 %"}
SIGNED = re.compile(r"([+-]?)(c\d+)")


@cache
def shipped_rules() -> Mapping[str, Rule]:
    return {rule.id: rule for rule in read_rule_files([shipped("rules")], shipped=True)}


@pytest.fixture(scope="module")
def articles(shared: Path) -> list[Article]:
    found = read_articles(shared / "corpus" / "articles")
    assert len(found) == 24
    return found


@dataclass(frozen=True)
class Judged:
    """A relation with the binding that was made of it and what came of that."""

    relation: Relation
    binding: Binding
    assessment: Assessment
    level: str

    @property
    def outcome(self) -> str:
        """The verdict, and the reading where only a loose one helps."""
        found = self.assessment
        return found.verdict if found.reading == "strict" else f"{found.verdict} {found.reading}"


@pytest.fixture(scope="module")
def judged(articles: list[Article], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judged]:
    folder = tmp_path_factory.mktemp("articles")
    found = {}
    for article in articles:
        for relation in article.relations:
            binding = bind(article, relation, folder)
            assessment = assess(binding)
            found[relation.name] = Judged(relation, binding, assessment, level_of(binding, assessment))
    assert len(found) == 139
    return found


# --- a relation as a binding --------------------------------------------------------------------------------------


def bind(article: Article, relation: Relation, folder: Path) -> Binding:
    """The binding of a relation: with the shipped rule that says it, or with a rule file made for it."""
    plain = all(re.fullmatch(r"c\d+", operand) for operand in (relation.target, *relation.operands))
    turned = article.turned & set(re.findall(r"c\d+", " ".join((relation.target, *relation.operands))))
    if relation.kind == "mix":
        pairs = [operand.split(":") for operand in relation.operands]
        now, grown = (tuple(single(article, pair[i]) for pair in pairs) for i in (0, 1))
        return Binding(rule(MIX), {"growth": single(article, relation.target), "now": now, "grown": grown})
    if plain and not turned and relation.kind in SHIPPED:
        identifier, roles = SHIPPED[relation.kind]
        figures = [single(article, name) for name in (relation.target, *relation.operands)]
        return Binding(rule(identifier), dict(zip(roles, figures, strict=True)))
    if plain and not turned and relation.kind == "sum":
        items = tuple(single(article, name) for name in relation.operands)
        return Binding(rule(TOTAL), {"total": single(article, relation.target), "items": items})
    made = made_rule(article, relation, folder)
    roles_of: dict[str, Role] = {name: single(article, name) for name in made.variables}
    return Binding(made, roles_of)


def rule(identifier: str) -> Rule:
    return shipped_rules()[identifier]


def single(article: Article, name: str) -> Stated:
    return stated([article.claims[name]])


def made_rule(article: Article, relation: Relation, folder: Path) -> Rule:
    """A rule file for a relation that no shipped rule says."""
    operands = [expression(article, text) for text in relation.operands]
    operator, target, subject = "==", relation.target, relation.target
    if relation.kind == "ge":
        operator, (formula,) = ">=", operands
        if target.startswith("="):
            target, subject = target[1:].replace("%", " %"), SIGNED.findall(relation.operands[0])[0][1]
    elif relation.kind == "sum":
        formula = " + ".join(operands)
    else:
        formula = FORMULAS[relation.kind].format(*operands)
    if target in article.turned:
        formula = f"-({formula})"
    names = dict.fromkeys(re.findall(r"c\d+", f"{target} {formula}"))
    path = folder / f"{relation.article.lower()}-{relation.number}.yaml"
    lines = [
        "rules:",
        "  - id: marked-relation",
        "    title: A marked relation does not hold",
        "    why: It is what the article says, marked by hand.",
        "    variables: {" + ", ".join(f"{name}: {{}}" for name in names) + "}",
        f"    assert: {target} {operator} {formula}",
        f"    subject: {subject}",
        f"    material: {MATERIAL.get(relation.kind, '0.5 percentage_point')}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (made,) = read_rule_file(path)
    return made


def expression(article: Article, operand: str) -> str:
    """An operand of the marks as an expression: figures with a sign of their own, or a constant."""
    found = SIGNED.findall(operand)
    if not found:
        return operand
    terms = []
    for sign, name in found:
        negative = (sign == "-") != (name in article.turned)
        terms.append(f"-{name}" if negative else name)
    return f"({' + '.join(terms)})"


def test_print(judged: dict[str, Judged]) -> None:
    for name, j in judged.items():
        want = EXPECTED[j.relation.expected]
        if j.outcome != want:
            a = j.assessment
            print(name, "|", j.outcome, j.level, "| expected", want, j.relation.cut_explains, "| stated", a.stated, "computed", a.computed, a.computed_face, a.loosened and [(l.claim.id, l.reading) for l in a.loosened], a.reason)
    print(Counter((j.relation.kind, j.binding.rule.id) for j in judged.values()))
