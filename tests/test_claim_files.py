"""Claim files: what they mean, every fault with its place, and what must neither hang nor break."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from textwrap import dedent
from typing import Any

import jsonschema  # type: ignore[import-untyped, unused-ignore]
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.files import ClaimFile, check_codes, read_claim_file, read_claim_files
from crosscheck.claims.keys import CLAIM_KEYS, DOCUMENT_KEYS, ROOT_KEYS, key_trouble
from crosscheck.claims.model import MEASURES, MODALITIES, UNSTATED, WAYS_OF_KNOWING, Claim, Document, Knowledge
from crosscheck.figures.figure import CUT, ZEROS, Figure
from crosscheck.inputs.faults import Fault, InputFaults

CONTRACT = """
document:
  id: urumqi-2024-06-26
  path: documents/urumqi-2024-06-26.md
  title: Trade talks
  publisher: A ministry
  published: 2024-06-26
  sha256: 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08
  trust: given
  supersedes: [other-id]
defaults: {reference_area: KZ, counterpart_area: CN}
claims:
  - id: turnover-2023
    indicator: trade-turnover
    time_period: 2023
    figure: 31.5 billion USD
    at: {start: 2790, end: 2803, line: 21, column: 46, printed: "$31.5 billion"}
  - id: turnover-2023-growth
    indicator: trade-turnover
    measure: growth
    time_period: 2023
    base_period: 2022
    figure: 30.1 %
    known: {time_period: {how: carried, start: 2733, end: 2742}}
  - id: xinjiang-share
    indicator: trade-turnover
    measure: share
    counterpart_area: {value: CN-XJ, printed: CN, how: corrected, why: the meeting is with Xinjiang}
    whole: {counterpart_area: CN}
    time_period: 2023
    figure: 64 %
  - {id: assets, indicator: assets, entity: ACME, time_period: 2023-12-31,
     figure: {value: 10365132000, decimals: -3, unit: USD}}
"""


def file_of(folder: Path, text: str, name: str = "a.yaml") -> Path:
    """A file that holds the text, without what all its lines are indented by."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return path


def read(folder: Path, text: str) -> ClaimFile:
    """The claim file with that text."""
    return read_claim_file(file_of(folder, text))


def one(folder: Path, entry: str, before: str = "") -> Claim:
    figure = "" if "figure:" in entry else ", figure: 5 %"
    [claim] = read(folder, f"{before}\nclaims: [{{id: a, {entry}{figure}}}]").claims
    return claim


def faults_of(reading: Callable[[], object]) -> tuple[Fault, ...]:
    """The faults that a reading raises; it must raise some, soon, and none unreadable."""
    began = time.process_time()
    with pytest.raises(InputFaults) as caught:
        reading()
    assert time.process_time() - began < 2
    for fault in caught.value.faults:
        assert fault.message
        assert len(str(fault)) < 600 + len(fault.file)
        assert all(character.isprintable() for character in fault.message + (fault.hint or ""))
    return caught.value.faults


def faults(folder: Path, text: str) -> tuple[Fault, ...]:
    """The faults of a claim file with that text."""
    path = file_of(folder, text)
    return faults_of(lambda: read_claim_file(path))


def fault(folder: Path, entry: str, before: str = "") -> str:
    """The only fault of a claim as in `one`, with its hint."""
    figure = "" if "figure:" in entry else ", figure: 5 %"
    [only] = faults(folder, f"{before}\nclaims: [{{id: a, {entry}{figure}}}]")
    return f"{only.message} ({only.hint})"


# What a file means


