"""Random claims told in every construction of news and releases: the sentences of the tests that read them back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction as F
from random import Random

TRADE = ("exports", "imports", "trade-turnover")


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure of a text states. `base` None is the one that goes without saying."""

    value: F
    unit: str
    measure: str
    indicator: str
    area: str | None = None
    counterpart: str | None = None
    period: str | None = None
    base: str | None = None
    qualifier: str | None = None
    modality: str = "fact"
    whole: tuple[tuple[str, str | None], ...] | None = None
    other: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A country as texts name it."""

    code: str
    name: str
    adjective: str

    @property
    def own(self) -> str:
        """The possessive."""
        return f"{self.name}'" if self.name.endswith("s") else f"{self.name}'s"


@dataclass(frozen=True, slots=True)
class When:
    """A period as texts name it after a figure, with its usual base in words."""

    words: str
    value: str
    base: str
    base_words: str

    @property
    def first(self) -> str:
        """As a sentence begins with it."""
        return self.words[:1].upper() + self.words[1:]


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed."""

    text: str
    value: F
    unit: str
    qualifier: str | None = None


AREAS = (
    Area("KZ", "Kazakhstan", "Kazakh"),
    Area("CN", "China", "Chinese"),
    Area("DE", "Germany", "German"),
    Area("FR", "France", "French"),
    Area("PL", "Poland", "Polish"),
    Area("UZ", "Uzbekistan", "Uzbek"),
    Area("IT", "Italy", "Italian"),
    Area("JP", "Japan", "Japanese"),
    Area("BR", "Brazil", "Brazilian"),
    Area("US", "the United States", "American"),
    Area("NL", "the Netherlands", "Dutch"),
    Area("TR", "Türkiye", "Turkish"),
    Area("KG", "Kyrgyzstan", "Kyrgyz"),
    Area("AE", "the United Arab Emirates", "Emirati"),
)
PERIODS = (
    When("in 2023", "2023", "2022", "2022"),
    When("in 2022", "2022", "2021", "2021"),
    When("last year", "2023", "2022", "2022"),
    When("in January-April 2024", "2024-01/2024-04", "2023-01/2023-04", "the same period of 2023"),
    When("in January–March 2024", "2024-01/2024-03", "2023-01/2023-03", "the same period last year"),
    When("from January to May 2024", "2024-01/2024-05", "2023-01/2023-05", "the same months of 2023"),
    When("in the first four months of 2024", "2024-01/2024-04", "2023-01/2023-04", "the same period of the previous year"),
    When("in the first five months of this year", "2024-01/2024-05", "2023-01/2023-05", "the same period of 2023"),
    When("in the first quarter of 2024", "2024-01/2024-03", "2023-01/2023-03", "the first quarter of 2023"),
    When("in the first half of 2023", "2023-01/2023-06", "2022-01/2022-06", "the first half of 2022"),
    When("in May 2024", "2024-05", "2023-05", "May 2023"),
    When("in May", "2024-05", "2023-05", "a year earlier"),
    When("in the third quarter of 2023", "2023-07/2023-09", "2022-07/2022-09", "a year earlier"),
    When("over the first three months of 2024", "2024-01/2024-03", "2023-01/2023-03", "the first three months of 2023"),
)
ONE_SIDED = (
    ("gdp", "GDP", "money"),
    ("industrial-output", "industrial output", "money"),
    ("retail-sales", "retail sales", "money"),
    ("oil-production", "oil production", "mass"),
    ("steel-production", "steel output", "mass"),
)
HEDGES = ("almost", "nearly", "about", "around", "approximately", "roughly", "over", "more than", "at least", "some")
CURRENCIES = (
    ("USD", "${0}", True),
    ("USD", "US${0}", True),
    ("USD", "USD {0}", True),
    ("USD", "{0} USD", True),
    ("USD", "{0} dollars", True),
    ("USD", "{0} US dollars", True),
    ("EUR", "€{0}", True),
    ("EUR", "EUR {0}", True),
    ("EUR", "{0} euros", True),
    ("GBP", "£{0}", True),
    ("CNY", "{0} yuan", True),
    ("JPY", "{0} yen", True),
    ("KZT", "{0} tenge", True),
)
SCALES = (("million", 6), ("billion", 9), ("trillion", 12), ("bn", 9), ("mln", 6), ("m", 6))
RISES = ("rose", "grew", "increased", "climbed", "jumped", "surged", "expanded", "advanced")
FALLS = ("fell", "declined", "decreased", "dropped", "shrank", "slumped")
REACHED = ("reached", "amounted to", "came to", "totaled", "stood at", "were worth", "were", "totalled")


