"""Every setting, from the environment and ``.env``; a bad one is named in the error, with what to write instead."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, DotEnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict
from rapidfuzz import fuzz, process

from bot.knowledge.loader import default_folder

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SECRETS = frozenset({"TELEGRAM_TOKEN", "CITEBOT_WEBHOOK_SECRET", "CITEBOT_DATABASE_URL"})
"""Never repeated in an error: a database URL may hold a password."""


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("does not look like a bot's token; copy it from @BotFather: digits, a colon, letters")
    return value


def _server(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+[^\s]*", value):
        raise ValueError("is not a web address; write one that begins with http:// or https://")
    return value.rstrip("/")


def _webhook(value: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+[^\s]*", value):
        raise ValueError("is not an address Telegram can call; write one that begins with https://")
    return value.rstrip("/")


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise ValueError("has characters Telegram refuses; write 1 to 256 of A-Z, a-z, 0-9, _ and -")
    return value


def _database(value: str) -> str:
    if not re.match(r"(sqlite|postgresql)(\+\w+)?://", value):
        raise ValueError("is of no known kind; write sqlite:///path/to/file or postgresql://user:password@host/name")
    return value


def _folder(value: Path) -> Path:
    if not value.is_dir():
        raise ValueError("is not a folder; write the path of a folder that holds report files")
    return value


def _admins(value: object) -> object:
    if not isinstance(value, str):
        return value
    ids = [part.strip() for part in value.split(",") if part.strip()]
    wrong = [part for part in ids if not re.fullmatch(r"[1-9]\d{0,18}", part)]
    if wrong:
        raise ValueError(f"has {wrong[0]!r}, which is not a user id; write numbers with commas, like 1001,1002")
    return frozenset(int(part) for part in ids)


def _default_database(environ: Mapping[str, str]) -> str:
    home = environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return f"sqlite:///{Path(home) / 'citebot' / 'citebot.sqlite3'}"


class Settings(BaseSettings):
    """How this Citebot runs. Build it with ``load_settings``, which explains what is wrong."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(None, alias="TELEGRAM_TOKEN")
    api_url: Annotated[str, AfterValidator(_server)] = Field("https://api.telegram.org", alias="TELEGRAM_API_URL")
    knowledge: Annotated[Path, AfterValidator(_folder)] = Field(
        default_factory=default_folder, alias="CITEBOT_KNOWLEDGE"
    )
    database_url: Annotated[str, AfterValidator(_database)] = Field(alias="CITEBOT_DATABASE_URL")
    admins: Annotated[frozenset[int], BeforeValidator(_admins)] = Field(frozenset(), alias="CITEBOT_ADMINS")
    webhook_url: Annotated[str, AfterValidator(_webhook)] | None = Field(None, alias="CITEBOT_WEBHOOK_URL")
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = Field(
        None, alias="CITEBOT_WEBHOOK_SECRET"
    )
    host: str = Field("127.0.0.1", alias="CITEBOT_HOST")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(8080, alias="CITEBOT_PORT")
    log_format: Literal["console", "json"] = Field("console", alias="CITEBOT_LOG_FORMAT")
    watch: bool = Field(default=False, alias="CITEBOT_WATCH")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take only what ``load_settings`` read, so that a test can hand in any environment."""
        return (init_settings,)


NAMES: tuple[str, ...] = tuple(field.alias or name for name, field in Settings.model_fields.items())
"""The variables that are settings, in the order of the documentation."""


class SettingsError(Exception):
    """Some settings cannot be used. Each of ``problems`` is a sentence that names a variable."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def load_settings(environ: Mapping[str, str] | None = None, env_file: Path | None = None) -> Settings:
    """Read the settings from the environment, and from ``.env`` in the current folder for what it does not set.

    A given ``environ`` is read instead, without any file unless ``env_file`` names one. An empty variable
    counts as not set. Raises SettingsError with every problem.
    """
    if environ is None:
        environ, env_file = os.environ, env_file or Path(".env")
    given: dict[str, str] = {**_read(env_file), **environ}
    problems = tuple(_unknown(given))
    values = {name: given[name].strip() for name in NAMES if given.get(name, "").strip()}
    values.setdefault("CITEBOT_DATABASE_URL", _default_database(given))
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        problems += tuple(_explain(detail, values) for detail in error.errors(include_url=False))
        raise SettingsError(problems) from None  # the cause would repeat secrets in a traceback
    if settings.webhook_url and not settings.webhook_secret:
        problems += ("CITEBOT_WEBHOOK_SECRET is not set; a webhook needs one: write a long random word.",)
    if problems:
        raise SettingsError(problems)
    return settings


def _read(file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    found = DotEnvSettingsSource(Settings, env_file=file, env_file_encoding="utf-8", case_sensitive=True)
    return {name: value for name, value in found.env_vars.items() if value is not None}


def _unknown(given: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each variable that is ours by its name and yet no setting: most likely a typo."""
    ends = {name: name.partition("_")[2] for name in NAMES}  # so that CITEBOT_TOKEN leads to TELEGRAM_TOKEN
    for name in sorted(given):
        if name.startswith("CITEBOT_") and name not in NAMES:
            nearest = process.extractOne(name.partition("_")[2], ends, scorer=fuzz.ratio)
            yield f"{name} is not a setting; did you mean {nearest[2]}?"


def _explain(detail: ErrorDetails, values: Mapping[str, str]) -> str:
    """Turn a validation error into a sentence: the variable, what was given, what to write instead."""
    name = str(detail["loc"][0])
    given = "" if name in _SECRETS else f" ({values.get(name, '')!r})"
    if detail["type"] == "value_error":
        wrong = detail["msg"].removeprefix("Value error, ")
    elif name == "CITEBOT_PORT":
        wrong = "is not a port; write a number from 0 to 65535"
    elif name == "CITEBOT_LOG_FORMAT":
        wrong = "is not a format; write console or json"
    elif name == "CITEBOT_WATCH":
        wrong = "is neither yes nor no; write true or false"
    else:
        wrong = f"cannot be used: {detail['msg']}"
    return f"{name}{given} {wrong}."
