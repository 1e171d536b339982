"""What a figure is compared with, exceeds or is a share of, in texts of many kinds; and what looks alike beside it."""

import datetime

import pytest
from test_frames import shown, statements

READ: dict[str, list[tuple[str, list[str]]]] = {
    "one exceeds the other": [
        (
            "In 2022 births outnumbered deaths by 2,100. Imports from Peru exceeded exports to Peru by €40 million.",
            [
                "2,100 · level · natural-increase · PE · - · 2022",
                "-40 million EUR · level · trade-balance · - · PE · 2022",
            ],
        ),
        (  # what lies between two figures of which no balance is known is left alone
            "Production exceeded consumption by 4 million tonnes in 2023. Exports exceeded those of 2022 by $2 billion.",
            ["2 billion USD · change · exports · - · - · _U · base=2022"],
        ),
    ],
    "a share of another": [
        (
            "Health spending as a share of GDP fell to 8.1% in 2023 from 8.4% in 2022.",
            [
                "8.1 % · share · health-spending · - · - · 2023 · whole={'indicator': 'gdp'}",
                "8.4 % · share · health-spending · - · - · 2022 · whole={'indicator': 'gdp'}",
            ],
        ),
        (
            "The trade deficit of Kenya was $12 billion in 2023 and its share in trade turnover was 42.6%.",
            [
                "-12 billion USD · level · trade-balance · KE · - · 2023",
                "-42.6 % · share · trade-balance · KE · - · 2023 · whole={'indicator': 'trade-turnover'}",
            ],
        ),
        (
            "Operating profit as a percentage of revenue was 12.5% in 2023. The share of exports in GDP was 40%.",
            [
                "12.5 % · share · operating-profit · - · - · 2023 · whole={'indicator': 'revenue'}",
                "40 % · share · exports · - · - · 2023 · whole={'indicator': 'gdp'}",
            ],
        ),
        (  # somebody acts: it is his share
            "Kenya exported $5 billion of goods in 2023 and its share of Uganda's imports was 12%.",
            [
                "5 billion USD · level · exports · KE · - · 2023",
                "12 % · share · imports · UG · - · 2023 · whole={'reference_area': '_U'}",
            ],
        ),
    ],
    "a share of one whole and of another": [
        (
            "Spain accounted for 30% of EU olive oil exports in 2023 and 12% of EU wine exports.",
            [
                "30 % · share · exports · ES · - · 2023 · whole={'reference_area': 'EU'} · product=olive-oil",
                "12 % · share · exports · ES · - · 2023 · whole={'reference_area': 'EU'} · product=wine",
            ],
        ),
    ],
    "then, in brackets": [
        (
            "Profit reached $5 million in 2023 on revenue of $80 million, compared with 2022 ($4 million, a margin of 6%).",
            [
                "5 million USD · level · net-profit · - · - · 2023",
                "80 million USD · level · revenue · - · - · 2023",
                "4 million USD · level · net-profit · - · - · 2022",
                "6 % · rate · net-margin · - · - · 2022",
            ],
        ),
        (
            "In 2023 the fleet had 41 ships; in 2022 (38 ships) freight was 3 million tonnes.",
            [
                "41 {ships} · level · ships · - · - · 2023",
                "38 {ships} · level · ships · - · - · 2022",
                "3 million t · level · freight · - · - · 2022",
            ],
        ),
    ],
    "a loss told for comparison": [
        (
            "Operating profit at the Paper division was €31 million in 2023, against a loss of €4 million the year before.",
            [
                "31 million EUR · level · operating-profit · - · - · 2023 · product=Paper",
                "-4 million EUR · level · operating-profit · - · - · 2022",
            ],
        ),
        (
            "Operating profit of the Paper division was $19 million on revenues of $745 million in Q1 2024. That compares"
            " with a loss of $7 million on revenues of $582 million for the same quarter in 2023.",
            [
                "19 million USD · level · operating-profit · - · - · 2024-Q1 · product=Paper",
                "745 million USD · level · revenue · - · - · 2024-Q1 · product=Paper",
                "-7 million USD · level · operating-profit · - · - · 2023-Q1 · product=Paper",
                "582 million USD · level · revenue · - · - · 2023-Q1 · product=Paper",
            ],
        ),
        (  # a loss of its own
            "EBITDA reached €12 million in Q1 2024, up from €9 million; the company made a loss of €3 million.",
            [
                "12 million EUR · level · ebitda · - · - · 2024-Q1",
                "9 million EUR · level · ebitda · - · - · 2023-Q1",
                "-3 million EUR · level · net-profit · - · - · 2024-Q1",
            ],
        ),
    ],
    "the countries of the region": [
        (
            "China's trade with the countries of the region reached $91 billion in 2022. Kazakhstan led with $40"
            " billion, before Kyrgyzstan, Uzbekistan, Turkmenistan and Tajikistan.",
            [
                "91 billion USD · level · trade-turnover · CN · C5 · 2022",
                "40 billion USD · level · trade-turnover · CN · KZ · 2022",
            ],
        ),
        (  # not all of them are named
            "China's trade with the countries of the region reached $91 billion in 2022. Kazakhstan led.",
            ["91 billion USD · level · trade-turnover · CN · countries of the region · 2022"],
        ),
    ],
    "all but some goods": [
        (
            "Non-oil exports of Oman were $2 billion in 2023, its oil exports $9 billion. Non-food retail sales fell 2%.",
            [
                "2 billion USD · level · exports · OM · - · 2023 · product=non-oil",
                "9 billion USD · level · oil-exports · OM · - · 2023",
                "-2 % · growth · retail-sales · OM · - · 2023 · product=non-food",
            ],
        ),
    ],
    "countries of the one and not of the other": [
        (
            "Germany exported goods worth €21 billion to EU countries outside the euro area in May 2023 and €50 billion to"
            " euro area countries.",
            [
                "21 billion EUR · level · exports · DE · EU-NON-EA · 2023-05",
                "50 billion EUR · level · exports · DE · EA · 2023-05",
            ],
        ),
    ],
    "up to the end of a month": [
        (
            "By the end of September 2023, exports had reached $5 billion. Imports stood at $4 billion.",
            [
                "5 billion USD · level · exports · - · - · 2023-01/2023-09",
                "4 billion USD · level · imports · - · - · 2023-01/2023-09",
            ],
        ),
        (  # a stock is of that day, and a year is whole
            "By the end of June 2023 external debt had risen to $41 billion. By the end of 2022, exports had reached $7m.",
            [
                "41 billion USD · level · external-debt · - · - · 2023-06",
                "7 million USD · level · exports · - · - · 2022",
            ],
        ),
    ],
    "an average of years": [
        (
            "Output was 45 tonnes in 2023, above the five-year average of 41 tonnes. In 2022 it was 44 tonnes.",
            [
                "45 t · level · production · - · - · 2023",
                "41 t · level · production · - · - · _U · basis=average",
                "44 t · level · production · - · - · 2022",
            ],
        ),
    ],
    "what is behind than": [
        (
            "In 2024 fees rose by £4 million. Costs were higher than they had been in 2021. Income was £38 million.",
            ["4 million GBP · change · fees · GB · - · 2024", "38 million GBP · level · income · GB · - · 2024"],
        ),
    ],
    "a budget's year": [
        (
            "Budget outlays fell by $41 billion in fiscal year 2023. The 2023 deficit came to 5.1 percent of gross domestic"
            " product (GDP), up from 4.7 percent of GDP in 2022.",
            [
                "-41 billion USD · change · budget-expenditure · - · - · FY2023",
                "-5.1 % · share · budget-balance · - · - · FY2023 · whole={'indicator': 'gdp'}",
                "-4.7 % · share · budget-balance · - · - · FY2022 · whole={'indicator': 'gdp'}",
            ],
        ),
        (
            "Budget outlays fell by $41 billion in fiscal year 2023. Employment grew by 2% in calendar year 2023.",
            [
                "-41 billion USD · change · budget-expenditure · - · - · FY2023",
                "2 % · growth · employed · - · - · 2023",
            ],
        ),
    ],
    "what money is for": [
        (
            "Spending on interest on government debt came to $39 billion in 2023. Subsidies for imports of grain reached"
            " $41 billion.",
            [
                "39 billion USD · level · spending · - · - · 2023 · product=interest",
                "41 billion USD · level · subsidies · - · - · 2023 · product=imports",
            ],
        ),
    ],
    "what is not in a figure": [
        (
            "External trade (excluding re-exports) of Armenia amounted to $17 billion in 2023.",
            ["17 billion USD · level · trade-turnover · AM · - · 2023 · excluding=re-exports"],
        ),
        (
            "The CPI (excluding food and energy) increased by 2.1% in 2023. Exports (mainly of wheat) rose 4%.",
            [
                "2.1 % · growth · consumer-price-index · - · - · 2023 · excluding=food and energy",
                "4 % · growth · exports · - · - · 2023 · product=wheat",
            ],
        ),
    ],
}


def test_shares_have_the_day_that_is_told() -> None:
    text = "Shares in Veltmark rose 4% on Tuesday. The office said on Tuesday that exports rose 3%."
    dated = [shown(one) for one in statements(text, datetime.date(2024, 10, 26))]
    assert dated == ["4 % · growth · share-price · - · - · 2024-10-22", "3 % · growth · exports · - · - · _U"]


@pytest.mark.parametrize(("text", "expected"), [one for told in READ.values() for one in told])
def test_what_is_read(text: str, expected: list[str]) -> None:
    assert [shown(one) for one in statements(text)] == expected
