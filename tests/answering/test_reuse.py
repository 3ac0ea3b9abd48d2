"""A fact base that is compiled after another answers as if it had been compiled by itself."""

from __future__ import annotations

from bot.answering.engine import Answerer
from bot.answering.reuse import Compiler
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.models import Report

from .harbour import ending


def base(asked: str, names: dict[str, object] | None = None, lexicon: Lexicon | None = None) -> KnowledgeBase:
    """Return a fact base of one fact with one way to ask for it."""
    fact = {
        "id": "hoses",
        "topics": ["damage"],
        "answer": {"en": "Three hoses burst."},
        "cite": {"paragraph": 1, "quote": "three hoses"},
        "ask": {"en": [asked]},
    }
    report = {"report": {"id": "fire", "title": "Fire"}, "entities": names or {}, "facts": [fact]}
    return KnowledgeBase((Report.model_validate(report),), lexicon or Lexicon(), {}, "0" * 12)


QUESTIONS = (
    "wharfinger strength",
    "wharfingre strength",
    "hydrant pressure",
    "hydrnat pressure",
    "Vesterhavn pressure",
)
REVISIONS = (
    base("wharfinger strength"),
    base("hydrant pressure"),
    base("wharfinger strength", {"vesterhavn": {"kind": "place", "names": {"en": ["Vesterhavn"]}}}),
    base("wharfinger strength", lexicon=Lexicon.model_validate({"concepts": {"water": {"en": ["hydrant"]}}})),
)


def endings(answerer: Answerer) -> list[str]:
    return [ending(answerer.answer(question)) for question in QUESTIONS]


def test_every_revision_answers_as_if_it_were_the_first() -> None:
    compiler = Compiler()
    found = [endings(compiler.compile(revision)) for revision in REVISIONS]
    assert found == [endings(Answerer(revision)) for revision in REVISIONS]
    assert found[0] != found[1]


def test_an_answerer_does_not_learn_from_those_that_come_after_it() -> None:
    compiler = Compiler()
    first = compiler.compile(REVISIONS[0])
    before = endings(first)
    compiler.compile(REVISIONS[1])
    assert endings(first) == before


def test_it_has_everything_that_an_answerer_has() -> None:
    assert vars(Compiler().compile(REVISIONS[0])).keys() == vars(Answerer(REVISIONS[0])).keys()
