"""What a figure leaves out, what it is compared with, where it came to: in sentences of several subjects."""

import datetime

import pytest
from test_frames import shown, statements

PUBLISHED = datetime.date(2021, 8, 12)


def told(text: str) -> list[str]:
    return [shown(one) for one in statements(text, PUBLISHED)]


COMPARED: list[tuple[str, list[str]]] = [
    (
        "The trade deficit of Fiji stood at $28 million in June 2021 when compared to $27 million in May 2021.",
        [
            "-28 million USD · level · trade-balance · FJ · - · 2021-06",
            "-27 million USD · level · trade-balance · FJ · - · 2021-05",
        ],
    ),
    (
        "Imports of Oman were down 3% in June 2021 against imports of $5.1 billion in May 2021.",
        [
            "-3 % · growth · imports · OM · - · 2021-06 · base=2021-05",
            "5.1 billion USD · level · imports · OM · - · 2021-05",
        ],
    ),
    (
        "Passenger traffic at Riga airport in June 2021 was 5.1% higher than that recorded for June 2019.",
        ["5.1 % · growth · passengers · - · - · 2021-06 · base=2019-06"],
    ),
    (
        "The price of copper fell below $9,000 a tonne in June 2021.",
        ["below 9,000 USD/t · level · price · - · - · 2021-06 · product=copper"],
    ),
    (
        "Peru's trade deficit narrowed by 32% to $17 billion in July-December 2020 compared to $25 billion in the same "
        "period of last year.",
        [
            "-32 % · growth · trade-balance · PE · - · 2020-S2 · base=2019-S2",
            "-17 billion USD · level · trade-balance · PE · - · 2020-S2",
            "-25 billion USD · level · trade-balance · PE · - · 2019-S2",
        ],
    ),
    (
        "Latvia's rye exports came to 5.7 million tons in June 2021, exceeding the comparable year-earlier volume by 1.5 "
        "million tons.",
        [
            "5.7 million t · level · exports · LV · - · 2021-06 · product=rye",
            "1.5 million t · change · exports · LV · - · 2021-06 · base=2020-06 · product=rye",
        ],
    ),
    (
        "The mill's output was 40,000 tonnes in June 2021, beating last year's figure by 3,000 tonnes.",
        [
            "40,000 t · level · production · - · - · 2021-06",
            "3,000 t · change · production · - · - · 2021-06",
        ],
    ),
    (
        "Sales of Acme Corp rose 3% over the nine-month period ending September 2020.",
        ["3 % · growth · revenue · Acme · - · 2020-01/2020-09"],
    ),
    (
        "Costs of Acme Corp were $6 million in the five months leading up to May 2020.",
        ["6 million USD · level · costs · Acme · - · 2020-01/2020-05"],
    ),
    ("Staff numbers fell below 300 in June 2021.", ["below 300 · level · employees · - · - · 2021-06"]),
    (
        "Growers want to increase wheat production 4% from 2020.",
        ["4 % · growth · production · - · - · _U · base=2020 · plan · product=wheat"],
    ),
]


@pytest.mark.parametrize(("text", "figures"), COMPARED)
def test_what_a_figure_is_compared_with_is_not_its_own_time(text: str, figures: list[str]) -> None:
    assert told(text) == figures


LEFT_OUT = [
    ("Kenya's exports excluding tea rose 4% in 2020.", "KE", "tea", None),
    ("Kenya's exports other than tea and coffee rose 4% in 2020.", "KE", "tea and coffee", None),
    ("Without gold, Ghana's exports rose 4% in 2020.", "GH", "gold", None),
    ("Oil production of OPEC, not including Iraq, rose 4% in 2020.", "OPEC", "iraq", None),
    ("Imports of the European Union, with the exception of cars, rose 4% in 2020.", "EU", "cars", None),
    ("Kenya's exports of tea rose 4% in 2020 without any help.", "KE", None, "tea"),
]


