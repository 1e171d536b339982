"""What a mention of a period means, once the publication date and the period of the context are known."""

from __future__ import annotations

import datetime
import re

from crosscheck.claims.model import CARRIED, EXPLICIT, INFERRED
from crosscheck.extraction.model import Period as Mention
from crosscheck.figures import periods
from crosscheck.figures.periods import Period, PeriodError, parse_period
from crosscheck.inputs.values import value

_SIZES = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_BASES = (
    "compar",
    "as compar",
    "when compar",
    "in compar",
    "by compar",
    "against",
    "as against",
    "versus",
    "vs",
    "relative",
    "than",
)
_OPEN = ("from", "over", "on", "to", "up", "down", "above", "below", "upon", "ahead")
_END = re.compile(r"(?P<size>[0-9]+)(?P<weeks>w?)>(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?")
# A day of the year that is more than this far back, when the next one is nearer, may be meant of either year.
_FAR = datetime.timedelta(days=270)
_SO_FAR = re.compile(r"01/(\d\d)")
_DAY = datetime.timedelta(days=1)


@value
class Resolved:
    """A period in normal form, and how it is known: explicit, inferred or carried from the context."""

    period: str
    how: str


def is_base_cue(cue: str) -> bool:
    """Whether what follows the cue can only be a base of comparison."""
    return cue.startswith(_BASES)


def looks_back(cue: str) -> bool:
    """Whether what follows the cue may be a base: "from", "over", "on", "to"."""
    return cue.startswith(_OPEN) and not cue.startswith(("up to", "from the beginning", "from the start"))


def place(part: str, year: int) -> Period | None:
    """The part of that year; None where the calendar has none. `12>09` ends in that year."""
    try:
        end = _END.fullmatch(part)
        if end:
            return _ending(end, year)
        first, _, last = part.partition("/")
        return parse_period(f"{year}-{first}/{year}-{last}" if last else f"{year}-{first}" if first else f"{year}")
    except PeriodError:
        return None


