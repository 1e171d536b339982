"""What printed figures mean: DESIGN's table row by row, the format's examples, and what is refused."""

from __future__ import annotations

import time
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.figures.figure import (
    BOUND,
    CUT,
    EXACT,
    HEDGE,
    ROUNDED,
    ZEROS,
    Figure,
    from_base,
    interval_from_base,
    without_readings,
)
from crosscheck.figures.interval import Interval, hull, is_within, point
from crosscheck.figures.quantities import Qualifier, Quantities, shipped_quantities
from crosscheck.figures.text import MAXIMUM_LENGTH, FigureError, declared, parse_figure


def span(figure: Figure, scale: int = 1) -> str:
    """The strict reading in the printed unit divided by `scale`, as text."""
    interval = interval_from_base(figure.strict, figure.unit)
    low, high = (None if end is None else end / scale for end in (interval.low, interval.high))
    return str(Interval(low, high, interval.low_closed, interval.high_closed))


def loose(figure: Figure) -> dict[str, str]:
    """The loose readings in the printed unit, as text."""
    return {reading.name: str(interval_from_base(reading.interval, figure.unit)) for reading in figure.loose}


def text_of(low: str, high: str, ends: str = "[]") -> str:
    """An interval as `span` writes it, from decimals or fractions."""
    return f"{ends[0]}{F(low) if 'inf' not in low else low}, {F(high) if 'inf' not in high else high}{ends[1]}"


@pytest.mark.parametrize(
    ("text", "measure", "face", "unit", "strict", "kind"),
    [
        ("$31.5 billion", "level", "31500000000", "USD", ("31450000000", "31550000000"), ROUNDED),
        ("$24 billion", "level", "24000000000", "USD", ("23500000000", "24500000000"), ROUNDED),
        ("30.1%", "growth", "30.1", "percent", ("30.05", "30.15"), ROUNDED),
        ("250,000 tons", "level", "250000", "t", ("249999.5", "250000.5"), ROUNDED),
        ("$500 million", "level", "500000000", "USD", ("499500000", "500500000"), ROUNDED),
        ("16 {documents}", "level", "16", "{documents}", ("16", "16"), EXACT),
        ("12,000 {staff}", "level", "12000", "{staff}", ("12000", "12000"), EXACT),
        ("over $100 million", "level", "100000000", "USD", ("100000000", "inf", "()"), BOUND),
        ("up to 3 million tons", "level", "3000000", "t", ("-inf", "3000000", "(]"), BOUND),
        ("almost half", "share", "1/2", "", ("0.45", "0.5", "[)"), HEDGE),
        ("about 171.2 billion", "level", "171200000000", "", ("170700000000", "171700000000"), HEDGE),
        ("more than -5 percent", "growth", "-5", "percent", ("-inf", "-5", "()"), BOUND),
        ("tripled", "multiple", "3", "times", ("2.5", "3.5"), HEDGE),
    ],
)  # fmt: skip
def test_the_table_of_printed_figures(
    text: str, measure: str, face: str, unit: str, strict: tuple[str, ...], kind: str
) -> None:
    figure = parse_figure(text, measure)
    assert from_base(figure.face, figure.unit) == F(face)
    assert figure.unit.name == unit
    assert span(figure) == text_of(*strict)
    assert figure.kind == kind
    assert figure.printed == text


def test_loose_readings_of_the_table() -> None:
    assert loose(parse_figure("250,000 tons"))[ZEROS] == text_of("245000", "255000")
    assert loose(parse_figure("$500 million"))[ZEROS] == text_of("495000000", "505000000")
    assert loose(parse_figure("12,000 {staff}")) == {ZEROS: text_of("11500", "12500")}
    assert loose(parse_figure("2.19 billion USD"))[CUT] == text_of("2190000000", "2200000000", "[)")
    assert loose(parse_figure("-2.1 %", "growth")) == {CUT: text_of("-2.2", "-2.1", "(]")}
    assert loose(parse_figure("0.0 %", "growth")) == {CUT: text_of("-0.1", "0.1", "()")}


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("100 t", 10),
        ("110 t", 10),
        ("1,200 t", 100),
        ("1,000 t", 100),
        ("10,400 t", 100),
        ("5,000,000 t", 100_000),
    ],
)
def test_zeros_keeps_two_significant_digits(text: str, step: int) -> None:
    figure = parse_figure(text)
    face = from_base(figure.face, figure.unit)
    assert loose(figure)[ZEROS] == str(Interval(face - F(step, 2), face + F(step, 2)))


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("90 t", "level"),  # below 100
        ("123 t", "level"),  # no zero at the end
        ("100.0 t", "level"),  # the zero was printed as a digit
        ("100 %", "share"),
        ("200 percentage_point", "change"),
        ("150 bp", "change"),
        ("2000 year", "level"),
        ("100 times", "multiple"),
        ("100", "multiple"),
        ("a hundred million USD", "level"),  # words, not digits
        ("about 100 t", "level"),
        ("over 100 t", "level"),
    ],
)
def test_where_zeros_are_digits(text: str, measure: str) -> None:
    assert ZEROS not in loose(parse_figure(text, measure))


