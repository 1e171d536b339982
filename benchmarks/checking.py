"""Checks a second at 1,000, 10,000 and 100,000 claims, with the time a claim and peak memory.

Run `python benchmarks/checking.py` (add `--quick` to leave out 100,000). The claims are made from a seed: for each pair of
countries and year, exports, imports and turnover with their growth, printed with three or four digits. The sizes must give
about the same time a claim: binding is by look-up, so time grows with claims and bindings, not with their product.
"""

from __future__ import annotations

import random
import sys
import time
import tracemalloc
from fractions import Fraction

from crosscheck.checking.checks import check_claims
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.model import Claim, Document
from crosscheck.figures.text import parse_figure
from crosscheck.inputs.shipped import shipped
from crosscheck.project.lists import lists_codes
from crosscheck.rules.files import read_rule_files

AREAS = [f"{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
YEARS = range(2000, 2025)


def make_claims(count: int, seed: int = 1) -> list[Claim]:
    """About `count` claims of one document: levels with their sums, growths with their levels."""
    chance = random.Random(seed)
    document = Document("benchmark")
    claims: list[Claim] = []
    pairs = ((a, b) for a in AREAS for b in AREAS if a != b)
    while len(claims) < count:
        area, partner = next(pairs)
        before: dict[str, int] = {}
        for year in YEARS:
            exports, imports = chance.randint(10**8, 10**11), chance.randint(10**8, 10**11)
            now = {"exports": exports, "imports": imports, "trade-turnover": exports + imports}
            for indicator, value in now.items():
                where = {
                    "indicator": indicator,
                    "reference_area": area,
                    "counterpart_area": partner,
                    "time_period": str(year),
                }
                claims.append(
                    _claim(document, len(claims), f"{value / 10**9:.{chance.choice((2, 3))}f} billion USD", where)
                )
                if indicator in before and chance.random() < 0.5:
                    growth = (Fraction(value, before[indicator]) - 1) * 100
                    claims.append(_claim(document, len(claims), f"{float(growth):.1f} %", where, "growth", str(year - 1)))
            before = now
    return claims[:count]


def _claim(
    document: Document, number: int, text: str, dimensions: dict[str, str], measure: str = "level", base: str | None = None
) -> Claim:
    figure = parse_figure(text, measure)
    return Claim(f"benchmark#{number:07}", document, figure, dimensions, measure, base_period=base)


def measure(count: int) -> tuple[float, int]:
    """Seconds of processor time and checks for one run over `count` claims."""
    claims = make_claims(count)
    rules = read_rule_files([shipped("rules")], shipped=True)
    lists = load_codelists([p for p in sorted(shipped("codelists").glob("*.yaml")) if lists_codes(p)])
    start = time.process_time()
    run = check_claims(claims, rules, lists)
    return time.process_time() - start, len(run.checks)


def peak_memory(count: int) -> float:
    """Peak MiB that a run over `count` claims allocates."""
    tracemalloc.start()
    measure(count)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def main() -> None:
    """Prints both tables."""
    sizes = [1_000, 10_000] if "--quick" in sys.argv else [1_000, 10_000, 100_000]
    print(
        f"{'claims':>8} {'checks':>8} {'seconds':>8} {'checks/s':>9} {'µs/claim':>9} {'ratio to 1,000':>15} {'peak MiB':>9}"
    )
    first = None
    for size in sizes:
        seconds, checks = measure(size)
        each = seconds / size * 1e6
        first = first or each
        memory = f"{peak_memory(size):9.0f}" if size <= 10_000 else f"{'-':>9}"
        print(f"{size:8,} {checks:8,} {seconds:8.2f} {checks / seconds:9,.0f} {each:9.0f} {each / first:15.2f} {memory}")


if __name__ == "__main__":
    main()
