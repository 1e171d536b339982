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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the title and the first sentence tell, however many other countries are named after them
        ("Peru's copper output fell 4%.\n\nBuyers in China, Japan and India wait.\n\nZinc output rose 2%.", "PE"),
        # a group, or the world, where they name no country
        ("Euro area inflation was 2.4% in May. Euro area wages rose 4%.\n\nSpain is ahead.\n\nRents rose 3%.", "EA"),
        ("Global wheat output rose 3% in 2023.\n\nFrance sold more. Worldwide, barley output fell 2%.", "WORLD"),
        # institutions of one country, and the place line
        ("Prices rose 3% in May, the Bank of England said. Rents rose 4%.", "GB"),
        ("MANILA (Daily) — Rents rose 4% in May. Fares fell 2%.", "PH"),
        ("Dodoma — Arrivals in Tanzania grew. Tanzania, Kenya and Uganda are visited.\n\nHotel rents rose 4%.", "TZ"),
        # where a partner stands, and where a report was written, is not what a text is about
        (
            "Exports to France and to Italy rose 3% in May. Fares rose 4%.\n\nWages in Italy rose 5%.\n\nRents rose 4%.",
            "IT",
        ),
        ("Madrid, Spain | Agency | World tourism: arrivals rose 4%. Global receipts rose 5%. Fares fell 2%.", "WORLD"),
    ],
)
def test_the_area_that_a_text_is_about(text: str, expected: str) -> None:
    assert areas(text)[-1][0] == expected


def test_a_paragraph_on_another_country_does_not_speak_for_the_next() -> None:
    text = "Norway's output fell 2%. Norway gained.\n\nSwedish output rose 3%.\n\nOutput of fish was 4,000 t."
    assert [value for value, _ in areas(text)] == ["NO", "SE", "NO"]


def test_others_in_a_text_on_arrivals_are_where_they_come_from() -> None:
    text = "Thailand had 90,000 visitors in May.\n\nChina led with 30,000 tourists, followed by India (9,000)."
    sides = [
        {name: one.dimensions[name].value for name in ("reference_area", "counterpart_area") if name in one.dimensions}
        for one in statements(text)
    ]
    assert sides == [
        {"reference_area": "TH"},
        {"reference_area": "TH", "counterpart_area": "CN"},
        {"reference_area": "TH", "counterpart_area": "IN"},
    ]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "The retailer For You Group has reported revenue of €5 million. Operating profit was €2 million.",
            "For You Group",
        ),
        (
            "Plinth Mills Reports Results\n\nFourth-quarter reported net sales were €31 million, operating profit €2m.",
            "Plinth Mills",
        ),
        (
            "Larkdale receives 4,000 tourists\n\nLarkdale received 4,000 tourists in May. Larkdale is full. Rents rose 4%.",
            "Larkdale",
        ),
    ],
)
def test_a_body_by_how_it_is_introduced(text: str, body: str) -> None:
    assert areas(text)[-1][0] == body


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


def test_people_somewhere_are_the_subject() -> None:
    text = "Canadian wheat output rose 2%. Similarly, farmers in Alberta reported an increase in production of 4%."
    assert [value for value, _ in areas(text)] == ["CA", "CA-AB"]


def test_who_asks_people_does_not_tell_where_they_live() -> None:
    text = (
        "A survey of 1,012 people for the National Retail Federation found that 38% planned to spend less. A year before, "
        "only 8% planned more trips and 41% planned fewer.\n\nThose polled are older than the respondents of the last."
    )
    found = [(one.measure, one.value, one.dimensions.get("reference_area")) for one in statements(text)]
    assert found[-2:] == [("share", 8, None), ("share", 41, None)]


def test_a_round_up_says_of_nobody_whose_figures_are() -> None:
    text = (
        "Norland profit rises, Birch revenue soars — earnings wrap\n\nNorland Ltd reported revenue of €40 million. "
        "Net profit was €3 million.\n\nThe cement maker's revenue rose 19% to €48 million."
    )
    assert areas(text)[-1][0] == "_U"


@pytest.mark.parametrize(
    ("text", "home"),
    [
        # its own office and the place where it was written, against a partner that is named more often
        (
            "Exports up, deficit shrinks: StatsCan\n\nOTTAWA — Exports rose to $38 billion. Exports to Mexico grew to $27"
            " billion, while imports from Mexico came to $24 billion. The surplus with Mexico was $3 billion.",
            "CA",
        ),
        ("7% decline in textile exports\n\nISLAMABAD (April 22, 2019): Exports fell by 7% to $7 billion.", "PK"),
        # money that one country has, told without a figure
        ("Exports fell 5% to $21 billion on a strong baht. Exports to Laos, Vietnam and Japan fell 4%.", "TH"),
        # one that owns what is told, and others in a list of examples
        (
            "Exports reached 4 million tons.\n\nEgypt opened new markets such as China, Canada, Kenya and South Africa."
            " Exports of Egyptian crops rose 4%.",
            "EG",
        ),
        # one whose market or partner is told of
        ("Italy was Peru's third-largest market in 2023, with exports of $4 billion. China took $23 billion.", "PE"),
        # an area among which something is the largest is nobody's
        ("The harbour, the largest port in North America, handled 9.2 million tons of cargo in June, up 8%.", ""),
        ("Asia's largest harbour handled 9.2 million tons. It is the top port in Asia.", ""),
        # partners in a list with their figures, or that somebody overtakes, and buyers of a country are nobody's figures
        (
            "Exports to India overtake France\n\nExports came to £6.2bn in 2022. They had been £5.1bn. The largest was"
            " Mexico, followed by France (£488m) and Japan (£315m).",
            "GB",
        ),
        (
            "Exports jump amid the US-China trade war\n\nExports of Malaysian furniture rose 20% to RM1.55 billion in 2023,"
            " as American buyers shifted orders. Before, they were RM1.3 billion.",
            "MY",
        ),
        ("Peru's imports from Africa's largest economy reached $1.7 billion. Exports came to $2 billion.", "PE"),
    ],
)
def test_evidence_of_whose_figures_they_are_is_weighed(text: str, home: str) -> None:
    assert areas(text)[0][0] == home
