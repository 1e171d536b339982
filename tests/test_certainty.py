"""How a dimension is known: explicit and carried where the words bind it to the figure, inferred where it is a guess."""

import pytest
from test_frames import statements

from crosscheck.extraction.model import Statement


def how(one: Statement) -> dict[str, str]:
    return {name: known.how for name, known in one.dimensions.items()}


# A text, of which the last figure counts, and the dimensions of it that are a guess.
SURE = [
    "Norwegian exports of copper to Sweden rose by 4% to $5.2 billion in 2023.",
    "In 2023 Norway's imports from Sweden were worth $3.1 billion.",
    "Norway exported goods worth $3.1 billion to Sweden in 2023.",
    "Norwegian exports rose in 2023, reaching a record high of $5.2 billion.",
    "Norway sent more of copper, up 4%, of timber (5%) and of fish (6%) in 2023: its exports rose by 7%.",
    "Trade between Norway and Sweden was $9 billion in 2023.\n\nIt grew by 4%.",
    "Norway's trade with countries outside the EU was $9 billion in 2023.",
    "The ministry said that Norway's exports were up, by 4%, in 2023.",
    "Exports of copper from Norway to Sweden were $2 billion in 2023. Total exports were $9 billion.",
    "In 2023 Norway Line Ltd ferried 5 million passengers.",
    "For trade between Norway and Sweden 2023 was a splendid year: its volume reached $9 billion.",
    "Norway is prepared to raise its beef exports to 500 thousand tons, the minister said.",
    "According to Nordic News, Norway's exports rose by 4% in 2023.",
    "Norwegian exports of salmon rose to $9 billion in 2023. Total exports were $12 billion.",
    "Norway, the ministry said, raised its exports by 4% in 2023.",
]
GUESSED = [
    # words that nothing took in: what it is of is narrower
    ("Norway's exports as counted by carriers were $5.2 billion in 2023.", "indicator"),
    ("Norway's exports, if wrecks towed abroad are left aside, came to $5.2 billion in 2023.", "indicator"),
    # own words, of which nobody knows whether they are the whole phrase
    ("The harbour levy of Norway brought in $5.2 million in 2023.", "indicator"),
    # of nobody
    ("In 2023 revenue rose by 4%.", "indicator"),
    # another subject than the one that is carried on
    ("Norwegian exports were $5.2 billion in 2023. The smelters of the north doubled, gaining 100%.", "indicator"),
    # pointers
    ("Norway's exports were up in 2023. That compares with imports of $5.2 billion.", "indicator"),
    # a clause of its own
    ("Norway's office, which counts exports otherwise, put it at $5.2 billion in 2023.", "indicator"),
    # a part, or the whole
    ("Norway Shipping Ltd said sales of its Medical division rose 5% to $3 million. Profit was $2 million.", "indicator"),
    # only nearby
    ("Norway: after a busy year, and with the ports open, exports of $5.2 billion.", "reference_area"),
    # what stands for an area
    ("Trade between Norway and the states around it was $5.2 billion in 2023.", "counterpart_area"),
    ("Norway's stand in Malmo had 135 farm products in 2023.", "indicator"),
    # somebody else is named
    ("Norway's exports rose by 4% in 2023. Imports, said Borealis, were $5 million.", "reference_area"),
    # now
    (
        "Norway and Sweden traded for $5.2 billion in 2022. Norway's ports are also taking in imports of $2 billion.",
        "time_period",
    ),
    # one of several names, of which the others were not taken in
    (
        "For Norway and Denmark, the share of fish in exports was 3% in 2023.",
        "reference_area",
    ),
    # figures of others than those of whom the text tells
    (
        "Norway's exports rose to $9 billion in 2023. Norway also sold more fish. EU exports were $4 billion.",
        "reference_area",
    ),
    # goods that the text began with, or all
    ("Norwegian exports of salmon rose to $9 billion in 2023. Exports to Sweden were $2 billion.", "indicator"),
    # a period that the next clause tells of
    ("Norway's exports to Sweden were $5.2 billion, and imports fell in 2023.", "time_period"),
    ("Norway and Sweden traded for $5.2 billion in 2022. Investment in Norway of $21 billion continues.", "time_period"),
]


@pytest.mark.parametrize("text", SURE)
def test_what_the_words_bind_is_sure(text: str) -> None:
    found = how(statements(text)[-1])
    assert "inferred" not in found.values(), found


@pytest.mark.parametrize(("text", "dimension"), GUESSED)
def test_a_guess_is_called_one(text: str, dimension: str) -> None:
    found = how(statements(text)[-1])
    assert found.get(dimension) == "inferred", found


def test_what_is_carried_from_a_guess_is_one() -> None:
    told = "The harbour levy of Norway brought in $5.2 million in 2023."
    assert [how(one)["indicator"] for one in statements(f"{told} It rose by 4%.")] == ["inferred", "inferred"]


def test_words_that_tell_figures_apart_are_a_guess() -> None:
    found = statements("Production at the mill was 120,000 tons in 2023, and output at the quarry was 90,000 tons.")
    assert {how(one).get("detail") for one in found} <= {"inferred", "unstated"}
    assert {how(one)["indicator"] for one in found} == {"inferred"}


def test_a_percentage_taken_for_a_rate_for_lack_of_words_is_a_guess() -> None:
    (found,) = statements("Norway's inflation, 4%.")
    assert (found.measure, how(found)["indicator"]) == ("rate", "inferred")
