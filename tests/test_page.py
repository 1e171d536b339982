"""The page, without a browser: well-formed, escaped, the same from run to run, and asking for nothing."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from fractions import Fraction as F
from html.parser import HTMLParser
from pathlib import Path

import pytest
from commands import run, write
from hypothesis import given
from hypothesis import strategies as st
from page_documents import HOSTILE, hostile_claims, page_of, report

from crosscheck.figures.figure import Figure
from crosscheck.figures.interval import Interval, point
from crosscheck.figures.units import parse_unit
from crosscheck.reports.html.markup import VOID, Markup, element, escaped, together
from crosscheck.reports.html.report import asset, policy
from crosscheck.reports.html.scale import scale_for, short_number, ticks

ROOT = Path(__file__).resolve().parents[1]
EXTERNAL = re.compile(
    r"""(?:src|href|action|data|poster)\s*=\s*["'](?!#)|url\((?!#)|@import|https?://(?!www\.w3\.org)""", re.I
)


class Reader(HTMLParser):
    """Reads a page as readers without scripts do, and holds every tag to its end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another"

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(page: str) -> Reader:
    """The page as a reader, with all that must hold of every page."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    assert len(set(reader.ids)) == len(reader.ids), "an address is given twice"
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids), "a link leads nowhere"
    assert not {name for name in reader.attributes if name.startswith("on")} | reader.attributes & {"style", "src"}
    assert reader.names.isdisjoint({"img", "iframe", "object", "embed", "link", "base"})
    return reader


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the project's own documents."""
    folder = tmp_path_factory.mktemp("five")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return page_of(folder)


def test_the_five_documents(five: str) -> None:
    reader = read(five)
    text = " ".join("".join(reader.text).split())
    assert "4 warnings in 5 documents" in text
    assert "30.1% does not follow from $31.5 billion and $24 billion: they give 31.25%" in text
    assert "It holds only if $24 billion stands for 24.164–24.260 billion USD" in text
    assert "Business leaders of Kazakhstan and China put their names to 16 documents" in text
    assert five == page_of_again(five)


def page_of_again(first: str) -> str:
    done = run("all", "--format", "html", "--fail-on", "never")
    assert done.code == 0
    return done.out


@pytest.mark.parametrize("scripting", [True, False])
def test_the_markup_has_no_error(five: str, here: Path, scripting: bool) -> None:
    html5lib = pytest.importorskip("html5lib")
    write(here, {"a.yaml": hostile_claims("<b>&amp;</noscript>\"'")})
    for page in (five, report(here), page_of(here, "a.yaml")):
        parser = html5lib.HTMLParser()
        parser.parse(page, scripting=scripting)
        assert parser.errors == []


def test_nothing_is_asked_for(five: str) -> None:
    assert not EXTERNAL.findall(five.replace('href="#', "href='#"))
    style, script = asset("page.css"), asset("page.js")
    for text in (style, script):
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"sha256-{digest}" in policy(style, script)
        assert text in five
        assert "</" not in text.replace("</noscript", "")
    assert "unsafe" not in policy(style, script)
    assert "default-src &#39;none&#39;" in five


TOGETHER = """# A year of trade

Exports of Norway tripled in 2023, to $13 billion. Imports of Norway grew by 33.5% to $11 billion in 2023.
Turnover of Norway grew by 34% in 2023.
"""


def test_figures_that_only_together_cannot_be_true(here: Path) -> None:
    write(here, {"trade.md": TOGETHER})
    page = page_of(here, "trade.md")
    text = " ".join("".join(read(page).text).split())
    assert "Tripled, $13 billion, 33.5%, $11 billion and 34% cannot all be true, though each rule by itself" in text
    assert "Tripled, 33.5%, $11 billion and 34% force exports NO 2023 to be less than 0.30 billion USD" in text
    assert "But $13 billion says that exports NO 2023 is at least 12.50 billion USD" in text
    assert page.count('class="fig contradiction doubted" href') >= 5
    assert '<section id="together">' in page


