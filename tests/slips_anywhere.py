"""A known slip made on true figures of any rule: what the matrix of diagnoses draws.

Nothing here knows a rule. True values come from `scenarios`, and are printed with so many digits that no slip hides among
them. What a slip makes of a value is written out here once more, against what `checking/slips.py` says was meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction as F
from random import Random

from printing import UNITS
from scenarios import DOCUMENTS, Quantity, Scenario

from crosscheck.checking.binding import Binding
from crosscheck.checking.diagnosis import addressed
from crosscheck.checking.slips import SLIPS, Slip, base_role, suits
from crosscheck.claims.model import INDICATOR, PERIOD, SOURCE, Claim
from crosscheck.figures.figure import Figure, from_base
from crosscheck.figures.showing import fixed
from crosscheck.figures.text import parse_figure
from crosscheck.figures.units import difference_unit, parse_unit

DIGITS = 7
RATIOS = ("growth", "share")


@dataclass(frozen=True, slots=True)
class Spoilt:
    """Claims of which one, or two that changed places, carry a slip: its name and where it was made."""

    slip: str
    roles: tuple[str, ...]
    claims: tuple[Claim, ...]


def in_full(value: F, kind: str, measure: str, unit: str | None = None) -> Figure:
    """A value with seven digits; counts to the last thing."""
    name = unit or _unit_name(kind, measure)
    found = difference_unit(parse_unit(name)) if measure == "change" else parse_unit(name)
    amount = from_base(value, found)
    if kind == "count" and amount.denominator == 1 and measure not in (*RATIOS, "multiple"):
        return parse_figure(f"{fixed(amount, 0)} {name}".strip(), measure)
    places = DIGITS - len(str(abs(amount).numerator // abs(amount).denominator))
    while amount and abs(amount) * 10**places < 10 ** (DIGITS - 1):
        places += 1
    return parse_figure(f"{fixed(amount, max(places, 0))} {name}".strip(), measure)


def _unit_name(kind: str, measure: str) -> str:
    if measure in RATIOS or (kind == "ratio" and measure not in ("change", "multiple")):
        return "%"
    if measure == "multiple":
        return "times"
    return "percentage_point" if kind == "ratio" else UNITS[kind][0]


def is_ordinary(quantity: Quantity) -> bool:
    """True for figures as they are met: no zero, no growth by the hundredfold, no level below zero."""
    value = quantity.value
    bounds = {"growth": (F(-9, 10), F(2)), "share": (F(1, 50), F(98, 100)), "multiple": (F(1, 5), F(20))}
    low, high = bounds.get(quantity.measure, (F(-(10**30)) if quantity.measure == "change" else F(0), F(10**30)))
    if quantity.kind == "ratio" and quantity.measure not in bounds:
        high = F(60)
    return low < value < high and (abs(value) > F(1, 50) or quantity.kind not in ("ratio", "multiple"))


def printed_in_full(scenario: Scenario) -> tuple[Claim, ...]:
    """Each quantity stated once and in full, all in one document, as far as the rule does not ask for several."""
    first: dict[str, Claim] = {}
    for claim in scenario.claims:
        first.setdefault(str(claim.note), claim)
    subject = f"{scenario.rule.subject}/None"
    claims = []
    for number, quantity in enumerate(scenario.quantities):
        note = f"{quantity.role}/{quantity.index}"
        claim = first[note]
        claims.append(
            replace(
                claim,
                id=f"{claim.document.id if scenario.rule.when else 'alpha'}#c{number}",
                document=claim.document if scenario.rule.when else DOCUMENTS[0],
                dimensions=quantity.dimensions,
                figure=in_full(quantity.value, quantity.kind, quantity.measure),
            )
        )
    total = next((c.id for c in claims if c.note == subject), "")
    return tuple(replace(c, list_item=c.list_item and replace(c.list_item, of=total)) for c in claims)


def spoilt(chance: Random, scenario: Scenario, claims: tuple[Claim, ...], binding: Binding) -> Iterator[Spoilt]:
    """The claims with each slip that the figures of a binding may have, on one figure that came up."""
    quantities = {f"{q.role}/{q.index}": q for q in scenario.quantities}
    base = base_role(binding.rule)
    level = quantities.get(f"{base}/None")
    operands = [(address.name, operand, str(operand.first.note)) for address, operand in addressed(binding)]
    for slip in SLIPS:
        choices = [one for one in operands if _made(slip, quantities[one[2]], level) is not None]
        chance.shuffle(choices)
        for role, operand, note in choices:
            figure = _made(slip, quantities[note], level)
            claim = replace(operand.first, figure=figure)
            if suits(slip, role, replace(operand, claims=(claim,)), binding, base):
                yield Spoilt(slip.name, (role,), _with(claims, {note: claim}))
                break
    yield from _exchanged(claims)
    if not binding.rule.duplicates:  # there the other figure is bound already
        yield from _taken_from_elsewhere(chance, claims)


def _with(claims: tuple[Claim, ...], by: Mapping[str, Claim]) -> tuple[Claim, ...]:
    return tuple(by.get(str(claim.note), claim) for claim in claims)


def _made(slip: Slip, quantity: Quantity, base: Quantity | None) -> Figure | None:
    """What is printed for a true value with a slip made on it; None where it is not made on such a value."""
    value, unit = quantity.value, None
    if slip.units:
        (unit,) = slip.units
        if quantity.kind != "ratio" and quantity.measure not in RATIOS:
            return None
    if slip.takes_base and (base is None or base is quantity):
        return None
    level = base.value if base is not None else F(0)
    found = _as_printed(slip, value, level)
    if found is None or not found:
        return None
    if slip.name == "points-for-percent":
        unit = "percentage_point"
    return in_full(found, quantity.kind, quantity.measure, unit)


def _as_printed(slip: Slip, value: F, base: F) -> F | None:
    if slip.factor is not None:
        return value / slip.factor
    match slip.name:
        case "basis-points-for-points":
            return value / 100
        case "points-for-basis-points":
            return value * 100
        case "percent-for-points":
            return value * base
        case "points-for-percent":
            return value / base if base else None
        case "ratio-for-growth":
            return value + 1
        case "growth-for-ratio":
            return value - 1
        case "reversed-base":
            return value / (1 + value) if value != -1 else None
        case "by-for-to":
            return value + base if slip.measures == ("change",) else (value + 1) * base
        case "to-for-by":
            return value - base
        case "quarter-for-annualised" | "month-for-annualised":
            return F(round(float(1 + value) ** (1 / (slip.a_year or 1)) * 10**12), 10**12) - 1 if value > -1 else None
        case "annualised-for-quarter" | "annualised-for-month":
            return (1 + value) ** (slip.a_year or 1) - 1
        case "lost-sign":
            return -value
    raise KeyError(slip.name)


def _exchanged(claims: tuple[Claim, ...]) -> Iterator[Spoilt]:
    """Two figures of two roles in each other's place."""
    for here, claim in enumerate(claims):
        for there in claims[here + 1 :]:
            roles = tuple(str(c.note).partition("/")[0] for c in (claim, there))
            if len(set(roles)) < 2 or (claim.measure, claim.figure.unit.kind) != (there.measure, there.figure.unit.kind):
                continue
            a, b = replace(claim, figure=there.figure), replace(there, figure=claim.figure)
            yield Spoilt("swapped", roles, _with(claims, {str(claim.note): a, str(there.note): b}))
            return


