"""``python -m bench.growth SIZE``: build a fact base of a size, ask it, and print what it cost as one line of JSON.

Runs in a process of its own for every size, since the peak of memory belongs to a process.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.clock import Latency, latency
from bench.sets import ROOT
from bench.synthetic import grow
from bot.answering.engine import Answerer
from bot.knowledge.loader import default_folder, load

_QUESTIONS = 200
_STATUS = Path("/proc/self/status")
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What a fact base of one size costs."""

    phrasings: int
    build_seconds: float
    """Of one processor."""
    peak_mebibytes: float
    """Of the whole process, dictionaries included."""
    p50_ms: float
    p95_ms: float


def measured_apart(phrasings: int) -> Cost:
    """Measure a size in a new process."""
    command = [sys.executable, "-m", "bench.growth", str(phrasings)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
    return Cost(**json.loads(done.stdout))


def main() -> None:
    """Measure the size on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description="Measure a fact base of a size.")
    parser.add_argument("phrasings", type=int)
    print(json.dumps(asdict(_cost(parser.parse_args().phrasings))))


def _cost(phrasings: int) -> Cost:
    grown = grow(load(default_folder()).lexicon, phrasings, _QUESTIONS)
    start = time.process_time()
    answerer = Answerer(grown.knowledge)
    built = time.process_time() - start
    taken: Latency = latency(answerer.answer, grown.questions)
    return Cost(phrasings, built, _peak_mebibytes(), taken.p50_ms, taken.p95_ms)


def _peak_mebibytes() -> float:
    """Return the peak of this process. Linux's ``ru_maxrss`` begins at that of the parent, so it is not asked there."""
    if _STATUS.exists():
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEBIBYTE


if __name__ == "__main__":
    main()
