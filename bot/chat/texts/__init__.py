"""Everything the bot says that is not of a report, in every language it speaks."""

from bot.chat.texts import admin_en, admin_ru, admin_uk, en, ru, uk
from bot.chat.texts.admin_catalogue import ADMIN_COMMANDS, AdminCommand, AdminTexts
from bot.chat.texts.catalogue import COMMANDS, Command, Texts
from bot.knowledge.models import Lang

__all__ = ["ADMIN_COMMANDS", "COMMANDS", "AdminCommand", "AdminTexts", "Command", "Texts", "admin_texts_in", "texts_in"]


def texts_in(lang: Lang) -> Texts:
    """Return the catalogue of a language."""
    return {"en": en.TEXTS, "uk": uk.TEXTS, "ru": ru.TEXTS}[lang]


def admin_texts_in(lang: Lang) -> AdminTexts:
    """Return the texts of a language for those who keep the bot."""
    return {"en": admin_en.TEXTS, "uk": admin_uk.TEXTS, "ru": admin_ru.TEXTS}[lang]