def test_readings_are_switched_off() -> None:
    figure = parse_figure("250,000 tons")
    assert set(loose(without_readings(figure, [ZEROS]))) == {CUT}
    assert without_readings(figure, [ZEROS, CUT]).any_reading == figure.strict
    assert without_readings(figure, []) is figure


def test_every_reading_holds_the_face_value_and_the_whole_is_their_hull() -> None:
    figure = parse_figure("-250,000 tons")
    readings = [figure.strict, *(reading.interval for reading in figure.loose)]
    assert len(readings) == 3
    assert all(figure.face in interval for interval in readings)
    assert figure.any_reading == hull(readings)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("31.5 billion USD", "31500000000", "USD"),
        ("$24bn", "24000000000", "USD"),
        ("$ 24 bn", "24000000000", "USD"),
        ("US$24 billion", "24000000000", "USD"),
        ("USD 24 billion", "24000000000", "USD"),
        ("USD24bn", "24000000000", "USD"),
        ("$5M", "5000000", "USD"),
        ("$5K", "5000", "USD"),
        ("5 m USD", "5000000", "USD"),
        ("€1.2 mln", "1200000", "EUR"),
        ("HK$2 tn", "2000000000000", "HKD"),
        ("₸1.5 trillion", "1500000000000", "KZT"),
        ("₫900 billion", "900000000000", "VND"),
        ("5 €", "5", "EUR"),
        ("3 lakh {people}", "300000", "{people}"),
        ("2 crore INR", "20000000", "INR"),
        ("30.1 %", "30.1", "percent"),
        ("2.5 percent", "2.5", "percent"),
        ("2.5 per cent", "2.5", "percent"),
        ("-0.3 percentage_point", "-0.3", "percentage_point"),
        ("0.3 percentage points", "0.3", "percentage_point"),
        ("0.3 pp", "0.3", "percentage_point"),
        ("25 basis_point", "25", "basis_point"),
        ("250,000 t", "250000", "t"),
        ("16", "16", ""),
        ("3 times", "3", "times"),
        ("12-fold", "12", "times"),
        ("(28.3) %", "-28.3", "percent"),
        ("(28.3%)", "-28.3", "percent"),
        ("(31.5 million USD)", "-31500000", "USD"),
        ("(31.5) million USD", "-31500000", "USD"),
        ("$(31.5) million", "-31500000", "USD"),
        ("($31.5 million)", "-31500000", "USD"),
        ("−0.3 %", "-0.3", "percent"),
        ("–0.3 %", "-0.3", "percent"),
        ("- 0.3 %", "-0.3", "percent"),
        ("+12.6 %", "12.6", "percent"),
        ("-$5 million", "-5000000", "USD"),
        ("$-5 million", "-5000000", "USD"),
        ("1,234,567.89 KZT", "1234567.89", "KZT"),
        ("1234567 KZT", "1234567", "KZT"),
        ("31.5\u00a0billion\u202fUSD", "31500000000", "USD"),
        ("5 m2", "5", "m2"),
        ("5 m³", "5", "m3"),
        ("5 m/s", "5", "m/second"),
        ("5 km", "5", "km"),
        ("20 m km", "20000000", "km"),
        ("$70 per barrel", "70", "USD/barrel"),
        ("$500/t", "500", "USD/t"),
        ("two thirds", "2/3", ""),
        ("Two-thirds", "2/3", ""),
        ("1/2", "1/2", ""),
        ("a dozen", "12", ""),
        ("two hundred {people}", "200", "{people}"),
        ("twelve million USD", "12000000", "USD"),
    ],
)
def test_figure_text(text: str, value: str, unit: str) -> None:
    figure = parse_figure(text)
    assert figure.unit.name == unit
    assert from_base(figure.face, figure.unit) == F(value)


