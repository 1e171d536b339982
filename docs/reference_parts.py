"""The pieces that pages of the reference are made of: tables, code, YAML on one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from crosscheck.inputs.yaml_tree import Node

Said = TypeVar("Said")
MARK = "<!-- Written by docs/generate_reference.py from code and rules: do not edit by hand. -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; bars in cells are escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(text: str) -> str:
    """Text as code."""
    return f"`{text}`"


def page(title: str, *parts: str) -> str:
    """A page of parts with a blank line between them."""
    return "\n\n".join([f"# {title}", MARK, *parts]) + "\n"


def keyed(words: Mapping[str, str]) -> str:
    """A table of keys and what they mean."""
    return table(["key", "meaning"], ([code(key), meaning] for key, meaning in words.items()))


def flow(node: Node) -> str:
    """A YAML node on one line, as somebody would write it."""
    if node.entries is not None:
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, _, value in node.pairs()) + "}"
    if node.items is not None:
        return "[" + ", ".join(map(flow, node.items)) + "]"
    return f'"{node.text}"' if node.quoted else node.text or ""


def matching(words: Mapping[str, Said], names: Iterable[str]) -> Mapping[str, Said]:
    """The words, when they tell of exactly these names: a page cannot forget one."""
    if set(words) != set(names):
        raise SystemExit(f"the reference tells of {sorted(words)}, the code has {sorted(names)}")
    return words


def listed(names: Iterable[str]) -> str:
    """Names as code, with commas between them."""
    return ", ".join(map(code, names))