def digits(chance: Random, most: int = 900) -> str:
    """A positive number of two to four digits with a decimal point in most cases."""
    whole = chance.randint(1, most)
    places = chance.choice([0, 1, 1, 1, 2]) if whole < 100 else chance.choice([0, 1])
    return str(whole) if not places else f"{whole}.{chance.randint(1, 10**places - 1):0{places}d}"


def money(chance: Random, currency: tuple[str, str, bool] | None = None, hedged: bool = True) -> Printed:
    """An amount in one of the styles of currencies and scales, one in four hedged."""
    unit, form, _ = currency or chance.choice(CURRENCIES)
    number = digits(chance)
    scale, power = chance.choice(SCALES)
    if scale == "m" and form.startswith("{0}"):
        scale = "million"
    joint = chance.choice(["", " "]) if scale in ("bn", "m") and not form.startswith("{0}") else " "
    if scale == "bn" and form.startswith("{0}"):
        joint = " "
    if scale == "million" and chance.random() < 0.2:
        number = f"{chance.randint(1, 99)},{chance.randint(100, 999)}"
    text = form.format(f"{number}{joint}{scale}")
    value = F(number.replace(",", "")) * 10**power
    return _hedged(chance, Printed(text, value, unit)) if hedged else Printed(text, value, unit)


def pair(chance: Random, kind: str, currency: tuple[str, str, bool] | None = None) -> tuple[Printed, Printed]:
    """Two levels of one series: the second at most ten times the first, and not less than a tenth of it."""
    unit = currency or chance.choice(CURRENCIES)
    scale = chance.choice(["million", "billion"])
    found = []
    for number in chance.sample(range(200, 1999), 2):
        text = f"{number // 10}.{number % 10} {scale}"
        value = F(number, 10) * 10 ** dict(SCALES)[scale]
        tons = Printed(f"{text} tons", value, "t")
        one = tons if kind == "mass" else Printed(unit[1].format(text), value, unit[0])
        found.append(_hedged(chance, one))
    return found[0], found[1]


def mass(chance: Random) -> Printed:
    """Tonnes."""
    number, scale = digits(chance), chance.choice([("thousand", 3), ("million", 6)])
    word = chance.choice(["tons", "tonnes", "metric tons"])
    return _hedged(chance, Printed(f"{number} {scale[0]} {word}", F(number) * 10 ** scale[1], "t"))


def percent(chance: Random, hedged: bool = True) -> Printed:
    """A percentage, in one of its styles."""
    number = digits(chance, 95)
    text = number + chance.choice(["%", "%", "%", " percent", " per cent", " %", " pct"])
    printed = Printed(text, F(number), "percent")
    return _hedged(chance, printed) if hedged else printed


