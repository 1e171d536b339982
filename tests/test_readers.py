"""The readers: what of a document is its text, where each word of it stands in the file, and what cannot be read."""

from __future__ import annotations

import contextlib
import datetime
import html
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_files import LAUGHS, STYLES, Line, bomb, docx, encrypted_pdf, packed, paragraph, pdf, word_table

from crosscheck.extraction.readers.reading import SUFFIXES, read_document
from crosscheck.extraction.source import (
    ASIDE,
    CAPTION,
    HEADING,
    ITEM,
    PARAGRAPH,
    TITLE,
    Source,
    place_of,
)
from crosscheck.inputs.faults import InputFaults


def read(text: str | bytes, name: str = "text.txt") -> Source:
    """The source of a file that holds this."""
    return read_document(Path(name), text.encode() if isinstance(text, str) else text)


def blocks(source: Source, *kinds: str) -> list[str]:
    """The texts of the blocks of some kinds, of all when none are named."""
    return [source.text[one.start : one.end] for one in source.blocks if one.kind in kinds or not kinds]


def shown(source: Source, part: str) -> str:
    """What stands in the file where the source has `part`."""
    start = source.text.rindex(part)
    place = place_of(source, start, start + len(part))
    assert place.start is not None
    whole = source.file_text if source.file_text is not None else source.text
    return whole[place.start : place.end]


def remarks(source: Source) -> str:
    return "\n".join(map(str, source.remarks))


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(InputFaults) as caught:
        read(data, name)
    return str(caught.value)


def in_order(source: Source) -> None:
    """Blocks and segments ascend and stay within the text."""
    at = 0
    for block in sorted(source.blocks, key=lambda one: one.start):
        assert at <= block.start < block.end <= len(source.text)
        at = block.end
    starts = [segment.start for segment in source.segments]
    assert starts == sorted(set(starts))


# Plain text


ARTICLE = """\
date 2024-03-05 10:15
Grain harvest of Ruritania sets a record

The farms of Ruritania brought in 4.2 million tons of wheat, 12% more than in the year before.

Barley
Of barley there were 900,000 tons, the ministry said. It was a fine summer
that nobody had hoped for.

- first, 5 new mills
- second, 7 silos

Read also: Ruritania buys 30 tractors

Related articles

Ten facts about wheat

The harvest of 1990 was 2 million tons.

The farms of Ruritania brought in 4.2 million tons of wheat, 12% more than in the year before.
"""


def test_plain_text_has_title_headings_items_and_asides() -> None:
    source = read(ARTICLE)
    assert source.title == "Grain harvest of Ruritania sets a record"
    assert source.published == datetime.date(2024, 3, 5)
    assert source.text == ARTICLE
    assert blocks(source, TITLE) == [source.title]
    assert blocks(source, HEADING) == ["Barley"]
    assert blocks(source, ITEM) == ["first, 5 new mills", "second, 7 silos"]
    assert blocks(source, PARAGRAPH) == [
        "The farms of Ruritania brought in 4.2 million tons of wheat, 12% more than in the year before.",
        "Of barley there were 900,000 tons, the ministry said. It was a fine summer\nthat nobody had hoped for.",
    ]
    assert blocks(source, ASIDE)[0] == "date 2024-03-05 10:15"
    assert "Read also: Ruritania buys 30 tractors" in blocks(source, ASIDE)
    assert "The harvest of 1990 was 2 million tons." in blocks(source, ASIDE)
    in_order(source)


def test_one_line_a_paragraph() -> None:
    lines = [
        f"Paragraph {n} of the report tells that output grew by {n}% to {n * 3} million tons in the year."
        for n in range(1, 6)
    ]
    assert blocks(read("\n".join(lines)), PARAGRAPH) == lines


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    words = [
        "the",
        "output",
        "of",
        "the",
        "mines",
        "rose",
        "by",
        "5.2%",
        "to",
        "31.5",
        "million",
        "tons",
        "while",
        "exports",
        "of",
        "ore",
        "fell",
        "to",
        "12",
        "million",
        "tons",
        "in",
        "all",
    ]
    text, line = "", ""
    for word in words * 4:
        if len(line) + len(word) > 65:
            text, line = text + line.rstrip() + "\n", ""
        line += word + " "
    assert len(blocks(read(text + line.rstrip() + ".\n\nThe end of it is here.\n"), PARAGRAPH)) == 2


def test_boilerplate_in_the_middle_does_not_swallow_the_article() -> None:
    long = "Sales of the company rose by 5% to 30 million crowns in the first quarter. " * 4
    source = read(
        f"Opening. {long}\n\nMost read\n\nTen facts about rye\n\nIt goes on. {long}\n\nMore of it. {long}\n\nLast. {long}"
    )
    assert blocks(source, ASIDE) == ["Most read", "Ten facts about rye"]
    assert len(blocks(source, PARAGRAPH)) == 4