def _taken_from_elsewhere(chance: Random, claims: tuple[Claim, ...]) -> Iterator[Spoilt]:
    """What was true of one figure told of another period of the series, or by another source; the one bound is another."""
    claim = chance.choice(claims)
    if claim.measure != "level" or claim.list_item is not None or INDICATOR not in claim.dimensions:
        return
    figure = claim.figure
    text = fixed(figure.face / figure.unit.factor * F(chance.randint(31, 39), 27), DIGITS)
    beside = parse_figure(f"{text} {figure.unit.name}".strip(), "level")
    wrong = _with(claims, {str(claim.note): replace(claim, figure=beside)})
    decoy = replace(claim, id=f"{claim.document.id}#decoy", note="decoy/None")
    role = (str(claim.note).partition("/")[0],)
    periods = {c.dimensions.get(PERIOD) for c in claims} | {c.base_period for c in claims}
    if "2017" not in periods:
        yield Spoilt("wrong-period", role, (*wrong, replace(decoy, dimensions={**claim.dimensions, PERIOD: "2017"})))
    if SOURCE not in claim.dimensions:
        known = tuple(replace(c, dimensions={**c.dimensions, SOURCE: "the office"}) for c in wrong)
        yield Spoilt("other-source", role, (*known, replace(decoy, dimensions={**claim.dimensions, SOURCE: "the customs"})))
