"""Code lists: files are read with every fault, and codes are found and related as the lists say."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.claims.codelists import AREA_DIMENSIONS, EVERYTHING, Code, CodeLists, load_codelists
from crosscheck.inputs.faults import InputFaults

FOLDER = Path(__file__).resolve().parents[1] / "codelists"
SHIPPED = [FOLDER / "indicators.yaml", FOLDER / "areas.yaml"]
AREA = AREA_DIMENSIONS[0]

Load = Callable[..., CodeLists]


@pytest.fixture(scope="module")
def shipped_lists() -> CodeLists:
    return load_codelists(SHIPPED)


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads texts as code list files, after the shipped ones if asked."""

    def loaded(*texts: str, shipped: bool = False) -> CodeLists:
        paths = []
        for i, text in enumerate(texts):
            paths.append(tmp_path / f"list{i}.yaml")
            paths[-1].write_text(text, encoding="utf-8")
        return load_codelists([*(SHIPPED if shipped else ()), *paths])

    return loaded


def faults_of(load: Load, *texts: str, shipped: bool = False) -> list[tuple[int | None, str, str]]:
    with pytest.raises(InputFaults) as caught:
        load(*texts, shipped=shipped)
    return [(fault.line, fault.message, fault.hint or "") for fault in caught.value.faults]


def indicators(*lines: str) -> str:
    return "\n".join(["codelist: {dimension: indicator}", "codes:", *(f"  - {line}" for line in lines)])


def test_trade_indicators_have_their_properties(shipped_lists: CodeLists) -> None:
    turnover = shipped_lists.find("indicator", "trade-turnover")
    balance = shipped_lists.find("indicator", "trade-balance")
    exports = shipped_lists.find("indicator", "exports")
    assert turnover is not None
    assert balance is not None
    assert exports is not None
    assert turnover.terms == (("exports", 1), ("imports", 1))
    assert turnover.symmetric
    assert turnover.non_negative
    assert balance.terms == (("exports", 1), ("imports", -1))
    assert not balance.non_negative
    assert not balance.symmetric
    assert exports.mirror == "imports"
    assert (exports.nature, exports.additive) == ("flow", True)


@pytest.mark.parametrize(
    ("id", "nature", "non_negative", "additive"),
    [
        ("population", "stock", True, True),
        ("assets", "stock", True, True),
        ("employees", "stock", True, True),
        ("documents-signed", "flow", True, True),
        ("border-length", "stock", True, True),
        ("gdp", "flow", True, True),
        ("net-profit", "flow", False, True),
        ("revenue", "flow", False, True),
        ("foreign-direct-investment", "flow", False, True),
        ("budget-balance", "flow", False, True),
        ("unemployment-rate", "rate", True, False),
        ("inflation-rate", "rate", False, False),
        ("consumer-price-index", "index", True, False),
        ("share-price", "price", True, False),
        ("average-wage", "rate", True, False),
    ],
)
def test_natures(shipped_lists: CodeLists, id: str, nature: str, non_negative: bool, additive: bool) -> None:
    code = shipped_lists.find("indicator", id)
    assert code is not None
    assert (code.nature, code.non_negative, code.additive) == (nature, non_negative, additive)


def test_shipped_indicators_are_sound(shipped_lists: CodeLists) -> None:
    for code in shipped_lists.codes["indicator"].values():
        assert code.nature is not None, code.id
        assert code.additive == (code.nature in ("flow", "stock")), code.id
        for term, sign in code.terms:
            part = shipped_lists.codes["indicator"][term]
            assert part.nature == code.nature
            # What is a sum of things that cannot be negative cannot be negative either.
            if sign < 0:
                assert not code.non_negative
        if code.terms and all(
            sign > 0 and shipped_lists.codes["indicator"][term].non_negative for term, sign in code.terms
        ):
            assert code.non_negative, code.id


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("KZ", "KZ"),
        ("KAZ", "KZ"),
        ("Kazakhstan", "KZ"),
        ("kazakhstan", "KZ"),
        ("Kazakh", "KZ"),
        ("CN-XJ", "CN-XJ"),
        ("Xinjiang", "CN-XJ"),
        ("USA", "US"),
        ("U.S.", "US"),
        ("UK", "GB"),
        ("Turkey", "TR"),
        ("EU", "EU"),
        ("European  Union", "EU"),
        ("Central Asia", "C5"),
        ("WLD", "WORLD"),
        ("UY", "UY"),
        ("URY", "UY"),
        ("Brunei", "BN"),
        ("UZ-TK", "UZ-TK"),
        ("us", None),
        ("kz", None),
        ("QQ", None),
        ("QQQ", None),
        ("CN-QQQ", None),
        ("ACME", None),
        ("", None),
    ],
)
def test_areas_are_found_by_id_name_and_alias(shipped_lists: CodeLists, text: str, id: str | None) -> None:
    for dimension in AREA_DIMENSIONS:
        code = shipped_lists.find(dimension, text)
        assert (code.id if code else None) == id


