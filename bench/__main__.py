"""``python -m bench``: all benchmarks, small enough to wait for. Each alone runs in full and writes its page."""

from __future__ import annotations

from bench import folds, quality, speed


def main() -> None:
    """Run quality, folds and speed, and write nothing."""
    print("# Quality\n")
    quality.main(write=False)
    print("\n# Phrasings held out\n")
    folds.main(quick=True, write=False)
    print("\n# Speed\n")
    speed.main(sizes=(5_000, 20_000), write=False)


if __name__ == "__main__":
    main()