def _hedged(chance: Random, one: Printed) -> Printed:
    if chance.random() < 0.75:
        return one
    hedge = chance.choice(HEDGES)
    return replace(one, text=f"{hedge} {one.text}", qualifier=hedge)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence is of: an indicator with its areas, as a phrase."""

    words: str
    indicator: str
    area: Area | None
    counterpart: Area | None
    kind: str
    plural: bool = True

    def tells(self, one: Printed, measure: str, period: str | None, **more: object) -> Told:
        """The claim that a number states about this."""
        told = Told(
            one.value,
            one.unit,
            measure,
            self.indicator,
            self.area.code if self.area else None,
            self.counterpart.code if self.counterpart else None,
            period,
            qualifier=one.qualifier,
        )
        return replace(told, **more)  # type: ignore[arg-type]

    @property
    def first(self) -> str:
        """As a sentence begins with it."""
        return self.words[:1].upper() + self.words[1:]

    def amount(self, chance: Random) -> Printed:
        """A level of it."""
        return mass(chance) if self.kind == "mass" else money(chance)


def flow(chance: Random) -> Subject:
    """Exports or imports, of one area or between two."""
    indicator = chance.choice(["exports", "imports"])
    one, other = chance.sample(AREAS, 2)
    side = "to" if indicator == "exports" else "from"
    word = chance.choice([indicator, indicator, f"{indicator} of goods", f"total {indicator}"])
    forms = (
        (f"{one.own} {word} {side} {other.name}", other),
        (f"{one.adjective} {word} {side} {other.name}", other),
        (f"the {word} of {one.name} {side} {other.name}", other),
        (f"{word} from {one.name} to {other.name}", other),
        (f"{one.own} {word}", None),
        (f"the {word} of {one.name}", None),
        (f"{one.adjective} {word}", None),
    )
    words, counterpart = chance.choice(forms)
    if words.startswith(f"{word} from"):
        if indicator == "imports":
            words = f"{one.own} imports from {other.name}"
        elif word.startswith("total"):
            words = f"exports from {one.name} to {other.name}"
    return Subject(words, indicator, one, counterpart, "money")


def turnover(chance: Random) -> Subject:
    """Trade of two areas, or of one."""
    one, other = chance.sample(AREAS, 2)
    words, counterpart = chance.choice(
        [
            (f"trade between {one.name} and {other.name}", other),
            (f"{one.own} trade with {other.name}", other),
            (f"the trade turnover between {one.name} and {other.name}", other),
            (f"mutual trade between {one.name} and {other.name}", other),
            (f"{one.own} foreign trade turnover", None),
            (f"the bilateral trade turnover of {one.name} and {other.name}", other),
        ]
    )
    return Subject(words, "trade-turnover", one, counterpart, "money", plural=False)


def one_sided(chance: Random) -> Subject:
    """An indicator that has no counterpart."""
    indicator, word, kind = chance.choice(ONE_SIDED)
    area = chance.choice(AREAS)
    words = chance.choice(
        [f"{area.own} {word}", f"{word} in {area.name}", f"{area.adjective} {word}", f"the {word} of {area.name}"]
    )
    return Subject(words, indicator, area, None, kind, plural=word.endswith("s"))


def subject(chance: Random) -> Subject:
    """Any."""
    return chance.choice([flow, flow, turnover, one_sided])(chance)


def moved(chance: Random) -> tuple[str, int]:
    """A verb of rise or fall with its sign."""
    return (chance.choice(RISES), 1) if chance.random() < 0.6 else (chance.choice(FALLS), -1)


Sentence = tuple[str, list[Told]]


def _signed(one: Printed, sign: int) -> Printed:
    return replace(one, value=one.value * sign)


def rose_by_to(chance: Random) -> Sentence:
    """S rose by X% to Y in P; P first, "by" or none."""
    of, when, (verb, sign) = subject(chance), chance.choice(PERIODS), moved(chance)
    rate, level = percent(chance), of.amount(chance)
    by = chance.choice(["by ", "by ", ""]) if rate.qualifier is None else "by "
    text = f"{of.first} {verb} {by}{rate.text} to {level.text} {when.words}."
    if chance.random() < 0.5:
        text = f"{when.first}, {of.words} {verb} {by}{rate.text} to {level.text}."
    return text, [of.tells(_signed(rate, sign), "growth", when.value), of.tells(level, "level", when.value)]


def rose_compared(chance: Random) -> Sentence:
    """S rose by X% in P compared with P0."""
    of, when, (verb, sign) = subject(chance), chance.choice(PERIODS), moved(chance)
    rate = percent(chance)
    than = (
        "from"
        if when.base_words == "a year earlier"
        else chance.choice(["compared with", "compared to", "from", "against"])
    )
    text = f"{of.first} {verb} by {rate.text} {when.words} {than} {when.base_words}."
    return text, [of.tells(_signed(rate, sign), "growth", when.value, base=when.base)]


def year_on_year(chance: Random) -> Sentence:
    """S rose X% year on year in P."""
    of, when, (verb, sign) = subject(chance), chance.choice(PERIODS[4:]), moved(chance)
    rate = percent(chance)
    words = chance.choice(["year on year", "year-on-year", "from a year earlier", "from a year ago", "on the year"])
    text = f"{of.first} {verb} by {rate.text} {words} {when.words}."
    return text, [of.tells(_signed(rate, sign), "growth", when.value, base=when.base)]


def up(chance: Random) -> Sentence:
    """S reached Y in P, up X%."""
    of, when = subject(chance), chance.choice(PERIODS)
    rate, level = percent(chance), of.amount(chance)
    word, sign = chance.choice([("up", 1), ("down", -1), ("an increase of", 1), ("a decrease of", -1), ("a rise of", 1)])
    reached = chance.choice(REACHED)
    text = f"{of.first} {reached} {level.text} {when.words}, {word} {rate.text}"
    if chance.random() < 0.4:
        than = "from" if when.base_words == "a year earlier" else "compared with"
        text += f" {than} {when.base_words}"
    return f"{text}.", [of.tells(level, "level", when.value), of.tells(_signed(rate, sign), "growth", when.value)]


def in_parentheses(chance: Random) -> Sentence:
    """S reached Y (+X%) in P."""
    of, when = subject(chance), chance.choice(PERIODS)
    rate, level = percent(chance, hedged=False), of.amount(chance)
    mark, sign = chance.choice([("+", 1), ("-", -1), ("−", -1), ("up ", 1), ("down ", -1)])
    text = f"{of.first} {chance.choice(REACHED)} {level.text} ({mark}{rate.text}) {when.words}."
    return text, [of.tells(level, "level", when.value), of.tells(_signed(rate, sign), "growth", when.value)]


def growing_to_reach(chance: Random) -> Sentence:
    """P S developed well, growing X% to reach Y."""
    of, when = subject(chance), chance.choice(PERIODS)
    rate, level = percent(chance), of.amount(chance)
    verb, sign = chance.choice([("growing", 1), ("rising", 1), ("increasing", 1), ("falling", -1)])
    text = f"{when.first}, {of.words} moved on, {verb} {rate.text} to reach {level.text}."
    if chance.random() < 0.5:
        text = f"{of.first} continued to change {when.words}, {verb} by {rate.text} to {level.text}."
    return text, [of.tells(_signed(rate, sign), "growth", when.value), of.tells(level, "level", when.value)]


def accounts_for(chance: Random) -> Sentence:
    """Exports to B accounted for X% of A's exports."""
    indicator = chance.choice(["exports", "imports"])
    one, other = chance.sample(AREAS, 2)
    side = "to" if indicator == "exports" else "from"
    rate, when = percent(chance), chance.choice(PERIODS)
    verb = chance.choice(["accounted for", "made up", "represented"])
    text = chance.choice(
        [
            f"{indicator.capitalize()} {side} {other.name} {verb} {rate.text} of {one.own} {indicator} {when.words}.",
            f"{other.name[:1].upper()}{other.name[1:]} {verb} {rate.text} of {one.own} {indicator} {when.words}.",
            f"{when.first}, {other.name} {verb} {rate.text} of {one.adjective} {indicator}.",
            f"{other.own[:1].upper()}{other.own[1:]} share in {one.own} {indicator} was {rate.text} {when.words}.",
            f"The share of {other.name} in {one.own} {indicator} was {rate.text} {when.words}.",
        ]
    )
    of = Subject("", indicator, one, other, "money")
    return text, [of.tells(rate, "share", when.value, whole=(("counterpart_area", None),))]


