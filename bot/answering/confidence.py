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
    intercept=-2.159,
    coefficients=Signals(
        evidence=0.896,
        lead_over_facts=0.610,
        silence=-3.506,
        lead_over_silence=1.496,
        overruled=-1.710,
        likeness=1.185,
        likeness_of_silence=-0.371,
        question_cover=2.523,
        question_cover_of_silence=-0.865,
        phrasing_cover=1.810,
        missing=-1.259,
        strange=0.128,
        missing_from_phrasing=-0.282,
        brief=0.276,
        asks_kind=0.058,
        same_kind=-0.246,
        yes_or_no=0.596,
        negated=0.478,
        figures=-0.197,
        follow_up=-0.386,
        other_time=-1.277,
    ),
)
