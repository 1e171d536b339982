"""Units: exact definitions, one name for each, kinds that tell what may be matched, refusal of all else."""

from __future__ import annotations

import subprocess
import sys
import time
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crosscheck.figures.unit_table import CURRENCY_SYMBOLS, EXTRAS, KIND_DIMENSIONS, ROWS
from crosscheck.figures.units import (
    NONE,
    Unit,
    UnknownUnit,
    convert,
    difference_unit,
    known_unit_names,
    parse_unit,
)

NAMES = st.sampled_from(known_unit_names())
VALUES = st.fractions()


@st.composite
def compounds(draw: st.DrawFn) -> str:
    parts = draw(st.lists(NAMES | st.just("{things}"), min_size=1, max_size=4))
    text = parts[0]
    for part in parts[1:]:
        exponent = draw(st.integers(-3, 3).filter(bool))
        text += draw(st.sampled_from("*/")) + part + ("" if exponent == 1 else f"^{exponent}")
    assume(len(text) <= 80)
    return text


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("", "", "count"),
        ("USD", "USD", "currency:USD"),
        ("$", "USD", "currency:USD"),
        ("US$", "USD", "currency:USD"),
        ("C$", "CAD", "currency:CAD"),
        ("HK$", "HKD", "currency:HKD"),
        ("€", "EUR", "currency:EUR"),
        ("₸", "KZT", "currency:KZT"),
        ("¥", "JPY", "currency:JPY"),
        ("RMB", "CNY", "currency:CNY"),
        ("yuan", "CNY", "currency:CNY"),
        ("dollars", "USD", "currency:USD"),
        ("AWG", "AWG", "currency:AWG"),
        ("HRK", "HRK", "currency:HRK"),
        ("%", "percent", "ratio"),
        ("per cent", "percent", "ratio"),
        ("Percent", "percent", "ratio"),
        ("percentage_point", "percentage_point", "ratio"),
        ("percentage-points", "percentage_point", "ratio"),
        ("p.p.", "percentage_point", "ratio"),
        ("points", "percentage_point", "ratio"),
        ("bps", "basis_point", "ratio"),
        ("x", "times", "ratio"),
        ("times", "times", "ratio"),
        ("tons", "t", "mass"),
        ("metric tons", "t", "mass"),
        ("tonnes", "t", "mass"),
        ("KG", "kg", "mass"),
        ("mile", "mile", "length"),
        ("kilometres", "km", "length"),
        ("feet", "ft", "length"),
        ("sq. ft", "ft2", "area"),
        ("m²", "m2", "area"),
        ("m^2", "m2", "area"),
        ("m*m", "m2", "area"),
        ("hectares", "ha", "area"),
        ("m2*m", "m2*m", "volume"),
        ("bbl", "barrel", "volume"),
        ("bcm", "bcm", "volume"),
        ("Kwh", "kWh", "energy"),
        ("mW", "mW", "power"),
        ("MW", "MW", "power"),
        ("°C", "degC", "temperature"),
        ("degrees Fahrenheit", "degF", "temperature"),
        ("hours", "hour", "time"),
        ("months", "month", "calendar"),
        ("years", "year", "calendar"),
        ("{documents}", "{documents}", "count"),
        ("{ joint  projects }", "{joint projects}", "count"),
        ("{документы}", "{документы}", "count"),
        ("USD/t", "USD/t", "currency:USD/mass"),
        ("USD per barrel", "USD/barrel", "currency:USD/volume"),
        ("US$/MMBtu", "USD/MMBtu", "currency:USD/energy"),
        ("USD/{person}", "USD/{person}", "currency:USD/count"),
        ("USD/{beds per room}", "USD/{beds per room}", "currency:USD/count"),
        ("KZT/USD", "KZT/USD", "currency:KZT/currency:USD"),
        ("USD/year", "USD/year", "currency:USD/calendar"),
        ("t/ha", "t/ha", "mass/area"),
        ("kg/m3", "kg/m3", "mass/volume"),
        ("barrels per day", "barrel/day", "volume/time"),
        ("bpd", "barrel/day", "volume/time"),
        ("kWh/day", "kWh/day", "power"),
        ("km/h", "km/hour", "speed"),
        ("mph", "mile/hour", "speed"),
        ("m/s2", "m/second^2", "length/time^2"),
        ("kg*m^2/s^2", "kg*m2/second^2", "energy"),
        ("{persons}/km2", "{persons}/km2", "count/area"),
        ("{visits}/day", "{visits}/day", "count/time"),
        ("percent/year", "percent/year", "ratio/calendar"),
        ("km/km", "", "count"),
        ("kPa", "kPa", "pressure"),
        ("Kilopascals", "kPa", "pressure"),
        ("knots", "knot", "speed"),
        ("light years", "light_year", "length"),
        ("GB", "GB", "information"),
        ("μg", "µg", "mass"),
        ("Gt", "Gt", "mass"),
    ],
)
def test_spellings_names_and_kinds(text: str, name: str, kind: str) -> None:
    unit = parse_unit(text)
    assert (unit.name, unit.kind) == (name, kind)
    assert parse_unit(unit.name) == unit


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        ("1", "t", "kg", "1000"),
        ("1", "lb", "g", "453.59237"),
        ("16", "oz", "lb", "1"),
        ("1", "troy_ounce", "g", "31.1034768"),
        ("2000", "lb", "short_ton", "1"),
        ("2240", "lb", "long_ton", "1"),
        ("1", "mile", "m", "1609.344"),
        ("5280", "ft", "mile", "1"),
        ("36", "in", "yd", "1"),
        ("1", "nautical_mile", "km", "1.852"),
        ("640", "acre", "mile2", "1"),
        ("43560", "ft2", "acre", "1"),
        ("9", "ft2", "yd2", "1"),
        ("100", "ha", "km2", "1"),
        ("42", "gallon", "barrel", "1"),
        ("231", "in^3", "gallon", "1"),
        ("2150.42", "in^3", "bushel", "1"),
        ("4", "quart", "gallon", "1"),
        ("128", "fluid_ounce", "gallon", "1"),
        ("8", "us_pint", "gallon", "1"),
        ("8", "imperial_pint", "imperial_gallon", "1"),
        ("1", "barrel", "l", "158.987294928"),
        ("1", "bcm", "km3", "1"),
        ("27", "ft3", "yd3", "1"),
        ("1", "kWh", "MJ", "3.6"),
        ("1", "toe", "GJ", "41.868"),
        ("1", "toe", "MWh", "11.63"),
        ("1", "Gcal", "MJ", "4184"),
        ("1", "BTU", "J", "1055.05585262"),
        ("10", "therm", "MMBtu", "1"),
        ("1", "kW*hour", "kWh", "1"),
        ("1", "horsepower", "W", "745.69987158227022"),
        ("1", "metric_horsepower", "W", "735.49875"),
        ("1", "percent", "basis_point", "100"),
        ("1", "percentage_point", "", "0.01"),
        ("3", "times", "percent", "300"),
        ("2", "week", "day", "14"),
        ("3", "year", "month", "36"),
        ("0", "degC", "K", "273.15"),
        ("212", "degF", "degC", "100"),
        ("-40", "degC", "degF", "-40"),
        ("36", "km/h", "m/s", "10"),
        ("1", "knot", "km/h", "1.852"),
        ("1", "bar", "kPa", "100"),
        ("1", "GB", "Gbit", "8"),
        ("1", "kibibyte", "B", "1024"),
        ("1", "MVA", "kW", "1000"),
        ("1", "USD/kg", "USD/t", "1000"),
        ("1", "t/ha", "kg/m2", "0.1"),
        ("365", "{visits}/day", "{visits}/week", "2555"),
    ],
)
def test_factors_are_the_definitions(value: str, source: str, target: str, result: str) -> None:
    given_value, wanted = Fraction(value), Fraction(result)
    assert convert(given_value, parse_unit(source), parse_unit(target)) == wanted
    assert convert(wanted, parse_unit(target), parse_unit(source)) == given_value


