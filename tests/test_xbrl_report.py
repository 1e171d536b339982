"""XBRL reports through Arelle, offline: facts as claims, calculation links as rules, faults that are told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run

from crosscheck.checking.checks import check_claims
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.table_kinds import is_xbrl
from crosscheck.claims.xbrl_json import read_xbrl_json
from crosscheck.claims.xbrl_report import read_xbrl_report
from crosscheck.rules.calculations import calculation_rules

try:
    import arelle  # noqa: F401
except ModuleNotFoundError:
    pytest.skip("Arelle is not installed: pip install 'crosscheck-figures[xbrl]'", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore")  # those of a library of others
NAMES = """xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:own="http://example.com/own"
 xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" """
CONCEPTS = {"Revenue": "duration", "Cost": "duration", "Profit": "duration", "Grant": "duration", "Assets": "instant"}


def schema() -> str:
    items = "".join(
        f'<xsd:element name="{name}" id="own_{name}" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" '
        f'nillable="true" xbrli:periodType="{period}"/>'
        for name, period in CONCEPTS.items()
    )
    items += """<xsd:element name="PerShare" id="own_PerShare" type="xbrli:decimalItemType" substitutionGroup="xbrli:item"
      xbrli:periodType="duration"/>
    <xsd:element name="SegmentAxis" id="own_SegmentAxis" type="xbrli:stringItemType" abstract="true"
      substitutionGroup="xbrldt:dimensionItem" xbrli:periodType="duration"/>
    <xsd:element name="North" id="own_North" type="xbrli:stringItemType" substitutionGroup="xbrli:item"
      xbrli:periodType="duration"/>"""
    return f"""<?xml version="1.0"?><xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" {NAMES}
      targetNamespace="http://example.com/own"><xsd:annotation><xsd:appinfo>
      <link:linkbaseRef xlink:type="simple" xlink:href="calculation.xml"
        xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></xsd:appinfo></xsd:annotation>
      <xsd:import namespace="http://www.xbrl.org/2003/instance"
        schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
      <xsd:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>
      {items}</xsd:schema>"""


def links() -> str:
    """Profit = Revenue - Cost + Grant."""
    places = "".join(
        f'<link:loc xlink:type="locator" xlink:href="own.xsd#own_{name}" xlink:label="{name}"/>' for name in CONCEPTS
    )
    arcs = "".join(
        f'<link:calculationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item" '
        f'xlink:from="Profit" xlink:to="{name}" order="{order}" weight="{weight}"/>'
        for order, (name, weight) in enumerate((("Revenue", "1"), ("Cost", "-1"), ("Grant", "1")), 1)
    )
    return f"""<?xml version="1.0"?><link:linkbase {NAMES}><link:calculationLink xlink:type="extended"
      xlink:role="http://www.xbrl.org/2003/role/link">{places}{arcs}</link:calculationLink></link:linkbase>"""


def context(name: str, period: str, segment: str = "") -> str:
    return (
        f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="http://example.com">ACME</xbrli:identifier>'
        f"{segment}</xbrli:entity><xbrli:period>{period}</xbrli:period></xbrli:context>\n"
    )


def duration(year: int) -> str:
    return f"<xbrli:startDate>{year}-01-01</xbrli:startDate><xbrli:endDate>{year}-12-31</xbrli:endDate>"


NORTH = (
    '<xbrli:segment><xbrldi:explicitMember dimension="own:SegmentAxis">own:North</xbrldi:explicitMember></xbrli:segment>'
)
FACTS = """
<own:Revenue contextRef="y23" unitRef="usd" decimals="-6" id="r">31500000000</own:Revenue>
<own:Cost contextRef="y23" unitRef="usd" decimals="-6">30000000000</own:Cost>
<own:Grant contextRef="y23" unitRef="usd" decimals="INF">7</own:Grant>
<own:Profit contextRef="y23" unitRef="usd" decimals="-6">1600000000</own:Profit>
<own:Revenue contextRef="y22" unitRef="usd" decimals="-6">3000000</own:Revenue>
<own:Cost contextRef="y22" unitRef="usd" decimals="-6">1000000</own:Cost>
<own:Grant contextRef="y22" unitRef="usd" decimals="-6" xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>
<own:Profit contextRef="y22" unitRef="usd" decimals="-6">2000000</own:Profit>
<own:Assets contextRef="i23" unitRef="usd" decimals="-3">10365132000</own:Assets>
<own:Revenue contextRef="north" unitRef="usd" decimals="-6">7000000</own:Revenue>
<own:PerShare contextRef="y23" unitRef="per" decimals="2">3.10</own:PerShare>
"""


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.xsd").write_text(schema())
    (tmp_path / "calculation.xml").write_text(links())
    contexts = context("y23", duration(2023)) + context("y22", duration(2022)) + context("north", duration(2023), NORTH)
    contexts += context("i23", "<xbrli:instant>2023-12-31</xbrli:instant>")
    units = """<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
      <xbrli:unit id="per"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure>
      </xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator>
      </xbrli:divide></xbrli:unit>"""
    ref = '<link:schemaRef xlink:type="simple" xlink:href="own.xsd"/>'
    text = f'<?xml version="1.0"?>\n<xbrli:xbrl {NAMES}>{ref}{contexts}{units}{FACTS}</xbrli:xbrl>'
    (tmp_path / "report.xbrl").write_text(text)
    return tmp_path / "report.xbrl"


