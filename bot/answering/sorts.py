"""What could stand in each other's place: weekdays, weapons, persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.answering.entries import Entry
from bot.answering.vocabulary import Term


@dataclass(frozen=True, slots=True)
class Sorts:
    """The closed sets and sorts of things that keys belong to."""

    classes: Mapping[str, str]
    """Keys of closed sets, whose members exclude one another, and the set's name."""
    sorts: Mapping[str, str]
    """Keys and the sort of thing they are; closed sets and kinds of entities among them."""

    def sort(self, keys: Iterable[str]) -> str | None:
        """Return the sort that one of the keys belongs to."""
        return next((self.sorts[key] for key in sorted(keys) if key in self.sorts), None)

    def same(self, first: Term, second: Term) -> bool:
        """Tell whether two terms could stand in each other's place: two weapons, two persons."""
        found = {self.sorts[key] for key in first.keys if key in self.sorts}
        return bool(found) and any(self.sorts.get(key) in found for key in second.keys)

    def closed(self, term: Term) -> frozenset[str]:
        """Return the closed sets that a term may be a member of."""
        return frozenset(self.classes[key] for key in term.keys if key in self.classes)

    def closed_in(self, entry: Entry) -> frozenset[str]:
        """Return the closed sets of which an entry has a member."""
        return frozenset(self.classes[key] for key in entry.vocabulary if key in self.classes)

    def replaces(self, term: Term, mentioned: frozenset[str], entry: Entry) -> bool:
        """Tell whether a claim says a term in place of something that the fact states: Sunday for Friday.

        ``mentioned``: the keys of the whole claim. A name replaces another one only in a claim about what it is of.
        """
        sort = self.sort(term.keys) if entry.stated else None
        if sort is None:
            return False
        same = [
            stated
            for stated in entry.stated
            if stated.sort == sort and (not stated.concerns or stated.concerns & mentioned)
        ]
        return bool(same) and not any(term.keys & stated.keys for stated in same)
