"""``python -m bot`` is ``citebot``."""

from bot.cli import main

if __name__ == "__main__":
    main()
