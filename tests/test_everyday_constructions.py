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
                "1.1 million barrel/day · level · production · - · - · 2022",
                "1.2 million barrel/day · level · production · - · - · 2023",
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
CASES = [(text, expected) for cases in CONSTRUCTIONS.values() for text, expected in cases]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:60] for text, _ in CASES])
def test_a_construction_of_everyday_texts_states(text: str, expected: list[str]) -> None:
    assert [shown(one) for one in statements(text)] == expected
