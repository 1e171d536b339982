"""The English words of periods and dates: months, ordinals, units, words that point, and the cues before a mention."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONTH_NAMES = (
    ("january", "jan"),
    ("february", "feb", "febr"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
ABBREVIATIONS = frozenset(name for names in _MONTH_NAMES for name in names[1:]) | {"vs", "jan", "no", "approx"}
# Words as well as months: they need a capital, and a cue, a digit or another month beside them.
UNSURE_MONTHS = frozenset({"may", "march", "mar"})
# Names of people, or adjectives, as well as months: they need a capital.
CAPITAL_MONTHS = UNSURE_MONTHS | {"april", "june", "august", "jan", "jun", "dec", "sep", "oct", "nov", "feb", "apr", "jul"}

ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "opening": 1,
    "initial": 1,
    "final": -1,
    "last": -1,
    "closing": -1,
}
ROMAN = frozenset({"i", "ii", "iii", "iv"})
NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"eighteen": 18, "twenty": 20, "couple": 2}

# Months in a unit; a week and a day are none.
UNIT_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}
UNITS = {
    "year": "year",
    "years": "year",
    "half": "half",
    "halves": "half",
    "semester": "half",
    "quarter": "quarter",
    "quarters": "quarter",
    "month": "month",
    "months": "month",
    "mo": "month",
    "week": "week",
    "weeks": "week",
    "day": "day",
    "days": "day",
    "period": "period",
    "periods": "period",
    "timeframe": "period",
    "time": "time",
    "date": "date",
    "season": "season",
}

LAST, THIS, NEXT = "last", "this", "next"
DETERMINERS = {
    "last": LAST,
    "this": THIS,
    "current": THIS,
    "present": THIS,
    "ongoing": THIS,
    "next": NEXT,
    "coming": NEXT,
    "upcoming": NEXT,
    "past": "past",
    "previous": "previous",
    "preceding": "previous",
    "prior": "previous",
    "that": "that",
    "same": "that",
    "reporting": "that",
    "reported": "that",
    "reference": "that",
    "review": "that",
    "given": "that",
    "whole": "the",
    "full": "the",
    "entire": "the",
    "calendar": "the",
}
SAME = frozenset({"same", "corresponding", "similar", "comparable", "analogous", "equivalent", "identical", "like"})
EARLIER = frozenset({"earlier", "ago", "before", "previously", "prior", "previous", "back"})
FISCAL = frozenset({"fiscal", "financial", "fy", "budget", "accounting"})
WHOLE = frozenset({"whole", "full", "entire", "calendar", "all"})
RANGE_WORDS = frozenset({"to", "through", "thru", "till", "until"})
ENDING = frozenset({"to", "ended", "ending", "through", "until", "till", "up", "leading", "running"})
ONWARDS = frozenset({"up", "leading", "running"})  # those that need a "to"
YEAR_ENDING = frozenset({"fye", "ye"})  # "FYE March 2023"

# Cues, in the words directly before a mention. The first can only introduce a base of comparison.
BASE_CUES = (
    "compared to",
    "compared with",
    "as compared to",
    "as compared with",
    "comparing to",
    "comparing with",
    "in comparison with",
    "in comparison to",
    "by comparison with",
    "when compared with",
    "when compared to",
    "compared against",
    "when compared",
    "measured against",
    "set against",
    "against",
    "as against",
    "versus",
    "vs",
    "relative to",
    "than",
)
# After these a mention that only looks back ("the previous year") is a base; a bare "2022" may be or may not.
OPEN_CUES = ("from", "over", "on", "to", "up from", "down from", "above", "below", "upon", "up on", "down on", "ahead of")
_EDGE_NOUNS = ("end of", "close of", "beginning of", "start of", "middle of")
EDGES = (*(f"the {edge}" for edge in _EDGE_NOUNS), *_EDGE_NOUNS, "end", "mid", "early", "late")
IN_CUES = (
    "in",
    "during",
    "for",
    "within",
    "throughout",
    "of",
    "by",
    "since",
    "until",
    "till",
    "through",
    "at",
    "as of",
    "as at",
    "before",
    "after",
    "between",
    "up to",
    "prior to",
    "following",
    "across",
    "around",
    "starting",
    "effective",
    "beginning",
    "into",
)
_THAN = tuple(f"{base} {part}" for base in BASE_CUES for part in ("in", "during", "for", "from", "at", "of", "over"))
_EDGED = tuple(
    f"{before} {edge}".strip()
    for before in (
        "",
        "at",
        "by",
        "as of",
        "as at",
        "since",
        "from",
        "until",
        "till",
        "in",
        "to",
        "before",
        "around",
        "than at",
        *BASE_CUES,
    )
    for edge in EDGES
)
_MOST = (
    "most of",
    "much of",
    "part of",
    "the rest of",
    "rest of",
    "the remainder of",
    "remainder of",
    "the month of",
    "for the month of",
    "in the month of",
    "during the month of",
)
CUES = frozenset(BASE_CUES + OPEN_CUES + IN_CUES + _THAN + _EDGED + _MOST)
LONGEST_CUE = max(len(cue.split()) for cue in CUES)
_WHEN = {"in", "during", "since", "until", "till", "throughout", "for", "of", "by", "end", "mid", "early", "late"}
TEMPORAL = frozenset(cue for cue in CUES if cue.rpartition(" ")[2] in _WHEN) | {
    "from",
    "to",
    "through",
    "than",
    "after",
    "before",
    "between",
    "over",
    "on",
    "as of",
    "early",
    "late",
    "mid",
}

OTHERS = _words(
    """
    the a an of in and by for y m q o yoy mom qoq pcp ytd year month quarter on over far so now today currently present
    at moment date half beginning start since one twelve ended same 1st it t d its than annual basis terms yearly monthly
    quarterly sequential sequentially yr frame span
    """
)
VOCABULARY = (
    frozenset(MONTHS)
    | frozenset(ORDINALS)
    | frozenset(NUMBER_WORDS)
    | frozenset(UNITS)
    | frozenset(DETERMINERS)
    | SAME
    | EARLIER
    | FISCAL
    | WHOLE
    | YEAR_ENDING
    | RANGE_WORDS
    | ENDING
    | OTHERS
    | frozenset(word for cue in CUES for word in cue.split())
)

# Between a cue of comparison and the "of" before a period: "compared with the level of 2022".
LEVELS = _words(
    """
    level levels figure figures result results number numbers value values volume volumes indicator indicators data
    average rate rates that those one total totals amount amounts reading print record peak mark performance
    """
)
# Before a number that is then an amount: "some 2000".
HEDGES = _words(
    """
    about some nearly almost approximately least most exceeding exceeded roughly another only additional around just
    total
    """
)

# What follows a number that is then no year and no day of a month.
AFTER_AMOUNTS = _words(
    """
    percent per percentage point points pp bps thousand million billion trillion mln bln bn mn tn lakh crore m k dozen
    hundred ton tons tonne tonnes kg kilogram kilograms t kt mt barrel barrels bpd bcm mcm litre litres liter liters
    gallon gallons km kilometre kilometres kilometer kilometers mile miles metre metres meter meters feet foot ft
    hectare hectares ha acre acres sq square cubic mw gw kw kwh mwh gwh twh megawatt megawatts gigawatt gigawatts watt
    watts mva hp ounce ounces oz dollar dollars euro euros pound pounds yuan tenge ruble rubles rouble roubles rupee
    rupees sum soum som soms usd eur gbp cny rmb kzt rub uzs inr lira yen won franc francs cent cents times fold
    degrees hours hour minutes minute seconds bushel bushels head heads teu teus gb tb mb hz mhz ghz calories
    """
)
COUNTED = _words(
    """
    people persons cases deaths companies firms enterprises businesses projects documents jobs workers employees staff
    vehicles cars trucks buses units students pupils homes houses apartments flats households families citizens
    residents visitors tourists passengers flights trains wagons ships vessels stores shops outlets schools hospitals
    doctors nurses soldiers troops women men children babies births marriages farms farmers farmers' investors
    shareholders shares votes voters seats members respondents participants applications permits licences licenses
    contracts agreements orders countries cities towns villages districts regions locations sites stations wells items
    pieces goods products species animals cows sheep horses books titles patents rooms beds hotels kinds types
    individuals migrants refugees
    """
)
# Names in which a year is no period.
NAMED_BEFORE = _words(
    """
    expo vision agenda strategy horizon cop resolution no nr flight model route article section form room law decree
    iso euro
    """
)
# Of a season that a year is named with, only part lies in that year: "the summer of 2021".
SEASONS = _words("summer winter spring autumn fall springtime wintertime summertime christmas")
# Plurals of which a year says the period: "2023 exports".
DATED = _words(
    """
    exports imports results figures levels sales revenues earnings profits losses prices targets plans estimates
    forecasts statistics data accounts numbers totals deliveries shipments volumes costs expenses elections olympics
    games goals projections highs lows averages harvests crops yields taxes budgets wages salaries rates olympic
    holidays years is was has as this versus vs its plus minus across rises falls increases decreases series models
    editions awards championships reports surveys financials dividends sanctions reforms floods protests standards
    terms
    """
)
# Words that can begin a mention.
STARTS = (
    frozenset(MONTHS)
    | frozenset(ORDINALS)
    | frozenset(NUMBER_WORDS)
    | frozenset(DETERMINERS)
    | SAME
    | FISCAL
    | WHOLE
    | YEAR_ENDING
    | _words(
        "the its a year month quarter half week on y m q yoy mom qoq "
        "so ytd pcp now today currently at annual yearly monthly quarterly sequential sequentially yr"
    )
)
# After "before" and "prior": what happened then, and no comparison of periods.
GOES_ON = _words("the that this his her their its our a an it they he she we to i when")
