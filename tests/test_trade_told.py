"""Articles on trade, told as newspapers tell them: rankings, what is sent abroad, what goes on."""

import datetime

import pytest
from test_frames import shown, statements

from crosscheck.claims.model import EXPLICIT

PUBLISHED = datetime.date(2024, 6, 26)


def told(text: str, published: datetime.date = PUBLISHED) -> list[str]:
    """The figures of a text, without the base of changes."""
    return [
        " · ".join(p for p in shown(one).split(" · ") if not p.startswith("base=")) for one in statements(text, published)
    ]


RANKED: list[tuple[str, list[str]]] = [
    (
        "Chile's exports rose 5% in May 2024. The trade gap narrowed to $1 billion. Peru was the top destination "
        "with $3 billion, followed by Brazil with $2 billion.",
        ["3 billion USD · level · exports · CL · PE · 2024-05", "2 billion USD · level · exports · CL · BR · 2024-05"],
    ),
    (
        "Imports of Kenya came to $9 billion in 2023. China was the largest supplier with $3 billion, while India came "
        "second with $2 billion.",
        ["3 billion USD · level · imports · KE · CN · 2023", "2 billion USD · level · imports · KE · IN · 2023"],
    ),
    (
        "Norway's exports of salmon rose 5% in 2023. Poland remained the biggest buyer, with exports of $1 billion.",
        ["1 billion USD · level · exports · NO · PL · 2023"],
    ),
    (
        "Jordan's imports were $5 billion in 2023. The United Arab Emirates was the first import source with $2 billion.",
        ["2 billion USD · level · imports · JO · AE · 2023"],
    ),
    (
        "Turkish exports rose 5% in May 2024. The trade gap fell to $1 billion. The steel industry led with $3 billion, "
        "followed by the car sector with $2 billion and furniture with $1.5 billion.",
        [
            "3 billion USD · level · exports · TR · - · 2024-05 · product=steel",
            "2 billion USD · level · exports · TR · - · 2024-05 · product=passenger-cars",
            "1.5 billion USD · level · exports · TR · - · 2024-05 · product=furniture",
        ],
    ),
]


@pytest.mark.parametrize(("text", "last"), RANKED)
def test_those_who_are_ranked_are_partners_of_what_was_told(text: str, last: list[str]) -> None:
    assert told(text)[-len(last) :] == last


def test_who_ranks_partners_still_owns_what_is_told_next() -> None:
    text = (
        "Vietnam's exports of rice rose 5% in 2023. China was the top buyer with $2 billion, followed by Indonesia with "
        "$1 billion. In March 2024 the country's exports fell 2%."
    )
    assert told(text)[-1] == "-2 % · growth · exports · VN · - · 2024-03"


SENT: list[tuple[str, str]] = [
    ("Overseas sales of chips rose 5% in May 2024.", "5 % · growth · exports · KR · - · 2024-05 · product=semiconductors"),
    ("Shipments to China rose 5% in May 2024.", "5 % · growth · exports · KR · CN · 2024-05"),
    ("Tea exports rose 2%, while those of coffee fell 5%.", "-5 % · growth · exports · KR · - · 2024-05 · product=coffee"),
    ("Exports to Peru rose 2%, while those to Chile fell 5%.", "-5 % · growth · exports · KR · CL · 2024-05"),
    ("Exports hit an all-time high of $70 billion.", "70 billion USD · level · exports · KR · - · 2024-05"),
    ("Of that, $7 billion was exports.", "7 billion USD · level · exports · KR · - · 2024-05"),
]


@pytest.mark.parametrize(("sentence", "last"), SENT)
def test_what_is_sent_abroad_is_exports(sentence: str, last: str) -> None:
    assert told(f"South Korea's exports rose 3% in May 2024. {sentence}")[-1] == last


def test_what_is_sold_at_home_is_no_export() -> None:
    text = "South Korea's exports were $60 billion in May 2024. Domestic sales rose 5%."
    assert " · exports · " not in told(text)[-1]


PARTNERS: list[tuple[str, str]] = [
    (
        "Iran's exports were $9 billion in 2023. Iran's trade with its neighbours stood at $20 billion.",
        "20 billion USD · level · trade-turnover · IR · - · 2023",
    ),
    (
        "German exports to France were $9 billion in 2023. Imports from that country rose 5%.",
        "5 % · growth · imports · DE · FR · 2023",
    ),
    (
        "In 2023 Peru's services surplus rose to $2 billion. The deficit with China increased to $3 billion.",
        "-3 billion USD · level · trade-balance · PE · CN · 2023",
    ),
    (
        "Hanoi – Vietnam's exports rose 5% in May 2024. Exports of rice fell 2%.",
        "-2 % · growth · exports · VN · - · 2024-05 · product=rice",
    ),
]


