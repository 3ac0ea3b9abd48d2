"""The sentences of an answer, in the reader's language. Facts keep their editor's words; only frames are added."""

from __future__ import annotations

from bot.answering.answers import (
    Answer,
    Answered,
    Clarify,
    Curated,
    NotInReport,
    NotUnderstood,
    SmallTalk,
    Uncomputed,
    Unmentioned,
    Withdrawn,
)
from bot.knowledge.lexicon import SmallTalkKind
from bot.knowledge.models import Lang, Localized

_YES = Localized(en="Yes.", uk="Так.", ru="Да.")
_NO = Localized(en="No.", uk="Ні.", ru="Нет.")
_NOT_MENTIONED = Localized(
    en="The report does not mention {name}.",
    uk="У матеріалі не згадано: {name}.",
    ru="В материале не упоминается: {name}.",
)
_SILENT = Localized(
    en="The report does not say that.",
    uk="У матеріалі про це не сказано.",
    ru="В материале об этом не сказано.",
)
_UNCOMPUTED = Localized(
    en="The report does not give that figure, and I do not work figures out myself.",
    uk="Такого числа в матеріалі немає, а сам я нічого не обчислюю.",
    ru="Такого числа в материале нет, а сам я ничего не вычисляю.",
)
_PART_MISSING = Localized(
    en="The report does not say: {part}.",
    uk="Про це в матеріалі не сказано: {part}.",
    ru="Об этом в материале не сказано: {part}.",
)
_WHICH = Localized(
    en="Which of these do you mean?",
    uk="Що саме ви маєте на увазі?",
    ru="Что именно вы имеете в виду?",
)
_WITHDRAWN = Localized(
    en="This was withdrawn on {day}. {why}",
    uk="Це твердження відкликано {day}. {why}",
    ru="Это утверждение отозвано {day}. {why}",
)
_NOT_UNDERSTOOD = Localized(
    en="I did not understand that. Ask me something about the report.",
    uk="Я не зрозумів. Запитайте щось про матеріал.",
    ru="Я не понял. Спросите что-нибудь о материале.",
)
_SMALLTALK: dict[SmallTalkKind, Localized] = {
    "feelings": Localized(
        en="I only know the report. Ask me something about it.",
        uk="Я знаю лише матеріал. Запитайте мене про нього.",
        ru="Я знаю только материал. Спросите меня о нём.",
    ),
    "greeting": Localized(
        en="Hello! Ask me something about the report.",
        uk="Вітаю! Запитайте мене про матеріал.",
        ru="Здравствуйте! Спросите меня о материале.",
    ),
    "thanks": Localized(en="You are welcome.", uk="Будь ласка.", ru="Пожалуйста."),
    "farewell": Localized(en="Goodbye!", uk="До побачення!", ru="До свидания!"),
    "identity": Localized(
        en="I am a bot. I answer questions about a report with facts that an editor checked, and show the words that "
        "prove them.",
        uk="Я бот. Відповідаю на запитання про матеріал фактами, які перевірив редактор, "
        "і показую слова, що їх доводять.",
        ru="Я бот. Отвечаю на вопросы о материале фактами, которые проверил редактор, "
        "и показываю слова, которые их доказывают.",
    ),
}


def say(answer: Answer) -> str:
    """Return the sentences of an answer, without quotes and sources."""
    match answer:
        case Answered():
            text = _answered(answer)
        case Clarify():
            text = _WHICH.text(answer.lang)
        case NotInReport():
            text = _not_in_report(answer)
        case Withdrawn():
            text = _withdrawn(answer)
        case SmallTalk():
            text = _SMALLTALK[answer.kind].text(answer.lang)
        case NotUnderstood():
            text = _NOT_UNDERSTOOD.text(answer.lang)
    return text


def yes_or_no(verdict: str | None, lang: Lang) -> str:
    """Return «Yes.» or «No.», or nothing where there is no verdict."""
    if verdict is None:
        return ""
    return (_YES if verdict == "yes" else _NO).text(lang)


def _answered(answer: Answered) -> str:
    parts = [yes_or_no(answer.verdict, answer.lang)]
    parts += [cited.fact.answer.text(answer.lang) for cited in answer.facts]
    parts += [_PART_MISSING.text(answer.lang).format(part=part) for part in answer.unanswered]
    return " ".join(part for part in parts if part)


def _withdrawn(answer: Withdrawn) -> str:
    withdrawal = answer.fact.fact.withdrawn
    if withdrawal is None:
        return _SILENT.text(answer.lang)
    return _WITHDRAWN.text(answer.lang).format(day=withdrawal.on.isoformat(), why=withdrawal.why.text(answer.lang))


def _not_in_report(answer: NotInReport) -> str:
    match answer.reason:
        case Curated(unknown=unknown):
            return unknown.say.text(answer.lang)
        case Unmentioned(name=name):
            return _NOT_MENTIONED.text(answer.lang).format(name=name)
        case Uncomputed():
            return _UNCOMPUTED.text(answer.lang)
        case _:
            return _SILENT.text(answer.lang)
