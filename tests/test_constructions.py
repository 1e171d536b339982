"""Constructions that tell several figures at once, or one by another: each in several wordings and domains."""

import pytest
from test_frames import shown, statements

CONSTRUCTIONS: dict[str, list[tuple[str, list[str]]]] = {
    "items and numbers side by side": [
        (
            "Norway's exports to Sweden and Denmark were worth $14.7 billion and $9.8 billion in 2023. "
            "The former rose 12%, the latter fell 3%.",
            [
                "14.7 billion USD · level · exports · NO · SE · 2023",
                "9.8 billion USD · level · exports · NO · DK · 2023",
                "12 % · growth · exports · NO · SE · 2023",
                "-3 % · growth · exports · NO · DK · 2023",
            ],
        ),
        (
            "Exports and imports reached $14.7 billion and $16.8 billion in 2023; the former rose 12% and the latter 5%.",
            [
                "14.7 billion USD · level · exports · - · - · 2023",
                "16.8 billion USD · level · imports · - · - · 2023",
                "12 % · growth · exports · - · - · 2023",
                "5 % · growth · imports · - · - · 2023",
            ],
        ),
        (
            "Exports and imports of Italy rose by 5% and 7% in May 2024.",
            ["5 % · growth · exports · IT · - · 2024-05", "7 % · growth · imports · IT · - · 2024-05"],
        ),
        (
            "Poland reported exports and imports of $5 billion and $6 billion in May 2024.",
            [
                "5 billion USD · level · exports · PL · - · 2024-05",
                "6 billion USD · level · imports · PL · - · 2024-05",
            ],
        ),
        (
            "Italy's exports and imports totalled $5 billion in 2023.",
            ["5 billion USD · level · trade-turnover · IT · - · 2023"],
        ),
        (
            "Corvane Corp said revenue and operating profit increased by 5% and 7%, respectively, "
            "to $4.2 billion and $0.6 billion in 2023.",
            [
                "5 % · growth · revenue · Corvane · - · 2023",
                "7 % · growth · operating-profit · Corvane · - · 2023",
                "4.2 billion USD · level · revenue · Corvane · - · 2023",
                "0.6 billion USD · level · operating-profit · Corvane · - · 2023",
            ],
        ),
        (
            "In 2022 and 2023, exports of Italy were $84.4 billion and $78.7 billion, respectively.",
            ["84.4 billion USD · level · exports · IT · - · 2022", "78.7 billion USD · level · exports · IT · - · 2023"],
        ),
        (
            "Exports of wheat and barley came to 5.2 million and 1.1 million tonnes in 2023.",
            [
                "5.2 million t · level · exports · - · - · 2023 · product=wheat",
                "1.1 million t · level · exports · - · - · 2023 · product=barley",
            ],
        ),
        (
            "Inflation in Germany and France was 2.4% and 2.9% in April 2024, while in Spain it was 3.3%.",
            [
                "2.4 % · rate · inflation-rate · DE · - · 2024-04",
                "2.9 % · rate · inflation-rate · FR · - · 2024-04",
                "3.3 % · rate · inflation-rate · ES · - · 2024-04",
            ],
        ),
        # Three items and two numbers: nobody knows which is whose.
        (
            "Exports to Germany, France and Italy rose by 5% and 7% in 2023.",
            [
                "5 % · growth · exports · - · DE · 2023 · detail=france and italy",
                "7 % · growth · exports · - · DE · 2023 · detail=_U",
            ],
        ),
    ],
    "a partner for each amount": [
        (
            "Norway's trade was $139.8 billion in 2023, including $43.8 billion with Sweden and $26 billion with Denmark.",
            [
                "139.8 billion USD · level · trade-turnover · NO · - · 2023",
                "43.8 billion USD · level · trade-turnover · NO · SE · 2023",
                "26 billion USD · level · trade-turnover · NO · DK · 2023",
            ],
        ),
        (
            "Norway's trade turnover reached $139.8 billion in 2023, with $30 billion with Denmark, "
            "$31.5 billion with Sweden and $16 billion with Italy.",
            [
                "139.8 billion USD · level · trade-turnover · NO · - · 2023",
                "30 billion USD · level · trade-turnover · NO · DK · 2023",
                "31.5 billion USD · level · trade-turnover · NO · SE · 2023",
                "16 billion USD · level · trade-turnover · NO · IT · 2023",
            ],
        ),
        (
            "Exports to Germany rose 5%, to France 3% and to Italy 2% in 2023.",
            [
                "5 % · growth · exports · - · DE · 2023",
                "3 % · growth · exports · - · FR · 2023",
                "2 % · growth · exports · - · IT · 2023",
            ],
        ),
        (
            "Norway imported cars worth $2.1 billion from Germany and $0.4 billion from France in 2023.",
            [
                "2.1 billion USD · level · imports · NO · DE · 2023 · product=passenger-cars",
                "0.4 billion USD · level · imports · NO · FR · 2023 · product=passenger-cars",
            ],
        ),
        (
            "Italy's exports in 2023: €75 billion to Germany, €67 billion to the United States and €63 billion to France.",
            [
                "75 billion EUR · level · exports · IT · DE · 2023",
                "67 billion EUR · level · exports · IT · US · 2023",
                "63 billion EUR · level · exports · IT · FR · 2023",
            ],
        ),
    ],
    "a change between two levels": [
        (
            "Exports fell by 6.8%, from $84.4 billion in 2022 to $78.7 billion in 2023.",
            [
                "-6.8 % · growth · exports · - · - · 2023 · base=2022",
                "84.4 billion USD · level · exports · - · - · 2022",
                "78.7 billion USD · level · exports · - · - · 2023",
            ],
        ),
        (
            "The number of visitors rose 12%, from 1.2 million in 2019 to 1.34 million in 2023.",
            [
                "12 % · growth · visitors · - · - · 2023 · base=2019",
                "1.2 million · level · visitors · - · - · 2019",
                "1.34 million · level · visitors · - · - · 2023",
            ],
        ),
        (
            "Inflation eased to 8.4% in May from 8.7% in April, a drop of 0.3 percentage points.",
            [
                "8.4 % · rate · inflation-rate · - · - · 2024-05",
                "8.7 % · rate · inflation-rate · - · - · 2024-04",
                "-0.3 percentage_point · change · inflation-rate · - · - · 2024-05 · base=2024-04",
            ],
        ),
    ],
    "multiples": [
        ("Ticket sales increased twelvefold in 2023.", ["twelvefold times · multiple · tickets-sold · - · - · 2023"]),
        ("Exports rose by a factor of 2.5 in 2023.", ["2.5 times · multiple · exports · - · - · 2023"]),
        (
            "Exports in 2023 were twice as high as in 2022.",
            ["twice · multiple · exports · - · - · 2023 · base=2022"],
        ),
        (
            "Sales in 2023 were three times those of 2019.",
            ["three times · multiple · revenue · - · - · 2023 · base=2019"],
        ),
        ("Sales were up three times in 2023.", ["three times · multiple · revenue · - · - · 2023"]),
    ],
    "ranges": [
        (
            "Inflation in Poland is expected at between 3% and 4% in 2025.",
            [
                "at least 3 % · rate · inflation-rate · PL · - · 2025 · estimate",
                "at most 4 % · rate · inflation-rate · PL · - · 2025 · estimate",
            ],
        ),
        (
            "Poland's exports reached $10-12 billion in 2023.",
            [
                "at least 10 billion USD · level · exports · PL · - · 2023",
                "at most 12 billion USD · level · exports · PL · - · 2023",
            ],
        ),
        (
            "The harvest was between 3.1 and 3.4 million tonnes in 2023.",
            [
                "at least 3.1 million t · level · harvest · - · - · 2023",
                "at most 3.4 million t · level · harvest · - · - · 2023",
            ],
        ),
        (
            "Sales rose from $5 billion in 2022 to $7 billion in 2023.",
            ["5 billion USD · level · revenue · - · - · 2022", "7 billion USD · level · revenue · - · - · 2023"],
        ),
    ],
    "what it was before": [
        (
            "Exports of wheat came to 5.2 million tonnes in 2023; a year earlier they had been 4.1 million tonnes.",
            [
                "5.2 million t · level · exports · - · - · 2023 · product=wheat",
                "4.1 million t · level · exports · - · - · 2022 · product=wheat",
            ],
        ),
        (
            "Norway's exports fell by 6.8% in 2023. A year earlier they had grown by 40%.",
            ["-6.8 % · growth · exports · NO · - · 2023", "40 % · growth · exports · NO · - · 2022"],
        ),
        (
            "In the first quarter of 2024 sales were €1.2 billion; "
            "in the same period of the previous year they were €1.1 billion.",
            ["1.2 billion EUR · level · revenue · - · - · 2024-Q1", "1.1 billion EUR · level · revenue · - · - · 2023-Q1"],
        ),
        ("Year on year, exports rose 5% in May 2024.", ["5 % · growth · exports · - · - · 2024-05 · base=2023-05"]),
        (
            "In the first nine months of 2024 the airport handled 17.2 million passengers (2023: 16.1 million).",
            [
                "17.2 million {passengers} · level · passengers · - · - · 2024-01/2024-09",
                "16.1 million · level · passengers · - · - · 2023-01/2023-09",
            ],
        ),
        (
            "Revenue was €17.2 million (€16.1 million) in the first half of 2024.",
            [
                "17.2 million EUR · level · revenue · - · - · 2024-S1",
                "16.1 million EUR · level · revenue · - · - · 2023-S1",
            ],
        ),
        (
            "The margin was 12.3% (11.8) in the third quarter of 2023.",
            ["12.3 % · rate · net-margin · - · - · 2023-Q3", "11.8 % · rate · net-margin · - · - · 2022-Q3"],
        ),
        (
            "Revenue was €17.2 million ($18.4 million) in 2023.",
            ["17.2 million EUR · level · revenue · - · - · 2023", "18.4 million USD · level · revenue · - · - · 2023"],
        ),
        (
            "Revenue reached €410 million in 2023 (€380 million in 2022).",
            ["410 million EUR · level · revenue · - · - · 2023", "380 million EUR · level · revenue · - · - · 2022"],
        ),
    ],
}
CONSTRUCTIONS |= {
    "a year, a day, on average": [
        (
            "GDP of Georgia grew 6% a year between 2018 and 2023.",
            ["6 % · growth · gdp · GE · - · 2023 · base=2018 · basis=annual-average · prices=constant"],
        ),
        (
            "GDP of Georgia grew 6% a year for five years.",
            ["6 % · growth · gdp · GE · - · _U · basis=annual-average · prices=constant"],
        ),
        (
            "GDP of Georgia grew 6% a year over five years in 2023.",
            ["6 % · growth · gdp · GE · - · 2023 · base=2018 · basis=annual-average · prices=constant"],
        ),
        (
            "Exports of Norway have grown by an average of 3.1% a year since 2019.",
            ["3.1 % · growth · exports · NO · - · _U · base=2019 · basis=annual-average"],
        ),
        (
            "Revenue rose at a compound annual growth rate of 7% from 2019 to 2023.",
            ["7 % · growth · revenue · - · - · 2023 · base=2019 · basis=annual-average"],
        ),
        ("Exports grew 5% annually in May 2024.", ["5 % · growth · exports · - · - · 2024-05"]),
        ("The annual growth of exports was 5% in May 2024.", ["5 % · growth · exports · - · - · 2024-05"]),
        (
            "GDP of Norway grew at an annualised 2.4% in the first quarter of 2024.",
            ["2.4 % · growth · gdp · NO · - · 2024-Q1 · base=2023-Q4 · basis=annualised · prices=constant"],
        ),
        (
            "GDP of Norway fell by 0.3% in the first quarter of 2024, or 1.2% on an annualised basis.",
            [
                "-0.3 % · growth · gdp · NO · - · 2024-Q1 · base=2023-Q4 · prices=constant",
                "-1.2 % · growth · gdp · NO · - · 2024-Q1 · base=2023-Q4 · basis=annualised · prices=constant",
            ],
        ),
        ("Exports averaged $5 billion a month in 2023.", ["5 billion USD/month · level · exports · - · - · 2023"]),
        (
            "The airport handled 46,000 passengers a day on average in 2023.",
            ["46,000 {passengers}/day · level · passengers · - · - · 2023"],
        ),
        (
            "Norway spent £850 million a year on aid, or £2.3 million a day.",
            [
                "850 million GBP/year · level · aid · NO · - · - · detail=£850 million",
                "2.3 million GBP/day · level · aid · NO · - · - · detail=£850 million",
            ],
        ),
        (
            "Spending came to $85 billion in 2023, or $425 per person.",
            [
                "85 billion USD · level · spending · - · - · 2023",
                "425 USD · level · spending · - · - · 2023 · per=population",
            ],
        ),
        ("The increase in exports was $5 billion in 2023.", ["5 billion USD · change · exports · - · - · 2023"]),
    ],
    "shares of what was told": [
        (
            "In 2023 Norway's exports of fish reached 3.1 million tonnes. Salmon made up 62% of it, or 1.9 million tonnes.",
            [
                "3.1 million t · level · exports · NO · - · 2023 · product=fish",
                "62 % · share · exports · NO · - · 2023 · whole={'product': 'fish'} · product=salmon",
                "1.9 million t · level · exports · NO · - · 2023 · product=salmon",
            ],
        ),
        (
            "Trade between Kazakhstan and China came to $31.5 billion in 2023. Xinjiang accounted for 64% of it.",
            [
                "31.5 billion USD · level · trade-turnover · KZ · CN · 2023",
                "64 % · share · trade-turnover · KZ · CN-XJ · 2023 · whole={'counterpart_area': 'CN'}",
            ],
        ),
        (
            "Poland's exports were €350 billion in 2023; Germany took 28% of them.",
            [
                "350 billion EUR · level · exports · PL · - · 2023",
                "28 % · share · exports · PL · DE · 2023 · whole={'counterpart_area': None}",
            ],
        ),
        (
            "Revenue was €4.2 billion in 2023. Services brought in a third of this amount, or €1.4 billion.",
            [
                "4.2 billion EUR · level · revenue · - · - · 2023",
                "a third · share · services · - · - · 2023 · whole={'indicator': 'revenue'}",
                "1.4 billion EUR · level · services · - · - · 2023",
            ],
        ),
        (
            "Trade with China came to $31.5 billion in 2023, of which exports made up 47%.",
            [
                "31.5 billion USD · level · trade-turnover · - · CN · 2023",
                "47 % · share · exports · - · CN · 2023 · whole={'indicator': 'trade-turnover'}",
            ],
        ),
        (
            "Norway's fish exports were $14.7 billion in 2023, 12% of all exports of Norway, which came to $122 billion.",
            [
                "14.7 billion USD · level · exports · NO · - · 2023 · product=fish",
                "12 % · share · exports · NO · - · 2023 · whole={'product': None} · product=fish",
                "122 billion USD · level · exports · NO · - · 2023",
            ],
        ),
        # Nobody is named that had it.
        (
            "The budget was $12 billion in 2023. Almost half of it was lost.",
            [
                "12 billion USD · level · budget · - · - · 2023",
                "almost half · share · budget · - · - · 2023 · whole={'detail': None} · detail=was lost",
            ],
        ),
        (
            "Three out of four respondents said they shop online.",
            ["3/4 · share · shop online · - · - · _U · whole={'indicator': 'respondents'}"],
        ),
        (
            "One in three exports went to Germany in 2023.",
            ["1/3 · share · exports · - · DE · 2023 · whole={'counterpart_area': None}"],
        ),
    ],
}
CONSTRUCTIONS |= {
    "one amount or another": [
        (
            "In the third quarter of 2023, profit rose to $778 million, or 53 cents per share, from $704 million, "
            "or 47 cents per share, a year earlier.",
            [
                "778 million USD · level · net-profit · - · - · 2023-Q3",
                "0.53 USD/{share} · level · earnings-per-share · - · - · 2023-Q3",
                "704 million USD · level · net-profit · - · - · 2022-Q3",
                "0.47 USD/{share} · level · earnings-per-share · - · - · 2022-Q3",
            ],
        ),
        (
            "Exports to Germany (€5 billion) and France (€4 billion) rose by 5% and 7% in 2023.",
            [
                "5 billion EUR · level · exports · - · DE · 2023",
                "4 billion EUR · level · exports · - · FR · 2023",
                "5 % · growth · exports · - · DE · 2023",
                "7 % · growth · exports · - · FR · 2023",
            ],
        ),
        (
            "Norway earned $28.2 billion from the export of fish in 2023.",
            ["28.2 billion USD · level · exports · NO · - · 2023 · product=fish"],
        ),
        # What a sale brought once is no change.
        (
            "Profit was $5 million in 2023, with a gain of $2 million from the sale of a plant.",
            ["5 million USD · level · net-profit · - · - · 2023"],
        ),
    ],
    "things counted and what they are worth": [
        (
            "On 12 March 2024 Norway and Sweden signed 12 contracts worth $3 billion.",
            [
                "12 {contracts} · level · contracts · NO · SE · 2024-03-12",
                "3 billion USD · level · contracts · NO · SE · 2024-03-12",
            ],
        ),
        (
            "Japan exported 120,000 cars in 2023. Its dealers have 40,000 cars.",
            [
                "120,000 {cars} · level · exports · JP · - · 2023 · product=passenger-cars",
                "40,000 {cars} · level · vehicles · JP · - · _U",
            ],
        ),
        (
            "Norway is ready to export some 90 food products to Sweden.",
            ["some 90 {products} · level · exported food products · NO · SE · - · plan"],
        ),
    ],
}
CASES = [(text, expected) for cases in CONSTRUCTIONS.values() for text, expected in cases]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:60] for text, _ in CASES])
def test_a_construction_states(text: str, expected: list[str]) -> None:
    assert [shown(one) for one in statements(text)] == expected


