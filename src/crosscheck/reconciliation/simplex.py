"""An exact simplex over rationals: feasibility with proofs, and the extremes of an unknown.

The general simplex of Dutertre and de Moura ("A fast linear-arithmetic solver for DPLL(T)", 2006): every linear form is a
variable of its own with bounds, so that rows can be taken in and out without starting again. A strict bound is a bound
plus or minus an infinitesimal: values are pairs (rational, multiple of the infinitesimal), ordered as pairs.

Inside, numbers are rationals of GMP where gmpy2 is installed, several times as fast; what comes out are fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from typing import Any

from crosscheck.figures.exact import Fraction
from crosscheck.reconciliation.system import Coefficients, Row


def _arithmetic() -> Callable[[Any], Fraction]:
    """The type of rationals to reckon with: both are exact and mean the same."""
    if find_spec("gmpy2") is None:
        return Fraction
    import gmpy2

    fast: Callable[[Any], Fraction] = gmpy2.mpq
    return fast


exact = _arithmetic()
ZERO, ONE = exact(0), exact(1)
Value = tuple[Fraction, Fraction]
# Rows with their multipliers.
Proof = list[tuple[int, Fraction]]


PIVOTS_BETWEEN = 50  # looks at the clock
Late = Callable[[], bool]


class PivotLimit(Exception):
    """The solver was given so many pivots, or so much time, and needs more."""


class Tableau:
    """Rows over unknowns, of which any selection can be solved. Unknowns are numbered as in the rows."""

    def __init__(self, rows: Sequence[Row], pivots: int | None = None, is_late: Late | None = None) -> None:
        self.rows = rows
        self.left = pivots  # how many pivots are allowed; None for any number
        self.done, self.is_late = 0, is_late
        self.forms: dict[Coefficients, int] = {}
        self.basic: dict[int, dict[int, Fraction]] = {}  # a basic variable as a sum over others
        self.users: dict[int, set[int]] = {}  # of each other variable, the basic ones in whose sums it stands
        self.value: dict[int, Value] = {}
        self.lower: dict[int, tuple[Value, int]] = {}
        self.upper: dict[int, tuple[Value, int]] = {}
        self.bounds: list[tuple[int, bool, Value, Fraction]] = []  # of each row: variable, is upper, bound, scale
        names = sorted({unknown for one in rows for unknown, _ in one.coefficients})
        self.number = {name: index for index, name in enumerate(names)}
        for index in range(len(names)):
            self.users[index] = set()
            self.value[index] = (ZERO, ZERO)
        for one in rows:
            self.bounds.append(self._bound(one))

    def _bound(self, one: Row) -> tuple[int, bool, Value, Fraction]:
        if not one.coefficients:
            raise ValueError("a row without unknowns is no row")
        factor = exact(one.coefficients[0][1])
        form = tuple((self.number[unknown], exact(value) / factor) for unknown, value in one.coefficients)
        variable = form[0][0] if len(form) == 1 else self._variable(form)
        is_upper = factor > 0
        strictness = exact(0 if not one.strict else (-1 if is_upper else 1))
        return variable, is_upper, (exact(one.limit) / factor, strictness), abs(factor)

    def _variable(self, form: Coefficients) -> int:
        if form not in self.forms:
            self.forms[form] = variable = len(self.value)
            total: dict[int, Fraction] = {}
            for unknown, factor in form:
                for other, part in self.basic.get(unknown, {unknown: ONE}).items():
                    total[other] = total.get(other, ZERO) + factor * part
            self.basic[variable] = {other: part for other, part in total.items() if part}
            for other in self.basic[variable]:
                self.users[other].add(variable)
            self.value[variable] = self._sum(self.basic[variable])
        return self.forms[form]

    def _sum(self, parts: dict[int, Fraction]) -> Value:
        real = small = ZERO
        for other, factor in parts.items():
            value = self.value[other]
            real += factor * value[0]
            if value[1]:
                small += factor * value[1]
        return real, small

    # --- feasibility ----------------------------------------------------------------------------------------------

    def solve(self, active: Iterable[int]) -> Proof | None:
        """None when the active rows hold together, else multipliers of rows that prove they do not (Farkas, Motzkin).

        Raises PivotLimit.
        """
        self.lower, self.upper = {}, {}
        for index in active:
            variable, is_upper, bound, _ = self.bounds[index]
            known = (self.upper if is_upper else self.lower).get(variable)
            if known is None or (bound < known[0] if is_upper else bound > known[0]):
                (self.upper if is_upper else self.lower)[variable] = bound, index
        for variable in self.lower.keys() & self.upper.keys():
            if self.lower[variable][0] > self.upper[variable][0]:
                return [self._multiplier(self.lower[variable][1]), self._multiplier(self.upper[variable][1])]
        for variable in self.users:
            if variable in self.lower and self.value[variable] < self.lower[variable][0]:
                self._move(variable, self.lower[variable][0])
            elif variable in self.upper and self.value[variable] > self.upper[variable][0]:
                self._move(variable, self.upper[variable][0])
        return self._repair()

    def _multiplier(self, index: int, times: Fraction = ONE) -> tuple[int, Fraction]:
        return index, plain(times / self.bounds[index][3])

    def _move(self, variable: int, to: Value) -> None:
        """Gives a non-basic variable another value."""
        old = self.value[variable]
        real, small = to[0] - old[0], to[1] - old[1]
        self.value[variable] = to
        for basic in self.users[variable]:
            factor, own = self.basic[basic][variable], self.value[basic]
            self.value[basic] = (own[0] + factor * real if real else own[0], own[1] + factor * small if small else own[1])

    def _repair(self) -> Proof | None:
        while True:
            wrong = min((v for v in self.basic if self._is_outside(v)), default=None)
            if wrong is None:
                return None
            is_below = wrong in self.lower and self.value[wrong] < self.lower[wrong][0]
            target = self.lower[wrong] if is_below else self.upper[wrong]
            sign = 1 if is_below else -1
            parts = self.basic[wrong]
            other = min((o for o, factor in parts.items() if self._can_go(o, factor * sign)), default=None)
            if other is None:
                proof = [self._multiplier(target[1])]
                for o, factor in parts.items():
                    bound = self.upper[o] if factor * sign > 0 else self.lower[o]
                    proof.append(self._multiplier(bound[1], abs(factor)))
                return proof
            self._pivot(wrong, other)
            self._move(wrong, target[0])

    def _is_outside(self, variable: int) -> bool:
        value = self.value[variable]
        return (variable in self.lower and value < self.lower[variable][0]) or (
            variable in self.upper and value > self.upper[variable][0]
        )

    def _can_go(self, variable: int, direction: Fraction) -> bool:
        if direction > 0:
            return variable not in self.upper or self.value[variable] < self.upper[variable][0]
        return variable not in self.lower or self.value[variable] > self.lower[variable][0]

    def _pivot(self, leaving: int, entering: int) -> None:
        """Exchanges a basic variable for one of its sum; values stay."""
        self.done += 1
        if self.left is not None and self.done > self.left:
            raise PivotLimit
        if self.is_late is not None and self.done % PIVOTS_BETWEEN == 0 and self.is_late():
            raise PivotLimit
        parts = self.basic.pop(leaving)
        factor = parts.pop(entering)
        for other in parts:
            self.users[other].discard(leaving)
        turned = {other: -part / factor for other, part in parts.items()}
        turned[leaving] = 1 / factor
        others = self.users.pop(entering)
        others.discard(leaving)
        self.basic[entering] = turned
        self.users[leaving] = set()
        for other in turned:
            self.users[other].add(entering)
        for basic in others:
            own = self.basic[basic]
            times = own.pop(entering)
            for other, part in turned.items():
                total = own.get(other, ZERO) + times * part
                if total:
                    own[other] = total
                    self.users[other].add(basic)
                elif other in own:
                    del own[other]
                    self.users[other].discard(basic)

    # --- extremes ---------------------------------------------------------------------------------------------------

    def extreme(self, unknown: int, sign: int) -> tuple[Fraction | None, bool, Proof]:
        """The greatest (sign 1) or least (-1) value of an unknown, whether it is attained, and the rows that prove it.

        Only after `solve` found the active rows to hold together. The value is None where there is no end.
        """
        goal = self.number[unknown]
        while True:
            parts = self.basic.get(goal, {goal: ONE})
            entering = min((o for o, factor in parts.items() if self._can_go(o, factor * sign)), default=None)
            if entering is None:
                bounds = [(self.upper if f * sign > 0 else self.lower)[o][1] for o, f in parts.items()]
                proof = [self._multiplier(b, abs(f)) for b, f in zip(bounds, parts.values(), strict=True)]
                value = self.value[goal]
                return plain(value[0]), not value[1], proof
            if not self._push(entering, 1 if parts[entering] * sign > 0 else -1):
                return None, False, []

    def _push(self, entering: int, direction: int) -> bool:
        """Moves a non-basic variable as far as the bounds allow; False when nothing stops it."""
        own = (self.upper if direction > 0 else self.lower).get(entering)
        best = None if own is None else _distance(own[0], self.value[entering], exact(direction))
        leaving = None
        for basic in sorted(self.users[entering]):
            factor = self.basic[basic][entering] * direction
            bound = (self.upper if factor > 0 else self.lower).get(basic)
            if bound is not None:
                step = _distance(bound[0], self.value[basic], factor)
                if best is None or step < best:
                    best, leaving = step, basic
        if best is None:
            return False
        value = self.value[entering]
        self._move(entering, (value[0] + direction * best[0], value[1] + direction * best[1]))
        if leaving is not None:
            self._pivot(leaving, entering)
        return True

    def point(self) -> dict[int, Fraction]:
        """Values of the unknowns that satisfy the rows found to hold together, open ends kept open."""
        smallest = ONE
        for variable, (real, small) in self.value.items():
            for bound, is_upper in ((self.lower.get(variable), False), (self.upper.get(variable), True)):
                if bound is None:
                    continue
                gap, closing = bound[0][0] - real, small - bound[0][1]
                if not is_upper:
                    gap, closing = -gap, -closing
                if closing > 0 and gap > 0:
                    smallest = min(smallest, gap / closing)
        return {name: plain(self.value[i][0] + smallest * self.value[i][1]) for name, i in self.number.items()}


def _distance(bound: Value, value: Value, factor: Fraction) -> Value:
    return (bound[0] - value[0]) / factor, (bound[1] - value[1]) / factor


def plain(value: Fraction) -> Fraction:
    """A number of the solver as a fraction."""
    return value if isinstance(value, Fraction) else Fraction(int(value.numerator), int(value.denominator))
