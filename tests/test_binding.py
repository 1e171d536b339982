"""Binding: which claims become operands of one another, and which never do."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction as F
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenarios import shipped_codes, shipped_rules

from crosscheck.checking import binding as binding_module
from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, UNVERIFIABLE
from crosscheck.checking.assumptions import candidate_periods, series_periods
from crosscheck.checking.binding import Binding, bind, can_bind
from crosscheck.checking.checks import Check, check_claims
from crosscheck.checking.index import make_index
from crosscheck.checking.stated import assume_period, group
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import SOURCE, UNSTATED, Claim, Document, ListItem
from crosscheck.figures.text import parse_figure
from crosscheck.rules.files import read_rule_file
from crosscheck.rules.model import Rule

A = Document("a", "a.md", publisher="A", published=datetime.date(2024, 6, 26))
B = Document("b", "b.md", publisher="B", published=datetime.date(2024, 7, 1))
UNDATED = Document("u", "u.md")
NEW_YEARS_EVE = Document("e", "e.md", published=datetime.date(2023, 12, 31))
MID_2023 = Document("m", "m.md", published=datetime.date(2023, 10, 19))
BASE = {"indicator": "trade-turnover", "reference_area": "KZ", "counterpart_area": "CN", "time_period": "2023"}
Rules = Callable[[str], tuple[Rule, ...]]


def claim(id: str, figure: str, document: Document = A, measure: str = "level", **other: object) -> Claim:
    """A claim about KZ's turnover with CN in 2023, but for what is given; None leaves a dimension out."""
    properties = {k: other.pop(k) for k in ("base_period", "whole", "modality", "list_item") if k in other}
    dimensions = {k: str(v) for k, v in {**BASE, **other}.items() if v is not None}
    return Claim(
        f"{document.id}#{id}",
        document,
        parse_figure(figure, measure),
        dimensions,
        measure,
        **properties,  # type: ignore[arg-type]
    )


def growth(id: str, figure: str, document: Document = A, **other: object) -> Claim:
    return claim(id, figure, document, "growth", **{"base_period": "2022", **other})


def item(of: str, complete: bool = True) -> ListItem:
    return ListItem(f"a#{of}", complete)


def rule(name: str) -> Rule:
    return next(rule for rule in shipped_rules() if rule.id == name)


GROWTH, TERMS, TWICE = rule("growth-not-matching-levels"), rule("total-not-sum-of-terms"), rule("same-figure-twice")
NOW, THEN, RATE = (
    claim("now", "31.5 billion USD"),
    claim("then", "24 billion USD", time_period="2022"),
    growth("g", "30.1 %"),
)


def checks(claims: Sequence[Claim], *rules: Rule, codes: CodeLists | None = None) -> list[Check]:
    return list(check_claims(claims, rules, codes or shipped_codes()).checks)


def bound(claims: Sequence[Claim], *rules: Rule, codes: CodeLists | None = None) -> list[dict[str, list[str]]]:
    """The complete bindings, as the ids of the claims by role."""
    return [ids(check.binding) for check in checks(claims, *rules, codes=codes) if check.binding.missing is None]


def ids(found: Binding) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {role: [] for role in found.roles}
    for role, operand in found.operands():
        roles[role] += [c.id.partition("#")[2] for c in operand.claims]
    return roles


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    """Rules from their text."""

    def read(text: str) -> tuple[Rule, ...]:
        path = tmp_path / "rules.yaml"
        path.write_text(text, encoding="utf-8")
        return read_rule_file(path)

    return read


# Implicit matching.


def test_variables_agree_on_what_none_of_them_names() -> None:
    assert bound([NOW, THEN, RATE], GROWTH) == [{"growth": ["g"], "now": ["now"], "then": ["then"]}]


@pytest.mark.parametrize("dimension", ["indicator", "reference_area", "counterpart_area", "product", "team"])
@pytest.mark.parametrize("changed", ["now", "then", "g"])
def test_a_dimension_that_differs_keeps_them_apart(dimension: str, changed: str) -> None:
    other = {"indicator": "exports", "reference_area": "UZ", "counterpart_area": "RU"}.get(dimension, "wheat")
    claims = [with_dimension(c, dimension, other) if c.id == f"a#{changed}" else c for c in (NOW, THEN, RATE)]
    assert bound(claims, GROWTH) == []


