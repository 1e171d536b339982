"""Whom a text is about where its figures name nobody: the company, or the country, as inferred."""

from __future__ import annotations

import pytest
from test_frames import statements

HEAD = "Norland Shipping plc (NSH) said on Tuesday that second-quarter revenue rose 4% to €210 million.\n\n"


def areas(text: str) -> list[tuple[str, str]]:
    """Of each figure, its area and how that is known."""
    known = [one.dimensions.get("reference_area") for one in statements(text)]
    return [(one.value, one.how) if one is not None else ("", "") for one in known]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (HEAD + "Net profit fell to €12 million from €15 million.", "Norland Shipping"),
        # the owner, and not the brand that stands in the title twice
        (
            "Zap sales climb\n\nZap parent Corvane raised its outlook.\n\nZap sales rose. Corvane's operating profit"
            " came to $41 million on revenue of $300 million.",
            "Corvane",
        ),
        ("Plinth: first-half results\n\nOperating profit was €31 million and net profit €20 million.", "Plinth"),
        ("Plinth key figures 2023\n\nEBITDA came to 31 million euros.", "Plinth"),
        # initials are the same body
        (
            "Great Eastern Mills Ltd reported a net profit of $5 million. GEM's revenue came to $44 million.",
            "Great Eastern Mills",
        ),
    ],
)
def test_the_company_that_a_text_is_about(text: str, body: str) -> None:
    assert {value for value, _ in areas(text)} == {body}


def test_a_company_is_explicit_where_it_is_named_and_not_after() -> None:
    known = [how for _, how in areas(HEAD + "Net profit fell to €12 million.")]
    assert known == ["explicit", "explicit", "carried"]


def test_each_paragraph_of_a_round_up_is_about_the_company_at_its_head() -> None:
    text = (
        "Amber Mills Ltd | Revenue fell 4% to €40 million. Net profit was €3 million.\n\nBirch | EBITDA came to €8 million."
    )
    assert [value for value, _ in areas(text)] == ["Amber Mills"] * 3 + ["Birch"]


@pytest.mark.parametrize(
    "text",
    [
        "The Consumer Price Index (CPI) rose 3.2% in May. Operating profit was €31 million.",  # short for it, no symbol
        "It cost 20 Bcf and 30 Bcf. Revenue was $4 million, and net profit $1 million.",  # a unit
        "Monthly results: Operating profit was €31 million and net profit €20 million.",
        "Japan: first-half results\n\nOperating profit was $31 million and net profit $20 million.",
    ],
)
def test_what_is_no_company(text: str) -> None:
    assert not {value for value, _ in areas(text)} - {"", "JP"}


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("Arrivals brought in 709 million baht in May, after 650 million baht in April.", "TH"),  # whose money it is
        ("The deficit widened, the CBO estimated. Data: Office of Management and Budget. Outlays were $5bn.", "US"),
        ("Wages rose 4%, ONS figures show. Prices rose 2%.", "GB"),
        ("Visitors spent €40 million. They spent €30 million a year earlier.", ""),  # many countries' money
        ("Sales were 300 million yen, and 500 million won later.", ""),
    ],
)
def test_the_country_that_a_text_speaks_of(text: str, home: str) -> None:
    assert {value for value, _ in areas(text)} == {home}


@pytest.mark.parametrize("name", ["eBay", "H&M", "3M", "UPM", "Amazon.com", "Rolls-Royce", "Wärtsilä", "Bank of Narnia"])
@pytest.mark.parametrize(
    "text",
    [
        "{} sales rise in May\n\n{} on Tuesday reported revenue of $5 billion. Operating profit fell to $4 million."
        "\n\nGlobal sales of {} rose 5% in April. The company expects revenue of $21 billion.",
        "Net sales were EUR 531 million. Operating profit was EUR 50 million, said {} in its half-year report.",
        "Operating profit was 3.4 billion crowns in the second quarter. {}'s order intake fell 7%.",
    ],
)
def test_a_company_is_told_by_what_it_does_whatever_its_name(name: str, text: str) -> None:
    assert {value for value, _ in areas(text.replace("{}", name))} == {name}


@pytest.mark.parametrize("name", ["Reuters", "Minister Ode", "Japan", "Revenue"])
def test_who_tells_results_is_no_company(name: str) -> None:
    text = f"Operating profit was $3 billion. {name} reported net profit of $2 billion and {name} expects more."
    assert not {value for value, _ in areas(text)} - {"", "JP"}
