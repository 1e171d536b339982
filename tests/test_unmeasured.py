"""Percentages of which no word beside them tells what they measure: the rest of the sentence does."""

import pytest
from test_frames import shown, statements

SENTENCES: list[tuple[str, list[str]]] = [
    (
        "Hospital admissions fell by 6% in 2023. Surgery with 4.2% and cardiology with 3.9% recorded the sharpest falls.",
        [
            "-6 % · growth · patients · - · - · 2023",
            "-4.2 % · growth · patients · - · - · 2023 · product=surgery",
            "-3.9 % · growth · patients · - · - · 2023 · product=cardiology",
        ],
    ),
    (
        "Rents rose by 3% in 2023. The largest increases were seen in Malmo with 5.4% and Lund with 4.9%.",
        [
            "3 % · growth · rents · - · - · 2023",
            "5.4 % · growth · rents · - · - · 2023 · product=malmo",
            "4.9 % · growth · rents · - · - · 2023 · product=lund",
        ],
    ),
    (
        "The biggest price increases are expected in services, at 3.7%, and food, at 2.7%.",
        [
            "3.7 % · growth · price · - · - · _U · estimate · product=services",
            "2.7 % · growth · price · - · - · _U · estimate · product=food",
        ],
    ),
    (
        "The other branch that showed a decrease in output was textiles with 1.4% in March 2024.",
        ["-1.4 % · growth · production · - · - · 2024-03 · product=textiles"],
    ),
    (
        "An increase in wages was realized in May 2024 by 1.2% on the previous month.",
        ["1.2 % · growth · average-wage · - · - · 2024-05 · base=2024-04"],
    ),
    (
        "Rents rose by 3% in 2023. The annual increase in fares stands at 4.4%.",
        ["3 % · growth · rents · - · - · 2023", "4.4 % · growth · air-fares · - · - · _U"],
    ),
    (
        "The energy sector grew 0.2% in the first quarter; mining, 6.3%; and services, 9.1%.",
        [
            "0.2 % · growth · energy sector · - · - · 2024-Q1",
            "6.3 % · growth · mining · - · - · 2024-Q1",
            "9.1 % · growth · services · - · - · 2024-Q1",
        ],
    ),
    (
        "Lower volumes reduced sales 4%. The new tax cut imports 5% in 2023.",
        ["-4 % · growth · revenue · - · - · _U", "-5 % · growth · imports · - · - · 2023"],
    ),
    (
        "The bank reported a 9.9% third-quarter increase in deposits from the previous quarter.",
        ["9.9 % · growth · deposits · - · - · 2023-Q3 · base=2023-Q2"],
    ),
    (
        "The brand has a 51% market share in scooters.",
        ["51 % · rate · market-share · - · - · _U · product=motorcycles"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text[:40] for text, _ in SENTENCES])
def test_what_the_sentence_tells_of_its_percentages(text: str, expected: list[str]) -> None:
    assert [shown(one) for one in statements(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The budget was executed by 84%.",  # of what was planned: no rise
        "With 5% more staff, the office was slower.",
        "Sales rose in May, and services with 4% of staff were closed.",
    ],
)
def test_what_is_no_growth(text: str) -> None:
    assert not [one for one in statements(text) if one.measure == "growth" and one.figure in ("84 %", "4 %")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The jobless rate fell to 5.1 percent from 5.4 a year earlier.", ["5.1 %", "5.4 %"]),
        ("Of the roads inspected in 2023, 62% were in good condition and 13% in poor condition.", ["62 %", "13 %"]),
        ("67.8% of parcels arrived within two days in 2023.", ["67.8 %"]),
        ("Earnings per share rose to R12.50 from R11.66.", ["12.50 ZAR/{share}", "11.66 ZAR/{share}"]),
        ("The death rate was 7.37 per 1,000 people last year.", ["7.37 permille"]),
        ("The consumer price index (2015=100) rose by 2% in May 2024.", ["2 %"]),
        ("Crude output was 2.96 million tons, down from 3.1 mt a year earlier.", ["2.96 million t", "3.1 million t"]),
        ("Visitors rose 4%, up amid the yen's fall.", ["4 %"]),
    ],
)
def test_figures_with_the_unit_and_the_sign_that_are_left_to_the_reader(text: str, expected: list[str]) -> None:
    assert [one.figure for one in statements(text)] == expected
