"""Numbers that are no figures: dates, years, names, ranks, durations, identifiers, with the reason of each."""

from __future__ import annotations

import re

from crosscheck.extraction.numbers.text import word_set

DATE = "a date or a period"
YEAR = "a year"
TIME = "a time of day"
ORDINAL = "an ordinal"
ROMAN = "a roman numeral"
NAME = "part of a name"
RANK = "a rank"
DURATION = "a duration"
AGE = "an age"
IDENTIFIER = "an identifier"
ADDRESS = "part of an address on the web"
LISTED = "the number of a list item"
FOOTNOTE = "a footnote mark"
ANGLE = "an angle or a coordinate"
SLASH = "a date or a ratio with a slash"
SCORE = "a score or a range without a unit"
VERSION = "a version or an identifier"
DECADE = "a decade"
COMPOUND = "part of a compound word"
PRONOUN = "a pronoun or an article"
REFERENCE = "a reference to things named before"
INDEFINITE = "an indefinite number"
FREQUENCY = "how often something happens"
RATE_BASE = "the base of a rate"
BASE_OF_INDEX = "the base of an index"
INDEX_BASE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2} ?= ?\Z")  # "2015=100"
PERIOD_PART = "part of a period"
NO_COUNT = "a number without a meaning of its own"
SCALE_OR_UNIT = "a letter that may be a scale or a unit"
LIMIT = "it says who is meant"
INDEX = "what an index is in its base period"

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_BEFORE = re.compile(rf"(?<![a-z]){MONTHS}\.?,?[ \n](?:the )?\Z|(?<![a-z]){MONTHS}\.? [0-9]{{1,2}} ?[-–] ?\Z")
_MONTH_AFTER = re.compile(
    rf"(?:st|nd|rd|th)?[ \n-](?:of )?{MONTHS}(?![a-z])|(?: ?[-–] ?| and | to )[0-9]{{1,2}} {MONTHS}(?![a-z])"
)
_TIME_AFTER = re.compile(r"(?:[:.][0-9]{2})? ?(?:[ap]\.?m\b|o['’]clock\b|(?:hours? )?(?:gmt|utc|cet|est|msk|local time)\b)")

