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
    intercept=-1.904,
    coefficients=Signals(
        evidence=1.001,
        lead_over_facts=0.512,
        silence=-3.019,
        lead_over_silence=1.351,
        overruled=-2.284,
        likeness=0.409,
        likeness_of_silence=-0.227,
        question_cover=2.586,
        question_cover_of_silence=-1.198,
        phrasing_cover=2.586,
        missing=-1.691,
        strange=-1.032,
        missing_from_phrasing=-0.878,
        brief=-0.372,
        asks_kind=0.031,
        same_kind=0.230,
        yes_or_no=1.478,
        negated=0.379,
        figures=0.336,
        follow_up=-0.691,
        other_time=-1.267,
        sparse=-1.928,
    ),
)
