"""News of trade and of the economy: what is told for comparison, what is left out, whose year and whose balance it is."""

import datetime

import pytest
from test_frames import shown, statements

PUBLISHED = datetime.date(2024, 7, 15)


def told(text: str, published: datetime.date = PUBLISHED) -> list[str]:
    return [shown(one) for one in statements(text, published)]


COMPARED: list[tuple[str, list[str]]] = [
    (
        "Annual inflation in Ghana was 18% in January, after 12% a year earlier.",
        ["18 % · rate · inflation-rate · GH · - · 2024-01", "12 % · rate · inflation-rate · GH · - · 2023-01"],
    ),
    (
        "The jobless rate of Spain was 11.2% in May 2024, following 11.9% a month before.",
        ["11.2 % · rate · unemployment-rate · ES · - · 2024-05", "11.9 % · rate · unemployment-rate · ES · - · 2024-04"],
    ),
    (
        "The economy of Chile grew 3.1% in the second quarter, after 2.4% a year earlier.",
        [
            "3.1 % · growth · gdp · CL · - · 2024-Q2 · prices=constant",
            "2.4 % · growth · gdp · CL · - · 2023-Q2 · base=2022-Q2 · prices=constant",
        ],
    ),
    (
        "Exports of Peru rose 22% in May, after 15% in April.",
        ["22 % · growth · exports · PE · - · 2024-05", "15 % · growth · exports · PE · - · 2024-04"],
    ),
    (
        "Copper output of Peru rose from 210,000 tonnes to 231,000 tonnes between March and April 2024.",
        [
            "210,000 t · level · production · PE · - · 2024-03 · product=copper",
            "231,000 t · level · production · PE · - · 2024-04 · product=copper",
        ],
    ),
    (
        "Exports of Fiji grew from $90 million to $99 million between October and November 2023, up 10%.",
        [
            "90 million USD · level · exports · FJ · - · 2023-10",
            "99 million USD · level · exports · FJ · - · 2023-11",
            "10 % · growth · exports · FJ · - · 2023-11 · base=2023-10",
        ],
    ),
    (
        "Exports of Oman rose 10% to $22 billion between January and May 2024.",
        [
            "10 % · growth · exports · OM · - · 2024-01/2024-05",
            "22 billion USD · level · exports · OM · - · 2024-01/2024-05",
        ],
    ),
    (
        "Exports of Kenya were $1 billion in May, up 2% from April. Between January and May 2024 they rose 10%.",
        [
            "1 billion USD · level · exports · KE · - · 2024-05",
            "2 % · growth · exports · KE · - · 2024-05 · base=2024-04",
            "10 % · growth · exports · KE · - · 2024-01/2024-05",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), COMPARED)
def test_what_is_told_for_comparison_has_its_own_time(text: str, expected: list[str]) -> None:
    assert told(text) == expected


LEFT_OUT: list[tuple[str, list[str]]] = [
    (
        "Canadian exports to states other than Mexico went up by 4.1% in April 2024.",
        ["4.1 % · growth · exports · CA · - · 2024-04 · excluding=mexico"],
    ),
    (
        "Imports of Chile from all countries except China fell 3% in May 2024.",
        ["-3 % · growth · imports · CL · WORLD · 2024-05 · excluding=china"],
    ),
    (
        "Apart from gold and silver, exports of Peru rose 5% in May 2024.",
        ["5 % · growth · exports · PE · - · 2024-05 · excluding=gold and silver"],
    ),
    (
        "Excluding tea, coffee exports of Kenya rose 5% in May 2024.",
        ["5 % · growth · exports · KE · - · 2024-05 · excluding=tea · product=coffee"],
    ),
    (
        "Core inflation in Ghana, which excludes the prices of farm produce, was 13.1% in June.",
        ["13.1 % · rate · core-inflation · GH · - · 2024-06"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LEFT_OUT)
def test_what_is_left_out_is_none_of_the_figure(text: str, expected: list[str]) -> None:
    assert told(text) == expected


BALANCES: list[tuple[str, list[str]]] = [
    (
        "Germany recorded a surplus of $4.2 billion in trade with Poland in 2023.",
        ["4.2 billion USD · level · trade-balance · DE · PL · 2023"],
    ),
    (
        "Kenya ran a deficit of $1.2 billion in its trade with China in 2023.",
        ["-1.2 billion USD · level · trade-balance · KE · CN · 2023"],
    ),
    (
        "The deficit in 2023 in Kenyan trade with Uganda was $310 million.",
        ["310 million USD · level · trade-turnover · KE · UG · 2023"],
    ),
    (
        "In 2020 Norwegian trade with Sweden came to $20 billion, with a surplus of $2 billion.",
        [
            "20 billion USD · level · trade-turnover · NO · SE · 2020",
            "2 billion USD · level · trade-balance · NO · SE · 2020",
        ],
    ),
    (
        "The US goods and services trade deficit with China rose to USD 112.7B in the first quarter.",
        ["-112.7 billion USD · level · trade-balance · US · CN · 2024-Q1"],
    ),
    (
        "Peru had a services surplus of $2.1 billion in May 2024, while the oil deficit was $0.5 billion.",
        [
            "2.1 billion USD · level · services-balance · PE · - · 2024-05",
            "-0.5 billion USD · level · trade-balance · PE · - · 2024-05 · product=oil",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), BALANCES)
def test_which_balance_it_is(text: str, expected: list[str]) -> None:
    assert told(text) == expected


OTHERS: list[tuple[str, list[str]]] = [
    (
        "Ghana exported cocoa worth US dollars 39 million in March 2024.",
        ["39 million USD · level · exports · GH · - · 2024-03 · product=cocoa"],
    ),
    (
        "The Bangladesh Bank said inward remittances were Taka 500 crore in May 2024.",
        ["500 crore BDT · level · remittances · BD · Bangladesh Bank · 2024-05"],
    ),
    (
        "Main exports of Nepal to India were cattle feed ($528 m), rice ($310 m) and tea ($95 m) in 2023.",
        [
            "528 million USD · level · exports · NP · IN · 2023 · product=oilcake",
            "310 million USD · level · exports · NP · IN · 2023 · product=rice",
            "95 million USD · level · exports · NP · IN · 2023 · product=tea",
        ],
    ),
    (
        "In the fourth quarter of the financial year exports of Australia rose 3% to $90 billion.",
        ["3 % · growth · exports · AU · - · 2024-Q2", "90 billion USD · level · exports · AU · - · 2024-Q2"],
    ),
    (
        "Bangladesh imported 10.7 lakh tonnes of rice in FY20.",
        ["10.7 lakh t · level · imports · BD · - · 2019-07/2020-06 · product=rice"],
    ),
    (
        "Exports of Bangladesh were $3.9 billion in May. Earnings of the woven garment segment rose to $1.2 billion.",
        [
            "3.9 billion USD · level · exports · BD · - · 2024-05",
            "1.2 billion USD · level · exports · BD · - · 2024-05 · product=woven garment",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), OTHERS)
def test_money_goods_and_years(text: str, expected: list[str]) -> None:
    assert told(text) == expected


PARTNERS: list[tuple[str, list[str]]] = [
    (
        "The main partner for Turkish exports in May was Iraq ($1 billion). Iraq was followed by Italy ($7 million).",
        ["1 billion USD · level · exports · TR · IQ · 2024-05", "7 million USD · level · exports · TR · IT · 2024-05"],
    ),
    (
        "In May 2024 the top market for Peru's exports was China with $1.2 billion.",
        ["1.2 billion USD · level · exports · PE · CN · 2024-05"],
    ),
    (
        "Germany was the main partner country for Turkish exports in April 2024 with $2 billion.",
        ["2 billion USD · level · exports · TR · DE · 2024-04"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTNERS)
def test_the_first_partner_and_those_behind(text: str, expected: list[str]) -> None:
    assert told(text) == expected


MONTHS: list[tuple[str, list[str]]] = [
    (
        "Tuna exports of Peru in May 2024 rose to $95 million, raising the five-month exports to $397 million.",
        [
            "95 million USD · level · exports · PE · - · 2024-05 · product=tuna",
            "397 million USD · level · exports · PE · - · 2024-01/2024-05 · product=tuna",
        ],
    ),
    (
        "Chile's exports were $8bn in June, bringing the six-month total to $55bn. The 6-month surplus was $4bn.",
        [
            "8 billion USD · level · exports · CL · - · 2024-06",
            "55 billion USD · level · exports · CL · - · 2024-S1",
            "4 billion USD · level · trade-balance · CL · - · 2024-S1",
        ],
    ),
    (
        "Pakistan's exports were $9 billion in July-December 2023. Imports were $12 billion from July to December.",
        ["9 billion USD · level · exports · PK · - · 2023-S2", "12 billion USD · level · imports · PK · - · 2023-S2"],
    ),
    (
        "India's budget deficit in April-September 2023 was Rs 4 crore. In the first six months taxes were Rs 5 crore.",
        [
            "-4 crore INR · level · budget-balance · IN · - · 2023-04/2023-09",
            "5 crore INR · level · tax-revenue · IN · - · 2023-04/2023-09",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MONTHS)
def test_so_many_months_of_a_year(text: str, expected: list[str]) -> None:
    assert told(text) == expected


SIDES: list[tuple[str, list[str]]] = [
    (
        "Exports of fruit from Peru were $9 million in May, exports of grapes $5 million. Turnover of figs was $3 million.",
        [
            "9 million USD · level · exports · PE · - · 2024-05 · product=fruit",
            "5 million USD · level · exports · PE · - · 2024-05 · product=grapes",
            "3 million USD · level · trade-turnover · PE · - · 2024-05 · product=figs",
        ],
    ),
    (
        "The primary deficit of Kenya was 180 billion shillings in 2023.",
        ["-180 billion KES · level · primary-balance · KE · - · 2023"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SIDES)
def test_what_a_balance_or_turnover_is_of(text: str, expected: list[str]) -> None:
    assert told(text) == expected


SLIPS: list[tuple[str, list[str]]] = [
    (
        "India's exports rose 15% to $37.29 b in May.",
        ["15 % · growth · exports · IN · - · 2024-05", "37.29 billion USD · level · exports · IN · - · 2024-05"],
    ),
    (
        "Non-petroleum exports of Oman rose 8% to $2.9 billion in May. Non-oil and non-gold imports were $4 billion.",
        [
            "8 % · growth · exports · OM · - · 2024-05 · product=non-petroleum",
            "2.9 billion USD · level · exports · OM · - · 2024-05 · product=non-petroleum",
            "4 billion USD · level · imports · OM · - · 2024-05 · product=non-oil and non-gold",
        ],
    ),
    (
        "India's exports in April-May 2024-25 rose to $77 billion while imports in the first two months grew 5%.",
        [
            "77 billion USD · level · exports · IN · - · 2024-04/2024-05",
            "5 % · growth · imports · IN · - · 2024-04/2024-05",
        ],
    ),
    (
        "Exports of India in May last year stood at $19.2 billion and in May 2019 it was at $29.8 billion.",
        ["19.2 billion USD · level · exports · IN · - · 2023-05", "29.8 billion USD · level · exports · IN · - · 2019-05"],
    ),
    (
        "Exports of Peru in January-May 2024 were by 12 percent less compared to the period of January-May 2023.",
        ["-12 % · growth · exports · PE · - · 2024-01/2024-05 · base=2023-01/2023-05"],
    ),
    (
        "It should be noted that Peru's turnover was $11.7 billion in 2023. Its exports should reach $9 billion in 2024.",
        [
            "11.7 billion USD · level · trade-turnover · PE · - · 2023",
            "9 billion USD · level · exports · PE · - · 2024 · plan",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SLIPS)
def test_a_scale_a_negation_a_year_and_a_remark(text: str, expected: list[str]) -> None:
    assert told(text) == expected


STEPS: list[tuple[str, list[str]]] = [
    (
        "Compared with May 2023, Spanish exports of wine went up by 4 percent to 43 million euros in May 2024.",
        [
            "4 % · growth · exports · ES · - · 2024-05 · base=2023-05 · product=wine",
            "43 million EUR · level · exports · ES · - · 2024-05 · product=wine",
        ],
    ),
    (
        "The trade balance of Norway closed May 2024 with a surplus of EUR 15 bn (May 2023: + EUR 14 bn).",
        [
            "15 billion EUR · level · trade-balance · NO · - · 2024-05",
            "14 billion EUR · level · trade-balance · NO · - · 2023-05",
        ],
    ),
    (
        "Exports of Kenya were $243 million in May 2024, up 32 per cent year-on-year and 16 per cent month to month.",
        [
            "243 million USD · level · exports · KE · - · 2024-05",
            "32 % · growth · exports · KE · - · 2024-05 · base=2023-05",
            "16 % · growth · exports · KE · - · 2024-05 · base=2024-04",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), STEPS)
def test_a_time_before_is_not_that_of_the_figure(text: str, expected: list[str]) -> None:
    assert told(text) == expected


SHARES: list[tuple[str, list[str]]] = [
    (
        "The primary balance of Kenya in 2023 was 1.7% of the GDP, amounting to 180 billion shillings.",
        [
            "1.7 % · share · primary-balance · KE · - · 2023 · whole={'indicator': 'gdp'}",
            "180 billion KES · level · primary-balance · KE · - · 2023",
        ],
    ),
    (
        "Exports of Oman in 2022 were 40% of GDP, reaching $50 billion.",
        [
            "40 % · share · exports · OM · - · 2022 · whole={'indicator': 'gdp'}",
            "50 billion USD · level · exports · OM · - · 2022",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SHARES)
def test_an_amount_behind_a_share_of_gdp_is_the_part(text: str, expected: list[str]) -> None:
    assert told(text) == expected
