"""Indicator, product and period as they are carried through a text; money and fiscal years as a country says them."""

from __future__ import annotations

import datetime

import pytest
from test_frames import shown, statements

# Published, text, statements.
TEXTS: list[tuple[str, str, list[str]]] = [
    # Fiscal years of a country whose calendar is known.
    (
        "2015-02-10",
        "Bangladesh's exports rose 12% to $9 billion in the first seven months of the current fiscal year. In the same "
        "period of 2013-14 they were $8 billion.",
        [
            "12 % · growth · exports · BD · - · 2014-07/2015-01",
            "9 billion USD · level · exports · BD · - · 2014-07/2015-01",
            "8 billion USD · level · exports · BD · - · 2013-07/2014-01",
        ],
    ),
    (
        "2015-02-10",
        "Pakistan exported goods worth $9 billion during July-January of fiscal 2014-15, up from $8 billion in the same "
        "period of last fiscal. During 2012-13, exports were $15 billion.",
        [
            "9 billion USD · level · exports · PK · - · 2014-07/2015-01",
            "8 billion USD · level · exports · PK · - · 2013-07/2014-01",
            "15 billion USD · level · exports · PK · - · 2012-07/2013-06",
        ],
    ),
    (
        "2015-08-20",
        "India's crude oil production in the first quarter, April-June, of the current financial year was 9 million tons.",
        ["9 million t · level · oil-production · IN · - · 2015-Q2"],
    ),
    # Signs of money that countries share or that are their own, and a number broken behind its comma.
    ("2015-02-10", "Pakistan's exports in 2014 were Rs 5 billion.", ["5 billion PKR · level · exports · PK · - · 2014"]),
    ("2015-02-10", "India's exports in 2014 were Rs 5 billion.", ["5 billion INR · level · exports · IN · - · 2014"]),
    (
        "2015-02-10",
        "Zambia's imports were K8, 841.2 million in 2014 and its exports K459.7 million.",
        [
            "8,841.2 million ZMW · level · imports · ZM · - · 2014",
            "459.7 million ZMW · level · exports · ZM · - · 2014",
        ],
    ),
    ("2015-02-10", "Ghana's exports in 2014 were GH¢4 billion.", ["4 billion GHS · level · exports · GH · - · 2014"]),
]


@pytest.mark.parametrize(("published", "text", "expected"), TEXTS, ids=[text[:60] for _, text, _ in TEXTS])
def test_what_is_carried(published: str, text: str, expected: list[str]) -> None:
    assert [shown(one) for one in statements(text, datetime.date.fromisoformat(published))] == expected
