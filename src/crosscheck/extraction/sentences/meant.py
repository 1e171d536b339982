"""Words that mean something else beside others: "the cloud business" is a part, "ready to export" no indicator."""

from __future__ import annotations

import re
from itertools import pairwise

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import FRACTION, MEASURE, Mentions, Name, Number, Period
from crosscheck.extraction.sentences.tokens import NUMBERS, PRODUCT, Token, letters
from crosscheck.inputs.values import replace

PART_WORDS = 5  # in the name of a part of a company
COMPARING = ("from", "than", "than in", "against", "versus", "vs")
LASTING = re.compile(r"\b(?:months|weeks|days|years|(?:month|week|day|year)[ -]period)\b", re.IGNORECASE)
_BEFORE_PART = re.compile(r"[if][.XE]")
IN_EVERY = re.compile(r"\s(?:in|out\sof)\s")
MODIFIERS = ("export", "import")  # verbs elsewhere


def as_meant(text: str, tokens: list[Token], mentions: Mentions, main: str | None) -> list[Token]:
    """The tokens, those changed that mean something else beside others; looked for only where there is such a word."""
    words = {token.text for token in tokens}
    tokens = _without_glosses(tokens) if "(" in words else tokens  # "gross domestic product (GDP)"
    if FRACTION in [number.kind for number in mentions.numbers]:
        tokens = _with_ratios(text, tokens)
    if not words.isdisjoint(words_of("put_out")):
        tokens = _with_output(tokens)
    if not words.isdisjoint(words_of("segment")):
        tokens = _with_segments(text, tokens)
    if not words.isdisjoint(words_of("of_another")):
        tokens = _with_others(tokens)
    tokens = tokens if {word.lower() for word in words}.isdisjoint(words_of("spent")) else _with_uses(tokens)
    tokens = _with_stock(tokens) if "shares of" in words else tokens
    if main is not None:
        tokens = _with_parts(text, _of_all(tokens) if "attributable to" in words else tokens, main)
    if not words.isdisjoint(("with the", "of about")):
        tokens = _with_links(tokens)
    if "over" in [period.cue for period in mentions.periods]:
        tokens = _with_spans(text, tokens)
    tokens = _with_verbs(tokens)
    return _with_balances(tokens) if "trade-turnover" in [name.code for name in mentions.names] else tokens


def _without_glosses(tokens: list[Token]) -> list[Token]:
    """ "Gross domestic product (GDP)": in brackets the same name again, in short."""
    found: list[Token] = []
    for token in tokens:
        if token.letter == ")" and len(found) > 2 and found[-2].letter == "(":
            one, other = found[-3].mention, found[-1].mention
            if isinstance(one, Name) and isinstance(other, Name) and one.code is not None and one.code == other.code:
                del found[-2:]
                continue
        found.append(token)
    return found


def _with_ratios(text: str, tokens: list[Token]) -> list[Token]:
    """ "One in five people", "three out of four firms": as "a fifth of people", with an "of" that takes no place."""
    found: list[Token] = []
    for token, following in pairwise([*tokens, None]):
        assert token is not None
        found.append(token)
        ratio = token.letter == "h" and IN_EVERY.search(text, token.start, token.end) is not None
        if ratio and following is not None and following.letter in ".XIAET":
            found.append(Token("o", token.end, token.end, "of"))
    return found


def _with_output(tokens: list[Token]) -> list[Token]:
    """ "Norway harvested 1.2 million tons": the verb is the indicator of the amount behind it, or before it."""
    found, verbs = list(tokens), words_of("put_out")
    for at, token in enumerate(tokens):
        if token.text not in verbs or token.letter not in ".L":
            continue
        ahead = next((other for other in tokens[at + 1 : at + 5] if other.letter in NUMBERS), None)
        passive = at and tokens[at - 1].text in ("was", "were", "been")
        number = ahead or next(
            (other for other in reversed(tokens[max(at - 8, 0) : at]) if passive and other.letter == "#"), None
        )
        mention = number.mention if number is not None else None
        if isinstance(mention, Number) and mention.kind == MEASURE:
            code = "electricity-generation" if mention.unit.endswith(("Wh", "W")) else "production"
            found[at] = Token("I", token.start, token.end, token.text, Name(token.start, token.end, "indicator", code))
    return found


def _with_others(tokens: list[Token]) -> list[Token]:
    """ "Export duties", "staff costs": another thing than the indicator that its name begins with, in words of its own."""
    found = list(tokens)
    for at, (token, following) in enumerate(pairwise(tokens)):
        if following.text not in words_of("of_another") or (token.letter != "I" and token.text not in MODIFIERS):
            continue
        if isinstance(token.mention, Name) and token.mention.possessive:
            continue  # "the industry's costs"
        if isinstance(following.mention, Name) and not following.mention.generic:
            continue
        for index in (at, at + 1):
            found[index] = Token(".", tokens[index].start, tokens[index].end, tokens[index].text.lower())
    return found


