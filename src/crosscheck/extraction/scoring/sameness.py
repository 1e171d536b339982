"""When a claim that was read says the same as the mark that a person made.

What counts as the same, so that a score measures reading and not spelling:

- *Value and unit*: a percentage and the same fraction (1/2 is 50 percent); points that the text prints with "%"; units of
  one dimension that convert exactly; any noun where things are counted; the sign too, but where the text gives no
  direction and in the deficit below.
- *Measure*: "ratio" and "growth_factor" are a multiple, a count and a duration are levels, a "bound" is a level or a
  share; a level may be a rate.
- *Indicator*: by the code lists' names and aliases; a deficit is the balance with the sign turned, a harvest the
  production of a crop, the revenue of a government that of its budget; a code may hold the product ("wind-
  generation"). An indicator or product in own words is right when it shares half of the content words of the shorter;
  product and own indicator are compared together ("exports" of "agricultural products" and "agricultural-exports").
  Only `lenient` counts these; `strict` wants the same words. A product called group, total, all or federal is none.
- *Areas*: no counterpart, the world and WLD are one; where the indicator is symmetric the two areas may change places; a
  printed area that was meant to be another may be either; a list of areas is a set.
- *Period*: by normal form; a day and the month that it lies in are the same, and so are a season of two years (2014/2015),
  the fiscal year of its second (FY2015), and twelve months or 52 weeks that end in that year and are no calendar year.
- *Whole*: against words of the person who marked: its indicator and its areas where they name them.
- *Qualifier*: by what it does to the interval ("nearly" is "almost"), from the table of quantities.
- *Modality*: a target or proposal may be a plan or an offer, a forecast a plan or an estimate; where nothing is marked
  an estimate passes for a fact.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.extraction.scoring.gold import Expected
from crosscheck.figures.exact import Fraction
from crosscheck.figures.periods import Period, PeriodError, contains, is_date, months, normal_form, parse_period
from crosscheck.figures.quantities import shipped_quantities
from crosscheck.figures.units import Unit, UnknownUnit, parse_unit
from crosscheck.inputs.shipped import shipped

_WORLD = ("WLD", "WORLD", "_T")
_SMALL_WORDS = frozenset(
    {"a", "all", "an", "and", "as", "at", "by", "for", "from", "in", "its", "of", "on", "or", "other", "the", "to"}
    | {"total", "value", "volume", "with"}
)
_ENDING = re.compile(r"(?<=\w{3})(?:ies|ing|ed|es|s|y|al|e)$")
_PERCENT, _POINTS = parse_unit("percent"), parse_unit("percentage_point")
_ALIKE = ({"harvest", "production"}, {"revenue", "budget-revenue"})
_DEFICIT = re.compile(r"\bdeficit\b")


# Value and unit


def value_and_unit(want: Expected, claim: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether the value is right, and whether the unit is."""
    got, text = _number(claim.get("value")), str(claim.get("unit") or "")
    if got is None:
        return False, False
    wanted, unit = want.value, _same_unit(want.unit, text)
    one, other = _unit(want.unit), _unit(text)
    if one and other and one.dimension == other.dimension and one.kind == other.kind and one.factor != other.factor:
        wanted = wanted * one.factor / other.factor
    elif one == _POINTS and other == _PERCENT and "%" in want.printed:
        unit = True
    elif want.unit == "percent" and text in ("", "times") and abs(got) <= 1 and got.denominator > 1:
        wanted, unit = wanted / 100, True
    signs_may_differ = want.direction_unstated or (want.indicator and _DEFICIT.search(want.indicator))
    return (abs(got) == abs(wanted) if signs_may_differ else got == wanted), unit


def _number(text: object) -> Fraction | None:
    try:
        return Fraction(str(text))
    except (ValueError, ZeroDivisionError):
        return None


