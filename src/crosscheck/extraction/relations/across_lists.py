"""Parts that a sentence lists of what the one before it counted in so many places: "… at three depots. The one in …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crosscheck.claims.model import INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import BARE, COUNT, Known, Number, Observed
from crosscheck.extraction.relations.lists import ITEM
from crosscheck.extraction.relations.slots import ANY, BREAK, RATIO, Line, Told
from crosscheck.extraction.sentences.frame import carried
from crosscheck.extraction.sentences.measures import LEVEL
from crosscheck.extraction.source import place_of
from crosscheck.figures.exact import Fraction
from crosscheck.inputs.values import replace

# "At the service's three centres", "in four countries", "on both lines"
PLACES = re.compile(r"\b(?:at|in|on|from|across|by|among|between|to|of)(?: [a-z'-]+){0,4} (?P<places>[\ue002\ue003])")
OF_MORE = re.compile(r"\b(?:of|out of) (?:its|their|the|all)?[^.,;]{0,20}$")
MANY = 9
FAR = 160  # characters behind a list
AMONG = re.compile(r"\b(?:among them|among these|of them|of these|they include|these include)\b")
THE_REST = re.compile(r"\b(?:[Tt]he rest|[Tt]he others|[Tt]he remaining|[Tt]he remainder)\b")
HALF = Fraction(1, 2)
ONCE = re.compile(
    r"\b(?:main|mainly|favourite|favorite|preferred|first choice|most important|most often|biggest|best|above all|undecided"
    r"|the rest|remaining|don't know|did not know|didn't know|no opinion|no answer|neither|abstained)\b"
)
GAP = rf"[^{BREAK};:\ue000-\ue008]{{1,48}}?"
GAP0 = GAP.replace("{1,48}", "{0,48}")
SHARES = re.compile(rf"\ue004(?:{GAP0}, ?{GAP0}\ue004){{1,8}}{GAP0},? and {GAP0}\ue004{GAP0}(?=[.,;:{BREAK}])")
MORE_THAN_ALL = "reading/shares-not-100-percent"


def lists_across(lines: Sequence[Line], told: Told) -> list[Observed]:
    """Ties parts to the total of the sentence before; gives the lists of shares that are more than all."""
    observed: list[Observed] = []
    for line in lines:
        _close(line, told)
        _among_them(line, told)
        observed += _more_than_all(line, told)
    return observed


def _close(line: Line, told: Told) -> None:
    """The amounts of a sentence are all the parts of the total before it: as many as places, all of its kind."""
    if line.own == 0 or re.search(f"{RATIO}|[\ue006\ue007]", line.row[line.own :]):
        return
    begin = line.row.rfind(BREAK, 0, line.own - 1) + 1
    before = line.amounts(begin, line.own)
    items = line.amounts(line.own, len(line.row))
    told_of = [
        match for match in PLACES.finditer(line.row, begin, line.own) if line.number(match.start("places")).value <= MANY
    ]
    found = told_of[-1] if told_of else None
    if found is None or len(before) != 2 or re.search(f"{RATIO}|[\ue006\ue007]", line.row[begin : line.own]):
        return
    counted = found.start("places")
    total_at = next(at for at in before if at != counted) if counted in before else -1
    many = line.number(counted)
    if total_at < 0 or many.value != len(items) or not 2 <= many.value <= MANY or OF_MORE.search(line.row[begin:counted]):
        return
    total = line.number(total_at)
    whole = told.get(total)
    parts = [line.number(at) for at in items]
    if (
        whole is None
        or whole.measure != LEVEL
        or whole.list_of is not None
        or not all(_is_like(one, total) for one in parts)
    ):
        return
    added = sum((one.value for one in parts), Fraction(0))
    if any(one.value >= total.value for one in parts) or abs(added - total.value) > total.value * HALF:
        return
    if any((own := told.get(one)) is not None and (own.list_of is not None or own.beside is not None) for one in parts):
        return
    _tie(parts, total, told)


def _among_them(line: Line, told: Told) -> None:
    """ "Has 145 members. Among them are 88 pensioners and 34 students. The rest …": parts that do not overlap, where some
    are left over, are together no more than all."""
    found = AMONG.search(line.row, line.own)
    items = line.amounts(found.end(), len(line.row)) if found is not None else []
    if found is None or len(items) < 2 or re.search(f"{RATIO}|[\ue006\ue007]", line.row[line.own :]):
        return
    begin = line.row.rfind(BREAK, 0, max(line.own - 1, 0)) + 1
    before = [at for at in line.amounts(begin if line.own else 0, found.start()) if line.number(at).kind == COUNT]
    parts = [line.number(at) for at in items]
    behind = told.source.text[parts[-1].end : parts[-1].end + FAR]
    if len(before) != 1 or THE_REST.search(behind) is None or any(one.kind not in (COUNT, BARE) for one in parts):
        return
    total = line.number(before[0])
    whole = told.get(total)
    if whole is None or whole.measure != LEVEL or any(one.value >= total.value for one in parts):
        return
    if not any((own := told.get(one)) is not None and (own.list_of is not None or own.beside is not None) for one in parts):
        _tie(parts, total, told, is_open=True)


def _is_like(part: Number, total: Number) -> bool:
    if total.kind == COUNT:
        return part.unit in ("", total.unit)
    return part.unit == total.unit or (part.kind == BARE and not part.unit)


def _tie(parts: Sequence[Number], total: Number, told: Told, is_open: bool = False) -> None:
    whole = told.statements[told.by_start[total.start]]
    dimensions = {name: known for name, value in whole.dimensions.items() if (known := carried(value)) is not None}
    for one in parts:
        index = told.as_measure(one, LEVEL, whole, unit=total.unit)
        printed = Known(told.source.text[one.start : one.end], INFERRED, one.start, one.end)
        told.put(
            one,
            replace(
                told.statements[index],
                dimensions={**dimensions, ITEM: printed},
                list_of=told.by_start[total.start],
                list_open=is_open,
            ),
        )


def _more_than_all(line: Line, told: Told) -> list[Observed]:
    """ "Asked for their main means of transport, 46% named …": who may name one thing alone, is counted once."""
    found = SHARES.search(line.row, line.own)
    begin = line.row.rfind(BREAK, 0, max(line.own - 1, 0)) + 1
    if found is None or ONCE.search(line.row, begin) is None:
        return []
    if not (words_of("rise") | words_of("fall") | words_of("higher") | words_of("lower")).isdisjoint(
        re.findall("[a-z]+", line.row[line.own :])
    ):
        return []  # "sales grew best in Asia: 48% in China, 30% in India and …"
    places = [match.start() for match in re.compile(ANY).finditer(line.row, found.start(), found.end())]
    shares = [line.number(at) for at in places]
    others = [match.start() for match in re.compile(RATIO).finditer(line.row, line.own) if match.start() not in places]
    low = sum((one.value - HALF for one in shares), Fraction(0))
    if others or low <= 100 or any(one.qualifier or one.value >= 100 for one in shares):
        return []
    printed = [told.source.text[one.start : one.end] for one in shares]
    total = sum((one.value for one in shares), Fraction(0))
    message = f"{', '.join(printed[:-1])} and {printed[-1]} are shares of one whole, and together {float(total):g}%"
    last = shares[-1]
    return [
        Observed(
            MORE_THAN_ALL, "warning", message, place_of(told.source, last.start, last.end), told.by_start.get(last.start)
        )
    ]
