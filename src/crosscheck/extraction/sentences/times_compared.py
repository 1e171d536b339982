"""The times of figures that are told for comparison, by those of the figures that they are compared with."""

from __future__ import annotations

from collections.abc import Mapping

from crosscheck.claims.model import CARRIED, EXPLICIT, INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known
from crosscheck.extraction.periods.meaning import like_base
from crosscheck.extraction.sentences.benchmarks import usual_base
from crosscheck.extraction.sentences.measures import Measured
from crosscheck.extraction.sentences.times_beside import is_dated, last_day, told_for_then
from crosscheck.extraction.sentences.tokens import Token
from crosscheck.inputs.values import replace, value


@value
class Times:
    """The period of a number, and of what it is compared with."""

    period: Known | None = None
    base: Known | None = None
    is_base: bool = False  # the period itself is one of comparison


def as_long_as_bases(found: dict[int, Times]) -> dict[int, Times]:
    """ "It was 265 TWh, up 6% compared to June 2019", after a half-year: the figures of a sentence are of a June then."""
    parts = {}
    for one in found.values():
        if one.period is not None and one.base is not None and (one.period.how, one.base.how) == (CARRIED, EXPLICIT):
            parts[one.period] = Known(like_base(one.period.value, one.base.value), INFERRED, one.base.start, one.base.end)
    changed = {before: after for before, after in parts.items() if before.value != after.value}
    if not changed:
        return found
    return {
        at: one if one.period is None else replace(one, period=changed.get(one.period, one.period))
        for at, one in found.items()
    }


def now_of(found: dict[int, Times], measured: Mapping[int, Measured]) -> Known | None:
    """The period of the last figure of the sentence that is told for itself, and not for comparison."""
    own = (times.period for at, times in reversed(found.items()) if not (times.is_base or measured[at].is_base))
    return next(own, None)


def with_base_levels(
    tokens: list[Token],
    found: dict[int, Times],
    measured: Mapping[int, Measured],
    numbers: list[int],
    own: Mapping[int, int | None],
) -> dict[int, Times]:
    """The earlier of two levels has the base period of what is told beside it, or the year before."""
    for position, at in enumerate(numbers):
        if at not in measured or not measured[at].is_base or own[at] is not None or is_dated(tokens, at, found[at].period):
            continue
        if found[at].is_base and found[at].period is not None:
            continue
        if at and tokens[at - 1].text in words_of("planned") and (beside := now_of(found, measured)) is not None:
            found[at] = Times(beside)  # "better than the planned deficit of $5 million": of the time planned for
            continue
        later = next((other for other in numbers[position + 1 :] if other in found), None)
        if later is not None and told_for_then(tokens, own[later]):
            found[at] = Times(found[later].period, None, True)  # "with earnings of 69 cents on sales of $3m a year ago"
            continue
        others = [other for other in reversed(numbers[:position]) if other in found] + numbers[position + 1 :]
        base = next((found[other].base for other in others if other in found and found[other].base), None)
        now = next((found[other].period for other in numbers[position + 1 :] if other in found), found[at].period)
        if base is None and now is not None and last_day(now.value):  # "this fiscal year" may be none that is known
            base = Known(usual_base(now.value), INFERRED, now.start, now.end)
        found[at] = Times(base, None, True)
    return found
