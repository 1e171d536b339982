"""Documents that nobody writes in good faith: read in linear time and bounded memory, or refused with a clear message."""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from commands import FINDINGS, INPUT, OK, Ran, run, write
from hypothesis import given
from hypothesis import strategies as st
from reader_files import LAUGHS, bomb, docx, encrypted_pdf, packed, paragraph, pdf

from crosscheck.claims.codelists import CodeLists
from crosscheck.extraction.cues import cue_phrases
from crosscheck.extraction.documents.clean import ROW, ROW_NUMBERS, without_unseen
from crosscheck.extraction.model import Extract
from crosscheck.extraction.reading import read
from crosscheck.extraction.relations.of_units import keep_to_their_units
from crosscheck.extraction.sentences.splitting import LONGEST, sentences
from crosscheck.extraction.source import Segment, Source, place_of
from crosscheck.figures.quantities import shipped_quantities
from crosscheck.project.configuration import Configuration
from crosscheck.project.lists import codelists_of

if sys.platform == "win32":
    pytest.skip("limits of memory and timers of Unix", allow_module_level=True)

MEGABYTE = 1024 * 1024
BOUND = 600  # megabytes that all of this together may take beyond what was taken before
SENTENCE = "Exports of Italy to China rose by 5.2% to $12.3 billion in 2023. "


def peak() -> int:
    """The most memory that this process ever took, in megabytes."""
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (MEGABYTE if sys.platform == "darwin" else 1024)


@pytest.fixture(autouse=True, scope="module")
def memory() -> Iterator[None]:
    before = peak()
    yield
    assert peak() - before < BOUND


@cache
def lists() -> CodeLists:
    return codelists_of(Configuration(root=Path()), False)


def extract(text: str | bytes, name: str = "a.txt") -> Extract:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return read(Path(name), data, lists(), shipped_quantities())


# Time

