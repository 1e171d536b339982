"""A table of a Markdown document, from its caption to the sentence of a finding."""

import json
from pathlib import Path

import pytest
from commands import FINDINGS, OK, run

TABLE = """# Foreign trade of Norway

**Table 1. Exports of Norway, USD million**

| Partner | 2022 | 2023 |
|---|---|---|
| Germany | 4,100 | 4,300 |
| Sweden | 1,000 | 1,050 |
| Total | 5,100 | 5,450 |
"""


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trade.md").write_text(TABLE, encoding="utf-8")
    return "trade.md"


def test_the_caption_gives_indicator_and_unit(document: str) -> None:
    done = run("extract", document, "--format", "json")
    assert done.code == OK
    (read,) = json.loads(done.out)["documents"]
    cells = [claim for claim in read["claims"] if claim["indicator"] == "exports"]
    assert [claim["value"] for claim in cells] == [f"{millions}000000" for millions in (4100, 4300, 1000, 1050, 5100, 5450)]
    assert {claim["unit"] for claim in cells} == {"USD"}


def test_a_cell_is_told_with_the_scale_of_its_table(document: str) -> None:
    done = run("all", document, "--format", "concise")
    assert done.code == FINDINGS
    assert "5,450 million USD does not follow from 4,300 million USD and 1,050 million USD" in done.out


def test_what_is_computed_is_told_in_the_scale_of_its_table(document: str) -> None:
    done = run("all", document, "--format", "concise")
    assert "they give 5,350 million USD" in done.out
    assert "with rounding 5,349.00–5,351.00 million USD; stated" in done.out
    assert "stated 5,449.50–5,450.50 million USD, 100 million USD off" in done.out
