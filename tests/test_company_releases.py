"""Releases of companies: what they earn a share, their fiscal periods, whose figures they are."""

from __future__ import annotations

import datetime

import pytest
from test_frames import PUBLISHED, lists, shown

from crosscheck.extraction.documents.issuer import issuer_of
from crosscheck.extraction.model import Statement
from crosscheck.extraction.reading import read_source
from crosscheck.extraction.source import Block, Source
from crosscheck.figures.quantities import shipped_quantities

RELEASES: dict[str, tuple[str, list[str]]] = {
    "a share": (
        "Veltmark Inc reported a net income of $28 million, or $0.30 per diluted share, for the first quarter of 2024, "
        "compared with $21.9 million, or $0.23 per diluted share, a year earlier.",
        [
            "28 million USD · level · net-profit · Veltmark · - · 2024-Q1",
            "0.30 USD/{share} · level · earnings-per-share · Veltmark · - · 2024-Q1",
            "21.9 million USD · level · net-profit · Veltmark · - · 2023-Q1",
            "0.23 USD/{share} · level · earnings-per-share · Veltmark · - · 2023-Q1",
        ],
    ),
    "a loss a share": (
        "Veltmark Inc reported a net loss of $78 million, or 88 cents per share, for the first quarter of 2024.",
        [
            "-78 million USD · level · net-profit · Veltmark · - · 2024-Q1",
            "-0.88 USD/{share} · level · earnings-per-share · Veltmark · - · 2024-Q1",
        ],
    ),
    "adjusted, with the mark of a footnote": (
        "Veltmark Inc reported adjusted earnings1 of $0.37 per diluted share1, up 23%, in the first quarter of 2024. "
        "Adjusted earnings exclude the sale of a share in a mine.",
        [
            "0.37 USD/{share} · level · adjusted-earnings-per-share · Veltmark · - · 2024-Q1",
            "23 % · growth · adjusted-earnings-per-share · Veltmark · - · 2024-Q1",
        ],
    ),
    "by two measures of accounts": (
        "GAAP operating income of Veltmark Inc was $24 million in the first quarter of 2024. Non-GAAP operating income was "
        "$31 million.",
        [
            "24 million USD · level · operating-profit · Veltmark · - · 2024-Q1",
            "31 million USD · level · adjusted-operating-profit · Veltmark · - · 2024-Q1",
        ],
    ),
    "a fiscal quarter by the title, and by its days": (
        "Veltmark Companies Reports Fiscal 2024 Fourth-Quarter Results\n\n"
        "Net sales increased 2.4 percent to $1.4 billion. For fiscal 2025, net sales are expected to reach $6 billion.\n\n"
        "Veltmark Companies, Inc. (Nasdaq: VLTM) today reported an operating income of $40 million in its fiscal fourth "
        "quarter ended April 27, 2024. Net income was $28 million in the fourth quarter, compared with $21 million in last "
        "year's fourth quarter.",
        [
            "2.4 % · growth · revenue · Veltmark Companies · - · FY2024-Q4",
            "1.4 billion USD · level · revenue · Veltmark Companies · - · FY2024-Q4",
            "6 billion USD · level · revenue · Veltmark Companies · - · FY2025 · estimate",
            "40 million USD · level · operating-profit · Veltmark Companies · - · FY2024-Q4",
            "28 million USD · level · net-profit · Veltmark Companies · - · FY2024-Q4",
            "21 million USD · level · net-profit · Veltmark Companies · - · FY2023-Q4",
        ],
    ),
    "an Indian quarter by the title": (
        "Veltmark Mills Q2FY24 (consolidated)\n\n"
        "Revenue rose 10.3% to ₹1,632 crore versus ₹1,480 crore.\n\nEBITDA margin stood at 19.3%.",
        [
            "10.3 % · growth · revenue · Veltmark Mills · - · 2023-Q3",
            "1,632 crore INR · level · revenue · Veltmark Mills · - · 2023-Q3",
            "1,480 crore INR · level · revenue · Veltmark Mills · - · 2022-Q3",
            "19.3 % · rate · ebitda-margin · Veltmark Mills · - · 2023-Q3",
        ],
    ),
    "the company's own share, brackets that refer elsewhere, and a figure said again": (
        "Veltmark Companies, Inc. (NYSE: VLTM) today announced results for the first quarter of 2024.\n\n"
        "Net income attributable to Veltmark Companies, Inc. was $35 million, or $0.37 per diluted share, compared to $28 "
        "million in the same quarter of last year, or $0.30 per diluted share. Net sales were $1.4 billion (see attached "
        "Sales Summary for details), an increase of 2.4 percent.",
        [
            "35 million USD · level · net-profit · Veltmark Companies · - · 2024-Q1",
            "0.37 USD/{share} · level · earnings-per-share · Veltmark Companies · - · 2024-Q1",
            "28 million USD · level · net-profit · Veltmark Companies · - · 2023-Q1",
            "0.30 USD/{share} · level · earnings-per-share · Veltmark Companies · - · 2023-Q1",
            "1.4 billion USD · level · revenue · Veltmark Companies · - · 2024-Q1",
            "2.4 % · growth · revenue · Veltmark Companies · - · 2024-Q1",
        ],
    ),
    "a margin behind a fall": (
        "Veltmark Ltd said operating income was $2.4 billion in 2023, down 45%, with an operating margin of 17.0%.",
        [
            "2.4 billion USD · level · operating-profit · Veltmark · - · 2023",
            "-45 % · growth · operating-profit · Veltmark · - · 2023",
            "17.0 % · rate · operating-margin · Veltmark · - · 2023",
        ],
    ),
    "in two currencies": (
        "Net income of Veltmark AG climbed to €201 million ($214 million), or €1.87 per share, in the first quarter of 2024"
        " from €143 million a year earlier.",
        [
            "201 million EUR · level · net-profit · Veltmark · - · 2024-Q1",
            "214 million USD · level · net-profit · Veltmark · - · 2024-Q1",
            "1.87 EUR/{share} · level · earnings-per-share · Veltmark · - · 2024-Q1",
            "143 million EUR · level · net-profit · Veltmark · - · 2023-Q1",
        ],
    ),
    "how a result is reckoned is no product": (
        "Veltmark plc said group operating profit rose 22% to £204.9m in 2023. Organic EBITDA grew 5%. Turnover fell 3%.",
        [
            "22 % · growth · operating-profit · Veltmark · - · 2023",
            "204.9 million GBP · level · operating-profit · Veltmark · - · 2023",
            "5 % · growth · organic ebitda · Veltmark · - · 2023",
            "-3 % · growth · revenue · Veltmark · - · 2023",
        ],
    ),
    "a growth that is cleared of exchange rates": (
        "Revenue rose 5.3% at constant exchange rates to €8.0 billion in 2023 from €7.9 billion in 2022, the group said.",
        [
            "5.3 % · growth · revenue · - · - · 2023 · basis=constant-rates",
            "8.0 billion EUR · level · revenue · - · - · 2023",
            "7.9 billion EUR · level · revenue · - · - · 2022",
        ],
    ),
    "growths on two bases": (
        "Veltmark plc's revenue grew 3% as reported and 7% organically in 2023. In 2022 there was a 4% increase (6% on a"
        " constant currency basis). In 2023, profit before tax rose on a like-for-like basis by €4 million, or 2%.",
        [
            "3 % · growth · revenue · Veltmark · - · 2023",
            "7 % · growth · revenue · Veltmark · - · 2023 · basis=organic",
            "4 % · growth · revenue · Veltmark · - · 2022",
            "6 % · growth · revenue · Veltmark · - · 2022 · basis=constant-rates",
            "4 million EUR · change · profit-before-tax · Veltmark · - · 2023 · basis=like-for-like",
            "2 % · growth · profit-before-tax · Veltmark · - · 2023 · basis=like-for-like",
        ],
    ),
    "millions of euros without the sign": (
        "Veltmark plc reported sales of 5,120 ME in 2023, up 0.6% (or +31 ME). Organic growth was 5.3%. Net debt came to"
        " ME 812.",
        [
            "5,120 million EUR · level · revenue · Veltmark · - · 2023",
            "0.6 % · growth · revenue · Veltmark · - · 2023",
            "31 million EUR · change · revenue · Veltmark · - · 2023",
            "5.3 % · growth · revenue · Veltmark · - · 2023 · basis=organic",
            "812 million EUR · level · net-debt · Veltmark · - · 2023",
        ],
    ),
    "words of a basis that are of something else": (
        "Veltmark plc's sales of organic food rose 12% in 2023. Its underlying profit rose 5% from the comparable period.",
        [
            "12 % · growth · revenue · Veltmark · - · 2023 · product=food",
            "5 % · growth · adjusted-net-profit · Veltmark · - · 2023",
        ],
    ),
    "a share of revenue beside each level": (
        "Veltmark Inc said operating income was $45.8 million or 14.2% of revenue in the second quarter of 2023, compared"
        " to $41.9 million or 13.4% of revenue for the same period in 2022.",
        [
            "45.8 million USD · level · operating-profit · Veltmark · - · 2023-Q2",
            "14.2 % · share · operating-profit · Veltmark · - · 2023-Q2 · whole={'indicator': 'revenue'}",
            "41.9 million USD · level · operating-profit · Veltmark · - · 2022-Q2",
            "13.4 % · share · operating-profit · Veltmark · - · 2022-Q2 · whole={'indicator': 'revenue'}",
        ],
    ),
    "whose dollars": (
        "Veltmark Bank reported a net profit of A$3.55 billion for the six months to March 2024, up 10.7 per cent on the "
        "previous corresponding period. Operating expenses were $3.9 billion.",
        [
            "3.55 billion AUD · level · net-profit · Veltmark Bank · - · 2023-10/2024-03",
            "10.7 % · growth · net-profit · Veltmark Bank · - · 2023-10/2024-03 · base=2022-10/2023-03",
            "3.9 billion AUD · level · operating-expenses · Veltmark Bank · - · 2023-10/2024-03",
        ],
    ),
    "dollars that the text says, and those of others": (
        "Veltmark Mines Ltd. (TSX: VM) announces its results. All amounts are expressed in Canadian dollars.\n\n"
        "Net income rose to $29.1 million (US$21.3 million) in the second quarter of 2023.",
        [
            "29.1 million CAD · level · net-profit · Veltmark Mines · - · 2023-Q2",
            "21.3 million USD · level · net-profit · Veltmark Mines · - · 2023-Q2",
        ],
    ),
    "last year's figure, and earnings beside income": (
        "Veltmark Inc. (VLT) reported that its second-quarter 2024 net income climbed to $22.6 million or $0.82 per share "
        "from last year's $19.4 million or $0.71 per share.\n\nVeltmark earned $0.82 a share on sales of $678 million in "
        "the second quarter, compared with earnings of $0.71 a share and sales of $637 million in the year-ago quarter.",
        [
            "22.6 million USD · level · net-profit · Veltmark · - · 2024-Q2",
            "0.82 USD/{share} · level · earnings-per-share · Veltmark · - · 2024-Q2",
            "19.4 million USD · level · net-profit · Veltmark · - · 2023-Q2",
            "0.71 USD/{share} · level · earnings-per-share · Veltmark · - · 2023-Q2",
            "0.82 USD/{share} · level · earnings-per-share · Veltmark · - · 2024-Q2",
            "678 million USD · level · revenue · Veltmark · - · 2024-Q2",
            "0.71 USD/{share} · level · earnings-per-share · Veltmark · - · 2023-Q2",
            "637 million USD · level · revenue · Veltmark · - · 2023-Q2",
        ],
    ),
    "years that end in June": (
        "Veltmark Group plc: full year results for the year ended 30 June 2023\n\n"
        "Revenue from continuing operations rose 7% to £458.6m (2022: £428.6m). Reported loss before tax of £82.7m.\n\n"
        "EPS of 4.9p. Proposed final dividend of 1.5p per share.",
        [
            "7 % · growth · revenue · Veltmark Group · - · 2022-07/2023-06",
            "458.6 million GBP · level · revenue · Veltmark Group · - · 2022-07/2023-06",
            "428.6 million GBP · level · revenue · Veltmark Group · - · 2021-07/2022-06",
            "-82.7 million GBP · level · profit-before-tax · Veltmark Group · - · 2022-07/2023-06",
            "0.049 GBP/{share} · level · earnings-per-share · Veltmark Group · - · 2022-07/2023-06",
            "0.015 GBP/{share} · level · final-dividend · Veltmark Group · - · 2022-07/2023-06 · plan",
        ],
    ),
    "growth of what follows, with its abbreviation": (
        "Veltmark Ltd's EBITDA margin fell to 27.7% in 2023 from 32.0% in 2022.\n\n"
        "The company reported 12% year-on-year (Y-o-Y) rise of net profit at Rs 2.22 billion in 2023.",
        [
            "27.7 % · rate · ebitda-margin · Veltmark · - · 2023",
            "32.0 % · rate · ebitda-margin · Veltmark · - · 2022",
            "12 % · growth · net-profit · Veltmark · - · 2023 · base=2022",
            "2.22 billion INR · level · net-profit · Veltmark · - · 2023",
        ],
    ),
    "sen, and equity holders": (
        "Veltmark (M) Bhd's net profit attributable to equity holders for the third quarter of 2023 fell 13.1% to RM35.15 "
        "million. Earnings per ordinary share were 4.83 sen.",
        [
            "-13.1 % · growth · attributable-profit · Veltmark · - · 2023-Q3",
            "35.15 million MYR · level · attributable-profit · Veltmark · - · 2023-Q3",
            "0.0483 MYR/{share} · level · earnings-per-share · Veltmark · - · 2023-Q3",
        ],
    ),
}