# Written forms that begin with digits and are no figure: tried where a number in digits begins.
_FORMS = re.compile(
    r"(?P<date>(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z"
    r"|[+-][0-9]{2}:?[0-9]{2})?)?(?![0-9])"
    r"|[0-9]{1,2}(?P<mark>[./-])[0-9]{1,2}(?P=mark)(?:19|20)[0-9]{2}(?![0-9])|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}(?![0-9]))"
    r"|(?P<time>[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9:]))"
    r"|(?P<score>[0-9]{1,4}(?::[0-9]{1,4})+)"
    r"|(?P<phone>[0-9]{1,12}(?:-[0-9]{1,12}){2,})"
    r"|(?P<version>[0-9]{1,4}(?:\.[0-9]{1,4}){3,8}(?![0-9])|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}(?![0-9.,]))"
    r"|(?P<scientific>[0-9]{1,20}(?:\.[0-9]{1,20})?(?: ?[x×] ?10\^?[-−]?[0-9]{1,3}|[eE][+-]?[0-9]{1,3})(?![A-Za-z0-9]))"
)
_AFTER_DIGITS = re.compile(r"[0-9]++(?:[-./:xX×eE]| [xX×])")  # what those forms go on with
_PHONE = re.compile(r"[0-9]{1,3}(?:[ -]\(?[0-9]{2,5}\)?){2,6}")
_FORM_REASONS = {
    "date": DATE,
    "time": TIME,
    "score": SCORE,
    "phone": IDENTIFIER,
    "version": VERSION,
    "scientific": "a number in scientific notation",
}
_SLASH = re.compile(r"([0-9]{1,4})/([0-9]{1,4})(?![0-9])(/[0-9]{1,4}(?![0-9]))*")
_YEARS = re.compile(r"(?:19|20)[0-9]{2} ?[-–—/] ?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9%])(?![.,][0-9])")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z0-9])", re.I)
_UNITS_OF_TIME = (
    r"(?:years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|decades?|centur(?:y|ies)|quarters?"
    r"|semesters?|fortnights?|weekends?|nights?|mornings?|evenings?|millenni(?:um|a)|generations?)"
)
_PLURAL_UNITS_OF_TIME = (
    r"(?:years|months|weeks|days|hours|minutes|seconds|decades|centuries|quarters|semesters|nights|generations|seasons)"
)
_DURATION = re.compile(
    rf"(?:(?:[ \n]{{1,2}}|-){_UNITS_OF_TIME}|[ \n](?:full|consecutive|calendar|long|business|working|straight|more"
    rf"|successive|whole|additional|fiscal|financial|trading|crop|marketing|recent|previous|past|further|extra|solid)[ \n]"
    rf"{_PLURAL_UNITS_OF_TIME})(?![a-z])"
    r"(?:['’]|[ -]old(?![a-z])|-long(?![a-z])|[ ](?:ago|earlier|later)(?![a-z]))?"
)
NIGHTS = re.compile(r"[ \n]{1,2}(?:(?:guest|bed|hotel|tourist|overnight)[ -])?nights?(?![a-z'’])")
# A length of time that is said with "of 2024", "first" or "same" is a period: no length of its own.
_LENGTHS = re.compile(
    r"[ \n]{1,2}(?:(?:full|consecutive|calendar|long|business|working|straight|more|successive|whole|additional|trading"
    r"|further|extra)[ \n])?(?P<unit>year|month|week|day|hour|minute|second|decade)s?(?![a-z])(?!['’]|-)"
    r"(?![ \n](?:of|to|through|up to)[ \n](?:the[ \n])?(?:[0-9]|this|last|current|same|previous|past"
    r"|fiscal|financial|year))"
)
_PART_BEFORE = re.compile(
    r"(?<![a-z])(?:first|second|third|fourth|last|final|opening|closing|same|initial|every|each|per|these|those)[ \n]\Z"
)
_OLD = re.compile(r"[ -](?:years?)[ -](?:old|of age)\b")
_AGE_BEFORE = re.compile(
    r"(?<![a-z])(?:aged?|ages|ages? of|over-|under-)[ ]?(?:between |from |over |under )?(?:[0-9]{1,3} ?(?:-|–|to|and) ?)?\Z"
)
_AGE_COMMAS = re.compile(r"[^\W\d_][a-z]+, \Z")
# Words right before a number that make it a name or a reference.
_NAMES = word_set(
    "note notes article articles art section sections sec chapter chapters ch resolution resolutions no nos nr n° № # "
    "table tables fig figs page pages p pp paragraph paragraphs para clause clauses annex appendix flight flights "
    "highway route rule boeing airbus decree directive protocol psalm verse step episode season volume vol issue "
    "version u s&p ftse nikkei cac dax stoxx russell nasdaq csi seng fortune global kase asx tsx topix ibex aex mib "
    "sensex nifty kospi formula covid agenda expo horizon vision strategy forbes gate apollo soyuz ncap iphone galaxy "
    "windows euro cop opec level tier iso id isbn issn tel fax phone ext code zip postcode box room apt apartment "
    "suite platform track bus tram plot sector school block phase stage round day week month year quarter q fy h "
    "class grade category type model unit line zone item exhibit schedule form lot case bill act law part book "
    "generation mark mk series corridor package ward reactor terminal pier dock berth turbine furnace shaft precinct "
    "constituency"
)
# Of the names above those that may stand before a counted number as verbs or common nouns.
_ALSO_WORDS = word_set(
    "note notes no figs p u global euro level tier code box school block phase stage round day week month year "
    "quarter h class grade category type model unit line zone item schedule form lot case bill act law part book "
    "generation mark series track bus gate vision strategy step season rule issue volume horizon agenda page platform "
    "sector package corridor s q directive windows forbes fortune version order ext id pp fax cop formula"
)
_NUMBER_BEFORE = re.compile(r"(?:(?<![a-z])(?:no|nos|nr|number)\.|№|#)[ \n]?\Z")
_RANK_BEFORE = re.compile(
    r"(?<![a-z])(?:top|bottom|ranked|ranks|rank|ranking|place|number|placed|position|seeded|seed)[ \n-](?:the |at "
    r"|number )?\Z"
    r"|(?<![a-z])top[ -]\Z"
)
PEOPLE = word_set(
    "people persons workers employees jobs students homes houses families households residents cars vehicles tourists "
    "visitors soldiers troops companies firms enterprises guests delegates participants women men children schools "
    "patients tons tonnes passengers farmers units apartments staff beds seats cases deaths applications flights "
    "members migrants refugees doctors teachers pupils victims islands species kilometers kilometres"
)
# Whom a text speaks of: "the three countries" are those named before, no count.
PARTIES = word_set(
    "countries sides nations states parties peoples leaders presidents ministers governments capitals economies "
    "neighbours neighbors partners brothers sisters men women companies teams republics powers groups of heads"
)
# Those of whom a group is told by a limit: "households earning under $30,000", "firms with more than 250 employees".
_GROUPS = PEOPLE | word_set(
    "those people individuals adults taxpayers consumers shoppers earners respondents voters businesses employers banks "
    "funds investors farms cities towns countries manufacturers retailers exporters"
)
LIMITED = r"(?:incomes?|earnings|salar(?:y|ies)|wages?|revenues?|sales|turnovers?|assets|savings|populations?|workforces?)"
_LIMIT_BEFORE = re.compile(
    rf"(?<![a-z])(?P<group>[a-z]+)[ \n](?:(?:(?:who|that)[ \n])(?:earn(?:ed|s)?|make|made|have|had|employ|own|owned)"
    rf"|earning|making|employing|owning|with(?:[ \n](?:an?|annual|yearly|household|total|combined|net)){{0,3}}"
    rf"(?:[ \n]{LIMITED}(?:[ \n]of)?)?|(?:larger|bigger|smaller|older|younger|taller|heavier|aged))[ \n]\Z"
)
_LIMITS = frozenset(
    ("more than", "less than", "above", "below", "over", "fewer than", "up to", "under", "at least", "at most", "than")
)
INDEX_BEFORE = re.compile(r"(?:19|20)[0-9]{2} ?= ?\Z")
# Of these the words that count areas.
NAMED_BEFORE = word_set("countries nations states")
_FOOTNOTE = re.compile(r"\[[0-9]{1,3}(?:[,–-] ?[0-9]{1,3}){0,9}\]")
_LIST_MARK = re.compile(r"(?:\A|\n)[ ]{0,12}\(?\Z")
_LIST_AFTER = re.compile(r"(?:[.)]|\.\))[ ](?=[^\W\d])")
_DECADE = re.compile(r"['’]?s(?![a-z0-9])")
ROMAN_NUMERAL = re.compile(r"(?<![\w.-])(?=[IVXL]{2,7}(?![\w-]))X{0,3}(?:IX|IV|V?I{0,3})(?![\w-])")
WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,2000}")
_CAPITAL_BEFORE = re.compile(r"(?P<lead>\A|[^\w]|[\n])(?P<word>[A-Z][\w&'’.]*[ -]?)\Z")
_FUNCTION_WORDS = word_set(
    "in on at by to from for with about around some over under above below between among only just nearly almost the "
    "a an and or but as of after before during since until up down least more less fewer than all these those its "
    "their our exactly approximately roughly estimated currently today overall total totally altogether there here "
    "now then also was were is are has had have reached rose fell grew increased decreased exports imports turnover "
    "trade out when where if that this which while signed sold built opened another last additional extra"
)


