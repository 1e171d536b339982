"""What rules over several claims bind: members in step, lists that are closed, totals either way round, one voice."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import pytest

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, UNVERIFIABLE
from crosscheck.checking.checks import Check, check_claims
from crosscheck.checking.levels import ERROR, WARNING
from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.claims.model import UNSTATED, Claim, Document, ListItem
from crosscheck.figures.text import parse_figure
from crosscheck.rules.files import read_rule_file, read_rule_files
from crosscheck.rules.model import Rule

ROOT = Path(__file__).resolve().parents[1]
TODAY = Document("today", publisher="a", published=datetime.date(2024, 2, 1))
LATER = Document("later", publisher="b", published=datetime.date(2024, 3, 1))
LIST, SAME = "list-not-adding-up", "same-figure-twice"
SUM, GROWTH_OF_TOTAL = "total-not-sum-of-terms", "growth-of-total-not-from-its-terms"


@cache
def shipped_rules() -> tuple[Rule, ...]:
    return read_rule_files([ROOT / "rules"], shipped=True)


@cache
def codelists() -> CodeLists:
    return load_codelists([ROOT / "codelists" / name for name in ("areas.yaml", "indicators.yaml")])


def claim(
    name: str,
    figure: str,
    indicator: str,
    measure: str = "level",
    document: Document = TODAY,
    of: ListItem | None = None,
    **dimensions: str,
) -> Claim:
    own = {"indicator": indicator, "time_period": "2023", **dimensions}
    base = "2022" if measure == "growth" else None
    identifier, parsed = f"{document.id}#{name}", parse_figure(figure, measure)
    return Claim(identifier, document, parsed, own, measure, base_period=base, list_item=of)


def checks(claims: list[Claim], *identifiers: str, rules: tuple[Rule, ...] | None = None) -> list[Check]:
    """The checks of some rules, whatever the order of the claims."""
    found = check_claims(claims, rules or shipped_rules(), codelists()).checks
    again = check_claims(claims[::-1], rules or shipped_rules(), codelists()).checks
    assert [check.id for check in again] == [check.id for check in found]
    return [check for check in found if check.rule.id in identifiers]


# --- members in step ----------------------------------------------------------------------------------------------

PRICES = """
rules:
  - id: products-worth-more-than-all
    title: The products listed are worth more than all products
    why: Each product is worth its price times its quantity.
    variables:
      value: {measure: level, indicator: value}
      price: {measure: level, indicator: price, product: any, unit: any, collect: [product]}
      quantity: {measure: level, indicator: quantity, product: any, unit: any, collect: [product]}
    assert: value >= sum(price * quantity)
    subject: value
  - id: growth-above-that-of-two-sums
    title: The growth is more than that of two sums
    why: The products of two years need not be the same.
    variables:
      growth: {measure: growth}
      now: {measure: level, product: any, collect: [product]}
      then: {measure: level, product: any, collect: [product], time_period: =base(growth)}
    assert: growth * sum(then) <= sum(now) - sum(then)
    subject: growth
