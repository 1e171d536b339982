"""Numbers found in prose: tables of examples, numbers rendered and found back, and input that is large or broken."""

from __future__ import annotations

import time
from fractions import Fraction as F
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crosscheck.extraction.model import COUNT, FRACTION, MEASURE, MONEY, MULTIPLE, PERCENT, POINTS, Number
from crosscheck.extraction.numbers.finding import find_numbers
from crosscheck.extraction.periods.finding import find_periods
from crosscheck.figures.figure import from_base, interval_from_base
from crosscheck.figures.quantities import shipped_quantities
from crosscheck.figures.text import parse_figure


def shown(number: Number) -> str:
    """A number as the tables below write it: sign, qualifier and figure text."""
    sign = {1: "+", -1: "-", 0: ""}[number.sign]
    return f"{number.qualifier + ' ' if number.qualifier else ''}{sign}{number.figure}"


def checked(text: str, **options: str) -> tuple[Number, ...]:
    """The numbers of a text, each with what must hold of every one."""
    numbers, skipped = find_numbers(text, **options)  # type: ignore[arg-type]
    spans = sorted([(n.start, n.end) for n in numbers] + [(s.start, s.end) for s in skipped])
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for number in numbers:
        figure = parse_figure(number.figure)
        assert from_base(figure.face, figure.unit) == number.value
        assert figure.unit.name == number.unit
        if number.qualifier:
            assert number.qualifier in shipped_quantities().qualifiers
            assert number.qualifier_start is not None
            assert parse_figure(f"{number.qualifier} {number.figure}").face == figure.face
    return numbers


