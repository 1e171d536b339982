"""How often honest documents raise an alarm: synthetic ones of ten figures, all true and rounded properly.

Each document tells of something that is drawn at random (trade, a company, a survey, energy, prices) and prints ten of its
figures, so that far more of them meet than in print: seven checks a document, where in 89 real news stories and releases of
twelve figures a growth, change or share met its levels once in three documents. How figures are printed was measured on
those 89: the significant digits of 457 rounded levels, the decimals of 293 growths and of 46 shares, and how often two
levels of one series had as many decimals (82 of 95; others are printed here with digits of their own). Nothing is wrong, so
every error would be a defect, and every warning costs somebody a look.

    python benchmarks/false_alarms.py [--documents 2000] [--seed 1]
"""

from __future__ import annotations

import argparse
import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from random import Random

from crosscheck.checking.checks import check_claims, faults
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.model import Claim, Document
from crosscheck.figures.text import parse_figure
from crosscheck.inputs.shipped import shipped
from crosscheck.rules.files import read_rule_files

FIGURES = 10
# How many levels had so many significant digits, how many growths and shares so many decimals, in print.
LEVEL_DIGITS = {1: 9, 2: 93, 3: 181, 4: 121, 5: 53}
GROWTH_PLACES = {0: 77, 1: 201, 2: 15}
SHARE_PLACES = {0: 18, 1: 28}
ALIKE = Fraction(82, 95)  # of two levels of one series, as many decimals
SCALES = {10**9: "billion", 10**6: "million", 10**3: "thousand", 1: ""}


class Writer:
    """Prints true values as one house does: percentages alike, most levels with the decimals of the first of a scale."""

    def __init__(self, chance: Random, number: int) -> None:
        self.chance = chance
        self.document = Document(f"d{number}", publisher="P", published=datetime.date(2024, 3, 1))
        self.digits = drawn(chance, LEVEL_DIGITS)
        self.places = drawn(chance, GROWTH_PLACES)
        self.share_places = drawn(chance, SHARE_PLACES)
        self.decimals: dict[tuple[int, str], int] = {}  # by scale and unit
        self.claims: list[Claim] = []

    def add(self, text: str, measure: str, dimensions: dict[str, str], **properties: object) -> None:
        """A claim with its figure as text."""
        identifier = f"{self.document.id}#c{len(self.claims)}"
        figure = parse_figure(text, measure)
        self.claims.append(Claim(identifier, self.document, figure, dimensions, measure, **properties))  # type: ignore[arg-type]

    def level(self, value: Fraction, unit: str, **dimensions: str) -> None:
        """A level under a scale word, with the decimals of the others or, now and then, digits of its own."""
        scale = next((s for s in SCALES if abs(value) >= s), 1)
        whole = len(str(int(abs(value) / scale)))
        places = self.decimals.setdefault((scale, unit), max(self.digits - whole, 0))
        if self.chance.random() > ALIKE:
            places = max(drawn(self.chance, LEVEL_DIGITS) - whole, 0)
        self.add(f"{rounded(value / scale, places)} {SCALES[scale]} {unit}".strip(), "level", dimensions)

    def count(self, value: int, unit: str, **dimensions: str) -> None:
        """A number of things, to the last one."""
        self.add(f"{value:,} {{{unit}}}", "level", dimensions)

    def growth(self, now: Fraction, then: Fraction, base: str, **dimensions: str) -> None:
        """A growth in percent."""
        percent = rounded((now / then - 1) * 100, self.places)
        self.add(f"{percent} %", "growth", dimensions, base_period=base)

    def share(self, part: Fraction, of: Fraction, whole: dict[str, str | None], **dimensions: str) -> None:
        """A share in percent."""
        self.add(f"{rounded(part / of * 100, self.share_places)} %", "share", dimensions, whole=whole)

    def rate(self, value: Fraction, **dimensions: str) -> None:
        """A ratio in percent, to a tenth."""
        self.add(f"{rounded(value * 100, 1)} %", "rate", dimensions)


def drawn(chance: Random, counted: Mapping[int, int]) -> int:
    """One of the values, as often as it was counted."""
    return chance.choices(list(counted), list(counted.values()))[0]


def rounded(value: Fraction, places: int) -> str:
    """Half up, with just so many places."""
    scaled = value * 10**places
    whole = int(abs(scaled) + Fraction(1, 2))
    text = str(whole).rjust(places + 1, "0")
    text = f"{text[:-places]}.{text[-places:]}" if places else text
    return f"-{text}" if scaled < 0 and whole else text


def amount(chance: Random, low: int, high: int) -> Fraction:
    """A true amount, evenly over the orders of magnitude."""
    return Fraction(int(10 ** chance.uniform(low, high) * 1000), 1000)


def later(chance: Random, value: Fraction) -> Fraction:
    """What it is a period later: some percent more or less."""
    return value * Fraction(chance.randint(800, 1350), 1000)


def trade(chance: Random, page: Writer) -> None:
    """Exports and imports of two years, what they make up, and a partner's share."""
    both = {"reference_area": "KZ", "counterpart_area": "CN"}
    then = {name: amount(chance, 8, 10) for name in ("exports", "imports")}
    now = {name: later(chance, value) for name, value in then.items()}
    for year, values, base in (("2023", now, "2022"), ("2022", then, None)):
        total = values["exports"] + values["imports"]
        for name, value in (*values.items(), ("trade-turnover", total)):
            page.level(value, "USD", indicator=name, time_period=year, **both)
        page.level(values["exports"] - values["imports"], "USD", indicator="trade-balance", time_period=year, **both)
        if base:
            for name in ("exports", "imports"):
                page.growth(now[name], then[name], base, indicator=name, time_period=year, **both)
            page.growth(total, sum(then.values(), Fraction(0)), base, indicator="trade-turnover", time_period=year, **both)
            world = values["exports"] * chance.randint(2, 9)
            page.level(world, "USD", indicator="exports", reference_area="KZ", time_period=year)
            page.share(values["exports"], world, {"counterpart_area": None}, indicator="exports", time_period=year, **both)


