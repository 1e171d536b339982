"""Claim files that meet a new reading: a person's edits, a changed document, and both at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from plain_reader import read_plain

from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.files import read_claim_text
from crosscheck.claims.model import Claim, Document
from crosscheck.extraction.claim_files.claims import ReadClaims, claims_of
from crosscheck.extraction.claim_files.merge import LastReading, Merged, merge, reading_of
from crosscheck.extraction.claim_files.text import Defaults, entry_values, file_text, flow, named_fields
from crosscheck.extraction.source import Source
from crosscheck.figures.quantities import shipped_quantities

LISTS = load_codelists([])
TABLE = shipped_quantities()
PATH = Path("claims/a.yaml")
A = "Exports of KZ in 2023 were 14.7 billion USD.\n"
B = "Imports of KZ in 2023 were 16.8 billion USD.\n"
C = "Turnover of KZ in 2023 were up 30.1 %.\n"


def made(text: str, digit: int = 0) -> ReadClaims:
    """The claims of a text."""
    document = Document("a", "a.md", sha256=f"{digit}" * 64)
    return claims_of(read_plain(Source("a.md", text), LISTS, TABLE), document)


def written(text: str, digit: int = 0) -> tuple[str, LastReading]:
    """A fresh claim file for a text, and what is remembered."""
    found = made(text, digit)
    return file_text(found.document, named_fields(found.claims, found.texts)), reading_of(found, text)


def read_again(claims: str, last: LastReading | None, text: str, digit: int = 1, same: bool = False) -> Merged:
    """A claim file merged with what is read in `text`; what comes out loads."""
    file = read_claim_text(claims, PATH)
    merged = merge(claims, file, last, reading_of(made(text, digit), text), TABLE, same)
    read_claim_text(merged.text, PATH)
    return merged


def loaded(text: str) -> dict[str, Claim]:
    """Claims by id, without the document's."""
    return {claim.id.partition("#")[2]: claim for claim in read_claim_text(text, PATH).claims}


def test_nothing_changes_when_nothing_changed() -> None:
    claims, last = written(A + B)
    merged = read_again(claims, last, A + B, digit=0)
    assert (merged.text, merged.reading) == (claims, last)
    assert not any([merged.conflicts, merged.added, merged.changed, merged.removed, merged.edited])


def test_without_edits_it_is_what_is_read_now() -> None:
    claims, last = written(A + B)
    for text in (B + A, A, "Some words more. " + A + B, A + B + C, A.replace("14.7", "14.8") + B, ""):
        merged = read_again(claims, last, text)
        now = {claim.id.partition("#")[2]: claim for claim in made(text, 1).claims}
        found = loaded(merged.text)
        assert {i: (c.figure, c.dimensions, c.place, c.known) for i, c in found.items()} == {
            i: (c.figure, c.dimensions, c.place, c.known) for i, c in now.items()
        }
        assert f"sha256: {'1' * 64}" in merged.text


def test_an_edit_survives_a_document_that_moved() -> None:
    claims, last = written(A + B)
    edited = claims.replace("indicator: imports", "indicator: imports-of-goods  # as the table says")
    merged = read_again(edited, last, "A line more.\n" + A + B)
    found = loaded(merged.text)["imports-kz-2023"]
    assert found.dimensions["indicator"] == "imports-of-goods"
    assert "# as the table says" in merged.text
    place = found.place
    assert (place.line, place.start) == (3, 13 + len(A) + B.index("16.8"))
    assert not merged.conflicts
    assert merged.edited == 1
    again = read_again(merged.text, merged.reading, "A line more.\n" + A + B)
    assert again.text == merged.text


def test_both_changed_is_a_conflict_and_the_person_wins() -> None:
    claims, last = written(A + B)
    edited = claims.replace("figure: 16.8 billion USD", "figure: 16.9 billion USD")
    merged = read_again(edited, last, A + B.replace("16.8", "17.0"))
    assert loaded(merged.text)["imports-kz-2023"].figure.printed == "16.9 billion USD"
    (conflict,) = [one for one in merged.conflicts if one.field == "figure"]
    assert (conflict.entry, conflict.yours, conflict.read) == ("imports-kz-2023", "16.9 billion USD", "17.0 billion USD")
    assert conflict.line is not None
    assert "16.9" in merged.text.splitlines()[conflict.line - 1]
    again = read_again(merged.text, merged.reading, A + B.replace("16.8", "17.0"))
    assert again.text == merged.text
    assert not again.conflicts