"""


@pytest.fixture
def made_rules(tmp_path: Path) -> tuple[Rule, ...]:
    path = tmp_path / "rules.yaml"
    path.write_text(PRICES, encoding="utf-8")
    return read_rule_file(path)


BASKET = [  # 2 times 10 and 3 times 101
    claim("p1", "2", "price", product="beef"),
    claim("p2", "3", "price", product="corn"),
    claim("q2", "10", "quantity", product="beef"),
    claim("q1", "101", "quantity", product="corn"),
]


@pytest.mark.parametrize(("value", "verdict"), [("323", CONSISTENT), ("322", CONTRADICTION)])
def test_members_go_together_by_product_and_not_by_id(made_rules: tuple[Rule, ...], value: str, verdict: str) -> None:
    claims = [claim("value", value, "value"), *BASKET]
    (found,) = checks(claims, "products-worth-more-than-all", rules=made_rules)
    assert (found.verdict, str(found.assessment.computed)) == (verdict, "[323, 323]")


def test_collections_that_are_out_of_step_bind_nothing(made_rules: tuple[Rule, ...]) -> None:
    claims = [claim("value", "323", "value"), *BASKET, claim("q3", "5", "quantity", product="rice")]
    assert not checks(claims, "products-worth-more-than-all", rules=made_rules)


@pytest.mark.parametrize("extra", [[], [("z", "2022", "1")], [("z", "2023", "1")]], ids=["equal", "less", "more"])
def test_separate_sums_may_have_different_numbers_of_members(
    made_rules: tuple[Rule, ...], extra: list[tuple[str, str, str]]
) -> None:
    sales = [("x", "2023", "10"), ("y", "2023", "12"), ("x", "2022", "10"), ("y", "2022", "9"), *extra]
    claims = [claim(f"{p}{t}", f, "sales", product=p, time_period=t) for p, t, f in sales]
    now, then = (sum(int(f) for _, t, f in sales if t == year) for year in ("2023", "2022"))
    exact = 100 * (now - then) / then
    for growth, verdict in ((exact - 0.2, CONSISTENT), (exact + 0.2, CONTRADICTION)):
        figure = claim("growth", f"{growth:.1f} %", "sales", "growth")
        (found,) = checks([*claims, figure], "growth-above-that-of-two-sums", rules=made_rules)
        assert found.verdict == verdict


# Exports of 15 after 10, imports of 5 after 10: the total is what it was.
TRADE = [
    claim("growth", "0 %", "trade-turnover", "growth"),
    claim("a", "15 billion USD", "exports"),
    claim("b", "5 billion USD", "imports"),
    claim("y", "-50 %", "imports", "growth"),
    claim("z", "50 %", "exports", "growth"),
]


def test_each_term_has_its_own_growth() -> None:
    (found,) = checks(TRADE, GROWTH_OF_TOTAL)
    assert found.verdict == CONSISTENT


def test_a_missing_member_keeps_its_place() -> None:
    (found,) = checks([c for c in TRADE if c.id != "today#z"], GROWTH_OF_TOTAL)
    assert found.verdict == UNVERIFIABLE
    assert found.binding.missing is not None
    assert found.binding.missing.dimensions["indicator"] == "exports"
    missing = found.assessment.missing
    assert missing is not None
    assert parse_figure("50 %").face in missing
    assert parse_figure("0 %").face not in missing


# --- closed lists -------------------------------------------------------------------------------------------------


def items(*changes: dict[str, str]) -> list[Claim]:
    """A list of 16 = 6 + 5 + 5, with dimensions of the last items changed."""
    figures = [("a", "6 {agreements}"), ("b", "5 {memoranda}"), ("c", "5 {agreements}")]
    of = ListItem("today#total", complete=True)
    changed = [{}] * (3 - len(changes)) + list(changes)
    return [
        claim("total", "16 {documents}", "documents-signed"),
        *(claim(n, f, "documents-signed", of=of, **{"kind": n, **d}) for (n, f), d in zip(figures, changed, strict=True)),
    ]


def test_a_list_adds_up_only_with_all_of_its_items() -> None:
    assert [check.verdict for check in checks(items(), LIST)] == [CONSISTENT]
    assert not checks(items({"time_period": UNSTATED}), LIST)


def test_two_lists_of_one_total_are_two_lists() -> None:
    """Two documents that list the same total by different kinds: added together they would be 32."""
    again = [
        claim("total", "16 {documents}", "documents-signed", document=LATER),
        *(
            claim(n, f, "documents-signed", document=LATER, of=ListItem("later#total", complete=True), sector=n)
            for n, f in (("x", "7 {papers}"), ("y", "9 {papers}"))
        ),
    ]
    found = checks([*items(), *again], LIST)
    assert [check.verdict for check in found] == [CONSISTENT, CONSISTENT]


def test_a_total_is_not_checked_against_just_those_terms_that_are_added() -> None:
    """A balance grows by exports less imports: the growth of exports alone says nothing of it."""
    claims = [
        claim("growth", "8 %", "budget-balance", "growth"),
        claim("a", "4,919 billion USD", "budget-revenue"),
        claim("z", "11 %", "budget-revenue", "growth"),
    ]
    assert not checks(claims, GROWTH_OF_TOTAL)


# --- either way round ---------------------------------------------------------------------------------------------

TURNOVER = claim("total", "10.6 billion USD", "trade-turnover", reference_area="CN", counterpart_area="TM")


def terms(imports: str) -> list[Claim]:
    areas = {"reference_area": "TM", "counterpart_area": "CN"}
    return [claim("a", "9.6 billion USD", "exports", **areas), claim("b", imports, "imports", **areas)]


@pytest.mark.parametrize(("imports", "verdict"), [("1 billion USD", CONSISTENT), ("1.8 billion USD", CONTRADICTION)])
def test_a_turnover_is_the_sum_of_either_side(imports: str, verdict: str) -> None:
    (found,) = checks([TURNOVER, *terms(imports)], SUM)
    assert found.verdict == verdict


def test_a_term_is_missing_only_when_it_is_on_both_sides() -> None:
    (found,) = checks([TURNOVER, terms("1 billion USD")[0]], SUM)
    assert found.verdict == UNVERIFIABLE
    assert found.binding.missing is not None
    assert found.binding.missing.dimensions["reference_area"] == "TM"


# --- one document by itself ---------------------------------------------------------------------------------------


def test_others_that_agree_excuse_nothing_that_one_document_gets_wrong() -> None:
    claims = [TURNOVER, *terms("1.8 billion USD")]
    same_total = claim(
        "total", "10.6 billion USD", "trade-turnover", document=LATER, reference_area="CN", counterpart_area="TM"
    )
    assert [check.level for check in checks(claims, SUM)] == [ERROR]
    assert [check.level for check in checks([*claims, same_total], SUM)] == [ERROR]
    other_term = claim("b", "1.8 billion USD", "imports", document=LATER, reference_area="TM", counterpart_area="CN")
    assert [check.level for check in checks([*claims[:2], other_term], SUM)] == [WARNING]


def test_a_document_at_odds_with_itself_is_said_to_be_and_the_others_go_on() -> None:
    billion, million = claim("a", "100 billion USD", "sales"), claim("b", "100 million USD", "sales")
    later = [claim("a", "101 billion USD", "sales", document=LATER), claim("b", "101 billion USD", "sales", document=LATER)]
    found = checks([billion, million, *later], SAME)
    assert {(check.verdict, check.level) for check in found} == {(CONTRADICTION, ERROR), (CONSISTENT, "none")}