def with_dimension(c: Claim, dimension: str, value: str | None) -> Claim:
    rest = {k: v for k, v in c.dimensions.items() if k != dimension}
    return replace(c, dimensions=rest if value is None else {**rest, dimension: value})


@pytest.mark.parametrize("dimension", ["counterpart_area", "reference_area", "indicator"])
def test_absent_matches_only_absent(dimension: str) -> None:
    claims = [with_dimension(c, dimension, None) for c in (NOW, THEN, RATE)]
    assert len(bound(claims, GROWTH)) == 1
    for whole in (NOW, THEN, RATE):
        mixed = [whole if c.id == whole.id else c for c in claims]
        assert bound(mixed, GROWTH) == []


@pytest.mark.parametrize("dimension", ["counterpart_area", "product", "indicator"])
def test_unstated_matches_nothing_not_even_unstated(dimension: str) -> None:
    unstated = [with_dimension(c, dimension, UNSTATED) for c in (NOW, THEN, RATE)]
    assert checks(unstated, GROWTH, TWICE) == []
    for number in range(3):
        mixed = [u if i == number else c for i, (c, u) in enumerate(zip((NOW, THEN, RATE), unstated, strict=True))]
        assert bound(mixed, GROWTH, TWICE) == []
    assert checks([unstated[0], replace(unstated[0], id="a#again")], TWICE) == []


def test_levels_agree_in_kind_of_unit() -> None:
    tonnes = claim("then-t", "24 million t", time_period="2022")
    assert bound([NOW, tonnes, RATE], GROWTH) == []
    assert bound([claim("now-t", "31.5 million t"), NOW, tonnes, THEN, RATE], GROWTH) == [
        {"growth": ["g"], "now": ["now"], "then": ["then"]},
        {"growth": ["g"], "now": ["now-t"], "then": ["then-t"]},
    ]
    assert bound([NOW, claim("then-k", "24 billion KZT", time_period="2022"), RATE], GROWTH) == []


def test_a_rule_may_say_that_units_differ(rules: Rules) -> None:
    (priced,) = rules("""
rules:
  - id: revenue-not-price-times-quantity
    title: x
    why: x
    variables:
      revenue: {measure: level, indicator: revenue}
      price: {measure: level, indicator: price, unit: any}
      quantity: {measure: level, indicator: sales, unit: any}
    assert: revenue == price * quantity
""")
    parts = [claim("r", "200 USD", indicator="revenue"), claim("p", "50 USD/t", indicator="price"),
             claim("q", "4 t", indicator="sales")]  # fmt: skip
    (only,) = checks(parts, priced)
    assert only.binding.missing is None
    # A tonne is a thousand of the base unit, and a price per tonne a thousandth of that: they cancel out.
    assert only.verdict == CONSISTENT


def test_properties_are_never_matched_but_tell_claims_apart() -> None:
    prior = growth("quarter", "5 %", base_period="2021")
    assert len(bound([NOW, THEN, RATE, prior], GROWTH)) == 1
    assert bound([RATE, prior], TWICE) == []
    shares = [claim(n, "64 %", measure="share", whole={"product": w}) for n, w in (("s1", None), ("s2", "grain"))]
    assert bound(shares, TWICE) == []
    assert len(bound([shares[0], replace(shares[0], id="a#s3")], TWICE)) == 1


def test_periods_are_one_by_their_normal_form() -> None:
    base = growth("g", "30 %", time_period="2023-S1", base_period="2022-S1")
    levels = [claim("now", "13 billion USD", time_period="2023-S1"), claim("then", "10 billion USD", time_period="2022-S1")]
    assert len(bound([base, *levels], GROWTH)) == 1
    later = [levels[0], replace(levels[1], dimensions={**levels[1].dimensions, "time_period": "2022-S2"})]
    assert bound([base, *later], GROWTH) == []


# Whose figures.


@pytest.mark.parametrize("modality", ["plan", "offer", "estimate"])
def test_plans_are_never_operands(modality: str) -> None:
    for planned in ("now", "then", "g"):
        claims = [replace(c, modality=modality) if c.id == f"a#{planned}" else c for c in (NOW, THEN, RATE)]
        assert bound(claims, GROWTH) == []
    assert bound([NOW, replace(claim("again", "90 billion USD"), modality=modality)], TWICE) == []


SOURCES = st.sampled_from([None, None, "s1", "s2", "s3"])