@pytest.mark.parametrize(("text", "area", "without", "product"), LEFT_OUT)
def test_what_is_left_out_is_neither_the_product_nor_the_area(
    text: str, area: str, without: str | None, product: str | None
) -> None:
    (one,) = statements(text, PUBLISHED)
    known = {name: known.value for name, known in one.dimensions.items()}
    assert known["reference_area"] == area
    assert known.get("excluding") == without
    assert known.get("product") == product


def test_what_was_left_out_of_one_figure_is_not_left_out_of_another() -> None:
    text = "Kenya's exports excluding tea rose 4% in 2020 while imports fell 2%."
    assert [one.dimensions.get("excluding") is not None for one in statements(text, PUBLISHED)] == [True, False]


GUESTS = [
    ("EU arrivals in Malta rose 6% in June 2021.", "MT", "EU"),
    ("British tourists to Malta numbered 60,000 in June 2021.", "MT", "GB"),
    ("Malta's tourist arrivals rose 6% in June 2021.", "MT", None),
    ("Tourist arrivals rose 9% in June 2021. EU arrivals rose 6%.", None, "EU"),
]


@pytest.mark.parametrize(("text", "area", "origin"), GUESTS)
def test_where_guests_come_from_is_not_where_they_are_counted(text: str, area: str | None, origin: str | None) -> None:
    known = {name: known.value for name, known in statements(text, PUBLISHED)[-1].dimensions.items()}
    assert (known.get("reference_area"), known.get("counterpart_area")) == (area, origin)


def test_nights_of_guests_are_counted_and_those_of_a_stay_are_not() -> None:
    text = "Guests spent 7.9 million nights in Malta in 2020. A stay was 4 nights."
    assert [(one.value, one.unit) for one in statements(text, PUBLISHED)] == [(7_900_000, "{nights}")]


def test_the_ages_of_those_who_are_counted_are_no_figures() -> None:
    text = "Most visitors were aged between 25 and 44 (42.2 per cent)."
    assert all(one.value not in (25, 44) for one in statements(text, PUBLISHED))


def test_a_rate_beside_earlier_ones_is_a_rate_each_time() -> None:
    told_here = told(
        "The unemployment rate of Latvia was 4.1% in June 2021, compared with 4.3% in May and 5.2% a year earlier."
    )
    assert told_here == [
        "4.1 % · rate · unemployment-rate · LV · - · 2021-06",
        "4.3 % · rate · unemployment-rate · LV · - · 2021-05",
        "5.2 % · rate · unemployment-rate · LV · - · 2020-06",
    ]


def test_what_is_told_of_one_country_in_the_end_is_not_with_the_partner_of_the_beginning() -> None:
    text = (
        "Georgia's trade with Armenia came to $300 million in 2020.\n\nGeorgia's trade turnover amounted to $2.7 billion "
        "in 2020. Exports were $0.8 billion."
    )
    assert [one.dimensions.get("counterpart_area") is not None for one in statements(text, PUBLISHED)] == [
        True,
        False,
        False,
    ]


def test_the_parts_of_a_total_told_before_are_with_its_partner() -> None:
    text = (
        "Georgia's trade with Armenia came to $300 million in 2020. Out of the total turnover, exports were $200 million."
    )
    assert told(text)[-1] == "200 million USD · level · exports · GE · AM · 2020"


def test_the_profit_of_a_named_firm_is_its_own() -> None:
    assert told("The profit of Sandvik was $20 million in 2020.") == [
        "20 million USD · level · net-profit · Sandvik · - · 2020"
    ]


def test_a_partner_that_no_list_has_is_a_partner() -> None:
    text = (
        "Malaysia's total trade was RM151 billion in August 2020. Trade with Ruritania decreased by 8.5% to RM39.8 "
        "billion, with exports down 1.2% to RM22.9 billion."
    )
    partners = [one.dimensions.get("counterpart_area") for one in statements(text, PUBLISHED)]
    assert [partner.value if partner is not None else None for partner in partners] == [None, *["ruritania"] * 4]