@pytest.mark.parametrize(
    ("text", "strict"),
    [
        ("almost 100 t", ("90", "100", "[)")),  # 10% is less than five hundreds
        ("nearly 171.2 t", ("170.7", "171.2", "[)")),
        ("just over 20 t", ("20", "22", "(]")),
        ("just under 20 t", ("18", "20", "[)")),
        ("about 20 t", ("18", "22")),
        ("around 250,000 t", ("225000", "275000")),
        ("some 1,234 t", ("1229", "1239")),
        ("about 2 t", ("1.5", "2.5")),  # never narrower than rounding
        ("about 0 t", ("-0.5", "0.5")),
        ("about 0.0 t", ("-0.05", "0.05")),
        ("almost -20 t", ("-20", "-18", "(]")),
        ("about half", ("0.45", "0.55")),
        ("just over half", ("0.5", "0.55", "(]")),
        ("almost 1/2", ("0.45", "0.5", "[)")),
        ("half", ("0.45", "0.55")),
        ("a third", ("0.3", "11/30")),
        ("majority", ("0.5", "1", "(]")),
        ("most", ("0.5", "1", "(]")),
        ("doubled", ("1.5", "2.5")),
        ("almost doubled", ("1.8", "2", "[)")),
        ("more than doubled", ("2", "inf", "()")),
        ("tenfold", ("9.5", "10.5")),
        ("over 5 t", ("5", "inf", "()")),
        ("more than 5 t", ("5", "inf", "()")),
        ("at least 5 t", ("5", "inf", "[)")),
        ("under 5 t", ("-inf", "5", "()")),
        ("less than 5 t", ("-inf", "5", "()")),
        ("at most 5 t", ("-inf", "5", "(]")),
        ("up to 5 t", ("-inf", "5", "(]")),
        ("at least -5 t", ("-inf", "-5", "(]")),  # of the magnitude, mirrored afterwards
        ("Over 5 t", ("5", "inf", "()")),
        ("over (5) t", ("-inf", "-5", "()")),
    ],
)
def test_hedges_bounds_and_words(text: str, strict: tuple[str, ...]) -> None:
    assert span(parse_figure(text)) == text_of(*strict)


@pytest.mark.parametrize("words", sorted(shipped_quantities().qualifiers))
@pytest.mark.parametrize("number", ["7", "7.0", "700", "123,456", "0.05", "9 million"])
def test_a_hedge_never_leaves_out_what_rounding_allows(words: str, number: str) -> None:
    qualifier = shipped_quantities().qualifiers[words]
    plain, hedged = parse_figure(f"{number} t"), parse_figure(f"{words} {number} t")
    if qualifier.kind == "bound":
        assert hedged.kind == BOUND
        assert (hedged.strict.low is None) != (hedged.strict.high is None)
        return
    low, high = plain.strict.low, plain.strict.high
    assert low is not None
    assert high is not None
    allowed = {
        "below": Interval(low, plain.face, True, False),
        "above": Interval(plain.face, high, False, True),
        "around": plain.strict,
    }[qualifier.side]
    assert hedged.kind == HEDGE
    assert is_within(allowed, hedged.strict)


@pytest.mark.parametrize("words", sorted({**shipped_quantities().numbers, **shipped_quantities().fractions}))
def test_every_number_word_is_read_and_hedged_by_a_tenth(words: str) -> None:
    table = shipped_quantities()
    value = table.numbers.get(words, table.fractions.get(words))
    assert value is not None
    assert parse_figure(f"{words} t").face == value * 1000
    hedged = parse_figure(f"about {words} t").strict
    assert hedged.low is not None
    assert hedged.high is not None
    reach = value / 10 if words in table.fractions else max(value / 10, F(1, 2))
    assert hedged.high - hedged.low == 2 * reach * 1000


@pytest.mark.parametrize(
    ("text", "measure", "counts"),
    [
        ("16 {documents}", "level", True),
        ("16", "level", True),
        ("-16 {documents}", "change", True),
        ("two {documents}", "level", True),
        ("16.0 {documents}", "level", False),
        ("16 million {people}", "level", False),
        ("16 t", "level", False),
        ("16 %", "share", False),
        ("16", "multiple", False),
        ("16 {births}/year", "rate", False),
    ],
)
def test_what_counts_things(text: str, measure: str, counts: bool) -> None:
    figure = parse_figure(text, measure)
    assert figure.counts is counts
    assert (figure.kind == EXACT) is counts
    if counts:
        assert figure.strict == point(figure.face)
        assert CUT not in loose(figure)


