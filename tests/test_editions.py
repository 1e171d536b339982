"""The year of a census, of a crop or of a budget that a whole text tells of, and the day on which something was counted."""

import datetime

import pytest
from test_frames import statements

PUBLISHED = datetime.date(2024, 6, 26)


def told(text: str, published: datetime.date = PUBLISHED) -> list[tuple[str, str, str | None]]:
    """Each figure with its period and what it is compared with."""
    found = []
    for one in statements(text, published):
        period = one.dimensions.get("time_period")
        base = one.base_period
        found.append((one.figure, period.value if period else "-", base.value if base else None))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Malta's population has reached 519,562, according to the Census of Population and Housing 2021.\n\n"
            "That is 102,130 higher than the 417,432 counted in the 2011 census. The number of dwellings was 297,304.",
            [
                ("519,562", "2021", None),
                ("102,130", "2021", "2011"),
                ("417,432", "2011", None),
                ("297,304", "2021", None),
            ],
        ),
        (  # the one that is told of is not the one that it is compared with
            "The population of Fiji was 884,887, which is 47,616 higher than the 837,271 counted in the 2007 census.",
            [("884,887", "_U", None), ("47,616", "_U", "2007"), ("837,271", "2007", None)],
        ),
    ],
)
def test_a_text_on_a_census_is_of_its_year(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert told(text) == expected


def test_what_is_estimated_is_the_crop_after_the_one_that_it_is_compared_with() -> None:
    text = "The barley crop is put at 310,000 tons, 4% more than the 2023 crop.\n\nThe area planted is 91,000 hectares."
    assert told(text) == [("310,000 t", "2024", None), ("4 %", "2024", "2023"), ("91,000 ha", "2024", None)]
    assert ("91,000 ha", "_U", None) in told(text, datetime.date(2025, 6, 26))  # two years on, which crop is not told


def test_a_stock_counted_on_a_day_goes_on_being_of_it() -> None:
    text = (
        "The population of Japan was 124.8 million as of January 1. With fewer births in 2023, the population dropped by "
        "433,239 to 124,776,364.\n\nThe number of births fell to 921,000 last year."
    )
    assert told(text) == [
        ("124.8 million", "2024-01-01", None),
        ("-433,239", "2024-01-01", "2023-01-01"),
        ("124,776,364", "2024-01-01", None),
        ("921,000", "2023", None),
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Spending was set at NOK 3.2 billion in the 2024/25 fiscal year, which begins on July 1.", "2024-07/2025-06"),
        ("Norway's revenues were NOK 40 billion in fiscal year 2023-24, which ended on 31 March.", "2023-04/2024-03"),
        ("Norway's revenues were NOK 40 billion in fiscal year 2023/24.", "FY2024"),
    ],
)
def test_a_text_may_say_when_fiscal_years_begin_or_end(text: str, period: str) -> None:
    assert [one[1] for one in told(text)] == [period]


def test_the_half_of_a_headline_is_one_that_is_over() -> None:
    text = (
        "Budget shortfall grew to EGP 310bn in first half\n\nThe deficit was EGP 310 billion in the first half of fiscal "
        "year 2023/24, which began on July 1, said Egypt's Ministry of Finance."
    )
    assert {one[1] for one in told(text, datetime.date(2024, 2, 7))} == {"2023-S2"}


def test_more_than_the_amount_of_a_year_is_compared_with_that_year() -> None:
    assert told("Takings in Norway were $5 million, $400,000 more than the $4.6 million recorded in 2022.")[1:] == [
        ("400,000 USD", "_U", "2022"),
        ("4.6 million USD", "2022", None),
    ]
