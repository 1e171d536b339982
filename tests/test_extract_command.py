"""Reading documents from the command line: claims, their JSON and their files, and runs that read in memory."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import jsonschema
import pytest
from commands import FINDINGS, INPUT, OK, STRICT, run, write
from hypothesis import given
from hypothesis import strategies as st
from plain_reader import repository

from crosscheck.checking.noticed import NOTICED, OBSERVED
from crosscheck.claims.files import read_claim_text
from crosscheck.claims.model import CARRIED, EXPLICIT, INFERRED, MODALITIES, NOT_STATED, UNSTATED, Document, Place
from crosscheck.extraction import reading
from crosscheck.extraction.claim_files.claims import claims_of
from crosscheck.extraction.claim_files.text import file_text, named_fields
from crosscheck.extraction.model import Extract, Known, Statement
from crosscheck.extraction.readers.reading import SUFFIXES
from crosscheck.extraction.source import Source
from crosscheck.project.read import DOCUMENT_SUFFIXES
from crosscheck.reports.schema import extract_schema, output_schema

WORDS = st.sampled_from(
    [
        "exports",
        "imports of 'steel', pipes",
        'net "profit"',
        "выручка",
        "a: b",
        "# 1",
        "null",
        "x\u00a0y",
        "- z",
        "none",
        "",
    ]
)
AREAS = st.sampled_from(["KZ", "CN", "CN-XJ", "ACME {Group}", UNSTATED])
PERIODS = st.sampled_from(["2023", "2023-S1", "2023-01/2023-04", "2023-12-31", "FY2023", "no period", UNSTATED])
FIGURES = {
    "level": ["31.5 billion USD", "16 {documents}", "almost 1,800 km", "$24bn", "over 40 %", "(28.3) %", "half", "12"],
    "growth": ["30.1 %", "-5.2 %", "+12.6 %", "over 10 percentage_point", "5 billion USD"],
    "change": ["-0.3 percentage_point", "1.2 billion USD", "no number"],
    "share": ["almost 1/2", "64 %", "two thirds"],
    "multiple": ["3 times", "tripled"],
    "rate": ["5.1 %"],
}


def known(values: st.SearchStrategy[str]) -> st.SearchStrategy[Known]:
    """A value with how it is known, with or without a span."""
    spans = st.one_of(st.none(), st.tuples(st.integers(0, 400), st.integers(0, 40)))
    return st.builds(
        lambda value, how, span: Known(value, how, *((span[0], sum(span)) if span else (None, None))),
        values,
        st.sampled_from([EXPLICIT, CARRIED, INFERRED, NOT_STATED]),
        spans,
    )


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """A statement of any kind, some of which no claim file could hold."""
    measure = draw(st.sampled_from(sorted(FIGURES)))
    dimensions = {}
    for name, values in (
        ("indicator", WORDS),
        ("reference_area", AREAS),
        ("counterpart_area", AREAS),
        ("time_period", PERIODS),
        ("product", WORDS),
    ):
        found = draw(st.one_of(st.none(), known(values)))
        if found is not None:
            dimensions[name] = found
    start = draw(st.integers(0, 500))
    text = draw(st.sampled_from(FIGURES[measure]))
    cell = draw(st.booleans())
    value = draw(st.integers(-(10**12), 10**12))
    decimals = draw(st.sampled_from([None, None, 0, 2]))
    place = Place(row=3, table=1, cell="B3", printed=text) if cell else Place(start, start + 5, 2, 7, printed=text + " \n")
    return Statement(
        start,
        start + 5,
        text,
        Fraction(value, 100) if decimals == 2 else Fraction(value),
        draw(st.sampled_from(["USD", "percent", ""])),
        measure,
        dimensions,
        place,
        base_period=draw(st.one_of(st.none(), known(PERIODS))),
        whole=draw(st.sampled_from([None, {}, {"counterpart_area": "CN"}, {"product": None, "time_period": UNSTATED}])),
        modality=draw(st.sampled_from(MODALITIES)),
        direction_unstated=draw(st.booleans()),
        list_of=draw(st.sampled_from([None, None, 0, 1, 2])),
        decimals=decimals,
    )


TITLES = st.sampled_from([None, "Plain title", 'Odd: "title" #1', "- x", "Überschrift – 2024", "{a}"])


@given(st.lists(statements(), max_size=8), TITLES)
def test_what_is_written_loads_to_the_claims_that_were_read(found: list[Statement], title: str | None) -> None:
    document = Document("a", "a.md", title, "Someone's", datetime.date(2024, 1, 2), "0" * 64)
    made = claims_of(Extract(Source("a.md", ""), tuple(found)), document)
    assert len(made.claims) + len(made.unresolved) == len(found)
    text = file_text(document, named_fields(made.claims, made.texts))
    loaded = read_claim_text(text, Path("a.yaml"))
    assert replace(loaded.document, claim_file=None) == document
    assert tuple(replace(claim, document=document) for claim in loaded.claims) == made.claims


# --- the command, and runs that read in memory ------------------------------------------------------------------------

ARTICLE = """\
A report