FIGURES = """
Trade came to USD 31.2 billion | 31.2 billion USD
worth US$1.29 trillion | 1.29 trillion USD
a turnover of $ 2.19 billion | 2.19 billion USD
RMB 5.65 trillion yuan of goods | 5.65 trillion CNY
8.47 trillion yuan | 8.47 trillion CNY
a loan of €1,234.5m | 1,234.5 million EUR
they raised £565m | 565 million GBP
and spent $11bn on it | 11 billion USD
12,571.1 million dollars | 12,571.1 million USD
100 million US dollars | 100 million USD
145 million U.S. dollars , which | 145 million USD
about 42 million US-dollars | about 42 million USD
5 billion 102 million tenge | 5.102 billion KZT
exports of $3 billion 482 million | 3.482 billion USD
$6 billion 840.4 million | 6.8404 billion USD
1 trillion 200 billion 300 million won | 1.200300 trillion KRW
12 thousand 450 people | 12.450 thousand {people}
500 thousand tons of beef | 500 thousand t
an 1,800km-long border | 1,800 km
3.5 lakh people | 3.5 lakh {people}
Rs 2,300 crore | 2,300 crore INR
Rs. 500 a head | 500 INR
Rs500 crore | 500 crore INR
₹500 crore | 500 crore INR
₸5 trillion | 5 trillion KZT
5 trillion tenge | 5 trillion KZT
20 million rubles | 20 million RUB
3 million roubles | 3 million RUB
300 million Kazakh tenge | 300 million KZT
64% or 20.3 billion US dollars | 64 %; 20.3 billion USD
64 or 20.3 billion | 64 billion; 20.3 billion
ZAR 5 million and 5 million CAD | 5 million ZAR; 5 million CAD
C$5 million and A$20m | 5 million CAD; 20 million AUD
HK$3 bn | 3 billion HKD
12 million Canadian dollars | 12 million CAD
4 billion Swiss francs | 4 billion CHF
6 million pounds | 6 million GBP
5 million pounds sterling | 5 million GBP
200 pounds of fish | 200 {pounds}
USD24bn and RMB5.6bn | 24 billion USD; 5.6 billion CNY
EUR 3.5bn | 3.5 billion EUR
KSh 5 million | 5 million KES
RM2.3 billion | 2.3 billion MYR
$5M and $5.2B and $1.2T | 5 million USD; 5.2 billion USD; 1.2 trillion USD
5M USD | 5 million USD
a $5-billion deal | 5 billion USD
a 5-million-dollar deal | 5 million USD
$8.8 million USD | 8.8 million USD
$8.8 million Australian dollars | 8.8 million AUD
2.83 trillion Indian rupees | 2.83 trillion INR
Pakistan spent 5 billion rupees | 5 billion PKR
2.5 lakh crore rupees in India | 2.5 trillion INR
5 hundred thousand people | 5 lakh {people}
3 hundred million euros | 0.3 billion EUR
-$5 million | -5 million USD
US$-5 million | -5 million USD
a result of $(5) million | -5 million USD
up +$2.8 billion | +2.8 billion USD
12 105.5 tonnes | 12,105.5 t
12\u00a0105.5 tonnes | 12,105.5 t
120\u202f000 people | 120,000 {people}
1 234 567,8 tonnes | 1,234,567.8 t
30,1 % of it | 30.1 %
1,5 million euros | 1.5 million EUR
1,234 units | 1,234 {units}
1.234,5 million euros | 1,234.5 million EUR
0,125 percent | 0.125 %
1’234’567 Swiss francs | 1,234,567 CHF
Rs 1,49,981 crore | 149,981 crore INR
.5 percent | 0.5 %
1234567 tons | 1,234,567 t
5 percent and 6 per cent and 7 pct | 5 %; 6 %; 7 %
fell 0.3 percentage points | 0.3 percentage_point
a 0.3 percentage-point fall | 0.3 percentage_point
by 2 pp and 1.5 p.p. | 2 percentage_point; 1.5 percentage_point
25 basis points and 30 bps | 25 basis_point; 30 basis_point
rose 3 points to 45% | 3 percentage_point; 45 %
The index rose 3 points, or 2% | 3 {points}; 2 %
a 10-percent cut | 10 %
33.1 percents | 33.1 %
5‰ of them | 5 permille
Oil at $70 per barrel | 70 USD/barrel
$82.5 a barrel | 82.5 USD/barrel
500 USD/t | 500 USD/t
$300 per tonne | 300 USD/t
$2,000 an ounce | 2,000 USD/oz
1.5 million barrels per day | 1.5 million barrel/day
300,000 b/d and 20,000 bpd | 300,000 barrel/day; 20,000 barrel/day
12.5 tonnes per hectare | 12.5 t/ha
80 km/h | 80 km/hour
5 kWh and 300 MW and 20 GWh | 5 kWh; 300 MW; 20 GWh
2.1 million hectares | 2.1 million ha
15 centners per hectare | 15 quintal/ha
40 °C and 35 degrees Celsius | 40 degC; 35 degC
-5 °C | -5 degC
20 sq km and 20 square kilometres | 20 km2; 20 km2
5 million cubic metres | 5 million m3
3 bcm and 5 m³ | 3 billion m3; 5 m3
a 100-MW plant | 100 MW
a 40-megawatt unit | 40 MW
5 trillion cubic feet | 5 trillion ft3
2 million metric tons | 2 million t
5m tonnes | 5 million t
12k people | 12 thousand {people}
a range of 20–22% | 20 %; 22 %
between 5 and 7 percent | 5 %; 7 %
$3-4 billion | 3 billion USD; 4 billion USD
£100m-£200m | 100 million GBP; 200 million GBP
from 28.1 thousand to 40.3 thousand tons | 28.1 thousand t; 40.3 thousand t
from $5 to $7 billion | 5 billion USD; 7 billion USD
from $5 in 2020 to $7 billion | 5 USD; 7 billion USD
from $900 to $7 billion | 900 USD; 7 billion USD
rose from 5 to 7.2 million | 5 million; 7.2 million
from 980,000 to 1.2 million tons | 980,000 t; 1.2 million t
35.6, 3.9 and 33.1 percents | 35.6 %; 3.9 %; 33.1 %
3, 5 and 7 million tonnes | 3 million t; 5 million t; 7 million t
RMB 546.41 billion and 528.46 billion | 546.41 billion CNY; 528.46 billion CNY
two or three percent | two %; three %
five to ten countries | five {countries}; ten {countries}
between 2,000 and 3,000 tons | 2,000 t; 3,000 t
2000-2500 tons | 2000 t; 2500 t
10-15 tonnes | 10 t; 15 t
5 countries and 10 percent | 5 {countries}; 10 %
grew 2.5 times | 2.5 times
a 2.8-fold increase | 2.8 times
a twelvefold rise and a 3x rise | twelvefold times; 3 times
grew threefold | threefold
demand tripled | tripled
tripling demand | tripling
it doubled, then halved | doubled; halved
quadrupling from a year ago | quadrupling
expected to double by 2030 | double
twice as much | twice
three times higher than | three times
a third more | a third
cut by half | half
half of exports | half
half the volume | half
two thirds of voters | two thirds
three-quarters of sales | three quarters
a quarter of imports | a quarter
almost half | almost half
nearly one-third of it | nearly one third
one in five firms | 1/5
nine out of ten firms | 9/10
1 in 4 homes | 1/4
three fifths of them | three fifths
the majority of exports | majority
most of the output | most
1/2 of it and ¾ of it | 1/2; 3/4
twenty-five plants | twenty-five {plants}
one hundred and twenty thousand people | one hundred and twenty thousand {people}
two thousand five hundred cars | two thousand five hundred {cars}
a dozen plants and two dozen firms | a dozen {plants}; two dozen {firms}
half a million people | half million {people}
half a dozen firms | six {firms}
one and a half million tonnes | one and a half million t
two and a half percent | two and a half %
half a percentage point | half percentage_point
a quarter of a million homes | quarter million {homes}
2½ million tonnes | 2.5 million t
a hundred firms | a hundred {firms}
a million tonnes | a million t
five percent | five %
zero percent | zero %
fifteen million dollars | fifteen million USD
some 40 firms | some 40 {firms}
as much as 5% | as much as 5 %
as many as 300 people | as many as 300 {people}
at least 5% | at least 5 %
well over 20 plants | well over 20 {plants}
more than $ 5 million | more than 5 million USD
nearly US$5 million | nearly 5 million USD
an estimated 3 million people | an estimated 3 million {people}
5 million people or 50 tons or more | 5 million {people}; at least 50 t
50 tons or so | about 50 t
100+ companies | at least 100 {companies}
~5% | about 5 %
>5% and < 3% | more than 5 %; less than 3 %
exceeds 40% | exceeds 40 %
surpassed $4.55 billion | surpassed 4.55 billion USD
topped 5 million tons | topped 5 million t
in excess of 5 tonnes | in excess of 5 t
fell below 3% | below 3 %
not exceeding 7% | not exceeding 7 %
must not exceed 7% | not exceed 7 %
close to half | close to half
more than a third of it | more than a third
over the 5% mark | 5 %
rose 5% over 3 million tons | 5 %; 3 million t
5% more than $3 billion | 5 %; 3 billion USD
up 9.4 percent up to $6.07 billion | 9.4 %; 6.07 billion USD
(+12.6%) | +12.6 %
changed \u22125.2% | -5.2 %
changed -5.2% | -5.2 %
changed \u20134.5% | -4.5 %
products - 58%, goods – 25.2% | 58 %; 25.2 %
growth (28.3%) | 28.3 %
a result of (12.3) million | -12.3 million
a change of (28.3)% | -28.3 %
6 % -21 % | 6 %; -21 %
73.5pc of them | 73.5 %
rose 2.7%y/y | 2.7 %
reached 1.3 million last year | 1.3 million
13 euro cents a share | 0.13 EUR
45.6p a share and 1,234.5 pence | 0.456 GBP; 12.345 GBP
21 MMT | 21 million t
a 3-percentage-point gain | 3 percentage_point
a half-percentage-point cut | half percentage_point
$2-$3 a barrel | 2 USD/barrel; 3 USD/barrel
1.5 to 2 times more | 1.5 times; 2 times
$10m-plus | at least 10 million USD
Rs 168,47,455 crore | 16,847,455 crore INR
six in 10 of them | 3/5
a €750 million 5-year bond | 750 million EUR
5 mln. tons and 2.3 thsd. tons | 5 million t; 2.3 thousand t
at negative 37.6 dollars | -37.6 USD
minus 5 percent and plus 3% | -5 %; +3 %
plus or minus 3 percentage points | 3 percentage_point
0.25 of a percentage point | 0.25 percentage_point
$US 45 million and SGD$3m | 45 million USD; 3 million SGD
5,000 TEU | 5,000 {teu}
16 different documents | 16 {documents}
52 joint projects with | 52 {projects}
183 countries worldwide | 183 {countries}
12,000 staff | 12,000 {staff}
1.2 million tourists visited | 1.2 million {tourists}
five memoranda | five {memoranda}
135 industrial and agricultural goods | 135 {goods}
300 US companies | 300 {companies}
8,000 aircraft | 8,000 {aircraft}
two thousand workers | two thousand {workers}
the other 14 members | 14 {members}
2,000 jobs and 2000 people | 2,000 {jobs}; 2000 {people}
the gauge fell to 52.3 | 52.3
12 million | 12 million
31.5⏎billion dollars | 31.5 billion USD
Five cities and 5 ports | five {cities}; 5 {ports}
12 million won | 12 million KRW
the score was 5, 7 percent | 5 %; 7 %
5 GB | 5 GB
1.5 million kilowatt-hours | 1.5 million kWh
5 000 hectares | 5,000 ha
+7.5 percent | +7.5 %
sold goods for 8,006 M€ | 8,006 million EUR
8,006 MEUR and 420 mEUR | 8,006 million EUR; 420 million EUR
M€ 420 and €M 420 | 420 million EUR; 420 million EUR
EURm 420 and EUR m 37 | 420 million EUR; 37 million EUR
SEKm 120, 45 mDKK and 420 MNOK | 120 million SEK; 45 million DKK; 420 million NOK
12 TEUR and 7 k€ | 12 thousand EUR; 7 thousand EUR
2.59 Swedish kronor apiece | 2.59 SEK
2.5 million Icelandic kronur | 2.5 million ISK
12.1 Polish zlotys | 12.1 PLN
300 Albanian lek | 300 ALL
117.51 MT of ore | 117.51
20 MT, where MT (million tonnes) is meant | 20 million t
7 metric tons (MT) and 20 MT | 7 t; 20 t
3,587 Kg/Ha of rye | 3,587 kg/ha
25 KG of rye | 25 kg
paid 65 cents a share | 0.65 USD
cost $3, up from 65 cents | 3 USD; 0.65 USD
cost 3 euros, up from 65 cents | 3 EUR; 65 {cents}
65c per share and 12¢ a share | 0.65 USD; 0.12 USD
€5 million, or 65 cents per share | 5 million EUR; 0.65 EUR
$0.76 per share | 0.76 USD
120 BCM | 120 billion m3
R45 million and R1.2bn | 45 million ZAR; 1.2 billion ZAR
N1.2trn of oil | 1.2 trillion NGN
12,000 boe/d | 12,000 {boe}/day
1.2 million boe/d and 45 kboe/d | 1.2 million {boe}/day; 45 thousand {boe}/day
a loss of ($1.2) million | -1.2 million USD
3.5 MnT and 120 LMT | 3.5 million t; 120 lakh t
in 2012, 300 people | 300 {people}
"""

