"""Sentences as press offices write them, each with what it states."""

from __future__ import annotations

import pytest
from test_frames import shown, statements

SENTENCES: list[tuple[str, list[str]]] = [
    (
        "Budget revenue of Georgia was 18.4 billion lari in January-May 2024, 9.5% more than a year earlier (16.8 "
        "billion lari).",
        [
            "18.4 billion GEL · level · budget-revenue · GE · - · 2024-01/2024-05",
            "9.5 % · growth · budget-revenue · GE · - · 2024-01/2024-05 · base=2023-01/2023-05",
            "16.8 billion GEL · level · budget-revenue · GE · - · 2023-01/2023-05",
        ],
    ),
    (
        "Portugal had 14.2 million foreign visitors in 2023, 5% more than in 2022, when 13.5 million came.",
        [
            "14.2 million {visitors} · level · foreign-visitors · PT · - · 2023",
            "5 % · growth · foreign-visitors · PT · - · 2023 · base=2022",
            "13.5 million · level · foreign-visitors · PT · - · 2022",
        ],
    ),
    (
        "Exports of Peru grew 4% in 2023 to $60 billion, the slowest pace since 2020, when they fell 12%.",
        [
            "4 % · growth · exports · PE · - · 2023",
            "60 billion USD · level · exports · PE · - · 2023",
            "-12 % · growth · exports · PE · - · 2020",
        ],
    ),
    (
        "Revenue of Georgia's budget was $18 billion in January-May 2024. Public debt stood at $36 billion at the "
        "end of May.",
        [
            "18 billion USD · level · budget-revenue · GE · - · 2024-01/2024-05",
            "36 billion USD · level · government-debt · GE · - · 2024-05",
        ],
    ),
    (
        "Chile generated 43 TWh in January-March 2024. Capacity was 38 GW at the end of March. Solar plants "
        "produced 11 TWh.",
        [
            "43 TWh · level · electricity-generation · CL · - · 2024-Q1",
            "38 GW · level · generating-capacity · CL · - · 2024-03",
            "11 TWh · level · electricity-generation · CL · - · 2024-Q1 · product=solar",
        ],
    ),
    (
        "Wheat exports of Ukraine reached 12 million tonnes in the 2023/24 season as of June 1, down 18% from 15 "
        "million tonnes at the same date a year ago.",
        [
            "12 million t · level · exports · UA · - · 2024-06-01 · product=wheat",
            "-18 % · growth · exports · UA · - · 2024-06-01 · base=2023-06-01 · product=wheat",
            "15 million t · level · exports · UA · - · 2023-06-01 · product=wheat",
        ],
    ),
    (
        "Foreign visitors to Portugal numbered 14 million in 2023. Visitors from Spain numbered 3 million, "
        "followed by Germany with 2 million. Overnight stays totalled 36 million.",
        [
            "14 million · level · foreign-visitors · PT · - · 2023",
            "3 million · level · foreign-visitors · PT · ES · 2023",
            "2 million · level · foreign-visitors · PT · DE · 2023",
            "36 million · level · nights · PT · - · 2023",
        ],
    ),
    (
        "Acme Corp grew. Sales in Sweden were $6 million in 2023 and sales in Norway $2 million. Gross profit was "
        "$3 million, a margin of 37%.",
        [
            "6 million USD · level · revenue · Acme · - · 2023 · segment=SE",
            "2 million USD · level · revenue · Acme · - · 2023 · segment=NO",
            "3 million USD · level · gross-profit · Acme · - · 2023",
            "37 % · rate · gross-margin · Acme · - · 2023",
        ],
    ),
    (
        "Hotels in Portugal had an occupancy rate of 61% in 2023, 1.5 percentage points higher than in 2022, when "
        "it was 59.5%.",
        [
            "61 % · rate · hotel-occupancy · PT · - · 2023",
            "1.5 percentage_point · change · hotel-occupancy · PT · - · 2023 · base=2022",
            "59.5 % · rate · hotel-occupancy · PT · - · 2022",
        ],
    ),
    (
        "Consumer prices in Hungary rose 5.1% in May from a year earlier after a 4.9% increase in April.",
        [
            "5.1 % · growth · consumer-price-index · HU · - · 2024-05 · base=2023-05",
            "4.9 % · growth · consumer-price-index · HU · - · 2024-04 · base=2023-04",
        ],
    ),
    (
        "Acme Corp employs 1,240 people.",
        [
            "1,240 {people} · level · employees · Acme · - · -",
        ],
    ),
    (
        "Investment of Acme Corp doubled in 2023 to $66 million from $31 million.",
        [
            "doubled · multiple · investment · Acme · - · 2023",
            "66 million USD · level · investment · Acme · - · 2023",
            "31 million USD · level · investment · Acme · - · 2022",
        ],
    ),
    (
        "Some 58% of respondents in Hungary were content in May 2024. Unemployment in Hungary stood at 4.4% in "
        "April, down 0.2 percentage points from 4.7% a month earlier.",
        [
            "some 58 % · share · content · HU · - · 2024-05 · whole={'indicator': 'respondents'}",
            "4.4 % · rate · unemployment-rate · HU · - · 2024-04",
            "-0.2 percentage_point · change · unemployment-rate · HU · - · 2024-04 · base=2024-03",
            "4.7 % · rate · unemployment-rate · HU · - · 2024-03",
        ],
    ),
    (
        "Moldova's exports reached $3.9 billion in 2023. Exports to the European Union reached $2.6 billion, those"
        " to CIS countries $0.2 billion and those to Türkiye $1.1 billion. In December alone exports stood at $331"
        " million, 4% below November and 10% above December 2022.",
        [
            "3.9 billion USD · level · exports · MD · - · 2023",
            "2.6 billion USD · level · exports · MD · EU · 2023",
            "0.2 billion USD · level · exports · MD · CIS · 2023",
            "1.1 billion USD · level · exports · MD · TR · 2023",
            "331 million USD · level · exports · MD · - · 2023-12",
            "-4 % · growth · exports · MD · - · 2023-12 · base=2023-11",
            "10 % · growth · exports · MD · - · 2023-12 · base=2022-12",
        ],
    ),
    (
        "Lending by Acme Bank stood at $412 billion at the end of March 2024, 3% higher than a year earlier and "
        "0.9% above the level at the end of December.",
        [
            "412 billion USD · level · loans · Acme Bank · - · 2024-03",
            "3 % · growth · loans · Acme Bank · - · 2024-03 · base=2023-03",
            "0.9 % · growth · loans · Acme Bank · - · 2024-03 · base=2023-12",
        ],
    ),
    (
        "Acme Corp carried 1.3 million passengers in the first quarter of 2024. In March alone it carried 472,000 "
        "passengers. Revenue rose 4% to $11 million.",
        [
            "1.3 million {passengers} · level · passengers · Acme · - · 2024-Q1",
            "472,000 {passengers} · level · passengers · Acme · - · 2024-03",
            "4 % · growth · revenue · Acme · - · 2024-Q1",
            "11 million USD · level · revenue · Acme · - · 2024-Q1",
        ],
    ),
    (
        "Storage sites in Germany were 86.5% full on 1 May 2024, compared to 98% a year earlier.",
        [
            "86.5 % · rate · storage sites · DE · - · 2024-05-01",
            "98 % · rate · storage sites · DE · - · 2023-05-01",
        ],
    ),
    (
        "Revenue of Acme Corp for 2023 came to $612 million, 7% above the $571 million of 2022; the loss narrowed "
        "from $38 million to $19 million.",
        [
            "612 million USD · level · revenue · Acme · - · 2023",
            "7 % · growth · revenue · Acme · - · 2023",
            "571 million USD · level · revenue · Acme · - · 2022",
            "-38 million USD · level · net-profit · Acme · - · 2022",
            "-19 million USD · level · net-profit · Acme · - · 2023",
        ],
    ),
    (
        "Acme Bank had operating expenses of $1.6 billion in 2023, giving a cost ratio of 48.9%.",
        [
            "1.6 billion USD · level · operating-expenses · Acme Bank · - · 2023",
            "48.9 % · rate · cost ratio · Acme Bank · - · 2023",
        ],
    ),
    (  # what has a sign, and is what another is compared with, is a level
        "In 2023 profit of Acme Ltd was 5 million euro, against -3 million euro in 2022.",
        [
            "5 million EUR · level · net-profit · Acme · - · 2023",
            "-3 million EUR · level · net-profit · Acme · - · 2022",
        ],
    ),
    (
        "In 2023 net income of Acme Ltd was -$3 million.",
        ["-3 million USD · level · net-profit · Acme · - · 2023"],
    ),
    (
        "Acme Ltd had free cash flow of 278 million euro in 2023, which led to a halving of net financial debt.",
        [
            "278 million EUR · level · free-cash-flow · Acme · - · 2023",
            "halving · multiple · net-debt · Acme · - · 2023",
        ],
    ),
    (  # the average of what flows is no sum of it
        "Average exports of Spain rose by $2.4 billion to $255 billion in 2023.",
        [
            "2.4 billion USD · change · exports · ES · - · 2023 · basis=average",
            "255 billion USD · level · exports · ES · - · 2023 · basis=average",
        ],
    ),
    (
        "The average price of wheat was $255 in 2023.",
        ["255 USD · level · price · - · - · 2023 · product=wheat"],
    ),
    (  # "higher" before what is measured is no change by that much
        "The rise in output of Canada resulted from a higher yield of 51.4 bushels per acre in 2016.",
        ["51.4 bushel/acre · level · crop-yield · CA · - · 2016"],
    ),
    (  # an area beside the subject of the clause in the text's own words, and not the one before
        "Farmers in Alberta harvested 9.9 million tonnes of wheat in 2023. "
        "Similarly, growers in Saskatchewan reported a rise of 11.5% to 14.5 million tonnes in 2023.",
        [
            "9.9 million t · level · production · CA-AB · - · 2023 · product=wheat",
            "11.5 % · growth · production · CA-SK · - · 2023 · product=wheat",
            "14.5 million t · level · production · CA-SK · - · 2023 · product=wheat",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text[:60] for text, _ in SENTENCES])
def test_sentences(text: str, expected: list[str]) -> None:
    assert [shown(one) for one in statements(text)] == expected


def test_an_owner_before_the_end_of_a_line_is_an_owner() -> None:
    text = "The United Arab Emirates' trade with Norway reached $7 billion in 2023."
    (one,), (wrapped,) = statements(text), statements(text.replace("' ", "'\n"))
    assert one.dimensions["reference_area"].how == wrapped.dimensions["reference_area"].how == "explicit"