def _same_unit(one: str, other: str) -> bool:
    first, second = _unit(one), _unit(other)
    if first and second and first.name == second.name:
        return True
    if _counts(one) and _counts(other):
        return True
    if first and second and first.dimension and first.dimension == second.dimension and first.kind == second.kind:
        return True
    return bool(_stems(one)) and _stems(one) == _stems(other)


def _counts(unit: str) -> bool:
    """Whether a unit only says what is counted."""
    known = _unit(unit)
    return known is None or known.kind == "count" or unit == "count"


@cache
def _unit(text: str) -> Unit | None:
    try:
        return parse_unit("" if text == "count" else text)
    except UnknownUnit:
        return None


def is_money_or_percent(unit: str) -> bool:
    """Whether a unit is a currency, percent or percentage points."""
    known = _unit(unit)
    return known is not None and (known.kind.startswith("currency") or known.name in ("percent", "percentage_point"))


# Dimensions and properties


class Verdict(NamedTuple):
    """Of one field of a claim: what was wanted and got, for people, and whether that is right."""

    wanted: str
    got: str
    lenient: bool
    strict: bool  # without the equivalence of own words


def verdicts(want: Expected, claim: Mapping[str, Any]) -> dict[str, Verdict]:
    """The verdict on each field that the mark asks for."""
    found: dict[str, Verdict] = {}

    def put(name: str, wanted: object, got: object, lenient: bool, strict: bool | None = None) -> None:
        found[name] = Verdict(str(wanted), str(got), lenient, lenient if strict is None else strict)

    measure = str(claim.get("measure") or "level")
    inflation = _is_inflation(want, claim, measure)
    if want.measures is not None:
        put("measure", want.measures[0], measure, inflation or measure in want.measures)
    lenient, strict = (True, True) if inflation else _indicator(want, claim)
    put("indicator", want.indicator, claim.get("indicator"), lenient, strict)
    lenient, strict = _product(want, claim)
    put("product", want.product, _products(claim) or None, lenient, strict)
    first, second = _areas(want, claim)
    put("reference_area", want.areas[0], _said(claim, "reference_area"), *first)
    put("counterpart_area", want.areas[1], _said(claim, "counterpart_area"), *second)
    period = _said(claim, "time_period")
    put("time_period", want.period, period, _same_period(want.period, period))
    if want.source is not None:
        put("source", want.source, claim.get("source"), _alike(want.source, claim.get("source")))
    if want.base_period is not None and not inflation:
        base = _said(claim, "base_period")
        put("base_period", want.base_period, base, _same_period(want.base_period, base))
    if want.share_of is not None:
        put("whole", want.share_of, claim.get("whole"), _whole(want, claim))
    put("qualifier", want.qualifier, claim.get("qualifier"), _effect(want.qualifier) == _effect(claim.get("qualifier")))
    if want.modalities is not None:
        modality = str(claim.get("modality") or "fact")
        put("modality", want.modalities[0], modality, modality in want.modalities)
    return found


def _is_inflation(want: Expected, claim: Mapping[str, Any], measure: str) -> bool:
    """Whether the rate of inflation is marked as the growth of consumer prices."""
    prices = want.indicator is not None and _code("indicator", want.indicator) == "consumer-price-index"
    growth = want.measures is not None and "growth" in want.measures
    return prices and growth and measure == "rate" and str(claim.get("indicator") or "").endswith("inflation-rate")


def _said(claim: Mapping[str, Any], name: str) -> str | None:
    value = claim.get(name)
    if value is None and name == "reference_area":
        value = claim.get("entity")
    return None if value is None else str(value)


_PARTS = ("product", "segment", "activity", "item")


def _products(claim: Mapping[str, Any]) -> str:
    """What stands in the product or in another open dimension of that sense."""
    return " ".join(str(claim[key]) for key in _PARTS if claim.get(key) not in (None, "_U"))


def _own_words(claim: Mapping[str, Any]) -> frozenset[str]:
    """All that the claim says in own words of what it is about; `detail` tells figures apart, and may hold a product."""
    texts = (claim.get("indicator"), _products(claim), claim.get("detail"))
    return _stems(" ".join(str(text) for text in texts if text not in (None, "_U")))


