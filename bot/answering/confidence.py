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
    intercept=-3.744,
    coefficients=Signals(
        evidence=1.594,
        lead_over_facts=0.011,
        silence=-2.747,
        lead_over_silence=1.574,
        overruled=-0.743,
        likeness=0.486,
        likeness_of_silence=0.371,
        question_cover=2.933,
        question_cover_of_silence=-1.009,
        phrasing_cover=2.608,
        missing=-1.341,
        strange=0.215,
        missing_from_phrasing=-0.179,
        brief=0.167,
        asks_kind=0.280,
        same_kind=-0.194,
        yes_or_no=0.875,
        negated=0.770,
        figures=0.207,
        follow_up=-0.531,
        other_time=-1.703,
    ),
)
