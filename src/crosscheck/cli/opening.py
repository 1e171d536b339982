"""`--open`: the page in the reader's browser."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from crosscheck.cli.output import complain

HTML = "html"


def with_page(outputs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The outputs with a page among them: in a folder of its own among the temporary files where none is asked for.

    Raises OSError where no folder can be made.
    """
    if any(name == HTML for name, _ in outputs):
        return list(outputs)
    return [*outputs, (HTML, str(Path(tempfile.mkdtemp(prefix="crosscheck-")) / "report.html"))]


def open_page(path: str) -> None:
    """Asks for the page to be shown, and says where it is if nothing can show it."""
    import webbrowser  # only here: it looks for browsers

    address = Path(path).resolve().as_uri()
    try:
        shown = webbrowser.open(address)
    except webbrowser.Error:
        shown = False
    complain(f"crosscheck: the page is in {path}" + ("" if shown else ", as no browser was found to open it"))
