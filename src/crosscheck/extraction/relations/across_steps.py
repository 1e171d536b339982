"""A step between two levels that an earlier sentence told: "In 2023 it was 980 tonnes. That is an increase of 37%".

What points back ("that is", "thus", "the rise", a step with no subject of its own) is told of the two levels before it.
Which of them is the earlier one, their times or the words around them must tell; else nothing is set beside anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crosscheck.claims.model import EXPLICIT, INDICATOR, PERIOD
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Number, Period, Statement
from crosscheck.extraction.patterns import any_of
from crosscheck.extraction.relations.slots import AMOUNT, BREAK, RATIO, WHEN, Line, Told
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL
from crosscheck.figures.periods import PeriodError, parse_period, starts
from crosscheck.inputs.values import replace

NOUNS = any_of(words_of("change_noun"))
MULTIPLIED = "[\ue006\ue007]"
STEP = rf"(?P<step>{AMOUNT}|{RATIO})"
THINGS = "(?: [a-z-]+)?"  # "24 children more"
SOME = "(?:[a-z-]+ ){0,2}"
FIRST, BY = STEP.replace("step", "first"), STEP.replace("step", "by")
A_STEP = rf"(?:an? |the )?{SOME}(?P<noun>{NOUNS}) of {STEP}{THINGS}?|an? {FIRST} {SOME}(?P<named>{NOUNS})"
IS = (
    "(?:is|was|are|were|would be|means?|meant|represents?|represented|marks?|marked|amounts? to|amounted to|corresponds? to"
    "|corresponded to|equals|makes?|made|works? out at|translates? (?:in)?to|equates? to|comes? to|came to|implies|shows?)"
)
IT = "(?:that|this|it|which)"
THAN = (
    f"(?: ?(?=[.,;:)!–—{BREAK}])| (?:and|but) (?=[a-z])| (?:[a-z]+ ){{0,3}}{WHEN}"
    "| (?:than|from|on|since|within|over|in) (?:a|the|just|only|one|two|three|that|those|its) (?:[a-z]+ )?"
    "(?:year|month|week|decade|season|summer|winter|spring|autumn|time|day)s?| than before)"
)
COMPARED = "(?P<than>more|higher|greater|larger|bigger|longer|dearer|fewer|less|lower|smaller|shorter|cheaper)"
SO = "(?:thus|therefore|hence|accordingly|consequently)"
PATTERNS = tuple(
    re.compile(one)
    for one in (
        rf"(?:{BREAK}|^|[,;:(–—-] ?)(?:or |so |and so |thus |in other words,? )?(?:{A_STEP}){THAN}",
        rf"\b{IT} {IS} (?:[a-z]+ly |thus |therefore )?(?:{A_STEP}){THAN}",
        rf"\b(?:spoke|speaks?|speaking|talks?|talked) of (?:{A_STEP}){THAN}",
        rf"\b(?:puts?|putting) the (?P<noun>{NOUNS}) at {STEP}{THAN}",
        rf"\b(?:the|this|that) {SOME}(?P<noun>{NOUNS}) of {STEP}(?! (?:in|of|for|to|from|among|at|by|on)\b)",
        rf"\bthe (?P<noun>{NOUNS})(?: (?:is|was|came to|amounts to|amounted to|of)|,) (?:thus |therefore )?{STEP}{THAN}",
        rf"\b{SO}\b[^{BREAK},;]{{0,40}}?{STEP}{THINGS}? {COMPARED}{THAN}",
        rf"\b{SO} (?P<verb>[a-z]+) (?:by )?{STEP}{THAN}|\b(?P<moved>[a-z]+) {SO} (?:by )?{BY}{THAN}",
        rf"[,;:(–—-] ?(?:or )?{STEP}{THINGS}? {COMPARED} than [^{BREAK};:()]{{0,60}}\b(?:when|against|which)\b",
    )
)
LOWER = frozenset(("fewer", "less", "lower", "smaller", "shorter", "cheaper"))
# Around the earlier of two levels.
THEN = re.compile(
    r"\b(?:had|previous|previously|earlier|before|used to|once|still|up to now|until now|compared|against)\b"
    r"|\b(?:a|one|two|three|five|ten) (?:year|month|week|decade|season)s? ago\b|\b(?:after|from) [\ue000-\ue003]"
    r"|\blast (?:year|month|week|season|summer|winter|spring|autumn|time)\b|\bwhen (?:it|the|they|there)\b"
)
BEFORE_THEN = re.compile(r"\bhad\b(?! (?:to|a|an|the|no)\b)")
ANNUALISED = re.compile(
    rf"(?P<growth>{RATIO})[^{BREAK};:\ue000-\ue007]{{0,80}}?,? (?:which|that|this|or|and)\b"
    rf"[^{BREAK};:\ue000-\ue008]{{0,40}}?\b(?:annualised|annualized|annual) (?:growth )?(?:rate|pace)(?: of)? "
    rf"(?P<annualised>{RATIO})"
)
OTHER_SPAN = re.compile(
    r"\b(?:over|within|in|during|since|for)\b[^.,;\n]{0,24}\b(?:years|decades|months|quarters|weeks|seasons)\b"
)
OF_OTHERS = re.compile(r"^ ?(?:for|of|in the|among)\b|\b(?:together|combined|both|all)\b")


@dataclass(frozen=True, slots=True)
class Step:
    """Places of a step and of the two levels it lies between, and where it leads: 1 up, -1 down."""

    step: int
    now: int
    then: int
    direction: int


def annualised_across(lines: Sequence[Line], told: Told) -> None:
    """ "Grew by 0.8% in the third quarter, which corresponds to an annualised rate of 3.2%": one growth, told twice."""
    for line in lines:
        for match in ANNUALISED.finditer(line.row, line.own):
            growth, annualised = (line.number(match.start(name)) for name in ("growth", "annualised"))
            one, other = told.get(annualised), told.get(growth)
            if one is None or other is None or one.beside is not None or {one.measure, other.measure} != {GROWTH}:
                continue
            if other.base_period is not None and one.dimensions.get("basis") is not None:
                told.put(annualised, replace(one, beside={"growth": told.by_start[growth.start]}))


def steps_across(lines: Sequence[Line], told: Told) -> None:
    """Sets each step that points back beside the two levels that were told before it."""
    for line in lines:
        done: set[int] = set()
        for pattern in PATTERNS:
            for match in pattern.finditer(line.row, max(line.own - 1, 0)):
                found = _step(line, match, told)
                if found is not None and found.step not in done and _tie(line, found, told):
                    done.add(found.step)


def _step(line: Line, match: re.Match[str], told: Told) -> Step | None:
    named = match.groupdict()
    group = next((one for one in ("step", "first", "by") if named.get(one)), None)
    if group is None:
        return None
    at = match.start(group)
    direction = _direction(named)
    own = told.get(line.number(at))
    if direction is None or (own is not None and (own.beside is not None or own.list_of is not None)):
        return None
    levels = _levels(line, at, told)
    if (
        levels is None
        or not _are_of_one_thing([told.get(line.number(one)) for one in levels])
        or _has_step_of_its_own(line, levels, at)
    ):
        return None
    then = _earlier(line, levels, told)
    if then is None:
        return None
    now = next(one for one in levels if one != then)
    if _is_of_another(line, match, at, told.get(line.number(then)), told.get(line.number(now))):
        return None
    if direction == 0:
        direction = 1 if line.number(now).value >= line.number(then).value else -1
    return Step(at, now, then, direction)


def _direction(named: dict[str, str | None]) -> int | None:
    """Up or down by the words of a step; 0 where they do not tell, None where they are of no step."""
    word = next((word for one in ("noun", "named", "verb", "moved", "than") if (word := named.get(one))), "")
    if named.get("than"):
        return -1 if word in LOWER else 1
    if word in words_of("rise"):
        return 1
    if word in words_of("fall") or f"{word} of" in words_of("fall"):
        return -1
    return 0 if word in words_of("change_noun") else None


def _levels(line: Line, step: int, told: Told) -> tuple[int, int] | None:
    """The two levels that a step may lie between: the only two of one unit in its sentence, else in those before too."""
    kind = line.row[step]
    unit = line.number(step).unit
    begin = line.own
    while True:
        alike: dict[str, list[int]] = {}
        for at in line.amounts(begin, len(line.row)):
            number = line.number(at)
            if at == step or line.row[max(at - 2, 0) : at].endswith("= ") or not _may_be_level(number, told):
                continue
            alike.setdefault("" if number.unit.startswith("{") else number.unit, []).append(at)
        if re.match(AMOUNT, kind):
            alike = {one: places for one, places in alike.items() if one == ("" if unit.startswith("{") else unit)}
        pairs = [places for places in alike.values() if len(places) > 1]
        if pairs:
            return (pairs[0][0], pairs[0][1]) if len(pairs) == 1 and len(pairs[0]) == 2 and pairs[0][0] < step else None
        if begin == 0:
            return None
        begin = line.row.rfind(BREAK, 0, begin - 1) + 1


def _has_step_of_its_own(line: Line, levels: tuple[int, int], step: int) -> bool:
    """ "Exports were $36 million (up 13%), imports $62 million (up 8%)": where more is told, each level has its own."""
    begin = line.row.rfind(BREAK, 0, levels[0]) + 1
    others = [match.start() for match in re.compile(f"{RATIO}|{MULTIPLIED}").finditer(line.row, begin)]
    return any(at != step for at in others)


def _are_of_one_thing(levels: Sequence[Statement | None]) -> bool:
    """Whether two levels may be of one thing: not where each sentence names another indicator, and none is negative."""
    named = {
        known.value
        for one in levels
        if one is not None and (known := one.dimensions.get(INDICATOR)) is not None and known.how == EXPLICIT
    }
    return len(named) < 2 and all(one is None or one.value > 0 for one in levels)


def _is_of_another(line: Line, match: re.Match[str], step: int, then: Statement | None, now: Statement | None) -> bool:
    """Whether a step is counted from another time than the earlier level, or is that of something else as well."""
    begin, end = line.row.rfind(BREAK, 0, step) + 1, line.row.find(BREAK, step)
    behind = re.split("[,;]", line.row[match.end() : end], maxsplit=1)[0]
    if OTHER_SPAN.search(line.row, begin, end) or OF_OTHERS.search(behind):
        return True
    known = then.dimensions.get(PERIOD) if then is not None else None
    latest = now.dimensions.get(PERIOD) if now is not None else None
    if known is None or known.how != EXPLICIT or (latest is not None and latest.value == known.value):
        return False
    bases = [one for at, one in line.at.items() if step < at < end and isinstance(one, Period)]
    return any(one.value is not None and one.value != known.value for one in bases)


def _may_be_level(number: Number, told: Told) -> bool:
    one = told.get(number)
    return one is None or (one.measure == LEVEL and not one.is_end)


def _earlier(line: Line, levels: tuple[int, int], told: Told) -> int | None:
    """The earlier of two levels, by their periods if both are told, else by the words around each."""
    times = [_time(told.get(line.number(at))) for at in levels]
    if times[0] is not None and times[1] is not None and times[0] != times[1]:
        return levels[0] if times[0] < times[1] else levels[1]
    first, second = levels
    between = line.row[first:second]
    cut = first + max(between.rfind(BREAK), *(between.rfind(mark) for mark in (", ", "; ", " and ", " but ", "–")))
    begin = line.row.rfind(BREAK, 0, first) + 1
    ends = line.row.find(BREAK, second)
    cut = max(cut, first)
    if said_before := re.search(r"\b(?:after|from) $", line.row[:second]):
        cut = said_before.start()
    sides = line.row[begin:cut], line.row[cut:ends]
    pointed = [
        any(_is_past(one) for at, one in line.at.items() if low <= at < high) for low, high in ((begin, cut), (cut, ends))
    ]
    if pointed[0] != pointed[1]:
        return first if pointed[0] else second
    for words in (BEFORE_THEN, THEN):  # "had sold" beside "sold last autumn" was before that
        said = [words.search(side) is not None for side in sides]
        if said[0] != said[1]:
            return first if said[0] else second
    return None


def _is_past(one: Number | Period) -> bool:
    """ "Last year", "a year earlier"."""
    pointing = one.pointing if isinstance(one, Period) else None
    if isinstance(one, Period) and (one.compares or one.cue.startswith("than")):
        return False  # "34 more than a year ago, when it had 144": of what comes, and not of the level before it
    return pointing is not None and re.search(r":-[1-9]|previous|before", pointing.what) is not None


def _time(one: Statement | None) -> str | None:
    known = one.dimensions.get(PERIOD) if one is not None else None
    if known is None or known.how != EXPLICIT:
        return None
    try:
        begin = starts(parse_period(known.value))
    except PeriodError:
        return None
    return begin.isoformat() if begin is not None else None


def _tie(line: Line, found: Step, told: Told) -> bool:
    now, then, step = (line.number(at) for at in (found.now, found.then, found.step))
    like = told.get(now) or told.get(then)
    is_ratio = re.match(RATIO, line.row[found.step]) is not None
    unit = now.unit if now.unit.startswith("{") or now.unit == then.unit else then.unit
    own = told.get(step)
    if is_ratio and own is not None and own.measure not in (GROWTH, "share"):
        return False
    roles = {"now": told.as_measure(now, LEVEL, like, unit=unit), "then": told.as_measure(then, LEVEL, like, unit=unit)}
    index = told.as_measure(step, GROWTH if is_ratio else CHANGE, like, found.direction, None if is_ratio else unit)
    one = replace(told.statements[index], beside=roles, direction_unstated=False)
    told.put(step, one)
    return True
