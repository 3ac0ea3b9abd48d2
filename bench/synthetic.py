"""Fact bases of any size, made of the lexicon's words, for measuring how time and memory grow.

A fact is a handful of concepts; a phrasing of it is a question word and most of these concepts, each by one of its
words in the phrasing's language. Concepts are drawn as words are used: a few often, most seldom.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.models import LANGUAGES, Citation, Fact, Lang, Localized, Phrasings, Report, Source, Value

PHRASINGS_PER_FACT = 20
_FACTS_PER_REPORT = 200
_CONCEPTS_PER_FACT = (4, 6)
_LEFT_OUT = 0.25
"""How often a phrasing leaves a concept of its fact out."""
_ENGLISH = 0.5
"""Which share of the phrasings is in English; the other languages share the rest."""
_FLATNESS = 20
"""How many concepts are about equally common before use falls off with rank."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A fact base, and questions that its facts answer: phrasings that were kept out of it."""

    knowledge: KnowledgeBase
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A meaning, by its words in each language."""

    by_lang: dict[Lang, tuple[str, ...]]


def grow(lexicon: Lexicon, phrasings: int, questions: int, seed: int = 1, per_fact: int = PHRASINGS_PER_FACT) -> Grown:
    """Make a fact base with about this many phrasings, always the same for the same arguments."""
    chance = random.Random(seed)  # noqa: S311 - the same numbers each time
    meanings = _meanings(lexicon)
    chance.shuffle(meanings)
    weights = list(accumulate(1 / (rank + _FLATNESS) for rank in range(len(meanings))))
    asking = _asking(lexicon)
    count = max(1, phrasings // per_fact)
    asked_of = {*chance.sample(range(count), min(count, questions))}
    facts: list[Fact] = []
    asked: list[str] = []
    for number in range(count):
        own = chance.choices(meanings, cum_weights=weights, k=chance.randint(*_CONCEPTS_PER_FACT))
        words = asking[chance.randrange(len(asking))]
        facts.append(_fact(number, own, words, per_fact, chance))
        if number in asked_of:
            asked.append(_phrasing(own, words, chance.choice(LANGUAGES), chance))
    reports = tuple(_reports(facts))
    return Grown(KnowledgeBase(reports, lexicon, {}, f"grown-{phrasings}"), tuple(asked))


def _meanings(lexicon: Lexicon) -> list[_Word]:
    """Every concept and every name that has words in all reply languages."""
    found = [_Word({"en": c.en, "uk": c.uk, "ru": c.ru}) for c in lexicon.concepts.values()]
    found += [_Word({"en": e.names.en, "uk": e.names.uk, "ru": e.names.ru}) for e in lexicon.entities.values()]
    return [word for word in found if all(word.by_lang.values())]


def _asking(lexicon: Lexicon) -> list[_Word]:
    words = (_Word({"en": w.en, "uk": w.uk, "ru": w.ru}) for w in lexicon.questions.values())
    return [word for word in words if all(word.by_lang.values())]


def _fact(number: int, own: Sequence[_Word], asking: _Word, per_fact: int, chance: random.Random) -> Fact:
    lines: dict[Lang, list[str]] = {lang: [] for lang in LANGUAGES}
    others = [lang for lang in LANGUAGES if lang != "en"]
    for _ in range(per_fact):
        lang = "en" if chance.random() < _ENGLISH else chance.choice(others)
        lines[lang].append(_phrasing(own, asking, lang, chance))
    what = " ".join(word.by_lang["en"][0] for word in own)
    return Fact(
        id=f"fact-{number}",
        topics=("grown",),
        answer=Localized(en=f"{what}."),
        cite=Citation(paragraph=number % 40, quote=f"statement {number}"),
        ask=Phrasings(en=tuple(lines["en"]), uk=tuple(lines["uk"]), ru=tuple(lines["ru"])),
        values=(Value.model_validate({"is": chance.randint(2, 999), "of": own[0].by_lang["en"][0]}),),
    )


def _phrasing(own: Sequence[_Word], asking: _Word, lang: Lang, chance: random.Random) -> str:
    said = [word for word in own if chance.random() >= _LEFT_OUT] or list(own[:2])
    chance.shuffle(said)
    return " ".join(chance.choice(word.by_lang[lang]) for word in (asking, *said))


def _reports(facts: Sequence[Fact]) -> Iterator[Report]:
    for start in range(0, len(facts), _FACTS_PER_REPORT):
        name = f"grown-{start // _FACTS_PER_REPORT}"
        part = tuple(facts[start : start + _FACTS_PER_REPORT])
        yield Report(report=Source(id=name, title=f"Grown report {name}"), facts=part)