def test_temperatures_and_their_changes() -> None:
    assert parse_figure("2 degC").face == F("275.15")
    assert parse_figure("2 degC", "change").face == 2
    assert parse_figure("-9 degF", "change").face == -5
    assert declared("2", "0", "degC", measure="change").face == 2
    assert declared("2", "0", "degC").face == F("275.15")


@pytest.mark.parametrize(
    ("text", "words", "hint"),
    [
        ("", "empty", "number"),
        (" \u00a0 ", "empty", "number"),
        ("billion", "not a number", ""),
        ("over", "not a number", ""),
        ("over over 5 t", "not a number", ""),
        ("thrid", "not a number", "third"),
        ("6,5000,000,000 USD", "malformed", "12,345"),
        ("1,50 USD", "malformed", ""),
        ("1,234,56 USD", "malformed", ""),
        ("1.5.2 USD", "malformed", ""),
        ("12 345 USD", "malformed", ""),
        ("1/0", "malformed", ""),
        ("1.", "malformed", ""),
        (".5", "not a number", "digits"),
        ("٣", "not a number", "digits"),
        ("1e9 USD", "unit", ""),
        ("31.5 bilion USD", "unit", ""),
        ("31.5 billion UDS", "unit", ""),
        ("16 documents", "unit", "{documents}"),
        ("5-6 %", "unit", ""),
        ("$5 million USD", "two units", "once"),
        ("5 m", "scale or a unit", "million"),
        ("5 k", "scale or a unit", "thousand"),
        ("(28.3 %", "never closed", "(28.3) %"),
        ("-(28.3) %", "not a number", ""),
        ("31.5 billion, USD", "unexpected", ""),
        ("9" * (MAXIMUM_LENGTH + 1), "characters", "200"),
        ("9" * 10_000_000, "10,000,000 characters", "200"),
        ("((((((", "not a number", ""),
    ],
)
def test_malformed_figures(text: str, words: str, hint: str) -> None:
    began = time.process_time()
    with pytest.raises(FigureError) as caught:
        parse_figure(text)
    assert time.process_time() - began < 2
    assert words in caught.value.message
    assert len(caught.value.message) < 300
    assert hint in (caught.value.hint or "")


def test_a_table_of_ones_own() -> None:
    shipped = shipped_quantities()
    table = Quantities(
        share=F(1, 5),
        units=1,
        qualifiers={"c. (circa)": Qualifier("c. (circa)", "window", "around")},
        numbers={"gross [144]": F(144)},
        scales=shipped.scales,
    )
    assert span(parse_figure("c. (circa) 1.0 t", "level", table)) == text_of("0.9", "1.1")
    assert parse_figure("gross [144] {eggs}", "level", table).face == 144
    with pytest.raises(FigureError):
        parse_figure("almost 5 t", "level", table)


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "mode", "strict"),
    [
        ("10365132000", "-3", "USD", "round", ("10365131500", "10365132500")),
        ("15", "0", "USD", "round", ("14.5", "15.5")),
        ("-15.25", "2", "USD", "round", ("-15.255", "-15.245")),
        ("−15.25", "2", "USD", "round", ("-15.255", "-15.245")),
        ("+15.2500", "2", "USD", "round", ("15.245", "15.255")),
        ("15.25", "INF", "USD", "round", ("15.25", "15.25")),
        ("0", "-6", "USD", "round", ("-500000", "500000")),
        ("30.1", "1", "%", "round", ("30.05", "30.15")),
        ("2.19", "2", "USD", "truncate", ("2.19", "2.2", "[)")),
        ("-2.19", "2", "USD", "truncate", ("-2.2", "-2.19", "(]")),
    ],
)
def test_declared_precision(value: str, decimals: str, unit: str, mode: str, strict: tuple[str, ...]) -> None:
    figure = declared(value, decimals, unit, mode)
    assert from_base(figure.face, figure.unit) == F(value.replace("−", "-"))
    assert span(figure) == text_of(*strict)
    assert figure.loose == ()


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "mode", "part", "words"),
    [
        ("10365132", "-3", "USD", "round", "value", "beyond its decimals"),
        ("1.25", "1", "USD", "round", "value", "beyond its decimals"),
        ("1,000", "0", "USD", "round", "value", "plain number"),
        ("x5", "0", "USD", "round", "value", "plain number"),
        ("1e5", "0", "USD", "round", "value", "plain number"),
        ("", "0", "USD", "round", "value", "plain number"),
        ("9" * 61, "0", "USD", "round", "value", "plain number"),
        ("5", "1.5", "USD", "round", "decimals", "INF"),
        ("5", "many", "USD", "round", "decimals", "INF"),
        ("5", "9999", "USD", "round", "decimals", "INF"),
        ("5", "0", "UDS", "round", "unit", "unit"),
        ("5", "0", "USD", "up", "rounding", "rounding"),
    ],
)
def test_what_declared_refuses(value: str, decimals: str, unit: str, mode: str, part: str, words: str) -> None:
    with pytest.raises(FigureError) as caught:
        declared(value, decimals, unit, mode)
    assert caught.value.part == part
    assert words in caught.value.message