def _ending(end: re.Match[str], year: int) -> Period | None:
    month, day = int(end["month"]), end["day"]
    whole = periods.ends(periods.from_months(year, month))
    assert whole is not None
    last = whole
    if day:
        try:
            last = datetime.date(year, month, int(day))
        except ValueError:
            return None
    size = int(end["size"])
    if end["weeks"]:
        return periods.from_dates(last - (7 * size - 1) * _DAY, last)
    if last == whole:
        index = year * 12 + month - size
        return periods.from_months(index // 12, index % 12 + 1, size)
    # Accounts close on such days as 28 September: the same day so many months before, and a day.
    index = year * 12 + month - 1 - size
    try:
        return periods.from_dates(datetime.date(index // 12, index % 12 + 1, last.day) + _DAY, last)
    except ValueError:
        return None


def resolve(mention: Mention, published: datetime.date | None, context: str | None) -> Resolved | None:
    """The period that a mention means, or None where that is not known.

    `published` is the document's date; `context` the period (normal form) of the statement that the mention stands in or
    follows. What fiscal years mean is told by `fiscal_period`.

    A base (by `compares`, or after "from", "over", "on", "to") of a part of a year is the same part: "over the previous
    year" after a half-year is the half-year before, and so, inferred, is "from last year". A month, quarter or date
    without a year is that of the context's year if it had begun when the text was published, as a base the latest before
    the context, else the latest before the publication.
    """
    if mention.value is not None:
        return Resolved(mention.value, EXPLICIT)
    if mention.pointing is None:
        return None
    ends = mention.cue == "from" and "/" in mention.pointing.what  # "from July to December"
    base = mention.compares or is_base_cue(mention.cue) or (looks_back(mention.cue) and not ends)
    try:
        around = parse_period(context) if context else None
        return _Sight(published, around, base).see(mention.pointing.what)
    except PeriodError:
        return None


def _known(period: Period | None, how: str) -> Resolved | None:
    return Resolved(periods.normal_form(period), how) if period is not None else None


@value
class _Sight:
    """What is known where a mention stands."""

    published: datetime.date | None
    context: Period | None
    base: bool

    def see(self, what: str) -> Resolved | None:
        part, at, anchor = what.partition("@")
        if at:
            return self._same(part, anchor) if part.startswith("same") else self._part(part, anchor)
        if what == "ytd":
            return self._year_to_date()
        if what == "that:period":
            return _known(self.context, CARRIED)
        kind, _, rest = what.partition(":")
        if kind == "months":
            fits = self.context is not None and periods.months(self.context) == int(rest)
            return _known(self.context if fits else self._months_with(int(rest)), CARRIED)
        if kind in {"last", "this", "next"}:
            return self._pointed_part(kind, rest)
        if kind == "past":
            return self._past_months(int(rest))
        if kind == "days":
            return self._days_of_month(*rest.split(":"))
        if kind == "before":
            unit, _, count = rest.partition(":")
            return self._before(unit, int(count))
        if kind in {"previous", "that"}:
            return self._neighbour(kind, rest)
        if kind in {"year", "half", "quarter", "month", "week", "day"}:
            return self._from_publication(kind, int(rest))
        if kind in {"fy", "the-year"}:
            return self._part("", what)
        return None if kind in {"season", "rolling", "fiscal"} else self._bare(what)

    def _months_with(self, count: int) -> Period | None:
        """ "For the nine months", after a third quarter, "the five-month total", after May: those that end with it."""
        last = periods.ends(self.context) if self.context is not None else None
        if self.context is not None and last is not None and last.month == count and periods.months(self.context) == 1:
            return periods.from_months(last.year, 1, count)
        if self.context is None or last is None or periods.months(self.context) != 3 or count not in (6, 9, 12):
            return None
        begin = last.year * 12 + last.month - count
        return periods.from_months(begin // 12, begin % 12 + 1, count)

    def _anchor(self, anchor: str) -> tuple[int, str] | None:
        """The year of an anchor, and how it is known."""
        kind, _, rest = anchor.partition(":")
        if anchor.isdecimal():
            return int(anchor), EXPLICIT
        if kind == "year":
            return (self.published.year + int(rest), EXPLICIT) if self.published else None
        year = self._context_year()
        if kind == "the-year" and self.published:
            return self.published.year, EXPLICIT
        if year is None or kind not in {"previous", "that", "the-year"}:
            return None
        return (year - 1 if kind == "previous" else year), CARRIED

    def _context_year(self) -> int | None:
        last = periods.ends(self.context) if self.context else None
        return last.year if last else None

    def _part(self, part: str, anchor: str) -> Resolved | None:
        if anchor.startswith("fy") or anchor == "fiscal":
            return None
        if anchor == "the-year" and not part:
            year = self._context_year()
            return _known(place("", year), CARRIED) if year else None
        known = self._anchor(anchor)
        if known is None:
            return None
        found = place(part, known[0])
        year = self._context_year()
        # "of the year" of a review that looks back: its year is the context's when this year has not come so far.
        if anchor == "the-year" and self.published and found and found.first > self.published.toordinal():
            if year and year < known[0]:
                return _known(place(part, year), CARRIED)
            return _known(found, known[1]) if part == "12-31" else None
        return _known(found, known[1])

    def _same(self, part: str, anchor: str) -> Resolved | None:
        """The months of the context in another year; `part` may name the unit that the context must have."""
        year = self._context_year()
        known = self._anchor(anchor)
        if self.context is None or year is None or known is None:
            return None
        unit = part.partition("-")[2]
        if unit and periods.months(self.context) != (int(unit) if unit.isdecimal() else _SIZES.get(unit)):
            return None
        if self.context.grain == "years":
            return None
        found = moved(self.context, 12 * (known[0] - year))
        if found is None or (self.base and found.first >= self.context.first):
            found = periods.year_before(self.context)
        return _known(found, CARRIED)

    def _days_of_month(self, first: str, last: str) -> Resolved | None:
        """Days of the month in which the context ends."""
        end = periods.ends(self.context) if self.context is not None else None
        if self.context is None or end is None or (periods.months(self.context) or 1) >= 12:
            return None
        return _known(periods.from_dates(end.replace(day=int(first)), end.replace(day=int(last))), CARRIED)

    def _before(self, unit: str, count: int) -> Resolved | None:
        if self.context is None:
            return None
        if unit == "year":
            return _known(moved(self.context, -12 * count), CARRIED)
        size = _SIZES.get(unit)
        if size and periods.months(self.context) == size:
            return _known(moved(self.context, -size * count), CARRIED)
        return None

    def _neighbour(self, kind: str, unit: str) -> Resolved | None:
        if self.context is None:
            return None
        if kind == "previous" and (self.base and unit == "year"):
            return self._before("year", 1)
        if unit == "period":
            return _known(periods.prior(self.context), CARRIED) if kind == "previous" else _known(self.context, CARRIED)
        if unit == "year":
            year = self._context_year()
            return _known(place("", year - (kind == "previous")), CARRIED) if year else None
        if unit == "day":
            return _known(self.context, CARRIED) if kind == "that" and periods.is_date(self.context) else None
        size = int(unit) if unit.isdecimal() else _SIZES.get(unit)
        if size is None or periods.months(self.context) != size:
            return None
        return _known(self.context if kind == "that" else periods.prior(self.context), CARRIED)

    def _from_publication(self, unit: str, offset: int) -> Resolved | None:
        if self.published is None:
            return None
        if unit == "day":
            day = self.published + offset * _DAY
            return _known(periods.from_dates(day, day), EXPLICIT)
        if unit == "week":
            monday = self.published - self.published.weekday() * _DAY + 7 * offset * _DAY
            return _known(periods.from_dates(monday, monday + 6 * _DAY), EXPLICIT)
        size = _SIZES[unit]
        index = (self.published.year * 12 + self.published.month - 1) // size * size + offset * size
        found = periods.from_months(index // 12, index % 12 + 1, size)
        shorter = self.context is not None and (periods.months(self.context) or 12) < size
        if unit == "year" and offset == -1 and self.base and shorter and self._context_year() == self.published.year:
            assert self.context is not None
            return _known(periods.year_before(self.context), INFERRED)
        return _known(found, EXPLICIT)

    def _pointed_part(self, kind: str, part: str) -> Resolved | None:
        """ "this January", "last December"."""
        if self.published is None:
            return None
        year = self.published.year
        found = place(part, year)
        if found is None:
            return None
        if kind == "this":
            return _known(found, EXPLICIT)
        if kind == "next":
            return _known(found if found.first > self.published.toordinal() else place(part, year + 1), EXPLICIT)
        if found.last >= self.published.toordinal():
            return _known(place(part, year - 1), EXPLICIT)
        return _known(found, INFERRED)

    def _bare(self, part: str) -> Resolved | None:
        """A part of a year without a year: in the context's year, or the latest that has begun."""
        if "-" in part and ">" not in part:
            return self._day(part)
        if self.context is not None:
            so_far = _SO_FAR.fullmatch(part)
            if so_far and periods.months(self.context) == int(so_far[1]) and self.context.grain == "months":
                return _known(self.context, CARRIED)  # "the first five months" after "April-August this fiscal year"
            found = self._near_context(part)
            if found:
                return found
        if self.published is None:
            return None
        return self._latest(part)

    def _latest(self, part: str) -> Resolved | None:
        assert self.published is not None
        today = self.published.toordinal()
        for year in (self.published.year, self.published.year - 1):
            found = place(part, year)
            if found and found.last < today:
                return _known(found, EXPLICIT if len(part) != 2 or today - found.last < 320 else INFERRED)
            if found and found.first <= today and not (">" in part and self._is_over(part)):
                # no half-year is told of in its first weeks: that of another calendar is meant
                return _known(found, INFERRED) if 2 * (today - found.first) > found.last - found.first - 60 else None
        return None

    def _is_over(self, part: str) -> bool:
        """ "The twelve months to June", told in March: those that are over."""
        before = place(part, self.published.year - 1) if self.published is not None else None
        return before is not None and self.published is not None and before.last < self.published.toordinal()

    def _near_context(self, part: str) -> Resolved | None:
        assert self.context is not None
        year = self._context_year()
        if year is None:
            return None
        context = self.context
        known = [found for found in (place(part, year + k) for k in (0, -1, 1)) if found is not None]
        if self.published:
            known = [found for found in known if found.first <= self.published.toordinal()]
        length = periods.months(self.context) or 1
        if self.base and length < 12:
            earlier = [found for found in known if found.first < context.first or _is_inside(found, context)]
            return _known(max(earlier, key=lambda p: p.first), CARRIED) if earlier else None
        for found in known:
            if place("", year) is not None and periods.contains(place("", year) or found, found):
                far = _between(found, context) > 183 and length < 12
                nearer = [p for p in known if _between(p, context) < _between(found, context)]
                if far and nearer:
                    return _known(min(nearer, key=lambda p: _between(p, context)), INFERRED)
                return _known(found, CARRIED)
        return None

    def _day(self, part: str) -> Resolved | None:
        if self.published is None:
            return None
        today = self.published.toordinal()
        past = next((p for p in (place(part, self.published.year - k) for k in (0, 1)) if p and p.first <= today), None)
        if past is None or today - past.first > _FAR.days:
            return None
        return _known(past, EXPLICIT)

    def _year_to_date(self) -> Resolved | None:
        """From January to the last month that was over; or the context, where it begins with January of this year."""
        if self.published is None:
            return None
        january = periods.from_months(self.published.year, 1)
        if self.context and self.context.first == january.first and (periods.months(self.context) or 12) < 12:
            return _known(self.context, CARRIED)
        if self.published.month == 1:
            return None
        return _known(periods.from_months(self.published.year, 1, self.published.month - 1), INFERRED)

    def _past_months(self, count: int) -> Resolved | None:
        """ "The past seven months": so many that were over when the text was published, as far as anybody can tell."""
        if self.published is None:
            return None
        index = self.published.year * 12 + self.published.month - 1 - count
        return _known(periods.from_months(index // 12, index % 12 + 1, count), INFERRED)


def _between(one: Period, other: Period) -> int:
    """Days between the beginnings of two periods, none where one is within the other."""
    if periods.contains(one, other) or periods.contains(other, one):
        return 0
    return abs(one.first - other.first)


def _is_inside(one: Period, other: Period) -> bool:
    """Whether a period is a part of another: October in January–November."""
    return periods.contains(other, one) and not periods.contains(one, other)


def moved(p: Period, count: int) -> Period | None:
    """The period `count` months later (or earlier); of days only by whole years."""
    if p.grain == "fiscal":
        return None
    size = periods.months(p)
    first, last = periods.starts(p), periods.ends(p)
    assert first is not None
    assert last is not None
    if size is not None:
        index = first.year * 12 + first.month - 1 + count
        return periods.from_months(index // 12, index % 12 + 1, size)
    if count % 12:
        return None
    return periods.from_dates(_in_year(first, count // 12), _in_year(last, count // 12))


def same_part(base: str, of: str) -> str:
    """The base of a part of a year that is compared with a whole one: December 2023 "down 10% on 2019" with December 2019.

    Any other base comes back as it is; so does the year that the part itself lies in.
    """
    try:
        year, part = parse_period(base), parse_period(of)
    except PeriodError:
        return base
    is_fiscal = year.grain == "fiscal"
    whole = re.fullmatch(r"FY\d{4}", base) if is_fiscal else periods.months(year) == 12
    if not whole or is_fiscal != (part.grain == "fiscal") or part.last - part.first > 360:
        return base
    if year.first <= part.first <= year.last:
        return base
    back = part
    while back.first > year.last:
        back = periods.year_before(back)
    while back.first < year.first:
        later = moved(back, 12)
        if later is None:
            return base
        back = later
    return periods.normal_form(back) if back.last <= year.last else base


def like_base(period: str, base: str) -> str:
    """The part of a longer period that is as long as its base: after a half-year a change "on June 2019" is of June."""
    try:
        long, part = parse_period(period), parse_period(base)
    except PeriodError:
        return period
    year, length, size = periods.ends(long), periods.months(long), periods.months(part)
    before = periods.ends(part)
    if year is None or before is None or length is None or size is None or not size < length <= 12:
        return period
    now = moved(part, 12 * (year.year - before.year))
    return periods.normal_form(now) if now is not None and periods.contains(long, now) else period


def _in_year(date: datetime.date, years: int) -> datetime.date:
    leap = date.month == 2 and date.day == 29
    return date.replace(year=date.year + years, day=28 if leap else date.day)
