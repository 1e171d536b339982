"""Sentences of company results, budgets, energy, harvests and surveys, each with what it states."""

from __future__ import annotations

import pytest
from test_frames import shown, statements

SENTENCES: list[tuple[str, list[str]]] = [
    (  # an area behind its figure, a part of them elsewhere, and who put it out
        "The number of unemployed fell by 56,000 in the EU and by 5,000 in the euro area in May.",
        [
            "-56,000 · change · unemployed · EU · - · 2024-05",
            "-5,000 · change · unemployed · EA · - · 2024-05",
        ],
    ),
    (
        "Steel output was 20 million tons in Asia in May, with 6.9 million tons produced by Japan, down 3%.",
        [
            "20 million t · level · steel-production · ASIA · - · 2024-05",
            "6.9 million t · level · steel-production · JP · - · 2024-05",
            "-3 % · growth · steel-production · JP · - · 2024-05",
        ],
    ),
    (
        "Global steel output was 107 million tons in May, with China's output at 77 million tons.",
        [
            "107 million t · level · steel-production · WORLD · - · 2024-05",
            "77 million t · level · steel-production · CN · - · 2024-05",
        ],
    ),
    (  # a crop keeps its name
        "Canadian wheat production rose 4% in 2023. The average yield was 3 t/ha, while the harvested area fell 2%.",
        [
            "4 % · growth · production · CA · - · 2023 · product=wheat",
            "3 t/ha · level · crop-yield · CA · - · 2023 · product=wheat",
            "-2 % · growth · harvested-area · CA · - · 2023 · product=wheat",
        ],
    ),
    (  # a year beside a part of another one, a base before a level, and what did not change from a month
        "In October 2023 the number of tourists in Malta rose to 141,517, compared to 92,345 in 2022.",
        [
            "141,517 · level · visitors · MT · - · 2023-10",
            "92,345 · level · visitors · MT · - · 2022-10",
        ],
    ),
    (
        "In 2023 the harvested area of wheat in Peru fell 4.6% from 2022 to 6.3 million hectares.",
        [
            "-4.6 % · growth · harvested-area · PE · - · 2023 · base=2022 · product=wheat",
            "6.3 million ha · level · harvested-area · PE · - · 2023 · product=wheat",
        ],
    ),
    (
        "In 2023 Norland Inc. had earnings of $0.30 per diluted share, up 31%; adjusted earnings were 37 cents a share.",
        [
            "0.30 USD/{share} · level · earnings-per-share · Norland · - · 2023",
            "31 % · growth · earnings-per-share · Norland · - · 2023",
            "0.37 USD/{share} · level · adjusted-earnings-per-share · Norland · - · 2023",
        ],
    ),
    (
        "Based on August 1 conditions, the wheat yield in Peru is forecast at 4 tons per hectare in 2024.",
        ["4 t/ha · level · crop-yield · PE · - · 2024 · estimate · product=wheat"],
    ),
    (
        "Revenue in the Bearings segment of Acme Corp was $4 billion in 2023, up 5%.",
        [
            "4 billion USD · level · revenue · Acme · - · 2023 · product=Bearings",
            "5 % · growth · revenue · Acme · - · 2023 · product=Bearings",
        ],
    ),
    (
        "Acme Corp grew. Its Medical division posted revenue of $3 billion in 2023 and operating profit of $400 million.",
        [
            "3 billion USD · level · revenue · Acme · - · 2023 · product=Medical",
            "400 million USD · level · operating-profit · Acme · - · 2023 · product=Medical",
        ],
    ),
    (
        "Acme Corp grew. Revenue for the Consumer unit fell 4% to $2 billion in 2023; for the Industrial unit it rose 6%.",
        [
            "-4 % · growth · revenue · Acme · - · 2023 · product=Consumer",
            "2 billion USD · level · revenue · Acme · - · 2023 · product=Consumer",
            "6 % · growth · revenue · Acme · - · 2023 · product=Industrial",
        ],
    ),
    (
        "Acme Corp reported results. In North America, sales rose 3% to $7 billion in 2023.",
        [
            "3 % · growth · revenue · Acme · - · 2023 · segment=NORTH-AMERICA",
            "7 billion USD · level · revenue · Acme · - · 2023 · segment=NORTH-AMERICA",
        ],
    ),
    (
        "Farmers harvested 30 million tonnes of wheat and 9 million tonnes of barley in 2023.",
        [
            "30 million t · level · production · - · - · 2023 · product=wheat",
            "9 million t · level · production · - · - · 2023 · product=barley",
        ],
    ),
    (
        "Norway harvested 1.2 million tonnes of salmon in 2023, up 3%.",
        [
            "1.2 million t · level · production · NO · - · 2023 · product=salmon",
            "3 % · growth · production · NO · - · 2023 · product=salmon",
        ],
    ),
    (
        "Solar power generated 12 TWh in 2023, wind 45 TWh and coal 80 TWh.",
        [
            "12 TWh · level · electricity-generation · - · - · 2023 · product=solar",
            "45 TWh · level · electricity-generation · - · - · 2023 · product=wind",
            "80 TWh · level · electricity-generation · - · - · 2023 · product=coal",
        ],
    ),
    (
        "In Germany, inflation rose to 3% in May.",
        [
            "3 % · rate · inflation-rate · DE · - · 2024-05",
        ],
    ),
    (
        "The government ran a budget deficit of $5 billion in May. The deficit was $4 billion in April.",
        [
            "-5 billion USD · level · budget-balance · - · - · 2024-05",
            "-4 billion USD · level · budget-balance · - · - · 2024-04",
        ],
    ),
    (
        "Germany's trade surplus was €12 billion in May, while the surplus in April was €11 billion.",
        [
            "12 billion EUR · level · trade-balance · DE · - · 2024-05",
            "11 billion EUR · level · trade-balance · DE · - · 2024-04",
        ],
    ),
    (
        "Kazakhstan's budget revenues came to 5 trillion tenge in May and expenditures to 6 trillion tenge.",
        [
            "5 trillion KZT · level · budget-revenue · KZ · - · 2024-05",
            "6 trillion KZT · level · budget-expenditure · KZ · - · 2024-05",
        ],
    ),
    (
        "Statistics Canada said retail sales in Canada rose 2% to $66 billion in May.",
        [
            "2 % · growth · retail-sales · CA · - · 2024-05 · source=Canadian statistics",
            "66 billion CAD · level · retail-sales · CA · - · 2024-05 · source=Canadian statistics",
        ],
    ),
    (
        "Canada's exports were US$55 billion in May, and imports $50 billion. Canada grew.",
        [
            "55 billion USD · level · exports · CA · - · 2024-05",
            "50 billion USD · level · imports · CA · - · 2024-05",
        ],
    ),
    (
        "Wheat output was 113.3 million tonnes (MT) in 2023, up from 107.7 MT in 2022.",
        [
            "113.3 million t · level · production · - · - · 2023 · product=wheat",
            "107.7 million t · level · production · - · - · 2022 · product=wheat",
        ],
    ),
    (
        "Sugar: the sugar harvest rose 4% in 2023, and sugar was dear. The yield was 3.5 t/ha in 2023.",
        [
            "4 % · growth · harvest · - · - · 2023 · product=sugar",
            "3.5 t/ha · level · crop-yield · - · - · 2023 · product=sugar",
        ],
    ),
    (
        "In a survey of 1,004 adults, 61% said prices were too high.",
        [
            "1,004 {adults} · level · respondents · - · - · -",
            "61 % · share · prices were too high · - · - · - · whole={'indicator': 'respondents'}",
        ],
    ),
    (
        "Of those surveyed, 42% had bought online and 12% had not.",
        [
            "42 % · share · had bought online · - · - · _U · whole={'indicator': 'respondents'}",
            "12 % · share · respondents · - · - · _U · whole={'detail': None} · detail=_U",
        ],
    ),
    (
        "In a poll of 500 voters in May, 61% said taxes were too high and 20% disagreed.",
        [
            "500 {voters} · level · respondents · - · - · 2024-05",
            "61 % · share · taxes were too high · - · - · 2024-05 · whole={'indicator': 'respondents'}",
            "20 % · share · disagreed · - · - · 2024-05 · whole={'indicator': 'respondents'}",
        ],
    ),
    (
        "Some 56% of respondents said they would vote in May, while 30% said they would not.",
        [
            "some 56 % · share · would vote · - · - · 2024-05 · whole={'indicator': 'respondents'}",
            "30 % · share · would not · - · - · 2024-05 · whole={'indicator': 'respondents'}",
        ],
    ),
    (
        "Nearly half of companies plan to hire, and 20% expect to cut jobs.",
        [
            "nearly half · share · plan to hire · - · - · _U · whole={'indicator': 'companies'}",
            "20 % · share · expect to cut jobs · - · - · _U · whole={'indicator': 'companies'}",
        ],
    ),
    (
        "The federal deficit rose to 6.4 percent of GDP in 2023 from 6.2 percent of GDP in 2022.",
        [
            "-6.4 % · share · budget-balance · - · - · 2023 · whole={'indicator': 'gdp'}",
            "-6.2 % · share · budget-balance · - · - · 2022 · whole={'indicator': 'gdp'}",
        ],
    ),
    (
        "Acme Corp made $342 million in the first quarter, up from $305 million a year ago.",
        [
            "342 million USD · level · net-profit · Acme · - · 2024-Q1",
            "305 million USD · level · net-profit · Acme · - · 2023-Q1",
        ],
    ),
    (
        "Acme Corp earned $68 billion in revenue in 2023.",
        [
            "68 billion USD · level · revenue · Acme · - · 2023",
        ],
    ),
    (
        "Acme Corp's shares rose 3.9% to $29.25 on Tuesday.",
        [
            "3.9 % · growth · share-price · Acme · - · 2024-06-25",
            "29.25 USD · level · share-price · Acme · - · 2024-06-25",
        ],
    ),
    (
        "Acme Corp said on Tuesday that profit this quarter was $191 million on revenues of $7.4 billion.",
        [
            "191 million USD · level · net-profit · Acme · - · 2024-Q1",
            "7.4 billion USD · level · revenue · Acme · - · 2024-Q1",
        ],
    ),
    (
        "Global oil production fell 6.1% in 2020 to 80 million barrels per day.",
        [
            "-6.1 % · growth · oil-production · WORLD · - · 2020",
            "80 million barrel/day · level · oil-production · WORLD · - · 2020",
        ],
    ),
    (
        "In fiscal year 2023 outlays were $6 trillion, up 3 percent from 2022. Receipts rose 5% from the previous year.",
        [
            "6 trillion USD · level · budget-expenditure · - · - · FY2023",
            "3 % · growth · budget-expenditure · - · - · FY2023 · base=FY2022",
            "5 % · growth · budget-revenue · - · - · FY2023 · base=FY2022",
        ],
    ),
    (
        "In FY2020-21 exports came to 3.5 lakh tons.",
        [
            "3.5 lakh t · level · exports · - · - · 2020-04/2021-03",
        ],
    ),
    (
        "Germany exported goods worth €72 billion (0.8 per cent drop over the April figure) to France in May.",
        [
            "72 billion EUR · level · exports · DE · FR · 2024-05",
            "-0.8 % · growth · exports · DE · FR · 2024-05 · base=2024-04",
        ],
    ),
    (
        "Grain was harvested from 14.1 million hectares in 2023, and the yield was 0.92 t/ha.",
        [
            "14.1 million ha · level · harvested-area · - · - · 2023",
            "0.92 t/ha · level · crop-yield · - · - · 2023",
        ],
    ),
    (
        "China's customs office counted $87.3bn of trade with Central Asia last year.",
        [
            "87.3 billion USD · level · trade-turnover · CN · C5 · 2023 · source=Chinese customs",
        ],
    ),
    (
        "According to Chinese customs, trade with Central Asia came to $87.3bn in 2023. Kazakhstan "
        "stands for $41bn (+32%), namely $25bn of imports and $16bn of exports. Then comes Kyrgyzstan "
        "with $19.8bn.",
        [
            "87.3 billion USD · level · trade-turnover · CN · C5 · 2023 · source=Chinese customs",
            "41 billion USD · level · trade-turnover · CN · KZ · 2023",
            "32 % · growth · trade-turnover · CN · KZ · 2023",
            "25 billion USD · level · imports · CN · KZ · 2023",
            "16 billion USD · level · exports · CN · KZ · 2023",
            "19.8 billion USD · level · trade-turnover · CN · KG · 2023",
        ],
    ),
    (
        "Trade of China with Kyrgyzstan came to $19.8bn in 2023, with Uzbekistan to $14bn and with "
        "Tajikistan to $3.9bn; their respective changes were +27.9%, +45% and -5.2%.",
        [
            "19.8 billion USD · level · trade-turnover · CN · KG · 2023",
            "14 billion USD · level · trade-turnover · CN · UZ · 2023",
            "3.9 billion USD · level · trade-turnover · CN · TJ · 2023",
            "27.9 % · growth · trade-turnover · CN · KG · 2023",
            "45 % · growth · trade-turnover · CN · UZ · 2023",
            "-5.2 % · growth · trade-turnover · CN · TJ · 2023",
        ],
    ),
    (
        "Vietnam exported 2.6 million tonnes of rice in 2023. Ghana topped the list with 903,200 tonnes, "
        "followed by China with 237,500 tonnes.",
        [
            "2.6 million t · level · exports · VN · - · 2023 · product=rice",
            "903,200 t · level · exports · VN · GH · 2023 · product=rice",
            "237,500 t · level · exports · VN · CN · 2023 · product=rice",
        ],
    ),
    (
        "Turkey and China began to buy more copper from Kazakhstan, according to Kazakh customs. In "
        "January copper exports rose by 42.9%.",
        [
            "42.9 % · growth · exports · KZ · - · 2024-01 · product=copper",
        ],
    ),
    (
        "The share of renewables in electricity generation rose to 30% in 2023 from 28% in 2022.",
        [
            "30 % · share · electricity-generation · - · - · 2023 · whole={'product': None} · product=renewables",
            "28 % · share · electricity-generation · - · - · 2022 · whole={'product': None} · product=renewables",
        ],
    ),
    (
        "Renewables' share of power generation was 30% in 2023.",
        [
            "30 % · share · electricity-generation · - · - · 2023 · whole={'product': None} · product=renewables",
        ],
    ),
    (
        "Acme Corp said operating profit of the cloud business was $191 million in 2023 on revenue of $7 billion.",
        [
            "191 million USD · level · operating-profit · Acme · - · 2023 · product=cloud",
            "7 billion USD · level · revenue · Acme · - · 2023 · product=cloud",
        ],
    ),
    (
        "Oil production in Norway rose by 4.8% in 2023. The growth was driven by offshore output, which jumped 9.2%.",
        [
            "4.8 % · growth · oil-production · NO · - · 2023",
            "9.2 % · growth · production · NO · - · 2023 · product=offshore",
        ],
    ),
    (
        "After adjustment, exports to France rose 3% in May from April. Exports to Italy fell 2% to €4 billion.",
        [
            "3 % · growth · exports · - · FR · 2024-05 · base=2024-04",
            "-2 % · growth · exports · - · IT · 2024-05 · base=2024-04",
            "4 billion EUR · level · exports · - · IT · 2024-05",
        ],
    ),
    (
        "Operating income of the cloud business was $191 million in May 2023. That compares with a loss "
        "of $706 million in May 2022. Revenue rose 3%.",
        [
            "191 million USD · level · operating-profit · - · - · 2023-05 · product=cloud",
            "-706 million USD · level · operating-profit · - · - · 2022-05 · product=cloud",
            "3 % · growth · revenue · - · - · 2023-05",
        ],
    ),
    (
        "In January of this year copper exports of Kazakhstan rose from 29 to 41 thousand tons due to a "
        "doubling of demand in Turkey (from 6.6 to 13 thousand tons).",
        [
            "29 thousand t · level · exports · KZ · - · 2023-01 · product=copper",
            "41 thousand t · level · exports · KZ · - · 2024-01 · product=copper",
            "doubling · multiple · exports · KZ · TR · 2024-01 · product=copper",
            "6.6 thousand t · level · exports · KZ · TR · 2023-01 · product=copper",
            "13 thousand t · level · exports · KZ · TR · 2024-01 · product=copper",
        ],
    ),
    (
        "Outlays were $6,752 billion in 2023. The largest rise in outlays was for education ($309 billion).",
        [
            "6,752 billion USD · level · budget-expenditure · - · - · 2023",
            "309 billion USD · change · budget-expenditure · - · - · 2023 · product=education",
        ],
    ),
    (
        "Trade of China with Tajikistan was $3.9bn in 2023. The Kyrgyz side puts its own trade with China at $5.1 billion.",
        [
            "3.9 billion USD · level · trade-turnover · CN · TJ · 2023",
            "5.1 billion USD · level · trade-turnover · KG · CN · 2023",
        ],
    ),
    (
        "Exports of France were $256 billion in March 2023. Year-to-date, imports of France decreased "
        "27.6 percent. Exports increased $61 billion or 8.7 percent.",
        [
            "256 billion USD · level · exports · FR · - · 2023-03",
            "-27.6 % · growth · imports · FR · - · 2023-Q1",
            "61 billion USD · change · exports · FR · - · 2023-Q1",
            "8.7 % · growth · exports · FR · - · 2023-Q1",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text[:60] for text, _ in SENTENCES])
def test_sentences(text: str, expected: list[str]) -> None:
    assert [shown(one) for one in statements(text)] == expected