def test_the_contract(tmp_path: Path) -> None:
    file = read(tmp_path, CONTRACT)
    document = file.document
    assert (document.id, document.path) == ("urumqi-2024-06-26", "documents/urumqi-2024-06-26.md")
    assert (document.title, document.publisher, str(document.published)) == ("Trade talks", "A ministry", "2024-06-26")
    assert (document.given, document.supersedes, document.claim_file) == (True, ("other-id",), file.path)
    assert document.sha256 == "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    turnover, growth, share, assets = file.claims
    assert turnover.id == "urumqi-2024-06-26#turnover-2023"
    assert turnover.document is document
    assert dict(turnover.dimensions) == {
        "indicator": "trade-turnover",
        "time_period": "2023",
        "reference_area": "KZ",
        "counterpart_area": "CN",
    }
    assert (turnover.measure, turnover.modality, turnover.weight) == ("level", "fact", Fraction(1))
    assert (turnover.how("indicator"), turnover.how("reference_area")) == ("explicit", "carried")
    place = turnover.place
    assert (place.start, place.end, place.line, place.column) == (2790, 2803, 21, 46)
    assert turnover.printed == "$31.5 billion"
    assert (growth.measure, growth.base_period, growth.how("base_period")) == ("growth", "2022", "explicit")
    assert growth.known["time_period"] == Knowledge("carried", 2733, 2742)
    assert (share.dimensions["counterpart_area"], share.whole) == ("CN-XJ", {"counterpart_area": "CN"})
    assert share.known["counterpart_area"] == Knowledge("corrected", None, None, "CN", "the meeting is with Xinjiang")
    assert share.printed_dimensions()["counterpart_area"] == "CN"
    assert assets.dimensions["reference_area"] == "ACME"
    assert assets.figure.loose == ()
    assert assets.figure.strict.low == 10365131500


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_the_byte_order_mark_do_not_matter(tmp_path: Path, change: Callable[[str], str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(change(CONTRACT.lstrip()).encode())
    assert read_claim_file(path) == read(tmp_path, CONTRACT)


def test_the_document_block_may_be_absent(tmp_path: Path) -> None:
    path = file_of(tmp_path, "claims: [{id: a, figure: 16}]", "bank notes.yaml")
    file = read_claim_file(path)
    assert file.document == Document("bank notes", claim_file=str(path))
    assert file.claims[0].id == "bank notes#a"
    assert read(tmp_path, "document: {title: Untitled}\nclaims: []").document.id == "a"


def test_defaults_and_how_they_are_known(tmp_path: Path) -> None:
    before = "defaults: {entity: ACME, time_period: 2023-Q1, source: unstated, measure: growth, modality: plan, team: red}"
    claim = one(tmp_path, "source: audit, known: {team: explicit}", before)
    assert claim.dimensions == {"reference_area": "ACME", "time_period": "2023-Q1", "source": "audit", "team": "red"}
    assert [claim.how(name) for name in ("reference_area", "time_period", "source", "team")] == [
        "carried",
        "carried",
        "explicit",
        "explicit",
    ]
    assert (claim.measure, claim.modality, claim.base_period) == ("growth", "plan", "2022-Q1")
    other = one(tmp_path, "reference_area: KZ, measure: level, modality: fact", before)
    assert (other.dimensions["reference_area"], other.measure, other.modality) == ("KZ", "level", "fact")
    assert other.how("source") == "unstated"


def test_none_leaves_a_default_out(tmp_path: Path) -> None:
    claim = one(tmp_path, "counterpart_area: none", "defaults: {reference_area: KZ, counterpart_area: CN}")
    assert claim.dimensions == {"reference_area": "KZ"}
    assert set(claim.known) == {"reference_area"}
    assert one(tmp_path, "time_period: none, team: _T", "defaults: {time_period: 2023}").dimensions == {}


@pytest.mark.parametrize(
    "name",
    [
        *("team", "city", "ware", "kind", "type", "month", "sector", "segment", "product", "venue", "player", "season"),
        *("category", "account", "room", "region", "country", "brand", "vat", "cat", "year", "area", "group", "vote"),
        *("line", "page", "item", "model", "class", "period", "route", "x", "name_2", "title", "party", "stage"),
    ],
)
def test_open_dimensions(tmp_path: Path, name: str) -> None:
    claim = one(tmp_path, f"{name}: gold, known: {{{name}: inferred}}")
    assert claim.dimensions == {name: "gold"}
    assert claim.how(name) == "inferred"


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("indicater", "indicator"),
        ("indikater", "indicator"),
        ("time_perod", "time_period"),
        ("figur", "figure"),
        ("figrue", "figure"),
        ("mesure", "measure"),
        ("modalty", "modality"),
        ("refrence_area", "reference_area"),
        ("wieght", "weight"),
        ("konwn", "known"),
        ("lst", "list"),
        ("notes", "note"),
        ("sources", "source"),
        ("basis_period", "base_period"),
        ("supress", "suppress"),
        ("entitiy", "entity"),
        ("Indicator", "indicator"),
        ("time-period", "time_period"),
    ],
)
def test_misspelt_keys(tmp_path: Path, typo: str, meant: str) -> None:
    [only] = faults(tmp_path, f"claims:\n  - id: a\n    figure: 16\n    {typo}: 2023\n")
    assert (only.line, only.column) == (4, 5)
    assert only.hint == f'did you mean "{meant}"?'


def test_a_misspelt_key_is_not_missed_as_well(tmp_path: Path) -> None:
    [only] = faults(tmp_path, "claims: [{id: a, figur: 16}]")
    assert only.hint == 'did you mean "figure"?'
    [only] = faults(tmp_path, "claims: [{ID: a, figure: 16}]")
    assert only.hint == 'did you mean "id"?'
    [only] = faults(tmp_path, "claim: [{id: a, figure: 16}]")
    assert only.hint == 'did you mean "claims"?'


def test_one_cause_is_one_fault(tmp_path: Path) -> None:
    assert "grwoth" in fault(
        tmp_path,
        "measure: grwoth, base_period: 2022, whole: {}, direction: unstated, "
        "known: {base_period: inferred, whole: carried}",
    )
    assert "indicater" in fault(tmp_path, "indicater: exports, known: {indicator: inferred}")
    assert "2023-13" in fault(tmp_path, "measure: growth, time_period: 2023-13, known: {base_period: inferred}")
    assert "soon" in fault(tmp_path, "measure: growth, base_period: soon, known: {base_period: inferred}")
    before = "defaults: {measure: speed, time_period: soon}"
    found = faults(tmp_path, f"{before}\nclaims: [{{id: a, figure: 5 %, base_period: 2022}}, {{id: b, figure: 5}}]")
    assert [(each.line, each.column) for each in found] == [(1, 21), (1, 41)]


@pytest.mark.parametrize("key", ["Ürün", "a b", "a.b", "9a", "_a", "", "~", "a" * 65, "=x", "x:y"])
def test_odd_keys(tmp_path: Path, key: str) -> None:
    assert "is not a key" in fault(tmp_path, f'"{key}": 1')


@pytest.mark.parametrize("key", ["unit", "value", "decimals", "collect"])
def test_keys_that_mean_something_elsewhere(tmp_path: Path, key: str) -> None:
    assert "cannot be a dimension" in fault(tmp_path, f"{key}: USD")


def test_keys_of_the_table_are_fine() -> None:
    assert [key for key in CLAIM_KEYS if key_trouble(key)] == []


def test_unstated_is_a_value(tmp_path: Path) -> None:
    claim = one(tmp_path, "source: unstated, time_period: unstated, team: _U")
    assert claim.dimensions == dict.fromkeys(("source", "time_period", "team"), UNSTATED)
    assert [claim.how(name) for name in claim.dimensions] == ["unstated"] * 3
    shown = one(tmp_path, "time_period: unstated, known: {time_period: {start: 5, end: 9, printed: lately}}")
    assert shown.known["time_period"] == Knowledge("unstated", 5, 9, "lately")