def test_open_shows_the_page_that_was_written(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or len(opened) < 3)
    monkeypatch.setattr("tempfile.tempdir", str(here))
    write(here, {"a.yaml": hostile_claims("plain")})
    done = run("check", "a.yaml", "--open", "--output", "html=page.html", "--fail-on", "never")
    assert done.code == 0
    assert opened == [(here / "page.html").resolve().as_uri()]
    done = run("check", "a.yaml", "--open", "--fail-on", "never")
    assert len(opened) == 2
    assert opened[1].startswith("file:")
    assert opened[1].endswith("/report.html")
    done = run("check", "a.yaml", "--open", "--output", "html=page.html", "--fail-on", "never")
    assert "the page is in page.html, as no browser was found to open it" in done.err
    done = run("check", "a.yaml", "--open", "--output", "html=a.yaml/page.html", "--fail-on", "never")
    assert done.code == 2
    assert len(opened) == 3


def test_an_address_holds_when_a_figure_is_revised(here: Path) -> None:
    names = []
    for growth in ("45", "46"):
        text = hostile_claims("plain").replace("55 %", f"{growth} %")
        write(here, {"a.yaml": text})
        names.append(re.findall(r'id="(finding-[0-9a-f]{16})"', page_of(here, "a.yaml")))
    assert names[0] == names[1] != []


def test_a_report_with_a_table_is_shown_with_its_cells(here: Path) -> None:
    reader = read(report(here))
    text = "".join(reader.text)
    assert "5,450 million USD does not follow from 4,300 million USD and 1,050 million USD" in text
    assert "table" in reader.names


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(here: Path, text: str) -> None:
    write(here, {"a.yaml": hostile_claims(text)})
    done = run("check", "a.yaml", "--output", "html=page.html", "--fail-on", "never")
    assert done.code in (0, 2), done.all
    if done.code == 2:
        pytest.skip("not even a claim file")
    page = (here / "page.html").read_text(encoding="utf-8")
    reader = read(page)
    assert page.count("<script>") == 1
    assert page.count("<style>") == 1
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page)
    assert "img" not in reader.names


@given(st.text(max_size=200), st.text(max_size=50))
def test_an_element_holds_text_and_nothing_else(text: str, value: str) -> None:
    made = element("p", text, title=value)
    reader = Reader()
    reader.feed(made)
    reader.close()
    assert reader.names == {"p"}
    assert made.count("<") == 2
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\u202e]", made)
    made.encode("utf-8")


@given(st.lists(st.text(max_size=20)))
def test_text_is_escaped_once_and_markup_never(texts: list[str]) -> None:
    assert together(*texts) == "".join(map(escaped, texts))
    assert together(element("b", texts)) == f"<b>{''.join(map(escaped, texts))}</b>"
    assert isinstance(together(*texts), Markup)
    assert not isinstance(together(*texts) + "<", Markup)


FRACTIONS = st.fractions(-(10**12), 10**12, max_denominator=10**6)


@given(st.lists(FRACTIONS, min_size=1, max_size=5), st.booleans())
def test_values_keep_their_order_on_a_scale(values: list[F], zero: bool) -> None:
    scale = scale_for(values, 10, 350, zero)
    assert scale is not None
    places = [scale.at(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(10 <= place <= 350 for place in places)
    like = Figure(F(1), parse_unit("USD"), point(F(1)), "1 USD", decimals=1)
    marks = ticks(scale, like)
    assert 1 <= len(marks) <= 7
    assert all(scale.low <= value <= scale.high for value, _ in marks)
    assert len({label for _, label in marks}) == len(marks)


def test_a_scale_has_room_where_an_interval_has_no_end() -> None:
    scale = scale_for([F(5)], 0, 100)
    assert scale is not None
    assert scale.ends(Interval(F(5), None)) == (scale.at(F(5)), 100)
    assert scale_for([], 0, 100) is None
    assert short_number(F(-12345), 1) == "−12,345.0"
    assert short_number(F(25 * 10**11), 0) == "2.5e12"
