"""YAML with positions: what is read as text, what is refused, where, and how fast."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import write_text
from crosscheck.inputs.yaml_tree import (
    MAXIMUM_DEPTH,
    Node,
    is_null,
    read_bytes,
    read_file,
    read_text,
)


def faults_of(read: Callable[[], object]) -> list[Fault]:
    """The faults that a reading raises; it must raise some, and soon."""
    began = time.process_time()
    with pytest.raises(InputFaults) as caught:
        read()
    assert time.process_time() - began < 2
    assert all("\n" not in str(fault) and len(str(fault)) < 400 for fault in caught.value.faults)
    return list(caught.value.faults)


def refused(text: str) -> list[tuple[int | None, int | None, str]]:
    """Line, column and message of each fault of a text."""
    return [(fault.line, fault.column, fault.message) for fault in faults_of(lambda: read_text(text, "f.yaml"))]


@pytest.mark.parametrize(
    "written",
    ["1.50", "NO", "2023-12-31", "12:30", "0x1F", "1e3", "true", "1_000", "010", "-0", "=", "31.5 billion"],
)
def test_a_plain_scalar_is_its_source_text(written: str) -> None:
    node = read_text(f"key: {written}\n", "f").get("key")
    assert node is not None
    assert (node.text, node.quoted) == (written, False)


def test_quotes_are_known_and_nothing_is_told_from_an_empty_text() -> None:
    root = read_text('a: "null"\nb: null\nc:\nd: ~\ne: ""\nf: |\n  x\n  y\n', "f")
    assert [is_null(value) for _, _, value in root.pairs()] == [False, True, True, True, False, False]
    block = root.get("f")
    assert block is not None
    assert block.text == "x\ny\n"


def test_positions_count_code_points_from_one() -> None:
    root = read_text('é: ü\n"я": {ж: x, 😀: 1.50}\nlist:\n  - one\n  - {two: 2}\n', "f")
    places = {key: (at.line, at.column, value.line, value.column) for key, at, value in root.pairs()}
    assert places == {"é": (1, 1, 1, 4), "я": (2, 1, 2, 6), "list": (3, 1, 4, 3)}
    inner = root.get("я")
    assert inner is not None
    assert [(key, at.column, value.column) for key, at, value in inner.pairs()] == [
        ("ж", 7, 10),
        ("😀", 13, 16),
    ]


@pytest.mark.parametrize("text", ["a: 1\nb: 2\n", "a: 1\r\nb: 2\r\n", "a: 1\rb: 2\r", "\ufeffa: 1\nb: 2\n"])
def test_line_ends_and_the_byte_order_mark_do_not_matter(text: str) -> None:
    root = read_bytes(text.encode(), "f")
    assert [(key, at.line, at.column, value.text) for key, at, value in root.pairs()] == [
        ("a", 1, 1, "1"),
        ("b", 2, 1, "2"),
    ]


def test_everything_refused_is_said_at_once() -> None:
    text = "a: &x [1, *x]\na: 2\nb: !!int 3\n? [c]\n: 4\n<<: {d: 5}\n{e: 6}: 7\n"
    assert [(line, column) for line, column, _ in refused(text)] == [
        (1, 4),
        (1, 11),
        (2, 1),
        (3, 4),
        (4, 3),
        (6, 1),
        (7, 1),
    ]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", (1, 1), "empty"),
        ("# only a comment\n", (1, 1), "empty"),
        ("a: 1\na: 2\n", (2, 1), 'duplicate key "a"'),
        ("{a: 1, b: {c: 1, c: 2}}\n", (1, 18), 'duplicate key "c"'),
        ("a: *nobody\n", (1, 4), "aliases"),
        ("a: &self [*self]\n", (1, 4), "anchors"),
        ("<<: {a: 1}\n", (1, 1), "merge keys"),
        ("a: !!python/object:os.system x\n", (1, 4), "tags"),
        ("a: 1\n---\nb: 2\n", (2, 1), "one YAML document"),
        ("a: [1\n", (2, 1), "not readable as YAML"),
        ("a:\n\tb: 1\n", (2, 1), "not readable as YAML"),
        ("a: b: c\n", (1, 5), "not readable as YAML"),
        ("- 1\nb: 2\n", (2, 1), "not readable as YAML"),
        ("ü: 'é\0'\n", (1, 6), "U+0000"),
        ("ü: é\nb: é\x07\n", (2, 5), "U+0007"),
    ],
)
def test_what_is_refused_and_where(text: str, place: tuple[int, int], words: str) -> None:
    [(line, column, message)] = refused(text)[:1]
    assert (line, column) == place
    assert words in message


def test_hints_for_the_usual_slips() -> None:
    def hint(text: str) -> str:
        return faults_of(lambda: read_text(text, "f"))[0].hint or ""

    assert "spaces" in hint("a:\n\tb: 1\n")
    assert "colon" in hint("title: One: two\n")
    assert "braces" in hint("{figure: 16 {documents}}\n")
    assert "line 1" in hint("a: 1\na: 2\n")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000 + "]" * 10_000,
        "{a: " * 10_000,
        "- " * 10_000 + "x",
        "\n".join(" " * i + "a:" for i in range(10_000)),
        "? " * 10_000,
    ],
    ids=["lists", "mappings", "block lists", "block mappings", "keys"],
)
def test_depth_is_bounded(text: str) -> None:
    assert f"more than {MAXIMUM_DEPTH} deep" in refused(text)[-1][2]


def test_what_is_deep_enough_is_read() -> None:
    node: Node | None = read_text("[" * MAXIMUM_DEPTH + "]" * MAXIMUM_DEPTH, "f")
    depth = 0
    while node is not None:
        depth += 1
        node = node.items[0] if node.items else None
    assert depth == MAXIMUM_DEPTH


def test_an_alias_bomb_does_not_explode() -> None:
    levels = [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 30)]
    found = refused("\n".join(["l0: &l0 [x]", *levels]))
    assert len(found) == 30 + 29 * 9
    assert all("not allowed" in message for _, _, message in found)


def test_a_large_scalar_is_read_fast() -> None:
    began = time.process_time()
    node = read_text('a: "' + "9" * 10_000_000 + '"\n', "f").get("a")
    assert node is not None
    assert len(node.text or "") == 10_000_000
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        ("документ: x\n".encode("cp1251"), (1, 1), "UTF-8"),
        ("a: 1\nü: \n".encode() + b"\xff", (3, 1), "UTF-8"),
        ("ключ: ".encode() + b"\xe9", (1, 7), "UTF-8"),
        (b"\xef\xbb\xbfa: \xe9", (1, 4), "UTF-8"),
        ("a: 1\n".encode("utf-16"), (1, 1), "UTF-8"),
        (bytes(range(256)), (2, 118), "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", (1, 1), "binary"),
        (b"PK\x03\x04\x14\0\0\0", (1, 3), "U+0003"),
    ],
    ids=[
        "cp1251",
        "second line",
        "counted in code points",
        "after the mark",
        "utf-16",
        "bytes",
        "png",
        "zip",
    ],
)
def test_bytes_that_are_no_text(data: bytes, place: tuple[int, int], words: str) -> None:
    [fault] = faults_of(lambda: read_bytes(data, "f"))
    assert words in f"{fault.message} {fault.hint}"
    assert (fault.line, fault.column) == place


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.yaml", tmp_path):
        [fault] = faults_of(lambda path=path: read_file(path))  # type: ignore[misc]
        assert "cannot be read" in fault.message
        assert fault.file == str(path)
    [fault] = faults_of(lambda: read_file(Path("a\0b")))
    assert "name of a file" in fault.message


def test_a_file_of_50_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    [fault] = faults_of(lambda: read_file(path))
    assert "50,000,000 bytes" in fault.message


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no endless device here")
def test_an_endless_device_is_refused() -> None:
    [fault] = faults_of(lambda: read_file(Path("/dev/zero")))
    assert "a device" in fault.message


def attempt(read: Callable[[], Node]) -> Node | tuple[Fault, ...]:
    """What is read, or its faults."""
    try:
        return read()
    except InputFaults as error:
        return error.faults


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_any_text_is_a_tree_or_a_fault(text: str) -> None:
    read = attempt(lambda: read_text(text, "f"))
    assert read
    if isinstance(read, tuple):
        assert all(fault.line is None or fault.line >= 1 for fault in read)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_tree_or_a_fault(data: bytes) -> None:
    assert attempt(lambda: read_bytes(data, "f"))


def test_writing_replaces_in_one_step_and_keeps_permissions(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "report.txt"
    write_text(path, "one\r\ntwo é\n")
    assert path.read_bytes() == "one\r\ntwo é\n".encode()
    path.chmod(0o640)
    write_text(path, "three")
    assert path.read_text(encoding="utf-8") == "three"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in path.parent.iterdir()] == ["report.txt"]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    write_text(tmp_path / "ours", "x")
    (tmp_path / "usual").write_text("x", encoding="utf-8")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_writing_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_writing_that_fails_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.txt"
    write_text(path, "old")

    def fail(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.txt"]


def test_writing_to_a_folder_or_a_device(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write_text(tmp_path, "x")
    if os.path.exists("/dev/null"):
        write_text(Path("/dev/null"), "x")
        assert not Path("/dev/null").is_file()
