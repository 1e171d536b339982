"""Sentences to statements: every construction with what it states."""

import datetime
from functools import cache
from pathlib import Path

import pytest

from crosscheck.claims.codelists import CodeLists
from crosscheck.extraction.documents.prose import read_prose
from crosscheck.extraction.model import Statement
from crosscheck.extraction.source import Block, Source
from crosscheck.figures.quantities import shipped_quantities
from crosscheck.project.configuration import Configuration
from crosscheck.project.pipeline import codelists_of

PUBLISHED = datetime.date(2024, 6, 26)


@cache
def lists() -> CodeLists:
    return codelists_of(Configuration(root=Path()), False)


def statements(text: str, published: datetime.date | None = PUBLISHED) -> tuple[Statement, ...]:
    blocks, start = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block("paragraph", start, start + len(part)))
        start += len(part) + 2
    return read_prose(Source("a.txt", text, tuple(blocks), published=published), lists(), shipped_quantities()).statements


def shown(one: Statement) -> str:
    """figure · measure · indicator · area · counterpart · period · whatever else, in one line."""
    dimensions = {name: known.value for name, known in one.dimensions.items()}
    parts = [
        one.figure,
        one.measure + ("?" if one.direction_unstated else ""),
        dimensions.pop("indicator", "-"),
        dimensions.pop("reference_area", "-"),
        dimensions.pop("counterpart_area", "-"),
        dimensions.pop("time_period", "-"),
    ]
    if one.base_period is not None:
        parts.append(f"base={one.base_period.value}")
    if one.whole is not None:
        parts.append(f"whole={dict(one.whole)}")
    if one.modality != "fact":
        parts.append(one.modality)
    parts += [f"{name}={value}" for name, value in sorted(dimensions.items())]
    return " · ".join(parts)