def test_how_a_dimension_is_known(tmp_path: Path) -> None:
    claim = one(
        tmp_path,
        "indicator: {value: exports, how: inferred, start: 3, end: 3}, product: {value: wheat, printed: grain}, "
        "time_period: {value: 2023-H1, why: under the date}, team: {value: unstated, why: no word of it}, "
        "source: customs, known: {source: inferred, entity: {how: carried, printed: 'the\n  firm'}}, entity: ACME",
    )
    assert claim.dimensions["time_period"] == "2023-S1"
    assert claim.known == {
        "indicator": Knowledge("inferred", 3, 3),
        "product": Knowledge("corrected", printed="grain"),
        "time_period": Knowledge("explicit", why="under the date"),
        "team": Knowledge("unstated", why="no word of it"),
        "source": Knowledge("inferred"),
        "reference_area": Knowledge("carried", printed="the firm"),
    }


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("known: {time_period: carried}", "does not have"),
        ("indicator: x, known: {indicater: carried}", 'did you mean "indicator"?'),
        ("known: {base_period: carried}", "does not have"),
        ("known: {whole: carried}", "does not have"),
        ("known: {measure: carried}", "does not have"),
        ("known: carried", "`known` is a mapping, not text"),
        ("known: [carried]", "`known` is a mapping, not a list"),
        ("team: x, known: {team: guessed}", "cannot be"),
        ("team: x, known: {team: infered}", 'did you mean "inferred"?'),
        ("team: x, known: {team: [inferred]}", "is text, not a list"),
        ("team: x, known: {team: unstated}", "`team: unstated`"),
        ("team: unstated, known: {team: explicit}", "unstated, so it cannot"),
        ("team: {value: unstated, how: carried}", "unstated, so it cannot"),
        ("team: {value: x, how: carried}, known: {team: carried}", "said twice"),
        ("entity: {value: x, how: carried}, known: {reference_area: carried}", "said twice"),
        ("team: {how: carried}", "needs a `value`"),
        ("team: {value: x, hwo: carried}", 'did you mean "how"?'),
        ("team: {value: [x]}", "is text, not a list"),
        ("team: [x, y]", "is text, not a list"),
        ("team: x, known: {team: {how: carried, from: 5}}", "unknown key"),
        ("team: x, known: {team: {start: 5}}", "without `end`"),
        ("team: x, known: {team: {start: 5, end: 4}}", "before"),
        ("team: x, known: {team: {start: -5, end: 4}}", "whole number"),
        ("team: ", "`team` is empty"),
        ("team: ''", "`team` is empty"),
        ('team: "a\\0b"', "control character"),
        ('team: "a\\nb"', "control character"),
        ("team: " + "x" * 201, "201 characters"),
        ("entity: a, reference_area: b", "another name"),
        ("entity: a, known: {entity: carried, reference_area: carried}", "said twice"),
        ("team: {value: none, printed: red}", "no value"),
        ("team: x, known: {x: carried}", "`x: unstated`"),
    ],
)
def test_faults_of_dimensions(tmp_path: Path, entry: str, words: str) -> None:
    assert words in fault(tmp_path, entry)


# Measures, periods, wholes


@pytest.mark.parametrize(
    ("entry", "base", "how"),
    [
        ("measure: growth, time_period: 2023", "2022", "inferred"),
        ("measure: change, time_period: 2023-Q1", "2022-Q1", "inferred"),
        ("measure: multiple, time_period: 2023-01/2023-04", "2022-01/2022-04", "inferred"),
        ("measure: growth, time_period: 2024-02-29", "2023-02-28", "inferred"),
        ("measure: growth, time_period: 2023, base_period: 2019", "2019", "explicit"),
        ("measure: growth, time_period: 2023, base_period: 2019-H1", "2019-S1", "explicit"),
        ("measure: growth, time_period: 2023, known: {base_period: explicit}", "2022", "explicit"),
        ("measure: growth, time_period: 2023, base_period: {value: 2021, printed: 2022}", "2021", "corrected"),
        ("measure: growth, time_period: 2023, base_period: unstated", None, "unstated"),
        ("measure: growth, time_period: unstated", None, "inferred"),
        ("measure: growth", None, "inferred"),
        ("measure: level, time_period: 2023", None, "explicit"),
    ],
)
def test_base_periods(tmp_path: Path, entry: str, base: str | None, how: str) -> None:
    claim = one(tmp_path, entry)
    assert (claim.base_period, claim.how("base_period")) == (base, how)


def test_a_base_period_by_default_is_for_comparisons_only(tmp_path: Path) -> None:
    before = "defaults: {base_period: 2020, time_period: 2023}"
    growth, level = one(tmp_path, "measure: growth", before), one(tmp_path, "measure: level", before)
    assert (growth.base_period, growth.how("base_period")) == ("2020", "carried")
    assert (level.base_period, "base_period" in level.known) == (None, False)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("base_period: 2022", "without a comparison"),
        ("measure: share, base_period: 2022", "without a comparison"),
        ("measure: growth, base_period: none", "has a base"),
        ("measure: growth, base_period: last year", "is no period"),
        ("measure: growth, time_period: 1000", "year before"),
        ("time_period: 2023-13", "months 01 to 12"),
        ("time_period: 2023-02-30", "calendar"),
        ("time_period: summer", "is no period"),
        ("time_period: 2023-05/2023-01", "ends before"),
        ("measure: grwoth", 'did you mean "growth"?'),
        ("measure: speed", "one of level, growth"),
        ("modality: fcat", 'did you mean "fact"?'),
        ("whole: {team: x}", "without a share"),
        ("measure: share, whole: CN", "is a mapping"),
        ("measure: share, whole: {measure: level}", "not a dimension"),
        ("measure: share, whole: {figure: 5}, figure: 5 %", "not a dimension"),
        ("measure: share, whole: {indicater: x}", 'did you mean "indicator"?'),
        ("measure: share, whole: {entity: x, reference_area: y}", "another name"),
        ("measure: share, whole: {time_period: soon}", "is no period"),
        ("measure: share, whole: {team: {value: x}}", "is text, not a mapping"),
        ("measure: share, whole: {}, known: {whole: unstated}", "is not unstated"),
        ("direction: unstated", "without a growth or change"),
        ("measure: growth, direction: up", "cannot be"),
    ],
)
def test_faults_of_measures(tmp_path: Path, entry: str, words: str) -> None:
    assert words in fault(tmp_path, entry)


