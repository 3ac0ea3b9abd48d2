"""How likely a fact is the answer: one number from all signals, by logistic regression.

The coefficients are fitted by ``python -m bench.fit`` on questions of readers, and printed by it to be put here. They
weigh signals, not words, so they hold for any fact base.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering.signals import Signals


@dataclass(frozen=True, slots=True)
class Confidence:
    """A fitted logistic regression."""

    intercept: float
    coefficients: Mapping[str, float]
    """What each signal adds, by its name."""

    def of(self, signals: Signals) -> float:
        """Return how likely a fact with these signals is the answer, 0 to 1."""
        total = self.intercept
        for name, coefficient in self.coefficients.items():
            total += coefficient * getattr(signals, name)
        return 1 / (1 + math.exp(-total))


FITTED = Confidence(
    intercept=-2.222,
    coefficients={
        "evidence": 0.836,
        "lead_over_facts": 0.672,
        "silence": -3.549,
        "lead_over_silence": 1.494,
        "overruled": -1.104,
        "likeness": 1.196,
        "likeness_of_silence": -0.640,
        "question_cover": 2.526,
        "question_cover_of_silence": -0.543,
        "phrasing_cover": 1.848,
        "missing": -1.252,
        "strange": 0.353,
        "missing_from_phrasing": -0.287,
        "brief": 0.276,
        "asks_kind": -0.005,
        "same_kind": -0.274,
        "yes_or_no": 0.487,
        "negated": 0.529,
        "figures": -0.033,
        "follow_up": -0.379,
    },
)
