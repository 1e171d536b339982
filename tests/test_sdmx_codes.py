"""Code lists of SDMX: read as XML and JSON, with parents, for the dimensions that use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import FINDINGS, INPUT, run, write

from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.sdmx_codes import SdmxCode, read_structure
from crosscheck.inputs.faults import InputFaults

XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<mes:Structure xmlns:mes="m" xmlns:str="s" xmlns:com="c"><mes:Structures><str:Codelists>
  <str:Codelist id="CL_ACTIVITY" agencyID="OFFICE" version="1.0"><com:Name xml:lang="en">Activity</com:Name>
    <str:Code id="_T"><com:Name xml:lang="en">Total</com:Name></str:Code>
    <str:Code id="C"><com:Name xml:lang="fr">Industrie</com:Name><com:Name xml:lang="en">Manufacturing</com:Name></str:Code>
    <str:Code id="C10"><com:Name xml:lang="en">Food</com:Name>{parent}</str:Code>
    <str:Code id="C11"><com:Name xml:lang="en">Other</com:Name></str:Code>
    <str:Code id="C12"><com:Name xml:lang="en">Other</com:Name></str:Code>
  </str:Codelist></str:Codelists>
  <str:DataStructures><str:Dimension id="ECONOMIC_ACTIVITY"><str:LocalRepresentation><str:Enumeration>
  {use}</str:Enumeration></str:LocalRepresentation></str:Dimension></str:DataStructures></mes:Structures></mes:Structure>
"""
EXPECTED = (
    SdmxCode("C", "Manufacturing", None),
    SdmxCode("C10", "Food", "C"),
    SdmxCode("C11", "C11", None),
    SdmxCode("C12", "C12", None),
)
URN = "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=OFFICE:CL_ACTIVITY(1.0)"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository to work in."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("parent", "use"),
    [
        ('<str:Parent><Ref id="C"/></str:Parent>', '<Ref id="CL_ACTIVITY" class="Codelist"/>'),  # 2.1
        ("<str:Parent>C</str:Parent>", URN),  # 3.0
    ],
)
def test_xml(folder: Path, parent: str, use: str) -> None:
    write(folder, {"a.xml": XML.format(parent=parent, use=use)})
    (found,) = read_structure(folder / "a.xml")
    assert (found.id, found.dimensions, found.codes) == ("CL_ACTIVITY", ("economic_activity",), EXPECTED)


def structure(**more: object) -> str:
    codes = [{"id": "_T", "name": "Total"}, {"id": "C", "names": {"fr": "Industrie", "en": "Manufacturing"}}]
    codes += [{"id": "C10", "name": "Food", "parent": "C"}, {"id": "C11", "name": "Other"}, {"id": "C12", "name": "Other"}]
    return json.dumps({"data": {"codelists": [{"id": "CL_ACTIVITY", "codes": codes}], **more}})


def test_json(folder: Path) -> None:
    dimension = {"id": "ACTIVITY", "localRepresentation": {"enumeration": URN}}
    components = {"dimensionList": {"dimensions": [dimension, {"id": "SEX"}]}}
    write(folder, {"a.json": structure(dataStructures=[{"dataStructureComponents": components}])})
    (found,) = read_structure(folder / "a.json")
    assert (found.dimensions, found.codes) == (("activity",), EXPECTED)
    write(folder, {"b.json": structure()})
    assert read_structure(folder / "b.json")[0].dimensions == ("activity",)


def test_areas_are_for_both_area_dimensions_and_join_what_is_known(folder: Path) -> None:
    codes = [{"id": "KZ", "name": "Republic of Kazakhstan"}, {"id": "A7", "name": "Central Asia region"}]
    codes += [{"id": "W9", "name": "Oasis", "parent": "A7"}]
    write(folder, {"a.json": json.dumps({"data": {"codelists": [{"id": "CL_AREA", "codes": codes}]}})})
    lists = load_codelists([Path(__file__).parents[1] / "codelists/areas.yaml", folder / "a.json"])
    for dimension in ("reference_area", "counterpart_area"):
        oasis, known = lists.find(dimension, "W9"), lists.named(dimension, "Republic of Kazakhstan")
        assert oasis is not None
        assert oasis.part_of == "A7"
        assert known is not None
        assert known.id == "KZ"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.xml", "<a>", "this is not XML"),
        ("a.xml", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "a document type is not read"),
        ("a.xml", "<a/>", "no code list in this file"),
        ("a.json", "{", "this is not JSON"),
        ("a.json", "[" * 100_000, "this is not JSON"),
        ("a.json", "[1]", "no code list in this file"),
        ("a.json", '{"data": {"codelists": {"id": 1}}}', "no code list in this file"),
    ],
)
def test_what_is_no_structure(folder: Path, name: str, text: str, words: str) -> None:
    write(folder, {name: text})
    with pytest.raises(InputFaults) as caught:
        load_codelists([folder / name])
    assert words in str(caught.value.faults[0])


RULE = """\
rules:
  - id: inner-above-outer
    title: a part is larger than its whole
    why: it cannot be
    variables: {part: {activity: =part_of(whole)}, whole: {}}
    subject: part
    assert: part <= whole
"""


def test_a_table_a_rule_and_the_parents_of_a_list(folder: Path) -> None:
    table = "DATAFLOW,ACTIVITY,TIME_PERIOD,OBS_VALUE\nA:B(1.0),C,2023,100\nA:B(1.0),C10,2023,{}\n"
    write(folder, {"codelists/a.json": structure(), "rules/a.yaml": RULE})
    for value, code in (("120", FINDINGS), ("90", 0)):
        write(folder, {"claims/table.csv": table.format(value)})
        ran = run("check", "--select", "inner-above-outer", "--format", "json")
        assert ran.code == code, ran.all
        assert len(json.loads(ran.out)["checks"]) == 1
    write(folder, {"codelists/b.xml": "<a>"})
    ran = run("check")
    assert (ran.code, "codelists/b.xml:1:4: error: this is not XML" in ran.err) == (INPUT, True)
