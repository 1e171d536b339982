"""A number line: what is stated and what the others give, one bar a row, so that a gap or an overlap is seen."""

from __future__ import annotations

from collections.abc import Iterator

from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure
from crosscheck.figures.interval import Interval
from crosscheck.reports.numbers import interval_like

BARS = 32


def number_line(rows: list[tuple[str, Interval, Fraction | None]], figure: Figure, unicode: bool = True) -> Iterator[str]:
    """Rows of name, interval and face value on one scale; none when an end is open or all is one point."""
    ends = [end for _, interval, _ in rows for end in (interval.low, interval.high)]
    finite = [end for end in ends if end is not None]
    if len(finite) < len(ends) or min(finite) == max(finite):
        return
    low, high = min(finite), max(finite)
    width = max(len(name) for name, _, _ in rows)
    for name, interval, face in rows:
        assert interval.low is not None and interval.high is not None
        first, last = (round((end - low) / (high - low) * (BARS - 1)) for end in (interval.low, interval.high))
        cells = [" "] * BARS
        for index in range(first, last + 1):
            cells[index] = "─" if unicode else "-"
        if first == last:
            cells[first] = "█" if unicode else "#"
        else:
            left, right = ("├", "┤") if unicode else ("[", "]")
            cells[first] = left if interval.low_closed else ("(" if not unicode else "╶")
            cells[last] = right if interval.high_closed else (")" if not unicode else "╴")
            if face is not None and low <= face <= high:
                cells[round((face - low) / (high - low) * (BARS - 1))] = "●" if unicode else "*"
        yield f"{name:>{width}} {''.join(cells)} {interval_like(interval, figure)}"
