"""Figures that are stated more than once, brought together: `checking.stated`, compiled.

Rows that are equal in every dimension, property and kind of unit are one operand. Its row is the first of them; the others
leave the table of operands. Where it cannot be told by whole numbers what they have in common, the operand says so in
`doubt`, and the reference evaluator is asked for what it takes part in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosscheck.tables.dialect import Engine
from crosscheck.tables.facts import ROW_BITS

OPERAND, UNDATED, MERGED = range(3)  # the status of a row
# What is known of an operand: all of it; all but how much of its slack a gap strains; not whether a gap is material
# either; nothing. AT_ODDS is none at all.
SURE, UNSTRAINED, UNGAUGED, UNKNOWN, AT_ODDS = range(5)
# Of keys in so small a space a bit is kept for each, which tells at once that none occurs twice.
MAXIMUM_BITS = 2**30
# How far an operand reaches below and above its face, and the columns of a group that tell it.
REACH = {"h": "down", "u": "up"}
# Of groups: two rows of one table that do not say the same, of which nothing is inferred, as that bears on levels.
PAIRS = f"g.doubt IN ({UNSTRAINED}, {UNGAUGED}, {AT_ODDS}) AND g.widest IS NOT NULL AND g.inferred = 0"
# What the operand of a group takes from its rows, and how.
FOLDS = {"guessed": "min", "given": "max", "edition": "min", "edition_to": "max", "docs": "bit_or"}


@dataclass(frozen=True, slots=True)
class Twice:
    """How many rows there are of each status, how many are stated more than once, and of how many figures."""

    rows: int
    undated: int
    repeated: int = 0
    groups: int = 0


def groups_sql(same: Sequence[str], columns: Sequence[str], rows: str, first: str | None, half: str) -> str:
    """The figures of `rows`, all stated more than once, as groups: the first row `rep`, and what its operand is.

    `same` is what the rows of a group share, named `s0`, `s1` …; `columns` are those that the rows have. A group is SURE
    where all rows say the same, AT_ODDS where the rows of a single table exclude one another: then no rule has it as an
    operand. What other rows of a single table have in common reaches `down` and `up` from `face`, the figure of the row
    that says most, or the nearest to it that the others allow (UNGAUGED, else UNSTRAINED). Areas that may be exchanged
    stand as in the row whose `first` is the least text; without it nothing is known of a group that has both orders.
    `half` is half the width of a figure's interval, as a column or a number. Of two rows `widest` says less: it is
    `fs` ± `hs`, the other one `fa` ± `ha`.
    """
    own = [f"s{number}" for number in range(len(same))]
    doubt = "doubt" if "doubt" in columns else f"{SURE}"
    kept = [name for name in ("unit", "turned", *FOLDS) if name in columns]
    shared = ", ".join(f"{text} AS {name}" for text, name in zip(same, own, strict=True))
    inner = f"SELECT {shared}, rid, f, {half} AS half, {doubt} AS unsure{''.join(f', {name}' for name in kept)} FROM {rows}"
    least = f"SELECT *, min(half) OVER (PARTITION BY {', '.join(own)}) AS least FROM ({inner}) i"
    parts = [
        "min(rid) AS rep, max(rid) AS other, count(*) AS n, max(unsure) AS unsure, max(f - half) AS low",
        "min(f + half) AS high, min(f) AS f0, max(f) AS f1, min(half) AS h0, max(half) AS h1",
        "min(CASE WHEN half = least THEN f END) AS t0, max(CASE WHEN half = least THEN f END) AS t1",
        f"min_by(CASE WHEN half = least THEN f END, CASE WHEN half = least THEN {first or 'rid'} END) AS t",
    ]
    parts += ["min(unit) AS u0, max(unit) AS u1"] if "unit" in kept else ["0 AS u0, 0 AS u1"]
    parts += ["min(given) AS all_given"] if "given" in kept else []
    parts += [f"{'max(guessed)' if 'guessed' in kept else 0} AS inferred"]
    parts += [f"{fold}({name}) AS {name}" for name, fold in FOLDS.items() if name in kept]
    if "turned" in kept:
        parts.append(f"min_by(turned, {first or 'rid'}) AS turned, min(turned) AS turned0, max(turned) AS turned1")
    tied = f"max_by(rid, {first})" if first is not None else "NULL"
    parts.append(
        f"CASE WHEN count(*) = 2 THEN CASE WHEN min(half) = max(half) THEN {tied} ELSE max_by(rid, half) END END AS widest"
    )
    last, begin = (f"max_by(f, {first})", f"min_by(f, {first})") if first is not None else ("NULL", "NULL")
    parts.append(
        f"CASE WHEN min(half) = max(half) THEN {last} ELSE max_by(f, half) END AS fs, max(half) AS hs, "
        f"CASE WHEN min(half) = max(half) THEN {begin} ELSE min_by(f, half) END AS fa, min(half) AS ha"
    )
    lost = " OR turned0 <> turned1" if "turned" in kept and first is None else ""
    grouped = f"SELECT {', '.join((*own, *parts))} FROM ({least}) l GROUP BY {', '.join(own)}"
    single = f"rep >> {ROW_BITS} = other >> {ROW_BITS}"
    known = (
        f"CASE WHEN unsure > 0{lost} THEN {UNKNOWN} WHEN low > high AND {single} THEN {AT_ODDS} "
        f"WHEN low > high OR u0 <> u1 THEN {UNKNOWN} WHEN f0 = f1 AND h0 = h1 THEN {SURE} "
        f"WHEN NOT {single}{' OR t0 <> t1' if first is None else ''} THEN {UNKNOWN} "
        f"WHEN face = t THEN {UNSTRAINED} ELSE {UNGAUGED} END AS doubt"
    )
    faced = f"SELECT *, greatest(low, least(high, t)) AS face FROM ({grouped}) g"
    return f"SELECT *, face - low AS down, high - face AS up, {known} FROM ({faced}) g"


def many_sql(same: Sequence[str], rows: str, first: str, half: str) -> str:
    """Groups of three and more unlike rows of one table as pairs, as `checking.duplicates` makes them: the row that says
    least, `fs` ± `hs`, against what the others have in common, from `fa` down and up; against one of two that exclude one
    another most where they have nothing. `doubt` is how much is known of the other side. `first` and `half` are those of
    `groups_sql`.
    """
    unlike = f"g.n > 2 AND g.doubt IN ({UNSTRAINED}, {UNGAUGED}, {AT_ODDS}) AND g.inferred = 0"
    inner = f"SELECT g.rep AS rep, rid, f, {half} AS half, {first} AS name FROM {rows} r JOIN groups g ON {ties(same)} "
    over = "row_number() OVER (PARTITION BY rep ORDER BY"
    placed = (
        f"SELECT *, {over} half DESC, name DESC) AS place, {over} f + half, name) AS below, "
        f"{over} f - half DESC, name DESC) AS above FROM ({inner} WHERE {unlike}) i"
    )
    others = "FILTER (place > 1)"
    parts = [
        "rep, max(CASE WHEN place = 1 THEN rid END) AS rid1, max(CASE WHEN place = 1 THEN f END) AS f1, max(half) AS h1",
        f"max(f - half) {others} AS low, min(f + half) {others} AS high, max_by(f, place) AS t",
        f"min(f) {others} = max(f) {others} AND min(half) {others} = max(half) {others} AS alike",
    ]
    for side in ("below", "above"):
        parts += [f"max(CASE WHEN {side} = 1 THEN {name} END) AS {side}_{name}" for name in ("rid", "f", "half", "name")]
    grouped = f"SELECT {', '.join(parts)} FROM ({placed}) p GROUP BY rep"
    wider = "(below_half > above_half OR below_half = above_half AND below_name > above_name)"
    faced = f"SELECT *, low <= high AS meet, {wider} AS first, greatest(low, least(high, t)) AS face FROM ({grouped}) g"

    def pick(met: str, name: str, turned: bool = False) -> str:
        one, other = ("above", "below") if turned else ("below", "above")
        return f"CASE WHEN meet THEN {met} WHEN first THEN {one}_{name} ELSE {other}_{name} END"

    known = f"CASE WHEN NOT meet OR alike THEN {SURE} WHEN face = t THEN {UNSTRAINED} ELSE {UNGAUGED} END"
    return (
        f"SELECT rep, {pick('rid1', 'rid')} AS widest, {pick('f1', 'f')} AS fs, {pick('h1', 'half')} AS hs, "
        f"{pick('face', 'f', True)} AS fa, {pick('face - low', 'half', True)} AS down, "
        f"{pick('high - face', 'half', True)} AS up, {known} AS doubt FROM ({faced}) f"
    )


def ties(same: Sequence[str]) -> str:
    """Whether a row is one of a group `g`."""
    return " AND ".join(f"{text} = g.s{number}" for number, text in enumerate(same))


def merge(connection: Engine, same: Sequence[str], space: int, columns: list[str], first: str | None, half: str) -> Twice:
    """Brings together what is stated more than once in the table `rows` of the embedded engine.

    Makes the tables `groups`, `many` of those with more than two unlike rows, and `merged` with the row and the group's
    first row of each row of a group. `same` is what rows share, in SQL; `columns` are the further columns of the table, to
    which `status` and `doubt` are added when needed; `first` is a text in the order of claims, `half` half the width of an
    interval.
    """
    dated = f" WHERE status = {OPERAND}" if "status" in columns else ""
    if not dated and len(same) == 1 and space < MAXIMUM_BITS:
        query = f"SELECT count(*), coalesce(bit_count(bitstring_agg({same[0]}, 0, {space})), 0) FROM rows"
        ((rows, different),) = connection.execute(query).fetchall()
        if rows == different:
            return Twice(int(rows), 0)
    listed = ", ".join(f"{text} AS s{number}" for number, text in enumerate(same))
    connection.execute(f"CREATE TABLE twice AS SELECT {listed} FROM rows{dated} GROUP BY ALL HAVING count(*) > 1")
    ((all_rows, undated),) = connection.execute(
        f"SELECT count(*), count(*) FILTER ({f'status = {UNDATED}' if dated else 'FALSE'}) FROM rows"
    ).fetchall()
    if connection.execute("SELECT count(*) FROM twice").fetchall() == [(0,)]:
        return Twice(int(all_rows), int(undated))
    within = f"({', '.join(same)}) IN (FROM twice)" + (f" AND status = {OPERAND}" if dated else "")
    connection.execute(f"CREATE TABLE groups AS {groups_sql(same, columns, f'rows WHERE {within}', first, half)}")
    connection.execute(
        f"CREATE TABLE merged AS SELECT r.rid AS rid, g.rep AS rep, g.doubt AS doubt FROM rows r JOIN groups g "
        f"ON {ties(same)}" + (f" WHERE r.status = {OPERAND}" if dated else "")
    )
    many = many_sql(same, f"(SELECT * FROM rows WHERE {within})", first or "NULL", half)
    connection.execute(f"CREATE TABLE many AS {many}{'' if first is not None else ' LIMIT 0'}")
    for name in ("status", "doubt"):
        if name not in columns:
            connection.execute(f"ALTER TABLE rows ADD COLUMN {name} TINYINT DEFAULT 0")
            columns.append(name)
    connection.execute(
        f"UPDATE rows SET status = {MERGED} WHERE rid IN (SELECT rid FROM merged WHERE rid <> rep OR doubt = {AT_ODDS})"
    )
    folded = [f"{name} = g.{name}" for name in (*FOLDS, "turned") if name in columns]
    _widen(connection, columns, half)
    set_to = ["f = g.face", "doubt = g.doubt", *(f"{name} = g.{text}" for name, text in REACH.items() if name in columns)]
    set_to += folded
    connection.execute(f"UPDATE rows SET {', '.join(set_to)} FROM groups g WHERE rows.rid = g.rep AND g.doubt < {AT_ODDS}")
    ((repeated, groups),) = connection.execute("SELECT coalesce(sum(n), 0), count(*) FROM groups").fetchall()
    return Twice(int(all_rows), int(undated), int(repeated), int(groups))


def _widen(connection: Engine, columns: list[str], half: str) -> None:
    """Adds what the operands of groups need that do not reach as far as their rows, or not as far up as down."""
    own = "g.h0" if half == "h" else half
    told = f"count(*) FILTER (WHERE down <> up), count(*) FILTER (WHERE down <> {own} OR up <> {own})"
    query = f"SELECT {told} FROM groups g WHERE doubt < {UNKNOWN}"
    ((uneven, apart),) = connection.execute(query).fetchall()
    if apart and "h" not in columns:
        connection.execute(f"ALTER TABLE rows ADD COLUMN h BIGINT DEFAULT {half}")
        columns.append("h")
    if uneven:
        connection.execute("ALTER TABLE rows ADD COLUMN u BIGINT")
        connection.execute("UPDATE rows SET u = h")
        columns.append("u")