def test_wholes(tmp_path: Path) -> None:
    assert one(tmp_path, "measure: share").whole is None
    assert one(tmp_path, "measure: share, whole: unstated").whole is None
    assert one(tmp_path, "measure: share, whole: {}").whole == {}
    claim = one(
        tmp_path,
        "measure: share, team: x, whole: {team: none, entity: ACME, time_period: 2023-H1, source: unstated}, "
        "known: {whole: inferred}",
    )
    assert claim.whole == {"team": None, "reference_area": "ACME", "time_period": "2023-S1", "source": UNSTATED}
    assert claim.how("whole") == "inferred"


def test_directions(tmp_path: Path) -> None:
    assert one(tmp_path, "measure: growth, direction: unstated").direction_unstated
    assert one(tmp_path, "measure: change, direction: unstated").direction_unstated
    assert not one(tmp_path, "measure: growth").direction_unstated


# Figures


def figure(folder: Path, entry: str, before: str = "") -> Figure:
    """The figure of a claim as in `one`."""
    return one(folder, entry, before).figure


@pytest.mark.parametrize("measure", MEASURES)
def test_plain_numbers_and_ratios_go_with_every_measure(tmp_path: Path, measure: str) -> None:
    assert figure(tmp_path, f"measure: {measure}, figure: 1.5").face == Fraction(3, 2)
    assert figure(tmp_path, f"measure: {measure}, figure: 15 %").face == Fraction(15, 100)


@pytest.mark.parametrize("measure", ["growth", "share", "multiple"])
@pytest.mark.parametrize(
    "text", ["5 USD", "5 t", '"5 {documents}"', "5 percent/year", "{value: 5, decimals: 0, unit: USD}"]
)
def test_growths_shares_and_multiples_are_ratios(tmp_path: Path, measure: str, text: str) -> None:
    assert f"a {measure} is" in fault(tmp_path, f"measure: {measure}, figure: {text}")


def test_units_of_changes(tmp_path: Path) -> None:
    assert figure(tmp_path, "measure: change, figure: 2 degC").face == 2
    assert figure(tmp_path, "measure: change, figure: {value: 2, decimals: 0, unit: degC}").face == 2
    assert figure(tmp_path, "measure: change, figure: 2 degC").any_reading.high == 3
    assert figure(tmp_path, "figure: 2 degC").face == Fraction("275.15")
    assert figure(tmp_path, "measure: change, figure: -5 million USD").face == -5_000_000


def test_counts_are_exact_in_levels(tmp_path: Path) -> None:
    assert figure(tmp_path, "figure: 16").counts
    assert figure(tmp_path, 'figure: "16 {documents}"').counts
    assert not figure(tmp_path, "measure: rate, figure: 16").counts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31.5 billion UDS", "unit"),
        ("31.5 bilion USD", "unit"),
        ("16 documents", "{documents}"),
        ("6.5000.000 USD", "malformed"),
        ("''", "is empty"),
        ("", "is empty"),
        ("[5, 6]", "is text, not a list"),
        ('"5\\0 USD"', "control character"),
        ("{value: 5}", "needs `decimals`"),
        ("{decimals: 5}", "needs `value`"),
        ("{value: 5, decimal: 5}", "unknown key"),
        ("{value: 5.25, decimals: 1}", "beyond its decimals"),
        ("{value: 5, decimals: 0, unit: UDS}", "unit"),
        ("{value: 5, decimals: 0, unit: {documents}}", 'quote the braces: "{documents}"'),
        ("{value: 5, decimals: 0, rounding: up}", "cannot be"),
        ("{value: [5], decimals: 0}", "is text, not a list"),
        ("{value: 5, decimals: 0, unit: [t]}", "is text, not a list"),
        ("1" + "0" * 300, "characters"),
    ],
)
def test_faults_of_figures(tmp_path: Path, text: str, words: str) -> None:
    found = faults(tmp_path, f"claims: [{{id: a, figure: {text}}}]")
    assert any(words in f"{each.message} {each.hint}" for each in found)


def test_declared_figures_point_at_the_key_at_fault(tmp_path: Path) -> None:
    for text, wrong in (
        ("value: 5.25, decimals: 1, unit: t", "5.25"),
        ("value: 5.25, decimals: x, unit: t", "x,"),
        ("value: 5.25, decimals: 2, unit: UDS", "UDS"),
        ("value: 5.25, decimals: 2, rounding: up", "up"),
    ):
        entry = f"claims: [{{id: a, figure: {{{text}}}}}]"
        [only] = faults(tmp_path, entry)
        assert only.column == entry.index(wrong) + 1


def test_declared_figures(tmp_path: Path) -> None:
    cut = figure(tmp_path, "figure: {value: 2.19, decimals: 2, unit: '{people}', rounding: truncate}")
    assert (cut.strict.low, cut.strict.high, cut.strict.high_closed) == (Fraction("2.19"), Fraction("2.2"), False)
    assert figure(tmp_path, "figure: {value: 16, decimals: INF}").strict.is_point


def names(figure: Figure) -> set[str]:
    """The loose readings of a figure."""
    return {reading.name for reading in figure.loose}


def test_house_style(tmp_path: Path) -> None:
    entry = "figure: '250,000 t'"
    assert names(figure(tmp_path, entry)) == {ZEROS, CUT}
    assert names(figure(tmp_path, f"{entry}, readings: {{cut: error}}")) == {ZEROS}
    assert names(figure(tmp_path, f"{entry}, readings: {{cut: error, zeros: exact}}")) == set()
    before = "document: {readings: {cut: error, zeros: exact}}"
    assert names(figure(tmp_path, entry, before)) == set()
    assert names(figure(tmp_path, f"{entry}, readings: {{cut: allow}}", before)) == {CUT}
    asked: list[str | None] = []

    def style(path: str | None) -> frozenset[str]:
        asked.append(path)
        return frozenset({CUT, ZEROS})

    text = f"document: {{path: releases/a.md, readings: {{zeros: allow}}}}\nclaims: [{{id: a, {entry}}}]"
    file = read_claim_file(file_of(tmp_path, text), house_style=style)
    assert (names(file.claims[0].figure), asked) == ({ZEROS}, ["releases/a.md"])


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("readings: {cut: exact}", "cannot be"),
        ("readings: {zero: exact}", 'did you mean "zeros"?'),
        ("readings: strict", "is a mapping"),
        ("readings: {cut: }", "is empty"),
    ],
)
def test_faults_of_readings(tmp_path: Path, entry: str, words: str) -> None:
    assert words in fault(tmp_path, entry)


