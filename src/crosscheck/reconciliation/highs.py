"""HiGHS, where it is installed: a floating look at all rows at once, for rows that an exact solver should look at."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from crosscheck.reconciliation.propagating import rounded
from crosscheck.reconciliation.system import Row

SMALLEST = 1e-9  # a multiplier below is taken for noise


def infeasible_rows(rows: Sequence[Row]) -> list[Row] | None:
    """Rows that HiGHS finds infeasible together, by the multipliers of its proof; none when it finds a solution.

    None when HiGHS is not installed, or does not answer. Nothing of it counts before it is proved in rationals.
    """
    if find_spec("highspy") is None:
        return None
    import highspy
    import numpy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", "off")  # with it there is no ray of an infeasible problem
    solver.setOptionValue("time_limit", 60.0)
    solver.passModel(_model(rows, highspy, numpy))
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return []
    if status != highspy.HighsModelStatus.kInfeasible:
        return None
    _, has_ray, ray = _dual_ray(solver, len(rows))
    if not has_ray:
        return None
    largest = max((abs(value) for value in ray), default=0)
    return [row for row, value in zip(rows, ray, strict=True) if abs(value) > SMALLEST * largest]


def _dual_ray(solver: Any, count: int) -> tuple[Any, bool, list[Any]]:
    found = solver.getDualRay()
    return found[0], bool(found[1]), list(found[2]) if len(found) > 2 and found[2] is not None else []


def _model(rows: Sequence[Row], highspy: Any, numpy: Any) -> Any:
    """All rows as `<=`, each scaled by its largest coefficient; unknowns are free, and the goal is nothing."""
    unknowns = sorted({unknown for row in rows for unknown, _ in row.coefficients})
    place = {unknown: index for index, unknown in enumerate(unknowns)}
    starts, columns, values, limits = [0], [], [], []
    size = max((abs(rounded(row.limit)) for row in rows if len(row.coefficients) == 1), default=1.0) or 1.0
    for row in rows:
        terms = [(place[unknown], rounded(value)) for unknown, value in row.coefficients]
        scale = max(abs(value) for _, value in terms) or 1.0
        for column, value in terms:
            columns.append(column)
            values.append(value / scale)
        limits.append(rounded(row.limit) / scale / size)
        starts.append(len(columns))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(unknowns), len(rows)
    model.col_cost_ = numpy.zeros(len(unknowns))
    model.col_lower_ = numpy.full(len(unknowns), -highspy.kHighsInf)
    model.col_upper_ = numpy.full(len(unknowns), highspy.kHighsInf)
    model.row_lower_ = numpy.full(len(rows), -highspy.kHighsInf)
    model.row_upper_ = numpy.array(limits)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = numpy.array(starts, dtype=numpy.int32)
    model.a_matrix_.index_ = numpy.array(columns, dtype=numpy.int32)
    model.a_matrix_.value_ = numpy.array(values)
    return model
