"""Random claims of several figures told together: side by side, by one another, and what they were before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction as F
from random import Random

from reading_sentences import (
    AREAS,
    CURRENCIES,
    PERIODS,
    REACHED,
    Area,
    Printed,
    Sentence,
    Subject,
    mass,
    moved,
    pair,
    percent,
)

YEARS = tuple(when for when in PERIODS if len(when.value) == 4 and when.words[3:].isdigit())
FULL = tuple(when for when in PERIODS if "20" in when.words)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _amounts(chance: Random, count: int, currencies: tuple[tuple[str, str, bool], ...] = CURRENCIES) -> list[Printed]:
    """Amounts in one currency and scale, each less than the one before, none less than a quarter of the first."""
    unit, form, _ = chance.choice(currencies)
    found = []
    for number in sorted(chance.sample(range(250, 999), count), reverse=True):
        text = form.format(f"{number // 10}.{number % 10} billion")
        found.append(Printed(text, F(number, 10) * 10**9, unit))
    return found


def _subjects(one: Area, *others: Area, indicator: str = "trade-turnover") -> list[Subject]:
    return [Subject("", indicator, one, other, "money") for other in others]


def side_by_side(chance: Random) -> Sentence:
    """A's exports and imports reached X and Y in P; A's exports to B and C rose by X% and Y%."""
    one, other, third = chance.sample(AREAS, 3)
    when = chance.choice(PERIODS)
    if chance.random() < 0.5:
        x, y = (replace(amount, qualifier=None) for amount in _amounts(chance, 2))
        text = f"{one.own} exports and imports {chance.choice(REACHED)} {x.text} and {y.text} {when.words}."
        of = [Subject("", indicator, one, None, "money") for indicator in ("exports", "imports")]
        return _upper(text), [of[0].tells(x, "level", when.value), of[1].tells(y, "level", when.value)]
    x, y = percent(chance, hedged=False), percent(chance, hedged=False)
    verb, sign = moved(chance)
    text = f"{one.own} exports to {other.name} and {third.name} {verb} by {x.text} and {y.text} {when.words}."
    first, second = _subjects(one, other, third, indicator="exports")
    x, y = replace(x, value=x.value * sign), replace(y, value=y.value * sign)
    return _upper(text), [first.tells(x, "growth", when.value), second.tells(y, "growth", when.value)]


def former_and_latter(chance: Random) -> Sentence:
    """A's exports to B and C reached X and Y in P. The former rose by U%, the latter by V%."""
    one, other, third = chance.sample(AREAS, 3)
    when, (x, y) = chance.choice(PERIODS), _amounts(chance, 2)
    up, down = percent(chance, hedged=False), percent(chance, hedged=False)
    text = (
        f"{one.own} exports to {other.name} and {third.name} reached {x.text} and {y.text} {when.words}. "
        f"The former rose by {up.text}, the latter fell by {down.text}."
    )
    first, second = _subjects(one, other, third, indicator="exports")
    down = replace(down, value=-down.value)
    return _upper(text), [
        first.tells(x, "level", when.value),
        second.tells(y, "level", when.value),
        first.tells(up, "growth", when.value),
        second.tells(down, "growth", when.value),
    ]


def a_partner_each(chance: Random) -> Sentence:
    """A's trade was X in P, including Y with B and Z with C."""
    one, other, third = chance.sample(AREAS, 3)
    when, (x, y, z) = chance.choice(PERIODS), _amounts(chance, 3)
    joint = chance.choice([", including", ", of which", ", with"])
    with_each = f"{y.text} with {other.name} and {z.text} with {third.name}"
    text = f"{one.own} trade {chance.choice(REACHED)} {x.text} {when.words}{joint} {with_each}."
    first, second = _subjects(one, other, third)
    whole = Subject("", "trade-turnover", one, None, "money")
    return _upper(text), [of.tells(n, "level", when.value) for of, n in ((whole, x), (first, y), (second, z))]


def change_and_its_ends(chance: Random) -> Sentence:
    """A's exports fell by X%, from Y in 2019 to Z in 2023."""
    one, (verb, sign) = chance.choice(AREAS), moved(chance)
    rate, (before, now) = percent(chance, hedged=False), pair(chance, "money")
    indicator = chance.choice(["exports", "imports"])
    then, when = chance.choice([("2019", "2023"), ("May 2023", "May 2024")])
    text = f"{one.own} {indicator} {verb} by {rate.text}, from {before.text} in {then} to {now.text} in {when}."
    of = Subject("", indicator, one, None, "money")
    start, end = ("2019", "2023") if then == "2019" else ("2023-05", "2024-05")
    rate = replace(rate, value=rate.value * sign)
    return _upper(text), [
        of.tells(rate, "growth", end, base=start),
        of.tells(before, "level", start),
        of.tells(now, "level", end),
    ]


