"""Indicator, product and period as they are carried through a text; money and fiscal years as a country says them."""

from __future__ import annotations

import datetime

import pytest
from test_frames import lists, shown, statements

from crosscheck.extraction.documents.prose import read_prose
from crosscheck.extraction.source import PARAGRAPH, TITLE, Block, Source
from crosscheck.figures.quantities import shipped_quantities

# Published, text, statements.
TEXTS: list[tuple[str, str, list[str]]] = [
    # What is told of a time before, in passing, does not date the paragraphs behind it.
    (
        "2012-01-09",
        "Exports of Norway rose 7.5 percent in December to $17.97 billion.\n\nThe ministry noted that in December 2010 the "
        "roads were closed for 12 days.\n\nExports to Sweden rose 14.8 percent.",
        [
            "7.5 % · growth · exports · NO · - · 2011-12",
            "17.97 billion USD · level · exports · NO · - · 2011-12",
            "14.8 % · growth · exports · NO · SE · 2011-12",
        ],
    ),
    (
        "2023-09-27",
        "Imports of Norway climbed to $133 billion in August. They are higher than the $72 billion of goods booked in "
        "the same month last year.\n\nExports dropped 6.58 percent.",
        [
            "133 billion USD · level · imports · NO · - · 2023-08",
            "72 billion USD · level · imports · NO · - · 2022-08",
            "-6.58 % · growth · exports · NO · - · 2023-08",
        ],
    ),
    # What a text turns to does.
    (
        "2024-03-20",
        "Exports of Norway were $3.2 billion in January 2024.\n\nIn 2023, they were $40 billion.\n\nImports were "
        "$38 billion.",
        [
            "3.2 billion USD · level · exports · NO · - · 2024-01",
            "40 billion USD · level · exports · NO · - · 2023",
            "38 billion USD · level · imports · NO · - · 2023",
        ],
    ),
    # What stood before, told in the middle of a paragraph, is only beside it.
    (
        "2022-05-17",
        "Peru had a trade surplus of $7.5 billion in April. The surplus in March was $4.5 billion. Exports reached "
        "$27 billion.\n\nImports climbed 22% from a year earlier.",
        [
            "7.5 billion USD · level · trade-balance · PE · - · 2022-04",
            "4.5 billion USD · level · trade-balance · PE · - · 2022-03",
            "27 billion USD · level · exports · PE · - · 2022-04",
            "22 % · growth · imports · PE · - · 2022-04 · base=2021-04",
        ],
    ),
    (
        "2023-03-24",
        "The population of Peru was 29,164,578 in 2021. The figure is 2,670,074 higher than the 26,494,504 counted in the "
        "2011 census. The number of households came to 6,660,841.",
        [
            "29,164,578 · level · population · PE · - · 2021",
            "2,670,074 · change · population · PE · - · 2021 · base=2011",
            "26,494,504 · level · population · PE · - · 2011",
            "6,660,841 · level · households · PE · - · 2021",
        ],
    ),
    # A week of three is not told: what is compared with the one before has no period.
    (
        "2024-01-22",
        "From January 1 to 21, 2024, Peru welcomed 2,015,942 tourists. The number of arrivals rose by 20,753 or 2.99% from "
        "the previous week.",
        [
            "2,015,942 {tourists} · level · visitors · PE · - · 2024-01-01/2024-01-21",
            "20,753 · change · visitors · PE · - · _U · base=_U",
            "2.99 % · growth · visitors · PE · - · _U · base=_U",
        ],
    ),
    # A half-year of which only weeks are gone is not the calendar's; the first sentence tells what the title means.
    (
        "2023-02-07",
        "Peru's exports rise to $30 billion in first half\n\nExports were $30 billion in the first half of fiscal year "
        "2022/23, which began on 1 July. Imports were $20 billion.",
        [
            "30 billion USD · level · exports · PE · - · 2022-S2",
            "30 billion USD · level · exports · PE · - · 2022-S2",
            "20 billion USD · level · imports · PE · - · 2022-S2",
        ],
    ),
    # Months within the months of which a text tells.
    (
        "2019-12-20",
        "In January–November 2019 exports of Norway came to $30 billion. Seasonally adjusted, exports fell by 6.4% from "
        "October to November.",
        [
            "30 billion USD · level · exports · NO · - · 2019-01/2019-11",
            "-6.4 % · growth · exports · NO · - · 2019-11 · base=2019-10",
        ],
    ),
    # Years that end in a month.
    (
        "2024-01-25",
        "Norway exported goods worth $21.1 billion in FYE March 2023, 6.1% less than in the financial year ending "
        "(FYE) March 2022.",
        [
            "21.1 billion USD · level · exports · NO · - · 2022-04/2023-03",
            "-6.1 % · growth · exports · NO · - · 2022-04/2023-03 · base=2021-04/2022-03",
        ],
    ),
    # Fiscal years of a country whose calendar is known.
    (
        "2024-09-12",
        "Australia exported goods worth A$91 billion in the 2023-24 financial year. In the first quarter of 2024 they were "
        "A$21 billion.",
        [
            "91 billion AUD · level · exports · AU · - · 2023-07/2024-06",
            "21 billion AUD · level · exports · AU · - · 2024-Q1",
        ],
    ),
    (
        "2015-02-10",
        "Bangladesh's exports rose 12% to $9 billion in the first five months of the current fiscal year. In the same "
        "period of 2013-14 they were $8 billion.",
        [
            "12 % · growth · exports · BD · - · 2014-07/2014-11",
            "9 billion USD · level · exports · BD · - · 2014-07/2014-11",
            "8 billion USD · level · exports · BD · - · 2013-07/2013-11",
        ],
    ),
    (
        "2015-02-10",
        "Pakistan exported goods worth $9 billion during July-January of fiscal 2014-15, up from $8 billion in the same "
        "period of last fiscal. During 2012-13, exports were $15 billion.",
        [
            "9 billion USD · level · exports · PK · - · 2014-07/2015-01",
            "8 billion USD · level · exports · PK · - · 2013-07/2014-01",
            "15 billion USD · level · exports · PK · - · 2012-07/2013-06",
        ],
    ),
    (
        "2015-08-20",
        "India's oil production in the second quarter, July-September, of the current financial year was 9 million t.",
        ["9 million t · level · oil-production · IN · - · 2015-Q3"],
    ),
    # A text has a main indicator; a sector or goods as the subject narrow it, what says nothing leaves it as it is.
    (
        "2018-06-18",
        "Rwanda's GDP rose by 10.6% in the first quarter of 2018.\n\n“We saw 10.3% growth in the fourth quarter of "
        "2017,” the "
        "minister said.\n\nThe growth was driven by the services sector which grew by 12% and industry which grew by "
        "7%. The GDP "
        "at current market prices was $2 billion.\n\nAnnouncing this yesterday, he told reporters that agriculture "
        "contributed "
        "31% of GDP. Manufacturing activities increased by 7% owing to an increase of 9% in food processing.",
        [
            "10.6 % · growth · gdp · RW · - · 2018-Q1 · prices=constant",
            "10.3 % · growth · gdp · RW · - · 2017-Q4 · prices=constant",
            "12 % · growth · gdp · RW · - · 2018-Q1 · prices=constant · product=services",
            "7 % · growth · gdp · RW · - · 2018-Q1 · prices=constant · product=industry",
            "2 billion USD · level · gdp · RW · - · 2018-Q1",
            "31 % · share · gdp · RW · - · 2018-Q1 · whole={'product': None} · product=agricultural-products",
            "7 % · growth · gdp · RW · - · 2018-Q1 · prices=constant · product=manufacturing",
            "9 % · growth · gdp · RW · - · 2018-Q1 · prices=constant · product=food processing",
        ],
    ),
    (
        "2015-02-10",
        "Bangladesh's exports rose 12% to $9 billion in 2014.\n\nThe shipbuilding sector logged the highest growth, "
        "rising by 30%. "
        "Home textiles brought in $800 million. The bureau set a target to earn $10 billion for 2015.",
        [
            "12 % · growth · exports · BD · - · 2014",
            "9 billion USD · level · exports · BD · - · 2014",
            "30 % · growth · exports · BD · - · 2014 · product=shipbuilding",
            "800 million USD · level · exports · BD · - · 2014 · product=home textiles",
            "10 billion USD · level · exports · BD · - · 2015 · plan",
        ],
    ),
    (
        "2016-12-06",
        "Canada's wheat production rose 15% to 31 million tonnes in 2016. The harvested area fell 7% to 21 million acres. "
        "Growers reported an 11% increase to 14 million tonnes.",
        [
            "15 % · growth · production · CA · - · 2016 · product=wheat",
            "31 million t · level · production · CA · - · 2016 · product=wheat",
            "-7 % · growth · harvested-area · CA · - · 2016 · product=wheat",
            "21 million acre · level · harvested-area · CA · - · 2016 · product=wheat",
            "11 % · growth · production · CA · - · 2016 · detail=growers · product=wheat",
            "14 million t · level · production · CA · - · 2016 · detail=_U · product=wheat",
        ],
    ),
    (
        "2006-11-14",
        "Retail sales in Norway fell 0.4% in October 2006. Food sales rose 1%.",
        [
            "-0.4 % · growth · retail-sales · NO · - · 2006-10",
            "1 % · growth · retail-sales · NO · - · 2006-10 · product=food",
        ],
    ),
    (
        "2023-10-06",
        "Kenya's GDP rose by 5.4% in the second quarter of 2023. The manufacturing sector's growth slowed to 1.5%.",
        [
            "5.4 % · growth · gdp · KE · - · 2023-Q2 · prices=constant",
            "1.5 % · growth · gdp · KE · - · 2023-Q2 · prices=constant · product=manufacturing",
        ],
    ),
    # What is counted over a time is of the time that is carried; a bare year behind a month is the same month of it.
    (
        "2022-12-15",
        "Tanzania received 1,175,000 tourists in January–October 2022. There was an increase of 458,000 tourists. In "
        "October 2022 "
        "alone the number rose to 141,000, compared to 92,000 in 2021.",
        [
            "1,175,000 {tourists} · level · visitors · TZ · - · 2022-01/2022-10",
            "458,000 {tourists} · change · visitors · TZ · - · 2022-01/2022-10",
            "141,000 · level · visitors · TZ · - · 2022-10",
            "92,000 · level · visitors · TZ · - · 2021-10",
        ],
    ),
    (
        "2024-06-28",
        "Trade of Vietnam with Cambodia grew in 2023. It went on growing in 2024, with the first five months "
        "recording trade of "
        "$4 billion.",
        ["4 billion USD · level · trade-turnover · VN · KH · 2024-01/2024-05"],
    ),
    # Signs of money that countries share or that are their own, and a number broken behind its comma.
    ("2015-02-10", "Pakistan's exports in 2014 were Rs 5 billion.", ["5 billion PKR · level · exports · PK · - · 2014"]),
    ("2015-02-10", "India's exports in 2014 were Rs 5 billion.", ["5 billion INR · level · exports · IN · - · 2014"]),
    (
        "2015-02-10",
        "Zambia's imports were K8, 841.2 million in 2014 and its exports K459.7 million.",
        [
            "8,841.2 million ZMW · level · imports · ZM · - · 2014",
            "459.7 million ZMW · level · exports · ZM · - · 2014",
        ],
    ),
    ("2015-02-10", "Ghana's exports in 2014 were GH¢4 billion.", ["4 billion GHS · level · exports · GH · - · 2014"]),
]