FURTHER = (
    "\n\nSales of wine grew by 4% to 3 million litres.\n\nOf these, 1 million were sold abroad.\n\nNothing else is known."
)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("PRAGUE, 18 October 2023. Trade grew by 5% in the year.", datetime.date(2023, 10, 18)),
        ("OSLO (own report), 22 Jan 2024 - Trade grew by 5% in the year.", datetime.date(2024, 1, 22)),
        ("Published on March 5th, 2024 Trade grew by 5% in the year.", datetime.date(2024, 3, 5)),
        ("Trade grew by 5% in 2023.\n\nExample Press\nAugust 13, 2025", datetime.date(2025, 8, 13)),
        ("Wine\n\nLIMA, 14 October 2025\n\nTrade grew by 5% in the year." + FURTHER, datetime.date(2025, 10, 14)),
        ("Wine\n\nGeneva, Switzerland – Tuesday, 3 May 2024\n\nTrade grew by 5%." + FURTHER, datetime.date(2024, 5, 3)),
        ("Wine\n\nJakarta (own report), Oct 14, 2025\n\nTrade grew by 5%." + FURTHER, datetime.date(2025, 10, 14)),
        ("Wine\n\nStocks on 31 March 2025\n\nTrade grew by 5%." + FURTHER, None),
        ("PRAGUE, October 17. Trade grew by 5% in 2023.", None),
        ("Trade grew, as on 5 May 2023 the ministry said, by 5%.", None),
    ],
)
def test_dates_of_publication_in_text(line: str, date: datetime.date | None) -> None:
    assert read(line).published == date


@pytest.mark.parametrize(
    "line", ["14 October 2025", "Published: 14 October 2025, 12:30", "LIMA, 14 October 2025", "*14 October 2025*"]
)
def test_a_date_below_the_title_is_that_of_publication_in_every_format(line: str) -> None:
    text = f"# Wine grows\n\n{line}\n\nTrade grew by 5% in the year." + FURTHER
    assert read(text.removeprefix("# ").replace("*", "")).published == datetime.date(2025, 10, 14)
    assert read(text, "draft.md").published == datetime.date(2025, 10, 14)
    page = text.replace("*", "").replace("# Wine grows", "<h1>Wine grows</h1>").replace("\n\n", "</p>\n<p>")
    assert read(f"<p>{page}</p>", "draft.html").published == datetime.date(2025, 10, 14)


def test_lines_that_line_up_are_a_table() -> None:
    text = """\
Foreign trade of Ruritania, USD million

             2022     2023    Change, %
Exports   13,000.5   14,700   +13.1

Imports   11,000      (16)    ...
Total ......  24,000   31,500   31.3

Year\tWheat, t\tRye, t
2021\t5.2\t3
2022\t\t4

Some prose.  It has double spaces.  And one more
sentence that goes on.  The end of it is here.  Good.
"""
    source = read(text)
    assert [[[cell.text for cell in row] for row in table.rows] for table in source.tables] == [
        [
            ["", "2022", "2023", "Change, %"],
            ["Exports", "13,000.5", "14,700", "+13.1"],
            ["Imports", "11,000", "(16)", ""],
            ["Total", "24,000", "31,500", "31.3"],
        ],
        [["Year", "Wheat, t", "Rye, t"], ["2021", "5.2", "3"], ["2022", "", "4"]],
    ]
    assert [table.caption for table in source.tables] == ["Foreign trade of Ruritania, USD million", ""]
    cell = source.tables[1].rows[2][2]
    assert text[cell.start : cell.end] == "4"
    assert (cell.line, cell.line_column) == (11, 7)
    assert "14,700" not in " ".join(blocks(source))
    assert len(blocks(source, PARAGRAPH)) == 1


# Encodings


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
@pytest.mark.parametrize(
    "text",
    [
        "Exports: 5 % – €3 bn\r\n\r\nA second, “quoted” part.\n",
        "Объём торговли вырос на 5 % и составил 3 млрд тенге.\n" * 3,
    ],
)
def test_unicode_encodings(encoding: str, text: str) -> None:
    source = read(text.encode(encoding))
    assert source.text == text
    assert not source.remarks


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Товарооборот между странами вырос на 30 процентов и достиг рекордного объёма за всю историю. " * 5),
        ("cp1252", "The café’s turnover rose by 5 % to €3 million – a “record” for the house, naïve as it was. " * 5),
        ("cp1254", "İhracat geçen yıla göre yüzde beş artışla üç milyar dolara ulaştı, ithalat ise düştü. " * 5),
    ],
)
def test_legacy_encodings_are_guessed_and_said(encoding: str, text: str) -> None:
    source = read(text.encode(encoding))
    assert source.text == text
    assert "a guess" in remarks(source)


def test_undecodable_bytes_are_replaced_and_told_with_their_place() -> None:
    source = read("Größe 5 %, Länge 3 km, Ölförderung 2 t\n".encode() * 3 + b"and \xff\xfe here\n")
    assert "and \ufffd\ufffd here" in source.text
    assert source.remarks[0].line == 4
    assert source.remarks[0].column == 5


@pytest.mark.parametrize(
    "data",
    [b"\x7fELF\x02\x01\x01\0\0\0" * 50, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 9, b"text\0\0\0with\0nul"],
)
def test_binary_files_are_refused(data: bytes) -> None:
    assert "binary" in refusal(data, "a.txt")


def read_or_refused(data: bytes, name: str) -> None:
    """Nothing but faults may be raised."""
    with contextlib.suppress(InputFaults):
        in_order(read(data, name))


@given(st.binary(max_size=300))
def test_any_bytes_give_a_source_or_faults(data: bytes) -> None:
    for name in ("a.txt", "a.md", "a.html"):
        read_or_refused(data, name)


# Signatures


