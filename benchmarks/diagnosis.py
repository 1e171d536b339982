"""How often the slip that was made is named, and how often one is named that was not made.

Honest figures of four relations are printed with two to four digits, and one of them is then spoilt: by a known slip, or by
an error that is none (1% to 100% either way, evenly by ratio). Counted are the checks that became contradictions.

    python benchmarks/diagnosis.py [--quick]
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from random import Random

from crosscheck.checking.assessment import CONTRADICTION, assess
from crosscheck.checking.binding import Binding, Role
from crosscheck.checking.diagnosis import diagnose
from crosscheck.checking.stated import Stated, stated
from crosscheck.claims.model import Claim, Document
from crosscheck.figures.showing import fixed
from crosscheck.figures.text import parse_figure
from crosscheck.rules.files import read_rule_files

RULES = {rule.id: rule for rule in read_rule_files([Path(__file__).parents[1] / "rules"], shipped=True)}
GROWTH, CHANGE = "growth-not-matching-levels", "change-not-matching-levels"
SHARE, TOTAL = "share-not-matching-levels", "total-not-sum-of-terms"
Values = dict[str, list[Fraction]]
OTHER = "another error"


def printed(value: Fraction, digits: int, ratio: bool) -> str:
    """A value with so many significant digits, as a percentage or in dollars."""
    value *= 100 if ratio else 1
    scale, word = next(
        ((10**power, word) for power, word in ((9, " billion"), (6, " million")) if not ratio and abs(value) >= 10**power),
        (1, ""),
    )
    value /= scale
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return f"{fixed(value, max(digits - whole, 0))}{word} {'%' if ratio else 'USD'}"


def honest(chance: Random, name: str) -> Values:
    """True values by role that satisfy a rule."""

    def level() -> Fraction:
        return Fraction(chance.randrange(10**9, 10**12))

    if name == SHARE:
        whole, share = level(), Fraction(chance.randrange(20, 950), 1000)
        return {"share": [share], "part": [whole * share], "whole": [whole]}
    if name == TOTAL:
        terms = [level() for _ in range(chance.randrange(2, 5))]
        return {"total": [sum(terms, Fraction(0))], "terms": terms, "less": []}
    then = level()
    growth = Fraction(chance.choice([-1, 1, 1]) * chance.randrange(15, 600), 1000)
    now = then * (1 + growth)
    subject = {"growth": [growth]} if name == GROWTH else {"change": [now - then]}
    return {**subject, "now": [now], "then": [then]}


def slips(name: str, values: Values) -> dict[str, Callable[[], None]]:
    """What spoils the values, by the name of the slip."""

    def put(role: str, value: Fraction) -> Callable[[], None]:
        return lambda: values[role].__setitem__(0, value)

    def exchange() -> None:
        values["now"], values["then"] = values["then"], values["now"]

    subject = next(iter(values))
    own = values[subject][0]
    found = {f"factor-{factor}": put(subject, own * factor) for factor in (10, 100)}
    if name != TOTAL:
        found["lost-sign"] = put(subject, -own)
    if name in (GROWTH, CHANGE):
        now, then = values["now"][0], values["then"][0]
        found["factor-1000"] = put("now", now / 1000)
        if name == GROWTH:
            found["swapped"] = exchange
            found["reversed-base"] = put("growth", 1 - then / now)
        else:
            found["by-for-to"] = put("change", now)
    elif name == TOTAL:
        found["factor-1000"] = put("terms", values["terms"][0] / 1000)
    if name == SHARE:
        del found["lost-sign"]
    return found


def bound(chance: Random, name: str, values: Values) -> Binding:
    """The values in print, bound to the rule."""
    rule, roles = RULES[name], dict[str, Role]()
    for role, selector in rule.variables.items():
        measure = selector.measures[0]
        members = tuple(_stated(chance, role, i, value, measure) for i, value in enumerate(values[role]))
        roles[role] = members if selector.is_collection else members[0]
    return Binding(rule, roles)


def _stated(chance: Random, role: str, number: int, value: Fraction, measure: str) -> Stated:
    text = printed(value, chance.randrange(2, 5), measure in ("growth", "share"))
    return stated([Claim(f"d#{role}-{number}", Document("d"), parse_figure(text, measure), {}, measure, whole={})])


def lines(times: int) -> Iterator[str]:
    """The counts by rule and by what was done to the figures."""
    chance = Random(1)
    counts: Counter[tuple[str, str]] = Counter()
    for _ in range(times):
        for name in (GROWTH, CHANGE, SHARE, TOTAL):
            for made in (*slips(name, honest(Random(0), name)), OTHER, OTHER, OTHER):
                values = honest(chance, name)
                if made == OTHER:
                    role = chance.choice([role for role, found in values.items() if found])
                    size = 1 + Fraction(str(round(10 ** chance.uniform(-2, 0), 4)))
                    values[role][0] *= chance.choice([size, 1 / size])
                else:
                    slips(name, values)[made]()
                binding = bound(chance, name, values)
                assessment = assess(binding)
                if assessment.verdict == CONTRADICTION:
                    named = [diagnosis.slip for diagnosis in diagnose(binding, assessment)]
                    counts[made, "right" if named == [made] else "wrong" if named else "none"] += 1
    for made in sorted({made for made, _ in counts}):
        right, wrong, none = (counts[made, outcome] for outcome in ("right", "wrong", "none"))
        total = right + wrong + none
        shares = ", ".join(f"{word} {n / total:6.1%}" for word, n in (("named", right), ("wrongly", wrong), ("not", none)))
        yield f"{made:15} {total:6} contradictions: {shares}"


if __name__ == "__main__":
    for line in lines(100 if "--quick" in sys.argv else 500):
        print(line)
