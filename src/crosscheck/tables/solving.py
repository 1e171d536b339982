"""Parts of tables taken together, by the same `reconcile` as documents, in processes of their own.

A worker gets rows as texts and gives back what is wrong in them: cells with what they would have to be, and each fault in
words. A worker that dies (killed, or out of memory) takes nothing with it: its rows are given out again, part by part, and
a part that ends a worker once more is told as not decided.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from itertools import chain
from multiprocessing import active_children, get_context

from crosscheck.checking.checks import check_claims
from crosscheck.checking.levels import ORDER
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.csv_table import Resolve
from crosscheck.claims.model import Claim
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure, from_base
from crosscheck.figures.interval import Interval
from crosscheck.reconciliation.budget import Budget
from crosscheck.reconciliation.mending import nearest
from crosscheck.reconciliation.model import JointFault, Part, Repair
from crosscheck.reconciliation.propagating import rounded
from crosscheck.reconciliation.reconciling import reconcile
from crosscheck.rules.model import Rule
from crosscheck.tables.components import Lot
from crosscheck.tables.facts import ROW_BITS
from crosscheck.tables.reference import RowReader
from crosscheck.tables.sources import Source

SECONDS = 120  # for one part
WATCH = 2.0  # seconds between looks at whether the process that started a worker is still there
COMPLETE, NEAR, CUT_SHORT, DIED = "complete", "near each conflict", "cut short", "worker died"
# A fault in words: for people, and as a line of JSON.
Teller = Callable[[JointFault], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Task:
    """What every worker needs to know."""

    rules: Sequence[Rule]
    codelists: CodeLists
    sources: Sequence[Source]
    resolving: Callable[[CodeLists], Resolve]
    tell: Teller
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Cell:
    """A suspect cell in one of the lightest repairs of a fault: its row, and what it would have to be, in its own unit.

    Cells with the same `option` are changed together; options of one fault are alternatives.
    """

    row: int
    fault: int  # within its part
    option: int
    options: int
    together: int
    weight: str
    stated: str
    unit: str
    value: float
    low: float | None
    high: float | None
    low_closed: bool
    high_closed: bool
    repair: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A fault of a part. `apart` is how many slacks of rounding the nearest suspect is off: the worst come first."""

    conflict: str
    level: int
    rules: Sequence[str]
    figures: int
    conflicts: int
    apart: float
    complete: bool
    suppressed: bool
    page: str
    entry: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Solved:
    """What was found of a part: how far it was looked through (`search`), how many figures hang together (`linked`)."""

    part: int
    search: str
    feasible: bool | None
    components: int
    linked: int
    left_out: int
    seconds: float
    faults: Sequence[Found] = field(default_factory=tuple)


class Solver:
    """Takes parts together, one after another, in this process."""

    def __init__(self, task: Task) -> None:
        resolve = task.resolving(task.codelists)
        self.task = task
        self.readers = [RowReader(replace(s, table=replace(s.table, resolve=resolve))) for s in task.sources]

    def claims(self, lot: Lot) -> list[tuple[int, Claim]]:
        """The claims of the rows of a part; raises InputFaults."""
        found = []
        for rid, texts in lot.rows:
            claim = self.readers[rid >> ROW_BITS].claim(rid & ((1 << ROW_BITS) - 1), texts)
            if claim is not None:
                found.append((rid, claim))
        return found

    def solved(self, lot: Lot) -> Solved:
        """A part taken together."""
        begun = time.process_time()
        claims = self.claims(lot)
        rows = {claim.id: rid for rid, claim in claims}
        run = check_claims([claim for _, claim in claims], self.task.rules, self.task.codelists, verdicts_alone=True)
        found = reconcile(run, self.task.rules, budget=Budget(self.task.seconds), mending=True)
        faults = [self._found(fault, rows) for fault in found.faults]
        return Solved(
            lot.part,
            _search(found.parts, found.ended),
            found.feasible,
            len(found.parts),
            max((len(part.atoms) for part in found.parts), default=0),
            len(found.left_out),
            time.process_time() - begun,
            faults,
        )

    def _found(self, fault: JointFault, rows: dict[str, int]) -> Found:
        cells = [
            cell
            for number, repair in enumerate(fault.repairs, 1)
            for cell in _cells(repair, number, len(fault.repairs), rows)
        ]
        figures = {claim.id for conflict in fault.conflicts for atom in conflict.atoms for claim in atom.claims}
        rules = sorted({binding.rule.id for conflict in fault.conflicts for binding in conflict.bindings})
        page, entry = self.task.tell(fault)
        return Found(
            fault.conflicts[0].id,
            ORDER.index(fault.level),
            rules,
            len(figures),
            len(fault.conflicts),
            _apart(fault),
            fault.all_repairs,
            all(conflict.suppressed for conflict in fault.conflicts),
            page,
            entry,
            cells,
        )


