"""Logs: one form for all, and no secret in any."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.log import configure_logging, redact

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def unchanged_logging() -> Iterator[None]:
    """Put back what the configuration changes."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    logging.captureWarnings(capture=False)
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_whatever_looks_like_a_token_is_hidden() -> None:
    assert redact(f"POST https://api.telegram.org/bot{TOKEN}/getMe") == "POST https://api.telegram.org/bot[token]/getMe"


def test_the_secrets_given_are_hidden_whatever_they_look_like() -> None:
    assert redact("hook word-1 word", ["word", "word-1"]) == "hook [hidden] [hidden]"


def test_a_line_of_a_library_is_in_the_same_form_as_ours() -> None:
    out = io.StringIO()
    configure_logging("json", stream=out)
    logging.getLogger("somebody.else").warning("it happened %d times", 3)
    structlog.stdlib.get_logger("ours").info("answer.sent", chat=1)
    theirs, ours = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("it happened 3 times", "warning", "somebody.else")
    assert (ours["event"], ours["level"], ours["chat"]) == ("answer.sent", "info", 1)


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_token_does_not_get_out_even_by_a_traceback(form: str) -> None:
    out = io.StringIO()
    configure_logging("json" if form == "json" else "console", secrets=["hunter2"], stream=out)
    try:
        int(f"cannot reach /bot{TOKEN}/getMe with hunter2")
    except ValueError:
        logging.getLogger("somebody").exception("failed with %s", TOKEN)
        structlog.stdlib.get_logger("ours").exception("failed", url=TOKEN)
    written = out.getvalue()
    assert written.count("ValueError: invalid literal") == 2
    assert TOKEN not in written
    assert "hunter2" not in written


def test_libraries_are_heard_only_when_something_is_wrong() -> None:
    out = io.StringIO()
    configure_logging(stream=out)
    logging.getLogger("httpx").info("HTTP Request: POST https://example.org")
    logging.getLogger("aiohttp.access").info("GET /")
    assert out.getvalue() == ""
