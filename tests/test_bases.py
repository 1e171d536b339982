"""What a change is compared with: the same part of a year that is only named, or all of it."""

import pytest
from test_frames import statements
from test_reading_tables import read

from crosscheck.extraction.periods.meaning import like_base, same_part


@pytest.mark.parametrize(
    ("base", "of", "expected"),
    [
        ("2019", "2023-12", "2019-12"),
        ("2022", "2023-Q3", "2022-Q3"),
        ("2022", "2024-S1", "2022-S1"),
        ("2019", "2024-01/2024-04", "2019-01/2019-04"),
        ("2019", "2023-12-31", "2019-12-31"),
        ("2023", "2024-02-29", "2023-02-28"),
        ("2019", "2023-06-05/2023-06-11", "2019-06-05/2019-06-11"),
        ("2030", "2024-03", "2030-03"),
        ("FY2023", "FY2024-Q2", "FY2023-Q2"),
        ("2022-04/2023-03", "2023-04/2023-06", "2022-Q2"),  # an Indian year, which begins in April
        ("2019", "2023", "2019"),
        ("2023", "2023-12", "2023"),
        ("2019", "2022/2023", "2019"),
        ("2019", "FY2024-Q2", "2019"),
        ("FY2019", "2024-Q2", "FY2019"),
        ("2022-11/2023-10", "2024-10/2024-11", "2022-11/2023-10"),  # no such part lies within that year
        ("2019-12", "2023-12", "2019-12"),
        ("_U", "2023-12", "_U"),
    ],
)
def test_the_same_part_of_a_year_that_is_only_named(base: str, of: str, expected: str) -> None:
    assert same_part(base, of) == expected


@pytest.mark.parametrize(
    ("text", "period", "base"),
    [
        ("In December 2023 freight of the port was 34,700 tonnes, down 10% on 2019.", "2023-12", "2019-12"),
        ("Exports of Spain in the first quarter of 2024 rose by 5% compared with 2023.", "2024-Q1", "2023-Q1"),
        ("Exports of Spain were 10% higher in June 2023 than in 2021.", "2023-06", "2021-06"),
        ("In January-April 2024 Spain's exports were up 5% on 2019.", "2024-01/2024-04", "2019-01/2019-04"),
        ("Exports of Spain in the second half of 2023 doubled since 2019.", "2023-S2", "2019-S2"),
        ("Exports of Spain in Q2 FY2024 rose by 5% compared with fiscal 2023.", "FY2024-Q2", "FY2023-Q2"),
        ("At 31 December 2023 the debt of Spain was 5% more than in 2019.", "2023-12-31", "2019-12-31"),
        ("Spain's exports fell in June 2023, down $1 billion on 2019.", "2023-06", "2019-06"),
        ("Exports of Spain in 2023 rose by 5% compared with 2019.", "2023", "2019"),
        ("In June 2023 Spain's exports were 5% above the level of 2019 as a whole.", "2023-06", "2019"),
        ("In June 2023 Spain's exports were 5% lower than in all of 2019.", "2023-06", "2019"),
        ("Spain's exports in the first half of 2023 were 5% more than in the whole of 2019.", "2023-S1", "2019"),
        ("In June 2023 Spain's exports were 5% above full-year 2019.", "2023-06", "2019"),
        ("In June 2023 Spain's exports were 5% above the monthly average of 2019.", "2023-06", "_U"),
        ("In June 2023 Spain's exports were 5% above the 2019 average.", "2023-06", "_U"),
    ],
)
def test_what_part_of_a_year_is_compared_with(text: str, period: str, base: str) -> None:
    (one,) = [one for one in statements(text) if one.measure in ("growth", "change", "multiple")]
    assert one.base_period is not None
    assert (one.dimensions["time_period"].value, one.base_period.value) == (period, base)
    assert one.base_period.how == ("explicit" if len(base) == 4 else "unstated" if base == "_U" else "inferred")


def test_a_column_of_changes_on_a_year_is_of_the_months_of_its_rows() -> None:
    found = read("Month|Freight, change on 2019 (%)\nNovember 2023|-9.0\nDecember 2023|-10.0\n")
    bases = [one.base_period.value for one in found.statements if one.base_period is not None]
    assert bases == ["2019-11", "2019-12"]


def test_a_change_on_a_month_is_of_such_a_month_after_a_longer_period() -> None:
    text = (
        "In the first half of 2024 exports of Spain were $60 billion. "
        "Imports came to $9 billion, up 6% compared to June 2023. "
        "Imports in the first quarter came to $29 billion, up 4% compared to the first quarter of 2023."
    )
    found = [one for one in statements(text, None) if one.dimensions["indicator"].value == "imports"]
    assert [one.dimensions["time_period"].value for one in found] == ["2024-06", "2024-06", "2024-Q1", "2024-Q1"]
    assert [one.dimensions["time_period"].how for one in found[:2]] == ["inferred", "inferred"]


@pytest.mark.parametrize(
    ("period", "base", "expected"),
    [
        ("2020-S1", "2019-06", "2020-06"),
        ("2020", "2019-Q3", "2020-Q3"),
        ("2024-01/2024-04", "2023-04", "2024-04"),
        ("2020-Q1", "2019-06", "2020-Q1"),  # June is no part of it
        ("2020-06", "2019-06", "2020-06"),
        ("2020-06", "2019", "2020-06"),
        ("2020-12-31", "2019-06", "2020-12-31"),
        ("_U", "2019-06", "_U"),
    ],
)
def test_the_part_of_a_longer_period_that_is_like_its_base(period: str, base: str, expected: str) -> None:
    assert like_base(period, base) == expected


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        (
            "In October 2023 visitors to Spain numbered 141,517, compared to 92,345 visitors in 2022.",
            ["2023-10", "2022-10"],
        ),
        (
            "In January-April 2024 exports of Spain were $8.8 billion, compared with $80 billion in the whole of 2023.",
            ["2024-01/2024-04", "2023"],
        ),
        ("Exports of Spain fell from $9 billion in 2022 to $8 billion in 2023.", ["2022", "2023"]),
        ("Reserves of Spain were $5 billion at 31 May 2024, down from $6 billion in 2023.", ["2024-05-31", "2023"]),
    ],
)
def test_a_level_that_a_part_of_a_year_is_compared_with(text: str, periods: list[str]) -> None:
    assert [one.dimensions["time_period"].value for one in statements(text)] == periods