LISTS = [
    ("The minister signed 16 documents: 6 from Italy, 5 from Spain and 5 from France.", 3),
    ("The group has 1,200 staff: 700 in Italy, 300 in Spain and 200 in France.", 3),
    ("The budget totals $12 billion: $5 billion for schools, $4 billion for roads and $3 billion for health.", 3),
    (
        "Exports came to $24 billion in 2023: $11 billion to Germany, $8 billion to France and $5 billion to Italy.",
        3,
    ),
    ("Output was 24 million tonnes in 2023: 11 million tonnes of wheat and 13 million tonnes of maize.", 2),
    # The two largest of many are no list of all.
    ("Exports of Norway came to $24 billion in 2023: $11 billion to Germany and $8 billion to France.", 0),
    ("The parties signed 12 agreements, including 5 on trade and 3 on transport.", 0),
]


@pytest.mark.parametrize(("text", "items"), LISTS)
def test_amounts_that_are_all_of_their_total_are_a_closed_list(text: str, items: int) -> None:
    found = statements(text)
    assert [one.list_of for one in found if one.list_of is not None and not one.list_open] == [0] * items


def test_a_headline_has_the_time_of_the_report_below_it() -> None:
    report = "On 12 March 2024 Norway and Sweden signed 12 contracts worth $3 billion."
    for headline in ("Norway and Sweden sign contracts worth $3 billion", "Contracts of Norway and Sweden worth $3bn"):
        first = statements(f"{headline}\n\n{report}")[0]
        assert first.dimensions["time_period"].value == "2024-03-12"
        assert first.dimensions["time_period"].how == "inferred"
    other = statements(f"Norway and Sweden sign contracts worth $4 billion\n\n{report}")[0]
    assert other.dimensions["time_period"].value == "2024-03-12"  # the only such amount below it: one of the two is wrong


def test_contracts_of_a_trade_have_its_partner_as_inferred() -> None:
    text = "Norway's exports to Sweden were $5 billion in 2023. Norwegian firms signed export contracts worth $100 million."
    partner = statements(text)[1].dimensions["counterpart_area"]
    assert (partner.value, partner.how) == ("SE", "inferred")


def test_a_bare_number_behind_things_counted_is_not_of_the_sentence_before() -> None:
    text = "The ferry carried 1.8 million passengers in 2023. The timetable had 9,125 sailings; 147 were cancelled."
    assert [shown(one).split(" · ")[:3] for one in statements(text)] == [
        ["1.8 million {passengers}", "level", "passengers"],
        ["9,125 {sailings}", "level", "sailings"],
    ]