def test_countries_that_no_file_has_are_found_by_their_iso_names(shipped_lists: CodeLists) -> None:
    uruguay = shipped_lists.named(AREA, "uruguay")
    assert uruguay is not None
    assert uruguay.id == "UY"
    assert shipped_lists.find(AREA, "Uruguay") is None
    assert shipped_lists.named(AREA, "Atlantis") is None
    assert shipped_lists.named("indicator", "Uruguay") is None
    assert shipped_lists.named("indicator", "GDP") is shipped_lists.find("indicator", "gdp")


def test_subdivisions_are_parts_of_their_country(shipped_lists: CodeLists) -> None:
    assert shipped_lists.part_of(AREA, "CN-XJ") == "CN"
    assert shipped_lists.part_of(AREA, "CN-SH") == "CN"
    assert shipped_lists.ancestors(AREA, "FR-75C")[-1] == "FR"
    assert shipped_lists.part_of(AREA, "KZ") is None
    assert shipped_lists.ancestors(AREA, "ACME") == ()


def test_what_overlaps_is_known(shipped_lists: CodeLists) -> None:
    overlap = [
        ("CN-XJ", "CN"),
        ("KZ", "C5"),
        ("CN-XJ", "BRICS"),
        ("EU", "EA"),
        ("VN", "RCEP"),
        ("UY", "WORLD"),
    ]
    apart = [("KZ", "CN"), ("CN-XJ", "CN-GD"), ("C5", "EU"), ("ACME", "CN"), ("UY", "C5")]
    for dimension in AREA_DIMENSIONS:
        for one, other in overlap:
            assert shipped_lists.overlaps(dimension, one, other), (one, other)
            assert shipped_lists.overlaps(dimension, other, one), (one, other)
        for one, other in apart:
            assert not shipped_lists.overlaps(dimension, one, other), (one, other)
    assert shipped_lists.overlaps("indicator", "exports", "trade-turnover")
    assert not shipped_lists.overlaps("indicator", "exports", "imports")
    assert shipped_lists.overlaps("product", "wheat", "wheat")
    assert not shipped_lists.overlaps("product", "wheat", "rice")


def test_within_leads_through_parts_members_and_terms(shipped_lists: CodeLists) -> None:
    assert shipped_lists.within(AREA, "CN-XJ", "SCO")
    assert shipped_lists.within(AREA, "VN", "RCEP")
    assert shipped_lists.within(AREA, "CN", "CN")
    assert not shipped_lists.within(AREA, "CN", "CN-XJ")
    assert not shipped_lists.within(AREA, "WORLD", "EU")


def test_known_codes(shipped_lists: CodeLists) -> None:
    assert shipped_lists.is_known("indicator", "exports", set())
    assert shipped_lists.is_known("indicator", "pony-sales", {"pony-sales"})
    assert not shipped_lists.is_known("indicator", "pony-sales", set())
    assert not shipped_lists.is_known("product", "wheat", {"rice"})
    assert shipped_lists.suggestion("indicator", "exprots") == 'did you mean "exports"?'
    assert shipped_lists.suggestion("product", "whaet", {"wheat"}) == 'did you mean "wheat"?'
    assert shipped_lists.suggestion(AREA, "kz") == 'did you mean "KZ"?'
    assert shipped_lists.suggestion(AREA, "KY") is None


