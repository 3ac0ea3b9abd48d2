"""Faults that whoever runs the bot can mend, told in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.settings import SettingsError
from bot.storage.engine import UnreachableDatabaseError, UnusableDatabaseUrlError
from bot.storage.ownership import OtherBotError
from bot.storage.schema import SchemaError


@contextmanager
def explained() -> Iterator[None]:
    """End the program with a sentence and exit code 2 where a setting or the database cannot be used."""
    try:
        yield
    except SettingsError as error:
        typer.echo("Some settings cannot be used:", err=True)
        for problem in error.problems:
            typer.echo(f"  {problem}", err=True)
        raise typer.Exit(2) from None
    except (UnusableDatabaseUrlError, UnreachableDatabaseError, SchemaError, OtherBotError) as error:
        typer.echo(f"CITEBOT_DATABASE_URL cannot be used: {error}", err=True)
        raise typer.Exit(2) from None