def half_of(chance: Random) -> Sentence:
    """B accounted for almost half of A's exports."""
    indicator = chance.choice(["exports", "imports"])
    one, other = chance.sample(AREAS, 2)
    words, value = chance.choice([("half", F(1, 2)), ("a third", F(1, 3)), ("two thirds", F(2, 3)), ("a quarter", F(1, 4))])
    hedge = chance.choice([None, "almost", "nearly", "about", "over", "more than"])
    when = chance.choice(PERIODS)
    text = f"{other.name} accounted for {hedge + ' ' if hedge else ''}{words} of {one.own} {indicator} {when.words}."
    of = Subject("", indicator, one, other, "money")
    printed = Printed(words, value, "", hedge)
    return text[:1].upper() + text[1:], [of.tells(printed, "share", when.value, whole=(("counterpart_area", None),))]


def from_to(chance: Random) -> Sentence:
    """S rose from X in P0 to Y in P."""
    of, (verb, _) = subject(chance), moved(chance)
    before, now = pair(chance, of.kind)
    then_words, then, words, value = chance.choice(
        [
            ("in 2022", "2022", "in 2023", "2023"),
            ("in 2019", "2019", "last year", "2023"),
            ("in May 2023", "2023-05", "in May 2024", "2024-05"),
            ("in the first quarter of 2023", "2023-01/2023-03", "in the first quarter of 2024", "2024-01/2024-03"),
        ]
    )
    text = f"{of.first} {verb} from {before.text} {then_words} to {now.text} {words}."
    return text, [of.tells(before, "level", then), of.tells(now, "level", value)]