def test_psi_is_the_pound_force_on_a_square_inch() -> None:
    pound_force = Fraction("0.45359237") * Fraction("9.80665")
    assert parse_unit("psi").factor == pound_force / Fraction("0.0254") ** 2


def test_a_change_of_temperature_has_no_offset() -> None:
    celsius, fahrenheit = (difference_unit(parse_unit(name)) for name in ("degC", "degF"))
    assert convert(Fraction("2.5"), celsius, fahrenheit) == Fraction("4.5")
    assert celsius.kind == parse_unit("degC").kind
    assert difference_unit(parse_unit("t")) is parse_unit("t")
    assert parse_unit("degC/decade").offset == 0


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("USD", "KZT"),
        ("t", "km"),
        ("year", "day"),
        ("month", "week"),
        ("MW", "MWh"),
        ("USD", "USD/t"),
        ("t", ""),
    ],
)
def test_other_dimensions_do_not_convert(source: str, target: str) -> None:
    with pytest.raises(ValueError, match="does not convert"):
        convert(Fraction(1), parse_unit(source), parse_unit(target))


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("tonnne", '"tonne"'),
        ("usd", '"USD"'),
        ("Usd/t", '"USD"'),
        ("mwh", '"MWh"'),
        ("KB", '"kB"'),
        ("percnt", '"percent"'),
        ("staff", "{staff}"),
        ("TEU", "{TEU}"),
        ("persons/km2", "{persons}"),
        ("pounds", '"GBP"'),
        ("USD/MT", '"Mt"'),
        ("MT", '"Mt"'),
        ("m^10", "exponent"),
        ("m^999999999", "exponent"),
        ("m^-999999999999999999999", "exponent"),
        ("__import__('os').system('x')", "letters"),
        ("{a", "letters"),
        ("t;t", "letters"),
        ("t\x00", "letters"),
        ("{a\x00b}", "letters"),
        ("t" * 81, "80 characters"),
        ("m" * 10_000_000, "80 characters"),
    ],
    ids=lambda text: text[:30].encode("unicode_escape").decode(),
)
def test_refused_with_a_suggestion(text: str, suggestion: str) -> None:
    start = time.perf_counter()
    with pytest.raises(UnknownUnit) as caught:
        parse_unit(text)
    assert suggestion in (caught.value.suggestion or "")
    assert len(str(caught.value)) < 80
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{ }",
        "m/",
        "/m",
        "m//m",
        "m**",
        "*",
        "^",
        "^2",
        "m^",
        "m^0",
        "m^2^2",
        "1",
        "2",
        "1/",
        "m/1",
        "XXX",
        "XTS",
        "QQQ",
        "m^9*m^9",
        "t t",
        "{a}{b}",
        "m-",
        "(m)",
        "m^1.5",
        "1e3",
        "**" * 30,
        "/" * 80,
        "m/" * 39 + "m^m",
    ],
)
def test_what_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(UnknownUnit):
        parse_unit(text)


