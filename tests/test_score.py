"""Scoring against files marked by hand: what counts as the same, what is missed, and what the report says."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from crosscheck.extraction.scoring.gold import read_gold
from crosscheck.extraction.scoring.score import Score, report, score, total

TEXT = (
    "Widgetland sold abroad.\n\n"
    "Turnover of Norway with Peru came to $4.5 billion in 2031, up 12% on 2030.\n\n"
    "Of this, 60% were shipments of salmon.\n"
)


def mark(quote: str, value: str, unit: str, kind: str, **more: Any) -> dict[str, Any]:
    """A claim of the shape with quotations, with the keys that every such claim has."""
    return {
        "id": f"c-{quote}",
        "quote": quote,
        "occurrence": 1,
        "start": TEXT.index(quote),
        "value": value,
        "scale": "1",
        "unit": unit,
        "kind": kind,
        "qualifier": None,
        "indicator": "turnover",
        "reference_area": "NO",
        "counterpart_area": "PE",
        "product": None,
        "period": "2031",
        "base_period": None,
        "share_of": None,
    } | more


LEVEL = mark("came to $4.5 billion", "4.5", "USD", "level", scale="1000000000")
GROWTH = mark("up 12%", "12", "percent", "growth", base_period="2030")
SHARE = mark("60% were", "60", "percent", "share", indicator="exports", product="salmon", share_of="turnover NO-PE")


def gold(*claims: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"doc": "text", "claims": list(claims), **more}


def claim(printed: str, value: str, unit: str, measure: str = "level", **more: Any) -> dict[str, Any]:
    start = TEXT.index(printed)
    return {
        "start": start,
        "end": start + len(printed),
        "printed": printed,
        "value": value,
        "unit": unit,
        "measure": measure,
        "indicator": "trade-turnover",
        "reference_area": "NO",
        "counterpart_area": "PE",
        "time_period": "2031",
        "known": {},
    } | more


READ_LEVEL = claim("$4.5 billion", "4500000000", "USD")
READ_GROWTH = claim("12%", "12", "percent", "growth", base_period="2030")
READ_SHARE = claim(
    "60%", "60", "percent", "share", indicator="exports", product="salmon", whole={"indicator": "trade-turnover"}
)


def scored(claims: list[dict[str, Any]], *marks: dict[str, Any], **more: Any) -> Score:
    return score([{"path": "text.txt", "claims": claims, "unresolved": []}], gold(*marks, **more), TEXT)


def missed(result: Score) -> set[str]:
    return {miss.field for miss in result.misses}


def test_all_right() -> None:
    result = scored([READ_LEVEL, READ_GROWTH, READ_SHARE], LEVEL, GROWTH, SHARE)
    assert not result.misses
    assert result.gold == result.counts["found"] == 3
    assert result.share("value+unit") == result.share("all of gold") == result.share("everything") == 1
    assert result.share("~all") == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": "4400000000"}, "value"),
        ({"unit": "EUR"}, "unit"),
        ({"measure": "change"}, "measure"),
        ({"indicator": "exports"}, "indicator"),
        ({"reference_area": "SE"}, "reference_area"),
        ({"counterpart_area": None}, "counterpart_area"),
        ({"time_period": "2030"}, "time_period"),
        ({"time_period": "_U"}, "time_period"),
        ({"product": "salmon"}, "product"),
        ({"qualifier": "almost"}, "qualifier"),
        ({"modality": "plan"}, "modality"),
    ],
)
def test_each_field_is_judged(change: dict[str, Any], field: str) -> None:
    result = scored([READ_LEVEL | change], LEVEL)
    assert missed(result) == {field}
    assert result.misses[0].offset == TEXT.index("4.5")


def test_what_is_not_found_and_what_is_too_much() -> None:
    extra = claim("2031", "2031", "", indicator=None)
    result = score(
        {
            "documents": [
                {"path": "text.txt", "claims": [READ_LEVEL, extra], "unresolved": [READ_GROWTH | {"reason": "why"}]}
            ]
        },
        gold(LEVEL, GROWTH, SHARE, distractor_numbers=[{"start": TEXT.index("2031"), "text": "2031"}]),
        TEXT,
    )
    assert {key: result.counts[key] for key in ("found", "unresolved", "missed", "extra", "extra distractor")} == {
        "found": 1,
        "unresolved": 1,
        "missed": 1,
        "extra": 1,
        "extra distractor": 1,
    }
    assert result.asked["value+unit"] == 3
    assert result.asked["value"] == 1


def test_extra_claims_without_an_indicator_stand_apart() -> None:
    result = scored([READ_LEVEL, claim("2030", "2030", "", indicator=None)], LEVEL)
    assert result.counts["extra without indicator"] == 1


@pytest.mark.parametrize(
    ("read", "marked"),
    [
        (READ_LEVEL | {"reference_area": "PE", "counterpart_area": "NO"}, LEVEL),  # turnover is symmetric
        (READ_LEVEL | {"counterpart_area": None}, LEVEL | {"counterpart_area": "WLD"}),
        (READ_LEVEL | {"time_period": "2031-S1"}, LEVEL | {"period": "2031-H1"}),
        (READ_LEVEL | {"time_period": "2031-01/2031-06"}, LEVEL | {"period": "2031-H1"}),
        (READ_LEVEL | {"time_period": "2031-04"}, LEVEL | {"period": "2031-04-30"}),
        (READ_LEVEL | {"time_period": "FY2031"}, LEVEL | {"period": "2030-07/2031-06"}),
        (READ_LEVEL | {"time_period": "2030-07/2031-06"}, LEVEL | {"period": "2030/2031"}),
        (READ_LEVEL | {"modality": "offer"}, LEVEL | {"qualifier": "target"}),
        (READ_LEVEL | {"modality": "estimate"}, LEVEL | {"qualifier": "forecast"}),
        (READ_LEVEL, LEVEL | {"product": "group"}),
        (READ_LEVEL | {"qualifier": "nearly"}, LEVEL | {"qualifier": "almost"}),
        (READ_LEVEL | {"qualifier": "more than"}, LEVEL | {"qualifier": "over"}),
        (READ_LEVEL | {"value": "4500", "unit": "USD", "printed": "$4.5 billion"}, LEVEL | {"scale": "1000"}),
        (READ_LEVEL | {"indicator": "trade-balance", "value": "-4500000000"}, LEVEL | {"indicator": "deficit"}),
        (READ_LEVEL | {"reference_area": "NO", "counterpart_area": "PE,SE"}, LEVEL | {"counterpart_area": "SE,PE"}),
        (READ_GROWTH | {"measure": "multiple", "base_period": "2030"}, GROWTH | {"kind": "ratio"}),
        (READ_SHARE | {"value": "3/5", "unit": ""}, SHARE),
        (READ_SHARE, SHARE | {"kind": "bound"}),
        (READ_GROWTH | {"measure": "change"}, GROWTH | {"unit": "pp", "kind": "change"}),
    ],
)
def test_what_counts_as_the_same(read: dict[str, Any], marked: dict[str, Any]) -> None:
    assert missed(scored([read], marked)) == set()


def test_two_years_between_other_months_are_two_periods() -> None:
    read = READ_LEVEL | {"time_period": "2030-07/2031-06"}
    assert missed(scored([read], LEVEL | {"period": "2030-10/2031-09"})) == {"time_period"}


def test_an_asymmetric_indicator_does_not_change_places() -> None:
    swapped = READ_LEVEL | {"indicator": "exports", "reference_area": "PE", "counterpart_area": "NO"}
    assert missed(scored([swapped], LEVEL | {"indicator": "exports"})) == {"reference_area", "counterpart_area"}


def test_own_words_count_only_leniently() -> None:
    result = scored([READ_LEVEL | {"indicator": "value of salmon farms"}], LEVEL | {"indicator": "salmon farms in fjords"})
    assert result.share("indicator") == 1
    assert result.share("~indicator") == 0
    assert "indicator" in missed(scored([READ_LEVEL | {"indicator": "cod quotas"}], LEVEL | {"indicator": "salmon farms"}))


def test_a_product_may_stand_in_the_indicators_own_words() -> None:
    result = scored([READ_SHARE | {"indicator": "salmon exports", "product": None}], SHARE)
    assert result.share("all") == 1
    assert result.share("~all") == 0


def test_a_code_may_hold_the_product() -> None:
    generation = SHARE | {"indicator": "electricity generation", "product": "wind", "share_of": None}
    read = READ_SHARE | {"indicator": "wind-generation", "product": None, "whole": None}
    assert missed(scored([read], generation)) == set()
    assert missed(scored([read], generation | {"product": "hydro"})) == {"indicator", "product"}
    assert missed(scored([READ_LEVEL | {"indicator": "harvest"}], LEVEL | {"indicator": "production"})) == set()


def test_how_dimensions_are_known_is_counted() -> None:
    known = {"time_period": {"how": "inferred", "start": 1, "end": 2}, "indicator": "carried"}
    result = scored([READ_LEVEL | {"known": known, "time_period": "2029"}], LEVEL)
    assert result.by_how[("time_period", "inferred", False)] == 1
    assert result.by_how[("indicator", "carried", True)] == 1
    assert result.by_how[("product", "absent", True)] == 1
    assert "all, explicit or carried" not in result.asked


def test_offsets_that_count_white_space_once_are_led_back() -> None:
    shifted = GROWTH | {"start": TEXT.index("up 12%") - 2, "occurrence": 7}
    assert scored([READ_GROWTH], shifted).counts["found"] == 1
    places = read_gold(gold(distractor_numbers=[{"start": TEXT.index("2030") - 1, "text": "2030"}]), TEXT)
    assert places["text"].distractors == ((TEXT.index("2030"), TEXT.index("2030") + 4),)


def test_without_the_text_offsets_are_taken_as_they_are() -> None:
    result = score({"path": "x", "claims": [READ_LEVEL]}, gold(LEVEL))
    assert result.counts["found"] == 1


def test_two_figures_of_one_quotation_are_told_apart() -> None:
    low = mark("12% on 2030", "12", "percent", "growth", base_period="2030")
    result = scored([READ_LEVEL, READ_GROWTH], LEVEL, low)
    assert not result.misses


OFFSETS: dict[str, Any] = {
    "documents": {"7": {"file": "seven.txt"}, "8": {"file": "eight.txt"}},
    "quantities": [
        {
            "id": "7-1",
            "doc": "7",
            "start": 3,
            "end": 7,
            "surface": "half",
            "kind": "share",
            "value": 50,
            "unit": "percent",
            "qualifier": "almost",
            "period": None,
            "indicator": "trade_turnover",
            "area": "NO",
            "partner": "PE (as printed; intended BO)",
            "whole": "NO-PE trade_turnover",
        },
        {
            "id": "7-2",
            "doc": "7",
            "start": 20,
            "end": 29,
            "surface": "two years",
            "kind": "duration",
            "value": 2,
            "unit": "year",
            "indicator": "plan_horizon",
        },
    ],
}


def test_the_shape_with_offsets() -> None:
    share = {"start": 3, "end": 7, "printed": "half", "value": "1/2", "unit": "", "measure": "share", "qualifier": "nearly"}
    share |= {"indicator": "trade-turnover", "reference_area": "NO", "counterpart_area": "BO", "time_period": "_U"}
    years = {"start": 20, "end": 29, "printed": "two years", "value": "2", "unit": "{years}", "measure": "level"}
    result = score([{"path": "a/seven.txt", "claims": [share | {"whole": {"counterpart_area": "PE"}}, years]}], OFFSETS)
    assert not result.misses
    assert result.gold == 2
    assert result.asked["all of gold"] == 1  # a duration is no statistic


def test_a_file_of_neither_shape_or_about_other_documents() -> None:
    with pytest.raises(ValueError, match="quantities"):
        score([], {"figures": []})
    with pytest.raises(ValueError, match="none of the documents"):
        score([{"path": "nine.txt", "claims": []}], OFFSETS)


def test_scores_add_up_and_are_told() -> None:
    good, bad = scored([READ_LEVEL], LEVEL), scored([READ_LEVEL | {"time_period": "2030"}], LEVEL)
    both = total([good, bad])
    assert both.gold == 2
    assert both.share("time_period") == both.share("all") == Fraction(1, 2)
    told = report(both)
    assert "time_period" in told
    assert "wanted 2031, got 2030 (explicit)" in told
    assert "wanted" not in report(both, misses=False).replace("wanted, got", "")
    assert report(total([]))
