"""Random claims of company results, harvests, budgets and surveys, told in their constructions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from reading_sentences import AREAS, PERIODS, Printed, Sentence, Subject, mass, money, moved, percent

FIRMS = ("eBay", "H&M", "3M", "Wärtsilä", "Rolls-Royce", "Borealis Mills", "Corvane Group", "UPM")
SEGMENTS = ("Aerospace", "Medical", "Industrial Tools", "Foodservice")
CROPS = ("wheat", "barley", "maize", "rice", "potatoes")
RESULTS = (
    ("revenue", "revenue"),
    ("operating-profit", "operating profit"),
    ("net-profit", "net profit"),
    ("ebitda", "EBITDA"),
)


def _signed(one: Printed, sign: int) -> Printed:
    return replace(one, value=one.value * sign)


def put_out(chance: Random) -> Sentence:
    """A harvested X tons of C in P: the verb is the indicator."""
    area, when, level, crop = chance.choice(AREAS), chance.choice(PERIODS), mass(chance), chance.choice(CROPS)
    verb = chance.choice(["harvested", "produced"])
    text = f"{area.name} {verb} {level.text} of {crop} {when.words}."
    if chance.random() < 0.5:
        text = f"{when.first}, {area.name} {verb} {level.text} of {crop}."
    of = Subject("", "production", area, None, "mass")
    return text, [of.tells(level, "level", when.value, other=(("product", crop),))]


def segment(chance: Random) -> Sentence:
    """A segment of a company: "Revenue in the Aerospace segment of Acme", "its Medical division posted"."""
    firm, name, when = chance.choice(FIRMS), chance.choice(SEGMENTS), chance.choice(PERIODS)
    (code, word), level, noun = (
        chance.choice(RESULTS),
        money(chance),
        chance.choice(["segment", "division", "unit", "business"]),
    )
    text = chance.choice(
        [
            f"{firm} posted results. {word[:1].upper()}{word[1:]} of the {name} {noun} was {level.text} {when.words}.",
            f"{firm} posted quarterly results. Its {name} {noun} reported {word} of {level.text} {when.words}.",
            f"{firm} posted quarterly results. {when.first}, {word} in the {name} {noun} came to {level.text}.",
        ]
    )
    text += f" {firm} said net profit and EBITDA grew."
    told = Subject("", code, None, None, "money").tells(level, "level", when.value, other=(("product", name),))
    return text, [replace(told, area=firm)]


def respondents(chance: Random) -> Sentence:
    """Shares of people: "56% of respondents said they …, while 30% …"."""
    first, second = percent(chance), percent(chance)
    one, other = chance.sample(["own a car", "shop online", "like tea", "eat fish"], 2)
    said = chance.choice(["said they ", "said that they ", ""])
    text = f"{first.text} of respondents {said}{one}, while {second.text} {said}{other}."
    found = []
    for share, words in ((first, one), (second, other)):
        told = Subject("", words, None, None, "rate").tells(share, "share", "_U")
        found.append(replace(told, whole=(("indicator", "respondents"),)))
    return text[:1].upper() + text[1:], found


def deficit_again(chance: Random) -> Sentence:
    """The deficit, after a budget deficit: of the same balance."""
    area, when = chance.choice(AREAS), chance.choice(PERIODS)
    # "May" after a period of another year would be that year's
    then = chance.choice([one for one in PERIODS if re.search(r"20\d\d", one.words) and one.value != when.value])
    one, other = money(chance, hedged=False), money(chance, hedged=False)
    text = f"{area.own} budget deficit was {one.text} {when.words}. The deficit was {other.text} {then.words}."
    of = Subject("", "budget-balance", area, None, "money")
    claims = [of.tells(_signed(one, -1), "level", when.value), of.tells(_signed(other, -1), "level", then.value)]
    return text[:1].upper() + text[1:], claims


def of_gdp(chance: Random) -> Sentence:
    """X% of GDP of a deficit is below nothing, and so is what it comes from."""
    area, when, one = chance.choice(AREAS), chance.choice(PERIODS), percent(chance, hedged=False)
    text = f"{area.own} budget deficit was {one.text} of GDP {when.words}."
    told = Subject("", "budget-balance", area, None, "rate").tells(_signed(one, -1), "share", when.value)
    return text[:1].upper() + text[1:], [replace(told, whole=(("indicator", "gdp"),))]


def share_of_product(chance: Random) -> Sentence:
    """The share of a product in an indicator."""
    area, when, one = chance.choice(AREAS), chance.choice(PERIODS), percent(chance)
    verb = chance.choice(["was", "reached", "stood at"])
    text = f"The share of renewables in {area.own} electricity generation {verb} {one.text} {when.words}."
    told = Subject("", "electricity-generation", area, None, "rate").tells(one, "share", when.value)
    return text, [replace(told, whole=(("product", None),), other=(("product", "renewables"),))]


def earned(chance: Random) -> Sentence:
    """What a company earns is its profit."""
    firm, when, level = chance.choice(FIRMS), chance.choice(PERIODS), money(chance)
    verb = chance.choice(["earned", "made"])
    text = f"{firm} reported its operating profit and revenue. {firm} {verb} {level.text} {when.words}."
    return text, [replace(Subject("", "net-profit", None, None, "money").tells(level, "level", when.value), area=firm)]


def growth_of_output(chance: Random) -> Sentence:
    """Oil production, then output alone: of oil again."""
    area, when, (verb, sign), (again, other_sign) = (
        chance.choice(AREAS),
        chance.choice(PERIODS),
        moved(chance),
        moved(chance),
    )
    one, other = percent(chance), percent(chance)
    elsewhere = chance.choice([found for found in AREAS if found is not area])
    text = f"Oil production in {area.name} {verb} by {one.text} {when.words}. "
    text += f"{elsewhere.own[:1].upper()}{elsewhere.own[1:]} output {again} by {other.text}."
    here, there = (Subject("", "oil-production", found, None, "mass") for found in (area, elsewhere))
    return text, [
        here.tells(_signed(one, sign), "growth", when.value),
        there.tells(_signed(other, other_sign), "growth", when.value),
    ]


ELSEWHERE: dict[str, Callable[[Random], Sentence]] = {
    one.__name__: one
    for one in (put_out, segment, respondents, deficit_again, of_gdp, share_of_product, earned, growth_of_output)
}
