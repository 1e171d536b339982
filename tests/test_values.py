"""Values of reading: quick to make, and for the rest like frozen slotted dataclasses."""

from __future__ import annotations

import dataclasses

import pytest

from crosscheck.inputs.values import replace, value


@value
class Pair:
    """Two fields, one with a default."""

    one: int
    other: str = "x"


@value
class Single:
    """One field."""

    only: tuple[int, ...]


def test_values_compare_and_hash_by_their_fields_and_have_no_room_for_others() -> None:
    assert Pair(1) == Pair(1, "x") != Pair(2)
    assert len({Pair(1), Pair(1, "x"), Pair(2)}) == 2
    with pytest.raises(AttributeError):
        object.__setattr__(Pair(1), "third", 3)


def test_nothing_stands_between_a_value_and_its_fields_when_it_is_made() -> None:
    """That is what makes it quick; that nothing changes it is for the type checker."""
    assert Pair.__setattr__ is object.__setattr__


def test_replace_is_that_of_dataclasses() -> None:
    for made, changes in ((Pair(1), {"other": "y"}), (Pair(1), {}), (Single((1,)), {"only": (2,)}), (Single(()), {})):
        assert replace(made, **changes) == dataclasses.replace(made, **changes)
    with pytest.raises(AttributeError, match="third"):
        replace(Pair(1), third=3)  # type: ignore[call-arg]