Exports of KZ in 2023 were 14.7 billion USD. Exports of KZ in 2022 were 13 billion USD.

Exports of KZ in 2023 were up 22.6 %. It took two years. Something about 15 things.
Imports of KZ were almost 3 million t.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one document, read by the plain reader."""
    return repository(tmp_path, monkeypatch, ARTICLE)


def report(*arguments: str, code: int = OK, err: str = "") -> dict[str, Any]:
    """The JSON document that a command prints."""
    ran = run(*arguments, "--format", "json", stdin=ARTICLE)
    assert (ran.code, ran.err) == (code, err)
    return cast(dict[str, Any], json.loads(ran.out))


def test_json_of_a_document(folder: Path) -> None:
    found = report("extract", "documents/a.md")
    jsonschema.validate(found, extract_schema())
    (document,) = found["documents"]
    assert (document["path"], document["published"]) == ("documents/a.md", None)
    first, _, growth, undated = document["claims"]
    assert ARTICLE[first["start"] : first["end"]] == first["printed"] == "14.7 billion USD"
    assert (first["value"], first["unit"], first["measure"], first["qualifier"]) == ("14700000000", "USD", "level", None)
    assert (first["indicator"], first["reference_area"], first["counterpart_area"]) == ("exports", "KZ", None)
    assert first["known"] == {"indicator": "explicit", "reference_area": "carried", "time_period": "explicit"}
    assert (growth["value"], growth["unit"], growth["base_period"]) == ("22.6", "percent", "2022")
    assert growth["known"]["base_period"] == "inferred"
    assert (undated["time_period"], undated["known"]["time_period"], undated["qualifier"]) == ("_U", "unstated", "almost")
    assert document["unresolved"] == [
        {"start": 172, "end": 174, "line": 5, "column": 74, "printed": "15", "reason": "what is counted is not known"}
    ]
    assert [(one["rule"], one["id"], one["line"]) for one in found["reading"]] == [("reading/bare-number", None, 5)]


def test_documents_of_a_configuration_and_standard_input(folder: Path) -> None:
    assert [one["path"] for one in report("extract")["documents"]] == ["documents/a.md"]
    (document,) = report("extract", "-", "--published", "2024-05-06")["documents"]
    assert (document["path"], document["published"], len(document["claims"])) == ("-", "2024-05-06", 4)
    ran = run("extract", "--write", "-")
    assert (ran.code, ran.out) == (INPUT, "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["extract", "absent.md"], "no such file"),
        (["extract", "documents/a.md", "--format", "yml"], 'did you mean "yaml"?'),
        (["extract", "documents/a.md", "--published", "soon"], "write YYYY-MM-DD"),
        (["extract", "documents/a.md", "--gold", "absent.json"], "absent.json"),
        (["extract", "empty"], "no documents to read"),
        (["extract", "documents/a.doc"], "save it as DOCX"),
        (["review", "-"], "cannot be reviewed"),
        (["review", "absent.md"], "no such file"),
    ],
)
def test_what_cannot_be_understood_is_2(folder: Path, arguments: list[str], words: str) -> None:
    (folder / "empty").mkdir()
    write(folder, {"documents/a.doc": "text"})
    ran = run(*arguments)
    assert ran.code == INPUT
    assert words in " ".join(ran.err.split())


def test_yaml_is_the_claim_file_that_is_written(folder: Path) -> None:
    ran = run("extract", "documents/a.md", "--format", "yaml")
    done = run("extract", "--write")
    assert (done.code, done.err) == (OK, "")
    assert done.out == "claims/a.yaml: written, 4 figures, 1 not understood\n"
    assert (folder / "claims/a.yaml").read_text(encoding="utf-8") == ran.out
    assert not list(folder.rglob("*.tmp"))
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    assert run("extract", "--write").out == "claims/a.yaml: up to date\n"
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()} == before
    assert run("extract", "--write", "--again").out == "claims/a.yaml: nothing changed, 1 not understood\n"
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.yaml")} == {
        path: time for path, time in before.items() if path.suffix == ".yaml"
    }


def test_a_changed_document_is_merged_and_conflicts_are_1(folder: Path) -> None:
    run("extract", "--write")
    claims = folder / "claims/a.yaml"
    edited = claims.read_text(encoding="utf-8").replace("time_period: 2022\n", "time_period: 2021  # see the annex\n")
    claims.write_text(edited, encoding="utf-8")
    write(folder, {"documents/a.md": "Moved.\n" + ARTICLE.replace("in 2022", "in 2020")})
    ran = run("extract", "--write")
    assert ran.code == FINDINGS
    assert ran.err == "claims/a.yaml:16: conflict: exports-kz-2022: time_period stays 2021; read now: 2020\n"
    assert ran.out == "claims/a.yaml: brought up to date: 1 edit of yours kept, 1 not understood\n"
    text = claims.read_text(encoding="utf-8")
    assert text.splitlines()[15] == "    time_period: 2021  # see the annex"
    assert run("extract", "--write", "--again").code == OK
    assert claims.read_text(encoding="utf-8") == text


def test_documents_outside_of_the_project_keep_their_claims_beside_them(folder: Path, tmp_path_factory: Any) -> None:
    other = tmp_path_factory.mktemp("other")
    write(other, {"b.md": ARTICLE})
    assert run("extract", str(other / "b.md"), "--write").code == OK
    assert "path: ../b.md" in (other / "claims/b.yaml").read_text(encoding="utf-8")
    assert "up to date" in run("extract", str(other / "b.md"), "--write").out
    write(folder, {"documents/sub/a.md": ARTICLE})
    assert run("extract", "--write").code == OK
    assert {path.name for path in (folder / "claims").glob("*.yaml")} == {"a.yaml", "sub-a.yaml"}


def test_all_reads_documents_in_memory(folder: Path) -> None:
    figures = {"found": 6, "checked": 3, "alone": 1, "no_statistic": 1, "unresolved": 1}
    for arguments in (["documents/a.md"], ["documents"], [], ["-"]):
        found = report("all", *arguments, code=FINDINGS)
        jsonschema.validate(found, output_schema())
        (contradiction,) = [check for check in found["checks"] if check["verdict"] == "contradiction"]
        assert contradiction["rule"] == "growth-not-matching-levels"
        assert found["summary"]["figures"] | figures == found["summary"]["figures"]
        assert [one["rule"] for one in found["reading"]] == ["reading/bare-number"]
        assert found["summary"]["documents"] == 1
    assert not (folder / "claims").exists()
    full = run("all", "documents/a.md", "-v").out
    assert "note[reading/bare-number]: 15 is bare" in full
    assert "5 │ Exports of KZ in 2023 were up 22.6 %. It took two years. Something about 15 things.\n" in full
    concise = run("all", "documents/a.md", "-v", "--format", "concise").out
    assert "documents/a.md:5:74: note: 15 is bare [reading/bare-number]" in concise
    for selection in (["--ignore", "reading/"], ["--select", "growth"]):
        assert report("all", "documents/a.md", *selection, code=FINDINGS)["reading"] == []
    only = report("all", "documents/a.md", "--select", "reading/bare-number")
    assert [one["rule"] for one in only["reading"]] == ["reading/bare-number"]
    assert run("all", "documents/a.md", "--ignore", "reading/no-date", "--fail-on", "never").code == OK


def test_suffixes_of_documents_are_those_that_readers_know() -> None:
    assert set(DOCUMENT_SUFFIXES) == set(SUFFIXES)


def test_what_all_found_can_be_explained(folder: Path) -> None:
    for arguments in ([], ["documents/a.md"]):
        found = report("all", *arguments, code=FINDINGS)
        (check,) = [check for check in found["checks"] if check["verdict"] == "contradiction"]
        for name in (check["id"], "a#exports-kz-2023-growth", "documents/a.md:5:31", "reading/bare-number"):
            ran = run("explain", name, *arguments)
            assert (ran.code, ran.err) == (OK, "")
    assert "documents/a.md:5:74" in run("explain", "reading/bare-number", "documents/a.md").out


def test_findings_of_reading_are_known_to_select_and_ignore() -> None:
    package = Path(reading.__file__).parent
    told = {name for path in package.rglob("*.py") for name in re.findall(r'"(reading/[a-z-]+)"', path.read_text("utf-8"))}
    assert told
    assert told <= {*NOTICED, *OBSERVED}


def test_all_uses_claims_as_long_as_the_document_is_the_same(folder: Path) -> None:
    first = report("all", code=FINDINGS)
    run("extract", "--write")
    second = report("all", code=FINDINGS)
    assert second["summary"] == first["summary"]
    assert second["reading"] == first["reading"]
    claims = folder / "claims/a.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace("figure: 22.6 %", "figure: 13.1 %"), encoding="utf-8")
    assert report("all")["summary"]["errors"] == 0
    write(folder, {"documents/a.md": "Moved.\n" + ARTICLE})
    words = (
        "crosscheck: documents/a.md changed since its claims were written in claims/a.yaml: it was read afresh, with "
        "1 edit of yours; `crosscheck extract --write` brings the file up to date\n"
    )
    third = report("all", err=words)
    assert third["summary"] == report("all", "documents", err=words)["summary"]
    assert {claim["line"] for check in third["checks"] for claim in check["claims"]} == {4, 6}
    ran = run("all", "--frozen")
    assert (ran.code, ran.err) == (
        STRICT,
        "crosscheck: documents/a.md changed since its claims were written in claims/a.yaml\n",
    )
    assert run("all", "--strict=stale-claims").code == STRICT
    assert claims.read_text(encoding="utf-8").count("line: 3") == 2  # nothing is written


def test_documents_to_compare_with_are_given(folder: Path) -> None:
    write(folder, {"old.md": "Exports of KZ in 2022 were 11 billion USD.\n"})
    write(folder, {"new.md": "Exports of KZ in 2023 were 12 billion USD.\nExports of KZ in 2023 were up 50 %.\n"})
    found = report("all", "new.md", "--against", "old.md")
    (check,) = [check for check in found["checks"] if check["verdict"] == "contradiction"]
    assert {claim["document"] for claim in check["claims"]} == {"new", "old"}
    assert found["summary"]["figures"]["found"] == 2
    alone = report("all", "new.md")["checks"]
    assert [one["verdict"] for one in alone if one["rule"] == check["rule"]] == ["unverifiable"]


def test_a_finding_of_reading_is_suppressed_on_its_claim(folder: Path) -> None:
    write(folder, {"documents/a.md": "Exports of KZ in 2023 were 3 {sic}.\n"})
    assert [one["rule"] for one in report("all", "--select", "reading")["reading"]] == ["reading/odd"]
    run("extract", "--write")
    assert [one["suppressed"] for one in report("all", "--select", "reading")["reading"]] == [None]
    claims = folder / "claims/a.yaml"
    claims.write_text(claims.read_text(encoding="utf-8") + "    suppress: reading/odd\n", encoding="utf-8")
    found = report("all", "--select", "reading")
    assert [one["suppressed"] for one in found["reading"]] == ["a#exports-kz-2023"]
    assert (found["summary"]["warnings"], found["summary"]["suppressed"]) == (0, 1)
    write(folder, {"documents/a.md": "Moved.\nExports of KZ in 2023 were 3 {sic}.\n"})
    run("extract", "--write")
    assert [one["suppressed"] for one in report("all", "--select", "reading")["reading"]] == ["a#exports-kz-2023"]


def test_documents_of_other_kinds_are_told(folder: Path) -> None:
    write(folder, {"documents/b.rtf": "text", "documents/c.png": "picture"})
    words = "crosscheck: documents/b.rtf: Rich Text cannot be read, so its figures were not checked; "
    for arguments in ([], ["documents"]):
        assert run("all", *arguments, "--fail-on", "never").err == words + "save it as DOCX, HTML or text\n"


def test_a_figure_that_a_person_took_out_is_no_statistic(folder: Path) -> None:
    run("extract", "--write")
    claims = folder / "claims/a.yaml"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text[: text.index("\n  - id: imports")], encoding="utf-8")
    figures = report("all", code=FINDINGS)["summary"]["figures"]
    assert (figures["found"], figures["no_statistic"]) == (6, 2)
    write(folder, {"documents/a.md": "Moved.\n" + ARTICLE})
    assert run("extract", "--write").out == ("claims/a.yaml: brought up to date: 1 edit of yours kept, 1 not understood\n")
    assert "imports" not in claims.read_text(encoding="utf-8")


def test_documents_that_cannot_be_read_are_told_together(folder: Path) -> None:
    write(folder, {"documents/b.pdf": "%PDF-1.7 broken", "documents/c.md": ""})
    ran = run("all")
    assert ran.code == INPUT
    assert "documents/b.pdf: error: " in ran.err
    assert "documents/c.md: error: the file is empty" in ran.err
