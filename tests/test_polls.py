"""Polls of voters: what each party or candidate has, by how many points that moved, and how far it is ahead."""

import datetime

import pytest
from test_frames import shown, statements

WHOLE = "whole={'product': None, 'indicator': 'respondents'}"
POLLS = [
    (
        "A new opinion poll of 1,000 voters shows the Labour Party on 34%, down two points since March, and National at 38%"
        " (up 3). The Greens are unchanged at 11%, ACT 9% and Te Pāti Māori 3%.\n\n"
        "National has gained three points since the election while support for the Greens fell by two points.",
        [
            "1,000 {voters} · level · respondents · NZ · - · -",
            f"34 % · share · support · NZ · - · - · {WHOLE} · product=Labour Party",
            "-two percentage_point · change · support · NZ · - · _U · base=2024-03 · product=Labour Party",
            f"38 % · share · support · NZ · - · - · {WHOLE} · product=National",
            "3 percentage_point · change · support · NZ · - · _U · base=2024-03 · product=National",
            f"11 % · share · support · NZ · - · - · {WHOLE} · product=Greens",
            f"9 % · share · support · NZ · - · - · {WHOLE} · product=ACT",
            f"3 % · share · support · NZ · - · - · {WHOLE} · product=Te Pāti Māori",
            "three percentage_point · change · support · NZ · - · _U · base=_U · product=National",
            "-two percentage_point · change · support · NZ · - · _U · base=_U · product=Greens",
        ],
    ),
    (
        "Voters in the poll were asked which party they would support: CDU 29%, SPD 16%, Greens 14% (+1), AfD 18% (-2)."
        " The CDU is 11 points ahead of the AfD and 13 ahead of the SPD.",
        [
            f"29 % · share · support · DE · - · _U · {WHOLE} · product=CDU",
            f"16 % · share · support · DE · - · _U · {WHOLE} · product=SPD",
            f"14 % · share · support · DE · - · _U · {WHOLE} · product=Greens",
            "1 percentage_point · change · support · DE · - · _U · base=_U · product=Greens",
            f"18 % · share · support · DE · - · _U · {WHOLE} · product=AfD",
            "-2 percentage_point · change · support · DE · - · _U · base=_U · product=AfD",
            "11 percentage_point · level · lead over AfD · DE · - · _U · product=CDU",
            "13 percentage_point · level · lead over SPD · DE · - · _U · product=CDU",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), POLLS, ids=[text[:40] for text, _ in POLLS])
def test_support_is_told_of_the_party_named_before_its_percentage(text: str, expected: list[str]) -> None:
    assert [shown(one) for one in statements(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what stands in brackets behind a percentage, with a sign or "up", has moved by so many points …
        ("Hotel occupancy was 71 per cent (up 3) in May.", ["71 %", "3 percentage_point"]),
        # … and without one is how many that are, or what it was
        ("Arrivals from Peru made up 45 per cent (26,708) of the total.", ["45 %", "26,708"]),
        # "down" holds no stock index
        ("Turnout was 61 percent, down two points.", ["61 %", "-two percentage_point"]),
        ("The Dow Jones index fell 2 percent, down 120 points.", ["-2 %", "-120 {points}"]),
    ],
)
def test_points_without_the_word_percentage(text: str, expected: list[str]) -> None:
    assert [one.figure for one in statements(text)] == expected


def test_a_text_that_is_on_no_poll_has_no_parties() -> None:
    text = "Shareholders elected the board. Acme holds 31%, Globex 25% and Initech 12% of the company."
    assert all(one.dimensions["indicator"].value != "support" for one in statements(text))


def test_a_last_time_is_what_a_change_is_compared_with() -> None:
    text = "The number of otters rose by 40 to 310, up from the previous count in 2019."
    change = statements(text, datetime.date(2024, 6, 26))[0]
    assert change.base_period is not None
    assert change.base_period.value == "2019"
