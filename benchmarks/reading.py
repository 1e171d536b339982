"""KB of prose a second on one core, peak memory, and the same beside two libraries for quantities.

Run `python benchmarks/reading.py` (add `--quick` for a tenth of the text). The prose is made from a seed and a grammar
of its own, so that what it says is known: each tool is scored on the values and units of money, percentages and measures;
bare numbers and years count for no one. Besides figures, crosscheck reads their indicators, areas and periods, which the
libraries do not. quantulum3 and recognizers-text-suite are timed where they are installed, on as much of the text as they
manage in four seconds, and crosscheck again on exactly that, paragraph by paragraph as they get it.

The text has twice as many figures to a kilobyte as releases have. How long a million additions take beside it says how
fast the core is, and how busy.
"""

from __future__ import annotations

import gc
import importlib
import random
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.cli.app import GARBAGE
from crosscheck.extraction.model import Extract
from crosscheck.extraction.reading import read
from crosscheck.figures.quantities import Quantities, shipped_quantities
from crosscheck.inputs.shipped import shipped

SECONDS = 4.0  # for each library
Figure = tuple[Fraction, str]

PLACES = ("Norway", "Chile", "Kenya", "Poland", "Japan", "Mongolia", "Peru", "Latvia", "Ghana", "Malaysia")
GOODS = ("copper", "wool", "salmon", "machine parts", "furniture", "coffee", "fertiliser", "shoes", "paper", "tyres")
MONEY = (
    ("${}bn", "USD"),
    ("${} billion", "USD"),
    ("€{} billion", "EUR"),
    ("{} billion US dollars", "USD"),
    ("US${}bn", "USD"),
)
SMALL_MONEY = (("${} million", "USD"), ("€{}m", "EUR"), ("£{} million", "GBP"), ("{} million euros", "EUR"))
PERCENT = ("{}%", "{} percent", "{} per cent")
MEASURES = (("{} tonnes", "t", 1), ("{} million tonnes", "t", 10**6), ("{} km", "km", 1), ("{} GWh", "GWh", 1))
SENTENCES = (
    "In {year}, {place} sold {good} worth {money} abroad, {percent} more than a year earlier.",
    "Exports of {good} from {place} fell by {percent} to {small} in the first quarter of {year}.",
    "{place} bought {measure} of {good} that year, which cost its importers about {small}.",
    "The share of {good} in the trade of {place} with {other} came to {percent}.",
    "Turnover between {place} and {other} reached {money} (+{percent}), the statistics office said.",
    "Of the total, {small} went to {other} and {small} stayed in {place}.",
    "Output grew from {measure} to {measure}, and prices rose {percent} on average.",
    "Nobody in {place} expected that, a minister told reporters on Monday.",
    "Revenue of the largest maker of {good} in {place} was {small} against {small} in {year}.",
    "By {year} the two countries want to raise their trade to {money}.",
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with the figures that it states."""

    text: str
    figures: tuple[Figure, ...]


def paragraphs(kilobytes: int, seed: int = 1) -> list[Paragraph]:
    """At least so much prose."""
    chance = random.Random(seed)
    made: list[Paragraph] = []
    size = 0
    while size < kilobytes * 1000:
        parts = [_sentence(chance) for _ in range(chance.randint(2, 5))]
        made.append(Paragraph(" ".join(text for text, _ in parts), tuple(f for _, figures in parts for f in figures)))
        size += len(made[-1].text) + 2
    return made


def _sentence(chance: random.Random) -> tuple[str, list[Figure]]:
    figures: list[Figure] = []
    text = chance.choice(SENTENCES)
    place, other = chance.sample(PLACES, 2)
    for slot, word in (("{place}", place), ("{other}", other), ("{good}", chance.choice(GOODS))):
        text = text.replace(slot, word)
    text = text.replace("{year}", str(chance.randint(2010, 2025)))
    while "{" in text:
        slot = text[text.index("{") + 1 : text.index("}")]
        printed, figure = _figure(slot, chance)
        text = text.replace("{" + slot + "}", printed, 1)
        figures.append(figure)
    return text, figures


def _figure(slot: str, chance: random.Random) -> tuple[str, Figure]:
    if slot == "percent":
        number = f"{chance.randint(1, 900) / 10:.1f}"
        return chance.choice(PERCENT).format(number), (Fraction(number), "percent")
    if slot == "measure":
        form, unit, scale = chance.choice(MEASURES)
        number = f"{chance.randint(1, 99)}.{chance.randint(1, 9)}" if scale > 1 else f"{chance.randint(10, 90_000):,}"
        return form.format(number), (Fraction(number.replace(",", "")) * scale, unit)
    forms, scale = (MONEY, 10**9) if slot == "money" else (SMALL_MONEY, 10**6)
    form, unit = chance.choice(forms)
    number = f"{chance.randint(11, 9999) / 10:.1f}" if slot == "small" else f"{chance.randint(101, 9999) / 100:.2f}"
    return form.format(number), (Fraction(number) * scale, unit)


# The tools, each from text to figures


@dataclass(frozen=True)
class Crosscheck:
    """The reader with what it is made ready with."""

    lists: CodeLists
    table: Quantities

    def extract(self, text: str) -> Extract:
        return read(Path("generated.txt"), text.encode(), self.lists, self.table)

    def figures(self, text: str) -> list[Figure]:
        """What became claims; what is listed as unresolved counts as not found."""
        return [(abs(s.value), s.unit) for s in self.extract(text).statements]


def crosscheck() -> Crosscheck:
    lists = load_codelists([shipped("codelists") / name for name in ("areas.yaml", "indicators.yaml")])
    return Crosscheck(lists, shipped_quantities())


QUANTULUM_UNITS = {
    "united states dollar": "USD",
    "dollar": "USD",
    "euro": "EUR",
    "pound sterling": "GBP",
    "percent": "percent",
    "per cent": "percent",
    "percentage": "percent",
    "tonne": "t",
    "kilometre": "km",
    "gigawatt hour": "GWh",
}
RECOGNIZERS_UNITS = {
    "dollar": "USD",
    "united states dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "british pound": "GBP",
    "metric ton": "t",
    "ton": "t",
    "tonne": "t",
    "kilometer": "km",
    "gigawatt hour": "GWh",
}


def quantulum() -> Callable[[str], list[Figure]] | None:
    """quantulum3, or None where it is not installed."""
    try:
        parser: Any = importlib.import_module("quantulum3.parser")
    except ImportError:
        return None

    def figures(text: str) -> list[Figure]:
        found = parser.parse(text)
        return [(_exact(q.value), QUANTULUM_UNITS.get(q.unit.name.lower(), q.unit.name)) for q in found]

    return figures


def recognizers() -> Callable[[str], list[Figure]] | None:
    """Recognizers-Text for money, percentages and dimensions, or None where it is not installed."""
    try:
        units: Any = importlib.import_module("recognizers_number_with_unit")
        numbers: Any = importlib.import_module("recognizers_number")
        culture: Any = importlib.import_module("recognizers_text").Culture
    except ImportError:
        return None

    def figures(text: str) -> list[Figure]:
        found: list[Figure] = []
        for result in numbers.recognize_percentage(text, culture.English):
            found.append((_exact(str(result.resolution["value"]).rstrip("%")), "percent"))
        for recognize in (units.recognize_currency, units.recognize_dimension):
            for result in recognize(text, culture.English):
                if result.resolution and result.resolution.get("value") is not None:
                    unit = str(result.resolution.get("unit"))
                    found.append((_exact(result.resolution["value"]), RECOGNIZERS_UNITS.get(unit.lower(), unit)))
        return found

    return figures


def _exact(value: object) -> Fraction:
    """A library's float as the decimal that it prints."""
    try:
        return Fraction(str(value).replace(",", ""))
    except ValueError:
        return Fraction(-1)


# What is measured


@dataclass
class Measured:
    """Seconds of processor time, characters read, and how many figures were right."""

    seconds: float = 0.0
    characters: int = 0
    right: int = 0
    said: int = 0
    known: int = 0

    @property
    def speed(self) -> float:
        """KB a second."""
        return self.characters / 1000 / self.seconds

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.said + self.known) if self.said + self.known else 0.0