def compared_with(chance: Random) -> Sentence:
    """S was Y in P, compared with Z in P0."""
    of = subject(chance)
    now, before = pair(chance, of.kind)
    words = chance.choice(["compared with", "compared to", "against", "up from", "down from"])
    text = f"{of.first} {chance.choice(REACHED)} {now.text} in 2023, {words} {before.text} in 2022."
    return text, [of.tells(now, "level", "2023"), of.tells(before, "level", "2022")]


def respectively(chance: Random) -> Sentence:
    """A's exports to B and C reached X and Y respectively."""
    one, other, third = chance.sample(AREAS, 3)
    when, unit = chance.choice(PERIODS), chance.choice(CURRENCIES)
    x, y = pair(chance, "money", unit)
    comma = chance.choice([",", ""])
    if chance.random() < 0.5:
        whom = f"{other.name} and {third.name}"
        text = f"{one.own} exports to {whom} reached {x.text} and {y.text}{comma} respectively {when.words}."
        first, second = (Subject("", "exports", one, to, "money") for to in (other, third))
    else:
        text = f"{one.own} exports and imports reached {x.text} and {y.text}{comma} respectively {when.words}."
        first, second = (Subject("", indicator, one, None, "money") for indicator in ("exports", "imports"))
    return text[:1].upper() + text[1:], [first.tells(x, "level", when.value), second.tells(y, "level", when.value)]


def of_which(chance: Random) -> Sentence:
    """A's trade with B reached X, of which exports were Y."""
    one, other = chance.sample(AREAS, 2)
    when, unit = chance.choice(PERIODS), chance.choice(CURRENCIES)
    x, y, z = (money(chance, unit) for _ in range(3))
    joint = chance.choice(["of which", "including"])
    parts = (
        f"exports were {y.text} and imports {z.text}"
        if joint == "of which"
        else f"exports of {y.text} and imports of {z.text}"
    )
    text = f"{one.own} trade with {other.name} reached {x.text} {when.words}, {joint} {parts}."
    subjects = [Subject("", indicator, one, other, "money") for indicator in ("trade-turnover", "exports", "imports")]
    tells = [of.tells(n, "level", when.value) for of, n in zip(subjects, (x, y, z), strict=True)]
    return text[:1].upper() + text[1:], tells