SKIPS = """
975, 000 tons | a malformed number
cost (1 32 billion | a malformed number
the R2 unit and the N95 mask | part of a name; part of a name
in 2022 | a year
by 2030 | a year
2023 figures | a year
in 2020-2024 | a year
in 2023/24 | a year
the 1990s | a decade
in FY2024 | part of a name
the 3rd and the 30th | an ordinal; an ordinal
the third and twenty-first | an ordinal; an ordinal
World War II | a roman numeral
on July 5 | a date or a period
5 July | a date or a period
June 26-30 | a date or a period; a date or a period
2024-03-26 | a date or a period
26.03.2024 and 3/26/2024 | a date or a period; a date or a period
at 10:30 | a time of day
at 5 p.m. | a time of day
9am | a time of day
COVID-19 | part of a name
G20 and G7 | part of a name; part of a name
Boeing 737 | part of a name
Resolution 1325 | part of a name
Article 5 | part of a name
No. 12 | part of a name
Brent-50 | part of a name
S&P 500 and FTSE 100 | part of a name; part of a name
a 5G phone | part of a name
Airbus A320 | part of a name
Highway 7 | part of a name
Windows 11 | part of a name
CO2 | part of a name
top 10 countries | a rank
one of its top five partners | a pronoun or an article; a rank
ranked 5 in it | a rank
call +7 7172 555-12-34 | an identifier
call 123-45-67 | an identifier
version 2.0.1 | a version or an identifier
10.0.0.1 | a version or an identifier
won it 2-1 | a score or a range without a unit; a score or a range without a unit
aged 34 | an age
at the age of 67 | an age
see Table 3.1 | part of a name
a 34-year-old | an age
Mr Smith, 45, said | an age
see https://a.example/2024/05 | part of an address on the web; part of an address on the web
write to x5@y7.com | part of an address on the web; part of an address on the web
as noted [12] | a footnote mark
43°15′N | an angle or a coordinate; an angle or a coordinate
24/7 | a date or a ratio with a slash
9/11 | a date or a ratio with a slash
11 months | a duration
for three years | a duration
two decades | a duration
3-5 years | a duration; a duration
by end-2023 | a year
2019-20, when | a year
section 8(2)(b) | part of a name; part of a name
Twenty-five years ago | a duration
a 5-year plan | a duration
half a year | a duration
the half-year report | a duration
the first half | an ordinal; part of a period
the second half of the year | an ordinal; part of a period
half of 2023 | part of a period; a year
the third quarter | an ordinal; part of a period
a quarter of growth | part of a period
in the past three quarters | a duration
one of the largest | a pronoun or an article
no one and one another | a pronoun or an article; a pronoun or an article
the two countries | a reference to things named before
our two nations | a reference to things named before
two sides | a reference to things named before
all three countries | a reference to things named before
hundreds of firms | an indefinite number
several thousand people | an indefinite number
a few hundred | an indefinite number
millions of tons | an indefinite number
a 300-member team | part of a compound word
a two-way street | part of a compound word
double-digit growth | part of a compound word
met three times | how often something happens
twice a year | how often something happens
deaths per 1,000 people | the base of a rate
1,23,45.6.7 | a malformed number
12..5 | a malformed number
1.234.5 | a malformed number
a 100m sprint | a letter that may be a scale or a unit
⏎1. First | the number of a list item; an ordinal
id 007 | an identifier
1.5e9 | a number in scientific notation
"""


