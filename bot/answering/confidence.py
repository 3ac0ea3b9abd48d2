"""How likely a fact is the answer: one number from all signals, by logistic regression.

The coefficients are fitted by ``python -m bench.fit`` on questions of readers, and printed by it to be put here. They
weigh signals, not words, so they hold for any fact base.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.answering.signals import Signals


@dataclass(frozen=True, slots=True)
class Confidence:
    """A fitted logistic regression."""

    intercept: float
    coefficients: Signals
    """What each signal adds."""

    def of(self, signals: Signals) -> float:
        """Return how likely a fact with these signals is the answer, 0 to 1."""
        pairs = zip(self.coefficients.values(), signals.values(), strict=True)
        return 1 / (1 + math.exp(-self.intercept - sum(weight * value for weight, value in pairs)))


FITTED = Confidence(
    intercept=-3.874,
    coefficients=Signals(
        evidence=1.887,
        lead_over_facts=-0.136,
        silence=-2.622,
        lead_over_silence=1.659,
        overruled=-0.660,
        likeness=0.589,
        likeness_of_silence=0.525,
        question_cover=2.788,
        question_cover_of_silence=-0.898,
        phrasing_cover=2.500,
        missing=-1.412,
        strange=0.421,
        missing_from_phrasing=-0.070,
        brief=0.220,
        asks_kind=0.261,
        same_kind=-0.254,
        yes_or_no=0.882,
        negated=0.674,
        figures=0.234,
        follow_up=-0.462,
        other_time=-1.678,
    ),
)