def multiples(chance: Random) -> Sentence:
    """S tripled in P; grew 2.5 times; increased fourfold."""
    of, when = subject(chance), chance.choice(PERIODS)
    number = f"{chance.randint(2, 9)}.{chance.randint(1, 9)}"
    words, value = chance.choice(
        [
            ("tripled", F(3)),
            ("doubled", F(2)),
            (f"grew {number} times", F(number)),
            (f"increased {number}-fold", F(number)),
            ("quadrupled", F(4)),
            (f"rose by {number} times", F(number)),
            ("increased fivefold", F(5)),
        ]
    )
    text = f"{of.first} {words} {when.words}"
    if chance.random() < 0.4 and when.base_words != "a year earlier":
        text += f" compared with {when.base_words}"
    return f"{text}.", [of.tells(Printed(words, value, "times"), "multiple", when.value)]


def or_percent(chance: Random) -> Sentence:
    """S rose by $X, or Y%, in P."""
    of, when, (verb, sign) = chance.choice([flow, turnover])(chance), chance.choice(PERIODS), moved(chance)
    amount, rate = money(chance), percent(chance)
    text = f"{of.first} {verb} by {amount.text}, or {rate.text}, {when.words}."
    change, growth = _signed(amount, sign), _signed(rate, sign)
    return text, [of.tells(change, "change", when.value), of.tells(growth, "growth", when.value)]


def changed_to(chance: Random) -> Sentence:
    """S rose by $X to $Y in P."""
    of, when, (verb, sign) = chance.choice([flow, turnover])(chance), chance.choice(PERIODS), moved(chance)
    unit = chance.choice(CURRENCIES)
    amount, level = money(chance, unit), money(chance, unit)
    text = f"{of.first} {verb} by {amount.text} to {level.text} {when.words}."
    return text, [of.tells(_signed(amount, sign), "change", when.value), of.tells(level, "level", when.value)]


def plain_level(chance: Random) -> Sentence:
    """S was Y in P."""
    of, when = subject(chance), chance.choice(PERIODS)
    level = of.amount(chance)
    text = f"{of.first} {chance.choice(REACHED)} {level.text} {when.words}."
    if chance.random() < 0.5:
        text = f"{when.first}, {of.words} {chance.choice(REACHED)} {level.text}."
    return text, [of.tells(level, "level", when.value)]


def noun_of_change(chance: Random) -> Sentence:
    """S saw a X% increase in P; the increase in S was X%."""
    of, when = subject(chance), chance.choice(PERIODS)
    rate = percent(chance, hedged=False)
    noun, sign = chance.choice([("increase", 1), ("rise", 1), ("decline", -1), ("drop", -1), ("decrease", -1)])
    text = chance.choice(
        [
            f"{of.first} showed a {rate.text} {noun} {when.words}.",
            f"There was a {rate.text} {noun} in {of.words} {when.words}.",
            f"{when.first}, {of.words} recorded a {noun} of {rate.text}.",
        ]
    )
    return text, [of.tells(_signed(rate, sign), "growth", when.value)]


def verb_of_trade(chance: Random) -> Sentence:
    """A exported goods worth X to B in P."""
    one, other = chance.sample(AREAS, 2)
    when, amount = chance.choice(PERIODS), money(chance)
    if chance.random() < 0.5:
        indicator, text = "exports", f"{one.name} exported goods worth {amount.text} to {other.name} {when.words}."
    else:
        indicator, text = "imports", f"{one.name} imported goods worth {amount.text} from {other.name} {when.words}."
    return text[:1].upper() + text[1:], [Subject("", indicator, one, other, "money").tells(amount, "level", when.value)]