def test_phrases_for_a_reader_are_as_written(shipped_lists: CodeLists) -> None:
    areas = dict(shipped_lists.phrases(AREA))
    assert areas["Kazakhstan"] == "KZ"
    assert areas["UK"] == "GB"
    # Codes that are words of a text are no phrases.
    assert not {"IT", "IN", "NO", "CAN", "ARE", "AND", "PER"} & set(areas)
    words = dict(shipped_lists.phrases("indicator"))
    assert words["trade volume"] == "trade-turnover"
    assert set(words.values()) == set(shipped_lists.names("indicator"))


def test_shipped_areas_are_those_of_iso(shipped_lists: CodeLists) -> None:
    plain = load_codelists([])
    blocs = {code.id for code in shipped_lists.codes[AREA].values() if code.members}
    for code in shipped_lists.codes[AREA].values():
        if code.id not in blocs | {"XK"}:
            iso = plain.find(AREA, code.id)
            assert iso is not None, code.id
            assert iso.part_of == code.part_of
        for member in code.members:
            known = plain.find(AREA, member) is not None or member in (EVERYTHING, "ASEAN")
            assert known, member
    for phrase, id in shipped_lists.phrases(AREA):
        assert shipped_lists.find(AREA, id) is not None, phrase
    european_union = shipped_lists.find(AREA, "EU")
    assert european_union is not None
    assert len(european_union.members) == 27


def test_iso_is_known_without_files() -> None:
    lists = load_codelists([])
    china = lists.find(AREA, "CHN")
    assert china is not None
    assert (china.id, china.name) == ("CN", "China")
    assert lists.find("indicator", "exports") is None
    assert lists.names("indicator") == ()