KINDS: dict[str, Callable[[int], str]] = {
    "sentences": lambda n: SENTENCE * n,
    "a line without a full stop": lambda n: SENTENCE.replace(". ", " ") * n,
    "a line of clauses": lambda n: SENTENCE.replace(". ", ", ") * n,
    "lines": lambda n: "Exports were $5 million\n" * n,
    "paragraphs": lambda n: SENTENCE.replace(" ", "\n\n") * (n // 2),
    "numbers": lambda n: "12345 " * n,
    "numbers with commas": lambda n: "1,234, " * n,
    "amounts": lambda n: "$5 and " * n,
    "percentages": lambda n: "5% " * n,
    "shares": lambda n: "5% of exports " * n,
    "open brackets": lambda n: "(" * 40 * n,
    "open brackets with figures": lambda n: "(5%" * n,
    "and": lambda n: "and " * 10 * n,
    "letters": lambda n: "a" * 100 * n,
    "digits": lambda n: "7" * 100 * n,
    "marks": lambda n: ".,;:!?-—\"'%$()[]{}" * 5 * n,
    "signs of currencies": lambda n: "$" * 50 * n,
    "dots and digits": lambda n: "5." * 5 * n,
    "dashes and digits": lambda n: "5-" * 5 * n,
    "years": lambda n: "2023 " * n,
    "months": lambda n: "January " * n,
    "year on year": lambda n: "year-on-year " * n,
    "number words": lambda n: "hundred " * 2 * n,
    "small number words": lambda n: "one " * n,
    "countries": lambda n: "China and Russia " * n,
    "indicators": lambda n: "exports of " * n,
    "proper names": lambda n: "Acme Corp Foo " * n,
    "respectively": lambda n: "China, $5 respectively " * n,
    "counts": lambda n: "five documents, " * n,
    "alternatives": lambda n: "$5 or " * n,
    "multiples": lambda n: "tripled " * n,
    "lives": lambda n: "The firm, founded in 1924, marks its 100th anniversary in 2024. " * n,
    "what is left out": lambda n: "Exports excluding tea rose 4% in 2020. " * n,
    "litres and dollars": lambda n: (
        "Wine exports of 5 million litres rose 4% in 2020. Wine exports were $9 million in 2020. " * n
    ),
    "quotes": lambda n: '"exports ' * n,
    "words that no list has": lambda n: "".join(f"Wort{i} exports were {i}.5 foo{i}. " for i in range(n)),
    "firms that no list has": lambda n: "".join(f"Deficit of trade Acme{i} Corp was ${i}.5. " for i in range(n)),
    "right to left": lambda n: "\u202e5\u202c \u05d0\u05d1 $5 \u200b" * n,
    "no width": lambda n: "\u200b" * 50 * n + "5%",
    "marks of no width between": lambda n: "5\u200b%\u200d " * n,
    "blanks": lambda n: "5%" + " " * 100 * n + "x",
    "empty lines": lambda n: "5%" + "\n" * 100 * n + "x",
    "surrogates": lambda n: "\ud800 $5 " * n,
}


def seconds(text: str) -> float:
    begun = time.process_time()
    extract(text)
    return time.process_time() - begun


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_with_size_alone(kind: str) -> None:
    """Four times as much takes some four times as long; what grows with the square takes sixteen times."""
    seconds(KINDS[kind](20))
    small, large = seconds(KINDS[kind](60)), seconds(KINDS[kind](240))
    assert large < 9 * small + 0.3


def test_growths_beside_two_kinds_of_unit_take_time_by_their_number() -> None:
    """Eight times as many take some eight times as long; looked for among all levels they took sixty times."""
    text = "Kenya exported 5 million litres of wine in 2020, up 4%. Exports of wine were $9 million in 2020."
    told = extract(text).statements
    assert [one.measure for one in told] == ["level", "growth", "level"]
    taken = []
    for many in (500, 4000):
        statements, begun = [*told] * many, time.process_time()
        keep_to_their_units(statements, dict.fromkeys(range(1, 3 * many, 3), "volume"))
        taken.append(time.process_time() - begun)
    assert taken[1] < 20 * taken[0] + 0.3


@pytest.mark.parametrize("mark", ["|", " ", "\n", "\n\n", "; ", "%, ", "/"])
def test_a_row_of_numbers_is_passed_over(mark: str) -> None:
    """A million numbers without a word name nothing that they could be figures of: each is told as left out, at once."""
    row = mark.join(["1,234.5"] * 5000)
    begun = time.process_time()
    read = extract(f"{SENTENCE}{row}\n\n{SENTENCE}")
    figures = [one for one in read.statements if one.figure in ("5.2 %", "12.3 billion USD")]
    assert [one.dimensions["time_period"].value for one in figures] == ["2023"] * 4
    assert 4990 < [one.reason for one in read.skipped].count(ROW) < 5000
    assert len(read.statements) + len(read.unresolved) + len(read.skipped) == 5000 + 6
    assert time.process_time() - begun < 3  # one by one they took three times as long


def test_a_short_row_of_numbers_is_read_as_before() -> None:
    """What somebody may have written is looked at one by one."""
    read = extract(f"{SENTENCE}{'5; ' * (ROW_NUMBERS - 1)}")
    assert ROW not in {one.reason for one in read.skipped}
    read = extract(f"{SENTENCE}{'5 tons; ' * 300}")
    assert ROW not in {one.reason for one in read.skipped}


# By the name of a file, what it holds of so many rows, items or levels.
SHAPES: dict[str, Callable[[int], str]] = {
    "items.txt": lambda n: "".join(f"- item {i}: exports of ${i}.5 million\n" for i in range(n)),
    "items.md": lambda n: "".join(f"- item {i}: exports of ${i}.5 million\n" for i in range(n)),
    "rows.md": lambda n: (
        "| Country | 2022 | 2023 |\n|---|---|---|\n" + "".join(f"| C{i} | {i}.5 | {i}.6 |\n" for i in range(n))
    ),
    "rows.html": lambda n: (
        "<table><tr><th>Country<th>2022<th>2023" + "".join(f"<tr><td>C{i}<td>{i}.5<td>{i}.6" for i in range(n)) + "</table>"
    ),
    "rows.csv": lambda n: "Country,2022,2023\n" + "".join(f"C{i},{i}.5,{i + 1}.5\n" for i in range(n)),
    "columns.csv": lambda n: "\n".join(",".join(str(100 * row + i) for i in range(n)) for row in range(3)),
    "levels.html": lambda n: "<div>" * n + SENTENCE,
    "levels.md": lambda n: "> " * n + SENTENCE,
    "brackets.txt": lambda n: "(" * n + "5%" + ")" * n,
    "links.md": lambda n: "[a](b" * n,
    "firms.txt": lambda n: "".join(f"Acme{i} Corp said revenue rose {i}.5% to ${i} million. " for i in range(n)),
}


def calls(text: str, name: str) -> int:
    """How many functions are called to read a document: the work that it makes, whatever else the machine does."""
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        extract(text, name)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", SHAPES)
def test_work_grows_with_size_alone(name: str) -> None:
    """Four times as many rows are some four times the work; what grows with the square is sixteen times."""
    shape = SHAPES[name]
    extract(shape(40), name)  # what is found once and kept
    assert calls(shape(160), name) < 6 * calls(shape(40), name)


def test_a_long_sentence_is_read_in_pieces() -> None:
    text = "exports, imports; trade\n" * 2000 + "a" * 3 * LONGEST
    found = list(sentences(text, 0, len(text)))
    assert all(end - start <= LONGEST for start, end in found)
    assert " ".join(text[start:end] for start, end in found).split()[:6000] == text.split()[:6000]
    text = SENTENCE * 3
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == [SENTENCE.strip()] * 3


# Size


def test_a_line_of_ten_megabytes() -> None:
    filler = "the unremarkable circumstances notwithstanding, nobody administratively counted anything, " * 120_000
    found = extract(SENTENCE + filler + SENTENCE)
    assert len(found.source.text) > 10_000_000
    assert len(found.statements) == 4


def test_a_million_numbers() -> None:
    """Each of them is accounted for; as cells, for prose of nothing but numbers is cut short nowhere else."""
    found = extract("\n".join(",".join("123456789" for _ in range(100)) for _ in range(10_000)), "a.csv")
    assert len(found.statements) + len(found.unresolved) + len(found.skipped) <= 1_000_000


def test_many_numbers_of_prose_are_all_accounted_for() -> None:
    found = extract("Exports: " + "5.5 " * 4_000)
    assert len(found.statements) + len(found.unresolved) + len(found.skipped) == 4_000


def test_brackets_and_ands() -> None:
    for text in ("(" * 200_000, "and " * 1_000_000, ".,;:!?" * 20_000):
        found = extract(text)
        assert (found.statements, found.unresolved, found.skipped) == ((), (), ())


def test_what_cannot_be_seen_does_not_hide_a_figure_nor_move_it() -> None:
    seen = "Exports of Italy rose by 5.2% in 2023."
    text = "\ufeff" + seen.replace(" ", " \u200b").replace("5", "\u202d5\u202c").replace("o", "o\u00ad")
    (one,) = extract(text).statements
    assert (one.figure, one.dimensions["reference_area"].value, one.dimensions["time_period"].value) == (
        "5.2 %",
        "IT",
        "2023",
    )
    assert one.place.start is not None
    assert text[1:][one.place.start : one.place.end].startswith("5")


@given(seed=st.integers(0, 10**9))
def test_places_in_a_cleaned_text_lead_back_to_the_file(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(
        chance.choice(["a", "b", "7", " ", "  ", "\u200b", "\u200b\ufeff", "\n"]) for _ in range(chance.randint(1, 25))
    )
    file_text = text
    segments: tuple[Segment, ...] = ()
    if seed % 2:
        file_text = f"xx{text}yy"
        begun = [0, *(place for place in sorted(chance.sample(range(1, 30), 3)) if place < len(text))]
        segments = tuple(Segment(place, place + 2) for place in begun)
    clean = without_unseen(Source("a", text, (), segments=segments, file_text=file_text if segments else None))
    for start in range(len(clean.text)):
        place = place_of(clean, start, start + 1)
        there = re.sub("[\u200b\ufeff]", "", file_text[place.start : place.end])
        assert re.sub(" +", " ", there) == clean.text[start]


# Words in an order that nobody would write them in


@cache
def words() -> list[str]:
    """The words of all constructions, and one or two of each other kind."""
    others = "Norway Chile's Acme exports imports wheat $5bn 3% 12 tons 2023 May last year a year earlier , ; : ( ) . - \""
    longer = (" ".join(phrase) for way in cue_phrases().values() for found in way.longer.values() for phrase, _ in found)
    return [*cue_phrases(), *longer, *others.split()]


@given(st.integers(0, 10**9))
def test_words_in_any_order_are_read(seed: int) -> None:
    """None of them leans on another that may not be there: "respectively" on a number, for one."""
    chance = random.Random(seed)
    extract(". ".join(" ".join(chance.choices(words(), k=chance.randint(1, 15))) for _ in range(8)))


def test_a_construction_without_its_numbers_is_read() -> None:
    for phrase in ("The offices are in Norway and Chile, respectively.", "Their respective exports fell."):
        assert extract(phrase).statements == ()


NO_PERIODS = (
    "Revenue rose from $4 billion to $5 billion this fiscal year.",
    "Revenue was $5 billion this fiscal year (2023: $4 billion).",
    "On Tuesday, 28 March 2023, revenue was $4 billion. It was $5 billion on 29 February, up from $4 billion (2023: 4).",
)


@pytest.mark.parametrize("text", NO_PERIODS)
def test_periods_that_no_calendar_has_are_no_error(text: str) -> None:
    assert len(extract(text).statements) >= 2


@pytest.mark.parametrize("text", ["Rows 4 1 300", "0 1 300", "in the year 2024-06", "the year 2024 - 5th", "2024-5th"])
def test_numbers_and_years_where_a_text_ends_are_no_error(text: str) -> None:
    """Found by mutating documents: a grouped number at the end of a text, a month behind "the year"."""
    assert extract(text).statements == ()
    assert extract(f"{text} of {SENTENCE}").source.text


NO_DIGITS = {
    "a.csv": "Country,2²,2023\nA,²,5\n²,6,7\n1,2,3\n²,3,4\n",
    "b.csv": "Country,①,5²\n1①,①,5\n5²,6,7\n",
    "a.txt": "Exports rose 5% in 2020-2², by 5² tons a m², and in the q² of 2023.",
}


@pytest.mark.parametrize("name", NO_DIGITS)
def test_raised_and_circled_digits_make_no_number(name: str) -> None:
    """They are digits to Python, which makes no number of them all the same."""
    extract(NO_DIGITS[name], name)


# Files, by the commands


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def both(name: str, seconds: float = 20) -> tuple[Ran, Ran]:
    """What extracting and checking a document come to."""
    return run("extract", name, seconds=seconds), run("all", name, seconds=seconds)


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "an encrypted PDF": ("a.pdf", encrypted_pdf(b"secret"), "password"),
    "the beginning of a PDF": ("a.pdf", pdf([[(72, 700, 12, SENTENCE)]])[:40], "PDF"),
    "a zip bomb as Word": ("a.docx", bomb(), ""),
    "an entity bomb as Word": ("a.docx", packed({"word/document.xml": LAUGHS}), ""),
    "a zip that is no workbook": ("a.xlsx", packed({"a.txt": "5%"}), ""),
    "an entity bomb as workbook": ("a.xlsx", packed({"xl/workbook.xml": LAUGHS, "[Content_Types].xml": LAUGHS}), ""),
    "half a Word document": ("a.docx", docx(paragraph(SENTENCE))[:200], ""),
    "nothing": ("a.txt", b"", "empty"),
    "bytes of no text": ("a.txt", bytes(range(256)) * 100, ""),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_an_input_error_of_one_line(folder: Path, case: str) -> None:
    name, data, said = REFUSED[case]
    write(folder, {name: data})
    for ran in both(name):
        assert ran.code == INPUT, ran.all
        assert said in ran.err
        assert re.search(rf"^{name}(:\d+)*: error: ", ran.err, re.MULTILINE), ran.err
        assert ran.out == "" or json.loads(ran.out)["documents"] == []
        assert len(ran.err) < 2000


READ: dict[str, tuple[str, bytes]] = {
    "mixed encodings": (
        "a.txt",
        SENTENCE.encode() + "Die Ausfuhr: 5 € für Österreich. ".encode("cp1252") + SENTENCE.encode(),
    ),
    "surrogates": ("a.txt", ("\ud800" + SENTENCE + "\udfff").encode("utf-8", "surrogatepass")),
    "right to left": ("a.txt", ("\u202eעלייה של 5.2% \u202c\n\n" + SENTENCE).encode()),
    "no width": ("a.txt", "\u200b".join(SENTENCE).encode()),
    "marks alone": ("a.txt", b".,;:!? " * 1000),
    "brackets": ("a.md", b"(" * 200_000),
    "tags": ("a.html", b"<p>" + b"<b>" * 20_000 + SENTENCE.encode()),
    "a truncated PDF": ("a.pdf", pdf([[(72, 700, 12, SENTENCE)]])[:-200]),
    "an entity bomb as page": ("a.html", LAUGHS.encode() + SENTENCE.encode()),
    "a huge number": ("a.txt", b"Exports were $" + b"9" * 100_000 + b" billion in 2023."),
    "a tiny number": ("a.txt", b"Exports were $0." + b"0" * 100_000 + b"1 in 2023."),
    "a huge year": ("a.txt", b"Exports rose 5% in 999999999999. They fell 3% in 0000."),
}


@pytest.mark.parametrize("case", READ)
def test_odd_documents_are_read_as_far_as_they_can_be(folder: Path, case: str) -> None:
    name, data = READ[case]
    write(folder, {name: data})
    extracted, checked = both(name)
    assert extracted.code == OK, extracted.all
    json.loads(extracted.out)
    assert checked.code in (OK, FINDINGS) or "there are no figures to check" in checked.err, checked.all


def test_many_sentences_by_the_commands(folder: Path) -> None:
    """Every check that many equal figures make is bounded, too."""
    write(folder, {"a.txt": SENTENCE * 300})
    extracted, checked = both("a.txt", seconds=40)
    assert extracted.code == OK
    assert checked.code == OK, checked.all[:2000]