@pytest.mark.parametrize(("text", "last"), PARTNERS)
def test_nobody_trades_with_himself(text: str, last: str) -> None:
    assert told(text)[-1] == last


def test_so_many_months_are_those_of_the_fiscal_year_that_was_told_of() -> None:
    text = "India's exports grew 2% in April-May 2024. The trade deficit in the first two months was $40 billion."
    assert statements(text)[-1].dimensions["time_period"].value == "2024-04/2024-05"


def test_a_ranking_is_a_guess_where_nothing_names_what_is_traded() -> None:
    last = statements(RANKED[0][0])[-1].dimensions
    assert last["indicator"].how != EXPLICIT
    assert last["counterpart_area"].how == EXPLICIT


GOODS: list[tuple[str, list[str]]] = [
    (
        "Kenya's exports to Uganda include iron and steel products valued at $7 million and tea valued at $5 million.",
        ["KE · UG · _U · product=ferrous-metals", "KE · UG · _U · product=tea"],
    ),
    ("In 2023 supplies of Russian grain abroad reached $9 billion.", ["RU · - · 2023 · product=grain"]),
    ("In 2023 Norway's imports of Chinese cars rose 5%.", ["NO · CN · 2023 · product=passenger-cars"]),
    ("Kenya's export earnings from Uganda rose 5% in 2023.", ["KE · UG · 2023"]),
]


@pytest.mark.parametrize(("text", "last"), GOODS)
def test_goods_and_partners_of_a_phrase(text: str, last: list[str]) -> None:
    assert [one.split(" · ", 3)[3] for one in told(text)] == last


ONE_PAIR = "In May 2024 Peru's trade with Chile and Brazil rose. The trade between Peru and Chile came to $9 billion."


@pytest.mark.parametrize("words", ["Of the total trade, exports", "Exports", "Of that, exports"])
def test_what_follows_a_pair_is_of_the_pair(words: str) -> None:
    assert told(f"{ONE_PAIR}\n\n{words} were $5 billion.")[-1] == "5 billion USD · level · exports · PE · CL · 2024-05"


def test_partners_are_ranked_in_all_goods_unless_the_text_is_about_some() -> None:
    ranked = "China was the top buyer with $3 billion."
    of_all = f"Chile's exports rose 5% in May 2024. Copper exports fell 2%. {ranked}"
    assert told(of_all)[-1] == "3 billion USD · level · exports · CL · CN · 2024-05"
    of_some = f"Chile's copper exports rose 5% in May 2024. {ranked}"
    assert told(of_some)[-1] == "3 billion USD · level · exports · CL · CN · 2024-05 · product=copper"


TIMES: list[tuple[str, str, str]] = [
    ("In the first week of May Brazil's exports were $5 billion.", "2024-05-01/2024-05-07", "explicit"),
    ("In the first 20 days of May Brazil's exports were $5 billion.", "2024-05-01/2024-05-20", "explicit"),
    ("In the second week of May Brazil's exports were $5 billion.", "2024-05-08/2024-05-14", "explicit"),
    ("Over the past four months Brazil's exports were $5 billion.", "2024-02/2024-05", "inferred"),
    ("Brazil's exports in the last five months were $5 billion.", "2024-01/2024-05", "inferred"),
    ("Brazil's exports rose 5% in the week to 7 May 2024. Year-to-date, exports rose 5%.", "2024-01-01/2024-05-07", ""),
    (
        "Brazil's exports have risen since the beginning of the year, to $9 billion as of 20 May.",
        "2024-01-01/2024-05-20",
        "",
    ),
    ("Brazil's exports rose by $1 billion from March to April.", "2024-04", ""),
    ("Brazil's exports rose by $1 billion from February to April.", "2024-02/2024-04", ""),
]


@pytest.mark.parametrize(("text", "period", "how"), TIMES)
def test_parts_of_a_month_and_what_is_told_so_far(text: str, period: str, how: str) -> None:
    known = statements(text, PUBLISHED)[-1].dimensions["time_period"]
    assert known.value == period
    assert how in ("", known.how)


def test_a_paragraph_goes_on_with_the_time_of_the_text_and_not_with_a_month_told_in_passing() -> None:
    text = "In January-May 2024 Peru's exports were $9 billion. Sales of gold in May hit $1 billion.\n\nImports fell 5%."
    assert told(text)[-1] == "-5 % · growth · imports · PE · - · 2024-01/2024-05"
    so_far = "Peru's exports were $9 billion in May 2024. Year-to-date, exports rose 5%.\n\nImports fell 5%."
    assert told(so_far)[-1] == "-5 % · growth · imports · PE · - · 2024-05"
