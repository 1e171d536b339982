"""The body of a Word document: paragraphs and tables from the elements of its XML, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field

SUPERSCRIPT = {"2": "²", "3": "³"}
# What stands in these is no text of the document: deletions, what was moved away, the older copy of a drawing.
LEFT_OUT = frozenset(
    ("del", "moveFrom", "delText", "instrText", "Fallback", "pPrChange", "rPrChange", "tblPrChange", "sectPr", "rt")
)
NOTES = frozenset(("footnote", "endnote"))
ON = (None, "1", "true", "on")
MAXIMUM_SPAN = 500


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its text, its number in the part, its style and what is said of it directly."""

    number: int
    style: str = ""
    item: bool = False
    outline: int | None = None
    parts: list[str] = field(default_factory=list)
    bold: int = 0  # characters
    length: int = 0
    boxed: bool = False  # in a text box

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, text: str, bold: bool = False) -> None:
        """Adds text of a run."""
        self.parts.append(text)
        self.length += len(text.strip())
        self.bold += len(text.strip()) if bold else 0


@dataclass(slots=True)
class TableCell:
    """A cell: its paragraphs, the columns it spans; `merged` when it goes on from the cell above."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    span: int = 1
    merged: bool = False


@dataclass(slots=True)
class Grid:
    """A table as written: rows of cells, how many rows are marked as its head."""

    rows: list[list[TableCell]] = field(default_factory=list)
    heads: int = 0
    nested: bool = False


@dataclass(slots=True)
class Run:
    """What holds for a run of text."""

    bold: bool = False
    hidden: bool = False
    raised: bool = False


class Body:
    """Handlers for the XML of a document, its footnotes or its endnotes; `blocks` are what they found."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self.count = 0
        self.skipping = 0  # elements open in what is left out
        self.paragraphs: list[Paragraph] = []  # open ones: a text box stands within a paragraph
        self.grids: list[Grid] = []
        self.run = Run()
        self.in_text = self.in_run_format = self.in_format = False
        self.note: str | None = None  # kind of the note, of those that only draw a line

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        space, _, local = name.rpartition(" ")
        if self.skipping or local in LEFT_OUT:
            self.skipping += 1
            return
        if not space.endswith(("/main", "/math", "compatibility/2006")):
            return
        value = next((text for key, text in attributes.items() if key.endswith(" val")), None)
        if local == "p" and "drawingml" not in space:
            self.count += 1
            self.paragraphs.append(Paragraph(self.count, boxed=bool(self.paragraphs)))
        elif "drawingml" in space:
            return
        elif local in NOTES:
            kind = next((text for key, text in attributes.items() if key.endswith(" type")), "normal")
            self.skipping = 1 if kind not in ("normal",) else 0
        elif local == "t":
            self.in_text = True
        elif local in ("tbl", "tr", "tc", "gridSpan", "vMerge", "tblHeader"):
            self._table(local, value)
        elif self.paragraphs:
            self._in_paragraph(local, value)

    def _in_paragraph(self, local: str, value: str | None) -> None:
        paragraph = self.paragraphs[-1]
        if local == "r":
            self.run = Run()
        elif local == "pPr":
            self.in_format = True
        elif local == "rPr":
            self.in_run_format = not self.in_format
        elif local == "pStyle":
            paragraph.style = value or ""
        elif local == "numPr":
            paragraph.item = True
        elif local == "numId" and value == "0":
            paragraph.item = False
        elif local == "outlineLvl" and value and value.isascii() and value.isdigit() and int(value) < 9:
            paragraph.outline = int(value) + 1
        elif local in ("tab", "ptab") and not self.in_format:
            paragraph.add("\t")
        elif local in ("br", "cr"):
            paragraph.add("\n")
        elif local == "noBreakHyphen":
            paragraph.add("-")
        elif self.in_run_format:
            if local == "b":
                self.run.bold = value in ON
            elif local in ("vanish", "strike", "dstrike", "webHidden"):
                self.run.hidden = self.run.hidden or value in ON
            elif local == "vertAlign":
                self.run.raised = value == "superscript"

    def _table(self, local: str, value: str | None) -> None:
        if local == "tbl":
            if self.grids:
                self.grids[-1].nested = True
            self.grids.append(Grid())
            return
        if not self.grids:
            return
        rows = self.grids[-1].rows
        if local == "tr":
            rows.append([])
        elif local == "tblHeader":
            if value in ON and self.grids[-1].heads == len(rows) - 1:
                self.grids[-1].heads = len(rows)
        elif rows and local == "tc":
            rows[-1].append(TableCell())
        elif rows and rows[-1]:
            cell = rows[-1][-1]
            if local == "gridSpan" and value and value.isascii() and value.isdigit() and len(value) < 5:
                cell.span = min(max(int(value), 1), MAXIMUM_SPAN)
            elif local == "vMerge":
                cell.merged = value != "restart"

    def end(self, name: str) -> None:
        """An element ends."""
        if self.skipping:
            self.skipping -= 1
            return
        space, _, local = name.rpartition(" ")
        if "drawingml" in space:
            return
        if local == "t":
            self.in_text = False
        elif local == "pPr":
            self.in_format = False
        elif local == "rPr":
            self.in_run_format = False
        elif local == "p" and self.paragraphs:
            self._put(self.paragraphs.pop())
        elif local == "tbl" and self.grids:
            grid = self.grids.pop()
            self.blocks.append(grid)

    def _put(self, paragraph: Paragraph) -> None:
        if self.grids and self.grids[-1].rows and self.grids[-1].rows[-1] and not paragraph.boxed:
            self.grids[-1].rows[-1][-1].paragraphs.append(paragraph)
        elif paragraph.length:
            self.blocks.append(paragraph)

    def text(self, text: str) -> None:
        """Text within an element."""
        if not self.in_text or self.skipping or not self.paragraphs or self.run.hidden:
            return
        paragraph = self.paragraphs[-1]
        if self.run.raised and len(text.strip()) <= 4 and not text.strip().isalpha():
            before = paragraph.text[-8:].split(" ")[-1].lstrip("0123456789")
            if text.strip() in SUPERSCRIPT and before in ("m", "km", "cm", "mm", "dm", "ft", "mi"):
                paragraph.add(SUPERSCRIPT[text.strip()])
            return
        paragraph.add(text, self.run.bold)