def rows(table: str) -> list[tuple[str, str]]:
    """Text and what is expected of it, a row a line."""
    found = [line.rsplit(" | ", 1) for line in table.strip("\n").split("\n") if "|" in line]
    return [(text.replace("⏎", "\n"), expected) for text, expected in found]


@pytest.mark.parametrize(("text", "expected"), [(t, e) for t, e in rows(FIGURES)])
def test_figures(text: str, expected: str) -> None:
    assert "; ".join(map(shown, checked(text))) == expected


ASIDES = """
ready in two years to come | 2 year
within the past two years | 2 year
in six months this year | 6 month
Thirty-five years ago | 35 year
within 90 days | 90 day
trade between the two nations | 2 {nations}
both of the three countries | 3 {countries}
for 11 months of 2024 |
in the first six months |
the same twelve months |
a 5-year plan |
a 34-year-old |
the two sides |
"""


@pytest.mark.parametrize(("text", "expected"), rows(ASIDES.replace("|\n", "| \n")))
def test_quantities_that_are_no_statistic(text: str, expected: str) -> None:
    taken = [(period.start, period.end) for period in find_periods(text)]
    numbers, skipped = find_numbers(text, taken)
    assert not numbers
    assert [f"{s.value} {s.unit}" for s in skipped if s.value is not None] == ([expected] if expected else [])


