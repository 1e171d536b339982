"""Smaller constructions of texts that are not on trade: oil by the barrel, rupees, spans of a company, whose text it is."""

import datetime

import pytest
from test_frames import shown, statements

PUBLISHED = datetime.date(2024, 11, 15)


def lines(text: str) -> list[str]:
    return [shown(one) for one in statements(text, PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # what is counted in barrels a day and named nowhere is oil, and those who pump it are no product
            "OPEC's members pumped 29.6 million barrels a day in October. Gains in Iraq (+32,000 bpd, to "
            "4.1 million bpd) were small.",
            [
                "29.6 million barrel/day · level · production · OPEC · - · 2024-10 · product=oil",
                "32,000 barrel/day · change · production · IQ · - · 2024-10 · product=oil",
                "4.1 million barrel/day · level · production · IQ · - · 2024-10 · product=oil",
            ],
        ),
        (  # a change beside a price is one of the same unit
            "The rent of flats in Norway averaged €1,350 a month, up €150 from 2023.",
            [
                "1,350 EUR/month · level · rents · NO · - · _U · product=flats",
                "150 EUR/month · change · rents · NO · - · _U · base=2023 · product=flats",
            ],
        ),
        (  # the nine months are those that end with the quarter
            "Acme's third-quarter profit was $5 million, the company said.\n\n"
            "For the nine-month period, profit rose to $14 million from $10 million.",
            [
                "5 million USD · level · net-profit · Acme · - · 2024-Q3",
                "14 million USD · level · net-profit · Acme · - · 2024-01/2024-09",
                "10 million USD · level · net-profit · Acme · - · 2023-01/2023-09",
            ],
        ),
        (
            "Revenue in Norway for the twelve months to the end of March was $4 billion.",
            ["4 billion USD · level · revenue · NO · - · 2023-04/2024-03"],
        ),
        (
            "Profit in Norway rose from $103 million it earned in 2022 to $118 million it gained in 2023.",
            [
                "103 million USD · level · net-profit · NO · - · 2022",
                "118 million USD · level · net-profit · NO · - · 2023",
            ],
        ),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_constructions(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


def test_rupees_are_those_of_the_place_line() -> None:
    text = (
        "Cement sales climb\n\nLAHORE: Cement makers earned Rs5.4 billion in October, against Rs4.9 billion in September."
    )
    assert {one.unit for one in statements(text, PUBLISHED)} == {"PKR"}
    assert {one.unit for one in statements(text.replace("LAHORE", "MUMBAI"), PUBLISHED)} == {"INR"}


def test_a_state_that_a_title_names_with_its_minister_is_that_of_the_figures() -> None:
    text = "Ontario Premier presents plan\n\nSpending on schools was C$5.2 billion. Interest came to C$1.1 billion."
    assert {one.dimensions["reference_area"].value for one in statements(text, PUBLISHED)} == {"CA-ON"}


def test_a_body_is_called_as_the_title_calls_it() -> None:
    text = (
        "Port of Tilda posts record\n\nIn the first half of 2024 the company AS Tilda Sadam (Port of "
        "Tilda) earned €8.3 million. "
        "AS Tilda Sadam said revenue was €40 million, up from €36 million. AS Tilda Sadam employs 300 people."
    )
    assert {one.dimensions["reference_area"].value for one in statements(text, PUBLISHED)} == {"Port of Tilda"}


def test_what_the_budget_of_next_year_sets_is_a_plan_of_that_year() -> None:
    text = (
        "Parliament adopts 2025 budget\n\nThe deficit was set at NOK 24 billion and revenue at NOK 380 "
        "billion, said Norway's "
        "ministry. Interest came to NOK 11 billion in 2023."
    )
    told = [(one.dimensions["time_period"].value, one.modality) for one in statements(text, PUBLISHED)]
    assert told == [("2025", "plan"), ("2025", "plan"), ("2023", "fact")]


def test_words_for_a_trade_are_nobodys_name() -> None:
    text = (
        "Cartel's output sinks\n\nOutput in Iraq fell to 4.1 million barrels a day in October. Cartel's "
        "output was 29 million bpd."
    )
    assert all(one.dimensions["reference_area"].value != "Cartel" for one in statements(text, PUBLISHED))
