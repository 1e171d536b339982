"""Which balance "the deficit" is, and whose "revenues" and "expenditures": those last named, or what the text is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from crosscheck.claims.model import INDICATOR
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.documents.mentions import meets
from crosscheck.extraction.model import Mentions, Name
from crosscheck.extraction.sentences.measures import CHANGE, LEVEL, Measured
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.source import ASIDE, Block

TRADE, BUDGET = "trade-balance", "budget-balance"
GOODS, SERVICES = "goods-balance", "services-balance"
BALANCES = (TRADE, BUDGET, "current-account", SERVICES)
PRODUCT = "product"
OF_TRADE = ("exports", "imports", "trade-turnover", TRADE)
OF_BUDGETS = ("budget-revenue", "budget-expenditure", "tax-revenue", "government-debt", BUDGET)
PRICES = "consumer-price-index"
INDEX = re.compile(r"\bindex(?= (?:for|rose|fell|increased|decreased|declined|was)\b)")
BARE = re.compile(
    r"\b(?:deficits?|surplus|shortfall|(?<=\bthe )gap(?! between))\b(?! (?:of|in) (?:trade|goods))", re.IGNORECASE
)
# A fiscal year is a company's too, "fiscal policy" is not.
FISCAL = re.compile(
    r"\b(?:budget|treasury|outlays|public finances"
    r"|fiscal(?!,? (?:years?|quarters?|half|first|second|third|fourth|full|\d{2,4})\b))\b",
    re.IGNORECASE,
)
SPENDING = re.compile(r"(?<![a-z]-)\b(?:total |overall |public |state )?(?:expenditures?|spending)\b", re.IGNORECASE)
# "A surplus of $4 billion in its trade with", "the deficit in 2023 on trade": what is told is no turnover.
IN_TRADE = re.compile(
    r"\b(?P<which>deficit|surplus|shortfall|gap)(?: (?:of|worth|at|amounting to|totall?ing) [^;()\n]{1,40}?)?"
    r"(?: in (?:\w+ )?[12]\d{3})?(?<!,) (?:in|on|from) "
    r"(?:(?:the|our|its|their|overall|total|mutual|bilateral|\w+['’]s?) ){0,3}\Z",
    re.IGNORECASE,
)
LOOKS_BACK = 90  # characters in which such a word stands before the trade
EARNED = re.compile(r"(?:export )?(?:earnings|proceeds|receipts)", re.IGNORECASE)
BESIDE = 40  # characters within which the name of what is balanced makes it another balance


def with_balances(text: str, read: Sequence[tuple[Block, Mentions]]) -> list[tuple[Block, Mentions]]:
    """The mentions with those of balances that are called a deficit or surplus alone."""
    usual = _usual(text, read)
    read = [(block, _in_trade(text, block, mentions)) for block, mentions in read]
    if usual == TRADE:
        alone = _alone(text, read)
        read = [(block, _of_exports(text, mentions, alone)) for block, mentions in read]
    if usual == BUDGET:
        read = [(block, _of_budget(text, block, mentions)) for block, mentions in read]
    if any(name.code == SERVICES for _, mentions in read for name in mentions.names):
        read = [(block, _of_goods(text, mentions)) for block, mentions in read]
    if any(name.code == PRICES for _, mentions in read for name in mentions.names):
        read = [(block, _of_prices(text, block, mentions)) for block, mentions in read]
    last: str | None = None
    found = []
    for block, mentions in read:
        names = list(mentions.names)
        if block.kind != ASIDE:
            bare = [*_bare(text, block, mentions)]
            for name in sorted((*mentions.names, *bare), key=attrgetter("start")) if bare else mentions.names:
                if name.code in BALANCES and name.dimension == INDICATOR:
                    last = name.code
                elif (
                    name.code is None
                    and name.generic
                    and (code := _meant(text, name, last, mentions.names) or usual) is not None
                ):
                    names.append(replace(name, code=code))
        if len(names) > len(mentions.names):
            mentions = replace(mentions, names=tuple(sorted(names, key=attrgetter("start"))))
        found.append((block, mentions))
    return found


def _meant(text: str, name: Name, last: str | None, names: Sequence[Name]) -> str | None:
    """The balance that was named last; "the deficit with China" is that of all trade, "the oil deficit" of that in oil."""
    of_goods = any(one.dimension == PRODUCT and one.end + 1 == name.start for one in names)
    return TRADE if last in (GOODS, SERVICES) and (of_goods or text.startswith(" with ", name.end)) else last


def _in_trade(text: str, block: Block, mentions: Mentions) -> Mentions:
    """ "A surplus of $4 billion in trade with Peru": the balance of that trade, and not what was traded."""
    names = list(mentions.names)
    for at, name in enumerate(names):
        if name.code != "trade-turnover" or text.startswith(" of ", name.end):
            continue
        found = IN_TRADE.search(text, max(name.start - LOOKS_BACK, block.start), name.start)
        if found is not None:
            negative = found["which"].lower() in words_of("negative_balance")
            names[at] = replace(name, code=TRADE, generic=False, negative=negative)
    return replace(mentions, names=tuple(names)) if names != list(mentions.names) else mentions


def _is_told_of_trade(text: str, name: Name) -> bool:
    """Whether a balance is that of trade that is named by itself, as `_in_trade` gives it."""
    return name.code == TRADE and text[name.start : name.end].lower().endswith("trade")


def _alone(text: str, read: Sequence[tuple[Block, Mentions]]) -> str | None:
    """The side of trade that a text tells of, and hardly of the other: its "turnover" is of that side."""
    names = [name for _, mentions in read for name in mentions.names if name.dimension == INDICATOR]
    count = {side: sum([name.code == side for name in names]) for side in ("exports", "imports")}
    whole = any(name.code == "trade-turnover" and not _is_bare_turnover(text, name) for name in names)
    side, other = sorted(count, key=lambda one: -count[one])
    return side if not whole and count[side] >= 3 * max(count[other], 1) else None


def _is_bare_turnover(text: str, name: Name) -> bool:
    return name.code == "trade-turnover" and text[name.start : name.end].lower() == "turnover"


def _of_exports(text: str, mentions: Mentions, alone: str | None) -> Mentions:
    """In a text on trade "earnings" are those of exports, and "turnover" that of what the text is on."""

    def told(name: Name) -> Name:
        of_trade = name.dimension == INDICATOR and EARNED.fullmatch(text, name.start, name.end) is not None
        code = "exports" if of_trade else alone if alone is not None and _is_bare_turnover(text, name) else None
        return replace(name, code=code, generic=True) if code is not None else name

    return replace(mentions, names=tuple(told(name) for name in mentions.names))


def _of_goods(text: str, mentions: Mentions) -> Mentions:
    """Beside the balance of services "the goods deficit" is a part, and not the balance of trade."""

    def told(name: Name) -> Name:
        words = text[name.start : name.end].lower()
        return replace(name, code=GOODS) if name.code == TRADE and "goods" in words and "services" not in words else name

    return replace(mentions, names=tuple(told(name) for name in mentions.names))


def _of_prices(text: str, block: Block, mentions: Mentions) -> Mentions:
    """In a text on consumer prices "the index for pork" is theirs."""
    found = (match.span() for match in INDEX.finditer(text, block.start, block.end))
    names = [Name(*span, INDICATOR, PRICES, generic=True) for span in found if not meets(mentions.names, *span)]
    return replace(mentions, names=tuple(sorted((*mentions.names, *names), key=lambda one: one.start)))


def _of_budget(text: str, block: Block, mentions: Mentions) -> Mentions:
    """In a text on budgets revenue is the budget's, and so is spending of which nothing says that it is somebody's."""
    names = [replace(name, code="budget-revenue") if name.code == "revenue" else name for name in mentions.names]
    for match in SPENDING.finditer(text, block.start, block.end):
        if not meets(mentions.names, *match.span()):
            names.append(Name(*match.span(), INDICATOR, "budget-expenditure", generic=True))
    return replace(mentions, names=tuple(sorted(names, key=lambda one: one.start)))


def _usual(text: str, read: Sequence[tuple[Block, Mentions]]) -> str | None:
    """The balance of a text on trade or on budgets; None of one on both, or on neither."""
    trade = budgets = 0
    earned = words_of("results") - {"revenue"}
    if sum(name.code in earned for _, mentions in read for name in mentions.names) > 2:
        return None  # of a company
    for block, mentions in read:
        codes = [name.code for name in mentions.names]
        trade += sum([code in OF_TRADE for code in codes])
        budgets += sum([code in OF_BUDGETS for code in codes])
        budgets += len(FISCAL.findall(text, block.start, block.end))
    if max(trade, budgets) < 2 * min(trade, budgets) or trade == budgets:
        return None
    return TRADE if trade > budgets else BUDGET


def _is_beside(text: str, trade: Name, start: int, end: int) -> bool:
    """Whether a word for a balance belongs to trade that is named near it; not in "in trade with Peru, its deficit"."""
    if trade.end <= start:
        return start - trade.end < BESIDE and "," not in text[trade.end : start]
    return trade.start - end < BESIDE


def _bare(text: str, block: Block, mentions: Mentions) -> Iterator[Name]:
    """The words for a balance that are no part of a name; "the deficit in trade" is told by the trade."""
    names = [name for name in mentions.names if name.dimension == INDICATOR]
    trade = [name for name in names if name.code == "trade-turnover" or _is_told_of_trade(text, name)]
    for match in BARE.finditer(text, block.start, block.end):
        start, end = match.span()
        if meets(names, start, end) or any(_is_beside(text, name, start, end) for name in trade):
            continue
        negative = match[0].lower().rstrip("s") in words_of("negative_balance")
        yield Name(start, end, INDICATOR, None, generic=True, negative=negative)


def as_surplus(state: Walk, numbers: list[int], measured: dict[int, Measured]) -> None:
    """ "The trade balance was positive, with a gain of $6 billion": a surplus of so much, and no more than before."""
    for at in numbers:
        frame = state.frames.get(at)
        if frame is None or frame.indicator is None or at < 2 or not frame.indicator.value.endswith("-balance"):
            continue
        gained = state.row[at - 1] == "o" and state.tokens[at - 2].text in ("gain", "gains")
        if gained and at in measured and measured[at].measure == CHANGE:
            measured[at] = Measured(LEVEL)
