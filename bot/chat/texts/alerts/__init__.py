"""Everything the bot says about alerts and corrections, in every language it speaks."""

from bot.chat.texts.alerts import en, ru, uk
from bot.chat.texts.alerts.catalogue import AlertTexts
from bot.knowledge.models import Lang

__all__ = ["AlertTexts", "alert_texts_in"]


def alert_texts_in(lang: Lang) -> AlertTexts:
    """Return the catalogue of a language."""
    return {"en": en.TEXTS, "uk": uk.TEXTS, "ru": ru.TEXTS}[lang]
