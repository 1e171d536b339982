"""Scale and currency written as one ("420 MEUR", "8,006 M€", "EURm 420"), and letters for currencies ("R45 million")."""

from __future__ import annotations

import re
from itertools import islice

from crosscheck.extraction.numbers.currencies import CODES, LETTERS, SYMBOLS

_MILLION, _BILLION, _THOUSAND = 10**6, 10**9, 10**3
_SCALES = {
    "m": _MILLION, "M": _MILLION, "mn": _MILLION, "Mn": _MILLION, "MN": _MILLION, "mln": _MILLION, "MM": _MILLION,
    "mio": _MILLION, "Mio": _MILLION, "bn": _BILLION, "Bn": _BILLION, "BN": _BILLION, "b": _BILLION, "bln": _BILLION,
    "Mrd": _BILLION, "mrd": _BILLION, "Md": _BILLION, "Mds": _BILLION,
    "k": _THOUSAND, "K": _THOUSAND, "million": _MILLION, "billion": _BILLION,
    "thousand": _THOUSAND,
}  # fmt: skip
_THOUSAND_EUROS = {"TEUR": (_THOUSAND, "EUR"), "T€": (_THOUSAND, "EUR"), "TCHF": (_THOUSAND, "CHF")}
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_SIGN = r"US\$|[$€£¥₹₽₸]"
_SUFFIX = re.compile(rf"[ \n]?(?:(?P<own>TEUR|T€|TCHF)|(?P<scale>{_SCALE})(?P<money>{_SIGN}|[A-Z]{{3}}))(?![A-Za-z0-9/])")
_PREFIX = re.compile(
    rf"(?<![A-Za-z$€£])(?:(?P<before>MM|[MmkK])(?P<one>{_SIGN}|[A-Z]{{3}})"
    rf"|(?P<two>{_SIGN}|[A-Z]{{3}})(?P<glue>[ ]?)(?P<after>{_SCALE}))[ \n]\Z"
)
_LETTERS = "|".join(map(re.escape, sorted(LETTERS, key=len, reverse=True)))
_SEVERAL = "|".join(re.escape(letters) for letters in sorted(LETTERS, key=len, reverse=True) if len(letters) > 1)
_LETTER = re.compile(rf"(?<![A-Za-z0-9.])(?:({_LETTERS})|({_SEVERAL}) )\Z")
_SCALED = re.compile(
    r"[0-9][0-9,]{0,12}(?:, [0-9]{3}){0,2}"
    r"(?:\.[0-9]{1,3})?(?:[ -]?(?:million|billion|trillion|thousand)s?(?![a-z])|[ ]?(?:mn|mln|bn|bln|trn"
    r"|tn|m|b|k)(?![A-Za-z0-9]))"
)
_IN_HUNDREDTHS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){0,3}\.[0-9]{2}(?!\.?[0-9A-Za-z%])")  # "R12.50 a share"
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9.,])")
# "M€" where the sign was lost on the way: "8,006 ME", "ME 7,045". Also the milliard of French reports ("5.2 Md€").
_WITHOUT_SIGN = {"KE": _THOUSAND, "ME": _MILLION, "MdE": _BILLION, "MdsE": _BILLION}
_PLAIN_EURO = "|".join(sorted(_WITHOUT_SIGN, key=len, reverse=True))
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?"
_EURO_AFTER = re.compile(rf"[ \n]?(?P<euro>{_PLAIN_EURO})(?![A-Za-z0-9/])(?! [A-Za-z]+s\b)")
_EURO_BEFORE = re.compile(rf"(?<![A-Za-z0-9.,])(?P<euro>{_PLAIN_EURO})[ \n]\Z")
_EUROS = re.compile(rf"(?<![\w.,]){_DIGITS}[ \n]?(?:{_PLAIN_EURO})\b|\b(?:{_PLAIN_EURO})[ \n]{_DIGITS}(?![0-9])")
_RESULTS = re.compile(
    r"\b(?:sales|revenues?|turnover|profits?|income|EBITD?A?|cash|debt|dividends?|loss(?:es)?|earnings)\b"
)
_ENOUGH = 9
_AROUND = 400  # characters in which such letters are used more than once


def _currency(shown: str, dollar: str) -> str | None:
    if shown == "$":
        return dollar
    return SYMBOLS.get(shown) or (shown if shown in CODES else None)


def money_after(text: str, at: int, limit: int, dollar: str) -> tuple[int, str, int] | None:
    """Scale and currency in one right after a number: their scale, the currency, the end."""
    match = _SUFFIX.match(text, at, limit)
    if not match:
        euro = _EURO_AFTER.match(text, at, limit)
        return (_WITHOUT_SIGN[euro["euro"]], "EUR", euro.end()) if euro and _writes_euros_so(text, at) else None
    if match["own"]:
        return (*_THOUSAND_EUROS[match["own"]], match.end())
    code = _currency(match["money"], dollar)
    return (_SCALES[match["scale"]], code, match.end()) if code else None


def money_before(text: str, start: int, floor: int, dollar: str) -> tuple[int, str, int] | None:
    """Scale and currency in one right before a number that is no year: their scale, the currency, where they begin."""
    match = _PREFIX.search(text, max(floor, start - 12), start)
    euro = None if match else _EURO_BEFORE.search(text, max(floor, start - 12), start)
    if euro and _writes_euros_so(text, start):
        return _WITHOUT_SIGN[euro["euro"]], "EUR", euro.start()
    if not match or _YEAR.match(text, start):
        return None
    shown, scale = (match["one"], match["before"]) if match["one"] else (match["two"], match["after"])
    code = _currency(shown, dollar)
    if not code or (match["glue"] and scale not in ("m", "mn", "mln", "bn", "million", "billion", "thousand")):
        return None
    return _SCALES[scale], code, match.start()


def _writes_euros_so(text: str, at: int) -> bool:
    """Whether results are told around a place, and amounts of them more than once with letters for euros ("46 ME")."""
    first, last = max(at - _AROUND, 0), at + _AROUND
    printed = [match[0] for match in islice(_EUROS.finditer(text, first, last), _ENOUGH)]
    is_code = not any("," in one or "." in one or one[0].isdigit() for one in printed)  # "courses ME 101 and ME 202"
    return len(printed) > 1 and not is_code and _RESULTS.search(text, first, last) is not None


def letter_before(text: str, start: int, floor: int) -> tuple[str, int] | None:
    """The currency of letters before a number with a scale or hundredths: "R45 million", "N1.2trn", "R12.50"."""
    match = _LETTER.search(text, max(floor, start - 5), start)
    if match is None or not (_SCALED.match(text, start) or _IN_HUNDREDTHS.match(text, start)):
        return None
    return LETTERS[match[1] or match[2]], match.start()