def measure(tool: Callable[[str], list[Figure]], texts: Sequence[Paragraph], limit: float) -> Measured:
    """Reads paragraph after paragraph until the time is up."""
    units = {unit for text in texts for _, unit in text.figures}
    done = Measured()
    for paragraph in texts:
        if done.seconds > limit:
            break
        start = time.process_time()
        found = tool(paragraph.text)
        done.seconds += time.process_time() - start
        done.characters += len(paragraph.text)
        said, known = Counter(f for f in found if f[1] in units), Counter(paragraph.figures)
        done.right += (said & known).total()
        done.said += said.total()
        done.known += known.total()
    return done


def joined(texts: Sequence[Paragraph]) -> str:
    """The paragraphs as one document."""
    return "\n\n".join(paragraph.text for paragraph in texts) + "\n"


def peak_memory(reader: Crosscheck, text: str) -> float:
    """Peak MiB that reading a document allocates."""
    tracemalloc.start()
    reader.extract(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def addition() -> float:
    """Milliseconds of processor time in which this core, busy as it is, adds up a million numbers."""
    start, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return (time.process_time() - start) * 1000


def lines(kilobytes: int) -> Iterator[str]:
    """The report, a line at a time."""
    gc.set_threshold(GARBAGE)  # as the command does
    reader = crosscheck()
    texts = paragraphs(kilobytes)
    reader.extract(joined(texts[:20]))  # what is made once and kept is no part of the pace
    yield f"{'tool':<24} {'KB':>7} {'KB/s':>9} {'F1':>7} {'crosscheck on the same':>24}"
    whole = joined(texts)
    adding = [addition()]
    start = time.process_time()
    found = reader.extract(whole)
    seconds = time.process_time() - start
    adding.append(addition())
    yield f"{'crosscheck, one text':<24} {len(whole) / 1000:7.0f} {len(whole) / 1000 / seconds:9.1f}"
    yield f"{len(found.statements) / seconds:.0f} figures a second, while a million additions took {sum(adding) / 2:.0f} ms"
    own = measure(reader.figures, texts, SECONDS)
    yield f"{'crosscheck, paragraphs':<24} {own.characters / 1000:7.0f} {own.speed:9.1f} {own.f1:7.1%}"
    for name, tool in (("quantulum3", quantulum()), ("recognizers-text-suite", recognizers())):
        if tool is None:
            yield f"{name:<24} not installed"
            continue
        tool(texts[0].text)
        other = measure(tool, texts, SECONDS)
        same = measure(reader.figures, _first(texts, other.characters), SECONDS)
        ratio = f"{same.speed / other.speed:.0f} times, F1 {same.f1:.1%}"
        yield f"{name:<24} {other.characters / 1000:7.0f} {other.speed:9.1f} {other.f1:7.1%} {ratio:>24}"
    part = joined(_first(texts, 40_000))
    yield f"peak memory for a document of {len(part) / 1000:.0f} KB: {peak_memory(reader, part):.0f} MiB"


def _first(texts: Sequence[Paragraph], characters: int) -> list[Paragraph]:
    """As many paragraphs as have so many characters."""
    taken: list[Paragraph] = []
    for paragraph in texts:
        if characters <= 0:
            break
        taken.append(paragraph)
        characters -= len(paragraph.text)
    return taken


def main() -> None:
    """Prints the report."""
    for line in lines(30 if "--quick" in sys.argv else 100):
        print(line, flush=True)


if __name__ == "__main__":
    main()