# Places, weights, suppressions


def test_places(tmp_path: Path) -> None:
    claim = one(tmp_path, 'at: {page: 3, sheet: Sales, cell: B7, table: 1, row: 2, column: 4, printed: "31.5\\nbn"}')
    place = claim.place
    assert (place.page, place.sheet, place.cell, place.table, place.row, place.column) == (3, "Sales", "B7", 1, 2, 4)
    assert (place.start, place.end, place.line, place.printed) == (None, None, None, "31.5\nbn")
    assert one(tmp_path, "at: {start: 0, end: 0}").place.start == 0
    assert one(tmp_path, "figure: 7 %").printed == "7 %"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("at: 5", "is a mapping"),
        ("at: {start: 5, end: 4}", "before"),
        ("at: {start: 5}", "without `end`"),
        ("at: {end: 5}", "without `start`"),
        ("at: {line: 0}", "from 1 on"),
        ("at: {column: -1}", "from 1 on"),
        ("at: {page: 1.5}", "whole number"),
        ("at: {row: 1e3}", "whole number"),
        ("at: {lnie: 1}", 'did you mean "line"?'),
        ("at: {start: " + "9" * 99 + ", end: 1}", "whole number"),
        ("weight: 0", "positive"),
        ("weight: -1", "positive"),
        ("weight: much", "positive"),
        ("weight: 1/0", "positive"),
        ("weight: nan", "positive"),
        ("weight: 1e9", "positive"),
        ("weight: [1]", "is text"),
        ("suppress: {reason: old}", "needs the id of a `rule`"),
        ("suppress: {rule: x, reasn: old}", 'did you mean "reason"?'),
        ("suppress: {rule: x, expires: soon}", "not a date"),
        ("suppress: 'one, other'", "list several"),
        ("suppress: [[x]]", "is text, not a list"),
        ("note: [x]", "is text, not a list"),
        ("note: " + "x" * 10_001, "10,001 characters"),
        ("list: {complete: true}", "needs `of`"),
        ("list: total", "is a mapping"),
        ("list: {of: b, complete: yes}", "cannot be"),
        ("list: {off: b}", 'did you mean "of"?'),
    ],
)
def test_faults_of_the_rest(tmp_path: Path, entry: str, words: str) -> None:
    found = faults(tmp_path, f"claims: [{{id: a, figure: 5 %, {entry}}}, {{id: b, figure: 5}}]")
    assert any(words in f"{each.message} {each.hint}" for each in found)


@pytest.mark.parametrize(
    ("text", "weight"),
    [("2", Fraction(2)), ("0.5", Fraction(1, 2)), ("1/3", Fraction(1, 3)), ("inf", None), (".inf", None)],
)
def test_weights(tmp_path: Path, text: str, weight: Fraction | None) -> None:
    assert one(tmp_path, f"weight: {text}").weight == weight


def test_suppressions(tmp_path: Path) -> None:
    assert one(tmp_path, "suppress: same-figure").suppress == ("same-figure",)
    file = read(
        tmp_path,
        "claims: [{id: a, figure: 5, suppress: "
        "[one, {rule: other, reason: agreed, author: me, expires: 2027-01-31}, one]}]",
    )
    assert file.claims[0].suppress == ("one", "other")
    [_, other, _] = file.suppressions
    assert (other.claim, other.rule, other.reason, other.author, other.expires) == (
        "a#a",
        "other",
        "agreed",
        "me",
        "2027-01-31",
    )


def test_notes(tmp_path: Path) -> None:
    assert one(tmp_path, 'note: "two\\nlines"').note == "two\nlines"


# Documents


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("published: 2024-06", "write the full date"),
        ("published: 2024", "write the full date"),
        ("published: 2024-02-30", "not a date"),
        ("published: 0000-01-01", "not a date"),
        ("published: 20240626", "not a date"),
        ("published: yesterday", "not a date"),
        ("published: ", "is empty"),
        ("trust: gven", 'did you mean "given"?'),
        ("trust: none", "cannot be"),
        ("sha256: abc", "64 hexadecimal"),
        ("id: a#b", "cannot hold #"),
        ("id: [a]", "is text"),
        ("publishd: 2024-06-26", 'did you mean "published"?'),
        ("readings: {cut: no}", "cannot be"),
        ("supersedes: [[a]]", "is text"),
        ("supersedes: [a]", "cannot supersede itself"),
    ],
)
def test_faults_of_documents(tmp_path: Path, block: str, words: str) -> None:
    [only] = faults(tmp_path, f"document: {{{block}}}\nclaims: []")
    assert only.line == 1
    assert words in f"{only.message} {only.hint}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "a claim file is a mapping, not a list"),
        ("- {id: a}", "a claim file is a mapping, not a list"),
        ("just text", "a claim file is a mapping, not text"),
        ("---\n", "a claim file is a mapping, not nothing"),
        ("{}", "needs a list of `claims`"),
        ("document: {id: a}", "needs a list of `claims`"),
        ("claims:", "`claims` is a list, not nothing"),
        ("claims: {a: {figure: 5}}", "`claims` is a list, not a mapping"),
        ("claims: [5]", "a claim is a mapping, not text"),
        ("claims: [[]]", "a claim is a mapping, not a list"),
        ("claims: [{}]", "needs an `id`"),
        ("claims: [{id: a}]", "needs a `figure`"),
        ("claims: [{figure: 5}]", "needs an `id`"),
        ("claims: [{id: a b, figure: 5}]", "cannot be an `id`"),
        ("claims: [{id: a#b, figure: 5}]", "cannot be an `id`"),
        ("claims: [{id: -a, figure: 5}]", "cannot be an `id`"),
        ("claims: [{id: é, figure: 5}]", "cannot be an `id`"),
        ("claims: [{id: , figure: 5}]", "`id` is empty"),
        ("document: text\nclaims: []", "`document` is a mapping"),
        ("defaults: text\nclaims: []", "`defaults` is a mapping"),
        ("defaults: {figure: 5}\nclaims: []", "cannot be a default"),
        ("defaults: {id: 5}\nclaims: []", "cannot be a default"),
        ("defaults: {whole: {}}\nclaims: []", "cannot be a default"),
        ("defaults: {indicater: x}\nclaims: []", 'did you mean "indicator"?'),
        ("defaults: {entity: x, reference_area: y}\nclaims: []", "another name"),
        ("defaults: {time_period: soon}\nclaims: []", "is no period"),
        ("defaults: {measure: speed}\nclaims: []", "cannot be"),
        ("documents: {id: a}\nclaims: []", 'did you mean "document"?'),
        ("rules: []\nclaims: []", "unknown key"),
    ],
)
def test_faults_of_the_file(tmp_path: Path, text: str, words: str) -> None:
    found = faults(tmp_path, text)
    assert any(words in f"{each.message} {each.hint}" for each in found)


