"""``python -m bench.speed``: how fast answers come, beside plain fuzzy search, and at many times today's size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from bench import pages
from bench.clock import Latency, latency
from bench.growth import Cost, measured_apart
from bench.matchers import Fuzzy
from bench.phrasings import folds, labelled, sample
from bench.sets import Bench, shipped
from bot.answering.engine import Answerer

SIZES = (10_000, 50_000, 200_000)
_ASKED = 200
_HEAD = ("system", "answers a second", "median", "95th percentile", "median, as a ratio")
_GROWTH_HEAD = ("phrasings", "build", "peak memory", "median", "95th percentile", "median, as a ratio")


def main(*, sizes: Sequence[int] = SIZES, write: bool = True) -> None:
    """Measure, print the tables and write them into the documentation."""
    bench = shipped()
    beside = f"{len(labelled(bench.knowledge)):,} phrasings, one core\n\n{_beside(bench)}"
    print(beside)
    growth = _growth([measured_apart(size) for size in sizes])
    print(f"\n{growth}")
    if write:
        pages.write("speed.md", "beside", beside)
        pages.write("speed.md", "growth", growth)


def _beside(bench: Bench) -> str:
    """Compare on questions that no matcher has stored: phrasings held out of the fact base."""
    fold = next(folds(bench.knowledge, 20))
    questions = [line.text for line in sample(fold.held_out, _ASKED)]
    texts = [line.text for line in labelled(fold.knowledge)]
    measured = [("Citebot", latency(Answerer(fold.knowledge).answer, questions))]
    for name, scorer in (("RapidFuzz WRatio", fuzz.WRatio), ("RapidFuzz token_set_ratio", fuzz.token_set_ratio)):
        matcher = Fuzzy(name, scorer)
        matcher.learn(texts)
        measured.append((name, latency(matcher.nearest, questions)))
    return pages.table(_HEAD, list(_beside_rows(measured)))


def _beside_rows(measured: Sequence[tuple[str, Latency]]) -> Iterator[tuple[str, ...]]:
    _, ours = measured[0]
    for name, taken in measured:
        ratio = taken.p50_ms / ours.p50_ms
        yield name, f"{taken.per_second:,.0f}", _ms(taken.p50_ms), _ms(taken.p95_ms), f"{ratio:.1f}"


def _growth(costs: Sequence[Cost]) -> str:
    rows = [
        (
            f"{cost.phrasings:,}",
            f"{cost.build_seconds:.0f} s",
            f"{cost.peak_mebibytes:,.0f} MiB",
            _ms(cost.p50_ms),
            _ms(cost.p95_ms),
            f"{cost.p50_ms / costs[0].p50_ms:.1f}",
        )
        for cost in costs
    ]
    return pages.table(_GROWTH_HEAD, rows)


def _ms(value: float) -> str:
    return f"{value:.2f} ms"


if __name__ == "__main__":
    main()