def test_facts_are_claims(report: Path) -> None:
    claims = {(c.dimensions["indicator"], *sorted(c.dimensions.values())): c for c in read_xbrl_report(report).claims}
    assert len(claims) == 10, "a nil fact is missing"
    told = {claim.id: claim for claim in claims.values()}["report#r"]
    assert told.dimensions == {"indicator": "own:Revenue", "reference_area": "ACME", "time_period": "2023"}
    assert (told.figure.strict.low, told.figure.strict.high) == (31_499_500_000, 31_500_500_000)
    assert told.place.line is not None
    assert report.read_text().splitlines()[told.place.line - 1].startswith("<own:Revenue")
    by_indicator = {claim.dimensions["indicator"]: claim for claim in claims.values()}
    assert by_indicator["own:Assets"].dimensions["time_period"] == "2023-12-31"
    assert by_indicator["own:PerShare"].figure.unit.name == "USD/{shares}"
    assert by_indicator["own:Grant"].figure.strict.is_point
    assert sum("own_segmentaxis" in claim.dimensions for claim in claims.values()) == 1


def test_calculation_links_are_rules_and_the_command_checks_them(report: Path) -> None:
    (rule,) = calculation_rules(report)
    assert rule.assertion == "total == item_1 - item_2 + item_3"
    result = run("check", report.name, "--format", "json", "--fail-on", "never")
    assert result.code == 0, result.err
    checks = [one for one in json.loads(result.out)["checks"] if one["rule"] == rule.id]
    assert sorted(one["verdict"] for one in checks) == ["contradiction", "unverifiable"]
    result = run("check", report.name, "--format", "concise", "--isolated")
    assert result.code == 1
    assert "report.xbrl:15:1: error: 1600000000 does not follow" in result.out, result.out


def test_reports_beside_one_another_share_their_calculations(report: Path) -> None:
    (report.parent / "again.xml").write_text(report.read_text().replace("ACME", "OTHER"))
    assert is_xbrl(report.parent / "again.xml")
    assert not is_xbrl(report.parent / "calculation.xml")
    result = run("check", ".", "--format", "json", "--fail-on", "never", "--isolated")
    assert len(json.loads(result.out)["checks"]) == 4, result.err


def test_converted_to_other_formats(report: Path) -> None:
    run("convert", report.name, "--output", "report.json")
    assert len(json.loads((report.parent / "report.json").read_text())["facts"]) == 10


def test_the_report_as_xbrl_json_that_arelle_writes_says_the_same(report: Path) -> None:
    made = report.with_name("written.json")
    script = (
        "import sys\nfrom arelle.api.Session import Session\nfrom arelle.RuntimeOptions import RuntimeOptions\n"
        "options = RuntimeOptions(entrypointFile=sys.argv[1], plugins='saveLoadableOIM', keepOpen=True,\n"
        "    pluginOptions={'saveLoadableOIM': sys.argv[2]}, internetConnectivity='offline', logFile=sys.argv[3])\n"
        "with Session() as session:\n    session.run(options)\n"
    )
    log = str(report.with_name("log.txt"))
    subprocess.run([sys.executable, "-c", script, str(report), str(made), log], check=True, capture_output=True)
    of_report, of_json = read_xbrl_report(report).claims, read_xbrl_json(made).claims
    told = [
        sorted((c.dimensions["indicator"], c.dimensions["time_period"], str(c.figure.strict)) for c in claims)
        for claims in (of_report, of_json)
    ]
    assert told[0] == told[1]
    rules, lists = calculation_rules(report), load_codelists([])
    runs = [check_claims(claims, rules, lists) for claims in (of_report, of_json)]
    assert runs[0].verdicts == runs[1].verdicts
    assert runs[0].verdicts["contradiction"]


def test_a_schema_that_is_not_there_is_told(report: Path) -> None:
    (report.parent / "own.xsd").unlink()
    result = run("check", report.name)
    assert result.code == 2
    assert "own.xsd" in result.err
    assert "nothing is fetched" in result.err
    assert "Traceback" not in result.all


def test_broken_reports_are_told(report: Path) -> None:
    text = report.read_text()
    for broken in (text[: len(text) // 2], text.replace("</xbrli:xbrl>", ""), text.replace(">3.10<", ">three<")):
        report.write_text(broken)
        result = run("check", report.name)
        assert result.code == 2, result.all
        assert "report.xbrl" in result.err
        assert "Traceback" not in result.all


def test_without_arelle_it_is_told_what_to_install(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report.write_text(report.read_text() + "\n")
    monkeypatch.setitem(sys.modules, "arelle.api.Session", None)
    result = run("check", report.name)
    assert result.code == 2
    assert "pip install 'crosscheck-figures[xbrl]'" in result.err