@pytest.mark.parametrize(("published", "text", "expected"), TEXTS, ids=[text[:60] for _, text, _ in TEXTS])
def test_what_is_carried(published: str, text: str, expected: list[str]) -> None:
    assert [shown(one) for one in statements(text, datetime.date.fromisoformat(published))] == expected


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        (
            "Peru's exports of wine recover",
            "Peru exported 98 million litres of wine in 2024. The value of shipments came to $171 million.",
            "171 million USD · level · exports · PE · - · 2024 · product=wine",
        ),
        (
            "Peru's exports recover",
            "Peru exported 98 million litres of wine in 2024. The value of exports came to $171 million.",
            "171 million USD · level · exports · PE · - · 2024",
        ),
        (
            "Peru's exports of wine recover",
            "Peru exported 98 million litres of wine in 2024. Imports came to $171 million.",
            "171 million USD · level · imports · PE · - · 2024",
        ),
    ],
)
def test_a_title_tells_of_which_goods_the_trade_is(title: str, body: str, expected: str) -> None:
    text = f"{title}\n\n{body}"
    blocks = (Block(TITLE, 0, len(title)), Block(PARAGRAPH, len(title) + 2, len(text)))
    read = read_prose(Source("a.txt", text, blocks, published=datetime.date(2025, 3, 1)), lists(), shipped_quantities())
    assert shown(read.statements[-1]) == expected


def test_the_partner_of_a_paragraph_is_not_that_of_the_next() -> None:
    text = (
        "Exports of Peru came to $171 million in 2024. Sales to Chile doubled to $9 million.\n\n"
        "Exports fell by 3% to $20 million in December."
    )
    last = statements(text, datetime.date(2025, 3, 1))[-1]
    assert shown(last) == "20 million USD · level · exports · PE · - · 2024-12"