def test_what_a_person_took_out_stays_out() -> None:
    claims, last = written(A + B + C)
    start = claims.index("  - id: imports")
    edited = claims[:start] + claims[claims.index("  - id: turnover") :]
    merged = read_again(edited, last, "Moved.\n" + B + A + C)
    assert loaded(merged.text).keys() == {"exports-kz-2023", "turnover-kz-2023-growth"}
    assert not merged.added
    again = read_again(merged.text, merged.reading, B + A + C + "Exports of CN in 2023 were 3 t.\n")
    assert loaded(again.text).keys() == {"exports-kz-2023", "turnover-kz-2023-growth", "exports-cn-2023"}


def test_what_a_person_added_stays() -> None:
    claims, last = written(A)
    edited = claims + "\n  # seen by eye\n  - {id: own, figure: 3 t, indicator: x}\n"
    merged = read_again(edited, last, A + B)
    assert loaded(merged.text).keys() == {"exports-kz-2023", "own", "imports-kz-2023"}
    assert "  # seen by eye\n  - {id: own, figure: 3 t, indicator: x}" in merged.text


def test_a_figure_that_is_gone_takes_its_claim_with_it_unless_a_person_changed_it() -> None:
    claims, last = written(A + B + C)
    edited = claims.replace("indicator: imports", "indicator: goods")
    merged = read_again(edited, last, A)
    assert loaded(merged.text).keys() == {"exports-kz-2023", "imports-kz-2023"}
    assert (merged.removed, merged.kept) == (("turnover-kz-2023-growth",), ("imports-kz-2023",))
    commented = claims.replace("    figure: 16.8", "    # looked up\n    figure: 16.8")
    assert read_again(commented, last, A).kept == ("imports-kz-2023",)
    assert not read_again(merged.text, merged.reading, A).kept


def test_without_a_memory_every_difference_is_a_persons() -> None:
    claims, _ = written(A + B)
    edited = claims.replace("indicator: imports", "indicator: goods")
    merged = read_again(edited, None, "Moved.\n" + A + B + C)
    found = loaded(merged.text)
    assert found["imports-kz-2023"].dimensions["indicator"] == "goods"
    assert found["imports-kz-2023"].place.line == 3
    assert merged.added == ("turnover-kz-2023-growth",)
    assert not merged.conflicts
    without = claims[: claims.index("  - id: imports")]
    assert loaded(read_again(without, None, A + B, same=True).text).keys() == {"exports-kz-2023"}
    assert loaded(read_again(without, None, A + B).text).keys() == {"exports-kz-2023", "imports-kz-2023"}


def test_a_new_name_of_an_entry_is_kept() -> None:
    claims, last = written(A + B)
    edited = claims.replace("id: imports-kz-2023", "id: bought")
    merged = read_again(edited, last, "Moved.\n" + A + B)
    assert loaded(merged.text).keys() == {"exports-kz-2023", "bought"}


def test_other_shapes_of_claim_files() -> None:
    claims, last = written(A + B)
    head, _, body = claims.partition("claims:\n")
    entries = [{"id": one.id, **entry_values(one.fields, Defaults())} for one in last.entries]
    in_braces = "".join(f"  - {flow(entry)}\n" for entry in entries)
    for text in (
        head + "claims:\n" + body.replace("\n  ", "\n").replace("  - id", "- id", 1),
        head + "claims:\n" + in_braces,
        "# top\n" + claims.replace("\n", "\r\n"),
        claims + "defaults: {source: Customs}\n",
        head.replace("document:\n  id: a\n  path: a.md\n", "document: {id: a, path: a.md}  # here\n").replace(
            f"  sha256: {'0' * 64}\n", ""
        )
        + "claims:\n"
        + body,
    ):
        before = loaded(text)
        merged = read_again(text, last, "Moved.\n" + B + A)
        found = loaded(merged.text)
        assert found.keys() == before.keys()
        for identity, claim in found.items():
            assert claim.place.line == {"exports-kz-2023": 3, "imports-kz-2023": 2}[identity]
            assert claim.dimensions == before[identity].dimensions
        for comment in ("# top", "# here"):
            assert (comment in merged.text) == (comment in text)


# --- random edits of both ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sentence:
    """One sentence with one figure."""

    indicator: str
    year: int
    value: int

    @property
    def text(self) -> str:
        return f"{self.indicator.capitalize()} of KZ in {self.year} were {self.value} USD.\n"


SENTENCES = st.builds(
    Sentence, st.sampled_from(["exports", "imports", "turnover", "output"]), st.integers(2020, 2023), st.integers(1, 6)
)
DOCUMENTS = st.lists(SENTENCES, max_size=6)
KINDS = st.sampled_from(["indicator", "figure", "modality", "comment", "remove", "add"])
EDITS = st.lists(st.tuples(KINDS, st.integers(0, 9)), max_size=4)


