"""``citebot run`` and ``citebot db upgrade``."""

from __future__ import annotations

import asyncio
from pathlib import Path

import typer

from bot import app
from bot.chat.polling import UnusableTokenError
from bot.commands.faults import explained
from bot.settings import load_settings
from bot.storage.schema import upgrade

_IN_THIS_TERMINAL = """\
TELEGRAM_TOKEN is not set, so the bot talks to you here. Nothing leaves this machine, and nothing is kept.
For a bot on Telegram: get a token from @BotFather, copy .env.example to .env, put the token in, run this again.
Reading the facts, which takes a few seconds ..."""


def run(knowledge: Path | None = None) -> int:
    """Run the bot until it is told to stop, or its input ends; return the exit code.

    ``knowledge`` takes the place of the folder in the settings. Raises KnowledgeError.
    """
    with explained():
        settings = load_settings()
        if knowledge is not None:
            settings = settings.model_copy(update={"knowledge": knowledge})
        if settings.token is None:
            typer.echo(_IN_THIS_TERMINAL, err=True)
        answers = app.prepare(settings)
        if answers is None:
            return 0
        try:
            return asyncio.run(app.run(settings, answers))
        except UnusableTokenError as error:
            typer.echo(str(error), err=True)
            return 2


def upgrade_database() -> int:
    """Bring the database to the schema of this version."""
    with explained():
        asyncio.run(upgrade(load_settings().database_url))
    typer.echo("The database has the schema of this version.")
    return 0
