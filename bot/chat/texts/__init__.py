"""Everything the bot says that is not of a report, in every language it speaks."""

from bot.chat.texts import en, ru, uk
from bot.chat.texts.catalogue import COMMANDS, Command, Texts
from bot.knowledge.models import Lang

__all__ = ["COMMANDS", "Command", "Texts", "texts_in"]


def texts_in(lang: Lang) -> Texts:
    """Return the catalogue of a language."""
    return {"en": en.TEXTS, "uk": uk.TEXTS, "ru": ru.TEXTS}[lang]
