"""`review`: what was read, figure by figure with the text in view, to accept, mend or take out."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crosscheck.claims.model import NAMED_DIMENSIONS, UNSTATED, Claim, Place
from crosscheck.cli.check import INPUT, OK, configuration_of, date_of_option, documents_of
from crosscheck.cli.extract import claim_file_of, update_for
from crosscheck.cli.output import complain, say, show_faults, terminal_style
from crosscheck.extraction.sentences.splitting import sentences
from crosscheck.extraction.source import Source
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.project.claim_files import claim_files_of, conflict_lines
from crosscheck.project.lists import codelists_of, quantities_of
from crosscheck.project.memory import place_from
from crosscheck.project.pipeline import document_path
from crosscheck.project.reading import STANDARD_INPUT, Names, Tools, shown_span
from crosscheck.project.reviewing import FIELDS, Item, Review
from crosscheck.reports.terminal import Style, harmless, wrapped

AROUND = 700  # characters of the paragraph to show at most, before and after
PROMPT = "accept (a), mend (FIELD VALUE), no figure (n), plan (p), skip (s), undo (u), quit (q), help (?): "
HELP = """\
  a, or nothing    it is right as it stands
  FIELD VALUE      the document errs: give the field this value, as corrected; what is printed is kept
                   (a reason may follow behind a #); `none` takes the field out, `unstated` if the text does not say
  r FIELD VALUE    the document is right, but was read wrongly
  n                this is no figure: it is taken out, and stays out when the document is read again
  p                a plan: it is never compared with facts
  s                skip it for now
  u                undo the last change
  q                stop; what was done is saved, and the next review goes on from here
"""
# Private characters that stand for colours while lines are broken.
OPEN_FIGURE, CLOSE_FIGURE, OPEN_WORDS, CLOSE_WORDS = "\ue000", "\ue001", "\ue002", "\ue003"


@dataclass(slots=True)
class Session:
    """One run of the command: how it speaks, and what was done."""

    style: Style
    done: Counter[str] = field(default_factory=Counter)
    trail: list[tuple[int, str]] = field(default_factory=list)  # which figures were changed, and how, for going back


def run_review(
    paths: Sequence[str],
    everything: bool = False,
    published: str | None = None,
    config: Path | None = None,
    color: str = "auto",
) -> int:
    """Goes through the figures of documents; 0 also when it was left before the end."""
    try:
        settings = configuration_of(config, False)
        documents = documents_of(paths, settings)
        if any(str(path) == STANDARD_INPUT for path in documents):
            raise InputFaults([Fault(STANDARD_INPUT, None, None, "standard input cannot be reviewed", "save it to a file")])
        tools = Tools(settings, codelists_of(settings, False), quantities_of(settings), date_of_option(published))
        known = {document_path(file, settings.root): file for file in claim_files_of(settings)}
        names = Names({file.document.id for file in known.values()})
        session = Session(terminal_style(color))
        for path in documents:
            read, update = update_for(path, claim_file_of(path, known, settings), names, tools)
            for line in conflict_lines(str(update.path), update.conflicts):
                complain(line)
            review = Review(update, tools)
            if not _document(review, str(read.document.path or path), read.extract.source, session, everything):
                break
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    except OSError as error:
        show_faults([Fault("crosscheck", None, None, f"cannot be written: {error.strerror or error}")])
        return INPUT
    _farewell(session)
    return OK


def _farewell(session: Session) -> None:
    parts = [f"{count} {what}" for what, count in session.done.items() if count]
    say(f"\n{', '.join(parts) if parts else 'nothing to review'}\n")


def _document(review: Review, path: str, source: Source, session: Session, everything: bool) -> bool:
    """Goes through one document; False when the person wants to stop."""
    session.trail.clear()
    waiting = [item.key for item in review.items() if everything or not item.is_accepted]
    total, at = len(waiting), 0
    while at < total:
        items = {item.key: item for item in review.items()}
        item = items.get(waiting[at])
        if item is None:
            at += 1
            continue
        for line in _shown(item, f"[{at + 1}/{total}]", path, source, session.style):
            say(f"{line}\n")
        moved = _answered(review, item, session, waiting, at)
        if moved is None:
            session.done["left to review"] = total - at
            return False
        at = max(at + moved, 0)
    return True


def _answered(review: Review, item: Item, session: Session, waiting: list[str], at: int) -> int | None:
    """Asks until the figure is dealt with: how far to go on, None to stop."""
    while True:
        say(session.style.paint(PROMPT, "bold"))
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if not line:
            say("\n")
            return None
        word = line.strip()
        if not sys.stdin.isatty():
            say(f"{word}\n")
        if word == "q":
            return None
        if word == "s":
            session.done["skipped"] += 1
            return 1
        if word == "?":
            say(HELP + f"  fields: {', '.join(FIELDS)}, and any other dimension\n")
            continue
        if word == "u":
            if review.undo():
                review.save()
                there, done = session.trail.pop()
                session.done[done] -= 1
                return there - at
            say("  nothing to undo\n")
            continue
        before = len(review.past)
        what = _done(review, item, word, waiting, at)
        if what is None:
            continue
        if len(review.past) > before:
            review.save()
            session.trail.append((at, what))
            session.done[what] += 1
        return 0 if what == "mended" and word != "p" else 1


def _done(review: Review, item: Item, word: str, waiting: list[str], at: int) -> str | None:
    """Does what was asked: the word for what was done, None after a complaint."""
    try:
        if word in ("", "a"):
            review.accept(item)
            return "accepted" if item.claim is not None else "no figures"
        if word == "n":
            review.take_out(item)
            return "no figures"
        if word == "p":
            review.mend(item, "modality", "plan")
            return "mended"
        misread = word.startswith("r ")
        match = re.fullmatch(r"([A-Za-z_][A-Za-z0-9_]*)\s*[ :=]\s*(.+)", word[2:] if misread else word)
        if match is None:
            say("  not understood; ? for help\n")
            return None
        value, _, why = match[2].partition(" #")
        waiting[at] = review.mend(item, match[1], value.strip(), misread, why.strip() or None).key
        return "mended"
    except InputFaults as error:
        for fault in error.faults[:3]:
            say(f"  {fault.message}" + (f" ({fault.hint})" if fault.hint else "") + "\n")
        return None


# --- what is shown ----------------------------------------------------------------------------------------------------


def _shown(item: Item, count: str, path: str, source: Source, style: Style) -> Iterator[str]:
    """A figure: where it stands, the text around with the figure marked, and its fields."""
    place = item.claim.place if item.claim is not None else place_from(item.figure or {})
    where = ":".join(str(part) for part in (path, place.line, place.column) if part is not None)
    name = item.claim.id.partition("#")[2] if item.claim is not None else "not understood"
    yield ""
    yield f"{style.paint(count, 'dim')} {style.paint(harmless(name), 'bold')}  {style.paint(harmless(where), 'dim')}"
    yield from _in_text(item.claim, place, source, style)
    if item.claim is None:
        yield f"  {style.paint('not understood', 'warning')}: {harmless(str((item.figure or {}).get('reason', '')))}"
        return
    for key, value, how, words in _fields(item.claim, source):
        kind = {"explicit": "dim", "carried": "note"}.get(how, "warning")
        known = style.paint(f"{how:11}", kind) if how else ""
        yield f"  {key:18}{harmless(value):34}{known}{harmless(words)}".rstrip()


def _fields(claim: Claim, source: Source) -> Iterator[tuple[str, str, str, str]]:
    """Key, value, how it is known, and the words that show it."""
    others = sorted(set(claim.dimensions) - set(NAMED_DIMENSIONS))
    for key in (*NAMED_DIMENSIONS, *others):
        if key in claim.dimensions:
            value = claim.dimensions[key]
            yield key, "unstated" if value == UNSTATED else value, claim.how(key), _words(claim, key, source)
    if claim.measure != "level":
        yield "measure", claim.measure, "", ""
    if "base_period" in claim.known or claim.base_period is not None:
        yield "base_period", claim.base_period or "unstated", claim.how("base_period"), _words(claim, "base_period", source)
    if claim.direction_unstated:
        yield "direction", "unstated", "", ""
    if claim.whole is not None:
        whole = ", ".join(f"{key}: {value or 'none'}" for key, value in claim.whole.items())
        yield "whole", f"{{{whole}}}", "", ""
    if claim.modality != "fact":
        yield "modality", claim.modality, "", ""
    if claim.list_item is not None:
        yield "list", f"of {claim.list_item.of.partition('#')[2]}", "", ""
    if claim.beside:
        yield "beside", ", ".join(f"{role} {one.partition('#')[2]}" for role, one in claim.beside.items()), "", ""
    yield "figure", claim.figure.printed, "", ""


def _words(claim: Claim, key: str, source: Source) -> str:
    known = claim.known.get(key)
    if known is None:
        return ""
    if known.printed is not None:
        return f"printed: {known.printed}"
    span = _span(source, known.start, known.end)
    words = "" if span is None else " ".join(source.text[span[0] : span[1]].split())
    if not words:
        return ""
    return f'"{words if len(words) <= 60 else words[:57] + "..."}"'


def _span(source: Source, start: int | None, end: int | None) -> tuple[int, int] | None:
    """A span of the file in the text that is shown; None where it cannot be."""
    if start is None or end is None or start >= end:
        return None
    span = shown_span(source, start, end)
    return span if span is not None and span[1] <= len(source.text) else None


def _in_text(claim: Claim | None, place: Place, source: Source, style: Style) -> Iterator[str]:
    """The sentences around a figure, with the figure and the words that show its dimensions marked."""
    figure, text = _span(source, place.start, place.end), source.text
    if figure is None:
        printed = " ".join((place.printed or "").split())
        cell = ", ".join(
            f"{name} {value}" for name in ("sheet", "table", "row", "cell") if (value := getattr(place, name)) is not None
        )
        yield f"  {style.paint(harmless(printed), 'warning')}" + (f"  ({harmless(cell)})" if cell else "")
        return
    known = () if claim is None else tuple(claim.known.values())
    spans = [span for one in known if (span := _span(source, one.start, one.end)) is not None]
    start, end = figure
    low, high = _window(text, start, end, spans)
    marks = [(start, end, OPEN_FIGURE, CLOSE_FIGURE)]
    marks += [(a, b, OPEN_WORDS, CLOSE_WORDS) for a, b in dict.fromkeys(spans) if low <= a < b <= high]
    shown, at = "", low
    for first, last, opening, closing in sorted(marks):
        if first >= at:
            shown += harmless(_line(text[at:first])) + opening + harmless(_line(text[first:last])) + closing
            at = last
    shown += harmless(_line(text[at:high]))
    before = "… " if low > 0 and text[low - 1] != "\n" else ""
    for line in wrapped(before + " ".join(shown.split()), style.width - 2, ""):
        yield f"  {_painted(line, style)}"


def _line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")


def _window(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sentence of a figure, with those before it that show its dimensions, within its paragraph."""
    low = max(text.rfind("\n\n", 0, start) + 2, start - AROUND, 0) if "\n\n" in text[:start] else max(start - AROUND, 0)
    after = text.find("\n\n", end)
    high = min(len(text) if after < 0 else after, end + AROUND)
    found = list(sentences(text, low, high))
    own = next((index for index, (a, b) in enumerate(found) if a <= start < b), None)
    if own is None:
        return low, high
    first = own
    for a, _ in spans:
        first = min(first, next((index for index, (x, y) in enumerate(found) if x <= a < y), first))
    return found[first][0], max(found[own][1], end)


def _painted(line: str, style: Style) -> str:
    """A line with its marks as colours, or the figure in brackets where there are none."""
    reverse, underline, end = ("\x1b[1;7m", "\x1b[4m", "\x1b[0m") if style.colour else ("[", "", "]")
    line = line.replace(OPEN_FIGURE, reverse).replace(CLOSE_FIGURE, end)
    return line.replace(OPEN_WORDS, underline).replace(CLOSE_WORDS, end if style.colour else "")