@given(st.lists(st.tuples(st.sampled_from([NOW, THEN, RATE]), SOURCES, st.sampled_from([A, B])), min_size=3, max_size=8))
def test_different_known_sources_are_never_each_others_operands(drawn: list[tuple[Claim, str | None, Document]]) -> None:
    claims = []
    for number, (c, source, document) in enumerate(drawn):
        moved = replace(c, id=f"{document.id}#{number}", document=document)
        claims.append(with_dimension(moved, SOURCE, source) if source else moved)
    for check in checks(claims, *[r for r in shipped_rules() if r.id != "difference-of-sources"]):
        known = {c.dimensions.get(SOURCE) for _, o in check.binding.operands() for c in o.claims} - {None}
        assert len(known) <= 1, ids(check.binding)


def test_an_unknown_source_goes_with_any_and_a_known_one_with_its_own_first() -> None:
    own = with_dimension(claim("own", "31.5 billion USD"), SOURCE, "kz")
    rate = with_dimension(RATE, SOURCE, "kz")
    assert bound([rate, NOW, own, THEN], GROWTH)[0]["now"] == ["own"]
    assert bound([rate, NOW, THEN], GROWTH)[0]["now"] == ["now"]
    assert bound([RATE, own, THEN], GROWTH)[0]["now"] == ["own"]
    other = with_dimension(claim("other", "41 billion USD"), SOURCE, "cn")
    assert bound([rate, other, THEN], GROWTH) == []


def test_two_sources_are_a_difference_and_no_error() -> None:
    here, there = (
        with_dimension(claim(s, f), SOURCE, s) for s, f in (("cn", "41 billion USD"), ("kz", "31.5 billion USD"))
    )
    found = checks([here, there], *shipped_rules())
    assert [(c.rule.id, c.verdict, c.level) for c in found if c.binding.missing is None and not c.is_within_bounds] == [
        ("difference-of-sources", CONTRADICTION, "note")
    ]


# One quantity, stated several times.


def test_duplicates_are_one_operand_whatever_their_order() -> None:
    again = claim("again", "31.52 billion USD", B)
    for order in permutations([NOW, again, THEN, RATE]):
        (only,) = [c for c in checks(order, GROWTH) if c.binding.missing is None]
        assert ids(only.binding)["now"] == ["now", "again"]
        role = only.binding.roles["now"]
        assert not isinstance(role, tuple)
        assert role.strict is not None
        assert (role.strict.low, role.strict.high) == (F(31515 * 10**6), F(31525 * 10**6))


def test_duplicates_that_exclude_one_another_are_a_finding_of_their_own() -> None:
    found = checks([NOW, claim("again", "33 billion USD")], TWICE)
    assert [c.verdict for c in found] == [CONTRADICTION]
    agree = checks([NOW, claim("again", "31.52 billion USD")], TWICE)
    assert [c.verdict for c in agree] == [CONSISTENT]


def test_other_rules_then_use_one_document_and_the_subjects_first() -> None:
    elsewhere = [claim("now", "40 billion USD", B), claim("g", "30.1 %", B, "growth", base_period="2022")]
    for order in permutations([NOW, elsewhere[0], THEN, RATE]):
        (only,) = [c for c in checks(order, GROWTH) if c.binding.missing is None]
        role = only.binding.roles["now"]
        assert not isinstance(role, tuple)
        assert [c.id for c in role.claims] == ["a#now"]
    (theirs,) = [c for c in checks([NOW, elsewhere[0], THEN, elsewhere[1]], GROWTH) if c.binding.missing is None]
    assert [c.id for _, o in theirs.binding.operands() for c in o.claims] == ["b#g", "b#now", "a#then"]


def test_a_subject_at_odds_with_itself_is_checked_document_by_document() -> None:
    rates = [RATE, growth("g", "12 %", B)]
    subjects = [ids(c.binding)["growth"] for c in checks([*rates, NOW, THEN], GROWTH) if c.binding.missing is None]
    assert subjects == [["g"], ["g"]]
    verdicts = {c.subject.first.id: c.verdict for c in checks([*rates, NOW, THEN], GROWTH)}
    assert verdicts["b#g"] == CONTRADICTION
    assert verdicts["a#g"] != CONTRADICTION


def test_nothing_is_bound_to_a_group_at_odds_within_one_document() -> None:
    """No document of the two levels agrees with itself, so that there is no level to compare with."""
    levels = [NOW, claim("again", "40 billion USD")]
    assert bound([*levels, THEN, RATE], GROWTH) == []


