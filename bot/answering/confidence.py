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
    intercept=-2.685,
    coefficients=Signals(
        evidence=0.826,
        lead_over_facts=0.501,
        silence=-3.068,
        lead_over_silence=1.295,
        overruled=-0.962,
        likeness=1.437,
        likeness_of_silence=-1.046,
        question_cover=3.041,
        question_cover_of_silence=-1.086,
        phrasing_cover=2.680,
        missing=-1.631,
        strange=-0.608,
        missing_from_phrasing=-0.411,
        brief=-0.421,
        asks_kind=0.155,
        same_kind=0.138,
        yes_or_no=1.508,
        negated=0.625,
        figures=0.137,
        follow_up=-0.433,
        other_time=-1.407,
        sparse=-1.994,
    ),
)