def _search(parts: Sequence[Part], ended: str | None) -> str:
    if ended is not None or any(part.feasible is None for part in parts):
        return CUT_SHORT
    if any(not fault.all_repairs for part in parts for fault in part.faults):
        return CUT_SHORT
    return NEAR if any(part.remarks for part in parts) else COMPLETE


def _cells(repair: Repair, option: int, options: int, rows: dict[str, int]) -> Iterator[Cell]:
    together = sum(len(atom.claims) for atom in repair.atoms)
    ranges = repair.mended or (None,) * len(repair.atoms)
    for atom, wanted in zip(repair.atoms, ranges, strict=True):
        for claim in atom.claims:
            figure = claim.figure
            low, high = (None, None) if wanted is None else (_own(wanted.low, figure), _own(wanted.high, figure))
            yield Cell(
                rows[claim.id],
                0,
                option,
                options,
                together,
                str(repair.weight),
                claim.printed,
                figure.unit.name,
                rounded(from_base(figure.face, figure.unit) / figure.scale),
                low,
                high,
                wanted is not None and wanted.low_closed,
                wanted is not None and wanted.high_closed,
                None if wanted is None else nearest(figure, wanted),
            )


def _own(end: Fraction | None, figure: Figure) -> float | None:
    """An end in the unit and scale of a figure, rounded."""
    return None if end is None else rounded(from_base(end, figure.unit) / figure.scale)


def _apart(fault: JointFault) -> float:
    """How many slacks of rounding the figure that is off least, of those whose change mends a fault, is off."""
    found = []
    for repair in fault.repairs:
        pairs = zip(repair.atoms, repair.mended, strict=False)
        off = [one for atom, wanted in pairs if (one := _off(atom.claims[0].figure.strict, wanted)) is not None]
        found += [max(off)] if off else []
    return min(found, default=0.0)


def _off(own: Interval, wanted: Interval | None) -> float | None:
    if wanted is None or own.low is None or own.high is None:
        return None
    below = own.low - wanted.high if wanted.high is not None else None
    above = wanted.low - own.high if wanted.low is not None else None
    gap = max((one for one in (below, above) if one is not None), default=Fraction(0))
    width = (own.high - own.low) / 2
    if wanted.low is not None and wanted.high is not None:
        width += (wanted.high - wanted.low) / 2
    return min(rounded(max(gap, Fraction(0)) / (width or 1)), 1e300)


_SOLVER: list[Solver] = []


def _begin(task: Task) -> None:
    """What a worker does first: it leaves Ctrl-C to the process that started it, and ends when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
    _SOLVER[:] = [Solver(task)]


def _work(batch: Sequence[Lot]) -> list[Solved]:
    (solver,) = _SOLVER
    return [solver.solved(lot) for lot in batch]


def solve(task: Task, lots: Iterable[Sequence[Lot]], jobs: int) -> Iterator[Solved]:
    """Every part taken together, as they are done; raises InputFaults for rows that cannot be read.

    Never more than two batches a worker are held. With one job all is done in this process.
    """
    if jobs < 2:
        solver = Solver(task)
        for batch in lots:
            yield from map(solver.solved, batch)
        return
    lost: list[Lot] = []
    source = iter(lots)
    while True:
        first = next(source, None)
        if first is None:
            break
        yield from _pooled(task, chain([first], source), jobs, lost, 2 * jobs)
    rest: Iterator[Sequence[Lot]] = iter([[lot] for lot in lost])
    while (alone := next(rest, None)) is not None:  # one at a time, so that it is known which of them ends a worker
        again: list[Lot] = []
        yield from _pooled(task, chain([alone], rest), 1, again, 1)
        yield from (Solved(one.part, DIED, None, 0, len(one.rows), 0, 0.0) for one in again)


def _pooled(task: Task, source: Iterator[Sequence[Lot]], jobs: int, lost: list[Lot], ahead: int) -> Iterator[Solved]:
    """What workers make of batches; where one dies it ends, with the parts that were under way in `lost`."""
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (_sent(task),))
    waiting: dict[Future[list[Solved]], Sequence[Lot]] = {}
    ended = False
    try:
        while True:
            while len(waiting) < ahead and (batch := next(source, None)) is not None:
                waiting[pool.submit(_work, batch)] = batch
            if not waiting:
                ended = True
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                solved = future.result()
                del waiting[future]
                yield from solved
    except BrokenProcessPool:
        lost += [lot for batch in waiting.values() for lot in batch]
        ended = True
    finally:
        pool.shutdown(wait=ended and not lost, cancel_futures=True)
        if not ended or lost:  # Ctrl-C, or a fault: nobody waits for what the others are at
            for process in active_children():
                process.terminate()


def _sent(task: Task) -> Task:
    """The task as it goes to another process: what a table is resolved with is made there."""
    return replace(task, sources=[replace(s, table=replace(s.table, resolve=_unresolved)) for s in task.sources])


def _unresolved(dimension: str, text: str) -> str:
    del dimension
    return text