def test_of_three_the_two_that_disagree_most_are_shown() -> None:
    figures = ("up to 5 USD", "under 5 USD", "at least 5 USD", "up to 100 USD")
    claims = [claim(figure[:5], figure) for figure in figures]
    for names in permutations("wxyz"):
        renamed = [replace(c, id=f"a#{n}") for c, n in zip(claims, names, strict=True)]
        assert [c.verdict for c in checks(renamed, TWICE)] == [CONTRADICTION], names


# Areas that may be exchanged.


def turned(c: Claim) -> Claim:
    dimensions = {**c.dimensions, "reference_area": c.dimensions["counterpart_area"]}
    return replace(c, dimensions={**dimensions, "counterpart_area": c.dimensions["reference_area"]})


@pytest.mark.parametrize("which", [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)])
def test_turnover_of_two_areas_is_the_same_either_way_round(which: tuple[int, ...]) -> None:
    claims = [turned(c) if i in which else c for i, c in enumerate((NOW, THEN, RATE))]
    assert len(bound(claims, GROWTH)) == 1
    assert bound([turned(NOW), replace(NOW, id="a#again")], TWICE) != []


def test_exports_are_not_the_same_either_way_round() -> None:
    claims = [with_dimension(c, "indicator", "exports") for c in (NOW, THEN, RATE)]
    assert len(bound(claims, GROWTH)) == 1
    assert bound([turned(claims[0]), *claims[1:]], GROWTH) == []
    assert bound([turned(claims[0]), replace(claims[0], id="a#again")], TWICE) == []


@pytest.mark.parametrize("way", [False, True])
@pytest.mark.parametrize("name", ["a", "z"])
def test_the_terms_of_a_turnover_are_those_of_either_area(way: bool, name: str) -> None:
    total = claim(name, "31.5 billion USD")
    terms = [claim("x", "14.7 billion USD", indicator="exports"), claim("m", "16.8 billion USD", indicator="imports")]
    assert len(bound([turned(total) if way else total, *terms], TERMS)) == 1
    assert len(bound([turned(total), replace(total, id="a#q"), *terms], TERMS)) == 1


@pytest.mark.parametrize("way", [False, True])
def test_a_part_finds_its_whole_either_way_round(way: bool) -> None:
    part = claim("part", "20.3 billion USD", counterpart_area="CN-XJ")
    whole = turned(NOW) if way else NOW
    found = bound([part, whole], rule("part-above-whole"), rule("region-above-country"))
    assert len(found) == 1
    assert found[0] == {"part": ["part"], "whole": ["now"]}
    assert len(bound([turned(part), whole], rule("part-above-whole"), rule("region-above-country"))) == 1


# Collections.


def terms(*indicators: str) -> list[Claim]:
    amounts = {"exports": "14.7 billion USD", "imports": "16.8 billion USD"}
    return [claim(name, amounts.get(name, "1 billion USD"), indicator=name) for name in indicators]


def test_a_closed_list_wants_all_its_codes() -> None:
    total = claim("total", "31.5 billion USD")
    assert bound([total, *terms("exports", "imports")], TERMS) == [
        {"total": ["total"], "terms": ["exports", "imports"], "less": []}
    ]
    (one,) = checks([total, *terms("exports")], TERMS)
    assert one.verdict == UNVERIFIABLE
    assert one.binding.missing is not None
    assert one.binding.missing.dimensions["indicator"] == "imports"
    assert one.assessment.missing is not None
    assert checks([total], TERMS) == []


def test_what_is_taken_away_is_wanted_too() -> None:
    balance = claim("balance", "-2.1 billion USD", indicator="trade-balance")
    (whole,) = bound([balance, *terms("exports", "imports")], TERMS)
    assert whole == {"total": ["balance"], "terms": ["exports"], "less": ["imports"]}
    (part,) = checks([balance, *terms("exports")], TERMS)
    assert part.binding.missing is not None
    assert part.binding.missing.role == "less"


LISTS = rule("list-not-adding-up"), rule("open-list-above-total")


def test_items_of_a_list_may_differ_in_anything() -> None:
    total = claim("total", "16 {documents}", indicator="documents-signed")
    items = [
        claim("i1", "6 {agreements}", indicator="documents-signed", kind="agreement", list_item=item("total")),
        claim("i2", "5 {memoranda}", indicator="documents-signed", kind="memorandum", list_item=item("total")),
        claim("i3", "5 {agreements}", indicator="documents-signed", kind="agreement", list_item=item("total")),
    ]
    (found,) = bound([total, *items], *LISTS)
    assert sorted(found["items"]) == ["i1", "i2", "i3"]
    (check,) = [c for c in checks([total, *items], *LISTS) if c.binding.missing is None]
    assert (check.rule.id, check.verdict) == ("list-not-adding-up", CONSISTENT)


