"""The invented report, answered from; built once, because the shared lexicon is large."""

from __future__ import annotations

import pytest

from bot.answering.compile import compile_index, compile_vocabulary
from bot.answering.engine import Answerer
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load

from .desk import Desk
from .harbour import ARTICLE, REPORT, Ask, ending, lay_out, read_report
from .words import few_words


@pytest.fixture(scope="session")
def desk() -> Desk:
    """Single steps of answering, with a lexicon of a few words."""
    knowledge = KnowledgeBase((read_report(REPORT),), few_words(), {}, "0" * 12)
    vocabulary = compile_vocabulary(knowledge)
    return Desk(vocabulary, compile_index(knowledge, vocabulary))


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The invented report with the shared lexicon."""
    return load(lay_out(REPORT, ARTICLE, tmp_path_factory.mktemp("served")))


@pytest.fixture(scope="session")
def answerer(knowledge: KnowledgeBase) -> Answerer:
    """Answers from the invented report."""
    return Answerer(knowledge)


@pytest.fixture(scope="session")
def ask(answerer: Answerer) -> Ask:
    """Answer a question and tell how that ended."""

    def asked(question: str, previous: str | None = None) -> str:
        return ending(answerer.answer(question, previous))

    return asked
