"""Logs of Citebot and of every library it uses: one handler, one format, and one gate that no secret passes."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from typing import Literal, TextIO
from urllib.parse import unquote

import structlog

_TOKEN = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{10,}")
_PASSWORD = re.compile(r"(://[^\s:/@]*:)[^\s/]+@")
_SHORTEST = 8
_QUIET = ("aiohttp", "aiosqlite", "alembic", "asyncio", "httpcore", "httpx", "sqlalchemy", "telegram", "uvicorn")
"""Libraries that are heard only when something is wrong: at INFO some of them tell addresses or texts."""


class _Gate(structlog.stdlib.ProcessorFormatter):
    """Writes a record and then hides every secret in the finished line, its traceback included."""

    def __init__(self, secrets: Iterable[str], renderer: structlog.typing.Processor) -> None:
        shared = _shared()
        last = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
        super().__init__(foreign_pre_chain=shared, processors=last)
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record), self._secrets)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """Hide the secrets given, as they are and percent-decoded, passwords in URLs, and what looks like a bot's token.

    A secret of fewer than 8 characters is hidden in URLs only: it may be an ordinary word, or a part of one.
    """
    text = _PASSWORD.sub(r"\1[hidden]@", text)
    forms = {form for secret in secrets for form in (secret, unquote(secret)) if form}
    # The longest first: one may be the beginning of another.
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(f":{form}@", ":[hidden]@")  # with a slash in it the pattern cannot tell where it ends
        if len(form) >= _SHORTEST:
            text = text.replace(form, "[hidden]")
    return _TOKEN.sub("[token]", text)


def configure_logging(
    form: Literal["console", "json"] = "console",
    *,
    secrets: Iterable[str] = (),
    level: int = logging.INFO,
    stream: TextIO | None = None,
) -> None:
    """Send every log line to ``stream`` (default: standard error) in one form. May be called again."""
    out = stream if stream is not None else sys.stderr
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=out.isatty(), exception_formatter=structlog.dev.plain_traceback)
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(_Gate(secrets, renderer))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _shared() -> list[structlog.typing.Processor]:
    """Return what every record goes through, whoever wrote it."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
