"""What a sentence has no word for is not looked for: that spares work, and never changes what is read."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from test_constructions import CONSTRUCTIONS
from test_reading_hostile import extract

from crosscheck.extraction.model import Extract
from crosscheck.extraction.sentences import tokens

ROOT = Path(__file__).resolve().parents[1]
GATES = ("lacks", "lacks_first")


def never(*_: object) -> bool:
    return False


@pytest.fixture
def all_looked_for(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Every construction is looked for in every sentence."""
    for name in GATES:
        gate = getattr(tokens, name)
        users = [one for one in list(sys.modules.values()) if vars(one).get(name) is gate]
        assert len(users) > 1, f"nobody asks {name}"
        for user in users:
            monkeypatch.setattr(user, name, never)
    return monkeypatch


def texts() -> list[str]:
    """The project's own texts, and those that its tests read."""
    files = [*ROOT.glob("documents/*.md"), *ROOT.glob("tests/cases/*.md"), *ROOT.glob("tests/readings/*.txt")]
    parts = [part for file in sorted(files) for part in re.split(r"\n#+ |```", file.read_text("utf-8")) if part.strip()]
    return parts + [text for group in CONSTRUCTIONS.values() for text, _ in group]


def read(of: list[str]) -> list[Extract]:
    return [extract(text) for text in of]


READ = texts()
PIECES = 8


@pytest.mark.parametrize("piece", range(PIECES))
def test_all_is_read_alike_where_everything_is_looked_for(piece: int, request: pytest.FixtureRequest) -> None:
    own = READ[piece::PIECES]
    assert len(own) > 20
    before = read(own)
    request.getfixturevalue("all_looked_for")
    for text, one, other in zip(own, before, read(own), strict=True):
        assert one == other, text