def test_a_wrong_suffix_is_told() -> None:
    source = read(pdf([[(72, 700, 12, "Exports rose by 5% in 2023.")]]), "report.txt")
    assert blocks(source, PARAGRAPH) == ["Exports rose by 5% in 2023."]
    assert "it is PDF" in remarks(source)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "save it as DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
        (b"{\\rtf1\\ansi Exports 5%}", "a.rtf", "save it as DOCX"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "a.odt", "OpenDocument"),
        (packed({"mimetype": "application/epub+zip"}), "a.epub", "e-book"),
        (packed({"ppt/presentation.xml": "<a/>"}), "a.pptx", "PDF"),
        (packed({"a.txt": "x"}), "a.zip", "unpack it"),
        (b"", "a.txt", "empty"),
        (b"PK\x03\x04" + b"rubbish" * 20, "a.docx", "damaged"),
    ],
)
def test_what_is_not_read_says_what_to_do(data: bytes, name: str, said: str) -> None:
    assert said in refusal(data, name)


def test_files_are_read_from_disk_with_their_hash(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"# Exports\n\nThey rose by 5%.\n")
    source = read_document(tmp_path / "a.md")
    assert len(source.sha256) == 64
    assert source.title == "Exports"
    with pytest.raises(InputFaults, match="cannot be read"):
        read_document(tmp_path / "none.md")
    assert {".txt", ".md", ".html", ".pdf", ".docx", ".csv", ".tsv", ".xlsx"} <= set(SUFFIXES)


def test_standard_input_and_pages_with_the_name_of_a_text() -> None:
    assert blocks(read("Exports rose by 5%.", "-")) == ["Exports rose by 5%."]
    source = read("<!DOCTYPE html><html><body><p>Exports rose by 5%.</p></body></html>", "page.txt")
    assert blocks(source) == ["Exports rose by 5%."]
    assert "it is HTML" in remarks(source)


# Markdown


MARKED = """\
---
title: Trade of Ruritania
publisher: "Ruritanian Gazette"
published: 2024-06-26
language: en
---

# Trade of *Ruritania*

Turnover was **$31.5** billion, up *12*% &amp; [a record since 2019](https://example.org/2018/55 "99").
See https://example.org/2024/77 and `88 bytes`; snake_case_5 stays, 5\\* too.<!-- 66 -->
~~It was 44.~~ The note[^1] ends.

> Exports were
> 14.7 billion.

1. One of
   two parts
2. Imports: **16**

Trade, USD bn
-------------

| Year | Exports[^1] |
|------|--------:|
| 2023 | **14.7** |
| 2022 | 13 \\| 11 |

```
code 33
```
<!-- a comment
of 22 lines -->

[^1]: Preliminary.
[ref]: https://example.org/11
"""


def test_markdown() -> None:
    source = read(MARKED, "a.md")
    assert (source.title, source.publisher, source.language) == ("Trade of Ruritania", "Ruritanian Gazette", "en")
    assert source.published == datetime.date(2024, 6, 26)
    assert blocks(source, TITLE) == ["Trade of Ruritania"]
    assert blocks(source, HEADING) == ["Trade, USD bn"]
    assert blocks(source, ITEM) == ["One of two parts", "Imports: 16"]
    text = blocks(source, PARAGRAPH)
    assert text[0].startswith(
        "Turnover was $31.5 billion, up 12% & a record since 2019. See \ufffc and \ufffc; snake_case_5 stays, 5* too."
    )
    assert text[0].endswith("The note ends.")
    assert text[1:] == ["Exports were 14.7 billion.", "Preliminary."]
    assert blocks(source, ASIDE) == ["`88 bytes`", "code 33"]
    assert not any(number in " ".join(text) for number in ("99", "77", "88", "66", "44", "55", "33", "22", "11"))
    assert shown(source, "$31.5 billion") == "$31.5** billion"
    assert shown(source, "12%") == "12*%"
    assert shown(source, "were 14.7") == "were\n> 14.7"
    table = source.tables[0]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Year", "Exports"],
        ["2023", "14.7"],
        ["2022", "13 | 11"],
    ]
    assert table.caption == "Trade, USD bn"
    assert table.header_rows == 1
    cell = table.rows[1][1]
    assert MARKED[cell.start : cell.end] == "**14.7**"
    assert MARKED.split("\n")[cell.line - 1][cell.line_column - 1 :].startswith("**14.7**")
    assert cell.bold
    in_order(source)


def test_faults_of_front_matter_are_remarks() -> None:
    source = read("---\ntitle: [a\ndate: x\n---\n\nExports rose by 5%.\n", "a.md")
    assert "front matter" in remarks(source)
    assert blocks(source, PARAGRAPH) == ["Exports rose by 5%."]
    assert "no date" in remarks(read("---\ndate: soon\n---\nText.\n", "a.md"))
    assert read("---\ntitle: Harvest up 5%\n---\nText of it.\n", "a.md").title == "Harvest up 5%"
    assert "Harvest up 5%" in blocks(read("---\ntitle: Harvest up 5%\n---\nText of it.\n", "a.md"), TITLE)


def test_a_section_of_related_articles_ends_with_the_next_heading() -> None:
    long = "Sales rose by 5% to 30 million crowns. " * 5
    source = read(f"# T\n\n{long}\n\n## Related articles\n\nOf 1990.\n\n## Outlook\n\nUp to 7%.\n", "a.md")
    assert blocks(source, ASIDE) == ["Related articles", "Of 1990."]
    assert blocks(source, PARAGRAPH)[-1] == "Up to 7%."


# HTML


