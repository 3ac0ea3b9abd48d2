"""``python -m bench``: all benchmarks, small enough to wait for. Each alone runs in full and writes its page."""

from __future__ import annotations

from bench import alerts, folds, quality, reload, speed


def main() -> None:
    """Run quality, folds, speed, reload and alerts, and write nothing."""
    print("# Quality\n")
    quality.main(write=False)
    print("\n# Phrasings held out\n")
    folds.main(quick=True, write=False)
    print("\n# Speed\n")
    speed.main(sizes=(5_000, 20_000), write=False)
    print("\n# Reload\n")
    reload.main(write=False)
    print("\n# Alerts\n")
    alerts.main(sizes=(300, 100, 60), write=False)


if __name__ == "__main__":
    main()
