"""What each word of a text stands for: a concept, a named entity, a number, a marker, or just itself.

Keys are short strings, so that they index well: ``c:injure`` a concept, ``e:kyiv`` an entity, ``w:drone`` a word that
no lexicon has, by its dictionary form, ``n:550`` a number. Words of six languages lead to the same keys, which is
what lets a Ukrainian question match an English phrasing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from bot.answering.hearsay import HearsayReader
from bot.answering.morphology import is_real_word
from bot.answering.numerals import Numerals
from bot.answering.phrasebook import Phrasebook, Word, forms_of
from bot.answering.spelling import Spelling
from bot.answering.text import Token, fold, tokenize
from bot.answering.transliteration import cyrillic_spellings
from bot.knowledge.lexicon import Lexicon, Words
from bot.knowledge.models import Entity, Report


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of words that means one thing."""

    text: str
    """As typed."""
    position: int
    """Index of its first token; negative for a term taken over from another message."""
    length: int
    """How many tokens it spans; none for the kind of answer asked for."""
    keys: frozenset[str]
    """What it may stand for; one key shared with another term makes them match."""
    parts: frozenset[str] = frozenset()
    """Keys of the words inside a longer name: «consulate» in «Polish consulate»."""
    number: float | None = None
    share: float = 1.0
    """How much of its weight counts; less for what a follow-up takes over."""
    is_base_form: bool = False
    """Whether a name stands as the lexicon lists it: a Slavic nominative."""
    forms: frozenset[str] = frozenset()
    """Dictionary forms of its words; the same word is a closer match than another word for the same thing."""
    is_person: bool = False
    """Whether it names a person: in Slavic languages the base form of such a name is a subject."""
    unknown_name: bool = False
    """Written like a name, and known neither to the lexicon nor to the fact base."""

    @property
    def is_kind(self) -> bool:
        """Whether it stands for the kind of answer asked for, not for a word."""
        return self.length == 0

    @property
    def is_borrowed(self) -> bool:
        """Whether it was taken over from the question before."""
        return self.position < 0

    @property
    def entities(self) -> frozenset[str]:
        """The entities it may name, without the prefix."""
        return frozenset(key[2:] for key in self.keys if key.startswith("e:"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker word or phrase, such as a question word or a negation, and where it stands."""

    key: str
    position: int
    length: int

    @property
    def places(self) -> range:
        """The indices of its tokens."""
        return range(self.position, self.position + self.length)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, read: its tokens, what they mean, and the markers among them."""

    tokens: tuple[Token, ...]
    terms: tuple[Term, ...]
    marks: tuple[Mark, ...]

    def has(self, *keys: str) -> bool:
        """Tell whether any of the markers occurs."""
        return any(mark.key in keys for mark in self.marks)


class Vocabulary:
    """The lexicon and the names of all reports, compiled for reading texts."""

    def __init__(self, lexicon: Lexicon, reports: Iterable[Report]) -> None:
        reports = tuple(reports)
        self._meanings = Phrasebook()
        self._markers = Phrasebook()
        self._fillers = frozenset(_phrase_form(word) for _, word in lexicon.fillers.each())
        self._numerals = Numerals(lexicon.numbers)
        self._shorthand = {
            fold(short): fold(meant) for words in lexicon.shorthand.values() for short, meant in words.items()
        }
        self._hearsay = HearsayReader(lexicon.hearsay, self._meanings.__contains__)
        self._own_words: set[str] = set()
        self._compile_meanings(lexicon, reports)
        self._persons = frozenset(
            f"e:{name}"
            for entities in (lexicon.entities, *(report.entities for report in reports))
            for name, entity in entities.items()
            if entity.kind == "person"
        )
        self._compile_markers(lexicon)
        self._question_pairs = _pairs(lexicon)
        self._spelling = Spelling()
        self._spelling.learn(word for word in self._meanings.openings() if not word.startswith("~"))
        self._spelling.learn(word for word in self._markers.openings() if not word.startswith("~"))

    def _compile_meanings(self, lexicon: Lexicon, reports: Sequence[Report]) -> None:
        """Concepts, and names: those of the reports first, so that a report's own entity wins over the shared one."""
        for name, concept in lexicon.concepts.items():
            for _, word in concept.each():
                self._meanings.add(word, f"c:{name}")
        own: set[str] = set()
        for report in reports:
            for name, entity in report.entities.items():
                for alias in _aliases(entity):
                    own.add(_phrase_form(alias))
                    self._meanings.add(alias, f"e:{name}", name=True)
        for name, entity in lexicon.entities.items():
            for alias in _aliases(entity):
                if _phrase_form(alias) not in own:
                    self._meanings.add(alias, f"e:{name}", name=True)

    def _compile_markers(self, lexicon: Lexicon) -> None:
        tables: list[tuple[str, Words]] = [("injection", lexicon.injection), ("arithmetic", lexicon.arithmetic)]
        tables += [*lexicon.questions.items(), *lexicon.markers.items(), *lexicon.smalltalk.items()]
        for key, words in tables:
            for _, word in words.each():
                self._markers.add(word, key, inflect=False)
        for _, phrase in lexicon.fillers.each():
            if " " in phrase:
                self._markers.add(phrase, "filler", inflect=False)

    def learn(self, text: str) -> None:
        """Take up the words of a phrasing, so that misspellings lead to them."""
        words = [token.form for token in tokenize(text) if not token.is_number]
        self._own_words.update(words)
        self._spelling.learn(words)

    def read(self, text: str) -> Reading:
        """Read a text: tokens to terms and markers. Fillers and markers are no terms."""
        tokens = tuple(self._spelt_out(token) for token in tokenize(text))
        words = [Word(token.form, self._token_forms(token)) for token in tokens]
        self._mend_question_words(words)
        hearsay = tuple(self._hearsay.spans(words))
        aside = {place for span in hearsay for place in span}
        marks = tuple(mark for mark in self._marks(words) if mark.position not in aside)
        marks += tuple(Mark("filler", span.start, len(span)) for span in hearsay)
        terms = tuple(self._terms(tokens, words, marks))
        return Reading(tokens, terms, marks)

    def _spelt_out(self, token: Token) -> Token:
        meant = self._shorthand.get(token.form)
        return token if meant is None else replace(token, form=meant)

    def is_known(self, form: str) -> bool:
        """Tell whether the lexicon, the names or the phrasings have a word."""
        return form in self._meanings or form in self._markers or form in self._own_words or form in self._fillers

    def _mend_question_words(self, words: list[Word]) -> None:
        """Read «hwo many» and «how lng» as «how many» and «how long»: two little words tell more than one."""
        for position in range(len(words) - 1):
            first, second = words[position], words[position + 1]
            if len(second.typed) > _LONGEST_PAIRED or (is_real_word(first.typed) and is_real_word(second.typed)):
                continue
            typed = f"{first.typed} {second.typed}"
            for pair in self._question_pairs:
                if 0 < OSA.distance(typed, pair, score_cutoff=_PAIR_EDITS) <= _PAIR_EDITS:
                    words[position : position + 2] = [Word(word, frozenset({word})) for word in pair.split()]
                    break

    def _token_forms(self, token: Token) -> frozenset[str]:
        forms = forms_of(token.form, inflect=True, name=True)
        if token.is_number or any(self.is_known(form) for form in forms):
            return forms
        bare = token.form.removesuffix("s")
        if not token.is_cyrillic and bare in self._meanings and not is_real_word(token.form):  # «moscows»
            return forms_of(bare, inflect=True, name=True)
        if not token.is_cyrillic and not is_real_word(token.form):
            for spelling in cyrillic_spellings(token.form):
                candidates = forms_of(spelling, inflect=True, name=True)
                if any(self.is_known(form) for form in candidates):
                    return candidates
        if is_real_word(token.form):
            return forms
        corrected = self._spelling.nearest(token.form)
        return frozenset().union(forms, *(forms_of(word, inflect=True, name=True) for word in corrected))

    def _marks(self, words: Sequence[Word]) -> Iterator[Mark]:
        position = 0
        while position < len(words):
            length, keys = self._markers.match(words, position)
            for key in sorted(keys):
                yield Mark(key, position, length)
            position += max(1, length)

    def _terms(self, tokens: Sequence[Token], words: Sequence[Word], marks: Sequence[Mark]) -> Iterator[Term]:
        spoken_for = {
            place for mark in marks for place in mark.places if mark.key not in _MEANINGFUL or mark.length > 1
        }
        dropped = {place for mark in marks for place in mark.places if mark.key in _SWALLOWING or _is_quantifier(mark)}
        dropped |= {place for mark in marks if self._bounds_a_number(mark, tokens) for place in mark.places}
        position = 0
        while position < len(tokens):
            if position in dropped:
                position += 1
                continue
            count, value = self._numerals.match([token.form for token in tokens], position)
            if value is not None:
                text = " ".join(token.text for token in tokens[position : position + count])
                yield Term(text, position, count, frozenset({f"n:{value:g}"}), _ANY_NUMBER, number=value)
                position += count
                continue
            length, keys = self._meanings.match(words, position)
            if length == 1 and tokens[position].form in self._fillers:
                length = 0
            if length:
                yield self._meaning(tokens, words, position, length, keys)
            elif position not in spoken_for and not words[position].forms & self._fillers:
                yield self._word(tokens[position], words[position].forms, position)
            position += max(1, length)

    def _bounds_a_number(self, mark: Mark, tokens: Sequence[Token]) -> bool:
        """«Over five», «at least two»: words that belong to the number."""
        end = mark.position + mark.length
        if mark.key not in _BOUNDING or end >= len(tokens):
            return False
        return self._numerals.match([token.form for token in tokens], end)[1] is not None

    def _meaning(
        self, tokens: Sequence[Token], words: Sequence[Word], position: int, length: int, keys: frozenset[str]
    ) -> Term:
        parts: set[str] = set()
        if length > 1:
            for step in range(length):
                inner = self._meanings.match(words[position + step : position + step + 1], 0)[1]
                parts |= inner or {f"w:{form}" for form in words[position + step].forms if form.isalpha()}
        text = " ".join(token.text for token in tokens[position : position + length])
        own = frozenset().union(*(word.forms for word in words[position : position + length]))
        listed = " ".join(token.form for token in tokens[position : position + length]) in self._meanings.listed
        return Term(
            text,
            position,
            length,
            keys,
            frozenset(parts) - keys,
            is_base_form=listed,
            forms=own,
            is_person=not keys.isdisjoint(self._persons),
        )

    def _word(self, token: Token, forms: frozenset[str], position: int) -> Term:
        keys = frozenset(f"w:{form}" for form in forms if form.isalpha())
        unknown = not any(form in self._own_words for form in forms)
        return Term(
            token.text,
            position,
            1,
            keys or frozenset({f"w:{token.form}"}),
            forms=forms,
            unknown_name=unknown and token.looks_like_a_name,
        )


_PAIR_EDITS = 1
_LONGEST_PAIRED = 8
_SHORT_NAME = 3
_MEANINGFUL = frozenset(
    {"all", "only", "almost", "more", "at-least", "less", "at-most", "about", "saying", "before", "after", "other-time"}
)
"""Markers that may also say something of the matter: «the most drones» is a record, so the word stays a term."""
_BOUNDING = frozenset({"more", "at-least", "less", "at-most", "about"})
_SWALLOWING = frozenset(
    {"filler", "source", "tag", "count", "duration", "price", "share", "age", "degree", "distance", "why", "manner"}
)
"""Markers whose words say nothing of the matter itself: «who says that», «how many», «right?»."""
_ANY_NUMBER = frozenset({"n:"})
"""A part of every number, so that a claim with a wrong number still finds the phrasing with the right one."""


def _is_quantifier(mark: Mark) -> bool:
    """«Without exception», «nothing but»: several words that only stress how much."""
    return mark.length > 1 and mark.key in {"all", "only", "almost"} | _BOUNDING


def _aliases(entity: Entity) -> Iterator[str]:
    """Yield the names of an entity; «the ferry» is also called «ferry»."""
    for _, name in entity.names:
        yield name
        article, _, rest = name.partition(" ")
        if article.lower() == "the" and len(rest) > _SHORT_NAME:
            yield rest


def _pairs(lexicon: Lexicon) -> tuple[str, ...]:
    """Return the question phrases of two words, such as «how many»."""
    asking = [words for kind, words in lexicon.questions.items() if kind in {"count", "duration", "price", "age"}]
    phrases = (_phrase_form(phrase) for words in asking for _, phrase in words.each())
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase.count(" ") == 1))


def _phrase_form(name: str) -> str:
    return " ".join(token.form for token in tokenize(name))