def edit(text: str, edits: list[tuple[str, int]], who: str = "own") -> tuple[str, dict[str, dict[str, str]], set[str]]:
    """The text as a person would change it; fields set by id of the entry, and the entries taken out."""
    fields: dict[str, dict[str, str]] = {}
    out: set[str] = set()
    for number, (what, where) in enumerate(edits):
        ids = re.findall(r"^  - id: (\S+)$", text, re.MULTILINE)
        if what == "add":
            identity = f"{who}-{number}"
            start = "claims:\n" if text.rstrip().endswith("claims: []") else "\n"
            entry = f"  - id: {identity}\n    indicator: own\n    figure: {where} t\n"
            text = text.replace("claims: []\n", "") + start + entry
            fields[identity] = {"indicator": "own", "figure": f"{where} t"}
            continue
        if not ids:
            continue
        identity = ids[where % len(ids)]
        begin = text.index(f"  - id: {identity}\n")
        after = text.find("\n  - id:", begin)
        entry, rest = (text[begin:], "") if after < 0 else (text[begin : after + 1], text[after + 1 :])
        if what == "remove":
            out.add(identity)
            fields.pop(identity, None)
            text = text[:begin] + rest
            if len(ids) == 1:
                text = text.replace("claims:\n", "claims: []\n")
            continue
        fields.setdefault(identity, {})
        if what == "comment":
            entry = entry.replace("    figure:", f"    # comment {number}\n    figure:")
            fields[identity][f"# comment {number}"] = ""
        elif what == "modality":
            entry = re.sub(r"    modality: \w+\n", "", entry)
            entry = entry.replace("    figure:", "    modality: plan\n    figure:")
            fields[identity]["modality"] = "plan"
        else:
            value = f"changed-{number}" if what == "indicator" else f"{100 + number} USD"
            entry = re.sub(rf"(?m)^    {what}: .*\n", f"    {what}: {value}\n", entry)
            fields[identity][what] = value
        text = text[:begin] + entry + rest
    return text, fields, out


def check_edits(text: str, fields: dict[str, dict[str, str]]) -> None:
    """Nothing that a person wrote is lost."""
    found = loaded(text)
    for identity, held in fields.items():
        claim = found[identity]
        for key, value in held.items():
            if key.startswith("#"):
                assert key in text
            else:
                assert {"figure": claim.figure.printed, "modality": claim.modality}.get(
                    key, claim.dimensions.get(key)
                ) == value


@given(DOCUMENTS, EDITS, DOCUMENTS, EDITS, DOCUMENTS)
def test_no_edit_is_lost_and_reading_again_changes_nothing(
    first: list[Sentence],
    edits: list[tuple[str, int]],
    second: list[Sentence],
    more: list[tuple[str, int]],
    third: list[Sentence],
) -> None:
    claims, last = written("".join(one.text for one in first))
    edited, fields, _ = edit(claims, edits)
    text = "".join(one.text for one in second)
    merged = read_again(edited, last, text)
    check_edits(merged.text, fields)
    again = read_again(merged.text, merged.reading, text)
    assert again.text == merged.text
    assert not any([again.conflicts, again.added, again.removed, again.changed])
    edited, changed, out = edit(merged.text, [(what, where + 3) for what, where in more], "other")
    fields = {key: value for key, value in fields.items() if key not in out}
    for key, value in changed.items():
        kept = {name: old for name, old in fields.get(key, {}).items() if name not in value}
        fields[key] = kept | value
    final = read_again(edited, merged.reading, "".join(one.text for one in third), digit=2)
    check_edits(final.text, fields)
    assert not out & loaded(read_again(edited, merged.reading, text).text).keys()


@given(DOCUMENTS, EDITS, DOCUMENTS, st.randoms(use_true_random=False))
def test_the_order_of_entries_makes_no_difference(
    first: list[Sentence], edits: list[tuple[str, int]], second: list[Sentence], random: object
) -> None:
    claims, last = written("".join(one.text for one in first))
    edited, _, _ = edit(claims, edits)
    head, _, body = edited.partition("claims:\n")
    entries = [part for part in re.split(r"(?m)^(?=  - id:)", body) if part.strip()]
    if len(entries) < 2:
        return
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    other = head + "claims:\n" + "\n".join(part.rstrip("\n") + "\n" for part in shuffled)
    text = "".join(one.text for one in second)
    one, two = read_again(edited, last, text), read_again(other, last, text)
    assert loaded(one.text) == loaded(two.text)
    assert sorted(one.conflicts, key=str) == sorted(two.conflicts, key=str) or [
        replace(conflict, line=None) for conflict in sorted(one.conflicts, key=lambda c: (c.entry, c.field))
    ] == [replace(conflict, line=None) for conflict in sorted(two.conflicts, key=lambda c: (c.entry, c.field))]
