"""A flow for two times of which the second is told by its number alone: "30 appliances a week, or some 1,500 a year"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crosscheck.extraction.model import BARE, Observed
from crosscheck.extraction.relations.paces import APART, TIMES, told_apart
from crosscheck.extraction.relations.slots import AMOUNT, BREAK, Line, Told
from crosscheck.extraction.sentences.measures import LEVEL, RATE

UNIT = "(?:an?|per|each|every) (?P<{}>hour|day|week|month|year)"
PACES = re.compile(
    rf"(?P<one>{AMOUNT})(?: [a-z]+){{0,2}} ?(?:{UNIT.format('first')})?\b[^{BREAK};:.\ue000-\ue008]{{0,30}}?"
    r"(?:, or|, which (?:is|makes|means|comes to|adds up to)|, that is|, making| [–—-]) ?(?P<other>\ue003)(?: [a-z]+)? "
    + UNIT.format("second")
)


def paces_across(lines: Sequence[Line], told: Told) -> Iterator[Observed]:
    """Flows that are told for two times, the second without a word for what flows, where both cannot be right."""
    for line in lines:
        for match in PACES.finditer(line.row, line.own):
            one, other = line.number(match.start("one")), line.number(match.start("other"))
            first = told.get(one)
            unit, _, per = one.unit.partition("/")
            if first is None or first.measure not in (LEVEL, RATE) or told.has(other) or other.kind != BARE:
                continue
            times = (match["first"] or first.unit.partition("/")[2] or per, match["second"])
            second = told.statements[told.as_measure(other, LEVEL, first, unit=first.unit.partition("/")[0] or unit)]
            long, short = (first, second) if times in TIMES else (second, first)
            times = times if times in TIMES else (times[1], times[0])
            message = told_apart(long, short, times) if times in TIMES else None
            if message is not None:
                yield Observed(APART, "warning", message, second.place, told.by_start[other.start])
