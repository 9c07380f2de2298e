"""Whether a day's number is unusual for a class or a symptom: one simple statistic, the same everywhere.

The rule is C2 of the Early Aberration Reporting System: unusual is more than the mean and three standard deviations of
seven days, which end three days before, so that the beginning of a cluster does not hide its own rise. Days here are
school days. Source: Hutwagner, Thompson, Seeman, Treadwell, "The bioterrorism preparedness and response Early
Aberration Reporting System (EARS)", Journal of Urban Health 80, supplement 1 (2003), i89-i96 (own knowledge).
Ours is the floor of three children: in a class of thirty that is usually well, one child would be "unusual".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, stdev

BASELINE = 7
"""School days that say what is usual."""
LAG = 2
"""School days right before the day that are left out of it."""
DEVIATIONS = 3
LEAST = 3
"""Children below whom nothing is called a cluster."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A day's number. `usual` is the mean of the baseline and `limit` what is still usual; None while days are few."""

    count: int
    usual: float | None
    limit: float | None

    @property
    def unusual(self) -> bool:
        """True for more children than the limit, and at least three."""
        return self.limit is not None and self.count >= LEAST and self.count > self.limit


def judge(before: Sequence[int], count: int) -> Judged:
    """Judge `count` by the numbers of the school days before it, oldest first, without gaps."""
    baseline = before[-BASELINE - LAG : -LAG]
    if len(baseline) < BASELINE:
        return Judged(count, None, None)
    usual = mean(baseline)
    return Judged(count, usual, usual + DEVIATIONS * stdev(baseline))
