"""The way in: a file, whatever its format, becomes a Source."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from crosscheck.extraction.readers.decode import decode
from crosscheck.extraction.source import Source
from crosscheck.inputs.disk import read_limited
from crosscheck.inputs.faults import Fault, InputFaults

MAXIMUM_BYTES = 64 * 1024 * 1024
TEXT, MARKDOWN, HTML, PDF, DOCX, DELIMITED, WORKBOOK = "text", "Markdown", "HTML", "PDF", "DOCX", "a table", "a workbook"
FORMATS = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".pdf": PDF,
    ".docx": DOCX,
    ".csv": DELIMITED,
    ".tsv": DELIMITED,
    ".xlsx": WORKBOOK,
}
SUFFIXES = tuple(FORMATS)  # of files that `read_document` reads
REFUSED = {
    ".doc": ("the old binary format of Word", "save it as DOCX"),
    ".dot": ("the old binary format of Word", "save it as DOCX"),
    ".docm": ("a Word document with macros", "save it as DOCX"),
    ".xls": ("the old binary format of Excel", "save it as XLSX or CSV"),
    ".xlsm": ("a workbook with macros", "save it as XLSX or CSV"),
    ".ppt": ("a presentation", "save it as PDF"),
    ".pptx": ("a presentation", "save it as PDF"),
    ".odt": ("an OpenDocument text", "save it as DOCX, HTML or text"),
    ".ods": ("an OpenDocument spreadsheet", "save it as XLSX or CSV"),
    ".rtf": ("Rich Text", "save it as DOCX, HTML or text"),
    ".epub": ("an e-book", "save it as HTML or text"),
    ".pages": ("an Apple Pages document", "export it as DOCX or PDF"),
    ".mht": ("a web archive", "save it as HTML"),
    ".mhtml": ("a web archive", "save it as HTML"),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_document(path: Path, data: bytes | None = None) -> Source:
    """The document at `path`, or `data` (of standard input, say) under the name `path`.

    The format is told by signature, then by suffix, then by content. What is only in part readable is read, and the rest
    told in `remarks`. Raises InputFaults where nothing can be read.
    """
    file = str(path)
    if data is None:
        data = read_limited(path, MAXIMUM_BYTES, " as a document", "split it, or save the part that matters")
    elif len(data) > MAXIMUM_BYTES:
        raise InputFaults(
            [Fault(file, None, None, f"{len(data):,} bytes; at most {MAXIMUM_BYTES:,} are read as a document")]
        )
    suffix = path.suffix.lower()
    if not data.strip():
        raise InputFaults([Fault(file, None, None, "the file is empty")])
    found = _by_signature(data, file) or FORMATS.get(suffix)
    if found is None and suffix in REFUSED:
        what, hint = REFUSED[suffix]
        raise InputFaults([Fault(file, None, None, f"{what} cannot be read", hint)])
    expected = FORMATS.get(suffix)
    if found in (None, TEXT) and _looks_like_html(data):
        found = HTML
    source = _read(found, path, data)
    if expected and found and expected != found:
        said = Fault(file, None, None, f"the name says {expected}, but it is {found}; read as that")
        source = replace(source, remarks=(said, *source.remarks))
    return replace(source, sha256=hashlib.sha256(data).hexdigest())


def _read(found: str | None, path: Path, data: bytes) -> Source:
    file = str(path)
    if found == PDF:
        from crosscheck.extraction.readers.pdf import read_pdf

        return read_pdf(data, file)
    if found == DOCX:
        from crosscheck.extraction.readers.docx import read_docx

        return read_docx(data, file)
    if found == WORKBOOK:
        from crosscheck.extraction.readers.workbook import read_workbook

        return read_workbook(path, data)
    if found == DELIMITED:
        from crosscheck.extraction.readers.delimited import read_delimited

        return read_delimited(path, data)
    if found == HTML:
        from crosscheck.extraction.readers.html import declared_encoding, read_html

        return read_html(decode(data, file, declared_encoding(data)), file)
    if found == MARKDOWN:
        from crosscheck.extraction.readers.markdown import read_markdown

        return read_markdown(decode(data, file), file)
    from crosscheck.extraction.readers.text import read_text

    return read_text(decode(data, file), file)


def _by_signature(data: bytes, file: str) -> str | None:
    """The format that the first bytes tell, for those that are no text; raises InputFaults for one that is not read."""
    head = data[:1024]
    if b"%PDF-" in head and head.lstrip(b"\xef\xbb\xbf\0 \t\r\n\f").startswith(b"%PDF-"):
        return PDF
    if head.startswith(OLE):
        wide = "EncryptedPackage".encode("utf-16-le")
        if wide in data:
            raise InputFaults([Fault(file, None, None, "the document is encrypted", "save it without a password")])
        raise InputFaults([Fault(file, None, None, "an old binary Office file cannot be read", "save it as DOCX or XLSX")])
    if head.startswith(b"{\\rtf"):
        raise InputFaults([Fault(file, None, None, "Rich Text cannot be read", "save it as DOCX, HTML or text")])
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from crosscheck.extraction.readers.archive import DOCUMENT, kind_of_archive

        return DOCX if kind_of_archive(data, file) == DOCUMENT else WORKBOOK
    return None


def _looks_like_html(data: bytes) -> bool:
    head = data[:2048].replace(b"\0", b"").lower()
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(
        (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")
    ) and (b"<html" in head or b"<body" in head or b"<head" in head)