def test_an_open_list_gives_no_equality() -> None:
    total = claim("total", "24 billion USD")
    items = [claim(n, "10 billion USD", product=n, list_item=item("total", False)) for n in ("wheat", "oil")]
    (check,) = checks([total, *items], *LISTS)
    assert (check.rule.id, check.verdict) == ("open-list-above-total", CONSISTENT)


def test_a_closed_list_with_an_item_that_cannot_be_added_is_not_closed() -> None:
    total = claim("total", "30 billion USD")
    items = [claim(n, "10 billion USD", product=n, list_item=item("total")) for n in ("wheat", "oil", "steel")]
    assert len(bound([total, *items], LISTS[0])) == 1
    for wrong in (replace(items[2], modality="plan"), with_dimension(items[2], "time_period", UNSTATED),
                  claim("steel", "10 million t", product="steel", list_item=item("total"))):  # fmt: skip
        assert bound([total, *items[:2], wrong], LISTS[0]) == []


def test_an_item_stated_again_elsewhere_is_still_one_item() -> None:
    total = claim("total", "20 billion USD")
    items = [claim(n, "10 billion USD", product=n, list_item=item("total")) for n in ("wheat", "oil")]
    for name in ("a", "z"):
        again = claim(name, "10.0 billion USD", product="wheat")
        (found,) = bound([total, *items, again], LISTS[0])
        assert sorted(found["items"]) == sorted(["oil", name, "wheat"])
        (check,) = checks([total, *items, again], LISTS[0])
        assert check.verdict == CONSISTENT


PARTS = """
rules:
  - id: parts-above-whole
    title: x
    why: x
    variables:
      whole: {measure: level, %(dimension)s: none}
      parts: {measure: level, %(dimension)s: {not: none}, collect: [%(dimension)s]}
    assert: sum(parts) <= whole
    subject: whole
"""


@pytest.mark.parametrize(
    ("dimension", "values"),
    [
        ("counterpart_area", ["CN", "CN-XJ", "CN-GD", "KZ", "RU"]),
        ("counterpart_area", ["EU", "DE", "FR", "CN", "CN-XJ"]),
        ("counterpart_area", ["EAEU", "CIS", "RU", "KZ", "CN"]),
        ("counterpart_area", ["EAEU", "CIS", "CN"]),
        ("indicator", ["trade-turnover", "exports", "imports", "population"]),
        ("time_period", ["2023", "2023-Q1", "2023-02", "2023-05", "2022"]),
    ],
)
def test_what_overlaps_is_never_added_twice(rules: Rules, dimension: str, values: list[str]) -> None:
    (parts,) = rules(PARTS % {"dimension": dimension})
    whole = with_dimension(claim("whole", "100 billion USD", reference_area="UZ"), dimension, None)
    members = [claim(v, "1 billion USD", **{"reference_area": "UZ", dimension: v}) for v in values]
    for order in (members, members[::-1]):
        found = bound([whole, *order], parts)
        assert found
        for one, other in combinations(found[0]["parts"], 2):
            assert not overlap(dimension, one, other), (one, other)
        for left_out in set(values) - set(found[0]["parts"]):
            assert any(overlap(dimension, left_out, kept) for kept in found[0]["parts"]), left_out


def test_of_what_overlaps_the_broader_is_added(rules: Rules) -> None:
    (parts,) = rules(PARTS % {"dimension": "counterpart_area"})
    whole = with_dimension(claim("whole", "100 billion USD", reference_area="UZ"), "counterpart_area", None)
    areas = ["CN-XJ", "CN", "CN-GD", "DE", "EU"]
    members = [claim(area, "1 billion USD", reference_area="UZ", counterpart_area=area) for area in areas]
    assert bound([whole, *members], parts)[0]["parts"] == ["CN", "EU"]


def overlap(dimension: str, one: str, other: str) -> bool:
    if dimension == "time_period":
        return one[:4] == other[:4] and (len(min(one, other, key=len)) == 4 or {one, other} == {"2023-Q1", "2023-02"})
    return shipped_codes().overlaps(dimension, one, other)


