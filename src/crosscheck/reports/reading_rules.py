"""What the findings of reading mean: their usual level, and a sentence, by id."""

from __future__ import annotations

from collections.abc import Mapping

READING_RULES: Mapping[str, tuple[str, str]] = {
    "reading/no-direction": (
        "warning",
        "a growth or change does not say whether it is up or down, with what either would mean",
    ),
    "reading/direction-against-levels": (
        "warning",
        "a figure is said to rise or fall from one level to another that lies on the other side of it",
    ),
    "reading/shares-not-100-percent": (
        "warning",
        "shares that a sentence lists of one whole are more than all of it, or less where it says that nothing is left",
    ),
    "reading/paces-apart": (
        "warning",
        "one flow is told for a longer and a shorter time, and the first is too often or too seldom the second",
    ),
    "reading/malformed-number": ("warning", "the marks of a number contradict one another, as in 1,23,4.5: it is no claim"),
    "reading/no-date": (
        "note",
        "the document carries no date, and figures need one for their period; `--published` gives it",
    ),
    "reading/mixed-number-marks": (
        "warning",
        "a column uses point and comma as decimal mark in some cells, otherwise in others",
    ),
    "reading/two-totals": ("warning", "a table gives the same total twice, with different figures"),
    "reading/same-headings": ("note", "headings do not tell some cells apart that differ: these are not understood"),
    "reading/dash-in-table": ("note", "cells hold a dash, which may be zero or nothing: read as missing"),
    "reading/more-headings-than-columns": ("note", "a heading stands over an empty column, so that columns may have moved"),
    "reading/numbers-as-text": ("note", "a workbook holds numbers as text: read all the same"),
}