def months_of(chance: Random) -> Sentence:
    """In the N months of the year S was Y."""
    of, level = subject(chance), None
    level = of.amount(chance)
    count, word = chance.choice([(3, "three"), (5, "five"), (4, "4"), (2, "two")])
    year, value = chance.choice([("2024", 2024), ("this year", 2024), ("the current year", 2024), ("2023", 2023)])
    lead = chance.choice(
        [f"In the first {word} months of {year}", f"In {word} months of {year}", f"Over {word} months of {year}"]
    )
    text = f"{lead}, {of.words} {chance.choice(REACHED)} {level.text}."
    return text, [of.tells(level, "level", f"{value}-01/{value}-{count:02d}")]


def planned(chance: Random) -> Sentence:
    """S is to be raised to Y by 2030."""
    of, level = turnover(chance), money(chance, hedged=False)
    year = chance.choice(["2027", "2030"])
    text = chance.choice(
        [
            f"{of.first} is planned to reach {level.text} by {year}.",
            f"{of.first} is to be raised to {level.text} by {year}.",
            f"{of.first} should grow to {level.text} by {year}.",
        ]
    )
    return text, [of.tells(level, "level", year, modality="plan")]


def carried(chance: Random) -> Sentence:
    """Two sentences: the second carries areas and period."""
    one, other = chance.sample(AREAS, 2)
    when, unit = chance.choice(PERIODS), chance.choice(CURRENCIES)
    x, y, rate = money(chance, unit), money(chance, unit), percent(chance)
    verb, sign = moved(chance)
    second = chance.choice(
        [f"Imports {verb} by {rate.text} to {y.text}.", f"Its imports from that country {verb} {rate.text} to {y.text}."]
    )
    text = f"{one.own} exports to {other.name} {chance.choice(REACHED)} {x.text} {when.words}. {second}"
    first, then = (Subject("", indicator, one, other, "money") for indicator in ("exports", "imports"))
    return text[:1].upper() + text[1:], [
        first.tells(x, "level", when.value),
        then.tells(_signed(rate, sign), "growth", when.value),
        then.tells(y, "level", when.value),
    ]


def while_clause(chance: Random) -> Sentence:
    """A's exports to B rose X% to Y in P, while imports fell Z%."""
    one, other = chance.sample(AREAS, 2)
    when, level = chance.choice(PERIODS), money(chance)
    rate, second = percent(chance), percent(chance)
    word = chance.choice(["while", "whereas", "and", "but"])
    text = (
        f"{when.first}, {one.own} exports to {other.name} rose by {rate.text} to {level.text}, "
        f"{word} imports fell by {second.text}."
    )
    out, into = (Subject("", indicator, one, other, "money") for indicator in ("exports", "imports"))
    return text, [
        out.tells(rate, "growth", when.value),
        out.tells(level, "level", when.value),
        into.tells(_signed(second, -1), "growth", when.value),
    ]


def gapped(chance: Random) -> Sentence:
    """A's exports rose X% and imports Y% in P."""
    one, when = chance.choice(AREAS), chance.choice(PERIODS)
    x, y = percent(chance, hedged=False), percent(chance, hedged=False)
    (verb, sign), by = moved(chance), chance.choice(["by ", ""])
    text = f"{when.first}, {one.own} exports {verb} {by}{x.text} and imports {by}{y.text}."
    out, into = (Subject("", indicator, one, None, "money") for indicator in ("exports", "imports"))
    return text, [out.tells(_signed(x, sign), "growth", when.value), into.tells(_signed(y, sign), "growth", when.value)]


def quoted(chance: Random) -> Sentence:
    """A quotation around any of the plain ones."""
    text, tells = chance.choice([rose_by_to, up, plain_level])(chance)
    left, right = chance.choice([('"', '"'), ("“", "”")])
    return f"{left}{text[:-1]},{right} the minister said.", tells