def company(chance: Random, page: Writer) -> None:
    """Four quarters and the year of a company, with profit, margin and growth."""
    firm = {"reference_area": "ACME"}
    quarters = [amount(chance, 8, 9) for _ in range(4)]
    year, before = sum(quarters, Fraction(0)), later(chance, sum(quarters, Fraction(0)))
    profit = year * Fraction(chance.randint(20, 250), 1000)
    for number, value in enumerate(quarters, 1):
        page.level(value, "EUR", indicator="revenue", time_period=f"2023-Q{number}", **firm)
    page.growth(quarters[3], quarters[2], "2023-Q3", indicator="revenue", time_period="2023-Q4", **firm)
    page.level(year, "EUR", indicator="revenue", time_period="2023", **firm)
    page.level(before, "EUR", indicator="revenue", time_period="2022", **firm)
    page.growth(year, before, "2022", indicator="revenue", time_period="2023", **firm)
    page.level(profit, "EUR", indicator="operating-profit", time_period="2023", **firm)
    page.rate(profit / year, indicator="operating-margin", time_period="2023", **firm)
    page.level(year - before, "EUR", indicator="change-of-revenue", time_period="2023", **firm)


def survey(chance: Random, page: Writer) -> None:
    """Answers of a counted number of people, as counts and as percentages."""
    asked = chance.randint(20, 900)
    left, answers = asked, []
    for _ in range(4):
        answers.append(chance.randint(0, left))
        left -= answers[-1]
    page.count(asked, "people", indicator="respondents", time_period="2023-05")
    for number, count in enumerate(answers):
        own = {"indicator": "respondents", "answer": f"a{number}", "time_period": "2023-05"}
        page.share(Fraction(count), Fraction(asked), {"answer": None}, **own)
        page.count(count, "people", **own)
    page.share(
        Fraction(left), Fraction(asked), {"answer": None}, indicator="respondents", answer="none", time_period="2023-05"
    )


def energy(chance: Random, page: Writer) -> None:
    """Output by the day and by the year, capacity and what it generated."""
    for year, days in (("2022", 365), ("2023", 365), ("2024", 366)):
        rate, capacity = amount(chance, 4, 6), amount(chance, 2, 4)
        page.level(rate, "barrel/day", indicator="oil-production", reference_area="KZ", time_period=year)
        page.level(rate * days, "barrel", indicator="oil-production", reference_area="KZ", time_period=year)
        page.level(capacity, "MW", indicator="generating-capacity", reference_area="KZ", time_period=year)
        used = Fraction(chance.randint(150, 950), 1000)
        page.level(
            capacity * used * days * 24, "MWh", indicator="electricity-generation", reference_area="KZ", time_period=year
        )


def prices(chance: Random, page: Writer) -> None:
    """An index over six years, its growth, and the mean growth a year over all of them."""
    area = {"indicator": "consumer-price-index", "reference_area": "KZ"}
    index = [Fraction(100)]
    for _ in range(5):
        index.append(index[-1] * Fraction(chance.randint(1005, 1150), 1000))
    for year, value in enumerate(index, 2018):
        page.add(rounded(value, 1), "level", {**area, "index_base": "2018", "time_period": str(year)})
    for year in range(2020, 2024):
        own = {**area, "index_base": "2018", "time_period": str(year)}
        page.growth(index[year - 2018], index[year - 2019], str(year - 1), **own)


SUBJECTS: tuple[Callable[[Random, Writer], None], ...] = (trade, company, survey, energy, prices)


def documents(chance: Random, count: int) -> Iterator[tuple[str, list[Claim]]]:
    """So many documents of ten figures each, with their subject."""
    for number in range(count):
        subject = chance.choice(SUBJECTS)
        page = Writer(chance, number)
        subject(chance, page)
        yield f"{subject.__name__}, {page.digits} digits", chance.sample(page.claims, min(FIGURES, len(page.claims)))


def main() -> None:
    """Prints the rate of documents with a warning or an error, and the rules that raised them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rules = read_rule_files([shipped("rules")], shipped=True, examples=False)
    codes = load_codelists([shipped("codelists") / name for name in ("areas.yaml", "indicators.yaml")])
    loud: Counter[str] = Counter()
    by_rule: Counter[str] = Counter()
    checks = warned = errors = 0
    for subject, claims in documents(Random(arguments.seed), arguments.documents):
        run = check_claims(claims, rules, codes)
        checks += sum(run.verdicts.values())
        levels = [group[0].level for group in faults(run.checks)]
        by_rule.update(group[0].rule.id for group in faults(run.checks) if group[0].level in ("warning", "error"))
        warned += "warning" in levels
        errors += "error" in levels
        loud[subject] += bool({"warning", "error"} & set(levels))
    total = arguments.documents
    print(f"{total:,} honest documents of {FIGURES} figures, {checks:,} checks")
    print(f"with an error: {errors} ({errors / total:.2%})")
    print(
        f"with a warning: {warned} ({warned / total:.2%}), one in {total / warned:.0f}" if warned else "with a warning: 0"
    )
    for name, count in loud.most_common():
        print(f"  {name}: {count}")
    for name, count in by_rule.most_common():
        print(f"  {count:5} {name}")


if __name__ == "__main__":
    main()