UNITS = st.sampled_from(["", "USD", "%", "percentage_point", "t", "km", "degC", "{documents}", "USD/t"])
NUMBERS = st.builds(
    lambda digits, places: F(digits, 10**places),
    st.integers(min_value=0, max_value=10**15),
    st.integers(0, 6),
)


def printed(value: F, places: int, commas: bool) -> str:
    """A non-negative value with that many decimal places, half up."""
    scaled = (value * 10**places * 2 + 1) // 2
    whole, part = divmod(scaled, 10**places)
    return (f"{whole:,}" if commas else str(whole)) + (f".{part:0{places}}" if places else "")


@given(NUMBERS, st.integers(0, 6), st.booleans(), st.booleans(), UNITS, st.sampled_from(["", " million", " bn"]))
def test_a_rounded_print_holds_the_value(
    value: F, places: int, commas: bool, negative: bool, unit: str, scale: str
) -> None:
    by = {"": 1, " million": 10**6, " bn": 10**9}[scale]
    text = f"{'-' if negative else ''}{printed(value, places, commas)}{scale} {unit}"
    figure = parse_figure(text, "rate")  # a rate, so that whole numbers are rounded as well
    sign = -1 if negative else 1
    read = interval_from_base(figure.strict, figure.unit)
    assert sign * value * by in read
    assert read.low is not None
    assert read.high is not None
    assert read.high - read.low == F(by, 10**places)
    assert figure.scale == by
    assert figure.decimals == places
    assert all(figure.face in reading.interval for reading in figure.loose)


@given(NUMBERS, st.integers(0, 6), st.booleans(), UNITS)
def test_a_cut_print_holds_the_value_in_the_reading_cut(value: F, places: int, negative: bool, unit: str) -> None:
    kept = F(value * 10**places // 1, 10**places)
    sign = "-" if negative else ""
    figure = parse_figure(f"{sign}{printed(kept, places, False)} {unit}", "rate")
    read = {r.name: interval_from_base(r.interval, figure.unit) for r in figure.loose}
    assert (-value if negative else value) in read[CUT]


@given(NUMBERS, st.integers(0, 6), st.booleans(), UNITS)
def test_printing_then_reading_keeps_the_value(value: F, places: int, commas: bool, unit: str) -> None:
    text = printed(value, places, commas)
    figure = parse_figure(f"{text} {unit}")
    assert from_base(figure.face, figure.unit) == F(text.replace(",", ""))
    again = declared(text.replace(",", ""), str(places), unit)
    assert again.face == figure.face
    if not figure.counts:
        assert again.strict == figure.strict


def attempt(text: str, measure: str) -> Figure | str:
    """The figure, or the message of what is wrong with it."""
    try:
        return parse_figure(text, measure)
    except FigureError as error:
        return error.message


PARTS = (
    "about",
    "over",
    "-",
    "(",
    ")",
    "$",
    "31.5",
    "24",
    "1/2",
    "half",
    "tripled",
    "most",
    "billion",
    "m",
    "USD",
)
MORE_PARTS = ("%", "t", "{x}", "per", "/", "fold", " ", " ", ",", "m2", "two-thirds", "degC")


@given(
    st.text(max_size=60) | st.lists(st.sampled_from(PARTS + MORE_PARTS), max_size=8).map("".join),
    st.sampled_from(["level", "growth", "change", "share", "multiple", "rate"]),
)
def test_any_text_is_a_figure_or_a_fault(text: str, measure: str) -> None:
    read = attempt(text, measure)
    assert read
    if isinstance(read, Figure) and read.kind in (ROUNDED, EXACT):
        assert read.face in read.strict
        assert is_within(read.strict, read.any_reading)