def written_form(text: str, start: int, limit: int) -> tuple[int, str] | None:
    """Where a date, time, phone number or the like that begins at `start` ends, and the reason."""
    after = _AFTER_DIGITS.match(text, start)
    match = _FORMS.match(text, start, limit) if after else None
    if match:
        for name, reason in _FORM_REASONS.items():
            if match[name] is not None:
                return match.end(), reason
    return None


def phone(text: str, start: int, limit: int) -> tuple[int, str] | None:
    """Where a telephone number after a "+" ends, and the reason."""
    match = _PHONE.match(text, start, limit) if start and text[start - 1] == "+" else None
    return (match.end(), IDENTIFIER) if match else None


def slashed(text: str, start: int, limit: int) -> tuple[int, int, int] | None:
    """Whole numbers with slashes between them: the end and the first two, or zeros where there are more."""
    match = _SLASH.match(text, start, limit)
    if not match:
        return None
    return (match.end(), 0, 0) if match[3] else (match.end(), int(match[1]), int(match[2]))


def years(text: str, start: int, limit: int) -> int | None:
    """The end of a range of years that begins at `start`."""
    match = _YEARS.match(text, start, limit)
    return match.end() if match else None


def ordinal_end(text: str, end: int) -> int | None:
    """The end of "30th" where its digits end at `end`."""
    match = _ORDINAL.match(text, end)
    return match.end() if match else None


