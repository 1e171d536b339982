"""Releases of companies: what they earn a share, their fiscal periods, whose figures they are."""

from __future__ import annotations

import datetime

import pytest
from test_frames import PUBLISHED, lists, shown

from crosscheck.extraction.model import Statement
from crosscheck.extraction.reading import read_source
from crosscheck.extraction.source import Block, Source
from crosscheck.figures.quantities import shipped_quantities

RELEASES: dict[str, tuple[str, list[str]]] = {
    "a share": (
        "Veltmark Inc reported a net income of $28 million, or $0.30 per diluted share, for the first quarter of 2024, "
        "compared with $20.9 million, or $0.23 per diluted share, a year earlier.",
        [
            "28 million USD · level · net-profit · Veltmark · - · 2024-Q1",
            "0.30 USD/{share} · level · earnings-per-share · Veltmark · - · 2024-Q1",
            "20.9 million USD · level · net-profit · Veltmark · - · 2023-Q1",
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