def _indicator(want: Expected, claim: Mapping[str, Any]) -> tuple[bool, bool]:
    got = claim.get("indicator")
    if want.indicator is None or got in (None, "_U"):
        same = want.indicator is None and got in (None, "_U")
        return same, same
    wanted, said = _code("indicator", _balanced(want.indicator)), _code("indicator", _balanced(str(got)))
    if wanted == said:
        return True, True
    own, lists = _own_words(claim), _lists()
    words = _stems(f"{want.indicator} {_balanced(want.indicator)} {want.product or ''}")
    if lists.find("indicator", wanted) and lists.find("indicator", said):
        names_part = want.product is not None and bool(_stems(want.product) & _stems(str(got)))
        same = {wanted, said} in _ALIKE or (names_part and _shared(words, own))
        return same, False
    return _shared(words, own), False


def _product(want: Expected, claim: Mapping[str, Any]) -> tuple[bool, bool]:
    got = _products(claim)
    if not want.product and not got:
        return True, True
    asked = _stems(f"{want.product or ''} {want.indicator or ''}")
    strict = _stems(want.product or "") == _stems(got)
    if not want.product:  # what the mark has in its indicator may stand in the product
        return _stems(got) <= asked, strict
    if _code("product", want.product) == _code("product", got):
        return True, True
    return _shared(_stems(want.product), _own_words(claim)), strict


def _balanced(indicator: str) -> str:
    """An indicator that is called a deficit, as the balance that it is."""
    return "trade-balance" if indicator in ("deficit", "surplus", "trade deficit") else _DEFICIT.sub("balance", indicator)


def _areas(want: Expected, claim: Mapping[str, Any]) -> tuple[tuple[bool, bool], tuple[bool, bool]]:
    got = (_said(claim, "reference_area"), _said(claim, "counterpart_area"))
    straight = (_same_area(want.areas[0], got[0]), _same_counterpart(want, got[1]))
    indicator = _lists().find("indicator", _code("indicator", want.indicator or ""))
    if indicator and indicator.symmetric and not all(straight[n][0] for n in (0, 1)) and got[1] not in (None, "_U"):
        swapped = (_same_area(want.areas[1], got[0]), _same_area(want.areas[0], got[1]))
        if all(one[0] for one in swapped):
            return swapped
    return straight


def _same_counterpart(want: Expected, got: str | None) -> tuple[bool, bool]:
    same = _same_area(want.areas[1], got)
    return same if same[0] or want.corrected_counterpart is None else _same_area(want.corrected_counterpart, got)


def _same_area(wanted: str | None, got: str | None) -> tuple[bool, bool]:
    first, second = _area_set(wanted), _area_set(got)
    if first == second:
        return True, True
    if not wanted or not got or any(_lists().find("reference_area", code) for code in first | second):
        return False, False
    return _alike(wanted, got), False


def _area_set(text: str | None) -> frozenset[str]:
    parts = re.split(r"\s*[,+]\s*", text) if text else []
    codes = (_code("reference_area", part) for part in parts if part)
    return frozenset(code for code in codes if code not in _WORLD)


def _same_period(wanted: str | None, got: str | None) -> bool:
    if wanted is None or got is None:
        return wanted is None and got in (None, "_U")
    one, other = _period(wanted), _period(got)
    if one is None or other is None:
        return wanted == got or (wanted is None and got == "_U")
    if normal_form(one) == normal_form(other) or _is_one_year(one, other):
        return True
    day, month = (one, other) if is_date(one) else (other, one)
    return is_date(day) and months(month) == 1 and contains(month, day)


def _is_one_year(one: Period, other: Period) -> bool:
    """Whether both are the year that ends in a year, and one of them does not say on which day: two others would differ."""
    without_days = any(re.match(r"FY|\d{4}/", normal_form(period)) for period in (one, other))
    return without_days and None is not _year_of_two(one) == _year_of_two(other)


