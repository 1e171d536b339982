# ruff: noqa: E501
"""Constructions of short everyday texts: each in several wordings and domains, and what looks alike beside it."""

import pytest
from test_frames import shown, statements

CONSTRUCTIONS: dict[str, list[tuple[str, list[str]]]] = {
    "a year told by two": [
        (
            "The council spent £8.31bn on care in 2016/17 (2015/16: £8.06bn), a rise of 3.1%.",
            [
                "8.31 billion GBP · level · council spent · GB · - · FY2017 · product=care",
                "8.06 billion GBP · level · council spent · GB · - · FY2016 · product=care",
                "3.1 % · growth · council spent · GB · - · FY2017 · product=care",
            ],
        ),
        (
            "In the 2023/24 marketing year Ukraine exported 18 million tonnes of wheat, 8% more than in 2022/23, when it exported 16.7 million tonnes.",
            [
                "18 million t · level · exports · UA · - · FY2024 · product=wheat",
                "8 % · growth · exports · UA · - · FY2024 · base=FY2023 · product=wheat",
                "16.7 million t · level · exports · UA · - · FY2023 · product=wheat",
            ],
        ),
        (
            "The school had 640 pupils in the 2023-24 school year, compared with 610 a year earlier. In 2023 two teachers left.",
            [
                "640 {pupils} · level · pupils · - · - · FY2024",
                "610 · level · pupils · - · - · FY2023",
                "two {teachers} · level · teachers · - · - · 2023",
            ],
        ),
        (
            "Wheat stocks were 12 million tonnes in the 2023/24 season as of June 1, down 18%.",
            [
                "12 million t · level · wheat stocks · - · - · 2024-06-01",
                "-18 % · growth · wheat stocks · - · - · 2024-06-01",
            ],
        ),
    ],
    "what is compared with a rate is one": [
        (
            "Rents in Oslo averaged €1,350 a month in 2023, up from €1,200 in 2022. In 2013 they averaged €900.",
            [
                "1,350 EUR/month · level · rents · - · - · 2023",
                "1,200 EUR/month · level · rents · - · - · 2022",
                "900 EUR/month · level · rents · - · - · 2013",
            ],
        ),
        (
            "Apartments cost 15,100 zlotys a square metre in May 2024, compared with 14,900 zlotys in April and 13,500 zlotys in May 2023.",
            [
                "15,100 PLN/m2 · level · price · PL · - · 2024-05 · product=apartments",
                "14,900 PLN/m2 · level · price · PL · - · 2024-04 · product=apartments",
                "13,500 PLN/m2 · level · price · PL · - · 2023-05 · product=apartments",
            ],
        ),
        (
            "Output rose from 1.1 million barrels in 2022 to 1.2 million barrels a day in 2023.",
            [
                "1.1 million barrel/day · level · production · - · - · 2022 · product=oil",
                "1.2 million barrel/day · level · production · - · - · 2023 · product=oil",
            ],
        ),
        (
            "The museum spends 2.4 million pounds a month on security, or 29 million pounds a year.",
            [
                "2.4 million GBP/month · level · museum spent · GB · - · - · detail=2.4 million pounds · product=security",
                "29 million GBP/year · level · museum spent · GB · - · - · detail=2.4 million pounds · product=security",
            ],
        ),
    ],
    "money of an unnamed country": [
        (
            "Wages averaged 42,100 crowns a month in 2023, compared with 39,800 crowns in 2022.",
            [
                "42,100 {crowns}/month · level · average-wage · - · - · 2023",
                "39,800 {crowns}/month · level · average-wage · - · - · 2022",
            ],
        ),
        (
            "The state will pay 40 million pesos for the castle.",
            ["40 million {pesos} · level · state paid · - · - · _U · plan · product=castle"],
        ),
        ("A dentist fitted 12 crowns in May 2024.", ["12 {crowns} · level · crowns · - · - · 2024-05"]),
    ],
    "prices told by what costs them": [
        (
            "Milk was 6% cheaper in February 2024 than a year earlier. Bread became 4% dearer.",
            [
                "-6 % · growth · price · - · - · 2024-02 · base=2023-02 · product=milk",
                "4 % · growth · price · - · - · 2024-02 · product=bread",
            ],
        ),
        (
            "A litre of diesel cost €1.70 in 2023, up 9% from €1.56 in 2022.",
            [
                "1.70 EUR · level · price · - · - · 2023 · product=diesel",
                "9 % · growth · price · - · - · 2023 · product=diesel",
                "1.56 EUR · level · price · - · - · 2022 · product=diesel",
            ],
        ),
        (
            "Tickets cost 12% more in 2023 than in 2022.",
            ["12 % · growth · price · - · - · 2023 · base=2022 · product=tickets"],
        ),
    ],
    "who doubled what": [
        (
            "The insurer doubled its profit to 660 million euros in 2023.",
            ["doubled · multiple · net-profit · - · - · 2023", "660 million EUR · level · net-profit · - · - · 2023"],
        ),
        (
            "The airline doubled its fleet in 2023, and traffic tripled.",
            ["doubled · multiple · fleet · - · - · 2023", "tripled · multiple · traffic · - · - · 2023"],
        ),
    ],
    "sales that are no trade between countries": [
        (
            "The theatre sold 42,000 tickets for €126,000 in 2023, or €3 per ticket.",
            [
                "42,000 {tickets} · level · sales-volume · - · - · 2023 · product=tickets",
                "126,000 EUR · level · sales-volume · - · - · 2023 · product=tickets",
                "3 EUR · level · sales-volume · - · - · 2023 · per=sales-volume · product=tickets",
            ],
        ),
        (
            "Norway sold 42,000 tonnes of salmon to Poland in 2023.",
            ["42,000 t · level · exports · NO · PL · 2023 · product=salmon"],
        ),
    ],
    "a subject named behind a preposition": [
        (
            "Load factor was 84 percent in May 2024. On the Americas network traffic rose 9 percent.",
            ["84 % · rate · load-factor · - · - · 2024-05", "9 % · growth · network traffic · - · - · 2024-05"],
        ),
        (
            "Profit was $5 million in 2023. On domestic routes passenger numbers fell 3%.",
            [
                "5 million USD · level · net-profit · - · - · 2023",
                "-3 % · growth · passengers · - · - · 2023 · product=domestic routes",
            ],
        ),
    ],
    "lengths": [
        (
            "The lake is 12 metres (39 feet) deep.",
            [
                "12 metre · level · lake · - · - · - · detail=12 metres",
                "39 ft · level · lake · - · - · - · detail=12 metres",
            ],
        ),
    ],
}
CONSTRUCTIONS |= {
    "rates per thousand": [
        (
            "The birth rate was 9.2 per 1,000 people in 2023, down from 9.8 per 1,000 in 2022.",
            ["9.2 permille · level · birth-rate · - · - · 2023", "9.8 permille · level · birth-rate · - · - · 2022"],
        ),
        (
            "There were 12 deaths per 100,000 inhabitants in 2023, up 20% from 10 per 100,000 in 2022.",
            [
                "12 {per 100,000} · level · deaths · - · - · 2023",
                "20 % · growth · deaths · - · - · 2023",
                "10 {per 100,000} · level · deaths · - · - · 2022",
            ],
        ),
    ],
    "shares of things counted": [
        (
            "One fifth (20 percent) of the 4,500 pupils walk to school.",
            [
                "one fifth · share · walk to school · - · - · _U · whole={'indicator': 'pupils'}",
                "20 % · share · walk to school · - · - · _U · whole={'indicator': 'pupils'}",
                "4,500 {pupils} · level · pupils · - · - · -",
            ],
        ),
        (
            "About 40% of the 12,000 residents voted in 2023.",
            [
                "about 40 % · share · voted · - · - · 2023 · whole={'indicator': 'population'}",
                "12,000 {residents} · level · population · - · - · 2023",
            ],
        ),
        (
            "Of the energy used on campus in 2023, 46% came from gas, 31% from the grid and 23% from solar panels.",
            [
                "46 % · share · came from gas · - · - · 2023 · whole={'indicator': 'energy used'}",
                "31 % · share · from the grid · - · - · 2023 · whole={'indicator': 'energy used'}",
                "23 % · share · from solar panels · - · - · 2023 · whole={'indicator': 'energy used'}",
            ],
        ),
    ],
    "a change of what was just told": [
        (
            "Rents were €1,350 in 2023. In 2013 they were €900. That is a rise of 50% in ten years.",
            [
                "1,350 EUR · level · rents · - · - · 2023",
                "900 EUR · level · rents · - · - · 2013",
                "50 % · growth · rents · - · - · 2023 · base=2013",
            ],
        ),
        (
            "The brigade has 214 volunteers. That is 20 more than in 2023, when it had 194.",
            [
                "214 {volunteers} · level · volunteers · - · - · -",
                "20 · change · volunteers · - · - · _U · base=2023",
                "194 · level · volunteers · - · - · 2023",
            ],
        ),
    ],
    "an index in points": [
        (
            "Industrial production rose in June 2023. The index stood at 106.0 points, after 105.2 points in May 2023 and 100.0 points in June 2022.",
            [
                "106.0 {points} · level · industrial-output · - · - · 2023-06",
                "105.2 {points} · level · industrial-output · - · - · 2023-05",
                "100.0 {points} · level · industrial-output · - · - · 2022-06",
            ],
        ),
    ],
    "the mean and its ends": [
        (
            "The average mark in physics was 51; the highest mark was 68 and the lowest 31.",
            [
                "51 · level · mark · - · - · - · basis=average · product=physics",
                "68 · level · mark · - · - · - · product=physics · statistic=maximum",
                "31 · level · mark · - · - · - · product=physics · statistic=minimum",
            ],
        ),
        (
            "The price of a kilo of tomatoes averaged €2.40 in May 2023. The highest price was €3.10 and the lowest €1.90.",
            [
                "2.40 EUR · level · price · - · - · 2023-05 · basis=average · product=tomatoes",
                "3.10 EUR · level · price · - · - · 2023-05 · product=tomatoes · statistic=maximum",
                "1.90 EUR · level · price · - · - · 2023-05 · product=tomatoes · statistic=minimum",
            ],
        ),
        ("The highest mark was 68.", ["68 · level · highest mark · - · - · _U"]),
    ],
    "the same growth at a yearly rate": [
        (
            "The economy expanded 0.6% in the fourth quarter of 2023, or at an annualised rate of 2.4%.",
            [
                "0.6 % · growth · gdp · - · - · 2023-Q4 · base=2023-Q3 · prices=constant",
                "2.4 % · growth · gdp · - · - · 2023-Q4 · base=2023-Q3 · basis=annualised · prices=constant",
            ],
        ),
    ],
    "up on an earlier level": [
        (
            "In January 2024 dealers registered 18,200 cars, up 29% on the 14,100 registered in January 2023.",
            [
                "18,200 {cars} · level · vehicles · - · - · 2024-01",
                "29 % · growth · vehicles · - · - · 2024-01",
                "14,100 {cars} · level · vehicles · - · - · 2023-01",
            ],
        ),
    ],
    "goods that are kept are no shares": [
        (
            "Copper stocks fell by 30% to 140,000 tonnes at the end of 2023.",
            ["-30 % · growth · copper stocks · - · - · 2023", "140,000 t · level · copper stocks · - · - · 2023"],
        ),
        ("The company's shares fell by 30% on Monday.", ["-30 % · growth · share-price · - · - · 2024-06-24"]),
    ],
    "raised is found, and no rise": [
        ("Auditors raised 17 findings in 2023.", ["17 {findings} · level · findings · - · - · 2023"]),
        ("The chain raised its number of shops by 140 in 2023.", ["140 · change · stores · - · - · 2023"]),
    ],
    "parts that were sent away": [
        (
            "Argentina shipped 7.8 million tonnes of wheat abroad in 2023, of which 3.4 million tonnes went to Brazil and 2.9 million tonnes to Indonesia.",
            [
                "7.8 million t · level · exports · AR · - · 2023 · product=wheat",
                "3.4 million t · level · exports · AR · BR · 2023 · product=wheat",
                "2.9 million t · level · exports · AR · ID · 2023 · product=wheat",
            ],
        ),
    ],
    "parts of what was spent": [
        (
            "Harbour Foods invested 58 million euros in 2023, including 29 million euros in the Leeds bakery and 24 million euros in the Porto cold store.",
            [
                "58 million EUR · level · harbour foods invested · - · - · 2023",
                "29 million EUR · level · harbour foods invested · - · - · 2023 · item=leeds bakery",
                "24 million EUR · level · harbour foods invested · - · - · 2023 · item=porto cold store",
            ],
        ),
    ],
}
CONSTRUCTIONS |= {
    "what people did": [
        (
            "More than 60,000 people visited the fair in 2023.",
            ["more than 60,000 {people} · level · visitors · - · - · 2023"],
        ),
        ("Some 45,000 people immigrated in 2023.", ["some 45,000 {people} · level · immigration · - · - · 2023"]),
    ],
    "a change in what is counted": [
        (
            "The choir gained 25 members in 2023 and now has 95.",
            ["25 {members} · change · members · - · - · 2023", "95 {members} · level · members · - · - · 2023"],
        ),
    ],
    "ends of what grew": [
        (
            "From 2016 to 2023 the herd grew 5% a year on average, from 1,200 to 2,600 animals.",
            [
                "5 % · growth · cattle-stock · - · - · 2023 · base=2016 · basis=annual-average",
                "1,200 {animals} · level · cattle-stock · - · - · 2016",
                "2,600 {animals} · level · cattle-stock · - · - · 2023",
            ],
        ),
        (
            "The rent index climbed from 110.0 in 2021 to 118.8 in 2023, or 8%.",
            [
                "110.0 · level · rents · - · - · 2021",
                "118.8 · level · rents · - · - · 2023",
                "8 % · growth · rents · - · - · 2023 · base=2021",
            ],
        ),
        (
            "Exports rose from $4 billion in 2022 to $5 billion in 2023, or 10% of GDP.",
            [
                "4 billion USD · level · exports · - · - · 2022",
                "5 billion USD · level · exports · - · - · 2023",
                "10 % · share · exports · - · - · 2023 · whole={'indicator': 'gdp'}",
            ],
        ),
    ],
    "parts of what was spent, by where they went": [
        (
            "The trust spent £12.2 million on repairs in 2023, of which £5.4 million went to the roof and £4.6 million to the tower.",
            [
                "12.2 million GBP · level · trust spent · GB · - · 2023 · product=repairs",
                "5.4 million GBP · level · trust spent · GB · - · 2023 · item=roof · product=repairs",
                "4.6 million GBP · level · trust spent · GB · - · 2023 · item=tower · product=repairs",
            ],
        ),
    ],
}
CASES = [(text, expected) for cases in CONSTRUCTIONS.values() for text, expected in cases]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:60] for text, _ in CASES])
def test_a_construction_of_everyday_texts_states(text: str, expected: list[str]) -> None:
    assert [shown(one) for one in statements(text)] == expected