def it_had_been(chance: Random) -> Sentence:
    """A's exports were X in P; a year earlier they had been Y."""
    one, when, (now, before) = chance.choice(AREAS), chance.choice(FULL), pair(chance, "money")
    verb = chance.choice(["had been", "were", "stood at", "had come to"])
    then = f"{chance.choice(['; a', '. A'])} year earlier they {verb}"
    text = f"{one.own} exports {chance.choice(REACHED)} {now.text} {when.words}{then} {before.text}."
    of = Subject("", "exports", one, None, "money")
    return _upper(text), [of.tells(now, "level", when.value), of.tells(before, "level", when.base)]


def in_accounts(chance: Random) -> Sentence:
    """Revenue was X (Y) in P; Revenue was X (2022: Y) in P."""
    when, (now, before) = chance.choice(FULL), _amounts(chance, 2, (("USD", "${0}", True), ("EUR", "€{0}", True)))
    of = Subject("", "revenue", AREAS[0], None, "money")
    text = f"Revenue was {now.text} ({before.text}) {when.words}."
    if chance.random() < 0.5:
        text = f"{when.first}, revenue came to {now.text} ({when.base[:4]}: {before.text})."
    told = [of.tells(now, "level", when.value), of.tells(before, "level", when.base)]
    return text, [replace(one, area=None) for one in told]


def a_year(chance: Random) -> Sentence:
    """GDP of A grew X% a year between 2018 and 2023."""
    area, rate, (verb, sign) = chance.choice(AREAS), percent(chance, hedged=False), moved(chance)
    often = chance.choice(["a year", "per year", "each year"])
    text = chance.choice(
        [
            f"GDP of {area.name} {verb} {rate.text} {often} between 2018 and 2023.",
            f"Between 2018 and 2023 GDP of {area.name} {verb} by {rate.text} {often}.",
            f"From 2018 to 2023, GDP of {area.name} {verb} by an average of {rate.text} {often}.",
        ]
    )
    of = Subject("", "gdp", area, None, "money")
    rate = replace(rate, value=rate.value * sign)
    return text, [of.tells(rate, "growth", "2023", base="2018", other=(("basis", "annual-average"),))]


def of_it(chance: Random) -> Sentence:
    """A exported X tons of grain in P. Wheat made up Y% of it, or Z."""
    area, when, total, part = chance.choice(AREAS), chance.choice(PERIODS), mass(chance), percent(chance)
    total = replace(total, qualifier=None, text=total.text.removeprefix(f"{total.qualifier} "))
    verb = chance.choice(["made up", "accounted for", "represented"])
    whole = chance.choice(["it", "that", "this amount"])
    text = f"{area.own} exports of grain reached {total.text} {when.words}. Wheat {verb} {part.text} of {whole}."
    of = Subject("", "exports", area, None, "mass")
    return _upper(text), [
        of.tells(total, "level", when.value, other=(("product", "grain"),)),
        of.tells(part, "share", when.value, whole=(("product", "grain"),), other=(("product", "wheat"),)),
    ]


def between(chance: Random) -> Sentence:
    """S was between X and Y in P."""
    area, when = chance.choice(AREAS), chance.choice(PERIODS)
    low, high = sorted(chance.sample(range(100, 999), 2))
    first, second = f"{low / 10}", f"{high / 10}"
    words = chance.choice(
        [f"between ${first} and ${second} billion", f"${first}-{second} billion", f"${first}–{second} billion"]
    )
    text = f"{area.own} exports were {words} {when.words}."
    of = Subject("", "exports", area, None, "money")
    ends = (Printed("", F(low, 10) * 10**9, "USD", "at least"), Printed("", F(high, 10) * 10**9, "USD", "at most"))
    return _upper(text), [of.tells(one, "level", when.value) for one in ends]


TOGETHER: dict[str, Callable[[Random], Sentence]] = {
    one.__name__: one
    for one in (
        side_by_side,
        former_and_latter,
        a_partner_each,
        change_and_its_ends,
        it_had_been,
        in_accounts,
        a_year,
        of_it,
        between,
    )
}