def _with_uses(tokens: list[Token]) -> list[Token]:
    """ "Spending on schools", "outlays for interest on the debt": what money is for is not what is counted or traded."""
    for at in [at for at, token in enumerate(tokens[:-2]) if token.text.lower() in words_of("spent")]:
        use = min(at + 2 + (tokens[at + 2].text in words_of("article")), len(tokens) - 1)
        if tokens[at + 1].letter not in "itf":
            continue
        while use < len(tokens) and (tokens[use].letter in ".XoIa" or tokens[use].text in ("on", "for")):
            if tokens[use].letter == "I":
                tokens[use] = Token(".", tokens[use].start, tokens[use].end, tokens[use].text.lower())
                break
            use += 1
    return tokens


def _with_stock(tokens: list[Token]) -> list[Token]:
    """ "Shares of the software company rose 3.9%": the price of its stock, and no part of anything."""
    found = list(tokens)
    for at, token in reversed([*enumerate(tokens)]):
        if token.text != "shares of":
            continue
        owner = next(
            (i for i, word in enumerate(found[at + 1 : at + 12], at + 1) if word.letter in "Ej" or _is_firm(word)), None
        )
        moves = found[owner + 1 : owner + 3] if owner is not None else []
        if (
            owner is None
            or not any(word.letter in "UDC" for word in moves)
            or any(w.letter in "IA" for w in found[at + 1 : owner])
        ):
            continue
        name = Name(token.start, token.start + len("shares"), "indicator", "share-price")
        stock = Token("I", name.start, name.end, "shares", name)
        whose = [Token("o", name.end, token.end, "of"), found[owner]] if found[owner].letter == "E" else []
        found[at : owner + 1] = [stock, *whose]
    return found


def _is_firm(word: Token) -> bool:
    return word.letter == "." and word.text in words_of("firm_noun")


def _with_segments(text: str, tokens: list[Token]) -> list[Token]:
    """ "The Aerospace segment", "its cloud business" as one name of a product."""
    found: list[Token] = []
    segments = words_of("segment")
    for token in tokens:
        first = _segment(text, found) if token.text in segments and token.mention is None else len(found)
        if first < len(found):
            start, end = found[first].start, found[-1].end
            words = " ".join(text[start:end].split())
            del found[first:]
            found.append(Token(PRODUCT, start, token.end, words, Name(start, token.end, "product", words)))
        else:
            found.append(token)
    return found


def _segment(text: str, before: list[Token]) -> int:
    """Where the name of a segment begins that ends with `before`: capitalised words, or some behind "its" or "the"."""
    first = len(before)
    while first and len(before) - first < 4 and before[first - 1].letter in ".XAE":
        word = before[first - 1]
        if word.text.lower() in words_of("stop") or word.text.lower() in words_of("generic"):
            break
        first -= 1
    capitals = [index for index in range(first, len(before)) if text[before[index].start].isupper()]
    if capitals and (before[capitals[0]].mention is not None or capitals[0] > 0):
        return capitals[0]
    introduced = first and (before[first - 1].letter == "j" or before[first - 1].text in ("the", "'s", "’s"))
    return first if introduced and len(before) - first <= 2 else len(before)


