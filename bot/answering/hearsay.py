"""Who passes a rumour on: «my neighbour says that», «heard on TikTok». It is no part of what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.answering.phrasebook import Phrasebook, Word
from bot.knowledge.lexicon import Hearsay


class HearsayReader:
    """Finds chains of [channel] teller telling [object] [channel] [link]."""

    def __init__(self, hearsay: Hearsay, is_known: Callable[[str], bool]) -> None:
        """``is_known``: whether a word means something; «our president» is somebody, «our podiatrist» anybody."""
        self._is_known = is_known
        self._possessives = frozenset(word.casefold() for _, word in hearsay.possessive.each())
        self._tellers = _phrases(hearsay.teller.each())
        self._tellings = _phrases(hearsay.telling.each())
        self._objects = _phrases(hearsay.object.each())
        self._openings = _phrases(hearsay.opening.each())
        self._channels = _phrases(hearsay.channel.each())
        self._links = _phrases(hearsay.link.each())

    def spans(self, words: Sequence[Word]) -> Iterator[range]:
        """Yield the places of the words of every chain."""
        if not any(word.typed in self._tellings for word in words):  # most messages pass nothing on
            return
        position = 0
        while position < len(words):
            end = self._chain(words, position)
            if end > position:
                yield range(position, end)
            position = max(position + 1, end)

    def _chain(self, words: Sequence[Word], start: int) -> int:
        """Return where the chain that starts here ends, or ``start`` if none does."""
        position = start + _length(self._channels, words, start)
        told_by = self._teller(words, position)
        position += told_by
        telling = _length(self._tellings, words, position)
        if not telling or not (told_by or position > start or start == 0):
            return start
        position += telling
        position += _length(self._objects, words, position)
        channel = _length(self._channels, words, position)
        position += channel
        led = told_by or channel or _length(self._channels, words, start)
        if not led and not (start == 0 and _length(self._openings, words, 0)):
            return start
        return position + _length(self._links, words, position)

    def _teller(self, words: Sequence[Word], position: int) -> int:
        known = _length(self._tellers, words, position)
        if known:
            return known
        if position + 2 >= len(words) or words[position].typed not in self._possessives:
            return 0
        whose = words[position + 1]
        anybody = _length(self._tellers, words, position + 1) == 1 or not any(map(self._is_known, whose.forms))
        return 2 if anybody and _length(self._tellings, words, position + 2) else 0


def _phrases(words: Iterator[tuple[str, str]]) -> Phrasebook:
    book = Phrasebook()
    for _, word in words:
        book.add(word, "hearsay", inflect=False)
    return book


def _length(book: Phrasebook, words: Sequence[Word], position: int) -> int:
    """Return how many words a phrase of the book takes up here, as typed."""
    if position >= len(words):
        return 0
    typed = [Word(word.typed, frozenset({word.typed})) for word in words[position : position + 6]]
    return book.match(typed, 0)[0]
