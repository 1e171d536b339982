"""What a diagnosis says: a sentence that is understood at once, in the words of the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crosscheck.checking.binding import Binding
from crosscheck.checking.slips import (
    CUT,
    LOST_SIGN,
    OTHER_SOURCE,
    SWAPPED,
    TRANSPOSED,
    WRONG_PERIOD,
    Fit,
    base_role,
    now_role,
)
from crosscheck.checking.stated import Stated, printed, shown_figure
from crosscheck.claims.model import PERIOD
from crosscheck.figures.exact import Fraction
from crosscheck.figures.showing import SCALE_WORDS, value_like


def sentence(fits: Sequence[Fit], binding: Binding) -> str:
    """The sentence for one slip, which may have been made on any of several figures."""
    if len(fits) == 1:
        return _single(fits[0], binding)
    factor = fits[0].data.factor if fits[0].data is not None else None
    what = "two digits of one figure changed places" if fits[0].slip == TRANSPOSED else "one sign is wrong"
    if factor is not None:
        what = f"one figure is out by a factor of {int(max(factor, 1 / factor)):,}"
    options = [f"{_meant(fit)} for {printed(fit.operand)}" for fit in fits]
    return f"{what}: it fits with {', with '.join(options[:-1])}, or with {options[-1]}"


def _single(fit: Fit, binding: Binding) -> str:
    x = printed(fit.operand)
    if fit.slip == CUT:
        return f"{x} fits if digits were cut off instead of rounded"
    if fit.slip == TRANSPOSED:
        return f"{x} fits if two digits changed places: {_meant(fit)}"
    if fit.slip == LOST_SIGN:
        return f"{x} fits as {_opposite(fit)}"
    if fit.other is not None:
        return _replaced(fit, x, fit.other)
    assert fit.data is not None
    scale = _scale_word(fit)
    if scale is not None:
        return f"{x} fits if {scale} was meant"
    roles = {"base": base_role(binding.rule), "now": now_role(binding.rule)}
    words = {"base": "the earlier figure", "now": "the later one"} | {
        name: printed(found) for name, role in roles.items() if role and isinstance(found := binding.roles[role], Stated)
    }
    return fit.data.words.format(x=x, meant=_meant(fit), **words)


def _replaced(fit: Fit, x: str, other: Stated) -> str:
    if fit.slip == SWAPPED:
        return f"it fits if {x} and {printed(other)} change places"
    if fit.slip == WRONG_PERIOD:
        periods = [operand.dimensions.get(PERIOD, "no period") for operand in (other, fit.operand)]
        return f"it fits with {printed(other)}, the figure for {periods[0]}, in place of {x} for {periods[1]}"
    assert fit.slip == OTHER_SOURCE
    sources = [operand.source or "a source that is not named" for operand in (other, fit.operand)]
    return f"it fits with {printed(other)} from {sources[0]}, in place of {x} from {sources[1]}"


def _opposite(fit: Fit) -> str:
    if fit.operand.first.measure in ("growth", "change"):
        return "a fall, not a rise" if fit.meant < 0 else "a rise, not a fall"
    return "a negative figure: a minus sign is lost" if fit.meant < 0 else "a positive figure: its minus sign is wrong"


def _meant(fit: Fit) -> str:
    """The value that was meant, in the scale of the figure or, after a slip of the scale word, in that scale."""
    figure = shown_figure(fit.operand)
    factor = fit.data.factor if fit.data is not None else None
    if factor is not None and figure.scale * factor in SCALE_WORDS and figure.scale in SCALE_WORDS:
        figure = replace(figure, scale=figure.scale * factor)
    return value_like(fit.meant, figure)


def _scale_word(fit: Fit) -> str | None:
    """The scale word that was meant in place of the printed one; None for a slip of digits."""
    figure, factor = fit.operand.narrowest.figure, fit.data.factor if fit.data is not None else None
    if factor is None or figure.scale not in SCALE_WORDS:
        return None
    return SCALE_WORDS.get(int(figure.scale * factor)) if factor * figure.scale >= Fraction(1000) else None