def test_duplicate_ids(tmp_path: Path) -> None:
    [only] = faults(tmp_path, "claims:\n  - {id: a, figure: 5}\n  - {id: b, figure: 5}\n  - {id: a, figure: 6}\n")
    assert (only.line, only.column, only.hint) == (4, 10, "first given on line 2")


# Several files


def folder_of(folder: Path, texts: dict[str, str]) -> list[str]:
    """The faults of the files in a folder, as text without the folder."""
    for name, text in texts.items():
        file_of(folder, text, name)
    return [str(each).replace(f"{folder}/", "") for each in faults_of(lambda: read_claim_files([folder]))]


def test_folders_are_read_recursively_and_sorted(tmp_path: Path) -> None:
    for name in ("b.yaml", "a/z.yml", "a/y.yaml", "c.txt", ".hidden/d.yaml", "a/UPPER.YAML"):
        file_of(tmp_path, "claims: []", name)
    files = read_claim_files([tmp_path])
    assert [file.document.id for file in files] == ["UPPER", "y", "z", "b"]
    again = read_claim_files([tmp_path / "b.yaml", tmp_path, tmp_path / "a" / ".." / "b.yaml"])
    assert [file.document.id for file in again] == ["b", "UPPER", "y", "z"]
    assert read_claim_files([tmp_path / "a" / "z.yml", tmp_path / "c.txt"])[1].document.id == "c"
    (tmp_path / "empty").mkdir()
    assert read_claim_files([tmp_path / "empty"]) == ()
    assert read_claim_files([]) == ()


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    [only] = faults_of(lambda: read_claim_files([tmp_path / "absent"]))
    assert "cannot be read" in only.message
    [odd] = faults_of(lambda: read_claim_files([Path("a\0b")]))
    assert "name of a file" in odd.message


def test_document_ids_are_unique_in_a_run(tmp_path: Path) -> None:
    texts = {"a.yaml": "document: {id: same}\nclaims: []", "b/same.yaml": "claims: []"}
    [only] = folder_of(tmp_path, texts)
    assert only.startswith('b/same.yaml:1:1: the document id "same" is taken')
    assert "a.yaml" in only


def test_lists_across_files(tmp_path: Path) -> None:
    file_of(tmp_path, "claims: [{id: total, figure: 16}, {id: x, figure: 6, list: {of: total, complete: true}}]", "a.yaml")
    file_of(tmp_path, "claims: [{id: y, figure: 5, list: {of: 'a#total'}}]", "b.yaml")
    a, b = read_claim_files([tmp_path])
    items = [claim.list_item for file in (a, b) for claim in file.claims]
    assert [(item.of, item.complete) if item else None for item in items] == [
        None,
        ("a#total", True),
        ("a#total", False),
    ]
    assert read_claim_file(tmp_path / "b.yaml").claims == b.claims  # what others hold is not looked at


def test_lists_of_nothing(tmp_path: Path) -> None:
    texts = {
        "a.yaml": "claims: [{id: total, figure: 16}, {id: x, figure: 6, list: {of: totl}}]",
        "b.yaml": "claims: [{id: y, figure: 5, list: {of: total}}, {id: z, figure: 5, list: {of: 'a#totall'}}]",
    }
    found = folder_of(tmp_path, texts)
    assert [each.split(": ")[0] for each in found] == ["a.yaml:1:65", "b.yaml:1:40", "b.yaml:1:79"]
    assert 'did you mean "a#total"?' in found[0]
    assert 'did you mean "a#total"?' in found[2]
    [alone] = faults_of(lambda: read_claim_file(tmp_path / "a.yaml"))
    assert "a#totl" in alone.message


def test_what_is_not_known_of_a_broken_file_is_not_held_against_others(tmp_path: Path) -> None:
    texts = {
        "a.yaml": "claims: [",
        "b.yaml": "document: {supersedes: a}\nclaims: [{id: y, figure: 5, list: {of: 'a#total'}}]",
        "c.yaml": "claims: [{id: total, figure: five apples}]",
        "d.yaml": "claims: [{id: y, figure: 5, list: {of: 'c#total'}}]",
    }
    assert [each.split(":")[0] for each in folder_of(tmp_path, texts)] == ["a.yaml", "c.yaml"]


def test_lists_that_contain_themselves(tmp_path: Path) -> None:
    [only] = faults(tmp_path, "claims: [{id: a, figure: 5, list: {of: a}}]")
    assert "contains itself: a#a → a#a" in only.message
    texts = {
        "a.yaml": "claims: [{id: a, figure: 5, list: {of: b}}, {id: b, figure: 5, list: {of: 'b#c'}}]",
        "b.yaml": "claims: [{id: c, figure: 5, list: {of: 'a#a'}}, {id: d, figure: 5, list: {of: c}}]",
    }
    [only_one] = folder_of(tmp_path, texts)
    assert "a#a → a#b → b#c → a#a" in only_one