@pytest.mark.parametrize(("text", "expected"), [(t.lstrip(), e) for t, e in rows(SKIPS)])
def test_what_is_no_figure(text: str, expected: str) -> None:
    numbers, skipped = find_numbers(text)
    assert (list(map(shown, numbers)), "; ".join(s.reason for s in skipped)) == ([], expected)


def test_there_are_many_rows() -> None:
    assert len(rows(FIGURES)) > 200


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("$5 million", MONEY), ("$70 per barrel", MONEY), ("5%", PERCENT), ("5 points, not 5 %", POINTS),
        ("25 basis points", POINTS), ("tripled", MULTIPLE), ("3 times higher", MULTIPLE), ("half of it", FRACTION),
        ("5 tons", MEASURE), ("5 firms", COUNT),
    ],
)  # fmt: skip
def test_kinds(text: str, kind: str) -> None:
    assert checked(text)[0].kind == kind


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("tripled", 1), ("halved", -1), ("a doubling of", 1), ("twofold", 0), ("a twofold increase", 1),
        ("three times higher", 1), ("three times less", -1), ("a third more", 1), ("a third less", -1),
        ("grew 2.5 times", 0),
    ],
)  # fmt: skip
def test_directions(text: str, direction: int) -> None:
    assert checked(text)[0].direction == direction


