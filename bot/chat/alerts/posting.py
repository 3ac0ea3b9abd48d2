"""Which inline results were posted: Telegram tells where it was asked to, with an id to edit the message by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Update
from telegram.ext import ContextTypes

from bot.chat.alerts.desk import AlertDesk
from bot.chat.callbacks import MARK, mark
from bot.knowledge.models import LANGUAGES, Lang

_ID = re.compile(rf"([a-z]{{2}}):([0-9a-f]{{1,16}}):({MARK}(?:\.{MARK}){{0,3}})")


@dataclass(frozen=True, slots=True)
class Posted:
    """What an inline result states: its id says so, since Telegram tells of a posted result nothing but its id."""

    lang: Lang
    revision: str
    marks: tuple[str, ...]
    """Of its facts."""


def result_id(posted: Posted) -> str:
    """Write the id of a result, in at most 64 bytes."""
    return f"{posted.lang}:{posted.revision}:{'.'.join(posted.marks)}"


def read_result_id(written: str) -> Posted | None:
    """Read an id; None where the result states no facts."""
    found = _ID.fullmatch(written)
    lang = next((each for each in LANGUAGES if found is not None and each == found[1]), None)
    return Posted(lang, found[2], tuple(found[3].split("."))) if found is not None and lang is not None else None


class Posting:
    """Writes down what was posted, so that it can be put right."""

    def __init__(self, alerts: AlertDesk) -> None:
        self._alerts = alerts

    async def chosen(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Somebody posted a result."""
        chosen = update.chosen_inline_result
        if chosen is None or chosen.inline_message_id is None:
            return
        posted = read_result_id(chosen.result_id)
        if posted is None:
            return
        named = {
            mark(key): key
            for report in self._alerts.desk.knowledge.reports
            for key in (f"{report.report.id}/{fact.id}" for fact in report.facts)
        }
        facts = [named[each] for each in posted.marks if each in named]
        await self._alerts.stores.inline.record(
            chosen.inline_message_id,
            facts,
            revision=posted.revision,
            language=posted.lang,
            at=self._alerts.desk.now(),
        )