def _of_all(tokens: list[Token]) -> list[Token]:
    """ "Net income attributable to Acme, Inc.": in a text about Acme that is its net income."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1].text if found else ""
        if token.letter == "E" and before == "attributable to" and len(found) > 1 and found[-2].letter == "I":
            found.pop()
        else:
            found.append(token)
    return found


def _with_parts(text: str, tokens: list[Token], main: str) -> list[Token]:
    """ "Sales in Film Products", "In Film Products, sales …", "sales at Film Products" as one name of a product."""
    found: list[Token] = []
    at = 0
    if "market" in [token.text for token in tokens if token.letter == "K"]:
        tokens = [
            replace(token, letter=".") if token.letter == "K" and token.text == "market" else token for token in tokens
        ]
    if "at" not in [token.text for token in tokens] and not _BEFORE_PART.search(letters(tokens)):
        return tokens
    while at < len(tokens):
        may_begin = found and (found[-1].letter in "if" or found[-1].text == "at") and tokens[at].letter in ".XE"
        last = _part_behind(text, tokens, at, main, found) if may_begin else at
        if last == at:
            found.append(tokens[at])
        else:
            start, end = tokens[at].start, tokens[last - 1].end
            words = " ".join(text[start:end].split())
            if found[-1].text == "at":
                found[-1] = replace(found[-1], letter="i")
            found.append(Token(PRODUCT, start, end, words, Name(start, end, "product", words)))
            last -= 1
        at = last + 1
    return found


def _part_behind(text: str, tokens: list[Token], at: int, main: str, before: list[Token]) -> int:
    """Where a run of words with capital letters ends that begins at index `at` behind a preposition; `at` for none."""
    begins = len(before) == 1 or before[-2].letter in ",;u"
    if not begins and not any(token.letter == "I" for token in before[-4:-1]):
        return at
    last = at
    while (
        last < len(tokens) and last < at + PART_WORDS and tokens[last].letter in ".XEa" and _is_capital(text, tokens, last)
    ):
        last += 1
    if last == at or tokens[last - 1].letter == "a" or (begins and (last == len(tokens) or tokens[last].letter != ",")):
        return at
    words = [token.text.lower() for token in tokens[at:last]]
    if tokens[at].letter != "E" and (words[0] in words_of("stop") or words[0] in words_of("generic")):
        return at
    end = tokens[last].letter if last < len(tokens) else "!"
    named = " ".join(text[tokens[at].start : tokens[last - 1].end].split())
    return last if end in "UDLCPBi,!u($%#a;" and not named.startswith(main) else at


def _is_capital(text: str, tokens: list[Token], at: int) -> bool:
    if tokens[at].letter == "a":
        return tokens[at].text == "&" and at + 1 < len(tokens) and text[tokens[at + 1].start].isupper()
    return text[tokens[at].start].isupper()


def _with_balances(tokens: list[Token]) -> list[Token]:
    """ "The deficit in trade", "trade in goods and services deficit": what the balance is of, is a balance."""
    found = list(tokens)
    for at, token in enumerate(tokens):
        if token.letter != "I" or not isinstance(token.mention, Name) or token.mention.code != "trade-turnover":
            continue
        word = _balance_word(tokens, at)
        if word is not None:
            negative = word in words_of("negative_balance")
            found[at] = replace(token, mention=replace(token.mention, code="trade-balance", negative=negative))
    return found


def _balance_word(tokens: list[Token], at: int) -> str | None:
    """The word of balance that an indicator of trade belongs to: right behind it, or before it with "of" or "in"."""
    balances = words_of("balance")
    for index in range(at + 1, min(at + 5, len(tokens))):
        if tokens[index].text in balances:
            return tokens[index].text
        if tokens[index].letter not in ".Xai":
            break
    for index in range(at - 1, max(at - 5, -1), -1):
        if tokens[index].text in balances:
            before = tokens[index - 1].text if index else ""
            return "deficit" if before in words_of("negative_balance") else tokens[index].text
        if tokens[index].letter not in ".Toi":
            break
    return None


def _with_links(tokens: list[Token]) -> list[Token]:
    """Words that are a link here: "trade with the Netherlands" begins no other clause, "a rise of about 5%" no level."""
    found = list(tokens)
    for at, token in enumerate(tokens):
        if token.text == "with the" and at + 1 < len(tokens) and tokens[at + 1].letter in "AG":
            found[at] = replace(token, letter="w")
        elif token.text == "of about" and at and tokens[at - 1].letter in "UDC":
            found[at] = replace(token, letter="o")
    return found


def _with_spans(text: str, tokens: list[Token]) -> list[Token]:
    """ "Over the first three months of 2024", where no other period is told of: within them, and not more than in them."""
    periods = [(at, token.mention) for at, token in enumerate(tokens) if isinstance(token.mention, Period)]
    told = [(at, period) for at, period in periods if not period.compares and period.cue not in COMPARING]
    if (
        len(told) != 1
        or told[0][1].cue != "over"
        or not LASTING.search(text, tokens[told[0][0]].start, tokens[told[0][0]].end)
    ):
        return tokens
    at, period = told[0]
    found = list(tokens)
    found[at] = replace(tokens[at], mention=replace(period, cue="in"))
    if at and tokens[at - 1].text == "over":
        found[at - 1] = replace(tokens[at - 1], letter="i")
    return found


def _with_verbs(tokens: list[Token]) -> list[Token]:
    """ "Ready to export", "the state will pay", "who pay": there the name of an indicator is a verb."""
    doers = words_of("doer")
    verbs = [at for at, before in enumerate(tokens[:-1], 1) if before.letter in "qt" or before.text in doers]
    found = list(tokens) if verbs else tokens
    for at in verbs:
        token = tokens[at]
        if token.letter in ".I":
            word = token.text.lower()
            letter = "V" if word in words_of("to_export") else "Y" if word in words_of("to_import") else ""
            letter = "." if word in words_of("verb_too") and token.letter == "I" else letter
            if letter:
                found[at] = Token(letter, token.start, token.end, token.text)
    return found
