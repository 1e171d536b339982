"""Mentions of periods: what is found with which cue, what it means beside a date and a context, and what is no period."""

from __future__ import annotations

import datetime
import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.extraction.model import Period
from crosscheck.extraction.periods import phrases as period_phrases
from crosscheck.extraction.periods.finding import find_periods, published_in, resolve
from crosscheck.extraction.periods.words import STARTS
from crosscheck.figures.periods import Period as Calendar
from crosscheck.figures.periods import ends, from_dates, from_months, months, normal_form, parse_period, prior, year_before

TODAY = "2024-06-26"


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without «», and the spans that stood between them."""
    spans, text = [], ""
    for piece in marked.split("«"):
        inside, mark, rest = piece.partition("»")
        if mark:
            spans.append((len(text), len(text) + len(inside)))
        text += inside + rest
    return text, spans


def meant(mentions: tuple[Period, ...], published: str | None, context: str | None) -> str:
    """The mentions as the tables below write them: < for a base, the period, and how it is known unless explicit."""
    date = datetime.date.fromisoformat(published) if published else None
    told = []
    for mention in mentions:
        found = resolve(mention, date, context)
        how = "" if found is None or found.how == "explicit" else f" {found.how}"
        told.append(("<" if mention.compares else "") + (f"{found.period}{how}" if found else "?"))
    return "; ".join(told)


def check(marked: str, published: str | None, context: str | None, expected: str) -> None:
    text, spans = unmarked(marked)
    mentions = find_periods(text)
    assert [(mention.start, mention.end) for mention in mentions] == spans, [text[m.start : m.end] for m in mentions]
    assert meant(mentions, published, context) == expected
    for mention in mentions:
        assert (mention.value is None) is (mention.pointing is not None)
        assert (mention.cue_start is None) is (mention.cue == "")
        if mention.cue_start is not None:
            printed = text[mention.cue_start : mention.start].lower()
            assert printed.split()[0].startswith(mention.cue.split()[0])


# What names its year: the mention, its value, < for a base of comparison.
NAMED = [
    ("«Half-year results 2024»: a good start.", "2024-S1"),
    ("«Third quarter financial results 2023»", "2023-Q3"),
    ("A half-year, and results of «2024».", "2024"),
    ("Output was 5 tons in «2022».", "2022"),
    ("«2022» was a dry season for growers.", "2022"),
    ("For «the year 2022» the mill reported a loss.", "2022"),
    ("Sales for «the whole of 2021» were flat.", "2021"),
    ("«Full-year 2023» sales were flat.", "2023"),
    ("For «the full year 2023» sales were flat.", "2023"),
    ("In «calendar year 2023» sales were flat.", "2023"),
    ("In «January-April 2024» the port was closed.", "2024-01/2024-04"),
    ("In «January–April of 2024» the port was closed.", "2024-01/2024-04"),
    ("In «January — April 2024» the port was closed.", "2024-01/2024-04"),
    ("In «Jan.-Apr. 2024» the port was closed.", "2024-01/2024-04"),
    ("In «Jan-May 2024» the port was closed.", "2024-01/2024-05"),
    ("In «January/February 2024» the port was closed.", "2024-01/2024-02"),
    ("In «January and February 2024» the port was closed.", "2024-01/2024-02"),
    ("From «January through February 2024» the port was closed.", "2024-01/2024-02"),
    ("From «January to the end of April»; then it reopened.", "?"),
    ("Between «January and April 2024» it was closed.", "2024-01/2024-04"),
    ("From «November 2023 to February 2024» it was closed.", "2023-11/2024-02"),
    ("From «November to February 2024» it was closed.", "2023-11/2024-02"),
    ("In «the first half of 2023» the herd grew.", "2023-S1"),
    ("In «the second half of 2023» the herd grew.", "2023-S2"),
    ("In «H1 2023» the herd grew.", "2023-S1"),
    ("In «1H 2023» the herd grew.", "2023-S1"),
    ("In «1H2023» the herd grew.", "2023-S1"),
    ("In «1H23» the herd grew.", "2023-S1"),
    ("In «H2'23» the herd grew.", "2023-S2"),
    ("In «2023 H2» the herd grew.", "2023-S2"),
    ("In «2023's first half» the herd grew.", "2023-S1"),
    ("In «the first six months of 2023» the herd grew.", "2023-S1"),
    ("In «the first 9 months of 2023» the herd grew.", "2023-01/2023-09"),
    ("In «the first three quarters of 2023» the herd grew.", "2023-01/2023-09"),
    ("In «the last three months of 2023» the herd grew.", "2023-Q4"),
    ("In «the last quarter of 2023» the herd grew.", "2023-Q4"),
    ("In «the final two months of 2023» the herd grew.", "2023-11/2023-12"),
    ("In «the first month of 2023» the herd grew.", "2023-01"),
    ("In «the first and second quarters of 2023» the herd grew.", "2023-S1"),
    ("In «Q1 2021» rents fell.", "2021-Q1"),
    ("In «1Q21» rents fell.", "2021-Q1"),
    ("In «Q3'21» rents fell.", "2021-Q3"),
    ("In «2021Q3» rents fell.", "2021-Q3"),
    ("In «2021-Q3» rents fell.", "2021-Q3"),
    ("In «Q1-Q3 2021» rents fell.", "2021-01/2021-09"),
    ("In «9M 2021» rents fell.", "2021-01/2021-09"),
    ("In «9M21» rents fell.", "2021-01/2021-09"),
    ("In «the first quarter of 2021» rents fell.", "2021-Q1"),
    ("In «the 4th quarter of 2021» rents fell.", "2021-Q4"),
    ("In «the IV quarter of 2021» rents fell.", "2021-Q4"),
    ("«Third-quarter 2021» rents fell.", "2021-Q3"),
    ("«The March quarter of 2021» was weak.", "2021-Q1"),
    ("In «the June 2021 quarter» rents fell.", "2021-Q2"),
    ("«Fourth-quarter» and «full-year 2021» rents fell.", "2021-Q4; 2021"),
    ("In «March» and «May 2021» rents fell.", "2021-03; 2021-05"),
    ("In «the nine months to September 2023» it lost money.", "2023-01/2023-09"),
    ("For «the nine months ended September 30, 2023», it lost money.", "2023-01/2023-09"),
    ("For «the three months ended 30 June 2023» it lost money.", "2023-Q2"),
    ("In «the 12 months to March 2023» it lost money.", "2022-04/2023-03"),
    ("In «the year to the end of March 2023» it lost money.", "2022-04/2023-03"),
    ("For «the year ended 31 December 2023» it lost money.", "2023"),
    ("For «the quarter ended June 30, 2023» it lost money.", "2023-Q2"),
    ("For «the third quarter ended September 30, 2023» it lost money.", "2023-Q3"),
    ("For «the 12-month period ended 30 June 2023» it lost money.", "2022-07/2023-06"),
    ("In «the week ended 7 January 2024» it rained.", "2024-01-01/2024-01-07"),
    ("In «the year ended 28 September 2023» it lost money.", "2022-09-29/2023-09-28"),
    ("Over «11 months of 2024», the plant made 500 buses.", "2024-01/2024-11"),
    ("For «twelve months of 2022» the plant made 500 buses.", "2022"),
    ("«Nine-month 2022» sales rose.", "2022-01/2022-09"),
    ("Over «2020-2024» the town grew.", "2020/2024"),
    ("Over «2020–24» the town grew.", "2020/2024"),
    ("From «2020 to 2024» the town grew.", "2020/2024"),
    ("Between «2020 and 2024» the town grew.", "2020/2024"),
    ("Throughout the «1990s» the town grew.", "1990/1999"),
    ("It opened on «25 June 2024».", "2024-06-25"),
    ("It opened on «June 25, 2024».", "2024-06-25"),
    ("It opened on «the 25th of June, 2024».", "2024-06-25"),
    ("It opened on «Jun. 25, 2024».", "2024-06-25"),
    ("It opened on «2024-06-25».", "2024-06-25"),
    ("It opened on «25.06.2024».", "2024-06-25"),
    ("It opened on «25/06/2024».", "2024-06-25"),
    ("It opened on «06/25/2024».", "2024-06-25"),
    ("The fair of «26-30 June 2024» was full.", "2024-06-26/2024-06-30"),
    ("The fair of «June 26-30, 2024» was full.", "2024-06-26/2024-06-30"),
    ("The fair of «28 June – 3 July 2024» was full.", "2024-06-28/2024-07-03"),
    ("From «1 January to 30 June 2024» it was shut.", "2024-S1"),
    ("In «the first half of March 2024» it was shut.", "2024-03-01/2024-03-15"),
    ("In «the second half of February 2024» it was shut.", "2024-02-16/2024-02-29"),
    ("Debt stood at $5bn as of «January 1, 2024».", "2024-01-01"),
    ("Debt stood at $5bn on «31 December 2023».", "2023-12-31"),
    ("Debt stood at $5bn at the end of «2023».", "2023"),
    ("Debt stood at $5bn at «year-end 2023».", "2023-12-31"),
    ("Debt stood at $5bn at end-«March 2023».", "2023-03"),
    ("That is twice the «2014» level.", "2014"),
    ("«2023» exports were higher.", "2023"),
    ("In «2022» people left the town.", "2022"),
    ("Exports rose 5% compared to «2023».", "<2023"),
    ("Exports rose 5% against «January 2023».", "<2023-01"),
    ("Exports were higher than in «2023».", "<2023"),
    ("Exports were lower than from «January through May 2023».", "<2023-01/2023-05"),
    ("Exports rose 5% relative to «Q1 2023».", "<2023-Q1"),
    ("Exports rose 5% vs. «Q1 2023».", "<2023-Q1"),
    ("Exports rose 5% in comparison with «2023».", "<2023"),
    ("Exports rose 5% compared with the level of «2023».", "<2023"),
    ("Exports rose 5% against the figure for «May 2023».", "<2023-05"),
    ("Exports rose 5% from «2023».", "2023"),
    ("Exports rose 5% over «2023».", "2023"),
    ("Sales were 5, 6 and 7 tons in «2021», «2022» and «2023», respectively.", "2021; 2022; 2023"),
    ("Sales rose in «January» and «February 2023» respectively.", "2023-01; 2023-02"),
    ("The share rose from 5% in «2020» to 7% in «2023».", "2020; 2023"),
    ("In «2024-05» it rained.", "2024-05"),
    ("For «the nine months ended June 30, 2023» and «2022» it lost 5 and 6.", "2022-10/2023-06; 2021-10/2022-06"),
    ("At «31 December 2023» and «2022» it owed 5 and 6.", "2023-12-31; 2022-12-31"),
    ("In «Q1 2023» and in «2022» it lost 5 and 6.", "2023-Q1; 2022"),
    ("In «2023» and «2022» it lost 5 and 6.", "2023; 2022"),
    ("It fell from «July 2017» to «July 2018».", "2017-07; 2018-07"),
    ("In «11M2021» it lost 5.", "2021-01/2021-11"),
    ("In «the year through June 2023» it lost 5.", "2022-07/2023-06"),
    ("In «the fiscal year that ended in September 2023» it lost 5.", "2022-10/2023-09"),
    ("In «the January-March quarter of 2023» it lost 5.", "2023-Q1"),
    ("In «the January–June 2023» period it lost 5.", "2023-S1"),
    ("For the month of «October 2023» it lost 5.", "2023-10"),
    ("In «Apr’22» it lost 5.", "2022-04"),
    ("In «H1-2023» it lost 5.", "2023-S1"),
    ("In «the 2023 calendar year» it lost 5.", "2023"),
    ("From «5 to 8 May 2024» it rained.", "2024-05-05/2024-05-08"),
    ("In «the first quarter» and in «the second quarter of 2023» it lost 5.", "2023-Q1; 2023-Q2"),
    ("Sales in «Q3/2023» fell.", "2023-Q3"),
    ("In «the first quarter» («January-March) of 2024» it lost 5.", "2024-Q1; 2024-Q1"),
    ("In «April-September 2022-23» it lost 5.", "?"),
    ("In «Q1 of 2022-23» it lost 5.", "?"),
    ("In the summer of «2021» it lost 5.", "?"),
    ("In «MAR 2021» it lost 5.", "2021-03"),
    ("In «the 26 weeks to 30 June 2024» it lost 5.", "2024-S1"),
    ("In «Q4» and «the full year of 2023» it lost 5.", "2023-Q4; 2023"),
    ("In mid-«May 2023» it lost 5.", "2023-05"),
    ("For «the half year ended 30 June 2022» it lost 5.", "2022-S1"),
    ("For the period «July 2017 to June 2018» it lost 5.", "2017-07/2018-06"),
    ("Asked on «April 21-May 12, 2022», few knew.", "2022-04-21/2022-05-12"),
    ("Sales were £3.8bn («2021»: £3.3bn).", "2021"),
]


@pytest.mark.parametrize(("marked", "expected"), NAMED)
def test_periods_that_name_their_year(marked: str, expected: str) -> None:
    check(marked, None, None, expected)


# What points: the text, the publication date, the context, and the meaning.
POINTING: list[tuple[str, str | None, str | None, str]] = [
    # from the publication date
    ("«Last year» 5 ships came.", TODAY, None, "2023"),
    ("«Last year» 5 ships came.", None, None, "?"),
    ("«Last year» 5 ships came.", None, "2023", "?"),
    ("For «the whole of last year» 5 ships came.", TODAY, "2024-S1", "2023"),
    ("«This year» 5 ships came.", TODAY, None, "2024"),
    ("In «the current year» 5 ships came.", TODAY, None, "2024"),
    ("«Next year» 5 ships will come.", TODAY, None, "2025"),
    ("«This January» 5 ships came.", TODAY, None, "2024-01"),
    ("In «January this year» 5 ships came.", TODAY, None, "2024-01"),
    ("In «January of this year» 5 ships came.", TODAY, None, "2024-01"),
    ("In «September last year» 5 ships came.", TODAY, None, "2023-09"),
    ("«Last December» 5 ships came.", TODAY, None, "2023-12"),
    ("«Last May» 5 ships came.", TODAY, None, "2024-05 inferred"),
    ("«Last month» 5 ships came.", TODAY, None, "2024-05"),
    ("«Last month» 5 ships came.", "2024-01-10", None, "2023-12"),
    ("«Last quarter» 5 ships came.", TODAY, None, "2024-Q1"),
    ("«This quarter» 5 ships came.", TODAY, None, "2024-Q2"),
    ("«Last week» 5 ships came.", TODAY, None, "2024-06-17/2024-06-23"),
    ("In «six months this year» 5 ships came.", TODAY, None, "2024-S1"),
    ("In «the first ten months of this year» 5 ships came.", "2023-11-20", None, "2023-01/2023-10"),
    ("From «January through February this year» 5 ships came.", TODAY, None, "2024-01/2024-02"),
    ("In «the first half of the year» 5 ships came.", "2023-07-21", None, "2023-S1"),
    ("In «the first half of the year» 5 ships came.", "2023-07-21", "2022", "2023-S1"),
    ("In «the second half of the year» 5 ships came.", "2024-01-21", "2023", "2023-S2 carried"),
    ("In «the second half of the year» 5 ships came.", "2024-01-21", None, "?"),
    ("In «the first half of the year» 5 ships came.", None, "2022", "2022-S1 carried"),
    ("In «last year's third quarter» 5 ships came.", TODAY, None, "2023-Q3"),
    ("In «the third quarter of last year» 5 ships came.", TODAY, None, "2023-Q3"),
    ("Since the beginning of «the year» 5 ships came.", TODAY, None, "2024-01/2024-05 inferred"),
    ("Since the start of «this year» 5 ships came.", TODAY, "2024-01/2024-04", "2024-01/2024-04 carried"),
    ("«Year to date», 5 ships came.", TODAY, "2024-01/2024-04", "2024-01/2024-04 carried"),
    ("«So far this year» 5 ships came.", "2024-01-20", None, "?"),
    ("Over «the past two years» 5 ships came.", TODAY, "2023", "?"),
    ("During the rest of «2024» 5 ships will come.", TODAY, None, "?"),
    ("«Now» there are 5 ships.", TODAY, None, "2024-06-26"),
    ("«Today» there are 5 ships.", None, None, "?"),
    ("There are «currently» 5 ships.", TODAY, None, "2024-06-26"),
    ("«At present» there are 5 ships.", TODAY, None, "2024-06-26"),
    ("«The year before last» 5 ships came.", TODAY, None, "2022"),
    # dates without a year
    ("They met on «June 25» at sea.", TODAY, None, "2024-06-25"),
    ("They met on «Oct. 18» at sea.", "2023-10-19", None, "2023-10-18"),
    ("They met on «28 March» at sea.", TODAY, None, "2024-03-28"),
    ("They met on «28 March» at sea.", None, "2024", "?"),
    ("They met on «December 28» at sea.", "2024-01-10", None, "2023-12-28"),
    ("They meet on «July 26» at sea.", "2024-07-20", None, "?"),
    ("The fair, «this June 26-30», is on.", TODAY, None, "2024-06-26/2024-06-30"),
    # parts without a year
    ("In «December» 5 ships came.", TODAY, None, "2023-12"),
    ("In «December» 5 ships came.", "2017-02-07", "2016", "2016-12 carried"),
    ("In «November» 5 ships came.", TODAY, "2023-12", "2023-11 carried"),
    ("In «May» 5 ships came.", TODAY, None, "2024-05"),
    ("In «June» 5 ships came.", TODAY, None, "2024-06 inferred"),
    ("In «February» 5 ships came.", TODAY, "2024-01", "2024-02 carried"),
    ("It was 5% more than in «December».", "2024-02-20", "2024-01", "<2023-12 carried"),
    ("It was 5% more than in «December».", None, "2024-01", "<2023-12 carried"),
    ("It fell 5% from «December».", None, "2024-01", "2023-12 carried"),
    ("In «December» 5 ships came.", None, "2024-01", "2023-12 inferred"),
    ("In «December» 5 ships came.", None, None, "?"),
    ("«December» exports were 5 tons.", TODAY, None, "2023-12"),
    ("In «the third quarter» 5 ships came.", TODAY, None, "2023-Q3"),
    ("In «the third quarter» 5 ships came.", TODAY, "2022", "2022-Q3 carried"),
    ("«Fourth-quarter» sales rose.", "2024-02-02", None, "2023-Q4"),
    ("In «the first four months» 5 ships came.", TODAY, None, "2024-01/2024-04"),
    ("In «January-April» 5 ships came.", TODAY, None, "2024-01/2024-04"),
    ("In «January-April» 5 ships came.", TODAY, "2022", "2022-01/2022-04 carried"),
    ("In «November-January» 5 ships came.", TODAY, None, "2023-11/2024-01"),
    ("In «the year to September» 5 ships came.", "2023-11-20", None, "2022-10/2023-09"),
    ("In «the three months to May» 5 ships came.", TODAY, None, "2024-03/2024-05"),
    ("In «the nine months» 5 ships came.", TODAY, "2023-01/2023-09", "2023-01/2023-09 carried"),
    ("In «the nine months» 5 ships came.", TODAY, "2023", "?"),
    # from the context
    ("It is 5% more than in «the same period of 2023».", TODAY, "2024-01/2024-04", "<2023-01/2023-04 carried"),
    ("It is 5% against «the same period in 2023».", None, "2024-01/2024-04", "<2023-01/2023-04 carried"),
    ("It is 5% against «the same period in 2023».", None, None, "<?"),
    ("It rose 5% from «the same period in 2022» ($5bn).", None, "2023-S1", "<2022-S1 carried"),
    ("It rose 5% over «the same period last year».", TODAY, "2024-Q1", "<2023-Q1 carried"),
    ("It rose 5% on «the same period last year».", TODAY, "2024-Q1", "<2023-Q1 carried"),
    ("It rose 5% over «the same month of last year».", TODAY, "2024-05", "<2023-05 carried"),
    ("It rose 5% over «the same month of last year».", TODAY, "2024-Q1", "<?"),
    ("It rose 5% from «the same month a year ago».", TODAY, "2024-05", "<2023-05 carried"),
    ("It is 5% against «the corresponding period of the last year».", TODAY, "2024-Q1", "<2023-Q1 carried"),
    ("It rose 5% from «the same period a year earlier».", None, "2024-Q1", "<2023-Q1 carried"),
    ("It rose 5% from «the same period of the previous year».", None, "2024-Q1", "<2023-Q1 carried"),
    ("In «the same period last year» it was $5bn.", TODAY, "2024-Q1", "2023-Q1 carried"),
    ("It rose 5% compared with «last year's same period».", TODAY, "2024-Q1", "<2023-Q1 carried"),
    ("It rose 5% from «the prior-year period».", None, "2024-Q1", "<2023-Q1 carried"),
    ("It rose 5% from «the year-ago quarter».", None, "2024-Q1", "<2023-Q1 carried"),
    ("It rose 5% from «a year earlier».", None, "2024-Q1", "<2023-Q1 carried"),
    ("It rose 5% from «a year ago».", TODAY, "2024-Q1", "<2023-Q1 carried"),
    ("It rose 5% from «a year ago».", TODAY, None, "<?"),
    ("It rose 5% from «12 months ago».", TODAY, "2024-05", "<2023-05 carried"),
    ("It is twice what it was «five years earlier».", None, "2023", "2018 carried"),
    ("It rose 5% from «a month earlier».", None, "2024-01", "<2023-12 carried"),
    ("It rose 5% from «a month earlier».", None, "2024", "<?"),
    ("It rose 5% from «the previous month».", None, "2024-01", "<2023-12 carried"),
    ("It rose 5% from «the previous quarter».", None, "2024-Q1", "<2023-Q4 carried"),
    ("It rose 5% from «the previous quarter».", None, "2024", "<?"),
    ("It rose 5% over «the previous year».", None, "2023-S1", "<2022-S1 carried"),
    ("It rose 5% compared to «the previous year».", None, "2023", "<2022 carried"),
    ("«The previous year», it was $5bn.", None, "2023-S1", "2022 carried"),
    ("In «the previous year» it was $5bn.", None, "2023", "2022 carried"),
    ("It was 5% above the figure for «the year before».", None, "2022", "2021 carried"),
    ("It was 6.6% less than «the year before».", None, "2023", "<2022 carried"),
    ("It rose 5% «year on year».", None, "2023-S1", "<2022-S1 carried"),
    ("It rose 5% «year-on-year».", None, "2023", "<2022 carried"),
    ("It rose 5% «year over year».", None, "2023", "<2022 carried"),
    ("It rose 5% «y/y».", None, "2023-05", "<2022-05 carried"),
    ("It rose 5% «y-o-y».", None, "2023-05", "<2022-05 carried"),
    ("It rose 5% «YoY».", None, "2023-05", "<2022-05 carried"),
    ("It rose 5% on «the year».", None, "2023-05", "<2022-05 carried"),
    ("It rose 5% over «the year».", None, "2022", "<2021 carried"),
    ("It rose 5% «on year».", None, "2023-05", "<2022-05 carried"),
    ("It rose 5% «month on month».", None, "2023-05", "<2023-04 carried"),
    ("It rose 5% «m/m».", None, "2023-05", "<2023-04 carried"),
    ("It rose 5% «quarter-on-quarter».", None, "2023-Q2", "<2023-Q1 carried"),
    ("It rose 5% «q/q».", None, "2023", "<?"),
    ("Imports in «the period» were $5bn.", None, "2024-Q1", "2024-Q1 carried"),
    ("Imports over «the same period» were $5bn.", None, "2024-Q1", "2024-Q1 carried"),
    ("Imports in «the reporting period» were $5bn.", None, "2024-Q1", "2024-Q1 carried"),
    ("Imports for «the same twelve months» were $5bn.", None, "2022", "2022 carried"),
    ("Imports during «the month» were $5bn.", None, "2024-01", "2024-01 carried"),
    ("Imports during «the month» were $5bn.", None, "2024-Q1", "?"),
    ("Imports in «that year» were $5bn.", None, "2022-03", "2022 carried"),
    ("Imports in «the same year» were $5bn.", None, "2022-03", "2022 carried"),
    ("In «March of that year» imports were $5bn.", None, "2022", "2022-03 carried"),
    ("In «the first quarter of the previous year» imports were $5bn.", None, "2022", "2021-Q1 carried"),
    ("Imports for «the year» were $5bn.", None, "2022", "2022 carried"),
    ("It rose 5% from «last year».", TODAY, "2024-Q1", "2023-Q1 inferred"),
    ("It rose 5% from «last year».", TODAY, None, "2023"),
    ("On a «monthly basis» it rose 5%.", None, "2023-05", "<2023-04 carried"),
    ("In «annual terms» it rose 5%.", None, "2023-05", "<2022-05 carried"),
    ("It rose 5% on a «sequential basis».", None, "2023-Q1", "<2022-Q4 carried"),
    ("It rose 5% «sequentially».", None, "2023-Q1", "<2022-Q4 carried"),
    ("It is 5% below «the same months of 2019».", None, "2021-06/2021-08", "<2019-06/2019-08 carried"),
    ("In «April-June» («Q1) of FY24» it rose 5%.", TODAY, None, "?; ?"),
    ("In «the first half of the current financial year» it rose 5%.", TODAY, None, "?"),
    ("It is 5% ahead of «the same period last year».", TODAY, "2024-Q1", "<2023-Q1 carried"),
    ("It rose over «the last 12 months».", TODAY, "2023", "?"),
    ("It opens by «year-end».", TODAY, None, "2024-12-31"),
    ("It opened at «year-end».", "2024-01-20", "2023", "2023-12-31 carried"),
    ("It is 5% above «the corresponding ten months of 2022».", None, "2024-Q1", "<?"),
    ("It is 5% above «the corresponding ten months of 2022».", None, "2024-01/2024-10", "<2022-01/2022-10 carried"),
    ("In «the first ten days of June» it rained.", TODAY, None, "2024-06-01/2024-06-10"),
    ("In «the first half of June» it rained.", TODAY, None, "2024-06-01/2024-06-15"),
    ("«The May» figure and «March»'s, too.", TODAY, None, "2024-05; 2024-03"),
    ("In «January», «February» and «March», 5, 6 and 7.", TODAY, None, "2024-01; 2024-02; 2024-03"),
    ("In «May» and «June» it was 4.5 and 5, respectively.", TODAY, "2023", "2023-05 carried; 2023-06 carried"),
    ("It rose 5% «y-t-d».", TODAY, "2024-Q1", "2024-Q1 carried"),
    ("It rose 5% «y-y».", None, "2023-05", "<2022-05 carried"),
    ("Growth on «prior year» was 5%.", None, "2023", "<2022 carried"),
    ("It rose in «the year» to 5%.", None, "2023", "2023 carried"),
    ("It rose 5% «yr/yr».", None, "2023-05", "<2022-05 carried"),
    ("In «the given month» it rose.", None, "2023-05", "2023-05 carried"),
    ("It is 5% compared with «this time last year».", TODAY, "2024-05", "<2023-05 carried"),
    ("It is 5% compared with «the previous three months».", None, "2024-Q1", "<2023-Q4 carried"),
    ("It is 5% compared with «the previous three months».", None, "2024", "<?"),
    ("In «the past January-September» it rose.", "2021-10-12", None, "2021-01/2021-09 inferred"),
    ("In «the quarter ended September» it rose.", "2023-11-12", None, "2023-Q3"),
    # what is known only with more
    ("In «fiscal 2024» it lost money.", TODAY, None, "?"),
    ("In «FY2024» it lost money.", TODAY, None, "?"),
    ("In «FY24» it lost money.", TODAY, None, "?"),
    ("In «the financial year 2023-24» it lost money.", TODAY, None, "?"),
    ("In «the 2024 fiscal year» it lost money.", TODAY, None, "?"),
    ("In «Q1 FY25» it lost money.", TODAY, None, "?"),
    ("In «the first quarter of fiscal 2025» it lost money.", TODAY, None, "?"),
    ("In «the fiscal first quarter» it lost money.", TODAY, None, "?"),
    ("In «last fiscal year» it lost money.", TODAY, None, "?"),
    ("The «2023/24 season» was poor.", TODAY, None, "?"),
    ("In «2023-24» it was poor.", TODAY, None, "?"),
    ("For the three and «six months ended June 30, 2024», it lost money.", TODAY, None, "?"),
    ("In «the last week of May» it rained.", TODAY, None, "?"),
]


@pytest.mark.parametrize(("marked", "published", "context", "expected"), POINTING)
def test_periods_said_by_pointing(marked: str, published: str | None, context: str | None, expected: str) -> None:
    check(marked, published, context, expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "In the first ten months of the fiscal year it lost 5.",
        "37 percent of the full-year target",
        "They are executed sequentially.",
        "June Smith and Jan Novak wrote it.",
        "The DEC machine and the MAR file.",
        "the names of the half registers",
        "In the first and third quarters it rose.",
        "Nothing is said of time here.",
        "There were 2,022 cases.",
        "Some 2024 people came.",
        "The tax was $2022 a head.",
        "The tax was US$2022 a head.",
        "A unit of 1990 MW was added.",
        "It sold 2000 tons.",
        "It rose to 2000.",
        "about 2000 new homes",
        "more than 1950 dollars",
        "In a way 2022.5 was the peak.",
        "Flight 2022 was late.",
        "They met at Expo 2017 again.",
        "The plan Kazakhstan-2050 was read.",
        "See https://example.org/2024/page for more.",
        "It may rise, and they march on.",
        "May this help. March with us.",
        "Ms May said so.",
        "She lost the second quarter-final.",
        "It won the second quarter final.",
        "She ran in the half-marathon.",
        "A third of it; three quarters of it; half of it.",
        "for a third quarter in a row",
        "In the first half of the century it shrank.",
        "Every year and each month, a month or per year.",
        "The year of tourism was opened.",
        "A new period of trust began in the region.",
        "the same-day delivery",
        "the same time",
        "It will be done in six months.",
        "Two years is long.",
        "The two-year bond and the 10-year plan.",
        "Samsung S24 and the H100 chip, 3M and 5G.",
        "It makes H2 from gas.",
        "It was 25% in total.",
        "They moved a year before the war.",
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert [text[mention.start : mention.end] for mention in find_periods(text)] == []


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("in 2022, during 2022, for 2022, over 2022, since 2022", ["in", "during", "for", "over", "since"]),
        ("until 2022, through 2022, of 2022, by 2022, on 2022", ["until", "through", "of", "by", "on"]),
        ("from 2022, to 2022, as of 2022", ["from", "to", "as of"]),
        (
            "than 2022, than in 2022, compared to 2022, compared with 2022",
            ["than", "than in", "compared to", "compared with"],
        ),
        ("In comparison with 2022, against 2022, versus 2022", ["in comparison with", "against", "versus"]),
        ("vs 2022, vs. 2022, relative to 2022", ["vs", "vs", "relative to"]),
        (
            "at the end of 2022, by the end of 2022, as of the end of 2022",
            ["at the end of", "by the end of", "as of the end of"],
        ),
        ("early 2022, late 2022, mid-2022, end-2022", ["early", "late", "mid", "end"]),
        ("than the 2022 level, of the 2022 level", ["than", "of"]),
        ("2022, the year before, and 2023", ["", "", ""]),
        ("since the beginning of 2022, at the end of June 2022", ["since the beginning of", "at the end of"]),
        ("compared to the level of 2022", ["compared to the level of"]),
    ],
)
def test_cues(text: str, cues: list[str]) -> None:
    assert [mention.cue for mention in find_periods(text)] == cues


def test_a_base_by_cue_or_by_itself_and_what_stays_open() -> None:
    open_cues = "It was up from 2015, over 2015, on 2015, to 2015, in 2015, for 2015, by 2015, since 2015."
    assert not any(mention.compares for mention in find_periods(open_cues))
    bases = "compared with 2015, against last year, than in May, versus Q1, year on year, a year ago, over the year"
    assert all(mention.compares for mention in find_periods(bases))
    assert len(find_periods(bases)) == 7


@pytest.mark.parametrize(
    ("marked", "date"),
    [
        (" date «2024-06-26» The minister met growers in the town.", "2024-06-26"),
        (" date «2025-01-24» 17:25\nTrade grew\n\nIt grew.", "2025-01-24"),
        ("date: «2024-06-26»\ntitle: Growers\n\nIt grew in 2023.", "2024-06-26"),
        ("ASTANA, «18 October 2023». Growers met.", "2023-10-18"),
        ("BEIJING (own report), «22 Jan 2024» - Growers met.", "2024-01-22"),
        ("LONDON, «March 5, 2024» /Newswire/ -- Growers met.", "2024-03-05"),
        ("NEW YORK, «Jan. 5, 2024» (Agency) - Growers met.", "2024-01-05"),
        ("TASHKENT, Uzbekistan, «March 26, 2024». Growers met.", "2024-03-26"),
        ("Almaty, «5 March 2024» – Growers met.", "2024-03-05"),
        ("Growers met\n\n«March 26, 2024»\n\nThey met in 2023.", "2024-03-26"),
        ("Growers met\n«Tuesday, 26 March 2024»\nThey met.", "2024-03-26"),
        ("Growers met\n«26 March 2024», 14:35\nThey met.", "2024-03-26"),
        ("Growers met\n«26.03.2024» 14:35\nThey met.", "2024-03-26"),
        ("Growers met\n«26/03/2024»\nThey met.", "2024-03-26"),
        ("# Growers met\n\n*«26 March 2024»*\n\nThey met.", "2024-03-26"),
        ("Growers met\nPublished: «26 March 2024»\nThey met.", "2024-03-26"),
        ("Growers met\nPublished on «March 26th, 2024» by A. Writer\nThey met.", "2024-03-26"),
        ("**Published:** «2024-03-26»T10:00:00Z\nThey met.", "2024-03-26"),
        ("FOR RELEASE AT 8:30 A.M. EST, «Tuesday, February 7, 2017»\nThey met.", "2017-02-07"),
        ("Growers met\nBy Ann Writer | «March 26, 2024» | 10:05 am\nThey met.", "2024-03-26"),
        ("Growers met\nBy Ann Writer, «March 26, 2024»\nThey met.", "2024-03-26"),
        ("Growers met and agreed. /// nCa, «20 January 2023»", "2023-01-20"),
        ("Growers met and agreed.\nDaily Grain\n«August 13, 2025»\n", "2025-08-13"),
        ("Growers met\n«July 31, 2012» / 8:06 AM / in 5 years\nThey met.", "2012-07-31"),
        ("Growers met\nA. Writer / «02 Nov 2023»/ Categories: Grain\nThey met.", "2023-11-02"),
        ("Growers met\nposted on «October 23, 2018»\nThey met.", "2018-10-23"),
        ("Growers met\nReleased: «22 January 2016» – Download\nThey met.", "2016-01-22"),
        ("Growers met.\n(Grain Daily «April 12, 2002»)\n", "2002-04-12"),
        ("17:52 / «21.10.2020»\nGrowers met\nThey met.", "2020-10-21"),
        ("Grain Materials «23 November 2020» 13:42 (UTC +04:00)\nThey met.", "2020-11-23"),
        ("Growers met.\n\nThey met.\n" + "x. " * 600 + "\n20:41 / 18.04.2025\nOther news", None),
        ("Growers met.\nTue, 10/12/2021 - 07:45\nThey met.", None),
        ("TASHKENT, Uzbekistan, March 26. Growers met.", None),
        ("Growers met\n03/04/2024\nThey met.", None),
        ("Growers met on 26 March 2024 in the town.", None),
        ("On March 26, 2024, growers met.", None),
        ("March 26, 2024 was the day on which growers met.", None),
        ("Growers met\nMarch 26, 2024\nDecember 31, 2023\nThey met.", None),
        ("Growers met\n31 February 2024\nThey met.", None),
        ("Growers met\nMarch 26\nThey met.", None),
        ("Date of birth: 26 March 1964\nThey met.", None),
        ("", None),
    ],
)
def test_publication_date_in_the_text(marked: str, date: str | None) -> None:
    text, spans = unmarked(marked)
    found = published_in(text)
    if date is None:
        assert found is None
        return
    assert found is not None
    assert (found[0].isoformat(), text[found[1] : found[2]]) == (date, text[slice(*spans[0])])
    assert (found[1], found[2]) == spans[0]


MONTH_NAMES = (
    [datetime.date(2000, month, 1).strftime("%B") for month in range(1, 13)],
    ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."],
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
)
ORDINALS = ("first", "second", "third", "fourth")
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def sayings(p: Calendar, names: list[str], dash: str) -> list[str]:
    """Every way to say the period that is its only reading."""
    first, last = datetime.date.fromordinal(p.first), datetime.date.fromordinal(p.last)
    year, a, b = first.year, names[first.month - 1], names[last.month - 1]
    match p.grain:
        case "year":
            return [f"{year}", f"the year {year}", f"January{dash}December {year}", f"twelve months of {year}"]
        case "years":
            return [f"{year}{dash}{last.year}", f"January {year} to December {last.year}"]
        case "semester":
            word = ORDINALS[first.month // 6]
            return [
                f"the {word} half of {year}",
                f"{word}-half {year}",
                f"H{first.month // 6 + 1} {year}",
                f"{a}{dash}{b} {year}",
            ]
        case "quarter":
            number = first.month // 3 + 1
            word = ORDINALS[number - 1]
            return [
                f"the {word} quarter of {year}",
                f"{word}-quarter {year}",
                f"Q{number} {year}",
                f"{year} Q{number}",
                f"{number}Q{year}",
            ]
        case "month":
            return [f"{a} {year}", f"{a} of {year}", f"{a}, {year}"]
        case "day":
            return [
                f"{a} {first.day}, {year}",
                f"{first.day} {a} {year}",
                first.isoformat(),
                f"{first.day:02d}.{first.month:02d}.{year}",
            ]
        case "months" if year == last.year and first.month == 1:
            count = last.month
            return [f"the first {WORDS[count - 1]} months of {year}", f"{count} months of {year}", f"{a}{dash}{b} {year}"]
        case "months" if year == last.year:
            return [f"{a}{dash}{b} {year}", f"{a} to {b} {year}", f"{a} through {b} of {year}"]
        case "months":
            return [f"{a} {year}{' to ' if a != b else dash}{b} {last.year}", f"{a} {year}{dash}{b} {last.year}"]
        case _:
            return [
                f"{first.day} {a} {year}{dash}{last.day} {b} {last.year}",
                f"{a} {first.day}, {year} to {b} {last.day}, {last.year}",
            ]


@st.composite
def spoken(draw: st.DrawFn) -> Calendar:
    year = draw(st.integers(1995, 2040))
    if draw(st.booleans()):
        return from_months(year, draw(st.integers(1, 12)), draw(st.integers(1, 18)))
    size = draw(st.sampled_from([1, 3, 6, 12, 24, 60]))
    if draw(st.booleans()):
        return from_months(year, size * draw(st.integers(0, max(12 // size - 1, 0))) + 1, size)
    first = datetime.date(year, draw(st.integers(1, 12)), draw(st.integers(2, 28)))
    return from_dates(first, first + datetime.timedelta(days=draw(st.sampled_from([0, 0, 1, 45]))))


@given(spoken(), st.sampled_from(MONTH_NAMES), st.sampled_from(["-", "–", "—", " – "]), st.data())
def test_a_period_said_in_any_way_is_read_back(p: Calendar, names: list[str], dash: str, data: st.DataObject) -> None:
    said = data.draw(st.sampled_from(sayings(p, names, dash)))
    space = data.draw(st.sampled_from([" ", "\u00a0", "\u202f", "  ", *(["\n"] if dash.strip() == dash else [])]))
    before = data.draw(st.sampled_from(["", "In ", "It grew in ", "It grew 5% compared with ", "It grew 5% ("]))
    text = (before + said).replace(" ", space) + data.draw(st.sampled_from([".", ", it grew.", ")", ""]))
    (mention,) = find_periods(text)
    assert mention.value == normal_form(p), text
    assert text[mention.start : mention.end] == said.replace(" ", space)
    assert mention.compares is before.endswith("with ")


@given(spoken(), st.dates(datetime.date(2000, 1, 1), datetime.date(2040, 12, 31)))
def test_what_looks_back_means_the_year_or_the_unit_before_the_context(p: Calendar, published: datetime.date) -> None:
    def base(words: str) -> str | None:
        (mention,) = find_periods(f"It rose 5% {words}.")
        assert mention.compares
        found = resolve(mention, published, normal_form(p))
        return found.period if found else None

    if p.grain in {"day", "days"}:
        return
    for words in ("year on year", "from a year earlier", "compared with the previous year", "y/y", "over the year before"):
        assert base(words) == normal_form(year_before(p))
    expected = normal_form(prior(p))
    for unit in ("month", "quarter"):
        if months(p) == {"month": 1, "quarter": 3}[unit]:
            assert base(f"from the previous {unit}") == base(f"{unit} on {unit}") == base(f"from a {unit} ago") == expected
        else:
            assert base(f"from the previous {unit}") is None
    year = ends(year_before(p))
    if p.grain in {"quarter", "semester", "month"} and year is not None:
        assert base(f"compared with the same period of {year.year}") == normal_form(year_before(p))


def test_read_back_keeps_the_rest_of_the_text_out() -> None:
    assert [m.value for m in find_periods("In 2023, Q1 2024 and May 2022.")] == ["2023", "2024-Q1", "2022-05"]


SENTENCES = [row[0] for row in NAMED] + [row[0] for row in POINTING]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("-", "–"),
        ("-", "\u2011"),
        (" ", "\u00a0"),
        (" ", "\u202f"),
        ("January", "Jan."),
        ("September", "Sept."),
        ("'", "’"),
    ],
)
def test_dashes_spaces_and_abbreviations_change_nothing(old: str, new: str) -> None:
    for marked in SENTENCES:
        text, _ = unmarked(marked)
        if old == "-" and any(
            char.isdigit() and text[k + 1 : k + 2] == "-" and "-0" in text for k, char in enumerate(text)
        ):
            continue  # an ISO date is written with hyphens only
        changed = text.replace(old, new)
        one, other = find_periods(text), find_periods(changed)
        assert [(m.value, m.pointing, m.cue, m.compares) for m in one] == [
            (m.value, m.pointing, m.cue, m.compares) for m in other
        ], (text, changed)


def test_case_at_the_start_of_a_sentence_changes_nothing() -> None:
    for marked in SENTENCES:
        text, _ = unmarked(marked)
        changed = text[:1].lower() + text[1:]
        if text.startswith(("January", "December", "March")):
            continue
        one, other = find_periods(text), find_periods(changed)
        assert [(m.value, m.pointing, m.cue) for m in one] == [(m.value, m.pointing, m.cue) for m in other], text


@given(st.lists(st.sampled_from([row.replace("«", "").replace("»", "") for row in SENTENCES]), min_size=1, max_size=6))
def test_sentences_together_say_what_they_say_apart(sentences: list[str]) -> None:
    together = find_periods("\n\n".join(sentences))
    apart = [mention for sentence in sentences for mention in find_periods(sentence)]
    assert [(m.value, m.pointing, m.cue, m.compares) for m in together] == [
        (m.value, m.pointing, m.cue, m.compares) for m in apart
    ]
    assert all(a.end <= b.start for a, b in itertools.pairwise(together))


@given(st.text(st.sampled_from("QH12 0/-–.,'’()$%May theofyar2024Jntosqumlpdi\n"), max_size=80))
def test_any_text_gives_mentions_in_order_that_resolve_or_not(text: str) -> None:
    end = 0
    for mention in find_periods(text):
        assert end <= mention.start < mention.end
        end = mention.end
        if mention.value is not None:
            assert normal_form(parse_period(mention.value)) == mention.value
        for context in (None, "2023", "2024-05", "2020-04/2021-03", "2024-02-29", "FY2023"):
            resolve(mention, datetime.date(2024, 2, 29), context)
    published_in(text)


@pytest.mark.parametrize(
    "line", ["2022 ", "from to ", "January-", "the same ", "compared with ", "1 ", "May ", "a", "year on ", "-"]
)
def test_a_long_line_takes_linear_time(line: str) -> None:
    def seconds(size: int) -> float:
        text = line * (size // len(line))
        start = time.process_time()
        find_periods(text)
        published_in(text)
        return time.process_time() - start

    seconds(10_000)
    small, large = seconds(20_000), seconds(160_000)
    assert large < max(24 * small, 0.5)


def test_a_long_line_without_periods_costs_little() -> None:
    start = time.process_time()
    assert find_periods("from to " * 125_000) == ()
    assert find_periods("word " * 200_000 + "2022")[0].value == "2022"
    assert time.process_time() - start < 5


def test_words_that_are_no_period_by_themselves_are_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a mark behind it, a word is read as by all readings: the shortcut past them loses none."""
    texts = [f"It rose 5% in {word}; 2023" for word in sorted(STARTS)]
    found = [find_periods(form) for text in texts for form in (text, text.upper())]
    monkeypatch.setattr(period_phrases, "_ALONE", STARTS)
    assert found == [find_periods(form) for text in texts for form in (text, text.upper())]
