"""Figures that were printed wrong, and right ones that look alike, as texts of the project's own in tests/cases.

What each must lead to stands there and is run with the other cases. Here it is held to what the judge says of it: every
wrong figure is found, with the slip that made it where one did, and no right one raises more than a note.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crosscheck.project.cases import Case, read_cases

FILE = Path(__file__).parents[1] / "cases" / "published-errors.md"
# Beyond the reader, so given as claims. This list may only shrink.
FROM_CLAIMS = {
    "bernoff-101",
    "fox-pie",
    "g-mozart",
    "g-stores-ratio",
    "globe-millig",
}
SLIPS = {
    "chain-85bn": "factor-1000",
    "g-stores-ratio": "factor-10",
    "g-uk-share": "factor-10",
    "g-vat": "reversed-base",
    "globe-millig": "factor-10",
    "nyt-alibaba": "factor-10",
}
WARNED = {"seed-growth2023"}  # right, and still worth a look: 30.1% where the levels give 31.25%
SOURCES = {"basis-switch"}  # the wrong figure is only wrong for who mixes two sources, which crosscheck must not


@cache
def cases() -> dict[str, Case]:
    return {case.name: case for case in read_cases(FILE)}


@pytest.fixture(name="judged")
def judged_figures(shared: Path) -> dict[str, Any]:
    lines = (shared / "judges" / "published-errors.jsonl").read_text(encoding="utf-8").splitlines()
    return {entry["id"]: entry for entry in map(json.loads, lines)}


def wanted(judged: dict[str, Any]) -> set[str]:
    """The names of the cases that there must be."""
    names = set()
    for name, entry in judged.items():
        if entry["wrong_claim"] is not None and name not in SOURCES:
            names.add(f"{name}, wrong")
        if entry["right_claim"] is not None or name in SOURCES:
            names.add(f"{name}, right")
    return names


def test_every_figure_of_the_judge_is_a_case(judged: dict[str, Any]) -> None:
    assert set(cases()) == wanted(judged)


def test_what_is_beyond_the_reader_is_named() -> None:
    from_claims = {name.partition(",")[0] for name, case in cases().items() if case.blocks[0].name.endswith(".yaml")}
    assert from_claims == FROM_CLAIMS


@pytest.mark.parametrize("name", sorted(cases()))
def test_what_a_case_expects_is_what_the_judge_says(name: str) -> None:
    figure, _, kind = name.partition(", ")
    expected = cases()[name].expected
    loud = [line for line in expected if line.level in ("error", "warning")]
    if kind == "right":
        assert (loud != []) == (figure in WARNED)
    else:
        assert len(loud) == 1
        assert loud[0].slips == ((SLIPS[figure],) if figure in SLIPS else ())