PAGE = """\
<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Trade up 5% | The Gazette</title>
<meta property="og:site_name" content="The Gazette">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Trade up 5%",
 "datePublished": "2024-03-05T10:00:00Z"}]}</script><style>p { width: 91% }</style></head>
<body class="has-sidebar"><header><nav><ul><li><a href="/">Home 92</a><li><a href="/b">Markets 93</a></ul></nav></header>
<main><article><h1>Trade up 5%</h1><p class="byline">By A. Writer, 5 March 2024</p>
<p>Turnover reached $31.5 <b>billion</b>&nbsp;in 2023, up 5&percnt;<sup>1</sup> on the year; the land is 5 km<sup>2</sup>.
   A second line of the paragraph
   goes on here with &euro;12&#46;5bn. <span hidden>hidden 94</span><span style="display: none">95</span></p>
<p>Exports:<br>14.7 billion.<br/>Imports rose<br>by 5%</p>
<ul><li>First item 5<li>Second <a href="x">item</a> 6</ul>
<h2>Foreign trade</h2><p>USD billion</p>
<table><thead><tr><th rowspan=2>Year<th colspan=2>Trade</tr><tr><th>Exports<th>Imports</thead>
<tr><td>2023<td>14.7<sup>2</sup><td>&minus;16.8<tr><td>2022<td>13.0<td>11.0</table>
<figure><img src=a.png alt="96"><figcaption>A port in 2023</figcaption></figure>
<p>Closing words of the article, which is long enough to be counted as prose.</p>
<div class="related-articles"><h3>Related articles</h3><ul><li><a href="y">Exports 97</a></ul></div>
<p hidden>gone 98<p>Back in the text, 8 lines on.
</article></main><aside><p>Popular: 99 things</p></aside>
<footer>&copy; 2024 The Gazette. All rights reserved.</footer><script>var a = "<p>90</p>"</script></body></html>
"""


def test_html() -> None:
    source = read(PAGE, "a.html")
    assert (source.title, source.publisher, source.language) == ("Trade up 5%", "The Gazette", "en-GB")
    assert source.published == datetime.date(2024, 3, 5)
    assert blocks(source, TITLE) == ["Trade up 5%"]
    assert blocks(source, PARAGRAPH) == [
        "Turnover reached $31.5 billion\u00a0in 2023, up 5% on the year; the land is 5 km². "
        "A second line of the paragraph goes on here with €12.5bn.",
        "Exports:",
        "14.7 billion.",
        "Imports rose by 5%",
        "USD billion",
        "Closing words of the article, which is long enough to be counted as prose.",
        "Back in the text, 8 lines on.",
    ]
    assert blocks(source, ITEM) == ["First item 5", "Second item 6"]
    assert blocks(source, CAPTION) == ["A port in 2023"]
    assert not any(str(number) in " ".join(blocks(source, PARAGRAPH, ITEM, HEADING)) for number in range(90, 100))
    assert shown(source, "$31.5 billion\u00a0in") == "$31.5 <b>billion</b>&nbsp;in"
    assert shown(source, "up 5%") == "up 5&percnt;"
    assert shown(source, "€12.5bn") == "&euro;12&#46;5bn"
    assert shown(source, "km²") == "km<sup>2"
    table = source.tables[0]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Year", "Trade", "Trade"],
        ["Year", "Exports", "Imports"],
        ["2023", "14.7", "−16.8"],
        ["2022", "13.0", "11.0"],
    ]
    assert table.header_rows == 2
    assert table.caption == "Foreign trade\nUSD billion"
    assert PAGE[table.rows[3][1].start : table.rows[3][1].end] == "13.0"
    in_order(source)


def test_layout_tables_are_text() -> None:
    words = "The harvest rose by 5% to 30 million tons, more than anybody had thought in spring. " * 5
    inner = "<table><tr><th>Year<th>t<tr><td>2023<td>30</table>"
    page = f"<table><tr><td><a href=a>Home</a></td></tr><tr><td><p>{words}</p>{inner}</td></tr></table>"
    source = read(page, "a.html")
    assert blocks(source, PARAGRAPH) == [words.strip()]
    assert [cell.text for cell in source.tables[0].rows[1]] == ["2023", "30"]


BUILT = """<!doctype html><html lang="en-US"><head><title>Copper exports grow 42.9% - Ruritania Today</title>
<link rel="canonical" href="https://ruritania.example/2024/04/09/copper/"></head>
<body class="single-post elementor-page has-sidebar"><a class="skip-link screen-reader-text" href="#c">Skip 1</a>
<div class="elementor-location-header"><div class="elementor-widget-container"><ul class="elementor-nav-menu">
<li><a href=/>Home 2</a></li></ul></div></div>
<div class="post type-post"><div class="elementor-widget-container"><h1>Copper exports grow 42.9%</h1></div>
<div class="elementor-widget-container"><p><span style="font-weight: 400">Exports of copper rose by 42.9% to 41.7 thousand
tons in January, the ministry of Ruritania said.</span></p>
<div class="code-block"><p><strong>Also read:</strong> <a href=z>Zinc falls 7%</a></p></div>
<p>Of this, 63% went by rail &mdash; that is 26.3 thousand tons &mdash; and <a href=t>20% by road</a>, more than before.</p>
<p>&bull; one point of 5</p>
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a>Facebook 5</a></li></ul></div></div></div>
<div class="posts"><article><h3><a href=q>Zinc falls 7%</a></h3><p>Output of zinc fell by 7% in January, it is said.</p>
</article><article><h3><a href=w>Lead up 2%</a></h3><p>Lead rose by 2% to 2 thousand tons.</p></article></div>
<div id="comments" class="comments-area"><ol><li>I saw 500 trucks at the border, said nobody in this place.</li></ol></div>
</body></html>"""