def test_the_library_loads_only_for_what_no_file_has() -> None:
    code = (
        "import sys; from pathlib import Path; from crosscheck.claims.codelists import load_codelists\n"
        f"lists = load_codelists([Path(p) for p in {[str(p) for p in SHIPPED]!r}])\n"
        "for text in ('KZ', 'CN-XJ', 'China', 'EU', 'ACME'): lists.find('reference_area', text)\n"
        "assert lists.overlaps('reference_area', 'CN-XJ', 'CN')\n"
        "assert 'pycountry' not in sys.modules\n"
        "assert lists.find('reference_area', 'UY')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_both_forms_and_defaults(load: Load) -> None:
    listed = load(indicators("{id: a, name: The A, aliases: [x]}", "{id: b}"))
    mapped = load("codelist: {dimension: indicator}\ncodes: {a: {name: The A, aliases: [x]}, b: }")
    assert listed.codes == mapped.codes
    assert mapped.find("indicator", "b") == Code("b", "b")
    assert mapped.find("indicator", "the a") == mapped.find("indicator", "x") == Code("a", "The A", ("x",))


def test_a_table_is_the_same_codes(load: Load) -> None:
    mapped = load(
        indicators(
            "{id: x, name: An x, aliases: [a b, c], nature: rate, non_negative: true, negative: [loss of x], capital: X}",
            "{id: y, sum: [z, -x], generic: [ys], note: n}",
            "{id: z}",
        )
    )
    table = """codelist: {dimension: indicator}
table: |
  id | name | aliases | nature | non_negative | negative | capital | sum | generic | note
  # for people
  x | An  x | a b,
    c | rate | true |
    loss of x | X

  y | | | | | | | z, -x | ys | n
  z
"""
    listed = load(table)
    assert listed.codes == mapped.codes
    assert listed.written == mapped.written
    assert listed.find("indicator", "ys") == listed.find("indicator", "y")
    assert listed.find("indicator", "loss of x") is None


def test_text_stays_text(load: Load) -> None:
    lists = load("codelist: {dimension: [team, reference_area]}\ncodes: {NO: , 1.50: {part_of: NO}}")
    assert lists.names("team") == ("NO", "1.50")
    assert lists.ancestors("team", "1.50") == ("NO",)


def test_a_later_file_adds_codes_and_names(load: Load) -> None:
    lists = load(
        indicators("{id: pony-sales, part_of: exports, nature: flow}"),
        "codelist: {dimension: indicator}\naliases: {exports: [shipments abroad], pony-sales: [ponies]}",
        "codelist: {dimension: counterpart_area}\naliases: {UY: [Banda Oriental]}",
        indicators("{id: pony-sales, nature: flow, part_of: exports}"),
        shipped=True,
    )
    ponies, shipments = lists.find("indicator", "ponies"), lists.find("indicator", "Shipments abroad")
    assert ponies is not None
    assert shipments is not None
    assert (ponies.id, shipments.id) == ("pony-sales", "exports")
    assert lists.ancestors("indicator", "pony-sales") == ("exports",)
    uruguay = lists.find("counterpart_area", "Banda Oriental")
    assert uruguay is not None
    assert uruguay.id == "UY"


def test_redefinition_is_a_fault_with_both_places(load: Load) -> None:
    [(line, message, hint)] = faults_of(load, indicators("{id: exports, nature: stock}"), shipped=True)
    assert line == 3
    assert message == '"exports" is defined differently before'
    assert "indicators.yaml:" in hint


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("[]", 1, "a code list is a mapping", ""),
        ("codes: []", 1, "no `codelist`", "begin with"),
        ("codelist: {}", 1, "no `dimension`", "such as"),
        ("codelist: indicator", 1, "`codelist` is a mapping", ""),
        ("codelist: {dimension: Indicator}", 1, "lower case", ""),
        ("codelist: {dimension: [{}]}", 1, "lower case", ""),
        ("codelist: {dimension: a, tilte: x}", 1, 'unknown key "tilte"', "title"),
        ("codelist: {dimension: a}\ncods: []", 2, 'unknown key "cods"', "codes"),
        ("codelist: {dimension: a}\ncodes: x", 2, "`codes` is text", ""),
        ("codelist: {dimension: a}\naliases: [x]", 2, "`aliases` is a list", ""),
        ("codelist: {dimension: a}\naliases: {x: [y]}", 2, 'unknown code "x"', ""),
        ("codelist: {dimension: a}\ncodes: {x: {id: x}}", 2, "before the colon", ""),
        (indicators("{name: x}"), 3, "a code without an `id`", ""),
        (indicators("x"), 3, "a code is a mapping, not text", ""),
        (indicators("{id: x, nickname: [y]}"), 3, 'unknown key "nickname"', "known keys"),
        (indicators("{id: x, symetric: true}"), 3, 'unknown key "symetric"', "symmetric"),
        (indicators("{id: x, symmetric: yes}"), 3, "`symmetric` is true or false", ""),
        (indicators("{id: x, additive: }"), 3, "`additive` is true or false", ""),
        (indicators("{id: x, nature: flwo}"), 3, 'unknown nature "flwo"', "flow"),
        (indicators("{id: x, nature: thing}"), 3, 'unknown nature "thing"', "one of flow"),
        (indicators("{id: x, name: }"), 3, "`name` is nothing", ""),
        (indicators("{id: x, name: [a]}"), 3, "`name` is a list", ""),
        (indicators("{id: x, aliases: a}"), 3, "`aliases` is text, not a list", "aliases: [a, b]"),
        (indicators("{id: x, aliases: [a, a]}"), 3, "named twice", ""),
        (indicators("{id: y}", "{id: x, sum: [y, -y]}"), 4, "named twice", ""),
        (indicators("{id: x, part_of: y}"), 3, 'unknown code "y" in `part_of` of "x"', ""),
        (
            indicators("{id: whole}", "{id: x, sum: [whole, wohle]}"),
            4,
            'unknown code "wohle" in `sum`',
            "whole",
        ),
        (indicators("{id: x, mirror: y}"), 3, 'unknown code "y" in `mirror`', ""),
        (indicators("{id: x, members: [y]}"), 3, 'unknown code "y" in `members`', ""),
        (indicators("{id: x, mirror: y}", "{id: y}"), 3, '"y" does not mirror "x"', "mirror: x"),
        (indicators("{id: x, part_of: x}"), 3, "`part_of` goes in a circle: x → x", ""),
        (indicators("{id: x, part_of: y}", "{id: y, part_of: x}"), 3, "circle: x → y → x", ""),
        (
            indicators("{id: x, sum: [y]}", "{id: y, sum: [z, -x]}", "{id: z}"),
            3,
            "`sum` goes in a circle",
            "",
        ),
        (
            indicators("{id: x, aliases: [a]}", "{id: y, aliases: [A b, a]}"),
            4,
            '"a" names both "x" and "y"',
            "",
        ),
        (indicators("{id: x, aliases: [y]}", "{id: y}"), 3, '"y" names both "y" and "x"', ""),
        (indicators("{id: unstated}"), 3, '"unstated" cannot be a code', "meaning"),
        (indicators("{id: -x}"), 3, '"-x" cannot be a code', "meaning"),
        (indicators("{id: =x}"), 3, '"=x" cannot be a code', "meaning"),
        ('codelist: {dimension: a}\ncodes: {"": {}}', 2, '"" cannot be a code', "meaning"),
        ("codelist: {dimension: a}\ncodes: {CN: {part_of: CN-XJ}}", 2, 'unknown code "CN-XJ"', ""),
        ("codelist: {dimension: a}\ntable: [x]", 2, "`table` is a list", "table: |"),
        ("codelist: {dimension: a}\ntable: |\n  x | y", 3, "names its columns", "id | name"),
        ("codelist: {dimension: a}\ntable: |\n  id | name\n  x | y\n   | z", 4, "3 cells", ""),
        ("codelist: {dimension: a}\ntable: |\n  id | nature\n\n  x | flwo", 5, 'unknown nature "flwo"', "flow"),
        ("codelist: {dimension: a}\ntable: |\n  id | aliases\n  x | a, a", 4, "twice or is empty", ""),
        ("codelist: {dimension: a}\ntable: |\n  id | symmetric\n  x | yes", 4, "`symmetric` is true or false", ""),
        ("codelist: {dimension: a}\ntable: |\n  id\n  none", 4, '"none" cannot be a code', "meaning"),
        (
            "codelist: {dimension: reference_area}\ncodes: {CN: {part_of: CN-SH}}",
            2,
            "circle: CN → CN-SH → CN",
            "",
        ),
        (
            "codelist: {dimension: reference_area}\ncodes: {X: {part_of: CHN}}",
            2,
            'unknown code "CHN"',
            '"CN"',
        ),
    ],
)
def test_faults(load: Load, text: str, line: int, message: str, hint: str) -> None:
    [(at, said, hinted)] = faults_of(load, text)
    assert at == line
    assert message in said
    assert hint in hinted


