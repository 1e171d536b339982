"""What others make of the tables of `benchmarks/tables.py`: a script in VTL, and the calculation check of XBRL.

Both are written as their users would write them for this table, with whole numbers, so that the verdicts are the same.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

# V is ten times the value. `lag` finds the year before, as the years of this table have no gaps.
VTL = """
  L := F[sub m = "level"];
  G := F[sub m = "growth"];
  S := F[sub m = "share"];
  T := L[sub i = 3];
  E := L[sub i = 1];
  X := L[sub i = 2];
  D := T - E - X;
  sums <- D[calc verdict := if 2 * abs(v) <= 1 then 0 else if 2 * abs(v) <= 3 then 1 else 2][keep verdict];
  N := L[calc p := lag(v, 1 over (partition by i, a, b order by y))];
  H := inner_join(G[rename v to g] as g1, N as n1);
  growths <- H[filter not isnull(p)][calc verdict :=
    if abs(v * 2000 - (1000 + g) * 2 * p) <= p then 0
    else if (2 * v + 1) * 2000 >= (2000 + 2 * g - 1) * (2 * p - 1)
      and (2 * v - 1) * 2000 <= (2000 + 2 * g + 1) * (2 * p + 1) then 1 else 2][keep verdict];
  K := inner_join(S[rename v to s] as s1, L as l1, T[rename v to t] as t1);
  shares <- K[calc verdict :=
    if abs(v * 2000 - 2 * s * t) <= t then 0
    else if (2 * v + 1) * 2000 >= (2 * s - 1) * (2 * t - 1)
      and (2 * v - 1) * 2000 <= (2 * s + 1) * (2 * t + 1) then 1 else 2][keep verdict];
"""
COMPONENTS = (("i", "Integer"), ("a", "Integer"), ("b", "Integer"), ("y", "Integer"), ("m", "String"))
SELECT = """
  SELECT indicator::BIGINT i, reference_area::BIGINT a, counterpart_area::BIGINT b, time_period::BIGINT y, measure m,
    CAST(value * 10 AS BIGINT) v FROM '{path}'
"""


def vtlengine(path: Path) -> list[int]:
    """The script through vtlengine, on its faster backend: consistent, reconcilable, contradiction."""
    import duckdb
    from vtlengine import run

    parts = [{"name": n, "type": t, "role": "Identifier", "nullable": False} for n, t in COMPONENTS]
    parts.append({"name": "v", "type": "Integer", "role": "Measure", "nullable": True})
    found = run(
        script=VTL,
        data_structures={"datasets": [{"name": "F", "DataStructure": parts}]},
        datapoints={"F": duckdb.sql(SELECT.format(path=path)).df()},
        use_duckdb=True,
    )
    counts: Counter[int] = Counter()
    for name in ("sums", "growths", "shares"):
        counts.update({int(key): int(n) for key, n in found[name].data["verdict"].value_counts().items()})
    return [counts[verdict] for verdict in range(3)]


SCHEMA = """<?xml version="1.0" encoding="UTF-8"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:c="http://example.com/c" targetNamespace="http://example.com/c" elementFormDefault="qualified">
  <xsd:annotation><xsd:appinfo><link:linkbaseRef xlink:type="simple" xlink:href="calculation.xml"
    xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef"
    xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></xsd:appinfo></xsd:annotation>
  <xsd:import namespace="http://www.xbrl.org/2003/instance"
    schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
  {concepts}
</xsd:schema>
"""
CONCEPT = (
    '<xsd:element name="{0}" id="c_{0}" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" '
    'xbrli:periodType="duration"/>'
)
LINKS = """<?xml version="1.0" encoding="UTF-8"?>
<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
  <link:calculationLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
    {parts}
  </link:calculationLink>
</link:linkbase>
"""
PLACE = '<link:loc xlink:type="locator" xlink:href="report.xsd#c_{0}" xlink:label="{0}"/>'
ARC = (
    '<link:calculationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item" '
    'xlink:from="Total" xlink:to="{0}" order="{1}" weight="1"/>'
)
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:c="http://example.com/c"
  xmlns:iso4217="http://www.xbrl.org/2003/iso4217">
<link:schemaRef xlink:type="simple" xlink:href="report.xsd"/>
<xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
"""
CONTEXT = """<xbrli:context id="x{0}"><xbrli:entity><xbrli:identifier scheme="http://example.com">E{0}</xbrli:identifier>
</xbrli:entity><xbrli:period><xbrli:startDate>2023-01-01</xbrli:startDate><xbrli:endDate>2023-12-31</xbrli:endDate>
</xbrli:period></xbrli:context>
"""
FACT = '<c:{0} contextRef="x{1}" unitRef="u" decimals="-2">{2}</c:{0}>\n'


def write_report(folder: Path, count: int) -> Path:
    """An XBRL report of `count` facts, in threes: a total and its two items, one total of a hundred out by 500."""
    names = ("Total", "Goods", "Services")
    (folder / "report.xsd").write_text(SCHEMA.format(concepts="\n  ".join(map(CONCEPT.format, names))))
    parts = [*map(PLACE.format, names), ARC.format("Goods", 1), ARC.format("Services", 2)]
    (folder / "calculation.xml").write_text(LINKS.format(parts="\n    ".join(parts)))
    with (folder / "report.xbrl").open("w") as file:
        file.write(HEAD)
        for number in range(count // 3):
            goods, services = number * 7919 % 100_000 * 100, number * 104_729 % 100_000 * 100
            file.write(CONTEXT.format(number))
            total = goods + services + (500 if number % 100 == 0 else 0)
            for name, value in zip(names, (total, goods, services), strict=True):
                file.write(FACT.format(name, number, value))
        file.write("</xbrli:xbrl>\n")
    return folder / "report.xbrl"


def arelle(path: Path) -> list[int]:
    """Arelle's Calculations 1.1 in round mode, loading included: how many sums contradict."""
    from arelle.api.Session import Session
    from arelle.logging.handlers.StructuredMessageLogHandler import StructuredMessageLogHandler
    from arelle.RuntimeOptions import RuntimeOptions

    log = StructuredMessageLogHandler()
    options = RuntimeOptions(
        entrypointFile=str(path), internetConnectivity="offline", calcs="c11r", validate=True, disablePersistentConfig=True
    )
    with Session() as session:
        session.run(options, logHandler=log)
    return [sum("inconsistentCalculation" in str(message.get("messageCode")) for message in log.messages)]
