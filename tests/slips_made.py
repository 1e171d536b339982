"""Honest figures spoilt by a known slip: what the tests of diagnoses draw.

A slip is made on what is printed, never on what the engine makes of it: other words, another digit, another order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction as F
from functools import cache
from pathlib import Path
from random import Random

from crosscheck.checking.binding import Binding, Role
from crosscheck.checking.duplicates import agreement
from crosscheck.checking.particulars import particular
from crosscheck.checking.stated import Stated, stated
from crosscheck.claims.model import Claim, Document
from crosscheck.figures.showing import fixed
from crosscheck.figures.text import parse_figure
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule

GROWTH, CHANGE, MULTIPLE = "growth-not-matching-levels", "change-not-matching-levels", "multiple-not-matching-levels"
SHARE, TOTAL, TWICE = "share-not-matching-levels", "total-not-sum-of-terms", "same-figure-twice"
LIST, ANNUALISED = "list-not-adding-up", "annualised-growth-not-matching-growth"

# Figures by role, as text; a list for a variable that collects claims.
Texts = Mapping[str, str | list[str]]


@cache
def rules() -> Mapping[str, Rule]:
    """The shipped rules by id."""
    return {rule.id: rule for rule in read_rule_files([Path(__file__).parents[1] / "rules"], shipped=True)}


def bound(name: str, texts: Texts) -> Binding:
    """Figures bound to a rule, all of one document and of one period, where they have one."""
    rule = rules()[name]
    about = {"time_period": str(texts["time_period"])} if "time_period" in texts else {}
    if rule.duplicates:
        return agreement(rule, [_stated(rule, role, 0, str(text), about).first for role, text in texts.items()])
    roles: dict[str, Role] = {}
    for role, selector in rule.variables.items():
        found = texts.get(role, [])
        members = tuple(
            _stated(rule, role, i, t, about) for i, t in enumerate([found] if isinstance(found, str) else found)
        )
        roles[role] = members if selector.is_collection else members[0]
    found_binding = particular(Binding(rule, roles), {})
    assert found_binding is not None
    return found_binding


def _stated(rule: Rule, role: str, number: int, text: str, about: Mapping[str, str]) -> Stated:
    measures = rule.variables[role].measures
    measure = measures[0] if measures else "level"
    return stated([Claim(f"d#{role}-{number}", Document("d"), parse_figure(text, measure), dict(about), measure, whole={})])


def dollars(value: F, digits: int, word: str = "billion") -> str:
    """A value in dollars, rounded to so many digits."""
    value /= {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}[word]
    return f"{fixed(value, digits)} {word} USD"


def percent(value: F, digits: int) -> str:
    """A ratio as a percentage, rounded to so many decimal places."""
    return f"{fixed(100 * value, digits)} %"


def _growth(chance: Random) -> tuple[F, F, F]:
    """A growth of 5% to 80% either way, and the levels that have it."""
    then = F(chance.randrange(10**9, 10**12))
    growth = F(chance.choice([-1, 1, 1]) * chance.randrange(50, 800), 1000)
    return growth, then * (1 + growth), then


def _factor(chance: Random, factor: int) -> tuple[str, Texts]:
    growth, now, then = _growth(chance)
    wrong = growth * F(factor) ** chance.choice([-1, 1])
    return GROWTH, {"growth": percent(wrong, 3), "now": dollars(now, 1), "then": dollars(then, 1)}


def _scale_word(chance: Random) -> tuple[str, Texts]:
    terms = [F(chance.randrange(10**9, 10**11)) for _ in range(chance.randrange(2, 5))]
    texts = [dollars(term, 2) for term in terms]
    texts[0] = texts[0].replace("billion", "million")
    return TOTAL, {"total": dollars(sum(terms, F(0)), 2), "terms": texts}


def _share_factor(chance: Random) -> tuple[str, Texts]:
    whole, share = F(chance.randrange(10**9, 10**12)), F(chance.randrange(120, 990), 1000)
    return SHARE, {"share": percent(share / 10, 2), "part": dollars(whole * share, 2), "whole": dollars(whole, 2)}


def _twice(chance: Random) -> tuple[str, Texts]:
    value = F(chance.randrange(10**6, 10**8))
    return TWICE, {"figure": dollars(value, 2, "million"), "again": dollars(value * 1000, 3, "million")}


def _percent_for_points(chance: Random) -> tuple[str, Texts]:
    now, then = F(chance.randrange(20, 300), 1000), F(chance.randrange(310, 600), 1000)
    return GROWTH, {"growth": percent(now - then, 1), "now": percent(now, 1), "then": percent(then, 1)}


def _points_for_percent(chance: Random) -> tuple[str, Texts]:
    now, then = F(chance.randrange(20, 300), 1000), F(chance.randrange(310, 600), 1000)
    points = percent(now / then - 1, 1).replace("%", "percentage_point")
    return CHANGE, {"change": points, "now": percent(now, 1), "then": percent(then, 1)}


def _basis_points(chance: Random, wrong: str, size: int) -> tuple[str, Texts]:
    now, then = F(chance.randrange(2000, 3000), 10**5), F(chance.randrange(3100, 6000), 10**5)
    change = f"{fixed((now - then) * size, 0 if size > 100 else 2)} {wrong}"
    return CHANGE, {"change": change, "now": percent(now, 2), "then": percent(then, 2)}


def _ratio(chance: Random) -> tuple[str, Texts]:
    growth, now, then = _growth(chance)
    growth, now = abs(growth) + 1, then * (abs(growth) + 2)
    return GROWTH, {"growth": percent(growth + 1, 0), "now": dollars(now, 1), "then": dollars(then, 1)}


def _times_more(chance: Random) -> tuple[str, Texts]:
    growth, _, then = _growth(chance)
    multiple = 3 + abs(growth)
    return MULTIPLE, {
        "multiple": f"{fixed(multiple - 1, 1)} times",
        "now": dollars(then * multiple, 1),
        "then": dollars(then, 1),
    }


def _reversed(chance: Random) -> tuple[str, Texts]:
    _, now, then = _growth(chance)
    return GROWTH, {"growth": percent(1 - then / now, 2), "now": dollars(now, 2), "then": dollars(then, 2)}


def _by_for_to(chance: Random) -> tuple[str, Texts]:
    _, now, then = _growth(chance)
    return CHANGE, {"change": dollars(now, 1), "now": dollars(now, 1), "then": dollars(then, 1)}


def _to_for_by(chance: Random) -> tuple[str, Texts]:
    growth, now, then = _growth(chance)
    return GROWTH, {"growth": percent(growth, 1), "now": dollars(now - then, 2), "then": dollars(then, 2)}


def _lost_sign(chance: Random) -> tuple[str, Texts]:
    growth, now, then = _growth(chance)
    return GROWTH, {"growth": percent(-growth, 1), "now": dollars(now, 1), "then": dollars(then, 1)}


def _swapped(chance: Random) -> tuple[str, Texts]:
    growth, now, then = _growth(chance)
    return GROWTH, {"growth": percent(growth, 1), "now": dollars(then, 2), "then": dollars(now, 2)}


def _period(times: int) -> str:
    return {4: "2024-Q1", 12: "2024-03"}[times]


def _of_the_period(chance: Random, times: int) -> tuple[str, Texts]:
    """The growth of a quarter or month where the one at a yearly rate belongs."""
    growth = F(chance.choice([-1, 1, 1]) * chance.randrange(40, 300), 10_000)
    text = percent(growth, 2)
    return ANNUALISED, {"annualised": text, "growth": text, "time_period": _period(times)}


def _at_a_yearly_rate(chance: Random, times: int) -> tuple[str, Texts]:
    """The growth at a yearly rate where that of the quarter or month itself belongs."""
    growth = F(chance.choice([-1, 1, 1]) * chance.randrange(40, 300), 10_000)
    then = F(chance.randrange(10**9, 10**12))
    levels = {"now": dollars(then * (1 + growth), 3), "then": dollars(then, 3)}
    return GROWTH, {"growth": percent((1 + growth) ** times - 1, 2), "time_period": _period(times), **levels}


def _transposed(chance: Random) -> tuple[str, Texts]:
    items = [chance.randrange(100, 1000) for _ in range(3)]
    digits = list(str(sum(items)))
    place = chance.choice([i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and digits[i + 1] != "0"] or [0])
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    return LIST, {"total": "".join(digits), "items": [str(item) for item in items]}


# What spoils honest figures, by the name of the slip that must be told.
MADE: Mapping[str, Callable[[Random], tuple[str, Texts]]] = {
    "factor-10": lambda chance: _factor(chance, 10) if chance.random() < 0.5 else _share_factor(chance),
    "factor-100": lambda chance: _factor(chance, 100),
    "factor-1000": lambda chance: _scale_word(chance) if chance.random() < 0.5 else _twice(chance),
    "percent-for-points": _percent_for_points,
    "points-for-percent": _points_for_percent,
    "basis-points-for-points": lambda chance: _basis_points(chance, "basis_point", 100),
    "points-for-basis-points": lambda chance: _basis_points(chance, "percentage_point", 10_000),
    "ratio-for-growth": _ratio,
    "growth-for-ratio": _times_more,
    "reversed-base": _reversed,
    "by-for-to": _by_for_to,
    "to-for-by": _to_for_by,
    "lost-sign": _lost_sign,
    "swapped": _swapped,
    "transposed-digits": _transposed,
    "quarter-for-annualised": lambda chance: _of_the_period(chance, 4),
    "month-for-annualised": lambda chance: _of_the_period(chance, 12),
    "annualised-for-quarter": lambda chance: _at_a_yearly_rate(chance, 4),
    "annualised-for-month": lambda chance: _at_a_yearly_rate(chance, 12),
}


def honest(chance: Random) -> tuple[str, Texts]:
    """Figures that are right, of any of the rules."""
    growth, now, then = _growth(chance)
    places = chance.randrange(1, 3)
    now_text, then_text = dollars(now, places), dollars(then, places)
    return chance.choice(
        [
            (GROWTH, {"growth": percent(growth, 1), "now": now_text, "then": then_text}),
            (CHANGE, {"change": dollars(now - then, places), "now": now_text, "then": then_text}),
            (
                SHARE,
                {
                    "share": percent(F(1) / (1 + abs(growth)), 1),
                    "part": dollars(then, 1),
                    "whole": dollars(then * (1 + abs(growth)), 1),
                },
            ),
            (TOTAL, {"total": dollars(now + then, places), "terms": [now_text, then_text]}),
        ]
    )


def another_error(chance: Random) -> tuple[str, Texts]:
    """Right figures, one of them made 1% to 100% larger or smaller, evenly by ratio."""
    name, texts = honest(chance)
    role = chance.choice([role for role, text in texts.items() if isinstance(text, str)])
    number, _, unit = str(texts[role]).partition(" ")
    size = F(round(10 ** chance.uniform(4, 6)), 10**6) + 1
    wrong = F(number) * chance.choice([size, 1 / size])
    return name, {**texts, role: f"{fixed(wrong, len(number.partition('.')[2]))} {unit}"}