def test_a_page_without_semantic_tags_gives_its_content_alone() -> None:
    source = read(BUILT, "a.html")
    assert source.title == "Copper exports grow 42.9%"
    assert source.published == datetime.date(2024, 4, 9)
    assert len(blocks(source, PARAGRAPH)) == 2
    assert blocks(source, ITEM) == ["one point of 5"]
    assert "Output of zinc fell by 7% in January, it is said." in blocks(source, ASIDE)
    assert not any("500 trucks" in text for text in blocks(source, PARAGRAPH, ITEM))


def test_the_publisher_may_be_named_elsewhere_in_the_metadata() -> None:
    graph = """{"@graph": [{"@type": ["Article"], "publisher": {"@id": "#us"}, "datePublished": "2024-05-06"},
    {"@type": "Organization", "@id": "#us", "name": "Gazette"}]}"""
    source = read(f'<script type="application/ld+json">{graph}</script><p>Exports rose by 5%.', "a.html")
    assert (source.publisher, source.published) == ("Gazette", datetime.date(2024, 5, 6))


def test_old_pages_without_paragraphs() -> None:
    page = """<html><head><title>EX-99.1</title></head><body><p align=center><b>ACME REPORTS ITS THIRD QUARTER</b></p>
<p><font size=2>RIVERTOWN, Oct. 26, 2023 /News/ -- Acme today reported revenue of $<ix:nonFraction>1,496.2</ix:nonFraction>
million.<br><br>It was 5% more.</font><p>&#149; Net income of $12.5 million<br>&#149; A margin of 4%
<table border=0><tr><td><td>2023<td>2022<tr><td>Revenue<td>1,496<td>1,253</table><o:p></o:p></body></html>"""
    source = read(page, "a.htm")
    assert source.title == "ACME REPORTS ITS THIRD QUARTER"
    assert source.published == datetime.date(2023, 10, 26)
    assert blocks(source, PARAGRAPH)[1:] == ["It was 5% more."]
    assert blocks(source, PARAGRAPH)[0].endswith("revenue of $1,496.2 million.")
    assert blocks(source, ITEM) == ["Net income of $12.5 million", "A margin of 4%"]
    assert [cell.text for cell in source.tables[0].rows[1]] == ["Revenue", "1,496", "1,253"]


@pytest.mark.parametrize(
    ("raised", "shown"),
    [
        ("5.2<sup>1</sup> million", "5.2 million"),
        ("5.2<sup class=r><a href=#n><span class=b>[</span>12<span class=b>]</span></a></sup> million", "5.2 million"),
        ("5.2<sup>1, 2</sup> million", "5.2 million"),
        ("5.2<sup>(a)</sup> million", "5.2 million"),
        ("5.2 km<sup>2</sup>", "5.2 km²"),
        ("5 &times; 10<sup>6</sup> t", "5 × 10⁶ t"),
        ("the 5<sup>th</sup> mill", "the 5th mill"),
        ("5 t of CO<sub>2</sub>", "5 t of CO2"),
        ("it <del>was 4</del> is 5", "it is 5"),
        ("5&shy;00 mil\u200blion", "500 million"),
    ],
)
def test_raised_and_other_text_within_a_line(raised: str, shown: str) -> None:
    source = read(
        f"<body><p>There were {raised} and no more.</p><table><tr><th>a<th>b<tr><td>x<td>{raised}</table>", "a.html"
    )
    assert blocks(source, PARAGRAPH) == [f"There were {shown} and no more."]
    assert " ".join(source.tables[0].rows[1][1].text.split()) == shown


def test_preformatted_text_keeps_its_paragraphs() -> None:
    source = read(
        "<html><body><pre>\nOutput in May\n\nThe index rose by 0.5% in May &amp; 0.2% in April.\n\nFood fell.\n</pre>",
        "a.html",
    )
    assert blocks(source, PARAGRAPH) == ["The index rose by 0.5% in May & 0.2% in April.", "Food fell."]
    assert shown(source, "May & 0.2%") == "May &amp; 0.2%"


def test_tables_of_preformatted_text_lead_back_to_the_file() -> None:
    page = "<pre>\nA &amp; B\n\n            2022   <b>2023</b>\nEmployed    159    161\nOthers        5      6\n</pre>"
    table = read(page, "a.html").tables[0]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["", "2022", "2023"],
        ["Employed", "159", "161"],
        ["Others", "5", "6"],
    ]
    assert all(page[cell.start : cell.end] == cell.text for row in table.rows for cell in row if cell.text)


def test_a_page_made_by_a_script_is_told() -> None:
    assert "script" in remarks(read("<html><body><div id=root></div><script>run()</script></body></html>", "a.html"))


def test_the_encoding_that_a_page_names_counts() -> None:
    head = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    page = f"<html><head>{head}</head><body><p>Рост 5%</p></body></html>"
    assert blocks(read(page.encode("cp1251"), "a.html"), PARAGRAPH) == ["Рост 5%"]


