"""How long single calls take, in time of the processor: what else the machine does meanwhile is not counted."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_ROUNDS = 5
"""Each question is asked this often, and its fastest time counts: other work pushes ours out of the caches."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Times of single calls, in milliseconds of one processor."""

    p50_ms: float
    p95_ms: float
    mean_ms: float

    @property
    def per_second(self) -> float:
        """How many calls one processor core makes in a second."""
        return 1000 / self.mean_ms


def latency(call: Callable[[str], object], questions: Sequence[str]) -> Latency:
    """Time a call for every question, after one round that fills caches."""
    for question in questions:
        call(question)
    fastest = sorted(min(_timed(call, question) for _ in range(_ROUNDS)) for question in questions)
    p50, p95 = (fastest[min(len(fastest) - 1, int(share * len(fastest)))] for share in (0.5, 0.95))
    return Latency(p50, p95, sum(fastest) / len(fastest))


def _timed(call: Callable[[str], object], question: str) -> float:
    start = time.process_time()
    call(question)
    return 1000 * (time.process_time() - start)
