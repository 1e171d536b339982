"""What a number counts: the head of the words after it ("52 joint projects" counts projects)."""

from __future__ import annotations

import re

from crosscheck.extraction.numbers.text import word_set

MAXIMUM_WORDS = 5
_WORD = re.compile(r"(?:[ ]{1,2}|[ ]?\n[ ]?)([^\W\d_](?:[^\W\d_]|[-'’.](?=[^\W\d_]))*)")
_JOINED = re.compile(r",(?: and| or)?(?=[ ])")
_ADJECTIVE = re.compile(r"(?:al|ic|ive|ary|ous|ed|ing|ian|ent|ant|able|ible|ern|ish|ese|less|ful)\Z")

# Plurals that do not end in s, and words that count in the singular.
PLURALS = word_set(
    "people teu staff personnel men women children police cattle sheep fish aircraft spacecraft memoranda criteria media "
    "data referenda fishermen businessmen servicemen policemen salesmen workmen freshmen teeth feet geese mice oxen "
    "poultry clergy crew faculty livestock offspring salmon deer swine alumni bacteria curricula strata stadia "
    "symposia fora indices matrices vertices appendices phenomena headcount sportsmen townspeople craftsmen firemen "
    "spokesmen percent-points swiss goods species series means"
)
# Words that end in s and are no plural of a thing.
SINGULARS = word_set(
    "is was has does its this his as us yes less plus thus across always perhaps besides towards overseas afterwards "
    "sometimes whereas versus minus various previous serious numerous gross business process access progress success "
    "loss press class glass mass pass cross stress address congress express cases' gas bus focus status census virus "
    "bonus campus surplus analysis basis crisis tennis paris news politics economics mathematics physics christmas "
    "texas falls rises grows goes comes makes remains shows says includes represents accounts stands reaches becomes "
    "means exceeds equals compares follows totals lies amounts belongs covers seems appears continues indoors "
    "outdoors nowadays upwards downwards backwards forwards inwards abroads regardless nonetheless nevertheless "
    "unless times ours yours theirs hers lots dozens hundreds thousands millions billions trillions percents"
)
# Words at which the words counted end.
STOPS = word_set(
    "a an the of in on at by to from for with without within into onto over under above below between among amid "
    "against about around after before during since until till through throughout than that which who whom whose what "
    "when where while as if so and or but nor yet is are was were be been being am has have had having do does did "
    "will would shall should can could may might must not no it its he she they them their we our you your i my his "
    "her him this these those there here then also only even just still already again ever never both each every per "
    "via up down off out more less fewer respectively compared versus vs due according including excluding because "
    "although though unless whereas whether plus minus times worldwide annually monthly daily weekly yearly yesterday "
    "today tomorrow thanks last next earlier later ago now once twice long high tall wide deep old higher lower larger "
    "smaller greater bigger better worse said says added told noted reported announced signed reached rose fell grew "
    "increased decreased declined dropped gained lost won took made came went became remained stood totaled totalled "
    "accounted amounted exceeded percent cent january february march april june july august september october "
    "november december"
)


def is_plural(word: str) -> bool:
    """Whether a word in lower case looks like the plural of a thing."""
    if word in PLURALS:
        return True
    if not word.endswith("s") or len(word) < 4 or word in SINGULARS or word in STOPS:
        return False
    return not word.endswith(("ss", "us", "sis", "ous", "'s", "’s"))


def find_noun(text: str, lower: str, at: int, limit: int) -> tuple[int, int, str] | None:
    """The words counted after a number that ends at `at`: their span and the head in lower case.

    The head is the first plural, or the last of several in a row ("goods trains"); adjectives before it are skipped.
    """
    start = end = 0
    head = ""
    for _ in range(MAXIMUM_WORDS):
        match = _WORD.match(text, at, limit)
        if not match and start and not head and _ADJECTIVE.search(lower, at - 5, at):
            joined = _JOINED.match(lower, at, limit)
            match = _WORD.match(text, joined.end(), limit) if joined else None
        if not match:
            break
        word = lower[match.start(1) : match.end(1)]
        if word in ("and", "or") and start and not head and _ADJECTIVE.search(lower, at - 5, at):
            match = _WORD.match(text, match.end(), limit)
            if not match:
                break
            word = lower[match.start(1) : match.end(1)]
        if word in STOPS and not (word == "us" or match[1] == "US"):
            break
        possessive = word.endswith(("'s", "’s"))
        plural = is_plural(word)
        if head and not plural:
            break
        start = start or match.start(1)
        at = match.end()
        if plural:
            head, end = word, match.end(1)
            if text[at : at + 1] in ("'", "’"):
                break
        elif not possessive and word.endswith("ly") and match[1][0].isupper():
            break
    return (start, end, head) if head else None
