"""When a reconcilable binding is a warning, as SQL: the gates of `checking.levels`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from crosscheck.rules.algebra import Relation
from crosscheck.rules.expression import Variable, variables
from crosscheck.rules.model import Computed, Rule

# Below this part of the slack less than the threshold of strain, the strain that is found by halving is below it as well.
STRAIN_MARGIN = Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class Gates:
    """What makes a reconcilable binding a warning: a gap that is material, and strain from a threshold on.

    With two thresholds the lower one counts where one figure must give way `alone` (`checking.room`), which is `sure` or
    has to be asked. Without any the reference evaluator is asked.
    """

    material: str = "TRUE"
    thresholds: tuple[Fraction, ...] = ()
    alone: str = "FALSE"
    sure: bool = True

    @property
    def strained(self) -> str:
        """Whether a binding is strained, over the columns that `_tried` makes; where that is not sure it is asked."""
        if len(self.thresholds) < 2:
            return "strained0" if self.thresholds else "TRUE"
        return "(strained1 OR strained0 AND alone)" if self.sure and self.alone != "FALSE" else "strained1"

    @property
    def unsure(self) -> str:
        """Whether the reference evaluator has to be asked how strained a reconcilable binding is."""
        if not self.thresholds:
            return "TRUE"
        known = ["loosely0", "strained0"]
        if len(self.thresholds) > 1:
            known = ["loosely0", "strained1"] if self.alone != "FALSE" else ["loosely1", "strained1"]
            known += ["loosely1 AND NOT alone"] if self.alone not in ("TRUE", "FALSE") else []
            known += ["strained0 AND alone"] if self.sure and self.alone != "FALSE" else []
        return f"(material AND NOT ({' OR '.join(known)}))"

    def uses(self, column: str) -> bool:
        """Whether any of that looks at a column."""
        return column in f"{self.strained} {self.unsure}"


def scale_of(threshold: Fraction) -> int:
    """In how many parts figures are counted so that a part of their slack is a whole number."""
    return 1000 * threshold.denominator


def is_alone(rule: Rule, relation: Relation) -> bool:
    """True where the subject stands alone on one side and nowhere else."""
    for alone, other in ((relation.left, relation.right), (relation.right, relation.left)):
        if isinstance(alone, Variable) and alone.name == rule.subject:
            return all(variable.name != rule.subject for variable in variables(other))
    return False


def uses_base(rule: Rule) -> bool:
    """True where another variable is about the base of the subject."""
    return any(
        isinstance(test, Computed) and test.function == "base" and test.variable == rule.subject
        for selector in rule.variables.values()
        for test in selector.dimensions.values()
    )