def test_spans() -> None:
    text = "It sold almost 1,800 km of pipe, +12.6%, to 52 joint projects for US$ 5 million or more."
    numbers = checked(text)
    assert [text[n.start : n.end] for n in numbers] == ["1,800 km", "+12.6%", "52", "US$ 5 million"]
    assert [n.noun and text[n.noun[0] : n.noun[1]] for n in numbers] == [None, None, "joint projects", None]
    starts = [None if n.qualifier_start is None else text[n.qualifier_start :][:7] for n in numbers]
    assert starts == ["almost ", None, None, "or more"]


def test_shared_and_word() -> None:
    numbers = checked("from two to 7.2 million tons")
    assert [(n.value, n.shared, n.word) for n in numbers] == [(2_000_000, True, True), (7_200_000, False, False)]


def test_taken_spans_are_left_alone() -> None:
    text = "On 5 July 2024, 5 firms in 2024 sold five tons."
    numbers, skipped = find_numbers(text, [(3, 14), (27, 31)])
    assert [shown(n) for n in numbers] == ["5 {firms}", "five t"]
    assert {s.reason for s in skipped} == {"a date or a period"}
    assert [text[s.start : s.end] for s in skipped] == ["5", "2024", "2024"]
    assert find_numbers("5 million tons", [(2, 9)])[0][0].value == 5


def test_the_dollar_of_a_document() -> None:
    assert [n.unit for n in checked("$5, 5 dollars, US$5, C$5, 5 US dollars", dollar="AUD")] == [
        "AUD", "AUD", "USD", "CAD", "USD",
    ]  # fmt: skip


UNSEEN = "\u200b\u200e\u200f\u00ad\u2060\ufeff\u202b\u202c"


@given(st.sampled_from(["up 31.5 billion dollars", "almost 1,234.5%", "twenty-five firms", "$3-4 bn"]), st.data())
def test_unseen_characters_change_nothing(text: str, data: st.DataObject) -> None:
    at = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.sampled_from(UNSEEN)), max_size=5))
    mixed, plain = text, checked(text)
    for place, character in sorted(at, reverse=True):
        mixed = mixed[:place] + character + mixed[place:]
    found = checked(mixed)
    assert [(n.figure, n.qualifier, n.sign) for n in found] == [(n.figure, n.qualifier, n.sign) for n in plain]
    for a, b in zip(found, plain, strict=True):
        assert "".join(c for c in mixed[a.start : a.end] if c not in UNSEEN) == text[b.start : b.end]


