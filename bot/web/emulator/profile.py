"""What the bot tells of itself: its commands by scope and language, its descriptions."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a list of commands is shown."""

    type: str = "default"
    chat_id: int | str | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A command as the menu shows it."""

    command: str
    description: str


@dataclass(slots=True)
class Profile:
    """What was set, by scope and language; the empty language is everybody else's."""

    commands: dict[tuple[Scope, str], tuple[Command, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