WORDS = st.lists(
    st.sampled_from(["rose", "by", "$31.5", "billion", "5%", "&", "<", "“x”", "12*", "a_b", "é", "€3"]),
    min_size=1,
    max_size=8,
)


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_each_block_of_html_leads_back_to_what_it_shows(paragraphs: list[list[str]], data: st.DataObject) -> None:
    """Tags, entities and white space anywhere: the stretch of the file, unmarked and decoded, is the printed text."""
    out = []
    for words in paragraphs:
        parts = []
        for word in words:
            spelled = html.escape(word) if data.draw(st.booleans()) or word in "&<" else word
            if data.draw(st.booleans()):
                spelled = "".join(f"&#{ord(c)};" for c in word)
            tag = data.draw(st.sampled_from(["", "b", "a", "span"]))
            parts.append(f"<{tag} class=q>{spelled}</{tag}>" if tag else spelled)
        out.append("<p>" + data.draw(st.sampled_from([" ", "\n  ", " <!-- 5 --> "])).join(parts) + "</p>")
    source = read("<body>" + "\n".join(out), "a.html")
    for block in source.blocks:
        printed = source.text[block.start : block.end]
        for start, end in ((0, len(printed)), (len(printed) // 2, len(printed)), (0, len(printed) // 2 + 1)):
            place = place_of(source, block.start + start, block.start + end)
            assert source.file_text is not None
            assert place.start is not None
            stretch = source.file_text[place.start : place.end]
            assert unmarked(stretch) == " ".join(printed[start:end].split())
    in_order(source)


def unmarked(stretch: str) -> str:
    """A stretch of HTML without tags and comments, entities decoded, white space folded."""
    out, at = "", 0
    while at < len(stretch):
        if stretch.startswith("<!--", at):
            at = stretch.index("-->", at) + 3
        elif stretch[at] == "<":
            at = stretch.index(">", at) + 1
        else:
            out, at = out + stretch[at], at + 1
    return " ".join(html.unescape(out).split())


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_each_block_of_markdown_leads_back_to_what_it_shows(paragraphs: list[list[str]], data: st.DataObject) -> None:
    out = []
    for words in paragraphs:
        parts = []
        for word in words:
            mark = data.draw(st.sampled_from(["", "*", "**", "_"])) if word not in "&<12*a_b" else ""
            parts.append(mark + word.replace("*", "\\*").replace("<", "&lt;").replace("&lt;", "&lt;") + mark)
        out.append(data.draw(st.sampled_from(["", "> ", "- ", "# "])) + data.draw(st.sampled_from([" ", "  "])).join(parts))
    source = read("\n\n".join(out), "a.md")
    assert sorted(" ".join(block.split()) for block in blocks(source)) == sorted(" ".join(words) for words in paragraphs)
    for block in source.blocks:
        printed = source.text[block.start : block.end]
        place = place_of(source, block.start, block.end)
        assert source.file_text is not None
        assert place.start is not None
        stretch = (
            html.unescape(source.file_text[place.start : place.end]).replace("\\", "").replace("*", "").replace("_", "")
        )
        assert " ".join(stretch.split()) == " ".join(printed.replace("*", "").replace("_", "").split())
    in_order(source)


# PDF


def lines_of(text: str, x: float = 72, y: float = 700, width: int = 80, step: float = 14) -> list[Line]:
    """A text broken into lines of a page."""
    lines: list[Line] = []
    line = ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append((x, y - step * len(lines), 11, line.rstrip()))
            line = ""
        line += word + " "
    return [*lines, (x, y - step * len(lines), 11, line.rstrip())]


SENTENCE = "The mines of Ruritania raised their output by 5.2% to 31.5 million tons in 2023, the ministry said on Monday. "


def test_pdf_paragraphs_heads_and_pages() -> None:
    pages = []
    for number in range(1, 4):
        page: list[Line] = [(72, 800, 9, "Ruritanian Statistics"), (290, 30, 9, f"Page {number}")]
        if number == 1:
            page += [(72, 740, 20, "Output of mines in 2023")]
        page += lines_of(SENTENCE * 4 + f"This is page {number}.") + lines_of(SENTENCE * 2, y=500)
        pages.append(page)
    source = read(pdf(pages), "a.pdf")
    assert source.title == "Output of mines in 2023"
    assert len(blocks(source, PARAGRAPH)) == 4  # two stand there a second time
    assert "Ruritanian Statistics" in blocks(source, ASIDE)
    assert "Page 2" in blocks(source, ASIDE)
    at = source.text.index("This is page 3")
    assert place_of(source, at, at + 4).page == 3
    in_order(source)


def test_pdf_hyphens_at_line_ends() -> None:
    page: list[Line] = [
        (72, 700, 11, "The government raised the min-"),
        (72, 686, 11, "imum wage by 5% in the year-on-"),
        (72, 672, 11, "year comparison, and long-"),
        (72, 658, 11, "term rates fell. Long-term is what matters."),
    ]
    assert blocks(read(pdf([page]), "a.pdf"), PARAGRAPH) == [
        "The government raised the minimum wage by 5% in the year-on-year comparison, and long-term rates fell. "
        "Long-term is what matters."
    ]


def test_pdf_tables_are_grids_and_not_prose() -> None:
    rows = [("Year", "Exports", "Imports"), ("2021", "10.1", "9.9"), ("2022", "13.0", "11.0"), ("2023", "14.7", "16.8")]
    page = [*lines_of(SENTENCE * 3), (72, 620, 13, "Foreign trade, USD billion")]
    page += [
        (72 + 120 * column, 600 - 15 * index, 11, text) for index, row in enumerate(rows) for column, text in enumerate(row)
    ]
    source = read(pdf([[*page, *lines_of(SENTENCE[:40] + "all.", y=500)]], bold={"Foreign trade, USD billion"}), "a.pdf")
    table = source.tables[0]
    assert [tuple(cell.text for cell in row) for row in table.rows] == rows
    assert table.caption == "Foreign trade, USD billion"
    assert table.page == 1
    assert "14.7" not in source.text


def test_pdf_columns_are_read_one_after_the_other() -> None:
    left = (
        "Left column begins here and tells of exports that rose by 5% in the year to 14.7 billion crowns. " * 4
        + "Left ends."
    )
    right = (
        "Right column goes on with imports which fell by 3% in the same year to 16.8 billion crowns. " * 4 + "Right ends."
    )
    source = read(pdf([lines_of(left, width=40) + lines_of(right, x=320, width=40)]), "a.pdf")
    text = " ".join(source.text.split())
    assert text.index("Left ends.") < text.index(
        "Right column begins" if "Right column begins" in text else "Right column goes"
    )


def test_pdf_raised_digits_are_footnotes_or_powers() -> None:
    raised = b"/F1 7 Tf 4 Ts (%s) Tj 0 Ts /F1 11 Tf "
    line = b"BT /F1 11 Tf 72 700 Td (Exports rose by 5.2) Tj " + raised % b"1"
    line += b"( million tons from 12 km) Tj " + raised % b"2" + b"( of land.) Tj ET"
    assert blocks(read(pdf([], raw=[line]), "a.pdf")) == ["Exports rose by 5.2 million tons from 12 km² of land."]


def test_pdf_encryption() -> None:
    assert "Exports rose by 5%" in read(encrypted_pdf(b""), "a.pdf").text
    assert "encrypted" in refusal(encrypted_pdf(b"secret"), "a.pdf")


def test_truncated_pdf_is_read_in_part_or_refused() -> None:
    whole = pdf([lines_of(SENTENCE * 4) for _ in range(4)])
    assert "damaged" in refusal(whole[:40], "a.pdf")
    for share in (0.6, 0.8, 0.95):
        source = read(whole[: int(len(whole) * share)], "a.pdf")
        assert "cut off" in remarks(source)
        assert "31.5 million tons" in source.text


def test_scanned_pdf_says_so() -> None:
    image = b"q 500 0 0 700 40 40 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\x00\xff EI Q"
    assert "OCR" in refusal(pdf([], raw=[image]), "a.pdf")
    mixed = pdf([], raw=[image, b"BT /F1 12 Tf 72 700 Td (Exports rose by 5%.) Tj ET"])
    assert "no text on page 1" in remarks(read(mixed, "a.pdf"))


@given(st.binary(max_size=200), st.integers(0, 2000))
def test_damaged_pdf_never_breaks(noise: bytes, at: int) -> None:
    whole = pdf([lines_of(SENTENCE * 2)])
    read_or_refused(whole[:at] + noise + whole[at + len(noise) :], "a.pdf")


# DOCX


def test_docx() -> None:
    body = (
        paragraph("Trade of Ruritania", "Ttl")
        + paragraph("5 March 2024")
        + paragraph("Exports", "Own")
        + "<w:p><w:r><w:t>Exports were $14</w:t></w:r><w:r><w:t>.7 billion</w:t></w:r>"
        "<w:del><w:r><w:delText> or 99</w:delText></w:r></w:del><w:ins><w:r><w:t>, up 5%</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t> 98</w:t></w:r></w:moveFrom>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>97</w:t></w:r>"
        "<w:r><w:instrText>PAGE 96</w:instrText></w:r><w:r><w:t>.</w:t></w:r></w:p>"
        + paragraph("One point", "Lst")
        + paragraph("USD billion")
        + word_table([["Year", "Exports"], ["2023", "14.7"], ["2022", "13.0"]])
        + "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
        + paragraph("In the box: 7 mills.")
        + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        + paragraph("In the box: 7 mills.")
        + "</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>Around the box.</w:t></w:r></w:p>"
    )
    notes = docx(body)
    assert notes
    footnotes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator"><w:p><w:r><w:t>95</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Without the 3 islands.")}</w:footnote></w:footnotes>'
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Draft</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>'
    )
    source = read(
        docx(body, {"word/styles.xml": STYLES, "word/footnotes.xml": footnotes, "docProps/core.xml": core}), "a.docx"
    )
    assert (source.title, source.language) == ("Trade of Ruritania", "en-GB")
    assert source.published == datetime.date(2024, 3, 5)
    assert [(one.kind, one.level) for one in source.blocks if one.kind == HEADING] == [(HEADING, 2)]
    assert blocks(source, PARAGRAPH) == [
        "Exports were $14.7 billion, up 5%.",
        "USD billion",
        "In the box: 7 mills.",
        "Around the box.",
        "Without the 3 islands.",
    ]
    assert blocks(source, ITEM) == ["One point"]
    at = source.text.index("$14.7")
    assert place_of(source, at, at + 5).line == 4
    table = source.tables[0]
    assert [[cell.text for cell in row] for row in table.rows] == [["Year", "Exports"], ["2023", "14.7"], ["2022", "13.0"]]
    assert table.caption == "Exports\nUSD billion"
    in_order(source)


