"""How fast joint reconciliation is, and how many planted errors it finds: 1,000, 10,000 and 100,000 claims.

Run `python benchmarks/reconciling.py` (`--quick` leaves out 100,000; `--milp` adds one big program in HiGHS, `highspy`,
for comparison). Claims are made from a seed: for each pair of areas and each year exports, imports and turnover, printed
with three or four digits, half of them with their growth and a third of exports with their share of the world's. The
shares join most of it into one component. One claim in a hundred is printed wrong, by 3% to 60%. The time is that from
bindings to the result, of the processor; matching claims to rules is timed by checking.py.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from crosscheck.checking.binding import Binding
from crosscheck.checking.checks import Run
from crosscheck.checking.index import make_index
from crosscheck.checking.stated import Stated, stated
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.model import Claim, Document
from crosscheck.figures.text import parse_figure
from crosscheck.inputs.shipped import shipped
from crosscheck.project.lists import lists_codes
from crosscheck.reconciliation.budget import Budget
from crosscheck.reconciliation.building import build
from crosscheck.reconciliation.model import Reconciliation
from crosscheck.reconciliation.reconciling import reconcile
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule

AREAS = [f"{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
YEARS = range(2000, 2025)
RULES = ("growth-not-matching-levels", "total-not-sum-of-terms", "share-not-matching-levels", "same-figure-twice")
INDICATORS = ("exports", "imports", "trade-turnover")
WRONG = 100  # one claim in so many
DOCUMENT = Document("benchmark")


@dataclass(frozen=True, slots=True)
class Made:
    """Claims bound to rules, and the ids of those printed wrong."""

    run: Run
    rules: tuple[Rule, ...]
    planted: frozenset[str]


def make(count: int, seed: int = 1, wrong: int = WRONG) -> Made:
    """About `count` claims in chains over the years, joined by shares of a world total; one in `wrong` printed wrong."""
    chance = random.Random(seed)
    rules = {rule.id: rule for rule in read_rule_files([shipped("rules")], shipped=True) if rule.id in RULES}
    writer = _Writer(chance, wrong)
    # Turnover of two areas is one figure, either way round.
    pairs = ((a, b) for a in AREAS for b in AREAS if a < b)
    chains = max(1, round(count / 123))
    true = {
        (pair, year): (chance.randint(10**9, 10**11), chance.randint(10**9, 10**11))
        for pair in (next(pairs) for _ in range(chains))
        for year in YEARS
    }
    bindings: list[Binding] = []
    totals = {year: 3 * sum(exports for (_, at), (exports, _) in true.items() if at == year) for year in YEARS}
    world = {year: writer.level("exports", ("WORLD", "ALL"), year, total, 6) for year, total in totals.items()}
    before: dict[str, tuple[int, Stated]] = {}
    last = None
    for (pair, year), (exports, imports) in true.items():
        before, last = (before if pair == last else {}), pair
        levels = {}
        for indicator, value in zip(INDICATORS, (exports, imports, exports + imports), strict=True):
            levels[indicator] = value, writer.level(indicator, pair, year, value, chance.choice((3, 4)))
            if indicator in before and chance.random() < 0.5:
                then, base = before[indicator]
                growth = writer.growth(indicator, pair, year, Fraction(value, then) - 1)
                roles = {"growth": growth, "now": levels[indicator][1], "then": base}
                bindings.append(Binding(rules["growth-not-matching-levels"], roles))
        parts = tuple(levels[name][1] for name in INDICATORS[:2])
        roles = {"total": levels["trade-turnover"][1], "terms": parts, "less": ()}
        bindings.append(Binding(rules["total-not-sum-of-terms"], roles))
        if chance.random() < 0.33:
            share = writer.share("exports", pair, year, Fraction(exports, totals[year]))
            roles = {"share": share, "part": levels["exports"][1], "whole": world[year]}
            bindings.append(Binding(rules["share-not-matching-levels"], roles))
        before = levels
    lists = load_codelists([p for p in sorted(shipped("codelists").glob("*.yaml")) if lists_codes(p)])
    index = make_index(writer.operands, lists)
    run = Run((), {}, (), (), bindings=tuple(bindings), index=index)
    return Made(run, tuple(rules.values()), frozenset(writer.planted))


class _Writer:
    """Prints true values as claims, one in a hundred wrong."""

    def __init__(self, chance: random.Random, wrong: int) -> None:
        self.chance, self.wrong = chance, wrong
        self.operands: list[Stated] = []
        self.planted: list[str] = []

    def level(self, indicator: str, pair: tuple[str, str], year: int, value: int, digits: int) -> Stated:
        wrong = self._wrong(Fraction(value)) if pair[0] != "WORLD" else None
        shown = Fraction(value) if wrong is None else wrong
        places = max(0, digits - len(str(int(shown) // 10**9 or 1)))
        text = f"{_decimal(shown / 10**9, places)} billion USD"
        return self._claim(text, "level", indicator, pair, year, wrong is not None)

    def growth(self, indicator: str, pair: tuple[str, str], year: int, value: Fraction) -> Stated:
        wrong = self._wrong(1 + value)
        text = f"{_decimal(100 * (value if wrong is None else wrong - 1), 1)} %"
        return self._claim(text, "growth", indicator, pair, year, wrong is not None)

    def share(self, indicator: str, pair: tuple[str, str], year: int, value: Fraction) -> Stated:
        wrong = self._wrong(value)
        text = f"{_decimal(100 * (value if wrong is None else wrong), 4)} %"
        return self._claim(text, "share", indicator, pair, year, wrong is not None)

    def _wrong(self, value: Fraction) -> Fraction | None:
        if not self.wrong or self.chance.randrange(self.wrong):
            return None
        part = Fraction(self.chance.randint(30, 600), 1000)
        return value * (1 + part) if self.chance.random() < 0.5 else value * (1 - part)

    def _claim(self, text: str, measure: str, indicator: str, pair: tuple[str, str], year: int, wrong: bool) -> Stated:
        dimensions = {
            "indicator": indicator,
            "reference_area": pair[0],
            "counterpart_area": pair[1],
            "time_period": str(year),
        }
        name = f"benchmark#{len(self.operands):07}"
        whole = {"reference_area": "WORLD", "counterpart_area": "ALL"} if measure == "share" else None
        base = str(year - 1) if measure == "growth" else None
        figure = replace(parse_figure(text, measure), loose=(), whole=None)
        claim = Claim(name, DOCUMENT, figure, dimensions, measure, base_period=base, whole=whole)
        if wrong:
            self.planted.append(name)
        self.operands.append(stated([claim]))
        return self.operands[-1]


def _decimal(value: Fraction, places: int) -> str:
    scaled = round(value * 10**places)
    sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def suspects(found: Reconciliation) -> Iterator[str]:
    """The claims in some lightest repair."""
    for fault in found.faults:
        for repair in fault.repairs:
            yield from (claim.id for atom in repair.atoms for claim in atom.claims)


def measure(count: int, seconds: int) -> None:
    """Prints one line: claims, rows, seconds, share of the planted errors among the suspects, memory."""
    made = make(count)
    start = time.process_time()
    found = reconcile(made.run, made.rules, budget=Budget(seconds))
    took = time.process_time() - start
    named = set(suspects(found))
    hit = len(made.planted & named)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    claims = len(made.run.index.operands) if made.run.index else 0
    late = "".join(f"  ({remark})" for remark in found.remarks if "time was up" in remark)
    print(
        f"{claims:8,} {len(found.system.rows):9,} {took:8.1f} {len(found.faults):7,} {len(made.planted):8,} {hit:6,} "
        f"{100 * hit / max(1, len(made.planted)):6.1f} {len(named):9,} {memory:9.0f}{late}",
        flush=True,
    )


def milp(count: int, seconds: float) -> None:
    """One program that gives up as few statements as it can, in HiGHS, for comparison."""
    import highspy

    made = make(count)
    start = time.process_time()
    system = build(made.run, made.rules)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", seconds)
    most = 2 * float(max(abs(row.limit) for row in system.rows) / 10**9)  # billions: no level is larger, nor any slack
    unknowns = [solver.addVariable(lb=0, ub=most) for _ in system.unknowns]
    doubted = [solver.addBinary(obj=1) for _ in system.atoms]
    for row in system.rows:
        scale = max(abs(value) for _, value in row.coefficients) * (10**9 if len(row.coefficients) == 1 else 1)
        left = sum(float(value / scale * 10**9 if len(row.coefficients) == 1 else value / scale) * unknowns[u]
                   for u, value in row.coefficients)  # fmt: skip
        slack = sum(most * doubted[atom] for atom in row.support)
        solver.addConstr(left <= float(row.limit / scale) + slack if row.support else left <= float(row.limit / scale))
    solver.run()
    took = time.process_time() - start
    status = solver.modelStatusToString(solver.getModelStatus())
    named = {c.id for a, x in enumerate(doubted) if solver.val(x) > 0.5 for c in system.atoms[a].claims}
    hit = len(made.planted & named)
    print(
        f"one MILP, {count:,} claims: {took:.1f} s, {status}, {len(named)} given up, {hit} of {len(made.planted)} planted"
    )


def main() -> None:
    """Prints the table."""
    sizes = [(1_000, 60), (10_000, 120)] if "--quick" in sys.argv else [(1_000, 60), (10_000, 120), (100_000, 60)]
    print("  claims      rows  cpu sec  faults  planted  found      %  suspects  peak MiB")
    for count, seconds in sizes:
        measure(count, seconds)
    if "--milp" in sys.argv:
        milp(1_000, 60)
        milp(10_000, 120)


if __name__ == "__main__":
    main()
