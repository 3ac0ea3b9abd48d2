"""``citebot health``: the check that a container's engine runs again and again."""

from __future__ import annotations

import asyncio

import typer
from sqlalchemy.exc import DBAPIError

from bot.commands.faults import explained
from bot.health import ailment
from bot.settings import load_settings
from bot.storage.database import Database
from bot.storage.engine import exists
from bot.storage.failures import name_of
from bot.storage.inbox import InboxStore
from bot.storage.pulse import Pulse


def health() -> int:
    """Say whether the bot on this machine is alive: 0 if it is, 1 with a sentence if not."""
    with explained():
        wrong = asyncio.run(_ailment(load_settings().database_url))
    if wrong is not None:
        typer.echo(wrong, err=True)
        return 1
    typer.echo("The bot is alive.")
    return 0


async def _ailment(url: str) -> str | None:
    if not exists(url):
        return "There is no database: the bot has never run here."
    database = Database.as_it_is(url)
    try:
        return await ailment(Pulse(database), InboxStore(database))
    except DBAPIError as error:
        return f"The database cannot be read: {name_of(error)}."
    finally:
        await database.close()