def _year_of_two(period: Period) -> int | None:
    """The year in which a year of no calendar ends: FY2015, 2014/2015, 2014-07/2015-06, 2014-06-30/2015-06-28."""
    form = normal_form(period)
    if form.startswith("FY"):
        return int(form[2:]) if form[2:].isdecimal() else None
    last = datetime.date.fromordinal(period.last)
    if re.fullmatch(r"\d{4}/\d{4}", form):
        return last.year if months(period) == 24 else None
    days = period.last - period.first + 1
    return last.year if 360 <= days <= 373 and form != str(last.year) else None


def _period(text: str) -> Period | None:
    try:
        return parse_period(text)
    except PeriodError:
        return None


def _whole(want: Expected, claim: Mapping[str, Any]) -> bool:
    """Whether the claim's whole is the one that the person described in words."""
    whole = claim.get("whole")
    if not isinstance(whole, Mapping) or want.share_of is None:
        return False
    words = re.sub(r"\([^()]*\)", " ", want.share_of).replace("_", " ")
    codes = set(re.findall(r"\b[A-Z][A-Z0-9](?:-[A-Z]{2,3})?\b", words.replace("-", " - ")))
    has = {name: whole[name] if name in whole else _said(claim, name) for name in ("reference_area", "counterpart_area")}
    areas = {code for value in has.values() for code in _area_set(None if value is None else str(value))}
    if codes and not (codes == areas or codes <= areas):
        return False
    if not codes and has["counterpart_area"] not in (None, "_U", *_WORLD) and not whole:
        return False
    indicator = str(whole["indicator"] if whole.get("indicator") else claim.get("indicator") or "")
    phrases = (pair for pair in _indicator_phrases() if re.search(rf"\b{re.escape(pair[0])}\b", words.lower()))
    named = next((code for _, code in phrases), None)
    said = _code("indicator", indicator)
    return named is None or said == named or _shared(_stems(words), _stems(indicator))


def _effect(qualifier: object) -> tuple[str, str] | str | None:
    """What a qualifier does to the interval; words that the table lacks stand for themselves."""
    if qualifier is None:
        return None
    words = " ".join(str(qualifier).lower().replace("_", " ").split())
    words = {"exceeds": "over", "exceed": "over", "at least": "at least", "approx": "about"}.get(words, words)
    known = shipped_quantities().qualifiers.get(words)
    if known is None:
        return None if words.startswith("most of") else words
    if known.kind == "bound":
        return "bound", {"from": "above", "upto": "below"}.get(known.side, known.side)
    return known.kind, known.side


# Words and codes


@cache
def _lists() -> CodeLists:
    return load_codelists([shipped("codelists") / name for name in ("areas.yaml", "indicators.yaml", "products.yaml")])


@cache
def _indicator_phrases() -> tuple[tuple[str, str], ...]:
    """Names of indicators, the longest first."""
    phrases = [(phrase.lower(), code) for phrase, code in _lists().phrases("indicator")]
    return tuple(sorted(phrases, key=lambda pair: -len(pair[0])))


@cache
def _code(dimension: str, text: str) -> str:
    """The code that the words name, or the words in one spelling."""
    plain = " ".join(text.replace("_", " ").split())
    for form in (text, plain, plain.replace("-", " "), plain.replace(" ", "-").lower()):
        found = _lists().named(dimension, form)
        if found:
            return found.id
    return plain.replace("-", " ").lower() if dimension == "indicator" else plain


def _alike(one: str, other: object) -> bool:
    return other not in (None, "_U") and _shared(_stems(one), _stems(str(other)))


def _shared(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of content words share at least half of the smaller."""
    return bool(one and other) and 2 * len(one & other) >= min(len(one), len(other))


@cache
def _stems(text: str) -> frozenset[str]:
    """Content words in lower case, without the commonest endings."""
    words = re.findall(r"[^\W_]+", text.lower())
    return frozenset(_ENDING.sub("", word) for word in words if word not in _SMALL_WORDS)