def test_a_long_chain_of_lists_is_no_problem(tmp_path: Path) -> None:
    size = 3_000
    items = [f"- {{id: c{i}, figure: 5, list: {{of: c{(i + 1)}}}}}" for i in range(size)]
    file = read(tmp_path, "claims:\n" + "\n".join([*items, f"- {{id: c{size}, figure: 5}}"]))
    assert len(file.claims) == size + 1
    [only] = faults(tmp_path, "claims:\n" + "\n".join([*items, f"- {{id: c{size}, figure: 5, list: {{of: c0}}}}"]))
    assert "…" in only.message


def test_superseded_claims_leave_matching(tmp_path: Path) -> None:
    file_of(tmp_path, "document: {id: old}\nclaims: [{id: a, figure: 5}]", "1.yaml")
    file_of(tmp_path, "document: {id: new, supersedes: old}\nclaims: [{id: a, figure: 6}]", "2.yaml")
    old, new = read_claim_files([tmp_path])
    assert (old.claims, [claim.id for claim in old.history]) == ((), ["old#a"])
    assert ([claim.id for claim in new.claims], new.history) == (["new#a"], ())


def test_superseding_what_is_not_there_and_in_circles(tmp_path: Path) -> None:
    texts = {
        "a.yaml": "document: {supersedes: [b]}\nclaims: []",
        "b.yaml": "document: {supersedes: [c, nobody]}\nclaims: []",
        "c.yaml": "document: {supersedes: [a]}\nclaims: []",
        "d.yaml": "document: {supersedes: [a]}\nclaims: []",
    }
    found = folder_of(tmp_path, texts)
    assert len(found) == 2
    assert 'b.yaml:1:28: no document has the id "nobody"' in found[0]
    assert "c.yaml:1:25: documents that supersede one another: a → b → c → a" in found[1]


def test_the_faults_of_all_files_come_at_once_and_in_order(tmp_path: Path) -> None:
    texts = {
        "b.yaml": "claims: [{id: a, figure: five apples}]",
        "a.yaml": "claims: [{id: a, figur: 5}, {id: a, figure: 5}]",
        "c.yaml": "",
    }
    assert [each.split(": ")[0] for each in folder_of(tmp_path, texts)] == [
        "a.yaml:1:18",
        "a.yaml:1:34",
        "b.yaml:1:26",
        "c.yaml:1:1",
    ]


def test_ten_faults_of_one_file(tmp_path: Path) -> None:
    text = """
        document: {id: d, published: 2024-06, trust: most}
        defaults: {reference_area: KZ, figur: 5}
        claims:
          - id: a
            indicater: exports
            figure: 31.5 billion USD
          - id: a
            measure: grwoth
            figure: 5 %
          - id: b
            time_period: last year
            figure: 31.5 billion UDS
            at: {start: 9, end: 5}
            known: {team: carried}
        """
    found = faults(tmp_path, text)
    assert [(each.line, each.column) for each in found] == [
        (1, 30),
        (1, 46),
        (2, 32),
        (5, 5),
        (7, 9),
        (8, 14),
        (11, 18),
        (12, 13),
        (13, 25),
        (14, 13),
    ]
    assert all(each.hint for each in found if each.line not in (13,))
    assert all(each.file == str(tmp_path / "a.yaml") for each in found)


# Codes


def test_codes_that_look_like_iso_are_looked_up(tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        """
        defaults: {reference_area: KZ, counterpart_area: QQ}
        claims:
          - {id: a, figure: 5, counterpart_area: CN-XJ}
          - {id: b, figure: 5, counterpart_area: CN-XK, indicator: QQ}
          - {id: c, figure: 5 %, measure: share, whole: {reference_area: ZZ}}
          - {id: d, figure: 5, entity: GE, counterpart_area: The Moon, team: XX}
          - {id: e, figure: 5, reference_area: {value: XY, printed: KZ}}
          - {id: f, figure: 5, reference_area: KAZAKHSTAN, counterpart_area: ABC}
        """,
    )
    files = read_claim_files([tmp_path])
    found = check_codes(files, load_codelists([]))
    lines = path.read_text(encoding="utf-8").splitlines()
    places = [(line, lines[line - 1].index(code) + 1) for line, code in ((1, "QQ"), (4, "CN-XK"), (5, "ZZ"), (7, "XY"))]
    assert [(each.line, each.column) for each in found] == places
    assert found[1].hint == 'did you mean "CN-XJ"?'
    assert check_codes((), load_codelists([])) == ()


