"""Methods that answer button presses and inline queries."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from bot.web.emulator.emulator import Emulator
from bot.web.emulator.errors import bad_request
from bot.web.emulator.formatting import message_text
from bot.web.emulator.markup import (
    InlineKeyboard,
    LinkPreviewOptions,
    SentEntity,
    Strict,
    inline_keyboard,
)
from bot.web.emulator.methods.call import method
from bot.web.emulator.queries import (
    LIFETIME,
    CallbackAnswer,
    InlineAnswer,
    InlineQuery,
    InlineResult,
    Press,
    too_old,
)

MAX_RESULTS = 50
MAX_ALERT = 200


class AnswerCallbackQuery(Strict):
    """Parameters of answerCallbackQuery. ``cache_time`` is in seconds."""

    callback_query_id: str
    text: str = ""
    show_alert: bool = False
    url: str | None = None
    cache_time: int = 0


class SentText(Strict):
    """The message that an inline result sends."""

    message_text: str
    parse_mode: str | None = None
    entities: tuple[SentEntity, ...] | None = None
    link_preview_options: LinkPreviewOptions | None = None


class Article(Strict):
    """An inline result that sends a text; no other kind is emulated."""

    type: Literal["article"]
    id: str
    title: str
    input_message_content: SentText
    reply_markup: InlineKeyboard | None = None
    url: str | None = None
    description: str = ""
    thumbnail_url: str | None = None
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None


class ResultsButton(Strict):
    """A button above inline results."""

    text: Annotated[str, Field(min_length=1)]
    start_parameter: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class AnswerInlineQuery(Strict):
    """Parameters of answerInlineQuery. ``cache_time`` is in seconds."""

    inline_query_id: str
    results: tuple[Article, ...]
    cache_time: Annotated[int, Field(ge=0)] = 300
    is_personal: bool = False
    next_offset: str = ""
    button: ResultsButton | None = None


def answer_callback_query(emulator: Emulator, answer: AnswerCallbackQuery) -> JsonValue:
    """Show the presser of a button something, or just end the waiting."""
    press = emulator.presses.get(answer.callback_query_id)
    if press is None or not _is_open(emulator, press):
        raise too_old()
    if len(answer.text) > MAX_ALERT:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = CallbackAnswer(answer.text, answer.show_alert, answer.url)
    return True


def answer_inline_query(emulator: Emulator, answer: AnswerInlineQuery) -> JsonValue:
    """Show results below what somebody types."""
    query = emulator.queries.get(answer.inline_query_id)
    if query is None or not _is_open(emulator, query):
        raise too_old()
    if len(answer.results) > MAX_RESULTS:
        raise bad_request("too many inline query results specified")
    if len({result.id for result in answer.results}) < len(answer.results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(answer.next_offset.encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    query.answer = InlineAnswer(
        tuple(_result(article) for article in answer.results),
        answer.next_offset,
        answer.cache_time,
        answer.is_personal,
        answer.button.model_dump(mode="json") if answer.button else None,
    )
    return True


def _result(article: Article) -> InlineResult:
    if not 1 <= len(article.id.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if not article.title:
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = article.input_message_content
    return InlineResult(
        article.id,
        article.type,
        article.title,
        article.description,
        message_text(content.message_text, content.parse_mode, content.entities),
        inline_keyboard(article.reply_markup),
    )


def _is_open(emulator: Emulator, query: Press | InlineQuery) -> bool:
    return query.answer is None and emulator.clock.now() <= query.at + LIFETIME


METHODS = {
    "answerCallbackQuery": method(AnswerCallbackQuery, answer_callback_query),
    "answerInlineQuery": method(AnswerInlineQuery, answer_inline_query),
}