def test_withdrawn_from_use_is_not_unknown_and_every_symbol_is_a_currency() -> None:
    for symbol, code in CURRENCY_SYMBOLS.items():
        assert parse_unit(symbol) == parse_unit(code)
    for code in ("DEM", "BGN", "XAU", "XDR"):
        assert parse_unit(code).kind == f"currency:{code}"


def test_spellings_are_not_given_twice() -> None:
    names = [row.name for rows in ROWS.values() for row in rows]
    assert len(names) == len(set(names))
    owners: dict[str, str] = {}
    for rows in ROWS.values():
        for row in rows:
            for spelling in {s.strip() for s in f"{row.symbols},{row.words}".split(",")} - {""}:
                assert owners.setdefault(spelling, row.name) == row.name, spelling
    for name in names:
        assert parse_unit(name).name == name


def test_pint_agrees_with_the_table() -> None:
    """Where pint's definitions and prefixes can make a unit of the table, they make the same one."""
    from crosscheck.figures.units import _from_pint

    checked = 0
    table = {row.name for rows in ROWS.values() for row in rows}
    for extra in EXTRAS:
        for symbol in {extra.symbol, *(prefix + extra.symbol for prefix in "µmckMGTP")} & table:
            unit = parse_unit(symbol)
            if symbol not in ("m", "min", "cm2") and not unit.offset:
                assert _from_pint(symbol) == unit
                checked += 1
    assert checked > 25


def test_base_units_have_factor_one() -> None:
    for kind in ("mass", "length", "area", "volume", "energy", "power", "time", "calendar", "temperature"):
        assert any(row.factor == "1" and row.offset == "0" for row in ROWS[kind]), kind
        assert KIND_DIMENSIONS[kind]


def test_neither_pint_nor_pycountry_loads_for_common_units() -> None:
    code = (
        "import sys; from crosscheck.figures.units import UnknownUnit, parse_unit\n"
        "for text in ('USD', 'KZT', '%', 't', 'USD/t', 'kWh/m2', 'staff', 'kt', '{x}', 'barrels'):\n"
        "    try: parse_unit(text)\n"
        "    except UnknownUnit: pass\n"
        "sys.exit(any(name in sys.modules for name in ('pint', 'pycountry')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(NAMES | compounds())
def test_the_name_of_a_unit_parses_to_the_unit(text: str) -> None:
    try:
        unit = parse_unit(text)
    except UnknownUnit:
        assert "*" in text or "/" in text
        return
    assert parse_unit(unit.name) == unit
    assert unit.factor > 0


@given(VALUES, compounds(), st.data())
def test_conversion_round_trips_exactly(value: Fraction, text: str, data: st.DataObject) -> None:
    try:
        source = parse_unit(text)
    except UnknownUnit:
        assume(False)
        return
    same = [u for u in map(parse_unit, known_unit_names()) if u.dimension == source.dimension]
    target = data.draw(st.sampled_from(same or [source]))
    there = convert(value, source, target)
    assert convert(there, target, source) == value


@given(compounds(), compounds())
def test_units_of_a_kind_convert(one: str, two: str) -> None:
    try:
        a, b = parse_unit(one), parse_unit(two)
    except UnknownUnit:
        assume(False)
        return
    if a.kind == b.kind:
        assert a.dimension == b.dimension


@given(st.text(max_size=90) | st.text("mst/*^2{}%$ -.", max_size=90))
def test_any_text_is_a_unit_or_unknown(text: str) -> None:
    try:
        unit = parse_unit(text)
    except UnknownUnit:
        return
    assert isinstance(unit, Unit)
    assert parse_unit(unit.name) == unit


def test_no_unit_is_the_unit_of_plain_numbers() -> None:
    assert parse_unit("  ") is NONE
    assert NONE.factor == 1
