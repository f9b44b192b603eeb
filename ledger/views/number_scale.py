"""Numbers → places on a drawn axis, and the round numbers that are written along it.

In: the numbers that are to be shown. Out: a Scale, linear or of powers of ten, that begins and ends at a round number.
Places are tenths of a per cent of the axis, so that a drawing is the same everywhere and fits every width.
"""

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

STEPS = 4
"""About so many steps has a linear axis."""
ROUND = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
MOST_POWERS = 5
"""More powers of ten than this are not all written."""
WHOLE = 1000


class Scale(NamedTuple):
    """An axis: its ends, whether each step multiplies, and the numbers written along it."""

    low: Decimal
    high: Decimal
    is_log: bool
    ticks: tuple[Decimal, ...]

    def place(self, number: Decimal) -> int:
        """Where a number is, from 0 to 1000; one beyond the ends is at the end."""
        low, high, at = (_log(one) if self.is_log else one for one in (self.low, self.high, number))
        share = (at - low) / (high - low)
        return int((min(max(share, Decimal(0)), Decimal(1)) * WHOLE).to_integral_value())

    @property
    def start(self) -> Decimal:
        """Where bars begin: at zero, or at the lower end of an axis without one."""
        return self.low if self.is_log else min(max(self.low, Decimal(0)), self.high)


def scale_of(numbers: Iterable[Decimal], *, is_log: bool = False, with_zero: bool = False) -> Scale:
    """The axis for some numbers, of which there is at least one; those that a log axis cannot show are left out."""
    shown = [number for number in numbers if number > 0 or not is_log] or [Decimal(1)]
    low, high = min(shown), max(shown)
    if is_log:
        return _log_scale(low, high)
    return _linear_scale(min(low, Decimal(0)), max(high, Decimal(0))) if with_zero else _linear_scale(low, high)


def _linear_scale(low: Decimal, high: Decimal) -> Scale:
    step = _step((high - low) or abs(high) or Decimal(1))
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = max((high / step).to_integral_value(ROUND_CEILING), first + 1)
    ticks = tuple(step * (first + at) for at in range(int(last - first) + 1))
    return Scale(ticks[0], ticks[-1], is_log=False, ticks=ticks)


def _step(span: Decimal) -> Decimal:
    """The round number nearest above a share of a span."""
    wanted = span / STEPS
    power = Decimal(1).scaleb(wanted.adjusted())
    return next(one * power for one in ROUND if one * power >= wanted)


def _log_scale(low: Decimal, high: Decimal) -> Scale:
    """From power to power of ten; between two neighbours 2 and 5 times the lower one are written too."""
    first, last = low.adjusted(), high.adjusted()
    last += 1 if high > Decimal(1).scaleb(last) or first == last else 0
    return Scale(Decimal(1).scaleb(first), Decimal(1).scaleb(last), is_log=True, ticks=tuple(_powers(first, last)))


def _powers(first: int, last: int) -> Iterator[Decimal]:
    if last - first == 1:
        yield from (one.scaleb(first) for one in ROUND)
        return
    every = -(-(last - first) // MOST_POWERS)
    yield from (Decimal(1).scaleb(power) for power in range(first, last + 1, every))


def _log(number: Decimal) -> Decimal:
    return number.log10() if number > 0 else Decimal("-Infinity")
