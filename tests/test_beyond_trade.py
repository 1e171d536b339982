"""Texts on companies, harvests, energy, prices, tourism, people and budgets, with what each states (readings/)."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from test_frames import shown, statements

PUBLISHED = datetime.date(2024, 10, 10)
READINGS = Path(__file__).parent / "readings"


def cases() -> dict[str, tuple[str, list[str]]]:
    """By name, a text and what it states; lines of a paragraph are one."""
    found = {}
    files = sorted(READINGS.glob("*.txt"))
    for part in [part for file in files for part in file.read_text(encoding="utf-8").split("\n## ")[1:]]:
        name, _, rest = part.partition("\n")
        lines = rest.strip().split("\n")
        told = [line.removeprefix("-> ") for line in lines if line.startswith("-> ")]
        prose = "\n".join(line for line in lines if not line.startswith("-> ")).strip()
        found[name] = ("\n\n".join(" ".join(paragraph.split("\n")) for paragraph in prose.split("\n\n")), told)
    return found


CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_what_is_read(name: str) -> None:
    text, expected = CASES[name]
    assert [shown(one) for one in statements(text, PUBLISHED)] == expected


def test_every_case_states_something() -> None:
    assert len(CASES) > 10
    assert all(text and expected for text, expected in CASES.values())