def statements(text: str, published: datetime.date = PUBLISHED) -> tuple[Statement, ...]:
    """What is read of a text as of a file: paragraphs apart by an empty line."""
    blocks, start = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block("paragraph", start, start + len(part)))
        start += len(part) + 2
    return read_source(Source("a.txt", text, tuple(blocks), published=published), lists(), shipped_quantities()).statements


@pytest.mark.parametrize(("text", "expected"), RELEASES.values(), ids=RELEASES)
def test_a_release_states(text: str, expected: list[str]) -> None:
    assert [shown(one) for one in statements(text)] == expected


# How releases of many countries say whose they are, with the name that is meant.
ISSUERS: list[tuple[str, str | None]] = [
    ("Veltmark Companies Reports Fiscal 2024 Fourth-Quarter Results\n\nNet sales were $5 million.", "Veltmark Companies"),
    ("VELTMARK REPORTS FIRST QUARTER EARNINGS\n\nNet sales were $5 million. Net income rose.", "VELTMARK"),
    (
        "A good year\n\nST. PAUL, Minn.--()--Veltmark Foods, Inc. (Nasdaq: VLTM) today reported net sales of $5 million.",
        "Veltmark Foods",
    ),
    (
        "TORONTO, May 2, 2024 (WIRE) -- Veltmark Gold Mines Ltd. (TSX:VGM) (“Veltmark” or the “Company”) earned $5m.",
        "Veltmark Gold Mines",
    ),
    ("Veltmark PLC, the travel and freight group (“the Group”), announces its results. Revenue was £5m.", "Veltmark"),
    ("Veltmark AB: Interim report January–September 2023\n\nNet sales rose 6% to SEK 900 million.", "Veltmark"),
    ("Veltmark Oyj Half-Year Report 2024\n\nNet sales were EUR 5 million. Operating profit fell.", "Veltmark"),
    ("Veltmark Mills Q2FY24 (consolidated)\n\nRevenue rose 10% to ₹1,632 crore. Net profit fell.", "Veltmark Mills"),
    ("OSLO--Veltmark said its first-half net profit rose by 22%. Its revenue fell 3%.", "Veltmark"),
    (
        "Veltmark and Sons raises its interim dividend by 7.5 percent\n\nOperating profit rose 27%. Revenue fell.",
        "Veltmark and Sons",
    ),
    (
        "Chip company Veltmark Semiconductor posted revenue of $202 million. Its operating profit rose.",
        "Veltmark Semiconductor",
    ),
    ("Norway's Veltmark just released results. Revenue reached $69 million. Net income fell.", "Veltmark"),
    ("Norway's annual profit from oil fields\n\nRevenue fell. Operating profit rose 5%.", None),
    ("Bank Loans Rise 5% in First Quarter\n\nNet profit of all banks rose 8%. Revenue of banks fell.", None),
    ("Retail Sales Post Record Quarter\n\nSales rose 5%. Profits of retail chains rose as well.", None),
]


@pytest.mark.parametrize(("text", "name"), ISSUERS, ids=[text[:50] for text, _ in ISSUERS])
def test_whose_release_it_is(text: str, name: str | None) -> None:
    found = issuer_of(text.split("\n\n"), results=2)
    assert (found.name if found is not None else None) == name