SCALES = {
    "": 1,
    " thousand": 10**3,
    " million": 10**6,
    " billion": 10**9,
    " trillion": 10**12,
    " lakh": 10**5,
    " crore": 10**7,
}
SHORT = {"bn": 10**9, "m": 10**6, "tn": 10**12, "k": 1000, " mln": 10**6, " bln": 10**9, "M": 10**6, "B": 10**9}
AFTER = {
    "%": "percent", " percent": "percent", " per cent": "percent", " percentage points": "percentage_point",
    " dollars": "USD", " euros": "EUR", " yuan": "CNY", " tenge": "KZT", " USD": "USD", " pounds sterling": "GBP",
    " tons": "t", " tonnes": "t", " km": "km", " hectares": "ha", " barrels": "barrel", " MWh": "MWh",
    " barrels per day": "barrel/day", " people": "{people}", " new projects": "{projects}", " cubic metres": "m3",
}  # fmt: skip
BEFORE = {
    "$": "USD",
    "US$": "USD",
    "USD ": "USD",
    "€": "EUR",
    "£": "GBP",
    "RMB ": "CNY",
    "₸": "KZT",
    "C$": "CAD",
    "Rs ": "INR",
}
FRAMES = [
    "Trade rose to {}.",
    "{} of it went, they said.",
    "Output ({}) fell",
    "it was put at {}, against a plan",
    "reached {}\n",
]
HEDGES = ["", "almost ", "about ", "more than ", "up to ", "at least ", "nearly ", "over ", "some ", "under ", "exceeding "]


@st.composite
def decimals(draw: st.DrawFn) -> tuple[F, str, int]:
    """A number in digits: its value, its text and its decimal places."""
    places = draw(st.integers(0, 3))
    value = F(draw(st.integers(1, 10**9 - 1)), 10**places)
    assume(not (places == 0 and 1900 <= value <= 2100))
    whole, part = divmod(int(value * 10**places), 10**places)
    mark = draw(st.sampled_from(["", ",", "\u00a0", "\u202f", "\u2009"]))
    text = f"{whole:,}".replace(",", mark) if whole >= 1000 else str(whole)
    return value, text + (f".{part:0{places}}" if places else ""), places


@given(decimals(), st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(AFTER)), st.sampled_from(HEDGES),
       st.sampled_from(FRAMES))  # fmt: skip
def test_a_rendered_number_is_found_back(number: tuple[F, str, int], scale: str, unit: str, hedge: str, frame: str) -> None:
    value, text, places = number
    if unit.startswith("%") or unit.startswith(" per") or "people" in unit or "projects" in unit:
        assume(value.denominator == 1 or AFTER[unit][0] != "{" or SCALES[scale] % value.denominator == 0)
    if hedge == "some " and AFTER[unit] in ("percent", "percentage_point"):
        hedge = ""
    found = checked(frame.format(hedge + text + scale + unit))
    assert len(found) == 1
    assert found[0].value == value * SCALES[scale]
    assert found[0].unit == AFTER[unit]
    assert found[0].qualifier == (hedge.strip() or None)
    figure = parse_figure(found[0].figure, "rate")
    read = interval_from_base(figure.strict, figure.unit)
    assert read.high is not None
    assert read.low is not None
    assert read.high - read.low == F(SCALES[scale], 10**places)


@given(decimals(), st.sampled_from(sorted(SHORT) + sorted(SCALES)), st.sampled_from(sorted(BEFORE)),
       st.sampled_from(HEDGES), st.sampled_from(FRAMES))  # fmt: skip
