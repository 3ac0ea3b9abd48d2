"""Who did something to the bot: a user, or what stands in for one."""

from __future__ import annotations

from typing import Literal, get_args

Occasion = Literal["start", "file", "signal"]
"""What acts where nobody asked in a chat: the start of the bot, an edited file, a SIGHUP."""

Author = int | Occasion
"""A user's id, or an occasion."""


def written(author: Author) -> str:
    """Write an author as it is stored."""
    return str(author)


def author_in(text: str) -> Author:
    """Read what ``written`` wrote. Raises ValueError for anything else."""
    occasion: Occasion | None = next((each for each in get_args(Occasion) if each == text), None)
    return int(text) if occasion is None else occasion
