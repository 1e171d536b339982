"""Zip archives and the XML in them, read within bounds: a bomb is refused before it is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import NoReturn
from xml.parsers import expat

from crosscheck.inputs.faults import Fault, InputFaults

MAXIMUM_PART = 128 * 1024 * 1024  # bytes of one part, unpacked
MAXIMUM_TOTAL = 256 * 1024 * 1024
MAXIMUM_RATIO = 200  # of a part that is large when unpacked
LARGE = 8 * 1024 * 1024
MAXIMUM_PARTS = 20_000
MAXIMUM_DEPTH = 2_000  # of elements in each other
UNPACKED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
CHUNK = 1024 * 1024
OTHERS = {
    "application/vnd.oasis.opendocument": ("an OpenDocument file", "save it as DOCX, XLSX, HTML or text"),
    "application/epub": ("an e-book", "save it as HTML or text"),
}
DOCUMENT, WORKBOOK = "word", "xl"  # folders that tell a Word document from a workbook

Start = Callable[[str, dict[str, str]], None]


class Archive:
    """An opened archive: `names` of its parts, `read` for one of them."""

    def __init__(self, data: bytes, file: str) -> None:
        """Raises InputFaults for what is no archive, or one with too much in it."""
        self.file = file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError):
            self.refuse("the file is damaged or cut off", "fetch it again, or save it anew")
        if len(parts) > MAXIMUM_PARTS:
            self.refuse(f"the file has {len(parts):,} parts")
        self.parts = {part.filename: part for part in parts}
        if sum(part.file_size for part in parts) > MAXIMUM_TOTAL:
            self.refuse(
                f"unpacked it has more than {MAXIMUM_TOTAL // 1024 // 1024} MB", "is it a zip bomb? it is not unpacked"
            )
        for part in parts:
            if part.file_size > LARGE and part.file_size > MAXIMUM_RATIO * max(part.compress_size, 1):
                self.refuse(
                    f'its part "{_shown(part.filename)}" is packed too tightly', "is it a zip bomb? it is not unpacked"
                )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts."""
        return tuple(self.parts)

    def refuse(self, message: str, hint: str | None = None) -> NoReturn:
        """Raises InputFaults about the file."""
        raise InputFaults([Fault(self.file, None, None, message, hint)]) from None

    def read(self, name: str) -> bytes:
        """A part, unpacked; raises InputFaults when it is missing, encrypted, damaged or too large."""
        part = self.parts.get(name)
        if part is None:
            self.refuse(f'its part "{_shown(name)}" is missing', "save it anew")
        if part.flag_bits & 1:
            self.refuse("the file is encrypted", "save it without a password")
        if part.compress_type not in UNPACKED:
            self.refuse("the file is packed in a way that is not read", "save it anew")
        try:
            with self._zip.open(part) as stream:
                content = stream.read(MAXIMUM_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
            self.refuse(f'its part "{_shown(name)}" is damaged', "fetch it again, or save it anew")
        if len(content) > MAXIMUM_PART:
            self.refuse(f'its part "{_shown(name)}" is too large')
        return content


def kind_of_archive(data: bytes, file: str) -> str:
    """DOCUMENT or WORKBOOK; raises InputFaults for any other archive, with what to do instead."""
    archive = Archive(data, file)
    if "word/document.xml" in archive.parts or any(name.startswith("word/") for name in archive.parts):
        return DOCUMENT
    if any(name.startswith("xl/") for name in archive.parts):
        return WORKBOOK
    if any(name.startswith("ppt/") for name in archive.parts):
        archive.refuse("a presentation cannot be read", "save it as PDF")
    kind = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in archive.parts else ""
    for start, (what, hint) in OTHERS.items():
        if kind.startswith(start):
            archive.refuse(f"{what} cannot be read", hint)
    archive.refuse("a zip archive is no document", "unpack it, and name the documents")


def parse_xml(
    data: bytes, file: str, part: str, start: Start, end: Callable[[str], None], text: Callable[[str], None]
) -> None:
    """Runs the handlers over XML; element and attribute names come as "namespace local".

    Raises InputFaults for what is no XML, declares entities, or is nested too deeply: no document of Office does.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def refuse(message: str) -> NoReturn:
        raise InputFaults([Fault(file, None, None, f'its part "{_shown(part)}" {message}')])

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAXIMUM_DEPTH:
            refuse(f"is nested more than {MAXIMUM_DEPTH:,} deep")
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def declared(*_: object) -> None:
        refuse("declares a document type; it is not read, as entities could make it endless")

    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.buffer_text = True
    try:
        for at in range(0, len(data), CHUNK):
            parser.Parse(data[at : at + CHUNK], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise InputFaults(
            [Fault(file, None, None, f'its part "{_shown(part)}" is not XML: {error}', "save it anew")]
        ) from None


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in name[:80])