def test_all_faults_of_all_files_come_at_once(load: Load, tmp_path: Path) -> None:
    with pytest.raises(InputFaults) as caught:
        load(
            "codelist: {dimension: [a, b]}\ncodes: {x: {part_of: y}, z: {nature: q}}",
            "codes: [",
            "a: 1\na: 2",
        )
    files = [Path(fault.file).name for fault in caught.value.faults]
    assert {*files} == {"list0.yaml", "list1.yaml", "list2.yaml"}
    assert len([file for file in files if file == "list0.yaml"]) == 2, "once, although it is two dimensions"
    with pytest.raises(InputFaults, match="cannot be read"):
        load_codelists([tmp_path / "absent.yaml"])


def test_deep_chains_are_no_recursion(load: Load) -> None:
    count = 3000
    lists = load(indicators(*(f"{{id: c{i}, part_of: c{i + 1}}}" for i in range(count)), f"{{id: c{count}}}"))
    assert len(lists.ancestors("indicator", "c0")) == count
    ring = indicators(*(f"{{id: c{i}, sum: [c{(i + 1) % count}]}}" for i in range(count)))
    [(_, message, _)] = faults_of(load, ring)
    assert "circle" in message


@given(st.text(max_size=30))
def test_any_text_can_be_asked_for(shipped_lists: CodeLists, text: str) -> None:
    for dimension in ("indicator", AREA, "product"):
        code = shipped_lists.find(dimension, text)
        assert shipped_lists.is_known(dimension, text, set()) == (code is not None)
        if code is not None:
            assert shipped_lists.find(dimension, code.id) == code
        assert shipped_lists.overlaps(dimension, text, text)
        shipped_lists.suggestion(dimension, text)


def test_a_name_that_the_project_gives_counts(tmp_path: Path) -> None:
    shipped_list, own = tmp_path / "shipped.yaml", tmp_path / "own.yaml"
    shipped_list.write_text("codelist: {dimension: indicator}\ncodes:\n  flats: {name: Flats, aliases: [dwellings]}\n")
    own.write_text("codelist: {dimension: indicator}\ncodes:\n  housing: {name: Housing, aliases: [dwellings]}\n")
    found = load_codelists([shipped_list, own], [own]).find("indicator", "dwellings")
    assert found is not None
    assert found.id == "housing"
    with pytest.raises(InputFaults, match="names both"):
        load_codelists([shipped_list, own])