SENTENCES: list[tuple[str, list[str]]] = [
    (
        "Last year trade between Kazakhstan and China rose by 30.1% to $31.5 billion.",
        [
            "30.1 % · growth · trade-turnover · KZ · CN · 2023",
            "31.5 billion USD · level · trade-turnover · KZ · CN · 2023",
        ],
    ),
    (
        "Kazakh exports to China came to $14.7 billion (+12.6%) in 2023.",
        ["14.7 billion USD · level · exports · KZ · CN · 2023", "12.6 % · growth · exports · KZ · CN · 2023"],
    ),
    (
        "In 2023 Uzbekistan's imports from Russia were $6.6 billion, up 5.4%, "
        "while exports to that country fell 3% to $3.3 billion.",
        [
            "6.6 billion USD · level · imports · UZ · RU · 2023",
            "5.4 % · growth · imports · UZ · RU · 2023",
            "-3 % · growth · exports · UZ · RU · 2023",
            "3.3 billion USD · level · exports · UZ · RU · 2023",
        ],
    ),
    (
        "Turkish exports grew from $22.1 billion in May 2023 to $24.3 billion in May 2024.",
        ["22.1 billion USD · level · exports · TR · - · 2023-05", "24.3 billion USD · level · exports · TR · - · 2024-05"],
    ),
    (
        "Kazakhstan's exports to Italy, Russia and Turkey reached $14.9 billion, $9.8 billion "
        "and $3.9 billion respectively in 2023.",
        [
            "14.9 billion USD · level · exports · KZ · IT · 2023",
            "9.8 billion USD · level · exports · KZ · RU · 2023",
            "3.9 billion USD · level · exports · KZ · TR · 2023",
        ],
    ),
    (
        "Trade with Germany (up 4.1%) and France (down 2%) developed unevenly for Poland in 2023.",
        ["4.1 % · growth · trade-turnover · PL · DE · 2023", "-2 % · growth · trade-turnover · PL · FR · 2023"],
    ),
    (
        "Kazakhstan's imports from China tripled in 2022 compared with 2020.",
        ["tripled · multiple · imports · KZ · CN · 2022 · base=2020"],
    ),
    (
        "The trade turnover between Kazakhstan and China is to be raised to $40 billion by 2030.",
        ["40 billion USD · level · trade-turnover · KZ · CN · 2030 · plan"],
    ),
    (
        "In January-April 2024 trade of Kazakhstan and China came to $8.8 billion, "
        "or 10.1% against the same months of 2023.",
        [
            "8.8 billion USD · level · trade-turnover · KZ · CN · 2024-01/2024-04",
            "10.1 % · growth? · trade-turnover · KZ · CN · 2024-01/2024-04 · base=2023-01/2023-04",
        ],
    ),
    (
        "Inflation eased to 8.4% in May from 8.7% in April.",
        ["8.4 % · rate · inflation-rate · - · - · 2024-05", "8.7 % · rate · inflation-rate · - · - · 2024-04"],
    ),
    (
        "The unemployment rate of Spain was 11.8% in 2023.",
        ["11.8 % · rate · unemployment-rate · ES · - · 2023"],
    ),
    (
        "GDP of Georgia expanded by 7.5% in 2023.",
        ["7.5 % · growth · gdp · GE · - · 2023 · prices=constant"],
    ),
    (
        "Registered users rose 20% to 5 million in 2023.",
        ["20 % · growth · active-users · - · - · 2023", "5 million · level · active-users · - · - · 2023"],
    ),
    (
        "Exports to China accounted for 15.6% of Kazakhstan's exports in 2022.",
        ["15.6 % · share · exports · KZ · CN · 2022 · whole={'counterpart_area': None}"],
    ),
    (
        "China's share in the imports of Kazakhstan was 21.9% in 2022.",
        ["21.9 % · share · imports · KZ · CN · 2022 · whole={'counterpart_area': None}"],
    ),
    (
        "Xinjiang accounted for almost half of the trade turnover between Kazakhstan and China in 2023.",
        ["almost half · share · trade-turnover · KZ · CN-XJ · 2023 · whole={'counterpart_area': 'CN'}"],
    ),
    (
        "Germany's trade surplus narrowed by €2.3 billion to €19.1 billion in April.",
        [
            "-2.3 billion EUR · change · trade-balance · DE · - · 2024-04",
            "19.1 billion EUR · level · trade-balance · DE · - · 2024-04",
        ],
    ),
    (
        "The trade deficit of Georgia was $9.1 billion in 2023.",
        ["-9.1 billion USD · level · trade-balance · GE · - · 2023"],
    ),
    (
        "Kazakhstan exported 7.1 million tonnes of wheat to Uzbekistan in 2023.",
        ["7.1 million t · level · exports · KZ · UZ · 2023 · product=wheat"],
    ),
    (
        "Exports were worth $3.7 billion (an increase of 12.4 percent on the same months of 2023) "
        "in January-February 2024.",
        [
            "3.7 billion USD · level · exports · - · - · 2024-01/2024-02",
            "12.4 % · growth · exports · - · - · 2024-01/2024-02 · base=2023-01/2023-02",
        ],
    ),
    (
        "Egypt's imports grew by $1.2 billion, or 3.4 percent, in 2023.",
        ["1.2 billion USD · change · imports · EG · - · 2023", "3.4 % · growth · imports · EG · - · 2023"],
    ),
    (
        "Poland's domestic flights rose by 13 percent and international flights by 20 percent in 2023.",
        [
            "13 % · growth · flights · PL · - · 2023 · product=domestic",
            "20 % · growth · flights · PL · - · 2023 · product=international",
        ],
    ),
    (
        "Net profit of Acme Corp fell to $187.9 million in 2023, compared with $197.3 million a year earlier.",
        [
            "187.9 million USD · level · net-profit · Acme · - · 2023",
            "197.3 million USD · level · net-profit · Acme · - · 2022",
        ],
    ),
    (
        "Georgia's imports amounted to $1.11 billion (a 4.1 percent decrease) in May 2024.",
        [
            "1.11 billion USD · level · imports · GE · - · 2024-05",
            "-4.1 % · growth · imports · GE · - · 2024-05",
        ],
    ),
    (
        "Norway's exports were down by $2.6 billion from April's $26.4 billion to $23.8 billion in May 2024.",
        [
            "-2.6 billion USD · change · exports · NO · - · 2024-05 · base=2024-04",
            "26.4 billion USD · level · exports · NO · - · 2024-04",
            "23.8 billion USD · level · exports · NO · - · 2024-05",
        ],
    ),
    (
        "Goods worth $21 billion were exported by Peru to countries outside the EU in 2023.",
        ["21 billion USD · level · exports · PE · non-EU · 2023"],
    ),
    (
        "The unemployment rate in Italy rose by 0.4 percentage points to 7.9% in 2023.",
        [
            "0.4 percentage_point · change · unemployment-rate · IT · - · 2023",
            "7.9 % · rate · unemployment-rate · IT · - · 2023",
        ],
    ),
    (
        "Trade between Kazakhstan and Italy, billions of US dollars\n\n"
        "In 2023 trade between Kazakhstan and Italy came to 16.2.",
        ["16.2 billion USD · level · trade-turnover · KZ · IT · 2023"],
    ),
    (
        "In 2023 trade of Kazakhstan with Italy was $16.2 billion. "
        "Exports stood at $14.9 billion and imports at $1.3 billion.",
        [
            "16.2 billion USD · level · trade-turnover · KZ · IT · 2023",
            "14.9 billion USD · level · exports · KZ · IT · 2023",
            "1.3 billion USD · level · imports · KZ · IT · 2023",
        ],
    ),
    (
        "Acme Corp earned $0.76 per share in 2023.",
        ["0.76 USD/{share} · level · earnings-per-share · Acme · - · 2023"],
    ),
    (
        "Since the treaty was signed in 2019, trade between Poland and Ukraine has doubled to $20 billion in 2023.",
        [
            "doubled · multiple · trade-turnover · PL · UA · 2023 · base=2019",
            "20 billion USD · level · trade-turnover · PL · UA · 2023",
        ],
    ),
    (
        "The fleet has 16 ships: nine ferries, four catamarans and three cruisers.",
        [
            "16 {ships} · level · ships · - · - · -",
            "nine {ferries} · level · ships · - · - · - · item=ferries",
            "four {catamarans} · level · ships · - · - · - · item=catamarans",
            "three {cruisers} · level · ships · - · - · - · item=cruisers",
        ],
    ),
    (
        "The visitors signed 12 documents in May 2024: five contracts, four memoranda and three loans.",
        [
            "12 {documents} · level · documents-signed · - · - · 2024-05",
            "five {contracts} · level · documents-signed · - · - · 2024-05 · item=contracts",
            "four {memoranda} · level · documents-signed · - · - · 2024-05 · item=memoranda",
            "three {loans} · level · documents-signed · - · - · 2024-05 · item=loans",
        ],
    ),
    (
        "Canada exported 9.6 million tons of grain in 2023, up 21% from 7.9 million tons in 2022. "
        "Exports to Japan reached 3.2 million tons, while Norway bought 1.1 million tons.",
        [
            "9.6 million t · level · exports · CA · - · 2023 · product=grain",
            "21 % · growth · exports · CA · - · 2023 · product=grain",
            "7.9 million t · level · exports · CA · - · 2022 · product=grain",
            "3.2 million t · level · exports · CA · JP · 2023 · product=grain",
            "1.1 million t · level · exports · CA · NO · 2023 · product=grain",
        ],
    ),
    (
        "In 2023 exports of Canada were $5 billion. Wheat accounted for 12% of exports.",
        [
            "5 billion USD · level · exports · CA · - · 2023",
            "12 % · share · exports · CA · - · 2023 · whole={'product': None} · product=wheat",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_states(text: str, expected: list[str]) -> None:
    assert [shown(one) for one in statements(text)] == expected