def test_parts_of_a_whole_leave_out_what_contains_another() -> None:
    whole = claim("whole", "31.5 billion USD", indicator="exports")
    parts = [claim(n, "9 billion USD", indicator="exports", counterpart_area=n) for n in ("CN-XJ", "CN-GD")]
    assert bound([whole, *parts], rule("parts-above-whole")) == [{"whole": ["whole"], "parts": ["CN-GD", "CN-XJ"]}]


PRICED = """
rules:
  - id: value-not-price-times-quantity
    title: x
    why: x
    variables:
      value: {measure: level, indicator: value, product: none}
      price: {measure: level, indicator: price, product: {not: none}, unit: any, collect: [product]}
      quantity: {measure: level, indicator: quantity, product: {not: none}, unit: any, collect: [product]}
    assert: value >= sum(price * quantity)
    subject: value
"""


def priced(prices: Iterable[str], quantities: Iterable[str]) -> list[Claim]:
    amounts = {"wheat": 1, "oil": 10, "steel": 100}
    found = [claim("v", "201 USD", indicator="value")]
    for names, indicator, unit in ((prices, "price", "USD/t"), (quantities, "quantity", "t")):
        for number, name in enumerate(names):
            figure = f"{amounts[name]} {unit}"
            found.append(claim(f"{indicator}-{number}", figure, indicator=indicator, product=name))
    return found


def test_members_that_go_together_are_paired_by_what_they_are_about(rules: Rules) -> None:
    """Ids put them in opposite orders: 1 x 1 + 10 x 10 is 101, while 1 x 10 + 10 x 1 would be 20."""
    (value,) = rules(PRICED)
    (check,) = checks(priced(["wheat", "oil"], ["oil", "wheat"]), value)
    first, second = (check.binding.roles[name] for name in ("price", "quantity"))
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    assert [m.dimensions["product"] for m in first] == [m.dimensions["product"] for m in second] == ["oil", "wheat"]
    assert check.assessment.computed is not None
    assert F(101) in check.assessment.computed
    assert F(20) not in check.assessment.computed


def test_members_without_a_partner_are_no_check(rules: Rules) -> None:
    (value,) = rules(PRICED)
    assert bound(priced(["wheat", "oil"], ["oil", "steel"]), value) == []
    assert bound(priced(["wheat", "oil"], ["oil", "steel", "wheat"]), value) == []


# Undated claims.


def undated(document: Document) -> Claim:
    return with_dimension(growth("g", "30.1 %", document), "time_period", UNSTATED)


def series(document: Document, *periods: str) -> list[Claim]:
    return [claim(p, "24 billion USD" if p < "2023" else "31.5 billion USD", document, time_period=p) for p in periods]


def assumed(claims: Sequence[Claim], *rules: Rule) -> dict[str, str]:
    """The periods assumed by the checks, with the verdicts."""
    return {c.assumptions[0].value: c.verdict for c in checks(claims, *(rules or (GROWTH,))) if c.assumptions}


def test_an_undated_claim_is_tried_against_the_last_complete_year() -> None:
    assert list(assumed([undated(A), *series(B, "2022", "2023")])) == ["2023"]
    assert list(assumed([undated(MID_2023), *series(B, "2021", "2022", "2023")])) == ["2022"]
    assert list(assumed([undated(NEW_YEARS_EVE), *series(B, "2021", "2022", "2023")])) == ["2022"]


def test_and_against_the_periods_of_its_own_document_that_are_over() -> None:
    claims = [undated(A), *series(A, "2021", "2022")]
    assert list(assumed(claims)) == ["2022"]
    assert list(assumed([undated(MID_2023), *series(MID_2023, "2022", "2023")])) in (["2022"], [])
    assert "2023" not in assumed([undated(MID_2023), *series(MID_2023, "2022", "2023"), *series(B, "2021")])


def test_a_document_without_a_date_gives_only_its_own_periods() -> None:
    assert assumed([undated(UNDATED), *series(B, "2022", "2023")]) == {}
    assert "2023" in assumed([undated(UNDATED), *series(UNDATED, "2022", "2023")])