def headline(chance: Random) -> Sentence:
    """S up X% in P, without a full stop."""
    of, when, rate = subject(chance), chance.choice(PERIODS), percent(chance)
    verb, sign = chance.choice([("up", 1), ("down", -1), ("rises", 1), ("grow", 1), ("falls", -1)])
    return f"{of.first} {verb} {rate.text} {when.words}", [of.tells(_signed(rate, sign), "growth", when.value)]


def heading_unit(chance: Random) -> Sentence:
    """A heading that gives the unit, then a sentence with a bare number."""
    of, when = chance.choice([flow, turnover])(chance), chance.choice(PERIODS)
    words, unit, power = chance.choice(
        [
            ("USD million", "USD", 6),
            ("billions of US dollars", "USD", 9),
            ("in million euros", "EUR", 6),
            ("bn tenge", "KZT", 9),
        ]
    )
    number = f"{chance.randint(2, 999)}.{chance.randint(1, 9)}"
    head = chance.choice([f"Foreign trade, {words}", f"Foreign trade ({words})"])
    text = f"{head}\n\n{of.first} {chance.choice(['reached', 'amounted to'])} {number} {when.words}."
    return text, [of.tells(Printed(number, F(number) * 10**power, unit), "level", when.value)]


def more_than_before(chance: Random) -> Sentence:
    """S was Y in P, X% more than in P0."""
    of, when = subject(chance), chance.choice([one for one in PERIODS if one.base_words != "a year earlier"])
    level, rate = of.amount(chance), percent(chance, hedged=False)
    word, sign = chance.choice([("more", 1), ("higher", 1), ("less", -1), ("lower", -1)])
    text = f"{of.first} {chance.choice(REACHED)} {level.text} {when.words}, {rate.text} {word} than in {when.base_words}."
    return text, [of.tells(level, "level", when.value), of.tells(_signed(rate, sign), "growth", when.value, base=when.base)]


def rate_itself(chance: Random) -> Sentence:
    """Inflation in A was X% in P."""
    area, when, rate = chance.choice(AREAS), chance.choice(PERIODS), percent(chance, hedged=False)
    indicator, word = chance.choice([("unemployment-rate", "unemployment rate"), ("inflation-rate", "inflation rate")])
    text = chance.choice(
        [
            f"The {word} in {area.name} was {rate.text} {when.words}.",
            f"{when.first}, {area.own} {word} stood at {rate.text}.",
            f"The {word} of {area.name} rose to {rate.text} {when.words}.",
        ]
    )
    return text, [Subject("", indicator, area, None, "rate").tells(rate, "rate", when.value)]


def deficit(chance: Random) -> Sentence:
    """A's trade deficit with B was X in P."""
    one, other = chance.sample(AREAS, 2)
    when, amount = chance.choice(PERIODS), money(chance)
    word, sign = chance.choice([("deficit", -1), ("surplus", 1)])
    whom, counterpart = chance.choice([(f" with {other.name}", other), ("", None)])
    text = f"{one.own} trade {word}{whom} {chance.choice(['reached', 'was', 'amounted to'])} {amount.text} {when.words}."
    of = Subject("", "trade-balance", one, counterpart, "money")
    return text[:1].upper() + text[1:], [of.tells(_signed(amount, sign), "level", when.value)]


CONSTRUCTIONS: dict[str, Callable[[Random], Sentence]] = {
    one.__name__: one
    for one in (
        plain_level,
        rose_by_to,
        rose_compared,
        year_on_year,
        up,
        in_parentheses,
        growing_to_reach,
        accounts_for,
        half_of,
        from_to,
        compared_with,
        respectively,
        of_which,
        multiples,
        or_percent,
        changed_to,
        noun_of_change,
        verb_of_trade,
        months_of,
        planned,
        carried,
        while_clause,
        gapped,
        quoted,
        headline,
        heading_unit,
        more_than_before,
        rate_itself,
        deficit,
    )
}