def test_a_rendered_amount_is_found_back(
    number: tuple[F, str, int], scale: str, currency: str, hedge: str, frame: str
) -> None:
    value, text, places = number
    by = {**SHORT, **SCALES}[scale]
    found = checked(frame.format(hedge + currency + text + scale))
    assert [(n.value, n.unit, n.qualifier) for n in found] == [(value * by, BEFORE[currency], hedge.strip() or None)]
    figure = parse_figure(found[0].figure, "rate")
    read = interval_from_base(figure.strict, figure.unit)
    assert read.high is not None
    assert read.low is not None
    assert read.high - read.low == F(by, 10**places)


SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"


def spelt(value: int) -> str:
    """A whole number below a billion in words."""
    for by, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= by:
            head, rest = divmod(value, by)
            tail = "" if not rest else f" and {spelt(rest)}" if rest < 100 else f" {spelt(rest)}"
            return f"{spelt(head)} {name}{tail}"
    if value < 20:
        return SMALL.split()[value]
    tens, units = divmod(value, 10)
    return TENS.split()[tens] + (f"-{SMALL.split()[units]}" if units else "")


@given(
    st.integers(2, 10**9 - 1),
    st.sampled_from([" tons", " percent", " dollars", " people"]),
    st.sampled_from(["", "About "]),
)
def test_words_are_found_back(value: int, unit: str, hedge: str) -> None:
    found = checked(f"{hedge}{spelt(value)}{unit} there.")
    assert [(n.value, n.unit, n.word) for n in found] == [(value, AFTER[unit], True)]


PAIRS = [
    (" ", "\u00a0"),
    ("-", "–"),
    ("bn", " billion"),
    ("%", " per cent"),
    ("$", "US$"),
    (",", "\u202f"),
    ("m ", " million "),
]


@given(st.integers(1, 999), st.integers(1, 99), st.sampled_from(PAIRS))
def test_ways_of_printing_change_nothing(a: int, b: int, pair: tuple[str, str]) -> None:
    text = f"It sold 12,{a:03} tons for ${a}.{b}bn or ${b}m in all, {b}.{a % 10}% more, {b}-{b + 1}% a head."
    assume(not 1900 <= a <= 2100)
    old, new = pair
    assert [(n.value, n.unit, n.sign) for n in checked(text.replace(old, new))] == [
        (n.value, n.unit, n.sign) for n in checked(text)
    ]


@given(st.text("0123456789.,%$€-–+/() \nmbktxMone hundred million half two and of the a twice", max_size=60))
def test_any_text_is_read_and_every_digit_accounted_for(text: str) -> None:
    numbers, skipped = find_numbers(text)
    checked(text)
    spans = [(n.start, n.end) for n in numbers] + [(s.start, s.end) for s in skipped]
    for at, character in enumerate(text):
        if character.isdigit():
            assert any(start <= at < end for start, end in spans), text[at:]


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 10**5, "9" * 10**7, "(" * 10**6, ", " * 10**6, "100 " * 10**5, "1.1" * 10**5, "one and " * 2 * 10**4,
        "half " * 2 * 10**4, "1/" * 10**5, "@" * 10**5, "a hundred " * 10**4, "$" * 10**6, "5 million 3 " * 10**4,
        "A" * 10**6 + " 5",
        " " * 10**6 + "5" + " " * 10**6, "\n" * 10**6, "1-" * 10**5, "\u200b1" * 10**5, "IX " * 10**5,
        "over " * 10**5 + "5",
    ],
)  # fmt: skip
def test_long_input_takes_linear_time(text: str) -> None:
    began = time.process_time()
    numbers, skipped = find_numbers(text)
    assert time.process_time() - began < 40
    assert len(numbers) + len(skipped) <= len(text)


def test_a_number_of_many_digits_is_skipped_whole() -> None:
    numbers, skipped = find_numbers("9" * 61 + " tons and " + "9" * 60 + " tons")
    assert [s.reason for s in skipped] == ["a number of more than 60 digits"]
    assert [n.value for n in numbers] == [int("9" * 60)]