def test_merged_cells_of_word_are_repeated() -> None:
    merged = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
        + paragraph("Trade")
        + "</w:tc><w:tc>"
        + paragraph("x")
        + "</w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>"
        + paragraph("2023")
        + "</w:tc><w:tc>"
        + paragraph("1")
        + "</w:tc><w:tc>"
        + paragraph("2")
        + "</w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>"
        + paragraph("3")
        + "</w:tc><w:tc>"
        + paragraph("4")
        + "</w:tc></w:tr></w:tbl>"
    )
    table = read(docx(merged), "a.docx").tables[0]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Trade", "Trade", "x"],
        ["2023", "1", "2"],
        ["2023", "3", "4"],
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed({"word/document.xml": LAUGHS}), "entities"),
        (packed({"word/other.xml": "<a/>"}), '"word/document.xml" is missing'),
        (packed({"word/document.xml": "<w:document"}), "not XML"),
        (packed({"word/document.xml": "plain text"}), "not XML"),
        (docx(""), "no text"),
        (docx(paragraph("Exports 5%"))[:-40], "damaged"),
    ],
)
def test_broken_word_documents(data: bytes, said: str) -> None:
    assert said in refusal(data, "a.docx")


def test_a_damaged_side_part_is_a_remark() -> None:
    source = read(
        docx(paragraph("Exports rose by 5%."), {"word/styles.xml": "<broken", "docProps/core.xml": LAUGHS}), "a.docx"
    )
    assert blocks(source, PARAGRAPH) == ["Exports rose by 5%."]
    assert len(source.remarks) == 2


