"""Texts on trade: with whom, of what and when figures are that name neither, and what a paragraph goes on with."""

from __future__ import annotations

import pytest
from test_frames import shown, statements

TEXTS: list[tuple[str, list[str]]] = [
    (  # partners of a kind, with those that are named of them
        "Peru's exports to emerging markets fell 7% in 2023, including Vietnam, Ghana (-14.3%) and India (-7.2%).",
        [
            "-7 % · growth · exports · PE · DEVELOPING-COUNTRIES · 2023",
            "-14.3 % · growth · exports · PE · GH · 2023",
            "-7.2 % · growth · exports · PE · IN · 2023",
        ],
    ),
    (
        "Peru's exports to some markets in the region such as Chile and Brazil grew by 12% and 9% in 2023 respectively.",
        [
            "12 % · growth · exports · PE · CL · 2023",
            "9 % · growth · exports · PE · BR · 2023",
        ],
    ),
    (
        "Shrimp exports of Ecuador to the non-traditional markets also rose by 4% in 2023.",
        ["4 % · growth · exports · EC · non-traditional markets · 2023 · product=shrimp"],
    ),
    (  # changes in brackets
        "In 2023 Norway's largest increases occurred in exports to Sweden (by €19 million) and Denmark (by €17 million).",
        [
            "19 million EUR · change · exports · NO · SE · 2023",
            "17 million EUR · change · exports · NO · DK · 2023",
        ],
    ),
    (  # a change told before what changed
        "In May 2023 Norway saw a decline of €127.8 million in imports and an increase of 4% in exports.",
        [
            "-127.8 million EUR · change · imports · NO · - · 2023-05",
            "4 % · growth · exports · NO · - · 2023-05",
        ],
    ),
    (  # one month of which two figures are told
        "Exports of Norway were $34 billion in August 2023. In the previous month, exports came in at $32 billion, while "
        "imports were $52 billion.",
        [
            "34 billion USD · level · exports · NO · - · 2023-08",
            "32 billion USD · level · exports · NO · - · 2023-07",
            "52 billion USD · level · imports · NO · - · 2023-07",
        ],
    ),
    (
        "Norway's trade with Peru rose to $934 million in 2023 while exports destined for Chile jumped to $3.4 billion.",
        [
            "934 million USD · level · trade-turnover · NO · PE · 2023",
            "3.4 billion USD · level · exports · NO · CL · 2023",
        ],
    ),
    (
        "Imports of Norway rose in 2023. Higher imports were mainly recorded in food (€26.1 million).",
        ["26.1 million EUR · change · imports · NO · - · 2023 · product=food"],
    ),
    (  # a list goes on in the role that its first item has
        "Peru's exports to Japan fell 14.8% in 2023, India 12% and Chile 9%.",
        [
            "-14.8 % · growth · exports · PE · JP · 2023",
            "-12 % · growth · exports · PE · IN · 2023",
            "-9 % · growth · exports · PE · CL · 2023",
        ],
    ),
    (
        "In 2023 Norway's exports to Sweden rose to $14 billion, Denmark $12 billion and Finland $9 billion.",
        [
            "14 billion USD · level · exports · NO · SE · 2023",
            "12 billion USD · level · exports · NO · DK · 2023",
            "9 billion USD · level · exports · NO · FI · 2023",
        ],
    ),
    (  # a ranking goes on in other words, and in weight
        "In 2023 Peru exported fish meal worth $1.1 billion. Other important markets were Japan (40,000 tons) and Chile "
        "(30,000 tons).",
        [
            "1.1 billion USD · level · exports · PE · - · 2023 · product=fish",
            "40,000 t · level · exports · PE · JP · 2023 · product=fish",
            "30,000 t · level · exports · PE · CL · 2023 · product=fish",
        ],
    ),
    (  # goods of an amount that were traded
        "In 2023 most imports to Poland came from Italy, with €5 billion of goods imported from there (+4%).",
        [
            "5 billion EUR · level · imports · PL · IT · 2023",
            "4 % · growth · imports · PL · IT · 2023",
        ],
    ),
    (
        "Italy exported goods for €20 billion in 2023. €12 billion (+6%) of goods were exported to euro area countries.",
        [
            "20 billion EUR · level · exports · IT · - · 2023",
            "12 billion EUR · level · exports · IT · EA · 2023",
            "6 % · growth · exports · IT · EA · 2023",
        ],
    ),
    (  # with whom all of it was
        "The largest turnover of Georgia's trade in 2023 was recorded with Turkey, trade with which was $2.1 billion.",
        ["2.1 billion USD · level · trade-turnover · GE · TR · 2023"],
    ),
    (  # a text on one kind of goods
        "Colombia's coffee exports fetched $3 billion in 2023. Coffee prices rose, and coffee was sent to many ports. "
        "Exports to Japan rose 5% to $200 million.",
        [
            "3 billion USD · level · exports · CO · - · 2023 · product=coffee",
            "5 % · growth · exports · CO · JP · 2023 · product=coffee",
            "200 million USD · level · exports · CO · JP · 2023 · product=coffee",
        ],
    ),
    (
        "Colombia's coffee exports fetched $3 billion in 2023. Coffee prices rose, and coffee was sent to many ports. "
        "Total exports were $49 billion, and the trade deficit was $9 billion.",
        [
            "3 billion USD · level · exports · CO · - · 2023 · product=coffee",
            "49 billion USD · level · exports · CO · - · 2023",
            "-9 billion USD · level · trade-balance · CO · - · 2023",
        ],
    ),
    (  # what rose is told before the reason
        "Canada's exports rose to $64 billion in 2023 as exports of metals gained 13%.",
        [
            "64 billion USD · level · exports · CA · - · 2023",
            "13 % · growth · exports · CA · - · 2023 · product=metals",
        ],
    ),
    (  # the balance of a pair, and a growth that is none
        "In trade with France, Japan's surplus fell 22% in 2023. Japan's exports to India saw 3% negative growth.",
        [
            "-22 % · growth · trade-balance · JP · FR · 2023",
            "-3 % · growth · exports · JP · IN · 2023",
        ],
    ),
    (  # times that point at the month or period told of
        "Chile's exports were $8 billion in May. Imports reached $747 million in the month's first week.",
        [
            "8 billion USD · level · exports · CL · - · 2024-05",
            "747 million USD · level · imports · CL · - · 2024-05-01/2024-05-07",
        ],
    ),
    (
        "Spain's exports fell in April. Trade grew by 2% for the period between January and April 2024, compared to the "
        "same time frame last year.",
        ["2 % · growth · trade-turnover · ES · - · 2024-01/2024-04 · base=2023-01/2023-04"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[text[:60] for text, _ in TEXTS])
def test_partners_goods_and_times(text: str, expected: list[str]) -> None:
    found = [shown(one) for one in statements(text)]
    assert [one.split(" · detail=")[0] if "detail" not in "".join(expected) else one for one in found] == expected