@given(st.dates(datetime.date(2021, 1, 1), datetime.date(2025, 12, 31)), st.sampled_from(["2022", "2023", "2023-S1"]))
def test_no_assumed_period_ends_after_the_documents_date(date: datetime.date, period: str) -> None:
    document = replace(A, published=date)
    claims = [undated(document), *series(document, period, "2021", "2022", "2023", "2024"), *series(B, "2020")]
    unique = list({c.id: c for c in claims}.values())
    for found in assumed(unique, *shipped_rules()):
        last = datetime.date(int(found[:4]), 6 if "S1" in found else 12, 30 if "S1" in found else 31)
        assert last <= date


def test_the_best_verdict_over_the_periods_counts_and_is_capped() -> None:
    wrong = claim("2021", "29 billion USD", time_period="2021")
    found = [c for c in checks([undated(A), *series(A, "2022", "2023"), wrong], GROWTH) if c.assumptions]
    assert len(found) == 1
    assert found[0].assumptions[0].value == "2023"
    assert found[0].level in ("warning", "note", "none")


def test_an_undated_claim_is_never_another_ones_operand() -> None:
    level = with_dimension(NOW, "time_period", UNSTATED)
    assert bound([level, THEN, RATE], GROWTH) == []


# Time.


def many(count: int) -> list[Claim]:
    """Series of a hundred products over years, with their growth: as many claims as asked for."""
    found = []
    for number in range(count // 4):
        product, year = f"p{number // 10}", 1990 + number % 10 * 2
        dimensions = {"product": product, "time_period": str(year)}
        found += [
            claim(f"{number}-now", "31.5 billion USD", **dimensions),
            growth(f"{number}-g", "31 %", base_period=str(year - 1), **dimensions),
            claim(f"{number}-then", "24 billion USD", product=product, time_period=str(year - 1)),
            claim(f"{number}-x", "14 billion USD", indicator="exports", **dimensions),
        ]
    return found


def work(count: int, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """How often an operand was looked at to bind so many claims by every shipped rule, and the bindings that came of it."""
    looked = 0
    selects = binding_module.selects

    def counted(*arguments: object) -> bool:
        nonlocal looked
        looked += 1
        return selects(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(binding_module, "selects", counted)
    claims = many(count)
    operands = group(claims, shipped_codes())
    index = make_index(operands, shipped_codes(), claims)
    made = 0
    for each in shipped_rules():
        if not each.duplicates:
            made += sum(1 for operand in index.may_select(each.variables[each.subject]) for _ in bind(each, operand, index))
    monkeypatch.undo()
    return looked, made


def test_the_work_grows_with_the_claims_and_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    (few, few_made), (lots, lots_made) = (work(count, monkeypatch) for count in (500, 2000))
    assert few_made > 500
    assert 3.9 < lots_made / few_made < 4.1
    assert lots / few < 4.2
    assert lots < 60 * 2000


SOME = {
    "indicator": ["trade-turnover", "exports", "imports", "trade-balance", "gdp", "gdp-per-head", "population"],
    "counterpart_area": ["CN", "CN-XJ", "KZ", None],
    "time_period": ["2022", "2023", "2023-S1", "2023-S2", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", UNSTATED],
    "measure": ["level", "level", "growth", "share", "change", "multiple"],
    "product": [None, None, "beef"],
    "source": [None, None, "ksh", "customs"],
}


@given(
    st.lists(
        st.fixed_dictionaries({name: st.sampled_from(values) for name, values in SOME.items()}), min_size=1, max_size=7
    )
)
def test_a_rule_that_cannot_bind_binds_nothing(drawn: list[dict[str, str | None]]) -> None:
    claims = []
    for number, each in enumerate(drawn):
        measure = each["measure"] or ""
        figure = "5 %" if measure in ("growth", "share") else "3 times" if measure == "multiple" else "5 million USD"
        more: dict[str, object] = {"base_period": "2022"} if measure in ("growth", "change", "multiple") else {}
        more |= {"whole": {"counterpart_area": "CN"}} if measure == "share" else {}
        claims.append(claim(f"c{number}", figure, **{**each, **more}))  # type: ignore[arg-type]
    operands = group(claims, shipped_codes())
    index = make_index(operands, shipped_codes(), claims)
    series = series_periods(claims)
    undated = [one for one in claims if one.dimensions.get("time_period") == UNSTATED]
    assumed = [assume_period(one, period) for one in undated for period in candidate_periods(one, series)]
    for each_rule in shipped_rules():
        if not each_rule.duplicates and not can_bind(each_rule, index, assumed):
            bound = [found for subject in (*operands, *assumed) for found in bind(each_rule, subject, index)]
            assert not bound, each_rule.id
