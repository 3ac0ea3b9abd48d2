"""The checked, immutable whole that questions are answered from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.models import RegressionQuestions, Report


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Every report with the lexicon and the regression questions, at one revision."""

    reports: tuple[Report, ...]
    lexicon: Lexicon
    questions: Mapping[str, RegressionQuestions]
    revision: str
    """The first 12 hex digits of a SHA-256 over all files read."""
