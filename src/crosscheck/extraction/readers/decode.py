"""Bytes to text, in whatever encoding: byte-order marks, UTF-8, UTF-16 and UTF-32 without a mark, then legacy encodings."""

from __future__ import annotations

import bisect
import codecs
import re
from dataclasses import dataclass

from crosscheck.inputs.faults import Fault, InputFaults

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins like that one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that text has no use for; many of them mean that the file is not text.
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SAMPLE = 64 * 1024  # bytes by which a legacy encoding is guessed
MAXIMUM_TOLD = 5  # replaced stretches that are told one by one
BINARY = "this is a binary file, not a text"
CONVERT = "save it as text (UTF-8), HTML, PDF or DOCX"
# Letters and signs of Western European texts that Windows programs write; Turkish or Polish ones would look otherwise.
WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœŠšŽžŸ€£¥¢§©®™°±²³µ·¹º»¼½¾¿¡«ª×÷‘’“”„‚–—…•‹›†‡‰\u00a0\u00ad"
)
TURKISH = frozenset("ðýþÐÝÞ")  # what cp1252 makes of "ğışĞİŞ"; Icelandic, which has these letters, has acute vowels too
ACUTE = frozenset("áéíóúÁÉÍÓÚ")
ASCII_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
LEGACY = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8_r", "cp866"),
    *("iso8859_2", "iso8859_5", "mac_roman", "mac_cyrillic"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp949", "tis_620"),
)
# What Windows programs call Latin-1 is this; so do browsers.
AS_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file without byte-order mark, newlines untouched, and what went wrong on the way."""

    text: str
    encoding: str
    remarks: tuple[Fault, ...] = ()


def decode(data: bytes, file: str, declared: str | None = None) -> Decoded:
    """The text of `data`; `declared` is the encoding that the file itself names, tried when it is no UTF.

    Bytes that belong to no character are replaced by U+FFFD and told in the remarks. Raises InputFaults for a binary file.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _replaced(data[len(mark) :], encoding, file, len(mark))
    try:
        text = data.decode("utf-8")
        if "\0" not in text:
            _refuse_binary(data, file)
            return Decoded(text, "utf-8")
    except UnicodeDecodeError:
        pass
    wide = _wide(data)
    if wide:
        return _replaced(data, wide, file, 0)
    _refuse_binary(data, file)
    named = _known(declared)
    if named:
        return _replaced(data, named, file, 0)
    if _mostly_utf8(data):
        return _replaced(data, "utf-8", file, 0)
    guessed = _guessed(data)
    decoded = _replaced(data, guessed, file, 0)
    if data.isascii():
        return decoded
    said = Fault(file, None, None, f"not UTF-8: read as {guessed}, which is a guess", "save the file as UTF-8 to be sure")
    return Decoded(decoded.text, guessed, (said, *decoded.remarks))


def place_in(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _refuse_binary(data: bytes, file: str) -> None:
    head = data[:SAMPLE]
    strange = len(CONTROL.findall(head))
    if b"\0" in head or strange * 50 > len(head):
        raise InputFaults([Fault(file, None, None, BINARY, CONVERT)])


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: the one that gives printable text with the most blanks."""
    head = data[:SAMPLE]
    if len(head) < 4 or b"\0" not in head:
        return None
    best: tuple[int, str] | None = None
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        blanks = 0 if len(data) % width else _blanks(head[: len(head) // width * width], encoding)
        if blanks and (best is None or blanks > best[0]):
            best = blanks, encoding
    return best[1] if best else None


def _blanks(head: bytes, encoding: str) -> int:
    """Spaces and line ends of a text decoded so; 0 when it is no text."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return 0
    fine = sum(1 for c in text if c.isprintable() or c in "\t\r\n\f\ufeff")
    blanks = text.count(" ") + text.count("\n")
    return blanks if fine * 20 >= 19 * len(text) and blanks * 50 >= len(text) else 0


def _known(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")[:40]).name
    except (LookupError, ValueError):
        return None
    return None if name.startswith(("utf-16", "utf-32")) else AS_WINDOWS.get(name, name) if _is_text(name) else None


def _is_text(name: str) -> bool:
    try:
        return bool(getattr(codecs.lookup(name), "_is_text_encoding", True)) and name not in (
            "idna",
            "punycode",
            "undefined",
        )
    except LookupError:
        return False


def _mostly_utf8(data: bytes) -> bool:
    """Whether UTF-8 sequences that are right outnumber the wrong ones: a text put together from several."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for c in text[: 4 * SAMPLE] if ord(c) > 127 and c != "\ufffd")
    return right > 2 * wrong


def _guessed(data: bytes) -> str:
    """The legacy encoding that fits best; Windows Western where its own letters and signs explain all there is."""
    high = re.compile(rb"[\x80-\xff]").search(data)
    begin = max(0, high.start() - SAMPLE // 4) if high else 0
    sample = data[begin : begin + SAMPLE]
    strange = [c for c in sample.decode("cp1252", "replace") if ord(c) > 127]
    letters = sum(1 for byte in sample if byte in ASCII_LETTERS)
    if len(strange) * 4 <= letters and all(c in WESTERN for c in strange):
        return "cp1252"
    if TURKISH.intersection(strange) and ACUTE.isdisjoint(strange) and all(c in WESTERN or c in TURKISH for c in strange):
        return "cp1254"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(LEGACY)).best()
    return codecs.lookup(best.encoding).name if best is not None else "cp1252"


def _replaced(data: bytes, encoding: str, file: str, skipped: int) -> Decoded:
    """Decoded with U+FFFD for what is no character; each such place is told, from the byte after the mark."""
    try:
        text = data.decode(encoding)
        return Decoded(text.removeprefix("\ufeff"), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    return Decoded(text, encoding, _told(text, file, encoding))


def _told(text: str, file: str, encoding: str) -> tuple[Fault, ...]:
    found = [match.start() for match in re.finditer("\ufffd+", text)]
    lines = [match.start() for match in re.finditer("\n", text[: found[-1]])] if found else []
    faults: list[Fault] = []
    for at in found[:MAXIMUM_TOLD]:
        line = bisect.bisect_left(lines, at)
        column = at - (lines[line - 1] if line else -1)
        message = f"bytes at character {at} are no text in {encoding}; read as U+FFFD"
        faults.append(Fault(file, line + 1, column, message, "save the whole file in one encoding, UTF-8"))
    if len(found) > MAXIMUM_TOLD:
        faults.append(Fault(file, None, None, f"{len(found) - MAXIMUM_TOLD:,} more such places"))
    return tuple(faults)