def test_zip_bomb_is_refused_without_unpacking() -> None:
    data = bomb()
    begun = time.process_time()
    assert "bomb" in refusal(data, "a.docx")
    assert time.process_time() - begun < 1


# Hostile


def seconds(text: str, name: str) -> float:
    begun = time.process_time()
    source = read(text, name)
    assert source.blocks or source.tables or source.remarks
    return time.process_time() - begun


HOSTILE = {
    "open divs": lambda n: "<div>" * n + "text 5%",
    "open inline": lambda n: "<b><i class=a>" * n + "text 5%",
    "closing only": lambda n: "<section><table><tr><td>" + "<div>" * n + "</section>" * n + "text 5%",
    "open tags": lambda n: "text 5% " + "<a " * n,
    "open quotes": lambda n: "text 5% " + "<a b='c\" " * n,
    "open comments": lambda n: "text 5% " + "<!-- " * n,
    "ampersands": lambda n: "text 5% " + "&amp" * n,
    "angles": lambda n: "text 5% " + "<" * n,
    "nested tables": lambda n: "<table><tr><td>" * (n // 10) + "text 5%",
    "nested lists": lambda n: "<ul><li>" * n + "text 5%",
    "scripts": lambda n: "text 5% " + "<script>" * n,
    "spans of cells": lambda n: (
        "<table><tr>" + "<td colspan=99999 rowspan=99999>5" * (n // 100) + "<tr><td>1<td>2</table>" * 9
    ),
    "options": lambda n: "text 5% <select>" + "<option>1" * n,
    "breaks": lambda n: "text 5% " + "a<br>" * n,
    "json": lambda n: 'text 5% <script type="application/ld+json">' + "[" * n + "</script>",
    "one line": lambda n: "Exports rose by 5% to 3 billion; " * n,
    "brackets": lambda n: "text 5% " + "[" * n + "](" * n,
    "stars": lambda n: "text 5% " + "*a **b _c " * n,
    "ticks": lambda n: "text 5% " + "".join("`" * (k % 200) + " " for k in range(n // 20)),
    "quotes": lambda n: ">" * n + " text 5%",
    "pipes": lambda n: "a|b\n-|-\n" + "|" * n + "\n" + "a|b\n" * n,
    "links": lambda n: "text 5% " + "[a](" * n,
    "escapes": lambda n: "text 5% " + "\\" * n,
    "items": lambda n: "- text 5%\n" * n,
    "short lines": lambda n: "Text 5\n" * n,
    "marks": lambda n: "\u200b\u202e\u200f5\u202c%\u200d " * n + "text 5%",
    "spaces": lambda n: "text 5%" + " " * 10 * n + "x",
    "dashes": lambda n: "text 5%\n" + "-" * n + "\n" + "| " * n + "\n" + "|-" * n,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt"])
def test_time_grows_with_size_alone(kind: str, name: str) -> None:
    """Four times as much takes at most some four times as long: no square growth, no recursion."""
    make = HOSTILE[kind]
    seconds(make(1000), name)
    small = seconds(make(4_000), name)
    large = seconds(make(16_000), name)
    assert large < 8 * small + 0.5


def test_a_line_of_ten_megabytes() -> None:
    line = "Exports rose by 5.2% to $31.5 billion in 2023, and imports fell. " * 160_000
    for name in ("a.txt", "a.md", "a.html"):
        assert seconds(line, name) < 20


def test_hundred_thousand_open_tags() -> None:
    assert seconds("<div>" * 100_000 + "<p>text 5% of it", "a.html") < 10


def test_right_to_left_and_invisible_marks_do_not_shift_places() -> None:
    text = "עלייה של \u200f5.2%\u200e ל-31.5 מיליארד\u200b\n\nالصادرات ٥٪ و\u202b12\u202c%\n"
    for name in ("a.txt", "a.md", "a.html"):
        source = read(text, name)
        assert shown(source, "31.5") == "31.5"
        in_order(source)


def test_a_pdf_bomb_is_bounded() -> None:
    content = b"BT /F1 12 Tf 72 700 Td (Exports rose by 5%.) Tj ET " + b" " * 30_000_000
    begun = time.process_time()
    read(pdf([], raw=[content], compress=True), "a.pdf")
    assert time.process_time() - begun < 20
