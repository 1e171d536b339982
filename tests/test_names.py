"""Names in a text: what is an area, an indicator, a product, a source or a proper name, and what only looks like one."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.extraction.model import Name
from crosscheck.extraction.names.finding import STRETCH, area_of_source, find_names, find_names_and_sources, find_sources
from crosscheck.extraction.names.lexicon import words_of

FOLDER = Path(__file__).resolve().parents[1] / "codelists"
LISTS = ("areas", "countries", "regions", "indicators", "products", "sources")
AREA = "reference_area"


@cache
def all_lists() -> CodeLists:
    """The shipped lists; a property test would print them as an argument."""
    return load_codelists([FOLDER / f"{name}.yaml" for name in LISTS])


@pytest.fixture(scope="module")
def lists() -> CodeLists:
    return all_lists()


def codes(text: str, lists: CodeLists, dimension: str) -> list[str | None]:
    return [name.code for name in find_names(text, lists) if name.dimension == dimension]


def printed(text: str, names: tuple[Name, ...], dimension: str) -> list[str]:
    return [text[name.start : name.end] for name in names if name.dimension == dimension]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uruguay bought more from Kazakhstan than from China.", ["UY", "KZ", "CN"]),
        ("Kazakhstan–China and Kazakh-Chinese trade", ["KZ", "CN", "KZ", "CN"]),
        ("the Republic of Korea, South Korea and the Kyrgyz Republic", ["KR", "KR", "KG"]),
        ("U.S. exports, US imports, the UK and the U.K.", ["US", "US", "GB", "GB"]),
        ("It told us that it is no use in chad and turkey soup with china plates.", []),
        ("THE EU AND TURKEY", ["EU", "TR"]),
        ("sold to Turkey, Türkiye, Turkiye and Côte d’Ivoire", ["TR", "TR", "TR", "CI"]),
        ("Việt Nam and MÉXICO sold to Peru and Perú", ["VN", "MX", "PE", "PE"]),
        ("euro area and eurozone, Central Asia, OPEC and OPEC+", ["EA", "EA", "C5", "OPEC", "OPEC+"]),
        ("non-EU countries and Latin American buyers", ["NON-EU", "LATIN-AMERICA"]),
        ("trade of the United\nStates with New\xa0Zealand", ["US", "NZ"]),
        ("Sales in North Rhine-Westphalia, Xinjiang and East Kazakhstan Region", ["DE-NW", "CN-XJ", "KZ-63"]),
        ("Trinidad & Tobago and Bosnia and Herzegovina", ["TT", "BA"]),
    ],
)
def test_areas(lists: CodeLists, text: str, expected: list[str]) -> None:
    assert codes(text, lists, AREA) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Bank of China lent more.",
        "Air France carried nine million passengers.",
        "as China Daily wrote",
        "wagons of Kazakhstan Railways",
        "the People's Bank of China",
        "at the China-Eurasia Expo",
        "It cost 30 US dollars, or 200 Hong Kong dollars, or 400 Chinese yuan, or US$30.",
        "2.8 billion U.S. dollars",
        "a China-made and US-led affair, anti-Russian and pro-Georgian",
        "in northern China and South China",
        "the player Michael Jordan and Mr Chad Smith",
        "fish of the South China Sea",
        "profits of China Evergrande",
    ],
)
def test_areas_that_are_none(lists: CodeLists, text: str) -> None:
    assert codes(text, lists, AREA) == []


def test_possessive_and_adjective(lists: CodeLists) -> None:
    names = find_names("Kazakhstan's wheat, Kazakhstan’s oil, the Netherlands' gas, Kazakh coal", lists)
    areas = [name for name in names if name.dimension == AREA]
    assert [name.possessive for name in areas] == [True, True, True, False]
    assert [name.adjective for name in areas] == [False, False, False, True]


def test_a_capital_stands_for_its_state_where_the_state_trades(lists: CodeLists) -> None:
    assert codes("Beijing's imports of copper rose.", lists, AREA) == ["CN"]
    assert codes("Moscow’s total gas exports fell.", lists, AREA) == ["RU"]
    region = [name for name in find_names("Hotels in Tashkent and Tashkent's parks", lists) if name.dimension == AREA]
    assert {(name.code, name.generic) for name in region} == {("UZ-TK", True)}
    assert codes("Paris's parks", lists, AREA) == []


def test_where_a_report_was_written_is_no_area(lists: CodeLists) -> None:
    assert codes("ALMATY, Kazakhstan, May 3. Exports of Georgia rose.", lists, AREA) == ["GE"]
    assert codes("TASHKENT (own report) - Exports rose.", lists, AREA) == []


def test_the_area_of_a_title_is_kept_and_what_it_is_for_is_not(lists: CodeLists) -> None:
    text = "President of Kazakhstan Aset Example met Minister of Trade and Energy Serik Example and the Energy Minister."
    assert [(name.dimension, name.code) for name in find_names(text, lists)] == [(AREA, "KZ")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foreign trade turnover grew, mutual trade fell.", ["trade-turnover", "trade-turnover"]),
        ("total trade turnover and bilateral trade volume", ["trade-turnover", "trade-turnover"]),
        ("Imports and exports reached a record.", ["trade-turnover"]),
        ("Exports and imports rose by 5% and 6%, respectively.", ["exports", "imports"]),
        ("the trade war, trade unions and free trade with trading partners", []),
        ("EXPORTS fell, Imports rose", ["exports", "imports"]),
        ("GDP per capita, GDP and real gdp", ["gdp-per-capita", "gdp", "real-gdp"]),
        ("oil price, oil prices and prices of gas", ["oil-price", "oil-price", "price"]),
        ("shareholders’ equity", ["equity"]),
        ("net-profit margin", ["net-margin"]),
        ("sales\nvolumes", ["unit-sales"]),
        ("grain harvests and crop yields", ["harvest", "crop-yield"]),
        ("the exporter's exportation", []),
    ],
)
def test_indicators(lists: CodeLists, text: str, expected: list[str]) -> None:
    assert codes(text, lists, "indicator") == expected


def test_names_of_what_is_below_zero(lists: CodeLists) -> None:
    names = find_names("a trade deficit, a trade surplus, a net loss, a budget deficit", lists)
    said = [(name.code, name.negative) for name in names if name.dimension == "indicator"]
    assert said == [("trade-balance", True), ("trade-balance", False), ("net-profit", True), ("budget-balance", True)]
    assert lists.find("indicator", "trade deficit") is None, "in a table its sign would be lost"


def test_generic_words(lists: CodeLists) -> None:
    names = find_names("Sales rose and net sales rose; output fell while oil output rose.", lists)
    said = [(name.code, name.generic) for name in names if name.dimension == "indicator"]
    assert said == [("revenue", True), ("revenue", False), ("production", True), ("oil-production", False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("copper cathode, copper and copper ore", ["copper-cathode", "copper", "copper-ore"]),
        ("fruits and vegetables, machinery and equipment", ["fruit-and-vegetables", "machinery"]),
        ("Exports of wheat and Flour", ["wheat", "flour"]),
        ("an oil company and its oil", ["oil"]),
        ("It may lead to more tea.", ["tea"]),
    ],
)
def test_products(lists: CodeLists, text: str, expected: list[str]) -> None:
    assert codes(text, lists, "product") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("according to Chinese customs", ["Chinese customs"]),
        ("data from China's General Administration of Customs (GACC)", ["Chinese customs"]),
        ("said the General Administration of Customs of China", ["Chinese customs"]),
        ("the Statistics Agency under the President of the Republic of Uzbekistan said", ["Uzbek statistics"]),
        ("the Kyrgyz National Statistical Committee", ["Kyrgyz statistics"]),
        ("according to the Ministry of Trade of Kazakhstan", ["Kazakh ministry"]),
        ("the Kazakh Ministry of Trade opened a museum", []),
        ("as Eurostat reported", ["Eurostat"]),
        ("according to the General Administration of Customs", ["Chinese customs"]),
        ("according to the General Administration of Customs of Mongolia", ["Mongolian customs"]),
        ("the headquarters of the World Bank", []),
        ("Chinese customs duties on wine", []),
        ("according to Reuters and China Daily", []),
    ],
)
def test_sources(lists: CodeLists, text: str, expected: list[str]) -> None:
    assert [name.code for name in find_sources(text, lists)] == expected


def test_a_source_is_no_area_and_leads_to_one(lists: CodeLists) -> None:
    assert codes("Chinese customs counted 5,000 trucks.", lists, AREA) == []
    assert area_of_source("Uzbek statistics", lists) == "UZ"
    assert area_of_source("New Zealand central bank", lists) == "NZ"
    assert area_of_source("Eurostat", lists) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The maker, Acme Corp, posted a profit.", ["Acme Corp"]),
        ("Sales of Toyota and KazMunayGas rose.", ["Toyota", "KazMunayGas"]),
        ("Toyota reported a profit.", ["Toyota"]),
        ("Deutsche Bahn trains were late.", ["Deutsche Bahn"]),
        ("Bank of China's profit", ["Bank of China"]),
        ("It rose in St. Petersburg.", ["St. Petersburg"]),
        ("Everything rose in March, on Monday and at Easter.", []),
        ("President Jane Example and Mr Example spoke.", []),
        ("Jane Example, chief executive, said so. Later Example laughed.", []),
        ("Production Grows Strongly Across Regions Says Head", []),
        ("the Ministry of Roads", []),
        ("LONDON - It rose.", []),
    ],
)
def test_proper_names_that_no_list_has(lists: CodeLists, text: str, expected: list[str]) -> None:
    names = find_names(text, lists)
    assert printed(text, names, "entity") == expected
    assert all(name.code is None for name in names if name.dimension == "entity")


def test_names_do_not_depend_on_how_spaces_hyphens_and_apostrophes_are_printed(lists: CodeLists) -> None:
    text = "South Korea's foreign trade turnover with New Zealand and non-EU countries"
    plain = [(name.dimension, name.code, name.possessive) for name in find_names(text, lists)]
    for old, new in ((" ", "\xa0"), (" ", "\u202f"), ("'", "’"), ("-", "\u2011"), (" foreign", "\nforeign")):
        other = find_names(text.replace(old, new), lists)
        assert [(name.dimension, name.code, name.possessive) for name in other] == plain, (old, new)


def test_a_project_adds_names(lists: CodeLists, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "codelist: {dimension: team}\ntable: |\n  id | name | aliases\n  # red ones\n  R | Red Lions | the Reds, RL\n",
        encoding="utf-8",
    )
    more = load_codelists([*(FOLDER / f"{name}.yaml" for name in LISTS), own])
    assert codes("The Reds beat RL and the red lions.", more, "team") == ["R", "R", "R"]


def test_every_name_of_the_shipped_lists_is_found(lists: CodeLists) -> None:
    for dimension in ("indicator", "product"):
        for phrase, id in lists.phrases(dimension):
            found = find_names(phrase, lists)
            assert len(found) == 1, phrase
            known = lists.find(found[0].dimension, phrase)
            assert known is not None
            assert found[0].code == known.id, phrase
            assert dimension != found[0].dimension or found[0].code == id


def test_shipped_regions_and_countries_are_those_of_iso(lists: CodeLists) -> None:
    plain = load_codelists([])
    for code in load_codelists([FOLDER / "countries.yaml"]).codes[AREA].values():
        if len(code.id) == 2 and code.id.isalpha():
            assert plain.find(AREA, code.id) is not None, code.id
    named = {code.id for code in lists.codes[AREA].values()}
    iso = {"QA", "NR", "TD", "UY", "SS", "SX", "ZW"}
    assert iso <= named
    for code in lists.codes[AREA].values():
        if code.id[2:3] == "-" and code.id[:2].isupper() and code.id not in ("NON-EU", "NON-CIS"):
            if plain.find(AREA, code.id) is not None:
                assert lists.within(AREA, code.id, code.id[:2]), code.id
            else:
                assert not code.part_of, code.id


def test_nothing_heavy_loads_for_names() -> None:
    code = (
        "import sys; from pathlib import Path; from crosscheck.claims.codelists import load_codelists\n"
        "from crosscheck.extraction.names.finding import find_names\n"
        f"lists = load_codelists([Path(p) for p in {[str(FOLDER / f'{name}.yaml') for name in LISTS]!r}])\n"
        "assert len(find_names('Exports of Uruguay to Zhejiang', lists)) == 3\n"
        "assert not {'pycountry', 'pint', 'pydantic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_words_are_in_lower_case() -> None:
    for kind, words in words_of("words").items():
        assert {word.lower() for word in words} == words, kind


WORDS = st.sampled_from(
    ["Kazakhstan", "exports", "of", "Bank", "the", "and", "U.S.", "’s", "-", ".", "Acme", "China", "customs", "OPEC+"]
)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text(text: str) -> None:
    lists = all_lists()
    names, sources = find_names(text, lists), find_sources(text, lists)
    for found in (names, sources):
        end = 0
        for name in found:
            assert end <= name.start < name.end <= len(text)
            end = name.end
    both = sorted((*names, *sources), key=lambda name: name.start)
    assert list(find_names_and_sources(text, lists)) == both
    below = [(name.code, name.start - 2, name.end - 2) for name in find_names(f"\n\n{text}", lists)]
    assert below == [(name.code, name.start, name.end) for name in names]


@pytest.mark.parametrize(
    "unit",
    ["Bank of the ", "trade ", "Kazakhstan of ", "and Exports ", "the World ", "x", "’s ", "A ", "Minister of ", "United-"],
)
def test_time_is_linear(lists: CodeLists, unit: str) -> None:
    def taken(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        find_names(text, lists)
        find_sources(text, lists)
        return time.process_time() - start

    taken(1000)
    small, large = (min(taken(length) for _ in range(2)) for length in (STRETCH // 8, STRETCH))
    assert large < 40 * max(small, 0.005)


def test_a_country_before_its_figure_is_where_nothing_was_written(lists: CodeLists) -> None:
    assert codes("USA — 75.9 million", lists, AREA) == ["US"]
    assert codes("USA: 75.9 million", lists, AREA) == ["US"]
    assert codes("USA — Prices rose", lists, AREA) == []
    assert codes("QATAR, 17 October. Prices rose", lists, AREA) == []