# Robustness


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"# nothing here\n", "empty"),
        (b"\0\1\2\3", "binary"),
        (bytes(range(256)) * 40, "binary"),
        ("claims: [{id: a, figure: 5, team: команда}]".encode("cp1251"), "UTF-8"),
        ("claims: []".encode("utf-16"), "UTF-8"),
        (b"claims: [{id: a, figure: 5\0}]", "binary"),
        (b'claims: [{id: a, figure: "5\\0"}]', "control character"),
        (b'claims: [{id: "a\\0", figure: 5}]', "control character"),
        (b'claims: [{id: a, figure: 5, "te\\0am": x}]', "not a key"),
        (b"claims: &c [*c]", "aliases"),
        (b"claims: [{id: a, figure: 5, [x]: 1}]", "a key must be text"),
        (b"claims: [{id: a, figure: 5, ? {x: y} : 1}]", "a key must be text"),
        (b"claims: [{id: a, figure: " + b"9" * 10_000_000 + b"}]", "10,000,000 characters"),
        (b"claims: [{id: a, figure: 5, note: " + b"9" * 10_000_000 + b"}]", "10,000,000 characters"),
        (b"claims: " + b"[" * 10_000 + b"]" * 10_000, "deep"),
        (b"claims: [{id: a, figure: 5, team: " + b"{value: " * 10_000, "deep"),
        (b"claims: [{id: a, figure: 5, known: {team: {how: {how: {how: x}}}}, team: x}]", "is text, not a mapping"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nclaims: *c\n", "aliases"),
        (b"claims: [{id: a, figure: " + b"(" * 190 + b"}]", "not a number"),
        (b"claims: [{id: a, figure: 1/" + b"9" * 180 + b"?}]", "figure"),
    ],
)  # fmt: skip
def test_what_must_be_a_clear_fault(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(data)
    found = faults_of(lambda: read_claim_file(path))
    assert any(words in f"{each.message} {each.hint}" for each in found)
    assert faults_of(lambda: read_claim_files([tmp_path])) == found


def test_a_file_of_50_mb(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(50_000_000)
    [only] = faults_of(lambda: read_claim_files([tmp_path]))
    assert "50,000,000 bytes" in only.message


def claims_text(size: int) -> str:
    """A file of many claims such as people write."""
    head = "document: {id: d, path: d.md, published: 2024-06-26}\ndefaults: {reference_area: KZ}\nclaims:\n"
    entry = (
        "  - id: c{0}\n    indicator: trade-turnover\n    product: p{0}\n    measure: growth\n"
        "    time_period: {1}-01/{1}-04\n    base_period: 2001\n    figure: {2}.{3} %\n"
        '    at: {{start: {0}, end: {0}, line: {3}, column: 1, printed: "{2}.{3}%"}}\n'
        "    known: {{time_period: {{how: carried, start: 5, end: 9}}}}\n"
    )
    return head + "".join(entry.format(i, 2002 + i % 20, i, 1 + i % 9) for i in range(size))


def test_ten_thousand_claims_take_seconds(tmp_path: Path) -> None:
    path = file_of(tmp_path, claims_text(10_000))
    began = time.process_time()
    assert len(read_claim_file(path).claims) == 10_000
    assert time.process_time() - began < 15


def test_ten_thousand_faults_take_seconds(tmp_path: Path) -> None:
    text = (
        claims_text(10_000).replace("indicator:", "indicater:").replace("    known", "    list: {of: none-such}\n    known")
    )
    path = file_of(tmp_path, text)
    began = time.process_time()
    with pytest.raises(InputFaults) as caught:
        read_claim_file(path)
    assert len(caught.value.faults) == 20_000
    assert time.process_time() - began < 30


SNIPPETS = (
    *("claims", "document", "defaults", "id", "figure", "known", "at", "list", "of", "whole", "measure", "share"),
    *("growth", "time_period", "base_period", "2023", "unstated", "none", "value", "how", "carried", "5 %", "-1"),
    *("readings", "cut", "error", "suppress", "rule", "weight", "inf", "start", "end", "entity", "team", "\0", ""),
)


def trees() -> st.SearchStrategy[Any]:
    """Trees of the words of claim files, in any order."""
    texts = st.sampled_from(SNIPPETS)
    return st.recursive(
        texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=5), max_leaves=25
    )


@given(trees(), st.booleans())
def test_any_tree_is_claims_or_faults(tmp_path_factory: pytest.TempPathFactory, tree: Any, as_claim: bool) -> None:
    if as_claim:
        tree = {"claims": [{"id": "a", "figure": "5 %", **(tree if isinstance(tree, dict) else {"team": tree})}]}
    path = tmp_path_factory.getbasetemp() / "tree.yaml"
    path.write_text(json.dumps(tree), encoding="utf-8")
    try:
        read_claim_file(path)
    except InputFaults as error:
        found: Sequence[Fault] = error.faults
    else:
        found = ()
    assert all(each.line == 1 and each.column for each in found)


# The schema


class TextsAndNumbers(yaml.SafeLoader):
    """YAML as an editor reads it: dates are texts."""


TextsAndNumbers.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "bool", "merge"))]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
TextsAndNumbers.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    from crosscheck.claims.schema import claim_file_schema

    return claim_file_schema()


def valid(schema: dict[str, Any], text: str) -> bool:
    """Whether an editor would find nothing wrong with the text."""
    tree = yaml.load(text, Loader=TextsAndNumbers)  # a SafeLoader
    return not list(jsonschema.Draft202012Validator(schema).iter_errors(tree))


def test_the_schema_takes_what_is_right_and_refuses_what_is_not(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert valid(schema, CONTRACT)
    assert valid(schema, "claims: [{id: a, figure: 16, team: red, list: {of: b, complete: true}, weight: inf}]")
    assert valid(schema, "claims: [{id: a, figure: 16, suppress: [x, {rule: y, reason: z}], known: {team: carried}}]")
    for wrong in (
        "claims: [{id: a}]",
        "claims: [{id: a, figure: 16, Team: red}]",
        "claims: [{id: a, figure: 16, unit: USD}]",
        "claims: [{id: a, figure: 16, measure: speed}]",
        "claims: [{id: a, figure: 16, at: {line: 0}}]",
        "claims: [{id: a, figure: 16, entity: x, reference_area: y}]",
        "claims: [{id: a, figure: {value: 5}}]",
        "document: {published: 2024-06}\nclaims: []",
        "rules: []\nclaims: []",
        "[]",
    ):
        assert not valid(schema, wrong), wrong


def test_the_schema_has_the_keys_that_are_read(schema: dict[str, Any]) -> None:
    definitions = schema["$defs"]
    assert set(schema["properties"]) == set(ROOT_KEYS)
    assert set(definitions["DocumentBlock"]["properties"]) == set(DOCUMENT_KEYS)
    entry = definitions["ClaimEntry"]["properties"]
    assert set(entry) == set(CLAIM_KEYS)
    assert entry["measure"]["enum"] == list(MEASURES)
    assert entry["modality"]["enum"] == list(MODALITIES)
    assert definitions["SpanOfWords"]["properties"]["how"]["enum"] == list(WAYS_OF_KNOWING)
    assert all("description" in each for each in (*entry.values(), *schema["properties"].values()))


def test_reading_claims_loads_nothing_heavy() -> None:
    program = "import sys, crosscheck.claims.files; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert {"pydantic", "pint", "pycountry"} & set(run.stdout.split()) == set()


def test_the_claim_files_of_the_project_are_right(schema: dict[str, Any]) -> None:
    folder = Path(__file__).resolve().parents[1] / "claims"
    for path in sorted(folder.rglob("*.yaml")):
        assert valid(schema, path.read_text(encoding="utf-8")), path
    read_claim_files([folder])