def duration_end(lower: str, end: int, limit: int) -> tuple[int, str] | None:
    """The end of "11 months" or "34-year-old" where its number ends at `end`, and the reason."""
    match = _DURATION.match(lower, end, limit)
    if not match:
        return None
    old = _OLD.match(lower, end)
    return max(match.end(), old.end() if old else 0), AGE if old else DURATION


def duration_unit(lower: str, start: int, end: int) -> str:
    """The unit of time of the duration "two years", whose number stands at `start`:`end`; empty where it is a period."""
    match = _LENGTHS.match(lower, end)
    return "" if not match or _PART_BEFORE.search(lower, max(0, start - 12), start) else match["unit"]


def is_date(lower: str, start: int, end: int) -> bool:
    """Whether a month stands beside the number."""
    return bool(
        _MONTH_BEFORE.search(lower, max(0, start - 20), start) or _MONTH_AFTER.match(lower, end, min(len(lower), end + 24))
    )


def is_time(lower: str, end: int) -> bool:
    """Whether "p.m." or the like follows."""
    return bool(_TIME_AFTER.match(lower, end, end + 20))


def decade_end(text: str, end: int) -> int | None:
    """The end of "1990s"."""
    match = _DECADE.match(text, end)
    return match.end() if match else None


def is_rank(lower: str, start: int) -> bool:
    """Whether the words before make the number a rank ("top 10")."""
    return bool(_RANK_BEFORE.search(lower, max(0, start - 18), start))


def is_age(text: str, lower: str, start: int, end: int) -> bool:
    """Whether the number is an age ("aged 34", "Petrov, 34,")."""
    if _AGE_BEFORE.search(lower, max(0, start - 28), start):
        return True
    between = text[end : end + 1] == "," and _AGE_COMMAS.search(text, max(0, start - 24), start)
    return bool(between) and text[max(0, start - 24) : start].split()[-1][:1].isupper()


def named(text: str, lower: str, start: int, counted: bool, marked: bool) -> bool:
    """Whether the word before makes the number a name ("Resolution 1325", "Boeing 737").

    With something counted after it (`counted`), words that are verbs or common nouns too make no name;
    with decimals or marks of thousands (`marked`) no capital letter does.
    """
    before = lower[max(0, start - 16) : start]
    if _NUMBER_BEFORE.search(before):
        return True
    words = before.replace("-", " ").split()
    word = words[-1].strip(".") if words and before[-1] in " \n-." else ""
    word = word.lstrip("([\"'“‘")
    if word in _NAMES and (not counted or word not in _ALSO_WORDS):
        return True
    if word == "of" and words[-2:-1] == ["group"]:
        return True
    if counted or marked:
        return False
    capital = _CAPITAL_BEFORE.search(text, max(0, start - 32), start)
    if not capital:
        return False
    word = capital["word"].strip(" -.'’")
    return word.lower() not in _FUNCTION_WORDS and text[max(0, start - 2) : start - 1] not in ".!?:"


def looks_like_year(written: str, grouped: bool) -> bool:
    """Four digits from 1900 to 2100 without a mark."""
    return not grouped and len(written) == 4 and written.isdigit() and 1900 <= int(written) <= 2100


def is_list_mark(text: str, start: int, end: int) -> bool:
    """Whether the number begins a line and is followed by a full stop or a parenthesis and a word."""
    return bool(_LIST_MARK.search(text, max(0, start - 14), start) and _LIST_AFTER.match(text, end))


def footnote_end(text: str, start: int) -> int | None:
    """The end of the digits of "[12]"."""
    if start and text[start - 1] == "[":
        match = _FOOTNOTE.match(text, start - 1)
        if match:
            return match.end() - 1
    return None


def limit_from(lower: str, start: int, qualifier: str | None) -> int | None:
    """Where words begin that say, with a bound, of which group something is told: "those who earned less than $25,000"."""
    if qualifier not in _LIMITS:
        return None
    found = _LIMIT_BEFORE.search(lower, max(start - 90, 0), start)
    return found.start() if found is not None and found["group"] in _GROUPS else None
