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
    secrets = ["long-word", "long-word-1"]
    assert redact("hook long-word-1 long-word", secrets) == "hook [hidden] [hidden]"


@pytest.mark.parametrize("password", ["citebot", "s3cret", "p%40ss%3Aw", "with@sign", "a:b", "a/b"])
def test_a_password_in_a_url_is_hidden_and_nothing_but_it(password: str) -> None:
    url = "postgresql+psycopg://citebot:{}@db.example:5432/citebot"
    said = redact(f"citebot cannot reach {url.format(password)}, says db@example", [password])
    assert said == f"citebot cannot reach {url.format('[hidden]')}, says db@example"


def test_a_url_without_a_password_is_left_as_it_is() -> None:
    for text in ("http://localhost:8080/@somebody", "postgresql://citebot@db/citebot", "sqlite:////srv/a:b@c"):
        assert redact(text, [""]) == text


def test_a_long_password_is_hidden_outside_of_a_url_too_raw_and_decoded() -> None:
    said = redact("password p%40ssword or p@ssword refused", ["p%40ssword"])
    assert said == "password [hidden] or [hidden] refused"


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
    configure_logging("json" if form == "json" else "console", secrets=["hunter-2000"], stream=out)
    try:
        int(f"cannot reach /bot{TOKEN}/getMe with hunter-2000")
    except ValueError:
        logging.getLogger("somebody").exception("failed with %s", TOKEN)
        structlog.stdlib.get_logger("ours").exception("failed", url=TOKEN)
    written = out.getvalue()
    assert written.count("ValueError: invalid literal") == 2
    assert TOKEN not in written
    assert "hunter-2000" not in written


def test_libraries_are_heard_only_when_something_is_wrong() -> None:
    out = io.StringIO()
    configure_logging(stream=out)
    logging.getLogger("httpx").info("HTTP Request: POST https://example.org")
    logging.getLogger("aiohttp.access").info("GET /")
    assert out.getvalue() == ""
