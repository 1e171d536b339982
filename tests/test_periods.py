"""Periods: one normal form for each, and the laws of before, prior and containment."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.figures.periods import (
    Period,
    PeriodError,
    contains,
    days,
    ends,
    ends_by,
    fiscal_year,
    from_dates,
    from_months,
    is_date,
    last_complete,
    last_complete_year,
    months,
    normal_form,
    parse_period,
    prior,
    starts,
    year_before,
)

DATES = st.dates(datetime.date(1100, 1, 1), datetime.date(2999, 12, 31))


@st.composite
def month_periods(draw: st.DrawFn) -> Period:
    return from_months(draw(st.integers(1100, 2900)), draw(st.integers(1, 12)), draw(st.integers(1, 40)))


@st.composite
def day_periods(draw: st.DrawFn) -> Period:
    first = draw(DATES)
    last = min(first + datetime.timedelta(days=draw(st.integers(0, 800))), datetime.date(2999, 12, 31))
    return from_dates(first, last)


FISCAL_YEARS = st.builds(fiscal_year, st.integers(1001, 2999), st.sampled_from(["", "Q1", "Q2", "Q3", "Q4", "S1", "S2"]))
CALENDAR = month_periods() | day_periods()
PERIODS = CALENDAR | FISCAL_YEARS


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2023", "2023"),
        ("2023-01/2023-12", "2023"),
        ("2023-01-01/2023-12-31", "2023"),
        ("2023-S1/2023-S2", "2023"),
        ("2023-H1", "2023-S1"),
        ("2023-S1", "2023-S1"),
        ("2023-01/2023-06", "2023-S1"),
        ("2023-Q1/2023-Q2", "2023-S1"),
        ("2023-07/2023-12", "2023-S2"),
        ("2023-q3", "2023-Q3"),
        ("2023-07/2023-09", "2023-Q3"),
        ("2023-02/2023-04", "2023-02/2023-04"),
        ("2023-Q1/2023-Q3", "2023-01/2023-09"),
        ("2023-04/2023-04", "2023-04"),
        ("2023-02-01/2023-02-28", "2023-02"),
        ("2024-02-01/2024-02-28", "2024-02-01/2024-02-28"),
        ("2020-04/2021-03", "2020-04/2021-03"),
        ("2022-07/2023-06", "2022-07/2023-06"),
        ("1946/2024", "1946/2024"),
        ("2022-01/2023-12", "2022/2023"),
        ("2023-12-31", "2023-12-31"),
        ("2023-03-01/2023-03-15", "2023-03-01/2023-03-15"),
        ("2023-01-01/2023-Q1", "2023-Q1"),
        ("2023-W46", "2023-11-13/2023-11-19"),
        ("2026-W01", "2025-12-29/2026-01-04"),
        ("FY2023", "FY2023"),
        ("fy 2023", "FY2023"),
        ("FY2023-Q2", "FY2023-Q2"),
        ("fy2023-h1", "FY2023-S1"),
        (" 2023 ", "2023"),
    ],
)
def test_normal_form_is_unique(text: str, form: str) -> None:
    assert normal_form(parse_period(text)) == form
    assert parse_period(text) == parse_period(form)
    assert str(parse_period(text)) == form


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is no period"),
        ("unstated", "is no period"),
        ("0999", "is no period"),
        ("3000", "is no period"),
        ("23", "is no period"),
        ("2023Q1", "2023-Q3"),
        ("2023-1", "is no period"),
        ("2023-04-1", "is no period"),
        ("2023-13", "months 01 to 12"),
        ("2023-00", "months 01 to 12"),
        ("2023-Q5", "quarters Q1 to Q4"),
        ("2023-Q0", "quarters Q1 to Q4"),
        ("2023-S3", "semesters S1 to S2"),
        ("2023-H0", "semesters H1 to H2"),
        ("2023-W53", "has no week 53"),
        ("2023-02-29", "not in the calendar"),
        ("2023-04-31", "not in the calendar"),
        ("2023/2022", "ends before it begins"),
        ("2023/", "is no period"),
        ("/2023", "is no period"),
        ("2021/2022/2023", "is no period"),
        ("2023/01", "is no period"),
        ("FY2022/FY2023", "is no period"),
        ("FY2023/24", "is no period"),
        ("FY2023-Q5", "is no period"),
        ("FY2023-S3", "semesters S1 to S2"),
        ("FY2023-Q2-01", "is no period"),
        ("٢٠٢٣", "is no period"),
        ("2023-01-01-01", "is no period"),
        ("1000-W01", "between the years"),
    ],
)
def test_faulty_text_is_refused_with_a_reason(text: str, message: str) -> None:
    with pytest.raises(PeriodError, match=message):
        parse_period(text)


def test_long_text_is_refused_at_once() -> None:
    with pytest.raises(PeriodError, match="at most 32 characters"):
        parse_period("2" * 10_000_000)


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        ("2023", "year"),
        ("2022/2023", "years"),
        ("2023-S2", "semester"),
        ("2023-Q2", "quarter"),
        ("2023-02", "month"),
        ("2023-02/2023-05", "months"),
        ("2022-07/2023-06", "months"),
        ("2023-12-31", "day"),
        ("2023-12-30/2023-12-31", "days"),
        ("FY2023", "fiscal"),
    ],
)
def test_grain_follows_from_the_days(text: str, grain: str) -> None:
    assert parse_period(text).grain == grain


@pytest.mark.parametrize(
    ("text", "before", "just_before"),
    [
        ("2023", "2022", "2022"),
        ("2023-S1", "2022-S1", "2022-S2"),
        ("2023-Q1", "2022-Q1", "2022-Q4"),
        ("2023-01", "2022-01", "2022-12"),
        ("2023-01/2023-04", "2022-01/2022-04", "2022-09/2022-12"),
        ("2022/2023", "2021/2022", "2020/2021"),
        ("2023-12-31", "2022-12-31", "2023-12-30"),
        ("2024-02-29", "2023-02-28", "2024-02-28"),
        ("2024-02", "2023-02", "2024-01"),
        ("2024-02-10/2024-02-29", "2023-02-10/2023-02-28", "2024-01-21/2024-02-09"),
        ("2023-03-01/2023-03-15", "2022-03-01/2022-03-15", "2023-02-14/2023-02-28"),
        ("2023-W46", "2022-11-13/2022-11-19", "2023-W45"),
        ("FY2023", "FY2022", "FY2022"),
        ("FY2023-Q2", "FY2022-Q2", "FY2023-Q1"),
        ("FY2023-Q1", "FY2022-Q1", "FY2022-Q4"),
        ("FY2023-S1", "FY2022-S1", "FY2022-S2"),
    ],
)
def test_year_before_and_prior(text: str, before: str, just_before: str) -> None:
    assert year_before(parse_period(text)) == parse_period(before)
    assert prior(parse_period(text)) == parse_period(just_before)


@pytest.mark.parametrize("text", ["1000", "1000-01", "1000-01-01", "FY1000", "1000-01-01/1000-01-05"])
def test_nothing_lies_before_the_first_year(text: str) -> None:
    for earlier in (year_before, prior):
        with pytest.raises(PeriodError):
            earlier(parse_period(text))


def test_the_ends_of_time_are_usable() -> None:
    assert days(parse_period("2999")) == 365
    assert normal_form(parse_period("1000/2999")) == "1000/2999"
    assert months(from_months(2999, 12)) == 1


@pytest.mark.parametrize(("year", "month", "count"), [(2023, 13, 1), (999, 1, 1), (2999, 1, 13), (2023, 1, 0)])
def test_impossible_months_are_refused(year: int, month: int, count: int) -> None:
    with pytest.raises(PeriodError):
        from_months(year, month, count)


@pytest.mark.parametrize(
    ("longer", "shorter", "holds"),
    [
        ("2023", "2023-01/2023-04", True),
        ("2023", "2023", True),
        ("2023-01/2023-04", "2023", False),
        ("2023", "2022-12/2023-01", False),
        ("2023-S1", "2023-Q2", True),
        ("2023", "2023-12-31", True),
        ("2022", "2023-12-31", False),
        ("2022/2023", "2023", True),
        ("2023", "FY2023", False),
        ("2022/2024", "FY2023", False),
        ("FY2023", "2023-04", False),
        ("FY2023", "FY2023", True),
        ("FY2023", "FY2023-Q2", False),
        ("FY2023-Q2", "FY2023-Q2", True),
        ("FY2023-Q2", "2023-Q2", False),
        ("FY2023", "FY2022", False),
    ],
)
def test_contains(longer: str, shorter: str, holds: bool) -> None:
    assert contains(parse_period(longer), parse_period(shorter)) is holds


def test_sizes_and_ends() -> None:
    year, date, fiscal = parse_period("2024"), parse_period("2023-12-31"), parse_period("FY2023")
    assert (months(year), days(year)) == (12, 366)
    assert (months(date), days(date)) == (None, 1)
    assert (months(fiscal), days(fiscal)) == (None, None)
    assert starts(year) == datetime.date(2024, 1, 1)
    assert ends(year) == datetime.date(2024, 12, 31)
    assert starts(fiscal) is None
    assert ends(fiscal) is None
    assert is_date(date)
    assert not is_date(year)
    assert ends_by(year, datetime.date(2024, 12, 31))
    assert not ends_by(year, datetime.date(2024, 12, 30))
    assert not ends_by(fiscal, datetime.date(2900, 1, 1))


@pytest.mark.parametrize(
    ("on", "year", "semester", "quarter", "month"),
    [
        ("2024-06-26", "2023", "2023-S2", "2024-Q1", "2024-05"),
        ("2024-07-01", "2023", "2024-S1", "2024-Q2", "2024-06"),
        ("2023-12-31", "2022", "2023-S1", "2023-Q3", "2023-11"),
        ("2024-01-01", "2023", "2023-S2", "2023-Q4", "2023-12"),
    ],
)
def test_last_complete(on: str, year: str, semester: str, quarter: str, month: str) -> None:
    date = datetime.date.fromisoformat(on)
    assert normal_form(last_complete_year(date)) == year
    assert normal_form(last_complete(date, "semester")) == semester
    assert normal_form(last_complete(date, "quarter")) == quarter
    assert normal_form(last_complete(date, "month")) == month


def test_last_complete_refuses_what_it_cannot_answer() -> None:
    with pytest.raises(PeriodError, match="not one of"):
        last_complete(datetime.date(2024, 1, 1), "week")
    with pytest.raises(PeriodError, match="between the years"):
        last_complete_year(datetime.date(1, 1, 1))


def test_order_is_chronological() -> None:
    texts = ["2023-12-31", "2022", "2023-Q1", "2023", "FY2023", "2022-12"]
    ordered = [normal_form(p) for p in sorted(map(parse_period, texts))]
    assert ordered == ["2022", "2022-12", "2023-Q1", "FY2023", "2023", "2023-12-31"]


@given(PERIODS)
def test_parsing_the_normal_form_gives_the_period(p: Period) -> None:
    assert parse_period(normal_form(p)) == p


@given(st.text(max_size=40))
def test_any_text_is_a_period_or_a_period_error(text: str) -> None:
    try:
        p = parse_period(text)
    except PeriodError:
        return
    assert parse_period(normal_form(p)) == p


@given(CALENDAR)
def test_equal_days_are_one_period(p: Period) -> None:
    first, last = starts(p), ends(p)
    assert first is not None
    assert last is not None
    assert parse_period(f"{first}/{last}") == p
    assert days(p) == (last - first).days + 1


@given(PERIODS)
def test_prior_is_adjacent_and_as_long(p: Period) -> None:
    before = prior(p)
    if p.grain != "fiscal":
        assert before.last + 1 == p.first
        assert months(before) == months(p) or (months(p) is None and days(before) == days(p))
    assert before < p


@given(PERIODS)
def test_year_before_keeps_length_in_months_and_is_earlier(p: Period) -> None:
    before = year_before(p)
    assert before < p
    if months(p) is not None:
        assert months(before) == months(p)
        assert before.grain == p.grain


@given(CALENDAR, CALENDAR, CALENDAR)
def test_containment_is_a_partial_order(a: Period, b: Period, c: Period) -> None:
    assert contains(a, a)
    if contains(a, b) and contains(b, a):
        assert a == b
    if contains(a, b) and contains(b, c):
        assert contains(a, c)


@given(CALENDAR, st.data())
def test_a_period_contains_its_parts_and_not_what_sticks_out(p: Period, data: st.DataObject) -> None:
    first = data.draw(st.integers(p.first, p.last))
    last = data.draw(st.integers(first, p.last))
    part = from_dates(datetime.date.fromordinal(first), datetime.date.fromordinal(last))
    assert contains(p, part)
    assert contains(part, p) is (part == p)
    assert not contains(p, prior(p))


@given(DATES, st.sampled_from(["year", "semester", "quarter", "month"]))
def test_last_complete_is_over_and_its_successor_is_not(on: datetime.date, grain: str) -> None:
    p = last_complete(on, grain)
    assert p.grain == grain
    assert ends_by(p, on - datetime.timedelta(days=1))
    # The date lies in the very next period of that grain.
    size = months(p)
    assert size is not None
    start = starts(p)
    assert start is not None
    gap = (on.year - start.year) * 12 + on.month - start.month
    assert size <= gap < 2 * size
